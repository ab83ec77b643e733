"""The contributions to a score as people read them: summed by signal or by interest, with what their evidence was about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from penchant.prompts.locales import Translator
from penchant.store.event import Event, EventType
from penchant.store.item import Item
from penchant.store.recommendation import Contribution, Signal

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

LONGEST_WORDS = 60
"""How many characters of a search or message are shown."""


def by_signal(contributions: Iterable[Contribution]) -> dict[Signal, float]:
    """Return the score by signal, the largest sum first; zero sums are left out."""
    sums: dict[Signal, float] = {}
    for contribution in contributions:
        sums[contribution.signal] = sums.get(contribution.signal, 0.0) + contribution.value
    return {signal: value for signal, value in sorted(sums.items(), key=lambda pair: -abs(pair[1])) if value}


def by_cause(contributions: Iterable[Contribution]) -> list[Contribution]:
    """Return one contribution for each pair of signal and interest, the largest first, with all its evidence, that of
    the largest contribution first; zero sums are left out.
    """
    parts: dict[tuple[Signal, str | None], list[Contribution]] = {}
    for contribution in sorted(contributions, key=lambda contribution: -abs(contribution.value)):
        parts.setdefault((contribution.signal, contribution.interest_id), []).append(contribution)
    sums = [
        Contribution(
            signal=signal,
            interest_id=interest,
            evidence=tuple(dict.fromkeys(event for contribution in same for event in contribution.evidence)),
            value=sum(contribution.value for contribution in same),
        )
        for (signal, interest), same in parts.items()
    ]
    return sorted(
        (part for part in sums if part.value), key=lambda part: (-abs(part.value), part.signal, part.interest_id or "")
    )


def cited_titles(
    agent: "InterestAgent", user: str, contributions: Sequence[Contribution], language: str | None = None
) -> dict[str, str]:
    """Return what the events in the evidence were about, by event id: the title of an item, or the words of a search or
    message. `language`: `en` or `zh`; None for that of the settings.
    """
    cited = {event_id for part in contributions for event_id in part.evidence}
    events = [event for event in agent.events(user) if event.event_id in cited]
    items = agent.items(sorted({event.item_id for event in events if event.item_id}))
    say = Translator(language or agent.settings.lang, "events")
    named = {event.event_id: _about(event, items, say) for event in events}
    return {event_id: about for event_id, about in named.items() if about}


def _about(event: Event, items: Mapping[str, Item], say: Translator) -> str:
    """Return the title of the event's item, or its id where it is unknown; for other events their words, or ""."""
    if event.item_id:
        return items[event.item_id].title if event.item_id in items else event.item_id
    words = " ".join(event.said().split())
    shown = words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"
    return say("words_searched" if event.type == EventType.SEARCH else "words_written", words=shown) if shown else ""
