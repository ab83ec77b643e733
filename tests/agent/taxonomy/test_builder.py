"""A catalogue is read into themes: the same for the same catalogue, within its categories, from no item on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_catalogue import WordEmbedder, shop, vectors_of

from penchant.agent.taxonomy.builder import add_items, build_taxonomy
from penchant.agent.taxonomy.grouping import has_subject
from penchant.agent.taxonomy.repository import decode, encode, same_content
from penchant.agent.taxonomy.stability import taxonomy_diff
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.minilm import MiniLm
from penchant.store.item import Item

EMBEDDER = WordEmbedder()
VOCABULARY = Vocabulary.load()
FILMS = [
    "Casablanca",
    "Vertigo",
    "Chinatown",
    "Alien",
    "Fargo",
    "Heat",
    "Gaslight",
    "Laura",
    "Rebecca",
    "Notorious",
    "Psycho",
    "Ran",
]


def built(items: list[Item], previous: Taxonomy | None = None) -> Taxonomy:
    return build_taxonomy(items, vectors_of(items, EMBEDDER), VOCABULARY, EMBEDDER, previous=previous)


def test_like_items_share_a_theme_called_what_its_titles_share() -> None:
    taxonomy = built(shop())
    themes = {tuple(taxonomy.members(index)): theme.label("en") for index, theme in enumerate(taxonomy.themes)}
    assert sorted(themes.values()) == ["Lamps", "Mugs", "Puzzles", "Ribbons"]
    assert all(len({member.split("-")[0] for member in members}) == 1 for members in themes)


@pytest.mark.parametrize("title", ["☕🍰", "1984", "4711 007", "!!! ???", "№ 5"])
def test_a_title_without_a_word_stands_nowhere(title: str) -> None:
    assert built([*shop(), Item(item_id="odd", title=title)]).unplaced == ("odd",)
    placed = built([*shop(), Item(item_id="odd", title=title, tags=("mug",))])
    assert not placed.unplaced
    described = built([*shop(), Item(item_id="odd", title=title, description="a blue mug")])
    assert not described.unplaced


@pytest.mark.parametrize(
    "title",
    [
        "asdfgh",
        "SKU 0099",
        "Untitled 3",
        "test item",
        "Test product (do not use)",
        "AB1234",
        "xxxxx",
        "测试商品",
        "未命名2",
    ],
)
def test_a_title_that_names_nothing_stands_nowhere_unless_its_description_names_something(title: str) -> None:
    item = Item(item_id="odd", title=title)
    assert built([*shop(), item]).unplaced == ("odd",)
    assert add_items(built(shop()), [item], vectors_of([item], EMBEDDER)).unplaced == ("odd",)
    assert not built([*shop(), Item(item_id="odd", title=title, description="a blue mug")]).unplaced


@pytest.mark.parametrize("title", ["Pregnancy test", "Sample sale of mugs", "PS5", "New Order", "LGBTQ mug", "无人机"])
def test_a_title_with_a_word_of_a_placeholder_stands_somewhere_if_it_names_something(title: str) -> None:
    assert not built([*shop(), Item(item_id="odd", title=title)]).unplaced


@pytest.mark.parametrize(
    "title",
    [
        *("Dummy (baby)", "The Unknown", "The Test", "The Draft", "The Code", "Code 46", "XXX", "Temp", "K2"),
        *(
            "The Record",
            "Nil",
            "III",
            "AAA",
            "Missing",
            "The Missing",
            "Mmm",
            "npmjs",
            "tmpfs",
            "xhtml",
            "CR2032",
            "未知",
        ),
        *("Poirot", "Wert", "Power"),
    ],
)
def test_a_title_that_might_be_a_name_names_something(title: str) -> None:
    assert has_subject(Item(item_id="odd", title=title))


@pytest.mark.parametrize(
    "title",
    [
        "XX9999",
        "qwerty",
        "asdf",
        "asdasd",
        "lorem ipsum dolor",
        "Item 12",
        "IMG_1234",
        "Copy of Untitled",
        "样品 编号 3",
    ],
)
def test_placeholders_mashes_and_unknown_codes_name_nothing(title: str) -> None:
    assert not has_subject(Item(item_id="odd", title=title))


def test_a_code_that_is_a_term_stands_under_what_it_is() -> None:
    [battery] = [path for path in paths_of(["CR2032 x5"]) if path]
    assert battery[1] == "Batteries & Components"


def paths_of(titles: list[str], language: str = "en") -> list[tuple[str, ...]]:
    embedder = MiniLm()
    items = [Item(item_id=str(number), title=title) for number, title in enumerate(titles)]
    taxonomy = build_taxonomy(items, embedder.embed(titles), VOCABULARY, embedder)
    return [tuple(taxonomy.path(theme, language)) for theme in range(len(taxonomy.themes))]


@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_catalogue_of_any_size_has_a_taxonomy(size: int) -> None:
    taxonomy = built(shop()[:size])
    assert len(taxonomy.topics) == len(VOCABULARY.topics)
    rows, _, weights = taxonomy.assignments([item.item_id for item in shop()])
    assert (rows.tolist(), weights.tolist()) == (list(range(size)), [1.0] * size)


def test_items_nobody_has_seen_have_no_line_and_those_of_two_categories_have_two() -> None:
    two = Item(item_id="both", title="Toy Story", categories=(("Movies", "Animation"), ("Movies", "Comedy")))
    both = Item(item_id="one", title="Casablanca", categories=(("Movies", "Romance"),))
    taxonomy = built([two, both])
    rows, themes, weights = taxonomy.assignments(["nobody", "both", "one"])
    assert (rows.tolist(), weights.tolist()) == ([1, 1, 2], [0.5, 0.5, 1.0])
    assert [taxonomy.path(int(theme), "en")[:2] for theme in themes] == [
        ("Movies", "Animation"),
        ("Movies", "Comedy"),
        ("Movies", "Romance"),
    ]


@pytest.mark.parametrize(
    "placeholder",
    [
        *("missing", "null", "Uncategorized", "(no genres listed)", "nan", "未分类", "N/A", "-"),
        *("$0-10", "19.99", "2024", "50+", "¥1,000 – ¥2,000", "< 5"),
    ],
)
def test_what_stands_for_no_category_is_no_topic(placeholder: str) -> None:
    items = [
        Item(item_id="a", title="Oak chair", categories=((placeholder,), ("Garden",))),
        Item(item_id="b", title="Chair", categories=((placeholder,),)),
    ]
    taxonomy = built(items)
    labels = {
        label for nodes in (taxonomy.topics, taxonomy.subtopics) for node in nodes for label in node.labels.values()
    }
    assert placeholder not in labels and "Garden" in labels
    assert taxonomy.path(int(taxonomy.assignments(["a"])[1][0]), "en")[0] == "Garden"


def test_a_category_is_one_however_it_is_spelt() -> None:
    spellings = [("Tea",), ("Tea",), ("TEA",), (" tea ",), ("Tea", "TEA"), ("tea", "Green"), ("TEA", "green ")]
    items = [Item(item_id=str(n), title=f"Leaf {n}", categories=(path,)) for n, path in enumerate(spellings)]

    taxonomy = built(items)

    assert [node.label("en") for node in taxonomy.topics if node.label("en").casefold() == "tea"] == ["Tea"]
    assert {taxonomy.path(int(theme), "en")[0] for theme in taxonomy.assignments([str(n) for n in range(7)])[1]} == {
        "Tea"
    }
    assert {theme.category for theme in taxonomy.themes} == {("Tea",), ("Tea", "Green")}
    new = [Item(item_id="new", title="Leaf 8", categories=(("TEA",),))]
    joined = add_items(taxonomy, new, vectors_of(new, EMBEDDER))
    assert joined.themes[int(joined.assignments(["new"])[1][0])].category == ("Tea",)


@settings(max_examples=15, deadline=None)
@given(st.permutations(shop(4)), st.sets(st.sampled_from(["mug", "ribbon"])))
def test_order_changes_nothing_and_a_rebuild_changes_nothing(items: list[Item], categorised: set[str]) -> None:
    paths = {subject: f"Gifts > {subject}" for subject in categorised}
    items = [
        item.model_copy(
            update={
                "categories": Item(
                    item_id="x", title="x", categories=paths.get(item.item_id.split("-")[0], ())
                ).categories
            }
        )
        for item in items
    ]
    first = built(sorted(items, key=lambda item: item.item_id))
    assert encode(built(items)) == encode(first)
    assert built(items, previous=first) is first


def test_a_taxonomy_survives_its_bytes() -> None:
    taxonomy = built(shop(3, {"mug": "Kitchen > Mugs"}))
    again = decode(encode(taxonomy), 7)
    assert same_content(again, taxonomy)
    assert (again.version, encode(again)) == (7, encode(taxonomy))


def test_a_new_item_joins_the_nearest_theme_and_a_stranger_waits() -> None:
    taxonomy = built(shop())
    new = [Item(item_id="new", title="Violet mug mug mug"), Item(item_id="odd", title="Zyx qwv")]
    more = add_items(taxonomy, new, vectors_of(new, EMBEDDER))
    assert more.unplaced == ("odd",)
    assert more.themes[more.assignments(["new"])[1][0]].label("en") == "Mugs"
    change = taxonomy_diff(taxonomy, more)
    assert (change.items_added, change.items_moved, change.added, change.removed) == (2, 0, (), ())


def test_a_grown_catalogue_keeps_the_ids_of_its_themes() -> None:
    before = built(shop(6))
    after = built(shop(8), previous=before)
    assert {theme.id for theme in after.themes} >= {theme.id for theme in before.themes}
    assert np.isfinite(after.centroids).all()


def test_in_a_categorised_catalogue_a_doubtful_exception_stands_nowhere() -> None:
    films = [Item(item_id=f"f{row}", title=name, categories=(("Movies", "Drama"),)) for row, name in enumerate(FILMS)]
    items = [*films, Item(item_id="odd", title="unkonwn (unkonwn)")]
    embedder = MiniLm()
    taxonomy = build_taxonomy(items, embedder.embed([item.title for item in items]), VOCABULARY, embedder)
    assert taxonomy.unplaced == ("odd",)
    assert [taxonomy.path(index, "en") for index in range(len(taxonomy.themes))] == [("Movies", "Drama", "Drama")]


def test_what_often_shares_two_categories_is_a_theme_of_both() -> None:
    def films(start: int, *genres: str) -> list[Item]:
        paths = tuple(("Movies", genre) for genre in genres)
        return [Item(item_id=f"f{start + row}", title=name, categories=paths) for row, name in enumerate(FILMS)]

    taxonomy = built([*films(0, "Drama"), *films(20, "Drama", "War"), *films(40, "War", "Comedy")])
    paths = {taxonomy.path(index, "en")[1:] for index in range(len(taxonomy.themes))}
    assert paths == {
        ("Drama", "Drama"),
        ("Drama", "Drama & War"),
        ("War", "War & Drama"),
        ("War", "War & Comedy"),
        ("Comedy", "Comedy & War"),
    }


@pytest.mark.parametrize(
    "charge",
    [
        "POSTAGE",
        "Next Day Carriage",
        "Bank Charges",
        "Adjust bad debt",
        "Manual",
        "AMAZON FEE",
        "补差价专拍链接",
        "运费 1元",
    ],
)
def test_what_a_bill_adds_to_the_goods_stands_nowhere(charge: str) -> None:
    item = Item(item_id="charge", title=charge)
    taxonomy = built([*shop(), item])
    assert taxonomy.unplaced == ("charge",)
    assert add_items(built(shop()), [item], vectors_of([item], EMBEDDER)).unplaced == ("charge",)


@pytest.mark.parametrize(
    "goods", ["FRENCH CARRIAGE LANTERN", "Zinc charger plate", "Delivery van toy", "快递小哥玩具车"]
)
def test_goods_that_are_called_like_a_charge_stand_somewhere(goods: str) -> None:
    assert not built([*shop(), Item(item_id="goods", title=goods)]).unplaced


def test_a_subtopic_is_not_its_own_theme() -> None:
    kinds = ("mug", "whisk", "colander", "teapot", "ladle", "bread knife", "frying pan", "wine glass")
    colours = ("Ochre", "Teal", "Plum", "Rust", "Sand", "Ivory", "Coral", "Jade")
    titles = [f"{colour} {kind}" for kind in kinds for colour in colours]
    items = [Item(item_id=f"{number:02d}", title=title) for number, title in enumerate(titles)]
    embedder = MiniLm()
    taxonomy = build_taxonomy(items, embedder.embed(titles), VOCABULARY, embedder)
    paths = [taxonomy.path(theme, language) for theme in range(len(taxonomy.themes)) for language in ("en", "zh")]
    alone = {path[:2] for path in paths if sum(other[:2] == path[:2] for other in paths) == 1}
    assert {path[1] != path[2] for path in paths if path[:2] not in alone} == {True}


def test_items_of_a_category_without_a_second_level_stand_under_its_name() -> None:
    items = [Item(item_id=f"{number}", title=f"Thing {number}", categories=[["Kitchen"]]) for number in range(3)]
    items += [Item(item_id="pan", title="Frying pan", categories=[["Kitchen", "Pans"]])]
    items += [Item(item_id="same", title="Thing 4", categories=[["Kitchen", "kitchen"]])]
    taxonomy = built(items)
    rows, themes, _ = taxonomy.assignments([item.item_id for item in items])
    paths = {items[row].item_id: taxonomy.path(theme, "en")[:2] for row, theme in zip(rows, themes, strict=True)}
    assert {paths[name] for name in ("0", "1", "2", "same")} == {("Kitchen", "Kitchen")}
    assert paths["pan"] == ("Kitchen", "Pans")


def test_a_theme_says_more_than_the_name_of_its_subtopic_where_its_titles_do() -> None:
    titles = [
        "Fitbit Charge 4 black",
        "Seiko 5 gents watch",
        "Sofa, 3 seater",
        "Double bed frame, oak",
        "Knives Out (2019)",
    ]
    titles += ["Mission: Impossible 4K", "John Wick: Chapter 4"]
    items = [Item(item_id=str(number), title=title) for number, title in enumerate(titles)]
    embedder = MiniLm()
    taxonomy = build_taxonomy(items, embedder.embed(titles), VOCABULARY, embedder)
    paths = [taxonomy.path(theme, "en") for theme in range(len(taxonomy.themes))]
    assert all(path[1] != path[2] for path in paths)
    assert "Wearables: Fitbit" in {path[2] for path in paths}
