"""The agent as an object: opened, closed, warmed, and used from an event loop."""

import asyncio
import os
import threading
from pathlib import Path

import pytest
from long_tests import examples
from recommend_shop import WordEmbedder

from penchant import AsyncInterestAgent, Event, InterestAgent, Item, Settings
from penchant.store.clock import SystemClock


def settings(home: Path) -> Settings:
    return Settings(home=home, llm={"provider": "none"})


def use(agent: InterestAgent) -> None:
    """Touch the database, the index and the embedder's memory."""
    agent.add_items([Item(item_id="tea", title="green tea")])
    agent.observe([Event(user_id="ada", type="like", item_id="tea", at=agent.clock.now())])
    agent.search_items("tea")


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - counted, not read


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors are counted where the system lists them")
@pytest.mark.parametrize("rounds", examples(50, 200))
def test_opening_and_closing_an_agent_leaks_neither_descriptors_nor_threads(tmp_path: Path, rounds: int) -> None:
    before = None
    for turn in range(rounds):
        with InterestAgent.open(settings(tmp_path), embedder=WordEmbedder()) as agent:
            use(agent)
        if turn == rounds // 10:
            before = descriptors(), threading.active_count()

    assert before is not None
    assert descriptors() <= before[0] + 10  # those of other tests come and go; a leak would be one for each round
    assert threading.active_count() <= before[1]


def test_a_closed_agent_can_be_used_again(tmp_path: Path) -> None:
    agent = InterestAgent.open(settings(tmp_path), embedder=WordEmbedder())
    use(agent)
    agent.close()

    assert agent.count_items() == 1


def test_one_agent_can_be_closed_while_another_uses_the_same_home(tmp_path: Path) -> None:
    first, second = (InterestAgent.open(settings(tmp_path), embedder=WordEmbedder()) for _ in range(2))
    use(first)
    use(second)
    first.close()

    assert [item.item_id for item, _ in second.search_items("tea")] == ["tea"]
    second.close()


def test_the_asynchronous_agent_gives_the_same_answers_without_blocking_the_loop(tmp_path: Path) -> None:
    async def run() -> tuple[list[str], int]:
        ticks, done = 0, asyncio.Event()

        async def tick() -> None:
            nonlocal ticks
            while not done.is_set():
                ticks += 1
                await asyncio.sleep(0)

        async with AsyncInterestAgent.open(settings(tmp_path), embedder=WordEmbedder()) as agent:
            counting = asyncio.create_task(tick())
            await agent.add_items([Item(item_id="tea", title="green tea"), Item(item_id="cup", title="tea cup")])
            await agent.observe([Event(user_id="ada", type="purchase", item_id="tea", at=SystemClock().now())])
            await agent.update("ada")
            lists = await asyncio.gather(*(agent.recommend("ada", k=1) for _ in range(4)))
            done.set()
            await counting
        return [listed.items[0].item_id for listed in lists], ticks

    listed, ticks = asyncio.run(run())

    assert listed == ["cup"] * 4
    assert ticks > 10


def test_the_asynchronous_agent_has_no_other_methods() -> None:
    with pytest.raises(AttributeError, match="no method 'fly'"):
        _ = AsyncInterestAgent(InterestAgent.__new__(InterestAgent)).fly


def test_a_warm_agent_has_fitted_its_models(tmp_path: Path) -> None:
    with InterestAgent.open(settings(tmp_path), embedder=WordEmbedder()) as agent:
        use(agent)
        assert not list((tmp_path / "models").glob("*"))
        agent.warm()
        assert list((tmp_path / "models").glob("*/facts.json"))
