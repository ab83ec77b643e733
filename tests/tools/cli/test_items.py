"""`penchant items`: the catalogue in, and looked at."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from penchant.store.importing.items import BATCH

Run = Callable[..., Result]
Ask = Callable[..., Any]
MUG = {"item_id": "b1", "title": "Blue mug", "categories": [["Home", "Kitchen"]], "attributes": {"price": 3.5}}


def lines(*rows: dict[str, Any] | str) -> bytes:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows).encode()


def counts(receipt: dict[str, Any]) -> tuple[int, ...]:
    return tuple(receipt[name] for name in ("lines", "accepted", "duplicate", "quarantined"))


def test_items_are_imported_once_counted_and_shown(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_bytes(lines(MUG, {"item_id": 2, "title": "红色杯子"}, {"item_id": "x"}))

    assert [counts(ask("items", "import", "items.jsonl")) for _ in range(2)] == [(3, 2, 0, 1), (3, 0, 2, 1)]
    assert ask("items", "count") == {"count": 2}
    shown = ask("items", "show", " b1")
    assert {name: shown[name] for name in MUG} == MUG


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "titles in a script that the embedder does not read (1 of 2)"),
        ("zh", "有些标题所用的文字，当前的嵌入模型不识（2 个中有 1 个）"),
    ],
)
def test_titles_that_the_embedder_does_not_read_are_counted_with_what_to_install(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    monkeypatch.setenv("PENCHANT_LANG", language)
    (tmp_path / "items.jsonl").write_bytes(lines(MUG, {"item_id": 2, "title": "红色杯子"}))

    [note] = ask("items", "import", "items.jsonl")["notes"]

    assert note.startswith(says)
    assert "`pip install 'penchant[multilingual]'`" in note
    assert "PENCHANT_EMBEDDING__PROVIDER=multilingual" in note
    [catalogue] = [check["found"] for check in ask("doctor")["checks"] if check["name"] == "catalogue"]
    assert "titles in a script that the embedder does not read (1 of 2)" in catalogue


def test_a_few_foreign_names_among_titles_and_titles_without_letters_are_no_reason_for_another_embedder(
    ask: Ask, tmp_path: Path
) -> None:
    titles = ["红色杯子", "2001", *(f"Blue mug {n}" for n in range(18))]
    rows = [{"item_id": n, "title": title} for n, title in enumerate(titles)]
    (tmp_path / "items.jsonl").write_bytes(lines(*rows))

    assert ask("items", "import", "items.jsonl")["notes"] == []


@pytest.mark.parametrize(
    ("language", "available", "expires"), [("en", "Available", "Expires"), ("zh", "可推荐", "到期")]
)
def test_an_item_that_is_not_recommended_says_so(
    penchant: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, available: str, expires: str
) -> None:
    monkeypatch.setenv("PENCHANT_LANG", language)
    ended = {"item_id": "b9", "title": "Lantern", "available": False, "expires_at": "2024-12-31T00:00:00Z"}
    file = tmp_path / "ended.jsonl"
    file.write_text(json.dumps(ended | {"url": "https://shop.example/b9"}))
    penchant("items", "import", str(file))

    shown = penchant("items", "show", "b9").stdout

    assert {available, expires} <= {line.split()[0] for line in shown.splitlines()}
    assert "2024-12-31" in shown
    assert "https://shop.example/b9" in shown


def test_an_empty_catalogue_is_no_error(ask: Ask, penchant: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("events", "add", "--user", "ada", "--type", "view", "--item", "gone", "--at", "2026-02-01")

    assert ask("items", "count") == {"count": 0}
    [updated] = ask("update", "ada")["users"]
    assert (updated["events_new"], updated["status"]) == (1, "ok")
    assert ask("recommend", "ada")["items"] == []
    assert "the catalogue is empty. Import items with `penchant items import`" in penchant("recommend", "ada").stdout
    monkeypatch.setenv("PENCHANT_LANG", "zh")
    assert "目录是空的" in penchant("recommend", "ada").stdout


BAD_FILES: dict[str, tuple[str, bytes | None, int, str]] = {
    "a missing file": ("missing.jsonl", None, 2, "does not exist"),
    "a folder": (".", None, 2, "is a folder"),
    "an empty file": ("empty.jsonl", b"", 0, "is empty: nothing to import"),
    "a title of a megabyte": ("big.jsonl", lines({"item_id": "a", "title": "t" * 1_000_000}), 1, "not one line"),
    "a missing title": ("field.jsonl", lines({"item_id": "a"}), 1, "not one line"),
    "a price that is no number": (
        "nan.jsonl",
        lines('{"item_id":"a","title":"x","attributes":{"p":1e999}}'),
        1,
        "not one",
    ),
    "a file cut in half": ("cut.jsonl", lines({"item_id": "a", "title": "x" * 90})[:50], 1, "not one line"),
    "a gzip file cut in half": ("cut.jsonl.gz", gzip.compress(lines(MUG))[:40], 1, "not one line"),
    "a Parquet file cut in half": ("cut.parquet", b"PAR1" + bytes(500), 2, "cannot be read as Parquet"),
    "bytes under the name of Parquet": ("binary.parquet", bytes(range(256)), 2, "is not a Parquet file"),
    "bytes under the name of CSV": ("binary.csv", bytes(range(200, 256)) * 9, 1, "names none of the fields"),
    "bytes under the name of JSONL": ("binary.jsonl", bytes(range(256)) * 9, 1, "not one line"),
    "another encoding": ("utf16.jsonl", '{"item_id":"a","title":"x"}'.encode("utf-16"), 0, ""),
    "no header": ("bare.csv", b"b1,Blue mug\n", 1, "names none of the fields (item_id, title)"),
}


@pytest.mark.parametrize(("name", "content", "exit_code", "message"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_ends_with_a_message_and_the_right_exit_code(
    penchant: Run, tmp_path: Path, *, name: str, content: bytes | None, exit_code: int, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    result = penchant("items", "import", name)

    assert (result.exit_code, message in result.stderr) == (exit_code, True), result.output
    assert "Traceback" not in result.output
    assert "unexpected" not in result.output


def test_mixed_encodings_lose_only_the_lines_that_cannot_be_read(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "mixed.jsonl").write_bytes(
        lines(MUG) + b'{"item_id":"c","title":"caf\xe9"}\n' + "中文\n".encode("gb18030")
    )

    receipt = ask("items", "import", "mixed.jsonl")

    assert counts(receipt) == (3, 1, 0, 2)
    assert receipt["reasons"] == {
        "the line is not UTF-8: name the encoding of the file with --encoding, or save the file as UTF-8": 2
    }


def test_another_embedder_is_refused_until_the_catalogue_is_embedded_again(
    ask: Ask, penchant: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "items.jsonl").write_bytes(lines(MUG))
    ask("items", "import", "items.jsonl")
    monkeypatch.setenv("PENCHANT_EMBEDDING__PROVIDER", "multilingual")

    refused = penchant("items", "count")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Run `penchant items reembed`" in refused.stderr
    assert ask("items", "reembed") == {"reembedded": 1}
    assert ask("items", "count") == {"count": 1}


USERLESS = {
    "update": ("update", "ghost"),
    "profile show": ("profile", "show", "ghost"),
    "profile history": ("profile", "history", "ghost"),
    "profile edit": ("profile", "edit", "ghost", "pin", "x"),
    "context": ("context", "ghost"),
}


@pytest.mark.parametrize("command", USERLESS.values(), ids=USERLESS.keys())
def test_a_user_nobody_has_seen_is_named(penchant: Run, command: tuple[str, ...]) -> None:
    result = penchant(*command)

    assert result.exit_code == 1
    assert "ghost" in result.stderr
    assert "user 'ghost' is unknown" in result.output
    assert "Traceback" not in result.output


def test_hidden_and_removed_items_are_known_and_no_longer_listed(ask: Ask, penchant: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_bytes(
        lines(*({"item_id": f"b{n}", "title": f"Blue mug {n}", "created_at": "2011-01-01"} for n in range(4)))
    )
    ask("items", "import", "feed.jsonl")

    assert ask("items", "hide", "b0", "b1 ") == {"hidden": ["b0", "b1"]}
    assert ask("items", "unhide", "b1") == {"unhidden": ["b1"]}
    assert ask("items", "remove", "b2") == {"removed": ["b2"]}
    assert ask("items", "count") == {"count": 3}
    assert {item["item_id"] for item in ask("items", "latest")["items"]} == {"b1", "b3"}
    assert ask("items", "show", "b0")["available"] is False
    assert penchant("items", "show", "b2").exit_code == 1
    assert penchant("items", "hide", "b3", "nobody").exit_code == 1
    assert penchant("verify").exit_code == 0

    ask("items", "import", "feed.jsonl")

    assert {item["item_id"] for item in ask("items", "latest")["items"]} == {"b1", "b2", "b3"}


@pytest.mark.parametrize(("language", "reason"), [("en", "not one row could be used"), ("zh", "没有一行可用")])
def test_a_feed_of_which_no_row_can_be_used_hides_nothing(
    penchant: Run, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, reason: str
) -> None:
    (tmp_path / "all.jsonl").write_bytes(lines(*({"item_id": f"b{n}", "title": f"Blue mug {n}"} for n in range(3))))
    (tmp_path / "broken.jsonl").write_bytes(lines({"item_id": "b9", "name": "Red mug"}))
    ask("items", "import", "all.jsonl")

    monkeypatch.setenv("PENCHANT_LANG", language)
    result = penchant("items", "import", "broken.jsonl", "--replace", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["nothing_was_hidden_because"] == reason
    assert result.stderr.splitlines()[-2].endswith(reason)
    assert len(ask("items", "latest")["items"]) == 3


def test_what_a_whole_catalogue_lacks_is_hidden_until_it_is_back(ask: Ask, tmp_path: Path) -> None:
    rows = [{"item_id": f"b{n}", "title": f"Blue mug {n}", "created_at": "2011-01-01"} for n in range(4)]
    for name, content in {
        "all.jsonl": rows,
        "less.jsonl": [rows[0], {"item_id": "b1", "title": ""}],
        "torn.jsonl": [rows[0], {"title": "Whose?"}],
    }.items():
        (tmp_path / name).write_bytes(lines(*content))
    ask("items", "import", "all.jsonl")

    torn = ask("items", "import", "torn.jsonl", "--replace")
    less = ask("items", "import", "less.jsonl", "--replace")
    listed = {item["item_id"] for item in ask("items", "latest")["items"]}
    back = ask("items", "import", "all.jsonl", "--replace")

    assert (torn["hidden"], less["hidden"], listed, back["hidden"]) == (0, 2, {"b0", "b1"}, 0)
    assert "do not say which item" in torn["nothing_was_hidden_because"]
    assert len(ask("items", "latest")["items"]) == 4


def test_counts_and_dates_are_stated_once_and_only_likeness_has_a_score(penchant: Run, tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_bytes(
        lines(MUG, MUG | {"item_id": "m2", "title": "Blue mug", "created_at": "2026-01-01T00:00:00Z"})
    )
    penchant("items", "import", "items.jsonl")
    penchant("events", "add", "--user", "ada", "--type", "view", "--item", "m2")

    popular, latest = penchant("items", "popular").stdout, penchant("items", "latest").stdout

    assert "Looked at or chosen once." in popular
    assert "Here since 1 January 2026." in latest
    assert "score" not in popular + latest
    assert "1.000" not in popular
    assert "score" in penchant("items", "similar", "m2").stdout


def test_an_import_says_which_rows_and_known_items_have_other_content(ask: Ask, tmp_path: Path) -> None:
    cup, pot = {"item_id": "b2", "title": "Cup"}, {"item_id": "b3", "title": "Pot"}
    (tmp_path / "one.jsonl").write_bytes(lines(MUG, cup, MUG | {"title": "Red mug"}, cup, MUG | {"title": "Old mug"}))
    (tmp_path / "two.jsonl").write_bytes(lines(cup | {"title": "Tea cup"}, MUG | {"title": "Old mug"}, pot))
    first, second, again = (ask("items", "import", f"{name}.jsonl") for name in ("one", "two", "two"))

    assert [counts(receipt) for receipt in (first, second, again)] == [(5, 2, 3, 0), (3, 2, 1, 0), (3, 0, 3, 0)]
    assert [receipt["files"][0]["notes"] for receipt in (first, second, again)] == [
        ["2 rows: a later row has the same item_id and other content, and stands: lines 1, 3"],
        ["1 item: known before with other content, which the file replaces"],
        [],
    ]
    assert ask("items", "show", "b1")["title"] == "Old mug"


def test_rows_of_one_file_are_no_items_known_before_however_far_apart_they_are(ask: Ask, tmp_path: Path) -> None:
    others = [{"item_id": f"other-{n}", "title": f"Thing {n}"} for n in range(BATCH)]
    (tmp_path / "shop.jsonl").write_bytes(lines(MUG, *others, MUG | {"title": "Red mug"}, MUG | {"title": "Old mug"}))
    first, again = (ask("items", "import", "shop.jsonl")["files"][0] for _ in range(2))

    outweighed = "a later row has the same item_id and other content, and stands: lines"
    assert first["notes"] == [f"2 rows: {outweighed} 1, {BATCH + 2}"]
    assert again["notes"] == [
        f"2 rows: {outweighed} 1, {BATCH + 2}",
        "1 item: known before with other content, which the file replaces",
    ]


def test_a_line_of_an_import_that_is_no_object_is_set_aside(ask: Ask, tmp_path: Path) -> None:
    for value in ("null", "[1]", "7", '"tea"', "true"):
        (tmp_path / "shop.jsonl").write_bytes(lines(MUG) + f"{value}\n".encode())
        receipt = ask("items", "import", "shop.jsonl")

        assert (receipt["lines"], receipt["reasons"]) == (2, {"not a JSON object": 1}), value


def test_an_import_that_takes_fields_from_items_says_how_to_keep_them(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text("item_id,title,Kind,Text\n1,Tea,Kitchen > Tea,green\n2,Cap,Wear,\n3,Cup,,blue\n")
    (tmp_path / "bare.csv").write_text("item_id,title\n1,Tea\n2,Cap\n3,Cup\n")
    ask("items", "import", "shop.csv", "--columns", "categories=Kind,description=Text")
    shop, same, bare = (
        ask("items", "import", *given)["files"][0]["notes"]
        for given in (
            ("shop.csv", "--columns", "description=Text"),
            ("shop.csv", "--columns", "categories=Kind,description=Text"),
            ("bare.csv",),
        )
    )

    lost = "without categories now, which an earlier import gave"
    assert f"2 items: {lost}: import the file again with --columns categories=Kind" in shop
    assert not [note for note in same if "earlier import" in note]
    assert [note for note in bare if "earlier import" in note] == [
        "2 items: without description now, which an earlier import gave: if that is not meant, import the file again with "
        "the --columns of that time",
        f"2 items: {lost}: if that is not meant, import the file again with the --columns of that time",
    ]


PRICES = {"a": "£9.99", "b": "9,99 €", "c": "1.299,00", "d": "CNY 15", "e": "19.5", "f": "on request"}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_prices_as_shops_write_them_are_kept_and_compared_as_numbers(ask: Ask, tmp_path: Path, form: str) -> None:
    rows = [{"item_id": name, "title": f"Thing {name}", "price": price} for name, price in PRICES.items()]
    table = "item_id,title,price\n" + "".join(f'{row["item_id"]},{row["title"]},"{row["price"]}"\n' for row in rows)
    (tmp_path / f"shop.{form}").write_bytes(table.encode() if form == "csv" else lines(*rows))
    notes = ask("items", "import", f"shop.{form}")["files"][0]["notes"]

    note = (
        "4 rows: the amount in `price` is kept as it is written, and filters read it as a number: attributes.price<20"
    )
    assert note in notes
    cheap = ask("items", "latest", "--where", "attributes.price<20")["items"]
    assert sorted(item["item_id"] for item in cheap) == ["a", "b", "d", "e"]
    dear = ask("items", "latest", "--where", "attributes.price>1000")["items"]
    assert [item["item_id"] for item in dear] == ["c"]
    assert [ask("items", "show", name)["attributes"]["price"] for name in "abc"] == ["£9.99", "9,99 €", "1.299,00"]
