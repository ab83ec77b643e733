"""What the profiles of all users have in common: which nodes of the taxonomy they care about, which kinds of users there are, and which
half-lives predict them best.

Only means over users are stored: no ids, no single profiles, and nothing shared by fewer than five people. Each version records the
time of the data it was learnt from (`as_of`), so that a view of the past uses what was known then.
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
"""A node, a kind of users or a portrait is kept only if at least this many people share it, so that no single profile can be inferred."""
USERS_PER_KIND = 10
MOST_KINDS = 8
MIN_CARED_SHARE = 0.01
"""A user cares about a node if its share of their profile is at least this."""
DIRECTION_RATIO = 1.25
"""A node is rising if its mean short-term share exceeds the long-term share by this factor, and fading in the opposite case."""
DOCUMENT = "population"
IMPORTED_DOCUMENT = "population-brought"
"""The document with populations learnt by other installations. They were imported with user records and are used only for the profiles
of those users.
"""
DIGITS = 6
Mix = dict[str, float]


@dataclass(frozen=True)
class Person:
    """One user's contribution. `mix`: the share of each node of the taxonomy (topics, subtopics and themes); `short`, `long`: the same
    by the short and the long half-lives; `trust` (H, P); `portrait`: attributes; `at`: Unix seconds of the last behaviour.
    """

    mix: Mix
    short: Mix
    long: Mix
    trust: Floats
    portrait: tuple[str, ...] = ()
    at: float = 0.0


@dataclass(frozen=True)
class NodeUse:
    """How many users care about a node, and whether that is rising, steady or fading."""

    users: int
    direction: str = "steady"


@dataclass(frozen=True)
class Population:
    """`nodes`: mean share of each node of the taxonomy over all users. `topics`: which of them are topics. `trust`: (H, P), the mean.
    `cares`: number of users who care about each node, and its trend. `kinds`: the topic mixes of kinds of users; `portraits`: the
    topic mixes of people who share an attribute (at least five of them). `users`: how many users were included; `as_of`: the time of
    the latest behaviour, Unix seconds.
    """

    nodes: Mix
    topics: tuple[str, ...]
    trust: Floats
    users: int
    as_of: float = 0.0
    cares: dict[str, tuple[int, str]] = field(default_factory=dict)
    kinds: tuple[Mix, ...] = ()
    portraits: dict[str, Mix] = field(default_factory=dict)

    def use(self, node_id: str) -> NodeUse | None:
        """Return the number of users who care about a node, and its trend; None below five users."""
        found = self.cares.get(node_id)
        return None if found is None else NodeUse(*found)

    def dump(self) -> dict[str, Any]:
        """Return the population as a JSON object."""
        return {**vars(self), "trust": self.trust.tolist(), "kinds": list(self.kinds), "topics": list(self.topics)}

    @classmethod
    def load(cls, body: Mapping[str, Any] | None) -> "Population | None":
        """Read a population from JSON. Returns None if nothing has been learnt yet, or only by the first version of Penchant, whose
        topics were not nodes.
        """
        if not body or "nodes" not in body:
            return None
        cares = {node: (int(count), str(way)) for node, (count, way) in body["cares"].items()}
        known = {"trust": np.array(body["trust"]).reshape(EXPERTS), "kinds": tuple(body["kinds"])}
        return cls(**{**body, **known, "topics": tuple(body["topics"]), "cares": cares})


def imported_population(documents: Documents, receipt: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the population that was imported with a profile, while it is still in use: until this installation has learnt its own
    again. `receipt`: of the profile's newest version. Returns None if nothing was imported, and {} if the other installation had none
    or it had to be forgotten.
    """
    imported = receipt.get("brought")
    if imported is None:
        return None
    newest = documents.head(DOCUMENT)
    stands = imported["until"] == (newest.version if newest else 0)
    return dict(documents.get(IMPORTED_DOCUMENT, imported["version"]) or {}) if stands else None


def learn_population(people: Sequence[Person], topics: Sequence[str]) -> Population | None:
    """Return the means over all users, or None for fewer than 20. `topics`: ids of the taxonomy's topics."""
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
    """Return ρ (n,) over a user's interests, given their ids from the topic down; it sums to 1. Half of it is even; the other half is
    the population's share of each topic, divided within the topic by the population's shares.

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
    count = Counter(node for person in people for node, share in person.mix.items() if share >= MIN_CARED_SHARE)
    enough = sorted(node for node, users in count.items() if users >= MIN_SHARING)
    short, long = (dict.fromkeys(enough, 0.0) for _ in range(2))
    for person in people:
        for total, mix in ((short, person.short), (long, person.long)):
            for node, share in mix.items():
                if node in total:
                    total[node] += share
    return {node: (count[node], _direction(short[node], long[node])) for node in enough}


def _direction(short: float, long: float) -> str:
    if short > DIRECTION_RATIO * long:
        return "rising"
    return "fading" if long > DIRECTION_RATIO * short else "steady"


def _shared(mixes: Sequence[Mapping[str, float]]) -> list[Mix]:
    """Return the mixes without nodes that fewer than five people have."""
    having = Counter(node for mix in mixes for node, share in mix.items() if share > 0)
    return [{node: share for node, share in mix.items() if having[node] >= MIN_SHARING} for mix in mixes]


def _means(mixes: Sequence[Mapping[str, float]], count: int) -> Mix:
    total: Mix = {}
    for mix in mixes:
        for node, share in mix.items():
            total[node] = total.get(node, 0.0) + share
    return {node: round(total[node] / count, DIGITS) for node in sorted(total)}


def _normal(mixes: Sequence[Mapping[str, float]]) -> Mix:
    """Return the mean mix, scaled to sum to 1."""
    means = _means(mixes, 1)
    whole = sum(means.values()) or 1.0
    return {node: round(share / whole, DIGITS) for node, share in means.items()}


def _kinds(mixes: Sequence[Mix]) -> tuple[Mix, ...]:
    """Return the centres of k-means over users' topic mixes, one per kind of users."""
    from sklearn.cluster import KMeans

    topics = sorted({topic for mix in mixes for topic in mix})
    if not topics:
        return ()
    table: NDArray[np.float64] = np.array([[mix.get(topic, 0.0) for topic in topics] for mix in mixes])
    count = min(max(len(mixes) // USERS_PER_KIND, 1), MOST_KINDS, len(np.unique(table, axis=0)))
    member = KMeans(count, n_init=4, random_state=0).fit_predict(table)
    groups = [[mix for mix, kind in zip(mixes, member, strict=True) if kind == number] for number in range(count)]
    return tuple(_normal(_shared(group)) for group in groups if len(group) >= MIN_SHARING)
