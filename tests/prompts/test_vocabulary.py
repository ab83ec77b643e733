"""The vocabulary: complete in both languages, replaceable by one file, and clear about what is wrong with a file."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from penchant.errors import NotFoundError, UsageError
from penchant.prompts.vocabulary import DescribedPlace, Subtopic, Topic, Vocabulary

CONTRACT = [
    "Arts & Culture",
    "Automotive",
    "Beauty & Personal Care",
    "Books & Literature",
    "Business & Finance",
    "Careers & Education",
    "Children & Family",
    "Electronics & Gadgets",
    "Events & Holidays",
    "Fashion & Accessories",
    "Food & Drink",
    "Games & Puzzles",
    "Health & Wellness",
    "Hobbies & Crafts",
    "Home & Garden",
    "Movies & TV",
    "Music & Audio",
    "News & Politics",
    "Outdoors & Nature",
    "Pets",
    "Real Estate",
    "Religion & Spirituality",
    "Science",
    "Shopping & Deals",
    "Sports & Fitness",
    "Technology & Computing",
    "Travel",
    "Video Games",
]

SMALL = """
[[topics]]
id = "tea"
en = "Tea"
zh = "茶"
about_en = "leaves and pots"
subtopics = [{ id = "green-tea", en = "Green Tea", zh = "绿茶", about_zh = "龙井" }]

