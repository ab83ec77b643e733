"""What all users together teach about one: which nodes of the taxonomy they care for, what kinds of people there are, and which clocks they
follow.

Only means over users are kept, never anybody's id or own profile, and nothing that fewer than five people share. Each version says how
much it knew (`as_of`), so that a view of the past rests on what was known then.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import EXPERTS
from penchant.arrays import Floats
from penchant.store.documents import Documents

MIN_USERS = 20
MIN_SHARING = 5
"""So many people at least have what is kept of a node, a kind of people or a portrait: nobody's own can be read off it."""
USERS_PER_KIND = 10
MOST_KINDS = 8
CARES = 0.01
"""The share of a user's whole from which they care for a node."""
RISES = 1.25
"""How much larger the mean short-term share of a node is than the long-term one where it rises; the other way round, it falls."""
DOCUMENT = "population"
BROUGHT = "population-brought"
"""What other installations have learnt: it came with the records of users, and is for the profiles of those users alone."""
DIGITS = 6
Mix = dict[str, float]


@dataclass(frozen=True)
class Person:
    """What one user adds: `mix`, the share of each node of the taxonomy, topics, subtopics and themes; `short`,
    `long`: the same by their fast and slow clocks; trust (H, P), portrait, and the time (Unix seconds) it speaks
    of."""

    mix: Mix
    short: Mix
    long: Mix
    trust: Floats
    portrait: tuple[str, ...] = ()
    at: float = 0.0


@dataclass(frozen=True)
class NodeUse:
    """How many users care for a node, and whether more or less lately."""

    users: int
    direction: str = "steady"


@dataclass(frozen=True)
class Population:
    """`nodes`: mean share of each node of the taxonomy over all users. `topics`: which of them are topics. `trust`:
    (H, P), the mean. `cares`: how many users care for each node and where it goes. `kinds`: the mixes of topics of
    kinds of users, `portraits`: of people by attribute (at least five of them). `users`: how many were heard;
    `as_of`: the latest behaviour they were heard with."""

    nodes: Mix
    topics: tuple[str, ...]
    trust: Floats
    users: int
    as_of: float = 0.0
    cares: dict[str, tuple[int, str]] = field(default_factory=dict)
    kinds: tuple[Mix, ...] = ()
    portraits: dict[str, Mix] = field(default_factory=dict)

    def use(self, node_id: str) -> NodeUse | None:
        """Who cares for a node; None where fewer than five do."""
        found = self.cares.get(node_id)
        return None if found is None else NodeUse(*found)

    def dump(self) -> dict[str, Any]:
        """As JSON."""
        return {**vars(self), "trust": self.trust.tolist(), "kinds": list(self.kinds), "topics": list(self.topics)}

    @classmethod
    def load(cls, body: Mapping[str, Any] | None) -> "Population | None":
        """From JSON; None where nothing has been learnt yet, or only by the first version, whose topics were no nodes."""
        if not body or "nodes" not in body:
            return None
        cares = {node: (int(count), str(way)) for node, (count, way) in body["cares"].items()}
        known = {"trust": np.array(body["trust"]).reshape(EXPERTS), "kinds": tuple(body["kinds"])}
        return cls(**{**body, **known, "topics": tuple(body["topics"]), "cares": cares})


def brought_with(documents: Documents, receipt: Mapping[str, Any]) -> dict[str, Any] | None:
    """What was learnt elsewhere and came with a profile (`receipt`: of its newest version), for as long as that is read with it: until this
    installation has learnt anew. None where nothing came; empty where nothing was known there, or somebody had to be forgotten."""
    brought = receipt.get("brought")
    if brought is None:
        return None
    newest = documents.head(DOCUMENT)
    stands = brought["until"] == (newest.version if newest else 0)
    return dict(documents.get(BROUGHT, brought["version"]) or {}) if stands else None


