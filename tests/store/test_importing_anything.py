"""Whatever bytes a file holds: an import ends with a receipt that adds up, or with an error of ours; and it ends soon."""

import contextlib
import gzip
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from import_shelf import Shelf, take
from processor_time import seconds

from penchant.errors import PenchantError, UnusableFile
from penchant.store.database import Database
from penchant.store.event import EventType
from penchant.store.importing import ImportOptions, import_events, import_items
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt

AT = "2026-02-01T10:00:00Z"
WORDS = [
    "user_id",
    "type",
    "at",
    "item_id",
    "title",
    "view",
    AT,
    "ada",
    "categories",
    '"',
    ",",
    ";",
    "\n",
    "\r\n",
    "\t",
    "{",
    "}",
    "[",
    "]",
]
WORDS += [
    ":",
    "\\",
    "\ufeff",
    "\0",
    "NaN",
    "1e999",
    '"messages":[',
    '{"role":"user","content":"x"}',
    "é",
    "中",
    "\u2028",
    "\\ud800",
    "&#0;",
    "null",
]
TEXT = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=40).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "role",
                    "content",
                    "messages",
                    "mapping",
                    "parts",
                    "text",
                    "type",
                    "user_id",
                    "at",
                    "item_id",
                    "title",
                    "categories",
                    "tags",
                    "attributes",
                    "context",
                    "media",
                    "value",
                    "created_at",
                    "raw",
                    "reason",
                    "line",
                    "chat",
                    "history",
                    "x",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)
ROWS = st.lists(JSON.map(json.dumps), max_size=5).map("\n".join)
PYTHON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8) | st.binary(max_size=3) | st.just(1j) | st.just(...),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.sets(st.integers() | st.binary(max_size=2), min_size=1, max_size=3)
        | st.dictionaries(
            st.sampled_from(["user_id", "type", "at", "item_id", "title", "categories", "tags", "context", "messages"])
            | st.integers()
            | st.none()
            | st.tuples(st.integers(), st.binary(max_size=2)),
            inner,
            max_size=5,
        )
    ),
    max_leaves=10,
)
CONTENT = st.one_of(
    st.binary(max_size=200),
    TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")),
    TEXT.map(lambda text: text.encode("utf-16", "surrogatepass")),
    TEXT.map(lambda text: ("user_id,type,at,item_id,text\n" + text).encode("utf-8", "surrogatepass")),
    ROWS.map(str.encode),
    JSON.map(lambda value: json.dumps(value, indent=1).encode()),
    st.lists(PYTHON.map(repr), max_size=5).map("\n".join).map(str.encode),
)
NAMES = st.sampled_from(["x.jsonl", "x.json", "x.csv", "x.tsv", "x.parquet", "x.jsonl.gz", "x.csv.gz"])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture(scope="module")
def ledger(folder: Path) -> Iterator[Ledger]:
    database = Database.in_file(folder / "x.db")
    yield Ledger(database)
    database.close()


def adds_up(receipt: ImportReceipt) -> None:
    assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
    assert sum(receipt.reasons.values()) == receipt.quarantined
    if receipt.quarantine_file is not None:
        path = Path(receipt.quarantine_file)
        assert len([line for line in path.read_bytes().split(b"\n") if line]) == receipt.quarantined
        path.unlink()


@given(CONTENT, NAMES, st.integers(0, 60))
@example(b'\x00\n[null,{"content":null,"role":" "}]', "x.jsonl", 60)
@example(b"{44400: 'x', b'y': {1, 2}, (1, 2): ..., 'context': {1: 2j}}", "x.jsonl", 60)
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_a_receipt_that_adds_up_or_in_an_error_of_ours(
    ledger: Ledger, folder: Path, content: bytes, name: str, cut: int
) -> None:
    path = folder / name
    packed = gzip.compress(content) if name.endswith(".gz") else content
    path.write_bytes(packed[: len(packed) - cut] if cut < 30 else packed)
    shelf = Shelf()
    receivers: list[Callable[[], ImportReceipt]] = [
        partial(take, ledger, path),
        partial(import_items, path, shelf, quarantine_folder=folder / "q"),
    ]
    for receive in receivers:
        try:
            adds_up(receive())
        except PenchantError as error:
            assert str(error)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=8))
@settings(max_examples=50, deadline=None)
def test_whatever_a_csv_writer_quotes_comes_back(folder: Path, texts: list[str]) -> None:
    import csv

    path, shelf = folder / "items.csv", Shelf()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["item_id", "title", "note"])
        writer.writerows([number, f"t{number}", f"x{text}x"] for number, text in enumerate(texts))
    adds_up(import_items(path, shelf, quarantine_folder=folder / "q"))

    assert {int(name): str(item.attributes.get("note")) for name, item in shelf.items.items()} == {
        number: f"x{text}x".replace("\ufeff", "").strip() for number, text in enumerate(texts)
    }


