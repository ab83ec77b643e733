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
    "report --all pages",
    "verify",
    "items reembed",
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
    monkeypatch.setattr("penchant.tools.cli.progress.LINE_SECONDS", 0.0)  # progress is shown at every step
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


@pytest.mark.parametrize(("language", "status"), [("en", "ok"), ("zh", "正常")])
def test_the_status_of_an_update_is_a_word_of_either_language(
    penchant: Penchant, ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, language: str, status: str
) -> None:
    ask("events", "add", "--user", "ada", "--type", "message", "--text", "I love jazz")
    monkeypatch.setenv("PENCHANT_LANG", language)

    assert penchant("update", "ada").stdout.splitlines()[1].split()[-1] == status


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


FILTER = "请写 字段 运算符 值，例如 category=Kitchen、attributes.price<20、tags=vegan、lang=en|zh、domain=news 或 age<=30（天）；"
REFUSED = {
    "--bogus": (2, "没有选项 --bogus"),
    "frob": (2, "没有命令 'frob'。"),
    "itms": (2, "没有命令 'itms'。是否指 'items'？"),
    "items similar": (2, "缺少参数 'ID'。"),
    "items latest -k": (2, "选项 '-k' 需要一个值。"),
    "items latest -k x": (2, "'-k' 的值不可用：'x' 不是整数"),
    "items latest -k 0": (2, "k 应为 1 至 200 之间的整数，而不是 0"),
    "items latest --where x": (2, f"'x' 不是筛选条件：{FILTER}"),
    "items latest --where mode=remote": (
        2,
        "'mode=remote' 不是物品的字段（属性请写作 'attributes.mode=remote'）：请写 字段",
    ),
    "items show nowhere": (1, "目录中没有物品 'nowhere'：请用 `penchant items import FILE` 导入"),
    "items import nowhere.jsonl": (2, "nowhere.jsonl 不存在：请检查路径"),
    "profile show nobody": (1, "没有用户 'nobody'：`penchant profile list` 可列出所有用户"),
    "profile show ada --at soon": (2, "'--at' 的值不可用：'soon' 不是时间：请写 2011-03-01、"),
    "profile show ada --at 1800-01-01": (2, "'--at' 的值不可用：'1800-01-01' 早于 1990 年："),
    "profile show -1": (2, "没有选项 -1。以连字符开头的编号前请加 `--`，"),
    "profile edit ada frob Jazz": (2, "'ACTION' 的值不可用：'frob' 不在可选之列：'pin', "),
    "events add --user ada --type frob": (2, "未知的事件类型 'frob'：请用 view, "),
    "events remove ada e-0": (1, "用户 'ada' 没有事件 'e-0'：`penchant events list ada` 可列出它们；未删除任何内容"),
    "consent ada grant fun": (2, "未知的用途 'fun'：请用 profile, recommend, llm 之一"),
    "erase ada": (2, "值不可用：清除 'ada' 后不能恢复：请写 `penchant erase ada --yes`"),
    "recommend": (2, "值不可用：请指明 USER，"),
    "recommend ada --engine ray": (2, "值不可用：--engine 用于所有人的列表：请加上 --all"),
    "token create --scope fun": (2, "fun 不是权限："),
    "profile export ada -o nowhere/ada.json": (2, "无法写入 nowhere/ada.json（"),
    "model check": (2, "llm.provider 为 none："),
}


@pytest.mark.parametrize("command", REFUSED)
def test_what_cannot_be_done_is_said_in_chinese(
    penchant: Penchant, ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    ask("events", "add", "--user", "ada", "--type", "message", "--text", "I love jazz")
    monkeypatch.setenv("PENCHANT_LANG", "zh")
    result = penchant(*command.split())
    exit_code, beginning = REFUSED[command]

    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert result.stderr.splitlines()[-1].startswith(f"错误：{beginning}")


def test_how_to_name_the_columns_of_a_file_is_said_in_chinese(
    penchant: Penchant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    books, marks = tmp_path / "books.csv", tmp_path / "marks.csv"
    books.write_text("书号,书名\n7,叫魂\n", "utf-8")
    marks.write_text("读者,书号,评论时间\nming,7,2026-05-03\n", "utf-8")
    monkeypatch.setenv("PENCHANT_LANG", "zh")

    of_items, of_events = penchant("items", "import", str(books)), penchant("events", "import", str(marks))

    assert "或者请用 --columns 'item_id=书号,title=书名' 指明各列" in of_items.stderr.replace("\n", "")
    assert " 指明各列，并用 --type T 为所有行给出其余的值" in of_events.stderr.replace("\n", "")


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        (
            "PENCHANT_LLM__TIMEOUT_SECONDS",
            "soon",
            "设置 'llm.timeout_seconds' 不可用：应为数字。请在 penchant.toml 中或通过 ",
        ),
        ("PENCHANT_LLM__PROVIDER", "abacus", "设置 'llm.provider' 不可用：应为 'local', 'openai' or 'none'。"),
        ("PENCHANT_CONFIG", "nowhere.toml", "没有设置文件 nowhere.toml："),
        ("PENCHANT_LAGN", "zh", "环境变量 PENCHANT_LAGN 不是设置：请用 PENCHANT_LANG，或取消它"),
        ("PENCHANT_STORE__URL", "mysql://a/b", "不支持存储地址的协议 'mysql'：请用 sqlite:///"),
    ],
)
def test_a_wrong_setting_is_named_in_chinese(
    penchant: Penchant, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, says: str
) -> None:
    monkeypatch.setenv("PENCHANT_LANG", "zh")
    monkeypatch.setenv(variable, value)
    result = penchant("items", "count")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"错误：{says}")
