"""Choosing a model: what is known, where it is, what a check says of it, and what it all costs."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from model_server import Exchange, Play, answers, completion, fails, name_all, says, serving
from naming_world import naming_agent, purchases, updated
from small_world import ITEMS

from penchant.agent.app.model_check import ModelChecker, Score
from penchant.agent.interest_agent import InterestAgent
from penchant.agent.llm.gguf import billions_of, find_known, known_models, tier_of
from penchant.agent.llm.model import Generation, LanguageModel, Message, Prompt, ToolCall, token_counter
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.resilience import ResilientModel
from penchant.agent.llm.scripted_model import CAPABLE, RecordingModel, ScriptedModel
from penchant.agent.llm.streams import text_stream
from penchant.agent.llm.wrapper import MeteredModel, WrapperModel
from penchant.agent.taxonomy.gold import gold_groups
from penchant.errors import ModelError, UsageError
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.embedders import open_embedder
from penchant.store.embedders.embedder import Embedder
from penchant.store.receipt import Usage
from penchant.store.usage import UsageLog

VOCABULARY = Vocabulary.load(None)
TOPIC_OF = {
    label: topic.id
    for topic in VOCABULARY.topics
    for place in topic.subtopics
    for label in (place.label("en"), place.label("zh"))
}
RIGHT = {group.texts[0]: group for half in ("seen", "unseen") for group in gold_groups(half)}


def agent_for(home: Path, **llm: str) -> InterestAgent:
    return InterestAgent.open(Settings(home=home, llm=LlmSettings.model_validate(llm)))


def test_every_known_model_says_what_it_is_good_for_in_both_languages() -> None:
    for model in known_models():
        assert set(model.notes) == {"en", "zh"} and model.licence and model.context_tokens >= 4096
        assert model.provider == "openai" or model.size_mb


@pytest.mark.parametrize(
    ("name", "billions", "tier"),
    [
        ("Qwen3-0.6B-Q8_0", 0.6, "choose"),
        ("smollm2-135m", 0.135, "choose"),
        ("qwen2.5-coder-1.5b-instruct-q4_k_m", 1.5, "name"),
        ("mixtral-8x7b", 56.0, "name"),
        ("gpt-4o-mini", None, "name"),
        ("a-model-of-my-own", None, "name"),
    ],
)
def test_a_name_tells_the_size_and_the_size_the_tier(name: str, billions: float | None, tier: str) -> None:
    assert (billions_of(name), tier_of(name)) == (billions, tier)


def test_families_are_known_by_how_their_names_begin() -> None:
    assert find_known("deepseek-chat") is find_known("deepseek-reasoner") is not None
    assert find_known("unheard-of") is None


def test_the_list_says_what_is_in_force_and_what_is_here(tmp_path: Path) -> None:
    found = agent_for(tmp_path).models()
    assert found.in_force == "smollm2-135m"
    assert [model.name for model in found.models if model.here] == ["smollm2-135m"]
    assert agent_for(tmp_path, provider="none").models().in_force is None
    assert agent_for(tmp_path, provider="openai", model="mine").models().in_force == "mine"


def test_a_file_is_found_by_name_or_said_to_be_missing(tmp_path: Path) -> None:
    agent = agent_for(tmp_path)
    assert (agent.model_file().tier, agent.model_file("smollm2-135m").path.suffix) == ("choose", ".gguf")
    with pytest.raises(ModelError, match="penchant model pull"):
        agent.model_file("qwen2.5-1.5b")


def test_without_a_model_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"llm\.provider is none"):
        agent_for(tmp_path, provider="none").check_model()


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return open_embedder(Settings(home=tmp_path_factory.mktemp("home")))


def right_place(titles: str, places: str) -> int:
    """The number of the place in `places` ("1 Pets; 2 Tea") that is in a right topic of a gold group; 0 for none."""
    topics = next(group.topics for text, group in RIGHT.items() if titles.startswith(text[:40]))
    names = [re.sub(r"^\d+ ?", "", place.strip()) for place in re.split("[;；]", places)]
    return 1 + next(at for at, name in enumerate(names) if TOPIC_OF[name] in topics)


def knowing(prompt: Prompt) -> str | Generation:
    """A model that knows every gold group, and calls the tool that is wanted."""
    if prompt.step == "check" and "teapot." in prompt.user and prompt.system == "You tell stories.":
        return "Once upon a time."
    if prompt.step == "check":
        name, argument = ("edit_interest", "interest") if "mute" in prompt.user else ("search_items", "query")
        return Generation("", "tool_calls", Usage(calls=1), (ToolCall("1", name, json.dumps({argument: "x"})),))
    lines = re.findall(r"^(\d+)[:：] ?«(.*?)» ?(?:Places|位置)[:：] ?(.*)$", prompt.user, re.MULTILINE)
    named = [{"g": int(n), "p": right_place(titles, places), "en": "Tea", "zh": "茶"} for n, titles, places in lines]
    return json.dumps({"groups": named})


def first_place(prompt: Prompt) -> str | Generation:
    """A model that always names the first of the places it is offered."""
    if prompt.step == "check":
        return "Once upon a time."
    numbers = re.findall(r"^(\d+)[:：] ?«", prompt.user, re.MULTILINE)
    return json.dumps({"groups": [{"g": int(n), "p": 1, "en": "Tea", "zh": "茶"} for n in numbers]})


def test_a_model_that_knows_passes_every_part(embedder: Embedder) -> None:
    ticks: list[tuple[int, int]] = []
    model = ScriptedModel(knowing)
    check = ModelChecker(
        model, VOCABULARY, embedder, limit=4, on_progress=lambda done, total: ticks.append((done, total))
    )
    found = check.run()
    assert (found.tier, found.settings, found.faults) == ("name", {"llm.tier": "name"}, [])
    assert found.by_model == {"en": Score(right=4, asked=4), "zh": Score(right=4, asked=4)}
    assert (found.json_valid, found.tools) == (Score(right=8, asked=8), Score(right=4, asked=4))
    assert ticks[-1][0] == ticks[-1][1]


def test_a_model_that_always_names_the_first_place_does_not_pass_for_one_that_knows(embedder: Embedder) -> None:
    found = ModelChecker(ScriptedModel(first_place), VOCABULARY, embedder).run()
    assert all(0.1 <= score.share <= 0.45 for score in found.by_model.values())
    assert found.by_embedding["en"].share > 0.8 and found.tier != "name"


def test_a_model_that_knows_nothing_but_weighs_is_told_to_choose(embedder: Embedder) -> None:
    found = ModelChecker(ScriptedModel(lambda prompt: "I would rather not."), VOCABULARY, embedder, limit=3).run()
    assert found.tier == "choose" and found.json_valid == Score(right=0, asked=6)
    assert all(score.right == 0 for score in found.by_model.values()) and found.together == found.by_embedding


def test_a_server_that_weighs_twenty_letters_is_asked_about_no_more_places_at_once(embedder: Embedder) -> None:
    def weighs(exchange: Exchange) -> None:
        tokens = [{"token": chr(65 + at), "logprob": -3.0, "bytes": None} for at in range(20)]
        reply = completion("A")
        if exchange.body.get("logprobs"):
            reply["choices"][0]["logprobs"] = {"content": [tokens[0] | {"top_logprobs": tokens}], "refusal": None}
        says(reply)(exchange)

    with serving(weighs) as server:
        found = ModelChecker(OpenAiModel("tiny", base_url=server.url), VOCABULARY, embedder).run()
    assert not any("options" in fault for fault in found.faults)
    assert found.tier == "choose" and found.chosen.asked == len(gold_groups("unseen")) // 2


def test_a_server_that_is_down_is_a_finding(embedder: Embedder) -> None:
    model = ScriptedModel(profile=CAPABLE.model_copy(update={"tools": False}))
    found = ModelChecker(model, VOCABULARY, embedder, limit=1).run()
    assert found.tier == "none" and found.faults and found.settings == {"llm.provider": "none"}


# What is spent


def test_every_call_is_counted_by_day_step_user_and_model(database: Database, clock: FixedClock) -> None:
    log = UsageLog(database)
    model = MeteredModel(ScriptedModel("fine", "again", "turn"), log, clock)
    generation = model.generate(Prompt("s", "u", "name_themes", "ada"))
    again = model.generate(Prompt("s", "u", "name_themes", "ada", is_repair=True))
    turn = model.chat([Message("user", "Hello")], user_id="bob")
    weighed = model.choose(Prompt("s", "u", "rerank", "ada"), ["A", "B"])
    usage = {total.key: total.usage for total in log.totals(("day", "step", "user_id", "model"))}
    assert usage == {
        ("2026-03-01", "ask", "bob", "scripted"): turn.usage,
        ("2026-03-01", "name_themes", "ada", "scripted"): generation.usage + again.usage + Usage(repairs=1),
        ("2026-03-01", "rerank", "ada", "scripted"): weighed.usage,
    }


@pytest.mark.parametrize(
    ("play", "calls", "repairs"),
    [(answers(""), 2, 1), (answers("", refusal="I will not"), 1, 0), (answers("no idea"), 2, 1)],
    ids=["an empty reply", "a refusal", "no JSON"],
)
def test_a_reply_that_is_of_no_use_costs_what_the_server_says_in_receipt_and_account(
    database: Database, tmp_path: Path, play: Play, calls: int, repairs: int
) -> None:
    log = UsageLog(database)
    with serving(play) as server:
        agent = naming_agent(tmp_path, MeteredModel(OpenAiModel("tiny", base_url=server.url), log))
        agent.observe(purchases())
        receipt = updated(agent)
    [total] = log.totals(since=date(2020, 1, 1))
    spent = Usage(calls=calls, repairs=repairs, prompt_tokens=100 * calls, completion_tokens=10 * calls)
    assert receipt.llm == total.usage == spent and receipt.label_source.llm == 0


def test_a_call_that_nobody_answers_costs_nothing(database: Database, tmp_path: Path) -> None:
    log = UsageLog(database)
    with serving(fails(500)) as server:
        agent = naming_agent(tmp_path, MeteredModel(OpenAiModel("tiny", base_url=server.url), log))
        agent.observe(purchases())
        receipt = updated(agent)
    assert receipt.llm == Usage() and log.totals() == [((), Usage())]


# Doubles


def test_what_was_recorded_can_be_replayed_without_the_model() -> None:
    def weigh(prompt: Prompt, options: Sequence[str]) -> list[float]:
        return [-float(len(option)) for option in options]

    recorded = RecordingModel(ScriptedModel("one", ModelError("two"), weigh=weigh))
    first, second = Prompt("s", "1", "x"), Prompt("s", "2", "x")
    generation = recorded.generate(first)
    with pytest.raises(ModelError, match="two"):
        recorded.generate(second)
    weighed = recorded.choose(first, ["a", "bb"])
    replayed = recorded.replayed()
    assert replayed.choose(first, ["a", "bb"]).log_probabilities == pytest.approx(weighed.log_probabilities)
    with pytest.raises(ModelError, match="two"):
        replayed.generate(second)
    assert replayed.generate(first) == generation and replayed.asked == [first, second, first]
    with pytest.raises(ModelError, match="nothing was recorded"):
        replayed.generate(Prompt("s", "3", "x"))


def test_a_recorded_stream_is_replayed_as_one_piece() -> None:
    recorded = RecordingModel(ScriptedModel("Good day"))
    hello = [Message("user", "Hello")]
    assert list(recorded.stream(hello)) == ["Good day"]
    assert list(text_stream(recorded.replayed(), hello)) == ["Good day"]
    assert [exchange.messages for exchange in recorded.exchanges] == [tuple(hello)]


def test_a_model_in_a_wrapper_is_the_same_model(database: Database) -> None:
    """Every wrapper has what the model has: its profile, its tokenizer, and all four ways of asking."""
    hello, prompt = [Message("user", "Hello")], Prompt("s", "u", "x")

    class Counting(ScriptedModel):
        def count_tokens(self, text: str) -> int:
            return 7

    def told(model: LanguageModel) -> list[Any]:
        asked = [model.generate(prompt), model.chat(hello), model.choose(prompt, ["A", "B"])]
        return [*asked, list(text_stream(model, hello)), model.profile, token_counter(model)("any")]

    def fresh() -> ScriptedModel:
        return Counting("one", "two", "three", weigh=lambda prompt, options: [1.0, 2.0])

    wrapped: tuple[WrapperModel, ...] = (
        WrapperModel(fresh()),
        RecordingModel(fresh()),
        ResilientModel(fresh()),
        MeteredModel(fresh(), UsageLog(database)),
    )
    assert [told(model) for model in wrapped] == [told(fresh())] * len(wrapped)


def test_two_requests_for_names_begin_with_the_same_bytes(tmp_path: Path) -> None:
    model = ScriptedModel(lambda prompt: name_all({"messages": [{"content": prompt.user}]}))
    agent = naming_agent(tmp_path, model)
    agent.observe(purchases())
    updated(agent)
    agent.world.things.items |= {item.item_id: item for item in ITEMS}
    updated(agent)
    first, second = model.asked
    assert first.system == second.system and len(first.system) > 500
    assert first.user != second.user
