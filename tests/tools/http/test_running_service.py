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
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple

import httpx
import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from rule_agent import rule_agent

from penchant.client import AsyncPenchantClient, PenchantClient, ServiceError
from penchant.tools.http.server import CLOSED_EVERY

pytestmark = pytest.mark.long
PAGE = (Path(__file__).parents[3] / "docs" / "http.md").read_text("utf-8")
CURLS = "\n".join(re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, port: int, workers: int, log: int | IO[bytes] = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PENCHANT_HOME": str(home), "PENCHANT_LLM__PROVIDER": "none"}
    command = [sys.executable, "-m", "penchant.tools.cli", "serve", "--port", str(port), "--workers", str(workers)]
    return subprocess.Popen(command, env=environment, stderr=log, start_new_session=True)


def wait_until_ready(url: str) -> None:
    transport = httpx.HTTPTransport(retries=0)
    with httpx.Client(transport=transport) as client:
        for _ in range(600):
            with suppress(httpx.TransportError):  # nothing listens there yet
                if client.get(f"{url}/readyz").status_code == 200:
                    return
            time.sleep(0.1)
    raise AssertionError("the service did not become ready")


class Running(NamedTuple):
    """A service, a token for everybody, and tokens of users by their ids."""

    url: str
    token: str
    own: dict[str, str]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Two workers over one store."""
    home, port, scopes = tmp_path_factory.mktemp("service"), free_port(), ["read", "write", "recommend"]
    with rule_agent(home) as agent:
        tokens = agent.services.access_tokens
        own = {user: tokens.create(scopes, user_id=user).token for user in (f"user-{n}" for n in range(32))}
        token = tokens.create(scopes).token
    process = start(home, port, 2)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        yield Running(f"http://127.0.0.1:{port}", token, own)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.skipif(shutil.which("curl") is None, reason="the documented commands are curl's")
@pytest.mark.parametrize(
    "command",
    ["serve --workers 1", "serve --workers 2", "mcp --transport http"],
    ids=lambda text: text.replace(" ", ""),
)
def test_a_server_prints_its_address_when_it_answers_there(tmp_path: Path, command: str) -> None:
    environment = os.environ | {"PENCHANT_HOME": str(tmp_path), "PENCHANT_LLM__PROVIDER": "none"}
    words = [sys.executable, "-m", "penchant.tools.cli", *command.split(), "--port", str(free_port()), "--json"]
    process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    try:
        url = json.loads(process.stdout.readline())["url"]
        assert httpx.get(f"{url}/livez").status_code in (200, 404)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


def test_the_documented_day_works_line_by_line(service: Running) -> None:
    url, token = service.url, service.token
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


def test_the_clients_ask_the_same(service: Running) -> None:
    url, token = service.url, service.token
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


def seen_by(url: str, own: tuple[str, str]) -> set[str]:
    """Whose record the answers to one user's token are about, whatever they ask for; and what they may not ask for."""
    user, token = own
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        event = {"user_id": user, "type": "like", "item_id": f"of-{user}", "at": "2026-01-05T10:00:00Z"}
        assert client.post("/v1/events", json={"events": [event]}).json()["accepted"] == 1
        assert client.post(f"/v1/users/{user}/update?wait=60").json()["user_id"] == user
        seen = set()
        for _ in range(5):
            seen |= {row["user_id"] for row in client.get(f"/v1/users/{user}/events").json()["data"]}
            seen |= {
                row["item_id"].removeprefix("of-") for row in client.get(f"/v1/users/{user}/events").json()["data"]
            }
            seen.add(client.get(f"/v1/users/{user}/profile").json()["user_id"])
            seen.add(client.post(f"/v1/users/{user}/recommendations", json={"k": 2}).json()["user_id"])
            seen |= {str(job["user_id"]) for job in client.get("/v1/jobs").json()["data"]}
            assert client.get("/v1/users/user-0/events").status_code == (200 if user == "user-0" else 403)
        return seen


def test_answers_for_the_tokens_of_many_users_at_once_are_never_crossed(service: Running) -> None:
    with ThreadPoolExecutor(len(service.own)) as threads:
        seen = dict(zip(service.own, threads.map(partial(seen_by, service.url), service.own.items()), strict=True))

    assert seen == {user: {user} for user in service.own}


def test_no_connection_stays_with_one_of_several_workers_for_ever(service: Running) -> None:
    with httpx.Client(base_url=service.url) as client:
        answers = [client.get("/livez") for _ in range(3 * CLOSED_EVERY)]

    assert {answer.status_code for answer in answers} == {200}
    assert 1 <= sum(answer.headers.get("connection") == "close" for answer in answers) <= 6


def test_every_worker_tells_what_all_of_them_have_done(service: Running) -> None:
    counted = re.compile(r'penchant_requests_total{method="GET",route="/livez",status="200"} (\d+)')
    bearer = {"Authorization": f"Bearer {service.token}"}

    def count() -> set[int]:
        """What is told to a dozen connections, each taken by whichever worker is free."""
        with ThreadPoolExecutor(12) as threads:
            texts = threads.map(lambda _: httpx.get(f"{service.url}/metrics", headers=bearer).text, range(12))
            return {int(number) for text in texts for number in counted.findall(text)}

    httpx.get(f"{service.url}/livez")
    [before] = count()
    for _ in range(30):
        httpx.get(f"{service.url}/livez")
    assert count() == {before + 30}


def test_an_assistant_with_a_user_s_token_sees_that_user_only(service: Running) -> None:
    with httpx.Client(base_url=service.url, headers={"Authorization": f"Bearer {service.token}"}) as client:
        events = [
            {"user_id": user, "type": "like", "item_id": f"of-{user}", "at": "2026-01-05T10:00:00Z"}
            for user in ("user-1", "user-2")
        ]
        client.post("/v1/events", json={"events": events})
        client.post("/v1/updates?wait=60", json={"user_ids": ["user-1", "user-2"]})

    async def look() -> tuple[Any, Any, bool, set[str]]:
        async with (
            httpx2.AsyncClient(headers={"Authorization": f"Bearer {service.own['user-1']}"}, timeout=60) as http,
            Client(streamable_http_client(f"{service.url}/mcp", http_client=http)) as client,
        ):
            own = await client.call_tool("get_profile", {})
            other = await client.call_tool("get_profile", {"user_id": "user-2"})
            try:
                await client.read_resource("profile://user-2")
                shown = True
            except MCPError:
                shown = False
            return own, other, shown, {tool.name for tool in (await client.list_tools()).tools}

    own, other, shown, tools = asyncio.run(look())
    assert own.structured_content["user_id"] == "user-1"
    assert (other.is_error, "of-user-2" in str(other.content), shown) == (True, False, False)
    assert {"get_context", "recommend_items", "forget_user"} <= tools


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

    with rule_agent(tmp_path) as agent:
        assert len(agent.events("kim")) == accepted == 15


def test_the_log_has_one_line_with_its_time_for_each_event(tmp_path: Path) -> None:
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        process = start(tmp_path / "home", port, 1, log)
    url = f"http://127.0.0.1:{port}"
    wait_until_ready(url)
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    assert httpx.post(f"{url}/people/ada/statements", content=b"no form", headers=form).status_code == 400
    process.send_signal(signal.SIGTERM)
    process.wait(60)

    assert re.search(
        r"^20\d\d-\d\d-\d\d [\d:,]+ WARNING python_multipart\S*: Expected boundary character 45, got 110",
        (tmp_path / "log").read_text(),
        re.MULTILINE,
    )
