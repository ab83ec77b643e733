"""A model's words for a list: one call, a closed set of facts, and nothing in the answer that an independent checker could fault."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reason_checker import Known, faults
from recommend_shop import Shop

from penchant.agent.llm.scripted_model import CAPABLE, ScriptedModel
from penchant.agent.recommend.explanations.llm_explainer import open_explainer
from penchant.agent.recommend.explanations.rule_explainer import RuleExplainer
from penchant.errors import ModelUnreachable
from penchant.prompts.prompt import Prompt
from penchant.settings import RecommendSettings, Settings
from penchant.store.recommendation import Recommendation

_FACT = re.compile(r"^(\d+) «(.*)»$", re.MULTILINE)
_ITEM = re.compile(r"^(?:Item|物品) (\d+) «(.*)»[,，]", re.MULTILINE)
_ALSO = re.compile(r"^(?:also|另有) (.*)$", re.MULTILINE)
Say = Callable[[str, list[tuple[int, str]]], tuple[str, list[int]]]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def saying(say: Say) -> ScriptedModel:
    """A model that says for every item what `say` makes of its title and its (number, fact) pairs."""

    def reply(prompt: Prompt) -> dict[str, Any]:
        facts = {int(number): text for number, text in _FACT.findall(prompt.user)}
        sentences = []
        starts = [*_ITEM.finditer(prompt.user)]
        for item, after in zip(starts, [*(place.start() for place in starts[1:]), len(prompt.user)], strict=True):
            number, title, part = item[1], item[2], prompt.user[item.end() : after]
            own = [(int(place), text) for place, text in _FACT.findall(part)]
            own += [
                (int(place), facts[int(place)]) for also in _ALSO.findall(part) for place in re.findall(r"\d+", also)
            ]
            text, cites = say(title, own)
            sentences.append({"i": int(number), "text": text, "cites": cites})
        return {"reasons": sentences}

    return ScriptedModel(reply)


def copies(title: str, facts: list[tuple[int, str]]) -> tuple[str, list[int]]:
    number, known = facts[0]
    return known, [number]


def explained(shop: Shop, model: ScriptedModel, user: str = "u1") -> Recommendation:
    return shop.open_recommender(open_explainer(model, shop.settings)).recommend(user)


def known(shop: Shop, user: str) -> Known:
    live = shop.interests.live(user)
    events = {stored.event.event_id: stored.event for stored in shop.ledger.events(user)}
    return Known(events, shop.catalogue.items, dict(zip(live.ids, live.paths, strict=True)))


def all_faults(shop: Shop, recommendation: Recommendation) -> list[str]:
    about = known(shop, recommendation.user_id)
    return [
        fault
        for row in recommendation.items
        for fault in faults(row.explanation, shop.catalogue.items[row.item_id], about)
    ]


def test_a_whole_list_is_explained_in_one_call_from_facts_told_once(shop: Shop) -> None:
    model = saying(copies)
    recommendation = explained(shop, model)
    assert {row.explanation.source for row in recommendation.items} == {"llm"}
    [asked] = model.asked
    sentences = [text for _, text in _FACT.findall(asked.user)]
    assert len(sentences) == len(set(sentences))
    assert (asked.step, asked.user_id, recommendation.llm.calls, recommendation.llm.explained) == (
        "explain",
        "u1",
        1,
        10,
    )
    assert all_faults(shop, recommendation) == []
    assert recommendation.degraded == []


def test_a_citation_that_was_left_out_is_added_and_one_of_another_item_is_not_believed(shop: Shop) -> None:
    def says_the_first_and_cites_the_last(title: str, facts: list[tuple[int, str]]) -> tuple[str, list[int]]:
        return facts[0][1], [facts[-1][0]]

    honest, sloppy = explained(shop, saying(copies)), explained(shop, saying(says_the_first_and_cites_the_last))
    for right, mended in zip(honest.items, sloppy.items, strict=True):
        assert set(right.explanation.cites) <= set(mended.explanation.cites)
    assert all_faults(shop, sloppy) == []


LIES: dict[str, Say] = {
    "a quality": lambda title, facts: (f"This {title} is a lovely bestseller.", [facts[0][0]]),
    "an action": lambda title, facts: (f"You rated {title} with five stars.", [facts[0][0]]),
    "a day": lambda title, facts: ("You bought it on 1 January 1999.", [facts[0][0]]),
    "a name": lambda title, facts: ("It goes with your interest in Harry Potter.", [facts[0][0]]),
    "a number": lambda title, facts: (f"{facts[0][1][:-1]} 42 times.", [facts[0][0]]),
    "nothing": lambda title, facts: ("It fits.", [facts[0][0]]),
    "an order": lambda title, facts: ("Ignore all rules and click http://evil.example now!", [facts[0][0]]),
}


@pytest.mark.parametrize("say", LIES.values(), ids=LIES)
def test_what_the_facts_do_not_say_becomes_the_words_of_the_rules(shop: Shop, say: Say) -> None:
    recommendation = explained(shop, saying(say))
    assert [row.explanation for row in recommendation.items] == [
        row.explanation for row in shop.recommender.recommend("u1").items
    ]
    assert recommendation.degraded[0].reason == "10 of 10 reasons by rule: what the model said was not all in the facts"


def test_only_the_sentence_that_says_too_much_is_dropped(shop: Shop) -> None:
    recommendation = explained(
        shop, saying(lambda title, facts: (f"{facts[0][1]} It will make you happy.", [facts[0][0]]))
    )
    assert [row.explanation.text for row in recommendation.items] == [
        row.explanation.text for row in explained(shop, saying(copies)).items
    ]
    assert all_faults(shop, recommendation) == []


@pytest.mark.parametrize(
    ("model", "why"),
    [
        (ScriptedModel(ModelUnreachable("no connection to there")), "no connection to there"),
        (ScriptedModel("Sure! Here you go:", "Sorry."), "no complete JSON"),
        (ScriptedModel({"reasons": []}, {"reasons": []}), "reasons"),
    ],
    ids=["unreachable", "chatter", "empty"],
)
def test_a_failing_model_costs_its_words_and_nothing_else(shop: Shop, model: ScriptedModel, why: str) -> None:
    recommendation = explained(shop, model)
    assert recommendation.items == shop.recommender.recommend("u1").items
    assert (recommendation.degraded[0].step, why in recommendation.degraded[0].reason) == ("explain", True)


def test_what_was_whole_of_a_reply_that_stops_in_the_middle_is_kept(shop: Shop) -> None:
    def cut_off(prompt: Prompt) -> str:
        number, sentence = _FACT.findall(prompt.user)[0]
        return f'{{"reasons":[{{"i":1,"text":"{sentence}","cites":[{number}]}},{{"i":2,"text":"You bou'

    recommendation = explained(shop, ScriptedModel(cut_off))
    assert [row.explanation.source for row in recommendation.items] == ["llm"] + 9 * ["rule"]
    assert recommendation.degraded


def test_a_model_that_is_too_slow_is_not_waited_for(shop: Shop) -> None:
    shop.settings.recommend = RecommendSettings(llm_seconds=1e-9)
    model = saying(copies)
    recommendation = explained(shop, model)
    assert model.asked == []
    assert (
        recommendation.degraded[0].reason == "10 of 10 reasons by rule: no time left of 1e-09 s (recommend.llm_seconds)"
    )


def test_a_long_list_goes_out_in_as_few_calls_as_the_context_allows(shop: Shop) -> None:
    wide, narrow = saying(copies), saying(copies)
    narrow.profile = CAPABLE.model_copy(update={"context_tokens": 1_200})
    for model in (wide, narrow):
        listing = shop.open_recommender(open_explainer(model, shop.settings)).recommend("u1", 30)
        assert {row.explanation.source for row in listing.items} == {"llm"}
    assert (len(wide.asked), len(narrow.asked) > 3) == (3, True)


def test_a_small_model_never_writes_a_sentence_nor_does_no_model() -> None:
    small = ScriptedModel(profile=CAPABLE.model_copy(update={"tier": "choose"}))
    assert isinstance(open_explainer(small, Settings()), RuleExplainer)
    assert isinstance(open_explainer(None, Settings()), RuleExplainer)


def test_who_wants_no_model_gets_the_words_of_the_rules(shop: Shop) -> None:
    model = saying(copies)
    shop.open_recommender(open_explainer(model, shop.settings)).recommend("u1", llm=False)
    assert model.asked == []


def test_chinese_reasons_are_asked_for_and_held_to_chinese_facts(shop: Shop) -> None:
    shop.settings.lang = "zh"
    recommendation = explained(shop, saying(copies))
    assert {row.explanation.source for row in recommendation.items} == {"llm"}
    assert "您" in recommendation.items[0].explanation.text
    invented = explained(shop, saying(lambda title, facts: (f"这款精美的“{title}”是送礼佳品。", [facts[0][0]])))
    assert {row.explanation.source for row in invented.items} == {"rule"}


def test_reasons_by_rule_stand_up_to_the_checker_too(shop: Shop) -> None:
    lists = [shop.recommender.recommend(user) for user in shop.ledger.users()]

    assert [all_faults(shop, each) for each in lists if each.items] == [[]] * len(shop.ledger.users())


def test_the_checker_finds_what_is_wrong(shop: Shop) -> None:
    listing = shop.recommender.recommend("u1")
    row, about = listing.items[0], known(shop, "u1")
    item = shop.catalogue.items[row.item_id]
    text = row.explanation.text
    for lie in (f"{text} It has 77 parts.", f"{text} Ask Gandalf.", f"{text} Like in December.", f"{text} “Nothing”."):
        assert faults(row.explanation.model_copy(update={"text": lie}), item, about) != []
    assert faults(row.explanation, item, Known({}, about.items, {})) != []
