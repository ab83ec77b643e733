"""OpenAI and LangChain tools: the same capabilities, the same answers, the same closed doors."""

import json
import shlex
from typing import Any

import pytest

from penchant import Event, InterestAgent
from penchant.errors import NotFoundError
from penchant.tools import call_tool, langchain_tools, openai_tools


def call(club: InterestAgent, name: str, arguments: Any = None, **more: Any) -> Any:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments or {})
    return json.loads(call_tool(name, text, agent=club, **more))


def test_a_call_answers_with_the_whole_result_in_json(club: InterestAgent) -> None:
    answer = call(club, "recommend_items", {"user_id": "ada", "k": 2})

    assert len(answer["items"]) == 2
    for item in answer["items"]:
        assert sum(part["value"] for part in item["contributions"]) == pytest.approx(item["score"], abs=1e-6)


def test_arguments_may_come_as_an_object(club: InterestAgent) -> None:
    arguments = {"user_id": "ada", "depth": 1}

    assert json.loads(call_tool("get_profile", arguments, agent=club)) == call(club, "get_profile", arguments)


def test_a_brief_answer_holds_what_a_model_should_read(club: InterestAgent) -> None:
    answer = call(club, "recommend_items", {"user_id": "ada", "k": 2}, full=False)

    assert answer.keys() == {"recommendation_id", "items"}
    assert [item.keys() for item in answer["items"]] == [{"item_id", "title", "why"}] * 2


@pytest.mark.parametrize(
    ("name", "arguments", "error", "detail"),
    [
        ("recommend", {}, "NotFoundError", "there is no tool 'recommend': use one of edit_interest, "),
        ("get_profile", {}, "UsageError", "get_profile was called wrongly: user_id: Field required"),
        ("get_profile", "{", "UsageError", "the arguments are not JSON"),
        ("get_profile", "[]", "UsageError", "the arguments are a JSON list: send one JSON object"),
        ("get_profile", {"user_id": "nobody"}, "NotFoundError", "user 'nobody' is unknown"),
        ("recommend_items", {"user_id": "ada", "k": 0}, "UsageError", "recommend_items was called wrongly: k: "),
        (
            "recommend_items",
            {"user_id": "ada", "domain": "shoes"},
            "NotFoundError",
            "domain 'shoes' has nothing for this user: leave domain out to look everywhere",
        ),
        (
            "search_items",
            {"query": "bees", "domain": "shoes"},
            "NotFoundError",
            "domain 'shoes' has no items: leave domain out to look everywhere",
        ),
        (
            "recommend_items",
            {"user_id": "ada", "query": "What is wanted just now, in the user's words"},
            "UsageError",
            "recommend_items was given a description as its query: put the user's own words there, or leave it out",
        ),
        (
            "record_events",
            {"user_id": "ada", "events": [{"type": "sneeze"}]},
            "UsageError",
            "unknown event type 'sneeze'",
        ),
        (
            "give_feedback",
            {"user_id": "ada", "item_id": "comedy-1", "outcome": "eaten"},
            "UsageError",
            "unknown outcome 'eaten'",
        ),
    ],
)
def test_what_went_wrong_is_told_for_the_model_to_mend(
    club: InterestAgent, name: str, arguments: Any, error: str, detail: str
) -> None:
    answer = call(club, name, arguments)

    assert answer["error"] == error
    assert answer["detail"].startswith(detail)


def test_tools_bound_to_a_user_do_not_ask_whose_and_serve_nobody_else(club: InterestAgent) -> None:
    schemas = [tool["function"]["parameters"] for tool in openai_tools(user_id="ada")]
    other = call(club, "get_profile", {"user_id": "bob"}, user_id="ada")

    assert all("user_id" not in schema["properties"] for schema in schemas)
    assert call(club, "get_profile", user_id="ada")["user_id"] == "ada"
    assert other["error"] == "ConsentError"


def test_nothing_is_destroyed_without_the_user_s_yes(club: InterestAgent) -> None:
    forget = {"user_id": "bob"}
    without, refused = (
        call(club, "forget_user", forget),
        call(club, "forget_user", forget, confirm=lambda question: False),
    )

    assert "needs the user's own confirmation" in without["detail"]
    assert "did not agree" in refused["detail"]
    assert "bob" in {user.user_id for user in club.users()}
    assert call(club, "forget_user", forget, confirm=lambda question: "bob" in question)["residue"] == 0
    assert "bob" not in {user.user_id for user in club.users()}


def test_a_day_with_the_tools(club: InterestAgent) -> None:
    call(club, "record_events", {"user_id": "ada", "events": [{"type": "purchase", "item_id": "action-1"}]})
    receipt = call(club, "update_profile", {"user_id": "ada"})
    edited = call(club, "edit_interest", {"user_id": "ada", "action": "state", "interest": "jazz", "text": "like"})
    found = call(club, "search_items", {"query": "whales", "k": 1})

    assert (receipt["events_new"], receipt["status"]) == (1, "ok")
    assert (edited["action"], edited["interest"], edited["version"]) == ("state", "jazz", receipt["version"] + 1)
    assert [item["item_id"] for item in found["items"]] == ["nature-0"]
    assert "jazz" in call(club, "get_context", {"user_id": "ada", "budget": 100})["text"]


