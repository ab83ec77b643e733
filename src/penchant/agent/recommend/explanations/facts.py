"""The closed set of facts that a reason may state, and the proof of what a sentence says that somebody did.

Each fact is one sentence, with its citation, names and dates. A model sees these sentences and nothing else, and its text is checked
against them word by word (`verification`): every action needs an event that proves it, with the thing and the day named beside it. "You
bought X on 3 May and Y" claims two purchases, one of them dated. Where nothing is named after the action, the thing named before it is
meant ("the X you bought"), unless a word like "items" stands between.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import resources

from penchant.agent.recommend.explanations.rule_explainer import (
    Facts,
    leading_path,
    signal_sentence,
    strongest_events,
    strongest_signal,
    titled_event_in_words,
)
from penchant.characters import HAN, IDEOGRAPHS, has_han
from penchant.prompts.locales import Translator, day_in_words
from penchant.store.event import Event
from penchant.store.recommendation import Citation

RECENT_DAYS = 31
#: Words that may be used for a fact besides those of its own sentence.
SIGNAL_WORDS: dict[str, dict[str, frozenset[str]]] = {
    "en": {
        "trending": frozenset({"trending", "recently", "popular", "currently"}),
        "popularity": frozenset({"popular", "popularity"}),
        "freshness": frozenset({"newly", "arrived", "arrival", "recent"}),
        "collaborative": frozenset({"others", "customers", "users", "shoppers"}),
        "recent": frozenset({"recent", "recently", "lately"}),
    },
    "zh": {
        "trending": frozenset({"热门", "近期", "最近", "受欢迎"}),
        "popularity": frozenset({"热门", "受欢迎"}),
        "freshness": frozenset({"新品", "新的", "刚刚"}),
        "collaborative": frozenset({"其他用户", "其他人", "别人"}),
        "recent": frozenset({"最近", "近期", "不久前"}),
    },
}


@dataclass(frozen=True)
class Fact:
    """A true sentence. `text`: the sentence; `cite`: what it rests on; `action` and `on`: the event type and day, if it is something the
    user did; `about`: the complete names in it (a title, a path); `also`: other words for the same fact.
    """

    text: str
    cite: Citation
    about: tuple[str, ...] = ()
    action: str | None = None
    on: date | None = None
    also: frozenset[str] = field(default=frozenset())


def closed_facts(facts: Facts, language: str) -> list[Fact]:
    """Return what may be said about one item, most important first: evidence, interest, the item's own fields, and the strongest signal."""
    own = () if facts.own is None else (facts.own,)
    known = [_event_fact(event, facts, language) for event in (*own, *strongest_events(facts))]
    path = leading_path(facts)
    if path is not None:
        known.append(_interest_fact(path, language))
    known.append(Fact(_is(facts.item.title, language), Citation(item_field="title"), (facts.item.title,)))
    if facts.item.categories:
        known.append(_category_fact(facts.item.categories[0], language))
    signal = strongest_signal(facts.usable_contributions)
    if (
        signal is not None
        and (signal not in ("content", "llm") or (signal == "content" and signal == facts.decisive_signal))
        and (text := signal_sentence(signal, facts, language)) is not None
    ):
        words = SIGNAL_WORDS[language].get(signal, frozenset())
        at = 0 if signal == facts.decisive_signal else len(known)
        known.insert(at, Fact(text, Citation(item_field="item_id"), also=words))
    return known


def _event_fact(event: Event, facts: Facts, language: str) -> Fact:
    what, on = titled_event_in_words(event, facts, language), day_in_words(event.at, language)
    title = facts.items[str(event.item_id)].title
    recent = ((facts.at or facts.live.as_of) - event.at).days <= RECENT_DAYS
    return Fact(
        Translator(language, "reasons")("fact_event", did=what, day=on),
        Citation(event_id=event.event_id),
        (title,),
        event.type,
        event.at.date(),
        SIGNAL_WORDS[language]["recent"] if recent else frozenset(),
    )


def _interest_fact(path: tuple[str, tuple[str, ...]], language: str) -> Fact:
    name, place = path[0], " › ".join(path[1])
    text = Translator(language, "reasons")("fact_interest", place=place)
    return Fact(text, Citation(interest_id=name), (place, *path[1]))


