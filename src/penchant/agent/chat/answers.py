"""The answer to one turn (text, items, trace), and the check that a model's answer uses only what tools returned.

Small models name films that are not in the catalogue and give reasons that sound plausible. A list in an answer is
therefore rewritten line by line as it arrives: the model chooses the items and their order, and the tool's result
provides their titles and reasons.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from penchant.characters import HAN
from penchant.store.receipt import Degraded, Usage

StepKind = Literal["model", "tool", "refused", "rule", "limit"]
Stopped = Literal["steps", "calls", "tokens", "time"]
Plan = Literal["model", "rules"]


class Step(BaseModel):
    """One step of a turn. `says`: its result, shortened; for `refused` and `limit` the reason."""

    number: int
    kind: StepKind
    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    says: str = ""
    failed: bool = False
    tokens: int = 0
    seconds: float = 0.0


class Shown(BaseModel):
    """An item shown in an answer, with the reason given by a tool."""

    item_id: str
    title: str
    why: str = ""


class ChatAnswer(BaseModel):
    """The answer to one turn. `plan`: who decided which tools to call. `stopped`: the limit that ended the turn early."""

    user_id: str
    message: str
    text: str
    plan: Plan
    items: list[Shown] = Field(default_factory=list)
    stopped: Stopped | None = None
    model: str | None = None
    llm: Usage = Field(default_factory=Usage)
    degraded: list[Degraded] = Field(default_factory=list)
    trace: list[Step] = Field(default_factory=list)


MIN_WORDS = 4
"""Fewer words in a row than this may coincide with a description by chance."""
_WORD = re.compile(r"\w+")


def description_repeated(
    name: str, arguments: Mapping[str, Any], schemas: Callable[[], Sequence[Mapping[str, Any]]], message: str = ""
) -> str | None:
    """Return a message to the model if a call repeats a description of the tools in `schemas`, else None.

    An argument repeats a description when all its words, at least `MIN_WORDS` of them, occur in this order in the
    description of a tool or an argument, but not in the user's message, which may say anything.
    """
    given = [(argument, _words(value)) for argument, value in arguments.items() if isinstance(value, str)]
    suspects = [
        (given_text, words)
        for given_text, words in given
        if words.count(" ") > MIN_WORDS and words not in _words(message)
    ]
    if not suspects:
        return None
    described = [_words(text) for tool in schemas() for text in _descriptions(tool["function"])]
    for argument, words in suspects:
        if any(words in text for text in described):
            return f"{name} was given a description as its {argument}: put the user's own words there, or leave it out"
    return None


def _descriptions(function: Mapping[str, Any]) -> Iterator[str]:
    yield str(function.get("description", ""))
    for schema in function["parameters"].get("properties", {}).values():
        yield str(schema.get("description", ""))


def _words(text: str) -> str:
    """Return the words only, each between spaces, so that one text can be searched for in another."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


MAX_LINE = 4_000
_LISTED = re.compile(r"^\s{0,3}(?:\d{1,2}[.)、:：]|[-*•·])\s*(?P<entry>.+)$")
_NESTED = re.compile(r"^\s{2,}(?:\d{1,2}[.)]|[-*•·])|^\s+\S")
_NAMED = re.compile(r"\*\*([^*]+)\*\*|“([^“”]+)”|《([^《》]+)》|「([^「」]+)」|\"([^\"]+)\"")
_TITLE_ENDS = re.compile(r"\s[-–—]\s|[:：(（]|\*\*\s?[-–—:：]")
_LETTERS = re.compile(rf"[^\w{HAN}]+")


class GroundedText:
    """Checks a model's text on its way to the user, line by line. `known`: items returned by tools, newest last.

    `spoken_of`: texts whose names may be used beside the items. `shown`, `left_out` and `rewritten` say what was
    shown, which names were left out, and whether list entries were rewritten.
    """

    def __init__(self, known: list[Shown], spoken_of: str) -> None:
        self.known = {_plain(item.title): item for item in known} | {_plain(item.item_id): item for item in known}
        self.spoken_of = _plain(spoken_of)
        self.shown: list[Shown] = []
        self.left_out: list[str] = []
        self.rewritten = False
        self._inside_item = False

    def line(self, line: str) -> Iterator[str]:
        """Yield the line (its first `MAX_LINE` characters) unchanged or rewritten from a tool's result, or nothing."""
        line = line[:MAX_LINE]
        listed = _LISTED.match(line)
        if self._inside_item and _NESTED.match(line) and not (listed and self._item(listed["entry"])):
            return
        if listed and self.known:
            yield from self._entry(listed["entry"])
            return
        self._inside_item = False
        unknown = [name for name in _names(line) if not self._is_known(name)]
        if unknown:
            self.left_out += unknown
            return
        self.shown += [item for item in self._inline(line) if item not in self.shown]
        yield line

    def _entry(self, entry: str) -> Iterator[str]:
        item = self._item(entry)
        self._inside_item = item is not None
        if item is not None and item not in self.shown:
            self.shown.append(item)
            self.rewritten = True
            yield as_line(len(self.shown), item)
        elif item is None and self._is_known(_TITLE_ENDS.split(entry)[0]):
            yield f"- {entry}"
        elif item is None:
            self.left_out.append(entry[:120])

    def _item(self, entry: str) -> Shown | None:
        """Return the item that a list entry is about, or None.

        That is the item with the longest title in the entry, or else one whose title contains the beginning of the
        entry.
        """
        text, lead = _plain(entry), _plain(_TITLE_ENDS.split(entry)[0])
        inside = [name for name in self.known if name and name in text]
        begun = [name for name in self.known if len(lead) > 3 and lead in name]
        names = sorted(inside, key=len, reverse=True) or begun
        return self.known[names[0]] if names else None

    def _inline(self, line: str) -> list[Shown]:
        text = _plain(line)
        return [item for name, item in self.known.items() if len(name) > 3 and name in text]

    def _is_known(self, name: str) -> bool:
        text = _plain(name)
        return not text or text in self.spoken_of or any(text in known or known in text for known in self.known)


def as_line(number: int, item: Shown) -> str:
    """Return an item as a line of a list, with the tool's reason."""
    return f"{number}. {item.title}" + (f" — {item.why}" if item.why else "")


def _names(line: str) -> list[str]:
    """Return what a line presents as a name, in bold or in quotation marks."""
    return ["".join(found) for found in _NAMED.findall(line)]


def _plain(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
