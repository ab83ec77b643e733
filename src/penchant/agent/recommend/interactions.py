"""Interactions as columns, from which item models are fitted, and titles as sparse word vectors, for families of items ("… RETROSPOT",
"The … of Fantasy") that embeddings do not separate.

scikit-learn's `TfidfVectorizer` gives the same cosines (to 2.4e-7, 12,801 titles of Online Retail and MovieLens) in 0.11 s instead of
0.07 s, and importing it takes far longer than that: every process would wait for it before its first list.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, repeat

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.profiles.engine.signals import RatingScale
from penchant.agent.recommend.filters import NO_RECORD, ItemRecord, ItemTable
from penchant.arrays import Floats, Ints
from penchant.characters import IDEOGRAPHS
from penchant.store.event import EventType
from penchant.store.ledger import ItemEvent


def entries(matrix: sparse.csr_matrix, rows: Ints) -> tuple[Ints, Ints]:
    """Return where the entries of `rows` (m,) are: for each, its index in `rows`, ascending, and its index in the `indices` and `data`
    of the matrix. `matrix[rows]` takes several times as long if there are few rows.
    """
    begins = matrix.indptr[rows].astype(np.int64)
    counts = matrix.indptr[rows + 1] - begins
    owner = np.repeat(np.arange(len(rows)), counts)
    return owner, np.arange(len(owner)) + np.repeat(begins - np.cumsum(counts) + counts, counts)


_WORD = re.compile(r"[^\W\d_]+")


def word_vectors(titles: Sequence[str]) -> sparse.csr_matrix:
    """Return tf-idf vectors, shape (n, words), with rows of unit length (zero for a title without words)."""
    vocabulary: dict[str, int] = {}
    columns = [[vocabulary.setdefault(word, len(vocabulary)) for word in words(title)] for title in titles]
    row = np.repeat(np.arange(len(titles)), [len(found) for found in columns])
    column = np.fromiter((word for found in columns for word in found), np.int64, len(row))
    shape = (len(titles), max(len(vocabulary), 1))
    counts = sparse.csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=shape)
    counts.data = 1.0 + np.log(counts.data)
    rarity = np.log((1.0 + len(titles)) / (1.0 + np.bincount(counts.indices, minlength=shape[1]))) + 1.0
    weighted = (counts @ sparse.diags(rarity)).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(1)).ravel())
    return (sparse.diags(1.0 / np.maximum(length, 1e-12)) @ weighted).astype(np.float32).tocsr()


def words(title: str) -> Iterator[str]:
    """Yield lower-case words; runs of ideographs, which have no spaces, as pairs of characters."""
    for word in _WORD.findall(title.lower()):
        if IDEOGRAPHS.fullmatch(word) and len(word) > 1:
            yield from (word[start : start + 2] for start in range(len(word) - 1))
        else:
            yield word


NO_POSITIONS = np.zeros(0, np.int64)


def overlap(
    vectors: sparse.csr_matrix, items: NDArray[np.int64], candidates: NDArray[np.int64] | None
) -> NDArray[np.float32]:
    """Return the squared cosine of the titles' words, shape (m, c).

    Only the words of `items` are read from the candidates, into a dense matrix: a product of two sparse matrices takes half as long
    again.
    """
    owner, own = entries(vectors, items)
    other, theirs = entries(vectors, np.arange(vectors.shape[0]) if candidates is None else candidates)
    used, column = np.unique(vectors.indices[own], return_inverse=True)
    place = np.full(vectors.shape[1], -1, np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    row = place[vectors.indices[theirs]]
    known = np.flatnonzero(row >= 0)
    width = vectors.shape[0] if candidates is None else len(candidates)
    written = np.zeros((len(used), width), np.float32)
    written[row[known], other[known]] = vectors.data[theirs[known]]
    begins = np.searchsorted(owner, np.arange(len(items) + 1))
    shared = np.asarray(sparse.csr_matrix((vectors.data[own], column, begins), (len(items), len(used))) @ written)
    np.multiply(shared, shared, out=shared)
    return shared


Rows = NDArray[np.float32]

DAY = 86_400.0
SAMPLED, LIKE_EACH = 300, 2
MAX_EVIDENCE = 500
CLEAR = 0.5
"""An event whose weight is at least this, positive or negative, is a judgement of its item."""


@dataclass(frozen=True)
class ItemSpace:
    """The catalogue as arrays by position: `ids` (n,), `vectors` (n, d) unit rows, `domains` (n,), `created` (n,) Unix seconds (NaN:
    unknown), `titles` (n,). `until` (n,): Unix seconds until which each item may be recommended: -inf if unavailable, inf without an
    end. `records` (n,): what filters need. `arrivals` (n,): rank in the order of import.
    """

    ids: tuple[str, ...]
    vectors: NDArray[np.float32]
    domains: tuple[str | None, ...] = ()
    created: Floats | None = None
    titles: tuple[str, ...] = ()
    until: Floats | None = None
    records: Sequence[ItemRecord] | None = None
    arrivals: Ints | None = None

    @cached_property
    def table(self) -> ItemTable:
        """The columns that filters read."""
        return ItemTable([NO_RECORD] * len(self) if self.records is None else self.records, self.domains, self.ids)

    @cached_property
    def ends(self) -> Floats:
        """Shape (n,): `until`; inf for all items if it is None."""
        return np.full(len(self.ids), np.inf) if self.until is None else self.until

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each item, by id."""
        return {item: row for row, item in enumerate(self.ids)}

    @cached_property
    def words(self) -> sparse.csr_matrix:
        """Shape (n, words): the titles as tf-idf vectors."""
        return word_vectors(self.titles or [""] * len(self.ids))

    @cached_property
    def titles_with(self) -> dict[str, Ints]:
        """The positions of the titles that contain each word."""
        found: dict[str, list[int]] = {}
        for at, title in enumerate(self.titles):
            for word in set(words(title)):
                found.setdefault(word, []).append(at)
        return {word: np.array(places, np.int64) for word, places in found.items()}

    @cached_property
    def numbers_of_words(self) -> Floats:
        """Shape (n,): the number of different words of each title."""
        places = [*self.titles_with.values(), NO_POSITIONS]
        return np.bincount(np.concatenate(places), minlength=len(self.titles)).astype(np.float64)

    @cached_property
    def dates(self) -> Floats:
        """Shape (n,): `created`; NaN for all items if it is None."""
        return np.full(len(self.ids), np.nan) if self.created is None else self.created

    @cached_property
    def places(self) -> Ints:
        """Shape (n,): `arrivals`; the order of `ids` if it is None."""
        return np.arange(len(self.ids)) if self.arrivals is None else self.arrivals

    @cached_property
    def usual_likeness(self) -> float:
        """The 95th percentile of the cosines of pairs of items (of at most `SAMPLED` items): a larger cosine means alike, whatever the
        scale of the embedder. In a small catalogue more of the pairs are alike: each item is taken to be like `LIKE_EACH` others.
        """
        cosines = self._cosines_of_pairs
        share = min(max(0.05, LIKE_EACH / max(len(self._some) - 1, 1)), 0.5)
        return float(np.quantile(cosines, 1.0 - share)) if len(cosines) else 1.0

    @cached_property
    def middle_likeness(self) -> float:
        """The median of the cosines of pairs of items: two items that are no more alike than this have nothing in common."""
        return float(np.median(self._cosines_of_pairs)) if len(self._cosines_of_pairs) else 0.0

    @cached_property
    def answering_likeness(self) -> float:
        """A larger cosine with a query means that an item answers it: `usual_likeness`, or the 95th percentile of the pairs that share no
        category, if that is less. Items contain the names of their categories, so two of the same category are more alike than either is
        like a query.
        """
        if self.records is None:
            return self.usual_likeness
        paths = [set(map(tuple, self.records[at].categories)) for at in self._some.tolist()]
        apart = self._cosines_of_pairs[[first.isdisjoint(second) for first, second in combinations(paths, 2)]]
        return min(self.usual_likeness, float(np.quantile(apart, 0.95))) if len(apart) else self.usual_likeness

    def distinctive_labels(self, item: int) -> list[str]:
        """Return the category labels and tags of an item that at most half of the items have: what is said of most tells nothing."""
        return [label for label in self.table.labels(item) if self._numbers_of_labels[label] * 2 <= len(self)]

    @cached_property
    def _numbers_of_labels(self) -> Counter[str]:
        return Counter(label for at in range(len(self)) for label in set(self.table.labels(at)))

    @cached_property
    def _some(self) -> Ints:
        return np.unique(np.linspace(0, max(len(self) - 1, 0), min(SAMPLED, len(self))).astype(np.int64))

    @cached_property
    def _cosines_of_pairs(self) -> Rows:
        vectors = self.vectors[self._some]
        return np.asarray((vectors @ vectors.T)[np.triu_indices(len(vectors), 1)])

    def __len__(self) -> int:
        return len(self.ids)

    def with_cached(
        self, *, position: dict[str, int] | None = None, words: sparse.csr_matrix | None = None
    ) -> "ItemSpace":
        """Return this space with `position` and `words` (n, words) set, so that they are not computed again."""
        known = replace(self)
        if position is not None:
            known.__dict__["position"] = position
        if words is not None:
            known.__dict__["words"] = words
        return known

    def positions(self, item_ids: Sequence[str | None]) -> Ints:
        """Return the position of each item (m,), -1 if it is not in the catalogue."""
        return np.fromiter(map(self.position.get, item_ids, repeat(-1)), np.int64, len(item_ids))  # type: ignore[arg-type]

    @cached_property
    def _by_domain(self) -> dict[str, NDArray[np.bool_]]:
        names = np.array([(name or "").casefold() for name in self.domains], dtype=object)
        return {name: names == name for name in set(names.tolist()) if name}

    def of_domain(self, domain: str) -> NDArray[np.bool_]:
        """Return a mask (n,) of the items in `domain`, ignoring case."""
        return self._by_domain.get(domain.casefold(), np.zeros(len(self.ids), bool))


