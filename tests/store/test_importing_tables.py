"""Tables as spreadsheets, pandas and databases write them; a broken row costs one row, whatever it did to those behind it."""

import bz2
import csv
import gzip
import json
import lzma
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.orc
import pyarrow.parquet as pq
import pytest

from penchant.errors import UnusableFile, UsageError
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.event import Event, EventType
from penchant.store.importing import ImportOptions, import_events
from penchant.store.importing.gzipped import ENDS_EARLY, EXPANDS_TOO_MUCH
from penchant.store.importing.rows import NOT_UTF8
from penchant.store.importing.tables import NEVER_CLOSED
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt

HEADER = "user_id,type,at,text"
AT = "2026-02-01T10:00:00Z"
Import = Callable[..., ImportReceipt]


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


@pytest.fixture
def take(ledger: Ledger, tmp_path: Path, clock: FixedClock) -> Import:
    def imported(content: bytes | str | Path, name: str = "events.csv", **options: Any) -> ImportReceipt:
        path = content if isinstance(content, Path) else tmp_path / name
        if not isinstance(content, Path):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        receipt = import_events(
            path,
            ledger,
            known_types=frozenset(EventType),
            clock=clock,
            quarantine_folder=tmp_path / "quarantine",
            options=ImportOptions.read(**options),
        )
        assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
        assert sum(receipt.reasons.values()) == receipt.quarantined
        return receipt

    return imported


def events(ledger: Ledger, user: str = "ada") -> list[Event]:
    return [stored.event for stored in ledger.events(user)]


def orc_file(compression: str) -> bytes:
    written = pa.BufferOutputStream()
    pyarrow.orc.write_table(pa.table({"user_id": ["ada"] * 40}), written, compression=compression)
    return bytes(written.getvalue().to_pybytes())


VIEWED = {"user_id": "ada", "type": "view", "at": AT, "item_id": "b1"}


def texts(ledger: Ledger) -> list[str | None]:
    return [event.text for user in ledger.users() for event in events(ledger, user)]


@pytest.mark.parametrize("name", ["events.csv", "events.tsv"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_separates_cells_is_seen_in_the_first_line(mark: str, name: str, take: Import, ledger: Ledger) -> None:
    take(f"{HEADER}\nada,search,{AT},jazz\n".replace(",", mark), name)

    assert texts(ledger) == ["jazz"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_encoding(encoding: str, take: Import, ledger: Ledger) -> None:
    take(f"{HEADER}\r\nada,search,{AT},Käse 奶酪\r\n".encode(encoding))

    assert texts(ledger) == ["Käse 奶酪"]


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [("cp1252", "Crème brûlée – 5 €", "Windows-1252"), ("gb18030", "烤箱和蛋糕架", "GB 18030")],
)
def test_a_table_in_no_unicode_is_read_as_what_it_is_and_the_receipt_says_so(
    encoding: str, text: str, name: str, take: Import, ledger: Ledger
) -> None:
    plain = "".join(f"bob,view,{AT},{number}\n" for number in range(20_000))
    for number, before in enumerate(["", plain]):
        receipt = take(f"{HEADER}\n{before}ada,search,{AT},{text}\n".encode(encoding), f"{number}.csv")

        assert [event.text for event in events(ledger)] == [text]
        assert any(name in note for note in receipt.notes)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("big5", "烤箱與蛋糕架"), ("shift_jis", "能登の塗り椀とソープ"), ("cp1251", "Чайник с розами")],
)
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_file_is_read_in_the_encoding_that_is_named(
    encoding: str, text: str, suffix: str, take: Import, ledger: Ledger
) -> None:
    row = {"user_id": "ada", "type": "search", "at": AT, "text": text}
    content = f"{HEADER}\nada,search,{AT},{text}\n" if suffix == "csv" else json.dumps(row, ensure_ascii=False)

    receipt = take(content.encode(encoding), f"events.{suffix}", encoding=encoding.upper())

    assert texts(ledger) == [text]
    assert receipt.notes == []


def test_one_line_that_is_no_utf8_among_lines_that_are_costs_that_line(take: Import) -> None:
    receipt = take(
        f"{HEADER}\nada,search,{AT},Käse\n".encode() + f"ada,search,{AT},Kuh ä\nada,search,{AT},x\n".encode("cp1252")
    )

    assert (receipt.accepted, receipt.reasons) == (2, {NOT_UTF8: 1})


