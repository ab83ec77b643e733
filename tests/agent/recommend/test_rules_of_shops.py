"""Small rules that shops run into: domains in capitals, items without a date, what was shown and then taken."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from small_world import WordEmbedder

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KINDS = ("kettle", "lamp", "rug", "vase", "clock")
ITEMS = [
    Item(item_id=f"p{n}", title=f"{KINDS[n % 5]} model {n}", created_at=NOON - timedelta(days=n + 1)) for n in range(30)
]


def shop(home: Path, items: list[Item] = ITEMS, **recommend: Any) -> InterestAgent:
    settings = Settings.load(home=home, llm={"provider": "none"}, recommend=recommend)
    agent = InterestAgent.open(settings, clock=FixedClock(NOON), embedder=WordEmbedder())
    agent.add_items(items)
    return agent


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[InterestAgent]:
    with shop(tmp_path, shown_times=2) as agent:
        yield agent


def did(agent: InterestAgent, kind: str, item: str, user: str = "ada") -> None:
    agent.observe([Event(user_id=user, type=kind, item_id=item, at=agent.clock.now())])


def listed(agent: InterestAgent, user: str = "ada", **asked: Any) -> list[str]:
    return [row.item_id for row in agent.recommend(user, 50, **asked).items]


@pytest.mark.parametrize("domain", ["news", "News", " NEWS "])
def test_an_article_that_was_read_is_not_listed_again_however_its_domain_is_written(
    tmp_path: Path, domain: str
) -> None:
    articles = [Item(item_id=f"n{number}", title=f"rug report {number}", domain=domain) for number in range(3)]
    with shop(tmp_path, [*ITEMS, *articles]) as agent:
        did(agent, "click", "n0")
        assert not set(listed(agent)) & {"n0"}
        assert agent.explain("ada", "n0").why_not == ["You looked at it on 1 March 2026."]
        assert sorted(listed(agent, domain="news")) == ["n1", "n2"]


def test_a_domain_that_no_item_has_is_pointed_out(agent: InterestAgent) -> None:
    agent.add_items([Item(item_id="a1", title="vase of the year", domain="articles")])
    answer = agent.recommend("ada", 5, domain="articlez")
    assert answer.items == []
    reasons = [remark.reason for remark in answer.degraded if remark.step == "filter"]
    assert reasons == ["no item has the domain 'articlez': did you mean 'articles'?"]
    assert not [remark for remark in agent.recommend("ada", 5, domain="Articles").degraded if remark.step == "filter"]


@pytest.mark.parametrize("comparison", ["age>0", "age>=3", "age<1000", "age!=3"])
def test_an_item_of_unknown_age_matches_no_comparison_with_its_age(agent: InterestAgent, comparison: str) -> None:
    agent.add_items([Item(item_id="undated", title="rug without a date")])
    assert "undated" in listed(agent)
    assert "undated" not in listed(agent, where=[comparison])
    assert "undated" not in {item.item_id for item in agent.list_items(50, where=[comparison])}


@pytest.mark.parametrize(("kind", "is_taken"), [("cart", True), ("click", True), ("view", False), ("skip", False)])
def test_what_was_shown_often_is_listed_again_once_the_user_took_it_up(
    agent: InterestAgent, kind: str, is_taken: bool
) -> None:
    item = listed(agent)[0]
    for _ in range(2):
        agent.feedback("ada", item, "shown")
    assert item not in listed(agent)
    did(agent, kind, item)
    assert (item in listed(agent)) is is_taken


def test_an_item_left_out_by_the_list_rules_is_not_said_to_lack_score(tmp_path: Path) -> None:
    with shop(tmp_path, diversity=5.0) as agent:
        for number in (0, 5, 10, 15):
            did(agent, "purchase", f"p{number}")
        agent.update("ada")
        last = agent.recommend("ada", 10).items[-1].score
        counts = {True: 0, False: 0}
        for item in ITEMS:
            answer = agent.explain("ada", item.item_id)
            if answer.rank is None or answer.recommended:
                continue
            is_higher = round(answer.score, 3) >= round(last, 3)
            assert ("not by score alone" in answer.why_not[0]) is is_higher, answer.why_not
            counts[is_higher] += 1
        assert min(counts.values()) > 0


def test_the_last_day_is_written_as_people_write_it(agent: InterestAgent) -> None:
    did(agent, "click", "p3")
    for days, text in ((1, "in the last day."), (2, "in the last 2 days."), (0.5, "in the last 0.5 days.")):
        assert agent.popular_items(1, days=days).items[0].why.endswith(text)
    assert agent.popular_items(1, days=1, lang="zh").items[0].why == "最近1天内被浏览或选择1次。"
