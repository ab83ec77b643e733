"""Takes out thoughts that a model writes into its answer: between marks, cut anywhere when streamed, or with a closing mark alone.

They are for nobody but the model: what is shown, read as JSON or remembered of a turn is the rest.
"""

import re
from collections.abc import Iterable, Iterator

_MARKS = {
    **{f"<{name}>": f"</{name}>" for name in ("think", "thinking", "thought", "thoughts", "reasoning", "seed:think")},
    "[think]": "[/think]",
    "<|thinking|>": "<|/thinking|>",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "◁think▷": "◁/think▷",
    "<|channel|>analysis": "<|end|>",  # gpt-oss, on servers that pass its channels on as text
    "<|channel|>final": "<|message|>",
    "<|start|>": "assistant",
}
_CLOSING_ALONE = tuple(closing for opening, closing in _MARKS.items() if "think" in opening or "reasoning" in opening)
_OPENING = re.compile("|".join(map(re.escape, _MARKS)), re.IGNORECASE)
_EITHER = re.compile("|".join(map(re.escape, (*_MARKS, *_CLOSING_ALONE))), re.IGNORECASE)
_ALL = tuple(mark.lower() for mark in (*_MARKS, *_CLOSING_ALONE))
_LONGEST = max(map(len, _ALL))


class Retraction:
    """In a stream: what was handed out of this turn so far turned out to be thought, and is no part of the answer."""


class ThoughtFilter:
    """The text of one turn without its thoughts, as it comes.

    `opened`: the model may begin with a thought that it does not announce: nothing is handed out before a closing mark, or the end.
    `closed_alone` and `thought` say afterwards whether a closing mark came alone, and whether any thought came.
    """

    def __init__(self, *, opened: bool = False) -> None:
        self.thought = self.closed_alone = False
        self._waiting: list[str] | None = [] if opened else None
        self._closing: re.Pattern[str] | None = None
        self._held = ""
        self._strip = False
        self._before = ""

    def feed(self, text: str) -> Iterator[str | Retraction]:
        """What of `text`, and of what was held back before it, is answer for sure."""
        for piece in self._read(text):
            if self._waiting is None:
                yield piece
            elif isinstance(piece, Retraction):
                self._waiting = None  # nobody has seen it
            else:
                self._waiting.append(piece)

    def end(self) -> Iterator[str]:
        """What is left when the turn has ended. A thought without an end is dropped, unless it was never announced."""
        if self._waiting:
            yield "".join(self._waiting)
        rest = "" if self._closing is not None else self._held
        self.thought = self.thought or self._closing is not None
        self._held, self._closing, self._waiting = "", None, None
        yield from self._show(rest)

    def _read(self, text: str) -> Iterator[str | Retraction]:
        self._held += text
        while self._closing is not None or self._held:
            if self._closing is not None:
                if not self._leave(self._closing):
                    return
                continue
            found = _EITHER.search(self._held)
            if found is None:
                safe = len(self._held) - _begun(self._held)
                yield from self._show(self._held[:safe])
                self._held = self._held[safe:]
                return
            before, mark = self._held[: found.start()], found.group()
            quoted = (before or self._before)[-1:] == "`"
            if quoted:
                yield from self._show(self._held[: found.end()])
                self._held = self._held[found.end() :]
            elif _OPENING.fullmatch(mark):
                yield from self._show(before)
                self._closing, self._held = _anything([_MARKS[mark.lower()]]), self._held[found.end() :]
            else:
                self._held = self._held[found.end() :]
                self.thought = self.closed_alone = self._strip = True
                yield Retraction()

    def _leave(self, closing: re.Pattern[str]) -> bool:
        """Drop the thought up to its closing mark; False where that has not come yet."""
        found = closing.search(self._held)
        if found is None:
            self._held = self._held[-(_LONGEST - 1) :]
            return False
        self._held, self._closing = self._held[found.end() :], None
        self.thought = self._strip = True
        return True

    def _show(self, text: str) -> Iterator[str]:
        if self._strip:
            text = text.lstrip()
        if text:
            self._strip = False
            self._before = text
            yield text


def without_thoughts(text: str) -> tuple[str, bool]:
    """A finished text without its thoughts, and whether there were any."""
    thoughts = ThoughtFilter()
    return answer_of([*thoughts.feed(text), *thoughts.end()]), thoughts.thought


def answer_of(pieces: Iterable[str | Retraction]) -> str:
    """The pieces of an answer put together: what was retracted is left out."""
    answer: list[str] = []
    for piece in pieces:
        if isinstance(piece, Retraction):
            answer = []
        else:
            answer.append(piece)
    return "".join(answer)


def _anything(marks: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, marks)), re.IGNORECASE)


def _begun(text: str) -> int:
    """How many characters at the end may be the beginning of a mark."""
    tail = text[-(_LONGEST - 1) :].lower()
    starts = (at for at, character in enumerate(tail) if character in "<[◁")
    return next((len(tail) - at for at in starts if any(mark.startswith(tail[at:]) for mark in _ALL)), 0)
