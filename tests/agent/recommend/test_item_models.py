"""What items say about each other."""

import numpy as np
import pytest
from scipy import sparse

from penchant.agent.recommend import item_models
from penchant.agent.recommend.item_models import Dense, Factored, ItemItem, Sparse, ease


def touched(users: int, items: int, seed: int = 0) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.random.default_rng(seed).random((users, items)) < 0.3).astype(np.float32))


def by_the_book(x: sparse.csr_matrix, penalty: float) -> np.ndarray:
    """EASE as published: B = I - P diag(P)^-1."""
    dense = x.toarray().astype(np.float64)
    inverse = np.linalg.inv(dense.T @ dense + penalty * np.eye(dense.shape[1]))
    weights = np.eye(dense.shape[1]) - inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights)


@pytest.mark.parametrize(
    ("users", "items", "dense_up_to", "form"), [(40, 12, 99, Dense), (9, 30, 99, Dense), (9, 30, 10, Factored)]
)
def test_ease_is_the_published_one_from_either_side(
    monkeypatch: pytest.MonkeyPatch, users: int, items: int, dense_up_to: int, form: type
) -> None:
    monkeypatch.setattr(item_models, "DENSE_UP_TO", dense_up_to)
    x = touched(users, items)
    model = ease(x, 5.0)
    assert isinstance(model, form)
    some, others = np.array([3, 0, 7]), np.array([7, 1, 3])
    expected = by_the_book(x, 5.0)
    assert model.rows(some, None) == pytest.approx(expected[some], abs=1e-5)
    assert model.rows(some, others) == pytest.approx(expected[np.ix_(some, others)], abs=1e-5)
    [best] = model.neighbours(np.array([4]), 3)
    assert expected[4][best] == pytest.approx(np.sort(expected[4])[::-1][:3], abs=1e-5)


def test_users_who_did_nothing_change_nothing() -> None:
    x = touched(9, 30)
    padded = sparse.vstack([x, sparse.csr_matrix((50, 30), dtype=np.float32)]).tocsr()
    assert ease(padded, 5.0).rows(np.arange(30), None) == pytest.approx(ease(x, 5.0).rows(np.arange(30), None))


def test_a_sparse_model_says_what_the_written_out_one_says_of_any_candidates_in_any_order() -> None:
    matrix = touched(40, 40)
    written, sparsely = Dense(matrix.toarray()), Sparse(matrix)
    items, random = np.array([5, 0, 39]), np.random.default_rng(1)
    for count in (0, 1, 17, 40):
        candidates = random.permutation(40)[:count]
        assert np.array_equal(sparsely.rows(items, candidates), written.rows(items, candidates))
    assert np.array_equal(sparsely.rows(items, None), written.rows(items, None))


@pytest.mark.parametrize("form", [Dense, Factored, Sparse])
def test_neighbours_of_many_items_are_those_of_each(form: type) -> None:
    x = touched(9, 30)
    factored = Factored.of(x, 5.0)
    every = factored.rows(np.arange(30), None)
    forms: list[ItemItem] = [factored, Dense(every), Sparse(sparse.csr_matrix(every))]
    [model] = [candidate for candidate in forms if isinstance(candidate, form)]
    items = np.array([3, 3, 29, 0])
    alone = [model.neighbours(np.array([item]), 4)[0].tolist() for item in items]
    assert [near.tolist() for near in model.neighbours(items, 4)] == alone
    assert alone[0] == np.argsort(-every[3], kind="stable")[:4].tolist()
    assert model.neighbours(items[:0], 4) == []
