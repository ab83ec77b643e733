"""Everything else that is remembered, on either database: documents, edits, lists, feedback, cost, consents."""

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect

from penchant.errors import ConflictError, NotFoundError, StoreError, UsageError
from penchant.store import migrations
from penchant.store.clock import FixedClock
from penchant.store.consents import Consent, Consents
from penchant.store.database import Database
from penchant.store.documents import Document, Documents
from penchant.store.edits import Edit, Edits
from penchant.store.receipt import Usage
from penchant.store.recommendation import Recommendation
from penchant.store.recommendations import Feedback, Recommendations, RecommendationStats, parse_outcome
from penchant.store.schema import REVISION, metadata
from penchant.store.usage import UsageLog, UsageTotal
from penchant.store.verify import verify

T = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_document_keeps_every_version_and_saves_only_what_is_new(either: Database, clock: FixedClock) -> None:
    documents = Documents(either, clock)

    numbers = [documents.put("prior", body) for body in ({"a": 1}, {"a": 1}, {"a": 2, "零": None})]

    assert numbers == [1, 1, 2]
    assert documents.head("prior") == Document("prior", 2, {"a": 2, "零": None}, clock.now())
    assert (documents.get("prior", 1), documents.get("other"), documents.get("prior", 9)) == ({"a": 1}, None, None)
    with pytest.raises(ConflictError, match="at version 2, not 1"):
        documents.put("prior", {}, expected_version=1)
    assert documents.rewrite("prior", {}) == 2
    assert [documents.get("prior", version) for version in (1, 2)] == [{}, {}]
    assert verify(either) == []


def test_edits_stand_as_they_stood_then_and_the_newest_is_taken_back_first(either: Database) -> None:
    edits = Edits(either)
    pin, state = (
        Edit(user_id="ada", edit_id=name, at=T + timedelta(days=day), action=action, path=("Music", "Jazz"), text=text)
        for name, day, action, text in [("one", 0, "pin", None), ("two", 1, "state", "爵士")]
    )

    assert [edits.append(edit) for edit in (pin, state, pin)] == [True, True, False]
    undone = edits.undo("ada", T + timedelta(days=2))

    assert undone == state.model_copy(update={"undone_at": T + timedelta(days=2)})
    assert edits.for_user("ada") == [pin, undone]
    assert edits.for_user("ada", until=T + timedelta(days=1)) == [pin, state]
    with pytest.raises(UsageError, match="cannot be undone as of an earlier time"):
        edits.undo("ada", T - timedelta(days=1))
    assert edits.undo("bob", T) is None


def test_feedback_goes_with_a_list_the_user_was_given(either: Database) -> None:
    lists = Recommendations(either)
    given = Recommendation(recommendation_id="r1", user_id="ada", as_of=T, profile_version=1)
    lists.save(given)
    lists.save(given)
    clicked = Feedback(user_id="ada", item_id="i", outcome="clicked", at=T, recommendation_id="r1")
    rated = Feedback(user_id="ada", item_id="i", outcome="rated", rating=4, at=T)
    for feedback in (clicked, rated):
        lists.add_feedback(feedback)

    assert (lists.get("r1"), lists.feedback("ada"), lists.feedback("bob")) == (given, [clicked, rated], [])
    assert list(lists.with_feedback()) == [(given, [clicked])]
    assert lists.stats() == RecommendationStats(1, {"clicked": 1, "rated": 1})
    with pytest.raises(NotFoundError, match="user 'bob' was never given"):
        lists.add_feedback(clicked.model_copy(update={"user_id": "bob"}))
    with pytest.raises(NotFoundError, match="no recommendation 'r9'"):
        lists.get("r9")


@pytest.mark.parametrize(
    ("text", "meant"), [("shown", ("shown", None)), ("liked", ("liked", None)), ("rated:4.5", ("rated", 4.5))]
)
def test_outcomes_are_read(text: str, meant: tuple[str, float | None]) -> None:
    assert parse_outcome(text) == meant


@pytest.mark.parametrize("text", ["", "loved", "rated", "rated:", "rated:much", "rated:-3", "rated:0", "shown:1"])
def test_what_is_no_outcome_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_outcome(text)


