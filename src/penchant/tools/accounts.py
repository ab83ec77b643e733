"""The account of a score as people read it: by signal, by what each signal comes through, and what its evidence was about."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from penchant.store.recommendation import Contribution, Signal

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent


def by_signal(contributions: Iterable[Contribution]) -> dict[Signal, float]:
    """The score by signal, largest part first; parts that change nothing are left out."""
    sums: dict[Signal, float] = {}
    for contribution in contributions:
        sums[contribution.signal] = sums.get(contribution.signal, 0.0) + contribution.value
    return {signal: value for signal, value in sorted(sums.items(), key=lambda pair: -abs(pair[1])) if value}


def by_cause(contributions: Iterable[Contribution]) -> list[Contribution]:
    """One summand for each signal and interest, the largest first, each with all its evidence, the most telling first; parts that change
    nothing are left out."""
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


def cited_titles(agent: "InterestAgent", user: str, contributions: Sequence[Contribution]) -> dict[str, str]:
    """The titles of the items in the evidence of a user's account, by event id."""
    cited = {event_id for part in contributions for event_id in part.evidence}
    item_of = {
        event.event_id: event.item_id for event in agent.events(user) if event.event_id in cited and event.item_id
    }
    items = agent.items(sorted(set(item_of.values())))
    return {event_id: items[item_id].title for event_id, item_id in item_of.items() if item_id in items}
