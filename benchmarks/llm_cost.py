"""Measure calls and tokens for reading 300 chat messages: Penchant and mem0, through the same counting server.

mem0 is needed for this only, in an environment of its own:

    python3 -m venv /tmp/mem0venv && /tmp/mem0venv/bin/pip install mem0ai
    python benchmarks/llm_cost.py --mem0 /tmp/mem0venv/bin/python

The server is scripted: it answers both as a sensible model would, with the length that each of them asks for, and
counts every call and token (cl100k, messages in and text out). Ten users write thirty messages each, in sessions of
ten. mem0 is measured as in its quick start (one `add` per message) and in the cheapest way (one `add` per session);
Penchant updates after every session.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from penchant import Event, InterestAgent, Settings
from penchant.agent.llm.model import count_with_cl100k
from penchant.agent.statements.detection import StatementDetector

USERS, MESSAGES, SESSION = 10, 30, 10
START = datetime(2026, 3, 2, 18, tzinfo=UTC)
SUBJECTS = (
    "sourdough baking", "trail running", "jazz records", "horror films", "board games", "indoor plants", "road cycling", "sushi",
    "watercolour painting", "crime novels", "mechanical keyboards", "camping", "reality TV", "houseplants", "chess openings",
    "street photography", "rock climbing", "vegan cooking", "science fiction", "vintage cameras", "yoga", "craft beer", "opera",
)  # fmt: skip
SAID = (
    "I love {0}, especially on Sundays",
    "Honestly I hate {0}",
    "I'm really into {0} lately and want to get better at it",
    "I'm off {0} for good",
    "I don't hate {0}, it's fine",
    "my favourite thing these days is {0}",
)
ASKED = (
    "Can you recommend something about {0} for a beginner?",
    "What do I need to start with {0}?",
    "Any good shops around here for {0}?",
    "Tell me the difference between cheap and good gear for {0}",
)
SMALL_TALK = ("Thanks, that helps!", "ok", "Good morning, how are you today?", "Great, see you later then")


def conversation(seed: int = 7) -> list[dict[str, str]]:
    """Return 300 messages: two fifths state what the user likes or dislikes, two fifths ask about it, one fifth is small
    talk.
    """
    draw = random.Random(seed)
    written = []
    for user in range(USERS):
        liked = draw.sample(SUBJECTS, 6)
        for number in range(MESSAGES):
            form = draw.choice(draw.choice((SAID, SAID, ASKED, ASKED, SMALL_TALK)))
            at = START + timedelta(days=7 * (number // SESSION), minutes=number)
            written.append({"user_id": f"user-{user}", "text": form.format(draw.choice(liked)), "at": at.isoformat()})
    return written


class CountingServer(ThreadingHTTPServer):
    """An OpenAI-compatible server that answers by script and counts calls and tokens."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.spent: Counter[str] = Counter()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def take(self) -> Counter[str]:
        """Return the counts since the last call."""
        with self.lock:
            spent, self.spent = self.spent, Counter()
            return spent

    def spend(self, **counts: int) -> None:
        with self.lock:
            self.spent.update(counts)