SECONDS = 2
NASTY = {
    "quotes": '"' * 100_000,
    "doubled quotes": '""' * 50_000,
    "lone quotes in lines": '"a\n' * 4_000,
    "open quotes": ',"\n' * 4_000,
    "brackets": "[" * 100_000,
    "braces": '{"a":' * 20_000,
    "backslashes": '"' + "\\" * 100_000,
    "commas": "," * 100_000,
    "ampersands": "&amp" * 25_000,
    "entities": "&amp;" * 20_000,
    "arrows": ">" * 100_000,
    "and and": "and " * 25_000,
    "spaces": " " * 100_000,
    "digits": "9" * 100_000,
    "zeros": "0." * 50_000,
    "orders": "ignore " * 14_000,
    "tags": "<b>" * 30_000 + "</b>",
    "scripts": "<script " * 10_000 + "</b>",
    "open attributes": "</b>" + "<a b=" * 20_000,
    "comments": "</b>" + "<!--" * 25_000,
    "spaces in tags": "</b><br" + " " * 100_000,
}


ITEM, EVENT = {"item_id": "1", "title": "x"}, {"user_id": "ada", "type": "view", "at": AT, "item_id": "1"}
USE_ITEMS = "these are items, not events: use `penchant items import`"
USE_EVENTS = "these are events, not items: use `penchant events import`"


def test_items_among_events_and_events_among_items_are_pointed_to_their_command(ledger: Ledger, folder: Path) -> None:
    chat = {"messages": [{"role": "user", "content": "x"}]}
    (folder / "items.jsonl").write_text(json.dumps(ITEM) + "\n" + json.dumps({"itemId": 1, "title": "x", "pages": 9}))
    (folder / "events.jsonl").write_text(json.dumps(EVENT) + "\n" + json.dumps(chat))

    found = take(ledger, folder / "items.jsonl")
    other = import_items(folder / "events.jsonl", Shelf(), quarantine_folder=folder / "q")

    assert (found.reasons, found.notes) == ({USE_ITEMS: 2}, ["read as fields: item_id=itemId"])
    assert (other.reasons, other.notes) == (
        {USE_EVENTS: 1, "this is a chat, not items: use `penchant events import`": 1},
        [],
    )


SHOPIFY = """Handle,Title,Body (HTML),Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src
tee,Cotton Tee,<p>Soft</p>,cotton,Size,S,TEE-S,19.90,1.jpg
tee,,,,,M,TEE-M,19.90,2.jpg
tee,,,,,,,,3.jpg
mug,Blue Mug,<p>Big</p>,blue,Title,Default Title,MUG-1,9.00,4.jpg
mug,,,,,,,,5.jpg
"""


@pytest.mark.parametrize(
    ("column", "titles", "counts"),
    [
        ("Handle", {"tee": "Cotton Tee", "mug": "Blue Mug"}, (5, 2, 3, 0)),
        ("Variant SKU", {"TEE-S": "Cotton Tee", "TEE-M": "Cotton Tee (M)", "MUG-1": "Blue Mug"}, (5, 3, 2, 0)),
    ],
)
def test_a_variant_without_a_title_belongs_to_the_product_above(
    column: str, titles: dict[str, str], counts: tuple[int, ...], folder: Path
) -> None:
    (folder / "shop.csv").write_text(SHOPIFY)
    shelf, options = Shelf(), ImportOptions.read(columns=[f"item_id={column}"])
    found = import_items(folder / "shop.csv", shelf, quarantine_folder=folder / "q", options=options)

    assert {name: item.title for name, item in shelf.items.items()} == titles
    assert (found.lines, found.accepted, found.duplicate, found.quarantined) == counts
    assert all(item.tags for item in shelf.items.values())


def test_the_zero_of_a_variant_is_its_own(folder: Path) -> None:
    rows = [
        {"Handle": "tee", "Title": "Tee", "Variant SKU": "T1", "Variant Price": 5, "Stock": 5},
        {"Handle": "tee", "Title": None, "Variant SKU": "T2", "Variant Price": 0, "Stock": 0},
    ]
    (folder / "shop.json").write_text(json.dumps({"products": rows}))
    shelf, options = Shelf(), ImportOptions.read(columns=["item_id=Variant SKU"])
    import_items(folder / "shop.json", shelf, quarantine_folder=folder / "q", options=options)

    assert [(item.attributes["Variant Price"], item.attributes["Stock"]) for item in shelf.items.values()] == [
        (5, 5),
        (0, 0),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "item_id,title\n1,Rye\n1,\n",
        "item_id,handle,title\n1,ada,Rye\n1,ada,\n2,ada,\n",
        "Handle,Variant SKU,title\na,,\n",
    ],
)
def test_a_row_without_a_title_outside_of_a_shop_is_set_aside_with_its_reason(table: str, folder: Path) -> None:
    (folder / "items.csv").write_text(table)
    columns = ["item_id=Variant SKU"] if "SKU" in table else []
    found = import_items(
        folder / "items.csv", Shelf(), quarantine_folder=folder / "q", options=ImportOptions.read(columns=columns)
    )

    assert (found.duplicate, found.quarantined) == (0, table.count(",\n"))


