"""Behaviour as it comes in: a list knows what was taken together a moment ago, in every process, and forgets whom it must."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recommend_shop import NOW, Shop

from penchant.agent.recommend import candidates
from penchant.agent.recommend.interactions import Behaviour
from penchant.agent.recommend.recent import EVENTS_OF_USER, HALF_LIFE, Recent
from penchant.store.event import Event
from penchant.store.item import Item

ITEMS = 8
events = st.lists(st.tuples(st.integers(0, 5), st.integers(0, ITEMS - 1), st.integers(0, 40)), max_size=40)


def recent(rows: list[tuple[int, int, int]]) -> Recent:
    rows = sorted(rows, key=lambda row: row[2])
    users, items, at = (np.array([row[part] for row in rows], np.int64) for part in range(3))
    return Recent.of(Behaviour(6, ITEMS, users, items, np.asarray(at * 3_600.0, np.float64), np.ones(len(rows))))


@given(events, st.integers(0, 41))
def test_what_is_taken_together_is_the_fading_sum_over_shared_users_before_the_moment(
    rows: list[tuple[int, int, int]], hour: int
) -> None:
    at = hour * 3_600.0
    before = [row for row in sorted(rows, key=lambda row: row[2]) if row[2] < hour]
    expected = np.zeros((ITEMS, ITEMS))
    for user, item, _ in before:
        theirs = [row for row in before if row[0] == user][-EVENTS_OF_USER:]
        for _, other, then in theirs:
            expected[item, other] += (other != item) * 0.5 ** ((at - then * 3_600.0) / HALF_LIFE)
    found = recent(rows).together(np.arange(ITEMS), at, None)
    np.testing.assert_allclose(found, np.log1p(expected), rtol=1e-5, atol=1e-6)
    some = np.array([1, 4, 6])
    np.testing.assert_allclose(recent(rows).together(np.arange(ITEMS), at, some), found[:, some], atol=1e-7)
    for item, near in enumerate(recent(rows).neighbours(np.arange(ITEMS), at, 3)):
        assert [expected[item, other] for other in near] == pytest.approx(
            sorted(expected[item], reverse=True)[: len(near)]
        )


@pytest.mark.parametrize("whole_up_to", [5_000, 10], ids=["whole catalogue", "retrieved"])
def test_an_item_born_an_hour_ago_is_listed_to_those_whose_like_have_taken_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole_up_to: int
) -> None:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", whole_up_to)
    shop = Shop(tmp_path)
    born = NOW - timedelta(hours=1)
    shop.stock([Item(item_id="fresh", title="something else entirely", domain="shop", created_at=born)])
    fitted = shop.recommender.model_store.current(NOW, 200.0)
    first = shop.ledger.recent("u1", 1)[0].item_id
    before = [row.item_id for row in shop.recommender.recommend("u1", 60).items].index("fresh")
    for number in range(6):
        at = NOW - timedelta(minutes=30 - number)
        shop.ledger.append(
            [Event(user_id=f"new{number}", type="click", item_id=item, at=at) for item in (str(first), "fresh")]
        )
    assert shop.recommender.model_store.current(NOW, 200.0) is fitted  # nothing was fitted again
    listed = shop.recommender.recommend("u1", 60).items
    row = next(row for row in listed if row.item_id == "fresh")
    assert row.rank - 1 < before
    assert sum(part.value for part in row.contributions) == pytest.approx(row.score, abs=1e-6)
    assert any(part.signal == "collaborative" and part.value > 0 for part in row.contributions)


@given(events, st.integers(0, 41), st.integers(-30, 40))
def test_how_much_of_what_is_chosen_now_is_new_is_counted_over_items_with_a_date(
    rows: list[tuple[int, int, int]], hour: int, born: int
) -> None:
    created = np.full(ITEMS, np.nan)
    created[: ITEMS // 2] = born * 3_600.0
    before = [row for row in rows if row[2] < hour]
    new = [item < ITEMS // 2 and 0 <= then - born < 24 for _, item, then in before]
    assert recent(rows).share_of_new(hour * 3_600.0, created) == pytest.approx(np.mean(new) if new else 0.0)


def test_a_users_own_events_say_nothing_of_what_others_take_together(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ledger.append(
        [Event(user_id="lone", type="view", item_id=item, at=NOW - timedelta(hours=1)) for item in ("tea-1", "clock-9")]
    )
    newest = shop.recommender.newest.current(shop.recommender.model_store.space())
    position = newest.codes["lone"]
    assert position >= 0
    space = shop.recommender.model_store.space()
    items = space.positions(["tea-1"])
    own = newest.together(items, NOW.timestamp(), None)[0, space.position["clock-9"]]
    others = newest.together(items, NOW.timestamp(), None, "lone")[0, space.position["clock-9"]]
    assert others < own


def test_two_processes_give_the_same_list_after_the_same_events(tmp_path: Path) -> None:
    from penchant.agent.recommend.recent import LiveBehaviour

    shop = Shop(tmp_path)
    space = shop.recommender.model_store.space()
    first, other = (LiveBehaviour(shop.ledger, shop.event_weights) for _ in range(2))
    first.current(space)
    for number in range(3):
        shop.ledger.append(
            [Event(user_id=f"n{number}", type="click", item_id="tea-2", at=NOW - timedelta(minutes=number))]
        )
        first.current(space)
    mine, theirs = first.current(space), other.current(space)
    assert (mine.at.tolist(), mine.items.tolist()) == (theirs.at.tolist(), theirs.items.tolist())
    assert first.current(space) is mine


def test_a_changed_catalogue_is_served_at_once_by_the_models_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(tmp_path)
    store = shop.recommender.model_store
    before = store.current(NOW, 200.0)
    plain = {row.item_id: row.score for row in shop.recommender.recommend("u2", 60).items}
    monkeypatch.setattr(store, "_fit", None)  # anything fitted again would raise
    shop.stock(
        [Item(item_id="aa-new", title="red small tea", domain="shop"), Item(item_id="zz-new", title="wooden clock")]
    )
    listing = shop.recommender.recommend("u2", 62)
    assert {"aa-new", "zz-new"} <= {row.item_id for row in listing.items}
    after = store.current(NOW, 200.0)
    old, items = after.space.positions(before.space.ids), np.arange(5)
    for name in ("shared", "similar", "following", "factors", "order"):
        rows = getattr(after, name).rows(old[items], None)
        np.testing.assert_allclose(rows[:, old], getattr(before, name).rows(items, None), atol=1e-6)
        near = getattr(before, name).neighbours(items[:1], 3)[0]
        assert getattr(after, name).neighbours(old[items[:1]], 3)[0].tolist() == old[near].tolist()
    assert after.popularity[old].tolist() == before.popularity.tolist()
    for row in listing.items:
        if row.item_id in plain:
            assert sum(part.value for part in row.contributions) == pytest.approx(row.score, abs=1e-6)


def test_much_that_is_new_is_fitted_before_it_is_listed(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    before = shop.recommender.model_store.current(NOW, 200.0)
    shop.stock([Item(item_id=f"new-{n}", title=f"new thing {n}") for n in range(30)])
    after = shop.recommender.model_store.current(NOW, 200.0)
    assert (len(after.space), type(after.shared)) == (90, type(before.shared))
