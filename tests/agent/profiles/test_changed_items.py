"""An item whose title or category changes reaches the profiles of those who had it, with the next update; nothing else moves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from recommend_shop import WordEmbedder
from rule_agent import rule_agent

from penchant import Event, InterestAgent, Item

NOW = datetime(2026, 6, 1, tzinfo=UTC)
KINDS = {"tea": ("Kitchen", "Tea"), "lamp": ("Home", "Lamps"), "book": ("Culture", "Books")}


def catalogue(**moved: tuple[str, str]) -> list[Item]:
    """Eight items of each kind; those of a kind that is `moved` stand under another category."""
    places = KINDS | moved
    return [
        Item(item_id=f"{kind}-{n}", title=f"{word} {kind}", categories=(place,))
        for kind, place in places.items()
        for n, word in enumerate(("red", "blue", "green", "small", "large", "old", "new", "fine"))
    ]


@pytest.fixture
def agent(tmp_path: Path) -> InterestAgent:
    agent = rule_agent(tmp_path, catalogue(), at=NOW, embedder=WordEmbedder())
    bought = [("ada", "tea", n) for n in range(5)] + [("ada", "lamp", n) for n in range(2)] + [("bob", "book", 1)]
    agent.observe(
        [
            Event(user_id=user, type="purchase", item_id=f"{kind}-{n}", at=NOW - timedelta(days=n + 1))
            for user, kind, n in bought
        ]
    )
    agent.update()
    return agent


def strengths(agent: InterestAgent, user: str) -> dict[str, float]:
    """Of the topics and what stands under them, by label."""
    return {node.label: round(node.strength, 6) for node in agent.profile(user).walk() if node.level < 3}


def test_items_that_move_to_another_category_move_in_the_profiles_that_rest_on_them(agent: InterestAgent) -> None:
    with agent:
        before, of_bob = strengths(agent, "ada"), strengths(agent, "bob")
        assert {"Kitchen", "Tea", "Home", "Lamps"} <= before.keys()

        agent.add_items(catalogue(tea=("Garden", "Herbs")))
        receipt = agent.update()

        assert {user.status for user in receipt.users} <= {"ok"}
        after = strengths(agent, "ada")
        assert {"Garden", "Herbs"} <= after.keys() and not {"Kitchen", "Tea"} & after.keys()
        assert after["Garden"] == pytest.approx(before["Kitchen"], abs=1e-4)
        assert after["Home"] == pytest.approx(before["Home"], abs=1e-4)
        assert strengths(agent, "bob") == of_bob
        assert agent.profile("ada").n_events == 7


def test_a_profile_that_has_followed_its_items_is_what_the_ledger_makes_of_them(agent: InterestAgent) -> None:
    with agent:
        agent.add_items(catalogue(tea=("Garden", "Herbs")))
        agent.update()
        report = agent.verify(rebuild=True)
    assert report.ok and report.profiles == 2


def test_a_title_that_changes_is_what_evidence_and_reasons_show(agent: InterestAgent) -> None:
    with agent:
        agent.add_items([Item(item_id="tea-0", title="Imperial jasmine tea", categories=(KINDS["tea"],))])
        agent.update()
        reasons = [item.explanation.text for item in agent.recommend("ada", k=10).items]
        shown = agent.services.catalogue.get(["tea-0"])["tea-0"].title
    assert shown == "Imperial jasmine tea"
    assert not any("red tea" in reason for reason in reasons)
