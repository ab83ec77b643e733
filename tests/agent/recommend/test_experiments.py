"""A/B: users keep their variant, what they were shown is logged, and looking every day finds no difference where there is none."""

import math
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filled_homes import Filled
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from small_shop import installation, profiled
from sqlalchemy import event

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.recommend.experiments import ALPHA, BOUNDS, Arm, Experiment, Variant, always_valid_p, half_width
from penchant.errors import ConflictError, NotFoundError, UsageError
from penchant.store.clock import FixedClock

BEGUN = datetime(2026, 3, 1, tzinfo=UTC)
VARIANTS = {"as-is": {"share": 1.0}, "mixed": {"share": 1.0, "diversity": 5.0, "calibration": 0.0}}


@pytest.fixture
def agent(home: Path, clock: FixedClock, filled: Filled) -> InterestAgent:
    return installation(filled(home, profiled), clock)


@settings(deadline=None)
@given(st.text(max_size=20), st.lists(st.floats(0.01, 100), min_size=2, max_size=8))
def test_everybody_has_one_variant_the_same_every_time(user: str, shares: list[float]) -> None:
    variants = {f"v{n}": Variant(share=share) for n, share in enumerate(shares)}
    first, again = (Experiment(name="prices", variants=variants, started_at=BEGUN) for _ in range(2))
    assert first.variant_of(user) == again.variant_of(user)


def test_variants_have_their_shares_and_experiments_nothing_to_do_with_each_other() -> None:
    variants = {"a": Variant(share=1), "b": Variant(share=2), "c": Variant(share=7)}
    first, other = (Experiment(name=name, variants=variants, started_at=BEGUN) for name in ("one", "other"))
    users = [f"u{n}" for n in range(20_000)]
    pairs = Counter((first.variant_of(user), other.variant_of(user)) for user in users)
    for a, share in (("a", 0.1), ("b", 0.2), ("c", 0.7)):
        for b, beside in (("a", 0.1), ("b", 0.2), ("c", 0.7)):
            assert pairs[a, b] / len(users) == pytest.approx(share * beside, abs=0.012)


def test_a_list_is_made_under_the_variant_and_says_so(agent: InterestAgent) -> None:
    users = [user.user_id for user in agent.users()]
    plain = {user: [row.item_id for row in agent.recommend(user, llm=False).items] for user in users}
    agent.start_experiment("mixed-lists", VARIANTS)
    listed = {user: agent.recommend(user, llm=False) for user in users}
    agent.stop_experiment()

    variants = {user: row.exposure.variant for user, row in listed.items() if row.exposure}
    assert set(variants) == set(users)
    assert set(variants.values()) == {"as-is", "mixed"}
    different = {user for user in users if [row.item_id for row in listed[user].items] != plain[user]}
    assert different
    assert all(variants[user] == "mixed" for user in different)
    assert agent.recommend(users[0], llm=False).exposure is None


def test_an_item_is_explained_under_the_setting_that_lists_it(agent: InterestAgent) -> None:
    agent.start_experiment(
        "without-the-new", {"as-is": {"share": 1}, "old": {"share": 1, "freshness": 0, "diversity": 0.5}}
    )
    for user in (known.user_id for known in agent.users()):
        best = agent.recommend(user, llm=False).items[0]
        explained = agent.explain(user, best.item_id)
        assert explained.rank == 1
        assert explained.score == pytest.approx(best.score)


def test_the_first_variant_is_what_others_are_compared_with_whatever_it_is_called(agent: InterestAgent) -> None:
    begun = agent.start_experiment("order", {"now": {"share": 1}, "mixed": {"share": 3}, "a": {"share": 1}})

    assert agent.experiments() == [begun]
    assert list(agent.experiments()[0].variants) == ["now", "mixed", "a"]
    users = [f"visitor-{n}" for n in range(50)]
    assert [agent.exposure(user).variant for user in users] == [begun.variant_of(user) for user in users]
    [result] = agent.stats().experiments
    assert [(row.variant, row.against) for row in result.differences] == [("mixed", "now"), ("a", "now")]


