"""What a user has muted is not in their lists, is not counted as open, and the reason names it."""

from pathlib import Path

import pytest
from rule_agent import rule_agent

from penchant import Event, InterestAgent, Item
from penchant.agent.recommend import candidates
from penchant.agent.recommend.request_rules import RequestRules
from penchant.errors import UsageError
from penchant.settings import Language
from penchant.store.recommendation import Recommendation


def shelf(name: str, title: str, category: str, numbers: range) -> list[Item]:
    """Items of one category with nearly one title."""
    return [Item(item_id=f"{name}{n}", title=f"{title} {n}", categories=[[category]]) for n in numbers]


ITEMS = [
    *shelf("Kitchen", "Frying pan", "Kitchen", range(6)),
    *shelf("Books", "Fantasy novel", "Books", range(6)),
    *shelf("Books", "Cookbook for frying pans", "Books2", range(20, 26)),
]


@pytest.fixture
def agent(tmp_path: Path) -> InterestAgent:
    """A shop in which `m` has bought a pan and a novel."""
    agent = rule_agent(tmp_path, ITEMS)
    bought = ("Kitchen0", "Books0")
    agent.observe([Event(user_id="m", type="purchase", item_id=item, at="2026-06-01T09:00:00Z") for item in bought])
    agent.update("m")
    return agent


def listed(answer: Recommendation) -> set[str]:
    return {row.item_id for row in answer.items}


@pytest.mark.parametrize("whole_up_to", [5_000, 3], ids=["whole catalogue", "retrieved"])
def test_what_is_muted_does_not_count_as_open(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch, whole_up_to: int
) -> None:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", whole_up_to)
    agent.edit("m", "mute", "Kitchen")

    answer = agent.recommend("m", k=50, llm=False)

    assert answer.qualified == len(answer.items)


def test_a_pager_that_counts_down_what_is_open_comes_to_an_end(agent: InterestAgent) -> None:
    agent.edit("m", "mute", "Kitchen")
    page = agent.recommend("m", k=3, llm=False)
    open_items, seen = page.qualified, listed(page)

    while page.qualified:
        page = agent.recommend("m", k=3, llm=False, after=page.recommendation_id)
        assert page.qualified == (open_items or 0) - len(seen)
        seen |= listed(page)
        assert len(page.items) == min(3, page.qualified)

    assert len(seen) == open_items


def test_muting_leaves_an_interest_out_of_every_score_and_its_items_off_the_list(agent: InterestAgent) -> None:
    recommender, usual = agent.services.recommender, open_to(agent)
    for interest in recommender.ranking("m", 50).user.live.ids:
        agent.edit("m", "mute", interest)
        left = agent.recommend("m", k=50, llm=False)
        agent.undo("m")

        rules = RequestRules.of(exclude=sorted(usual - listed(left)))
        without = recommender.ranking("m", 50, without=[interest], rules=rules)
        ids = without.models.space.ids
        again = without.listed()
        assert [row.item_id for row in left.items] == [ids[row.item] for row in again]
        assert [row.score for row in left.items] == pytest.approx([row.score for row in again])


def open_to(agent: InterestAgent) -> set[str]:
    return listed(agent.recommend("m", k=50, llm=False))


def test_a_muted_topic_takes_out_what_stands_in_it_and_nothing_that_is_only_like_it(agent: InterestAgent) -> None:
    agent.edit("m", "mute", "Kitchen")

    assert open_to(agent) == {item.item_id for item in ITEMS if item.item_id.startswith("Books")} - {"Books0"}


def test_a_muted_topic_takes_out_its_themes_that_the_user_has_never_touched(agent: InterestAgent) -> None:
    agent.add_items(shelf("Soap", "Lavender soap bar for hands", "Kitchen", range(6)))
    agent.update()
    agent.edit("m", "mute", "Kitchen")

    assert open_to(agent) == {item.item_id for item in ITEMS if item.item_id.startswith("Books")} - {"Books0"}


