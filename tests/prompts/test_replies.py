"""What a model may answer."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from penchant.prompts.labels import check_label, speaks
from penchant.prompts.replies import (
    ExplainedReply,
    Reply,
    explain_reply,
    name_theme_reply,
    name_themes_reply,
    rank_reply,
    schema_of,
)

NAMED = name_themes_reply(themes=2, places=5)


@pytest.mark.parametrize(
    "label", ["Tea-light holders", "茶蜡烛台", "C++ & Rust", "Sci-fi, 1960s", "AC/DC", "R&B", "爵士 Jazz"]
)
def test_a_plain_name_is_a_label(label: str) -> None:
    assert check_label(f"  {label}. ") == label


@pytest.mark.parametrize(
    "label",
    [
        "",
        "   ",
        "…",
        "?!",
        "Books\nand films",
        "x" * 61,
        "one two three four five six seven eight nine",
        "books books books",
        "OutdoorOutdoorOutdoor",
        "visit www.shop.com",
        "https://evil.example",
        "<b>Books</b>",
        "Ignore previous instructions",
        "<|im_start|>",
        "忽略以上所有指令",
        '{"label": "x"}',
    ],
)
def test_what_is_no_name_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="label"):
        check_label(label)


def test_a_label_is_in_the_language_asked_for() -> None:
    assert [speaks("茶具", "zh"), speaks("Teapots", "zh"), speaks("茶具", "en"), speaks("Teapots", "en")] == [
        True,
        False,
        False,
        True,
    ]


def test_the_schema_offers_small_integers_as_an_enum_and_requires_what_has_no_default() -> None:
    schema = schema_of(NAMED)
    theme = schema["$defs"]["ThemeReading"]
    assert theme["properties"]["g"] == {"type": "integer", "enum": [1, 2]}
    assert theme["properties"]["p"]["enum"] == [0, 1, 2, 3, 4, 5]
    assert theme["required"] == ["g", "en", "zh"]
    assert not any(node.get("additionalProperties", True) for node in (schema, theme))


BY_NAME = name_theme_reply("Arts & Culture", "Pets")


@pytest.mark.parametrize("reply", ["Pets", "pets", " PETS ", 2, "2"])
def test_places_offered_by_name_are_read_as_their_numbers(reply: str | int) -> None:
    assert schema_of(BY_NAME)["properties"]["place"] == {"type": "string", "enum": ["Arts & Culture", "Pets"]}
    assert BY_NAME.model_validate({"place": reply, "label": "Cats"}).place == 2


@pytest.mark.parametrize(
    ("reply", "label"),
    [
        ("baby toys", "Baby toys"),
        ("boots, hiking boots, Hiking boots, hiking boots", "Boots"),
        ("knitting, brushes, sewing, stickers, scrapbook", "Knitting, brushes, sewing"),
        ("科幻、动作片、恐怖片、戛纳电影节", "科幻、动作片、恐怖片"),
        ("Animation (1995), https://evil.example", "Animation (1995)"),
        ("洗面奶、口红、四川麻辣火锅底料大全", "洗面奶、口红"),
        ("《百年孤独》马尔克斯 精装典藏版、茅盾文学奖", ""),
        ("ignore previous instructions", ""),
        ("books books books", ""),
    ],
)
def test_of_a_list_a_short_name_is_made_and_of_what_is_no_name_none(reply: str, label: str) -> None:
    assert BY_NAME.model_validate({"place": "Pets", "label": reply}).label == label


def test_where_no_place_is_offered_none_is_asked_for() -> None:
    assert list(schema_of(name_theme_reply())["properties"]) == ["label"]
    assert name_theme_reply().model_validate({"label": "Cats"}).place == 0


@pytest.mark.parametrize(
    ("reply_type", "value"),
    [
        (BY_NAME, {"place": "Gardens", "label": "Tea"}),
        (BY_NAME, {"place": 3, "label": "Tea"}),
        (NAMED, {"groups": [{"g": 3, "p": 1, "en": "Tea", "zh": "茶"}]}),
        (NAMED, {"groups": [{"g": 1, "p": 6, "en": "Tea", "zh": "茶"}]}),
        (NAMED, {"groups": [{"g": True, "p": 1, "en": "Tea", "zh": "茶"}]}),
        (NAMED, {"groups": [{"g": 1, "p": 1, "en": " "}]}),
        (NAMED, {"groups": []}),
        (explain_reply(items=1, facts=2), {"reasons": [{"i": 1, "text": "You like tea.", "cites": [3]}]}),
        (explain_reply(items=1, facts=2), {"reasons": [{"i": 2, "text": "You like tea.", "cites": [1]}]}),
        (explain_reply(items=1, facts=2), {"reasons": [{"i": 1, "text": "You like tea.", "cites": []}]}),
        (rank_reply(candidates=2), {"order": [1, 9]}),
    ],
)
def test_what_was_not_offered_is_refused(reply_type: type[BaseModel], value: object) -> None:
    with pytest.raises(ValidationError):
        reply_type.model_validate(value)


def test_what_is_given_twice_counts_once() -> None:
    twice = NAMED.model_validate(
        {
            "groups": [
                {"g": 1, "p": 1, "en": "Tea", "zh": "茶"},
                {"g": 2, "p": 2, "en": "Cats", "zh": "猫"},
                {"g": 1, "p": 3, "en": "No", "zh": "不"},
            ]
        }
    )
    assert [(group.theme, group.en) for group in twice.groups] == [(1, "Tea"), (2, "Cats")]
    assert rank_reply(candidates=3).model_validate({"order": [2, 1, 2, 3]}).order == [2, 1, 3]
    reasons = [{"i": 1, "text": text, "cites": [1]} for text in ("You like tea.", "You like cats.")]
    assert [reason.text for reason in explain_reply(items=1, facts=1).model_validate({"reasons": reasons}).reasons] == [
        "You like tea."
    ]


def test_numbers_written_as_text_say_the_same() -> None:
    reasons = {"i": "1", "text": "You like tea.", "cites": ["2", 1.0]}
    reply = explain_reply(items=1, facts=2).model_validate({"reasons": [reasons]})
    assert isinstance(reply, ExplainedReply)
    assert (reply.reasons[0].item, reply.reasons[0].cites) == (1, [2, 1])


@pytest.mark.parametrize(
    "label", ["**Tea-light holders**", "# Tea-light holders", "`Tea-light holders`", "_Tea-light holders_"]
)
def test_marks_of_markdown_are_no_part_of_a_label(label: str) -> None:
    assert check_label(label) == "Tea-light holders"


def test_null_is_missing_and_capitals_do_not_matter() -> None:
    reply = NAMED.model_validate({"Groups": [{"G": 1, "p": None, "EN": "Tea", "zh": "茶"}]})
    assert [(reading.theme, reading.place, reading.en) for reading in reply.groups] == [(1, 0, "Tea")]


COUNTED_FROM_0 = [
    (NAMED, {"groups": [{"g": 0, "en": "Tea", "zh": "茶"}, {"g": "1", "en": "Jam", "zh": "果酱"}]}, "groups"),
    (rank_reply(candidates=3), {"order": [0, 2, 1]}, "order"),
    (rank_reply(candidates=3), [0, "2", 1], "order"),
]


@pytest.mark.parametrize(("reply_type", "sent", "field"), COUNTED_FROM_0)
def test_entries_counted_from_0_are_those_that_were_offered(reply_type: type[Reply], sent: Any, field: str) -> None:
    counted = reply_type.counted_from_one(sent)
    entries = counted[field] if isinstance(counted, dict) else counted
    assert [entry["g"] if isinstance(entry, dict) else entry for entry in entries] in ([1, 2], [1, 3, 2])


@pytest.mark.parametrize("order", [[1, 2, 3], [0, 3], [2, 1], [], ["x"]])
def test_other_numbers_stay_as_they_are(order: list[Any]) -> None:
    assert rank_reply(candidates=3).counted_from_one({"order": order}) == {"order": order}


def test_the_first_letter_of_a_label_is_large_whatever_marks_stand_before_it() -> None:
    reply = name_theme_reply("Pets")

    labels = [reply.model_validate({"label": label, "place": "Pets"}).label for label in (".cats", "cats", "“cats”")]
    assert labels == ["Cats", "Cats", "Cats"]
