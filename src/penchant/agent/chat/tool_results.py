"""Answers written by rule from what tools said: nothing in them that no tool told."""

from collections.abc import Mapping, Sequence
from typing import Any

from penchant.agent.chat.grounding import as_line
from penchant.agent.chat.phrases import words
from penchant.agent.chat.trace import Shown

MOST_INTERESTS = 12


def items_in(told: Mapping[str, Any]) -> list[Shown]:
    """The items of a result, whatever tool gave it."""
    listed = told.get("items")
    rows = listed if isinstance(listed, list) else [told] if "item_id" in told and "title" in told else []
    return [
        Shown(item_id=str(row["item_id"]), title=str(row.get("title", row["item_id"])), why=str(row.get("why") or ""))
        for row in rows
        if isinstance(row, Mapping) and "item_id" in row
    ]


def told_by_rule(name: str, arguments: Mapping[str, Any], told: Mapping[str, Any], language: str) -> str:
    """What a tool's result comes to, in words."""
    if "error" in told:
        return words("failed", language, reason=told.get("detail", told["error"]))
    match name:
        case "recommend_items" | "search_items":
            text = _list(name, arguments, told, language)
        case "explain_recommendation":
            text = " ".join(str(part) for part in (told["why"], *told.get("why_not", ())) if part)
        case "get_profile":
            text = _profile(told.get("interests", ()), language)
        case "edit_interest":
            text = _edited(told, language)
        case "forget_user":
            text = words("forgotten", language, removed=told.get("removed", 0))
        case _:
            text = ", ".join(f"{key}: {value}" for key, value in told.items())
    return text


def numbered(items: Sequence[Shown]) -> str:
    """A list with the tools' reasons."""
    return "\n".join(as_line(number, item) for number, item in enumerate(items, start=1))


def _list(name: str, arguments: Mapping[str, Any], told: Mapping[str, Any], language: str) -> str:
    items = items_in(told)
    if not items:
        return words("nothing_found", language)
    query, avoid, unjudged = arguments.get("query"), arguments.get("avoid"), told.get("not_judged")
    head = "found" if name == "search_items" else "recommended_for" if query else "recommended"
    lead = words(head, language, query=query)
    if avoid and not unjudged:
        lead = lead[:-1] + words("avoiding", language, avoid=avoid) + lead[-1]
    note = [words("not_judged", language, avoid=avoid)] if unjudged else []
    return "\n".join([lead, numbered(items), *note])


def _profile(interests: Sequence[Mapping[str, Any]], language: str) -> str:
    if not interests:
        return words("nothing_known", language)
    rows = [words("interest", language, **_row(one), marks=_marks(one, language)) for one in interests[:MOST_INTERESTS]]
    return "\n".join([words("profile", language), *rows])


def _row(interest: Mapping[str, Any]) -> dict[str, Any]:
    return {key: interest.get(key, "") for key in ("interest", "percent", "signs")}


def _marks(interest: Mapping[str, Any], language: str) -> str:
    marks = [interest.get(key) for key in ("trend", "polarity", "status")]
    return "".join(words(str(mark), language) for mark in marks if mark)


def _edited(told: Mapping[str, Any], language: str) -> str:
    if told.get("action") == "state":
        stance = words("not_like" if told.get("text") == "dislike" else "like", language)
        return words("noted", language, stance=stance, interest=told["interest"])
    return f"{told.get('action')}: {told.get('interest')}"
