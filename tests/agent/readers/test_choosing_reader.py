"""Reading with a model that only chooses."""

from collections.abc import Callable, Sequence

from penchant.agent.placement import Placement
from penchant.agent.readers.choosing_reader import ChoosingReader
from penchant.agent.readers.rule_reader import RuleReader
from penchant.agent.reading import Group, ReadRequest
from penchant.errors import ModelError
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.receipt import Degraded, Usage

MakeGroup = Callable[..., Group]
CATS = ("Cat food, salmon flavour", "Cat scratching post", "Litter tray for cats")


def test_a_model_sure_of_a_near_topic_moves_the_group_there(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Callable[..., object]
) -> None:
    group = make_group(*CATS)
    offered = [vocabulary.label(place.topic_id, "en") for place in placement.topics(group.vector[None], k=2)[0]]
    sure = reading_model(
        lambda prompt: "", "choose", lambda options: [0.0 if one == offered[1] else -99.0 for one in options]
    )
    (reply,) = ChoosingReader(sure, vocabulary, placement).read([ReadRequest("ada", "en", (group,))])  # type: ignore[arg-type]
    (reading,) = reply.readings
    assert reading.path[0] == offered[1] and reading.source == "llm" and reading.path[-1] == "Cats"
    assert reply.usage == Usage(calls=1, prompt_tokens=50) and reply.degraded == ()


def test_an_undecided_model_changes_nothing(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Callable[..., object]
) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS), make_group("Oil filter", "Car wax")))
    (chosen,) = ChoosingReader(reading_model(lambda prompt: "", "choose"), vocabulary, placement).read([request])  # type: ignore[arg-type]
    (ruled,) = RuleReader(vocabulary, placement).read([request])
    assert [one.path for one in chosen.readings] == [one.path for one in ruled.readings]


def test_a_group_with_categories_is_not_asked_about(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Callable[..., object]
) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS, categories=(("Animals",),)),))
    (reply,) = ChoosingReader(reading_model(lambda prompt: "", "choose"), vocabulary, placement).read([request])  # type: ignore[arg-type]
    assert reply.usage == Usage() and [one.source for one in reply.readings] == ["rule"]


def test_where_the_model_fails_rules_take_over_and_it_is_not_asked_again(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Callable[..., object]
) -> None:
    asked: list[int] = []

    def fail(options: Sequence[str]) -> list[float]:
        asked.append(len(options))
        raise ModelError("this server offers no log-probabilities")

    request = ReadRequest("ada", "en", (make_group(*CATS), make_group("Oil filter", "Car wax")))
    (reply,) = ChoosingReader(reading_model(lambda prompt: "", "choose", fail), vocabulary, placement).read([request])  # type: ignore[arg-type]
    assert reply.readings == RuleReader(vocabulary, placement).read([request])[0].readings
    assert reply.degraded == (Degraded(step="choose_topic", reason="this server offers no log-probabilities"),)
    assert len(asked) == 1