[[topics]]
id = "maps"
en = "Maps"
zh = "地图"
"""


@pytest.fixture
def built_in() -> Vocabulary:
    return Vocabulary.load()


def file_of(folder: Path, text: str) -> Path:
    path = folder / "vocabulary.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_built_in_topics_are_the_28_of_the_contract(built_in: Vocabulary) -> None:
    assert [topic.en for topic in built_in.topics] == CONTRACT


def test_a_topic_id_is_its_english_name_as_a_slug(built_in: Vocabulary) -> None:
    slugs = [name.lower().replace(" & ", "-").replace(" ", "-") for name in CONTRACT]
    assert [topic.id for topic in built_in.topics] == slugs


def test_every_built_in_topic_has_5_to_12_subtopics(built_in: Vocabulary) -> None:
    assert {topic.id: len(topic.subtopics) for topic in built_in.topics if not 5 <= len(topic.subtopics) <= 12} == {}


def test_every_built_in_place_is_named_and_described_in_both_languages(built_in: Vocabulary) -> None:
    places = [place for topic in built_in.topics for place in (topic, *topic.subtopics)]
    lacking = [place.id for place in places if not (place.about_en and place.about_zh)]
    not_chinese = [p.id for p in places if not any("\u4e00" <= character <= "\u9fff" for character in p.zh)]
    assert (lacking, not_chinese) == ([], [])


def test_no_two_built_in_subtopics_of_a_topic_share_a_label(built_in: Vocabulary) -> None:
    for topic in built_in.topics:
        for language in ("en", "zh"):
            labels = [subtopic.label(language) for subtopic in topic.subtopics]
            assert len(set(labels)) == len(labels), topic.id


def test_ids_lead_to_topics_subtopics_and_labels(built_in: Vocabulary) -> None:
    assert built_in.topic("home-garden").subtopics[0] == built_in.subtopic("candles-lighting")
    assert built_in.topic_of("candles-lighting") is built_in.topic("home-garden")
    assert [built_in.label("home-garden", language) for language in ("en", "zh")] == ["Home & Garden", "家居与园艺"]
    assert built_in.label("christmas", "zh") == "圣诞节"


@pytest.mark.parametrize("text", ["home & garden", "  Home  &  GARDEN ", "家居与园艺", "home-garden"])
def test_a_topic_is_found_by_any_of_its_names_in_any_case(built_in: Vocabulary, text: str) -> None:
    assert built_in.find(text) is built_in.topic("home-garden")


def test_a_subtopic_is_found_by_its_label_and_the_unknown_is_not(built_in: Vocabulary) -> None:
    assert built_in.find("christmas") == built_in.subtopic("christmas")
    assert built_in.find("underwater basket weaving") is None


def test_every_name_finds_a_place_of_that_name(built_in: Vocabulary) -> None:
    for topic in built_in.topics:
        for place in (topic, *topic.subtopics):
            found = built_in.find(place.en)
            assert found is not None
            assert found.en == place.en


@pytest.mark.parametrize("look_up", ["topic", "subtopic", "topic_of"])
def test_an_unknown_id_is_refused_by_name(built_in: Vocabulary, look_up: str) -> None:
    with pytest.raises(NotFoundError, match="'no-such-place'"):
        getattr(built_in, look_up)("no-such-place")


def test_a_file_replaces_the_built_in_vocabulary(tmp_path: Path) -> None:
    vocabulary = Vocabulary.load(file_of(tmp_path, SMALL))
    green = Subtopic(id="green-tea", en="Green Tea", zh="绿茶", about_zh="龙井")
    tea = Topic(id="tea", en="Tea", zh="茶", about_en="leaves and pots", subtopics=(green,))
    assert vocabulary == Vocabulary(topics=(tea, Topic(id="maps", en="Maps", zh="地图")))


def test_places_carry_the_text_to_embed_in_each_language(tmp_path: Path) -> None:
    assert list(Vocabulary.load(file_of(tmp_path, SMALL)).places()) == [
        DescribedPlace("tea", None, {"en": "Tea: leaves and pots", "zh": "茶"}),
        DescribedPlace("tea", "green-tea", {"en": "Green Tea", "zh": "绿茶: 龙井"}),
        DescribedPlace("maps", None, {"en": "Maps", "zh": "地图"}),
    ]


def test_loading_twice_gives_the_same_object_and_a_changed_file_a_new_one(tmp_path: Path) -> None:
    path = file_of(tmp_path, SMALL)
    first = Vocabulary.load(path)
    assert Vocabulary.load(path) is first
    assert Vocabulary.load() is Vocabulary.load()
    path.write_text(SMALL.replace("Maps", "Atlases"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert Vocabulary.load(path).topic("maps").en == "Atlases"


def test_a_vocabulary_cannot_be_changed(built_in: Vocabulary) -> None:
    with pytest.raises(ValidationError):
        setattr(built_in.topics[0], "en", "Other")  # noqa: B010


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SMALL.replace('id = "maps"', 'id = "green-tea"'), "the id 'green-tea' twice"),
        (SMALL.replace('zh = "地图"', ""), "topics → 2 → zh: Field required"),
        (SMALL.replace('en = "Green Tea", ', ""), "topics → 1 → subtopics → 1 → en: Field required"),
        (SMALL.replace('en = "Maps"', 'en = "  "'), "topics → 2 → en"),
        (SMALL.replace('id = "maps"', 'id = "Maps & Co"'), "topics → 2 → id"),
        (SMALL.replace("about_en", "abuot_en"), "abuot_en"),
        ("topics = []", "topics: "),
        ("", "topics: Field required"),
        ("[[topics", "not UTF-8 TOML"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_what_to_mend(tmp_path: Path, text: str, says: str) -> None:
    path = file_of(tmp_path, text)
    with pytest.raises(UsageError) as refusal:
        Vocabulary.load(path)
    assert says in str(refusal.value)
    assert str(path) in str(refusal.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.toml"
    path.write_bytes(SMALL.encode("gb18030"))
    with pytest.raises(UsageError, match="UTF-8"):
        Vocabulary.load(path)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="setting 'vocabulary'"):
        Vocabulary.load(tmp_path / name)


def test_a_label_is_translated_where_the_vocabulary_has_its_place_and_kept_where_not() -> None:
    vocabulary = Vocabulary.load()
    place = vocabulary.topics[0]
    labels = [vocabulary.translated(name, place.en, "zh") for name in (place.id, "3f2a-of-a-catalogue")]
    assert labels == [place.zh, place.en]
