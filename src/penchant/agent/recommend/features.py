"""The features of candidates for one user: what is popular and new, what their behaviour says, their interests, and their query."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.behaviour_features import BehaviourFeatures
from penchant.agent.recommend.blocks import Block
from penchant.agent.recommend.event_rows import CosineRows, WrittenRows
from penchant.agent.recommend.interactions import Rows
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.others import own_items, values_by_others
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints

#: An item that names a stated dislike loses at least what an interest with this share would add, and this part of its match with the query.
NAMED_SHARE, QUERY_PENALTY = 0.15, 0.25


def blocks(
    models: ItemModels,
    moment: CurrentSignals,
    user: User,
    candidates: Ints | None,
    *,
    fading: bool = True,
    allowed: NDArray[np.bool_] | None = None,
) -> list[Block]:
    """Return the blocks with every feature of `candidates` (None: of the whole catalogue) for one user. `allowed` (c,): which may be
    listed (None: all); sums are right for these. `fading`: whether older behaviour counts less.
    """
    items = values_by_others(models, moment, user.evidence, candidates)
    nobody = np.full(len(moment.names), -1)
    built = [Block(moment.names, np.eye(len(moment.names), dtype=np.float32), WrittenRows(items), nobody, nobody)]
    vectors = models.space.vectors if candidates is None else models.space.vectors[candidates]
    if len(user.evidence):
        had = own_items(models, user.evidence, candidates, allowed)
        built += BehaviourFeatures(models, moment, user, candidates, vectors, had, fading).blocks()
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
