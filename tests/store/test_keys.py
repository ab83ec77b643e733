"""Encryption at rest: what people said is unreadable without the key, and a new key may come at any time."""

import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from long_tests import long_except
from other_process import killed_in_another_process
from recommend_shop import WordEmbedder
from rotating_agent import rotated_for

from penchant import Event, InterestAgent, Item, Settings
from penchant.errors import CorruptError
from penchant.store import keys
from penchant.store.clock import FixedClock
from penchant.store.erase import erase_rows
from penchant.store.keys import MARK, Key, opened_bytes, opened_text, sealed_bytes, sealed_text
from penchant.store.statement import Statement

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WORDS = "I love xylophone sonatas."


def opened(home: Path, url: str | None = None) -> InterestAgent:
    settings = Settings(home=home, llm={"provider": "none"}, store={"url": url})
    return InterestAgent.open(settings, embedder=WordEmbedder(), clock=FixedClock(NOW))


def fill(agent: InterestAgent, users: int = 3) -> None:
    agent.add_items([Item(item_id="tea", title="green tea", categories=[["Tea"]])])
    for number in range(users):
        common: dict[str, Any] = {"user_id": f"u{number}", "at": NOW - timedelta(days=1)}
        agent.observe(
            [
                Event(**common, type="message", text=WORDS, event_id="m"),
                Event(**common, type="view", media={"kind": "audio", "transcript": WORDS}, event_id="a"),
                Event(**common, type="purchase", item_id="tea", event_id="p"),
            ]
        )
    agent.update()


def everything(agent: InterestAgent) -> Any:
    users = [user.user_id for user in agent.users()]
    return [(agent.export_profile(user), agent.statements(user), agent.profile(user)) for user in users]


def words_in(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if b"xylophone" in path.read_bytes().lower()]


def test_the_first_key_leaves_no_word_readable_and_every_answer_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path) as agent:
        fill(agent)
        before = everything(agent)
        assert words_in(tmp_path) != []

        receipt = agent.rotate_keys()

        assert (receipt.first, receipt.residue, receipt.dropped, receipt.notes) == (True, 0, [], [])
        assert receipt.sealed == {"events": 6, "statements": 3, "profile_versions": 3}
    assert words_in(tmp_path) == []
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    with opened(tmp_path) as agent:
        assert everything(agent) == before
        fill(agent)  # the same again: known by their words though these are sealed
        assert agent.observe([Event(user_id="new", type="search", text="xylophone", at=NOW)]).accepted == 1
        assert everything(agent)[1:] == before
        assert agent.verify(rebuild=True).ok
    assert words_in(tmp_path) == []


def test_what_is_said_to_the_profile_itself_is_sealed_too_and_is_found_as_before(tmp_path: Path) -> None:
    with opened(tmp_path) as agent:
        agent.onboard("ann", interests=["xylophone"], attributes={"city": "Xylophone=1"}, friends=["u0", "u1"])
        common: dict[str, Any] = {"kind": "fact", "text": WORDS, "polarity": None}
        word = Statement(id="s-1", subject="home", valid_from=NOW, slot="xylophone", replaces="xylophone", **common)
        agent.services.statements.add({"ann": [word]})
        before = agent.services.edits.for_user("ann"), agent.services.statements.for_user("ann")
        assert words_in(tmp_path) != []

        receipt = agent.rotate_keys()

        assert (receipt.sealed["edits"], receipt.residue) == (4, 0)
        assert (agent.services.edits.for_user("ann"), agent.services.statements.for_user("ann")) == before
        assert agent.services.edits.attribute("ann", "city") == "Xylophone=1"
        assert words_in(tmp_path) == []
        erasure = erase_rows(agent.services.database, "u0")
        assert [counts["friends"] for counts in erasure] == [1, 1, 0]
        assert [edit.text for edit in agent.services.edits.for_user("ann") if edit.action == "friend"] == ["u1"]


def test_a_new_key_takes_the_place_of_the_old_one_on_either_database(store_url: str, tmp_path: Path) -> None:
    with opened(tmp_path, store_url) as agent:
        fill(agent)
        first = agent.rotate_keys()
        before = everything(agent)

        second = agent.rotate_keys()

        at_once = agent.services.database.is_sqlite
        assert second.sealed == first.sealed
        assert (second.residue, second.dropped, second.waiting) == (
            0,
            [first.key] * at_once,
            [first.key] * (not at_once),
        )
        assert everything(agent) == before
        agent.clock.moment = NOW + timedelta(hours=2)  # type: ignore[attr-defined]
        third = agent.rotate_keys()
        assert (third.residue, third.dropped) == (0, [second.key] if at_once else [first.key])
        assert [key.id for key in agent.services.keyring.known()][-1] == third.key
        assert agent.erase("u0").residue == 0


