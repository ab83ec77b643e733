"""Importing a catalogue: whatever the file holds, every line is accounted for."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_world import WordEmbedder

from penchant.settings import Settings
from penchant.store.catalogue import Catalogue
from penchant.store.clock import FixedClock
from penchant.store.importing import import_items
from penchant.store.item import Item
from penchant.store.moments import NOT_A_TIME
from penchant.store.receipt import ImportReceipt

FULL: dict[str, Any] = {
    "item_id": "b1",
    "title": "The Silmarillion",
    "description": "Of the Eldar.",
    "categories": [["Books", "Fantasy"], ["Gifts"]],
    "tags": ["myth", "classic"],
    "domain": "books",
    "attributes": {"pages": 365, "cover": {"colour": "blue"}},
    "created_at": "1977-09-15T00:00:00Z",
    "lang": "en",
    "url": "https://shop.example/b1",
}
Importer = Callable[[Path], ImportReceipt]


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue.open(Settings(home=tmp_path / "home"), WordEmbedder())


@pytest.fixture
def run(catalogue: Catalogue, tmp_path: Path, clock: FixedClock) -> Importer:
    def imported(path: Path) -> ImportReceipt:
        receipt = import_items(path, catalogue, quarantine_folder=tmp_path / "quarantine", clock=clock)
        assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
        return receipt

    return imported


def counts(receipt: ImportReceipt) -> tuple[int, int, int, int]:
    return receipt.lines, receipt.accepted, receipt.duplicate, receipt.quarantined


def lines(*rows: dict[str, Any] | str) -> bytes:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows).encode()


def test_every_format_says_the_same(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(FULL))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines(FULL)))
    pq.write_table(pa.Table.from_pylist([FULL]), tmp_path / "c.parquet")
    for name, categories, tags in [
        ("d.csv", "Books > Fantasy|Gifts", "myth|classic"),
        ("e.csv", '[[""Books"", ""Fantasy""], [""Gifts""]]', '[""myth"", ""classic""]'),
    ]:
        values = f'b1,The Silmarillion,Of the Eldar.,"{categories}","{tags}",books,'
        nested = '"{""pages"": 365, ""cover"": {""colour"": ""blue""}}",1977-09-15T00:00:00Z,en,https://shop.example/b1'
        (tmp_path / name).write_text(f"{','.join(FULL)}\n{values}{nested}\n")
    told = {}
    for path in sorted(tmp_path.glob("*.*")):
        catalogue = Catalogue.open(Settings(home=tmp_path / path.stem / "home"), WordEmbedder())
        receipt = import_items(path, catalogue, quarantine_folder=tmp_path / "q", clock=clock)
        told[path.name] = (counts(receipt), receipt.reasons, catalogue.get(["b1"]))

    expected: Any = ((1, 1, 0, 0), {}, {"b1": Item.model_validate(FULL)})
    assert told == dict.fromkeys(["a.jsonl", "b.jsonl.gz", "c.parquet", "d.csv", "e.csv"], expected)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"item_id": "x"}, "title is missing"),
        ({"title": "x"}, "item_id is missing"),
        ({"item_id": "x", "title": ""}, "title is missing"),
        ({"item_id": "x", "title": "t" * 1_000_000}, "title: String should have at most 2000 characters"),
        (
            json.dumps(FULL | {"attributes": {"weight": float("nan")}}),
            "attributes: holds NaN or an infinity, which JSON cannot say: leave it out",
        ),
        (FULL | {"created_at": "soon"}, f"created_at: {NOT_A_TIME}"),
        (FULL | {"categories": [["x" * 201]]}, "categories.0.0: String should have at most 200 characters"),
        ("{", "not valid JSON"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason_and_stops_nothing(
    row: Any, reason: str, run: Importer, tmp_path: Path
) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(lines(FULL, row, {"item_id": 2, "title": "two"}))

    receipt = run(path)

    assert (counts(receipt), receipt.reasons) == ((3, 2, 0, 1), {reason: 1})
    assert receipt.quarantine_file is not None
    assert [json.loads(line)["line"] for line in Path(receipt.quarantine_file).read_text().splitlines()] == [2]


def test_an_item_said_twice_counts_last_and_what_is_known_is_a_duplicate(
    run: Importer, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(lines(FULL, FULL | {"title": "The Children of Húrin"}, {"item_id": "b2", "title": "Maps"}))

    assert [counts(run(path)), counts(run(path))] == [(3, 2, 1, 0), (3, 0, 3, 0)]
    assert catalogue.get(["b1"])["b1"].title == "The Children of Húrin"

    path.write_bytes(lines({"item_id": "b2", "title": "Atlas"}))
    assert counts(run(path)) == (1, 1, 0, 0)
    assert catalogue.count() == 2
