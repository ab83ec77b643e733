"""What to try after a server has refused a request: another dialect for what it names, never more than that.

A refusal is evidence about what it speaks of. A word in it that happens to be the name of a parameter is not: a wrong id of a tool call
says nothing about tools. Where the complaint names nothing that was sent, only the form of the reply is asked for in a weaker way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from penchant.agent.llm.discovery import LADDER, Abilities
from penchant.network.complaints import Complaint

_TOOLS = r"(?:tools?|tool[ _-]?(?:use|usage|calling|calls?|choice)|functions?|function[ _-]?(?:calling|calls?))"
_NO = r"(?:does not|doesn't|do not|don't|cannot|can't|can not|is not able to|not)(?: (?:yet|currently))?"
_CANNOT_CALL_TOOLS = re.compile(
    rf"{_NO} (?:support|use|accept|allow|handle|process) (?:the use of |any )?['\"`]?{_TOOLS}['\"`]?"
    r"(?=$|[.,;:!)\]}]| (?:with|for|in|by|and|at|use))"
    rf"|(?<![\w.])['\"`]?{_TOOLS}['\"`]?(?: parameter| param| field| argument)? (?:is|are|is only|use is) (?:currently )?"
    r"(?:not (?:yet )?(?:supported|available|enabled|allowed|implemented|permitted)|unsupported|disabled|unavailable)"
    r"|(?:unknown|unrecogni[sz]ed|unexpected|extra|invalid|unsupported) (?:\w+ ){0,2}(?:argument|parameter|field|property|key|name)s?"
    r"[^.\w]{0,12}tools['\"`]?(?![\w.\[])"
    r"|requires? [^.]{0,40}--(?:enable-auto-tool-choice|jinja|tool-call-parser)"
    r"|no endpoints found that support tool|不支持(?:工具|函数)",
    re.IGNORECASE,
)
_NO_SYSTEM = (
    r"(?:system|developer) (?:role|message|prompt|instruction)s?\b[^.]{0,40}(?:not (?:supported|allowed|enabled)|unsupported)"
    r"|not support [^.]{0,20}system (?:role|message|prompt|instruction)"
)
_CALL_ID = r"(?:tool[ _-]?)?call[ _-]?ids?\b[^.]{0,80}(?:length|must|match|pattern|a-z|characters|invalid|too long)"
_FORMAT = (
    "response_format",
    "json_schema",
    "json_object",
    "schema",
    "structured output",
    "structured outputs",
    "grammar",
    "strict",
)
_FORMAT_WORDS = r"response_format|json[ _-]?(?:schema|object|mode)|structured output|grammar|\bschema\b"
_NOT_THE_FORM = r"context|too many tokens|too long|content.?(?:filter|policy|management)|role|tool|quota|image"
_FEWER = re.compile(
    r"top_logprobs[^.]{0,80}?(?:at most|less than or equal to|<=|between 0 and|maximum(?: of| is)?|up to)[: ]*(\d{1,2})",
    re.I,
)


@dataclass(frozen=True)
class Weaker:
    """`changes`: another dialect. `learns`: whether that it works is worth remembering: the complaint named it, or nothing else."""

    changes: dict[str, Any] = field(default_factory=dict)
    learns: bool = True


def lacks_tools(complaint: Complaint) -> bool:
    """Whether a server says that the model, or it, cannot call tools at all."""
    if complaint.param:
        return (
            complaint.param == "tools"
            and complaint.is_about("tools")
            and complaint.mentions("support|permitted|unknown|unrecogni|unexpected|not allowed|extra")
        )
    return bool(_CANNOT_CALL_TOOLS.search(complaint.text))


def lacks_logprobs(complaint: Complaint) -> bool:
    """Whether a server says that it tells no likelihoods."""
    return complaint.is_about("logprobs", "top_logprobs", "logprob", "log probabilities") and not _FEWER.search(
        complaint.text
    )


def after_refusal(abilities: Abilities, request: Mapping[str, Any], complaint: Complaint) -> Weaker | None:
    """Another way to send `request`; None when asking in another way would not help."""
    for applies, changes in _dialects(abilities, request, complaint):
        if applies and any(getattr(abilities, name) != value for name, value in changes.items()):
            return Weaker(changes)
    if "response_format" not in request or abilities.structured == LADDER[-1]:
        return None
    if complaint.mentions(_FORMAT_WORDS) or complaint.is_about(*_FORMAT):
        return Weaker({"structured": abilities.one_step_down()})
    if complaint.mentions(_NOT_THE_FORM):
        return None
    return Weaker({"structured": abilities.one_step_down()}, learns=len(complaint.text) < 60)


def _dialects(
    abilities: Abilities, request: Mapping[str, Any], complaint: Complaint
) -> list[tuple[bool, dict[str, Any]]]:
    """Whether each dialect is what the complaint is about, and what to change then."""
    fewer = _FEWER.search(complaint.text)
    other = "max_completion_tokens" if abilities.limit_field == "max_tokens" else "max_tokens"
    names_limit = complaint.is_about(abilities.limit_field) or (other in complaint.text and not complaint.param)
    sent_back = _names_sent_back(request)
    return [
        (names_limit and not complaint.mentions("at most|maximum|too large|exceed"), {"limit_field": other}),
        (complaint.is_about("temperature"), {"temperature": False}),
        (
            "stream_options" in request and complaint.is_about("stream_options", "include_usage"),
            {"usage_in_stream": False},
        ),
        ("stream" in request and complaint.is_about("stream", "streaming"), {"streams": False}),
        (
            "logprobs" in request and fewer is not None,
            {"alternatives": max(1, min(20, int(fewer[1]))) if fewer else 20},
        ),
        (abilities.system and complaint.mentions(_NO_SYSTEM), {"system": False}),
        (complaint.mentions(_CALL_ID), {"short_call_ids": True}),
        (bool(sent_back) and _turns_down(complaint, sent_back), {"extra": False}),
    ]


def _turns_down(complaint: Complaint, names: set[str]) -> bool:
    """Whether fields of the server's own are what it does not want back."""
    named = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", f"{complaint.text} {complaint.param}") for name in names)
    wanted = complaint.mentions("must be (?:passed|sent|included|provided)|missing|required")
    return named and not wanted


def _names_sent_back(request: Mapping[str, Any]) -> set[str]:
    known = {"role", "content", "tool_calls", "tool_call_id"}
    turns = [message for message in request.get("messages", ()) if message.get("role") == "assistant"]
    of_calls = {name for turn in turns for call in turn.get("tool_calls", ()) for name in call}
    in_parts = {"content"} if any(isinstance(turn.get("content"), list) for turn in turns) else set()
    return ({name for turn in turns for name in turn} - known) | (of_calls - {"id", "type", "function"}) | in_parts
