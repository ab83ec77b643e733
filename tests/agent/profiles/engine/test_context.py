"""Interests by circumstance: shrunk to the overall ones by evidence."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_world import START, World, event

from penchant.agent.profiles.engine.evidence import FIXED, circumstances, contextual, fixed_contexts, named_contexts
from penchant.agent.profiles.updater import Updater
from penchant.errors import UsageError

PHONE, DESK = {"device": "phone"}, {"device": "desk"}


@pytest.fixture
def updater(tmp_path: Path) -> Updater:
    """Ada listens to jazz on her phone and reads novels at her desk, equally often."""
    world = World(f"sqlite:///{tmp_path / 'a.db'}")
    world.ledger.append([event(f"jazz-{n % 6}", n, event_id=f"j{n}", context=PHONE) for n in range(12)])
    world.ledger.append([event(f"novel-{n % 6}", n + 0.5, event_id=f"n{n}", context=DESK) for n in range(12)])
    updater = world.updater
    updater.update(["ada"])
    return updater


def strengths(updater: Updater, context: dict[str, str] | None) -> dict[str, float]:
    return {node.label: node.strength for node in updater.reader.profile("ada", context=context).interests}


def test_a_circumstance_shows_what_the_user_likes_in_it(updater: Updater) -> None:
    overall, phone, desk = (strengths(updater, context) for context in (None, PHONE, DESK))
    assert phone["Music & Audio"] > overall["Music & Audio"] > desk["Music & Audio"]
    assert abs(sum(phone.values()) - 1) < 1e-9


def test_a_circumstance_nobody_has_seen_changes_nothing(updater: Updater) -> None:
    assert strengths(updater, {"place": "the moon"}) == strengths(updater, None)


def test_hours_fall_into_bands_and_days_into_two_kinds() -> None:
    assert circumstances({"hour": "20", "day": "weekend", "place": "home"}) == (
        "hour:evening",
        "day:weekend",
        "place:home",
    )
    thursday, saturday = (START + timedelta(days=day) for day in (0.4, 2.1))
    at = np.array([thursday.timestamp(), saturday.timestamp()])
    bands = fixed_contexts(at, {0: {"hour": 20}})
    assert [[FIXED[column] for column in row] for row in bands] == [
        ["hour:evening", "day:weekday"],
        ["hour:night", "day:weekend"],
    ]
    assert named_contexts({"hour": 20, "device": "tv", "gift": True}) == ("device:tv", "gift:yes")


@pytest.mark.parametrize(
    "asked", [{"hour": "24"}, {"hour": "²"}, {"hour": "late"}, {"day": "monday"}, {"mood": "fine"}, {"place": ""}]
)
def test_what_is_no_circumstance_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="is not a circumstance"):
        circumstances(asked)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 50)), min_size=1, max_size=8))
def test_a_circumstance_moves_shares_and_keeps_their_sum(rows: list[tuple[float, float]]) -> None:
    p = np.array([share for share, _ in rows]) + 0.01
    p /= p.sum()
    moved = contextual(p, [{"device:tv": seen} for _, seen in rows], ["device:tv"])
    assert abs(moved.sum() - 1.0) < 1e-9
    assert (moved >= 0).all()
