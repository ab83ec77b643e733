"""What all users together teach about one: which topics there are, what kinds of people there are, and which clocks they follow.

Only means over users are kept, never anybody's id or own profile.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import EXPERTS, Floats

MIN_USERS = 20
MIN_SHARING = 5
"""So many people at least have what is kept of a topic, a kind of people or a portrait: nobody's own can be read off it."""
USERS_PER_KIND = 10
MOST_KINDS = 8
DOCUMENT = "population"
DIGITS = 6
Mix = dict[str, float]


@dataclass(frozen=True)
class Person:
    """What one user adds: share of each topic (by canonical place), trust (H, P), label and vector (d,) of each topic, portrait."""

    mix: Mix
    trust: Floats
    labels: dict[str, str]
    vectors: dict[str, NDArray[np.float32]]
    portrait: tuple[str, ...] = ()


@dataclass(frozen=True)
class Population:
    """`topics`: mean share of each topic, sums to 1. `trust`: (H, P), the mean. `labels`, `vectors`: of the topics. `kinds`: the mixes of
    kinds of users, `portraits`: of people by attribute (at least five of them). `users`: how many were heard."""

    topics: Mix
    trust: Floats
    users: int
    labels: dict[str, str] = field(default_factory=dict)
    vectors: dict[str, list[float]] = field(default_factory=dict)
    kinds: tuple[Mix, ...] = ()
    portraits: dict[str, Mix] = field(default_factory=dict)

    def dump(self) -> dict[str, Any]:
        """As JSON."""
        return {**vars(self), "trust": self.trust.tolist(), "kinds": list(self.kinds)}

    @classmethod
    def load(cls, body: Mapping[str, Any] | None) -> "Population | None":
        """From JSON; None where nothing has been learnt yet."""
        if not body:
            return None
        return cls(**{**body, "trust": np.array(body["trust"]).reshape(EXPERTS), "kinds": tuple(body["kinds"])})


def learn_population(people: Sequence[Person]) -> Population | None:
    """The means over users. None for fewer than 20: too few to speak for others."""
    if len(people) < MIN_USERS:
        return None
    mixes = _shared([person.mix for person in people])
    topics = _mean(mixes)
    attributes = sorted({attribute for person in people for attribute in person.portrait})
    by_attribute = {
        name: [mix for mix, person in zip(mixes, people, strict=True) if name in person.portrait] for name in attributes
    }
    return Population(
        topics=topics,
        trust=np.asarray(np.stack([person.trust for person in people]).mean(axis=0)).round(9),
        users=len(people),
        labels={topic: next(p.labels[topic] for p in people if topic in p.labels) for topic in topics},
        vectors={topic: _centre([p.vectors[topic] for p in people if topic in p.vectors]) for topic in topics},
        kinds=_kinds(mixes, list(topics)),
        portraits={name: _mean(_shared(alike)) for name, alike in by_attribute.items() if len(alike) >= MIN_SHARING},
    )


def prior(population: Population | None, topics: Sequence[str]) -> Floats:
    """ρ (n,) over a user's interests by their topics, sums to 1: half even, half the population's, shared within a topic."""
    count = len(topics)
    even = np.full(count, 1.0 / max(count, 1))
    if population is None or count == 0:
        return even
    crowd: dict[str, int] = {}
    for topic in topics:
        crowd[topic] = crowd.get(topic, 0) + 1
    rho = np.array([population.topics.get(topic, 0.0) / crowd[topic] for topic in topics])
    return np.asarray(0.5 * even + 0.5 * (rho / rho.sum() if rho.sum() > 0 else even))


def _shared(mixes: Sequence[Mapping[str, float]]) -> list[Mix]:
    """The mixes without the topics that fewer than five people have."""
    having = Counter(topic for mix in mixes for topic, share in mix.items() if share > 0)
    return [{topic: share for topic, share in mix.items() if having[topic] >= MIN_SHARING} for mix in mixes]


def _mean(mixes: Sequence[Mapping[str, float]]) -> Mix:
    total: Mix = {}
    for mix in mixes:
        for topic, share in mix.items():
            total[topic] = total.get(topic, 0.0) + share
    whole = sum(total.values()) or 1.0
    return {topic: round(total[topic] / whole, DIGITS) for topic in sorted(total)}


def _centre(vectors: Sequence[NDArray[np.float32]]) -> list[float]:
    return [round(float(x), 4) for x in np.mean(np.stack(vectors), axis=0)]


def _kinds(mixes: Sequence[Mapping[str, float]], topics: Sequence[str]) -> tuple[Mix, ...]:
    """The centres of k-means over users' topic mixes: kinds of people."""
    from sklearn.cluster import KMeans

    if not topics:
        return ()
    table = np.array([[mix.get(topic, 0.0) for topic in topics] for mix in mixes])
    count = min(max(len(mixes) // USERS_PER_KIND, 1), MOST_KINDS, len(np.unique(table, axis=0)))
    member = KMeans(count, n_init=4, random_state=0).fit_predict(table)
    groups = [[mix for mix, kind in zip(mixes, member, strict=True) if kind == one] for one in range(count)]
    return tuple(_mean(_shared(group)) for group in groups if len(group) >= MIN_SHARING)
