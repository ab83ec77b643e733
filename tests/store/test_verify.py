"""`verify` recomputes what the store claims: each kind of damage is found, on either database, and a sound store is sound."""

from datetime import UTC, datetime

import pytest
from profile_versions import save_version

from penchant.store.database import Database
from penchant.store.documents import Documents
from penchant.store.edits import Edit, Edits
from penchant.store.profiles import Profiles
from penchant.store.recommendation import Recommendation
from penchant.store.recommendations import Feedback, Recommendations
from penchant.store.schema import REVISION
from penchant.store.verify import verify

T = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def lived(either: Database) -> Database:
    """A store in which a little of everything has happened."""
    for expected in range(3):
        save_version(Profiles(either), expected=expected)
    Edits(either).append(Edit(user_id="ada", at=T, action="pin"))
    Documents(either).put("prior", {"a": 1})
    Documents(either).put("prior", {"a": 2})
    lists = Recommendations(either)
    lists.save(Recommendation(recommendation_id="r", user_id="ada", as_of=T, profile_version=3))
    lists.add_feedback(Feedback(user_id="ada", item_id="i", outcome="shown", at=T, recommendation_id="r"))
    return either


def test_a_sound_store_is_sound(lived: Database) -> None:
    assert verify(lived) == []


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        (
            "DELETE FROM profile_versions WHERE version = 2",
            "user 'ada' has 2 profile versions numbered 1 to 3: some are missing",
        ),
        ("UPDATE profile_heads SET version = 1", "the newest profile version of user 'ada' is 3, its head says 1"),
        ("DELETE FROM profile_heads", "the newest profile version of user 'ada' is 3, its head says None"),
        (
            "DELETE FROM documents WHERE version = 1",
            "document 'prior' has 1 versions numbered up to 2: some are missing",
        ),
        ("UPDATE events SET user_id = ''", "events without a user, an id or a type: 1"),
        ("UPDATE edits SET undone_at = at - 1", "edits taken back before they were made: 1"),
        ("UPDATE feedback SET user_id = 'bob'", "pieces of feedback on another user's recommendation: 1"),
        (
            "UPDATE alembic_version SET version_num = '0000'",
            f"the tables stand at revision 0000, this Penchant expects {REVISION}",
        ),
    ],
)
def test_damage_is_found_and_named(lived: Database, damage: str, finding: str) -> None:
    with lived.write() as connection:
        assert connection.exec_driver_sql(damage).rowcount == 1

    assert verify(lived) == [finding]
