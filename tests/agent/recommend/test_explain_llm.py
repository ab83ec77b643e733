"""What a real model of 1.5 B parameters says about real purchases, counted by the independent checker."""

import os
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from reason_checker import Known, faults
from rule_agent import rule_agent

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import LlmSettings, RecommendSettings, Settings

WANTED = int(os.environ.get("PENCHANT_TEST_EXPLANATIONS", "200"))
"""How many; 200 take half an hour on two cores."""
SAMPLE = resources.files("penchant") / "data" / "sample"


@pytest.mark.llm
@pytest.mark.timeout(0)
@pytest.mark.skipif("PENCHANT_TEST_LLM" not in os.environ, reason="PENCHANT_TEST_LLM names no GGUF file")
def test_no_reason_of_a_small_model_says_more_than_is_known(tmp_path: Path) -> None:
    rules = rule_agent(tmp_path)
    for read, name in ((rules.import_items, "items.jsonl.gz"), (rules.import_events, "events.jsonl.gz")):
        read(Path(str(SAMPLE / name)))
    users = [user.user_id for user in rules.users()][: -(-WANTED // 10)]
    rules.update(*users)
    patient = LlmSettings(model=os.environ["PENCHANT_TEST_LLM"], timeout_seconds=900, total_timeout_seconds=900)
    writes = Settings(home=tmp_path, llm=patient, recommend=RecommendSettings(llm_seconds=3_600))
    agent = InterestAgent.open(writes, embedder=rules.embedder)

    sources: Counter[str] = Counter()
    found: list[str] = []
    for user in users:
        listing = agent.recommend(user, 10)
        known = known_of(agent, user)
        for row in listing.items:
            sources[row.explanation.source] += 1
            found += faults(row.explanation, agent.items([row.item_id])[row.item_id], known)
    total = sources.total()
    print(f"{total} reasons, {sources['rule']} by rule ({sources['rule'] / total:.0%}), {len(found)} faults")
    assert found == []
    assert total >= min(WANTED, 10 * len(users))
    assert sources["llm"] > 0


def known_of(agent: InterestAgent, user: str) -> Known:
    """Everything the checker may look at."""
    events = {event.event_id: event for event in agent.events(user)}
    items = agent.items(sorted({event.item_id for event in events.values() if event.item_id}))
    return Known(events, items, {node.id: node.path for node in agent.profile(user).walk()})
