"""Finds the words of a sentence that are its subject, by scoring every run of words.

A log-linear ranker over spans (trained by `scripts/train_statements.py`; its weights are stored with the
classifier's) scores what is around a span, what is in it, and what the rules propose. Where no rule knows a wording,
the words beside a subject ("对 … 感兴趣", "hooked on …") still show where it begins and ends.
"""

import re
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements.grammar_words import Word, class_sequence, tagged, words
from penchant.agent.statements.sentences import ClauseReading
from penchant.characters import HAN
from penchant.lazy_patterns import lazy

#: The number of indices that features of spans are hashed into.
SPAN_PLACES = 1 << 16
#: The longest subject, in characters (Chinese) and in words (English).
LONGEST_ZH, LONGEST_EN = 18, 12
_UNIT_ZH = lazy(r"[A-Za-z0-9]+(?:['’.+#-]+[A-Za-z0-9]+)*[+#]*|\S")
_UNIT_EN = lazy(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\w+(?:['’&./+#-]+\w+)*[+#%]*|[^\w\s]")
#: Marks that end a clause, and words for the writer.
_CUTS = frozenset("，,；;。.!！?？:：")
_WRITER = lazy(r"\b(?:i|i['’]\w+|im|my|me|we|our)\b|我|本人|咱", re.IGNORECASE)
#: The least advantage (in nats) of a span over a rule's proposal, and the largest disadvantage of its ends against the likeliest ends.
MIN_ADVANTAGE, MAX_DISADVANTAGE = 1.5, 5.5
_I = re.IGNORECASE
#: Words that no English subject begins or ends with, and phrases that only say when, how often or how much.
_OPEN_START = lazy(
    r"(?:them|him|us|me|you|and|or|but|of|is|are|was|were|am|that|which|who|than|because|so|as|[^\w\s])(?!\w)", _I
)
_OPEN_END = lazy(
    r"a|an|the|each|every|of|to|for|with|in|on|at|by|from|and|or|but|my|your|their|our|i|is|are|was|were|am|be|that|which|who|than|as|if|when"
    r"|because|so|very|really|too|[^\w\s]",
    _I,
)
_ADVERBIAL = lazy(
    r"(?:a|the)\s+(?:lot|bit|little|whole|time)|(?:an?\s+)?(?:few|couple\s+of|hundred|million)\s+times|(?:so|very|too)\s+much|(?:all\s+the\s+)?time|(?:all\s+)?year\s+round|round|first\s+thing"
    r"|(?:every|each|this|last|next)\s+\w+|\w+\s+(?:times|years?|months?|weeks?|days?)(?:\s+(?:ago|a\s+\w+))?|\w+\s+a\s+(?:day|week|month|year)"
    r"|nothing(?:\s+\w+)?|something|anything|everything|everyone|nobody|no\s+one|it|this|that|them|here|there|lol|tbh|me|us|i|we|you(?:['’]\w+)?|exact",
    _I,
)
#: Classes of words around a Chinese predicate; verbs of these classes that belong to it; particles at its end.
_FRAMES_ZH = frozenset(
    ("me", "other", "always", "soon", "want", "mark", "degree", "need", "time", "ask", "like", "dislike", "prefer")
)
_VERBS, _PARTICLES = frozenset([*"考学练攒过到成好完会", "转行"]), "了呢吧啊呀的哦"
_WITH, _OWNING = frozenset("带陪跟和给送接让教帮"), frozenset("用穿养")
_NO_PREDICATE = lazy(
    rf"[是叫对让被因在]$|在[{HAN}]?$|[前后]$|[之以][前后]|一心|但|所以|而|如果|一边|\d+年|[一二三四五六七八九十几多半两]+年$"
)
#: A time before an intended activity.
_TIME_ZH = lazy(
    r"(?:在|到|于)?(?:今年|明年|后年|年[底内前]|[上下]半年|[这下]个?(?:月|周|学期)|[一二三四五六七八九十]{1,2}月|[春夏秋冬]天|暑假|寒假|以后|将来|未来|有一天"
    r"|(?:\d+|[一二三四五六七八九十]+)岁)(?:[以之]?[前内里后底初末])?"
)
#: Beginnings of a rule's proposal that are not an action.
_NO_ACTION = lazy(r"(?:have|has|been|be|am|don|do\s+not|own|use|drive|need|get|set|stay|not|never|only)\b", _I)
#: Words after a noun that specify it.
_BELONGS = lazy(
    r"\s+(?:with|of|about|without|along|from|made|like|such\s+as|that|which|who|whose|where|than|(?:i|we)\s+(?:can|could))\s",
    _I,
)
_TURNED_ROUND = lazy(r"\b(?:hardly|opposite|anything\s+but|not|no|last)\b", _I)
_ARTICLE = lazy(r"(?:an?|the)\s+", _I)
#: A noun and the beginning of its details: "single dad with §".
_NOUN_AND_MORE = lazy(
    r"(?!(?:don['’]?t|do|have|has|can['’]?t|cannot)\s|\w+(?:ing|ed)\s|been\s|got\s|set\s|had\s|never\s|not\s|just\s)(?:[\w'’-]+\s+){1,4}(?:with|of|who|that|from|in|and)\s+(?:an?\s+)?",
    _I,
)
#: Words before a clause that is liked or disliked as a whole: "I love it when § a film has no dialogue".
_CLAUSE_LIKED = lazy(r"\bit\s+when\s+(?:(?:an?|the)\s+)?$", _I)
#: Words after a noun that begin what it does, in a clause that is liked or disliked as a whole, or another noun beside it.
_PREDICATE_ZH = lazy(r"(?:都|就|总|老|把|被|给)(?=..)|(?:、|或者?|[和与跟])(?=..?)|[^，。的]{1,4}我(?![^，。]*的)")
_TOLD_TO_ZH = lazy(r"[让叫劝嘱]|要求|建议")  # before what a doctor advises
_BELONGS_ZH = lazy(rf"的[{HAN}]|这[类种样][{HAN}]|之类的")
#: Words before a relative clause: "food that § contains palm oil".
_RELATIVE = lazy(r"\b(?:that|which|who|whose|where)\s+$", _I)
_MARK = lazy(r"^[^\w]$")
#: Grammar words whose occurrence in a span helps to decide where a subject ends.
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


def spans(text: str, readings: Sequence[ClauseReading] = (), *, chinese: bool) -> list[Span]:
    """Return every run of whole words that may be a subject, and what the rules propose, in order."""
    return [span for span, _, _ in _spans(text, readings, chinese=chinese)]


def span_features(text: str, readings: Sequence[ClauseReading], *, chinese: bool) -> list[NDArray[np.int64]]:
    """Return the feature indices of each of `spans(text, readings)`; an index that occurs twice counts twice."""
    around = _Surroundings(text, readings, chinese=chinese)
    return [
        np.array([*around.before(first), *around.behind(last), *around.of(first, last)])
        for _, first, last in _spans(text, readings, chinese=chinese)
    ]


def best_span(
    weights: NDArray[np.float32],
    text: str,
    readings: Sequence[ClauseReading],
    *,
    chinese: bool,
    beside: Span | None = None,
) -> Span | None:
    """Return the likeliest subject, or an English rule's proposal if nearly as likely; None without words.

    `beside`: the bounds of a clause in which only a pronoun stands for the subject; it is left out.
    """
    found = [
        (span, first, last)
        for span, first, last in _spans(text, readings, chinese=chinese)
        if beside is None or span.end <= beside.start or span.start >= beside.end
    ]
    if not found:
        return None
    around = _Surroundings(text, readings, chinese=chinese)
    proposed = Span(readings[0].start, readings[0].end) if readings else None
    scores = _scores(weights, around, _likely(weights, around, found, proposed))
    best = max(scores, key=scores.__getitem__)
    if proposed is None or proposed == best:
        return best
    if chinese:
        return _with_noun_zh(text, best, proposed, firm=not readings[0].weak)
    gap = scores[best] - scores[proposed] if proposed in scores else None
    return best if gap is None else _prefer_proposal(text, best, proposed, gap, readings[0])


def _with_noun_zh(text: str, best: Span, proposed: Span, *, firm: bool) -> Span:
    """Return the likeliest Chinese subject, extended to its noun, its details or its predicate where a rule proposes that."""
    predicate = proposed.start == best.start and _PREDICATE_ZH.match(text, best.end, proposed.end)
    details = proposed.start < best.start and best.end == proposed.end and text[best.start - 1] == "的"
    cut = firm and best == (proposed.start + 1, proposed.end) and text[proposed.start] not in _GRAMMAR_ZH
    if details or predicate or cut or (firm and _TOLD_TO_ZH.search(text, best.start, proposed.start)):
        return proposed
    more = proposed.start <= best.start and best.end < proposed.end and _BELONGS_ZH.match(text, best.end)
    return Span(best.start, proposed.end) if more else best


def _prefer_proposal(text: str, best: Span, proposed: Span, gap: float, reading: ClauseReading) -> Span:
    """Return the likeliest English subject, or the rule's proposal (`gap` nats less likely) if near or more complete."""
    relative = best.end <= proposed.end and _RELATIVE.search(text, proposed.start, best.start)
    if (
        gap < MIN_ADVANTAGE
        or _is_only_part(text, best, proposed, reading)
        or relative
        or _CLAUSE_LIKED.search(text, 0, proposed.start)
    ):
        return proposed
    if proposed.start <= best.start and _BELONGS.match(text, best.end, proposed.end):
        return Span(best.start, proposed.end)
    return _with_verb(text, best, proposed, reading)


def _is_only_part(text: str, best: Span, proposed: Span, reading: ClauseReading) -> bool:
    """Return whether the likeliest subject is only a part of what a firm rule reads (of a fact: says more about it)."""
    article = _ARTICLE.match(text, best.start, proposed.start)
    if not (proposed.start <= (article.end() if article else best.start) and best.end <= proposed.end):
        return False
    if _TURNED_ROUND.search(text, proposed.start, best.start):
        return False
    if reading.kind in ("fact", "habit", "goal"):
        return reading.kind == "fact" and bool(_NOUN_AND_MORE.fullmatch(text, proposed.start, best.start))
    return not reading.weak


def _likely(
    weights: NDArray[np.float32],
    around: "_Surroundings",
    found: Sequence[tuple[Span, int, int]],
    proposed: Span | None,
) -> dict[tuple[Span, int, int], float]:
    """Return the spans with likely ends, and the proposal, each with the score of its ends."""
    firsts, lasts = sorted({first for _, first, _ in found}), sorted({last for _, _, last in found})
    sums = _weight_sums(weights, [*map(around.before, firsts), *map(around.behind, lasts)])
    starts, ends = dict(zip(firsts, sums, strict=False)), dict(zip(lasts, sums[len(firsts) :], strict=True))
    scores = {(span, first, last): starts[first] + ends[last] for span, first, last in found}
    least = max(scores.values()) - MAX_DISADVANTAGE
    return {entry: score for entry, score in scores.items() if score >= least or entry[0] == proposed}


def _scores(
    weights: NDArray[np.float32], around: "_Surroundings", by_ends: dict[tuple[Span, int, int], float]
) -> dict[Span, float]:
    sums = _weight_sums(weights, [around.of(first, last) for _, first, last in by_ends])
    return {span: ends + both for ((span, _, _), ends), both in zip(by_ends.items(), sums, strict=True)}


def _weight_sums(weights: NDArray[np.float32], places: Sequence[Sequence[int]]) -> list[float]:
    """Return the sum of the weights at each list of indices; no list may be empty."""
    starts = np.cumsum([0, *map(len, places[:-1])])
    found: list[float] = np.add.reduceat(weights[np.fromiter(chain.from_iterable(places), np.int64)], starts).tolist()
    return found


def _with_verb(text: str, best: Span, proposed: Span, reading: ClauseReading) -> Span:
    """Return the subject of a habit or goal with its verb ("walk the dog"), where the rule reads it that far."""
    within = proposed.start < best.start and best.end <= proposed.end
    if reading.kind not in ("habit", "goal") or not within or _NO_ACTION.match(text, proposed.start):
        return best
    return Span(proposed.start, best.end)


def _units(text: str, *, chinese: bool) -> list[Span]:
    return [Span(*match.span()) for match in (_UNIT_ZH if chinese else _UNIT_EN).finditer(text)]


def _spans(text: str, readings: Sequence[ClauseReading], *, chinese: bool) -> Iterator[tuple[Span, int, int]]:
    units = _units(text, chinese=chinese)
    parts = tagged(text, chinese=chinese)
    starts = {part.start for part in parts if text[part.start] not in _CUTS} | {reading.start for reading in readings}
    ends = {part.end for part in parts if text[part.end - 1] not in _CUTS} | {reading.end for reading in readings}
    proposed = {(reading.start, reading.end) for reading in readings}
    longest = LONGEST_ZH if chinese else LONGEST_EN
    for first in range(len(units)):
        if chinese and units[first].start not in starts:
            continue
        for last in range(first, min(first + longest, len(units))):
            span = Span(units[first].start, units[last].end)
            if (units[last].end in ends) if chinese else (span in proposed or _may_be_subject(text, span, units[last])):
                yield span, first, last


def predicate_zh(text: str, best: Span) -> Span:
    """Return the Chinese predicate around `best` ("考过N3", "去海边住一周"), after words of when, how often or that one does it."""
    parts = tagged(text, chinese=True)
    start = next((part.start for part in parts if part.start < best.start < part.end), best.start)
    for part in reversed([part for part in parts if part.end <= start]):
        if part.end != start or _frames_zh(text, part):
            break
        start = part.start
    end = best.end
    for part in [part for part in parts if part.start >= end]:
        word = text[part.start : part.end]
        if part.start != end or part.kind in ("ask", "me", "other") or word in _CUTS or _NO_PREDICATE.match(word):
            break
        end = part.end
    if start < best.start and text[start] in _OWNING:
        start += 1  # for "use" and "wear", the subject is the thing
    if time := _TIME_ZH.match(text, start, end - 1):
        start = time.end()
    end = start + len(text[start:end].rstrip(_PARTICLES))
    return Span(start, end) if best.end <= end <= start + LONGEST_ZH else Span(start, best.end)


def _frames_zh(text: str, part: Word) -> bool:
    """Return whether a word before a predicate only says that, when, how often or with whom one does it."""
    word = text[part.start : part.end]
    if part.kind in ("other", "me") and text[part.start - 1 : part.start] in _WITH:
        return False
    return (part.kind in _FRAMES_ZH and word not in _VERBS) or word in _CUTS or bool(_NO_PREDICATE.match(word))


def _may_be_subject(text: str, span: Span, last: Span) -> bool:
    """Return whether English words may be a subject: complete at both ends, and not only an adverb."""
    return not (
        _OPEN_START.match(text, span.start)
        or _OPEN_END.fullmatch(text, last.start, last.end)
        or _ADVERBIAL.fullmatch(text, span.start, span.end)
    )


def _proposal(span: Span, readings: Sequence[ClauseReading]) -> str:
    """Return how a rule's proposal relates to the span."""
    if not readings or readings[0].end <= readings[0].start:
        return "none"
    first = readings[0]
    sure = "?" if first.weak else ""
    if (first.start, first.end) == span:
        return f"same{sure}{first.pattern}"
    return f"{'start' if first.start == span.start else 'end' if first.end == span.end else 'other'}{sure}"


class _Surroundings:
    """Feature indices of what is before, after and in the spans of a sentence, given by their first and last unit."""

    def __init__(self, text: str, readings: Sequence[ClauseReading], *, chinese: bool) -> None:
        self.text, self.readings = text, readings
        self.glue, self.grammar = ("", _GRAMMAR_ZH) if chinese else (" ", _GRAMMAR_EN)
        self.units = _units(text, chinese=chinese)
        self.shown = ["^", *(text[start:end].casefold() for start, end in self.units), "$"]
        self.classed, self.parts = words(text, chinese=chinese), tagged(text, chinese=chinese)
        self.split = Counter(
            edge for part in self.parts for edge in range(part.start + 1, part.end)
        )  # how many words a position would cut
        self.of_words = [word.start for word in self.classed], [word.end for word in self.classed]
        self.of_parts = [part.start for part in self.parts], [part.end for part in self.parts]
        self._classes: dict[tuple[int, bool], list[str]] = {}
        self.cuts = [-1, *(at for at, character in enumerate(text) if character in _CUTS), len(text)]

    def _classes_before(self, at: int) -> list[str]:
        """Return the classes of the words before the character at `at`."""
        if (at, True) not in self._classes:
            self._classes[at, True] = ["^", *class_sequence(self.classed[: bisect_right(self.of_words[1], at)])]
        return self._classes[at, True]

    def _classes_behind(self, at: int) -> list[str]:
        if (at, False) not in self._classes:
            self._classes[at, False] = [*class_sequence(self.classed[bisect_left(self.of_words[0], at) :]), "$"]
        return self._classes[at, False]

    def before(self, first: int) -> list[int]:
        """Return features of how a span beginning at unit `first` begins, and of what is before it."""
        shown, at, start = self.shown, self.units[first].start, first + 1
        classes = self._classes_before(at)
        parts = ["^", *(part.kind for part in self.parts if part.end <= at)]
        head = next((part.kind for part in self.parts if part.end > at), "?")
        known = shown[start] if shown[start] in self.grammar else "·"
        left = next((self.text[part.start : part.end] for part in reversed(self.parts) if part.end <= at), "^")
        names = [f"F{known}", f"F{known}|{shown[first]}", f"tF{head}", f"twL{left.casefold()}|{head}"]
        names += [f"L{size}{self.glue.join(shown[max(0, start - size) : start])}" for size in (1, 2, 3, 4)]
        names += [f"cL{size}{' '.join(classes[-size:])}" for size in (1, 2, 3, 4)]
        names += [f"tL{' '.join(parts[-size:])}|{head}" for size in (1, 2, 3)]
        names += [f"O{word}<" for word in set(shown[1:start]) if word in self.grammar]
        names += [f"cO{kind}<" for kind in set(classes[1:])]
        return _places([*names, *self._clause(at)])

    def behind(self, last: int) -> list[int]:
        """Return features of how a span ending in unit `last` ends, and of what is after it."""
        shown, at, end = self.shown, self.units[last].end, last + 2
        classes = self._classes_behind(at)
        parts = [*(part.kind for part in self.parts if part.start >= at), "$"]
        tail = next((part.kind for part in reversed(self.parts) if part.start < at), "?")
        known = shown[last + 1] if shown[last + 1] in self.grammar else "·"
        right = next((self.text[part.start : part.end] for part in self.parts if part.start >= at), "$")
        names = [f"E{known}", f"E{known}|{shown[end]}", f"tE{tail}", f"twR{tail}|{right.casefold()}"]
        names += [f"R{size}{self.glue.join(shown[end : end + size])}" for size in (1, 2, 3, 4)]
        names += [f"cR{size}{' '.join(classes[:size])}" for size in (1, 2, 3, 4)]
        names += [f"tR{tail}|{' '.join(parts[:size])}" for size in (1, 2, 3)]
        names += [f"O{word}>" for word in set(shown[end:-1]) if word in self.grammar]
        names += [f"cO{kind}>" for kind in set(classes[:-1])]
        return _places(names)

    def of(self, first: int, last: int) -> list[int]:
        """Return features of both ends together, and of what is inside."""
        shown, start, end = self.shown, self.units[first].start, self.units[last].end
        before, behind = self._classes_before(start), self._classes_behind(end)
        inside = class_sequence(self.classed[_within(self.of_words, start, end)])
        parts = [part.kind for part in self.parts[_within(self.of_parts, start, end)]] or ["?"]
        proposal = _proposal(Span(start, end), self.readings)
        left = "edge" if first == 0 or _MARK.match(shown[first]) else "in"
        right = "edge" if last == len(self.units) - 1 or _MARK.match(shown[last + 2]) else "in"
        size = last - first + 1
        names = [f"={proposal}", f"={proposal.rstrip('0123456789')}", f"LR{shown[first]}|{shown[last + 2]}"]
        names += [f"n{min(size, 12)}", f"B{left}{right}", f"B{left}{right}{min(size, 4)}"]
        names += [f"I{word}" for word in set(shown[first + 1 : last + 2]) if word in self.grammar or _MARK.match(word)]
        names += [f"cLR{' '.join(before[-2:])}|{' '.join(behind[:2])}", f"cLR1{before[-1]}|{behind[0]}"]
        names += [f"cW{' '.join(before)}§{' '.join(behind)}", f"cS{' '.join(inside[:4])}"]
        names += [f"cF{inside[0] if inside else ''}", f"cE{inside[-1] if inside else ''}"]
        names += [f"cI{kind}" for kind in set(inside)]
        names += [f"tS{' '.join(parts[:5])}", f"tSn{' '.join(parts[:3])}|{len(parts)}", f"tFE{parts[0]}|{parts[-1]}"]
        names += [f"tcut{self.split[start] + self.split[end]}"]
        names += [f"qx{any(start < cut < end for cut in self.cuts)}"]
        return _places(names)

    def _clause(self, at: int) -> Iterator[str]:
        """Yield features of the clause at `at`: its number, whether it names the writer, and whether a rule reads it."""
        number = sum(cut < at for cut in self.cuts) - 1
        start, end = self.cuts[number] + 1, self.cuts[number + 1]
        names = bool(_WRITER.search(self.text, start, end))
        read = any(start <= reading.start < end for reading in self.readings)
        first = bool(self.readings) and start <= self.readings[0].start < end
        yield f"q{min(number, 3)}of{min(len(self.cuts) - 1, 4)}"
        yield f"q{names}{read}{first}"
        yield f"q{min(number, 1)}{names}{read}{len(self.cuts) > 2}"


def _within(bounds: tuple[list[int], list[int]], start: int, end: int) -> slice:
    """Return the slice between `start` and `end`, where `bounds` are the starts and the ends, both in order."""
    return slice(bisect_left(bounds[0], start), bisect_right(bounds[1], end))


def _places(names: Iterable[str]) -> list[int]:
    return [_place(name) for name in names]


@lru_cache(1 << 17)
def _place(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "replace")) % SPAN_PLACES
