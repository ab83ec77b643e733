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
        ("I love anime, art and music", [("anime", "like"), ("art", "like"), ("music", "like")]),
    ],
)
def test_clauses_that_a_comma_joins_state_one_thing_each(
    message: str, statements: list[tuple[str, str | None]]
) -> None:
    assert heard(message) == statements
