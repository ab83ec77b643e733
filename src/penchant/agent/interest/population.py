"""What all users together teach about one: which topics there are, and which clocks people follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from penchant.agent.interest.dynamics import EXPERTS, Floats

MIN_USERS = 20
DOCUMENT = "population"
DIGITS = 6


@dataclass(frozen=True)
class Population:
    """`topics`: share of each topic (by canonical place) over users, sums to 1. `trust`: (H, P), the users' mean. `users`: how many."""

    topics: dict[str, float]
    trust: Floats
    users: int

    def dump(self) -> dict[str, Any]:
        """As JSON."""
        return {"topics": self.topics, "trust": self.trust.tolist(), "users": self.users}

    @classmethod
    def load(cls, body: dict[str, Any] | None) -> "Population | None":
        """From JSON; None where nothing has been learnt yet."""
        if not body:
            return None
        return cls(dict(body["topics"]), np.array(body["trust"]).reshape(EXPERTS), int(body["users"]))


def learn_population(people: Iterable[tuple[dict[str, float], Floats]]) -> Population | None:
    """The mean over users of (share by topic, trust). None for fewer than 20: too few to speak for others."""
    known = list(people)
    if len(known) < MIN_USERS:
        return None
    topics: dict[str, float] = {}
    for mix, _ in known:
        for place, share in mix.items():
            topics[place] = topics.get(place, 0.0) + share
    total = sum(topics.values()) or 1.0
    trust = np.asarray(np.mean(np.stack([trust for _, trust in known]), axis=0))
    shares = {place: round(topics[place] / total, DIGITS) for place in sorted(topics)}
    return Population(shares, np.round(trust, 9), len(known))


def prior(population: Population | None, topics: Sequence[str]) -> Floats:
    """ρ (n,) over a user's interests by their topics; sums to 1. Even where nothing is known; interests of a topic share its part."""
    count = len(topics)
    even = np.full(count, 1.0 / max(count, 1))
    if population is None or count == 0:
        return even
    crowd: dict[str, int] = {}
    for topic in topics:
        crowd[topic] = crowd.get(topic, 0) + 1
    rho = np.array([population.topics.get(topic, 0.0) / crowd[topic] for topic in topics])
    mixed = 0.5 * even + 0.5 * (rho / rho.sum() if rho.sum() > 0 else even)
    return np.asarray(mixed / mixed.sum())
