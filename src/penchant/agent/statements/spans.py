"""Which words of a sentence are its subject: every run of words is scored by what stands around it, in it, and by what the rules propose.

A log-linear ranker over spans (trained by `scripts/train_statements.py`, its weights beside the classifier's). Where one wording is in no
rule, the neighbours of a subject ("对 … 感兴趣", "hooked on …") still tell where it begins and ends.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements.grammar_words import Word, run, words
from penchant.agent.statements.sentences import ClauseReading

#: Places that features of spans are hashed into.
SPAN_PLACES = 1 << 15
#: The longest subject, in characters (Chinese) and in words (English).
LONGEST_ZH, LONGEST_EN = 18, 12
_UNIT_ZH = re.compile(r"[A-Za-z0-9]+(?:['’.+#-]+[A-Za-z0-9]+)*[+#]*|\S")
_UNIT_EN = re.compile(r"\w+(?:['’&./+#-]+\w+)*[+#%]*|[^\w\s]")
_MARK = re.compile(r"^[^\w]$")
#: Words of grammar whose being inside says something of where a subject ends.
_GRAMMAR_ZH = frozenset(
    "我你他的了不就都也是很太在对把被让给会能要得着过最更没有跟和与这那一吃喝看听用买去坐玩做打学住穿读写养带上早睡自每从"
)
_GRAMMAR_EN = frozenset(
    "i my me you and or but because so that which who to of for with in on at by from than when if is are not very really".split()  # noqa: SIM905
)


class Span(NamedTuple):
    """`text[start:end]`."""

    start: int
    end: int


def spans(text: str, *, chinese: bool) -> list[Span]:
    """Every run of words that may be a subject, in order."""
    return [span for span, _, _ in _spans(_units(text, chinese=chinese), chinese=chinese)]


def span_features(text: str, readings: Sequence[ClauseReading], *, chinese: bool) -> list[NDArray[np.int64]]:
    """Places of the features of each of `spans(text)`."""
    units = _units(text, chinese=chinese)
    classed = words(text, chinese=chinese)
    shown = ["^", *(text[start:end].casefold() for start, end in units), "$"]
    return [
        _places(
            chain(
                _names(shown, first, last, _proposal(span, readings), chinese=chinese),
                _classes(classed, span, len(text)),
            )
        )
        for span, first, last in _spans(units, chinese=chinese)
    ]


def best_span(
    weights: NDArray[np.float32], text: str, readings: Sequence[ClauseReading], *, chinese: bool
) -> Span | None:
    """The likeliest subject; None where there is no word."""
    found = spans(text, chinese=chinese)
    scores = [float(weights[places].sum()) for places in span_features(text, readings, chinese=chinese)]
    return found[int(np.argmax(scores))] if found else None


def _units(text: str, *, chinese: bool) -> list[Span]:
    return [Span(*match.span()) for match in (_UNIT_ZH if chinese else _UNIT_EN).finditer(text)]


def _spans(units: Sequence[Span], *, chinese: bool) -> Iterator[tuple[Span, int, int]]:
    longest = LONGEST_ZH if chinese else LONGEST_EN
    for first in range(len(units)):
        for last in range(first, min(first + longest, len(units))):
            yield Span(units[first].start, units[last].end), first, last


def _proposal(span: Span, readings: Sequence[ClauseReading]) -> str:
    """How a rule's proposal lies to the span."""
    if not readings or readings[0].end <= readings[0].start:
        return "none"
    first = readings[0]
    sure = "?" if first.weak else ""
    if (first.start, first.end) == span:
        return f"same{sure}{first.pattern}"
    return f"{'start' if first.start == span.start else 'end' if first.end == span.end else 'other'}{sure}"


def _names(shown: Sequence[str], first: int, last: int, proposal: str, *, chinese: bool) -> Iterator[str]:
    """`shown`: the words between "^" and "$"; the span is `shown[first + 1 : last + 2]`."""
    glue = "" if chinese else " "
    start, end = first + 1, last + 2
    inside = shown[start:end]
    yield f"={proposal}"
    yield f"={proposal.rstrip('0123456789')}"
    for size in (1, 2, 3, 4):
        yield f"L{size}{glue.join(shown[max(0, start - size) : start])}"
        yield f"R{size}{glue.join(shown[end : end + size])}"
    yield f"LR{shown[start - 1]}|{shown[end]}"
    grammar = _GRAMMAR_ZH if chinese else _GRAMMAR_EN
    for name, word, beside in (("F", inside[0], shown[start - 1]), ("E", inside[-1], shown[end])):
        known = word if word in grammar else "·"
        yield f"{name}{known}"
        yield f"{name}{known}|{beside}"
    yield f"n{min(len(inside), 12)}"
    left = "edge" if start == 1 or _MARK.match(shown[start - 1]) else "in"
    right = "edge" if end == len(shown) - 1 or _MARK.match(shown[end]) else "in"
    yield f"B{left}{right}"
    yield f"B{left}{right}{min(len(inside), 4)}"
    yield from (f"I{word}" for word in inside if word in grammar or _MARK.match(word))
    yield from (
        f"O{word}{'<' if at < start else '>'}"
        for at, word in enumerate(shown)
        if word in grammar and not start <= at < end
    )


def _classes(classed: Sequence[Word], span: Span, length: int) -> Iterator[str]:
    """The classes of the words before the span, in it and behind it, and whether it cuts a word of a class in two."""
    before = ["^", *run([word for word in classed if word.end <= span.start])]
    behind = [*run([word for word in classed if word.start >= span.end]), "$"]
    inside = run([word for word in classed if word.start >= span.start and word.end <= span.end])
    for size in (1, 2, 3, 4):
        yield f"cL{size}{' '.join(before[-size:])}"
        yield f"cR{size}{' '.join(behind[:size])}"
    yield f"cLR{' '.join(before[-2:])}|{' '.join(behind[:2])}"
    yield f"cLR1{before[-1]}|{behind[0]}"
    yield f"cW{' '.join(before)}§{' '.join(behind)}"
    yield from (f"cI{kind}" for kind in inside)
    yield f"cF{inside[0] if inside else ''}"
    yield f"cE{inside[-1] if inside else ''}"
    yield f"cS{' '.join(inside[:4])}"
    cut = [word for word in classed if word.start < span.start < word.end or word.start < span.end < word.end]
    yield f"cut{len(cut)}"
    outside = before[1:] + behind[:-1]
    yield f"cO{'·' in outside}"
    yield from (f"cO{kind}" for kind in outside)


def _places(names: Iterable[str]) -> NDArray[np.int64]:
    return np.unique([zlib.crc32(name.encode("utf-8", "replace")) % SPAN_PLACES for name in names])
