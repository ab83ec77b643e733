"""Reads what an English sentence states, by grammar: kind, polarity, strictness, scope and the subject."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from penchant.agent.statements.activities_en import LESS_AT_END
from penchant.agent.statements.changes_en import (
    BEFORE_FORGOTTEN,
    FORGET,
    OF_BODY,
    SLOTS_WITHOUT_TASTE,
    Replacement,
    activity_replacement,
    direct_replacement,
    former_habit_replacement,
    replaced_activity,
    slot_in,
    slot_of,
    start_of_current_subject,
)
from penchant.agent.statements.clause_punctuation import CLAUSE_CONJUNCTION
from penchant.agent.statements.patterns_en import FORMER_TASTE, INTRODUCTION, PATTERNS
from penchant.agent.statements.patterns_en_daily_life import DAILY_LIFE, ROUTINES
from penchant.agent.statements.patterns_en_everyday import EVERYDAY, SUBJECT_LAST
from penchant.agent.statements.patterns_en_idioms import IDIOMS
from penchant.agent.statements.patterns_en_indirect import INDIRECT
from penchant.agent.statements.patterns_en_long_forms import LONG_FORMS
from penchant.agent.statements.patterns_en_self_descriptions import SELF_DESCRIPTIONS
from penchant.agent.statements.patterns_en_sure import SURE
from penchant.agent.statements.patterns_en_verdicts import ACTIVITIES, NEEDED, VERDICTS
from penchant.agent.statements.patterns_en_word_order import WORD_ORDER
from penchant.agent.statements.phrases_en import (
    POINTS_ELSEWHERE,
    abandoned,
    activity_end,
    front_scope,
    phrase,
    with_scope,
)
from penchant.agent.statements.sentences import CHANGED, INTRODUCED, REFERENCE, ClauseReading
from penchant.agent.statements.wordings import Kind, Pattern, Wordings
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
#: The sure patterns (see `Pattern.sure`), and below all others.
CERTAIN = Wordings(
    (*INDIRECT, *DAILY_LIFE, *ROUTINES, *EVERYDAY, *IDIOMS, *SUBJECT_LAST, *SURE, *VERDICTS, *NEEDED, *WORD_ORDER, *ACTIVITIES, *LONG_FORMS, *SELF_DESCRIPTIONS)
)  # fmt: skip
OTHER_PATTERNS = Wordings(PATTERNS)
_SPLIT = lazy(
    r";\s+|\s+[-–—]+\s+|,?\s+(?:but|yet)\s+(?=(?:i|i['’]\w+|we|my|it|please|not|don['’]?t|never|hate|love|can['’]?t|these|now)\b)|,?\s+(?:and|so|hence|thus|therefore|which\s+is\s+why|because|since|although|even\s+(?:though|if)|though|while|whereas|as)\s+(?=(?:i|i['’]\w+|we|my|please|never|don['’]?t)\s)|,\s+(?=(?:i|i['’]?m|i['’]?ve|i['’]d|we|please|my)\s)",
    _I,
)
_OPENING = lazy(
    r"^(?:(?:(?:yes|no|yeah|now|nope)(?=[,!.])|if\s+it['’]s\s+up\s+to\s+me|given\s+(?:a|the)\s+choice|if\s+it['’]?s\s+all\s+the\s+same\s+to\s+you|in\s+my\s+(?:book|opinion|view)|between\s+us|if\s+you\s+ask\s+me|honestly\?|hi|hey|hello|well|ok|okay|so|also|and|but|oh|um|hmm|btw|by\s+the\s+way|just\s+so\s+you\s+know|fyi|note\s+that|please\s+note\s+that|remember\s+that|please\s+remember\s+(?:that\s+)?|keep\s+in\s+mind\s+(?:that\s+)?|for\s+the\s+record|i['’]m\s+(?:sorry\s+but|afraid(?!\s+(?:of|to|i|we|that\s+i)\b)(?:\s+that)?)|actually|honestly|to\s+be\s+(?:honest|frank|fair|clear|blunt)|in\s+all\s+honesty|truth\s+be\s+told|i['’]ll\s+be\s+honest|seriously|as\s+for\s+me|for\s+my\s+part|as\s+a\s+rule|on\s+principle|(?:if|where|wherever|whenever|when)\s+possible|most\s+of\s+the\s+time|by\s+and\s+large|on\s+the\s+whole|at\s+heart|deep\s+down|all\s+in\s+all|meh|nah|yuck|ew+|bleh|gosh|man(?=\s+i\b)|if\s+(?:given|i\s+have)\s+(?:a|the)\s+choice|tbh|personally|frankly|in\s+general|generally"
    r"|as\s+you\s+(?:may\s+|might\s+)?know|you\s+should\s+know\s+(?:that\s+)?|i\s+should\s+(?:mention|say|add|note)\s+(?:that\s+)?|i\s+(?:must|have\s+to)\s+(?:admit|say|confess)\s*,?\s*(?:that\s+)?|i\s+(?:think|guess|feel\s+like|suppose|believe)\s+(?=i\b)|i['’]ve\s+(?:come\s+to\s+realise|realised|realized|found|learnt|noticed)\s+(?:that\s+)?(?=i\b)|it\s+turns\s+out\s+(?:that\s+)?|turns\s+out|one\s+thing|first|second|sorry|ugh|lately|these\s+days|nowadays|recently|long\s+story\s+short|(?:up\s+)?to\s+this\s+day|as\s+a\s+matter\s+of\s+(?:course|fact)|(?:by\s+)?hook\s+or\s+by\s+crook|come\s+what\s+may|(?:what|which)ever\s+(?:the\s+)?\w+(?:\s+\w+)?\s+(?:is|be|are)|over\s+the\s+years|for\s+(?:health|religious|ethical|medical|environmental|personal|moral|family)\s+reasons|no\s+thanks|no\s+way|as\s+always|in\s+fact|of\s+course|obviously|unfortunately|sadly|luckily)\b(?![-'’]\w)[,:;.!\s-]*){1,6}",
    _I,
)
#: A topic before the statement about it: "when it comes to phones, small beats big for me".
_TOPIC = lazy(
    r"(?:when\s+it\s+comes\s+to|as\s+(?:much|far)\s+as|much\s+as|in\s+terms\s+of|out\s+of|of\s+all|among|given|as\s+regards|speaking\s+of|as\s+between|between|while\s+(?:everyone|everybody|people|others|most)|although\s+(?:everyone|everybody|people|others|most))\s+(?!i\b)[^,.!?;]{2,50},\s+(?!(?:i|we|i['’]\w+)\s)",
    _I,
)
STRICT = lazy(
    r"\b(?:no\s+more\s+(?:[\w-]+[,\s]+){1,4}please|please[,\s]+no\s+more|allerg\w+|anaphyla\w+|intoleran\w+|c(?:o)?eliac|never|only|exclusively|strict(?:ly)?|severe(?:ly)?|must(?:\s+be|\s+have|n['’]t|\s+not)?|under\s+no\s+circumstances|absolutely\s+(?:no|not|never|must)|no\s+way|non-?negotiable|deal[\s-]?breaker|refuse|forbid\w*|religio(?:n|us)|faith|halal|kosher|vegans?|vegetarians?|pescatarians?"
    r"|doctor['’]?s?|medical|can['’]?t\s+(?:eat|have|drink|tolerate|digest)|cannot\s+(?:eat|have|drink|tolerate|digest)|don['’]?t\s+eat|do\s+not\s+eat|don['’]?t\s+drink\s+alcohol|phobia|recovering|insist|won['’]?t|boycott|gluten[\s-]free|nut[\s-]free|dairy[\s-]free|keto|low-sodium|muslim|jew(?:ish)?|hindu|jain|without\s+exception|at\s+all\s+costs|diabetic|hives|acute|terrified|requires?|not\s+allowed|don['’]?t\s+(?:ever\s+)?(?:recommend|suggest|show|send))\b",
    _I,
)
_NOT_STRICT = lazy(
    r"\b(?:never\s+(?:liked|been|enjoyed|understood|cared|seen)|only\s+(?:recently|just|on\s+weekends)|can\s+only\s+say|not\s+only|if\s+only)\b",
    _I,
)
#: Kinds for which the words "I have", "I'm", "I go" alone are weak evidence.
_WEAK = frozenset({"habit", "fact", "goal"})
#: Begins what is otherwise by now: "I hate running. Now I love it."
_BY_NOW = lazy(r"\W*(?:but\s+)?(?:actually|now|nowadays|these\s+days|lately|since)\b", _I)
_NO_LONGER = lazy(
    r"\b(?:no\s+longer|not\s+any\s?more|any\s?more\b|any\s+longer|not\s+\w+\s+(?:of\s+)?(?:it\s+)?any\s?more|gone\s+off)\b",
    _I,
)

_NO_LONGER_SO = lazy(
    r"\b(?:i|we)\b[^.!?]{0,40}(?:\bno\s+longer\b|(?:n['’]t|\bnot)\b[^.!?]{0,60}\bany\s?(?:more|longer)\b)", _I
)

#: Words that only end an earlier statement: "now I don't".
_DENIED = lazy(
    r"(?:i|we)\s+(?:just\s+|really\s+)?(?:don['’]?t|do\s+not|can['’]?t|cannot|won['’]?t|never|no\s+longer|haven['’]?t)\b",
    _I,
)


#: A conjunction before another verb of taste or need that has the same grammatical subject.
_AND_DO = lazy(
    r",?\s+(?:and|but|so|yet)\s+(?=(?:(?:also|so|therefore|instead|usually|generally|always|much|strongly|really|thus|tend\s+to|would)\s+){0,2}"
    r"(?:prefer|avoid|hate|love|dislike|detest|enjoy|refuse|favou?r|insist\s+on|steer\s+clear|stay\s+away|opt\s+for|stick\s+to|gravitate"
    r"|never\s+(?:eat|drink|buy|use|wear|watch|read|fly|stay|order)|only\s+(?:eat|drink|buy|use|wear|watch|read|fly|stay|order|choose|want)"
    r"|can['’]?t\s+(?:stand|bear|eat|drink)|(?:don['’]?t|do\s+not)\s+(?:like|enjoy|eat|drink|care\s+for))\s)",
    _I,
)
#: Text before a clause that may only be the rest of an earlier one: "oysters and I will never be friends".
_X_AND_I = lazy(r"^(?!(?:i|we)\s+(?!think|guess|suppose|fear)).*\w\s+and\s+$", _I)
#: A clause whose grammatical subject is the writer, and no name of a thing.
_WRITER_SUBJECT = lazy(r"(?:i|we|i['’]\w+|we['’]\w+)\s+\w", _I)
#: A subject after a sure pattern that was not mentioned before.
_ONE_OF_A_KIND = lazy(r"an?\s+\w+\s+\w", _I)
_WORD_GOES_ON = lazy(r"[a-z]+\s*", _I)
#: Begins what somebody or something named does: "a parrot § who screams".
_THAT_DOES = lazy(r"\s+(?:who|that|which)\s+(?!i\b|we\b|you\b)\w", _I)
#: Verbs before what one hopes to see, which is not something that the assistant said.
_SEEN = lazy(r"(?:see|hear)\s+", _I)
_I_DO = lazy(r"(?:^|\b)(?:i|we|i['’]\w+|we['’]\w+|im|ive)\s", _I)
_SOMEBODY = lazy(
    r"\b(?:(?:who|whose|he|she|they|you|people)\b|(?:my|our)\s+(?!wife\s+and|husband\s+and|partner\s+and|family\s+and)\w+\s+(?:is|are|has|have|\w+s)\s)",
    _I,
)
#: A clause before the subject, about the writer, a concession or a request ("I work nights, so mornings are out for me").
_OWN_CLAUSE = lazy(
    r"(?:(?:i|we|i['’]m|we['’]re)\s[^,]{1,60}|(?:my|our)\s[^,]{1,40}?\s(?:is|are|has|have)\s[^,]{1,40}?|[^,]{3,50}\sme(?:\s+(?!so\b)\w+)?)(?:,\s+(?:so|and|but|hence|which\s+means)|\s+so)\s+|(?:(?:al|even\s+)?though|while|whilst|because|since)\s[^,]{3,80},\s+|[^,]{2,40}\s(?:please|pls|thanks),\s+",
    _I,
)
_WRITER = "I "


def read(sentence: str) -> list[ClauseReading]:
    """Return every statement that the sentence may hold, in order; none where no pattern matches."""
    return list(_read(sentence))


@lru_cache(256)
def _read(sentence: str) -> Sequence[ClauseReading]:
    if forgotten := _forgotten(sentence):
        return [forgotten]
    if change := activity_replacement(sentence):
        return [_changed(change, sentence, sentence, (0, len(sentence)), None, strict=False)._replace(sure=True)]
    if certain := _sure_reading(sentence):
        return [certain, *_stated_beside(certain, sentence)]
    if now := _held_now(sentence):
        return [now]
    found: list[ClauseReading] = []
    for start, end in clauses(sentence):
        found += _in_clause(sentence, start, end)
        found += _with_the_same_subject(sentence, start, end)
    firm = [reading for reading in found if not reading.weak]
    return _distinct(firm or found)


def _stated_beside(certain: ClauseReading, sentence: str) -> Iterator[ClauseReading]:
    """Yield what else is firmly stated: in other clauses, and with the same grammatical subject."""
    found = [*_with_the_same_subject(sentence, 0, len(sentence))]
    for start, end in clauses(sentence):
        if not start <= certain.start < end:
            of_itself = None if _X_AND_I.search(sentence, 0, start) else _sure_reading(sentence[start:end])
            found += [_moved(of_itself, start)] if of_itself else _in_clause(sentence, start, end)
    for joint in CLAUSE_CONJUNCTION.finditer(sentence, certain.end):
        if of_itself := _sure_reading(sentence[joint.end() :]):
            found.append(_moved(of_itself, joint.end()))
        elif not _I_DO.match(sentence, joint.end()):  # else it is a clause that was read above
            found += [each for each in _in_clause(sentence, joint.end(), len(sentence)) if each.kind not in _WEAK]
    for reading in _distinct(found):
        sure = reading.sure or not reading.weak or (certain.weak and reading.slot)
        if sure and not certain.start <= reading.start < certain.end:
            yield reading


def _moved(reading: ClauseReading, by: int) -> ClauseReading:
    return reading._replace(start=reading.start + by, end=reading.end + by)


def _with_the_same_subject(sentence: str, start: int, end: int) -> Iterator[ClauseReading]:
    """Yield what else the writer says they do in the same clause: "I hate crowds and prefer small museums"."""
    for joined in _AND_DO.finditer(sentence, start, end):
        before = sentence[start : joined.start()]
        if not _I_DO.search(before) or _SOMEBODY.search(before):
            continue
        at = joined.end() - len(_WRITER)
        clause = _WRITER + sentence[joined.end() : end]
        for reading in _in_clause(clause, 0, len(clause)):
            if not reading.weak:
                yield _moved(reading, at)


def _sure_reading(sentence: str) -> ClauseReading | None:
    """Return what a sure pattern states, which spans clauses and needs no further judgement; None without one."""
    opening, topic = _OPENING.match(sentence), _TOPIC.match(sentence)
    strict = bool(STRICT.search(sentence))
    starts = [found.end() for found in (opening, topic) if found]
    for start in (*starts, 0):
        for at, match in CERTAIN.matches(sentence[start:]):
            reading = _reading_of(CERTAIN.patterns[at], match, sentence, (start, len(sentence)), None, strict=strict)
            if reading is not None and reading.sure:
                return reading
    return None


def _held_now(sentence: str) -> ClauseReading | None:
    """Return what holds now in a sentence that also says what held before ("I used to run, now I swim"), or None."""
    change = former_habit_replacement(sentence)
    if change is None:
        return None
    start = change.start
    if (at := start_of_current_subject(sentence, start)) is not None:
        first, last, _ = phrase(sentence, at, len(sentence))
        if last > first:
            return ClauseReading("prefer", "like", first, last, replaces=change.old, sure=True, pattern=CHANGED)
        return None
    reading = next(_in_clause(sentence, start, len(sentence)), None)
    if reading is None:
        return _done_now(change, sentence)
    if reading.refers_back or reading.retracts or reading.pattern == REFERENCE or reading.polarity == "dislike":
        return None
    return reading._replace(replaces=change.old, weak=False, sure=True)


def _done_now(change: Replacement, sentence: str) -> ClauseReading | None:
    """Return what is done now in words that no pattern knows; if they only deny what was ("now I don't"), its end."""
    if change.old and _DENIED.match(sentence, change.start):
        at = sentence.index(change.old)
        return ClauseReading("like", "like", at, at + len(change.old), retracts=True, sure=True, pattern=CHANGED)
    verb = lazy(r"(?:i|we)\s+(?:just\s+|mostly\s+|only\s+)*(?=\w)", _I).match(sentence, change.start)
    first, last, _ = phrase(sentence, verb.end(), len(sentence)) if verb else (0, 0, None)
    if first >= last:
        return None
    return ClauseReading("habit", "like", first, last, replaces=change.old, sure=True, pattern=CHANGED)


def _changed(
    change: Replacement, clause: str, sentence: str, bounds: tuple[int, int], scope: str | None, *, strict: bool
) -> ClauseReading:
    """Return what replaced something, in the clause at `bounds`."""
    first, last, _ = phrase(sentence, bounds[0] + change.start, bounds[1])
    slot = slot_in(sentence[first:last]) or slot_in(clause)
    fact = bool(slot) or change.verb is not None
    unliked = slot in SLOTS_WITHOUT_TASTE or change.verb is not None
    kind: Kind = "fact" if fact else "prefer"
    return ClauseReading(
        kind, None if unliked else "like", first, last, scope, strict, slot=slot, replaces=change.old, sure=change.verb is not None, pattern=CHANGED
    )  # fmt: skip


def is_past(sentence: str) -> bool:
    """Return whether the sentence is about what its writer no longer does, or asks to forget something."""
    return bool(FORMER_TASTE.search(sentence) or FORGET.match(sentence) or _NO_LONGER_SO.search(sentence))


def end_of_forgotten(sentence: str) -> int:
    """Return where the clause after a wish to forget begins; the length of the sentence without such a clause or wish.

    That clause is read without the rest ("forget that I like coffee, I only drink tea now").
    """
    forgotten = _forgotten(sentence)
    if forgotten is None:
        return len(sentence)
    return next((start for start, _ in clauses(sentence) if start >= forgotten.end), len(sentence))


def clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each clause of the sentence; each may state something of its own."""
    start = 0
    for cut in _SPLIT.finditer(sentence):
        if cut.start() - start >= 4:
            yield start, cut.start()
            start = cut.end()
    yield start, len(sentence)


