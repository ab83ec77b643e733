"""Items that a message only points to: they are shown again, or asked for by their numbers where several can be meant."""

from collections.abc import Iterator

import pytest

from penchant import InterestAgent
from penchant.agent.chat.conversation import Conversation
from penchant.agent.chat.references import asks_to_see
from penchant.tools import open_conversation

TITLES = ("Peanut Butter", "Smoked Salmon", "Green Tea", "绿茶")


@pytest.fixture
def talk(grocer: InterestAgent, request: pytest.FixtureRequest) -> Iterator[Conversation]:
    conversation = open_conversation(grocer, f"user-{request.node.name}")
    yield conversation


def numbers(text: str) -> list[str]:
    return [line for line in text.splitlines() if line[:1].isdigit()]


@pytest.mark.parametrize(
    "message",
    [
        "show me the second one",
        "can I see the 2nd one?",
        "what about the second?",
        "tell me more about number 2",
        "the second one",
        "看看第二个",
        "给我看第二个",
        "第二个怎么样？",
    ],
)
def test_an_item_of_the_list_is_shown_again_by_its_place_and_the_list_stays(talk: Conversation, message: str) -> None:
    listed = talk.ask("recommend something").items

    answer = talk.ask(message)

    assert [item.item_id for item in answer.items] == [listed[1].item_id]
    assert answer.text.startswith(f"2. {listed[1].title}")
    assert talk.ask("the first one").items == [listed[0]]


@pytest.mark.parametrize("message", ["not that one", "I want one", "不要这个", "我要一个", "show me the tenth one"])
def test_which_of_several_is_meant_is_asked_with_their_numbers(talk: Conversation, message: str) -> None:
    listed = talk.ask("recommend something").items

    answer = talk.ask(message)

    assert numbers(answer.text) == [f"{at}. {item.title}" for at, item in enumerate(listed, 1)]


@pytest.mark.parametrize(
    ("message", "reply", "outcome"),
    [
        ("not that one", "the second one", "disliked"),
        ("I want one", "2", "liked"),
        ("不要这个", "第二个", "disliked"),
        ("show me the tenth one", "2", None),
    ],
)
def test_the_answer_to_which_item_completes_what_was_asked_before(
    talk: Conversation, message: str, reply: str, outcome: str | None
) -> None:
    listed = talk.ask("recommend something").items
    talk.ask(message)

    answer = talk.ask(reply)

    given = [step.arguments for step in answer.trace if step.name == "give_feedback" and not step.failed]
    assert [(each["item_id"], each["outcome"]) for each in given] == ([(listed[1].item_id, outcome)] if outcome else [])
    assert outcome or [item.item_id for item in answer.items] == [listed[1].item_id]


@pytest.mark.parametrize(
    ("message", "outcome"), [("not that one", "disliked"), ("不要这个", "disliked"), ("I want one", "liked")]
)
def test_the_only_item_shown_is_meant_without_asking(talk: Conversation, message: str, outcome: str) -> None:
    [item] = talk.ask("recommend one item").items

    answer = talk.ask(message)

    [given] = [step.arguments for step in answer.trace if step.name == "give_feedback"]
    assert (given["item_id"], given["outcome"]) == (item.item_id, outcome)


@pytest.mark.parametrize(
    "message",
    [
        "show me more",
        "show me another one",
        "show me one",
        "show me something",
        "show me the second list",
        "show me green tea",
        "tell me about the first man on the moon",
        "给我看看书",
        "看看别的",
        "再看一些",
    ],
)
def test_other_wishes_point_to_no_item_of_the_list(message: str) -> None:
    assert not asks_to_see(message)
