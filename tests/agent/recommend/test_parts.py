"""What each interest carries of the scores, whatever the order in which the interests stand."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from penchant.agent.recommend.blocks import Block, by_interest, carried, totals
from penchant.agent.recommend.event_rows import EventRows, ModelRows, OwnItems, WrittenRows
from penchant.agent.recommend.factors import Factors
from penchant.agent.recommend.item_models import Dense, Factored, ItemItem, Sparse
from penchant.agent.recommend.models import MovedModel

BETA = {"interests": 0.5, "explore": 2.0}
N = 30
RANDOM = np.random.default_rng(3)
MATRIX = RANDOM.normal(size=(N, N)).astype(np.float32) * (RANDOM.random((N, N)) < 0.4)
MODELS: dict[str, ItemItem] = {
    "dense": Dense(MATRIX),
    "sparse": Sparse(sparse.csr_matrix(MATRIX)),
    "factored": Factored.of(sparse.csr_matrix((RANDOM.random((9, N)) < 0.3).astype(np.float32)), 5.0),
    "factors": Factors(MATRIX[:, :5].copy(), MATRIX[:, 5:10].copy()),
    "moved": MovedModel(Dense(MATRIX[:20, :20].copy()), np.append(np.arange(20), [-1] * 10), np.arange(20)),
}


def a_block(interests: list[int], rows: EventRows) -> Block:
    weights = np.random.default_rng(1).normal(size=(2, len(interests))).astype(np.float32)
    return Block(("interests", "explore"), weights, rows, np.array(interests), np.full(len(interests), -1))


@pytest.mark.parametrize("interests", [[0, 1, 2], [2, 0, 1], [0, 2], [1, 1, 0], [0, 1, -1], [2]])
def test_every_row_goes_to_the_interest_it_names(interests: list[int]) -> None:
    rows = np.random.default_rng(2).normal(size=(len(interests), 4)).astype(np.float32)
    block = a_block(interests, WrittenRows(rows))
    expected = np.zeros((4, 4))
    for interest, (content, explore), row in zip(interests, block.weights.T, rows, strict=True):
        expected[interest] += (BETA["interests"] * content + BETA["explore"] * explore) * row

    found = by_interest([block], [rows], BETA, 3)

    np.testing.assert_allclose(found, expected, rtol=1e-5)
    np.testing.assert_allclose(totals([block], BETA, 4), expected.sum(0), atol=1e-5)
    np.testing.assert_allclose(carried([block], BETA, [0, 2], 4), expected[[0, 2]], atol=1e-5)


@pytest.mark.parametrize("candidates", [None, np.array([0, 3, 4, 11, 17, 25, 29]), np.zeros(0, np.int64)])
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_a_model_is_summed_as_its_rows_are_with_the_share_of_others(
    model: ItemItem, candidates: NDArray[np.int64] | None
) -> None:
    items, random = np.array([3, 17, 8, 3, 25]), np.random.default_rng(5)
    looked_at = np.arange(N) if candidates is None else candidates
    own = np.flatnonzero(np.isin(looked_at, items))
    share = random.random((len(items), len(own))).astype(np.float32)
    expected = model.rows(items, candidates)
    expected[:, own] *= share
    had = OwnItems(np.unique(items), own, lambda some: share[:, np.searchsorted(looked_at[own], some)])
    rows = ModelRows(model, items, candidates, had)
    weights = random.normal(size=(3, len(items))).astype(np.float32)
    weights[:, 1] = 0.0
    places = np.sort(random.permutation(len(looked_at))[:5])

    np.testing.assert_allclose(rows.summed(weights), weights @ expected, atol=1e-5)
    np.testing.assert_allclose(rows.at(places), expected[:, places], atol=1e-6)