def _is(title: str, language: str) -> str:
    return Translator(language, "reasons")("fact_title", title=title)


def _category_fact(category: tuple[str, ...], language: str) -> Fact:
    place = " › ".join(category)
    text = Translator(language, "reasons")("fact_category", place=place)
    return Fact(text, Citation(item_field="categories"), (place, *category))


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<{{0}}>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})\s*年(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?)?",
        r"(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?",
        r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('name')}(?:,?\s+(?P<y>\d{{4}}))?\b",
        rf"\b{_MONTH.format('name')}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{{4}}))?\b",
        rf"\b{_MONTH.format('name')},?\s+(?P<y>\d{{4}})\b",
        rf"(?<=\bin ){_MONTH.format('name')}\b",
    )
]
_TOKEN = re.compile(rf"\x00\d+\x00|[{HAN}]+|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[^\w\s]|_")


@dataclass(frozen=True)
class Token:
    """A word, number, date or punctuation mark. `stem`: the form for comparison; `on`: (year, month, day), 0 where not given."""

    text: str
    stem: str
    on: tuple[int, int, int] | None = None

    @property
    def is_mark(self) -> bool:
        return self.on is None and not any(character.isalnum() for character in self.text)


def tokens(text: str) -> list[Token]:
    """Return words, numbers, dates and punctuation marks, in order."""
    text = unicodedata.normalize("NFKC", text.replace("\x00", " ").replace("“", '"').replace("”", '"'))
    days: list[tuple[str, tuple[int, int, int]]] = []

    def hold(found: re.Match[str]) -> str:
        parts = found.groupdict()
        month = MONTHS[parts["name"].lower()] if parts.get("name") else int(parts.get("m") or 0)
        days.append((found.group(), (int(parts.get("y") or 0), month, int(parts.get("d") or 0))))
        return f" \x00{len(days) - 1}\x00 "

    for pattern in _DATES:
        text = pattern.sub(hold, text)
    return [_token(word, days) for word in _TOKEN.findall(text)]


def _token(word: str, days: Sequence[tuple[str, tuple[int, int, int]]]) -> Token:
    if word.startswith("\x00"):
        text, day = days[int(word.strip("\x00"))]
        return Token(text, "", day)
    return Token(word, _stem(word.lower()) if any(map(str.isalnum, word)) else "")


