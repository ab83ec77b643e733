"""Items are placed by what they are like and what their titles name; what the embedder cannot read by its words, or not at all."""

from pathlib import Path

import numpy as np
import pytest

from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.grouping import confidences
from penchant.agent.taxonomy.lexicon import Lexicon
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.agent.taxonomy.title_names import RuleNames
from penchant.prompts.terms import names_of, subtopics_of, terms_of, things_of
from penchant.prompts.vocabulary import Subtopic, Topic, Vocabulary
from penchant.store.embedders.embedder import Embedder
from penchant.store.embedders.minilm import MiniLm
from penchant.store.embedders.multilingual import MultilingualE5
from penchant.store.item import Item
from penchant.tools.evaluation.tree_gold import GoldItem, PlacedItem, read_gold, tree_scores

VOCABULARY = Vocabulary.load()
IDS = [subtopic.id for _, subtopic in subtopics_of(VOCABULARY)]
DATA = Path(__file__).parents[3] / "benchmarks/data"
CHINESE = read_gold(DATA / "gold_zh.jsonl")
WIDE = read_gold(DATA / "gold_check_wide_en.jsonl")


def of_gold(gold: dict[str, GoldItem], embedder: Embedder) -> Taxonomy:
    items = [Item(item_id=item.item_id, title=item.title) for item in gold.values()]
    return build_taxonomy(items, embedder.embed([item.title for item in items]), VOCABULARY, embedder)


def of_chinese(embedder: Embedder) -> Taxonomy:
    return of_gold(CHINESE, embedder)


def placed(taxonomy: Taxonomy, gold: dict[str, GoldItem] = CHINESE) -> list[PlacedItem]:
    ids = list(gold)
    rows, themes, _ = taxonomy.assignments(ids)
    return [
        PlacedItem(
            ids[row],
            taxonomy.topics[taxonomy.theme_topics[theme]].id,
            taxonomy.subtopics[taxonomy.theme_subtopics[theme]].id,
            taxonomy.themes[theme].confidence,
        )
        for row, theme in zip(rows, themes, strict=True)
    ]


@pytest.mark.parametrize(
    ("title", "subtopic"),
    [
        ("RETROSPOT HOT WATER BOTTLE", "warmth-comfort"),  # and not a water bottle
        ("Stainless steel water bottle", "kitchen-dining"),
        ("DOORMAT FANCY FONT", "rugs-doormats"),
        ("Two silver earrings", "jewellery"),
        ("304不锈钢保温杯 500毫升", "kitchen-dining"),
        ("央行宣布降准", "economy"),
        ("Vue3 后端 Python 教程", "programming"),
        ("Blue pen in gift box", "stationery-scrapbooking"),  # what comes in a box is no gift box
        ("NASA's next step", "space-astronomy"),
        ("Leaders of the G7 meet", "world-affairs"),
        ("NBA 2K16", "sports-racing-games"),
        ("Persona 5 for 2 players", "rpg-adventure-games"),
        ("DDR4 16GB", "pc-components"),
        ("WD 40 spray", "diy-tools"),
        ("Polo mints", "snacks-sweets"),
        ("Mars bar", "snacks-sweets"),
        ("Catan", "board-games"),
        ("Bathroom suite", "cleaning-bathroom"),
        ("The Girl with the Dragon Tattoo", "crime-thriller-books"),
        ("角色扮演与冒险游戏", "rpg-adventure-games"),
    ],
)
def test_a_title_says_what_it_names(title: str, subtopic: str) -> None:
    [scores] = Lexicon(VOCABULARY).hits([title]).table(np.arange(1))
    assert IDS[int(scores.argmax())] == subtopic


@pytest.mark.parametrize(
    ("title", "subtopic"),
    [
        ("Fitbit Charge 4 black", "wearables"),
        ("Le Creuset 24cm volcanic", "kitchen-dining"),
        ("Samsonite 55x40", "luggage-gear"),
        ("Mad Max: Fury Road (2015)", "action-adventure"),
        ("Knives Out", "comedy"),
        ("The Amalfi Coast in spring", "destinations-europe"),
        ("HILTON London Metropole", "hotels-stays"),
        ("Jet2 Holidays to Crete", "cruises-tours"),
        ("Bypass secateurs 8in", "garden-plants"),
    ],
)
def test_a_title_that_names_only_a_maker_a_work_or_a_place_says_what_it_is_about(title: str, subtopic: str) -> None:
    [scores] = Lexicon(VOCABULARY).hits([title]).table(np.arange(1))
    assert IDS[int(scores.argmax())] == subtopic


def test_every_term_and_name_of_the_data_is_found_in_a_title_made_of_it() -> None:
    of_place = [
        (index, term)
        for index, (_, place) in enumerate(subtopics_of(VOCABULARY))
        for term in (*terms_of(place, "en"), *terms_of(place, "zh"), *things_of(place), *names_of(place))
    ]
    owners, terms = zip(*of_place, strict=True)
    found = Lexicon(VOCABULARY).hits(terms).table(np.arange(len(terms)))
    assert [term for row, term in enumerate(terms) if not found[row, owners[row]]] == []


