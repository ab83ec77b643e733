"""The score as a sum of features: each feature is weights times rows, and each row belongs to at most one interest and one event.

score(x) = Σ_f β_f Σ_r W_fr · R_rx. Nothing is normalised over the user's other evidence, so leaving an interest out means leaving its
rows out, and nothing else changes. This makes contributions and counterfactuals exact. The only exception are the first tastes of a visitor
without a profile, whose weights add up to one: such a visitor has no interest that could be left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.event_rows import CosineRows, EventRows, ModelRows, OwnItems, WrittenRows
from penchant.agent.recommend.interactions import Rows, UserEvidence, overlap
from penchant.agent.recommend.item_models import ItemItem
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.others import own_items, values_by_others
from penchant.arrays import Floats, Ints
from penchant.store.ledger import ItemEvent
from penchant.store.recommendation import Signal

NEAR_EVENTS = 60
NEXT_EVENTS = 60
WORDS_EVENTS = 200
LIVE_EVENTS = 20
FACTOR_EVENTS = 100
ORDER_EVENTS = 10
RECENT_STEPS = 5.0
MIDDLE_STEPS = 20.0
NEXT_STEPS = 3.0

FEATURES: dict[str, Signal] = {
    "ease": "collaborative",
    "ease_recent": "collaborative",
    "ease_middle": "collaborative",
    "similar_recent": "collaborative",
    "next": "collaborative",
    "next_recent": "collaborative",
    "factors": "collaborative",
    "factors_recent": "collaborative",
    "factors_next": "collaborative",
    "together": "collaborative",
    "together_recent": "collaborative",
    "interests": "content",
    "near": "content",
    "near_recent": "content",
    "words": "content",
    "words_recent": "content",
    "explore": "exploration",
    "query": "content",
    "popular_1h": "trending",
    "popular_6h": "trending",
    "popular_1d": "trending",
    "rising_7d": "trending",
    "rising_30d": "trending",
    "popular_7d": "trending",
    "popular_30d": "trending",
    "popular": "popularity",
    "begun_6h": "trending",
    "begun_14d": "trending",
    "begun_90d": "trending",
    "new_6h": "freshness",
    "new_14d": "freshness",
    "new_90d": "freshness",
    "llm": "llm",
}
"""Every feature, with the signal under which it is shown."""


#: An item that names a stated dislike loses at least what an interest with this share would add, and this part of its match with the query.
NAMED_SHARE, QUERY_PENALTY = 0.15, 0.25


@dataclass(frozen=True)
class Block:
    """Some features over the same `rows` (r, c). `weights` (f, r); `interests`, `events` (r,): the positions of the interest and event
    of each row, -1 for none.
    """

    features: tuple[str, ...]
    weights: Rows
    rows: EventRows
    interests: Ints
    events: Ints

    def values(self) -> Rows:
        """Return the values of the features, shape (f, c)."""
        return self.rows.summed(self.weights)

    def share(self, beta: Mapping[str, float], signal: Signal | None = None) -> Rows:
        """Return the weight of each row (r,) in the score, through the features of one signal or of all."""
        names = [name if signal in (None, FEATURES[name]) else "" for name in self.features]
        return np.array([beta.get(name, 0.0) for name in names], np.float32) @ self.weights

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """The signals under which the features are shown."""
        return tuple(dict.fromkeys(FEATURES[name] for name in self.features))

    def terms(self, beta: Mapping[str, float], places: Ints) -> Iterator[tuple[Signal, Floats]]:
        """Yield each signal with what each row adds through it to the scores of the candidates at `places` (k,); shape (r, k)."""
        rows = self.rows.at(places)
        for signal in self.signals:
            yield signal, np.asarray(self.share(beta, signal)[:, None] * rows, np.float64)


@dataclass(frozen=True)
class User:
    """One user at one moment: their events, their interests and their query.

    `events`: the events that `evidence` was made from. `refused`: the items with a negative newest clear judgement, by id. `named`:
    for each disliked leaf, the positions of items that name it. `without`: leaves to leave out. `against`: the ids of the events that
    speak against their item. `named_by_query` (n,): how well a query that the embedder cannot read matches each title, instead of `query`.
    `wish`: the words of the query.
    """

    evidence: UserEvidence
    live: LiveInterests
    at: float
    query: NDArray[np.float32] | None = None
    without: frozenset[int] = frozenset()
    events: Sequence[ItemEvent] = ()
    refused: Mapping[str, ItemEvent] = field(default_factory=dict)
    named: Mapping[int, Ints] = field(default_factory=dict)
    against: frozenset[str] = frozenset()
    named_by_query: NDArray[np.float32] | None = None
    wish: str = ""

    @property
    def is_asking(self) -> bool:
        """Whether there is a query."""
        return self.query is not None or self.named_by_query is not None

    @property
    def has_profile(self) -> bool:
        """Whether there is a profile. Before the first update, the events take the place of interests: otherwise what is new would
        outweigh the first clicks of a visitor.
        """
        return self.live.version > 0 or len(self.live.ids) > 0

    @cached_property
    def active(self) -> NDArray[np.bool_]:
        """Shape (i,): interests that take part; muted ones and those in `without` do not."""
        out = np.asarray(self.live.muted, bool).copy()
        out[list(self.without)] = True
        return ~out


@dataclass(frozen=True)
class Decay:
    """How evidence fades. For comparison, `steps=False` turns fading off."""

    steps: bool = True


FADING = Decay()


def blocks(
    models: ItemModels,
    moment: CurrentSignals,
    user: User,
    candidates: Ints | None,
    *,
    decay: Decay = FADING,
    allowed: NDArray[np.bool_] | None = None,
) -> list[Block]:
    """Return the blocks with every feature of `candidates` (None: of the whole catalogue) for one user. `allowed` (c,): which may be
    listed (None: all); sums are right for these.
    """
    items = values_by_others(models, moment, user.evidence, candidates)
    nobody = np.full(len(moment.names), -1)
    built = [Block(moment.names, np.eye(len(moment.names), dtype=np.float32), WrittenRows(items), nobody, nobody)]
    vectors = models.space.vectors if candidates is None else models.space.vectors[candidates]
    if len(user.evidence):
        had = own_items(models, user.evidence, candidates, allowed)
        built += _behaviour_blocks(models, moment, user, candidates, vectors=vectors, decay=decay, had=had)
    built += _interest_blocks(user, vectors, candidates)
    if user.is_asking:
        asked = _match_with_query(user, vectors, candidates)
        built.append(Block(("query",), np.ones((1, 1), np.float32), WrittenRows(asked), nobody[:1], nobody[:1]))
        built += [_query_penalty(leaf, names, asked) for leaf, names in _naming(user, candidates, len(vectors))]
    return built


def _match_with_query(user: User, vectors: Rows, candidates: Ints | None) -> Rows:
    """Return how well each candidate matches the query, (1, c)."""
    if user.query is not None:
        return np.asarray(user.query[None, :] @ vectors.T)
    assert user.named_by_query is not None
    return user.named_by_query[None, slice(None) if candidates is None else candidates]


def _naming(user: User, candidates: Ints | None, width: int) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield each active dislike with a mask (width,) of the candidates that name it."""
    for leaf, positions in user.named.items():
        if user.active[leaf]:
            yield leaf, np.isin(np.arange(width) if candidates is None else candidates, positions)