@pytest.mark.parametrize(
    "broken",
    [
        f'ada,search,{AT},"never closed',
        f'"ada,search,{AT},never closed',
        f'ada,search,{AT},"closed" oddly',
        f'ada,search,{AT},"a "" b',
    ],
)
@pytest.mark.parametrize("others", ["plain", '"quoted, with a comma"', '"over\ntwo lines"', '""'])
def test_a_quote_that_is_never_closed_costs_one_row(broken: str, others: str, take: Import) -> None:
    rows = [f"u{number},message,{AT},{others}" for number in range(2_000)]
    receipt = take("\n".join([HEADER, *rows[:500], broken, *rows[500:], ""]))

    assert (receipt.lines, receipt.accepted, receipt.quarantined) == (2_001, 2_000, 1)


def test_text_over_many_lines_is_one_row(take: Import, ledger: Ledger) -> None:
    poem = "\n".join(["first, with a comma", "", "second", "- third; with more"] * 20)
    receipt = take(f'{HEADER}\nada,message,{AT},"{poem}"\nbob,message,{AT},short\n')

    assert (receipt.accepted, receipt.quarantined) == (2, 0)
    assert events(ledger)[0].text == poem


def test_quotes_in_tab_separated_text_are_letters(take: Import, ledger: Ledger) -> None:
    take(f'{HEADER}\nada,search,{AT},"Weird Al" Yankovic\nada,search,{AT},5" pipe\n'.replace(",", "\t"), "events.tsv")

    assert sorted(map(str, texts(ledger))) == ['"Weird Al" Yankovic', '5" pipe']


@pytest.mark.parametrize(
    "missing", ["", "NaN", "nan", "NULL", "null", "None", "NaT", "<NA>", "#N/A", "N/A", "\\N", " ", "0000-00-00"]
)
def test_missing_is_missing_however_it_is_written(missing: str, take: Import, ledger: Ledger) -> None:
    receipt = take(
        f"user_id,type,at,item_id,value,text\nada,view,{AT},{missing},{missing},{missing}\n{missing},view,{AT},b1,1,x\n"
    )

    assert [(event.item_id, event.value, event.text) for event in events(ledger)] == [(None, None, None)]
    assert receipt.reasons == {"user_id is missing": 1}


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_whole_number_is_the_same_id_in_every_format(
    suffix: str, take: Import, ledger: Ledger, tmp_path: Path
) -> None:
    row = {"user_id": 17850.0, "type": "view", "at": AT, "item_id": 22423.0}
    path = tmp_path / f"events.{suffix}"
    if suffix == "parquet":
        pq.write_table(pa.Table.from_pylist([row, row | {"item_id": float("nan")}]), path)
    elif suffix == "csv":
        path.write_text(f"{','.join(row)}\n{','.join(map(str, row.values()))}\n17850.0,view,{AT},nan\n")
    else:
        path.write_text(json.dumps(row) + "\n" + json.dumps(row | {"item_id": float("nan")}) + "\n")
    take(path)

    assert sorted(str(event.item_id) for event in events(ledger, "17850")) == ["22423", "None"]
    assert ledger.users() == ["17850"]


def test_columns_have_the_names_they_have_and_what_is_no_field_is_kept(take: Import, ledger: Ledger) -> None:
    receipt = take(
        "Customer;Event Type;When;itemId;Country;score\n17850;VIEW;05.07.2020 12:30;b1;France;4,5\n",
        columns=["user_id=Customer,at=When", "type=Event Type", "value=score"],
        date_formats=["%d.%m.%Y %H:%M"],
        zone="Europe/Berlin",
    )

    [event] = events(ledger, "17850")
    assert (event.at, event.type, event.item_id, event.value) == (
        datetime(2020, 7, 5, 10, 30, tzinfo=UTC),
        "view",
        "b1",
        4.5,
    )
    assert event.context == {"Country": "France"}
    assert any("Country" in note and "context" in note for note in receipt.notes)
    assert any("item_id=itemId" in note for note in receipt.notes)