def learn_population(people: Sequence[Person], topics: Sequence[str]) -> Population | None:
    """The means over users; `topics`: ids of the taxonomy's topics. None for fewer than 20: too few to speak for others."""
    if len(people) < MIN_USERS:
        return None
    level = set(topics)
    by_topic = [{node: share for node, share in person.mix.items() if node in level} for person in people]
    mixes = _shared(by_topic)
    attributes = sorted({attribute for person in people for attribute in person.portrait})
    by_attribute = {
        name: [mix for mix, person in zip(mixes, people, strict=True) if name in person.portrait] for name in attributes
    }
    nodes = _means(_shared([person.mix for person in people]), len(people))
    return Population(
        nodes=nodes,
        topics=tuple(node for node in nodes if node in level),
        trust=np.asarray(np.stack([person.trust for person in people]).mean(axis=0)).round(9),
        users=len(people),
        as_of=max(person.at for person in people),
        cares=_cares(people),
        kinds=_kinds(mixes),
        portraits={name: _normal(_shared(alike)) for name, alike in by_attribute.items() if len(alike) >= MIN_SHARING},
    )


def prior(population: Population | None, ids: Sequence[Sequence[str]]) -> Floats:
    """ρ (n,) over a user's interests by their ids from the topic down, sums to 1: half even, half the population's, which is shared within
    a topic as the population shares it.

    >>> from penchant.agent.profiles.engine.dynamics import even_trust
    >>> known = Population(nodes={"books": 0.75, "games": 0.25}, topics=("books", "games"), trust=even_trust(), users=20)
    >>> prior(known, [("books", "crime"), ("games", "chess")]).tolist()
    [0.625, 0.375]
    """
    count = len(ids)
    even = np.full(count, 1.0 / max(count, 1))
    if population is None or count == 0:
        return even
    own = [population.nodes.get(path[-1], 0.0) + 0.1 * population.nodes.get(path[0], 0.0) for path in ids]
    within: dict[str, float] = {}
    for path, share in zip(ids, own, strict=True):
        within[path[0]] = within.get(path[0], 0.0) + share
    rho = np.array(
        [
            population.nodes.get(path[0], 0.0) * share / within[path[0]] if within[path[0]] > 0 else 0.0
            for path, share in zip(ids, own, strict=True)
        ]
    )
    return np.asarray(0.5 * even + 0.5 * (rho / rho.sum() if rho.sum() > 0 else even))


def _cares(people: Sequence[Person]) -> dict[str, tuple[int, str]]:
    count = Counter(node for person in people for node, share in person.mix.items() if share >= CARES)
    enough = sorted(node for node, users in count.items() if users >= MIN_SHARING)
    short, long = (dict.fromkeys(enough, 0.0) for _ in range(2))
    for person in people:
        for total, mix in ((short, person.short), (long, person.long)):
            for node, share in mix.items():
                if node in total:
                    total[node] += share
    return {node: (count[node], _direction(short[node], long[node])) for node in enough}


def _direction(short: float, long: float) -> str:
    if short > RISES * long:
        return "rising"
    return "fading" if long > RISES * short else "steady"


def _shared(mixes: Sequence[Mapping[str, float]]) -> list[Mix]:
    """The mixes without the nodes that fewer than five people have."""
    having = Counter(node for mix in mixes for node, share in mix.items() if share > 0)
    return [{node: share for node, share in mix.items() if having[node] >= MIN_SHARING} for mix in mixes]


def _means(mixes: Sequence[Mapping[str, float]], count: int) -> Mix:
    total: Mix = {}
    for mix in mixes:
        for node, share in mix.items():
            total[node] = total.get(node, 0.0) + share
    return {node: round(total[node] / count, DIGITS) for node in sorted(total)}


def _normal(mixes: Sequence[Mapping[str, float]]) -> Mix:
    """The mean mix, summing to 1."""
    means = _means(mixes, 1)
    whole = sum(means.values()) or 1.0
    return {node: round(share / whole, DIGITS) for node, share in means.items()}


def _kinds(mixes: Sequence[Mix]) -> tuple[Mix, ...]:
    """The centres of k-means over users' topic mixes: kinds of people."""
    from sklearn.cluster import KMeans

    topics = sorted({topic for mix in mixes for topic in mix})
    if not topics:
        return ()
    table: NDArray[np.float64] = np.array([[mix.get(topic, 0.0) for topic in topics] for mix in mixes])
    count = min(max(len(mixes) // USERS_PER_KIND, 1), MOST_KINDS, len(np.unique(table, axis=0)))
    member = KMeans(count, n_init=4, random_state=0).fit_predict(table)
    groups = [[mix for mix, kind in zip(mixes, member, strict=True) if kind == number] for number in range(count)]
    return tuple(_normal(_shared(group)) for group in groups if len(group) >= MIN_SHARING)
