"""Importing behaviour: whatever the file holds, every line is accounted for."""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penchant.errors import UsageError
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.event import Event, EventType, unknown_type
from penchant.store.importing import batches, import_events, json_text
from penchant.store.importing.quarantine import RAW_KEPT
from penchant.store.importing.rows import ENDS_EARLY, NOT_UTF8, TOO_LONG
from penchant.store.importing.tables import NEVER_CLOSED
from penchant.store.ledger import Ledger
from penchant.store.moments import NO_ZONE, NOT_A_TIME
from penchant.store.receipt import ImportReceipt
from penchant.store.verify import verify

GOOD = {"event_id": "e1", "user_id": "ada", "type": "view", "item_id": "b1", "at": "2026-02-01T10:00:00Z"}
INTERRUPTED = Path(__file__).parent / "interrupted_import.py"

Importer = Callable[[Path], ImportReceipt]


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


@pytest.fixture
def run(ledger: Ledger, tmp_path: Path, clock: FixedClock) -> Importer:
    def imported(path: Path) -> ImportReceipt:
        receipt = import_events(
            path, ledger, known_types=list(EventType), clock=clock, quarantine_folder=tmp_path / "quarantine"
        )
        assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
        assert sum(receipt.reasons.values()) == receipt.quarantined == len(quarantined(receipt))
        return receipt

    return imported


def quarantined(receipt: ImportReceipt) -> list[dict[str, Any]]:
    if receipt.quarantine_file is None:
        return []
    return [json.loads(line) for line in Path(receipt.quarantine_file).read_text(encoding="utf-8").splitlines()]


def lines(*rows: dict[str, Any] | bytes | str) -> bytes:
    encoded = [
        row if isinstance(row, bytes) else (row if isinstance(row, str) else json.dumps(row)).encode() for row in rows
    ]
    return b"\n".join(encoded) + b"\n"


def numbered(count: int) -> Iterable[dict[str, Any]]:
    return (GOOD | {"event_id": f"e{n}", "user_id": f"u{n % 7}"} for n in range(count))