@pytest.mark.parametrize(
    ("title", "subtopic"),
    [
        ("Dune", "parks-landscape"),
        ("Curtain rail white", "trains-transport"),
        ("Drill team uniform", "diy-tools"),
        ("Date stamp", "collecting"),
        ("Bathroom suite", "hotels-stays"),
        ("Canary in a coal mine", "birds-small-pets"),
        ("Flash Gordon", "wine-beer-spirits"),
        ("Contraction of muscles", "pregnancy-birth"),
        ("Wader bird print", "fishing-hunting"),
        ("Rust remover", "programming"),
        ("Plan C: a novel", "programming"),
        ("Mona Lisa", "mortgages"),
        ("Lisa Frankenstein", "literary-fiction"),
        ("A good catch", "literary-fiction"),  # "catch-22"
        ("The concept", "gym-strength"),  # "concept2"
        ("The whole story", "diets"),  # "whole30"
        ("Jet engine", "flights"),  # "jet2"
        ("Clark Kent", "shoes"),
        ("Dua Lipa", "islam"),
        ("Doctor Who", "hospitals-doctors"),
    ],
)
def test_a_common_word_or_a_first_name_is_no_term(title: str, subtopic: str) -> None:
    assert subtopic not in {IDS[owner] for owner in Lexicon(VOCABULARY).hits([title]).owners.tolist()}


def test_a_name_of_a_maker_labels_no_theme() -> None:
    titles = ["Fitbit Charge 4", "Fitbit Versa", "Fitbit Inspire HR", "Fitbit Luxe"]
    assert "Fitbits" not in RuleNames(VOCABULARY).name(titles, "wearables")


def test_a_title_without_terms_says_nothing() -> None:
    assert not len(Lexicon(VOCABULARY).hits(["Zyx", "12345", ""]).owners)


@pytest.mark.parametrize("title", ["白玉 500g", "Zyx 20k", "Zyx F40", "Zyx 18th", "Zyx 2d"])
def test_the_letters_of_a_unit_or_a_model_are_no_term(title: str) -> None:
    assert not len(Lexicon(VOCABULARY).hits([title]).owners)  # "g" alone is no "G7", "f" is no "F1"


@pytest.mark.parametrize(
    ("title", "subtopic"),
    [
        ("The front radio", "podcasts-radio"),  # "radio 4"
        ("The last omega", "vitamins-supplements"),  # "omega 3"
        ("Blue paint", "classical-jazz"),  # "blues"
        ("A bond between them", "investing-saving"),  # "bonds"
    ],
)
def test_a_term_is_found_with_its_number_and_in_its_plural_only(title: str, subtopic: str) -> None:
    assert subtopic not in {IDS[owner] for owner in Lexicon(VOCABULARY).hits([title]).owners.tolist()}


def test_titles_of_every_kind_are_right_as_often_as_is_said() -> None:
    tenths = tree_scores(placed(of_gold(WIDE, MiniLm()), WIDE), WIDE)["by_confidence"]
    off = [row["evidence"] * abs(row["confidence"] - row["right"]) for row in tenths]
    assert sum(off) <= 0.07 * sum(row["evidence"] for row in tenths)


def test_an_item_whose_own_words_deny_the_topic_of_its_theme_stands_nowhere() -> None:
    taxonomy = of_gold(WIDE, MiniLm())
    found = placed(taxonomy, WIDE)
    assert 0 < len(taxonomy.unplaced) < 0.06 * len(WIDE)
    assert len(found) + len(taxonomy.unplaced) == len(WIDE)
    assert tree_scores(found, WIDE)["topic"] >= 0.82


def test_chinese_items_stand_where_a_person_files_them() -> None:
    scores = tree_scores(placed(of_chinese(MultilingualE5())), CHINESE)
    assert scores["topic"] >= 0.93 and scores["subtopic"] >= 0.88
    assert scores["majority"]["topic"] < 0.3


def test_chinese_items_are_placed_by_their_words_where_the_embedder_reads_english_only() -> None:
    taxonomy = of_chinese(MiniLm())
    found = placed(taxonomy)
    scores = tree_scores(found, CHINESE)
    assert scores["topic"] >= 0.88 and scores["subtopic"] >= 0.8
    assert len(found) + len(taxonomy.unplaced) == len(CHINESE)
    assert 0 < len(taxonomy.unplaced) < 30


def test_a_vocabulary_of_ones_own_is_read_by_its_own_words() -> None:
    own = Vocabulary(
        topics=(
            Topic(
                id="tea",
                en="Tea",
                zh="茶",
                subtopics=(
                    Subtopic(
                        id="black-tea", en="Black tea", zh="红茶", about_en="assam, darjeeling, english breakfast"
                    ),
                    Subtopic(id="tea-ware", en="Tea ware", zh="茶具", about_en="teapot, teacup, saucer"),
                ),
            ),
            Topic(id="garden", en="Garden", zh="花园", about_en="plants, seeds, lawn"),
        )
    )
    items = [
        Item(item_id="a", title="Darjeeling first flush"),
        Item(item_id="b", title="Teapot blue"),
        Item(item_id="c", title="Lawn seed"),
    ]
    embedder = MiniLm()
    taxonomy = build_taxonomy(items, embedder.embed([item.title for item in items]), own, embedder)
    _, themes, _ = taxonomy.assignments(["a", "b", "c"])
    assert [taxonomy.subtopics[taxonomy.theme_subtopics[theme]].id for theme in themes] == [
        "black-tea",
        "tea-ware",
        "garden.general",
    ]
    assert np.all(taxonomy.subtopic_topics == [0, 0, 1])


def test_confidence_never_falls_where_members_agree_more_or_more_of_them_name_the_place() -> None:
    shares = np.linspace(0, 1, 21)
    grid = np.array([(agreed, named) for agreed in shares for named in shares])
    stated = confidences(np.repeat(grid[:, :1], 2, axis=1), np.repeat(grid[:, 1:], 2, axis=1))[:, 0].reshape(21, 21)
    assert np.all(np.diff(stated, axis=0) >= 0) and np.all(np.diff(stated, axis=1) >= 0)
    assert stated[-1, -1] > 0.95 and stated[10, 0] < 0.5 < stated[10, 20]  # half agreed: a term in every title decides
