"""The command `penchant mcp` as clients meet it: the SDK's client and the official inspector, over stdio and streamable HTTP."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import ElicitResult
from typer.testing import CliRunner

from penchant.tools.cli.app import app
from penchant.tools.registry import capabilities

COMMAND = [sys.executable, "-m", "penchant.tools.cli", "mcp"]
TOKENS = {"ada": ["ada-secret"], "*": ["master-secret"]}
INSPECTOR = "@modelcontextprotocol/inspector@2.12.0"
CALLS: dict[str, dict[str, Any]] = {
    "record_events": {"events": [{"type": "purchase", "item_id": "nature-4"}]},
    "update_profile": {},
    "get_profile": {},
    "get_context": {"budget": 200},
    "recommend_items": {"k": 2},
    "explain_recommendation": {"item_id": "nature-5"},
    "search_items": {"query": "whales"},
    "edit_interest": {"action": "state", "interest": "jazz", "text": "like"},
    "give_feedback": {"item_id": "nature-5", "outcome": "liked"},
    "forget_user": {},
}


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "PENCHANT_HOME": str(home), "PENCHANT_LLM__PROVIDER": "none"}


async def agree(context: Any, params: Any) -> ElicitResult:
    return ElicitResult(action="accept", content={"confirm": True})


async def everything(client: Client, user: str) -> None:
    """Call every tool, read every resource and get every prompt."""
    listed = [tool.name for tool in (await client.list_tools()).tools]
    assert listed == list(capabilities())
    for name, arguments in CALLS.items():
        own = {} if name == "search_items" else {"user_id": user}
        if name == "forget_user":
            assert (await client.read_resource(f"profile://{user}")).contents
            assert (await client.read_resource("item://nature-0")).contents
            assert (await client.get_prompt("personalise", {"user_id": user})).messages
        result = await client.call_tool(name, {**own, **arguments})
        assert not result.is_error, (name, result.content)
        assert capabilities()[name].output_model.model_validate(result.structured_content)


# stdio


@pytest.mark.long
def test_every_tool_resource_and_prompt_answers_over_stdio(club_home: Path) -> None:
    async def session() -> None:
        server = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment(club_home))
        async with Client(server, elicitation_callback=agree) as client:
            await everything(client, "ada")

    asyncio.run(session())


@pytest.mark.long
def test_nothing_but_protocol_is_on_standard_output(club_home: Path) -> None:
    asked = [
        {
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-11-25",
                "capabilities": {},
                "clientInfo": {"name": "t", "version": "1"},
            },
        },
        {"method": "tools/call", "params": {"name": "recommend_items", "arguments": {"user_id": "ada"}}},
        {"method": "tools/call", "params": {"name": "get_profile", "arguments": {"user_id": 7}}},
    ]
    numbered = [{"jsonrpc": "2.0", "id": number, **request} for number, request in enumerate(asked)]
    lines = [numbered[0], {"jsonrpc": "2.0", "method": "notifications/initialized"}, *numbered[1:]]
    process = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(club_home),
    )
    assert process.stdin
    assert process.stdout
    replies = []
    for line in lines:
        process.stdin.write(json.dumps(line) + "\n")
        process.stdin.flush()
        if line is not lines[1]:
            replies.append(json.loads(process.stdout.readline()))
    rest, _ = process.communicate(timeout=60)

    assert [reply["id"] for reply in replies] == [0, 1, 2]
    assert rest == ""
    assert process.returncode == 0


# Streamable HTTP


@contextmanager
def serving(home: Path, *options: str, **more: str) -> Iterator[str]:
    """The URL of a running `penchant mcp --transport http`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*COMMAND, "--transport", "http", "--port", str(port), *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**environment(home), **more}
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            assert process.stdout
            raise AssertionError(process.stdout.read().decode())
        with socket.socket() as trial:
            trial.settimeout(0.2)
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("the server did not begin to listen")