def counts(receipt: ImportReceipt) -> tuple[int, int, int, int]:
    return receipt.lines, receipt.accepted, receipt.duplicate, receipt.quarantined


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (GOOD | {"type": "teleport"}, unknown_type("teleport", list(EventType))),
        ({k: v for k, v in GOOD.items() if k != "user_id"}, "user_id is missing"),
        (GOOD | {"user_id": ""}, "user_id is missing"),
        (GOOD | {"user_id": None}, "user_id is missing"),
        (GOOD | {"user_id": "a\nb"}, "user_id: holds a line break or a control character: leave it out"),
        (GOOD | {"at": "2026-02-01T10:00:00"}, f"at: {NO_ZONE}"),
        (GOOD | {"at": "yesterday"}, f"at: {NOT_A_TIME}"),
        (GOOD | {"at": 1e300}, f"at: {NOT_A_TIME}"),
        (
            GOOD | {"at": "2026-03-03T10:00:00Z"},
            "at is in the future: check the clock and the time zone it was written with",
        ),
        (
            b'{"user_id": "ada", "type": "view", "at": 1770000000, "user_id": "bob"}',
            "user_id: is written twice, with different values: write it once",
        ),
        (
            b'{"user_id": "ada", "type": "view", "at": 1770000000, "context": {"place": "a", "place": "b"},}',
            "context.place: is written twice, with different values: write it once",
        ),
        (
            b'{"user_id" : "ada", "type": "view", "at": 1770000000, "user_id": "bob"}',
            "user_id: is written twice, with different values: write it once",
        ),
        (
            b'{"user_id"\t:"ada", "user_id" :"bob", "type" :"view", "at" :1770000000}',
            "user_id: is written twice, with different values: write it once",
        ),
        (
            b"{'user_id': 'ada', 'type': 'view', 'at': 1770000000, 'context': {'place': 'a', 'place' : 'b'}}",
            "context.place: is written twice, with different values: write it once",
        ),
        (json.dumps(GOOD | {"value": float("inf")}), "value: Input should be a finite number"),
        (GOOD | {"value": 1.7e308}, "value: Input should be less than or equal to 1000000000000"),
        (
            json.dumps(GOOD | {"context": {"pulse": float("inf")}}),
            "context: holds NaN or an infinity, which JSON cannot say: leave it out",
        ),
        (GOOD | {"context": "[" * 100_000}, "context: is nested too deeply"),
        (GOOD | {"value": "much"}, "value: Input should be a valid number, unable to parse string as a number"),
        ("[1, 2]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ('{"user_id": "ada", ', "not valid JSON"),
        (json.dumps(GOOD, ensure_ascii=False).replace("ada", "adé").encode("latin-1"), NOT_UTF8),
        ("中文".encode("gb18030"), NOT_UTF8),
        (b"\x00\x01\x02\xfe\xff\x00PK", NOT_UTF8),
        (b"\x00\x01\x02PK", "not valid JSON"),
        (b'{"user_id": "' + b"x" * (4 * 1024 * 1024) + b'"}', TOO_LONG),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason_and_stops_nothing(
    row: Any, reason: str, run: Importer, tmp_path: Path
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(GOOD, row, "", "   ", GOOD | {"event_id": "e2"}))
    receipt = run(path)
    assert (counts(receipt), receipt.reasons) == ((3, 2, 0, 1), {reason: 1})
    [entry] = quarantined(receipt)
    assert entry["line"] == 2
    assert len(entry["raw"]) <= RAW_KEPT
    assert ("cut" in entry) == (len(json.dumps(row) if isinstance(row, dict) else row) > RAW_KEPT)


def test_names_of_fields_are_looked_for_in_the_first_invalid_rows_only(
    run: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examined: list[object] = []

    def suggested(*names: object) -> str:
        examined.append(names)
        return ""

    monkeypatch.setattr(batches, "suggested_columns", suggested)
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(*({f"zz{place}": row for place in range(10)} for row in range(100))))

    run(path)
    of_equal_names = len(examined)
    path.write_bytes(lines(*({f"zz{row}": row} for row in range(1_000))))
    run(path)

    assert (of_equal_names, len(examined)) == (1, 1 + batches.MAX_EXAMINED)


def test_spaces_before_colons_are_no_reason_to_look_for_repeated_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "_with_repetitions", lambda content, value: pytest.fail("looked"))

    for written in (b'{"a" : 1, "b" :{"c": [{"d"\t: 2}]}}', b"{'a' : 1, 'b': (2, {'c' :None})}"):
        assert json_text.parse_json(written)["a"] == 1


def test_a_name_that_stands_twice_costs_its_own_row_alone(run: Importer, ledger: Ledger, tmp_path: Path) -> None:
    twice = json.dumps(GOOD | {"event_id": "e2"}).replace("{", '{"type": "like", ')
    same = json.dumps(GOOD | {"event_id": "e3"}).replace("{", '{"type": "view", ')
    path = tmp_path / "events.json"
    path.write_text(f'{{"events": [{json.dumps(GOOD)}, {twice}, {same}]}}')

    receipt = run(path)

    assert (counts(receipt), receipt.reasons) == (
        (3, 2, 0, 1),
        {"type: is written twice, with different values: write it once": 1},
    )
    assert [stored.event.event_id for stored in ledger.events("ada")] == ["e1", "e3"]


def test_a_text_that_is_too_long_is_cut_and_the_receipt_says_so(run: Importer, ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(GOOD | {"text": "t" * 1_000_000}))

    receipt = run(path)

    assert (counts(receipt), receipt.notes) == (
        (1, 1, 0, 0),
        ["1 row: a longer text than 20,000 characters; what comes after is left out"],
    )
    assert [stored.event.text for stored in ledger.events("ada")] == ["t" * 20_000]


def test_a_quarantined_row_keeps_its_own_words(run: Importer, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(GOOD | {"at": "昨天"}, b"caf\xe9"))
    assert quarantined(run(path)) == [
        {
            "line": 1,
            "reason": f"at: '昨天' {NOT_A_TIME}",
            "raw": json.dumps(GOOD | {"at": "昨天"}),
        },
        {"line": 2, "reason": NOT_UTF8, "raw": "caf\\xe9"},
    ]


