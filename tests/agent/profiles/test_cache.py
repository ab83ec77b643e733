"""Profiles that were read before are kept, and nobody can tell: what is shown is always what a new process would show."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filled_homes import Filled
from small_shop import ITEMS, bought, customers, installation, profiled
from sqlalchemy import event

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.profiles.cache import OpenedProfile, ProfileCache, ProfileQuery
from penchant.store.clock import FixedClock

ADA, BOB = "u00", "u01"
TOLD = ("edits", "statements", "readings", "documents")


@pytest.fixture
def url(store_url: str) -> str | None:
    return None if store_url.startswith("sqlite") else store_url


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock, filled: Filled, url: str | None) -> Iterator[InterestAgent]:
    """Another process: it writes, and the one under test has to notice."""
    home = filled(tmp_path / "home", profiled)
    agent = installation(home, clock, url)
    if url is not None:  # what was filled is in a file
        agent.observe(customers(clock))
        agent.update()
    yield agent
    agent.services.database.close()


@pytest.fixture
def mine(other: InterestAgent, clock: FixedClock, url: str | None) -> Iterator[InterestAgent]:
    agent = installation(other.services.settings.home, clock, url)
    yield agent
    agent.services.database.close()


def _buy(other: InterestAgent, clock: FixedClock) -> None:
    other.observe([bought(ADA, "i3", clock, 0)])
    other.update(ADA)


def _come_late(other: InterestAgent, clock: FixedClock) -> None:
    other.observe([bought(ADA, "i6", clock, 90)])
    other.update(ADA)


def _pin(other: InterestAgent, clock: FixedClock) -> None:
    other.edit(ADA, "pin", other.profile(ADA).interests[-1].id)


def _say(other: InterestAgent, clock: FixedClock) -> None:
    other.edit(ADA, "state", "opera", "dislike")


def _take_back(other: InterestAgent, clock: FixedClock) -> None:
    other.undo(ADA)


def _rename(other: InterestAgent, clock: FixedClock) -> None:
    taxonomy = other.services.taxonomies.current()
    themes = [replace(theme, labels={"en": f"Thing {at}"}) for at, theme in enumerate(taxonomy.themes)]
    other.services.taxonomies.store.save(replace(taxonomy, themes=tuple(themes)))


def _learn(other: InterestAgent, clock: FixedClock) -> None:
    other.observe([bought(f"new{n}", f"i{n % 3}", clock, n % 5) for n in range(60)])
    other.update()


def _befriend(other: InterestAgent, clock: FixedClock) -> None:
    other.onboard("shy", friends=[ADA])


def _forget(other: InterestAgent, clock: FixedClock) -> None:
    other.erase(BOB)


def _restock(other: InterestAgent, clock: FixedClock) -> None:
    other.add_items(
        [item.model_copy(update={"item_id": f"x{n}", "title": f"{item.title} {n}"}) for n, item in enumerate(ITEMS * 4)]
    )
    other.update()


ACTIONS = [_buy, _come_late, _pin, _say, _take_back, _pin, _take_back, _rename, _learn, _befriend, _forget, _restock]


def test_whatever_another_process_does_the_next_read_shows_it(
    mine: InterestAgent, other: InterestAgent, clock: FixedClock, url: str | None
) -> None:
    asked: list[dict[str, Any]] = [
        {},
        {"at": clock.now()},
        {"lang": "zh"},
        {"version": 1},
        {"context": {"day": "weekend"}},
    ]
    changed = 0
    for action in ACTIONS:
        before = mine.profile(ADA)
        action(other, clock)
        anew = installation(other.services.settings.home, clock, url)
        for how in asked:
            assert mine.profile(ADA, **how) == anew.profile(ADA, **how), action.__name__
        mine_live, anew_live = (agent.services.profile_reader.live(ADA) for agent in (mine, anew))
        assert (mine_live.p == anew_live.p).all() and mine_live.paths == anew_live.paths
        changed += mine.profile(ADA) != before
        anew.services.database.close()
    assert changed >= 8  # the actions do change what is shown


def test_a_friend_of_somebody_who_changes_is_shown_what_changed(
    mine: InterestAgent, other: InterestAgent, clock: FixedClock
) -> None:
    mine.onboard("newcomer", friends=[ADA])
    before = mine.profile("newcomer")

    other.observe([bought(ADA, f"i{8 * n + 5}", clock, 0) for n in range(5)])
    other.update(ADA)

    assert mine.profile("newcomer") != before


def test_two_reads_of_an_unchanged_profile_give_the_same_object(mine: InterestAgent) -> None:
    assert mine.profile(ADA) is mine.profile(ADA)
    assert mine.services.profile_reader.live(ADA) is mine.services.profile_reader.live(ADA)


def test_what_is_kept_stays_within_its_bytes(mine: InterestAgent) -> None:
    def read(user: str) -> OpenedProfile:
        return mine.services.profile_reader._read(ProfileQuery(user, None, None, "en"))

    first = ProfileCache().get("any", 1, lambda: read(ADA))
    small = ProfileCache(2 * first.bytes)
    for number in range(20):
        small.get(number, 1, lambda: read(ADA))
    assert 1 <= len(small) <= 2

    mine.onboard("wordy", attributes={"town": "Leeds"})
    assert read("wordy").bytes > 0  # also of whom there is no behaviour

    none = ProfileCache(0)
    assert none.get("any", 1, lambda: read(ADA)).profile == first.profile
    assert len(none) == 0


def test_whoever_is_erased_is_not_kept_in_memory(mine: InterestAgent) -> None:
    for lang in ("en", "zh"):
        mine.profile(ADA, lang=lang)
        mine.profile(BOB, lang=lang)

    mine.erase(ADA)

    assert len(mine.services.profile_cache) == 0


def test_whoever_another_process_erases_is_let_go_of_at_the_next_read_of_anybody(
    mine: InterestAgent, other: InterestAgent
) -> None:
    mine.profile(ADA)
    mine.profile(BOB)

    other.erase(ADA)
    mine.profile(BOB)

    assert len(mine.services.profile_cache) == 1


def test_what_was_read_while_somebody_was_erased_is_not_kept(mine: InterestAgent) -> None:
    cache = ProfileCache()

    def read() -> OpenedProfile:
        cache.forget()
        return mine.services.profile_reader._read(ProfileQuery(ADA, None, None, "en"))

    cache.get("any", 1, read)

    assert len(cache) == 0


def test_a_first_read_asks_for_no_words_edits_or_readings_where_there_are_none(mine: InterestAgent) -> None:
    mine.profile(ADA)
    queries: list[str] = []

    def note(*arguments: Any) -> None:
        queries.append(arguments[2])

    for user in (ADA, BOB):
        mine.services.profile_reader.forget()
        event.listen(mine.services.database.engine, "before_cursor_execute", note)
        mine.profile(user)
        event.remove(mine.services.database.engine, "before_cursor_execute", note)
        asked = [
            table for query in queries for table in TOLD if f"FROM {table} " in query and "profile_heads" not in query
        ]
        assert asked == ["documents"], "what all users taught, once, beside its state and its version"
        queries.clear()
