"""The minimum log-odds of candidates for statements: how sure the classifier must be, by what rules read in them."""

import re

from penchant.agent.statements.candidates import Candidate, names_writer
from penchant.agent.statements.clause_punctuation import ELLIPTIC_TASTE, has_relative_clause
from penchant.agent.statements.own_words import FIRST_PERSON
from penchant.agent.statements.own_words_zh import CHILD_ZH, FIRST_PERSON_ZH, OTHERS_ZH, SOUGHT_ZH
from penchant.agent.statements.patterns_en import INTRODUCTION
from penchant.agent.statements.remarks import OWN_REASON
from penchant.agent.statements.sentences import CLAUSE_ZH, ClauseReading
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
#: introduction or a reason ("We keep kosher, so …"), which turns a request into a need.
MIN_WITH_INTRODUCTION, MIN_AFTER_INTRODUCTION = 0.0, -2.6
#: The minimum log-odds of a Chinese clause that a frame reads for sure (see `Framed.sure`).
MIN_SURE_FRAMED_ZH = -1.5
#: The same where the frame is not sure: for most clauses, for a taste or strict need, for a clause that continues about the writer, and
#: for a fact in the first clause, which explains the rest: 「敏感肌，用什么防晒」.
MIN_FRAMED_ZH, MIN_TASTE_FRAMED_ZH, MIN_CONTINUED_FRAMED_ZH, MIN_FACT_FIRST_ZH = -1.0, -1.2, -1.6, -1.5
#: The same where no frame but a pattern reads a taste in a clause that continues about the writer: 「我是素食者，而且对坚果过敏」.
MIN_CONTINUED_FIRM_ZH = -1.2
#: What the writer is, has or keeps, before "so".
_OWN_REASON_BEFORE = lazy(
    r"(?:i['’]?m|we['’]re|(?:i|we)\s+(?:am|are|have|keep|live|follow|can['’]?t|don['’]?t)|i['’]ve|my)\b[^.!?;]*?,?\s+(?:so|which\s+is\s+why|and\s+therefore)\s+$",
    re.IGNORECASE,
)
#: Beginnings of a reason, a contrast or a request.
_REASON_OR_REQUEST_ZH = lazy(r"因为|由于|毕竟|而非|而不是|不是|麻烦|请|帮|求|所以|[它这那]")
#: Says that something is no fault of a thing: 「不怕贵」.
_MATTERS_NOT_ZH = lazy(r"[^，。我]{0,6}?不(?:怕|嫌|介意|在乎|在意|计较)")
#: The beginning of an introduction, which says who the writer is.
INTRODUCTION_ZH = lazy(r"作为|身为")


def min_log_odds(candidate: Candidate) -> float:
    """Return the minimum log-odds from which the candidate counts as a statement."""
    return MIN_CONTINUED_FIRM_ZH if _is_continued_taste(candidate) else _min_log_odds(candidate)


def _min_log_odds(candidate: Candidate) -> float:
    if any(reading.sure for reading in candidate.readings):
        return MIN_SURE
    return _min_log_odds_zh(candidate) if candidate.chinese else _min_log_odds_en(candidate)


def min_log_odds_alone(clause: Candidate) -> float:
    """Return the same for a single clause of a candidate; it is higher where no firm rule reads the clause."""
    return _min_log_odds(clause) + (0.0 if is_firm(clause) or continues_about_writer(clause) else CLAUSE_MARGIN)


def _min_log_odds_zh(candidate: Candidate) -> float:
    firm = is_firm(candidate)
    if firm and PLAIN_ZH.match(candidate.piece):
        return MIN_PLAIN_ZH
    if any(reading.whole for reading in candidate.readings):
        return _min_log_odds_framed(candidate)
    if HABIT_ZH.match(candidate.piece):
        return MIN_HABIT_ZH
    named = names_writer(candidate.piece, chinese=True) or continues_about_writer(candidate)
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


def _is_continued_taste(candidate: Candidate) -> bool:
    """Return whether a pattern reads only tastes in a Chinese clause that continues about its writer."""
    patterns = not any(reading.whole or reading.sure for reading in candidate.readings)
    tastes = is_firm(candidate) and all(reading.kind in ("like", "dislike", "avoid") for reading in candidate.readings)
    continues = patterns and tastes and continues_about_writer(candidate)
    return continues and not PLAIN_ZH.match(candidate.piece) and not _REASON_OR_REQUEST_ZH.match(candidate.piece)


def _is_first_clause(candidate: Candidate, reading: ClauseReading) -> bool:
    """Return whether a frame reads the first clause of the sentence, and another clause follows."""
    cut = CLAUSE_ZH.search(candidate.sentence.text)
    return reading.whole and candidate.offset == 0 and cut is not None and reading.end <= cut.start()


def _min_log_odds_en(candidate: Candidate) -> float:
    firm = is_firm(candidate)
    if is_plain(candidate) or has_relative_clause(candidate.piece, candidate.readings):
        return MIN_PLAIN_EN
    if firm and (_follows_introduction(candidate) or _follows_reason(candidate)):
        return MIN_AFTER_INTRODUCTION
    if firm and INTRODUCTION.match(candidate.piece):
        return MIN_WITH_INTRODUCTION
    goes_on = firm and FIRST_PERSON.search(candidate.sentence.text, 0, candidate.offset)
    if goes_on and ELLIPTIC_TASTE.match(candidate.piece):
        return MIN_PLAIN_EN
    explained = firm and OWN_REASON.match(candidate.sentence.text, candidate.offset + len(candidate.piece))
    named = goes_on or explained or names_writer(candidate.piece, chinese=False)
    return (MIN_NAMED_EN if named else MIN_UNNAMED_EN)["firm" if firm else "weak" if candidate.readings else "nothing"]


def _follows_introduction(candidate: Candidate) -> bool:
    """Return whether the candidate follows "As a nurse, " or the like."""
    front = INTRODUCTION.match(candidate.sentence.text)
    return front is not None and candidate.offset >= front.end()


def _follows_reason(candidate: Candidate) -> bool:
    """Return whether the candidate is what the writer needs because of what the same sentence says of them."""
    needs = any(reading.kind == "require" for reading in candidate.readings)
    return needs and bool(_OWN_REASON_BEFORE.match(candidate.sentence.text, 0, candidate.offset))


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


def may_continue(candidate: Candidate) -> bool:
    """Return whether a rule reads a Chinese clause that may be about the writer of another clause without naming them.

    A reason and a request are none, nor is what does not matter, a clause about somebody else, or what follows it.
    """
    piece = candidate.piece
    if not candidate.chinese or _REASON_OR_REQUEST_ZH.match(piece) or _MATTERS_NOT_ZH.match(piece):
        return False
    clauses = CLAUSE_ZH.split(candidate.sentence.text[: candidate.offset + len(candidate.piece)])
    others = any(regex.match(clause) for regex in (OTHERS_ZH, CHILD_ZH, SOUGHT_ZH) for clause in clauses)
    return not others and (is_firm(candidate) or any(reading.whole for reading in candidate.readings))
