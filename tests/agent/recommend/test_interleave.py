"""Two settings on one list: fair to both, one vote per list, and no cost to the user."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from evaluation_data import START, WordEmbedder, events, items
from hypothesis import given
from hypothesis import strategies as st
from rule_agent import rule_agent

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.recommend.interleave import Comparison, comparisons, team_draft
from penchant.agent.recommend.tuning.setting import DOCUMENT, Tuned
from penchant.errors import NotFoundError, UsageError
from penchant.store.documents import Documents
from penchant.store.recommendation import Compared, Explanation, Recommendation, RecommendedItem, Team
from penchant.store.recommendations import Feedback

RANKED = st.lists(st.sampled_from("abcdefghijkl"), unique=True)


@given(RANKED, RANKED, st.integers(1, 15), st.integers())
def test_a_draft_holds_the_best_of_both_and_nothing_twice(a: list[str], b: list[str], k: int, seed: int) -> None:
    drawn = team_draft(a, b, k, Random(seed))
    ids = [item for item, _ in drawn]
    assert len(ids) == len(set(ids)) == min(k, len(set(a) | set(b)))
    picks = Counter(team for _, team in drawn)
    if len(a) >= k and len(b) >= k:
        assert abs(picks["a"] - picks["b"]) <= 1
    for team, ranked in (("a", a), ("b", b)):
        own = [ranked.index(item) for item, by in drawn if by == team]
        assert own == sorted(own)


def test_neither_setting_is_favoured_over_many_lots() -> None:
    first = Counter(team_draft("abc", "xyz", 1, Random(seed))[0][1] for seed in range(2_000))
    assert 900 < first["a"] < 1_100


def shared(user: str, *teams: Team) -> Recommendation:
    rows = [
        RecommendedItem(item_id=f"i{n}", title="", rank=n, score=1.0, explanation=Explanation(text=""), team=team)
        for n, team in enumerate(teams, 1)
    ]
    return Recommendation(
        recommendation_id=f"r-{user}",
        user_id=user,
        as_of=START,
        profile_version=1,
        items=rows,
        compared=Compared(a=2, b=1),
    )


def test_a_list_is_won_by_whom_more_was_taken_of() -> None:
    def took(user: str, *ranks: int) -> tuple[Recommendation, list[Feedback]]:
        given = [Feedback(user_id=user, item_id=f"i{rank}", outcome="clicked", at=START) for rank in ranks]
        return shared(user, "a", "b", "b", "a"), given

    heard = [took("ada", 1), took("bob", 1, 4, 2), took("cy", 2), took("dee", 1, 2), took("eve")]
    assert comparisons(heard) == [Comparison(a=2, b=1, wins_a=2, wins_b=1, ties=2, p=1.0)]
    ten = [took(f"u{n}", 4) for n in range(10)]
    assert comparisons(ten) == [Comparison(a=2, b=1, wins_a=10, wins_b=0, ties=0, p=0.002)]


@pytest.fixture
def agent(tmp_path: Path) -> InterestAgent:
    opened = rule_agent(tmp_path, items(), at=START.replace(month=5), embedder=WordEmbedder())
    opened.observe(events(users=12, each=10))
    opened.update()
    popular = Tuned(beta={"popular": 5.0})
    Documents(opened.services.database).put(DOCUMENT, popular.model_dump(mode="json"))
    return opened


def test_a_shared_list_keeps_every_account_and_its_clicks_decide(agent: InterestAgent) -> None:
    ours = {row.item_id: row for row in agent.recommend("u1").items}
    listing = agent.recommend("u1", against=0)
    assert listing.compared == Compared(a=1, b=0)
    assert Counter(row.team for row in listing.items) == {"a": 5, "b": 5}
    for row in listing.items:
        assert sum(part.value for part in row.contributions) == pytest.approx(row.score, abs=1e-6)
        if row.team == "a":
            assert row.contributions == ours[row.item_id].contributions
    assert agent.recommend("u1", against=0) == listing
    picked = next(row for row in listing.items if row.team == "b")
    agent.feedback("u1", picked.item_id, "clicked", listing.recommendation_id)
    assert agent.stats().comparisons == [Comparison(a=1, b=0, wins_b=1, p=1.0)]


def test_what_cannot_be_compared_is_refused(agent: InterestAgent) -> None:
    with pytest.raises(NotFoundError, match="no version 7"):
        agent.recommend("u1", against=7)
    with pytest.raises(UsageError, match="leave out"):
        agent.recommend("u1", against=0, avoid="red")
