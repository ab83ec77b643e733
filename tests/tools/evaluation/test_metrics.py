"""Metrics on lists small enough to count by hand."""

import numpy as np
import pytest

from penchant.tools.evaluation import metrics


def test_accuracy_of_a_hit_in_third_place_and_of_a_miss() -> None:
    orders = [np.array([5, 4, 3, 2]), np.array([1, 2])]
    found = metrics.accuracy(orders, [3, 9])
    assert {name: values.round(6).tolist() for name, values in found.items()} == {
        "ndcg@10": [0.5, 0.0],
        "map@10": [0.333333, 0.0],
        "hr@10": [1.0, 0.0],
        "mrr": [0.333333, 0.0],
        "recall@50": [1.0, 0.0],
    }


def test_coverage_and_gini_of_even_and_of_lopsided_lists() -> None:
    even = [np.array([0, 1]), np.array([2, 3])]
    lopsided = [np.array([0]), np.array([0])]
    assert (metrics.coverage(even, 4), metrics.gini(even, 4)) == (1.0, 0.0)
    assert (metrics.coverage(lopsided, 4), metrics.gini(lopsided, 4)) == (0.25, 0.75)


def test_distance_of_twins_and_of_strangers() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    assert metrics.intra_list_distance(np.array([0, 1]), vectors) == 0.0
    assert metrics.intra_list_distance(np.array([0, 2]), vectors) == 1.0


def test_a_clear_difference_is_significant_and_none_is_not() -> None:
    random = np.random.default_rng(0)
    theirs = random.random(200)
    better = metrics.paired_bootstrap(theirs + 0.1 + 0.05 * random.normal(size=200), theirs)
    same = metrics.paired_bootstrap(theirs + 0.5 * random.normal(size=200), theirs)
    assert better[0] == pytest.approx(0.1, abs=0.02)
    assert better[1] < 0.01 < same[1]
