"""Finds statements in messages, with kind, polarity, strictness, scope and subject.

Grammar and a classifier read the user's own sentences in a message. The functions are pure functions of the text (and
of sentence vectors, if an embedder is given). Precision comes first: a wrong statement costs more than a missed one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements import (
    corrections,
    denied_needs,
    household,
    introductions_zh,
    reading_zh,
    remarks,
    unshared_tastes,
)
from penchant.agent.statements.activities_en import activities
from penchant.agent.statements.candidates import Candidate, candidates, other_clauses, single_clauses
from penchant.agent.statements.changes import ended_goals, scrapped_plans
from penchant.agent.statements.changes_en import FORGET, SLOTS_WITHOUT_TASTE
from penchant.agent.statements.classifier import StatementClassifier, statement_classifier
from penchant.agent.statements.indirect_tastes import as_denied
from penchant.agent.statements.own_words import own_sentences
from penchant.agent.statements.patterns_en_states import BODY
from penchant.agent.statements.refinement import refined
from penchant.agent.statements.sentences import ClauseReading, Sentence, is_chinese
from penchant.agent.statements.subjects import thing_done
from penchant.agent.statements.temporary_clauses import masked, refused_subjects
from penchant.agent.statements.thresholds import is_firm, is_plain, may_continue, min_log_odds, min_log_odds_alone
from penchant.agent.statements.whole_subjects import listed_subjects
from penchant.agent.statements.whole_words_zh import CONTROL_ZH, DATE_ZH, EXCESS_ZH, NO_SUBJECT_ZH, TIME_ZH, whole_word
from penchant.agent.statements.wordings import Kind, Polarity
from penchant.characters import simplified
from penchant.lazy_patterns import lazy
from penchant.store.statement import Statement, digest

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
#: How many messages are read together, so that the readings of their words are still cached when subjects are found.
BATCH_SIZE = 64
#: The confidence of statements read by rules alone.
RULE_CONFIDENCE = 0.95
#: From these log-odds on (absolute; of a plain taste, from 0 on), the words alone decide and no vector is used; what is subtracted from
#: log-odds with a vector, which rates sentences similar to statements too high.
CERTAIN_FROM, VECTOR_EXCESS = 4.5, 0.2
#: From these log-odds of the whole on, a need counts beside its reason ("I need captions because I'm deaf").
MIN_EXPLAINED_NEED = 2.0
#: What is added to the log-odds of a Chinese clause that a rule reads, in a message that also states something else: Chinese names its
#: writer once at most, and often not at all.
BONUS_BESIDE_STATEMENT = 1.5
#: A denied fact is not strict ("I'm not vegetarian any more", "I've never had a car").
DENIAL = lazy(r"(?:not|never|no\s+longer|(?:do|have)\s+not|(?:don|haven)['’]?t)\s", re.IGNORECASE)
#: Ailments that recur, which are facts and not habits.
AILMENT = lazy(
    r"\b(?:migraines?|headaches?|seizures?|nightmares?|attacks?|colds?|flu|fevers?|cramps?|hives|rash(?:es)?|heartburn|backaches?|nosebleeds?|insomnia|pains?|flare-?ups?|palpitations|(?:motion\s+|sea|car|travel\s+|altitude\s+)sickness|\w*phobias?|anxiety|asthma|tinnitus|vertigo|disease|syndrome|disorder|deficiency|arthritis|diabetes|allerg(?:y|ies))$",
    re.IGNORECASE,
)
#: Words that refer to something named elsewhere, or to nothing.
NAMES_NOTHING = lazy(
    r"(?:no\s+)?(?:contest|question|doubt|exceptions?|thanks|joy|pleasure)|you(?:['’]\w+)?|(?:it|them|this|that|these|those|him|her)(?:\s+(?:on|in|at|every|for|with|when|from|by|all)\s.*|\s+(?:up|down|off|out|on|away|over|back|through))?|there|have\s+done|have\s+(?:never\s.*|(?:no\s+)?time)|(?:it|that|this)['’]s\s.*|ones?|person|someone|somebody|human(?:\s+being)?|user|customer|nothing|anything|everything|both|all|(?:though|anyway|either|honestly|really|tbh)|too(?:\s+(?:much|many))?|[\w'’-]+(?:\s+[\w'’-]+){0,2}\s+(?:of|about|from|with)\s+(?:any|it|them|those|these|this|that)|concerned|great|good|bad|nice|perfect|tight|chipping(?:\s+in)?|after\s+(?:something|some|an?)\s.*",
    re.IGNORECASE,
)
#: A habit about something named before, which alone says nothing: "read them between lessons".
DONE_TO_IT = lazy(
    r"(?!(?:take|make|call|wing|keep|play|hit|have)\b)[a-z]+(?:\s+(?:to|for|on|with|at|about|up|out))?\s+(?:it|them)\b(?!\s+\w+ing\b)",
    re.IGNORECASE,
)
#: Trouble with a thing or a task at hand, which no state of the body is: "trouble logging in", "problems with my printer".
TROUBLE_AT_HAND = lazy(
    rf"(?:have\s+)?(?:trouble|difficult(?:y|ies)|problems?|issues?)\s+(?:(?!(?:read|writ|typ|speak|talk|mov|eat|drink|driv|mak)ing\b)\w+ing\b|with\s+(?:my|the|this|your)\s+(?!(?:\w+\s+)?{BODY}\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Detection:
    """One statement found in a message: `message[start:end]` is the sentence, `subject` a phrase of it.

    `retracts`: it ends an earlier statement and puts nothing in its place; `slot`: what a person has one of at a
    time; `replaces`: what it says it replaces; `topic`: a topic id from a model; `confidence`: 0 to 1. An empty
    `subject` refers to what was mentioned before ("I don't like it any more").
    """

    kind: Kind
    subject: str
    polarity: Polarity | None
    strict: bool
    scope: str | None
    text: str
    start: int
    end: int
    confidence: float
    retracts: bool = False
    slot: str | None = None
    replaces: str | None = None
    topic: str | None = None
    by_model: bool = False

    def statement(self, event_id: str, at: datetime, place: str | None = None) -> Statement:
        """Return the statement about `place` that this event's message makes at `at`; an event always gives the same id."""
        return Statement(
            id=f"s-{digest(event_id, str(self.start), self.kind, self.subject, str(self.retracts))}",
            kind=self.kind,
            subject=self.subject,
            polarity=self.polarity,
            strict=self.strict,
            scope=self.scope,
            text=masked(self.text),
            event_id=event_id,
            span=(self.start, self.end),
            place=place,
            source="llm" if self.by_model else "rule",
            confidence=self.confidence,
            valid_from=at,
            slot=self.slot,
            replaces=self.replaces,
            retracts=self.retracts,
        )


