"""The closed set of what may be said about why an item is listed: each fact one sentence, with what it cites, names and dates.

A model is shown these sentences and nothing else, and what it writes is held to them word by word (`verification`).
"""

from dataclasses import dataclass, field
from datetime import date

from penchant.agent.recommend.explanations.rule_explainer import (
    Facts,
    deed,
    lead,
    leading_path,
    strongest_signal,
    telling_events,
)
from penchant.prompts.locales import Translator, day_in_words
from penchant.store.event import Event
from penchant.store.recommendation import Citation

RECENT_DAYS = 31
#: Other words for the same fact, beside those of its own sentence.
ALSO: dict[str, dict[str, frozenset[str]]] = {
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
    """One thing that is true: `text` says it; `cite` is what it rests on. `deed` and `on` where it is something the user did; `about`: the
    spans that name things (a title, a path), whole."""

    text: str
    cite: Citation
    about: tuple[str, ...] = ()
    deed: str | None = None
    on: date | None = None
    also: frozenset[str] = field(default=frozenset())


def closed_facts(facts: Facts, language: str) -> list[Fact]:
    """What may be said of one item, what weighs most first: evidence, interest, the item's own fields, and the signal beside them."""
    facts_told = [_deed_fact(event, facts, language) for event in telling_events(facts)]
    path = leading_path(facts)
    if path is not None:
        facts_told.append(_interest_fact(path, language))
    facts_told.append(Fact(_is(facts.item.title, language), Citation(item_field="title"), (facts.item.title,)))
    if facts.item.categories:
        facts_told.append(_category_fact(facts.item.categories[0], language))
    signal = strongest_signal(facts.speaking)
    if signal is not None and signal not in ("content", "llm") and (text := lead(signal, facts, language)) is not None:
        words = ALSO[language].get(signal, frozenset())
        facts_told.append(Fact(text, Citation(item_field="item_id"), also=words))
    return facts_told


def _deed_fact(event: Event, facts: Facts, language: str) -> Fact:
    what, on = deed(event, facts, language), day_in_words(event.at, language)
    title = facts.items[str(event.item_id)].title
    recent = (facts.live.as_of - event.at).days <= RECENT_DAYS
    return Fact(
        Translator(language, "reasons")("fact_deed", did=what, day=on),
        Citation(event_id=event.event_id),
        (title,),
        event.type,
        event.at.date(),
        ALSO[language]["recent"] if recent else frozenset(),
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
