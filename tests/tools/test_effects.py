"""What a capability declares of its effects is what the database shows, before and after."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.engine import URL

from penchant import InterestAgent
from penchant.tools import calling
from penchant.tools.registry import Capability, capabilities

CALLS: dict[str, dict[str, Any]] = {
    "record_events": {"user_id": "ada", "events": [{"type": "purchase", "item_id": "nature-4"}]},
    "update_profile": {"user_id": "ada"},
    "get_profile": {"user_id": "ada"},
    "get_context": {"user_id": "ada"},
    "recommend_items": {"user_id": "ada", "k": 3, "query": "whales"},
    "explain_recommendation": {"user_id": "ada", "item_id": "nature-5"},
    "search_items": {"query": "whales"},
    "edit_interest": {"user_id": "ada", "action": "state", "interest": "jazz", "text": "like"},
    "give_feedback": {"user_id": "ada", "item_id": "nature-5", "outcome": "liked"},
    "forget_user": {"user_id": "bob"},
}
READING = [capability for capability in capabilities().values() if capability.read_only]
WRITING = [capability for capability in capabilities().values() if not capability.read_only]


def digests(club: InterestAgent) -> dict[str, str]:
    """A digest of the rows of every table of the installation's database."""
    engine = create_engine(URL.create("sqlite", database=str(club.settings.home / "penchant.db")))
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        found = {
            table.name: hashlib.sha256(repr(sorted(map(repr, connection.execute(select(table))))).encode()).hexdigest()
            for table in tables.sorted_tables
        }
    engine.dispose()
    return found


def changed(club: InterestAgent, capability: Capability) -> set[str]:
    """The tables that a call has changed."""
    before = digests(club)
    result = calling.call(club, capability, CALLS[capability.name], confirm=lambda question: True)
    assert result.error is None
    after = digests(club)
    return {name for name in before if before[name] != after[name]}


def test_every_capability_is_tried() -> None:
    assert CALLS.keys() == capabilities().keys()


@pytest.mark.parametrize("capability", READING, ids=lambda capability: capability.name)
def test_what_only_reads_changes_nothing_but_what_it_declares_to_record(
    club: InterestAgent, capability: Capability
) -> None:
    assert changed(club, capability) == set(capability.records)


@pytest.mark.parametrize("capability", WRITING, ids=lambda capability: capability.name)
def test_what_writes_changes_something_and_records_nothing_on_the_side(
    club: InterestAgent, capability: Capability
) -> None:
    if capability.name == "update_profile":
        calling.call(club, capabilities()["record_events"], CALLS["record_events"])

    assert changed(club, capability)
    assert capability.records == ()


def test_a_read_in_a_language_nothing_was_named_in_writes_nothing(club: InterestAgent) -> None:
    before = digests(club)

    club.profile("ada", lang="zh")
    club.context("ada", lang="zh")

    assert digests(club) == before
