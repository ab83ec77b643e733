"""What a user has said they do not much like sinks in their lists where items name it; it is not kept out."""

import pytest
from rule_agent import rule_agent

from penchant import InterestAgent
from penchant.store.recommendation import RecommendedItem

JAZZ = ("Jazz Guitar", "Jazz at Midnight", "Smooth Jazz Sax")
OTHERS = ("Rock Anthems", "Folk Songs", "Rock Ballads", "Techno Night", "Piano Sonatas", "Country Roads", "Green Tea")


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    return rule_agent(tmp_path_factory.mktemp("home"), (*JAZZ, *OTHERS))


def listed(agent: InterestAgent, user_id: str, query: str | None = None) -> dict[str, RecommendedItem]:
    return {row.title: row for row in agent.recommend(user_id, 10, query=query).items}


@pytest.mark.parametrize("query", [None, "music"])
def test_it_sinks_and_is_not_kept_out(agent: InterestAgent, query: str | None) -> None:
    user = f"ada-{query}"
    agent.edit(user, "state", "Music", "I like music")
    before = listed(agent, user, query)

    agent.edit(user, "state", "Jazz", "I don't really like jazz")

    after = listed(agent, user, query)
    assert sum(after[title].rank for title in JAZZ) > sum(before[title].rank for title in JAZZ)
    assert set(after) == set(before)


def test_what_is_asked_for_by_its_name_comes_first_all_the_same(agent: InterestAgent) -> None:
    agent.edit("bo", "state", "Jazz", "I don't really like jazz")

    assert agent.recommend("bo", 3, query="jazz").items[0].title in JAZZ


@pytest.mark.parametrize("query", [None, "music"])
def test_the_account_of_what_sank_adds_up_and_names_the_dislike(agent: InterestAgent, query: str | None) -> None:
    user = f"cy-{query}"
    agent.edit(user, "state", "Music", "I like music")
    agent.edit(user, "state", "Jazz", "I don't really like jazz")
    [dislike] = [node.id for node in agent.profile(user).walk() if node.label == "Jazz"]

    rows = listed(agent, user, query)

    for title in JAZZ:
        parts = rows[title].contributions
        assert rows[title].score == pytest.approx(sum(part.value for part in parts))
        assert sum(part.value for part in parts if part.interest_id == dislike) < 0
