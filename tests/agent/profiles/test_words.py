"""Messages are about a topic where that is sure, in English and Chinese with the default embedder, and small talk is about nothing."""

from pathlib import Path

import pytest
from small_world import WordEmbedder

from penchant.agent.profiles.words import WordPlacer
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import Settings
from penchant.store.embedders import open_embedder


@pytest.fixture(scope="module")
def placer(tmp_path_factory: pytest.TempPathFactory) -> WordPlacer:
    home: Path = tmp_path_factory.mktemp("home")
    embedder = open_embedder(Settings(home=home))
    return WordPlacer(Placement(Vocabulary.load(), embedder), embedder)


def test_small_talk_is_about_nothing(placer: WordPlacer) -> None:
    talk = ["ok", "good night", "thanks!", "hello", "好的", "晚安", "谢谢", "哈哈", "再来一个"]
    assert placer.place(talk) == dict.fromkeys(talk)


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("川菜有哪些代表菜", "food-drink"),
        ("互斥锁和信号量有什么区别", "technology-computing"),
        ("猫粮推荐", "pets"),
        ("hiking in the mountains", "outdoors-nature"),
        ("what should I feed my new kitten", "pets"),
        ("我想学川菜", "food-drink"),
        ("I want to learn Sichuan cooking", "food-drink"),
    ],
)
def test_a_message_is_placed_in_either_language(placer: WordPlacer, message: str, topic: str) -> None:
    [place] = placer.place([message]).values()
    vocabulary = Vocabulary.load()
    assert place is not None
    assert topic in (
        place,
        *(topic.id for topic in vocabulary.topics if any(sub.id == place for sub in topic.subtopics)),
    )


@pytest.mark.parametrize(
    ("text", "read"), [("猫粮推荐", True), ("I like cats", True), ("люблю кошек", False), ("👍 42", True), ("", True)]
)
def test_only_words_that_cannot_be_read_are_lost(placer: WordPlacer, text: str, read: bool) -> None:
    assert placer.reads(text) is read


def test_an_embedder_that_no_classifier_knows_reads_by_the_descriptions() -> None:
    embedder = WordEmbedder()
    placer = WordPlacer(Placement(Vocabulary.load(), embedder), embedder)
    described = next(sub for topic in Vocabulary.load().topics for sub in topic.subtopics)
    text = f"{described.en} {described.about_en}"
    assert placer.reads("люблю кошек") and placer.reads(text)
    assert placer.place([text, "👍"]) == {text: described.id, "👍": None}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("milk", "groceries"),
        ("trail running", "running-athletics"),
        ("Fantasy novels", "fantasy-scifi-books"),
        ("耳机", "headphones-speakers"),
        ("布偶猫", "cats"),
        ("京剧", "theatre-opera"),
    ],
)
def test_a_text_that_is_a_term_of_the_vocabulary_is_placed_by_that_term(
    placer: WordPlacer, text: str, place: str
) -> None:
    assert placer.place([text]) == {text: place}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("every Kazuo Ishiguro novel", "books-literature"),
        ("read about three novels a week", "books-literature"),
        ("slow risotto with saffron", "food-drink"),
        ("I'm a student", "careers-education"),
        ("climb at the bouldering hall every week", "hiking-climbing"),
        ("brewing cider", "wine-beer-spirits"),
    ],
)
def test_a_text_counts_for_a_subtopic_only_where_it_is_nearer_than_the_others_or_named_alone(
    placer: WordPlacer, text: str, place: str
) -> None:
    assert placer.place([text]) == {text: place}
