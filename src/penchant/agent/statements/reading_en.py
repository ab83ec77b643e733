"""What an English sentence states, by grammar: kind, polarity, strictness, scope and the subject as a whole phrase."""

import re
from collections.abc import Iterator

from penchant.agent.statements.patterns_en import FORMER, IN_FRONT, PATTERNS
from penchant.agent.statements.phrases_en import POINTS_ELSEWHERE, front_scope, phrase
from penchant.agent.statements.reading import Reading

_I = re.IGNORECASE
_SPLIT = re.compile(
    r";\s+|\s+[-–—]+\s+|,?\s+(?:but|yet)\s+(?=(?:i|i['’]\w+|we|my|it|please|not|don['’]?t|never|hate|love|can['’]?t|these|now)\b)|,?\s+(?:and|so|because|since|although|though|while|whereas|as)\s+(?=(?:i|i['’]\w+|we|my|please|never|don['’]?t)\s)|,\s+(?=(?:i|i['’]m|i['’]ve|i['’]d|we|please|my)\s)",
    _I,
)
_OPENING = re.compile(
    r"^(?:(?:(?:yes|no|yeah|now|nope)(?=[,!.])|hi|hey|hello|well|ok|okay|so|also|and|but|oh|um|hmm|btw|by\s+the\s+way|just\s+so\s+you\s+know|fyi|note\s+that|please\s+note\s+that|remember\s+that|please\s+remember\s+(?:that\s+)?|keep\s+in\s+mind\s+(?:that\s+)?|for\s+the\s+record|actually|honestly|to\s+be\s+honest|tbh|personally|frankly|in\s+general|generally"
    r"|as\s+you\s+(?:may\s+|might\s+)?know|you\s+should\s+know\s+(?:that\s+)?|i\s+should\s+(?:mention|say|add|note)\s+(?:that\s+)?|i\s+(?:must|have\s+to)\s+(?:admit|say|confess)\s*,?\s*(?:that\s+)?|i\s+(?:think|guess|feel\s+like|suppose|believe)\s+(?=i\b)|i['’]ve\s+(?:come\s+to\s+realise|realised|realized|found|learnt|noticed)\s+(?:that\s+)?(?=i\b)|it\s+turns\s+out\s+(?:that\s+)?|turns\s+out|one\s+thing|first|second|sorry|ugh|lately|these\s+days|nowadays|recently|over\s+the\s+years|as\s+always|in\s+fact|of\s+course|obviously|unfortunately|sadly|luckily)\b[,:;.!\s-]*){1,6}",
    _I,
)
STRICT = re.compile(
    r"\b(?:allerg\w+|anaphyla\w+|intoleran\w+|c(?:o)?eliac|never|only|exclusively|strict(?:ly)?|severe(?:ly)?|must(?:\s+be|\s+have|n['’]t|\s+not)?|under\s+no\s+circumstances|absolutely\s+(?:no|not|never|must)|no\s+way|non-?negotiable|deal-?breaker|refuse|forbid\w*|religio(?:n|us)|faith|halal|kosher|vegans?|vegetarians?|pescatarians?"
    r"|doctor['’]?s?|medical|can['’]?t\s+(?:eat|have|drink|tolerate|digest)|cannot\s+(?:eat|have|drink|tolerate|digest)|don['’]?t\s+eat|do\s+not\s+eat|don['’]?t\s+drink\s+alcohol|phobia|recovering|insist|won['’]?t|boycott|gluten[\s-]free|nut[\s-]free|dairy[\s-]free|keto|low-sodium|muslim|jew(?:ish)?|hindu|jain|without\s+exception|at\s+all\s+costs|diabetic|hives|acute|terrified|requires?|not\s+allowed|don['’]?t\s+(?:ever\s+)?(?:recommend|suggest|show|send))\b",
    _I,
)
_ONLY_A_LITTLE = re.compile(
    r"\b(?:never\s+(?:liked|been|enjoyed|understood|cared|seen)|only\s+(?:recently|just|on\s+weekends)|can\s+only\s+say|not\s+only|if\s+only)\b",
    _I,
)
#: Kinds that the bare words "I have", "I'm", "I go" only suggest.
_WEAK = frozenset({"habit", "fact", "goal"})
_SLOTS = (
    ("home", re.compile(r"\b(?:live\s+(?:in|on|at|near)|moved\s+(?:back\s+)?to|moved\s+from)\b", _I)),
    ("job", re.compile(r"\b(?:work\s+as|i['’]m\s+an?\s+\w+\s+by\s+(?:trade|profession))\b", _I)),
    ("diet", re.compile(r"\b(?:vegans?|vegetarians?|pescatarians?|flexitarians?|keto|paleo|omnivore|plant-based|carnivore|\w+\s+diet)\b", _I)),
    ("name", re.compile(r"\b(?:call\s+me|my\s+name\s+is)\b", _I)),
)  # fmt: skip
_SWITCHED = re.compile(
    r"\b(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+|recently\s+|finally\s+)?(?:switched|moved|changed|gone|converted|went|migrated)\s+(?:over\s+)?from\s+(?P<old>[\w\s'’-]{2,40}?)\s+to\s+(?P<new>[\w\s'’-]{2,40})", _I
)  # fmt: skip
_SWITCHED_TO = re.compile(
    r"\b(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+|recently\s+|finally\s+)?(?:switched|converted|gone\s+over|changed|migrated|moved\s+on)\s+to\s+(?P<new>[\w\s'’-]{2,40})", _I
)  # fmt: skip
_FORGET = re.compile(
    r"^(?:please\s+|you\s+can\s+|could\s+you\s+|can\s+you\s+)?(?:(?:forget|delete|remove|drop|erase|scratch|ignore|unlearn|disregard)(?:\s+(?:the\s+(?:fact|note|part|thing))?(?:\s*(?:that|about))?)?|(?:don['’]?t|do\s+not|no\s+need\s+to|stop)\s+(?:remember(?:ing)?|note|save|store|keep|saving|storing)(?:\s+(?:the\s+fact\s+)?that)?)\s+(?P<rest>(?:about\s+)?(?:(?:me|my)\s+)?(?:that\s+)?(?:i|i['’]m|my|we)\b.*)",
    _I,
)
_NO_LONGER = re.compile(
    r"\b(?:no\s+longer|not\s+any\s?more|any\s?more\b|any\s+longer|not\s+\w+\s+(?:of\s+)?(?:it\s+)?any\s?more|gone\s+off)\b",
    _I,
)


