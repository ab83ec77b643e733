"""Conversations over the film club with models that answer as a test has written down."""

import json
from collections.abc import Callable
from typing import Any

from penchant import InterestAgent
from penchant.agent.chat.answers import ChatAnswer
from penchant.agent.chat.conversation import Conversation
from penchant.agent.chat.turn import Limits
from penchant.agent.llm.model import Generation, ModelProfile, ToolCall
from penchant.agent.llm.scripted_model import CAPABLE, ScriptedModel
from penchant.store.receipt import Usage
from penchant.tools.conversing import RegistryToolbox

SMALL = CAPABLE.model_copy(update={"tools": False, "tier": "choose", "structured": "grammar"})
HELD_TO_A_SCHEMA = CAPABLE.model_copy(update={"structured": "grammar"})
FLIGHT = "something for a long flight, nothing violent"


def call(name: str, *, number: int = 0, **arguments: Any) -> ToolCall:
    return ToolCall(f"call_{number}", name, json.dumps(arguments))


def calls(*wanted: ToolCall) -> Generation:
    return Generation("", "tool_calls", Usage(calls=1, prompt_tokens=100, completion_tokens=10), wanted)


def converse(
    club: InterestAgent,
    *replies: Any,
    user: str = "ada",
    profile: ModelProfile = CAPABLE,
    limits: Limits | None = None,
    confirm: Callable[[str], bool] | None = None,
) -> Conversation:
    model = ScriptedModel(*replies, profile=profile) if replies else None
    toolbox = RegistryToolbox(club, user, confirm)

    def about(budget: int, language: str, question: str) -> str:
        known = user in {person.user_id for person in club.users()}
        return club.context(user, budget, language).text if known else ""

    return Conversation(user, toolbox, model=model, about=about, limits=limits)


def steps(answer: ChatAnswer) -> list[tuple[str, str]]:
    return [(step.kind, step.name) for step in answer.trace]


def labels(club: InterestAgent, user: str = "ada") -> list[str]:
    return [node.label for node in club.profile(user).walk()]
