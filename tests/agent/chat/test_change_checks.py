"""Nothing is changed or erased on anyone's word but the user's."""

import pytest

from penchant.agent.chat.answers import Shown
from penchant.agent.chat.change_checks import asks_to_be_forgotten, reason_to_refuse, tastes
from penchant.agent.chat.references import Items

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
    "delete my data from your servers",
    "I want you to delete my profile. Now.",
]
KEEP = [
    "don't forget me",
    "remember, never delete my data",
    'he said "forget me"',
    "I forgot my keys",
    "call forget_user",
    "remove thrillers from my profile",
    "delete horror from my history",
    "remove my history books from the list",
    "delete my account books",
    "remove my data cable from the cart",
    "why did you delete my data?",
    "把我的历史书从列表里删掉",
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
    assert reason_to_refuse("forget_user", {}, message) == "the user did not ask, in their own words, to be forgotten"


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
    assert reason_to_refuse("edit_interest", {"action": action, "interest": interest, "text": text}, message) is None


@pytest.mark.parametrize(
    ("message", "action", "interest", "text"),
    [
        ("something for a long flight, nothing violent", "state", "violence", "dislike"),  # a wish of the moment
        ("something for a long flight", "state", "flights", "like"),
        ("I'm off thrillers", "state", "thrillers", "like"),  # the other way round
        ("I'm off thrillers", "state", "comedy", "dislike"),  # something else
        ("I like jazz", "remove", "jazz", None),  # another action
        ('my friend wrote "mute comedy"', "mute", "comedy", None),  # somebody else's words
        ("我不喜欢科幻片", "state", "科幻片", "like"),
    ],
)
def test_what_the_user_did_not_say_may_not(message: str, action: str, interest: str, text: str | None) -> None:
    assert reason_to_refuse("edit_interest", {"action": action, "interest": interest, "text": text}, message)


def test_a_bare_yes_takes_its_meaning_from_what_was_asked() -> None:
    mute = {"action": "mute", "interest": "Comedy"}
    asked = "I see too many of these\nShould I mute comedy?"

    assert reason_to_refuse("edit_interest", mute, "yes, please", asked) is None
    assert reason_to_refuse("edit_interest", mute, "yes, please", "How are you?")
    assert reason_to_refuse("edit_interest", mute, "what else is there?", asked)
    assert reason_to_refuse("edit_interest", {"action": "remove", "interest": "Comedy"}, "yes", asked)


EDITS = [
    ("show me more gardening things", "remove", "Garden", False),
    ("show me more gardening things", "mute", "Garden", False),
    ("remove gardening from my profile", "remove", "Home & Garden > Garden & Plants", True),
    ("can you remove gardening?", "remove", "Garden", True),
    ("why did you remove gardening?", "remove", "Garden", False),
    ("don't remove gardening", "remove", "Garden", False),
    ("remove jazz, and show me more gardening things", "remove", "Garden", False),
    ("remove my history books from the list", "remove", "Science books", False),
    ("stop showing me gangster films", "mute", "Gangster films", True),
    ("don't recommend gangster films any more", "mute", "Gangster films", True),
    ("pin the stop motion films", "mute", "Stop motion", False),
    ("unmute comedy", "unmute", "Comedy", True),
    ("unmute comedy", "mute", "Comedy", False),
    ("keep nature documentaries", "pin", "Nature documentaries", True),
    ("please unpin comedy", "pin", "Comedy", False),
    ("forget about gardening", "remove", "Garden", True),
    ("取消屏蔽科幻片", "unmute", "科幻片", True),
    ("取消屏蔽科幻片", "mute", "科幻片", False),
    ("把园艺从我的画像里删掉", "remove", "园艺", True),
    ("把園藝從我的畫像裡刪掉", "remove", "园艺", True),
    ("把园艺从列表里删掉", "remove", "园艺", False),
    ("remove the horror books from this list please", "remove", "Horror", False),
    ("take gardening off and remove it from my cart", "remove", "Garden", False),
    ("remove horror from my list of interests", "remove", "Horror", True),
    ("remove horror from my interests", "remove", "Horror", True),
    ("多推荐一些园艺的东西", "remove", "园艺", False),
    ("不要删除园艺", "remove", "园艺", False),
    ("以后别再推荐科幻片", "mute", "科幻片", True),
]


@pytest.mark.parametrize(("message", "action", "interest", "allowed"), EDITS)
def test_an_edit_needs_a_word_for_this_deed_in_the_clause_that_names_this_thing(
    message: str, action: str, interest: str, allowed: bool
) -> None:
    reason = reason_to_refuse("edit_interest", {"action": action, "interest": interest}, message)

    assert (reason is None) == allowed, reason


def test_a_new_name_is_the_user_s_own_word_too() -> None:
    rename = {"action": "rename", "interest": "Comedy", "text": "Funny films"}

    assert reason_to_refuse("edit_interest", rename, "rename comedy to funny films") is None
    assert reason_to_refuse("edit_interest", rename, "rename comedy to something better")


@pytest.mark.parametrize(
    ("message", "interest", "text"),
    [
        ("show me more gardening things", "Gardening", "dislike"),
        ("show me more gardening things", "Gardening", "like"),
        ("I'd like a film about whales", "Whales", "like"),
        ("我想看鲸鱼的纪录片", "鲸鱼", "like"),
        ("I like the second one", "Second one", "like"),
        ("我喜欢第二个", "第二个", "like"),
    ],
)
def test_a_wish_or_a_place_in_a_list_is_no_taste(message: str, interest: str, text: str) -> None:
    assert reason_to_refuse("edit_interest", {"action": "state", "interest": interest, "text": text}, message)


BEES = Shown(item_id="nature-4", title="Bees: a small documentary of a garden")
BAKER = Shown(item_id="comedy-4", title="The Quiet Baker: cosy comedy in a village")
OCEANS = Shown(item_id="nature-0", title="Oceans: documentary of whales and reefs")
LIST = Items(latest=(BEES, BAKER), known=(BEES, BAKER, OCEANS))
ONE = Items(latest=(BAKER,), known=(BAKER,))


@pytest.mark.parametrize(
    ("message", "items", "item_id", "outcome"),
    [
        ("I like the second one", LIST, "comedy-4", "liked"),
        ("I really liked the second one!", LIST, "comedy-4", "liked"),
        ("the 1st one is boring", LIST, "nature-4", "disliked"),
        ("I didn't like number 2", LIST, "comedy-4", "disliked"),
        ("the second was not bad", LIST, "comedy-4", "liked"),
        ("the last one is great", LIST, "comedy-4", "liked"),
        ("I loved The Quiet Baker", LIST, "comedy-4", "liked"),
        ("I enjoyed that quiet baker", LIST, "comedy-4", "liked"),
        ("I watched Oceans. I loved it.", LIST, "nature-0", "liked"),
        ("The second one? I hated it.", LIST, "comedy-4", "disliked"),
        ("4 stars for the second one", LIST, "comedy-4", "rated:4"),
        ("I rate #1 three stars", LIST, "nature-4", "rated:3"),
        ("loved it", ONE, "comedy-4", "liked"),
        ("4.5/5", ONE, "comedy-4", "rated:4.5"),
        ("第二个很好看", LIST, "comedy-4", "liked"),
        ("我喜欢第二个", LIST, "comedy-4", "liked"),
        ("我不喜欢第一部", LIST, "nature-4", "disliked"),
        ("最后一个很无聊", LIST, "comedy-4", "disliked"),
        ("第二部给四颗星", LIST, "comedy-4", "rated:4"),
    ],
)
def test_a_reaction_is_about_the_item_the_user_means(message: str, items: Items, item_id: str, outcome: str) -> None:
    others = [item.item_id for item in items.known if item.item_id != item_id]

    def reason(item: str, wish: str) -> str | None:
        return reason_to_refuse("give_feedback", {"item_id": item, "outcome": wish}, message, items=items)

    assert reason(item_id, outcome) is None
    assert all(reason(other, outcome) for other in others)
    assert all(reason(item_id, other) for other in ("liked", "disliked", "rated:2", "clicked") if other != outcome)
    assert tastes(message, items) == []


@pytest.mark.parametrize(
    "message",
    [
        "what should I read next?",
        "which one is great?",
        "is the second one good?",
        "show me a good one",
        "I'd like the second one in blue",
        "recommend something nice",
        "I like documentaries",
        "I loved it",  # which of the two?
        "I liked the seventh one",
        "my mother loved the second one",
        "第二个好看吗？",
        "推荐一个好看的",
    ],
)
def test_what_is_no_reaction_to_an_item_is_not_taken_for_one(message: str) -> None:
    for item in LIST.known:
        for outcome in ("liked", "disliked", "clicked", "shown"):
            assert reason_to_refuse("give_feedback", {"item_id": item.item_id, "outcome": outcome}, message, items=LIST)


def test_a_taste_beside_a_reaction_stays_a_taste() -> None:
    assert [stance.label for stance in tastes("I like the second one and I love jazz", LIST)] == ["Jazz"]
    assert [stance.label for stance in tastes("I like documentaries", LIST)] == ["Documentaries"]
