"""A shop as it runs: 3,000 products with prices and stock, a visitor who clicks, filters, pages on, logs in, buys; an item sells out."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rule_agent import rule_agent
from small_world import WordEmbedder

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import ConsentError, NotFoundError, UsageError
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.recommendation import Recommendation

KINDS = ("kettle", "lamp", "rug", "vase", "clock", "mug", "tray", "chair", "bowl", "candle")
ROOMS = {"kettle": "Kitchen", "mug": "Kitchen", "tray": "Kitchen", "bowl": "Kitchen"}
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def product(number: int, **more: object) -> Item:
    kind = KINDS[number % len(KINDS)]
    return Item(
        item_id=f"p{number}",
        title=f"{kind} model {number}",
        categories=[["Home", ROOMS.get(kind, "Living"), kind.title()]],
        attributes={"price": 5 + number * 7 % 60, "brand": f"b{number % 7}"},
        created_at=NOW - timedelta(days=number % 300 + 1),
        **{"available": number % 10 != 3, **more},
    )


class Shop:
    """The agent, its clock, and what a page of the shop would ask of it."""

    def __init__(self, home: Path) -> None:
        self.clock = FixedClock(NOW)
        settings = Settings(home=home, llm=LlmSettings(provider="none"))
        self.agent = InterestAgent.open(settings, clock=self.clock, embedder=WordEmbedder())
        self.products = {f"p{number}": product(number) for number in range(3_000)}
        self.agent.add_items(list(self.products.values()))
        chance = random.Random(4)
        for user in range(60):
            likes = chance.sample(range(len(KINDS)), 2)
            for day in range(8):
                self.did(f"u{user}", "purchase", f"p{chance.choice(likes) + 10 * chance.randrange(300)}", day + 1.0)
        self.agent.update()

    def did(self, user: str, kind: str, item: str, days_ago: float = 0.0) -> Event:
        event = Event(user_id=user, type=kind, item_id=item, at=self.clock.now() - timedelta(days=days_ago))
        self.agent.observe([event])
        return event

    def kinds(self, listing: Recommendation) -> list[str]:
        return [row.title.split()[0] for row in listing.items]

    def ids(self, listing: Recommendation) -> list[str]:
        return [row.item_id for row in listing.items]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    shop = Shop(tmp_path_factory.mktemp("shop"))
    yield shop
    shop.agent.close()


def test_a_session_from_the_first_click_to_what_is_sold_out(shop: Shop) -> None:
    agent = shop.agent
    landing = agent.recommend("visitor", 12)
    assert (len(landing.items), landing.basis) == (12, "popular")
    assert all(shop.products[item].available for item in shop.ids(landing))

    clicked = [shop.did("visitor", "click", item).item_id for item in ("p10", "p20")]  # two kettles
    first = agent.recommend("visitor", 12, where=["attributes.price<20"])
    assert (len(first.items), first.basis) == (12, "behaviour")
    assert all(shop.products[item].attributes["price"] < 20 for item in shop.ids(first))
    assert shop.kinds(first).count("kettle") > 12 / len(KINDS)

    shop.did("visitor", "click", "p30")  # the profile changes between the pages
    second = agent.recommend("visitor", 12, after=first.recommendation_id)
    third = agent.recommend("visitor", 12, after=second.recommendation_id)
    pages = shop.ids(first) + shop.ids(second) + shop.ids(third)
    assert len(set(pages)) == len(pages) == 36
    assert all(shop.products[item].attributes["price"] < 20 for item in pages)

    agent.consent("ada")
    shop.did("ada", "purchase", "p40", 20.0)
    receipt = agent.merge_users("visitor", "ada")
    assert (receipt.events, receipt.into_user) == (3, "ada")
    assert {event.item_id for event in agent.events("ada")} == {"p40", "p30", *clicked}
    assert agent.profile("ada").n_events == 4
    with pytest.raises(NotFoundError):
        agent.profile("visitor")
    assert agent.feedback("ada", shop.ids(second)[0], "clicked", second.recommendation_id).user_id == "ada"

    bought = shop.ids(third)[0]
    shop.did("ada", "purchase", bought)
    agent.update("ada")
    assert bought not in shop.ids(agent.recommend("ada", 50))
    assert agent.explain("ada", bought).why_not == ["You bought it on 4 May 2026."]

    sold_out = shop.ids(agent.recommend("ada", 12))[0]
    agent.add_items([shop.products[sold_out].model_copy(update={"available": False})])
    assert sold_out not in shop.ids(agent.recommend("ada", 50))
    assert agent.explain("ada", sold_out).why_not == ["It is not available at the moment."]
    agent.hide_items([sold_out])
    assert agent.explain("ada", sold_out).why_not == ["It is hidden."]
    ended = shop.ids(agent.recommend("ada", 12))[0]
    agent.add_items([shop.products[ended].model_copy(update={"expires_at": NOW - timedelta(days=1)})])
    assert agent.explain("ada", ended).why_not == ["It has not been offered since 3 May 2026."]
    removed = shop.ids(agent.recommend("ada", 12))[0]
    agent.remove_items([removed])
    assert agent.explain("ada", removed).why_not == ["It has been removed."]
    items = (sold_out, ended, removed)
    assert [agent.explain("ada", item, lang="zh").why_not for item in items] == [
        ["它已被隐藏。"],
        ["它自2026年5月3日起不再提供。"],
        ["它已被移除。"],
    ]
    agent.add_items([shop.products[removed]])
    assert agent.explain("ada", removed).rank is not None

    assert agent.erase("ada").residue == 0
    assert agent.events("ada") == []


def test_merging_is_as_if_it_had_been_one_user_from_the_start(shop: Shop) -> None:
    agent, items = shop.agent, [("p0", 9.0), ("p1", 8.0), ("p10", 7.0), ("p11", 6.0), ("p20", 5.0)]
    for number, (item, days) in enumerate(items):
        shop.did("known" if number % 2 else "session", "purchase", item, days)
        shop.did("whole", "purchase", item, days)
    agent.update("known", "session", "whole")
    agent.edit("session", "state", "kettles", "like")
    agent.edit("whole", "state", "kettles", "like")
    agent.revoke("session", "llm")
    agent.merge_users("session", "known")

    def shape(user: str) -> list[tuple[str, float, int]]:
        return [(node.label, node.strength, node.evidence_count) for node in agent.profile(user).walk()]

    assert shape("known") == shape("whole")
    assert agent.verify(rebuild=True).differences == []
    allowed = {standing.purpose: standing.granted for standing in agent.consent("known").purposes}
    assert allowed["llm"] is False
    assert [user.user_id for user in agent.users() if user.user_id == "session"] == []


def test_what_cannot_be_merged_says_so(shop: Shop) -> None:
    agent = shop.agent
    with pytest.raises(UsageError, match="is the same user twice"):
        agent.merge_users("u1", "u1")
    with pytest.raises(NotFoundError, match="nothing is known about user 'ghost'"):
        agent.merge_users("ghost", "u1")
    shop.did("guest", "click", "p5")
    agent.revoke("refuses", "profile")
    with pytest.raises(ConsentError):
        agent.merge_users("guest", "refuses")
    assert len(agent.events("guest")) == 1


def test_a_removed_event_is_as_if_it_had_never_been(shop: Shop) -> None:
    agent = shop.agent
    for item in ("p2", "p12", "p22"):
        shop.did("ben", "purchase", item, 3.0)
        shop.did("twin", "purchase", item, 3.0)
    wrong = shop.did("ben", "purchase", "p7", 2.0)
    agent.update("ben", "twin")
    agent.update("ben")
    assert "p7" not in shop.ids(agent.recommend("ben", 100))
    with pytest.raises(NotFoundError, match="has no event 'nothing'"):
        agent.remove_events("ben", [wrong.event_id, "nothing"])
    assert len(agent.events("ben")) == 4
    assert agent.remove_events("ben", [wrong.event_id]) == 1
    ben, twin = agent.profile("ben"), agent.profile("twin")
    assert [(n.label, n.strength) for n in ben.walk()] == [(n.label, n.strength) for n in twin.walk()]
    assert not any(wrong.event_id in node.evidence for node in ben.walk())
    assert agent.verify(rebuild=True).differences == []


@pytest.mark.parametrize("how", ["removed", "corrected"])
def test_no_list_that_was_given_cites_an_event_that_was_removed_or_corrected(shop: Shop, how: str) -> None:
    agent, user = shop.agent, f"dora-{how}"
    wrong, right = shop.did(user, "purchase", "p2", 3.0), shop.did(user, "purchase", "p14", 2.0)
    agent.update(user)
    given = agent.recommend(user, 20)
    assert any(wrong.event_id in row.explanation.model_dump_json() for row in given.items)
    if how == "removed":
        agent.remove_events(user, [wrong.event_id])
    else:
        agent.correct_event(wrong.model_copy(update={"type": "view"}))
    stored = agent.services.recommendations.get(given.recommendation_id)
    reasons = [row.explanation.model_dump_json() for row in stored.items]
    assert not [reason for reason in reasons if wrong.event_id in reason or "model 2”" in reason]
    assert any(right.event_id in reason for reason in reasons)
    assert all(row.explanation.text for row in stored.items)
    assert shop.ids(stored) == shop.ids(given)
    assert agent.recommend(user, 20, after=given.recommendation_id).items


@pytest.mark.parametrize("title", ["model 2", "百年孤独" * 40])
def test_a_reason_is_taken_back_in_the_language_of_its_list(shop: Shop, title: str) -> None:
    agent = shop.agent
    agent.add_items([agent.items(["p2"])["p2"].model_copy(update={"title": title})])
    wrong = shop.did("emil", "purchase", "p2", 3.0)
    agent.update("emil")
    given = [agent.recommend("emil", 20, lang="en"), agent.recommend("emil", 19, lang="zh")]
    agent.remove_events("emil", [wrong.event_id])

    stored = [agent.services.recommendations.get(each.recommendation_id).items for each in given]
    sentences = [{row.explanation.text for row in rows if not row.explanation.cites} for rows in stored]
    assert any(text.startswith("The reason was taken back") for text in sentences[0])
    assert any(text.endswith("理由因此撤回。") for text in sentences[1])
    assert not any("理由" in text for text in sentences[0]) and not any("taken back" in text for text in sentences[1])


def test_a_corrected_event_says_what_really_happened(shop: Shop) -> None:
    agent = shop.agent
    event = shop.did("cleo", "purchase", "p8", 4.0)
    agent.update("cleo")
    agent.correct_event(event.model_copy(update={"item_id": "p6"}))
    assert [(event.event_id, event.item_id) for event in agent.events("cleo")] == [(event.event_id, "p6")]
    assert agent.explain("cleo", "p6").why_not == ["You bought it on 30 April 2026."]
    with pytest.raises(UsageError, match="is in the future"):
        agent.correct_event(event.model_copy(update={"at": NOW + timedelta(days=30)}))
    assert [(event.event_id, event.item_id) for event in agent.events("cleo")] == [(event.event_id, "p6")]


def test_lists_beside_the_person_hold_what_is_to_be_had(shop: Shop) -> None:
    agent = shop.agent
    similar = agent.similar_items("p0", 8, where=["attributes.price<40"])
    assert (len(similar.items), similar.about) == (8, "p0")
    assert {row.title.split()[0] for row in similar.items} == {"kettle"}
    assert all(shop.products[row.item_id].attributes["price"] < 40 for row in similar.items)
    assert all(row.score == pytest.approx(sum(part.value for part in row.contributions)) for row in similar.items)

    counts: dict[str, int] = {}
    for user in agent.users():
        for event in agent.events(user.user_id):
            if event.item_id and event.at >= NOW - timedelta(days=3):
                counts[event.item_id] = counts.get(event.item_id, 0) + 1
    popular = agent.popular_items(5, days=3)
    assert [row.score for row in popular.items] == sorted((row.score for row in popular.items), reverse=True)
    assert [row.score for row in popular.items] == [counts[row.item_id] for row in popular.items]
    latest = agent.latest_items(5, where=["category=Kitchen"])
    ages = [NOW - (shop.products[row.item_id].created_at or NOW) for row in latest.items]
    assert ages == sorted(ages)
    assert all(shop.products[row.item_id].available for row in [*similar.items, *popular.items, *latest.items])
    with pytest.raises(NotFoundError, match="no item 'nothing'"):
        agent.similar_items("nothing")


def shop_of(home: Path, size: int) -> InterestAgent:
    products = [product(number, available=True) for number in range(size)]
    return rule_agent(home, products, at=NOW, embedder=WordEmbedder())


@pytest.mark.parametrize("remembered", [50_000, 3], ids=["all is remembered", "the newest are remembered"])
@pytest.mark.parametrize("days", [None, 400.0])
def test_what_is_popular_counts_what_was_chosen_a_moment_ago(
    tmp_path: Path, remembered: int, days: float | None
) -> None:
    with shop_of(tmp_path, 9) as agent:
        agent.recommender.newest.limit = remembered
        days_ago = [NOW - timedelta(days=day) for day in range(40, 0, -1)]
        agent.observe(
            [Event(user_id=f"u{n}", type="click", item_id=f"p{n % 9}", at=at) for n, at in enumerate(days_ago)]
        )
        before = {row.item_id: row.score for row in agent.popular_items(9, days=days).items}
        agent.observe([Event(user_id="new", type="purchase", item_id="p8", at=NOW)])

        after = {row.item_id: row.score for row in agent.popular_items(9, days=days).items}

    assert after == before | {"p8": before["p8"] + 1}


def test_pages_go_on_to_the_end_of_the_catalogue_and_repeat_nothing(tmp_path: Path) -> None:
    with shop_of(tmp_path, 205) as agent:
        seen: list[str] = []
        page = agent.recommend("nobody", 1)
        while page.items:
            seen += [item.item_id for item in page.items]
            page = agent.recommend("nobody", 1, after=page.recommendation_id)

    assert sorted(seen) == sorted(f"p{number}" for number in range(205))


def test_a_page_goes_on_with_its_own_request_though_another_gave_the_same_list(tmp_path: Path) -> None:
    with shop_of(tmp_path, 40) as agent:
        plain = agent.recommend("nobody", 2)
        listed = [item.item_id for item in plain.items]
        without = agent.recommend("nobody", 2, exclude=["p39"])
        assert [item.item_id for item in without.items] == listed

        rest = agent.recommend("nobody", 40, after=without.recommendation_id)

    assert plain.recommendation_id != without.recommendation_id
    assert sorted(listed + [item.item_id for item in rest.items]) == sorted(f"p{number}" for number in range(39))


def test_a_rule_given_with_a_later_page_holds_for_those_after_it(shop: Shop) -> None:
    dear = shop.agent.recommend("pager", 2, where=["attributes.price>=10"])
    cheap = shop.agent.recommend("pager", 2, after=dear.recommendation_id, where=["attributes.price<10"])
    more = shop.agent.recommend("pager", 2, after=cheap.recommendation_id)
    prices = [[shop.products[item].attributes["price"] < 10 for item in shop.ids(page)] for page in (dear, cheap, more)]
    assert prices == [[False, False], [True, True], [True, True]]


def test_what_fits_a_query_is_found_page_by_page_without_gap_or_repeat(shop: Shop) -> None:
    seen: list[str] = []
    after: tuple[float, str] | None = None
    while found := shop.agent.find_items("red kettle model 7", 700, after=after, where=["attributes.price<40"]):
        seen += [item.item_id for item, _ in found]
        after = (found[-1][1], seen[-1])

    cheap = [name for name, item in shop.products.items() if float(str(item.attributes["price"])) < 40]
    assert len(seen) == len(set(seen))
    assert sorted(seen) == sorted(cheap)
