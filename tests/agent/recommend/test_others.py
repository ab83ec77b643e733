"""What is said of others is about others, in a shop of two as in any; and what has no date is not new."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recommend_shop import NOW, Shop

from penchant.agent.recommend.interactions import Behaviour, ItemSpace, UserEvidence
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.others import Others, count_others, own_items, values_by_others
from penchant.agent.recommend.request_rules import NO_RULES, RequestRules
from penchant.store.event import Event
from penchant.store.item import Item

OTHERS = ("collaborative", "trending", "popularity")
N = 6
AT = 100 * 86_400.0
rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, N - 1), st.integers(1, 99)), min_size=1, max_size=40)


def shop_of_two(home: Path) -> Shop:
    """Ann looks at three things again and again, Bob at one of them once."""
    shop = Shop(home, users=0)
    ann = [("tea-1", 5), ("clock-9", 4), ("lamp-3", 3), ("tea-1", 2), ("clock-9", 1), ("toy-2", 1)]
    events = [Event(user_id="ann", type="view", item_id=item, at=NOW - timedelta(hours=ago)) for item, ago in ann]
    bob = [("toy-2", 7), ("book-4", 6)]
    events += [Event(user_id="bob", type="view", item_id=item, at=NOW - timedelta(hours=ago)) for item, ago in bob]
    shop.ledger.append(events)
    return shop


def test_in_a_shop_of_two_the_users_own_events_are_not_what_others_did(tmp_path: Path) -> None:
    listed = {row.item_id: row for row in shop_of_two(tmp_path).recommender.recommend("ann", 60).items}
    for item in ("tea-1", "clock-9", "lamp-3"):  # nobody else has looked at them
        assert {part.signal for part in listed[item].contributions} & set(OTHERS) == set()
        assert "ther" not in listed[item].explanation.text
    assert {part.signal for part in listed["book-4"].contributions} & set(OTHERS)
    for row in listed.values():
        assert sum(part.value for part in row.contributions) == pytest.approx(row.score, abs=1e-6)


def test_others_are_counted_without_the_user_before_and_after_a_fit(tmp_path: Path) -> None:
    shop = shop_of_two(tmp_path)
    shop.recommender.recommend("ann", 5)  # fitted now
    later = [("ann", "toy-2"), ("bob", "toy-2"), ("cid", "toy-2"), ("cid", "tea-1")]
    shop.ledger.append(
        [Event(user_id=who, type="click", item_id=item, at=NOW - timedelta(minutes=9)) for who, item in later]
    )
    ranking = shop.recommender.ranking("ann", 60)
    position = ranking.models.space.position
    counted = {item: ranking.others(position[item]) for item in ("toy-2", "tea-1", "clock-9", "book-4")}
    assert counted == {
        "toy-2": Others(3, 3, 1),  # Bob twice, Cid once; of them Cid has tea-1 too
        "tea-1": Others(1, 1, 1),
        "clock-9": Others(),
        "book-4": Others(1, 1, 1),
    }


def known(all_rows: list[tuple[int, int, int]]) -> tuple[ItemModels, CurrentSignals]:
    ordered = sorted(all_rows, key=lambda row: row[2])
    users, items, days = (np.array([row[part] for row in ordered], np.int64) for part in range(3))
    space = ItemSpace(tuple("abcdef"), np.eye(N, dtype=np.float32))
    models = ItemModels.fit(
        space, Behaviour(4, N, users, items, np.asarray(days * 86_400.0, np.float64), np.ones(len(ordered)))
    )
    return models, CurrentSignals.of(models, AT)


@settings(deadline=None, max_examples=50)  # each fits models of items
@given(rows)
def test_counts_by_others_are_the_counts_without_the_users_events(all_rows: list[tuple[int, int, int]]) -> None:
    """User 0 asks. First and last stands somebody else's event, so that both spans are the same."""
    ends = [(1, 0, 0), (1, 0, 99)]
    mine = sorted((row for row in all_rows if row[0] == 0), key=lambda row: -row[2])
    models, moment = known([*ends, *all_rows])
    _, without = known([*ends, *(row for row in all_rows if row[0] != 0)])
    items, at = np.array([row[1] for row in mine], np.int64), np.array([row[2] for row in mine]) * 86_400.0
    none = np.full(len(mine), -1, np.int64)
    evidence = UserEvidence(tuple(map(str, range(len(mine)))), items, at, np.ones(len(mine)), none)
    counted = [place for place, name in enumerate(moment.names) if not name.startswith("begun")]
    found = values_by_others(models, moment, evidence, None)
    np.testing.assert_allclose(found[counted], without.values[counted], atol=2e-4)
    some = np.array([1, 4])
    np.testing.assert_allclose(values_by_others(models, moment, evidence, some), found[:, some])
    own = own_items(models, evidence, None, None)
    share = own.share(own.columns)
    taken = [{row[0] for row in [*ends, *all_rows] if row[1] == item} for item in range(N)]
    for event, item in enumerate(items.tolist()):
        for place, column in enumerate(own.columns.tolist()):
            people = taken[item] & taken[column]
            assert share[event, place] == pytest.approx(len(people - {0}) / len(people), abs=1e-3)
    for item in range(N):
        ever = sum(row[0] != 0 and row[1] == item for row in [*ends, *all_rows])
        [of_others] = count_others(models, moment, evidence, user_id="u0", items=np.array([item]))
        assert of_others.ever == ever


