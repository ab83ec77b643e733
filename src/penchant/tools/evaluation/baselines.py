"""Baselines that a team would otherwise use, each with its usual settings. ALS, BPR, item KNN and BM25 come from
`implicit` (extra `eval`).
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

from penchant.agent.recommend.interactions import DAY
from penchant.agent.recommend.item_models import best, ease
from penchant.agent.recommend.recent import HOUR
from penchant.arrays import Floats
from penchant.errors import UsageError
from penchant.tools.evaluation.protocol import Case
from penchant.tools.evaluation.systems import LISTED, World

Scores = Callable[[Case], NDArray[np.floating]]
SEED = 7


@dataclass(frozen=True)
class Baseline:
    """A system that scores every item independently of the rest of the list."""

    scores: Scores

    def order(self, case: Case, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        places = np.flatnonzero(allowed)
        return places[best(np.asarray(self.scores(case))[places], LISTED)]


Builder = Callable[[World, Any], Baseline]


def popularity(world: World, _: None) -> Baseline:
    """Return a baseline that scores items by how often they were chosen so far."""
    counts = np.bincount(world.behaviour.items, minlength=len(world.space)).astype(np.float64)
    return Baseline(lambda case: counts)


def recent_popularity(world: World, clock: str) -> Baseline:
    """Return a baseline that scores items by how often they were chosen before the case: within days (`7d`), or with a
    half-life in hours (`6h`).
    """
    recent, length = world.recent, float(clock[:-1])

    def within(case: Case) -> Floats:
        start, end = np.searchsorted(recent.at, [case.at - length * DAY, case.at])
        return np.bincount(recent.items[start:end], minlength=len(world.space)).astype(np.float64)

    return Baseline(within if clock.endswith("d") else lambda case: recent.popular(case.at, length * HOUR))


def ease_model(world: World, penalty: float) -> Baseline:
    """Return EASE (Steck 2019), fitted to the whole history."""
    touched = world.behaviour.matrix()
    model = ease(touched, penalty)
    return Baseline(lambda case: model.rows(world.taken(case), None).sum(0))


def als(world: World, factors: int) -> Baseline:
    """Return implicit-feedback matrix factorisation (Hu, Koren, Volinsky 2008)."""
    with threadpool_limits(1, "blas"):
        model = _implicit("als").AlternatingLeastSquares(factors=factors, random_state=SEED, num_threads=1)
        return _factors(world, model, folded=True)


def bpr(world: World, factors: int) -> Baseline:
    """Return Bayesian personalised ranking (Rendle et al. 2009)."""
    model = _implicit("bpr").BayesianPersonalizedRanking(factors=factors, random_state=SEED, num_threads=1)
    return _factors(world, model)


def itemknn(world: World, neighbours: int) -> Baseline:
    """Return item neighbours by cosine similarity."""
    return _neighbours(world, _implicit("nearest_neighbours").CosineRecommender(K=neighbours, num_threads=1))


def bm25(world: World, neighbours: int) -> Baseline:
    """Return item neighbours by BM25-weighted similarity."""
    return _neighbours(world, _implicit("nearest_neighbours").BM25Recommender(K=neighbours, num_threads=1))


GRID: dict[str, tuple[Builder, tuple[Any, ...]]] = {
    "popularity": (popularity, (None,)),
    "recent-popularity": (recent_popularity, ("1h", "6h", "24h", "7d", "30d", "90d")),
    "itemknn": (itemknn, (50, 200)),
    "ease": (ease_model, (10.0, 20.0, 50.0, 100.0, 200.0, 350.0, 500.0, 1_000.0)),
    "als": (als, (32, 64, 128)),
    "bpr": (bpr, (32, 64)),
    "bm25": (bm25, (50, 200)),
}
"""Every baseline with the settings it is tuned over, on the same validation part as the product."""


def _factors(world: World, model: Any, *, folded: bool = False) -> Baseline:
    """Fit the model and return it as a baseline. `folded`: compute the user's factors from all choices before the case
    (protocol `stream`); else use those of the fit.
    """
    model.fit(world.behaviour.matrix(), show_progress=False)
    users, items = np.asarray(model.user_factors), np.asarray(model.item_factors)

    def scores(case: Case) -> NDArray[np.floating]:
        if world.part.live is None or not folded:
            return np.asarray(items @ users[case.user])
        taken = world.taken(case)
        row = sparse.csr_matrix((np.ones(len(taken), np.float32), ([0] * len(taken), taken)), shape=(1, len(items)))
        return np.asarray(items @ model.recalculate_user(0, row).ravel())

    return Baseline(scores)


def _neighbours(world: World, model: Any) -> Baseline:
    touched: Any = world.behaviour.matrix()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # implicit warns about a conversion it does itself
        model.fit(touched, show_progress=False)
    near = model.similarity.tocsr()
    return Baseline(lambda case: np.asarray(near[world.taken(case)].sum(0)).ravel())


def _implicit(module: str) -> Any:
    try:
        from importlib import import_module

        return import_module(f"implicit.{module}")
    except ImportError:
        raise UsageError("baselines need the library implicit: pip install 'penchant[eval]'") from None