class StatementDetector:
    """Finds statements in messages. `embed`, `embedder`: sentence vectors and the name of their embedder, if any.

    `classifiers`: by language ("en", "zh"), by default those that ship with the package.
    """

    def __init__(
        self,
        embed: Embed | None = None,
        embedder: str = "",
        classifiers: Mapping[str, StatementClassifier] | None = None,
    ) -> None:
        self.embed = embed
        self.embedder = embedder
        self.classifiers = classifiers or {}

    def detect(self, message: str) -> list[Detection]:
        """Return the statements of one message, in order."""
        return self.detect_all([message])[0]

    def detect_all(self, messages: Sequence[str]) -> list[list[Detection]]:
        """Return the statements of each message; sentences of many messages are embedded together."""
        starts = range(0, len(messages), BATCH_SIZE)
        return [found for start in starts for found in self._detect_together(messages[start : start + BATCH_SIZE])]

    def _detect_together(self, messages: Sequence[str]) -> list[list[Detection]]:
        own = [own_sentences(simplified(message)) for message in messages]
        pieces = [piece for number, sentences in enumerate(own) for piece in candidates(number, sentences)]
        judged = list(self._judged(pieces))
        found: list[list[Detection]] = [[] for _ in messages]
        states = [odds >= min_log_odds(candidate) for candidate, odds in judged]
        stating = Counter(candidate.message for (candidate, _), stated in zip(judged, states, strict=True) if stated)
        for (candidate, odds), stated in zip(judged, states, strict=True):
            is_beside = stating[candidate.message] > stated and may_continue(candidate)
            beside = BONUS_BESIDE_STATEMENT if is_beside else 0.0
            found[candidate.message] += _accepted(
                candidate, odds + beside, self._classifier(candidate), messages[candidate.message]
            )
        for number, message in enumerate(messages):
            known = _without_duplicates(found[number], list(_read_by_rules(own[number], message)))
            found[number] = _without_duplicates(known, list(_read_introductions(own[number], message, known)))
        return [distinct(detections) for detections in found]

    def _judged(self, pieces: Sequence[Candidate]) -> Iterator[tuple[Candidate, float]]:
        """Yield each candidate with its log-odds, or instead those of its clauses that are statements by themselves."""
        odds = self._log_odds(pieces)
        clauses = [list(single_clauses(candidate)) for candidate in pieces]
        alone = iter(self._log_odds([clause for of in clauses for clause in of]))
        for candidate, log_odds, parts in zip(pieces, odds, clauses, strict=True):
            judged = [(part, next(alone)) for part in parts]
            sure = [(part, by_itself) for part, by_itself in judged if by_itself >= min_log_odds_alone(part)]
            stands = log_odds >= min_log_odds(candidate) and not (candidate.chinese and is_firm(candidate))
            if sure and (stands or any(is_firm(part) for part, _ in sure)):
                yield from sure
                needs = [entry for entry in judged if log_odds >= MIN_EXPLAINED_NEED and _states_need(entry[0])]
                yield from ((part, log_odds) for part, by_itself in needs if (part, by_itself) not in sure)
            else:
                yield candidate, log_odds
                yield from self._stated_beside(candidate) if stands else ()

    def _stated_beside(self, candidate: Candidate) -> Iterator[tuple[Candidate, float]]:
        """Yield the other clauses of a candidate that are statements by themselves, with their log-odds."""
        others = list(other_clauses(candidate))
        for clause, log_odds in zip(others, self._log_odds(others), strict=True):
            if log_odds >= min_log_odds_alone(clause):
                yield clause, log_odds

    def _log_odds(self, pieces: Sequence[Candidate]) -> list[float]:
        """Return the log-odds by words, and with the sentence vector where the words alone are not decisive."""
        odds = [self._classifier(candidate).log_odds(candidate.piece, candidate.readings) for candidate in pieces]
        if self.embed is None:
            return odds
        asked = [
            at
            for at, candidate in enumerate(pieces)
            if -CERTAIN_FROM < odds[at] < (0 if is_plain(candidate) else CERTAIN_FROM)
            and self._classifier(candidate).reads_vectors_of(self.embedder)
        ]
        if asked:
            vectors = self.embed([pieces[at].piece for at in asked])
            for at, vector in zip(asked, vectors, strict=True):
                candidate = pieces[at]
                by_both = self._classifier(candidate).log_odds_with(candidate.piece, candidate.readings, vector)
                odds[at] = by_both - VECTOR_EXCESS
        return odds

    def _classifier(self, candidate: Candidate) -> StatementClassifier:
        language = "zh" if candidate.chinese else "en"
        return self.classifiers.get(language) or statement_classifier(language)


