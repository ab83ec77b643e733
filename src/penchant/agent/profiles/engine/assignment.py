"""Which interests explain an event: the article's maximum a posteriori step, with "none of these" as an alternative of its own.

    r_i ∝ max(p_i(t), ρ₀) · exp(κ · cos(b, μ_i)),      r_none ∝ ρ₀ · exp(κ · θ),      ρ₀ = 1 / (n + 1)

The floor says that an interest that has faded needs no more proof to come back than a new one needs to be born.
"""

import numpy as np

from penchant.agent.profiles.engine.calibration import Calibration
from penchant.agent.profiles.engine.dynamics import Floats, mixture
from penchant.agent.profiles.engine.state import ATTENTION, State, Vectors

MOST_LEAVES = 2
LEAST_RESPONSIBILITY = 0.2


def similarities(rows: Vectors, vector: Vectors) -> Floats:
    """Cosines (n,) of unit rows (n, d) with a unit vector (d,). Row by row, so that no result depends on its neighbours."""
    return np.asarray(np.einsum("nd,d->n", rows, vector), dtype=np.float64)


def responsibilities(state: State, vector: Vectors, calibration: Calibration) -> list[tuple[int, float]]:
    """The leaves that explain the event and their shares (sum 1), best first; empty where none of them does."""
    count = len(state.leaves)
    if count == 0:
        return []
    floor = 1.0 / (count + 1)
    none = floor * floor
    prior = mixture(state.mass[ATTENTION], state.trust, np.full(count, floor))
    alike = similarities(state.unit, vector) - calibration.theta
    odds = np.log(np.maximum(prior, floor) / none) + calibration.kappa * alike
    best = int(odds.argmax())
    return _shared(odds, best) if odds[best] > 0.0 else []


def nearest(state: State, vector: Vectors, least: float) -> list[tuple[int, float]]:
    """The one leaf nearest to the event, unless even that is less alike than `least`: for what would otherwise stay unexplained."""
    if not state.leaves:
        return []
    alike = similarities(state.unit, vector)
    best = int(alike.argmax())
    return [(best, 1.0)] if alike[best] >= least else []


def _shared(odds: Floats, best: int) -> list[tuple[int, float]]:
    order = np.argsort(-odds, kind="stable")[:MOST_LEAVES]
    weight = np.exp(odds[order] - odds[best])
    share = weight / np.exp(odds - odds[best]).sum()
    kept = share >= LEAST_RESPONSIBILITY
    if not kept.any():
        return [(best, 1.0)]
    share = share[kept] / share[kept].sum()
    return [(int(i), float(r)) for i, r in zip(order[kept], share, strict=True)]
