"""What each interest carries of the scores, whatever the order in which the interests stand."""

import numpy as np
import pytest

from penchant.agent.recommend.features import Block, by_interest

BETA = {"interests": 0.5, "explore": 2.0}


@pytest.mark.parametrize("interests", [[0, 1, 2], [2, 0, 1], [0, 2], [1, 1, 0], [0, 1, -1], [2]])
def test_every_row_goes_to_the_interest_it_names(interests: list[int]) -> None:
    random, r = np.random.default_rng(1), len(interests)
    weights, rows = random.normal(size=(2, r)).astype(np.float32), random.normal(size=(r, 4)).astype(np.float32)
    block = Block(("interests", "explore"), weights, rows, np.array(interests), np.full(r, -1))
    expected = np.zeros((4, 4))
    for interest, (content, explore), row in zip(interests, weights.T, rows, strict=True):
        expected[interest] += (BETA["interests"] * content + BETA["explore"] * explore) * row

    np.testing.assert_allclose(by_interest([block], BETA, 3, 4), expected, rtol=1e-5)
