"""Lines 7 to 12, and small ones about access: faults that show one user's data to another."""

import hashlib
import html
import json
import os
import re
import shlex
import shutil
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from benchmarks.reliability.probing import (
    CLI,
    bought,
    cli,
    completion,
    environment,
    holding,
    item,
    model_at,
    opened,
    probe,
    says,
    send,
    serving,
    shop,
    wrong_if,
)

import penchant
from penchant.tools import call_tool

KEY = "sk-planted-key-in-force"


@probe("7", "a space behind an id never opens the profile of the id without it")
def space_behind_an_id(home: Path) -> None:
    agent = shop(home, users=0)
    agent.observe([*(bought("u2", n) for n in (0, 6, 12)), *(bought("u2 ", n) for n in (2, 8, 14))])
    agent.update()
    apart = len(agent.users()) == 2
    for arguments, bound in (({"user_id": "u2 "}, None), ({}, "u2 ")):
        shown = call_tool("get_profile", json.dumps(arguments), agent=agent, user_id=bound)
        wrong_if(
            apart and "Record" in shown, f"two users, and a caller for 'u2 ' reads u2 ({arguments}, bound to {bound!r})"
        )


@contextmanager
def mcp(home: Path, *options: str, **env: str) -> Iterator[str]:
    """Run `penchant mcp --transport http` and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*CLI, "mcp", "--transport", "http", "--port", str(port), *options]
    with subprocess.Popen(command, stdout=-3, stderr=-3, env=environment(home, **env)) as process:
        try:
            for _ in range(3_000):
                with socket.socket() as trial:
                    if trial.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            process.kill()


HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "probe", "version": "1"}},
}


def answer(url: str, token: bytes, body: Any = HELLO, session: str | None = None) -> tuple[int, str, str]:
    """Send a request with a token and return status, text and session."""
    import httpx

    headers = [(b"Authorization", b"Bearer " + token), (b"Accept", b"application/json, text/event-stream")]
    if session:
        headers.append((b"Mcp-Session-Id", session.encode()))
    done = httpx.post(url, json=body, headers=headers, timeout=60)
    return done.status_code, done.text, done.headers.get("mcp-session-id", "")


@probe("8a", "the stored hash of a token is not the token")
def hash_as_token(home: Path) -> None:
    shop(home, users=1)
    stored = "sha256:" + hashlib.sha256(b"a-good-token").hexdigest()
    with mcp(home, PENCHANT_ACCESS__TOKENS=json.dumps({"u0": [stored]})) as url:
        wrong_if(answer(url, b"a-good-token")[0] != 200, "the token itself is refused")
        status = answer(url, stored.encode())[0]
        wrong_if(status != 401, f"`Bearer {stored[:14]}…` is answered with {status}")


@probe("8b", "a server for one user turns the tokens of others down")
def token_of_another(home: Path) -> None:
    shop(home, users=4)
    tokens = json.dumps({"u3": ["token-of-u3"]})
    with mcp(home, "--user", "u1", PENCHANT_ACCESS__TOKENS=tokens) as url:
        status, _, session = answer(url, b"token-of-u3")
        if status == 200:
            answer(url, b"token-of-u3", {"jsonrpc": "2.0", "method": "notifications/initialized"}, session)
            call = {
                "jsonrpc": "2.0",
                "id": 2,
                "method": "tools/call",
                "params": {"name": "get_profile", "arguments": {}},
            }
            text = answer(url, b"token-of-u3", call, session)[1]
            wrong_if('"u1"' in text.replace("\\", ""), "with `--user u1`, the token of u3 reads the profile of u1")


@probe("9", "what was learnt from an erased user serves nobody in another agent")
def models_of_the_erased(home: Path) -> None:
    agent, other = opened(home), opened(home)
    agent.add_items([item(n) for n in range(6)])
    agent.observe([bought(user, n) for user, n in (("ada", 0), ("ada", 1), ("bob", 0), ("cleo", 2), ("cleo", 3))])
    agent.update()

    def co_use() -> float:
        listed = agent.recommend("bob", 6, llm=False).items
        return sum(
            part.value
            for row in listed
            if row.item_id == "i1"
            for part in row.contributions
            if part.signal in ("collaborative", "popularity")
        )

    before = co_use()
    other.erase("ada")
    wrong_if(before <= 0, "others' choices speak for nothing here")
    wrong_if(co_use() >= before, f"the list still rests on what the erased user chose ({co_use():.3f} as before)")


EVIL = "{% for c in cycler.__init__.__globals__.os.popen('touch ' ~ '@') %}{% endfor %}"


def evil_templates(folder: Path, touched: Path) -> None:
    """Write a folder with every template of this version, each of which runs a command."""
    for path in (Path(penchant.__file__).parent / "prompts" / "templates").rglob("*.j2"):
        target = folder / path.relative_to(Path(penchant.__file__).parent / "prompts" / "templates")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(armed(path.read_text("utf-8"), EVIL.replace("@", str(touched))), "utf-8")


def armed(template: str, evil: str) -> str:
    """Return the template with `evil` at the beginning of each of its blocks."""
    return re.sub(r"\{%-?\s*block[^%]*%\}", lambda begun: begun[0] + evil, template)


def silent(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    send(handler, 200, completion({"content": "{}"}))


@probe("10a", "settings found in the working directory send no key and run nothing")
def settings_found(home: Path) -> None:
    agent = shop(home, users=1)
    agent.observe([says("u0", "I like opera")])
    stood_in, touched = home.parent / "downloads", home.parent / "touched"
    evil_templates(stood_in / "templates", touched)
    with serving(silent) as server:
        (stood_in / "penchant.toml").write_text(
            f'prompts = "{stood_in / "templates"}"\n[llm]\nprovider = "openai"\nmodel = "m"\ntier = "name"\nbase_url = "{server.url}"\n'
        )
        env = environment(home, OPENAI_API_KEY=KEY)
        env.pop("PENCHANT_LLM__PROVIDER")
        for command in (["update"], ["ask", "u0", "what should I read?"]):
            subprocess.run([*CLI, *command], env=env, cwd=stood_in, capture_output=True, timeout=300, check=False)
        keys = [headers for headers in server.headers if KEY in str(headers)]
    wrong_if(keys, "OPENAI_API_KEY was sent to the address of a penchant.toml that lay there")
    wrong_if(touched.exists(), "a template beside it ran a command")


@probe("10b", "a folder of templates that was asked for runs nothing either")
def templates_asked_for(home: Path) -> None:
    agent = shop(home, users=1)
    agent.observe([says("u0", "I like opera")])
    folder, touched = home.parent / "templates", home.parent / "touched"
    evil_templates(folder, touched)
    with serving(silent) as server:
        for command in (["update"], ["ask", "u0", "what should I read?"]):
            cli(home, *command, env=model_at(server.url, PENCHANT_PROMPTS=str(folder)))
    wrong_if(touched.exists(), "a template ran a command")


@probe("11a", "the home is 0700 and its files are 0600 whatever the umask")
def open_home(home: Path) -> None:
    place = home.parent / "new-home"
    os.umask(0o022)
    cli(place, "events", "add", "--user", "ada", "--type", "message", "--text", "tea")
    cli(place, "update")
    seen = {path: stat.S_IMODE(path.stat().st_mode) for path in (place, *place.rglob("*"))}
    open_to_others = sorted(f"{path.name} {mode:o}" for path, mode in seen.items() if mode & 0o077)
    wrong_if(open_to_others, f"open to others: {', '.join(open_to_others[:4])}")


@probe("11b", "a key that a server sends back is in no message and no file")
def echoed_key(home: Path) -> None:
    shop(home, users=1)
    shown = []

    def echo(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        send(handler, 401, json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}."}}).encode())

    with serving(echo) as server:
        for command in (["update", "--json"], ["doctor"], ["ask", "u0", "what should I read?"], ["model", "check"]):
            done = cli(home, *command, env=model_at(server.url))
            shown += [command[0]] if KEY in done.stdout + done.stderr else []
    wrong_if(shown, f"the key is shown by {', '.join(shown)}")
    wrong_if(holding(home, KEY), f"the key is kept in {holding(home, KEY)[:3]}")


@probe("11c", "the password of a URL is in no message")
def password_in_a_url(home: Path) -> None:
    secret = "planted-password"
    for name, url in (
        ("PENCHANT_STORE__URL", f"postgresql+psycopg://u:{secret}@127.0.0.1:1/x"),
        ("PENCHANT_CHROMA__URL", f"http://u:{secret}@127.0.0.1:1"),
        ("PENCHANT_LLM__BASE_URL", f"http://u:{secret}@127.0.0.1:1/v1"),
    ):
        for command in (["doctor"], ["update", "ada"], ["items", "count"]):
            done = cli(home, *command, env={**model_at("http://127.0.0.1:1"), name: url})
            wrong_if(secret in done.stdout + done.stderr, f"`penchant {command[0]}` shows the password of {name}")


@probe("12", "a command to be copied does what it says for every id")
def copied_commands(home: Path) -> None:
    user = "x`touch pwned`$(touch pwned);touch pwned '\"\n".strip()
    agent = shop(home, users=1)
    agent.observe([bought(user, n) for n in range(6)])
    agent.update()
    commands = [
        code for form in ("md", "html") for code in codes(cli(home, "report", user, "--format", form, "-o", "-").stdout)
    ]
    for command in commands:
        wrong_if(user not in words(command), f"copied and pasted, this is not about the user: {command[:110]}")
    texts = []
    texts += [cli(home, *command, user).stderr for command in (["erase"], ["profile", "show"], ["events", "list"])]
    texts.append(cli(home, "explain", user, "no such item").stderr)
    folder = home.parent / "shell"
    folder.mkdir()
    (folder / "penchant").write_text("#!/bin/sh\n")
    (folder / "penchant").chmod(0o700)
    wrong_if(not commands, "no command is offered")
    for command in sorted({*commands, *(line for text in texts for line in copied(text))}):
        subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env={"PATH": f"{folder}:{os.environ['PATH']}"},
            capture_output=True,
            timeout=20,
            check=False,
        )
        wrong_if((folder / "pwned").exists(), f"copied and run, this does something else: {command[:110]}")
    shutil.rmtree(folder)


def codes(text: str) -> list[str]:
    """Return the commands marked as code in a page or in Markdown (between runs of equally many backticks)."""
    if "<html" in text:
        found = [html.unescape(code) for code in re.findall(r"<code[^>]*>(.*?)</code>", text, re.S)]
    else:
        found = [code for _, code in re.findall(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", text, re.S)]
    return [code.strip() for code in found if re.match(r"\s*penchant (?:profile|consent|erase) ", code)]


def words(command: str) -> list[str]:
    """Return the words into which a shell splits a command; none where it cannot."""
    try:
        return shlex.split(command)
    except ValueError:
        return []


def copied(text: str) -> Iterator[str]:
    """Yield the commands that somebody would copy from an error message: from `penchant` to the last backtick."""
    yield from (found for found in re.findall(r"`(penchant [a-z]+ .*)`", text) if "pwned" in found)


@probe("25c", "Small: a token of odd bytes is refused, not a 500")
def odd_token(home: Path) -> None:
    with mcp(home, PENCHANT_ACCESS__TOKENS=json.dumps({"u0": ["a-good-token"]})) as url:
        for token in (b"sha256:\xe9", b"\xe9\xff"):
            status = answer(url, token)[0]
            wrong_if(status != 401, f"`Bearer {token!r}` is answered with {status}")