def test_a_muted_theme_leaves_the_rest_of_its_topic(agent: InterestAgent) -> None:
    spoons = [Item(item_id=f"Soap{n}", title=f"Lavender soap {n}", categories=[["Kitchen", "Soap"]]) for n in range(6)]
    agent.add_items(spoons)
    agent.update()
    agent.edit("m", "mute", "Frying Pans")

    assert {item.rstrip("0123456789") for item in open_to(agent)} == {"Books", "Soap"}


def test_what_comes_into_the_catalogue_after_the_taxonomy_goes_by_its_category(agent: InterestAgent) -> None:
    agent.edit("m", "mute", "Kitchen")
    agent.add_items(
        [*shelf("New", "Frying pan", "Kitchen", range(1)), *shelf("New", "Frying pan", "Garden", range(1, 2))]
    )
    agent.add_items([Item(item_id="New2", title="Frying pan", categories=[["Garden"], ["Kitchen"]])])

    assert {item for item in open_to(agent) if item.startswith("New")} == {"New1"}


def test_what_stands_nowhere_goes_by_its_likeness_and_the_reason_says_so(agent: InterestAgent) -> None:
    agent.edit("m", "mute", "Kitchen")
    agent.add_items([Item(item_id="New0", title="Frying pan 9"), Item(item_id="New1", title="Fantasy novel 9")])

    assert {item for item in open_to(agent) if item.startswith("New")} == {"New1"}
    assert agent.explain("m", "New0").why_not == ["It is like “Kitchen › Frying Pans”, which you have muted."]


def test_a_muted_interest_in_the_users_own_words_goes_by_its_likeness(agent: InterestAgent) -> None:
    agent.edit("m", "state", "Cookbook for frying pans")
    agent.edit("m", "mute", "Cookbook for frying pans")

    assert {item.rstrip("0123456789") for item in open_to(agent)} == {"Books", "Kitchen"}
    assert not {f"Books{n}" for n in range(20, 26)} & open_to(agent)


def test_what_is_muted_no_longer_comes_back(agent: InterestAgent) -> None:
    before = open_to(agent)
    agent.edit("m", "mute", "Kitchen")
    agent.edit("m", "unmute", "Frying Pans")

    assert open_to(agent) == before


@pytest.mark.parametrize(
    ("lang", "reason"),
    [("en", "It belongs to “Kitchen”, which you have muted."), ("zh", "它属于您已屏蔽的兴趣“Kitchen”。")],
)
def test_the_reason_names_what_is_muted(agent: InterestAgent, lang: Language, reason: str) -> None:
    agent.edit("m", "mute", "Kitchen")

    assert agent.explain("m", "Kitchen3", lang=lang).why_not == [reason]


def test_of_interests_of_one_name_within_each_other_all_is_muted(agent: InterestAgent) -> None:
    kinds = {"mat": "Yoga mat", "strap": "Yoga strap with buckle", "roller": "Foam roller"}
    yoga = [
        Item(item_id=f"{kind}{n}", title=f"{title} {n}", categories=[["Sports", "Yoga"]])
        for kind, title in kinds.items()
        for n in range(12)
    ]
    agent.add_items(yoga)
    agent.build_taxonomy()
    agent.observe(
        [Event(user_id="m", type="purchase", item_id=f"{kind}0", at="2026-06-02T09:00:00Z") for kind in kinds]
    )
    agent.update("m")
    assert [node.path for node in agent.profile("m").walk() if node.label == "Yoga"] == [
        ("Sports", "Yoga"),
        ("Sports", "Yoga", "Yoga"),
    ]

    assert agent.edit("m", "mute", "yoga").path == ("Sports", "Yoga")

    assert not listed(agent.recommend("m", k=50, llm=False)) & {item.item_id for item in yoga}


def test_two_interests_of_one_name_are_told_apart_by_their_ids(agent: InterestAgent) -> None:
    first, second = (node.id for node in agent.profile("m").interests)
    for node in (first, second):
        agent.edit("m", "rename", node, "Things")

    with pytest.raises(UsageError, match=f"by its path or id: Things \\({first}\\); Things \\({second}\\)"):
        agent.edit("m", "mute", "Things")

    assert agent.edit("m", "mute", second).node_id == second
