"""What a sentence says somebody did: every deed needs an event that proves it, of the thing and on the day that stand beside it.

"You bought X on 3 May and Y" claims two purchases, one of them dated. Where nothing is named after the deed, the thing named before it is
meant ("the X you bought"), unless a word like "items" stands between.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from penchant.agent.recommend.explanations.claim_tokens import Token, same_day, tokens
from penchant.agent.recommend.explanations.claim_words import ANY_DEED, BETWEEN, DEEDS, PLAIN, UNNAMED
from penchant.agent.recommend.explanations.facts import Fact

_HAN = re.compile(r"[\u3400-\u9fff]+")
_YOU = re.compile(r"\b(?:you|your)\b|[您你]", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:people|others|customers|users|shoppers|they|who)\b|人|用户|顾客", re.IGNORECASE)
_STOPS = frozenset(",.;:!?。")


class UnsupportedError(Exception):
    """What no fact supports."""


@dataclass(frozen=True)
class _Claim:
    """One thing a deed is about: the facts that name it (None: nothing is named), and the day that is given."""

    named: frozenset[int] | None
    day: tuple[int, int, int] | None = None


@lru_cache(maxsize=1024)
def stems(fact: Fact) -> list[str]:
    """The words of a fact as they are compared; a bar between its sentence and its names."""
    return [token.stem for text in (fact.text, *fact.about) for token in [*tokens(text), Token("|", "|")] if token.stem]


def proofs(sentence: str, facts: Sequence[Fact], language: str) -> frozenset[int]:
    """Positions of the events that prove every deed of `sentence`. Raises `UnsupportedError`."""
    parts = [part for token in tokens(sentence) for part in _parted(token, facts)]
    found = [(at, kind) for at, token in enumerate(parts) if (kind := DEEDS[language].get(token.text.lower()))]
    proven: set[int] = set()
    for number, (at, kind) in enumerate(found):
        end = found[number + 1][0] if number + 1 < len(found) else len(parts)
        if _is_by_others(parts[:at]):
            _check_others(parts[at], facts)
            continue
        events = [at for at, fact in enumerate(facts) if fact.deed is not None and kind in (fact.deed, ANY_DEED)]
        claims = list(_claims(parts[at + 1 : end], facts, language)) or [_Claim(None)]
        for claim in claims:
            named = claim.named if claim.named is not None else _named_before(parts[:at], facts)
            proof = [event for event in events if _proves(facts[event], event, named, claim.day)]
            if not proof:
                raise UnsupportedError(f"no fact proves “{parts[at].text}” here")
            proven.add(proof[0])
    return frozenset(proven)


def _proves(fact: Fact, position: int, named: frozenset[int] | None, day: tuple[int, int, int] | None) -> bool:
    return (named is None or position in named) and (day is None or (fact.on is not None and same_day(day, fact.on)))


def _is_by_others(before: Sequence[Token]) -> bool:
    """Whether the last person named before a deed is not the user."""
    text = " ".join(token.text for token in before)
    you = max((found.end() for found in _YOU.finditer(text)), default=-1)
    return you < max((found.end() for found in _OTHERS.finditer(text)), default=0)


def _check_others(token: Token, facts: Sequence[Fact]) -> None:
    """What others did is known from facts that are not about the user's own deeds."""
    others = [fact for fact in facts if fact.deed is None]
    if not any(token.stem in stems(fact) or (_HAN.match(token.text) and token.text in fact.text) for fact in others):
        raise UnsupportedError(f"no fact proves that others “{token.text}”")


def _claims(after: Sequence[Token], facts: Sequence[Fact], language: str) -> Iterator[_Claim]:
    """The things named after a deed, each with the day that follows it, up to the first word that leads elsewhere."""
    named: frozenset[int] | None = None
    for token in after:
        if token.is_mark:
            if language == "zh" and token.text in _STOPS:  # an English list has commas, a Chinese one has its own
                break
            continue
        holders = _holders(token, facts)
        if token.on is not None:
            yield _Claim(named, token.on)
            named = None
        elif holders and named and holders & named:
            named &= holders
        elif holders:
            if named is not None:
                yield _Claim(named)
            named = holders
        elif token.text.lower() not in BETWEEN:
            break
    if named is not None:
        yield _Claim(named)


def _named_before(before: Sequence[Token], facts: Sequence[Fact]) -> frozenset[int] | None:
    """The facts that name the nearest thing before a deed; None where it is about things that are not named."""
    for token in reversed(before):
        if token.text.lower() in UNNAMED:
            return None
        if holders := _holders(token, facts):
            return holders
    return None


def _holders(token: Token, facts: Sequence[Fact]) -> frozenset[int]:
    """The facts in whose names this word stands."""
    if token.on is not None or token.text.lower() in PLAIN["en"] | PLAIN["zh"] | BETWEEN:
        return frozenset()
    return frozenset(at for at, fact in enumerate(facts) if any(_mentions(about, token) for about in fact.about))


def _mentions(about: str, token: Token) -> bool:
    if _HAN.search(token.text):
        return about in token.text or (len(token.text) > 1 and token.text in about)
    return token.stem in [word.stem for word in tokens(about)]


def _parted(token: Token, facts: Sequence[Fact]) -> list[Token]:
    """A run of ideographs with the names and the deeds in it as words of their own; a deed that is part of a name stays there."""
    if token.on is not None or not _HAN.fullmatch(token.text):
        return [token]
    names = {about for fact in facts for about in fact.about if about in token.text}
    words = [*sorted(names, key=len, reverse=True), *sorted(DEEDS["zh"], key=len, reverse=True)]
    parts = re.split(f"({'|'.join(map(re.escape, words))})", token.text)
    return [Token(part, part) for part in parts if part]