def test_parallel_costs_all_count(either: Database) -> None:
    log = UsageLog(either)
    used = Usage(calls=1, prompt_tokens=10, completion_tokens=2)

    def spend() -> None:
        for _ in range(10):
            log.add(date(2026, 1, 1), "name", "ada", "m", used)

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.add(date(2026, 1, 2), "ask", None, "m", used)

    whole = Usage(calls=80, prompt_tokens=800, completion_tokens=160)
    assert log.totals(["step", "user_id"]) == [UsageTotal(("ask", ""), used), UsageTotal(("name", "ada"), whole)]
    assert log.totals(user_id="ada") == [UsageTotal((), whole)]
    assert log.totals(since=date(2026, 1, 2)) == [UsageTotal((), used)]
    assert log.totals(user_id="nobody") == [UsageTotal((), Usage())]


def test_consents_hold_in_the_order_they_were_given(either: Database) -> None:
    consents = Consents(either)
    for granted in (True, False):
        consents.record("ada", "llm", granted=granted, at=T)
    consents.record("bob", "profile", granted=False, at=T)

    assert consents.standing("ada") == {"llm": Consent("llm", False, T)}
    asked = [consents.allows(user, purpose) for user in ("ada", "bob") for purpose in ("profile", "llm")]
    assert asked == [True, False, False, True]
    assert list(map(consents.refuses("llm"), ["ada", "bob", "carl"])) == [True, False, False]
    assert Consents(either, default=False).refuses("llm")("carl")


def test_the_migrations_lead_to_the_tables_that_a_new_database_gets_at_once(either: Database) -> None:
    with either.write() as connection:
        at_once = _tables(connection)
        assert migrations.revision_of(connection) == REVISION
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")

        migrations.take_steps(connection, None)

        assert _tables(connection) == at_once
        assert migrations.revision_of(connection) == REVISION


def test_a_store_that_was_not_filled_yet_is_filled(store_url: str) -> None:
    database = Database.open(store_url)
    with database.write() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DELETE FROM alembic_version")
    database.close()

    opened = Database.open(store_url)
    with opened.read() as connection:
        assert migrations.revision_of(connection) == REVISION
    opened.close()


def _tables(connection: Connection) -> dict[str, Any]:
    """Everything that the database says of its tables, by name."""
    seen = inspect(connection)
    return {
        name: {
            "columns": [column | {"type": str(column["type"])} for column in seen.get_columns(name)],
            "primary key": seen.get_pk_constraint(name),
            "foreign keys": sorted(map(repr, seen.get_foreign_keys(name))),
            "unique": sorted(map(repr, seen.get_unique_constraints(name))),
            "checks": sorted(map(repr, seen.get_check_constraints(name))),
            "indexes": sorted(map(repr, seen.get_indexes(name))),
        }
        for name in seen.get_table_names()
    }


def test_each_migration_has_a_number_of_its_own_and_follows_one_other() -> None:
    from alembic.script import ScriptDirectory

    scripts = list(ScriptDirectory.from_config(migrations.config()).walk_revisions())
    files = list(Path(migrations.__file__).parent.glob("versions/0*.py"))
    assert [script.revision for script in scripts] == sorted((path.name[:4] for path in files), reverse=True)
    assert scripts[0].revision == REVISION


def test_a_name_that_no_database_can_store_is_a_mistake_of_the_caller(either: Database) -> None:
    with pytest.raises(UsageError):
        list(Recommendations(either).pages("r-1\0"))


def test_a_store_of_a_newer_penchant_is_left_alone(store_url: str) -> None:
    database = Database.open(store_url)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    with pytest.raises(StoreError, match="written by a newer Penchant"):
        Database.open(store_url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://localhost/x", "scheme 'mysql' is not supported: use sqlite:///"),
        ("nonsense", "cannot be read: use sqlite:///"),
        ("sqlite://", "forgets everything"),
        ("sqlite:///:memory:", "forgets everything"),
    ],
)
def test_a_url_that_cannot_work_is_refused_with_one_that_can(url: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        Database.open(url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:////nowhere/at/all.db", "check that the folder exists"),
        ("postgresql+psycopg://ada:sesame@127.0.0.1:9/none", r"ada:\*\*\*@127.0.0.1:9"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as caught:
        Database.open(url)
    assert "sesame" not in str(caught.value)


def test_a_file_that_is_no_database_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"once upon a time " * 999)

    with pytest.raises(StoreError, match=r"is damaged .* restore it from a backup, or move it away"):
        Database.open(f"sqlite:///{tmp_path / 'store.db'}")


@pytest.mark.parametrize("name", ["what?1", "100%41", "a#b", "?x=1&mode=memory", "file:x", "ö 中"])
def test_a_database_lies_where_its_path_says_whatever_is_in_its_name(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()

    Database.in_file(folder / "penchant.db").close()

    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (folder / "penchant.db").stat().st_size > 0
