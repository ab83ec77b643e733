"""What a user said of themself weighs in their lists, and the account and the reason say so."""

import pytest
from rule_agent import rule_agent

from penchant import Event, InterestAgent, Item

TITLES = (
    *("Garden Spade with Ash Handle", "Rose Pruning Shears", "Watering Can for Seedlings", "Jazz Piano Records Box"),
    *("Jazz Trumpet Records", "Steel Frying Pan", "Bread Baking Tin", "Running Shoes for Trails", "Wool Running Socks"),
)


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    agent = rule_agent(tmp_path_factory.mktemp("home"), TITLES)
    agent.observe(
        [Event(user_id="ada", type="message", text="I love jazz records.", at="2026-06-01T09:00:00Z", event_id="m1")]
    )
    agent.update()
    return agent


def test_what_is_liked_in_words_leads_the_list_and_the_reason_is_the_sentence(agent: InterestAgent) -> None:
    first = agent.recommend("ada", 2).items[0]

    assert "Jazz" in first.title
    assert first.explanation.text.startswith("You said on 2026-06-01: “I love jazz records.”")
    assert [cite.event_id for cite in first.explanation.cites if cite.event_id] == ["m1"]


def test_the_account_adds_up_with_a_summand_that_rests_on_the_message(agent: InterestAgent) -> None:
    for row in agent.recommend("ada", 9).items:
        assert row.score == pytest.approx(sum(part.value for part in row.contributions))
    first = agent.recommend("ada", 2).items[0]
    assert ("content", ("m1",)) in {(part.signal, part.evidence) for part in first.contributions if part.value > 0}


def test_without_what_was_said_the_item_ranks_where_the_reason_says(agent: InterestAgent) -> None:
    first = agent.recommend("ada", 2).items[0]
    would_be = first.explanation.counterfactual
    assert would_be is not None

    agent.edit("ada", "remove", "jazz records")
    then = {row.item_id: row.rank for row in agent.recommend("ada", 9).items}
    assert then[first.item_id] == would_be.rank


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    agent = rule_agent(tmp_path_factory.mktemp("films"))
    kinds = {"Horror": ("Night of the Crawling Fog", "The Haunted Lighthouse"), "Romance": ("A Summer in Lisbon",)}
    agent.add_items(
        [
            Item(item_id=title, title=title, categories=[["Films", kind]])
            for kind, titles in kinds.items()
            for title in (*titles, *(f"{kind} Stories, Part {part}" for part in range(4)))
        ]
    )
    agent.observe([Event(user_id="ada", type="message", text="I like tea.", at="2026-06-01T09:00:00Z", event_id="m1")])
    agent.observe(
        [Event(user_id="bob", type="message", text="I love horror films.", at="2026-06-01T09:00:00Z", event_id="m2")]
    )
    agent.update()
    return agent


def test_what_was_said_is_no_reason_for_an_item_that_has_nothing_to_do_with_it(films: InterestAgent) -> None:
    rows = films.recommend("ada", 6).items

    assert len(rows) == 6
    for row in rows:
        assert "tea" not in row.explanation.text.casefold()
        assert all(cite.interest_id is None for cite in row.explanation.cites)


def test_what_was_said_is_the_reason_for_an_item_whose_category_names_it(films: InterestAgent) -> None:
    first = films.recommend("bob", 6).items[0]
    assert first.explanation.text.startswith("You said on 2026-06-01: “I love horror films.”")


def test_what_was_entered_by_its_name_is_not_called_said(agent: InterestAgent) -> None:
    agent.edit("cid", "state", "jazz records", "like")
    first = agent.recommend("cid", 2).items[0]
    chinese = agent.recommend("cid", 2, lang="zh").items[0]
    assert first.explanation.text.startswith("You entered on ")
    assert "“jazz records”" in first.explanation.text
    assert "填写了：“jazz records”" in chinese.explanation.text
