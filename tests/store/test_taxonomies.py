"""Versions of the taxonomy: numbered, the newest kept, no parallel writer lost."""

from datetime import UTC, datetime

import pytest

from penchant.errors import ConflictError
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.taxonomies import MAX_VERSIONS, Correction, Taxonomies, TaxonomyVersion

T = datetime(2026, 1, 1, tzinfo=UTC)


def save(taxonomies: Taxonomies, expected: int, body: bytes = b"b") -> int:
    return taxonomies.save(body, expected_version=expected, made_at=T, items=3, themes=2)


def test_versions_count_from_one_and_the_newest_are_kept(either: Database, clock: FixedClock) -> None:
    taxonomies = Taxonomies(either, clock)
    assert (taxonomies.latest_version(), taxonomies.body(1), taxonomies.versions()) == (0, None, [])
    for expected in range(MAX_VERSIONS + 2):
        save(taxonomies, expected, bytes([expected]))
    assert taxonomies.versions() == [TaxonomyVersion(version, T, 3, 2) for version in range(3, MAX_VERSIONS + 3)]
    assert (taxonomies.latest_version(), taxonomies.body(2), taxonomies.body(3)) == (MAX_VERSIONS + 2, None, b"\x02")


def test_a_writer_who_read_another_version_is_refused(either: Database, clock: FixedClock) -> None:
    taxonomies = Taxonomies(either, clock)
    save(taxonomies, 0)
    with pytest.raises(ConflictError, match="at version 1, no longer at 0"):
        save(taxonomies, 0, b"other")
    assert taxonomies.body(1) == b"b"


def test_corrections_stand_in_the_order_they_were_made(either: Database, clock: FixedClock) -> None:
    taxonomies = Taxonomies(either, clock)
    for label in ("Mugs", "Cups"):
        taxonomies.correct("t-1", "rename", {"labels": {"en": label}})
    assert taxonomies.corrections() == [
        Correction(seq, "t-1", "rename", {"labels": {"en": label}}, clock.now())
        for seq, label in ((1, "Mugs"), (2, "Cups"))
    ]