def test_langchain_tools_answer_alike(club: InterestAgent) -> None:
    tools = {tool.name: tool for tool in langchain_tools(club, user_id="ada")}
    message = tools["recommend_items"].invoke(
        {"name": "recommend_items", "args": {"k": 1}, "id": "1", "type": "tool_call"}
    )

    assert json.loads(message.content) == call(club, "recommend_items", {"k": 1}, user_id="ada", full=False)
    assert message.artifact["items"][0]["contributions"]
    assert json.loads(tools["recommend_items"].invoke({"k": "many"}))["error"] == "UsageError"
    assert "own confirmation" in tools["forget_user"].invoke({})


def test_events_that_consent_withholds_are_counted_as_such(club: InterestAgent) -> None:
    club.revoke("ada", "profile")

    answer = call(club, "record_events", {"user_id": "ada", "events": [{"type": "like", "item_id": "nature-4"}]})
    assert (answer["accepted"], answer["duplicate"], answer["withheld"]) == (0, 0, 1)


@pytest.mark.parametrize("whose", ["bob", "nobody"])
def test_feedback_on_a_list_of_somebody_else_is_refused_and_nothing_of_it_is_written(
    club: InterestAgent, whose: str
) -> None:
    listed = club.recommend("bob", 3)
    named = listed.recommendation_id if whose == "bob" else "r-none"
    before = club.events("ada")

    arguments = {"user_id": "ada", "item_id": listed.items[0].item_id, "outcome": "liked", "recommendation_id": named}
    assert call(club, "give_feedback", arguments)["error"] == "NotFoundError"
    assert club.events("ada") == before


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("get_profile", {"user_id": "nobody"}),
    ("edit_interest", {"user_id": "ada", "action": "mute", "interest": "Chess"}),
    ("explain_recommendation", {"user_id": "ada", "item_id": "gone"}),
    ("give_feedback", {"user_id": "ada", "item_id": "gone", "outcome": "liked"}),
    ("give_feedback", {"user_id": "ada", "item_id": "nature-4", "outcome": "liked", "recommendation_id": "gone"}),
    ("recommend_items", {"user_id": "ada", "where": ["colour~blue"]}),
    ("recommend_items", {"user_id": "ada", "after": "gone"}),
    ("recommend_items", {"user_id": "bob"}),
    ("get_context", {"user_id": "bob"}),
    ("forget_user", {"user_id": "ada"}),
]


@pytest.mark.parametrize(("name", "arguments"), WRONG)
def test_errors_name_tools_to_a_model_and_never_a_command_to_type(
    club: InterestAgent, name: str, arguments: dict[str, Any]
) -> None:
    club.revoke("bob")
    answer = call(club, name, arguments)

    assert answer["error"] in ("NotFoundError", "UsageError", "ConsentError")
    assert "penchant " not in answer["detail"].replace("runs Penchant", "")
    assert "`" not in answer["detail"] and "--" not in answer["detail"]


@pytest.mark.parametrize("full", [True, False])
def test_a_receipt_says_what_failed_without_a_command_to_type(club: InterestAgent, full: bool) -> None:
    receipt = json.dumps(call(club, "update_profile", {"user_id": "nobody"}, full=full))

    assert "is unknown" in receipt
    assert "`" not in receipt


def test_the_same_error_names_a_command_to_people_with_the_id_quoted(club: InterestAgent) -> None:
    strange = "x`; touch y"
    club.observe([Event(user_id=strange, type="like", item_id="nature-4", at=club.clock.now())])

    with pytest.raises(NotFoundError) as caught:
        club.edit(strange, "mute", "Chess")
    assert caught.value.for_models == f"{strange!r} has no interest 'Chess': get_profile lists them"
    assert str(caught.value).endswith("`penchant profile show 'x`; touch y'` lists ids and labels")


def test_a_command_that_lists_statements_or_events_can_be_typed_for_an_id_with_a_space(club: InterestAgent) -> None:
    spaced = "ann lee; it's"

    with pytest.raises(NotFoundError) as no_statement:
        club.remove_statement(spaced, "s-1")
    with pytest.raises(NotFoundError) as no_event:
        club.remove_events(spaced, ["e-1"])

    written = shlex.quote(spaced)
    assert str(no_statement.value).endswith(f"`penchant statements {written}` lists them")
    assert str(no_event.value).endswith(f"`penchant events list {written}` names them; nothing was removed")
    assert no_event.value.for_models == f"user {spaced!r} has no event 'e-1': nothing was removed"


def test_that_an_item_has_been_bought_is_why_it_is_not_listed_and_no_reason_for_it(club: InterestAgent) -> None:
    listed = call(club, "recommend_items", {"user_id": "ada", "k": 1}, full=False)["items"][0]["item_id"]
    club.observe([Event(user_id="ada", type="purchase", item_id=listed, at=club.clock.now())])
    club.update("ada")
    answer = call(club, "explain_recommendation", {"user_id": "ada", "item_id": listed}, full=False)

    [objection] = answer["why_not"]
    assert objection.startswith("You bought it on ")
    assert objection not in answer["why"]
