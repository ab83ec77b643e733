"""How language models break a JSON reply: what they send instead of `text`, by what is left of it."""

import json
from collections.abc import Callable
from typing import Any


def change(node: Any, leaf: Callable[[Any], Any]) -> Any:
    if isinstance(node, dict):
        return {key: change(value, leaf) for key, value in node.items()}
    return [change(value, leaf) for value in node] if isinstance(node, list) else leaf(node)


def strings(of: Callable[[str], Any]) -> Callable[[str], str]:
    return lambda text: json.dumps(change(json.loads(text), lambda leaf: of(leaf) if isinstance(leaf, str) else leaf))


def numbers(of: Callable[[int], Any]) -> Callable[[str], str]:
    return lambda text: json.dumps(change(json.loads(text), lambda leaf: of(leaf) if type(leaf) is int else leaf))


# What a model may do to a reply whose content is all there: read without a second call.
WHOLE: dict[str, Callable[[str], str]] = {
    "untouched": lambda text: text,
    "code fence and small talk": lambda text: f"Of course! The result:\n\n```json\n{text}\n```\n\nAnything else?",
    "bare code fence": lambda text: f"```\n{text}\n```",
    "thinking aloud": lambda text: f"<think>Groups {{1}} and [2] look alike …</think>\n\n{text}",
    "thought without a beginning": lambda text: f"so the answer is [3].</think>{text}",
    "commas at the ends": lambda text: text.replace("]", ",]").replace("}", ", }"),
    "Python's quotes": lambda text: repr(json.loads(text)),
    "JSON in a JSON string": json.dumps,
    "twice in a JSON string": lambda text: json.dumps(json.dumps(text)),
    "one more object around": lambda text: json.dumps({"response": json.loads(text)}),
    "two more objects around": lambda text: json.dumps({"data": {"output": json.loads(text)}}),
    "byte order mark": lambda text: f"\ufeff{text}",
    "numbers as text": numbers(str),
    "line breaks everywhere": lambda text: json.dumps(json.loads(text), indent=4),
    "prose before and after": lambda text: f"Here you go: {text} - that is all.",
    "more than was asked": lambda text: json.dumps(json.loads(text) | {"comment": "I am sure of it"}),
}
# What leaves only some of it.
PARTLY: dict[str, Callable[[str], str]] = {
    "cut off": lambda text: text[: len(text) * 6 // 10],
    "cut off in a fence": lambda text: f"```json\n{text[: len(text) * 2 // 3]}",
    "running on": lambda text: text[: len(text) * 6 // 10] + ', "Outdoor' * 3_000,
}
# What leaves nothing.
NOTHING: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: "",
    "blank": lambda text: " \n ",
    "a refusal": lambda text: "Sorry, building profiles of people is not something I do.",
    "the schema": lambda text: json.dumps({"type": "object", "properties": {"groups": {"type": "array"}}}),
    "null": lambda text: "null",
    "another shape": lambda text: json.dumps({"interests": ["tea", "bags"]}),
    "numbers nobody offered": numbers(lambda number: number + 90_000),
    "a web page": lambda text: "<!doctype html><html><body>502 Bad Gateway</body></html>",
}
NO_NAMES: dict[str, Callable[[str], str]] = {
    "objects for text": strings(lambda text: {"text": text}),
    "blank names": strings(lambda text: " "),
    "endless names": strings(lambda text: text * 300),
}