def test_likeness_by_company_says_of_how_many(tmp_path: Path) -> None:
    shop = shop_of_two(tmp_path)
    listed = shop.recommender_lists().similar("toy-2", 60, NO_RULES, "en").items
    why = {row.item_id: row.why for row in listed}
    assert why["book-4"] == "One person who chose “small wooden toy” also chose it."


def test_what_has_no_date_is_not_new(tmp_path: Path) -> None:
    shop = shop_of_two(tmp_path)
    shop.stock([Item(item_id="dated", title="red paper kite", created_at=NOW - timedelta(hours=1))])
    listed = shop.recommender.recommend("nobody", 61).items
    new = {row.item_id for row in listed if any(part.signal == "freshness" for part in row.contributions)}
    assert new == {"dated"}
    assert {row.item_id for row in listed if "new" in row.explanation.text} == {"dated"}


def test_what_is_new_is_so_as_of_the_list_and_not_of_what_the_user_did_last(tmp_path: Path) -> None:
    shop = shop_of_two(tmp_path)
    shop.stock([Item(item_id="old", title="red paper kite", created_at=NOW - timedelta(days=600))])
    long_ago = Event(user_id="cid", type="view", item_id="lamp-3", at=NOW - timedelta(days=590))
    shop.ledger.append([long_ago])
    for user in ("cid", "nobody"):
        reasons = {row.item_id: row.explanation.text for row in shop.recommender.recommend(user, 61).items}
        assert "new" not in reasons["old"]


def test_the_latest_are_the_dated_by_date_then_the_others_as_they_were_imported(tmp_path: Path) -> None:
    shop = shop_of_two(tmp_path)
    dates = [NOW - timedelta(days=days) for days in (300, 2)]
    shop.stock([Item(item_id=f"kite-{at:%j}", title="kite", created_at=at) for at in dates])
    shop.stock([Item(item_id="aa", title="kite"), Item(item_id="soon", title="kite", created_at=NOW + timedelta(1))])
    listed = shop.recommender_lists().latest(63, NO_RULES, "en").items
    undated = [item.item_id for item in shop.items]
    assert [row.item_id for row in listed] == [f"kite-{at:%j}" for at in reversed(dates)] + [*undated, "aa"]
    assert listed[2].why == "It has no date."


def test_what_appears_later_is_in_no_list_until_then_and_the_reason_says_when(tmp_path: Path) -> None:
    shop = shop_of_two(tmp_path)
    shop.stock([Item(item_id="soon", title="red paper kite", created_at=NOW + timedelta(days=30))])

    listed = shop.recommender.recommend("u1", 61, rules=RequestRules.of(pin=["soon"]))
    similar = shop.recommender_lists().similar(shop.items[0].item_id, 61, NO_RULES, "en").items
    later = shop.recommender.recommend("u1", 61, at=NOW + timedelta(days=31))

    assert "soon" not in {*(row.item_id for row in listed.items), *(row.item_id for row in similar)}
    assert "'soon' is not pinned to place 1: it has not appeared yet" in [note.reason for note in listed.degraded]
    assert shop.recommender.explain("u1", "soon").why_not[0].startswith("It does not appear until ")
    assert "soon" in {row.item_id for row in later.items}
