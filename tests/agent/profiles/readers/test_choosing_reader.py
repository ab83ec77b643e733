"""Reading with a model that only chooses."""

from collections.abc import Callable, Sequence
from typing import Any

from penchant.agent.llm.model import Prompt
from penchant.agent.profiles.readers.choosing_reader import ChoosingReader
from penchant.agent.profiles.readers.reader import Group, ReadRequest
from penchant.agent.profiles.readers.rule_reader import RuleReader
from penchant.agent.taxonomy.placement import Placement
from penchant.errors import ModelError
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.receipt import Degraded, Usage

MakeGroup = Callable[..., Group]
Build = Callable[..., Any]
UNSURE = ("Book about wine",)  # cooking or reading?
CATS = ("Cat food, salmon flavour", "Cat scratching post", "Litter tray for cats")


def test_a_model_sure_of_a_near_topic_moves_the_group_there(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Build
) -> None:
    group = make_group(*UNSURE)
    second = placement.topics(group.vector[None], k=2)[0][1].topic_id
    wanted = f" {vocabulary.label(second, 'en')}"

    def sure(prompt: Prompt, options: Sequence[str]) -> list[float]:
        return [0.0 if "wine" in prompt.user and one == wanted else -99.0 for one in options]

    model = reading_model(lambda prompt: "", "choose", sure)
    reader = ChoosingReader(model, vocabulary, placement)
    first_reply, later_reply = reader.read([ReadRequest("ada", "en", (group,))] * 2)
    (reading,) = first_reply.readings
    assert reading.topic_id == second and reading.source == "llm"
    assert first_reply.degraded == () and later_reply.readings == first_reply.readings
    assert later_reply.usage == Usage(calls=1, prompt_tokens=50)
    assert model.prompts[-1].user == "Items: Book about wine\nCategory:"


def test_where_the_embedding_is_sure_the_question_is_spared(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Build
) -> None:
    model = reading_model(lambda prompt: "", "choose")
    request = ReadRequest("ada", "en", (make_group(*CATS),))
    (reply,) = ChoosingReader(model, vocabulary, placement).read([request])
    assert model.prompts == [] and reply == RuleReader(vocabulary, placement).read([request])[0]


def test_a_label_that_is_likely_whatever_the_group_gains_nothing(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Build
) -> None:
    def fond_of_common_labels(prompt: Prompt, options: Sequence[str]) -> list[float]:
        return [-float(len(one)) for one in options]

    request = ReadRequest("ada", "en", (make_group(*UNSURE), make_group("Cat show tickets")))
    model = reading_model(lambda prompt: "", "choose", fond_of_common_labels)
    (chosen,) = ChoosingReader(model, vocabulary, placement).read([request])
    (ruled,) = RuleReader(vocabulary, placement).read([request])
    assert [one.path for one in chosen.readings] == [one.path for one in ruled.readings]


def test_texts_in_a_language_the_model_does_not_read_are_left_to_the_embedding(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Build
) -> None:
    request = ReadRequest("ada", "zh", (make_group("猫粮三文鱼味", "猫抓板"),))
    model = reading_model(lambda prompt: "", "choose")
    (reply,) = ChoosingReader(model, vocabulary, placement).read([request])
    assert model.prompts == [] and reply.readings[0].source == "rule"
    (reply,) = ChoosingReader(model, vocabulary, placement, languages=("en", "zh")).read([request])
    assert model.prompts[-1].user.startswith("物品：猫粮三文鱼味") and reply.readings[0].source == "llm"


def test_a_group_with_categories_is_not_asked_about(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Build
) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS, categories=(("Animals",),)),))
    (reply,) = ChoosingReader(reading_model(lambda prompt: "", "choose"), vocabulary, placement).read([request])
    assert reply.usage == Usage() and [one.source for one in reply.readings] == ["rule"]


def test_where_the_model_fails_rules_take_over_and_it_is_not_asked_again(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Build
) -> None:
    asked: list[int] = []

    def fail(prompt: Prompt, options: Sequence[str]) -> list[float]:
        asked.append(len(options))
        raise ModelError("this server offers no log-probabilities")

    request = ReadRequest("ada", "en", (make_group(*UNSURE), make_group("Cat show tickets")))
    (reply,) = ChoosingReader(reading_model(lambda prompt: "", "choose", fail), vocabulary, placement).read([request])
    assert reply.readings == RuleReader(vocabulary, placement).read([request])[0].readings
    assert reply.degraded == (Degraded(step="choose_topic", reason="this server offers no log-probabilities"),)
    assert len(asked) == 1
