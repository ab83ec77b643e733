"""What waits in the pool, shown provisionally: a small user sees a tree after a few events, and nothing of it is kept."""

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from penchant.agent.profiles.engine.calibration import Calibration
from penchant.agent.profiles.engine.codec import decode, encode
from penchant.agent.profiles.engine.growth import found
from penchant.agent.profiles.engine.state import State, Vectors

ENOUGH_LEAVES = 3


def settled(state: State, calibration: Calibration) -> State:
    """The state as if the pool were grouped now, for users with fewer than three interests; otherwise the state itself."""
    if not state.pool or len(state.leaves) >= ENOUGH_LEAVES:
        return state
    looser = (calibration.gather + calibration.chance) / 2.0
    provisional = decode(encode(state))
    for members in groups(state.pool_vectors, looser):
        found(provisional, [(state.pool[i], state.pool_vectors[i]) for i in members], calibration.twin)
    provisional.pool, provisional.pool_vectors = [], state.pool_vectors[:0]
    return provisional


def groups(vectors: Vectors, least: float) -> list[list[int]]:
    """Rows by average linkage: groups whose members are at least `least` alike on average; earliest member first."""
    if len(vectors) == 1:
        return [[0]]
    distance = np.clip(1.0 - np.einsum("id,jd->ij", vectors, vectors, dtype=np.float64), 0.0, 2.0)
    upper = distance[np.triu_indices(len(vectors), 1)]
    labels = fcluster(linkage(upper, "average"), 1.0 - least, "distance")
    found: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        found.setdefault(int(label), []).append(row)
    return list(found.values())