def test_a_dwell_time_longer_than_a_day_is_pointed_out(ledger: Ledger, folder: Path) -> None:
    (folder / "played.csv").write_text(f"user_id,type,at,value\nada,dwell,{AT},295502\n")

    assert take(ledger, folder / "played.csv").notes == [
        "1 dwell time: longer than a day; these are seconds, so divide milliseconds by 1,000"
    ]


def test_lines_of_empty_cells_are_blank_and_a_long_cell_is_cut(ledger: Ledger, folder: Path) -> None:
    (folder / "e.csv").write_text(f"user_id,type,at,text\nada,message,{AT},{'x' * 200_000}\n,,,\n , ,,\n")

    receipt = take(ledger, folder / "e.csv")

    assert (receipt.lines, receipt.accepted, receipt.notes) == (
        1,
        1,
        ["1 row: a longer text than 20,000 characters; what comes after is left out"],
    )


def test_a_table_of_the_other_kind_is_refused_by_its_first_line(ledger: Ledger, folder: Path) -> None:
    (folder / "items.csv").write_text("item_id,title,Released,Who\n1,x,2026-01-01,ada\n")
    (folder / "events.csv").write_text("User ID,type,at,item_id\nada,view,1,1\n")

    with pytest.raises(UnusableFile, match=USE_ITEMS):
        take(ledger, folder / "items.csv")
    with pytest.raises(UnusableFile, match=USE_EVENTS):
        import_items(folder / "events.csv", Shelf(), quarantine_folder=folder / "q")
    columns = ImportOptions.read(columns=["user_id=Who,at=Released,type=x"], zone="UTC")
    assert take(ledger, folder / "items.csv", options=columns).reasons == {"type is missing": 1}


ORDERS = "user_id=customer,type=action,at=date"


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("o.csv", f"item_id,title,customer,date,action\n1,x,ada,{AT},view\n", f"--columns {ORDERS}"),
        ("o.csv", f"item_id,title,customer,date\n1,x,ada,{AT}\n", "--columns user_id=customer,at=date"),
        (
            "o.jsonl",
            json.dumps(ITEM | {"customer": "ada", "date": AT, "action": "view"}),
            "--columns type=action,at=date",
        ),
    ],
)
def test_events_with_titles_are_answered_with_the_columns_that_are_their_fields(
    name: str, content: str, hint: str, ledger: Ledger, folder: Path
) -> None:
    (folder / name).write_text(content)

    receipt = import_events(
        folder / name,
        ledger,
        known_types=frozenset(EventType),
        quarantine_folder=folder / "q",
        user_id="ada" if name == "o.jsonl" else None,
    )

    assert receipt.quarantined == 1
    assert USE_ITEMS not in receipt.reasons
    assert any(hint in note for note in receipt.notes)


def test_items_that_resemble_a_message_are_answered_with_the_columns_that_are_their_fields(folder: Path) -> None:
    book = {"id": "1", "name": "x", "author": {"name": "Tolkien"}, "timestamp": AT, "content": "In a hole"}
    message = {name: value for name, value in book.items() if name != "name"}
    (folder / "books.jsonl").write_text(json.dumps(book))
    (folder / "messages.jsonl").write_text(json.dumps(message))

    books = import_items(folder / "books.jsonl", Shelf(), quarantine_folder=folder / "q")
    messages = import_items(folder / "messages.jsonl", Shelf(), quarantine_folder=folder / "q")

    assert any("--columns item_id=id,title=name" in note for note in books.notes)
    assert list(messages.reasons) == ["this is a message of a chat, not items: use `penchant events import`"]


@pytest.mark.parametrize("name", NASTY)
def test_no_text_makes_reading_slow(name: str, ledger: Ledger, folder: Path) -> None:
    text = NASTY[name]
    files = {
        "n.csv": f"user_id,type,at,text\n{text}\n",
        "n.jsonl": text + "\n" + json.dumps({"user_id": text, "type": text, "at": text, "value": text}),
        "n.json": text,
    }
    items = {
        "i.csv": f"item_id,title,categories,tags\n1,x,{text},{text}\n".replace("\n\n", "\n"),
        "i.jsonl": "".join(
            json.dumps({"item_id": "1", "title": "x", field: text}) + "\n"
            for field in ("title", "categories", "tags", "created_at", "description")
        ),
    }
    (folder / "warm.jsonl").write_text("{}")
    take(ledger, folder / "warm.jsonl")
    for file, content in (files | items).items():
        (folder / file).write_text(content)

    def read(file: str) -> None:
        with contextlib.suppress(PenchantError):
            take(ledger, folder / file) if file in files else import_items(
                folder / file, Shelf(), quarantine_folder=folder / "q"
            )

    slow = {file: spent for file in files | items if (spent := seconds(SECONDS, read, file)) > SECONDS}
    assert slow == {}
