"""Turns of a conversation as a request for a chat completion has them, in the dialect that a server understands."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from penchant.agent.llm.discovery import Abilities
from penchant.agent.llm.model import Message, ToolCall
from penchant.characters import whole_characters

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 9


def wire_messages(messages: Sequence[Message], abilities: Abilities) -> list[dict[str, Any]]:
    """The messages of the request."""
    turns = messages if abilities.system else _without_system(messages)
    return [_wire_message(message, abilities) for message in turns]


def _wire_message(message: Message, abilities: Abilities) -> dict[str, Any]:
    wired: dict[str, Any] = {"role": message.role, "content": whole_characters(message.content)}
    if message.tool_calls:
        wired["tool_calls"] = [_wire_call(call, abilities) for call in message.tool_calls]
    if message.tool_call_id:
        wired["tool_call_id"] = _call_id(message.tool_call_id, abilities)
    if message.role == "assistant" and message.extra and abilities.extra:
        wired |= message.extra
    return wired


def _wire_call(call: ToolCall, abilities: Abilities) -> dict[str, Any]:
    function: dict[str, Any] = {"name": call.name, "arguments": call.arguments}
    wired: dict[str, Any] = {"id": _call_id(call.id, abilities), "type": "function", "function": function}
    if not abilities.extra:
        return wired
    within = call.extra.get("function")
    if isinstance(within, Mapping):
        wired["function"] = function | dict(within)
    return wired | {name: value for name, value in call.extra.items() if name != "function"}


def _call_id(sent: str, abilities: Abilities) -> str:
    """The id as it came; where a server takes nine letters and digits only, those that stand for it."""
    if not abilities.short_call_ids or (len(sent) == _ID_LENGTH and sent.isascii() and sent.isalnum()):
        return sent
    number = int.from_bytes(hashlib.blake2b(sent.encode(), digest_size=8).digest(), "big")
    return "".join(_ALPHABET[number // 36**place % 36] for place in range(_ID_LENGTH))


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """Instructions in front of the first turn of the user."""
    instructions = [message.content for message in messages if message.role == "system"]
    rest = [message for message in messages if message.role != "system"]
    if not instructions:
        return rest
    if rest and rest[0].role == "user":
        return [Message("user", "\n\n".join([*instructions, rest[0].content])), *rest[1:]]
    return [Message("user", "\n\n".join(instructions)), *rest]
