"""A query that excludes something is answered without it."""

import pytest
from rule_agent import rule_agent

from penchant import InterestAgent
from penchant.agent.recommend.wishes import split_query

NUTS = {"Almond Brittle", "Roasted Hazelnuts", "Peanut Butter"}


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    titles = (*sorted(NUTS), "Oat Cookies", "Rice Crackers", "Green Tea", "Smoked Salmon")
    return rule_agent(tmp_path_factory.mktemp("home"), titles)


@pytest.mark.parametrize(
    "query", ["something without nuts", "snacks, no nuts", "snacks but not nuts", "不要坚果的零食", "不含坚果的零食"]
)
def test_nothing_of_what_a_query_excludes_is_listed(agent: InterestAgent, query: str) -> None:
    titles = {row.title for row in agent.recommend("ada", 7, query=query).items}

    assert titles
    assert not titles & NUTS


@pytest.mark.parametrize(
    ("query", "wanted", "avoided"),
    [
        ("tea without sugar", "tea", "sugar"),
        ("不含糖的饮料", "饮料", "糖"),
        ("no nuts", "", "nuts"),
        ("no bake cookies", "no bake cookies", ""),
        ("shoes not only for running", "shoes not only for running", ""),
        ("有没有关于鲸鱼的纪录片", "有没有关于鲸鱼的纪录片", ""),
        ("peanut butter", "peanut butter", ""),
    ],
)
def test_a_query_is_read_for_what_it_wants_and_what_it_excludes(query: str, wanted: str, avoided: str) -> None:
    assert split_query(query) == (wanted, avoided)
