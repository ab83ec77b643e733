"""`penchant events`: behaviour in, and looked at."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from penchant.store.event import DEFAULT_WEIGHTS, Event, unknown_type

Run = Callable[..., Result]
Ask = Callable[..., Any]
BOUGHT = {"user_id": "ada", "type": "purchase", "at": "2011-03-01T08:00:00Z", "item_id": "b1"}


def lines(*rows: dict[str, Any] | str) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def counts(receipt: dict[str, Any]) -> dict[str, int]:
    return {name: receipt[name] for name in ("lines", "accepted", "duplicate", "quarantined")}


def test_every_line_is_accounted_for(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text(lines(BOUGHT, BOUGHT, {**BOUGHT, "type": "boo"}, {**BOUGHT, "at": "2011-03-01"}, "{"))

    receipt = ask("events", "import", str(file))

    assert counts(receipt) == {"lines": 5, "accepted": 1, "duplicate": 1, "quarantined": 3}
    assert receipt["files"] == [{name: value for name, value in receipt.items() if name != "files"}]
    assert sum(receipt["reasons"].values()) == 3
    assert Path(receipt["quarantine_file"]).read_text().count("\n") == 3


def test_what_is_sent_again_counts_as_duplicate(ask: Ask) -> None:
    ask("events", "import", "-", stdin=lines(BOUGHT))

    assert counts(ask("events", "import", "-", stdin=lines(BOUGHT))) == {
        "lines": 1,
        "accepted": 0,
        "duplicate": 1,
        "quarantined": 0,
    }


def test_several_files_give_a_receipt_each_and_their_sum(ask: Ask, tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_text(lines(BOUGHT))
    packed.write_bytes(gzip.compress(lines(BOUGHT, {**BOUGHT, "user_id": "bob"}).encode()))

    receipt = ask("events", "import", str(plain), str(packed))

    assert counts(receipt) == {"lines": 3, "accepted": 2, "duplicate": 1, "quarantined": 0}
    assert [counts(each)["lines"] for each in receipt["files"]] == [1, 2]


def test_what_was_imported_before_a_missing_file_is_still_told(penchant: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(BOUGHT))

    result = penchant("events", "import", "a.jsonl", "missing.jsonl", "--json")

    assert (result.exit_code, counts(json.loads(result.stdout))["accepted"]) == (2, 1)
    assert "missing.jsonl does not exist" in result.stderr


def test_stdin_leaves_nothing_behind_in_the_home(ask: Ask, home: Path) -> None:
    assert ask("events", "import", "-", stdin=lines(BOUGHT))["file"] == "-"
    assert not list(home.glob("stdin*"))


def test_people_get_a_table_and_the_reasons_with_how_many_lines_each_has(penchant: Run) -> None:
    shown = penchant("events", "import", "-", stdin=lines(BOUGHT, {**BOUGHT, "type": "boo"})).stdout

    assert [row.split() for row in shown.splitlines()[:2]] == [
        ["File", "Lines", "Accepted", "Duplicate", "Set", "aside"],
        ["-", "2", "1", "0", "1"],
    ]
    assert "1 line: unknown event type 'boo': use one of view, click" in shown


def test_an_event_can_be_added_by_hand_and_is_listed_newest_first(ask: Ask) -> None:
    added = ask(
        "events", "add", "--user", "ada", "--type", "purchase", "--item", "b1", "--at", "2011-03-01", "--value", "2"
    )
    ask(
        "events",
        "add",
        "--user",
        "ada",
        "--type",
        "search",
        "--text",
        "cake stand",
        "--at",
        "2011-04-01T10:00:00+08:00",
    )

    assert added["event"] == Event(user_id="ada", type="purchase", item_id="b1", at=1298937600, value=2).model_dump(
        mode="json"
    )
    assert [(event["type"], event["at"]) for event in ask("events", "list", "ada")["events"]] == [
        ("search", "2011-04-01T02:00:00Z"),
        ("purchase", "2011-03-01T00:00:00Z"),
    ]
    assert len(ask("events", "list", "ada", "--limit", "1")["events"]) == 1


def test_adding_the_same_event_twice_counts_once(ask: Ask) -> None:
    command = ("events", "add", "--user", "ada", "--type", "view", "--item", "b1", "--at", "1298937600")

    assert [(ask(*command)["accepted"], ask(*command)["duplicate"])] == [(1, 1)]


BAD_ARGUMENTS = {
    "an unknown type": (["--type", "boo"], 2, "use one of view, click"),
    "a time without zone": (["--at", "2011-03-01T10:00:00"], 2, "with a zone"),
    "no time at all": (["--at", "yesterday"], 2, "is not a time"),
    "a time in the future": (["--at", "2099-01-01"], 2, "is in the future"),
    "a time beyond all years": (["--at", "1e300"], 2, "is not a time"),
    "no number": (["--value", "nan"], 2, "--value is not usable"),
    "a text of a megabyte": (["--text", "x" * 1_000_000], 2, "--text is not usable"),
    "a time before 1990": (["--at", "1985-01-01"], 2, "'1985-01-01' is before 1990: times are from 1990 to 2099"),
    "a time after 2099": (["--at", "2150-01-01T00:00:00Z"], 2, "is after 2099: times are from 1990 to 2099"),
    "an empty user": (["--user", ""], 2, "--user is empty: give a value"),
    "a user of spaces": (["--user", " "], 2, "--user is not usable: is empty: give at least one visible character"),
    "a line break in the user": (["--user", "a\nb"], 2, "--user is not usable"),
    "an unknown option": (["--colour", "red"], 2, "No such option"),
}


@pytest.mark.parametrize(("arguments", "exit_code", "message"), BAD_ARGUMENTS.values(), ids=BAD_ARGUMENTS.keys())
def test_a_bad_argument_is_named_and_nothing_is_written(
    penchant: Run, arguments: list[str], exit_code: int, message: str
) -> None:
    result = penchant("events", "add", "--user", "ada", "--type", "view", "--item", "b1", *arguments)

    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert penchant("events", "list", "ada").exit_code == 1


BAD_FILES = {
    "a missing file": ("missing.jsonl", None, 2, "does not exist"),
    "a folder": (".", None, 2, "is a folder"),
    "an empty file": ("empty.jsonl", b"", 0, "is empty: nothing to import"),
    "an unknown kind of file": ("events.doc", b"x", 2, "cannot be imported"),
    "a Parquet file that is none": ("cut.parquet", b"PAR1 cut", 2, "Parquet"),
    "a gzip file cut in half": ("cut.jsonl.gz", gzip.compress(lines(BOUGHT).encode())[:30], 1, "not one line"),
    "no JSON": ("prose.jsonl", b"Once upon a time\n", 1, "not one line"),
    "mixed encodings": ("mixed.jsonl", lines(BOUGHT).encode() + b'{"user_id":"\xff\xfe"}\n', 0, ""),
    "a number that is none": ("nan.jsonl", lines({**BOUGHT, "value": "much"}).encode(), 1, "not one line"),
    "a missing field": ("field.jsonl", lines({"user_id": "ada", "type": "view"}).encode(), 1, "not one line"),
    "the future": ("future.jsonl", lines({**BOUGHT, "at": "2099-01-01T00:00:00Z"}).encode(), 1, "not one line"),
}


@pytest.mark.parametrize(("name", "content", "exit_code", "message"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_ends_with_a_message_and_the_right_exit_code(
    penchant: Run, tmp_path: Path, *, name: str, content: bytes | None, exit_code: int, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    result = penchant("events", "import", name)

    assert result.exit_code == exit_code
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_behaviour_of_nobody_is_said_to_be_unknown(penchant: Run) -> None:
    result = penchant("events", "list", "ghost")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "no behaviour of user 'ghost' is known" in result.stderr


def test_rows_set_aside_are_an_ending_of_their_own_where_that_is_asked_for(penchant: Run, tmp_path: Path) -> None:
    (tmp_path / "mixed.jsonl").write_text(lines(BOUGHT) + "no JSON\n")

    endings = [penchant("events", "import", "mixed.jsonl", *strict).exit_code for strict in ([], ["--strict"])]

    assert endings == [0, 3]


def test_a_table_with_names_of_its_own_is_read_as_the_options_say(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("Kunde;Was;Wann;Artikel\nada ;purchase;05.07.2020;b1\n")

    receipt = ask(
        *(
            "events",
            "import",
            "orders.csv",
            "--columns",
            "user_id=Kunde,type=Was",
            "--columns",
            "at=Wann,item_id=Artikel",
        ),
        *("--date-format", "%d.%m.%Y", "--zone", "Europe/Berlin"),
    )

    [event] = ask("events", "list", " ada")["events"]
    assert (receipt["accepted"], event["at"], event["item_id"]) == (1, "2020-07-04T22:00:00Z", "b1")


def test_a_table_of_a_header_alone_is_said_to_have_no_row(penchant: Run, tmp_path: Path) -> None:
    file = tmp_path / "none.csv"
    file.write_text("user_id,type,at,item_id\n")
    result = penchant("events", "import", str(file))
    assert result.exit_code == 0
    assert "the file has a header and no row" in result.output
    assert "is empty" not in result.output


SENSELESS: dict[str, tuple[dict[str, Any], str]] = {
    "a rating below 0": ({"type": "rating", "value": -5}, "give a number from 0 up to 100"),
    "a rating beyond every scale": ({"type": "rating", "value": 999}, "give a number from 0 up to 100"),
    "less than nothing bought": ({"value": -5}, "what came back is of the type return"),
    "a purchase of nothing": ({"item_id": ""}, "name the item (item_id)"),
    "a search without words": ({"type": "search", "item_id": ""}, "give the words (text)"),
}


@pytest.mark.parametrize(("fields", "message"), SENSELESS.values(), ids=SENSELESS.keys())
def test_an_event_without_sense_is_refused_with_what_to_do(
    penchant: Run, ask: Ask, fields: dict[str, Any], message: str
) -> None:
    event = {name: value for name, value in {**BOUGHT, **fields}.items() if value != ""}
    options = {"user_id": "--user", "type": "--type", "at": "--at", "item_id": "--item", "value": "--value"}
    result = penchant("events", "add", *(f"{options[name]}={value}" for name, value in event.items()))
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr

    receipt = ask("events", "import", "-", stdin=lines(event, BOUGHT))
    assert counts(receipt) == {"lines": 2, "accepted": 1, "duplicate": 0, "quarantined": 1}
    assert [message in reason for reason in receipt["reasons"]] == [True]


def test_ratings_of_every_scale_and_purchases_in_words_stay_accepted(ask: Ask) -> None:
    ratings = [{**BOUGHT, "type": "rating", "value": value} for value in (0, 0.5, 1, 5, 10, 100)]
    rest = [
        {**BOUGHT, "type": "rating"},
        {"user_id": "ada", "type": "purchase", "at": BOUGHT["at"], "text": "a tent"},
        {"user_id": "ada", "type": "search", "at": BOUGHT["at"], "text": "tents"},
    ]
    assert counts(ask("events", "import", "-", stdin=lines(*ratings, *rest)))["accepted"] == 9


def test_a_personal_export_without_user_and_type_is_imported_with_both_named(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        'Book Id,My Rating,Date Added\n007,4.5/5,2020/01/02\n"=""008""",★★☆☆☆,2020/01/03\n009,3,\n'
    )
    options = (
        "--columns",
        "item_id=Book Id,value=My Rating,at=Date Added",
        "--date-format",
        "%Y/%m/%d",
        "--zone",
        "UTC",
    )

    receipt = ask("events", "import", "ratings.csv", "--user", "ada", "--type", "rating", *options)

    assert (receipt["accepted"], receipt["reasons"]) == (2, {"at is missing": 1})
    listed = ask("events", "list", "ada")["events"]
    assert [(event["type"], event["item_id"], event["value"]) for event in listed] == [
        ("rating", "008", 2.0),
        ("rating", "007", 4.5),
    ]
    entry = json.loads(Path(receipt["quarantine_file"]).read_text())
    assert json.loads(entry["raw"]) | {"user_id": "ada", "type": "rating"} == json.loads(entry["raw"])


