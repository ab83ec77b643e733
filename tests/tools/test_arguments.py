"""Arguments as clients and models send them: what can only mean one thing is taken as that, on every interface alike."""

import asyncio
import json
from typing import Any

import pytest
from mcp import Client

from penchant import InterestAgent, Item
from penchant.errors import UsageError
from penchant.tools import call_tool, langchain_tools, openai_tools
from penchant.tools.calling import read
from penchant.tools.conversing import RegistryToolbox
from penchant.tools.mcp.server import build_server
from penchant.tools.registry import find

INTERFACES = ("mcp", "call_tool", "langchain", "conversation")
LIKE = {"type": "like", "item_id": "nature-4"}


def answer(club: InterestAgent, interface: str, name: str, arguments: dict[str, Any], user: str | None = None) -> Any:
    """What a model reads of the call's result on one interface."""
    if interface == "mcp":
        return asyncio.run(_over_mcp(club, name, arguments, user))
    if interface == "call_tool":
        return json.loads(call_tool(name, json.dumps(arguments), agent=club, user_id=user, full=False))
    if interface == "langchain":
        [tool] = [tool for tool in langchain_tools(club, user_id=user) if tool.name == name]
        return json.loads(tool.invoke({"name": name, "args": arguments, "id": "1", "type": "tool_call"}).content)
    return dict(RegistryToolbox(club, user or arguments.get("user_id", "ada")).call(name, arguments).result)


async def _over_mcp(club: InterestAgent, name: str, arguments: dict[str, Any], user: str | None) -> Any:
    async with Client(build_server(club, user_id=user)) as client:
        result = await client.call_tool(name, arguments)
    text = result.content[0].text  # type: ignore[union-attr]
    return {"error": "error", "detail": text} if result.is_error else result.structured_content


def items(listed: Any) -> list[str]:
    return [item["item_id"] for item in listed["items"]]


@pytest.mark.parametrize("interface", INTERFACES)
@pytest.mark.parametrize("nothing", [None, "", " ", "null"])
def test_nothing_for_an_optional_argument_is_as_if_it_were_left_out(
    club: InterestAgent, interface: str, nothing: str | None
) -> None:
    plain = answer(club, interface, "search_items", {"query": "whales"})
    filled = answer(club, interface, "search_items", {"query": "whales", "k": nothing})

    assert items(filled) == items(plain) != []


@pytest.mark.parametrize("word", ["null", "None", "undefined"])
def test_a_word_for_nothing_is_no_id_and_no_wish(club: InterestAgent, word: str) -> None:
    nothing = {"user_id": "ada", "query": word, "avoid": word, "domain": word, "after": word}
    plain = answer(club, "call_tool", "recommend_items", {"user_id": "ada"})
    events = [{"type": "view", "item_id": f"nature-{at}", "event_id": word, "userId": "ada"} for at in range(3)]

    assert answer(club, "call_tool", "recommend_items", nothing)["items"] == plain["items"]
    assert answer(club, "call_tool", "record_events", {"user_id": "ada", "events": events})["accepted"] == 3


def test_the_word_null_is_text_where_a_person_said_it() -> None:
    [event] = read(
        find("record_events"), {"user_id": "a", "events": [{"type": "search", "text": "null"}]}
    ).arguments.events  # type: ignore[attr-defined]
    assert event.text == "null"


@pytest.mark.parametrize("avoid", ["none", "Nothing.", "N/A", "无"])
def test_nothing_to_be_avoided_is_no_wish(avoid: str) -> None:
    taken = read(find("recommend_items"), {"user_id": "ada", "avoid": avoid}).arguments
    assert taken.model_dump()["avoid"] is None


