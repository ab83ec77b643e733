"""The regressions of the statement classifier, each fitted to its optimum.

Every loss has an L2 penalty, so it has one optimum, and fits that reach it agree on every machine up to rounding.
Weights of features that never occur are 0.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import logsumexp

Floats = NDArray[np.float64]
#: A fit ends where no slope is larger than this, which is far less than one sentence pulls, and after so many steps at the latest.
LARGEST_SLOPE, MOST_STEPS = 1e-3, 2000


def regression(
    table: csr_matrix | NDArray[np.floating], labels: NDArray[np.integer], classes: int, c: float
) -> tuple[Floats, Floats]:
    """Return weights (classes, features) and intercepts (classes,) of a logistic regression with an L2 penalty of
    inverse strength `c`.
    """
    columns, used = _used(table)
    size, sides = used.shape[1], used.T.tocsr() if isinstance(used, csr_matrix) else used.T
    wanted = np.eye(classes)[labels]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(classes, size + 1)
        scores = used @ weights[:, :size].T + weights[:, size]
        logs = scores - logsumexp(scores, axis=1, keepdims=True)
        left = np.exp(logs) - wanted
        slope = np.column_stack([(sides @ left).T + weights[:, :size] / c, left.sum(axis=0)])
        return float(-(logs * wanted).sum() + (weights[:, :size] ** 2).sum() / (2 * c)), slope.ravel()

    found = _optimum(loss, classes * (size + 1)).reshape(classes, size + 1)
    weights = np.zeros((classes, table.shape[1]))
    weights[:, columns] = found[:, :size]
    return weights, found[:, size]


def binary(table: csr_matrix | NDArray[np.floating], stating: NDArray[np.bool_], c: float) -> tuple[Floats, float]:
    """Return weights (features,) and intercept of the log-odds that a row states something."""
    columns, used = _used(table)
    size, sides = used.shape[1], used.T.tocsr() if isinstance(used, csr_matrix) else used.T
    sign = np.where(stating, 1.0, -1.0)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat[:size]
        margins = sign * (used @ weights + flat[size])
        left = -sign * np.exp(-np.logaddexp(0, margins))
        value = float(np.logaddexp(0, -margins).sum() + weights @ weights / (2 * c))
        return value, np.append(sides @ left + weights / c, left.sum())

    found = _optimum(loss, size + 1)
    weights = np.zeros(table.shape[1])
    weights[columns] = found[:size]
    return weights, float(found[size])


def ranker(table: csr_matrix, groups: NDArray[np.int64], true: NDArray[np.int64], penalty: float) -> Floats:
    """Return weights (features,) with which the true row of each group scores highest.

    `groups`: where each group of rows begins, and the number of all rows; `true`: the true row of each group.
    """
    columns, used = _used(table)
    starts, group = groups[:-1], np.repeat(np.arange(len(groups) - 1), np.diff(groups))
    observed, sides = np.asarray(used[true].sum(axis=0)).ravel(), used.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = used @ weights
        highest = np.maximum.reduceat(scores, starts)
        raised = np.exp(scores - highest[group])
        totals = np.add.reduceat(raised, starts)
        value = float((np.log(totals) + highest).sum() - scores[true].sum() + penalty / 2 * weights @ weights)
        return value, sides @ (raised / totals[group]) - observed + penalty * weights

    weights = np.zeros(table.shape[1])
    weights[columns] = _optimum(loss, len(columns))
    return weights


def _used(table: Any) -> tuple[NDArray[np.int64], Any]:
    """Return the columns of a sparse table in which anything occurs, and the table of these; all of a dense one."""
    if not isinstance(table, csr_matrix):
        return np.arange(table.shape[1]), np.asarray(table, np.float64)
    columns = np.unique(table.indices)
    return columns, table[:, columns]


def _optimum(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    options = {"maxiter": MOST_STEPS, "maxfun": 2 * MOST_STEPS, "gtol": LARGEST_SLOPE, "ftol": 0.0}
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x, np.float64)
