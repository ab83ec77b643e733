"""Lists that are recommended, and more of them: what has not been shown yet and still fits the wish of the list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from penchant.agent.chat.toolbox import result_text
from penchant.agent.chat.turn import Turn

LISTED = 5


def first_items(turn: Turn, arguments: Mapping[str, object]) -> str:
    """Return a new list in words."""
    asked = {"k": LISTED} | dict(arguments)
    result = turn.call("recommend_items", asked)
    called = next((each.arguments for each in turn.called if each.result is result), asked)
    return result_text("recommend_items", called, result, turn.say)


def further_items(turn: Turn, arguments: Mapping[str, object]) -> str:
    """Return the next items of the last list; where none is left that fits its wish, that there are no more.

    For a wish for something cheaper use `first_items`: it may be something else than what the last list was for.
    """
    result = turn.call("recommend_items", {"k": LISTED} | dict(arguments))
    items = result.get("items", ())
    fitting = [item for item in items if item.get("fits", True)]
    query = arguments.get("query")
    if not fitting and "error" not in result:
        _replace(turn, result, [])
        return turn.say("no_more_for" if query else "no_more", query=str(query))
    shown = _replace(turn, result, fitting)
    text = result_text("recommend_items", arguments, shown, turn.say)
    return text if len(fitting) == len(items) else f"{text}\n{turn.say('no_more_for', query=str(query))}"


def _replace(turn: Turn, result: Mapping[str, Any], items: list[Any]) -> Mapping[str, Any]:
    """Let a result of the turn have only these items, so that the others do not count as shown. Returns the result with them."""
    if len(items) == len(result.get("items", ())):
        return result
    shown = {**result, "items": items}
    turn.called = [replace(each, result=shown) if each.result is result else each for each in turn.called]
    return shown
