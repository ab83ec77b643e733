"""Tables as spreadsheets, pandas and databases write them; a broken row costs one row, whatever it did to those behind it."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.orc
import pyarrow.parquet as pq
import pytest
from event_import import AT, HEADER, ROW, Import, events, texts

from penchant.errors import UnusableFile, UsageError
from penchant.store.importing.tables import NEVER_CLOSED
from penchant.store.ledger import Ledger


@pytest.mark.parametrize("name", ["events.csv", "events.tsv"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_separates_cells_is_seen_in_the_first_line(mark: str, name: str, take: Import, ledger: Ledger) -> None:
    take(f"{HEADER}\nada,search,{AT},jazz\n".replace(",", mark), name)

    assert texts(ledger) == ["jazz"]


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


@pytest.mark.parametrize("limit", [1_000, 50_000_000])
def test_long_cells_are_read_and_the_limit_of_the_application_stays(limit: int, take: Import, ledger: Ledger) -> None:
    usual = csv.field_size_limit(limit)
    try:
        receipt = take(f"{HEADER}\nada,message,{AT},{'tea ' * 50_000}\n")
        found = csv.field_size_limit()
    finally:
        csv.field_size_limit(usual)

    assert (receipt.accepted, found) == (1, limit)