def read(sentence: str) -> list[Reading]:
    """Every statement the sentence may hold, in order; none where no pattern matches."""
    if forgotten := _forgotten(sentence):
        return [forgotten]
    found: list[Reading] = []
    for start, end in clauses(sentence):
        found += _in_clause(sentence, start, end)
    firm = [reading for reading in found if not reading.weak]
    return _distinct(firm or found)


def clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of the sentence begin and end; each may state something of its own."""
    start = 0
    for cut in _SPLIT.finditer(sentence):
        if cut.start() - start >= 4:
            yield start, cut.start()
            start = cut.end()
    yield start, len(sentence)


def _in_clause(sentence: str, start: int, end: int) -> Iterator[Reading]:
    clause = sentence[start:end]
    opening = _OPENING.match(clause)
    start += opening.end() if opening else 0
    scope, skipped = front_scope(sentence[start:end])
    start += skipped
    if front := IN_FRONT.match(sentence[start:end]):
        name = "s" if front["s"] else "t"
        first, last, _ = phrase(sentence, start + front.start(name), start + front.end(name))
        if last > first:
            clause = sentence[start : start + front.end()]
            diet = _slot(clause)
            yield Reading("fact", "like" if diet == "diet" else None, first, last, None, bool(STRICT.search(clause)), slot=diet, pattern=1)  # fmt: skip
        start += front.end()
    clause = sentence[start:end]
    strict = bool(STRICT.search(_ONLY_A_LITTLE.sub("", clause)))
    if switched := _SWITCHED.search(clause) or _SWITCHED_TO.search(clause):
        old = switched.groupdict().get("old")
        first, last, _ = phrase(sentence, start + switched.start("new"), end)
        slot = _slot(sentence[first:last]) or ("home" if re.search(r"\bmoved\s+from\b", clause, _I) else None)
        yield Reading("fact" if slot else "prefer", None if slot == "home" else "like", first, last, scope, strict, slot=slot, replaces=old, pattern=0)  # fmt: skip
        return
    if former := FORMER.search(clause):
        first, last, _ = phrase(sentence, start + former.end(), end)
        if last > first:
            yield Reading("like", "like", first, last, scope, retracts=True, pattern=0)
        return
    matches = [
        (match.start(), at, match) for at, pattern in enumerate(PATTERNS) if (match := pattern.regex.search(clause))
    ]
    for _, at, match in sorted(matches, key=lambda entry: (entry[0], entry[1])):
        reading = _of(at, match, sentence, (start, end), scope, strict=strict)
        if reading is not None:
            yield reading
            return


def _of(
    at: int, match: re.Match[str], sentence: str, bounds: tuple[int, int], scope: str | None, *, strict: bool
) -> Reading | None:
    """What pattern number `at`, which matched within the clause at `bounds`, makes of it."""
    pattern, (start, end) = PATTERNS[at], bounds
    groups = match.groupdict()
    name = next((name for name in ("t", "s", "n", "g", "p") if groups.get(name)), None)
    if name:
        first, last, inner = phrase(sentence, start + match.start(name), start + match.end(name))
    else:
        first, last, inner = phrase(sentence, start + match.end(), end, compared=pattern.kind == "prefer")
    subject = sentence[first:last]
    if not any(map(str.isalnum, subject)) or len(subject) < 2:
        return None
    clause = sentence[start:end]
    slot = _slot_of(groups.get("slot"), clause)
    points = bool(
        POINTS_ELSEWHERE.match(sentence[start + match.end() : end].strip(" .!?,") if not name else subject)
    ) or bool(POINTS_ELSEWHERE.match(subject))
    if points and _NO_LONGER.search(clause):
        return Reading(pattern.kind, pattern.polarity, first, first, refers=True, pattern=at)
    if points:
        return Reading(pattern.kind, pattern.polarity, first, last, weak=True, pattern=len(PATTERNS))
    return Reading(
        pattern.kind, pattern.polarity, first, last, scope or inner, strict, slot=slot, weak=pattern.kind in _WEAK and not strict, pattern=at
    )  # fmt: skip


def _forgotten(sentence: str) -> Reading | None:
    """ "Forget that I like Rust": what is to be forgotten, as a reading that only ends."""
    asked = _FORGET.match(sentence)
    if not asked:
        return None
    offset = asked.start("rest")
    rest = re.sub(r"^(?:about\s+)?(?:that\s+)?", "", asked["rest"], flags=_I)
    offset += len(asked["rest"]) - len(rest)
    inner = next(iter(_in_clause(rest, 0, len(rest))), None)
    if inner is None:
        words = re.match(r"^(?:i|my|we)\s+(?:\w+\s+)?", rest, _I)
        first, last, _ = phrase(rest, words.end() if words else 0, len(rest))
        inner = Reading("like", None, first, last)
    if POINTS_ELSEWHERE.match(rest[inner.start : inner.end]) or re.match(
        r"(?:previous|last|first|earlier)\b|message|question", rest[inner.start : inner.end], _I
    ):
        return None
    return inner._replace(start=offset + inner.start, end=offset + inner.end, retracts=True, weak=False)


def _slot_of(named: str | None, clause: str) -> str | None:
    if named and named.strip():
        return f"favourite {' '.join(named.casefold().split())}"
    return _slot(clause)


def _slot(clause: str) -> str | None:
    return next((name for name, regex in _SLOTS if regex.search(clause)), None)


def _distinct(readings: list[Reading]) -> list[Reading]:
    distinct: list[Reading] = []
    for reading in readings:
        if not any(reading.start < other.end and other.start < reading.end for other in distinct):
            distinct.append(reading)
    return distinct
