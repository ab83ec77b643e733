"""Statements in a message: sentences → own words → grammar and classifier → kind, polarity, strictness, scope and subject.

Pure functions of the text (and of the sentence vectors of an embedder, where one is given): the same message gives the same statements.
Precision first: one that is not meant costs more than one that is missed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements import reading_en, reading_zh
from penchant.agent.statements.classifier import StatementClassifier, statement_classifier
from penchant.agent.statements.own_words import (
    ASKS_EN,
    ASKS_ZH,
    BESIDE_REQUEST,
    CHILD_TASTE_EN,
    CHILD_ZH,
    CLAUSE_ZH,
    DIRECTIVE,
    FIRST_PERSON,
    FIRST_PERSON_ZH,
    FOR_SOMEBODY,
    IMPERSONAL_EN,
    LISTED,
    NOT_ASKING_ZH,
    OTHERS_EN,
    OTHERS_TASTE_EN,
    OTHERS_ZH,
    OWN_SUBJECT_EN,
    SHORT_FORM,
    TAIL_QUESTION,
    TOGETHER,
    TOLD_TO_WRITER,
    own_sentences,
)
from penchant.agent.statements.sentences import ClauseReading, Sentence, is_chinese
from penchant.agent.statements.wordings_en import Kind, Polarity
from penchant.store.statement import Statement, digest

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
#: Log-odds from which a sentence counts: where a firm rule reads it, and otherwise; where it does not name its writer, in English and in
#: Chinese, there (without a firm rule, with one) it may be a search without a verb.
SURE, SURE_IF_OTHERWISE, SURE_UNNAMED, SURE_UNNAMED_ZH = -0.2, 0.2, 2.2, (1.5, 1.0)
#: How much surer a clause must be that counts by itself.
BY_ITSELF = 0.8
#: Log-odds by words alone that no vector is asked about.
UNSURE = 4.5
#: A fact that is denied binds nobody ("I'm not vegetarian any more").
DENIED = re.compile(r"^(?:not|no\s+longer)\s", re.IGNORECASE)
DISLIKED: frozenset[Kind] = frozenset({"dislike", "avoid"})


@dataclass(frozen=True)
class Detection:
    """One statement found in a message: `message[start:end]` is the sentence, `subject` a phrase of it.

    `retracts`: it ends an earlier statement and sets nothing in its place; `slot`: what one has one of at a time; `replaces`: what it says
    it takes the place of; `topic`: the id of the topic a model gives it. `confidence` 0 to 1.
    A `subject` that is empty points at what was spoken of before ("I don't like it any more").
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
        """The statement that the message of this event makes at that time; `place`: what it is about. The same event gives the same id."""
        return Statement(
            id=f"s-{digest(event_id, str(self.start), self.kind, self.subject, str(self.retracts))}",
            kind=self.kind,
            subject=self.subject,
            polarity=self.polarity,
            strict=self.strict,
            scope=self.scope,
            text=self.text,
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


@dataclass(frozen=True)
class _Candidate:
    """A piece of a message that may state something: `sentence.text[start:end]`."""

    message: int
    sentence: Sentence
    piece: str
    offset: int
    readings: tuple[ClauseReading, ...]
    chinese: bool


class StatementDetector:
    """Finds statements in messages.

    `embed` and `embedder`: sentence vectors and the name of the embedder that makes them, if any. `classifiers`: by language ("en", "zh");
    those that ship with the package where none are given.
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
        """The statements of one message, in order."""
        return self.detect_all([message])[0]

    def detect_all(self, messages: Sequence[str]) -> list[list[Detection]]:
        """The statements of each message; sentences of all of them are embedded together."""
        candidates = [
            candidate for number, message in enumerate(messages) for candidate in _candidates(number, message)
        ]
        judged = self._judged(candidates)
        found: list[list[Detection]] = [[] for _ in messages]
        for candidate, odds in judged:
            found[candidate.message] += _decided(
                candidate, odds, self._classifier(candidate), messages[candidate.message]
            )
        return [distinct(detections) for detections in found]

    def _judged(self, candidates: Sequence[_Candidate]) -> Iterator[tuple[_Candidate, float]]:
        """Each with its log-odds; in its place those of its clauses that state something by themselves, where there are."""
        odds = self._log_odds(candidates)
        clauses = [list(_clauses_alone(candidate)) for candidate in candidates]
        alone = iter(self._log_odds([clause for of in clauses for clause in of]))
        for candidate, log_odds, parts in zip(candidates, odds, clauses, strict=True):
            judged = [(part, next(alone)) for part in parts]
            sure = [(part, by_itself) for part, by_itself in judged if by_itself >= _needed(part) + BY_ITSELF]
            if sure and (log_odds >= _needed(candidate) or any(_is_firm(part) for part, _ in sure)):
                yield from sure
            else:
                yield candidate, log_odds

    def _log_odds(self, candidates: Sequence[_Candidate]) -> list[float]:
        """By words; where they are not sure of themselves, by the sentence vector as well."""
        odds = [self._classifier(candidate).log_odds(candidate.piece, candidate.readings) for candidate in candidates]
        if self.embed is None:
            return odds
        asked = [
            at
            for at, candidate in enumerate(candidates)
            if abs(odds[at]) < UNSURE and self._classifier(candidate).reads_vectors_of(self.embedder)
        ]
        if asked:
            vectors = self.embed([candidates[at].piece for at in asked])
            for at, vector in zip(asked, vectors, strict=True):
                candidate = candidates[at]
                odds[at] = self._classifier(candidate).log_odds_with(candidate.piece, candidate.readings, vector)
        return odds

    def _classifier(self, candidate: _Candidate) -> StatementClassifier:
        language = "zh" if candidate.chinese else "en"
        return self.classifiers.get(language) or statement_classifier(language)


def may_state(message: str) -> bool:
    """Whether any sentence of a message could state something of its writer."""
    return next(_candidates(0, message), None) is not None


def _candidates(number: int, message: str) -> Iterator[_Candidate]:
    for sentence in _without_forgotten(own_sentences(message)):
        chinese = is_chinese(sentence.text)
        for start, end in _pieces_zh(sentence.text) if chinese else _pieces_en(sentence.text):
            piece = sentence.text[start:end]
            for at, part, readings in _clauses(piece, chinese=chinese):
                if _may_state(part, readings, chinese=chinese):
                    yield _Candidate(number, sentence, part, start + at, readings, chinese)


def _without_forgotten(found: Iterable[Sentence]) -> Iterator[Sentence]:
    """What is said beside a wish to forget becomes a sentence of its own, so that the forgotten is not told on with it."""
    for sentence in found:
        cut = reading_en.end_of_forgotten(sentence.text)
        if cut == len(sentence.text):
            yield sentence
            continue
        head = sentence.text[:cut].rstrip(" ,;")
        yield Sentence(head, sentence.start, sentence.start + len(head))
        yield Sentence(sentence.text[cut:], sentence.start + cut, sentence.end)


def _clauses(piece: str, *, chinese: bool) -> Iterator[tuple[int, str, tuple[ClauseReading, ...]]]:
    """The piece as a whole; or clause by clause, where several say something each ("I hate opera but I love boots")."""
    read = (reading_zh if chinese else reading_en).read
    whole = tuple(read(piece))
    if len(whole) > 1 and not any(reading.weak or reading.replaces or reading.retracts for reading in whole):
        bounds = list(_zh_clauses(piece) if chinese else reading_en.clauses(piece))
        parts = [(start, piece[start:end], tuple(read(piece[start:end]))) for start, end in bounds]
        if sum(bool(readings) for _, _, readings in parts) > 1:
            yield from (part for part in parts if part[2])
            return
    yield 0, piece, whole


def _zh_clauses(piece: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in CLAUSE_ZH.finditer(piece):
        yield start, cut.start()
        start = cut.end()
    yield start, len(piece)


def _pieces_en(text: str) -> Iterator[tuple[int, int]]:
    """The parts that state rather than ask; the whole sentence for most."""
    if DIRECTIVE.match(text) or not ASKS_EN.search(text):
        yield 0, len(text)
        return
    if OWN_SUBJECT_EN.match(text):
        asks = TAIL_QUESTION.search(text)
        if asks and asks.start() >= 6:
            yield 0, asks.start()
        elif "?" not in text:
            yield 0, len(text)
    elif beside := BESIDE_REQUEST.search(text):
        yield beside.end(), len(text)


def _pieces_zh(text: str) -> Iterator[tuple[int, int]]:
    """Runs of clauses that state rather than ask and are the writer's own."""
    start, run = 0, -1
    for stop, following in [*[match.span() for match in CLAUSE_ZH.finditer(text)], (len(text), len(text))]:
        clause = text[start:stop].strip()
        own = bool(clause) and not OTHERS_ZH.match(clause) and not CHILD_ZH.match(clause)
        states = own and (not ASKS_ZH.search(clause) or bool(NOT_ASKING_ZH.search(clause)))
        if states:
            run = start if run < 0 else run
        if run >= 0 and (not states or stop == len(text)):
            yield run, stop if states else max(run, start - 1)
            run = -1
        if clause and not own:
            return  # what follows somebody else's clause is about them
        start = following


def _may_state(piece: str, readings: Sequence[ClauseReading], *, chinese: bool) -> bool:
    if len(piece) < 3 or len(piece) > 300:
        return False
    if chinese:
        return True
    if (
        (OTHERS_EN.match(piece) and not TOLD_TO_WRITER.match(piece))
        or CHILD_TASTE_EN.match(piece)
        or FOR_SOMEBODY.search(piece)
    ):
        return False
    if OTHERS_TASTE_EN.search(piece) and not any(not reading.weak for reading in readings):
        return False
    return _names_writer(piece, chinese=False) or not IMPERSONAL_EN.match(piece)


def _names_writer(piece: str, *, chinese: bool) -> bool:
    if chinese:
        return bool(FIRST_PERSON_ZH.search(piece))
    return bool(FIRST_PERSON.search(piece) or SHORT_FORM.match(piece))


def _decided(candidate: _Candidate, odds: float, classifier: StatementClassifier, message: str) -> Iterator[Detection]:
    readings = candidate.readings
    if any(reading.retracts or reading.refers or _switches(candidate, reading) for reading in readings):
        odds = max(odds, 2.0)
    if odds < _needed(candidate):
        return
    readings = tuple(_refined(candidate, classifier))
    confidence = round(float(1 / (1 + np.exp(-odds))), 3)
    sentence = candidate.sentence
    for reading in readings:
        for start, end in _parts(candidate, reading):
            subject = message[sentence.start + candidate.offset + start : sentence.start + candidate.offset + end]
            yield Detection(
                kind=reading.kind,
                subject=" ".join(subject.split()),
                polarity=reading.polarity,
                strict=reading.strict and not DENIED.match(subject),
                scope=reading.scope,
                text=message[sentence.start : sentence.end],
                start=sentence.start,
                end=sentence.end,
                confidence=confidence,
                retracts=reading.retracts,
                slot=reading.slot,
                replaces=reading.replaces,
            )


def _needed(candidate: _Candidate) -> float:
    """The log-odds from which a candidate counts."""
    firm = _is_firm(candidate)
    if not _names_writer(candidate.piece, chinese=candidate.chinese):
        return SURE_UNNAMED_ZH[firm] if candidate.chinese else SURE_UNNAMED
    return SURE if firm else SURE_IF_OTHERWISE


def _is_firm(candidate: _Candidate) -> bool:
    """Whether a rule reads a statement in it that its words alone make one."""
    return any(not reading.weak and reading.pattern >= 0 for reading in candidate.readings)


def _clauses_alone(candidate: _Candidate) -> Iterator[_Candidate]:
    """The clauses of a candidate that has several, each as a candidate; none where one of them points at what another says."""
    if any(reading.refers or reading.retracts or reading.replaces for reading in candidate.readings):
        return
    piece, chinese = candidate.piece, candidate.chinese
    language = reading_zh if chinese else reading_en
    bounds = list(_zh_clauses(piece) if chinese else reading_en.clauses(piece))
    for start, end in bounds if len(bounds) > 1 else ():
        part = piece[start:end]
        readings = tuple(language.read(part))
        points = any(reading.weak and reading.pattern == len(language.PATTERNS) for reading in readings)
        if not points and _may_state(part, readings, chinese=chinese):
            yield replace(candidate, piece=part, offset=candidate.offset + start, readings=readings)


def _parts(candidate: _Candidate, reading: ClauseReading) -> Iterator[tuple[int, int]]:
    """The subject, or each of several that are merely listed ("anime and art"); what belongs together stays so."""
    subject = candidate.piece[reading.start : reading.end]
    names = [part for part in LISTED.split(subject) if part.strip()]
    if len(names) < 2 or reading.slot or TOGETHER.search(subject) or not _may_part(names, chinese=candidate.chinese):
        yield reading.start, reading.end
        return
    at = reading.start
    for name in names:
        at = candidate.piece.index(name, at)
        yield at, at + len(name)
        at += len(name)


def _may_part(names: Sequence[str], *, chinese: bool) -> bool:
    """Whether every name is short and one like the others: "red and white wine" is one thing."""
    if chinese:
        return all(len(name) <= 5 and "的" not in name for name in names)
    sizes = [len(name.split()) for name in names]
    plural = all(name.strip().endswith(("s", "ing")) for name in names[:-1])
    return max(sizes) <= 3 and (max(sizes) == 1 or plural)


def _switches(candidate: _Candidate, reading: ClauseReading) -> bool:
    """ "From A to B": both named."""
    return bool(reading.replaces) and bool(re.search(r"从|由|\bfrom\b|不[用喝吃玩]", candidate.piece))


def _refined(candidate: _Candidate, classifier: StatementClassifier) -> Iterator[ClauseReading]:
    """The readings, with kind, polarity and subject as the classifier sees them where one thing is stated.

    What takes back or replaces an earlier statement, and sentences that state several things, stay as the rules read them.
    """
    readings, piece = candidate.readings, candidate.piece
    if len(readings) > 1 or any(reading.retracts or reading.refers or reading.replaces for reading in readings):
        yield from readings
        return
    subject = classifier.subject(piece, readings)
    if subject is None:
        return
    kind, polarity = classifier.kind(piece, readings, subject)
    if polarity is None and _is_firm(candidate):
        kind, polarity = readings[0].kind, readings[0].polarity
    if readings:
        yield readings[0]._replace(kind=kind, polarity=polarity, start=subject.start, end=subject.end)
    else:
        language = reading_zh if candidate.chinese else reading_en
        yield ClauseReading(kind, polarity, subject.start, subject.end, strict=bool(language.STRICT.search(piece)))


def distinct(detections: Sequence[Detection]) -> list[Detection]:
    """Each subject of a kind once."""
    latest = {(entry.kind, entry.subject.casefold(), entry.retracts): entry for entry in reversed(detections)}
    return list(latest.values())[::-1]
