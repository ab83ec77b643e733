"""What a person corrects holds, also in every version that is built after."""

from typing import Any

import pytest
from small_catalogue import WordEmbedder, shop, vectors_of

from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.outline import outline
from penchant.agent.taxonomy.repository import TaxonomyStore
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import NotFoundError, PenchantError, UsageError
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.item import Item
from penchant.store.taxonomies import Taxonomies

EMBEDDER = WordEmbedder()


@pytest.fixture
def store(either: Database, clock: FixedClock) -> TaxonomyStore:
    return TaxonomyStore(Taxonomies(either, clock))


def built(items: list[Item], store: TaxonomyStore) -> Taxonomy:
    taxonomy = build_taxonomy(
        items,
        vectors_of(items, EMBEDDER),
        Vocabulary.load(),
        EMBEDDER,
        previous=store.latest(),
        corrections=store.corrections(),
    )
    return store.save(taxonomy)


def theme_of(taxonomy: Taxonomy, item_id: str) -> int:
    return int(taxonomy.assignments([item_id])[1][0])


def test_a_taxonomy_is_kept_and_what_says_the_same_is_not_kept_twice(store: TaxonomyStore) -> None:
    first = built(shop(), store)
    assert (first.version, built(shop(), store).version, store.latest_version()) == (1, 1, 1)
    assert built(shop(8), store).version == 2
    assert [version.items for version in store.versions()] == [len(shop()), len(shop(8))]
    assert TaxonomyStore(store.taxonomies).load(1).item_ids == first.item_ids
    with pytest.raises(NotFoundError, match="no version 9"):
        store.load(9)


def test_names_places_and_merges_hold_in_a_rebuilt_taxonomy(store: TaxonomyStore) -> None:
    first = built(shop(), store)
    mugs, lamps, ribbons = (first.themes[theme_of(first, f"{subject}-01")].id for subject in ("mug", "lamp", "ribbon"))
    store.correct(mugs, "rename", {"labels": {"en": "Cups", "zh": "杯子"}})
    store.correct("gifts", "rename", {"labels": {"en": "Presents"}})
    store.correct(lamps, "move", {"subtopic": "gifts"})
    by_hand = store.correct(ribbons, "merge", {"into": mugs})
    assert len(by_hand.themes) == len(first.themes) - 1
    for taxonomy in (by_hand, built(shop(8), store)):
        theme = theme_of(taxonomy, "mug-01")
        assert theme == theme_of(taxonomy, "ribbon-01")
        assert (taxonomy.themes[theme].label("zh"), taxonomy.themes[theme].label_source) == ("杯子", "user")
        assert taxonomy.path(theme_of(taxonomy, "lamp-01"), "en")[1] == "Presents"
        rows, _, weights = taxonomy.assignments([item.item_id for item in shop()])
        assert (len(rows), set(weights.tolist())) == (len(shop()), {1.0})
    assert built(shop(8), store).version == store.latest_version()


@pytest.mark.parametrize(
    ("node", "action", "details", "error"),
    [
        ("nobody", "rename", {"labels": {"en": "Cups"}}, NotFoundError),
        ("gifts", "move", {"subtopic": "gifts"}, NotFoundError),
        ("MUGS", "move", {"subtopic": "nowhere"}, NotFoundError),
        ("MUGS", "merge", {"into": "MUGS"}, NotFoundError),
        ("MUGS", "rename", {"labels": {"en": "http://spam.example"}}, UsageError),
        ("MUGS", "explode", {}, UsageError),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(
    store: TaxonomyStore, node: str, action: str, details: dict[str, Any], error: type[PenchantError]
) -> None:
    taxonomy = built(shop(), store)
    mugs = taxonomy.themes[theme_of(taxonomy, "mug-01")].id
    wanted = {key: mugs if value == "MUGS" else value for key, value in details.items()}
    with pytest.raises(error):
        store.correct(mugs if node == "MUGS" else node, action, wanted)
    assert (store.corrections(), store.latest_version()) == ([], 1)


def test_an_outline_counts_items_and_hides_few_users(store: TaxonomyStore) -> None:
    taxonomy = built(shop(), store)
    titles = {item.item_id: item.title for item in shop()}
    shown = outline(taxonomy, titles, "en", {taxonomy.themes[0].id: 5, taxonomy.themes[1].id: 4})
    themes = [theme for topic in shown["topics"] for sub in topic["subtopics"] for theme in sub["themes"]]
    assert sum(theme["items"] for theme in themes) == sum(topic["items"] for topic in shown["topics"]) == len(shop())
    assert {theme["id"]: theme["users"] for theme in themes if theme["users"]} == {taxonomy.themes[0].id: 5}
    assert all(0 < len(theme["titles"]) <= 5 for theme in themes)
    assert "users" not in outline(taxonomy, titles, "en")["topics"][0]


def test_the_outline_of_an_empty_catalogue_is_the_vocabulary(store: TaxonomyStore) -> None:
    shown = outline(built([], store), {}, "zh")
    assert [topic["id"] for topic in shown["topics"]] == [topic.id for topic in Vocabulary.load().topics]
    assert {"id": "cats", "label": "猫", "items": 0, "themes": []} in shown["topics"][19]["subtopics"]
