"""Whatever goes wrong, and whatever a server echoes: no secret in any output, error, report, log line, receipt or file."""

import json
import logging
from pathlib import Path
from urllib.parse import quote

import planted_secrets as planted
import pytest
from long_tests import long_except
from model_server import Exchange, Play, completion, says, serving
from planted_secrets import traces
from typer.testing import CliRunner

from penchant import Event, InterestAgent, Item
from penchant.errors import PenchantError
from penchant.settings import Settings
from penchant.tools.cli.app import app

EVENTS = [
    {"user_id": "ada", "type": "message", "text": "I love jazz and I never eat nuts.", "at": 1_700_000_000},
    {"user_id": "ada", "type": "purchase", "item_id": "i1", "at": 1_700_000_100},
    {"user_id": "ada", "type": "nonsense", "item_id": "i1", "at": 1_700_000_200},
]
ITEMS = [{"item_id": f"i{n}", "title": title} for n, title in enumerate(["jazz record", "opera ticket", "tea pot"])]
SCENARIO: list[list[str]] = [
    ["items", "import", "items.jsonl"],
    ["events", "import", "events.jsonl"],
    ["update", "--all"],
    ["update", "ada"],
    ["profile", "show", "ada"],
    ["recommend", "ada", "--query", "jazz"],
    ["explain", "ada", "i0"],
    ["ask", "ada", "what should I listen to?"],
    ["report", "ada", "-o", "ada.html"],
    ["profile", "export", "ada", "-o", "ada.json"],
    ["model", "check"],
    ["stats"],
    ["doctor"],
    ["verify", "--rebuild"],
    ["mcp", "--help"],
]


def echoing(status: int) -> Play:
    """A server that sends everything it was sent back, headers and all, as the reason of its refusal."""

    def play(exchange: Exchange) -> None:
        heard = f"Incorrect API key provided: {exchange.headers['Authorization']} at {exchange.path} {dict(exchange.headers)}"
        exchange.send(status, json.dumps({"error": {"message": heard, "code": "invalid_api_key"}}).encode())

    return play


def confiding(exchange: Exchange) -> None:
    """A server whose answers hold the key it was asked with."""
    says(completion(f"your key is {exchange.headers['Authorization']}"))(exchange)


def broken(exchange: Exchange) -> None:
    """A 200 that is no answer."""
    exchange.send(200, f"<html>{exchange.headers['Authorization']}</html>".encode(), "text/html")


PLAYS: dict[str, Play] = {"401": echoing(401), "400": echoing(400), "200": confiding, "html": broken}


class Person:
    """Somebody at the command line, with these settings in the environment. `shown`: all that was printed, by command."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.shown: dict[str, str] = {}
        monkeypatch.chdir(folder)
        self.use(
            PENCHANT_HOME=str(folder / "home"),
            PENCHANT_DEBUG="1",
            PENCHANT_LLM__API_KEY=planted.KEY,
            PENCHANT_EMBEDDING__API_KEY=planted.EMBEDDING_KEY,
            PENCHANT_ACCESS__TOKENS=json.dumps({"ada": [planted.TOKEN]}),
            OPENAI_API_KEY=planted.OFFICIAL,
        )

    def use(self, **settings: str) -> None:
        for name, value in settings.items():
            self.monkeypatch.setenv(name, value)

    def run(self, *arguments: str) -> None:
        result = CliRunner().invoke(app, list(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit)
        self.shown[f"{len(self.shown)} {' '.join(arguments)}"] = f"{result.stdout}\n{result.stderr}"


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    for name, rows in (("items", ITEMS), ("events", EVENTS)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return Person(tmp_path, monkeypatch)


@pytest.mark.parametrize("kind", long_except("401", PLAYS))
def test_no_secret_is_shown_or_kept_whatever_a_model_server_does(person: Person, tmp_path: Path, kind: str) -> None:
    play = PLAYS[kind]
    with serving(play) as server:
        url = server.url
        person.use(PENCHANT_LLM__PROVIDER="openai", PENCHANT_LLM__BASE_URL=url, PENCHANT_LLM__MODEL="m")
        for command in SCENARIO:
            person.run(*command)
        person.use(PENCHANT_LLM__PROVIDER="none", PENCHANT_EMBEDDING__PROVIDER="openai")
        person.use(PENCHANT_EMBEDDING__BASE_URL=url)
        for command in (["update", "ada"], ["recommend", "ada"], ["items", "reembed"]):
            person.run(*command)
        assert server.bodies

    assert traces(person.shown, tmp_path) == []
    if play is not confiding:
        assert any("***" in text for text in person.shown.values())


@pytest.mark.parametrize(
    "setting",
    [
        {"PENCHANT_STORE__URL": f"postgresql+psycopg://ada:{quote(planted.PASSWORD, safe='')}@127.0.0.1:1/none"},
        {"PENCHANT_STORE__URL": f"postgresql://ada:{planted.PASSWORD}@127.0.0.1:1/none"},
        {"PENCHANT_STORE__URL": f"mysql://ada:{planted.PASSWORD}@127.0.0.1:1/none"},
        {"PENCHANT_CHROMA__URL": f"http://ada:{planted.CHROMA_PASSWORD}@127.0.0.1:1"},
    ],
    ids=["postgresql", "unquoted", "unsupported", "chroma"],
)
def test_no_password_of_a_store_is_shown_or_kept(person: Person, tmp_path: Path, setting: dict[str, str]) -> None:
    person.use(PENCHANT_LLM__PROVIDER="none", **setting)

    for command in (["items", "count"], ["doctor"], ["doctor", "--json"], ["update", "--all"]):
        person.run(*command)

    assert any("127.0.0.1:1" in text or "%40" in text for text in person.shown.values())
    assert traces(person.shown, tmp_path) == []


def test_no_log_line_holds_a_secret(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("PENCHANT_LLM__API_KEY", planted.KEY)
    with serving(echoing(401)) as server:
        monkeypatch.setenv("PENCHANT_LLM__PROVIDER", "openai")
        monkeypatch.setenv("PENCHANT_LLM__BASE_URL", server.url)
        monkeypatch.setenv("PENCHANT_LLM__MODEL", "m")
        agent = InterestAgent.open(Settings.load(home=tmp_path))
        agent.add_items([Item.model_validate(row) for row in ITEMS])
        agent.observe([Event.model_validate(row) for row in EVENTS[:2]])
        shown = [agent.update().model_dump_json()]
        try:
            shown.append(agent.recommend("ada", 3).model_dump_json())
        except PenchantError as error:
            shown.append(str(error))
        agent.close()

    assert traces({"log": caplog.text, "answers": "\n".join(shown)}, tmp_path) == []
