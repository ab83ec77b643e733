"""Importing a catalogue: whatever the file holds, every line is accounted for."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from processor_time import seconds
from pydantic import ValidationError
from small_world import WordEmbedder

from penchant.errors import UnusableFile
from penchant.settings import Settings
from penchant.store.catalogue import Catalogue
from penchant.store.clock import FixedClock
from penchant.store.importing import import_items
from penchant.store.item import Item
from penchant.store.markup import readable
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


def take(catalogue: Catalogue, tmp_path: Path, text: str, name: str = "items.csv") -> ImportReceipt:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    receipt = import_items(path, catalogue, quarantine_folder=tmp_path / "quarantine")
    assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
    return receipt


@pytest.mark.parametrize(
    ("cells", "paths"),
    [
        (
            ["Mexican, Burgers", "Burgers, Bars", "Bars"],
            [[("Mexican",), ("Burgers",)], [("Burgers",), ("Bars",)], [("Bars",)]],
        ),
        (
            ["Clothing > Hoodies, Clothing", "Mexican, Burgers"],
            [[("Clothing", "Hoodies")], [("Mexican",), ("Burgers",)]],
        ),
        (
            ["Clothing, Shoes & Jewelry", "Clothing, Shoes & Jewelry", "Toys"],
            [[("Clothing, Shoes & Jewelry",)]] * 2 + [[("Toys",)]],
        ),
        (
            ["Books, Music", "Music, Clothing, Shoes & Jewelry", "Books", "Clothing, Shoes & Jewelry"],
            [
                [("Books",), ("Music",)],
                [("Music",), ("Clothing, Shoes & Jewelry",)],
                [("Books",)],
                [("Clothing, Shoes & Jewelry",)],
            ],
        ),
        (["Books; Music > Jazz"], [[("Books",), ("Music", "Jazz")]]),
        (["Home &amp; Garden|Gifts"], [[("Home & Garden",), ("Gifts",)]]),
    ],
)
def test_commas_separate_categories_where_the_column_shows_that_they_do(
    cells: list[str], paths: list[Any], catalogue: Catalogue, tmp_path: Path
) -> None:
    rows = [f'{number},t{number},"{cell}"\n' for number, cell in enumerate(cells)]
    receipt = take(catalogue, tmp_path, "item_id,title,categories\n" + "".join(rows))

    found = catalogue.get([str(number) for number in range(len(cells))])
    assert [list(found[str(number)].categories) for number in range(len(cells))] == paths
    assert any("comma" in note for note in receipt.notes) == any("," in cell for cell in cells)


def test_lists_in_json_are_taken_as_they_are(catalogue: Catalogue, tmp_path: Path) -> None:
    take(
        catalogue,
        tmp_path,
        lines({"item_id": "1", "title": "x", "categories": [["Clothing, Shoes & Jewelry", "Men"]]}).decode(),
        "i.jsonl",
    )

    assert catalogue.get(["1"])["1"].categories == (("Clothing, Shoes & Jewelry", "Men"),)


@pytest.mark.parametrize(
    "nothing",
    [
        "missing",
        "(no genres listed)",
        "Uncategorized",
        "null",
        "None",
        "N/A",
        "-",
        "未分类",
        "UNKNOWN",
        "not_specified",
    ],
)
def test_what_says_that_there_is_no_category_is_none(nothing: str, catalogue: Catalogue, tmp_path: Path) -> None:
    receipt = take(
        catalogue,
        tmp_path,
        lines(
            {"item_id": "1", "title": "a", "categories": [nothing]},
            {"item_id": "2", "title": "b", "categories": [[nothing, nothing], ["Garden"]]},
            {"item_id": "3", "title": "c", "categories": [["Default Category", "Garden", "Tools"]]},
        ).decode(),
        "i.jsonl",
    )

    found = catalogue.get(["1", "2", "3"])
    assert [found[name].categories for name in "123"] == [(), (("Garden",),), (("Garden", "Tools"),)]
    assert any("placeholder" in note for note in receipt.notes)


def test_columns_that_are_no_fields_become_attributes_with_their_types(catalogue: Catalogue, tmp_path: Path) -> None:
    receipt = take(
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
    receipt = take(catalogue, tmp_path, "item_id;title;price;sizes\n1;Tea;3,50;38, 40\n2;Pot;1.299,00;S\n3;Cup;7;M\n")

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
    take(catalogue, tmp_path, f"item_id,title,available\n1,Tea,{written}\n")

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
        take(catalogue, tmp_path, f"item_id,title,available\n{word},Tea,{parted if between else spelt.format(word)}\n")

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


@pytest.mark.parametrize(
    ("cell", "paths"),
    [
        ("Home &amp; Garden > Pots", [["Home & Garden", "Pots"]]),
        ("\"['Home', 'Pots']\"", [["Home", "Pots"]]),
        ("Home::Pots|Home::Pans", [["Home", "Pots"], ["Home", "Pans"]]),
        ("Home\\Pots|Home|Gifts", [["Home", "Pots"], ["Gifts"]]),
        ("Home :: Pots", [["Home", "Pots"]]),
        ("std::vector", [["std::vector"]]),
        ("AC\\DC|Rock", [["AC\\DC"], ["Rock"]]),
        ("家居＞锅", [["家居", "锅"]]),
        ("\"[['Home', 'Pots'], ['Gifts']]\"", [["Home", "Pots"], ["Gifts"]]),
    ],
)
def test_categories_are_read_as_web_pages_and_pandas_write_them(
    cell: str, paths: list[list[str]], run: Importer, catalogue: Catalogue, tmp_path: Path
) -> None:
    file = tmp_path / "items.csv"
    file.write_text(f"item_id,title,categories,tags\ni1,Pot,{cell},salt &amp; pepper\n")

    run(file)

    item = catalogue.get(["i1"])["i1"]
    assert ([list(path) for path in item.categories], item.tags) == (paths, ("salt & pepper",))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<b>Tea</b> &amp; more", "Tea & more"),
        ("&lt;p class=&quot;x&quot;&gt;Tea&lt;/p&gt;&lt;p&gt;pot&lt;/p&gt;", "Tea pot"),
        ("Tea<br/>pot<!-- new --><script>alert('<b>')</script>", "Tea pot"),
        ("<B>T</B>ea <script>", "Tea"),
        ("I <3 NY", "I <3 NY"),
        ("List<A> in Java", "List<A> in Java"),
        ("a <b and c> d", "a <b and c> d"),
        ("<untitled>", "<untitled>"),
        ("Learn <div> and <span>", "Learn <div> and <span>"),
        ("Learn &lt;div&gt; layout", "Learn <div> layout"),
        ("<p>Learn &lt;div&gt; layout</p>", "Learn <div> layout"),
        ("The <h1> heading", "The <h1> heading"),
        ("CSS: styling a <div>", "CSS: styling a <div>"),
        ("<b>Guide</b> to <script> tags in JS", "Guide to tags in JS"),
        ("<b>Guide</b> to <!-- in JS", "Guide to <!-- in JS"),
        ("<i>Wow</i> A --> B", "Wow A --> B"),
        ("<i>Wow</i> a[b[0]]>1", "Wow a[b[0]]>1"),
        ("<![CDATA[<b>Tea</b> pot]]>", "Tea pot"),
        ("&lt;b&gt;Tea&lt;/b&gt; &amp;amp; more", "Tea & more"),
    ],
)
def test_titles_are_read_without_html_and_nothing_else_is_taken_for_it(written: str, title: str) -> None:
    item = Item(item_id="i1", title=written, tags=(written,))

    assert (item.title, item.tags, Item(**item.model_dump())) == (title, (title,), item)


@pytest.mark.parametrize("name", ["AC\\DC", "std::vector"])
def test_names_with_backslashes_and_double_colons_stay_whole_however_they_are_listed(name: str) -> None:
    def paths(categories: Any) -> list[list[str]]:
        return [list(path) for path in Item(item_id="i1", title="Live", categories=categories).categories]

    assert paths(name) == paths([name]) == paths([[name]]) == paths(f"[{name}]") == [[name]]
    assert paths([name, "Rock"]) == paths([[name, "Rock"]]) == [[name, "Rock"]]
    assert paths([f"Music > {name}", "Rock"]) == [["Music", name], ["Rock"]]


def test_a_list_of_categories_without_quotes_may_hold_line_breaks() -> None:
    assert Item(item_id="i1", title="Pot", categories="[Home,\r\nGifts]").categories == (("Home",), ("Gifts",))


def test_blank_fields_of_an_item_are_none() -> None:
    item = Item(item_id="i1", title="Pot", domain="  ", lang=" ", description=" ", url="\t")

    assert (item.domain, item.lang, item.description, item.url) == (None, None, None, None)


@pytest.mark.parametrize("written", ["<p></p>", "<b></b>", "&lt;b&gt; &lt;/b&gt;"])
def test_a_title_of_tags_alone_is_refused_as_empty(written: str) -> None:
    with pytest.raises(ValidationError, match="title"):
        Item(item_id="i1", title=written)

    item = Item(item_id="i1", title="Tea", description=written, categories=[written], tags=(written,))
    assert (item.description, item.categories, item.tags) == (None, (), ())


@pytest.mark.parametrize(
    "part",
    (
        *(" ", "\n", " \n", "&", "&#", "&amp;", "<", "<b", "<b ", "<a x=", "</b", "<br"),
        *("<script>", "<!--", "-->", "<![CDATA[", "]]>", "<b>x</b>", "&lt;b&gt;"),
    ),
)
def test_long_texts_in_html_are_read_in_linear_time(part: str) -> None:
    text = "<b></b>x" + part * (200_000 // len(part)) + "y"

    assert seconds(1, readable, text) < 1


def test_a_description_in_html_becomes_paragraphs() -> None:
    description = (
        "<style>p {color: red}</style><p>Of <i>bone</i> china.</p>\n\n<ul><li>500&nbsp;ml</li><li>blue</li></ul>"
    )

    item = Item(item_id="i1", title="Tea pot", description=description)

    assert item.description == "Of bone china.\n500\xa0ml\nblue"


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


def test_nan_among_categories_is_no_category(run: Importer, catalogue: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(
        '{"item_id": "i1", "title": "Pot", "categories": ["Home", NaN]}\n{"item_id": "i2", "title": "Pan", "categories": [NaN]}\n'
    )

    assert counts(run(file)) == (2, 2, 0, 0)
    assert [list(map(list, item.categories)) for item in catalogue.get(["i1", "i2"]).values()] == [[["Home"]], []]


def test_a_first_line_with_an_open_quote_is_told(run: Importer, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text('item_id,"title\ni1,Pot\n')

    with pytest.raises(UnusableFile, match="the first line is not a CSV row: a quote is opened"):
        run(file)


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        ("Books » Fantasy", [["Books", "Fantasy"]]),
        ("Books -> Fantasy|Gifts", [["Books", "Fantasy"], ["Gifts"]]),
        ([{"id": 28, "name": "Action"}, {"id": 12, "name": "Crime"}], [["Action"], ["Crime"]]),
        ("[{'id': 28, 'name': 'Action'}, {'id': 12, 'name': 'Crime'}]", [["Action"], ["Crime"]]),
        ([[{"name": "Books"}, {"name": "Fantasy"}]], [["Books", "Fantasy"]]),
        ({"name": "Shirts", "slug": "shirts"}, [["Shirts"]]),
        ({"Action": 5, "Crime": 2}, [["Action"], ["Crime"]]),
        ('{Action,"Crime, True"}', [["Action"], ["Crime, True"]]),
        ("[Action, Crime]", [["Action"], ["Crime"]]),
        ([["Books", None, "Fantasy"]], [["Books", "Fantasy"]]),
        ([7, 8], [["7", "8"]]),
    ],
)
def test_categories_are_read_as_shops_and_databases_write_them(
    written: Any, paths: list[list[str]], run: Importer, catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / "i.jsonl").write_bytes(lines({"item_id": "i1", "title": "x", "categories": written}))

    assert counts(run(tmp_path / "i.jsonl")) == (1, 1, 0, 0)
    assert [list(path) for path in catalogue.get(["i1"])["i1"].categories] == paths


def test_tags_may_be_objects_with_names(run: Importer, catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "i.jsonl").write_bytes(lines({"item_id": "i1", "title": "x", "tags": [{"id": 1, "name": "vegan"}]}))
    run(tmp_path / "i.jsonl")

    assert catalogue.get(["i1"])["i1"].tags == ("vegan",)


@pytest.mark.parametrize(
    ("rows", "found", "note"),
    [
        (
            [["Action", "Comedy"], ["Comedy", "Drama"], ["Drama"]],
            [[["Action"], ["Comedy"]], [["Comedy"], ["Drama"]], [["Drama"]]],
            "2 lists of categories: each is read as categories side by side",
        ),
        (
            [["Books", "Fantasy"], ["Films", "Fantasy"], ["Toys"]],
            [[["Books", "Fantasy"]], [["Films", "Fantasy"]], [["Toys"]]],
            "2 lists of categories: each is read as one path",
        ),
        (
            ["Default Category/Gear,Default Category/Gear/Bags", "Default Category/Gear/Clocks"],
            [[["Gear", "Bags"]], [["Gear", "Clocks"]]],
            "2 cells: slashes in categories divide levels",
        ),
        (
            ["TV/Video", "Fish", "w/o batteries"],
            [[["TV/Video"]], [["Fish"]], [["w/o batteries"]]],
            "1 cell: a slash in a category is part of its name",
        ),
    ],
)
def test_what_flat_lists_and_slashes_mean_is_learnt_from_the_file_and_noted(
    rows: list[Any], found: list[Any], note: str, run: Importer, catalogue: Catalogue, tmp_path: Path
) -> None:
    items = [{"item_id": str(number), "title": "x", "categories": value} for number, value in enumerate(rows)]
    (tmp_path / "i.jsonl").write_bytes(lines(*items))

    receipt = run(tmp_path / "i.jsonl")

    stored = catalogue.get([item["item_id"] for item in items])
    assert [[list(path) for path in stored[item["item_id"]].categories] for item in items] == found
    assert any(each.startswith(note) for each in receipt.notes)


def test_the_reason_for_unreadable_categories_says_how_they_are_written(run: Importer, tmp_path: Path) -> None:
    (tmp_path / "i.jsonl").write_bytes(
        lines(
            {"item_id": "i1", "title": "x", "categories": True},
            {"item_id": "i2", "title": "x", "categories": [list("abcdefghij")]},
        )
    )

    assert list(run(tmp_path / "i.jsonl").reasons) == [
        'categories: is no list of names that can be read: write [["Books", "Fantasy"], ["Gifts"]] or Books > Fantasy|Gifts',
        "categories.0: holds 10 entries, more than the 8 that are allowed",
    ]
