"""Extends the subject of an English statement to whatever belongs to it: its verb, its denial, the rest of its noun.

Articles and times are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from penchant.agent.statements import phrases_en
from penchant.agent.statements.candidates import Candidate
from penchant.agent.statements.grammar_words import OPEN, words
from penchant.agent.statements.own_words import (
    DENIED_LIST_SEPARATOR,
    FIRST_PERSON,
    LIST_SEPARATOR,
    REFERENCE_EN,
    SHORT_FORM,
    SINGLE_NAME,
)
from penchant.agent.statements.phrases_en import activity_bounds, noun_phrase_end, subordinate_clause, with_frequency
from penchant.agent.statements.sentences import REFERENCE, ClauseReading
from penchant.agent.statements.spans import Span
from penchant.agent.statements.whole_subjects_zh import ADVISES_ZH, chinese_subject
from penchant.agent.statements.wordings import Kind
from penchant.lazy_patterns import lazy

DENIAL_BEFORE = lazy(
    r"\b(?:not\s+(?:(?:an?|in|from|at)\s+)?|no\s+|(?:can['’]?t|cannot)\s+|(?:(?:don|doesn|haven|hasn)['’]?t|(?:do|does|have|has)\s+not|never)\s+(?:(?:really|even|currently|actually)\s+)?[a-z]+\s+(?:(?:an?|any|my\s+own)\s+)?)$",
    re.IGNORECASE,
)
#: What or whom a fact describes: "knees are" in "my knees are § bad", which says nothing alone.
DESCRIBED = lazy(
    r"\b(?:my|our)\s+(?P<what>(?!(?:(?:first|second|native|home|mother)\s+)?(?:budget|price|name|age|religion|faith|diagnosis|nationality|ethnicity|language|tongue|(?:\w+\s+)?size|height|weight|profession|pronouns)\b)"
    r"(?:[\w'’-]+\s+){1,2}(?:is|are)\s+(?:(?:really|very|quite|so|too|pretty|rather|always|not|both|extremely|a\s+bit)\s+)*)$",
    re.IGNORECASE,
)
PLACE_OR_MANNER = lazy(r"\s+(?:in|on|with|at|by|under|around|alone|through)\s", re.IGNORECASE)
#: After a noun that no rule reads: words that begin its details.
DETAIL_START = lazy(r"\s+(?:with|without|that|which|who|about|like)\s", re.IGNORECASE)
#: Prepositions before the name of a place or a firm.
PLACE = lazy(r"(?:at|in|for|near)\s+(?=[A-Z])")
#: After a fact: words that begin where, with whom or for what it is; and the most words of that.
_WHERE_OR_FOR = lazy(
    r"\s+(?:in|on|at|with|without|for|from|of|outside|near|under)\s+(?!(?:me|us|it|now|fact|general|case|that|this)\b)\w",
    re.IGNORECASE,
)
MAX_WORDS_OF_PLACE = 5
_TIME_AT_END = lazy(
    r"(?:\b(?:days?|nights?|mornings?|evenings?|weeks?|weekends?|months?|years?|ages|time|life|childhood)|\b(?:19|20)\d\d)$",
    re.IGNORECASE,
)
#: What is missing beside what somebody has: "a cargo bike and no car".
_AND_NO = lazy(r",?\s+(?:and|but)\s+(?P<s>no\s+[\w'’-]+(?:\s+[\w'’-]+)?)(?=\s*(?:$|[,.;!]))", re.IGNORECASE)
#: The most words before a subject by which it is extended.
MAX_WORDS_BEFORE = 4
#: The beginning of a sentence whose grammatical subject is the writer, named or omitted.
BEGINS_WITH_WRITER = lazy(
    r"(?:i|we|i['’]\w+|we['’]\w+|im|ive|my\s+\w+\s+and\s+i|hoping|trying|planning|looking|working|saving|learning|training|been|would\s+(?:love|like)|(?:really\s+)?(?:want|need|love|hate|like|prefer)|(?:can|don)['’]?t|never|always|not)\s",
    re.IGNORECASE,
)
#: An activity with its time: "cook on weekdays".
ACTIVITY_WITH_TIME = lazy(
    r"\b(?!(?:be|is|are|was|been|am|not|ever|never)\b)[a-z]+\s+(?P<at>(?:on|in|at|before|after|during|past|until)\s+)(?P<time>(?:the\s+)?(?:weeknights|weekdays|weekends?|mornings?|evenings?|afternoons?|nights?|noon|midnight|midday|dark|dawn|dusk|bedtime|breakfast|lunch|dinner|supper|summer|winter|spring|autumn|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|\w+\s+(?:pm|am|o['’]clock)|(?:school|work)\s+(?:days|nights)))$",
    re.IGNORECASE,
)
#: The most words after a goal by which it is extended to the end of its clause.
MAX_WORDS_AFTER = 6
#: The words before the verb of a sentence.
_FRONT = lazy(
    r"(?P<s>(?!(?:even|after|before|once|twice|every|each|most|ever|since|during|until|despite|in|on|at|for|with|tryna|this|that|these|those|it|its|the(?!\s+(?:smell|scent|taste|sound|sight|feel|feeling|texture|thought|idea|look|noise)\s+of)|your|his|her|their|there|what|who|how|why|when|if|as|one|not|no|so|just|always|never|only|love|hate|big|huge|give|anything|nothing|everything)\b)\w[\w\s'’-]{2,60}?)\s+"
    r"(?:(?:always|really|just|never|simply|often|usually|still|definitely|totally|also)\s+)*(?:is|are|was|were|has|have|makes?|gives?|drives?|brings?|puts?|turns?|leaves?|keeps?|gets?|does|do|feels?|tastes?|smells?|sounds?|can|will|wins?|suits?|beats?|sends?|takes?|lets?|helps?|lifts?|hits?|fills?|speaks?|calls?|sets?|calms?|appeals?|matters?|melts?|agrees?|landed|bugs?|relax(?:es)?|bores?|annoys?|scares?|kills?|ruins?|hurts?|upsets?|wears?|winds?|freaks?|drains?|delights?|fascinates?|excites?|(?:\w+s|\w+e)(?=\s+(?:me|us|my\s+\w+|our\s+\w+)\b))\s",
    re.IGNORECASE,
)
#: An activity that includes its place and time: "driving at night".
SINGLE_ACTIVITY = lazy(r"(?:(?:quit(?:ting)?|stop(?:ping)?|give\s+up|giving\s+up)\s+)?\w+ing", re.IGNORECASE)
#: A clause whose verb stands for one of another clause: "(My wife doesn't eat meat,) but I do."
_ONLY_AUXILIARY = lazy(r"\W*(?:(?:but|and|though|so)\s+)?(?:i|we)\s+(?:do|did|have|can|will|would)[.!]*", re.IGNORECASE)
#: Separators of clauses; below, those for a fact: also the word before its consequence.
CLAUSE_SEPARATORS = (",", ";", "–", "—")
FACT_SEPARATORS = (*CLAUSE_SEPARATORS, " so ")
#: Kinds whose subject is a thing, without the verb for eating or drinking it.
TASTES: frozenset[Kind] = frozenset({"like", "dislike", "avoid", "prefer"})
ACTIVITIES_AND_FACTS: frozenset[Kind] = frozenset({"habit", "goal", "fact"})
#: Kinds of statements that are against their subject.
NEGATIVE_KINDS: frozenset[Kind] = frozenset({"dislike", "avoid"})
#: Words before a time at which something ended ("gave up meat in March").
ABANDONED = lazy(
    r"\b(?:gave|given|quit|stopped|swore|sworn|gone|went|cut|dropped|since|have|had|i['’]?ve|we['’]?ve|lost|turned|became|started|been)\b",
    re.IGNORECASE,
)
#: Words after a noun that begin its details, and those before what another noun has.
_DETAILS = lazy(r"\s+(?:with|without|that|which|who|where|about|like|in|on|at|from|of|under|made|for)\s", re.IGNORECASE)
#: A phrase that shares no word with the one before "and": "cooking Italian food"; below, also in a list of needs.
_OWN_PHRASE = lazy(r"\w{3,}ing\s+\w", re.IGNORECASE)
#: Something of one's own and how it should be: "my coffee black and strong".
_WITH_QUALITIES = lazy(r"(?:my|our|your)\s", re.IGNORECASE)
_SECOND_ARTICLE = lazy(r"(?:an?|two|three|four|five|\d+)\s+\w", re.IGNORECASE)
#: The end of a comparison or of a relative clause whose verb needs more words.
_UNFINISHED = lazy(r"\s(?:\w+er|more|less|fewer)$|\s(?:that|which|who)\s+\w+$", re.IGNORECASE)
#: A relative clause without its verb: "the ones where nobody § has a plan".
_RELATIVE_OPEN = lazy(
    r"\s(?:where|whose|in\s+which|with\s+which)\s+(?:(?:an?|the|my|our|every)\s+)?\w+$", re.IGNORECASE
)
_PREPOSITION = lazy(r"\s+(?:to|over|into|against|than|with|through|around|between|during|on|up|out)\s", re.IGNORECASE)
_RELATIVE_CLAUSE_OF_WRITER = lazy(
    r"\s+(?:i|we)\s+(?:(?:have|had|once|already|used\s+to|really)\s+)?(?:loved?|liked?|enjoy(?:ed)?|hated?|kn[oe]w|own(?:ed)?|read|saw|watched|grew\s+up\s+with)(?=\s*(?:$|[.,;!?]))",
    re.IGNORECASE,
)
_OF_OTHERS = lazy(r"\b(?:i|i['’]\w+|we|it|them)\b", re.IGNORECASE)
_SPECIFIES = lazy(r"\s+(?:with|without)\s+(?:(?:an?|the|no)\s+)?$", re.IGNORECASE)
#: Begins what specifies a state: "blind § without my glasses".
WITH = lazy(r"with(?:out)?\s", re.IGNORECASE)


def whole_subject(candidate: Candidate, subject: Span, kind: Kind) -> Span:
    """Return the subject, extended to whatever belongs to it."""
    piece, readings = candidate.piece, candidate.readings
    if candidate.chinese:
        return chinese_subject(piece, readings, subject, kind)
    subject = _english_subject(candidate, subject, kind)
    if not SINGLE_ACTIVITY.fullmatch(piece, *subject):
        return subject
    goes_on = PLACE_OR_MANNER.match(piece, subject.end)
    end = max(subject.end, phrases_en.phrase(piece, subject.start, len(piece))[1]) if goes_on else subject.end
    scope = readings[0].scope if readings else None
    return subject._replace(end=end + 1 + len(scope) if scope and piece[end + 1 :].startswith(scope) else end)


def listed_subjects(candidate: Candidate, reading: ClauseReading) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the subject, or of each subject in a list ("anime and art"); single names stay whole."""
    if reading.kind == "fact" and not candidate.chinese and not reading.retracts:
        subject = _with_denial(candidate.piece, Span(reading.start, reading.end))
        start, end = _with_what_it_describes(candidate.piece, subject)
        reading = reading._replace(
            start=start, end=end if reading.slot not in (None, "budget") else _with_place(candidate.piece, start, end)
        )
    named = candidate.piece[reading.start : reading.end]
    separator = DENIED_LIST_SEPARATOR if reading.polarity == "dislike" else LIST_SEPARATOR
    names = [part for part in separator.split(named) if part.strip()]
    described = reading.kind in ("require", "prefer") and _WITH_QUALITIES.match(named)
    single = reading.slot or described or SINGLE_NAME.search(named)
    needs = reading.kind == "require" and bool(names) and bool(_SECOND_ARTICLE.match(names[-1].strip()))
    if len(names) < 2 or single or not (needs or _is_list(names, chinese=candidate.chinese)):
        yield reading.start, reading.end
        if reading.kind == "fact" and (missing := _AND_NO.match(candidate.piece, reading.end)):
            yield missing.span("s")
        return
    at = reading.start
    for name in names:
        at = candidate.piece.index(name, at)
        yield at, at + len(name)
        at += len(name)


