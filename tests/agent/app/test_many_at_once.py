"""Several processes on one home: whoever asks gets an answer, whatever the others are doing."""

import threading
from pathlib import Path
from typing import Any

import pytest
from small_shop import ITEMS, bought, customers, installation

from penchant.agent.app.services import Services
from penchant.agent.interest_agent import InterestAgent
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.interactions import Interactions
from penchant.store.item import Item
from penchant.store.ledger import Ledger
from penchant.store.verify_index import verify_index


def more_items(count: int, name: str) -> list[Item]:
    return [Item(item_id=f"{name}-{n}", title=f"{ITEMS[n % 8].title} {name}", domain="shop") for n in range(count)]


def test_items_that_come_while_models_are_fitted_do_not_make_a_list_fail(home: Path, clock: FixedClock) -> None:
    other = installation(home, clock)
    other.observe(customers(clock))
    other.update()
    new = more_items(9, "new")

    class InterruptedLedger(Ledger):
        def interactions(self, *arguments: Any, **named: Any) -> Interactions:
            other.add_items(new)
            other.observe([bought("u01", item.item_id, clock, 0) for item in new])
            return super().interactions(*arguments, **named)

    ledger = InterruptedLedger(other.services.database, other.services.consents)
    settings = Settings(home=home, llm=LlmSettings(provider="none"))
    agent = InterestAgent(Services(settings, clock=clock, embedder=other.embedder, given={"ledger": ledger}))

    listed = agent.recommend("u02", 5)

    assert len(listed.items) == 5
    assert "new-0" in [item.item_id for item in agent.recommend("u02", 40).items]


@pytest.mark.long
def test_no_list_fails_while_another_process_adds_nine_items_again_and_again(home: Path, clock: FixedClock) -> None:
    agent, other = installation(home, clock), installation(home, clock)
    agent.observe(customers(clock))
    agent.update()
    done = threading.Event()
    failures: list[Exception] = []
    added: list[int] = []

    def add() -> None:
        try:
            while not done.is_set():
                other.add_items(more_items(9, f"t{len(added)}"))
                added.append(9)
        except Exception as error:  # noqa: BLE001 - told by the main thread
            failures.append(error)

    adding = threading.Thread(target=add)
    adding.start()
    try:
        lists = [agent.recommend(f"u{n % 20:02}", 5, query="opera" if n % 3 else None) for n in range(15)]
    finally:
        done.set()
        adding.join(60)

    assert failures == []
    assert [len(listed.items) for listed in lists] == [5] * 15
    assert agent.count_items() == len(ITEMS) + sum(added)
    # Hundreds of near-twins are more than an approximate index tells apart: what is asked here is that nothing is missing or damaged.
    findings = verify_index(agent.services.catalogue)
    assert [finding for finding in findings if "are not found by a search" not in finding] == []
