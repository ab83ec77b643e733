"""The ledger: every event once, in one order, on either database."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penchant.store.database import Database
from penchant.store.event import Event, Media
from penchant.store.ledger import Appended, Ledger, StoredEvent

T0 = datetime(2026, 1, 1, tzinfo=UTC)


def event(number: int = 0, user: str = "ada", **fields: object) -> Event:
    return Event.model_validate(
        {"user_id": user, "type": "view", "at": T0 + timedelta(minutes=number), "event_id": f"e{number}"} | fields
    )


@pytest.fixture
def ledger(either: Database) -> Ledger:
    return Ledger(either)


def test_an_event_comes_back_as_it_was_written(ledger: Ledger) -> None:
    whole_events = [
        event(
            1, type="rating", item_id="b1", value=4.5, context={"device": "phone", "hour": 9, "tags": ["深夜", "late"]}
        ),
        event(2, type="message", text="我想学 Rust 🦀", media=Media(kind="audio", transcript="hello", caption=None)),
        event(3, at=datetime(1999, 7, 20, 20, 17, 40, 123456, UTC)),
    ]
    assert ledger.append(whole_events) == 3
    assert [stored.event for stored in ledger.events("ada")] == [whole_events[2], whole_events[0], whole_events[1]]


def test_a_duplicate_event_counts_once(ledger: Ledger) -> None:
    assert ledger.append([event(1), event(2), event(1)]) == 2
    assert ledger.append([event(2), event(3)]) == 1
    assert ledger.count() == ledger.count("ada") == 3


def test_two_users_may_use_the_same_event_id(ledger: Ledger) -> None:
    assert ledger.append([event(1), event(1, user="bob")]) == 2
    assert (ledger.users(), ledger.counts()) == (["ada", "bob"], {"ada": 1, "bob": 1})
    assert ledger.known_users(["bob", "cleo"]) == {"bob"}
    assert [ledger.has_users_besides(users) for users in (["ada"], ["bob", "ada"], [])] == [True, False, True]


def test_a_duplicate_that_says_something_else_is_pointed_out_and_the_first_stands(ledger: Ledger) -> None:
    first = event(1, value=1)
    batch = [event(0), first, event(1, value=2), first]
    assert ledger.append_and_compare(batch) == Appended(2, (2,))
    assert ledger.append_and_compare([first, event(1, context={"device": "tv"})]) == Appended(0, (1,))
    assert ledger.get("ada", ["e1", "e9"]) == {"e1": first}


def test_an_event_that_was_stored_before_under_another_id_is_found(ledger: Ledger) -> None:
    ledger.append([event(1), event(2)])
    before = ledger.last_seq()
    batch = [event(1, event_id="f1", value=2), event(2), event(3), event(2, event_id="f2", type="like")]
    ledger.append([*batch, event(3, event_id="f3")])
    assert ledger.repeated(batch, before) == [0]
    assert ledger.repeated(batch, 0) == []


def test_events_come_in_order_of_time_then_id_whatever_the_order_of_arrival(ledger: Ledger) -> None:
    same_moment = [event(5, event_id=name) for name in ("é", "b", "B", "a-1", "a", "日")]
    ledger.append([event(9), *same_moment, event(1)])
    expected = ["e1", *sorted(e.event_id for e in same_moment), "e9"]
    assert [stored.event.event_id for stored in ledger.events("ada")] == expected


def test_only_what_is_new_can_be_asked_for(ledger: Ledger) -> None:
    ledger.append([event(1), event(8)])
    seen = ledger.last_seq()
    assert seen == max(stored.seq for stored in ledger.events("ada"))
    ledger.append([event(8), event(4), event(6)])
    assert [stored.event for stored in ledger.events("ada", after_seq=seen)] == [event(4), event(6)]
    assert [stored.event for stored in ledger.events("ada", until=event(6).at)] == [event(1), event(4), event(6)]


def test_recent_is_newest_first(ledger: Ledger) -> None:
    ledger.append([event(n) for n in (3, 1, 4, 2)])
    assert ledger.recent("ada", 2) == [event(4), event(3)]


def test_an_empty_ledger_answers_everything(ledger: Ledger) -> None:
    nothing = ledger.interactions()
    assert (ledger.append([]), ledger.count(), ledger.users(), ledger.last_seq(), ledger.events("ada")) == (
        0,
        0,
        [],
        0,
        [],
    )
    assert (len(nothing), nothing.users, nothing.items, nothing.types) == (0, [], [], [])


def test_text_that_a_database_cannot_hold_is_written_without_it(ledger: Ledger) -> None:
    odd = event(1, text="a\0b", context={"note": "x\0y", "broken": "\ud800"})
    assert ledger.append([odd]) == 1
    assert ledger.append_and_compare([odd]) == Appended(0, ())
    assert ledger.events("ada")[0].event == odd.model_copy(update={"text": "ab"})


def test_more_events_than_one_statement_takes_can_be_looked_up(ledger: Ledger) -> None:
    many = [event(n) for n in range(4_500)]
    assert ledger.append(many) == 4_500
    assert ledger.append_and_compare(many) == Appended(0, ())
    assert len(ledger.get("ada", (e.event_id for e in many))) == 4_500


def test_interactions_are_the_events_about_items_as_columns(ledger: Ledger) -> None:
    ledger.append(
        [
            event(3, user="bob", type="rating", item_id="x", value=5),
            event(1, item_id="z"),
            event(2, item_id="x"),
            event(2, user="bob", type="search", text="no item"),
        ]
    )
    all_of_them = ledger.interactions()
    assert (all_of_them.users, all_of_them.items, all_of_them.types) == (["ada", "bob"], ["x", "z"], ["rating", "view"])
    assert all_of_them.user.tolist() == [0, 0, 1]
    assert all_of_them.item.tolist() == [1, 0, 0]
    assert all_of_them.type.tolist() == [1, 1, 0]
    assert all_of_them.at.tolist() == [int(event(n).at.timestamp() * 1e6) for n in (1, 2, 3)]
    np.testing.assert_array_equal(all_of_them.value, [np.nan, np.nan, 5.0])
    assert ledger.interactions(until=event(1).at).items == ["z"]
    assert ledger.interactions(user_ids=["bob", "nobody"]).users == ["bob"]
    assert len(ledger.interactions(user_ids=[])) == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["ada", "bob"])), max_size=40), data=st.data())
def test_the_ledger_is_the_same_in_whatever_order_and_batches_it_was_written(
    numbers: list[tuple[int, str]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = [event(number, user=user, item_id=f"i{number % 3}") for number, user in numbers]
    shuffled = data.draw(st.permutations(written))
    cut = data.draw(st.integers(0, len(written)))
    ledgers = [Ledger(Database.open(f"sqlite:///{tmp_path_factory.mktemp('law') / 'l.db'}")) for _ in range(2)]
    accepted = (ledgers[0].append(written), ledgers[1].append(shuffled[:cut]) + ledgers[1].append(shuffled[cut:]))
    assert accepted == (len(set(numbers)), len(set(numbers)))
    views = [
        (
            [[stored.event for stored in ledger.events(user)] for user in ("ada", "bob")],
            [
                column.tolist() if hasattr(column, "tolist") else column
                for column in vars(ledger.interactions()).values()
            ][:-1],
        )
        for ledger in ledgers
    ]
    for ledger in ledgers:
        ledger.database.close()
    assert views[0] == views[1]


def test_stored_events_carry_their_place_of_arrival(ledger: Ledger) -> None:
    ledger.append([event(2)])
    ledger.append([event(1)])
    first, second = ledger.events("ada")
    assert (first, second) == (StoredEvent(first.seq, event(1)), StoredEvent(second.seq, event(2)))
    assert first.seq > second.seq