def _states_need(clause: Candidate) -> bool:
    """Return whether an English clause firmly states a need."""
    return not clause.chinese and any(each.kind == "require" and not each.weak for each in clause.readings)


def _read_by_rules(own: Sequence[Sentence], message: str) -> Iterator[Detection]:
    """Yield the statements that rules read without the classifier in the sentences `own` of `message`.

    These are needs of the household, denied needs, added needs, things never to be shown, corrections, goals that are
    over, Chinese introductions, and tastes for what others do.
    """
    for sentence in own:
        if denied_needs.denies_all(sentence.text):
            continue
        forgets = bool(FORGET.match(sentence.text) or reading_zh.FORGET.match(sentence.text))
        ends_message = not message[sentence.end :].strip()
        for reading in (
            *household.read(sentence.text),
            *denied_needs.read(sentence.text),
            *remarks.read_added_needs(sentence.text),
            *refused_subjects(sentence.text),
            *corrections.read(sentence.text),
            *ended_goals(sentence.text),
            *scrapped_plans(sentence.text),
            *introductions_zh.read(sentence.text),
            *unshared_tastes.read(sentence.text),
            *(corrections.read_alone(sentence.text) if ends_message else ()),
        ):
            whole = Candidate(0, sentence, sentence.text, 0, (reading,), is_chinese(sentence.text))
            retracts = reading.retracts or (forgets and reading.slot != corrections.CORRECTS)
            yield from _detections(whole, reading._replace(retracts=retracts), RULE_CONFIDENCE, message)


def _read_introductions(own: Sequence[Sentence], message: str, found: Sequence[Detection]) -> Iterator[Detection]:
    """Yield the statements in introductions ("As a vegetarian, …"). `found`: the statements that are known already."""
    for sentence in own:
        beside = [each for each in found if each.start == sentence.whole[0]]
        for reading in remarks.read_introduction(sentence.text, goes_on=bool(beside)):
            whole = Candidate(0, sentence, sentence.text, 0, (reading,), chinese=False)
            yield from _detections(whole, reading, RULE_CONFIDENCE, message)


def _without_duplicates(found: Sequence[Detection], alone: Sequence[Detection]) -> list[Detection]:
    """Return both lists in order, without those of `found` that repeat one of `alone` in the same sentence."""
    rest = [each for each in found if not any(each.start == other.start and _repeats(each, other) for other in alone)]
    return sorted([*rest, *alone], key=lambda each: each.start)


