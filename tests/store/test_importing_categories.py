"""Categories of items as shops, web pages and databases write them."""

from pathlib import Path
from typing import Any

import pytest
from item_import import Importer, counts, import_text, lines

from penchant.store.catalogue import Catalogue
from penchant.store.item import Item


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
    receipt = import_text(catalogue, tmp_path, "item_id,title,categories\n" + "".join(rows))

    found = catalogue.get([str(number) for number in range(len(cells))])
    assert [list(found[str(number)].categories) for number in range(len(cells))] == paths
    assert any("comma" in note for note in receipt.notes) == any("," in cell for cell in cells)


def test_lists_in_json_are_taken_as_they_are(catalogue: Catalogue, tmp_path: Path) -> None:
    import_text(
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
    receipt = import_text(
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


@pytest.mark.parametrize("name", ["AC\\DC", "std::vector"])
def test_names_with_backslashes_and_double_colons_stay_whole_however_they_are_listed(name: str) -> None:
    def paths(categories: Any) -> list[list[str]]:
        return [list(path) for path in Item(item_id="i1", title="Live", categories=categories).categories]

    assert paths(name) == paths([name]) == paths([[name]]) == paths(f"[{name}]") == [[name]]
    assert paths([name, "Rock"]) == paths([[name, "Rock"]]) == [[name, "Rock"]]
    assert paths([f"Music > {name}", "Rock"]) == [["Music", name], ["Rock"]]


def test_a_list_of_categories_without_quotes_may_hold_line_breaks() -> None:
    assert Item(item_id="i1", title="Pot", categories="[Home,\r\nGifts]").categories == (("Home",), ("Gifts",))


def test_nan_among_categories_is_no_category(run: Importer, catalogue: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(
        '{"item_id": "i1", "title": "Pot", "categories": ["Home", NaN]}\n{"item_id": "i2", "title": "Pan", "categories": [NaN]}\n'
    )

    assert counts(run(file)) == (2, 2, 0, 0)
    assert [list(map(list, item.categories)) for item in catalogue.get(["i1", "i2"]).values()] == [[["Home"]], []]


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