@pytest.mark.parametrize("interface", ("mcp", "call_tool", "langchain"))
@pytest.mark.parametrize(
    "events",
    [
        [LIKE],
        LIKE,
        json.dumps([LIKE]),
        json.dumps(LIKE),
        json.dumps(json.dumps([LIKE])),
        [json.dumps(LIKE)],
        [{**LIKE, "context": json.dumps({"device": "phone"}), "value": "", "text": None, "at": "null"}],
    ],
    ids=("list", "object", "list as text", "object as text", "twice as text", "texts in a list", "object in a text"),
)
def test_a_list_or_an_object_as_json_text_counts_as_what_it_holds(
    club: InterestAgent, interface: str, events: Any
) -> None:
    reply = answer(club, interface, "record_events", {"user_id": "ada", "events": events})

    assert (reply["accepted"], reply["duplicate"]) == (1, 0)
    assert club.events("ada")[-1].item_id == "nature-4"


@pytest.mark.parametrize(
    "arguments",
    [
        {"userId": "ada", "itemId": "nature-4"},
        {"user-id": "ada", "ITEM_ID": "nature-4"},
        {"arguments": {"user_id": "ada", "item_id": "nature-4"}},
        {"input": json.dumps({"user_id": "ada", "item_id": "nature-4"})},
        {"user_id": "ada", "item_id": "nature-4", "sessionId": "s", "_meta": {}, "security_risk": "low"},
    ],
)
@pytest.mark.parametrize("interface", INTERFACES)
def test_spellings_wrappings_and_additions_of_clients_do_not_stand_in_the_way(
    club: InterestAgent, interface: str, arguments: dict[str, Any]
) -> None:
    assert (
        answer(club, interface, "explain_recommendation", arguments)["title"]
        == club.items(["nature-4"])["nature-4"].title
    )


@pytest.mark.parametrize(
    "boost",
    [
        {"category=Comedy": 3},
        ["category=Comedy=3"],
        "category=Comedy=3",
        '{"category=Comedy": 3}',
        '["category=Comedy=3"]',
    ],
)
def test_rules_of_a_list_come_as_texts_or_as_an_object(boost: Any) -> None:
    taken = read(find("recommend_items"), {"user_id": "ada", "boost": boost, "where": "lang=en"}).arguments

    assert taken.model_dump(include={"boost", "where"}) == {"boost": ["category=Comedy=3"], "where": ["lang=en"]}


def test_what_a_client_added_is_noted_and_any_other_name_is_refused() -> None:
    request = read(find("get_profile"), {"user_id": "ada", "sessionId": "s", "toolCallId": "t"})

    assert request.ignored == ("sessionId", "toolCallId")
    with pytest.raises(UsageError, match=r"there is no argument colour \(there are: user_id, "):
        read(find("get_profile"), {"user_id": "ada", "colour": "red"})


@pytest.mark.parametrize(
    "name", ["wait_for_previous", "toolSummary", "request_heartbeat", "inner_thoughts", "sanitize_inputs_outputs"]
)
def test_what_any_client_is_known_to_add_is_left_out(name: str) -> None:
    assert read(find("get_profile"), {"user_id": "ada", name: True}).ignored == (name,)


@pytest.mark.parametrize("ids", [["nature-4", "nature-5"], "nature-4,nature-5", "nature-4, nature-5"])
def test_ids_with_commas_between_them_are_ids(club: InterestAgent, ids: Any) -> None:
    listed = answer(club, "call_tool", "recommend_items", {"user_id": "ada", "k": 50, "exclude": ids})

    assert {"nature-4", "nature-5"} & set(items(listed)) == set() != set(items(listed))


def test_an_id_with_a_comma_in_it_is_that_id_alone(club: InterestAgent) -> None:
    club.add_items([Item(item_id=name, title=f"Film {name}") for name in ("red,blue", "red", "blue")])
    listed = [
        items(answer(club, "call_tool", "recommend_items", {"user_id": "ada", "k": 50, "exclude": exclude}))
        for exclude in ([], ["red,blue"], ["blue,red"])
    ]

    assert [{"red,blue", "red", "blue"} & set(each) for each in listed] == [
        {"red,blue", "red", "blue"},
        {"red", "blue"},
        {"red,blue"},
    ]


def test_ids_with_commas_between_them_are_counted_one_by_one(club: InterestAgent) -> None:
    ids = ",".join(f"id-{n}" for n in range(1_001))
    refused = answer(club, "call_tool", "recommend_items", {"user_id": "ada", "exclude": [ids]})

    assert "at most 1,000 item ids, not 1,001" in refused["detail"]


