"""Versions of profiles of users with one event, saved as an update saves them."""

from datetime import UTC, datetime
from typing import Any

from penchant.store.database import Database
from penchant.store.event import Event
from penchant.store.ledger import Ledger
from penchant.store.profiles import NewVersion, Profiles

T = datetime(2026, 1, 1, tzinfo=UTC)
SAVED: tuple[set[str], set[str]] = (set(), set())
"""What `Profiles.save` returns if nobody was late and nobody was erased."""


def save_version(
    profiles: Profiles, user: str = "ada", expected: int = 0, state: bytes = b"s", receipt: dict[str, Any] | None = None
) -> tuple[set[str], set[str]]:
    """Save a version after `expected`; return who was late and who has been erased, as `Profiles.save` does."""
    with_an_event(profiles.database, user)
    return profiles.save([NewVersion(user, expected, T, state, receipt or {})])


def with_an_event(database: Database, user: str) -> None:
    """Store the one event of this user."""
    Ledger(database).append([Event(event_id="e", user_id=user, type="view", item_id="i", at=T)])
