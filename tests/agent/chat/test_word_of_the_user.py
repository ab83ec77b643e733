"""A change needs the word of the user, and means what was spoken of."""

from typing import Any

import pytest
from chat_turns import call, calls, converse, labels, steps

from penchant import InterestAgent
from penchant.agent.llm.scripted_model import CAPABLE, ScriptedModel


@pytest.mark.parametrize(
    ("message", "tool", "arguments"),
    [
        ("show me more gardening things", "edit_interest", {"action": "remove", "interest": "Comedy"}),
        ("show me more comedy", "edit_interest", {"action": "remove", "interest": "Comedy"}),
        ("show me more comedy", "edit_interest", {"action": "state", "interest": "Comedy", "text": "dislike"}),
        ("what should I read next?", "give_feedback", {"item_id": "comedy-0", "outcome": "disliked"}),
        ("remove my history books from the list", "forget_user", {}),
        ("is the second one good?", "give_feedback", {"item_id": "comedy-1", "outcome": "liked"}),
    ],
)
def test_a_model_that_obeys_a_text_it_read_changes_nothing(
    club: InterestAgent, message: str, tool: str, arguments: dict[str, Any]
) -> None:
    before = club.profile("ada"), club.events("ada")
    talk = converse(club, calls(call(tool, **arguments)), "Done.", confirm=lambda question: True)

    answer = talk.ask(message)

    assert ("refused", tool) in steps(answer)
    assert (club.profile("ada"), club.events("ada")) == before


@pytest.mark.parametrize("planned", ["by rule", "by a model"])
@pytest.mark.parametrize(("message", "outcome"), [("I like the second one", "like"), ("第二个很无聊", "dislike")])
def test_a_place_in_the_last_list_is_feedback_on_that_item(
    club: InterestAgent, planned: str, message: str, outcome: str
) -> None:
    replies = (calls(call("recommend_items", k=3)), "Here.", "Good to know.") if planned == "by a model" else ()
    talk = converse(club, *replies)
    second = talk.ask("recommend something").items[1]
    labelled = labels(club)

    answer = talk.ask(message)

    [event] = [event for event in club.events("ada") if event.event_id.startswith("f-")]
    assert (event.item_id, event.type) == (second.item_id, outcome)
    assert second.title in answer.text
    assert ("tool", "edit_interest") not in steps(answer)
    club.update("ada")
    assert [label for label in labels(club) if label not in labelled] == []


@pytest.mark.parametrize(
    ("message", "which"),
    [
        ("the second one was boring", 2),
        ("the second one of the first list was boring", 0),
        ("the second one on the previous page was boring", 1),
        ("上一页的第二个很无聊", 1),
        ("第一个列表的第二个很无聊", 0),
        ("上一頁的第二個很無聊", 1),
    ],
)
def test_a_place_in_an_earlier_list_is_meant_where_it_is_named(club: InterestAgent, message: str, which: int) -> None:
    talk = converse(club)
    lists = [
        talk.ask(wish).items for wish in ("recommend something", "recommend a comedy", "recommend something with bees")
    ]

    talk.ask(message)

    [event] = [event for event in club.events("ada") if event.event_id.startswith("f-")]
    assert (event.item_id, event.type) == (lists[which][1].item_id, "dislike")


@pytest.mark.parametrize(
    "message", ["show me more", "what else is there?", "something else please", "换一批", "還有嗎？", "next page"]
)
def test_more_is_what_was_not_shown_yet(club: InterestAgent, message: str) -> None:
    talk = converse(club)
    first = talk.ask("recommend something").items
    second, third = talk.ask(message).items, talk.ask(message).items

    shown = [item.item_id for listed in (first, second, third) for item in listed]
    assert len(shown) == len(set(shown)) == 15


@pytest.mark.parametrize("message", ["show me more", "换一批"])
def test_more_of_what_was_wished_for_stays_with_the_wish(club: InterestAgent, message: str) -> None:
    talk = converse(club)
    first = talk.ask("recommend bees, nothing about comedy")
    talk.ask("thanks")
    second, third = talk.ask(message), talk.ask(message)

    asked = [step.arguments for answer in (first, second, third) for step in answer.trace if step.kind == "tool"]
    shown = [item.item_id for answer in (first, second, third) for item in answer.items]
    assert [arguments["query"] for arguments in asked] == ["bees"] * 3
    assert len({arguments["avoid"] for arguments in asked}) == 1
    assert len(shown) == len(set(shown)) >= 5


def test_an_item_that_can_no_longer_be_had_is_found_only_by_its_name_and_said_to_be_hidden(club: InterestAgent) -> None:
    gone = club.search_items("bees", 1)[0][0]
    club.hide_items([gone.item_id])
    talk = converse(club)

    assert gone.item_id not in [item.item_id for item in talk.ask("find bees").items]
    assert ("It is hidden.", gone.item_id) in [
        (item.why, item.item_id) for item in talk.ask(f"find {gone.title}").items
    ]


def test_feedback_that_rules_have_written_down_is_not_written_twice(club: InterestAgent) -> None:
    talk = converse(club, calls(call("recommend_items", k=3)), "Here.")
    second = talk.ask("recommend something").items[1]
    again = call("give_feedback", item_id=second.item_id, outcome="liked", recommendation_id="r-1")
    talk.model = ScriptedModel(calls(again), "Noted.", profile=CAPABLE)

    answer = talk.ask("I like the second one")

    assert [step.says for step in answer.trace if step.name == "give_feedback"][1:] == [
        "called before: the earlier answer was given again"
    ]
    assert len([event for event in club.events("ada") if event.event_id.startswith("f-")]) == 1


def test_it_means_the_item_that_was_spoken_of(club: InterestAgent) -> None:
    talk = converse(club)
    second = talk.ask("recommend something").items[1]
    talk.ask("why the second one?")

    talk.ask("I love it")

    assert [event.item_id for event in club.events("ada") if event.event_id.startswith("f-")] == [second.item_id]


@pytest.mark.parametrize(
    ("wish", "more", "nothing_more"),
    [
        ("recommend violent action films", "anything else?", 'Nothing more here fits "violent action'),
        ("推荐 violent action", "还有吗", "没有更多符合「violent action」的了。"),
    ],
)
def test_more_of_a_wish_ends_with_the_last_item_that_fits_it(
    club: InterestAgent, wish: str, more: str, nothing_more: str
) -> None:
    talk = converse(club)
    answers = [talk.ask(wish), *(talk.ask(more) for _ in range(12))]
    further = [item.item_id for answer in answers[1:] for item in answer.items]

    assert answers[-1].items == []
    assert answers[-1].text.startswith(nothing_more)
    assert further and len(further) == len(set(further))
    assert {name.partition("-")[0] for name in further} == {"action"}


def test_more_after_everything_says_that_nothing_is_left(club: InterestAgent) -> None:
    talk = converse(club)
    talk.ask("recommend something")
    answers = [talk.ask("show me more") for _ in range(30)]

    assert (answers[-1].items, answers[-1].text) == (
        [],
        "There is nothing more to recommend: you have been shown everything that is left.",
    )
