"""Chooses kind, polarity and subject of a single statement by classifier and rules together."""

import re
from collections.abc import Iterator

from penchant.agent.statements import reading_en, reading_zh
from penchant.agent.statements.candidates import Candidate
from penchant.agent.statements.classifier import StatementClassifier
from penchant.agent.statements.indirect_tastes import back_reference, denied_polarity
from penchant.agent.statements.own_words import REFERENCE_EN
from penchant.agent.statements.phrases_en import abandoned
from penchant.agent.statements.sentences import ClauseReading
from penchant.agent.statements.spans import Span
from penchant.agent.statements.thresholds import is_firm
from penchant.agent.statements.whole_subjects import (
    is_reference_or_adviser,
    subordinate_span,
    whole_subject,
    without_subordinate,
)
from penchant.agent.statements.whole_subjects_zh import named_zh
from penchant.agent.statements.wordings import Kind, Polarity
from penchant.lazy_patterns import lazy

#: The beginning of a prohibition for the assistant, unless a rule reads it otherwise ("Don't forget me").
PROHIBITION = lazy(r"\W*(?:please\s+)?(?:do\s+not|don['’]t)\s", re.IGNORECASE)
#: Words before something that is not wanted.
NOT_WANTED_ZH = lazy(
    r"(?:不(?:想)?要|(?<![特区分级])别(?:再)?|甭)(?:给我)?(?:选|订|推荐?|放|加|发|安排|来|挑|送|拿|带)?$"
)
#: A habit or rule that something is not done, and has no consequence: 「饭桌上不§看手机」, not 「不§喝咖啡就犯困」.
DENIED_HABIT_ZH = lazy(r"不[吃喝看玩用买抽放加带穿去](?![^，。]*(?:就|才|都|不))")
#: Words for an unpleasant feeling that is not denied.
UNPLEASANT_ZH = lazy(
    r"(?<![不没毫])(?:受不了|反感|讨厌|厌恶|恶心|来火|来气|冒火|火大|抓狂|崩溃|窒息|膈应|倒胃口|反胃|想吐|头疼|头大|闹心|心烦|烦死|烦透|难受死|煎熬|折磨|受罪|遭罪|噩梦|辣眼睛|起鸡皮疙瘩|喜欢不[上起]|爱不起来|看不惯|没法忍|忍不了|避之不及)"
)
#: Kinds whose wordings state the polarity by themselves.
TASTES: frozenset[Kind] = frozenset({"like", "dislike", "avoid", "prefer", "require"})
#: Words that reverse a wording or make an exception to it.
REVERSAL = lazy(
    r"\b(?:anything\s+but|nothing\s+but|hardly|barely|rarely|opposite|last\s+(?:person|one|thing)|far\s+from|except|other\s+than|apart\s+from|not\s+exactly|lying|lie|as\s+if|not\s+so\s+much|not\s+that|deal[\s-]?breakers?)\b",
    re.IGNORECASE,
)
#: Before an exception to all that is liked: "I'm fine with anything but § horror".
_EXCEPTION = lazy(
    r"\b(?:(?:any|every)(?:thing|where)(?:\s+\w+)?|(?:any|every|all)(?:\s+\w+){1,3})\s+(?:but|except(?:\s+for)?|apart\s+from|other\s+than|save\s+for)\s+(?=\w)(?![^,;.]*\b(?:is|are|was|were|has|have|i|we)\b)",
    re.IGNORECASE,
)
#: The beginning of a fact that is denied and is no taste: "I'm § not from London".
_NOT_FROM = lazy(r"not\s+(?:originally\s+)?(?:from|in(?!\s+(?:the\s+mood|favou?r)))\b", re.IGNORECASE)
#: Kinds of activities, which may be given up.
ACTIVITY_KINDS: frozenset[Kind] = frozenset({"goal", "require", "habit"})


def refined(candidate: Candidate, classifier: StatementClassifier) -> Iterator[ClauseReading]:
    """Yield the readings, with kind, polarity and subject from the classifier where there is a single statement.

    Retractions, replacements, certain wordings and sentences with several statements stay as the rules read them.
    """
    candidate = without_subordinate(candidate)
    readings, piece = candidate.readings, candidate.piece
    if any(reading.whole and REFERENCE_EN.match(piece[reading.start : reading.end]) for reading in readings):
        return
    if len(readings) > 1 or any(map(_stays_as_read, readings)):
        yield from readings
    elif classified := _classified(candidate, classifier):
        yield classified if candidate.chinese else _without_exception(piece, classified)


