"""Quality of lists: accuracy by `ir-measures` (based on trec_eval), and properties that accuracy does not measure."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.arrays import Ints
from penchant.errors import UsageError

TOP = 10
ACCURACY = ("ndcg@10", "map@10", "hr@10", "mrr", "recall@50")


def accuracy(orders: Sequence[Ints], truths: Sequence[int]) -> dict[str, NDArray[np.float64]]:
    """Return per case (n,): nDCG, average precision and hit rate at 10, reciprocal rank, recall at 50; 0 where the true
    item is not listed.
    """
    measures = _measures()
    relevant = {str(case): {str(truth): 1} for case, truth in enumerate(truths)}
    run = {
        str(case): {str(item): float(len(order) - rank) for rank, item in enumerate(order)}
        for case, order in enumerate(orders)
    }
    found = {name: np.zeros(len(truths)) for name in measures}
    names = {measure: name for name, measure in measures.items()}
    import ir_measures

    for row in ir_measures.iter_calc(list(measures.values()), relevant, run):
        found[names[row.measure]][int(row.query_id)] = row.value
    return found


def _measures() -> dict[str, Any]:
    try:
        from ir_measures import AP, RR, R, Success, nDCG
    except ImportError:
        raise UsageError("evaluation needs the library ir-measures: pip install 'penchant[eval]'") from None
    return dict(zip(ACCURACY, (nDCG @ 10, AP @ 10, Success @ 10, RR, R @ 50), strict=True))


def coverage(orders: Sequence[Ints], n_items: int) -> float:
    """Return the share of the catalogue that appears in the first ten of any list."""
    return len(np.unique(np.concatenate([order[:TOP] for order in orders]))) / n_items


def gini(orders: Sequence[Ints], n_items: int) -> float:
    """Return the Gini coefficient of the items in the first ten places: 0 where all are listed equally often, 1 where
    always the same few.
    """
    counts = np.sort(np.bincount(np.concatenate([order[:TOP] for order in orders]), minlength=n_items))
    ranks = np.arange(1, n_items + 1)
    return float((2 * ranks - n_items - 1) @ counts / (n_items * max(counts.sum(), 1)))


def intra_list_distance(order: Ints, vectors: NDArray[np.float32]) -> float:
    """Return the mean cosine distance of all pairs in the first ten."""
    top = vectors[order[:TOP]]
    if len(top) < 2:
        return 0.0
    upper = np.triu_indices(len(top), 1)
    return float(1.0 - (top @ top.T)[upper].mean())


def calibration_js(order: Ints, vectors: NDArray[np.float32], live: LiveInterests) -> float:
    """Return the Jensen–Shannon divergence (base 2, 0–1) between the strengths of the tree and the interests in the
    list, where each item counts for its nearest interest.
    """
    if not len(live.ids) or not live.p.sum():
        return 0.0
    nearest = (vectors[order[:TOP]] @ live.vectors.T).argmax(1)
    mix = np.bincount(nearest, minlength=len(live.ids)) / max(len(nearest), 1)
    p = live.p / live.p.sum()
    middle = (p + mix) / 2
    return float((_kl(p, middle) + _kl(mix, middle)) / 2)


def _kl(p: NDArray[np.float64], q: NDArray[np.float64]) -> float:
    some = p > 0
    return float((p[some] * np.log2(p[some] / q[some])).sum())


def paired_bootstrap(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int = 0
) -> tuple[float, float, float]:
    """Return (difference of means, two-sided p, ratio) from 10,000 paired bootstrap samples (Sakai, SIGIR 2006); p is 1
    for a single user.
    """
    from scipy.stats import bootstrap

    difference = ours - theirs
    ratio = float(ours.mean() / theirs.mean()) if theirs.mean() > 0 else float("inf")
    if len(difference) < 2:
        return float(difference.mean()), 1.0, ratio
    means = bootstrap(
        (difference,), np.mean, n_resamples=10_000, batch=500, method="percentile", rng=np.random.default_rng(seed)
    ).bootstrap_distribution
    tail = min(float((means <= 0).mean()), float((means >= 0).mean()))
    return float(difference.mean()), min(1.0, 2 * tail), ratio