def test_a_search_goes_on_behind_what_is_sold_out(club: InterestAgent) -> None:
    gone = [Item(item_id=f"gone-{n}", title=f"Origami for owls, volume {n}", available=False) for n in range(150)]
    club.add_items([*gone, Item(item_id="here", title="Origami with paper of many colours")])
    found = items(answer(club, "call_tool", "search_items", {"query": "origami for owls", "k": 10}))

    assert (found[0], len(found)) == ("here", 10)
    assert not {item.item_id for item in gone} & set(found)


def test_a_name_that_a_tool_declares_is_never_taken_for_a_client_s_addition() -> None:
    taken = read(find("edit_interest"), {"user_id": "ada", "action": "mute", "interest": "Comedy"}).arguments

    assert taken.model_dump() == {"user_id": "ada", "action": "mute", "interest": "Comedy", "text": None}


def test_words_in_brackets_are_words() -> None:
    for words in ('["a"]', '{"a": 1}', "null", "5"):
        assert read(find("search_items"), {"query": words}).arguments.model_dump()["query"] == words


def test_an_id_that_is_a_number_is_that_id() -> None:
    assert read(find("explain_recommendation"), {"user_id": 7, "item_id": 22423}).arguments.model_dump() == {
        "user_id": "7",
        "item_id": "22423",
        **_left_out("explain_recommendation"),
    }


def _left_out(name: str) -> dict[str, Any]:
    """The arguments of a tool that may be left out, with their defaults."""
    fields = find(name).input_model.model_fields.items()
    return {field: declared.default for field, declared in fields if not declared.is_required()}


@pytest.mark.parametrize("name", ["user_id", "userId", "arguments"])
@pytest.mark.parametrize("interface", INTERFACES)
def test_no_spelling_leads_past_the_user_a_caller_is_held_to(club: InterestAgent, interface: str, name: str) -> None:
    arguments = {"arguments": {"user_id": "bob"}} if name == "arguments" else {name: "bob"}
    reply = answer(club, interface, "get_profile", arguments, user="ada")

    assert "another user" in reply["detail"]


@pytest.mark.parametrize(
    ("name", "arguments", "meant"),
    [
        ("get_context", {"lang": "ZH"}, {"lang": "zh"}),
        ("get_context", {"lang": "zh-CN"}, {"lang": "zh"}),
        ("get_context", {"lang": "en_US"}, {"lang": "en"}),
        ("get_profile", {"detail": "Full"}, {"detail": "full"}),
        ("edit_interest", {"action": " Remove ", "interest": "Tea"}, {"action": "remove"}),
        ("recommend_items", {"exclude": ["a", None]}, {"exclude": ["a"]}),
        ("recommend_items", {"where": {"category": "Tea"}}, {"where": ["category=Tea"]}),
        ("recommend_items", {"where": [{"category": "Tea", "lang": "en"}]}, {"where": ["category=Tea", "lang=en"]}),
    ],
)
def test_words_of_a_choice_and_lists_are_taken_as_they_are_meant(
    name: str, arguments: dict[str, Any], meant: dict[str, Any]
) -> None:
    taken = read(find(name), {"user_id": "ada", **arguments}).arguments.model_dump()

    assert {field: taken[field] for field in meant} == meant


@pytest.mark.parametrize(
    "sent",
    [
        '```json\n{"user_id": "ada"}\n```',
        "{'user_id': 'ada'}",
        '{"user_id": "ada",}',
        'Here you are: {"user_id": "ada"}',
    ],
)
@pytest.mark.parametrize("name", ["get_context", "get-context", "Get_Context", "mcp__penchant__get_context"])
def test_calls_are_read_however_a_model_writes_them(club: InterestAgent, name: str, sent: str) -> None:
    assert "text" in json.loads(call_tool(name, sent, agent=club, full=False))


