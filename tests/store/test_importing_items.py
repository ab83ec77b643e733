"""Importing a catalogue: whatever the file holds, every line is accounted for."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from item_import import Importer, counts, import_text, lines
from small_world import WordEmbedder

from penchant.errors import UnusableFile
from penchant.settings import Settings
from penchant.store.catalogue import Catalogue
from penchant.store.clock import FixedClock
from penchant.store.importing import import_items
from penchant.store.item import Item
from penchant.store.moments import NOT_A_TIME

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
    by_format = {}
    for path in sorted(tmp_path.glob("*.*")):
        catalogue = Catalogue.open(Settings(home=tmp_path / path.stem / "home"), WordEmbedder())
        receipt = import_items(path, catalogue, quarantine_folder=tmp_path / "q", clock=clock)
        by_format[path.name] = (counts(receipt), receipt.reasons, catalogue.get(["b1"]))

    expected: Any = ((1, 1, 0, 0), {}, {"b1": Item.model_validate(FULL)})
    assert by_format == dict.fromkeys(["a.jsonl", "b.jsonl.gz", "c.parquet", "d.csv", "e.csv"], expected)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"item_id": "x"}, "title is missing"),
        ({"title": "x"}, "item_id is missing"),
        ({"item_id": "x", "title": ""}, "title is missing"),
        ({"item_id": "x", "title": "t" * 1_000_000}, "title: String should have at most 2000 characters"),
        (
            json.dumps(FULL | {"attributes": {"weight": float("inf")}}),
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


def test_columns_that_are_no_fields_become_attributes_with_their_types(catalogue: Catalogue, tmp_path: Path) -> None:
    receipt = import_text(
        catalogue,
        tmp_path,
        "item_id,title,price,vegan,sku,attributes.size,availability,available,tags\n"
        '1,Tom &amp; Jerry,12.50,true,007,XL,,out of stock,"cotton, winter"\n',
    )

    item = catalogue.get(["1"])["1"]
    assert item.attributes == {"price": 12.5, "vegan": True, "sku": "007", "size": "XL"}
    assert (item.title, item.available, item.tags) == ("Tom & Jerry", False, ("cotton", "winter"))
    assert any("price" in note and "attributes" in note for note in receipt.notes)


def test_prices_are_numbers_as_a_spreadsheet_with_decimal_commas_writes_them(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    receipt = import_text(
        catalogue, tmp_path, "item_id;title;price;sizes\n1;Tea;3,50;38, 40\n2;Pot;1.299,00;S\n3;Cup;7;M\n"
    )

    found = catalogue.get(["1", "2", "3"])
    assert [found[item].attributes for item in found] == [
        {"price": 3.5, "sizes": "38, 40"},
        {"price": 1299.0, "sizes": "S"},
        {"price": 7, "sizes": "M"},
    ]
    assert "2 numbers: a decimal comma is read as such (4,5 is 4.5)" in receipt.notes


@pytest.mark.parametrize(
    ("written", "available"),
    [
        ("0.0", False),
        ("1.0", True),
        ("https://schema.org/OutOfStock", False),
        ("discontinued", False),
        ("有货", True),
        ("无货", False),
        ("ja", True),
        ("nicht lieferbar", False),
        ("12", True),
        ("0", False),
        ("-2", False),
        ("3.0", True),
    ],
)
def test_what_can_be_had_is_read_as_product_feeds_write_it(
    written: str, available: bool, catalogue: Catalogue, tmp_path: Path
) -> None:
    import_text(catalogue, tmp_path, f"item_id,title,available\n1,Tea,{written}\n")

    assert catalogue.get(["1"])["1"].available is available


@pytest.mark.parametrize(
    "spelt", ["https://schema.org/{}", "http://schema.org/{}", "schema:{}", "{}", "snake", "kebab", "words"]
)
def test_every_word_of_schema_org_for_availability_is_read_however_it_is_spelt(
    spelt: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    words = {
        **dict.fromkeys(("InStock", "LimitedAvailability", "InStoreOnly", "OnlineOnly", "PreOrder", "PreSale"), True),
        **dict.fromkeys(("BackOrder", "MadeToOrder"), True),
        **dict.fromkeys(("OutOfStock", "SoldOut", "Discontinued", "Reserved"), False),
    }
    between = {"snake": "_", "kebab": "-", "words": " "}.get(spelt)
    for word in words:
        parted = re.sub("(?<=[a-z])(?=[A-Z])", between or "", word)
        import_text(
            catalogue, tmp_path, f"item_id,title,available\n{word},Tea,{parted if between else spelt.format(word)}\n"
        )

    assert {name: item.available for name, item in catalogue.get(list(words)).items()} == words


def test_a_catalogue_written_by_an_earlier_version_stays_readable() -> None:
    old = {
        "item_id": "1",
        "title": "x",
        "attributes": {"size": {"w": 3}},
        "tags": ["y" * 500],
        "colour": "red",
        "created_at": "0001-01-01T00:00:00Z",
    }

    item = Item.stored(json.dumps(old))

    assert (item.item_id, item.attributes, item.tags) == ("1", {"size.w": 3}, ())
    assert Item.stored(json.dumps(old | {"title": "\0"})).title == "1"


def test_a_description_that_is_too_long_is_cut_and_the_receipt_says_so(
    run: Importer, catalogue: Catalogue, tmp_path: Path
) -> None:
    file = tmp_path / "items.jsonl"
    file.write_bytes(
        lines(FULL | {"description": "d" * 30_000}, FULL | {"item_id": "b2", "description": "<b>d</b>" * 10_000})
    )

    receipt = run(file)

    assert (counts(receipt), receipt.notes) == (
        (2, 2, 0, 0),
        ["1 row: a longer description than 20,000 characters; what comes after is left out"],
    )
    found = catalogue.get(["b1", "b2"])
    assert [len(found[name].description or "") for name in ("b1", "b2")] == [20_000, 10_000]


def test_a_first_line_with_an_open_quote_is_told(run: Importer, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text('item_id,"title\ni1,Pot\n')

    with pytest.raises(UnusableFile, match="the first line is not a CSV row: a quote is opened"):
        run(file)


def test_tags_may_be_objects_with_names(run: Importer, catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "i.jsonl").write_bytes(lines({"item_id": "i1", "title": "x", "tags": [{"id": 1, "name": "vegan"}]}))
    run(tmp_path / "i.jsonl")

    assert catalogue.get(["i1"])["i1"].tags == ("vegan",)
