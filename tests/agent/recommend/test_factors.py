"""Factors: items that never met are related through the company they keep, and a user is the sum of their events."""

import numpy as np

from penchant.agent.recommend.factors import Factors
from penchant.agent.recommend.interactions import Behaviour

KIND = np.repeat([0, 1], 10)


def behaviour(seed: int = 0, users: int = 150) -> Behaviour:
    """Users who take five items of one kind each; items 0 and 9 of the first kind never meet in one user."""
    chance = np.random.default_rng(seed)
    rows = []
    for user in range(users):
        kind = user % 2
        shelf = [item for item in np.flatnonzero(kind == KIND) if item != (0 if user % 4 == 0 else 9)]
        rows += [(user, int(item), step) for step, item in enumerate(chance.choice(shelf, 5, replace=False))]
    users_, items, at = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    order = np.argsort(at, kind="stable")
    moments = at[order].astype(np.float64)
    return Behaviour(users, len(KIND), users_[order], items[order], moments, np.ones(len(moments)))


def test_items_that_never_met_speak_for_each_other_through_their_company() -> None:
    known = behaviour()
    touched = known.matrix()
    assert (touched[:, 0].multiply(touched[:, 9])).nnz == 0
    row = Factors.of(known, rank=4).rows(np.array([0]), None)[0]
    assert row[9] > row[KIND == 1].max()


def test_rows_are_the_same_for_some_candidates_as_for_all_and_no_item_speaks_for_itself() -> None:
    factors, some, items = Factors.of(behaviour(), rank=4), np.array([0, 3, 4, 12]), np.array([3, 12, 7])
    whole = factors.rows(items, None)
    np.testing.assert_allclose(factors.rows(items, some), whole[:, some], atol=1e-6)
    assert whole[np.arange(3), items].tolist() == [0.0, 0.0, 0.0]


def test_what_comes_after_is_told_from_what_came_before() -> None:
    users = np.repeat(np.arange(60), 2)
    items = np.tile([0, 1], 60)
    items[60:] = np.tile([2, 3], 30)
    known = Behaviour(60, 4, users, items, np.arange(120.0), np.ones(120))
    rows = Factors.of(known, rank=2, window=2, ordered=True).rows(np.arange(4), None)
    assert rows[0, 1] > 10 * abs(rows[1, 0])
    assert rows[2, 3] > 10 * abs(rows[3, 2])


def test_no_behaviour_says_nothing() -> None:
    none = np.zeros(0, np.int64)
    rows = Factors.of(Behaviour(0, 3, none, none, np.zeros(0), np.zeros(0))).rows(np.arange(3), None)
    assert rows.tolist() == np.zeros((3, 3)).tolist()


def test_the_same_behaviour_gives_the_same_bytes() -> None:
    first, again = (Factors.of(behaviour(), rank=4) for _ in range(2))
    assert (first.left.tobytes(), first.right.tobytes()) == (again.left.tobytes(), again.right.tobytes())