@dataclass(frozen=True)
class Behaviour:
    """Interactions with items of a space as columns of equal length, oldest first.

    `users`, `items`: positions; `at`: Unix seconds; `weights`: evidence ≥ 0 (a return or dislike has none).
    """

    n_users: int
    n_items: int
    users: Ints
    items: Ints
    at: Floats
    weights: Floats

    def __len__(self) -> int:
        return len(self.users)

    def where(self, keep: NDArray[np.bool_]) -> "Behaviour":
        """Return the rows where `keep` (n,) is true."""
        return Behaviour(
            self.n_users, self.n_items, self.users[keep], self.items[keep], self.at[keep], self.weights[keep]
        )

    def before(self, moment: float) -> "Behaviour":
        """Return the interactions before `moment` (Unix seconds)."""
        return self.where(self.at < moment)

    def matrix(self) -> sparse.csr_matrix:
        """Return a matrix (users, items) with 1 where a user has interacted with an item."""
        ones = np.ones(len(self), np.float32)
        touched = sparse.csr_matrix((ones, (self.users, self.items)), shape=(self.n_users, self.n_items))
        touched.data[:] = 1.0
        return touched


@dataclass(frozen=True)
class UserEvidence:
    """One user's own interactions, newest first: `event_ids`, `items` (m,), `at` (m,), `weights` (m,) ≥ 0, and the leaf that each
    belongs to (`interests` (m,), -1: none).
    """

    event_ids: tuple[str, ...]
    items: Ints
    at: Floats
    weights: Floats
    interests: Ints

    def __len__(self) -> int:
        return len(self.event_ids)

    @cached_property
    def steps(self) -> Floats:
        """Shape (m,): how many moments of this user have passed since each event; events at the same time are one moment."""
        moved = np.ones(len(self.at))
        moved[1:] = self.at[1:] != self.at[:-1]
        return np.cumsum(moved) - 1.0

    @classmethod
    def of(
        cls, live: LiveInterests, event_ids: Sequence[str], items: Ints, at: Floats, weights: Floats
    ) -> "UserEvidence":
        """Build evidence from one user's events, newest first. Events without a known item or a positive weight are left out."""
        owner = {event: leaf for leaf, events in enumerate(live.evidence) for event in events}
        rows = np.flatnonzero((items >= 0) & (weights > 0))[:MAX_EVIDENCE]
        named = tuple(map(event_ids.__getitem__, rows.tolist()))
        leaves = np.fromiter(map(owner.get, named, repeat(-1)), np.int64, len(named))
        return cls(named, items[rows], at[rows], weights[rows], leaves)


