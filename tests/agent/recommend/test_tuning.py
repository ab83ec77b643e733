"""Learning the weights from the tenant's own past."""

from pathlib import Path

import numpy as np
import pytest
from recommend_shop import Shop

from penchant.agent.recommend.blocks import FEATURES, SUMS_OVER_EVENTS
from penchant.agent.recommend.tuning.learning import gains_by_averaging, tune
from penchant.agent.recommend.tuning.setting import DEFAULT_BETA, DOCUMENT, Example, Tuned, fit
from penchant.errors import UsageError
from penchant.settings import RecommendSettings
from penchant.store.documents import Documents


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def examples(signal: str, count: int, seed: int = 0) -> list[Example]:
    """Choices that follow one feature and nothing else."""
    random = np.random.default_rng(seed)
    row = list(FEATURES).index(signal)
    drawn = []
    for _ in range(count):
        values = random.normal(size=(len(FEATURES), 40)).astype(np.float32)
        drawn.append(Example(values, np.array([int(values[row].argmax())])))
    return drawn


def test_the_feature_that_choices_follow_gets_the_weight() -> None:
    beta = fit(examples("near", 200), dict.fromkeys(FEATURES, 0.1))
    assert max(beta, key=lambda name: beta[name]) == "near"
    assert beta["near"] > 5 * max(value for name, value in beta.items() if name != "near")


def test_no_weight_is_ever_negative() -> None:
    random = np.random.default_rng(1)
    row = list(FEATURES).index("ease")
    drawn = []
    for _ in range(100):
        values = random.normal(size=(len(FEATURES), 40)).astype(np.float32)
        drawn.append(Example(values, np.array([int(values[row].argmin())])))
    beta = fit(drawn, dict.fromkeys(FEATURES, 0.1))
    assert beta["ease"] == 0.0
    assert min(beta.values()) >= 0.0


def test_few_choices_move_the_weights_less_than_many() -> None:
    prior = dict.fromkeys(FEATURES, 0.1)
    assert fit(examples("near", 3), prior)["near"] < fit(examples("near", 300), prior)["near"]


def test_a_signal_that_never_varies_keeps_its_weight() -> None:
    drawn = examples("near", 50)
    row = list(FEATURES).index("query")
    for example in drawn:
        example.values[row] = 0.0
    assert fit(drawn, DEFAULT_BETA)["query"] == DEFAULT_BETA["query"]


def test_weights_that_average_count_events_less_the_more_there_are() -> None:
    assert Tuned().for_history(500) == DEFAULT_BETA
    assert Tuned(averaging=1.0).for_history(30) == DEFAULT_BETA
    halved = Tuned(averaging=1.0).for_history(65)
    assert {name for name in DEFAULT_BETA if halved[name] != DEFAULT_BETA[name]} == SUMS_OVER_EVENTS
    assert halved["ease"] == pytest.approx(DEFAULT_BETA["ease"] / 2)


@pytest.mark.parametrize(("averaged", "better"), [(True, 1), (False, 0)], ids=["averages", "sums"])
def test_learning_tells_whether_choices_follow_averages_or_sums(averaged: bool, better: int) -> None:
    random, near, popular = np.random.default_rng(0), list(FEATURES).index("near"), list(FEATURES).index("popular")
    counts, drawn = random.choice([5, 500], 200).tolist(), list[Example]()
    for count in counts:
        values = np.zeros((len(FEATURES), 60), np.float32)
        values[[near, popular]] = random.normal(size=(2, 60))
        values[near] *= count + 5
        pull = values[near] / (count + 5 if averaged else 100) + values[popular]
        drawn.append(Example(values, np.array([int(pull.argmax())])))
    gains = gains_by_averaging(drawn, counts, Tuned(beta={}), (0.0, 1.0), random)
    assert int(gains.mean(0).argmax()) == better


def test_what_tune_finds_is_stored_only_where_it_is_better(shop: Shop) -> None:
    before = shop.recommender.tuned()
    found = tune(shop.recommender, shop.lists, users=20)
    assert found.before == before
    assert (found.tuned.beta != before.beta) == (found.tuned.interval[0] > 0) == (not found.tuned.unchanged)
    assert found.new_rules == (found.tuned.rules_interval[0] > 0)
    stored = Documents(shop.database).get(DOCUMENT)
    assert (stored is None) == (found.tuned.unchanged and not found.new_rules)
    assert shop.recommender.tuned() == (before if stored is None else found.tuned)


def test_the_result_of_the_last_run_is_read_as_it_was_printed_whether_it_changed_anything_or_not(shop: Shop) -> None:
    assert shop.recommender.last_tune() is None
    for users in (20, 3):
        found = tune(shop.recommender, shop.lists, users=users)
        assert shop.recommender.last_tune() == found
    assert found.at is not None and found.tuned.choices < 20
    assert (found.tuned.gain, found.tuned.interval, found.tuned.unchanged) == (0.0, (0.0, 0.0), True)


def test_tuning_without_a_past_says_how_much_is_needed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="at least 200 events"):
        small = Shop(tmp_path, users=3, each=5)
        tune(small.recommender, small.lists)


def test_what_is_set_by_hand_overrules_what_was_found() -> None:
    rules, beta = Tuned().in_force(RecommendSettings(cap=0.3, freshness=2.0))
    assert (rules.cap, rules.diversity) == (0.3, Tuned().rules.diversity)
    assert beta == {
        name: value * (2.0 if FEATURES[name] == "freshness" else 1.0) for name, value in DEFAULT_BETA.items()
    }
