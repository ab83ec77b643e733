"""The tools of a conversation: the protocol that the loop calls, and tools' results in words."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from penchant.agent.chat.answers import Shown, as_line
from penchant.agent.llm.written_calls import known_tool
from penchant.errors import NotFoundError
from penchant.prompts.fence import Trusted
from penchant.prompts.locales import Translator

MAX_INTERESTS = 12


def items_in(result: Mapping[str, Any]) -> list[Shown]:
    """Return the items in a result of any tool."""
    listed = result.get("items")
    rows = listed if isinstance(listed, list) else [result] if "item_id" in result and "title" in result else []
    return [
        Shown(item_id=str(row["item_id"]), title=str(row.get("title", row["item_id"])), why=str(row.get("why") or ""))
        for row in rows
        if isinstance(row, Mapping) and "item_id" in row
    ]


def result_text(name: str, arguments: Mapping[str, Any], result: Mapping[str, Any], say: Translator) -> str:
    """Return a tool's result in words. `say`: the phrases of the chat."""
    if name == "get_profile" and result.get("error") == NotFoundError.__name__:
        return say("nothing_known")
    if "error" in result:
        return say("failed", reason=result.get("detail", result["error"]))
    match name:
        case "recommend_items" | "search_items":
            text = _list(name, arguments, result, say)
        case "explain_recommendation":
            text = " ".join(str(part) for part in (result["why"], *result.get("why_not", ())) if part)
        case "get_profile":
            text = _profile(result, say)
        case "edit_interest":
            text = _edited(result, say)
        case "give_feedback":
            text = _feedback(arguments, result, say)
        case "forget_user":
            text = say("forgotten", removed=result.get("removed", 0))
        case _:
            text = ", ".join(f"{key}: {value}" for key, value in result.items())
    return text


def as_json(result: Mapping[str, Any]) -> str:
    """Return a tool's result as a model reads it: compact JSON in which letters outside ASCII are not escaped."""
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"), default=str)


def known_name(name: str, schemas: Sequence[Mapping[str, Any]]) -> str:
    """Return the name of the tool that a model means; an unknown name is returned unchanged."""
    return known_tool(name, {str(tool["function"]["name"]) for tool in schemas}) or name


def numbered(items: Sequence[Shown]) -> str:
    """Return items as a numbered list with the tools' reasons."""
    return "\n".join(as_line(number, item) for number, item in enumerate(items, start=1))


def _list(name: str, arguments: Mapping[str, Any], result: Mapping[str, Any], say: Translator) -> str:
    items = items_in(result)
    not_read = [say("not_read")] if result.get("not_read") else []
    if not items:
        return "\n".join([say("nothing_found"), *not_read])
    query, avoid, unjudged = arguments.get("query"), arguments.get("avoid"), result.get("not_judged")
    head = "found" if name == "search_items" else "recommended_for" if query else "recommended"
    lead = say(head, query=query)
    if avoid and not unjudged:
        lead = lead[:-1] + say("avoiding", avoid=avoid) + lead[-1]
    note = [say("not_judged", avoid=avoid)] if unjudged else []
    return "\n".join([lead, numbered(items), *note, *not_read])


def _profile(result: Mapping[str, Any], say: Translator) -> str:
    interests, statements = result.get("interests", ()), result.get("statements", ())
    sentences = [
        say("you_said", day=str(statement["valid_from"])[:10], text=str(statement["text"])) for statement in statements
    ]
    stated = {str(statement["subject"]).casefold() for statement in statements}
    done = [
        interest
        for interest in interests
        if interest.get("signs") or ("signs" not in interest and _name(interest) not in stated)
    ]
    rows = [say("interest", **_row(interest), marks=_marks(interest, say)) for interest in done[:MAX_INTERESTS]]
    if not sentences and not rows:
        return say("nothing_known")
    heard = [say("told_me"), *dict.fromkeys(f"- {line}" for line in sentences)] if sentences else []
    return "\n".join([*heard, *([say("profile"), *rows] if rows else [])])


def _name(interest: Mapping[str, Any]) -> str:
    return str(interest["interest"]).rpartition(" > ")[2].casefold()


def _row(interest: Mapping[str, Any]) -> dict[str, Any]:
    return {key: interest.get(key, "") for key in ("interest", "percent", "signs")}


def _marks(interest: Mapping[str, Any], say: Translator) -> str:
    marks = [interest.get(key) for key in ("trend", "polarity", "status")]
    return "".join(say(str(mark)) for mark in marks if mark)


def _feedback(arguments: Mapping[str, Any], result: Mapping[str, Any], say: Translator) -> str:
    outcome = str(result.get("outcome"))
    rating = f"{result['rating']:g}" if isinstance(result.get("rating"), int | float) else ""
    return say("judged", title=arguments.get("title", result.get("item_id")), outcome=say(outcome, rating=rating))