def _stem(word: str) -> str:
    """Return a stem that is good enough to match "pots" with "pot" and "gardening" with "garden"."""
    word = word.replace("’", "'").removesuffix("'s")
    for ending, least in (("ies", 5), ("ing", 6), ("es", 5), ("ed", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word.removesuffix("e") if len(word) > 4 else word


def same_day(written: tuple[int, int, int], on: date) -> bool:
    """Return whether a written date matches a day; parts that are not given match any."""
    return all(part in (0, true) for part, true in zip(written, (on.year, on.month, on.day), strict=True)) and any(
        written
    )


def flat(text: str) -> str:
    """Return text in one line and without case, for exact comparison."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


#: The kind of an action that an event of any type proves.
ANY_ACTION = "any"
_WORDS = tomllib.loads((resources.files(__package__) / "claim_words.toml").read_text("utf-8"))

PLAIN: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _WORDS["plain"].items()}
ACTIONS: dict[str, dict[str, str]] = {
    language: {word: kind for kind, words in kinds.items() for word in words.split()}
    for language, kinds in _WORDS["actions"].items()
}
"""The type of event that proves each word, by language."""
BETWEEN = frozenset(_WORDS["between"].split())
"""Words that may stand between the things that one action is about."""
UNNAMED = frozenset(_WORDS["unnamed"].split())
"""Words for things that do not name them."""


_YOU = re.compile(r"\b(?:you|your)\b|[您你]", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:people|others|customers|users|shoppers|they|who)\b|人|用户|顾客", re.IGNORECASE)
_STOPS = {"en": frozenset(""), "zh": frozenset(",.;:!?。")}
"""Punctuation marks that end the names after an action: an English list contains commas, a Chinese one has 、 instead."""


class UnsupportedError(Exception):
    """Raised when a generated sentence states something that no fact supports."""


@dataclass(frozen=True)
class _Claim:
    """One thing that an action is about: the facts that name it (None: nothing is named), and the given day."""

    named: frozenset[int] | None
    day: tuple[int, int, int] | None = None


@lru_cache(maxsize=1024)
def stems(fact: Fact) -> list[str]:
    """Return the stems of a fact, with a bar between its sentence and its names."""
    return [token.stem for text in (fact.text, *fact.about) for token in [*tokens(text), Token("|", "|")] if token.stem]


def proofs(sentence: str, facts: Sequence[Fact], language: str) -> frozenset[int]:
    """Return the positions of the events that prove every action in `sentence`. Raises `UnsupportedError`."""
    parts = [part for token in tokens(sentence) for part in _split_ideographs(token, facts)]
    found = [(at, kind) for at, token in enumerate(parts) if (kind := ACTIONS[language].get(token.text.lower()))]
    proven: set[int] = set()
    for number, (at, kind) in enumerate(found):
        end = found[number + 1][0] if number + 1 < len(found) else len(parts)
        if _is_by_others(parts[:at]):
            _check_others(parts[at], facts)
            continue
        events = [at for at, fact in enumerate(facts) if fact.action is not None and kind in (fact.action, ANY_ACTION)]
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
    """Return whether the last person named before an action is not the user."""
    text = " ".join(token.text for token in before)
    you = max((found.end() for found in _YOU.finditer(text)), default=-1)
    return you < max((found.end() for found in _OTHERS.finditer(text)), default=0)


def _check_others(token: Token, facts: Sequence[Fact]) -> None:
    """Raise `UnsupportedError` unless a fact that is not an action of the user says what others did."""
    others = [fact for fact in facts if fact.action is None]
    if not any(
        token.stem in stems(fact) or (IDEOGRAPHS.match(token.text) and token.text in fact.text) for fact in others
    ):
        raise UnsupportedError(f"no fact proves that others “{token.text}”")


def _claims(after: Sequence[Token], facts: Sequence[Fact], language: str) -> Iterator[_Claim]:
    """Yield the things named after an action, each with the day that follows it, up to the first unrelated word."""
    named: frozenset[int] | None = None
    for token in after:
        if token.is_mark:
            if token.text in _STOPS[language]:
                break
            continue
        naming = _facts_naming(token, facts)
        if token.on is not None:
            yield _Claim(named, token.on)
            named = None
        elif naming and named and naming & named:
            named &= naming
        elif naming:
            if named is not None:
                yield _Claim(named)
            named = naming
        elif token.text.lower() not in BETWEEN:
            break
    if named is not None:
        yield _Claim(named)


def _named_before(before: Sequence[Token], facts: Sequence[Fact]) -> frozenset[int] | None:
    """Return the facts that name the nearest thing before an action; None if the action is about things that are not named."""
    for token in reversed(before):
        if token.text.lower() in UNNAMED:
            return None
        if naming := _facts_naming(token, facts):
            return naming
    return None


def _facts_naming(token: Token, facts: Sequence[Fact]) -> frozenset[int]:
    """Return the facts that have this word in their names."""
    if token.on is not None or token.text.lower() in PLAIN["en"] | PLAIN["zh"] | BETWEEN:
        return frozenset()
    return frozenset(at for at, fact in enumerate(facts) if any(_mentions(about, token) for about in fact.about))


def _mentions(about: str, token: Token) -> bool:
    if has_han(token.text):
        return about in token.text or (len(token.text) > 1 and token.text in about)
    return token.stem in [word.stem for word in tokens(about)]


def _split_ideographs(token: Token, facts: Sequence[Fact]) -> list[Token]:
    """Split a run of ideographs into names, actions and the rest. An action inside a name is not split off."""
    if token.on is not None or not IDEOGRAPHS.fullmatch(token.text):
        return [token]
    names = {about for fact in facts for about in fact.about if about in token.text}
    words = [*sorted(names, key=len, reverse=True), *sorted(ACTIONS["zh"], key=len, reverse=True)]
    parts = re.split(f"({'|'.join(map(re.escape, words))})", token.text)
    return [Token(part, part) for part in parts if part]
