"""A record goes out and comes back whole or not at all, and says nothing about anybody else."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from small_shop import ITEMS, bought, customers, installation

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.profiles import portability
from penchant.agent.profiles.portability import ProfileExport
from penchant.errors import UsageError
from penchant.store.clock import FixedClock
from penchant.store.event import Event

ADA, BOB = "ada", "bob"


def lived(home: Path, clock: FixedClock) -> InterestAgent:
    """Ada has three versions, two edits and something she said; Bob has a profile of his own."""
    agent = installation(home, clock)
    agent.observe([*customers(clock)[:12], *(bought(BOB, f"i{n}", clock, n + 1) for n in range(4))])
    for turn in range(2):
        agent.observe([bought(ADA, f"i{8 * n + turn}", clock, 5 - turn) for n in range(4)])
        agent.update()
    agent.observe([Event(user_id=ADA, type="message", text="I love opera.", at=clock.now() - timedelta(hours=1))])
    agent.update()
    agent.edit(ADA, "pin", agent.profile(ADA).interests[0].id)
    return agent


def shape(agent: InterestAgent, user: str) -> list[tuple[Any, ...]]:
    return [(statement.version, statement.kind, statement.as_of) for statement in agent.history(user)]


@pytest.mark.parametrize("step", ["_take_in", "restore_versions"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_import_that_is_stopped_half_way_is_finished_by_the_next(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    agent = lived(tmp_path / "here", clock)
    record = agent.export_profile(ADA)
    elsewhere = installation(tmp_path / "elsewhere", clock)
    whole: Callable[..., Any] = getattr(portability, step)

    def stop(*arguments: Any) -> None:
        if when == "after":
            whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(portability, step, stop)
    with pytest.raises(KeyboardInterrupt):
        elsewhere.import_profile(record)
    monkeypatch.undo()
    if (step, when) == ("restore_versions", "after"):
        assert shape(elsewhere, ADA) == shape(agent, ADA)
        return

    elsewhere.import_profile(record)

    assert shape(elsewhere, ADA) == shape(agent, ADA)
    back = elsewhere.export_profile(ADA)
    assert (back.events, back.edits, back.statements) == (record.events, record.edits, record.statements)
    assert [(version.state, version.known) for version in back.versions] == [
        (version.state, version.known) for version in record.versions
    ]


def test_a_record_tells_nothing_about_anybody_else(tmp_path: Path, clock: FixedClock) -> None:
    agent = lived(tmp_path / "here", clock)
    before = [agent.profile(user, lang=lang).model_dump() for user in (BOB, "u01") for lang in ("en", "zh")]
    record = agent.export_profile(ADA).model_copy(update={"user_id": "mallory"})
    record = record.model_copy(
        update={
            "events": [event.model_copy(update={"user_id": "mallory"}) for event in record.events],
            "edits": [edit.model_copy(update={"user_id": "mallory"}) for edit in record.edits],
            "items": [item.model_copy(update={"title": "renamed by mallory"}) for item in record.items],
            "population": {"forged": True},
        }
    )

    agent.import_profile(record)

    after = [agent.profile(user, lang=lang).model_dump() for user in (BOB, "u01") for lang in ("en", "zh")]
    assert after == before
    assert agent.items([item.item_id for item in ITEMS]) == {item.item_id: item for item in ITEMS}


def rows_of_others(record: ProfileExport) -> list[ProfileExport]:
    event = record.events[0].model_copy(update={"user_id": BOB})
    edit = record.edits[0].model_copy(update={"user_id": BOB})
    return [
        record.model_copy(update={"events": [*record.events, event]}),
        record.model_copy(update={"edits": [*record.edits, edit]}),
        record.model_copy(update={"events": [*record.events, record.events[0]]}),
    ]


def test_a_record_with_rows_of_somebody_else_or_twice_the_same_is_refused_whole(
    tmp_path: Path, clock: FixedClock
) -> None:
    agent = lived(tmp_path / "here", clock)
    elsewhere = installation(tmp_path / "elsewhere", clock)

    for forged in rows_of_others(agent.export_profile(ADA)):
        with pytest.raises(UsageError, match="export it again"):
            elsewhere.import_profile(forged)

    assert (elsewhere.users(), elsewhere.services.ledger.count()) == ([], 0)