@asynccontextmanager
async def connected(url: str, token: str | None = None) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(url, http_client=http), elicitation_callback=agree) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def url(filled_club: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that asks for tokens, over a club of its own."""
    home = tmp_path_factory.mktemp("served") / "club"
    shutil.copytree(filled_club, home)
    with serving(home, PENCHANT_ACCESS__TOKENS=json.dumps(TOKENS)) as url:
        yield url


def test_every_tool_resource_and_prompt_answers_over_http(url: str) -> None:
    async def session() -> None:
        async with connected(url, "master-secret") as client:
            await everything(client, "bob")

    asyncio.run(session())


def test_a_token_acts_for_its_own_user_and_for_nobody_else(url: str) -> None:
    async def session() -> None:
        async with connected(url, "ada-secret") as client:
            own = await client.call_tool("get_profile", {})
            other = await client.call_tool("get_profile", {"user_id": "bob"})
            forget = await client.call_tool("forget_user", {"user_id": "bob"})
            with pytest.raises(MCPError, match="this connection is for 'ada' only"):
                await client.read_resource("profile://bob")
        assert own.structured_content
        assert own.structured_content["user_id"] == "ada"
        assert other.is_error
        assert forget.is_error

    asyncio.run(session())


@pytest.mark.parametrize(
    "authorization", [None, "Bearer guess", "Basic YWRh", "Bearer", "Bearer sha256:\xe9", "Bearer \xe9\xff"]
)
def test_without_a_token_that_is_known_nobody_comes_in(url: str, authorization: str | None) -> None:
    headers = [] if authorization is None else [(b"Authorization", authorization.encode("latin-1"))]

    assert httpx2.post(url, json={}, headers=headers).status_code == 401


@pytest.mark.long
def test_a_server_for_one_user_turns_everybody_else_s_token_down(club_home: Path) -> None:
    with serving(club_home, "--user", "bob", PENCHANT_ACCESS__TOKENS=json.dumps(TOKENS)) as bound:
        known = {
            token: httpx2.post(bound, json={}, headers={"Authorization": f"Bearer {token}"}).status_code != 401
            for token in ("ada-secret", "master-secret")
        }

        async def whose() -> Any:
            async with connected(bound, "master-secret") as client:
                return (await client.call_tool("get_profile", {})).structured_content

        assert known == {"ada-secret": False, "master-secret": True}
        assert asyncio.run(whose())["user_id"] == "bob"


@pytest.mark.parametrize(
    ("headers", "status"), [({"Host": "evil.example"}, 421), ({"Origin": "http://evil.example"}, 403)]
)
def test_a_foreign_page_cannot_reach_the_server_through_a_browser(
    url: str, headers: dict[str, str], status: int
) -> None:
    """DNS rebinding: a request whose Host or Origin is not this machine is turned down."""
    known = {"Authorization": "Bearer master-secret", "Content-Type": "application/json"}

    assert httpx2.post(url, json={}, headers={**known, **headers}).status_code == status


def test_serving_other_machines_without_tokens_is_refused(club_home: Path) -> None:
    result = CliRunner().invoke(app, ["mcp", "--transport", "http", "--host", "0.0.0.0"])

    assert result.exit_code == 2
    assert "no token is set: add some under [access.tokens] in penchant.toml" in " ".join(result.stderr.split())


# The official inspector


@pytest.fixture(scope="session")
def inspector(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The inspector's command line, or why there is none."""
    npx = shutil.which("npx")
    if npx is None:
        pytest.skip("Node is not installed, so there is no npx to run the MCP inspector with")
    command = [npx, "--yes", INSPECTOR, "--cli"]
    folder = tmp_path_factory.mktemp("inspector")
    try:
        subprocess.run([*command, "--help"], capture_output=True, timeout=45, check=True, cwd=folder)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"{INSPECTOR} could not be had quickly: {error}")
    return command


@pytest.mark.long
def test_the_official_inspector_lists_and_calls_the_tools(inspector: list[str], club_home: Path) -> None:
    def run(*arguments: str) -> Any:
        home = [
            part
            for name in ("PENCHANT_HOME", "PENCHANT_LLM__PROVIDER")
            for part in ("-e", f"{name}={environment(club_home)[name]}")
        ]
        command = [*inspector, *home, *COMMAND, *arguments]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=120, env=environment(club_home), cwd=club_home
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    listed = run("--method", "tools/list")
    called = run(
        "--method", "tools/call", "--tool-name", "recommend_items", "--tool-arg", "user_id=ada", "--tool-arg", "k=2"
    )

    assert [tool["name"] for tool in listed["tools"]] == list(capabilities())
    assert len(called["structuredContent"]["items"]) == 2


def test_ctrl_c_ends_a_server_whose_client_says_nothing(club_home: Path) -> None:
    server = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(club_home)
    )
    try:
        assert server.stdin is not None and server.stdout is not None and server.stderr is not None
        server.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode() + b"\n")
        server.stdin.flush()
        assert server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 130
        assert b"Traceback" not in server.stderr.read()
    finally:
        server.kill()
        server.communicate()
