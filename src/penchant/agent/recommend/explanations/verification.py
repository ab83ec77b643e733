"""Checks that a sentence says only what the facts say: every word either claims nothing or comes from a fact.

Checked are numbers and dates; names, as whole spans of one fact ("RED LAMP" cannot be combined from a red pot and a paper lamp);
quotations, letter by letter; and actions: "you bought" needs a purchase, of the thing and on the day named beside it. An unsupported
sentence is not corrected but refused, because there is always a true explanation by rule.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from penchant.agent.recommend.explanations.facts import (
    ACTIONS,
    PLAIN,
    Fact,
    Token,
    UnsupportedError,
    flat,
    proofs,
    same_day,
    stems,
    tokens,
)
from penchant.characters import IDEOGRAPHS

WORDS_WITHOUT_CLAIM = {"en": PLAIN["en"] | ACTIONS["en"].keys()}
"""Words that claim nothing, by language. Chinese words are found in runs of ideographs, and a Latin word there is a name."""
_QUOTED = re.compile(r"[“«\"「『]([^“«\"「『”»」』]+)[”»\"」』]")


@dataclass(frozen=True)
class Verdict:
    """The result of a check. `fault`: what no fact supports; None for a true sentence, which rests on the facts at `rests_on`."""

    fault: str | None
    rests_on: frozenset[int] = frozenset()


def verify(sentence: str, facts: Sequence[Fact], language: str) -> Verdict:
    """Check whether `sentence` says only what `facts` say."""
    for quoted in _QUOTED.findall(sentence):
        if not any(flat(quoted) in flat(" ".join((fact.text, *fact.about))) for fact in facts):
            return Verdict(f"“{quoted}” is in no fact")
    try:
        runs = _runs(tokens(sentence), facts, language)
        rests_on = frozenset(position for run in runs for position in _support(run, facts))
        proven = proofs(sentence, facts, language)
    except UnsupportedError as unsupported:
        return Verdict(str(unsupported))
    if not rests_on:
        return Verdict("it says nothing of its own")
    return Verdict(None, rests_on | proven)


def _runs(words: Sequence[Token], facts: Sequence[Fact], language: str) -> list[list[Token]]:
    """Return the spans that must come from the facts; between them are only words that claim nothing. Raises `UnsupportedError`."""
    also = frozenset(word for fact in facts for word in fact.also)
    runs: list[list[Token]] = []
    open_run = False
    for token in words:
        if token.is_mark:
            continue
        if _claims_nothing(token, language, also):
            open_run = False
        elif token.on is not None or IDEOGRAPHS.fullmatch(token.text):
            runs += [[token]] if token.on is not None else [[piece] for piece in _pieces(token.text, facts, also)]
            open_run = False
        elif open_run:
            runs[-1].append(token)
        else:
            runs.append([token])
            open_run = True
    return runs


def _claims_nothing(token: Token, language: str, also: frozenset[str]) -> bool:
    word = token.text.lower().replace("’", "'")
    if token.on is not None or token.text[0].isdigit():
        return False
    return word in also or word in WORDS_WITHOUT_CLAIM.get(language, frozenset())


def _support(run: Sequence[Token], facts: Sequence[Fact]) -> list[int]:
    """Return the facts that contain this whole span. Raises `UnsupportedError` if none does."""
    found = [position for position, fact in enumerate(facts) if _holds(fact, run)]
    if not found:
        raise UnsupportedError(f"“{' '.join(token.text for token in run)}” is in no fact")
    return found


def _holds(fact: Fact, run: Sequence[Token]) -> bool:
    if run[0].on is not None:
        return fact.on is not None and same_day(run[0].on, fact.on)
    if IDEOGRAPHS.fullmatch(run[0].text):
        return any(run[0].text in text for text in (fact.text, *fact.about))
    wanted = [token.stem for token in run]
    known = stems(fact)
    return any(known[at : at + len(wanted)] == wanted for at in range(len(known) - len(wanted) + 1))


def _pieces(text: str, facts: Sequence[Fact], also: frozenset[str]) -> list[Token]:
    """Split a run of ideographs into words that claim nothing and spans of facts; return the spans. Raises `UnsupportedError`."""
    known = PLAIN["zh"] | ACTIONS["zh"].keys() | also
    parts = [part for fact in facts for part in (fact.text, *fact.about)]
    # ways[end]: spans of facts used to cover text[:end], after a word (False) or after a span (True); two spans never touch.
    ways: dict[tuple[int, bool], tuple[str, ...]] = {(0, False): ()}
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 30), end):
            part = text[start:end]
            after = min(
                (ways[start, state] for state in (False, True) if (start, state) in ways), key=len, default=None
            )
            if after is not None and part in known:
                _keep_shortest(ways, (end, False), after)
            spans = ways.get((start, False))
            if spans is not None and len(part) > 1 and any(part in known_part for known_part in parts):
                _keep_shortest(ways, (end, True), (*spans, part))
    covered = [ways[len(text), state] for state in (False, True) if (len(text), state) in ways]
    if not covered:
        raise UnsupportedError(f"“{text}” is not all in the facts")
    return [Token(part, part) for part in min(covered, key=len)]


def _keep_shortest(
    ways: dict[tuple[int, bool], tuple[str, ...]], place: tuple[int, bool], way: tuple[str, ...]
) -> None:
    if place not in ways or len(way) < len(ways[place]):
        ways[place] = way
