"""A language model's view of a list: used for what it has earned, shown for what it was, and never a reason for a worse list."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from recommend_shop import START, Shop

from penchant.agent.llm.factory import open_model
from penchant.agent.llm.model import Choice, ModelProfile
from penchant.agent.llm.scripted_model import CAPABLE, ScriptedModel
from penchant.agent.recommend.explanations.llm_explainer import open_explainer
from penchant.agent.recommend.llm_rerank import LETTERS, LlmReranker
from penchant.agent.recommend.recommender import Recommender
from penchant.agent.recommend.tuning.learning import tune
from penchant.agent.recommend.tuning.setting import DOCUMENT, LlmWeight, Tuned
from penchant.errors import ModelUnreachable
from penchant.prompts.prompt import Prompt
from penchant.settings import RecommendSettings
from penchant.store.documents import Documents
from penchant.store.recommendation import Recommendation, RerankUse

SMALL = CAPABLE.model_copy(update={"tier": "choose"})
WITHOUT_LOGPROBS = CAPABLE.model_copy(update={"logprobs": False})
_CANDIDATES = re.compile(r"^Candidates:\n«(.*)»$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def asking(shop: Shop, model: ScriptedModel) -> Recommender:
    return shop.open_recommender(reranker=LlmReranker(model, shop.settings))


def trusted(shop: Shop, weight: float, model: str = "scripted") -> None:
    """As if `tune` had found this weight for the model."""
    tuned = Tuned(llm=LlmWeight(weight=weight, model=model, choices=60))
    Documents(shop.database).put(DOCUMENT, tuned.model_dump(mode="json"))


def candidates(prompt: Prompt) -> list[str]:
    [listed] = _CANDIDATES.findall(prompt.user)
    return [line.split(" ", 1)[1] for line in listed.split("\n")]


def taste_for(word: str) -> ScriptedModel:
    """Thinks best of titles with `word` in them."""
    return ScriptedModel(weigh=lambda prompt, options: [5.0 * (word in title) for title in candidates(prompt)])


def order(listing: Recommendation) -> list[str]:
    return [row.item_id for row in listing.items]


def test_a_view_is_one_more_summand_and_the_score_still_adds_up(shop: Shop) -> None:
    trusted(shop, 2.0)
    listing = asking(shop, taste_for("lamp")).recommend("u1")
    for row in listing.items:
        assert sum(part.value for part in row.contributions) == pytest.approx(row.score, abs=1e-6)
    judged = {row.item_id: sum(p.value for p in row.contributions if p.signal == "llm") for row in listing.items}
    assert {item.startswith("lamp") for item, value in judged.items() if value > 0} == {True}
    assert listing.llm.rerank_weight == 2.0
    assert (
        listing.llm.model_dump() | {"prompt_tokens": 0}
        == RerankUse(
            calls=2,
            model="scripted",
            rerank_weight=2.0,
            reason="used: with what `penchant tune` measured for scripted on this catalogue",
        ).model_dump()
    )


def test_it_is_asked_once_in_each_of_two_opposite_orders(shop: Shop) -> None:
    trusted(shop, 1.0)
    model = taste_for("tea")
    asking(shop, model).recommend("u2")
    first, second = map(candidates, model.asked)
    assert first == second[::-1]
    assert len(first) == 20


def test_a_model_that_only_likes_what_stands_first_changes_nothing(shop: Shop) -> None:
    plain = shop.recommender.recommend("u3")
    trusted(shop, 3.0)
    first_is_best = ScriptedModel(weigh=lambda prompt, options: [-float(place) for place in range(len(options))])
    assert order(asking(shop, first_is_best).recommend("u3")) == order(plain)


def test_a_model_without_a_weight_is_not_asked_and_the_reason_is_told(shop: Shop) -> None:
    model = ScriptedModel(profile=SMALL)
    listing = asking(shop, model).recommend("u4")
    assert model.asked == []
    assert listing.llm == RerankUse(
        model="scripted",
        reason="not used: this model has not earned a weight here; `penchant tune` measures it",
    )
    assert listing.items == shop.recommender.recommend("u4").items


def test_the_embedded_model_moves_nothing_and_is_not_even_loaded_before_it_has_earned_a_weight(shop: Shop) -> None:
    model = open_model(shop.settings)
    assert model is not None
    listing = shop.open_recommender(open_explainer(model, shop.settings), LlmReranker(model, shop.settings)).recommend(
        "u4"
    )
    assert listing.items == shop.recommender.recommend("u4").items
    assert listing.llm == RerankUse(
        model="smollm2-135m",
        reason="not used: this model has not earned a weight here; `penchant tune` measures it",
    )


def test_a_weight_earned_by_one_model_is_not_lent_to_another(shop: Shop) -> None:
    trusted(shop, 2.0, model="another")
    model = ScriptedModel(profile=SMALL)
    asking(shop, model).recommend("u4")
    assert model.asked == []


def test_a_capable_model_counts_a_little_while_little_is_known_and_not_at_all_once_much_is(tmp_path: Path) -> None:
    weights = []
    for folder, each in (("few", 2), ("more", 6), ("many", 30)):
        (tmp_path / folder).mkdir()
        shop = Shop(tmp_path / folder, users=15, each=each)
        weights.append(asking(shop, taste_for("lamp")).recommend("u1").llm.rerank_weight)
    assert weights[0] > weights[1] > weights[2] == 0.0


def test_nothing_known_of_a_user_is_nothing_to_judge_by(shop: Shop) -> None:
    model = ScriptedModel()
    assert "nothing is known" in asking(shop, model).recommend("stranger").llm.reason
    assert model.asked == []


def test_what_is_asked_for_reaches_the_model_in_words(shop: Shop) -> None:
    trusted(shop, 1.0)
    model = taste_for("toy")
    asking(shop, model).recommend("u5", query="something to play with")
    assert "«something to play with»" in model.asked[0].user
    assert model.asked[0].user_id == "u5"


def test_without_log_probabilities_the_order_is_read_as_json(shop: Shop) -> None:
    trusted(shop, 2.0)

    def lamps_first(prompt: Prompt) -> dict[str, list[int]]:
        titles = candidates(prompt)
        return {"order": sorted(range(1, len(titles) + 1), key=lambda number: "lamp" not in titles[number - 1])}

    listing = asking(shop, ScriptedModel(lamps_first, profile=WITHOUT_LOGPROBS)).recommend("u1")
    assert listing.items[0].item_id.startswith("lamp")
    assert listing.degraded == []


class TellsNine(ScriptedModel):
    """A server that tells the likeliest letters only."""

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        return replace(super().choose(prompt, options), covered=9)


FAILURES = {
    "unreachable": (
        ScriptedModel(ModelUnreachable("no connection to there"), profile=WITHOUT_LOGPROBS),
        "no connection to there",
    ),
    "no JSON": (ScriptedModel("I like B.", "Still B.", profile=WITHOUT_LOGPROBS), "no complete JSON"),
    "few numbers": (ScriptedModel({"order": [1, 2, 3]}, profile=WITHOUT_LOGPROBS), "3 of 20 candidates apart"),
    "few letters": (TellsNine(), "9 of 20 candidates apart"),
}


@pytest.mark.parametrize(("model", "why"), FAILURES.values(), ids=FAILURES)
def test_a_failing_model_leaves_the_order_untouched_and_says_so(shop: Shop, model: ScriptedModel, why: str) -> None:
    plain = shop.recommender.recommend("u6")
    trusted(shop, 2.0)
    listing = asking(shop, model).recommend("u6")
    assert listing.items == plain.items
    [degraded] = listing.degraded
    assert (degraded.step, listing.llm.rerank_weight) == ("rerank", 0.0)
    assert why in degraded.reason
    assert degraded.reason.endswith("the order of the rules stands")


def test_a_model_that_is_too_slow_is_not_waited_for(shop: Shop) -> None:
    trusted(shop, 2.0)
    shop.settings.recommend = RecommendSettings(llm_seconds=1e-9)
    model = taste_for("lamp")
    listing = asking(shop, model).recommend("u6")
    assert model.asked == []
    assert listing.degraded[0].reason.startswith("no answer within 1e-09 s (recommend.llm_seconds)")


def test_explaining_a_listed_item_gives_the_rank_it_has_in_the_list(shop: Shop) -> None:
    trusted(shop, 2.0)
    recommender = asking(shop, taste_for("lamp"))
    row = recommender.recommend("u1").items[0]
    explanation = recommender.explain("u1", row.item_id)
    assert (explanation.rank, explanation.score, explanation.contributions) == (1, row.score, row.contributions)


# The gate


def future(shop: Shop) -> dict[str, set[str]]:
    """Titles of everything each user ever took."""
    taken: dict[str, set[str]] = {}
    for user in shop.ledger.users():
        events = shop.ledger.events(user, until=START + timedelta(days=999))
        taken[user] = {shop.catalogue.items[stored.event.item_id].title for stored in events}
    return taken


def oracle(shop: Shop) -> ScriptedModel:
    """Knows what every user will take."""
    taken = future(shop)
    return ScriptedModel(
        weigh=lambda prompt, options: [4.0 * (title in taken[str(prompt.user_id)]) for title in candidates(prompt)],
        profile=SMALL,
    )


def noise(prompt: Prompt, options: Sequence[str]) -> list[float]:
    return np.random.default_rng(len(prompt.user)).normal(size=len(options)).tolist()  # type: ignore[no-any-return]


def found(recommender: Recommender, shop: Shop, taken: dict[str, set[str]]) -> float:
    """How many of all listed items their users will take."""
    lists = [recommender.recommend(user, 5) for user in sorted(taken)]
    return float(np.mean([row.title in taken[shown.user_id] for shown in lists for row in shown.items]))


@pytest.mark.long
def test_the_gate_opens_for_a_model_that_knows_and_stays_shut_for_one_that_guesses(tmp_path: Path) -> None:
    shop = Shop(tmp_path, users=60)
    shop.clock.now = lambda: START + timedelta(days=125)  # type: ignore[method-assign]
    taken = future(shop)
    knowing = asking(shop, oracle(shop))
    before = found(knowing, shop, taken)
    earned = tune(knowing, shop.lists, users=60).tuned.llm
    assert earned is not None
    assert earned.weight > 0 and earned.interval[0] > 0
    assert found(knowing, shop, taken) > 1.3 * before

    guessing = asking(shop, ScriptedModel(weigh=noise, profile=ModelProfile(**SMALL.model_dump() | {"model": "dice"})))
    earned = tune(guessing, shop.lists, users=60).tuned.llm
    assert earned is not None
    assert earned.weight == 0
    listing = guessing.recommend("u1")
    assert listing.llm.calls == 0
    assert listing.llm.reason == "not used: no weight, by what `penchant tune` measured for dice on this catalogue"


def test_there_is_a_letter_for_every_candidate() -> None:
    assert len(set(LETTERS)) == 20
