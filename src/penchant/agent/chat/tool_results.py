"""Answers written by rule from what tools said: nothing in them that no tool told."""

from collections.abc import Mapping, Sequence
from typing import Any

from penchant.agent.chat.grounding import as_line
from penchant.agent.chat.trace import Shown
from penchant.prompts.locales import Translator

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
        return Translator(language, "chat")("failed", reason=told.get("detail", told["error"]))
    match name:
        case "recommend_items" | "search_items":
            text = _list(name, arguments, told, language)
        case "explain_recommendation":
            text = " ".join(str(part) for part in (told["why"], *told.get("why_not", ())) if part)
        case "get_profile":
            text = _profile(told, language)
        case "edit_interest":
            text = _edited(told, language)
        case "give_feedback":
            text = _feedback(arguments, told, language)
        case "forget_user":
            text = Translator(language, "chat")("forgotten", removed=told.get("removed", 0))
        case _:
            text = ", ".join(f"{key}: {value}" for key, value in told.items())
    return text


def numbered(items: Sequence[Shown]) -> str:
    """A list with the tools' reasons."""
    return "\n".join(as_line(number, item) for number, item in enumerate(items, start=1))


def _list(name: str, arguments: Mapping[str, Any], told: Mapping[str, Any], language: str) -> str:
    items = items_in(told)
    if not items:
        return Translator(language, "chat")("nothing_found")
    query, avoid, unjudged = arguments.get("query"), arguments.get("avoid"), told.get("not_judged")
    head = "found" if name == "search_items" else "recommended_for" if query else "recommended"
    lead = Translator(language, "chat")(head, query=query)
    if avoid and not unjudged:
        lead = lead[:-1] + Translator(language, "chat")("avoiding", avoid=avoid) + lead[-1]
    note = [Translator(language, "chat")("not_judged", avoid=avoid)] if unjudged else []
    return "\n".join([lead, numbered(items), *note])


def _profile(told: Mapping[str, Any], language: str) -> str:
    say, interests, statements = Translator(language, "chat"), told.get("interests", ()), told.get("statements", ())
    said = [say("you_said", day=str(one["valid_from"])[:10], text=str(one["text"])) for one in statements]
    rows = [say("interest", **_row(one), marks=_marks(one, language)) for one in interests[:MOST_INTERESTS]]
    if not said and not rows:
        return say("nothing_known")
    heard = [say("told_me"), *dict.fromkeys(f"- {line}" for line in said)] if said else []
    return "\n".join([*heard, *([say("profile"), *rows] if rows else [])])


def _row(interest: Mapping[str, Any]) -> dict[str, Any]:
    return {key: interest.get(key, "") for key in ("interest", "percent", "signs")}


def _marks(interest: Mapping[str, Any], language: str) -> str:
    marks = [interest.get(key) for key in ("trend", "polarity", "status")]
    return "".join(Translator(language, "chat")(str(mark)) for mark in marks if mark)


def _feedback(arguments: Mapping[str, Any], told: Mapping[str, Any], language: str) -> str:
    phrases = Translator(language, "chat")
    outcome = str(told.get("outcome"))
    rating = f"{told['rating']:g}" if isinstance(told.get("rating"), int | float) else ""
    return phrases("judged", title=arguments.get("title", told.get("item_id")), outcome=phrases(outcome, rating=rating))


def _edited(told: Mapping[str, Any], language: str) -> str:
    if told.get("action") == "state":
        stance = Translator(language, "chat")("not_like" if told.get("text") == "dislike" else "like")
        return Translator(language, "chat")("noted", stance=stance, interest=told["interest"])
    return f"{told.get('action')}: {told.get('interest')}"