def test_a_million_kinds_of_nonsense_are_counted_in_few_words(run: Importer, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(
        lines(*(GOOD | {"at": f"day {n}"} for n in range(300)), *(GOOD | {"type": f"odd{n}"} for n in range(300)))
    )
    receipt = run(path)
    assert receipt.quarantined == 600
    assert len(receipt.reasons) <= 51


def test_times_and_numbers_are_read_in_every_allowed_form(run: Importer, ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    forms = ["2026-02-01T10:00:00Z", "2026-02-01T18:00:00+08:00", 1769940000, "1769940000", 1769940000.0]
    path.write_bytes(
        lines(
            *(GOOD | {"at": at, "event_id": f"t{n}"} for n, at in enumerate(forms)),
            GOOD | {"user_id": 17850, "item_id": 42},
        )
    )
    assert counts(run(path)) == (6, 6, 0, 0)
    assert {stored.event.at for stored in ledger.events("ada")} == {datetime(2026, 2, 1, 10, tzinfo=UTC)}
    assert ledger.events("17850")[0].event.item_id == "42"


def test_without_an_id_the_same_content_counts_once(run: Importer, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    anonymous = {k: v for k, v in GOOD.items() if k != "event_id"}
    path.write_bytes(lines(anonymous, anonymous | {"value": None}, anonymous | {"value": 2}))
    assert counts(run(path)) == (3, 2, 1, 0)


def test_one_id_for_two_contents_keeps_the_first_and_says_so(run: Importer, ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(GOOD, GOOD, GOOD | {"value": 3}))
    receipt = run(path)
    assert counts(receipt) == (3, 1, 2, 0)
    [note] = receipt.notes
    assert note == "1 duplicate: other content than the event first kept under the same event_id, which stands: line 3"
    assert [stored.event for stored in ledger.events("ada")] == [Event.model_validate(GOOD)]


def test_a_file_imported_again_with_other_columns_is_named_in_the_receipt(run: Importer, tmp_path: Path) -> None:
    def shop(name: str, days: Iterable[int], **more: object) -> Path:
        path = tmp_path / name
        rows = [GOOD | {"event_id": None, "at": f"2026-02-{day:02}T10:00:00Z"} | more for day in days]
        path.write_bytes(lines(*rows, *rows[-1:]))
        return path

    first, other_columns = shop("first.jsonl", range(1, 13)), {"context": {"store": "4"}}

    assert run(first).notes == run(first).notes == []
    assert run(shop("later.jsonl", range(12, 25), context={"store": "4"})).notes == []
    receipt = run(shop("again.jsonl", range(1, 6), **other_columns))
    assert counts(receipt) == (6, 5, 1, 0)
    [note] = receipt.notes
    assert note == (
        "6 events: the same user, item, type and time is stored under another event_id from an earlier import, so they count "
        "twice. If this file was imported before with other --columns, remove the events of one of the two imports with "
        "`penchant events remove`: lines 1, 2, 3, 4, 5, 6"
    )


def test_an_empty_file_gives_a_receipt_of_zeros(run: Importer, tmp_path: Path) -> None:
    for name in ("events.jsonl", "events.csv", "events.jsonl.gz", "events.parquet"):
        path = tmp_path / name
        path.touch()
        assert run(path).model_copy(update={"seconds": 0.0}) == ImportReceipt(file=str(path))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("nowhere.jsonl", None, "does not exist"),
        ("events.xlsx", b"PK", "cannot be imported: save the sheet as CSV, or use .jsonl, .json, .csv"),
        ("events", b"x", "names none of the fields .* but x"),
        ("events.parquet", b"nonsense", "is not a Parquet file"),
        ("cut.parquet", b"PAR1\x15\x04 and then nothing", "cannot be read as Parquet"),
        (
            "events.csv",
            b"ada,view,2026-02-01T10:00:00Z,b1\n",
            "names none of the fields .*user_id, type, at.* but ada, view",
        ),
        ("events.csv", b"Customer;Kind;When\nada;view;1\n", "--columns user_id=Customer,at=When"),
        ("events.csv", b"user_id,type,user_id\nada,view,bob\n", "names a column twice"),
    ],
)
def test_a_file_of_no_use_is_refused_with_what_to_do(
    name: str, content: bytes | None, says: str, run: Importer, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=says):
        run(path)


def test_a_folder_is_refused(run: Importer, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder: name the files in it"):
        run(tmp_path)


def test_every_format_says_the_same(tmp_path: Path, clock: FixedClock) -> None:
    rows = [
        GOOD | {"event_id": f"e{n}", "value": n / 2, "text": text, "context": {"device": "phone", "n": n}}
        for n, text in enumerate(["plain", 'quoted "and", commas', "two\nlines", "中文", " x "])
    ]
    table = pa.Table.from_pylist([row | {"at": datetime(2026, 2, 1, 10, tzinfo=UTC)} for row in rows])
    pq.write_table(table, tmp_path / "a.parquet")
    nanoseconds = table.set_column(
        table.schema.get_field_index("at"), "at", table["at"].cast(pa.timestamp("ns", "UTC"))
    )
    pq.write_table(nanoseconds, tmp_path / "b.pq")
    (tmp_path / "c.jsonl").write_bytes(b"\xef\xbb\xbf" + lines(*rows))
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(lines(*rows)))
    (tmp_path / "e.jsonl").write_bytes(gzip.compress(lines(*rows)))
    (tmp_path / "f.csv").write_text(_csv(rows, ","), encoding="utf-8-sig", newline="")
    (tmp_path / "g.tsv.gz").write_bytes(gzip.compress(_csv(rows, "\t").encode()))
    by_format = {}
    for path in sorted(tmp_path.iterdir()):
        ledger = Ledger(Database.open(f"sqlite:///{tmp_path / path.stem}.db"))
        receipt = import_events(
            path, ledger, known_types=frozenset(EventType), clock=clock, quarantine_folder=tmp_path / "q"
        )
        by_format[path.name] = (counts(receipt), [stored.event for stored in ledger.events("ada")])
        ledger.database.close()
    expected = ((5, 5, 0, 0), [Event.model_validate(row) for row in rows])
    assert by_format == dict.fromkeys(by_format, expected)
    assert len(by_format) == 7


def _csv(rows: list[dict[str, Any]], delimiter: str) -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(row | {"context": json.dumps(row["context"])} for row in rows)
    return text.getvalue()


def test_bad_csv_rows_are_set_aside_one_by_one(run: Importer, ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(
        b"user_id,type,at,text\n"
        b"ada,view,2026-02-01T10:00:00Z,f\xc3\xafne\n"
        b"ada,view\n"
        b"ada,view,2026-02-01T10:00:00Z,one,too many\n"
        b"\n"
        b"ada,view,2026-02-01T10:00:00Z,caf\xe9\n"
        b'ada,view,2026-02-01T10:00:00Z,"closed"oddly\n'
        b"ada,view,2026-02-01T10:00:00Z," + b"x" * 2_000_000 + b"\n"
        b"ada,view,2026-02-01T11:00:00Z,\n"
        b'ada,view,2026-02-01T12:00:00Z,"never closed'
    )
    receipt = run(path)
    assert counts(receipt) == (8, 2, 0, 6)
    assert [entry["line"] for entry in quarantined(receipt)] == [3, 4, 6, 7, 8, 10]
    assert set(receipt.reasons) == {
        "at is missing",
        "the row has more than the 4 fields of the first line",
        NOT_UTF8,
        "not a CSV row: ',' expected after '\"'",
        "not a CSV row: field larger than field limit (1048576)",
        NEVER_CLOSED,
    }
    assert [stored.event.text for stored in ledger.events("ada")] == ["fïne", None]


@pytest.mark.parametrize("name", ["events.jsonl.gz", "events.csv.gz"])
def test_a_file_cut_in_half_keeps_what_came_before_the_cut(
    name: str, run: Importer, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / name
    rows = [row | {"text": os.urandom(40).hex()} for row in numbered(2_000)]
    whole = gzip.compress(
        lines(*rows) if "jsonl" in name else _csv([row | {"context": {}} for row in rows], ",").encode()
    )
    path.write_bytes(whole[: len(whole) // 2])
    receipt = run(path)
    assert receipt.reasons == {ENDS_EARLY: 1}
    assert receipt.accepted == ledger.count() == receipt.lines - 1
    assert 900 < receipt.accepted < 1_100
    path.write_bytes(whole)
    assert counts(run(path)) == (2_000, 2_000 - receipt.accepted, receipt.accepted, 0)


def test_damage_inside_a_compressed_file_is_told_like_a_cut(run: Importer, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl.gz"
    whole = bytearray(gzip.compress(lines(*(row | {"text": os.urandom(40).hex()} for row in numbered(2_000)))))
    whole[len(whole) // 2 : len(whole) // 2 + 64] = os.urandom(64)
    path.write_bytes(bytes(whole))
    receipt = run(path)
    assert receipt.reasons[ENDS_EARLY] == 1
    assert receipt.accepted > 500


def test_progress_is_told_in_bytes_and_ends_at_the_end(ledger: Ledger, tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(*numbered(12_000)))
    progress: list[tuple[int, int]] = []
    import_events(
        path,
        ledger,
        known_types=frozenset(EventType),
        clock=clock,
        quarantine_folder=tmp_path,
        on_progress=lambda done, total: progress.append((done, total)),
    )
    size = path.stat().st_size
    assert len(progress) == 3
    assert progress == sorted(progress)
    assert progress[-1] == (size, size)


@pytest.mark.long
def test_a_killed_import_run_again_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    path, url = tmp_path / "events.jsonl", f"sqlite:///{tmp_path / 'store.db'}"
    path.write_bytes(lines(*numbered(60_000)))
    command = [sys.executable, str(INTERRUPTED), str(path), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as importing:
        assert importing.stdout is not None
        importing.stdout.readline()
        importing.stdout.readline()
        os.kill(importing.pid, signal.SIGKILL)
    database = Database.open(url)
    before = Ledger(database).count()
    assert 0 < before < 60_000
    assert before % 5_000 == 0
    assert verify(database) == []
    again = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    assert (again["lines"], again["accepted"], again["duplicate"]) == (60_000, 60_000 - before, before)
    assert Ledger(database).count() == 60_000
    assert verify(database) == []
    database.close()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
_ROW = st.fixed_dictionaries(
    {},
    optional={
        "user_id": st.sampled_from(["ada", 7]) | _JSON,
        "type": st.sampled_from(["view", "rating"]) | _JSON,
        "at": st.sampled_from(["2026-02-01T10:00:00Z", 1769940000]) | _JSON,
        "event_id": st.sampled_from(["e1", "e2"]) | _JSON,
        "context": _JSON,
        "media": _JSON,
        "value": _JSON,
        "text": _JSON,
    },
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(_ROW.map(lambda row: json.dumps(row).encode()) | st.binary(max_size=60), max_size=12))
def test_whatever_the_lines_hold_the_receipt_adds_up(rows: list[bytes], run: Importer, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"{}\n" + b"\n".join(rows))  # a file is known by its first bytes: this one begins as JSON does
    first, second = run(path), run(path)
    assert (second.accepted, second.duplicate) == (0, first.accepted + first.duplicate)
    assert second.quarantined == first.quarantined


def test_an_event_a_little_ahead_of_the_clock_is_kept(run: Importer, tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "events.jsonl"
    ahead = [clock.now() + timedelta(hours=23), clock.now() + timedelta(hours=25)]
    path.write_bytes(lines(*(GOOD | {"event_id": f"e{n}", "at": at.isoformat()} for n, at in enumerate(ahead))))
    assert counts(run(path)) == (2, 1, 0, 1)


def test_a_receipt_counts_ratings_without_a_value(run: Importer, tmp_path: Path) -> None:
    rated = {"user_id": "ada", "type": "rating", "item_id": "b1", "at": "2026-02-01T10:00:00Z"}
    path = tmp_path / "ratings.jsonl"
    path.write_bytes(lines(rated, rated | {"item_id": "b2", "value": 4}, rated | {"item_id": "b3", "value": None}))

    receipt = run(path)

    assert (receipt.accepted, receipt.quarantined) == (3, 0)
    assert receipt.notes == ["2 ratings: without a value, which shows attention, neither liking nor dislike"]
