"""The service as a process: the documented day through curl, the clients, workers that are killed."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from penchant import InterestAgent, Settings
from penchant.client import AsyncPenchantClient, PenchantClient, ServiceError

PAGE = (Path(__file__).parents[3] / "docs" / "http.md").read_text("utf-8")
CURLS = "\n".join(re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, port: int, workers: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PENCHANT_HOME": str(home), "PENCHANT_LLM__PROVIDER": "none"}
    command = [sys.executable, "-m", "penchant.tools.cli", "serve", "--port", str(port), "--workers", str(workers)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)


def wait_until_ready(url: str) -> None:
    transport = httpx.HTTPTransport(retries=0)
    with httpx.Client(transport=transport) as client:
        for _ in range(600):
            try:
                if client.get(f"{url}/readyz").status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
    raise AssertionError("the service did not become ready")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Two workers over one store: where they are, and a token."""
    home, port = tmp_path_factory.mktemp("service"), free_port()
    with InterestAgent.open(Settings(home=home, llm={"provider": "none"})) as agent:
        token = agent.services.access_tokens.create(["read", "write", "recommend"]).token
    process = start(home, port, 2)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}", token
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.skipif(shutil.which("curl") is None, reason="the documented commands are curl's")
def test_the_documented_day_works_line_by_line(service: tuple[str, str]) -> None:
    url, token = service
    assert CURLS.count("curl ") > 12
    done = subprocess.run(  # noqa: PLW1510 - looked at below
        ["bash", "-euo", "pipefail", "-c", CURLS],
        env=os.environ | {"URL": url, "TOKEN": token},
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert (done.returncode, done.stderr) == (0, "")
    answers, decoder, text = [], json.JSONDecoder(), done.stdout
    while text.strip():
        answer, end = decoder.raw_decode(text.lstrip())
        answers.append(answer)
        text = text.lstrip()[end:]
    by_key = {key: answer for answer in answers for key in answer}
    assert by_key["residue"]["residue"] == 0
    assert {row["item_id"] for row in next(a for a in answers if "recommendation_id" in a)["items"]} <= {"b2", "b3"}


def test_the_clients_ask_the_same(service: tuple[str, str]) -> None:
    url, token = service
    events = [{"user_id": "mia", "type": "like", "item_id": "m1", "at": "2026-01-05T10:00:00Z", "event_id": "m"}]
    with PenchantClient(url, token) as client:
        client.add_items([{"item_id": "m1", "title": "green tea"}, {"item_id": "m2", "title": "tea pot"}])
        assert client.add_events(events)["accepted"] == 1
        assert client.update("mia", wait=30)["status"] == "done"
        listed = client.recommend("mia", k=3)
        with pytest.raises(ServiceError, match="404"):
            client.profile("nobody at all")

    async def ask() -> object:
        async with AsyncPenchantClient(url, token) as client:
            return await client.recommend("mia", k=3)

    again = asyncio.run(ask())
    assert {row["item_id"] for row in again["items"]} == {row["item_id"] for row in listed["items"]}  # type: ignore[index]


def test_what_was_accepted_is_there_once_after_workers_are_killed(tmp_path: Path) -> None:
    port, accepted = free_port(), 0
    for turn in range(3):
        process = start(tmp_path, port, 1)
        wait_until_ready(f"http://127.0.0.1:{port}")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            for number in range(5):
                event = {"user_id": "kim", "type": "view", "item_id": "x", "at": "2026-01-05T10:00:00Z"}
                body = {"events": [event | {"event_id": f"{turn}-{number}"}]}
                accepted += client.post("/v1/events", json=body).json()["accepted"]
            client.post("/v1/users/kim/update")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    with InterestAgent.open(Settings(home=tmp_path, llm={"provider": "none"})) as agent:
        assert len(agent.events("kim")) == accepted == 15