def test_stats_tell_what_was_taken_under_each_variant(agent: InterestAgent, clock: FixedClock) -> None:
    agent.start_experiment("mixed-lists", VARIANTS)
    assert agent.exposure("u01") == agent.exposure("u01")
    users = [f"visitor-{n}" for n in range(160)]
    taken = Counter[str]()
    for user in users:
        listing = agent.recommend(user, 3, llm=False)
        variant = listing.exposure.variant if listing.exposure else ""
        if variant == "mixed" and int(user[8:]) % 2:
            agent.feedback(user, listing.items[0].item_id, "clicked", listing.recommendation_id)
            taken[variant] += 1
        clock.advance(timedelta(minutes=30))
    [result] = agent.stats().experiments
    counts = {row.variant: (row.users, row.lists, row.taken) for row in result.variants}
    of = Counter(agent.exposure(user).variant for user in users)
    assert counts == {name: (of[name], of[name], taken[name]) for name in ("as-is", "mixed")}
    [difference] = result.differences
    assert (difference.variant, difference.against) == ("mixed", "as-is")
    assert difference.difference == pytest.approx(taken["mixed"] / of["mixed"])
    assert difference.p is None  # nobody of the others took anything: their spread is not known


def test_all_experiments_are_judged_in_one_look_at_the_lists(agent: InterestAgent, clock: FixedClock) -> None:
    for name in ("one", "two"):
        agent.start_experiment(name, VARIANTS)
        for user in ("ann", "bea", "cid")[: 3 if name == "one" else 2]:
            agent.recommend(user, 3, llm=False)
        agent.stop_experiment()
        clock.advance(timedelta(hours=1))
    queries: list[str] = []

    def note(*arguments: Any) -> None:
        queries.append(arguments[2])

    engine = agent.services.database.engine
    event.listen(engine, "before_cursor_execute", note)
    found = agent.stats().experiments
    event.remove(engine, "before_cursor_execute", note)

    assert {result.name: sum(row.lists for row in result.variants) for result in found} == {"one": 3, "two": 2}
    assert sum("recommendations.body" in query and "WHERE" not in query for query in queries) == 1


def test_one_runs_at_a_time_and_under_a_name_of_its_own(agent: InterestAgent) -> None:
    agent.start_experiment("one", VARIANTS)
    with pytest.raises(ConflictError, match="'one' is running: stop it first"):
        agent.start_experiment("two", VARIANTS)
    agent.stop_experiment()
    with pytest.raises(ConflictError, match="there was an experiment 'one'"):
        agent.start_experiment("one", VARIANTS)
    with pytest.raises(NotFoundError, match="no experiment is running"):
        agent.stop_experiment()
    with pytest.raises(UsageError, match="no version 7"):
        agent.start_experiment("three", {"a": {"share": 1}, "b": {"share": 1, "version": 7}})
    assert [(experiment.name, experiment.stopped_at is None) for experiment in agent.experiments()] == [("one", False)]


ONE = {"share": 1}


