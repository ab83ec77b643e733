"""Learning the weights of the score from what people chose: a listwise logistic model (softmax over the candidates).

Maximises Σ (P(chosen)^q - 1) / q with P ∝ exp(Σ β_f f(x)), first for q → 0 (log likelihood, convex), then from there for q = ¼ and ½:
maximum Lq-likelihood (Ferrari & Yang 2010), which spends its weights on choices that can be foreseen rather than on the least likely ones,
as nDCG does. β ≥ 0 (every signal speaks for an item, so reasons stay readable); a penalty draws β towards the weights in force, so that a
tenant with little past keeps what is known to work elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from penchant.agent.recommend.features import FEATURES
from penchant.agent.recommend.interactions import Rows
from penchant.agent.recommend.single_thread import one_thread
from penchant.arrays import Floats, Ints

SHRINKAGE = 2.0
SAMPLED = 600
HARDEST = 40
LIKELIHOODS = (0.0, 0.25, 0.5)


@dataclass(frozen=True)
class Example:
    """One choice: `values` (f, c) features of what could have been chosen, `chosen` (t,) the columns that were."""

    values: Rows
    chosen: Ints


def thin(values: Rows, allowed: NDArray[np.bool_], chosen: Ints, random: np.random.Generator) -> Example | None:
    """An example over the chosen, the best `HARDEST` of every feature and `SAMPLED` others; None where nothing chosen was allowed."""
    chosen = chosen[allowed[chosen]]
    if not len(chosen):
        return None
    places = np.flatnonzero(allowed)
    if len(places) > 2 * SAMPLED:
        hardest = [places[np.argpartition(-row[places], HARDEST)[:HARDEST]] for row in values]
        places = np.unique(np.concatenate([chosen, random.choice(places, SAMPLED, replace=False), *hardest]))
    return Example(values[:, places], np.searchsorted(places, np.sort(chosen)))


def scales(examples: Sequence[Example]) -> Floats:
    """Shape (f,): the typical spread of each feature within a list, 1 where it never varies."""
    spread = np.sqrt(np.mean([example.values.var(axis=1) for example in examples], axis=0))
    return np.asarray(np.where(spread > 1e-9, spread, 1.0))


@one_thread
def fit(examples: Sequence[Example], prior: Mapping[str, float]) -> dict[str, float]:
    """Weights by feature, fitted to `examples` and shrunk towards `prior` in proportion to how few they are."""
    names = tuple(FEATURES)
    scale = scales(examples)
    start = np.array([prior.get(name, 0.0) for name in names]) * scale
    varies = np.array([any(np.ptp(example.values[row]) > 0 for example in examples) for row in range(len(names))])
    penalty = SHRINKAGE / len(examples)

    def loss(weights: Floats, q: float) -> tuple[float, Floats]:
        beta = (weights / scale).astype(np.float32)
        total, slope = 0.0, np.zeros(len(names))
        for example in examples:
            logits = beta @ example.values
            p = np.exp(logits - logits.max())
            p /= p.sum()
            taken = np.maximum(p[example.chosen].astype(np.float64), 1e-12)
            total -= float(((taken**q - 1) / q).mean() if q else np.log(taken).mean())
            push = taken**q / len(taken)
            slope += (push.sum() * (example.values @ p) - example.values[:, example.chosen] @ push) / scale
        off = weights - start
        value = total / len(examples) + penalty * float(off @ off)
        return value, np.asarray(slope / len(examples) + 2 * penalty * off, np.float64)

    weights = np.maximum(start, 0.0)
    for q in LIKELIHOODS:
        weights = minimize(loss, weights, args=(q,), jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(names)).x
    return {
        name: round(float(weight / unit), 6) if moves else prior.get(name, 0.0)
        for name, weight, unit, moves in zip(names, weights, scale, varies, strict=True)
    }