def _is_list(names: Sequence[str], *, chinese: bool) -> bool:
    """Return whether every name is short and of the same form; "red and white wine" is a single thing."""
    if chinese:
        return all(len(name) <= 5 and "的" not in name for name in names)
    if any(name.strip().isdigit() for name in names):
        return False
    sizes = [len(name.split()) for name in names]
    plural = all(name.strip().endswith(("s", "ing")) for name in names[:-1])
    whole = min(sizes[:-1]) > 1 or bool(_OWN_PHRASE.match(names[-1].strip()))  # "street food and architecture"
    return max(sizes) <= 3 and (max(sizes) == 1 or plural or whole)


def _english_subject(candidate: Candidate, subject: Span, kind: Kind) -> Span:
    """Return the subject as it is named.

    That is without articles and times, with the verb of an activity and the "not" of a denied fact.
    """
    piece, readings = candidate.piece, candidate.readings
    if readings and not readings[0].weak and _is_of_earlier_clause(piece, subject, readings[0].start):
        subject = Span(readings[0].start, readings[0].end)
    subject = subject._replace(start=phrases_en.without_article(piece, subject.start, subject.end))
    subject = _in_clause_of_writer(piece, readings, subject, FACT_SEPARATORS if kind == "fact" else CLAUSE_SEPARATORS)
    if not readings or readings[0].pattern == REFERENCE:
        subject = _words_before_verb(piece, subject)
        subject = subject._replace(start=_from_first_word(piece, subject.start))
    if FIRST_PERSON.search(piece, 0, subject.start) or SHORT_FORM.match(piece):
        subject = subject._replace(end=noun_phrase_end(piece, *subject))
    done = ACTIVITY_WITH_TIME.search(piece, 0, subject.end)
    if done and subject.start in (done.start("at"), done.start("time")):
        subject = subject._replace(start=done.start())
    if kind in ("habit", "goal"):
        return _activity(candidate, subject, kind)
    if kind == "fact" and (place := PLACE.match(piece, subject.start, subject.end)):
        subject = subject._replace(start=place.end())
    if (
        readings
        and readings[0].start < subject.start
        and readings[0].end == subject.end
        and WITH.match(piece, subject.start)
    ):
        subject = Span(readings[0].start, subject.end)
    subject = _with_what_specifies(piece, readings, subject, kind)
    if kind in NEGATIVE_KINDS:
        return subject._replace(end=_end_of_negative(piece, subject, kind))
    return _with_denial(piece, subject) if kind == "fact" else subject


