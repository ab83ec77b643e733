"""Finds candidates for statements: sentences and clauses of a message that are its writer's own and ask nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from penchant.agent.statements import reading_en, reading_zh
from penchant.agent.statements.clause_punctuation import split_at_commas
from penchant.agent.statements.contrasts import contrasted_clauses
from penchant.agent.statements.denied_needs import denies_all
from penchant.agent.statements.following_requests import LIKE_QUESTION, MIN_LENGTH, first_request_start
from penchant.agent.statements.indirect_tastes import back_reference
from penchant.agent.statements.omitted_words import end_before_fillers
from penchant.agent.statements.own_words import (
    ADVICE_TO_WRITER,
    ASKS_EN,
    CHILD_TASTE_EN,
    CONTRAST_EN,
    DIRECTIVE,
    FIRST_PERSON,
    FOR_SOMEBODY,
    IMPERSONAL_EN,
    INTRODUCTORY_CONDITION,
    OTHERS_EN,
    OTHERS_TASTE_EN,
    OWN_SUBJECT_EN,
    PERSON_CLOSE_TO_WRITER,
    PREAMBLE_EN,
    REFERENCE_EN,
    RHETORICAL_EN,
    SHORT_FORM,
    own_sentences,
)
from penchant.agent.statements.own_words_zh import (
    ANSWERED_QUESTION_ZH,
    ASKS_ZH,
    CHILD_ZH,
    CONTRAST_ZH,
    FIRST_PERSON_ZH,
    NOT_ASKING_ZH,
    OF_CHILD_ZH,
    OF_REQUEST_ZH,
    OTHERS_ZH,
    OWN_WORK_ZH,
    PREAMBLE_ZH,
    QUESTION_CONTEXT_ZH,
    RHETORICAL_ZH,
)
from penchant.agent.statements.patterns_en_idioms import ADOPTED_TASTE, IMMEDIATE_VERDICTS, UNSHARED_TASTE
from penchant.agent.statements.patterns_en_sure import NOT_FOR_ME
from penchant.agent.statements.patterns_zh_sure import RHETORICAL_TASTES
from penchant.agent.statements.remarks import (
    PAST_ACT,
    PAST_PERIOD,
    is_question_context,
    leading_reason,
    question_start,
    trailing_remark,
)
from penchant.agent.statements.sentences import CLAUSE_ZH, REFERENCE, ClauseReading, Sentence, is_chinese
from penchant.agent.statements.shared_subjects import shared_clauses
from penchant.agent.statements.whole_words_zh import BARE_ZH
from penchant.lazy_patterns import lazy

#: Beginnings of clauses that only add details to another clause, or its consequence.
ADDED_DETAILS = lazy(
    r"(?:(?:比起|相比|与其|较之)[^我]*$|所以|因此|于是|不然|否则|要不然?|家里[^，。]{0,4}(?:不能|不许|没法)有?[。！]?$|especially|particularly|mostly|mainly|such\s+as|including|尤其(?!是?(?:很|最|不)?(?:爱|喜欢|讨厌|怕))|特别是(?!(?:很|最|不)?(?:爱|喜欢|讨厌|怕))|比如|例如|像|包括|主要是|一[^一就，。]{1,4}就)",
    re.IGNORECASE,
)
#: Before a consequence of what is stated, and before a reason for it, both told by the writer.
_CONSEQUENCE = lazy(r"(?:,|\s)\s*(?:so|hence|therefore|which\s+is\s+why)\s+$", re.IGNORECASE)
_REASON = lazy(r"(?:(?:,|\s)\s*(?:because|since|(?<!\ssoon\s)as)\s+|(?<!\bme),\s+)$", re.IGNORECASE)
_I_DO = lazy(
    r"(?:i|we|i['’]?(?:m|ve)|we['’](?:re|ve))\s+(?!(?:can|could|will|would|may|might|need|want|was|were|had|did|asked|wondered|thought|guess|hope)\b)",
    re.IGNORECASE,
)
_I_USE = lazy(r"(?:i|we)\s+(?:\w+ly\s+)?(?:use|wear|take|work|drive|live|speak|own|keep)\s", re.IGNORECASE)
#: What a relative of the writer is or does, which the next clauses go on about: 「儿子在深圳工作，一年回来一次」.
_RELATIVE_ZH = lazy(
    r"(?:我(?:们|家)?的?)?(?:儿子|女儿|老公|老婆|老伴|孙子|孙女|爸妈|爸爸?|妈妈?|弟弟?|妹妹?|哥哥?|姐姐?)(?:现在|目前|一直|都|也)*(?:在|是|住|做|当)"
)
#: Somebody of the writer's by name, and what they are or do: "my grandson Rhys is mad on dinosaurs".
_BY_NAME = lazy(
    r"(?:[Aa]nd\s+|[Bb]ut\s+)?(?:[Mm]y|[Oo]ur)\s+(?!favou?rite\b)(?:[a-z-]+\s+)?[a-z-]+,?\s+[A-Z][a-z]+,?\s+(?:is|was|has|loves|likes|hates|enjoys|prefers|can|wants|works|lives|does|doesn['’]t|plays|eats)\b"
)
#: Says that something is put up with, or is the writer's, which is no taste: "I don't mind spicy food", "tea is fine", "Fridays are mine".
_TOLERATES = lazy(
    r"(?:(?:but|and|(?:al|even\s+)?though|while)\s+)?(?:(?:i|we)\s+(?:\w+ly\s+)?(?:don['’]?t|do\s+not|wouldn['’]?t|never)\s+(?:\w+ly\s+)?mind\b"
    r"|(?!(?:my|our)\s)[\w\s'’-]{2,40}?\s(?:is|are|would\s+be)\s+(?:\w+ly\s+|just\s+)?(?:fine|ok|okay|alright|all\s+right|acceptable|mine|ours)\b)"
    r"(?![^.!?]*\b(?:but\s+(?!(?:my|our|he|she|they|the)\b)|except|just\s+not|only|unless|as\s+long|i\s+(?:\w+\s+)?(?:enjoy|love|like|prefer|hate)\b))",
    re.IGNORECASE,
)
#: A clause about something named before: "I eat them raw".
_OF_NAMED = lazy(r"[^.!?;]*\b(?:it|them|this|that|those|these)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """A piece of a message that may state something; it begins at `offset` of `sentence.text`."""

    message: int
    sentence: Sentence
    piece: str
    offset: int
    readings: tuple[ClauseReading, ...]
    chinese: bool


def may_state(message: str) -> bool:
    """Return whether any sentence of a message could state something about its writer."""
    return next(candidates(0, own_sentences(message)), None) is not None


def candidates(number: int, own: Iterable[Sentence]) -> Iterator[Candidate]:
    """Yield the clauses of message `number` that may state something. `own`: its sentences that may be its writer's."""
    for sentence in _without_forgotten(_with_verdicts(own)):
        if is_question_context(sentence.text):
            continue
        chinese = is_chinese(sentence.text)
        text = sentence.text
        for start, end in _pieces_zh(text) if chinese else split_at_commas(text, _pieces_en(text)):
            for begin, piece in [(0, text[start:end])] if chinese else _with_shared_subject(text, start, end):
                for at, part, readings in _clauses(piece, chinese=chinese):
                    if _may_state(part, readings, chinese=chinese):
                        yield Candidate(number, sentence, part, start + begin + at, readings, chinese)


