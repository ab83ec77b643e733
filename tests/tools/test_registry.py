"""One definition, many interfaces: every interface offers what the registry declares, and nothing else."""

import asyncio
import inspect
import pkgutil
from typing import Any

import pytest
from mcp import Client

from penchant import InterestAgent
from penchant.tools import capabilities as package
from penchant.tools import langchain_tools, openai_tools
from penchant.tools.conversing import RegistryToolbox
from penchant.tools.mcp.server import build_server
from penchant.tools.registry import Capability, capabilities, find

CONTRACT = {
    *("record_events", "update_profile", "get_profile", "get_context", "recommend_items", "explain_recommendation"),
    *("search_items", "edit_interest", "give_feedback", "forget_user"),
}
ALL = list(capabilities().values())


def test_every_file_is_a_capability_of_its_name() -> None:
    files = {found.name for found in pkgutil.iter_modules(package.__path__)}

    assert files == set(capabilities()) == CONTRACT


def test_every_interface_offers_what_the_registry_declares_and_nothing_else(club: InterestAgent) -> None:
    async def over_mcp() -> list[str]:
        async with Client(build_server(club)) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    interfaces = {
        "openai": [tool["function"]["name"] for tool in openai_tools()],
        "langchain": [tool.name for tool in langchain_tools(club)],
        "mcp": asyncio.run(over_mcp()),
    }
    assert interfaces == {interface: list(capabilities()) for interface in interfaces}


def test_a_conversation_offers_what_is_declared_for_conversations(club: InterestAgent) -> None:
    offered = [tool["function"]["name"] for tool in RegistryToolbox(club, "ada").schemas()]

    assert offered == [capability.name for capability in ALL if capability.in_conversation]


@pytest.mark.parametrize("capability", ALL, ids=lambda capability: capability.name)
def test_every_description_tells_a_model_when_to_use_the_tool(capability: Capability) -> None:
    what, when = capability.description.split("\n\n")

    assert what.endswith(".")
    assert when.startswith("Use it ")
    assert 200 < len(capability.description) < 700


@pytest.mark.parametrize("capability", ALL, ids=lambda capability: capability.name)
def test_every_argument_is_described_and_unknown_ones_are_refused(capability: Capability) -> None:
    def check(schema: dict[str, Any]) -> None:
        assert schema["additionalProperties"] is False
        for name, argument in schema["properties"].items():
            assert argument.get("description"), name

    schema = capability.schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        check(part)


@pytest.mark.parametrize("capability", ALL, ids=lambda capability: capability.name)
def test_a_handler_only_calls_the_agent(capability: Capability) -> None:
    source = inspect.getsource(capability.handler)

    assert "agent." in source
    assert len(source.splitlines()) <= 30


def test_only_what_destroys_asks_the_user() -> None:
    assert (
        [capability.name for capability in ALL if capability.destructive]
        == [capability.name for capability in ALL if capability.question]
        == ["forget_user"]
    )


def test_what_only_reads_is_declared_so(club: InterestAgent) -> None:
    assert [capability.name for capability in ALL if capability.read_only] == [
        "explain_recommendation",
        "get_context",
        "get_profile",
        "recommend_items",
        "search_items",
    ]


@pytest.mark.parametrize(
    ("user", "required", "known"), [("required", True, True), ("optional", False, True), ("absent", False, False)]
)
def test_whether_a_caller_names_the_user_is_one_decision(user: Any, required: bool, known: bool) -> None:
    schema = find("get_profile").schema(user)

    assert ("user_id" in schema["required"], "user_id" in schema["properties"]) == (required, known)