@pytest.mark.parametrize("batches", long_except(3, [0, 1, 3, 5]))
def test_a_rotation_that_is_killed_loses_nothing_and_is_finished_by_the_next(tmp_path: Path, batches: int) -> None:
    with opened(tmp_path) as agent:
        fill(agent)
        agent.rotate_keys()
        before = everything(agent)
    killed_in_another_process(rotated_for, tmp_path, batches)

    with opened(tmp_path) as agent:
        assert everything(agent) == before
        receipt = agent.rotate_keys()
        assert (receipt.residue, len(receipt.dropped), receipt.waiting) == (0, 2, [])
        assert everything(agent) == before


def test_others_write_and_read_while_keys_change(tmp_path: Path) -> None:
    with opened(tmp_path) as agent, opened(tmp_path) as other:
        fill(agent)
        agent.rotate_keys()
        stop, accepted, failed = threading.Event(), 0, []

        def write() -> None:
            nonlocal accepted
            while not stop.is_set():
                try:
                    at = NOW - timedelta(seconds=accepted)
                    accepted += other.observe([Event(user_id="w", type="message", text=WORDS, at=at)]).accepted
                    assert all(event.text == WORDS for event in other.events("w"))
                except Exception as error:  # noqa: BLE001 - looked at below
                    failed.append(error)
                    return

        thread = threading.Thread(target=write)
        thread.start()
        receipts = [agent.rotate_keys() for _ in range(5)]
        stop.set()
        thread.join()

        assert (failed, [receipt.residue for receipt in receipts]) == ([], [0] * 5)
        assert accepted == len(agent.events("w")) > 0


def test_without_its_key_nothing_is_given_out_and_it_is_said_what_to_do(tmp_path: Path) -> None:
    with opened(tmp_path) as agent:
        fill(agent)
        key = agent.rotate_keys().key
    (tmp_path / "keys.json").rename(tmp_path / "elsewhere")
    keys._known.pop(key)
    with (
        opened(tmp_path) as agent,
        pytest.raises(CorruptError, match=f"the key '{key}' is not in .*keys.json: put that"),
    ):
        agent.events("u0")
    (tmp_path / "elsewhere").rename(tmp_path / "keys.json")
    with opened(tmp_path) as agent:
        assert agent.events("u0")[0].text in (WORDS, None)


def test_while_its_key_file_is_away_an_encrypted_store_takes_no_word_and_makes_no_key(
    store_url: str, tmp_path: Path
) -> None:
    file, away = tmp_path / "keys.json", tmp_path / "away"
    with opened(tmp_path, store_url) as agent:
        fill(agent, 1)
        key = agent.rotate_keys().key
        word = Event(user_id="u0", type="message", text="a new xylophone", at=NOW)
        file.rename(away)

        for change in (lambda: agent.observe([word]), agent.rotate_keys):
            with pytest.raises(CorruptError, match=f"the key '{key}' is not in {file}: put that file back"):
                change()
        assert not file.exists()
        agent.services.keyring.add(NOW)  # a file, but that of another database
        other = file.read_bytes()
        for change in (lambda: agent.observe([word]), agent.rotate_keys):
            with pytest.raises(CorruptError, match=f"the key '{key}' is not in {file}"):
                change()
        assert file.read_bytes() == other

        away.replace(file)
        assert agent.observe([word]).accepted == 1
        assert agent.rotate_keys().residue == 0


def test_a_store_that_was_filled_with_a_key_from_the_start_knows_it_too(tmp_path: Path) -> None:
    with opened(tmp_path) as agent:
        agent.services.keyring.add(NOW)
        fill(agent, 1)
        (tmp_path / "keys.json").unlink()
        with pytest.raises(CorruptError, match="is not in"):
            fill(agent, 2)


@pytest.fixture(scope="module")
def key() -> Iterator[Key]:
    yield Key("0123abcd", bytes(range(32)))


@given(st.text() | st.text().map(lambda text: MARK + text), st.binary(), st.booleans())
def test_whatever_was_sealed_comes_back(key: Key, text: str, content: bytes, encrypted: bool) -> None:
    used = key if encrypted else None
    assert opened_text(sealed_text(text, used)) == text
    for value in (content, MARK.encode() + content):
        assert opened_bytes(sealed_bytes(value, used)) == value
    if encrypted:
        assert sealed_text(text, used) != sealed_text(text, used)