def _query_penalty(leaf: int, names: NDArray[np.bool_], asked: Rows) -> Block:
    """Return a block that lowers the value of the query for candidates that name a dislike."""
    weights = np.full((1, 1), -QUERY_PENALTY, np.float32)
    rows = WrittenRows(np.where(names, np.maximum(asked, 0.0), 0.0))
    return Block(("query",), weights, rows, np.array([leaf]), np.array([-1]))


def _active_weights(user: User) -> Floats:
    """Return the weight of each event (m,), 0 where its interest takes no part."""
    owner = user.evidence.interests
    active = np.append(user.active, True)
    return np.asarray(user.evidence.weights * active[owner])


def _fade(steps: Floats, half_life: float | None, decay: Decay) -> Floats:
    return np.ones(len(steps)) if half_life is None or not decay.steps else 0.5 ** (steps / half_life)


def _behaviour_blocks(
    models: ItemModels,
    moment: CurrentSignals,
    user: User,
    candidates: Ints | None,
    *,
    vectors: Rows,
    decay: Decay,
    had: OwnItems,
) -> list[Block]:
    items, owner, steps = user.evidence.items, user.evidence.interests, user.evidence.steps
    evidence = _active_weights(user)

    def block(names: Sequence[str], fades: Sequence[float | None], rows: EventRows, most: int | None = None) -> Block:
        n = len(items[:most])
        weights = np.stack([_fade(steps[:n], fade, decay) * evidence[:n] for fade in fades]).astype(np.float32)
        return Block(tuple(names), weights, rows, owner[:n], np.arange(n))

    alike = np.maximum(models.space.vectors[items[:NEAR_EVENTS]] @ vectors.T, np.float32(0.0))
    # an item is not counted as near to itself: that would list it again
    own = _own(items[:WORDS_EVENTS], candidates, alike.shape[1])
    alike[own[0][own[0] < len(alike)], own[1][own[0] < len(alike)]] = 0.0
    close = alike * alike * alike  # a power of 3 would take twenty times as long

    def modelled(
        names: Sequence[str], fades: Sequence[float | None], model: ItemItem, most: int | None = None
    ) -> Block:
        return block(names, fades, ModelRows(model, items[:most], candidates, had), most)

    worded = overlap(models.space.words, items[:WORDS_EVENTS], candidates)
    worded[own] = 0.0
    together = moment.recent.together(items[:LIVE_EVENTS], user.at, candidates, user.live.user_id)
    last = 0.001 if decay.steps else None

    def first_tastes() -> Block:
        rows = WrittenRows(np.maximum(alike - models.space.middle_likeness, np.float32(0.0)))
        found = block(("interests",), (MIDDLE_STEPS,), rows, NEAR_EVENTS)
        return replace(found, weights=found.weights / max(found.weights.sum(), 1e-9))

    return [
        *([] if user.has_profile else [first_tastes()]),
        modelled(("ease", "ease_recent", "ease_middle"), (None, RECENT_STEPS, MIDDLE_STEPS), models.shared),
        modelled(("similar_recent",), (RECENT_STEPS,), models.similar, NEAR_EVENTS),
        modelled(("next", "next_recent"), (last, NEXT_STEPS), models.following, NEXT_EVENTS),
        modelled(("factors", "factors_recent"), (None, RECENT_STEPS), models.factors, FACTOR_EVENTS),
        modelled(("factors_next",), (NEXT_STEPS,), models.order, ORDER_EVENTS),
        block(("together", "together_recent"), (MIDDLE_STEPS, NEXT_STEPS), WrittenRows(together), LIVE_EVENTS),
        block(("near", "near_recent"), (MIDDLE_STEPS, RECENT_STEPS), WrittenRows(close), NEAR_EVENTS),
        block(("words", "words_recent"), (MIDDLE_STEPS, RECENT_STEPS), WrittenRows(worded), WORDS_EVENTS),
    ]