def test_a_row_that_names_its_own_user_stays_theirs_beside_user(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "e.jsonl").write_text(
        '{"type": "view", "item_id": "b1", "at": 1735689600}\n{"user_id": "bob", "type": "view", "item_id": "b2", "at": 1735689600}\n'
    )

    assert ask("events", "import", "e.jsonl", "--user", "ada")["accepted"] == 2
    assert [ask("events", "list", user)["events"][0]["item_id"] for user in ("ada", "bob")] == ["b1", "b2"]


def test_a_type_that_is_unknown_is_refused_before_anything_is_read(penchant: Run, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("user_id,at\nada,1735689600\n")

    result = penchant("events", "import", "e.csv", "--type", "ratting")

    assert result.exit_code == 2 and "--type 'ratting' is unknown: the types are cart, click" in result.stderr


def test_a_table_without_types_says_that_one_may_be_given_for_all_rows(penchant: Run, tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n")

    result = penchant("events", "import", "ratings.csv")

    assert "--columns at=timestamp,item_id=movieId,value=rating, and give --type T for all rows" in result.output


def test_a_table_that_lacks_only_types_says_that_one_may_be_given_for_all_rows(penchant: Run, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("user_id,item_id,at\nada,b1,1260759144\n")

    result = penchant("events", "import", "orders.csv")

    assert "say which is which with --columns type=… (or give --type T for all rows)" in result.output


def test_a_table_with_no_known_name_says_that_a_type_may_be_given_for_all_rows(penchant: Run, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("Customer,SKU,Order date\nada,b1,2025-06-01T12:00:00Z\n")

    result = penchant("events", "import", "orders.csv")

    assert "--columns 'user_id=Customer,at=Order date,item_id=SKU', and give --type T for all rows" in result.stderr


def test_an_event_that_is_not_there_names_a_command_that_can_be_typed_for_an_id_with_a_space(
    penchant: Run,
) -> None:
    refused = penchant("events", "correct", "ann lee", "e-1", "--value", "3")

    assert refused.exit_code == 1
    assert "`penchant events list 'ann lee'` names them" in " ".join(refused.output.split())


def test_an_import_says_what_it_cannot_place(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text('{"item_id": "tea", "title": "Green tea"}\n', encoding="utf-8")
    view = {"user_id": "ada", "type": "view", "at": "2026-02-01T10:00:00Z"}
    rows = [view | {"item_id": name, "event_id": f"e{n}"} for n, name in enumerate(["tea", "pot", "pot", "cup"])]
    unknown = view | {"type": "sneeze", "item_id": "tea"}
    for name, events in (("one", [*rows, unknown]), ("two", [rows[0] | {"item_id": "cap"}])):
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in events), encoding="utf-8")
    ask("items", "import", "items.jsonl")
    first, second = (ask("events", "import", f"{name}.jsonl")["files"][0] for name in ("one", "two"))

    assert [
        tuple(each[name] for name in ("lines", "accepted", "duplicate", "quarantined")) for each in (first, second)
    ] == [
        (5, 4, 0, 1),
        (1, 0, 1, 0),
    ]
    assert first["notes"] == [
        "3 events about 2 items that are not in the catalogue: import these with `penchant items import`: pot, cup"
    ]
    assert first["reasons"] == {unknown_type("sneeze", DEFAULT_WEIGHTS): 1}
    assert second["notes"] == [
        "1 duplicate: other content than the event first kept under the same event_id, which stands: line 1",
        "1 event about an item that is not in the catalogue: import these with `penchant items import`: cap",
    ]


def test_events_are_listed_at_the_times_of_the_user(ask: Ask, penchant: Run) -> None:
    for user in ("ada", "bob"):
        ask("events", "add", "--user", user, "--type", "search", "--text", "tea", "--at", "2025-05-10T22:30:00Z")
    ask("onboard", "ada", "--attribute", "zone=Europe/Berlin")

    assert "2025-05-11 00:30" in penchant("events", "list", "ada").stdout
    assert "2025-05-10 22:30" in penchant("events", "list", "bob").stdout
