"""What programs hand to `InterestAgent`: read for what it is, or refused with an error of ours that says what to do."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from recommend_shop import WordEmbedder

from penchant import Event, InterestAgent, Item, Settings
from penchant.errors import UsageError
from penchant.store.database import Database
from penchant.store.ledger import Ledger

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROW = {"user_id": "ada", "type": "view", "item_id": "tea-1", "at": "2026-01-01T10:00:00Z"}


@pytest.fixture
def agent(tmp_path: Path) -> InterestAgent:
    agent = InterestAgent.open(Settings(home=tmp_path, llm={"provider": "none"}), embedder=WordEmbedder())
    agent.add_items([Item(item_id=f"tea-{n}", title=f"fine tea {n}") for n in range(5)])
    return agent


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
    "k as text": (lambda agent: agent.recommend("ada", k="3"), "k must be between"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_none_is_refused_by_its_place_and_nothing_is_written(agent: InterestAgent, wrong: str) -> None:
    call, says = WRONG[wrong]
    with agent, pytest.raises(UsageError, match=says):
        call(agent)
    assert agent.services.ledger.count() == 0
    agent.close()


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