def _stays_as_read(reading: ClauseReading) -> bool:
    """Return whether the classifier has no say in what the rules have read."""
    return bool(reading.sure or reading.whole or reading.retracts or reading.refers_back or reading.replaces)


def _classified(candidate: Candidate, classifier: StatementClassifier) -> ClauseReading | None:
    """Return the single statement of a sentence by the classifier; None where it has no subject."""
    readings, piece = candidate.readings, candidate.piece
    points = back_reference(piece, chinese=candidate.chinese)
    subject = classifier.subject(piece, readings, points.span if points else subordinate_span(candidate))
    if (not readings and PROHIBITION.match(piece)) or not subject or is_reference_or_adviser(piece, subject):
        return None
    named = named_zh(piece, subject) if candidate.chinese else subject
    if named is None:
        return None
    subject = named
    kind, polarity = _kind_and_polarity(candidate, classifier, subject, points.polarity if points else None)
    classified, subject = subject, whole_subject(candidate, subject, kind)
    if not candidate.chinese and readings and readings[0].start <= subject.start < subject.end <= classified.start:
        kind, polarity = readings[0].kind, readings[0].polarity  # `kind` is of the later clause, as classified
    given_up = abandoned(piece, *subject) if kind in ACTIVITY_KINDS and not candidate.chinese else None
    if given_up:
        kind, polarity, subject = "goal", "dislike", Span(*given_up)
    language = reading_zh if candidate.chinese else reading_en
    first = (
        readings[0] if readings else ClauseReading(kind, polarity, *subject, strict=bool(language.STRICT.search(piece)))
    )
    strict = bool(reading_zh.STRICT.search(piece, *subject)) if candidate.chinese and kind == "fact" else first.strict
    return first._replace(kind=kind, polarity=polarity, start=subject.start, end=subject.end, strict=strict)


def _without_exception(piece: str, reading: ClauseReading) -> ClauseReading:
    """Return the reading, as a dislike of what is excepted where it takes that for liked: "anything but horror"."""
    excepts = (
        _EXCEPTION.search(piece, 0, reading.end) if reading.kind in TASTES and reading.polarity == "like" else None
    )
    if excepts is None or any(mark in piece[excepts.end() : reading.end] for mark in ",;."):
        return reading
    return reading._replace(kind="dislike", polarity="dislike", start=excepts.end())


def _kind_and_polarity(
    candidate: Candidate, classifier: StatementClassifier, subject: Span, pointed: Polarity | None
) -> tuple[Kind, Polarity | None]:
    """Return kind and polarity from the classifier, corrected for denials, firm rules and the polarity `pointed`."""
    piece, readings = candidate.piece, candidate.readings
    kind, polarity = classifier.kind(piece, readings, subject)
    if candidate.chinese and polarity == "like" and DENIED_HABIT_ZH.match(piece, max(0, subject.start - 2)):
        return "avoid", "dislike"
    if candidate.chinese and NOT_WANTED_ZH.search(piece, 0, subject.start):
        return "avoid", "dislike"
    if candidate.chinese and polarity == "like" and not readings and UNPLEASANT_ZH.search(piece):
        return "dislike", "dislike"
    if is_firm(candidate) and (
        polarity is None if candidate.chinese else _is_contradicted(readings[0], polarity, piece, subject)
    ):
        kind, polarity = readings[0].kind, readings[0].polarity
    if readings and readings[0].kind == "fact" and _NOT_FROM.match(piece, readings[0].start):
        return "fact", None
    denied = pointed or denied_polarity(piece, chinese=candidate.chinese)
    if kind == "goal" and not denied:
        polarity = "like"  # nobody aims at what they dislike; a goal that is given up is read elsewhere
    return (denied, denied) if denied and polarity != denied else (kind, polarity)


def _is_contradicted(reading: ClauseReading, polarity: Polarity | None, piece: str, subject: Span) -> bool:
    """Return whether the polarity contradicts what a rule reads about the same subject, without words that reverse it."""
    if polarity is None:
        return True
    apart = subject.end <= reading.start or reading.end <= subject.start
    return reading.kind in TASTES and reading.polarity != polarity and not apart and not REVERSAL.search(piece)