def test_unknown_fields_of_json_are_kept_as_they_are(take: Import, ledger: Ledger) -> None:
    row = {
        "user_id": "ada",
        "type": "view",
        "at": AT,
        "valeu": 3,
        "page": {"n": 1},
        "context": {"device": "phone"},
        "gap": None,
    }
    take(json.dumps(row) + "\n", "events.jsonl")

    assert events(ledger)[0].context == {"device": "phone", "valeu": 3, "page": {"n": 1}}


@pytest.mark.parametrize(
    "options",
    [
        {"columns": ["user_id"]},
        {"columns": ["user_id=a,user_id=b"]},
        {"columns": ["wer=Customer"]},
        {"delimiter": "both"},
        {"delimiter": '"'},
        {"date_formats": ["soon"]},
        {"zone": "Middle/Earth"},
        {"encoding": "klingon"},
        {"encoding": "base64"},
    ],
)
def test_options_that_cannot_be_used_are_refused_before_anything_is_read(options: dict[str, Any], take: Import) -> None:
    with pytest.raises(UsageError, match=r"--\w+|time zone"):
        take(f"{HEADER}\nada,view,{AT},x\n", **options)


@pytest.mark.parametrize(
    "content", [f"ada,view,{AT},b1\n", f"ada,view,{AT},b1\nbob,view,{AT},b2\n", "Customer,Kind\n1,2\n"]
)
def test_a_first_line_that_names_nothing_is_told_with_the_cure(content: str, take: Import) -> None:
    with pytest.raises(UnusableFile, match=r"names none of the fields .*--columns"):
        take(content)


def test_a_column_without_a_name_is_left_out_and_told(take: Import, ledger: Ledger) -> None:
    receipt = take(f",user_id,type,at\n0,ada,view,{AT}\n")

    assert events(ledger)[0].context == {}
    assert any("without a name" in note for note in receipt.notes)


@pytest.mark.parametrize("name", ["events.jsonl.gz", "events.csv.gz"])
def test_a_cut_archive_gives_everything_that_can_be_unpacked(name: str, take: Import, ledger: Ledger) -> None:
    rows = [{"user_id": "ada", "type": "view", "at": AT, "item_id": f"b{number}"} for number in range(300)]
    lines = (
        [json.dumps(row) for row in rows]
        if "jsonl" in name
        else ["user_id,type,at,item_id", *(",".join(row.values()) for row in rows)]
    )
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode())
    receipt = take(packed[: len(packed) - 200], name)

    assert receipt.reasons == {ENDS_EARLY: 1}
    assert receipt.accepted == receipt.lines - 1 > 200


def test_damage_in_the_checksum_alone_loses_nothing(take: Import) -> None:
    packed = bytearray(gzip.compress(f"{HEADER}\nada,view,{AT},x\nbob,view,{AT},y\n".encode()))
    packed[-6] ^= 1
    receipt = take(bytes(packed), "events.csv.gz")

    assert (receipt.accepted, receipt.reasons) == (2, {ENDS_EARLY: 1})


def test_archives_of_several_members_are_one_file(take: Import) -> None:
    members = [gzip.compress(text.encode()) for text in (f"{HEADER}\nada,view,", f"{AT},x\n", f"bob,view,{AT},y\n")]

    assert take(b"".join(members) + b"\0" * 512, "events.csv.gz").accepted == 2


