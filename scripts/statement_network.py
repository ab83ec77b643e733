"""A small network over sentence vectors, used beside the regression over them, for differences that only several
directions together reveal ("I'd like to know wine", "I'd like to know the price"). One hidden layer, trained with
Adam, dropout and weight decay; several networks are averaged.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

#: Hidden units of one network, how many of those are averaged, and passes over the sentences.
UNITS, NETWORKS, PASSES = 128, 2, 12
BATCH, DROPPED, DECAY, STEP = 64, 0.5, 1e-3, 2e-3
#: How much wider than usual the weights are drawn: a vector has length one.
SPREAD = 3.0
#: How slowly the means of the slopes and of their squares follow, for Adam.
FOLLOWS, FOLLOWS_SQUARES = 0.9, 0.999

Floats = NDArray[np.float32]


def fitted(vectors: Floats, stating: NDArray[np.bool_]) -> tuple[Floats, Floats, float]:
    """Return weights (hidden units, dimensions + 1) with the intercept last, weights (hidden units,) of their sum, and
    its intercept.
    """
    found = [_network(vectors, stating, seed) for seed in range(NETWORKS)]
    hidden = np.concatenate([np.column_stack([first.T, bias]) for first, bias, _, _ in found])
    out = np.concatenate([last for _, _, last, _ in found]).astype(np.float32) / np.float32(NETWORKS)
    return hidden, out, float(np.mean([intercept for _, _, _, intercept in found]))


def odds(network: tuple[Floats, Floats, float], vectors: Floats) -> NDArray[np.float64]:
    """Return the log-odds, shape (n,), that each sentence states something."""
    hidden, out, intercept = network
    return np.asarray(np.maximum(vectors @ hidden[:, :-1].T + hidden[:, -1], 0) @ out + intercept, np.float64)


def _network(vectors: Floats, stating: NDArray[np.bool_], seed: int) -> tuple[Floats, Floats, Floats, float]:
    random = np.random.default_rng(seed)
    size = vectors.shape[1]
    weights = [
        random.normal(0, SPREAD * (2 / size) ** 0.5, (size, UNITS)).astype(np.float32),
        np.zeros(UNITS, np.float32),
        random.normal(0, UNITS**-0.5, UNITS).astype(np.float32),
        np.zeros(1, np.float32),
    ]
    means, squares = [np.zeros_like(each) for each in weights], [np.zeros_like(each) for each in weights]
    for turn, (batch, step) in enumerate(_batches(len(vectors), random), 1):
        slopes = _slopes(weights, vectors[batch], stating[batch].astype(np.float32), random)
        for at, slope in enumerate(slopes):
            means[at] += (1 - FOLLOWS) * (slope - means[at])
            squares[at] += (1 - FOLLOWS_SQUARES) * (slope**2 - squares[at])
            scaled = means[at] / (1 - FOLLOWS**turn) / (np.sqrt(squares[at] / (1 - FOLLOWS_SQUARES**turn)) + 1e-8)
            weights[at] -= (step * (scaled + DECAY * weights[at])).astype(np.float32)
    return weights[0], weights[1], weights[2], float(weights[3][0])


def _batches(count: int, random: np.random.Generator) -> Iterator[tuple[NDArray[np.int64], float]]:
    """Yield batches of the sentences, in a new order in each pass, with a step size that decreases."""
    for turn in range(PASSES):
        for batch in np.array_split(random.permutation(count), max(1, count // BATCH)):
            yield batch, STEP * (1 - turn / PASSES) + STEP / 20


def _slopes(weights: list[Floats], vectors: Floats, wanted: Floats, random: np.random.Generator) -> list[Floats]:
    """Return the gradients of a batch's mean loss, one for each array of weights."""
    first, bias, last, intercept = weights
    raised = vectors @ first + bias
    mask = ((random.random(raised.shape) > DROPPED) / (1 - DROPPED)).astype(np.float32)
    units = np.maximum(raised, 0) * mask
    left = (1 / (1 + np.exp(-(units @ last + intercept))) - wanted) / np.float32(len(wanted))
    back = np.outer(left, last) * mask * (raised > 0)
    return [vectors.T @ back, back.sum(axis=0), units.T @ left, np.array([left.sum()], np.float32)]