def _activity(candidate: Candidate, subject: Span, kind: Kind) -> Span:
    """Return the whole activity of a habit or goal: with how often, and a goal with its deadline."""
    piece, readings = candidate.piece, candidate.readings
    start, end = activity_bounds(piece, subject.start, subject.end)
    end = _to_end_of_clause(piece, start, end) if kind == "goal" and not readings else end
    if readings and readings[0].kind == kind and start <= readings[0].end:
        end = with_frequency(piece, start, max(end, readings[0].end), len(piece))
    end = phrases_en.shortened(piece, start, end, phrases_en.MAX_ACTIVITY_WORDS)
    return Span(start, phrases_en.with_deadline(piece, end, len(piece)) if kind == "goal" else end)


def _end_of_negative(piece: str, subject: Span, kind: Kind) -> int:
    """Return where something against ends: with where or when it is ("caffeine after lunch"), without since when."""
    if ABANDONED.search(piece):
        return phrases_en.without_time(piece, subject.start, subject.end)
    _, end, scope = phrases_en.phrase(piece, subject.start, len(piece))
    return phrases_en.with_scope(piece, subject.start, end, scope, kind) if end == subject.end else subject.end


def _with_denial(piece: str, subject: Span) -> Span:
    """Return a fact with the words in front that deny it: "haven't got a passport"."""
    denied = DENIAL_BEFORE.search(piece, 0, subject.start)
    return subject._replace(start=denied.start()) if denied else subject