def _in_clause(sentence: str, start: int, end: int) -> Iterator[ClauseReading]:
    clause = sentence[start:end]
    opening = _OPENING.match(clause)
    start += opening.end() if opening else 0
    scope, skipped = front_scope(sentence[start:end])
    start += skipped
    if front := INTRODUCTION.match(sentence[start:end]):
        name = "s" if front["s"] else "t"
        first, last, _ = phrase(sentence, start + front.start(name), start + front.end(name))
        if last > first:
            clause = sentence[start : start + front.end()]
            diet = slot_in(clause)
            yield ClauseReading("fact", "like" if diet == "diet" else None, first, last, None, bool(STRICT.search(clause)), slot=diet, pattern=INTRODUCED)  # fmt: skip
        start += front.end()
    clause = sentence[start:end]
    strict = bool(STRICT.search(_NOT_STRICT.sub("", clause)))
    if change := direct_replacement(clause):
        yield _changed(change, clause, sentence, (start, end), scope, strict=strict)
        return
    if former := FORMER_TASTE.search(clause):
        first, last, _ = phrase(sentence, start + former.end(), end)
        if last > first:
            yield ClauseReading("like", "like", first, last, scope, retracts=True, pattern=CHANGED)
        return
    for at, match in _firm_first(sorted(OTHER_PATTERNS.matches(clause), key=lambda entry: entry[1].start())):
        reading = _reading_of(PATTERNS[at], match, sentence, (start, end), scope, strict=strict)
        if reading is not None:
            yield reading
            return