def _own(items: Ints, candidates: Ints | None, width: int) -> tuple[Ints, Ints]:
    """Return the rows and columns where an event meets its own item among `candidates` (sorted; None: all)."""
    if candidates is None:
        return np.arange(len(items)), items
    column = np.minimum(np.searchsorted(candidates, items), width - 1)
    rows = np.flatnonzero(candidates[column] == items) if width else np.zeros(0, np.int64)
    return rows, column[rows]


def _interest_blocks(user: User, vectors: Rows, candidates: Ints | None) -> Iterator[Block]:
    """Yield Σ_i p_i cos(μ_i, v_x), with dislikes counting against, and a bonus for branches with little evidence beside strong ones."""
    live = user.live
    if not len(live.ids):
        return
    appetite = np.where(user.active, live.appetite, 0.0)
    weights = np.stack([appetite, np.where(user.active, exploration_worth(live), 0.0)]).astype(np.float32)
    features, owners = ("interests", "explore"), np.arange(len(live.ids))
    leaves = live.vectors.astype(np.float32, copy=False)
    yield Block(features, weights, CosineRows(leaves, vectors), owners, np.full(len(owners), -1))
    for leaf, names in _naming(user, candidates, len(vectors)):
        counts_as = max(1.0, NAMED_SHARE / max(float(live.p[leaf]), NAMED_SHARE / 1_000))
        more = np.where(names, np.float32(counts_as) - leaves[leaf] @ vectors.T, np.float32(0.0))[None, :]
        yield Block(features, weights[:, [leaf]], WrittenRows(more), np.array([leaf]), np.array([-1]))


def exploration_worth(live: LiveInterests) -> Floats:
    """Return how worth exploring each leaf (i,) is: the strength of the rest of its topic, divided by 1 + its number of events."""
    topics: dict[str, float] = {}
    for path, p in zip(live.paths, live.p, strict=True):
        topics[path[0]] = topics.get(path[0], 0.0) + float(p)
    known = np.array([len(events) for events in live.evidence], np.float64)
    beside = np.array([topics[path[0]] for path in live.paths]) - live.p
    return np.asarray(np.where(live.liking < 0.5, 0.0, beside / (1.0 + known)), np.float64)


def features(built: Sequence[Block], width: int) -> tuple[tuple[str, ...], Rows]:
    """Return all features in the fixed order of `FEATURES`, (f, c); zero where the user has no data for one."""
    out = np.zeros((len(FEATURES), width), np.float32)
    place = {name: row for row, name in enumerate(FEATURES)}
    for block in built:
        out[[place[name] for name in block.features]] += block.values()
    return tuple(FEATURES), out


def totals(built: Sequence[Block], beta: Mapping[str, float], width: int) -> Floats:
    """Return the score of every candidate (c,)."""
    out = np.zeros(width)
    for block in built:
        out += block.rows.summed(block.share(beta)[None, :])[0]
    return out


def carried(built: Sequence[Block], beta: Mapping[str, float], interests: Sequence[int], width: int) -> Floats:
    """Return what each of `interests` contributes to every score, shape (w, c)."""
    wanted, out = np.array(interests)[:, None], np.zeros((len(interests), width))
    for block in built:
        weights = np.where(block.interests == wanted, block.share(beta), np.float32(0.0))
        if weights.any():
            out += block.rows.summed(weights)
    return out


def by_interest(built: Sequence[Block], values: Sequence[Rows], beta: Mapping[str, float], interests: int) -> Floats:
    """Return what each interest contributes to some scores, shape (interests + 1, k), from the `values` (r, k) of each block's rows. The
    last row is the part of no interest.
    """
    owners = np.concatenate([block.interests for block in built]) % (interests + 1)
    share = np.concatenate([block.share(beta) for block in built]).astype(np.float64)
    spread = sparse.csc_array((share, owners, np.arange(len(owners) + 1)), shape=(interests + 1, len(owners)))
    return np.asarray(spread @ np.concatenate(values))