def test_a_bomb_is_left_alone_once_it_is_known_for_one(take: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("penchant.store.importing.gzipped.UNCHECKED_BYTES", 1024 * 1024)
    good = json.dumps({"user_id": "ada", "type": "view", "at": AT}).encode() + b"\n"
    receipt = take(gzip.compress(good + b"\0" * 50_000_000), "events.jsonl.gz")

    assert receipt.accepted == 1
    assert receipt.reasons.get(EXPANDS_TOO_MUCH) == 1


@pytest.mark.parametrize("name", ["events.csv", "events.jsonl"])
def test_a_mended_quarantine_file_imports_as_it_is(name: str, take: Import, ledger: Ledger, tmp_path: Path) -> None:
    bad = [
        {"user_id": "ada", "type": "view", "at": "yesterday", "text": "one, two"},
        {"user_id": "bob", "type": "vew", "at": AT, "text": "three"},
    ]
    table = f'{HEADER}\nada,view,yesterday,"one, two"\nbob,vew,{AT},three\ncarl,view,{AT},"four\n'
    receipt = take(table if name.endswith("csv") else "".join(json.dumps(row) + "\n" for row in bad), name)
    assert receipt.quarantine_file is not None and receipt.accepted == 0
    mended = (
        Path(receipt.quarantine_file)
        .read_text()
        .replace("yesterday", AT)
        .replace("vew", "view")
        .replace(',\\"four', ",four")
    )
    (tmp_path / "mended.jsonl").write_text(mended)

    again = take(tmp_path / "mended.jsonl")

    assert (again.accepted, again.quarantined) == (receipt.quarantined, 0)
    assert set(texts(ledger)) == {"one, two", "three"} | ({"four"} if name.endswith("csv") else set())


def test_rows_set_aside_need_no_options_when_they_are_mended(take: Import, ledger: Ledger, tmp_path: Path) -> None:
    receipt = take("Wer,type,at\nada,vew,05.07.2020\n", columns=["user_id=Wer"], date_formats=["%d.%m.%Y"], zone="UTC")
    (tmp_path / "mended.jsonl").write_text(Path(str(receipt.quarantine_file)).read_text().replace("vew", "view"))

    assert take(tmp_path / "mended.jsonl").accepted == 1
    assert events(ledger)[0].at == datetime(2020, 7, 5, tzinfo=UTC)


def test_the_reason_for_a_broken_quote_names_it(take: Import) -> None:
    assert take(f'{HEADER}\nada,view,{AT},"x\nbob,view,{AT},y\n').reasons == {NEVER_CLOSED: 1}


def test_a_table_under_the_name_of_json_lines_is_read_as_a_table(take: Import, ledger: Ledger) -> None:
    take(f"\ufeffuser_id;type;at;text\nada;search;{AT};jazz\n", "stdin.jsonl")

    assert texts(ledger) == ["jazz"]


ROW = {"user_id": "ada", "type": "search", "at": AT, "text": "jazz"}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"sep=;\n{HEADER}\nada,search,{AT},jazz\n".replace(",", ";").encode(), "events.csv"),
        (f"{json.dumps(ROW)},\n".encode(), "events.jsonl"),
        (f"{json.dumps(ROW)},\r\n".encode(), "events.jsonl"),
        (json.dumps(ROW).encode("utf-32"), "events.jsonl"),
        (gzip.compress(gzip.compress(json.dumps(ROW).encode(), mtime=0), mtime=0), "events.jsonl.gz"),
        (gzip.compress(f"{HEADER}\nada,search,{AT},jazz\n".encode(), mtime=0), "events.gz"),
        (f"{HEADER}\nada,search,{AT},jazz\n".replace(",", "\t").encode("utf-16"), "events.txt"),
        (json.dumps(ROW).encode(), "events"),
        (json.dumps([ROW]).encode(), "events.csv"),
        (f"{json.dumps(ROW)[:-1]},}}\n".encode(), "events.jsonl"),
        (f"{ROW}\n".encode(), "events.jsonl"),
        (f"\x1e{json.dumps(ROW)}\n".encode(), "events.jsonl"),
        (json.dumps({"data": [ROW], "next": None, "has_more": False}).encode(), "events.json"),
    ],
    ids=[
        *("sep line of Excel", "commas behind objects", "the same, CRLF", "UTF-32", "packed twice", "gz alone"),
        *("Unicode text of Excel", "no suffix", "JSON named CSV", "a comma behind the last field", "printed by Python"),
        *("a JSON text sequence", "a page of an API"),
    ],
)
def test_a_file_is_read_however_it_was_passed_on(content: bytes, name: str, take: Import, ledger: Ledger) -> None:
    assert take(content, name).accepted == 1
    assert texts(ledger) == ["jazz"]


def test_a_file_that_was_packed_twice_and_cut_says_so(take: Import) -> None:
    rows = "".join(json.dumps(ROW | {"text": f"{n * 7919}"}) + "\n" for n in range(3_000))
    receipt = take(gzip.compress(gzip.compress(rows.encode()))[:-2_000], "events.jsonl.gz")
    assert receipt.accepted > 0 and ENDS_EARLY in receipt.reasons


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Kunde;Vorgang;Datum;Artikelnummer", "user_id=Kunde,type=Vorgang,at=Datum,item_id=Artikelnummer"),
        ("用户,行为,时间,商品", "'user_id=用户,type=行为,at=时间,item_id=商品'"),
        ("a,b,c", "user_id=…,type=…,at=…"),
    ],
)
def test_columns_of_other_languages_are_answered_with_the_option_that_maps_them(
    header: str, columns: str, take: Import
) -> None:
    with pytest.raises(UnusableFile, match=f"--columns {columns}"):
        take(f"{header}\n1,2,3,4\n")


