"""What a request wants of its list: filters before quotas, boosts and pins in the account, caps, pages."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recommend_shop import KINDS, NOW, Shop
from rule_agent import rule_agent

from penchant.agent.recommend import candidates
from penchant.agent.recommend.ranking import Ranking
from penchant.agent.recommend.request_rules import RequestRules
from penchant.agent.recommend.tuning.setting import Tuned
from penchant.errors import UsageError
from penchant.settings import DomainSettings, RecommendSettings
from penchant.store.event import Event
from penchant.store.recommendation import Recommendation
from penchant.store.recommendations import Feedback, Recommendations


@pytest.fixture(params=[5_000, 10], ids=["whole catalogue", "retrieved"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", request.param)
    return Shop(tmp_path)


def listed(listing: Recommendation) -> list[str]:
    return [row.item_id for row in listing.items]


def ask(shop: Shop, user: str = "u1", k: int = 10, **rules: Any) -> Recommendation:
    return shop.recommender.recommend(user, k, rules=RequestRules.of(**rules))


def place(ranking: Ranking, item_id: str) -> int:
    position = ranking.models.space.position[item_id]
    return position if ranking.pool.items is None else int(np.searchsorted(ranking.pool.items, position))


def test_a_filter_fills_the_list_while_enough_items_are_left_and_says_how_many_qualified(shop: Shop) -> None:
    answer = ask(shop, where=["category=tea|toy"])
    kinds = {item.split("-")[0] for item in listed(answer)}
    had = {stored.event.item_id for stored in shop.ledger.events("u1")}
    open_items = [f"{kind}-{n}" for kind in ("tea", "toy") for n in range(10) if f"{kind}-{n}" not in had]
    assert (len(answer.items), kinds <= {"tea", "toy"}, answer.qualified) == (10, True, len(open_items))


def test_several_filters_are_all_wanted(shop: Shop) -> None:
    answer = ask(shop, where=["category=lamp|toy", "domain=home"])
    assert listed(answer)
    assert all(item.startswith("lamp") for item in listed(answer))


def test_what_is_excluded_is_replaced_by_what_comes_next(shop: Shop) -> None:
    first = listed(ask(shop))
    again = listed(ask(shop, exclude=first[:4]))
    assert len(again) == 10
    assert not set(first[:4]) & set(again)
    assert set(first[4:]) <= set(again)


def test_a_boost_stands_in_the_account_as_the_logarithm_of_its_factor(shop: Shop) -> None:
    plain = ask(shop, k=60)
    kind = listed(plain)[-1].split("-")[0]
    answer = ask(shop, k=60, boost={f"category={kind}": 1_000.0})
    assert listed(answer)[0].split("-")[0] == kind
    for row in answer.items:
        boosts = [part.value for part in row.contributions if part.signal == "boost"]
        assert boosts == ([pytest.approx(np.log(1_000.0))] if row.item_id.startswith(kind) else [])
        assert sum(part.value for part in row.contributions) == pytest.approx(row.score, abs=1e-6)


def test_a_factor_below_one_buries(shop: Shop) -> None:
    kind = listed(ask(shop))[0].split("-")[0]
    buried = listed(ask(shop, k=30, boost=[f"category={kind}=0.0001"]))
    assert {item.startswith(kind) for item in buried[:10]} == {False}


def test_a_pin_stands_at_its_place_and_in_the_account(shop: Shop) -> None:
    plain = listed(ask(shop, k=60))
    low, lower = plain[-1], plain[-2]
    answer = ask(shop, pin=[low, f"{lower}@4"])
    assert (listed(answer)[0], listed(answer)[3], len(set(listed(answer)))) == (low, lower, 10)
    for row in (answer.items[0], answer.items[3]):
        [pin] = [part for part in row.contributions if part.signal == "pin"]
        assert pin.value >= 0.0
        assert sum(part.value for part in row.contributions) == pytest.approx(row.score, abs=1e-6)
    assert not any(part.signal == "pin" for row in answer.items[1:3] for part in row.contributions)


def test_pins_without_a_place_get_the_first_that_no_other_pin_asks_for(shop: Shop) -> None:
    first, second, third, fourth = listed(ask(shop, k=60))[-4:]

    answer = ask(shop, pin=[f"{second}@2", first, f"{fourth}@4", third])

    assert listed(answer)[:4] == [first, second, third, fourth]
    assert answer.degraded == []


def test_a_pin_brings_back_what_was_bought_but_not_what_was_refused_or_left_out(shop: Shop) -> None:
    bought = str(shop.ledger.recent("u1", 1)[0].item_id)
    assert listed(ask(shop, pin=[bought]))[0] == bought
    assert bought not in listed(ask(shop, pin=[bought], exclude=[bought]))
    shop.ledger.append([Event(user_id="u1", type="dislike", item_id=bought, at=NOW - timedelta(hours=1))])
    assert bought not in listed(ask(shop, pin=[bought]))


def test_a_pin_that_cannot_stand_is_said_with_the_reason(shop: Shop) -> None:
    gone = shop.items[0].model_copy(update={"item_id": "gone", "available": False})
    shop.stock([gone, *shop.items])
    disliked = Event(user_id="u1", type="dislike", item_id="toy-2", at=NOW - timedelta(hours=1))
    shop.ledger.append([disliked])
    pins = ["nothing", "gone@2", "lamp-1@3", "lamp-2@9", "lamp-3@3", "toy-2@6", "book-1@2"]

    answer = ask(shop, k=4, pin=pins, exclude=["book-1"])

    assert listed(answer)[2] == "lamp-1"
    assert [(note.step, note.reason) for note in answer.degraded] == [
        ("pin", "'nothing' is not pinned to place 1: the catalogue has no such item"),
        ("pin", "'gone' is not pinned to place 2: it is no longer available"),
        ("pin", "'lamp-2' is not pinned to place 9: the list has 4 places"),
        ("pin", "'lamp-3' is not pinned to place 3: another pin has this place"),
        ("pin", "'toy-2' is not pinned to place 6: the list has 4 places"),
        ("pin", "'book-1' is not pinned to place 2: the request leaves it out"),
    ]
    assert ask(shop, k=9, pin=["toy-2"]).degraded[0].reason.endswith("the user has refused it")
    assert ask(shop, k=1, pin=["lamp-2@9"]).degraded[0].reason.endswith("the list has 1 place")
    assert ask(shop, k=9, pin=["lamp-1"]).degraded == []


def test_a_pin_in_an_empty_catalogue_is_said_too(tmp_path: Path) -> None:
    agent = rule_agent(tmp_path)

    notes = agent.recommend("ada", k=3, pin=["lamp-1"], llm=False).degraded

    assert "'lamp-1' is not pinned to place 1: the catalogue has no such item" in [note.reason for note in notes]


def test_a_cap_holds_and_the_list_stays_full(shop: Shop) -> None:
    for k in (10, 15):
        by_value = listed(ask(shop, k=k, cap=["category=3"]))
        counts = [sum(item.startswith(kind) for item in by_value) for kind in KINDS]
        assert (len(by_value), max(counts)) == (k, 3)
    kind = listed(ask(shop))[0].split("-")[0]
    of_one = listed(ask(shop, cap=[f"category={kind}=1"]))
    assert (len(of_one), sum(item.startswith(kind) for item in of_one)) == (10, 1)


@pytest.mark.parametrize(
    ("field", "of"),
    [
        ("tags", lambda values: {"tags": tuple(values)}),
        ("attributes.makers", lambda values: {"attributes": {"makers": values}}),
        ("category", lambda values: {"categories": tuple(("Shop", value) for value in values)}),
    ],
)
def test_a_cap_holds_for_each_value_of_a_list(
    shop: Shop, field: str, of: Callable[[list[str]], dict[str, Any]]
) -> None:
    def values(number: int) -> list[str]:
        return [f"own-{number}", "Ann" if number % 2 else "bob", *(["BOB"] if number % 3 else [])]

    shop.stock([item.model_copy(update=of(values(number))) for number, item in enumerate(shop.items)])
    numbers = {item.item_id: number for number, item in enumerate(shop.items)}

    answer = listed(ask(shop, k=10, where=["item_id!=tea-9"], cap=[f"{field}=3"]))

    counts = Counter(value for item in answer for value in {each.casefold() for each in values(numbers[item])})
    assert counts["bob"] == 3
    assert counts["ann"] <= 3
    assert len(answer) >= 5


def test_pins_take_up_the_places_of_their_group(shop: Shop) -> None:
    first = listed(ask(shop))[0].split("-")[0]
    had = {stored.event.item_id for stored in shop.ledger.events("u1")}
    pins = [f"{first}-{n}" for n in range(10) if f"{first}-{n}" not in had][:2]

    answer = listed(ask(shop, k=4, cap=["category=1"], pin=pins))

    assert (answer[:2], len(answer)) == (pins, 4)
    assert [item for item in answer[2:] if item.startswith(first)] == []


def test_only_what_appeared_lately(shop: Shop) -> None:
    models = shop.recommender.model_store.current(NOW, 200.0)
    age = models.age_days(NOW.timestamp())
    limit = float(np.median(age[np.isfinite(age)]))
    answer = ask(shop, k=5, fresh_days=limit)
    assert answer.items
    assert all(age[models.space.position[item]] <= limit for item in listed(answer))


@pytest.mark.parametrize(
    "rules",
    [
        {"boost": ["category=tea"]},
        {"boost": {"category=tea": 0.0}},
        {"boost": {"category=tea": float("nan")}},
        {"pin": ["tea-1@0"]},
        {"cap": ["category=many"]},
        {"cap": ["category=²"]},
        {"cap": ["category=" + "9" * 5_000]},
        {"fresh_days": -1.0},
        {"where": ["price<20"]},
    ],
)
def test_a_rule_that_cannot_be_read_says_how_it_is_written(rules: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        RequestRules.of(**rules)


@pytest.mark.parametrize("rule", ["category=Teas", "tags=Teas", "lang=tlh", "domain=teas"])
def test_a_name_that_no_item_has_is_said_to_be_unknown(shop: Shop, rule: str) -> None:
    answer = ask(shop, where=[rule])
    name, _, value = rule.partition("=")
    assert (answer.items, answer.qualified) == ([], 0)
    assert f"no item has the {name} '{value.casefold()}': " in answer.degraded[0].reason


def test_an_attribute_that_no_item_has_is_said_to_be_unknown(shop: Shop) -> None:
    answer = ask(shop, where=["attributes.prise<20"])
    assert (answer.items, answer.qualified) == ([], 0)
    assert "no item has an attribute 'prise'" in answer.degraded[0].reason


@pytest.mark.parametrize("name", ["Price", "prise"])
def test_an_attribute_that_is_nearly_one_of_the_catalogue_is_answered_with_that_one(shop: Shop, name: str) -> None:
    item = shop.items[0]
    shop.stock([item.model_copy(update={"attributes": {"price": 3.0}}), item.model_copy(update={"item_id": "more"})])
    assert ask(shop, where=[f"attributes.{name}<20"]).degraded[0].reason.endswith("did you mean 'price'?")


rules_of_a_request = st.fixed_dictionaries(
    {
        "where": st.lists(st.sampled_from(["category!=tea", "category=tea|toy|book|lamp", "domain=shop"]), max_size=2),
        "boost": st.dictionaries(
            st.sampled_from([f"category={kind}" for kind in KINDS]), st.floats(0.01, 100.0), max_size=2
        ),
        "pin": st.lists(st.sampled_from([f"{kind}-{n}@{n + 1}" for kind in KINDS for n in range(3)]), max_size=2),
        "cap": st.lists(st.sampled_from(["category=2", "category=toy=1", "domain=6"]), max_size=1),
        "exclude": st.lists(st.sampled_from([f"{kind}-{n}" for kind in KINDS for n in range(4)]), max_size=5),
    }
)


requests = st.fixed_dictionaries(
    {"k": st.sampled_from([1, 3, 8, 30]), "query": st.sampled_from([None, "blue glass lamp", "nothing like it"])}
)
list_rules = st.fixed_dictionaries(
    {
        "calibration": st.sampled_from([0.0, 0.05, 2.0]),
        "diversity": st.sampled_from([0.0, 0.05, 2.0]),
        "cap": st.sampled_from([0.2, 0.6, 1.0]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 39), requests, rules_of_a_request, list_rules, st.sampled_from([0.0, 1.0]))
def test_accounts_add_up_and_counterfactuals_are_real_whatever_the_rules(
    shop: Shop,
    user: int,
    request: dict[str, Any],
    given_rules: dict[str, Any],
    list_rules: dict[str, float],
    averaging: float,
) -> None:
    recommender = shop.recommender.under(Tuned(averaging=averaging), list_rules)
    rules, name = RequestRules.of(**given_rules), f"u{user}"
    listing = recommender.recommend(name, **request, rules=rules)
    reruns = {
        interest: recommender.ranking(name, **request, without=[interest], rules=rules)
        for interest in shop.interests.live(name).ids
    }
    ranking = recommender.ranking(name, **request, rules=rules)
    for row in listing.items:
        assert sum(part.value for part in row.contributions) == pytest.approx(row.score, abs=1e-6)
        position = ranking.models.space.position[row.item_id]
        for leaf, (interest, rerun) in enumerate(reruns.items()):
            if rerun.pool.items is None or position in rerun.pool.items:
                again = rerun.rank_of(place(rerun, row.item_id))
                assert ranking.rank_without(place(ranking, row.item_id), leaf) == again
                would_be = row.explanation.counterfactual
                if would_be is not None and would_be.without_interest == interest:
                    assert would_be.rank == again


def test_a_look_settles_nothing_in_a_shop_and_a_purchase_does(shop: Shop) -> None:
    first = listed(ask(shop))[0]
    shop.ledger.append([Event(user_id="u1", type="view", item_id=first, at=NOW - timedelta(hours=3))])
    assert first in listed(ask(shop, k=60))
    shop.ledger.append([Event(user_id="u1", type="purchase", item_id=first, at=NOW - timedelta(hours=2))])
    assert first not in listed(ask(shop, k=60))
    assert shop.recommender.explain("u1", first).why_not == ["You bought it on 31 May 2026."]


def test_a_domain_may_have_rules_of_its_own(shop: Shop) -> None:
    shop.settings.recommend = RecommendSettings(
        domains={"home": DomainSettings(settles=["view"]), "shop": DomainSettings(repeat=True)}
    )
    lamp, tea = "lamp-1", "tea-1"
    events = [Event(user_id="v", type="view", item_id=item, at=NOW - timedelta(hours=1)) for item in (lamp, tea)]
    events += [Event(user_id="v", type="purchase", item_id=tea, at=NOW - timedelta(minutes=30))]
    shop.ledger.append(events)
    recommendation = listed(ask(shop, "v", k=60))
    assert (lamp in recommendation, tea in recommendation) == (False, True)
    assert shop.recommender.explain("v", lamp).why_not == ["You looked at it on 31 May 2026."]


def test_what_was_shown_often_without_an_outcome_is_left_out_for_a_while(shop: Shop) -> None:
    shop.settings.recommend = RecommendSettings(shown_times=2, shown_days=7.0)
    lists = Recommendations(shop.database)
    first, second, third = listed(ask(shop))[:3]

    def say(item: str, outcome: Any, days_ago: float) -> None:
        lists.add_feedback(Feedback(user_id="u1", item_id=item, outcome=outcome, at=NOW - timedelta(days=days_ago)))

    for item in (first, second, third):
        say(item, "shown", 1.0)
    say(first, "shown", 2.0)
    say(second, "shown", 9.0)
    say(third, "shown", 0.5)
    say(third, "clicked", 0.4)
    recommendation = listed(ask(shop, k=60))
    assert (first in recommendation, second in recommendation, third in recommendation) == (False, True, True)
    assert shop.recommender.explain("u1", first).why_not == ["It was shown to you several times lately."]
    assert shop.recommender.explain("u1", first, language="zh").why_not == ["它近来已多次展示给您。"]


def test_a_user_nobody_has_seen_gets_what_is_popular_and_new_and_is_told_so(shop: Shop) -> None:
    listing = shop.recommender.recommend("nobody", 10)
    assert (len(listing.items), listing.basis) == (10, "popular")
    assert "nothing is known about user 'nobody'" in listing.degraded[0].reason
