"""Kill workers under load: python -m benchmarks.kills [--kills N] [--every SECONDS] [--workers N]

Several clients ask `penchant serve` at the same time to record events and to update profiles, each request with an
idempotency key and repeated until it is answered. Meanwhile one worker after another gets SIGKILL. At the end every
event that was acknowledged must be stored exactly once, every job must have ended, and `verify` must find nothing.
Exits with 1 otherwise.
"""

import argparse
import os
import random
import secrets
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import httpx
from benchmarks.load import service

from penchant import InterestAgent, Item, Settings
from penchant.settings import LlmSettings

USERS, CLIENTS, EVENTS, ITEMS = 20, 6, 5, 60
OPEN = ("queued", "running")
LEFT_SECONDS = 180
"""How long jobs may take after the last kill; a job whose worker has died is taken over after half a minute."""


class Client(threading.Thread):
    """Records events and asks for updates until stopped; remembers what the service acknowledged."""

    def __init__(self, number: int, url: str) -> None:
        super().__init__(daemon=True)
        self.url, self.random = url, random.Random(number)
        self.stopping = threading.Event()
        self.events: set[tuple[str, str]] = set()
        self.jobs: set[str] = set()
        self.again, self.wrong = 0, Counter[str]()

    def run(self) -> None:
        while not self.stopping.is_set():
            user = f"u{self.random.randrange(USERS)}"
            if self.random.random() < 0.2:
                self.jobs.add(self.answer(f"/v1/users/{user}/update", None)["id"])
                continue
            now = datetime.now(UTC).isoformat()
            ids = [f"e-{secrets.token_hex(6)}" for _ in range(EVENTS)]
            events = [
                {
                    "user_id": user,
                    "event_id": id_,
                    "type": "view",
                    "item_id": f"i{self.random.randrange(ITEMS)}",
                    "at": now,
                }
                for id_ in ids
            ]
            self.answer("/v1/events", {"events": events})
            self.events |= {(user, id_) for id_ in ids}

    def answer(self, path: str, body: object) -> dict[str, str]:
        """Send a request until it succeeds and return the answer."""
        headers = {"Idempotency-Key": secrets.token_hex(8)}
        while True:
            try:
                answer = httpx.post(self.url + path, json=body, headers=headers, timeout=60)
            except httpx.HTTPError:
                self.again += 1
                time.sleep(0.1)
                continue
            if answer.is_success:
                return dict(answer.json())
            self.wrong[str(answer.status_code)] += "Retry-After" not in answer.headers
            self.again += 1
            time.sleep(float(answer.headers.get("Retry-After", 1)))


def main() -> int:
    """Kill workers under load and print the findings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--every", type=float, default=4.0)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), llm=LlmSettings(provider="none"))
        with InterestAgent.open(settings) as agent:
            agent.add_items(
                [Item(item_id=f"i{n}", title=f"{['tea', 'lamp', 'book'][n % 3]} {n}") for n in range(ITEMS)]
            )
        with service(Path(folder), asked.workers) as (url, process):
            clients = [Client(number, url) for number in range(CLIENTS)]
            for client in clients:
                client.start()
            killed = kill_workers(process.pid, asked.kills, asked.every)
            for client in clients:
                client.stopping.set()
            for client in clients:
                client.join()
            wait_for_jobs(url)
        with InterestAgent.open(settings) as agent:
            wrong = print_findings(agent, clients, killed)
    return 1 if wrong else 0


def kill_workers(service_pid: int, kills: int, every: float) -> int:
    """Kill a random worker every `every` seconds and return how many were killed."""
    killed = 0
    for _ in range(kills):
        time.sleep(every)
        workers = [pid for pid in started_by(service_pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)
            killed += 1
    return killed


def started_by(pid: int) -> list[int]:
    """Return the running child processes of a process (Linux)."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def wait_for_jobs(url: str) -> None:
    """Wait until no job is open, 180 seconds at most."""
    until = time.monotonic() + LEFT_SECONDS
    while time.monotonic() < until:
        jobs = httpx.get(f"{url}/v1/jobs", params={"limit": 1_000}, timeout=60).json()["data"]
        if not any(job["status"] in OPEN for job in jobs):
            return
        time.sleep(1)


def print_findings(agent: InterestAgent, clients: list[Client], killed: int) -> int:
    """Print what happened to events and jobs, and return the number of faults."""
    answered = set().union(*(client.events for client in clients))
    stored = Counter((event.user_id, event.event_id) for n in range(USERS) for event in agent.events(f"u{n}"))
    jobs = {job.id: job for job in agent.services.jobs.list(limit=100_000)}
    asked_for = set().union(*(client.jobs for client in clients))
    statuses = Counter(job.status for job in jobs.values())
    lost, twice = answered - set(stored), [id_ for id_, count in stored.items() if count > 1]
    open_, unknown = [job for job in jobs.values() if not job.ended or not job.finished_at], asked_for - set(jobs)
    verified = agent.verify(rebuild=True)
    problems = [*verified.findings, *verified.differences]
    refused = sum((client.wrong for client in clients), Counter[str]())
    print(f"workers killed: {killed}; requests sent again: {sum(client.again for client in clients)}")
    print(f"events answered for: {len(answered)}; of these lost: {len(lost)}; stored twice: {len(twice)}")
    print(f"jobs: {len(jobs)} {dict(statuses)}; not ended: {len(open_)}; unknown: {len(unknown)}")
    for error, count in Counter(job.error for job in jobs.values() if job.error).items():
        print(f"  failed, {count}: {error}")
    print(f"begun more than once: {sum(job.attempts > 1 for job in jobs.values())}")
    print(f"refusals that do not say when to come again: {+refused or 0}")
    print(f"what does not add up: {problems or 0}")
    return len(lost) + len(twice) + len(open_) + len(unknown) + len(problems) + sum(refused.values())


if __name__ == "__main__":
    sys.exit(main())