UNNAMED = {name: value for name, value in VIEWED.items() if name != "user_id"}


@pytest.mark.parametrize(
    "document",
    [
        {"events": [VIEWED, VIEWED | {"item_id": "b2"}]},
        {
            "user_id": {"0": "ada", "1": "ada"},
            "type": {"0": "view", "1": "view"},
            "at": {"0": 1593936000000, "1": 1593936000000},
        }
        | {"item_id": {"0": "b1", "1": "b2"}},
        {"0": VIEWED, "1": VIEWED | {"item_id": "b2"}},
        {
            "columns": list(VIEWED),
            "index": [0, 1],
            "data": [list(VIEWED.values()), [*list(VIEWED.values())[:-1], "b2"]],
        },
        {"schema": {"fields": []}, "data": [VIEWED, VIEWED | {"item_id": "b2"}]},
        {"user_id": "ada", "purchases": [UNNAMED, UNNAMED | {"item_id": "b2"}]},
        {"userId": "ada", "total": 2, "data": {"purchases": [UNNAMED, VIEWED | {"item_id": "b2"}]}},
    ],
    ids=["a body", "pandas", "pandas by rows", "pandas split", "pandas table", "of a user", "of a user, nested"],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_document_of_rows_is_its_rows(document: Any, indent: int | None, take: Import, ledger: Ledger) -> None:
    take(json.dumps(document, indent=indent), "events.json")

    assert sorted(str(event.item_id) for event in events(ledger)) == ["b1", "b2"]


@pytest.mark.parametrize("columns", [[], ["user_id=customer,item_id=order,at=when"]])
@pytest.mark.parametrize(("name", "count"), [("orders.json", 3), ("orders.json", 1), ("orders.jsonl", 1)])
def test_an_event_that_holds_a_list_of_objects_is_an_event(
    name: str, count: int, columns: list[str], take: Import, ledger: Ledger
) -> None:
    names = ("customer", "order", "when") if columns else ("user_id", "item_id", "at")
    orders = [
        dict(zip(names, (1, number, 1593936000), strict=True)) | {"lines": [{"sku": 1}, {"sku": 2}]}
        for number in range(count)
    ]
    take(json.dumps(orders if count > 1 else orders[0]), name, columns=columns, event_type="purchase")

    assert sorted(str(event.item_id) for event in events(ledger, "1")) == [str(number) for number in range(count)]


def test_objects_without_a_line_break_between_them_are_rows(take: Import, ledger: Ledger) -> None:
    take(json.dumps(VIEWED) + json.dumps(VIEWED | {"item_id": "b2"}), "events.jsonl")

    assert sorted(str(event.item_id) for event in events(ledger)) == ["b1", "b2"]


def test_a_quote_behind_a_space_is_a_quote(take: Import, ledger: Ledger) -> None:
    take(f'{HEADER.replace(",", ", ")}\n"ada", "search", "{AT}", "jazz, ""hot"""\nada, search, {AT}, "cool" jazz\n')

    assert sorted(map(str, texts(ledger))) == ['"cool" jazz', 'jazz, "hot"']


def test_objects_of_python_in_a_cell_are_what_they_say(take: Import, ledger: Ledger) -> None:
    take(f"user_id,type,at,context\nada,view,{AT},\"{{'device': 'phone', 'tabs': [1, None]}}\"\n")

    assert events(ledger)[0].context == {"device": "phone", "tabs": [1, None]}


def test_a_required_column_that_is_not_there_is_told_with_the_cure(take: Import) -> None:
    receipt = take(f"User ID,Event Type,Timestamp\nada,view,{AT}\n")

    assert (
        "no column is read as type, at: say which is which with --columns 'type=Event Type,at=Timestamp'"
        in receipt.notes
    )


def test_ids_that_a_spreadsheet_has_shortened_are_told(take: Import) -> None:
    receipt = take(f"user_id,type,at,item_id\nada,view,{AT},8.71235E+12\n")

    assert any("1 id: like a number that a spreadsheet has shortened" in note for note in receipt.notes)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04" + bytes(99), "Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SQLite format 3\0", "SQLite"),
        (bz2.compress(b"{}"), "bzip2"),
        (lzma.compress(b"{}"), "xz"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "git lfs pull"),
        (b"\n<!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page"),
        (bz2.compress(b""), "bzip2"),
        (bz2.compress(random.Random(1).randbytes(2_000_000)), "bzip2"),
        *((orc_file(compression), "ORC") for compression in ("uncompressed", "zlib")),
        (gzip.compress(b"events.csv".ljust(257, b"\0") + b"ustar" + bytes(250), mtime=0), "tar archive"),
    ],
)
@pytest.mark.parametrize("name", ["events.csv", "events.jsonl", "events"])
def test_a_file_of_another_kind_is_told_what_it_is(content: bytes, kind: str, name: str, take: Import) -> None:
    with pytest.raises(UsageError, match=kind):
        take(content, name)