@pytest.mark.parametrize(
    ("events", "said_of_it"),
    [
        ([{**LIKE, "user_id": "bob"}], "events.0.user_id (there are: type, item_id, text, value, at"),
        ([{**LIKE, "timestamp": 5}], "events.0.timestamp (there are: type, item_id"),
        ([{**LIKE, "at": "20200705"}], "is a date (2020-07-05), not Unix seconds: write a time and a zone"),
        ([{**LIKE, "at": 45123.5}], "is not a time between 1990 and 2100 in Unix seconds"),
        ([{**LIKE, "at": "yesterday"}], "is not a time: give ISO 8601 with a zone, or Unix seconds"),
        ([{**LIKE, "value": True}], "events.0.value: "),
        ([{**LIKE, "value": "NaN"}], "value: "),
        ([{**LIKE, "type": "view it!"}], "type: is not an event type: write a word such as view"),
        (["like"], "events.0: Input should be a valid dictionary"),
    ],
)
@pytest.mark.parametrize("interface", ("mcp", "call_tool"))
def test_what_is_wrong_with_an_event_is_told_without_options_of_commands(
    club: InterestAgent, interface: str, events: Any, said_of_it: str
) -> None:
    detail = answer(club, interface, "record_events", {"user_id": "ada", "events": events})["detail"]

    assert said_of_it in detail
    assert "--" not in detail and "NewEvent" not in detail


@pytest.mark.parametrize(
    "events", [[{**LIKE, "user_id": "ada"}], [{**LIKE, "type": "LIKE"}], [None, LIKE], [{**LIKE, "value": "4.0"}]]
)
def test_an_event_that_says_more_than_it_needs_is_taken(club: InterestAgent, events: Any) -> None:
    assert answer(club, "mcp", "record_events", {"user_id": "ada", "events": events})["accepted"] == 1


@pytest.mark.parametrize(("outcome", "written"), [("Like", "liked"), ("click", "clicked"), ("Rated: 4", "rated")])
def test_outcomes_are_read_as_they_are_meant(club: InterestAgent, outcome: str, written: str) -> None:
    given = {"user_id": "ada", "item_id": "nature-5", "outcome": outcome}

    assert answer(club, "call_tool", "give_feedback", given)["outcome"] == written


@pytest.mark.parametrize("outcome", ["rated:nan", "rated:1e300", "5 stars", "rated:", ""])
def test_what_is_no_outcome_is_refused_and_writes_nothing(club: InterestAgent, outcome: str) -> None:
    before = len(club.events("ada"))
    given = {"user_id": "ada", "item_id": "nature-5", "outcome": outcome}

    assert "error" in answer(club, "call_tool", "give_feedback", given)
    assert len(club.events("ada")) == before


# Schemas


def _nodes(schema: Any) -> list[dict[str, Any]]:
    if not isinstance(schema, dict):
        return []
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    return [schema, *(node for part in inner for node in _nodes(part))]


ALLOWED = {"type", "description", "enum", "properties", "required", "items", "additionalProperties"}


@pytest.mark.parametrize("user_id", [None, "ada"])
def test_tool_schemas_use_only_what_every_server_reads(user_id: str | None) -> None:
    for tool in openai_tools(user_id=user_id):
        for node in _nodes(tool["function"]["parameters"]):
            assert set(node) <= ALLOWED
            assert isinstance(node["type"], str)
            assert node["type"] != "object" or node["properties"] or node is tool["function"]["parameters"]


def test_strict_schemas_require_everything_and_close_every_object() -> None:
    for tool in openai_tools(strict=True):
        assert tool["function"]["strict"] is True
        for node in _nodes(tool["function"]["parameters"]):
            if "object" in node["type"]:
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])


def test_a_call_made_by_a_strict_schema_is_understood(club: InterestAgent) -> None:
    """Strict mode fills every argument in, with null where there is nothing to say, and a free object is JSON text."""
    event = {"type": "like", "item_id": "nature-4", "text": None, "value": None, "at": None, "event_id": None}
    sent = {"user_id": "ada", "events": [event | {"context": '{"device":"phone"}'}]}

    assert json.loads(call_tool("record_events", json.dumps(sent), agent=club))["accepted"] == 1
    assert club.events("ada")[-1].context == {"device": "phone"}
