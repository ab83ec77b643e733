"""How similar is similar? The three numbers assignment needs, per embedder: never shared across embedders.

They are read off the similarities of random pairs of texts. `gather` is the similarity that one pair in a hundred exceeds: events so
alike found an interest. `theta` is where an existing interest explains an event as well as "none of these" does; a centroid is
closer to its members than they are to each other, so it sits higher. `kappa` turns similarity into log-odds: two nats per deviation.
"""

import json
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from penchant.errors import UsageError

PAIRS = 200_000
MIN_TEXTS = 50
NATS_PER_DEVIATION = 2.0


@dataclass(frozen=True)
class Calibration:
    """κ (nats per unit of cosine), θ (cosine to a leaf), `gather` (cosine between two events), `chance` (cosine of unrelated texts)."""

    kappa: float
    theta: float
    gather: float
    chance: float

    @property
    def twin(self) -> float:
        """The cosine from which two interests are one: half-way between explaining an event and being the same."""
        return (1.0 + self.theta) / 2.0


def calibrate(vectors: NDArray[np.float32], seed: int = 0) -> Calibration:
    """Measure an embedder on unit vectors (n, d) of its typical texts. Raises `UsageError` for fewer than 50 of them."""
    count = len(vectors)
    if count < MIN_TEXTS:
        raise UsageError(
            f"calibration needs at least {MIN_TEXTS} different texts, not {count}: import a catalogue first"
        )
    pairs = np.random.default_rng(seed).integers(0, count, (2, PAIRS))
    first, second = pairs[:, pairs[0] != pairs[1]]
    similarity = np.einsum("nd,nd->n", vectors[first], vectors[second], dtype=np.float64)
    chance, rare, gather = (float(x) for x in np.quantile(similarity, [0.5, 0.95, 0.99]))
    theta = (rare + gather) / 2 / np.sqrt(max(gather, 1e-6))
    kappa = NATS_PER_DEVIATION / max(float(similarity.std()), 1e-3)
    return Calibration(*(round(float(x), 3) for x in (kappa, theta, gather, chance)))


def shipped(embedder: str) -> Calibration | None:
    """The numbers that come with Penchant for a known embedder, or None."""
    table = json.loads(files("penchant.agent.profiles.engine").joinpath("calibration.json").read_text("utf-8"))
    return Calibration(**table[embedder]) if embedder in table else None


CAUTIOUS = Calibration(kappa=20.0, theta=0.62, gather=0.5, chance=0.2)
"""Where nothing is known and there is not enough to measure."""