def _firm_first(matches: list[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """Return the matches, with firm ones that begin within a first weak one before it ("In the evening I avoid …")."""
    if not matches or PATTERNS[matches[0][0]].kind not in _WEAK:
        return matches
    first = matches[0][1]
    firm = [
        each
        for each in matches
        if PATTERNS[each[0]].kind not in _WEAK and first.start() < each[1].start() < first.end()
    ]
    return [*firm, *matches]


def _reading_of(
    pattern: Pattern,
    match: re.Match[str],
    sentence: str,
    bounds: tuple[int, int],
    scope: str | None,
    *,
    strict: bool,
) -> ClauseReading | None:
    """Return what a pattern that matched within the clause at `bounds` states; None if it names no subject."""
    start, end = bounds
    groups = match.groupdict()
    if name := next((name for name in ("t", "s", "n", "g", "p") if groups.get(name)), None):
        own = _OWN_CLAUSE.match(groups[name])
        begin = start + match.start(name) + (own.end() if own else 0)
        first, last, inner = phrase(sentence, begin, start + match.end(name))
    else:
        begin = _end_of_word(sentence, start + match.end())
        first, last, inner = phrase(sentence, begin, end, compared=pattern.kind == "prefer")
    if name and _WRITER_SUBJECT.match(sentence, first, last):
        return None
    if pattern.sure and pattern.kind == "fact" and _THAT_DOES.match(sentence, last, end):
        last = phrase(sentence, first, end)[1]
    last = with_scope(sentence, first, last, inner, pattern.kind, named=pattern.sure and bool(name))
    last = activity_end(sentence, first, last, end, pattern.kind)
    polarity = pattern.polarity
    if pattern.kind == "goal" and polarity == "like" and (given_up := abandoned(sentence, first, last)):
        polarity, (first, last) = "dislike", given_up
    if pattern.kind == "goal" and (fewer := LESS_AT_END.search(sentence[:last], first)):
        polarity, last = "dislike", fewer.start()
    subject = sentence[first:last]
    if not any(map(str.isalnum, subject)) or len(subject) < 2:
        return None
    clause = sentence[start:end]
    slot = slot_of(groups.get("slot"), clause, pattern.kind)
    named = _SEEN.sub("", subject) if pattern.sure and pattern.kind == "goal" else subject
    behind = named if name else sentence[begin:end].strip(" .!?,")
    behind = _SEEN.sub("", behind) if pattern.sure and pattern.kind == "goal" else behind
    points = not (pattern.sure and _ONE_OF_A_KIND.match(behind)) and bool(
        POINTS_ELSEWHERE.match(behind) or POINTS_ELSEWHERE.match(named)
    )
    if points and (_NO_LONGER.search(clause) or (polarity == "like" and _BY_NOW.match(sentence))):
        return ClauseReading(pattern.kind, polarity, first, first, refers_back=True, pattern=pattern.number)
    if points:
        return ClauseReading(pattern.kind, polarity, first, last, weak=True, pattern=REFERENCE)
    replaces = replaced_activity(clause) if polarity != "dislike" else None
    return ClauseReading(
        pattern.kind, polarity, first, last, scope or inner, strict, slot=slot, replaces=replaces, weak=pattern.kind in _WEAK and not strict, sure=pattern.sure, pattern=pattern.number
    )  # fmt: skip


def _end_of_word(sentence: str, at: int) -> int:
    """Return where the word ends in the middle of which a match ends: "never like|d coconut"."""
    cut = _WORD_GOES_ON.match(sentence, at) if at > 0 and sentence[at - 1].isalpha() else None
    return cut.end() if cut else at


def _forgotten(sentence: str) -> ClauseReading | None:
    """Return what is to be forgotten ("Forget that I like Rust") as a reading that only ends a statement, or None."""
    asked = FORGET.match(sentence)
    if not asked:
        return None
    offset = asked.start("rest")
    rest = BEFORE_FORGOTTEN.sub("", asked["rest"])
    offset += len(asked["rest"]) - len(rest)
    inner = next(iter(_in_clause(rest, 0, len(rest))), None)
    if inner is None:
        words = re.match(r"^(?:my\s+|(?:i|we)\s+(?:\w+\s+)?)", rest, _I)
        aside = lazy(
            r"[,;]\s+(?=(?:it|that|this|there|the|now|money|because|since|as)\b|(?:\w+\s+){1,3}(?:is|are|was|works?|would)\b)",
            _I,
        ).search(rest)
        first, last, _ = phrase(rest, words.end() if words else 0, aside.start() if aside else len(rest))
        inner = ClauseReading("like", None, first, last)
    if of_body := OF_BODY.fullmatch(rest, inner.start, inner.end):
        inner = inner._replace(kind="avoid", polarity="dislike", end=of_body.end("what"))
    if POINTS_ELSEWHERE.match(rest[inner.start : inner.end]) or re.match(
        r"(?:previous|last|first|earlier)\b|message|question", rest[inner.start : inner.end], _I
    ):
        return None
    return inner._replace(start=offset + inner.start, end=offset + inner.end, retracts=True, weak=False)


def _distinct(readings: list[ClauseReading]) -> list[ClauseReading]:
    distinct: list[ClauseReading] = []
    for reading in readings:
        if not any(reading.start < other.end and other.start < reading.end for other in distinct):
            distinct.append(reading)
    return distinct
