"""A language model's view of a shortlist counts for what it has earned on choices that were really made, and for nothing else."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from recommend_shop import Shop

from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.tuning.learning import tune
from penchant.agent.recommend.tuning.setting import (
    LEAST_JUDGED,
    Earned,
    Judged,
    earned_weight,
    should_stop,
    standardised,
)
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints


@dataclass
class Seer:
    """A model that knows what each user takes next, and says so; or, where it is `blind`, says anything."""

    shop: Shop
    blind: bool = False
    asked: int = 0
    model: str = "seer"

    def scores(self, user: User, models: ItemModels, items: Ints) -> Floats:
        self.asked += 1
        if self.blind:
            return np.random.default_rng(self.asked).normal(size=len(items))
        events = self.shop.ledger.events(user.live.user_id)
        later = {stored.event.item_id for stored in events if stored.event.at.timestamp() >= user.at}
        return np.array([float(models.space.ids[item] in later) for item in items])

    def rerank(self, *_: Any) -> Any:
        raise AssertionError("tuning looks at views, not at lists")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, users=120)


def tuned_with(seer: Seer) -> Any:
    found = tune(seer.shop.open_recommender(reranker=seer), seer.shop.lists).tuned.llm
    assert found is not None
    return found


def test_a_model_that_knows_the_answer_earns_a_weight_lifts_the_list_and_no_other_model_has_it(shop: Shop) -> None:
    found = tuned_with(Seer(shop))
    assert (found.model, found.weight > 0, found.gain > 0.1, found.interval[0] > 0) == ("seer", True, True, True)
    assert shop.recommender.tuned().llm_weight("seer") == found.weight
    assert shop.recommender.tuned().llm_weight("another") is None


@pytest.mark.long
def test_a_model_that_says_anything_earns_nothing_and_is_not_asked_for_long(shop: Shop) -> None:
    seer = Seer(shop, blind=True)
    assert tuned_with(seer).weight == 0.0
    assert seer.asked <= 3 * LEAST_JUDGED


def test_nothing_is_earned_on_a_handful_of_choices() -> None:
    judged = [Judged(np.array([2.0, 1.0, 0.0]), np.array([-1.0, 0.0, 1.0]), 2)] * (LEAST_JUDGED - 1)
    assert earned_weight(judged) == Earned(0.0, 0.0, (0.0, 0.0), len(judged))


def test_a_view_with_an_unlike_unit_is_the_same_view() -> None:
    view = np.array([3.0, 1.0, 2.0, 9.0])
    assert standardised(view * 40 - 7) == pytest.approx(standardised(view))
    assert standardised(np.full(4, 0.3)).tolist() == [0.0] * 4


def test_asking_goes_on_only_while_choices_stand_out() -> None:
    assert not should_stop([-2.0] * (LEAST_JUDGED - 1))
    assert should_stop([-2.0] * LEAST_JUDGED)
    assert not should_stop([1.0] * LEAST_JUDGED)


def test_a_judged_list_still_adds_up_and_says_what_the_model_added(shop: Shop) -> None:
    ranking = shop.recommender.ranking("u1", 10)
    places = ranking.order[:20]
    judged = ranking.with_model_view(places, standardised(np.arange(20.0)), 5.0)
    assert judged.order[0] == places[19]
    scores = judged.scores
    for row in judged.listed():
        assert sum(part.value for part in row.contributions) == pytest.approx(scores[row.place], abs=1e-5)
        added = sum(part.value for part in row.contributions if part.signal == "llm")
        assert added == pytest.approx(scores[row.place] - ranking.scores[row.place], abs=1e-5)
        assert (added != 0) == (row.place in places)