class _Answers(BaseHTTPRequestHandler):
    server: CountingServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self._embeddings(body) if self.path.endswith("/embeddings") else self._completion(body)
        sent = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are counted, not logged."""

    def _completion(self, body: dict[str, Any]) -> dict[str, Any]:
        messages = body["messages"]
        text = mem0_reply(messages) if "Memory Extractor" in messages[0]["content"] else penchant_reply(messages)
        used = sum(count_with_cl100k(message["content"]) for message in messages), count_with_cl100k(text)
        self.server.spend(calls=1, tokens_in=used[0], tokens_out=used[1])
        usage = {"prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used)}
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        return {
            "id": "c",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [choice],
            "usage": usage,
        }

    def _embeddings(self, body: dict[str, Any]) -> dict[str, Any]:
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        self.server.spend(embedding_calls=1)
        rows = [{"object": "embedding", "index": at, "embedding": _vector(text)} for at, text in enumerate(texts)]
        return {
            "object": "list",
            "model": body["model"],
            "data": rows,
            "usage": {"prompt_tokens": 0, "total_tokens": 0},
        }


def _vector(text: str) -> list[float]:
    draw = random.Random(text)
    return [draw.gauss(0, 1) for _ in range(64)]


def mem0_reply(messages: Sequence[dict[str, str]]) -> str:
    """Return one self-contained statement, of the length mem0 asks for, for every taste in the new messages."""
    _, _, new = messages[-1]["content"].partition("## New Messages")
    new = new.partition("## Observation Date")[0]
    facts = [
        line
        for line in re.findall(r"[^\"\n]*(?:\bI\b|\bmy\b)[^\"\n]*", new)
        if StatementDetector().detect(line.partition(": ")[2] or line)
    ]
    entries = [
        {
            "id": str(at),
            "attributed_to": "user",
            "text": f"The user stated the following preference about their own taste in conversation: {line.strip()}",
        }
        for at, line in enumerate(facts)
    ]
    return json.dumps({"memory": entries})


def penchant_reply(messages: Sequence[dict[str, str]]) -> str:
    """Return a name and no place for every theme that is asked about."""
    numbers = re.findall(r"^(\d+)(?: in «.*»)?: «", messages[-1]["content"], re.MULTILINE)
    return json.dumps({"groups": [{"g": int(n), "p": 0, "en": f"Theme {n}", "zh": "主题"} for n in numbers]})


@contextmanager
def counting_server() -> Iterator[CountingServer]:
    server = CountingServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def run_penchant(server: CountingServer, messages: Sequence[dict[str, str]], home: Path) -> None:
    """For every session, observe the messages of all users and update their profiles."""
    llm = {"provider": "openai", "model": "gpt-4o-mini", "base_url": server.url, "api_key": "none"}
    agent = InterestAgent.open(Settings.load(home=home, llm=llm))
    for session in sorted({message["at"][:10] for message in messages}):
        heard = [message for message in messages if message["at"].startswith(session)]
        agent.observe([Event.model_validate({"type": "message", **message}) for message in heard])
        receipt = agent.update(*sorted({message["user_id"] for message in heard}))
        faults = {fault.reason for user in receipt.users for fault in user.degraded}
        if faults:
            print(f"degraded on {session}: {faults}", file=sys.stderr)


def run_mem0(
    python: str, server: CountingServer, messages: Sequence[dict[str, str]], folder: Path, per_add: int
) -> None:
    file = folder / "messages.json"
    file.write_text(json.dumps(messages), encoding="utf-8")
    client = Path(__file__).with_name("peers") / "mem0_client.py"
    arguments = [python, str(client), server.url, str(file), str(folder), str(per_add)]
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def show(rows: dict[str, Counter[str]]) -> None:
    base = rows["penchant"]
    print(f"{'':28}{'calls':>8}{'tokens in':>12}{'tokens out':>12}{'embed calls':>13}{'tokens ×':>10}{'calls ×':>9}")
    for name, spent in rows.items():
        total = (spent["tokens_in"] + spent["tokens_out"]) / max(1, base["tokens_in"] + base["tokens_out"])
        calls = spent["calls"] / max(1, base["calls"])
        counts = f"{spent['calls']:>8}{spent['tokens_in']:>12}{spent['tokens_out']:>12}{spent['embedding_calls']:>13}"
        print(f"{name:28}{counts}{total:>10.2f}{calls:>9.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mem0", help="Python of an environment with mem0ai; without it only Penchant is measured")
    chosen = options.parse_args()
    messages = conversation()
    rows: dict[str, Counter[str]] = {}
    with counting_server() as server, tempfile.TemporaryDirectory() as folder:
        run_penchant(server, messages, Path(folder) / "penchant")
        rows["penchant"] = server.take()
        for name, per_add in (("mem0, add per message", 1), ("mem0, add per session", SESSION)) if chosen.mem0 else ():
            place = Path(folder) / f"mem0-{per_add}"
            place.mkdir()
            run_mem0(chosen.mem0, server, messages, place, per_add)
            rows[name] = server.take()
    show(rows)


if __name__ == "__main__":
    main()
