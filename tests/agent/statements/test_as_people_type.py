"""What people type and speak without much care is heard as what they mean: fillers, a "no" that answers, clauses that a comma joins."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def heard(message: str) -> list[tuple[str, str | None]]:
    return [(found.subject, found.polarity) for found in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("no i don't like country music", [("country music", "dislike")]),
        ("no not that one i dont like country music", [("country music", "dislike")]),
        ("no i hate jazz", [("jazz", "dislike")]),
        ("nah i dont like jazz", [("jazz", "dislike")]),
        ("lowkey hate going to the gym 😭", [("going to the gym", "dislike")]),
        ("I can't stand earplugs tho", [("earplugs", "dislike")]),
        ("i only drink oat milk by the way", [("oat milk", "like")]),
        ("ugh i hate mushrooms so not that one", [("mushrooms", "dislike")]),
        ("i dont drink coffee, makes me jittery", [("coffee", "dislike")]),
        ("I live near the coast in Maine so salt spray is a concern", [("the coast in Maine", None)]),
        ("i wanna learn guitar sooo bad", [("learn guitar", "like")]),
        ("i wanna stop here", []),
        ("roses are too much work for me", [("roses", "dislike")]),
        ("我从来不吃辣哈哈", [("辣", "dislike")]),
        ("唉，我讨厌下雨天呜呜呜", [("下雨天", "dislike")]),
        ("我唔食辣㗎", [("辣", "dislike")]),
        ("我最憎排队", [("排队", "dislike")]),
        ("我唔钟意榴莲", [("榴莲", "dislike")]),
    ],
)
def test_what_only_surrounds_a_sentence_is_no_part_of_it(
    message: str, statements: list[tuple[str, str | None]]
) -> None:
    assert heard(message) == statements


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I love tea, hate coffee", [("tea", "like"), ("coffee", "dislike")]),
        ("I like jazz, can't stand pop", [("jazz", "like"), ("pop", "dislike")]),
        ("I love summer, winter is not for me", [("summer", "like"), ("winter", "dislike")]),
        ("I play guitar, drums are too loud for me", [("guitar", None), ("drums", "dislike")]),
        ("I love spicy food, sweets not so much", [("spicy food", "like"), ("sweets", "dislike")]),
        (
            "souls games are my jam, turn-based stuff bores me",
            [("souls games", "like"), ("turn-based stuff", "dislike")],
        ),
        ("I hate crowds, small venues are my favourite", [("crowds", "dislike"), ("small venues", "like")]),
        ("I prefer tents over vans, though hostels are fine in winter.", [("tents", "like")]),
        ("I'm saving up for a canoe, should have the money by spring.", [("canoe", "like")]),
        ("I tend to cook from scratch, ready meals feel sad.", [("cook from scratch", "like")]),
        ("I like rice, I eat it every day.", [("rice", "like")]),
        ("I'm terrified of wasps, please don't show me photos of any.", [("wasps", "dislike")]),
        ("I love anime, art and music", [("anime", "like"), ("art", "like"), ("music", "like")]),
    ],
)
def test_clauses_that_a_comma_joins_state_one_thing_each(
    message: str, statements: list[tuple[str, str | None]]
) -> None:
    assert heard(message) == statements


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("我吃素", [("吃素", "like")]),
        ("平时不吃冰的", [("冰的", "dislike")]),
        ("我不坐飞机的", [("飞机", "dislike")]),
        ("香味重的我不用", [("香味重的", "dislike")]),
        ("养了只狗", [("狗", None)]),
        ("我每周四要上夜班", [("上夜班", "like")]),
        ("最近在追《The Bear》，超好看", [("《The Bear》", "like")]),
        ("我现在跟老伴住在县城里", [("县城里", None)]),
    ],
)
def test_a_chinese_subject_ends_where_its_words_do(message: str, statements: list[tuple[str, str | None]]) -> None:
    assert heard(message) == statements


@pytest.mark.parametrize(
    ("message", "scope"),
    [
        ("My middle one is allergic to peanuts", "for my middle one"),
        ("my eldest is vegetarian", "for my eldest"),
        ("my other half is vegan", "for my other half"),
        ("my two-year-old is allergic to milk", "for my two-year-old"),
        ("老二对鸡蛋过敏，别放鸡蛋", "为老二"),
    ],
)
def test_what_a_child_or_partner_needs_is_theirs(message: str, scope: str) -> None:
    assert [found.scope for found in DETECTOR.detect(message)] == [scope]


def test_what_an_old_friend_eats_is_nobodys() -> None:
    assert heard("my oldest friend is vegan") == []
