"""A store of the first version, which kept ids as they were written, opens with normal ids; nothing is lost or counted twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from recommend_shop import WordEmbedder
from sqlalchemy import insert, select

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.catalogue import Catalogue
from penchant.store.consents import Consents
from penchant.store.database import Database
from penchant.store.documents import Documents
from penchant.store.edits import Edit, Edits
from penchant.store.erase import erase_rows
from penchant.store.ledger import Ledger
from penchant.store.profiles import Profiles
from penchant.store.receipt import Usage
from penchant.store.schema import events, feedback, profile_heads, profile_versions
from penchant.store.usage import UsageLog

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FRIEND: dict[str, Any] = {"user_id": "ada", "at": NOW, "action": "friend"}


def write(database: Database, user_id: str, *event_ids: str, item_id: str = "b1", version: int = 0) -> None:
    """Rows as the first version wrote them."""
    with database.write() as connection:
        for number, event_id in enumerate(event_ids):
            at = NOW + timedelta(hours=number)
            row = {"user_id": user_id, "event_id": event_id, "at": at, "type": "view", "item_id": item_id}
            connection.execute(insert(events), row)
        if version:
            shared = {"user_id": user_id, "version": version}
            row = {"as_of": NOW, "created_at": NOW, "kind": "update", "state": b"s", "receipt": {"seq": 1}}
            connection.execute(insert(profile_versions), shared | row)
            connection.execute(insert(profile_heads), shared)


def opened_again(store_url: str, database: Database) -> Database:
    """The same store, as if this Penchant saw it for the first time."""
    with database.write() as connection:
        for newer in ("webhook_deliveries", "webhooks", "readings"):
            connection.exec_driver_sql(f"DROP TABLE {newer}")
        connection.exec_driver_sql("DROP INDEX ix_idempotency_keys_reasons_for")
        for table, newer in (
            ("jobs", "traceparent"),
            ("idempotency_keys", "headers"),
            ("idempotency_keys", "reasons_for"),
        ):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {newer}")
        connection.exec_driver_sql("ALTER TABLE recommendations RENAME COLUMN given_at TO as_of")
        connection.exec_driver_sql(
            "CREATE TABLE names (language TEXT, key TEXT, owner TEXT, PRIMARY KEY (language, key))"
        )
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0007'")
    database.close()
    return Database.open(store_url)


def test_a_new_store_says_nothing_of_ids(either: Database) -> None:
    assert Documents(either).get("ids-in-normal-form") is None


def test_items_are_found_by_their_normal_ids_and_behaviour_finds_them(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, llm={"provider": "none"})
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        agent.add_items([Item(item_id="tea-1", title="Green tea"), Item(item_id="jam-1", title="Plum jam")])
    catalogue = Catalogue.open(settings, WordEmbedder())
    with catalogue.index.writing() as collection:
        rows: Any = collection.get(ids=["tea-1", "jam-1"], include=["embeddings", "metadatas"])
        old = [f" {name} " for name in rows["ids"]]
        for row, name in zip(rows["metadatas"], rows["ids"], strict=True):
            row["item"] = row["item"].replace(name, f" {name} ")
        collection.add(ids=old, embeddings=rows["embeddings"], metadatas=rows["metadatas"])
        collection.delete(ids=["tea-1"])
    catalogue.close()
    database = Database.open(f"sqlite:///{settings.database_path}")
    write(database, "ada ", "a1", item_id=" tea-1 ")
    opened_again(f"sqlite:///{settings.database_path}", database).close()

    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        agent.update("ada")
        assert agent.profile("ada").n_events == 1
        assert {name: item.title for name, item in agent.services.catalogue.get(["tea-1", "jam-1"]).items()} == {
            "tea-1": "Green tea",
            "jam-1": "Plum jam",
        }
        assert agent.services.catalogue.count() == 2
        assert agent.services.documents.get("ids-in-normal-form")["catalogue"] == 2


def events_of(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as connection:
        rows = connection.execute(select(events.c.user_id, events.c.event_id, events.c.item_id)).all()
    return sorted(tuple(row) for row in rows)


def test_ids_are_brought_into_form_and_users_who_are_one_become_one(store_url: str) -> None:
    database = Database.open(store_url)
    write(database, " ada", "a1", "a2", version=1)
    write(database, "bob", "b1", "b2", version=1)
    write(database, "bob ", "b2", "b3", version=1)
    write(database, "Zoe\u0308", "z1", item_id=" tea-1 ")
    write(database, "a\x07b", "x1")
    Consents(database).record("bob", "llm", granted=True, at=NOW)
    log = UsageLog(database)
    for user in ("bob", "bob "):
        log.add(NOW.date(), "name", user, "m", Usage(calls=1, prompt_tokens=10, completion_tokens=2))
    with database.write() as connection:
        row = {"user_id": "bob ", "item_id": " tea-1 ", "outcome": "liked", "at": NOW}
        connection.execute(insert(feedback), row)

    database = opened_again(store_url, database)

    assert events_of(database) == [
        ("Zo\u00eb", "z1", "tea-1"),
        ("a\x07b", "x1", "b1"),
        ("ada", "a1", "b1"),
        ("ada", "a2", "b1"),
        ("bob", "b1", "b1"),
        ("bob", "b2", "b1"),
        ("bob", "b3", "b1"),
    ]
    assert Documents(database).get("ids-in-normal-form") == {
        "users_renamed": 2,
        "users_merged": 1,
        "events_moved": 4,
        "events_duplicate": 1,
        "items": 1,
        "unreadable": 1,
    }
    assert {user: Profiles(database).head(user) is not None for user in ("ada", "bob", "bob ", " ada")} == {
        "ada": True,
        "bob": True,
        "bob ": False,
        " ada": False,
    }
    assert log.totals(user_id="bob")[0].usage == Usage(calls=2, prompt_tokens=20, completion_tokens=4)
    with database.read() as connection:
        assert connection.execute(select(feedback.c.user_id, feedback.c.item_id)).all() == [("bob", "tea-1")]
    database.close()


def test_friends_are_named_by_their_normal_ids_and_erased_by_them(store_url: str) -> None:
    database = Database.open(store_url)
    write(database, "bob ", "b1")
    for friend in ("bob ", " cleo", "dan"):  # nothing else is known of Cleo
        Edits(database).append(Edit.model_construct(**FRIEND, edit_id=f"to-{friend.strip()}", text=friend))
    Edits(database).append(Edit(user_id="ada", at=NOW, action="state", text=" cleo"))

    database = opened_again(store_url, database)

    assert [edit.text for edit in Edits(database).for_user("ada")] == ["bob", "cleo", "dan", " cleo"]
    assert erase_rows(database, "cleo").removed["friends"] == 1
    database.close()


def test_behaviour_that_moves_counts_as_new_to_the_profile_it_joins(store_url: str) -> None:
    database = Database.open(store_url)
    write(database, "bob ", "b3")
    write(database, "bob", "b1", version=1)
    last = Ledger(database).last_seq()

    database = opened_again(store_url, database)

    with database.read() as connection:
        moved = connection.execute(select(events.c.seq).where(events.c.event_id == "b3")).scalar_one()
    assert moved > last
    database.close()


def test_a_store_in_form_is_left_as_it_is(store_url: str) -> None:
    database = Database.open(store_url)
    write(database, "bob", "b1")
    database = opened_again(store_url, database)
    assert Documents(database).get("ids-in-normal-form") == {}
    assert Ledger(database).count() == 1
    Ledger(database).append([Event(user_id="bob ", type="view", item_id="b1", at=NOW, event_id="b1")])
    assert Ledger(database).count() == 1
    database.close()
