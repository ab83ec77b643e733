"""Finds candidates for statements: sentences and clauses of a message that are its writer's own and ask nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from penchant.agent.statements import reading_en, reading_zh
from penchant.agent.statements.clause_punctuation import ELLIPTIC_TASTE, has_relative_clause, split_at_commas
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
    CHILD_AGED_ZH,
    CHILD_ZH,
    CONTRAST_ZH,
    FIRST_PERSON_ZH,
    NOT_ASKING_ZH,
    OF_REQUEST_ZH,
    OTHERS_ZH,
    PREAMBLE_ZH,
    QUESTION_CONTEXT_ZH,
    RHETORICAL_ZH,
)
from penchant.agent.statements.patterns_en import INTRODUCTION
from penchant.agent.statements.patterns_en_idioms import ADOPTED_TASTE, IMMEDIATE_VERDICTS, UNSHARED_TASTE
from penchant.agent.statements.patterns_en_sure import NOT_FOR_ME
from penchant.agent.statements.patterns_zh_sure import RHETORICAL_TASTES
from penchant.agent.statements.remarks import (
    OWN_REASON,
    PAST_ACT,
    is_question_context,
    leading_reason,
    question_start,
    trailing_remark,
)
from penchant.agent.statements.sentences import CLAUSE_ZH, REFERENCE, ClauseReading, Sentence, is_chinese
from penchant.agent.statements.whole_words_zh import BARE_ZH
from penchant.lazy_patterns import lazy

#: The minimum log-odds of a candidate that a sure pattern reads, and what is added for a single clause that no firm rule reads.
MIN_SURE, CLAUSE_MARGIN = -0.2, 0.8
#: The minimum log-odds of other candidates, by what the rules read in them: nothing, a weak statement, a firm one. They are higher where
#: the sentence does not name its writer, since it may be a search query.
MIN_NAMED_EN, MIN_UNNAMED_EN = {"nothing": 0.3, "weak": 0.1, "firm": -0.3}, {"nothing": 3.0, "weak": 3.0, "firm": 2.2}
MIN_NAMED_ZH, MIN_UNNAMED_ZH = {"nothing": 0.2, "weak": 0.2, "firm": -0.1}, {"nothing": 1.5, "weak": 1.5, "firm": 1.2}
#: A plain Chinese taste for something not mentioned before, hardly ever anything else, and its minimum log-odds; then the same in English.
PLAIN_ZH, MIN_PLAIN_ZH = (
    lazy(
        r"我们?(?:真的|真|很|特别|非常|最|超级?|一直|从来|也|都|就|挺|蛮|比较|更|其实|从小就?){0,3}(?:不(?:太|怎么|是很|大)?)?"
        r"(?:喜欢|爱(?=[吃喝看玩听])|讨厌|受不了|害怕|热爱|酷爱|偏爱|反感|迷)"
        r"(?!你|这|那|它|上面|下面|刚才|第|左|右|上|下|前|后|怎么|什么|的)[^，。？?吗]{3,}$"
    ),
    -2.0,
)
PLAIN_EN, MIN_PLAIN_EN = (
    lazy(
        r"(?:[Ii]|[Ww]e)\s+(?:(?:really|absolutely|just|also|always|totally|truly|honestly|generally|usually|strongly|much|mostly|personally|deeply|particularly|thoroughly)\s+){0,2}"
        r"(?:love|hate|adore|detest|loathe|dislike|enjoy|prefer|like(?!\s+(?:to\s+(?:know|have|see|get|order|book|return|speak|talk|go)|when|where|what|it|how|option|(?:him|her|them|one)\b))|avoid|refuse\s+to|boycott|despise|can['’]?t\s+bear|(?:don['’]?t|do\s+not)\s+(?:enjoy|care\s+for)|(?:am|was)\s+(?:afraid|scared|terrified|fond)\s+of|can['’]?t\s+stand(?!\s+(?:here|up|on|by|in|still|straight|for)\b)|don['’]?t\s+like|am\s+allergic\s+to"
        r"|(?:appreciate|admire|value)(?=\s+(?:[\w-]+\s+)?\w+s\s+(?:who|that|with)\b)|only\s+(?:eat|drink|buy|wear|read|watch|use|listen\s+to)|never\s+(?:eat|drink|buy|wear|watch))\s+"
        r"(?!(?:we|not|option|version|you|your|it|its|this|that|these|those|them|him|her|the|my"
        r"|his|their|our|how|when(?!\s+(?:people|someone|somebody|others|[a-z]{3,}s)\s)|what|where|why|if|to|being|both|one|option|all|any|everyone|everything|nothing|u)\b)"
        r"(?![^.!]*\b(?:you|your|this|that\s+(?:you|the)|today|tonight|tomorrow|yesterday"
        r"|error|code|page|site|version|app|button)\b)[^?]{3,}$"
    ),
    -1.5,
)
#: A plain Chinese habit that is not a recurring problem, and its minimum log-odds.
HABIT_ZH, MIN_HABIT_ZH = (
    lazy(
        r"我们?(?:总是|总|一般|通常|平时|每次都)(?!是?会?(?:收到|忘|被|掉|卡|出错|失败|闪|登|刷|报|打不|看不|找不|连不|[分搞记弄]不))[^，。？?吗]{3,}$"
    ),
    -0.75,
)
#: The minimum log-odds of a firm English piece that begins with an introduction ("As a nurse, …"), and of a piece that follows an
#: introduction, which turns a request into a need.
MIN_WITH_INTRODUCTION, MIN_AFTER_INTRODUCTION = 0.0, -1.8
#: The minimum log-odds of a Chinese clause that a frame reads for sure (see `Framed.sure`).
MIN_SURE_FRAMED_ZH = -1.5
#: The same where the frame is not sure: for most clauses, for a taste or strict need, for a clause that continues about the writer, and
#: for a fact in the first clause, which explains the rest: 「敏感肌，用什么防晒」.
MIN_FRAMED_ZH, MIN_TASTE_FRAMED_ZH, MIN_CONTINUED_FRAMED_ZH, MIN_FACT_FIRST_ZH = -1.0, -1.2, -1.2, -1.5
#: The beginning of an introduction, which says who the writer is.
INTRODUCTION_ZH = lazy(r"作为|身为")
#: Beginnings of clauses that only add details to another clause, or its consequence.
ADDED_DETAILS = lazy(
    r"(?:(?:比起|相比|与其|较之)[^我]*$|所以|因此|于是|不然|否则|要不然?|家里[^，。]{0,4}(?:不能|不许|没法)有?[。！]?$|especially|particularly|mostly|mainly|such\s+as|including|尤其(?!是?(?:很|最|不)?(?:爱|喜欢|讨厌|怕))|特别是(?!(?:很|最|不)?(?:爱|喜欢|讨厌|怕))|比如|例如|像|包括|主要是|一[^一就，。]{1,4}就)",
    re.IGNORECASE,
)


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
            piece = text[start:end]
            for at, part, readings in _clauses(piece, chinese=chinese):
                if _may_state(part, readings, chinese=chinese):
                    yield Candidate(number, sentence, part, start + at, readings, chinese)


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
        if last and last.text.endswith(("?", "？", ".", "…")) and sentence.start - last.end <= 1:
            gap = " " * (sentence.start - last.end)
            both = Sentence(f"{last.text}{gap}{sentence.text}", last.start, sentence.end)
            if len(both.text) == both.end - both.start and any(
                regex.match(both.text) for regex in (*IMMEDIATE_VERDICTS, ANSWERED_QUESTION_ZH)
            ):
                last = both
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
    bare = any(BARE_ZH.fullmatch(clause, each.start, each.end) for each in readings)
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
        own = bool(clause) and not any(regex.match(clause) for regex in (OTHERS_ZH, CHILD_ZH, OTHERS_EN))
        own = own and (not others or bool(CONTRAST_ZH.match(clause)))
        asks = ASKS_ZH.search(clause) and not NOT_ASKING_ZH.search(clause) and not RHETORICAL_ZH.match(clause)
        asked = bool(asks or (asked and OF_REQUEST_ZH.match(clause)))  # 「推荐个酒店，能带宠物」
        states = own and not asked
        run = start if states and run < 0 else run
        if run >= 0 and (not states or stop == len(text)):
            yield run, stop if states else max(run, ended)
            run = -1
        if clause:
            others = not own or bool(CHILD_AGED_ZH.match(clause))  # what follows is about them, up to "but I"
        start, ended = following, stop


def _may_state(piece: str, readings: Sequence[ClauseReading], *, chinese: bool) -> bool:
    if len(piece) < (2 if any(reading.whole for reading in readings) else 3) or len(piece) > 300 or denies_all(piece):
        return False
    over = PAST_ACT.match(piece) and all(reading.weak for reading in readings)
    if over or any(
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
    if of_them and all(reading.weak for reading in readings):
        return False
    return is_sure or _names_writer(piece, chinese=False) or not IMPERSONAL_EN.match(piece)


def _names_writer(piece: str, *, chinese: bool) -> bool:
    named = (FIRST_PERSON_ZH.search,) if chinese else (FIRST_PERSON.search, SHORT_FORM.match, RHETORICAL_EN.match)
    return any(find(piece) for find in named)


def min_log_odds(candidate: Candidate) -> float:
    """Return the minimum log-odds from which the candidate counts as a statement."""
    if any(reading.sure for reading in candidate.readings):
        return MIN_SURE
    return _min_log_odds_zh(candidate) if candidate.chinese else _min_log_odds_en(candidate)


def min_log_odds_alone(clause: Candidate) -> float:
    """Return the same for a single clause of a candidate; it is higher where no firm rule reads the clause."""
    return min_log_odds(clause) + (0.0 if is_firm(clause) or continues_about_writer(clause) else CLAUSE_MARGIN)


def _min_log_odds_zh(candidate: Candidate) -> float:
    firm = is_firm(candidate)
    if firm and PLAIN_ZH.match(candidate.piece):
        return MIN_PLAIN_ZH
    if any(reading.whole for reading in candidate.readings):
        return _min_log_odds_framed(candidate)
    if HABIT_ZH.match(candidate.piece):
        return MIN_HABIT_ZH
    named = _names_writer(candidate.piece, chinese=True) or continues_about_writer(candidate)
    return (MIN_NAMED_ZH if named else MIN_UNNAMED_ZH)["firm" if firm else "weak" if candidate.readings else "nothing"]


def _min_log_odds_framed(candidate: Candidate) -> float:
    if any(reading.whole and not reading.weak for reading in candidate.readings):
        return MIN_SURE_FRAMED_ZH
    if any(reading.whole and (reading.strict or reading.kind in ("like", "dislike")) for reading in candidate.readings):
        return MIN_TASTE_FRAMED_ZH
    if continues_about_writer(candidate):
        return MIN_CONTINUED_FRAMED_ZH
    if any(reading.kind == "fact" and _is_first_clause(candidate, reading) for reading in candidate.readings):
        return MIN_FACT_FIRST_ZH
    return MIN_FRAMED_ZH


def _is_first_clause(candidate: Candidate, reading: ClauseReading) -> bool:
    """Return whether a frame reads the first clause of the sentence, and another clause follows."""
    cut = CLAUSE_ZH.search(candidate.sentence.text)
    return reading.whole and candidate.offset == 0 and cut is not None and reading.end <= cut.start()


def _min_log_odds_en(candidate: Candidate) -> float:
    firm = is_firm(candidate)
    if is_plain(candidate) or has_relative_clause(candidate.piece, candidate.readings):
        return MIN_PLAIN_EN
    if firm and _follows_introduction(candidate):
        return MIN_AFTER_INTRODUCTION
    if firm and INTRODUCTION.match(candidate.piece):
        return MIN_WITH_INTRODUCTION
    goes_on = firm and FIRST_PERSON.search(candidate.sentence.text, 0, candidate.offset)
    if goes_on and ELLIPTIC_TASTE.match(candidate.piece):
        return MIN_PLAIN_EN
    explained = firm and OWN_REASON.match(candidate.sentence.text, candidate.offset + len(candidate.piece))
    named = goes_on or explained or _names_writer(candidate.piece, chinese=False)
    return (MIN_NAMED_EN if named else MIN_UNNAMED_EN)["firm" if firm else "weak" if candidate.readings else "nothing"]


def _follows_introduction(candidate: Candidate) -> bool:
    """Return whether the candidate follows "As a nurse, " or the like."""
    front = INTRODUCTION.match(candidate.sentence.text)
    return front is not None and candidate.offset >= front.end()


def continues_about_writer(candidate: Candidate) -> bool:
    """Return whether a Chinese clause continues about its writer, whom an earlier clause names: 「我没有车，平时靠公交」.

    Not if an earlier clause is about somebody else, or the clause states a goal.
    """
    wishes = any(reading.kind == "goal" for reading in candidate.readings)
    if not candidate.chinese or wishes:
        return False
    earlier = CLAUSE_ZH.split(candidate.sentence.text[: candidate.offset])
    others = any(OTHERS_ZH.match(clause) or CHILD_ZH.match(clause) for clause in earlier)
    return not others and any(FIRST_PERSON_ZH.search(clause) or INTRODUCTION_ZH.match(clause) for clause in earlier)


def is_plain(candidate: Candidate) -> bool:
    """Return whether the piece is a plain taste with no other words around it ("I hate queues")."""
    return is_firm(candidate) and bool(PLAIN_EN.match(candidate.piece))


def is_firm(candidate: Candidate) -> bool:
    """Return whether a pattern reads a statement in the candidate that is not weak."""
    return any(not reading.weak and reading.pattern >= 0 for reading in candidate.readings)


def single_clauses(candidate: Candidate) -> Iterator[Candidate]:
    """Yield each clause of a candidate that has several, as a candidate of its own.

    Nothing if a clause refers to another one, or if a reading is sure, is read by a frame, or ends an earlier statement.
    """
    if back_reference(candidate.piece, chinese=candidate.chinese) or any(
        each.sure or each.whole or each.refers_back or each.retracts or each.replaces for each in candidate.readings
    ):
        return
    piece, chinese = candidate.piece, candidate.chinese
    language = reading_zh if chinese else reading_en
    bounds = list(_zh_clauses(piece) if chinese else reading_en.clauses(piece))
    for start, end in bounds if len(bounds) > 1 else ():
        part = piece[start:end]
        readings = tuple(language.read(part))
        points = any(reading.weak and reading.pattern == REFERENCE for reading in readings)
        if not points and not _only_adds_details(start, part, readings) and _may_state(part, readings, chinese=chinese):
            yield replace(candidate, piece=part, offset=candidate.offset + start, readings=readings)