@pytest.mark.parametrize("column", ["ORCID", "BZh", "PAR1", "BM", "PK", "ARROW1", "Rar!", "SQLite format 3", "Obj"])
def test_a_column_may_be_called_what_files_of_another_kind_begin_with(
    column: str, take: Import, ledger: Ledger
) -> None:
    receipt = take(f"{column},{HEADER}\n0000-0001,ada,search,{AT},jazz\n")

    assert (receipt.accepted, texts(ledger)) == (1, ["jazz"])


def test_files_that_were_put_one_behind_the_other_lose_no_line(take: Import, ledger: Ledger) -> None:
    file = f"{json.dumps(ROW)}\n".encode("utf-8-sig")
    take(file + file.replace(b"jazz", b"rock"), "events.jsonl")

    assert sorted(map(str, texts(ledger))) == ["jazz", "rock"]


def test_quotes_that_a_database_escapes_are_quotes(take: Import, ledger: Ledger) -> None:
    rows = [r'"He said \"hi, you\""', r'"a 5\" pipe"', r'"C:\\"', r'"\\N"']
    take("\n".join([HEADER, *(f"ada,search,{AT},{row}" for row in rows)]))

    assert set(texts(ledger)) == {'He said "hi, you"', 'a 5" pipe', r"C:\\", r"\\N"}


def test_text_that_parquet_holds_as_bytes_is_text(take: Import, ledger: Ledger, tmp_path: Path) -> None:
    pq.write_table(
        pa.table({name: pa.array([value.encode()], pa.binary()) for name, value in ROW.items()}),
        tmp_path / "events.parquet",
    )
    take(tmp_path / "events.parquet")

    assert texts(ledger) == ["jazz"]


def test_a_pipe_under_a_name_is_refused_with_the_way_to_read_it(take: Import, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "events.csv")

    with pytest.raises(UsageError, match="use `-` instead"):
        take(tmp_path / "events.csv")


@pytest.mark.parametrize("text", ["use [a, ] here", "{b, } it's", 'so "c, ]"'])
@pytest.mark.parametrize("end", ["}", ",}", ", }"])
def test_a_text_that_python_has_printed_stays_as_it_is(text: str, end: str, take: Import, ledger: Ledger) -> None:
    take(f"{ROW | {'text': text}}".removesuffix("}") + end, "events.jsonl")

    assert texts(ledger) == [text]


@pytest.mark.parametrize("text", ["use [a, ] here", "{b, } it's"])
def test_a_comma_behind_the_last_value_is_dropped_outside_of_texts(text: str, take: Import, ledger: Ledger) -> None:
    take(json.dumps(ROW | {"text": text}).removesuffix("}") + ", }", "events.jsonl")

    assert texts(ledger) == [text]


@pytest.mark.parametrize("limit", [1_000, 50_000_000])
def test_long_cells_are_read_and_the_limit_of_the_application_stays(limit: int, take: Import, ledger: Ledger) -> None:
    usual = csv.field_size_limit(limit)
    try:
        receipt = take(f"{HEADER}\nada,message,{AT},{'tea ' * 50_000}\n")
        found = csv.field_size_limit()
    finally:
        csv.field_size_limit(usual)

    assert (receipt.accepted, found) == (1, limit)