def _repeats(detection: Detection, other: Detection) -> bool:
    ours, theirs = detection.subject.casefold(), other.subject.casefold()
    if (
        other.retracts and other.kind == "goal" != detection.kind
    ):  # ends no taste: "I finished my marathon. I love marathons."
        if detection.kind == "avoid" and is_chinese(detection.text):  # 「我不打算考驾照了」 avoids nothing
            return theirs in ours
        return ours in (f"my {theirs}", f"the {theirs}")
    if detection.retracts and (other.retracts or other.slot == corrections.CORRECTS):
        return True
    text = detection.text.casefold()
    apart = ours != theirs and text.count(ours) > text.count(theirs) * theirs.count(ours)
    return not detection.retracts and (theirs in ours or (ours in theirs and not apart))


def _accepted(candidate: Candidate, odds: float, classifier: StatementClassifier, message: str) -> Iterator[Detection]:
    readings = candidate.readings
    if any(each.sure or each.retracts or each.refers_back or _names_both_sides(candidate, each) for each in readings):
        odds = max(odds, 2.0)
    if odds < min_log_odds(candidate):
        return
    confidence = round(float(1 / (1 + np.exp(-odds))), 3)
    for reading in tuple(refined(candidate, classifier)):
        yield from _detections(candidate, reading, confidence, message)


def _detections(candidate: Candidate, reading: ClauseReading, confidence: float, message: str) -> Iterator[Detection]:
    """Yield a detection for each thing or activity that a reading names."""
    if candidate.chinese:
        yield from _detections_of_things(candidate, reading, confidence, message)
        return
    for each in activities(candidate.piece, reading) if reading.kind in ("habit", "goal") else (reading,):
        denied = as_denied(candidate.piece, each) if each.polarity else None
        yield from _detections_of_things(candidate, denied or each, confidence, message)


def _detections_of_things(
    candidate: Candidate, reading: ClauseReading, confidence: float, message: str
) -> Iterator[Detection]:
    sentence = candidate.sentence
    for start, end in _subject_bounds(candidate, reading):
        subject = message[sentence.start + candidate.offset + start : sentence.start + candidate.offset + end]
        if not _is_named(subject, reading, chinese=candidate.chinese):
            continue
        ailment = thing_done(subject) if reading.kind == "habit" else ""
        ails = bool(AILMENT.search(ailment))
        yield Detection(
            kind="fact" if ails else reading.kind,
            subject=" ".join((ailment if ails else subject).split()),
            polarity=None if ails else reading.polarity,
            strict=reading.strict and not DENIAL.match(subject),
            scope=reading.scope,
            text=message[slice(*sentence.whole)],
            start=sentence.whole[0],
            end=sentence.whole[1],
            confidence=confidence,
            retracts=reading.retracts,
            slot=None
            if reading.kind == "goal" and reading.slot in SLOTS_WITHOUT_TASTE
            else reading.slot,  # no fact yet
            replaces=reading.replaces,
        )


def _is_named(subject: str, reading: ClauseReading, *, chinese: bool) -> bool:
    """Return whether the words found as a subject name something: no bare denial, time, excess or reference."""
    nothing = reading_zh.BARE_DENIAL.fullmatch(subject) or (chinese and NO_SUBJECT_ZH.fullmatch(subject))
    refers = NAMES_NOTHING.fullmatch(subject) and not reading.refers_back
    excess = reading.polarity == "like" and EXCESS_ZH.match(subject)
    control = reading.kind == "like" and CONTROL_ZH.fullmatch(subject)
    time = TIME_ZH.match(subject) or (reading.polarity == "dislike" and DATE_ZH.fullmatch(subject))
    done_to_it = reading.kind == "habit" and DONE_TO_IT.match(subject)
    at_hand = not reading.sure and reading.kind in ("fact", "habit") and TROUBLE_AT_HAND.match(subject)
    return not (nothing or refers or done_to_it or at_hand or excess or control or (chinese and time))


def _subject_bounds(candidate: Candidate, reading: ClauseReading) -> Iterator[tuple[int, int]]:
    for start, end in listed_subjects(candidate, reading):
        if candidate.chinese:
            yield whole_word(candidate.piece, start, end, reading.kind)
        else:  # in an English clause within Chinese, the next clause follows a Chinese comma
            comma = candidate.piece.find("，", start, end)
            yield start, comma if comma > start else end


def _names_both_sides(candidate: Candidate, reading: ClauseReading) -> bool:
    """Return whether the piece names both sides of a change: "from A to B"."""
    return bool(reading.replaces) and bool(re.search(r"从|由|\bfrom\b|不[用喝吃玩]", candidate.piece))


def distinct(detections: Sequence[Detection]) -> list[Detection]:
    """Return each subject of a kind once."""
    latest = {(entry.kind, entry.subject.casefold(), entry.retracts): entry for entry in reversed(detections)}
    return list(latest.values())[::-1]
