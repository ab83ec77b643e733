"""Reading with a model of one to three billion parameters."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from penchant.agent.llm.model import Prompt
from penchant.agent.profiles.readers import open_naming_reader
from penchant.agent.profiles.readers.reader import Group, ReadReply, ReadRequest, Remark, StatedPreference
from penchant.agent.profiles.readers.rule_reader import RuleReader
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary

MakeGroup = Callable[..., Group]
Read = Callable[..., tuple[ReadReply, list[Prompt]]]
CATS = ("Cat food, salmon flavour", "Cat scratching post", "Litter tray for cats")
CARS = ("Oil filter", "Car wax", "Brake pads")


def says(label: str, topic: str | None = "Pets") -> str:
    return json.dumps({"topic": topic, "label": label} if topic else {"label": label})


@pytest.fixture
def read(vocabulary: Vocabulary, placement: Placement, reading_model: Callable[..., Any]) -> Read:
    def run(answer: Callable[[Prompt], str], request: ReadRequest) -> tuple[ReadReply, list[Prompt]]:
        model = reading_model(answer, groups_per_call=1)
        (reply,) = open_naming_reader(model, vocabulary, placement).read([request])
        return reply, model.prompts

    return run


def test_each_group_is_one_short_question_answered_with_the_topic_s_name(read: Read, make_group: MakeGroup) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS, key="a"), make_group(*CARS, key="b")))
    reply, prompts = read(
        lambda prompt: says("Cat supplies") if "Cat food" in prompt.user else says("Car parts", "Automotive"), request
    )

    told = [(one.key, one.topic_id, one.path[-1], one.source) for one in reply.readings]
    assert told == [("a", "pets", "Cat supplies", "llm"), ("b", "automotive", "Car parts", "llm")]
    first, second = prompts
    assert first.system == second.system and "Topics: Arts & Culture; Automotive;" in first.system
    assert "Cat food" not in second.user and reply.usage.calls == 2


def test_messages_are_asked_about_in_a_call_of_their_own(read: Read, make_group: MakeGroup) -> None:
    remarks = (Remark("e1", "Thrillers are not for me, honestly"),)
    said = {"m": 1, "label": "Thrillers", "like": False, "span": "Thrillers are not for me"}
    reply, prompts = read(
        lambda prompt: json.dumps({"groups": [], "said": [said]}) if prompt.step == "name_groups" else says("Cats"),
        ReadRequest("ada", "en", (make_group(*CATS),), remarks=remarks),
    )

    assert [prompt.step for prompt in prompts] == ["name_group", "name_groups"]
    assert reply.statements == (StatedPreference("e1", "Thrillers", "dislike", "Thrillers are not for me", "llm"),)
    assert reply.readings[0].path[-1] == "Cats" and reply.degraded == ()


def test_where_the_catalogue_places_the_group_only_a_label_is_asked_for(read: Read, make_group: MakeGroup) -> None:
    group = make_group(*CATS, categories=(("Animals", "Felines"),))
    reply, [prompt] = read(lambda prompt: says("Cat supplies", None), ReadRequest("ada", "en", (group,)))

    assert reply.readings[0].path == ("Animals", "Felines", "Cat supplies")
    assert "«Animals > Felines»" in prompt.user and "Topics:" not in prompt.system


@pytest.mark.parametrize(
    ("label", "kept"), [("Cat supplies", True), ("Pet care", True), ("Oil filters", False), ("Women", False)]
)
def test_a_label_has_to_be_of_the_group(read: Read, make_group: MakeGroup, label: str, kept: bool) -> None:
    reply, _ = read(lambda prompt: says(label), ReadRequest("ada", "en", (make_group(*CATS),)))
    assert (reply.readings[0].path[-1] == label) is kept


def test_a_topic_is_believed_where_the_label_is_no_name(
    read: Read, make_group: MakeGroup, vocabulary: Vocabulary, placement: Placement
) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS),))
    reply, prompts = read(lambda prompt: says("cats cats cats"), request)

    (ruled,) = RuleReader(vocabulary, placement).read([request])
    assert reply.readings[0].path == ruled.readings[0].path
    assert reply.readings[0].source == "llm" and len(prompts) == 1


def test_where_the_embedding_is_sure_a_wrong_word_cannot_overturn_it(read: Read, make_group: MakeGroup) -> None:
    reply, _ = read(lambda prompt: says("Cats", "Real Estate"), ReadRequest("ada", "en", (make_group(*CATS),)))
    assert reply.readings[0].topic_id == "pets"


def test_a_group_it_cannot_name_is_read_by_rule_after_one_repair(
    read: Read, make_group: MakeGroup, vocabulary: Vocabulary, placement: Placement
) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS),))
    reply, prompts = read(lambda prompt: "I would rather not.", request)

    (ruled,) = RuleReader(vocabulary, placement).read([request])
    assert reply.readings == tuple(replace(one, offers=1) for one in ruled.readings)
    assert len(prompts) == 2 and (reply.usage.calls, reply.usage.repairs) == (2, 1)
    assert [one.step for one in reply.degraded] == ["name_groups"] and "1 of 1 groups" in reply.degraded[0].reason
