"""Retrieval of the candidates for one user at one moment.

In a small catalogue every item is a candidate; in a large one, those that the user's interests, evidence and moment point to. Each
source adds a share of its own, whatever the others add, and items that cannot be listed are dropped before the share is taken. So it
is known for every candidate through which interests it was found, and which would be missing without one of them.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.features import exploration_worth
from penchant.agent.recommend.item_models import best
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.ranking import CandidatePool
from penchant.agent.recommend.user import User
from penchant.arrays import Ints

SCORE_ALL_UP_TO = 5_000
MAX_INTERESTS, ALWAYS_SEARCHED, LEAST_SHARE = 20, 8, 0.02
"""At most how many interests are searched for; beyond the first ones, only those with this share of the user's attention."""
PER_SEARCH = 50
MOST_PER_SEARCH = 500
BY_INTERESTS = 300
LEAST_PER_INTEREST = 5
EVIDENCE_ASKED = 20
PER_EVENT = 20
LIVE_ASKED = 8
PER_TREND = 60
EXPLORED = 3
QUERY_SHARE = 50
NOTHING = np.zeros(0, np.int64)

Search = Callable[[NDArray[np.float32], int], list[Ints]]
"""Returns the positions of the nearest items for each row of vectors, in one call to the index."""


def gather(
    models: ItemModels,
    moment: CurrentSignals,
    user: User,
    open_items: NDArray[np.bool_],
    search: Search,
    *,
    include: int = -1,
    pinned: Ints = NOTHING,
    favoured: Sequence[NDArray[np.bool_]] = (),
) -> CandidatePool:
    """Return the candidates among `open_items` (n,), and the item at `include` (-1: none), which is a candidate even if it may not be
    listed. `pinned` (m,): positions that are always candidates. `favoured`: masks (n,); the most popular items of each are
    candidates.

    In a catalogue of at most `SCORE_ALL_UP_TO` items all are candidates; so are all open items of a larger one, if there are no more
    than that, such as in a small domain.
    """
    if len(models.space) <= SCORE_ALL_UP_TO:
        return CandidatePool(None, open_items)
    asked = np.array([include] if include >= 0 else [], np.int64)
    openness = np.count_nonzero(open_items)
    if openness <= SCORE_ALL_UP_TO:
        items = np.union1d(np.flatnonzero(open_items), np.append(asked, pinned))
        return CandidatePool(items, open_items[items])
    sources = [*_by_vectors(user, open_items, search), *_by_evidence(models, user, open_items)]
    sources += _by_name(user, open_items)
    sources += _taken_together(moment, user, open_items)
    sources += [(-1, _open(leaders, open_items, PER_TREND)) for leaders in moment.leaders]
    sources += [(-1, _most_popular(models, mask & open_items)) for mask in favoured] + [(-1, pinned)]
    owners = np.repeat([owner for owner, _ in sources], [len(positions) for _, positions in sources])
    items, place = np.unique(np.concatenate([*(positions for _, positions in sources), asked]), return_inverse=True)
    found = np.zeros((len(items), len(user.live.ids) + 1), bool)
    found[place[: len(owners)], owners] = True
    return CandidatePool(items, open_items[items], found)


def _open(positions: Ints, open_items: NDArray[np.bool_], share: int) -> Ints:
    return positions[open_items[positions]][:share]


def _most_popular(models: ItemModels, mask: NDArray[np.bool_]) -> Ints:
    places = np.flatnonzero(mask)
    return places[best(models.popularity[places], PER_TREND)]


def _by_vectors(user: User, open_items: NDArray[np.bool_], search: Search) -> list[tuple[int, Ints]]:
    """Search once for all interests (quotas by p), the branches worth exploring and the query."""
    live = user.live
    quotas = {leaf: quota for leaf, quota in _quotas(live).items() if user.active[leaf]}
    vectors = [live.vectors[leaf] for leaf in quotas]
    if user.query is not None:
        quotas[-1] = QUERY_SHARE
        vectors.append(user.query)
    if not quotas:
        return []
    reach = int(min(PER_SEARCH * len(open_items) / np.count_nonzero(open_items), MOST_PER_SEARCH))
    hits = search(np.stack(vectors).astype(np.float32), reach)
    return [(owner, _open(near, open_items, quota)) for (owner, quota), near in zip(quotas.items(), hits, strict=True)]


def _quotas(live: LiveInterests) -> dict[int, int]:
    """Return for each interest that is searched for how many candidates it adds. This does not depend on the interests that a request
    leaves out, so that the candidates of the others stay the same without them.
    """
    liked = np.flatnonzero(~np.asarray(live.muted, bool) & (live.liking >= 0.5))[:MAX_INTERESTS]
    liked = liked[(np.arange(len(liked)) < ALWAYS_SEARCHED) | (live.p[liked] >= LEAST_SHARE)]
    thin = np.where(np.isin(np.arange(len(live.ids)), liked), exploration_worth(live), 0.0)
    explored = set(best(thin, EXPLORED).tolist()) & set(np.flatnonzero(thin > 0).tolist())
    return {
        leaf: max((2 if leaf in explored else 1) * LEAST_PER_INTEREST, int(np.ceil(BY_INTERESTS * live.p[leaf])))
        for leaf in liked.tolist()
    }


def _by_name(user: User, open_items: NDArray[np.bool_]) -> list[tuple[int, Ints]]:
    """Return the open items whose titles match a query that the embedder cannot read."""
    if user.named_by_query is None:
        return []
    match = np.where(open_items, user.named_by_query, 0.0)
    nearest = best(match, QUERY_SHARE)
    return [(-1, nearest[match[nearest] > 0])]


def _by_evidence(models: ItemModels, user: User, open_items: NDArray[np.bool_]) -> list[tuple[int, Ints]]:
    """Return neighbours of recent evidence, by shared users and by what tends to come next."""
    items, owners = user.evidence.items[:EVIDENCE_ASKED], user.evidence.interests[:EVIDENCE_ASKED]
    taking_part = np.append(user.active, True)[owners]
    items, owners = items[taking_part], owners[taking_part]
    return [
        (owner, _open(near, open_items, PER_EVENT))
        for model in (models.shared, models.following)
        for owner, near in zip(owners.tolist(), model.neighbours(items, 2 * PER_EVENT), strict=True)
    ]


def _taken_together(moment: CurrentSignals, user: User, open_items: NDArray[np.bool_]) -> list[tuple[int, Ints]]:
    """Return what recent evidence is taken together with at present, whether or not the item models know it yet."""
    items, owners = user.evidence.items[:LIVE_ASKED], user.evidence.interests[:LIVE_ASKED]
    taking_part = np.append(user.active, True)[owners]
    items, owners = items[taking_part], owners[taking_part]
    near = moment.recent.neighbours(items, user.at, 2 * PER_EVENT, user.live.user_id)
    return [(owner, _open(found, open_items, PER_EVENT)) for owner, found in zip(owners.tolist(), near, strict=True)]
