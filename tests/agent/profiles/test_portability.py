"""A record goes out and comes back whole or not at all, and says nothing about anybody else."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from small_shop import ITEMS, bought, customers, installation

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.profiles import portability
from penchant.agent.profiles.population import DOCUMENT, IMPORTED_DOCUMENT
from penchant.agent.profiles.portability import ProfileExport, ProfileTransfer
from penchant.errors import UsageError
from penchant.settings import Settings
from penchant.store.clock import FixedClock
from penchant.store.event import Event, EventType

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


@pytest.mark.parametrize(("owner", "step"), [(ProfileTransfer, "_take_in"), (portability, "restore_versions")])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_import_that_is_stopped_half_way_is_finished_by_the_next(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, owner: object, step: str, when: str
) -> None:
    agent = lived(tmp_path / "here", clock)
    record = agent.export_profile(ADA)
    elsewhere = installation(tmp_path / "elsewhere", clock)
    whole: Callable[..., Any] = getattr(owner, step)

    def stop(*arguments: Any) -> None:
        if when == "after":
            whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(owner, step, stop)
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


def test_a_record_without_anything_new_changes_nothing_while_behaviour_waits_for_an_update(
    tmp_path: Path, clock: FixedClock
) -> None:
    agent = lived(tmp_path, clock)
    agent.observe([bought(ADA, "i3", clock, 1), bought("eve", "i4", clock, 1)])
    records = [agent.export_profile(user) for user in (ADA, "eve")]
    before = [(agent.profile(user), agent.history(user), agent.events(user)) for user in (ADA, "eve")]

    shown = [agent.import_profile(record) for record in records]

    assert [(agent.profile(user), agent.history(user), agent.events(user)) for user in (ADA, "eve")] == before
    assert shown == [profile for profile, *_ in before]


def test_an_import_into_a_known_profile_that_is_stopped_half_way_is_finished_by_the_next(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = lived(tmp_path / "here", clock).export_profile(ADA)
    elsewhere = installation(tmp_path / "elsewhere", clock)
    elsewhere.observe([bought(ADA, "i30", clock, 9)])
    elsewhere.update()
    whole = ProfileTransfer._take_in

    def stop(*arguments: Any) -> None:
        whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(ProfileTransfer, "_take_in", stop)
    with pytest.raises(KeyboardInterrupt):
        elsewhere.import_profile(record)
    monkeypatch.undo()

    assert elsewhere.import_profile(record).n_events == len(record.events) + 1
    assert [version.kind for version in elsewhere.history(ADA)] == ["update", "import"]


def test_a_record_of_nothing_is_refused_and_makes_nobody_known(tmp_path: Path, clock: FixedClock) -> None:
    record = lived(tmp_path / "here", clock).export_profile(ADA)
    nothing: dict[str, list[Any]] = {"events": [], "edits": [], "statements": [], "versions": [], "readings": []}
    elsewhere = installation(tmp_path / "elsewhere", clock)

    with pytest.raises(UsageError, match="holds nothing to import"):
        elsewhere.import_profile(record.model_copy(update=nothing))

    assert elsewhere.users() == []


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


MOVED = "u06"


def populated(home: Path, clock: FixedClock, seed: int, *, without: str = "") -> InterestAgent:
    """30 people with profiles, from whom the installation has learnt what people have in common."""
    chance = random.Random(seed)
    agent = installation(home, clock)
    users = (f"u{number:02}" for number in range(30))
    behaviour = [bought(user, f"i{chance.randrange(40)}", clock, 2 * day + 1) for user in users for day in range(8)]
    agent.observe([event for event in behaviour if event.user_id != without])
    agent.update()
    agent.observe([bought(MOVED, "i3", clock, 1)] if without != MOVED else [])
    agent.update()
    return agent


def test_a_profile_is_as_it_was_in_an_installation_that_has_learnt_from_others(
    tmp_path: Path, clock: FixedClock
) -> None:
    agent = populated(tmp_path / "here", clock, 1)
    shown, record = agent.profile(MOVED), agent.export_profile(MOVED)
    elsewhere = populated(tmp_path / "elsewhere", clock, 2, without=MOVED)
    before = elsewhere.profile("u01")

    assert elsewhere.import_profile(record) == shown
    assert (elsewhere.profile(MOVED), elsewhere.profile(MOVED, version=1)) == (shown, agent.profile(MOVED, version=1))
    assert elsewhere.export_profile(MOVED) == record
    assert elsewhere.verify(rebuild=True).ok
    assert elsewhere.profile("u01") == before

    assert elsewhere.import_profile(record) == shown
    assert (len(elsewhere.history(MOVED)), elsewhere.export_profile(MOVED)) == (len(record.versions), record)

    for installed in (agent, elsewhere):
        installed.edit(MOVED, "pin", shown.interests[0].id)
    assert elsewhere.profile(MOVED) == agent.profile(MOVED)

    elsewhere.update()
    assert elsewhere.profile(MOVED).experts != agent.profile(MOVED).experts
    assert elsewhere.verify(rebuild=True).ok


def did(chance: random.Random, type: str, item: str, clock: FixedClock, days_ago: float) -> Event:
    """Anything that a person can do with an item, or say."""
    text = {"message": "I love opera and tents.", "search": "jazz record"}.get(type)
    return Event(
        user_id=ADA,
        type=type,
        item_id=None if text else item,
        text=text,
        value={"rating": float(chance.randrange(1, 11)), "dwell": 40.0}.get(type),
        at=clock.now() - timedelta(days=days_ago),
    )


@pytest.mark.parametrize("catalogue", ["the same", "none"])
def test_what_is_done_after_an_import_counts_as_where_the_profile_is_from(
    tmp_path: Path, clock: FixedClock, catalogue: str
) -> None:
    chance = random.Random(catalogue)
    agent = installation(tmp_path / "here", clock)
    agent.observe([did(chance, chance.choice([*EventType]), f"i{5 * n % 40}", clock, 20 - n / 2) for n in range(14)])
    agent.update(ADA)
    record = agent.export_profile(ADA)
    elsewhere = installation(tmp_path / "elsewhere", clock, items=ITEMS if catalogue == "the same" else [])
    known = [item.item_id for item in (ITEMS if catalogue == "the same" else record.items)]

    assert elsewhere.import_profile(record) == agent.profile(ADA)

    for at, type in enumerate(EventType):
        event = did(chance, type, chance.choice(known), clock, 5 - at / 10)
        shown = []
        for installed in (agent, elsewhere):
            installed.observe([event])
            installed.update(ADA)
            shown.append(installed.profile(ADA).model_dump(exclude={"taxonomy_version"}))
        assert shown[0] == shown[1], type


def test_a_profile_that_comes_back_after_its_user_was_erased_is_as_it_was(tmp_path: Path, clock: FixedClock) -> None:
    agent = populated(tmp_path, clock, 1)
    shown, record = agent.profile(MOVED), agent.export_profile(MOVED)
    agent.erase(MOVED)

    agent.import_profile(record)

    assert (agent.profile(MOVED), agent.export_profile(MOVED)) == (shown, record)


def test_what_came_with_a_profile_goes_with_its_user(tmp_path: Path, clock: FixedClock) -> None:
    agent = populated(tmp_path / "here", clock, 1)
    records = [agent.export_profile(user) for user in (MOVED, "u07")]
    agent.observe([bought("u08", "i5", clock, 1)])
    agent.update()
    records.append(agent.export_profile("u08"))
    elsewhere = populated(tmp_path / "elsewhere", clock, 2)
    documents = elsewhere.services.documents
    for record in records:
        elsewhere.erase(record.user_id)
        elsewhere.import_profile(record)

    elsewhere.erase(MOVED)

    assert [documents.get(IMPORTED_DOCUMENT, number) for number in (1, 2, 3)] == [{}, records[2].population, None]
    assert elsewhere.profile("u08") == agent.profile("u08")
    assert elsewhere.profile("u07").interests
    learnt = documents.head(DOCUMENT)
    assert learnt is not None
    assert elsewhere.erase("u08").found["population"] == 1 + learnt.version
    assert documents.get(IMPORTED_DOCUMENT, 2) == {}


@pytest.mark.parametrize("population", [{"nodes": 1}, {"nodes": {}, "cares": 3}])
def test_a_record_of_a_damaged_population_is_refused_whole(
    tmp_path: Path, clock: FixedClock, population: dict[str, Any]
) -> None:
    record = lived(tmp_path / "here", clock).export_profile(ADA).model_copy(update={"population": population})
    elsewhere = installation(tmp_path / "elsewhere", clock)

    with pytest.raises(UsageError, match="export it again"):
        elsewhere.import_profile(record)

    assert (elsewhere.users(), elsewhere.services.ledger.count()) == ([], 0)


def test_a_record_does_not_say_where_a_model_runs_that_failed(tmp_path: Path, clock: FixedClock) -> None:
    dead = {"provider": "openai", "base_url": "http://127.0.0.1:9/v1", "model": "any", "api_key": "none"}
    with InterestAgent.open(Settings(home=tmp_path, llm=dead), clock=clock) as agent:
        words = "I can't stand horror films but my sister loves them, and I really want to learn the violin."
        agent.observe([Event(user_id=ADA, type="message", text=words, at=clock.now() - timedelta(hours=1))])
        reasons = [note.reason for note in agent.update(ADA).users[0].degraded]
        record = agent.export_profile(ADA)

    assert any("http://127.0.0.1:9/v1" in reason for reason in reasons)
    stored = [note["reason"] for version in record.versions for note in version.receipt["degraded"]]
    assert stored == [reason.replace("http://127.0.0.1:9/v1", "the server") for reason in reasons]