def _with_shared_subject(sentence: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return offset and text of each clause of an English piece of a sentence that says what its writer does or is.

    See `shared_clauses` and `contrasted_clauses`. The piece itself where one clause refers to another, or where a sure
    wording spans them.
    """
    piece = sentence[start:end]
    contrasted = contrasted_clauses(piece)
    if len(contrasted) > 1:
        return contrasted
    parts = shared_clauses(piece, sentence[:start])
    if len(parts) == 1 or back_reference(piece, chinese=False):
        return [(0, piece)]
    found = reading_en.read(piece)
    ends = [at + len(text) for at, text in parts[:-1]]
    related = any(each.replaces or each.retracts or each.across_clauses or each.refers_back for each in found)
    spanned = any(each.sure and each.start < end < each.end for each in found for end in ends)
    return [(0, piece)] if related or spanned else parts


def _without_forgotten(found: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences; one that asks to forget something is split where its next clause begins."""
    for sentence in found:
        cut = reading_en.end_of_forgotten(sentence.text)
        if cut == len(sentence.text):
            yield sentence
            continue
        head = sentence.text[:cut].rstrip(" ,;")
        yield Sentence(head, sentence.start, sentence.start + len(head))
        yield Sentence(sentence.text[cut:], sentence.start + cut, sentence.end)


def _with_verdicts(found: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences, joining a question or name with the verdict after it ("Musicals? Never liked them.")."""
    last: Sentence | None = None
    for sentence in found:
        if last and last.text.endswith(("?", "？", ".", "…", ";")) and sentence.start - last.end <= 1:
            gap = " " * (sentence.start - last.end)
            both = Sentence(f"{last.text}{gap}{sentence.text}", last.start, sentence.end)
            if len(both.text) == both.end - both.start and any(
                regex.match(both.text) for regex in (*IMMEDIATE_VERDICTS, ANSWERED_QUESTION_ZH)
            ):
                yield both
                last = None
                continue
        if last:
            yield last
        last = sentence
    if last:
        yield last


def _clauses(piece: str, *, chinese: bool) -> Iterator[tuple[int, str, tuple[ClauseReading, ...]]]:
    """Yield offset, text and readings of the piece, or of its clauses where several of them state something."""
    read = (reading_zh if chinese else reading_en).read
    whole = tuple(read(piece))
    if back_reference(piece, chinese=chinese):
        yield 0, piece, whole[:1]
        return
    weak = not any(reading.whole for reading in whole) and any(reading.weak for reading in whole)
    joined = any(each.replaces or each.retracts or each.across_clauses or each.refers_back for each in whole)
    if len(whole) > 1 and not weak and not joined:
        bounds = list(_zh_clauses(piece) if chinese else reading_en.clauses(piece))
        parts = [(start, piece[start:end], tuple(read(piece[start:end]))) for start, end in bounds]
        if sum(bool(readings) for _, _, readings in parts) > 1:
            yield from (part for part in parts if part[2] and not _only_adds_details(*part))
            return
    yield 0, piece, whole


def _only_adds_details(start: int, clause: str, readings: Sequence[ClauseReading]) -> bool:
    """Return whether the clause at `start` only adds details or a consequence to another clause (「一喝就睡不着」) or names nothing."""
    added = (start > 0 or not clause.startswith("一")) and bool(ADDED_DETAILS.match(clause))
    bare = any(BARE_ZH.fullmatch(clause, each.start, each.end) and not each.sure for each in readings)
    return bare or (added and not (clause.startswith("所以") and any(each.whole for each in readings)))


def _zh_clauses(piece: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in CLAUSE_ZH.finditer(piece):
        yield start, cut.start()
        start = cut.end()
    yield start, len(piece)


def _pieces_en(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the parts that are no question or request; mostly that is the whole sentence."""
    start = 0
    if (lead := PREAMBLE_EN.match(text)) and lead.end() < len(text):
        yield from ((lead.end() + first, lead.end() + last) for first, last in _pieces_en(text[lead.end() :]))
        return
    if lead := INTRODUCTORY_CONDITION.match(text):
        yield lead.end(), len(text)
        return
    if not_for_me := UNSHARED_TASTE.match(text) or ADOPTED_TASTE.match(text) or NOT_FOR_ME.search(text):
        yield not_for_me.span()
        return
    if (OTHERS_EN.match(text) and not ADVICE_TO_WRITER.match(text)) or CHILD_TASTE_EN.match(text):
        writer = CONTRAST_EN.search(text)
        start = writer.end() if writer else 0
    preamble = PREAMBLE_EN.match(text, start)
    start = preamble.end() if preamble else start
    yield from ((start + first, start + last) for first, last in _own_pieces_en(text[start:]))


def _own_pieces_en(text: str) -> Iterator[tuple[int, int]]:
    if any(regex.match(text) for regex in (DIRECTIVE, RHETORICAL_EN, *IMMEDIATE_VERDICTS)):
        yield 0, len(text)
        return
    if part := leading_reason(text):
        yield part
    elif (asks := first_request_start(text)) and (not ASKS_EN.match(text) or LIKE_QUESTION.match(text[:asks])):
        yield 0, end_before_fillers(text, asks)
    elif not ASKS_EN.search(text) or (LIKE_QUESTION.match(text) and "?" not in text):
        yield 0, len(text)
    elif OWN_SUBJECT_EN.match(text):
        asks = question_start(text, MIN_LENGTH)
        if asks is not None or "?" not in text:
            yield 0, asks or len(text)
    elif part := trailing_remark(text):
        yield part


def _pieces_zh(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of runs of clauses that are the writer's own and are no question or request."""
    if lead := PREAMBLE_ZH.match(text):
        yield from ((lead.end() + first, lead.end() + last) for first, last in _pieces_zh(text[lead.end() :]))
        return
    if any(regex.match(text) for regex in (*RHETORICAL_TASTES, ANSWERED_QUESTION_ZH)):
        yield 0, len(text)
        return
    if who := QUESTION_CONTEXT_ZH.match(text):
        yield who.span()
        return
    start, run, ended, others, asked = 0, -1, 0, False, False
    for stop, following in [*[match.span() for match in CLAUSE_ZH.finditer(text)], (len(text), len(text))]:
        clause = text[start:stop].strip()
        own = bool(clause) and not any(regex.match(clause) for regex in (OTHERS_ZH, CHILD_ZH, OWN_WORK_ZH, OTHERS_EN))
        own = own and (not others or bool(CONTRAST_ZH.match(clause)))
        asks = ASKS_ZH.search(clause) and not NOT_ASKING_ZH.search(clause) and not RHETORICAL_ZH.match(clause)
        asked = bool(asks or (asked and OF_REQUEST_ZH.match(clause)))  # 「推荐个酒店，能带宠物」
        states = own and not asked
        run = start if states and run < 0 else run
        if run >= 0 and (not states or stop == len(text)):
            yield run, stop if states else max(run, ended)
            run = -1
        if clause:
            others = not own or any(regex.match(clause) for regex in (OF_CHILD_ZH, _RELATIVE_ZH))  # up to "but I"
        start, ended = following, stop


def _may_state(piece: str, readings: Sequence[ClauseReading], *, chinese: bool) -> bool:
    if len(piece) < (2 if any(reading.whole for reading in readings) else 3) or len(piece) > 300 or denies_all(piece):
        return False
    is_past = PAST_ACT.match(piece) or PAST_PERIOD.match(piece)
    weak = all(reading.weak for reading in readings)
    if (weak and (is_past or (not chinese and _TOLERATES.match(piece)))) or any(
        reading.pattern == REFERENCE and REFERENCE_EN.match(piece[reading.start : reading.end]) for reading in readings
    ):
        return False
    if chinese or any(
        regex.match(piece) for regex in (UNSHARED_TASTE, *IMMEDIATE_VERDICTS, ADOPTED_TASTE, RHETORICAL_EN)
    ):
        return True
    if (
        (OTHERS_EN.match(piece) and not ADVICE_TO_WRITER.match(piece))
        or CHILD_TASTE_EN.match(piece)
        or FOR_SOMEBODY.search(piece)
    ):
        return False
    is_sure = any(reading.sure for reading in readings)
    of_them = OTHERS_TASTE_EN.search(piece) and not (is_sure and PERSON_CLOSE_TO_WRITER.match(piece))
    if (of_them and weak) or (_BY_NAME.match(piece) and not is_sure):
        return False
    return is_sure or names_writer(piece, chinese=False) or not IMPERSONAL_EN.match(piece)


def names_writer(piece: str, *, chinese: bool) -> bool:
    """Return whether the piece refers to its writer ("I", "my", a short form without the pronoun)."""
    named = (FIRST_PERSON_ZH.search,) if chinese else (FIRST_PERSON.search, SHORT_FORM.match, RHETORICAL_EN.match)
    return any(find(piece) for find in named)


def single_clauses(candidate: Candidate) -> Iterator[Candidate]:
    """Yield each clause of a candidate that has several, as a candidate of its own.

    Nothing if a clause refers to another one, or if a reading is sure, is read by a frame, or ends an earlier statement.
    """
    if not _spans_clauses(candidate) and not any(each.sure or each.whole for each in candidate.readings):
        yield from _clauses_alone(candidate)


def other_clauses(candidate: Candidate) -> Iterator[Candidate]:
    """Yield each English clause in which the writer gives a reason or consequence of what a sure reading states.

    It is a candidate of its own: "I work weekends" of "I'm a nurse, so I work weekends".
    """
    if candidate.chinese or _spans_clauses(candidate) or not any(each.sure for each in candidate.readings):
        return
    for clause in _clauses_alone(candidate):
        start = clause.offset - candidate.offset
        apart = not any(start <= each.start < start + len(clause.piece) for each in candidate.readings)
        if apart and any(_is_explained(candidate.piece, start, reading) for reading in clause.readings):
            yield clause


def _is_explained(piece: str, start: int, reading: ClauseReading) -> bool:
    """Return whether the clause at `start` is a consequence, or a reason by what its writer is, has or uses."""
    if _OF_NAMED.match(piece, start) or not _I_DO.match(piece, start):
        return False
    reason = reading.kind == "fact" or not reading.weak or bool(_I_USE.match(piece, start))
    return bool(_CONSEQUENCE.search(piece, 0, start)) or (reason and bool(_REASON.search(piece, 0, start)))


def _spans_clauses(candidate: Candidate) -> bool:
    """Return whether a clause of a candidate refers to another one, or a reading ends an earlier statement."""
    return bool(back_reference(candidate.piece, chinese=candidate.chinese)) or any(
        each.refers_back or each.retracts or each.replaces or each.across_clauses for each in candidate.readings
    )


def _clauses_alone(candidate: Candidate) -> Iterator[Candidate]:
    """Yield the clauses of a candidate that has several, without those that only add details to another."""
    piece, chinese = candidate.piece, candidate.chinese
    language = reading_zh if chinese else reading_en
    bounds = list(_zh_clauses(piece) if chinese else reading_en.clauses(piece))
    for start, end in bounds if len(bounds) > 1 else ():
        part = piece[start:end]
        readings = tuple(language.read(part))
        points = any(reading.weak and reading.pattern == REFERENCE for reading in readings)
        if not points and not _only_adds_details(start, part, readings) and _may_state(part, readings, chinese=chinese):
            yield replace(candidate, piece=part, offset=candidate.offset + start, readings=readings)