def _with_what_it_describes(piece: str, subject: Span) -> Span:
    """Return a fact that is only a quality with what has it: "knees are bad", not "bad"; a thing or a number stays alone."""
    described = DESCRIBED.search(piece, 0, subject.start)
    return subject._replace(start=described.start("what")) if described else subject


def _with_place(piece: str, start: int, end: int) -> int:
    """Return where a fact ends: behind a few words that say where, with whom or for what ("300 euros a month for hobbies")."""
    if not _WHERE_OR_FOR.match(piece, end):
        return end
    last = phrases_en.phrase(piece, start, len(piece))[1]
    if _TIME_AT_END.search(piece, end, last):
        return end
    return last if end < last and len(piece[end:last].split()) <= MAX_WORDS_OF_PLACE else end


def _with_what_specifies(piece: str, readings: Sequence[ClauseReading], subject: Span, kind: Kind) -> Span:
    """Return a fact with its details, and a taste that no firm rule reads with those and its adjectives."""
    if kind == "fact" and DETAIL_START.match(piece, subject.end):
        return subject._replace(end=max(subject.end, phrases_en.phrase(piece, subject.start, len(piece))[1]))
    if kind in (*TASTES, "fact", "require") and all(
        reading.weak or reading.kind in ACTIVITIES_AND_FACTS for reading in readings
    ):
        return _with_details(piece, *subject)
    return subject


def _with_details(text: str, start: int, end: int) -> Span:
    """Return the bounds of the noun that `text[start:end]` is a part of, with its adjectives and what specifies it.

    Examples are "oversized § blazers" after "in", and "yoga classes with §" after "to".
    """
    start = _with_adjectives(text, start)
    if (of := _SPECIFIES.search(text, 0, start)) and (noun := _with_adjectives(text, of.start())) < of.start():
        start = noun
    if liked := _RELATIVE_CLAUSE_OF_WRITER.match(text, end):
        return Span(start, liked.end())
    goes_on = (
        _DETAILS.match(text, end)
        or (_UNFINISHED.search(text, start, end) and _PREPOSITION.match(text, end))
        or _RELATIVE_OPEN.search(text, start, end)
    )
    whole = phrases_en.phrase(text, start, len(text))[1] if goes_on else end
    return Span(start, end if whole < end or _OF_OTHERS.search(text, end, whole) else whole)