def _edited(result: Mapping[str, Any], say: Translator) -> str:
    if result.get("action") == "state":
        stance = say("not_like" if result.get("text") == "dislike" else "like")
        return say("noted", stance=stance, interest=result["interest"])
    return f"{result.get('action')}: {result.get('interest')}"


ANSWER = "answer"
_CHECKED_LATER = (
    "maxLength",
    "minLength",
    "pattern",
    "description",
    "default",
    "minimum",
    "maximum",
    "maxItems",
    "minItems",
    "format",
)
"""Keywords that make grammars slow or are not enforced by them; arguments are validated when they arrive."""
_LEFT_TO_US = frozenset(("k", "domain", "lang", "at", "depth", "recommendation_id", "use_llm", "detail"))
"""Optional arguments that a small model sets at random."""
_WHEN = re.compile(r"^Use it (?:once |right after |whenever |only when |when )?", re.DOTALL)


def as_lines(tools: Sequence[dict[str, Any]]) -> tuple[Trusted, ...]:
    """Return `name(argument, optional?): when to use it`, one line per tool."""
    return tuple(Trusted(_line(tool["function"])) for tool in tools)


def decision_schema(tools: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the schema of one step.

    A step is `{"tool": NAME, "arguments": {…}}` for exactly one of the tools, or `{"tool": "answer", "arguments":
    {}}`.
    """
    answer = _choice(ANSWER, {"type": "object", "properties": {}, "additionalProperties": False})
    calls = [_choice(tool["function"]["name"], _arguments(tool["function"]["parameters"])) for tool in tools]
    return {"type": "object", "required": ["tool", "arguments"], "anyOf": [*calls, answer]}


def _choice(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"tool": {"const": name}, "arguments": arguments},
        "required": ["tool", "arguments"],
        "additionalProperties": False,
    }


def _arguments(parameters: dict[str, Any]) -> dict[str, Any]:
    bare: dict[str, Any] = _bare({**parameters, "properties": _needed(parameters)})
    return bare


def _line(function: dict[str, Any]) -> str:
    parameters = function["parameters"]
    required = parameters.get("required", ())
    named = [_named(name, schema, name in required) for name, schema in _needed(parameters).items()]
    _, _, when = function["description"].partition("\n\n")
    first = " ".join(_WHEN.sub("", when).split()).partition(". ")[0].rstrip(".")
    return f"{function['name']}({', '.join(named)}): when {first}"


def _needed(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the required arguments, and the optional ones that a small model can choose well."""
    required = parameters.get("required", ())
    return {
        name: schema for name, schema in parameters["properties"].items() if name in required or name not in _LEFT_TO_US
    }


def _named(name: str, schema: dict[str, Any], required: bool) -> str:
    options = schema.get("enum")
    return name + ("" if required else "?") + (f"={'|'.join(map(str, options))}" if options else "")


def _bare(node: Any) -> Any:
    if isinstance(node, list):
        return [_bare(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: _bare(value) for key, value in node.items() if key not in _CHECKED_LATER or isinstance(value, dict)}


@dataclass(frozen=True)
class ToolAnswer:
    """What a tool returned. `failed`: it did nothing, and `result` says why and what to do."""

    result: Mapping[str, Any]
    failed: bool = False


Unit = Literal["days", "weeks", "months", "years"]


class PastEvent(NamedTuple):
    """Something that the user did with an item. `day`: its date `on` in words; `ago`: how many calendar days, weeks,
    months and years before today that was; `categories`: names of the item's categories; `value`: of a rating.
    """

    type: str
    title: str
    on: date
    day: str
    ago: Mapping[Unit, int]
    categories: tuple[str, ...] = ()
    value: float | None = None


class Toolbox(Protocol):
    """Tools for one user: whatever the arguments say, they act for that user only."""

    def schemas(self) -> Sequence[dict[str, Any]]:
        """Return OpenAI tool schemas, in a stable order."""
        ...

    def changes(self, name: str) -> bool:
        """Return whether the tool changes anything that is stored."""
        ...

    def declared(self, name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the arguments under the names that the tool declares, however the model has spelled or wrapped them."""
        ...

    def statements(self) -> Sequence[Mapping[str, Any]]:
        """Return the user's statements that are in force: strict statements first, then the newest."""
        ...

    def past_events(self, language: str) -> Sequence[PastEvent]:
        """Return what the user did with items, newest first."""
        ...

    def confirms(self, question: str) -> bool:
        """Ask the user themselves; False where they refuse or cannot be asked."""
        ...

    def remove_statement(self, statement_id: str) -> ToolAnswer:
        """Remove a statement of the user for good."""
        ...

    def call(self, name: str, arguments: Mapping[str, Any]) -> ToolAnswer:
        """Check the arguments and run the tool; what is wrong is returned, never raised."""
        ...
