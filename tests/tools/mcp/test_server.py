"""The MCP server with the SDK's own client in the same process, by the newest protocol and by the handshake of older clients."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, MCPError
from mcp.client.session import ElicitationFnT
from mcp_types import CallToolResult, ElicitResult, PromptMessage, ReadResourceResult, TextContent, TextResourceContents

from penchant import Event, InterestAgent, Item
from penchant.tools.mcp.server import build_server
from penchant.tools.registry import capabilities

SNAPSHOT = Path(__file__).with_name("tools_list.json")
MODES = ("auto", "legacy")


def talk(
    club: InterestAgent,
    work: Callable[[Client], Awaitable[Any]],
    *,
    mode: str = "auto",
    ask: ElicitationFnT | None = None,
    user: str | None = None,
) -> Any:
    """Do `work` with a client that is connected to a server of its own."""

    async def session() -> Any:
        async with Client(build_server(club, user_id=user), mode=mode, elicitation_callback=ask) as client:
            return await work(client)

    return asyncio.run(session())


def call(club: InterestAgent, name: str, arguments: dict[str, Any], **more: Any) -> CallToolResult:
    async def work(client: Client) -> Any:
        return await client.call_tool(name, arguments)

    result: CallToolResult = talk(club, work, **more)
    return result


def text_of(result: CallToolResult) -> str:
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


def read(resource: ReadResourceResult) -> Any:
    """The JSON of a resource."""
    assert isinstance(resource.contents[0], TextResourceContents)
    return json.loads(resource.contents[0].text)


def said(message: PromptMessage) -> str:
    assert isinstance(message.content, TextContent)
    return message.content.text


def answering(*, yes: bool | None, asked: list[str]) -> ElicitationFnT:
    """A person at the client: who agrees, says no, or closes the window."""

    async def ask(context: Any, params: Any) -> ElicitResult:
        asked.append(params.message)
        return ElicitResult(action="cancel") if yes is None else ElicitResult(action="accept", content={"confirm": yes})

    return ask


EVERY_CALL: dict[str, dict[str, Any]] = {
    "record_events": {"user_id": "ada", "events": [{"type": "purchase", "item_id": "nature-4"}]},
    "update_profile": {"user_id": "ada"},
    "get_profile": {"user_id": "ada"},
    "get_context": {"user_id": "ada", "budget": 200},
    "recommend_items": {"user_id": "ada", "k": 3},
    "explain_recommendation": {"user_id": "ada", "item_id": "nature-5"},
    "search_items": {"query": "whales"},
    "edit_interest": {"user_id": "ada", "action": "state", "interest": "jazz", "text": "like"},
    "give_feedback": {"user_id": "ada", "item_id": "nature-5", "outcome": "liked"},
    "forget_user": {"user_id": "ada"},
}


@pytest.mark.parametrize("mode", MODES)
def test_every_tool_works_and_says_what_it_did_as_structured_output(club: InterestAgent, mode: str) -> None:
    async def work(client: Client) -> None:
        await client.list_tools()  # from here on the client checks every output against its schema
        for name, arguments in EVERY_CALL.items():
            result = await client.call_tool(name, arguments)
            assert not result.is_error, (name, result.content)
            assert capabilities()[name].output_model.model_validate(result.structured_content)

    assert EVERY_CALL.keys() == capabilities().keys()
    talk(club, work, mode=mode, ask=answering(yes=True, asked=[]))


@pytest.mark.parametrize(
    ("lang", "reason"),
    [
        ("en", "no item has the category 'tea: green': the operator of Penchant can fix that"),
        ("zh", "没有物品的 category 为 'tea: green'：Penchant 的运营者可以解决"),
    ],
)
def test_a_remark_in_the_reader_s_language_loses_its_command_and_nothing_else(
    club: InterestAgent, lang: str, reason: str
) -> None:
    wishes = {"user_id": "ada", "where": ["category=tea: green"], "lang": lang, "detail": "full"}
    result = call(club, "recommend_items", wishes).structured_content

    assert result is not None
    assert [note["reason"] for note in result["degraded"]] == [reason]


def test_the_list_of_tools_is_as_reviewed(club: InterestAgent) -> None:
    """Whoever changes a tool changes `tools_list.json` (run with UPDATE_TOOLS_LIST=1) and shows the difference for review."""

    async def work(client: Client) -> Any:
        return [
            tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in (await client.list_tools()).tools
        ]

    listed = json.dumps(talk(club, work), indent=1, ensure_ascii=False) + "\n"
    import os

    if os.environ.get("UPDATE_TOOLS_LIST"):
        SNAPSHOT.write_text(listed, encoding="utf-8")
    assert listed == SNAPSHOT.read_text(encoding="utf-8")


def test_every_annotation_is_set(club: InterestAgent) -> None:
    async def work(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = talk(club, work)
    assert "forget_user" in {tool.name for tool in tools}
    for tool in tools:
        hints = tool.annotations.model_dump()
        assert None not in hints.values()
        assert hints["open_world_hint"] is False
        assert hints["destructive_hint"] is (tool.name == "forget_user")


def test_text_and_structured_content_are_each_enough_by_themselves(club: InterestAgent) -> None:
    result = call(club, "recommend_items", {"user_id": "ada", "k": 3})

    assert result.structured_content is not None
    for item in result.structured_content["items"]:
        assert f"{item['rank']}. {item['title']} [{item['item_id']}]: {item['explanation']['text']}" in text_of(result)


@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("get_profile", {}, "get_profile was called wrongly: user_id: Field required"),
        ("get_profile", {"user": "ada"}, "there is no argument user (there are: user_id, at, depth, lang, detail)"),
        ("recommend_items", {"user_id": "ada", "k": 1_000}, "k: Input should be less than or equal to 200"),
        ("get_profile", {"user_id": "nobody"}, "user 'nobody' is unknown"),
        ("explain_recommendation", {"user_id": "ada", "item_id": "gone"}, "no item 'gone' in the catalogue"),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_errors_reach_the_model_and_say_what_to_do(
    club: InterestAgent, name: str, arguments: dict[str, Any], problem: str, mode: str
) -> None:
    result = call(club, name, arguments, mode=mode)

    assert result.is_error
    assert problem in text_of(result)
    assert "pydantic" not in text_of(result)


# Forgetting


@pytest.mark.parametrize("mode", MODES)
def test_a_user_is_forgotten_when_the_person_at_the_client_agrees(club: InterestAgent, mode: str) -> None:
    asked: list[str] = []
    result = call(club, "forget_user", {"user_id": "bob"}, mode=mode, ask=answering(yes=True, asked=asked))

    assert asked == ["Erase everything known about bob: behaviour, profile, lists and feedback? This cannot be undone."]
    assert result.structured_content is not None
    assert result.structured_content["residue"] == 0
    assert {user.user_id for user in club.users()} == {"ada"}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("yes", [False, None])
def test_nobody_is_forgotten_when_they_say_no_or_nothing(club: InterestAgent, mode: str, yes: bool | None) -> None:
    result = call(club, "forget_user", {"user_id": "bob"}, mode=mode, ask=answering(yes=yes, asked=[]))

    assert result.is_error
    assert text_of(result).startswith("the user was asked ")
    assert "did not agree" in text_of(result)
    assert {user.user_id for user in club.users()} == {"ada", "bob"}


@pytest.mark.parametrize("mode", MODES)
def test_nobody_is_forgotten_through_a_client_that_cannot_ask(club: InterestAgent, mode: str) -> None:
    result = call(club, "forget_user", {"user_id": "bob", "confirm": True}, mode=mode)
    plain = call(club, "forget_user", {"user_id": "bob"}, mode=mode)

    assert result.is_error
    assert text_of(plain).startswith("forget_user needs the user's own confirmation and this client cannot ask them")
    assert {user.user_id for user in club.users()} == {"ada", "bob"}


# Resources and the prompt


def test_profiles_and_items_are_resources(club: InterestAgent) -> None:
    async def work(client: Client) -> Any:
        templates = (await client.list_resource_templates()).resource_templates
        found = [await client.read_resource(uri) for uri in ("profile://ada", "item://nature-0")]
        return [template.uri_template for template in templates], [read(template) for template in found]

    templates, (profile, item) = talk(club, work)
    assert templates == ["profile://{user_id}", "item://{item_id}"]
    assert profile == club.profile("ada").model_dump(mode="json")
    assert Item.model_validate(item) == club.items(["nature-0"])["nature-0"]


@pytest.mark.parametrize("uri", ["profile://nobody", "item://nothing"])
def test_what_is_not_there_is_named(club: InterestAgent, uri: str) -> None:
    async def work(client: Client) -> None:
        with pytest.raises(MCPError, match=r"user 'nobody' is unknown|no item 'nothing'"):
            await client.read_resource(uri)

    talk(club, work)


@pytest.mark.parametrize("name", ["小明", "a b/c", "../etc/passwd", "x%y"])
def test_ids_of_any_letters_can_be_read(club: InterestAgent, name: str) -> None:
    from urllib.parse import quote

    club.observe([Event(user_id=name, type="like", item_id="nature-0", at=club.clock.now())])
    club.update(name)

    async def work(client: Client) -> Any:
        return await client.read_resource(f"profile://{quote(name, safe='')}")

    assert read(talk(club, work))["user_id"] == name


def test_the_prompt_tells_an_assistant_whom_it_serves(club: InterestAgent, caplog: pytest.LogCaptureFixture) -> None:
    async def work(client: Client) -> Any:
        named = (await client.list_prompts()).prompts
        known = await client.get_prompt("personalise", {"user_id": "ada", "task": "Write a greeting."})
        with pytest.raises(MCPError, match="Unknown prompt: praise"):
            await client.get_prompt("praise")
        return [template.name for template in named], [said(message) for message in known.messages]

    names, (briefing, task) = talk(club, work)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert names == ["personalise"]
    assert "Movies & TV: " in briefing
    assert task == "Write a greeting."


# One user


def test_a_server_for_one_user_asks_nobody_whose_and_serves_nobody_else(club: InterestAgent) -> None:
    async def work(client: Client) -> Any:
        schemas = [tool.input_schema["properties"] for tool in (await client.list_tools()).tools]
        own = await client.call_tool("get_profile", {})
        other = await client.call_tool("get_profile", {"user_id": "bob"})
        with pytest.raises(MCPError, match="this connection is for 'ada' only"):
            await client.read_resource("profile://bob")
        with pytest.raises(MCPError, match="this connection is for 'ada' only"):
            await client.get_prompt("personalise", {"user_id": "bob"})
        return schemas, own, other

    schemas, own, other = talk(club, work, user="ada")
    assert all("user_id" not in properties for properties in schemas)
    assert own.structured_content["user_id"] == "ada"
    assert other.is_error
    assert "Blood Harvest" not in text_of(other)


# Many at once


def test_thirty_two_clients_at_once_each_get_their_own_user_s_answers(club: InterestAgent) -> None:
    users = [f"user-{number}" for number in range(32)]
    now = club.clock.now()
    club.observe(
        [Event(user_id=user, type="like", item_id=f"nature-{number % 6}", at=now) for number, user in enumerate(users)]
    )
    club.update(*users)
    server = build_server(club)

    async def one(user: str) -> list[Any]:
        async with Client(server) as client:
            answers = [await client.call_tool("get_profile", {"user_id": user}) for _ in range(3)]
            answers += [await client.call_tool("recommend_items", {"user_id": user, "k": 2})]
            answers += [
                await client.call_tool(
                    "edit_interest", {"user_id": user, "action": "state", "interest": f"hobby {user}", "text": "like"}
                )
            ]
            answers += [await client.call_tool("get_context", {"user_id": user})]
            return answers

    async def everyone() -> list[list[Any]]:
        return await asyncio.gather(*(one(user) for user in users))

    for user, answers in zip(users, asyncio.run(everyone()), strict=True):
        assert [answer.is_error for answer in answers] == [False] * 6, text_of(answers[0])
        assert {answer.structured_content["user_id"] for answer in answers} == {user}
        assert f"hobby {user}" in answers[-1].structured_content["text"]
        assert not any(f"hobby {other}," in answers[-1].structured_content["text"] for other in users if other != user)