def refused(events: Sequence[ItemEvent], weights: Mapping[str, float]) -> dict[str, ItemEvent]:
    """Return the items for which the user's newest clear judgement is negative, with that event: disliked, hidden, returned, or rated
    below the user's own mean.

    `events`: newest first. Earlier events on such an item are no evidence for similar ones.
    """
    kinds = {event.type for event in events}
    if EventType.RATING not in kinds and all(weights.get(kind, 0.0) > -CLEAR for kind in kinds):
        return {}  # the usual case: no event can be a negative judgement
    ratings, judged = _scale_of(events), dict[str, ItemEvent | None]()
    for event in reversed(events):
        weight = weights.get(event.type, 0.0)
        if event.type == EventType.RATING and event.value is not None:
            weight = abs(weight) * ratings.opinion(event.value)
        if abs(weight) >= CLEAR:
            judged[event.item_id] = event if weight < 0 else None
    return {item: against for item, against in judged.items() if against is not None}


def speaking_against(events: Sequence[ItemEvent], weights: Mapping[str, float]) -> frozenset[str]:
    """Return the ids of the events that speak against their item, however little: of a negative type, or ratings below the user's own
    mean so far. No reason for an item rests on them. `events`: newest first.
    """
    kinds = {event.type for event in events}
    if EventType.RATING not in kinds and all(weights.get(kind, 0.0) >= 0 for kind in kinds):
        return frozenset()  # the usual case
    ratings, found = _scale_of(events), set[str]()
    for event in reversed(events):
        weight = weights.get(event.type, 0.0)
        if event.type == EventType.RATING and event.value is not None:
            weight = ratings.opinion(event.value)
        if weight < 0:
            found.add(event.event_id)
    return frozenset(found)


def _scale_of(events: Sequence[ItemEvent]) -> RatingScale:
    """Return the scale of the ratings among a user's events."""
    rated = [event.value for event in events if event.type == EventType.RATING and event.value is not None]
    return RatingScale.of(np.array(rated, np.float64))
