"""What programs hand to `InterestAgent`: read for what it is, or refused with an error of ours that says what to do."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from recommend_shop import WordEmbedder
from rule_agent import rule_agent

from penchant import Event, InterestAgent, Item
from penchant.errors import UsageError
from penchant.store.database import Database
from penchant.store.ledger import Ledger

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROW = {"user_id": "ada", "type": "view", "item_id": "tea-1", "at": "2026-01-01T10:00:00Z"}


@pytest.fixture
def agent(tmp_path: Path) -> InterestAgent:
    teas = [Item(item_id=f"tea-{n}", title=f"fine tea {n}") for n in range(5)]
    return rule_agent(tmp_path, teas, embedder=WordEmbedder())


@pytest.mark.parametrize(
    "events", [[ROW], [Event.model_validate(ROW)], (dict(ROW) for _ in range(1)), [ROW, Event.model_validate(ROW)]]
)
def test_events_may_be_dictionaries_and_come_from_anything_that_can_be_gone_through(
    agent: InterestAgent, events: Any
) -> None:
    with agent:
        assert agent.observe(events).accepted == 1


def test_items_may_be_dictionaries(agent: InterestAgent) -> None:
    with agent:
        assert agent.add_items({"item_id": f"jam-{n}", "title": "plum jam"} for n in range(2)).added == 2


WRONG: dict[str, tuple[Callable[[InterestAgent], object], str]] = {
    "one event": (lambda agent: agent.observe(Event.model_validate(ROW)), "a list of events"),  # type: ignore[arg-type]
    "one row": (lambda agent: agent.observe(ROW), "a list of events"),  # type: ignore[arg-type]
    "a text": (lambda agent: agent.observe("ada"), "a list of events"),  # type: ignore[arg-type]
    "nothing": (lambda agent: agent.observe(None), "a list of events"),  # type: ignore[arg-type]
    "a misspelt field": (lambda agent: agent.observe([ROW, ROW | {"valeu": 3}]), "event 1 is not usable: .*value"),
    "a number": (lambda agent: agent.add_items([5]), "item 0 is not usable"),  # type: ignore[list-item]
    "no title": (lambda agent: agent.add_items([{"item_id": "x"}]), "item 0 is not usable: title"),
    "k as text": (lambda agent: agent.recommend("ada", k="3"), "k must be a whole number between 1 and 200, not '3'"),  # type: ignore[arg-type]
    "k as a truth": (lambda agent: agent.popular_items(True), "k must be a whole number between 1 and 200, not True"),
    "nobody": (lambda agent: agent.profile(None), "user_id is missing"),  # type: ignore[arg-type]
    "a list for an id": (lambda agent: agent.profile(["ada"]), "is not an id"),  # type: ignore[arg-type]
    "no outcome": (lambda agent: agent.feedback("ada", "tea-1", None), "outcome is missing"),  # type: ignore[arg-type]
    "no subject": (lambda agent: agent.edit("ada", "state", None), "node is missing"),  # type: ignore[arg-type]
    "no time": (lambda agent: agent.recommend("ada", at="soon"), "at 'soon' is not a time: give ISO 8601 with a zone"),  # type: ignore[arg-type]
    "no zone": (lambda agent: agent.profile("ada", at=datetime(2026, 1, 1)), "at has no time zone"),
    "a number for filters": (lambda agent: agent.recommend("ada", where=5), "where must be a list of texts, not 5"),  # type: ignore[arg-type]
    "no filter": (lambda agent: agent.recommend("ada", where=[None]), "where must be a list of texts, not None"),  # type: ignore[list-item]
    "an empty id": (lambda agent: agent.recommend("ada", exclude=[" "]), "exclude ' ' is empty"),
    "no id": (lambda agent: agent.recommend("ada", pin=[None]), "pin .*is not an id"),  # type: ignore[list-item]
    "a number of words": (lambda agent: agent.recommend("ada", query=5), "query must be text, not 5"),  # type: ignore[arg-type]
    "a word of days": (lambda agent: agent.recommend("ada", fresh_only="x"), "fresh_only must be a number, not 'x'"),  # type: ignore[arg-type]
    "a word for a limit": (lambda agent: agent.recent_events("ada", "x"), "limit must be a number, not 'x'"),  # type: ignore[arg-type]
    "no circumstances": (lambda agent: agent.profile("ada", context="hour=20"), "context must give names and values"),  # type: ignore[arg-type]
    "a list for a version": (lambda agent: agent.profile("ada", version=[]), "version must be the number of a version"),  # type: ignore[arg-type]
    "a version beyond all": (lambda agent: agent.profile("ada", version=10**30), "must be the number of a version"),
    "a number for a list": (lambda agent: agent.recommend("ada", after=10**30), "after must be text, not 10000"),  # type: ignore[arg-type]
    "no ids": (lambda agent: agent.hide_items(None), "item_ids is missing"),  # type: ignore[arg-type]
    "no user among several": (lambda agent: agent.update(None), "user_ids .*is not an id"),  # type: ignore[arg-type]
    "another language": (lambda agent: agent.context("ada", lang="fr"), "lang 'fr' .*: use en or zh"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_none_is_refused_by_its_place_and_nothing_is_written(agent: InterestAgent, wrong: str) -> None:
    call, says = WRONG[wrong]
    with agent, pytest.raises(UsageError, match=says):
        call(agent)
    assert agent.services.ledger.count() == 0
    agent.close()


def test_none_for_what_may_be_left_out_is_what_leaving_it_out_is(agent: InterestAgent) -> None:
    with agent:
        agent.observe([ROW])
        agent.update("ada", at=None)
        rules: dict[str, Any] = dict.fromkeys(
            ("where", "exclude", "boost", "pin", "cap", "fresh_only", "domain", "query")
        )
        k: Any = None

        assert agent.recommend("ada", k, **rules).items == agent.recommend("ada").items
        assert agent.popular_items(k, where=rules["where"]).items == agent.popular_items().items
        assert agent.context("ada", k).text == agent.context("ada").text
        with pytest.raises(UsageError, match="a budget is 0 to"):
            agent.context("ada", "many")  # type: ignore[arg-type]


def test_a_text_where_several_may_stand_is_one_of_them(agent: InterestAgent) -> None:
    with agent:
        agent.add_items([{"item_id": name, "title": f"plum jam {name}"} for name in ("22423", "jam", "tea")])

        assert set(agent.items("jam")) == {"jam"}
        assert agent.hide_items("tea") == ["tea"]
        assert [each.subject for each in agent.statements(agent.onboard("bo", "plum jam").user_id).statements] == [
            "plum jam"
        ]
        listed = agent.recommend("ada", exclude=" jam ", pin=22423)  # type: ignore[arg-type]
        ids = [item.item_id for item in listed.items]
        assert (ids[0], "jam" in ids, [note for note in listed.degraded if note.step == "pin"]) == ("22423", False, [])


def test_times_and_paths_may_be_text(agent: InterestAgent, tmp_path: Path) -> None:
    file: Any = str(tmp_path / "items.jsonl")
    Path(file).write_text('{"item_id": "jam", "title": "plum jam"}\n')
    at: Any = "2025-12-31T00:00:00Z"
    with agent:
        assert agent.import_items(file).accepted == 1
        agent.observe([ROW])
        agent.update("ada")
        assert agent.profile("ada", at=at) == agent.profile("ada", at=datetime(2025, 12, 31, tzinfo=UTC))


@pytest.mark.parametrize("number", [np.int64(17850), np.int32(17850), np.float64(17850.0), 17850.0])
def test_numbers_of_numpy_are_ids(number: Any) -> None:
    assert Event(user_id=number, type="view", item_id=number, at=NOW).user_id == "17850"


@pytest.mark.parametrize("words", ["half of \ud83d an emoji", "a NUL\0 within"])
def test_words_that_no_database_takes_are_kept_without_what_it_is(either: Database, words: str) -> None:
    event = Event(user_id="ada", type="message", text=words, at=NOW, media={"kind": "audio", "transcript": words})
    assert Ledger(either).append([event]) == 1
    assert Ledger(either).recent("ada", 1) == [event]
    assert event.text in ("half of \ufffd an emoji", "a NUL within")


def test_a_query_of_halves_of_characters_is_one_like_any_other(agent: InterestAgent) -> None:
    with agent:
        agent.observe([ROW])
        agent.update("ada")
        assert agent.recommend("ada", 2, query="tea \ud83d").items
        assert agent.context("ada", query="tea \ud83d").text
