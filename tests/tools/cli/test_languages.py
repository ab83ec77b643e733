"""What commands say besides tables, in the language of the installation."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Penchant = Callable[..., Result]
COMMANDS = (
    "tenant create acme",
    "tenant list",
    "tenant export acme -o acme.zip",
    "tenant remove acme --yes",
    "token create --scope read --user ada",
    "token list",
    "webhook add http://93.184.216.34/",
    "webhook list",
    "webhook deliveries",
    "experiment list",
    "experiment start mixed --variant as-is=1 --variant mixed=1,diversity=0.3",
    "experiment assign ada",
    "experiment stop",
    "keys rotate",
    "items count",
    "events add --user bob --type view --item b1",
    "users merge bob ada",
    "onboard cleo --friend dan",
    "feedback ada b1 clicked",
    "work --once --only update",
    "profile undo ada",
    "profile export ada -o ada.json",
    "recommend --all -o lists.jsonl",
    "report ada -o ada.html",
)
NAMES = re.compile(
    r"`[^`]*`|\S*[/\\.]\S*|\b(?:[a-z]-|pt_|whsec_)\S+|--\w+|penchant experiment start"
    r"|[\w-]+=\S+|\w+: [\d,]+|\b(?:acme|ada|bob|cleo|dan|as-is|mixed|read|UTC|Webhook|clicked|drift|erased|state|tea|jazz|mug|Mugs)\b"
)
"""What is the same in every language: commands, files, addresses, ids, secrets, names of tables and of what was given."""


def said(result: Result) -> str:
    return NAMES.sub(" ", result.stdout + result.stderr)


def test_operators_are_spoken_to_in_chinese(
    penchant: Penchant, ask: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "items.jsonl").write_text('{"item_id": "b1", "title": "Blue mug"}\n')
    ask("items", "import", "items.jsonl")
    ask("events", "add", "--user", "ada", "--type", "message", "--text", "I love jazz")
    ask("update", "ada")
    ask("profile", "edit", "ada", "state", "tea")
    monkeypatch.setenv("PENCHANT_LANG", "zh")
    english = {}
    for command in COMMANDS:
        result = penchant(*command.split())
        assert result.exit_code == 0, (command, result.output)
        if words := re.findall(r"\b[A-Za-z][a-z]{2,}\b", said(result)):
            english[command] = words

    assert english == {}, english


@pytest.mark.parametrize(("language", "answer"), [("en", " revoked."), ("zh", "已吊销")])
def test_a_token_is_revoked_in_words_of_either_language(
    penchant: Penchant, ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, language: str, answer: str
) -> None:
    token = ask("token", "create", "--scope", "read")["id"]
    monkeypatch.setenv("PENCHANT_LANG", language)

    assert answer in penchant("token", "revoke", token).stdout


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Nothing is known about nobody: the list shows what is popular"),
        ("zh", "对 nobody 尚一无所知：以下是热门"),
    ],
)
def test_the_list_of_somebody_unknown_says_so(
    penchant: Penchant,
    ask: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    says: str,
) -> None:
    (tmp_path / "items.jsonl").write_text('{"item_id": "b1", "title": "Blue mug"}\n')
    ask("items", "import", "items.jsonl")
    monkeypatch.setenv("PENCHANT_LANG", language)
    shown = penchant("recommend", "nobody").stdout

    assert says in shown
    assert "! recommend" not in shown


@pytest.mark.parametrize(("language", "says"), [("en", "others"), ("zh", "其他人")])
def test_reasons_are_in_the_language_that_is_asked_for(
    ask: Callable[..., Any], tmp_path: Path, language: str, says: str
) -> None:
    (tmp_path / "items.jsonl").write_text('{"item_id": "b1", "title": "Blue mug"}\n')
    ask("items", "import", "items.jsonl")
    ask("events", "add", "--user", "ada", "--type", "click", "--item", "b1")
    [row] = ask("recommend", "bob", "--lang", language)["items"]
    why = ask("explain", "bob", "b1", "--lang", language)["explanation"]

    assert says in row["explanation"]["text"].lower()
    assert says in why["text"].lower()


ITEMS = (
    "item_id,title,Kind,price,availability,tags,sku,created_at\n"
    "1,Tea,Kitchen > Tea,£9.99,in stock,a;b,x,2026-01-01\n"
    '2.0,Cup,Wear,"1.299,00",,a;c,y,\n'
    ",Pot,,,,,,\n"
    "3,Pan,,,,,,yesterday\n"
    "1,Teas,,,,,,\n"
)
EVENTS = (
    {"user_id": "ada", "type": "view", "at": "2026-02-01T10:00:00Z", "item_id": "gone", "event_id": "e1", "place": "x"},
    {"user_id": "ada", "type": "view", "at": "2026-02-01T10:00:00Z", "item_id": "1", "event_id": "e1"},
    {"user_id": "ada", "type": "sneeze", "at": "2026-02-01T10:00:00Z"},
    {"user_id": "ada", "type": "rating", "at": "2026-02-01T10:00:00Z", "item_id": "1"},
    {"user_id": "ada", "type": "rating", "at": "2026-02-01T10:00:00Z", "item_id": "1", "value": 900},
    {"user_id": "ada", "type": "purchase", "at": "2026-02-01T10:00:00Z"},
    {"user_id": "ada", "type": "view", "at": "2096-02-01T10:00:00Z"},
    {"user_id": "ada", "type": "view", "at": "2026-02-01"},
    {"user_id": "ada", "type": "view", "at": "2026-02-01T10:00:00"},
    {"user_id": "ada", "type": "dwell", "at": "2026-02-01T10:00:00Z", "item_id": "1", "value": 900000},
    {"type": "view", "at": "2026-02-01T10:00:00Z"},
    ["no object"],
)
TALK = {"messages": [{"role": "user", "content": "I love tea"}, {"role": "clerk", "content": "Good"}]}
VIEW = {"user_id": "ada", "type": "view", "at": "2026-02-01T10:00:00Z"}
ODD = (
    *({**VIEW, "at": at} for at in (20260201, 5, "1.2E+11", "1850-02-01T10:00Z")),
    {**VIEW, "context": {"deep": [[[[[[[[[[[1]]]]]]]]]]]}},
    {**VIEW, "context": {"long": 2**70}},
    {**VIEW, "context": {"text": "tea " * 20_000}},
    {"messages": [{"role": "user", "content": "I love tea"}]},
    {"user_id": "ada", "messages": [{"role": "user", "content": ""}]},
    {"user_id": "ada", "messages": [{"role": "clerk", "content": "Good"}]},
    {"user_id": "ada", "messages": [{"role": "user", "content": "Tea", "created_at": "2096-02-01T10:00:00Z"}]},
    {"user_id": "ada", "messages": ["tea", {"role": "user", "content": "Tea"}]},
)
COLUMNS = re.compile(
    r"\b(?:excel|context|Kind|ada|Text|view|click|search|dwell|like|save|cart|purchase|rating|share|follow|message|skip|hide|dislike"
    r"|return|sneeze|Gear|Bags|JSON|ISO|Unix|clerk|price|sku|gone|item_id|title|available|availability|place|Product|categories|columns|penchant|user|type)\b"
    r"|`[^`]*`|\[\w+\]|\b\w+_\w+\b|--\S+|\S*[/\\\\.]\S*"
)
"""What is the same in every language: fields, columns, options, event types, and what the files hold."""


def test_the_receipt_of_an_import_is_in_chinese(
    penchant: Penchant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop.csv").write_text(ITEMS, encoding="utf-8")
    (tmp_path / "done.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in EVENTS), encoding="utf-8")
    (tmp_path / "odd.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in ODD), encoding="utf-8")
    (tmp_path / "talk.jsonl").write_text(json.dumps(TALK) + "\n{\n", encoding="utf-8")
    (tmp_path / "head.csv").write_text("user_id;type;at;Product\n", encoding="utf-8")
    monkeypatch.setenv("PENCHANT_LANG", "zh")
    commands = (
        "items import shop.csv --columns categories=Kind",
        "items import shop.csv",
        "events import done.jsonl",
        "events import odd.jsonl",
        "events import talk.jsonl --user ada",
        "events import head.csv",
    )
    for command in commands:
        shown = penchant(*command.split()).stdout
        receipt = json.loads(penchant(*command.split(), "--json").stdout)["files"][0]
        for text in (shown, *receipt["notes"], *receipt["reasons"]):
            words = re.findall(r"\b[A-Za-z]{3,}\b", COLUMNS.sub(" ", text))
            assert words == [], (command, words, text)


def test_what_could_not_be_done_as_asked_is_named_in_chinese(
    penchant: Penchant, ask: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "items.jsonl").write_text('{"item_id": "b1", "title": "Blue mug"}\n', encoding="utf-8")
    ask("items", "import", "items.jsonl")
    monkeypatch.setenv("PENCHANT_LANG", "zh")

    for command in ("items latest", "recommend ada"):
        assert "! 筛选：没有物品带有属性 'size'" in penchant(*command.split(), "--where", "attributes.size=3").stdout