def _with_adjectives(text: str, end: int) -> int:
    """Return where the words without a class begin that end at `end`, if a preposition is before them; else `end`."""
    before = [word for word in words(text, chinese=False) if word.end <= end]
    plain = len(list(takewhile(lambda word: word.kind == OPEN, reversed(before))))
    follows = 0 < plain < len(before) and before[-plain - 1].kind == "case"
    return before[-plain].start if follows and plain <= phrases_en.MAX_ADDED_NOUNS else end


def _to_end_of_clause(piece: str, start: int, end: int) -> int:
    """Return where a goal ends that no rule reads: with its clause if few words are left, or before a place or time."""
    clause = phrases_en.phrase(piece, start, len(piece))[1]
    if len(piece[end:clause].split()) > MAX_WORDS_AFTER and (
        cut := phrases_en.PLACE_OR_TIME.search(piece, end, clause)
    ):
        clause = cut.start()
    return clause if end < clause and len(piece[end:clause].split()) <= MAX_WORDS_AFTER else end


def _words_before_verb(piece: str, subject: Span) -> Span:
    """Return all words before the verb if the subject is among them, else the subject.

    An example is "Small towns with a § have always charmed me".
    """
    front = _FRONT.match(piece)
    inside = front is not None and subject.end <= front.end("s") and not FIRST_PERSON.search(piece, 0, subject.end)
    return Span(*front.span("s")) if front and inside else subject


def _from_first_word(piece: str, start: int) -> int:
    """Return where a subject begins: with the first word of the piece if only a few plain words precede the subject.

    For "card debt" in "Credit card debt is …", that is "Credit".
    """
    before = [word for word in words(piece, chinese=False) if word.start < start]
    named = 0 < len(before) <= MAX_WORDS_BEFORE and all(word.kind in (OPEN, "mark") for word in before)
    if not named or not piece[before[0].start : start].replace(" ", "").isalnum():
        return start
    return phrases_en.without_article(piece, before[0].start, len(piece))


def _is_of_earlier_clause(piece: str, subject: Span, read_at: int) -> bool:
    """Return whether a subject is in a clause before the one that a rule reads.

    An example is "I work nights, so mornings are out for me".
    """
    return subject.end <= read_at and "," in piece[subject.end : read_at]


def _in_clause_of_writer(piece: str, readings: Sequence[ClauseReading], subject: Span, marks: Sequence[str]) -> Span:
    """Return the subject, or what a rule reads in an earlier clause.

    The latter if that clause names the writer and the subject's own clause does not. `marks`: the separators of
    clauses.
    """
    cut = max(piece.rfind(mark, 0, subject.start) for mark in marks)
    if cut < 0 or not readings or readings[0].end > cut or readings[0].end <= readings[0].start:
        return subject
    following = min((at for mark in ",;–—" if (at := piece.find(mark, cut + 1)) >= 0), default=len(piece))
    if FIRST_PERSON.search(piece, cut, following) or not FIRST_PERSON.search(piece, 0, cut):
        return subject
    return Span(readings[0].start, readings[0].end)


def is_reference_or_adviser(piece: str, subject: Span) -> bool:
    """Return whether the subject only refers to something else, or is who advises the writer: 「医生让我再吃一周药」."""
    refers = REFERENCE_EN.match(piece[subject.start : subject.end]) or _ONLY_AUXILIARY.fullmatch(piece)
    return bool(refers or ADVISES_ZH.match(piece, subject.start))


def subordinate_span(candidate: Candidate) -> Span | None:
    """Return the clause that only says why, when or where, in which no subject is looked for; None without one.

    Only sentences that begin with their writer have one.
    """
    piece = candidate.piece
    start = None if candidate.chinese or not BEGINS_WITH_WRITER.match(piece) else subordinate_clause(piece)
    if start is None or any(reading.end > start for reading in candidate.readings):
        return None
    return Span(start, len(piece))


def without_subordinate(candidate: Candidate) -> Candidate:
    """Return the candidate without its readings if all are weak and in such a clause.

    An example is "I carry a notebook everywhere I go".
    """
    if candidate.chinese or not candidate.readings or not BEGINS_WITH_WRITER.match(candidate.piece):
        return candidate
    start = subordinate_clause(candidate.piece)
    only_there = start is not None and all(reading.weak and reading.start >= start for reading in candidate.readings)
    return replace(candidate, readings=()) if only_there else candidate
