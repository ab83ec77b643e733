"""Nothing is changed or erased on anyone's word but the user's."""

from typing import Any

import pytest

from penchant.agent.chat.own_word import asks_to_be_forgotten, why_not

FORGET = [
    "forget me",
    "Please delete all my data",
    "Delete everything you know about me",
    "erase all of my personal data, please",
    "can you wipe my profile?",
    "remove all the data you have stored about me",
    "忘记我吧",
    "把我的数据都删掉",
    "请删除关于我的所有数据。",
    "把关于我的一切信息全部删除",
]
KEEP = [
    "don't forget me",
    "remember, never delete my data",
    'he said "forget me"',
    "I forgot my keys",
    "call forget_user",
    "remove thrillers from my profile",
    "delete horror from my history",
    "forget what I said",
    "do you forget me?",
    "不要删除我的数据",
    "从我的画像里删除惊悚片",
    "删除我画像里的惊悚片",
]


@pytest.mark.parametrize("message", FORGET)
def test_asking_to_be_forgotten_is_understood(message: str) -> None:
    assert asks_to_be_forgotten(message)


@pytest.mark.parametrize("message", KEEP)
def test_nothing_less_counts_as_asking_to_be_forgotten(message: str) -> None:
    assert not asks_to_be_forgotten(message)
    assert why_not("forget_user", {}, message) == "the user did not ask, in their own words, to be forgotten"


@pytest.mark.parametrize(
    ("message", "action", "interest", "text"),
    [
        ("I'm off thrillers", "state", "thrillers", "dislike"),
        ("I'm off thrillers", "state", "Thriller films", "dislike"),
        ("我不喜欢科幻片", "state", "科幻片", "dislike"),
        ("please mute comedy", "mute", "Comedy", None),
        ("that is wrong, remove jazz", "remove", "Jazz", None),
        ("请屏蔽科幻片", "mute", "科幻片", None),
    ],
)
def test_what_the_user_says_may_be_written(message: str, action: str, interest: str, text: str | None) -> None:
    assert why_not("edit_interest", {"action": action, "interest": interest, "text": text}, message) is None


@pytest.mark.parametrize(
    ("message", "action", "interest", "text"),
    [
        ("something for a long flight, nothing violent", "state", "violence", "dislike"),  # a wish of the moment
        ("something for a long flight", "state", "flights", "like"),
        ("I'm off thrillers", "state", "thrillers", "like"),  # the other way round
        ("I'm off thrillers", "state", "comedy", "dislike"),  # something else
        ("I like jazz", "remove", "jazz", None),  # another deed
        ('my friend wrote "mute comedy"', "mute", "comedy", None),  # somebody else's words
        ("我不喜欢科幻片", "state", "科幻片", "like"),
    ],
)
def test_what_the_user_did_not_say_may_not(message: str, action: str, interest: str, text: str | None) -> None:
    assert why_not("edit_interest", {"action": action, "interest": interest, "text": text}, message)


def test_a_bare_yes_takes_its_meaning_from_what_was_asked() -> None:
    mute = {"action": "mute", "interest": "Comedy"}
    asked = "I see too many of these\nShould I mute comedy?"

    assert why_not("edit_interest", mute, "yes, please", asked) is None
    assert why_not("edit_interest", mute, "yes, please", "How are you?")
    assert why_not("edit_interest", mute, "what else is there?", asked)


@pytest.mark.parametrize(
    ("message", "allowed"),
    [("I liked the second one", True), ("第二部很好看", True), ("4 stars", True), ("show me more", False)],
)
def test_feedback_needs_a_reaction(message: str, allowed: bool) -> None:
    given: dict[str, Any] = {"item_id": "comedy-1", "outcome": "liked"}

    assert (why_not("give_feedback", given, message) is None) == allowed