@pytest.mark.parametrize(
    ("name", "variants", "problem"),
    [
        ("x", {"a": ONE}, "2 to 8 variants, each under a name of its own: name another"),
        ("x", {}, "2 to 8 variants, each under a name of its own: name another"),
        ("x", {str(n): ONE for n in range(9)}, "2 to 8 variants, each under a name of its own: leave some"),
        ("", VARIANTS, "1 to 64 characters: choose another"),
        ("x" * 65, VARIANTS, "1 to 64 characters: choose another"),
        ("x", {"": ONE, "b": ONE}, "the name of a variant has 1 to 64 characters"),
        ("x", {"a": ONE, "b": {}}, "variant 'b' has no share: say how many"),
        ("x", {"a": ONE, "b": {"share": 0}}, "share of variant 'b' is 0: it is a number above 0"),
        ("x", {"a": ONE, "b": {"share": 1e308}}, "share of variant 'b' is 1e+308: it is a number above 0, at most"),
        ("x", {"a": ONE, "b": ONE | {"version": 10**24}}, "version of variant 'b' is 1000000000000000000000000: it is"),
        ("x", {"a": ONE, "b": ONE | {"version": False}}, "version of variant 'b' is False: it is a whole number"),
        ("x", {"a": ONE, "b": {"share": math.nan}}, "share of variant 'b' is nan: it is a number above 0"),
        ("x", {"a": ONE, "b": ONE | {"colour": 3}}, "variant 'b' cannot have 'colour': it has share, version, calib"),
        ("x", {"a": ONE, "b": ONE | {"version": 1.5}}, "version of variant 'b' is 1.5: it is a whole number from 0"),
        ("x", {"a": ONE, "b": ONE | {"cap": 2}}, "cap of variant 'b' is 2: it is a number above 0, and at most 1"),
        ("x", {"a": ONE, "b": ONE | {"diversity": -1}}, "diversity of variant 'b' is -1: it is a number from 0"),
        ("x", {"a": ONE, "b": 5}, "variants.b is not usable: give each variant by its name, as {'share': 1}"),
    ],
)
def test_what_is_no_experiment_says_what_to_do(
    home: Path, clock: FixedClock, name: str, variants: Any, problem: str
) -> None:
    agent = installation(home, clock)
    with pytest.raises(UsageError, match=re.escape(problem)):
        agent.start_experiment(name, variants)
    assert agent.experiments() == []


def test_every_key_of_a_variant_has_its_bounds_in_words() -> None:
    assert set(BOUNDS) == set(Variant.model_fields)


def looks(random: np.random.Generator, rate: float, days: int = 25, per_day: int = 24) -> list[Arm]:
    """A variant as it is known each evening: people who differ in how readily they take something, and come again."""
    users = random.integers(0, days * per_day // 2, days * per_day)
    readiness = random.beta(rate * 4, (1 - rate) * 4, days * per_day)
    taken = (random.random(len(users)) < readiness[users]).astype(np.float64)
    return [Arm.of(users[: day * per_day], taken[: day * per_day]) for day in range(6, days + 1)]


def test_looking_every_day_is_wrong_no_more_often_than_looking_once() -> None:
    random = np.random.default_rng(0)
    valid, naive, rounds = 0, 0, 400
    for _ in range(rounds):
        pairs = list(zip(looks(random, 0.2), looks(random, 0.2), strict=True))
        found = [(b.rate - a.rate, a.variance + b.variance) for a, b in pairs]
        valid += min(always_valid_p(*look) for look in found) < ALPHA
        naive += min(2 * norm.sf(abs(difference) / variance**0.5) for difference, variance in found) < ALPHA
    assert valid / rounds <= ALPHA
    assert naive / rounds > 2 * ALPHA  # the usual test, looked at daily


def test_a_difference_is_found_and_lies_in_its_interval_at_every_look() -> None:
    random = np.random.default_rng(1)
    found, missed, rounds = 0, 0, 200
    for _ in range(rounds):
        pairs = list(zip(looks(random, 0.15), looks(random, 0.35), strict=True))
        known = [(b.rate - a.rate, a.variance + b.variance) for a, b in pairs]
        found += min(always_valid_p(*look) for look in known) < ALPHA
        missed += any(abs(difference - 0.2) > half_width(variance) for difference, variance in known)
    assert found / rounds > 0.9
    assert missed / rounds <= ALPHA


@settings(deadline=None)
@given(st.floats(-1, 1), st.floats(1e-7, 0.1))
def test_the_interval_is_what_the_test_has_not_ruled_out(difference: float, variance: float) -> None:
    width = half_width(variance)
    assert always_valid_p(width * 1.001, variance) < ALPHA
    assert always_valid_p(width * 0.999, variance) > ALPHA
    assert 0 <= always_valid_p(difference, variance) <= 1
