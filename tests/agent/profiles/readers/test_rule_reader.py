"""Reading without a model."""

from collections.abc import Callable

from penchant.agent.profiles.readers.reader import Group, Reading, ReadReply, ReadRequest, Remark, StatedPreference
from penchant.agent.profiles.readers.rule_reader import RuleReader
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary

MakeGroup = Callable[..., Group]
CATS = ("Cat food, salmon flavour", "Cat scratching post", "Litter tray for cats")


def test_a_group_without_categories_goes_to_the_nearest_topic_of_the_vocabulary(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup
) -> None:
    (reply,) = RuleReader(vocabulary, placement).read([ReadRequest("ada", "en", (make_group(*CATS),))])
    (reading,) = reply.readings
    assert reading.path[0] == "Pets" and reading.path[-1] == "Cats" and len(reading.path) == 3
    assert reading.topic_id == "pets" and reading.subtopic_id is not None and reading.source == "rule"
    assert reading.path[1] == vocabulary.label(reading.subtopic_id, "en")


def test_the_same_place_has_the_same_ids_in_every_language(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup
) -> None:
    group = make_group(*CATS)
    english, chinese = RuleReader(vocabulary, placement).read(
        [ReadRequest("ada", language, (group,)) for language in ("en", "zh")]
    )
    one, other = english.readings[0], chinese.readings[0]
    assert (one.topic_id, one.subtopic_id) == (other.topic_id, other.subtopic_id)
    assert other.path[:2] == tuple(vocabulary.label(str(id_), "zh") for id_ in (one.topic_id, one.subtopic_id))


def test_a_catalogues_own_categories_come_first(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup
) -> None:
    groups = (
        make_group(*CATS, key="deep", categories=(("Animals", "Felines", "Care", "Food"), ("Offers",))),
        make_group(*CATS, key="two", categories=(("Animals", "Felines"),)),
        make_group(*CATS, key="one", categories=(("Animals",),)),
    )
    (reply,) = RuleReader(vocabulary, placement).read([ReadRequest("ada", "en", groups)])
    assert reply == ReadReply(
        (
            Reading("deep", ("Animals", "Felines", "Care")),
            Reading("two", ("Animals", "Felines", "Cats")),
            Reading("one", ("Animals", "Cats")),
        )
    )


def test_plain_statements_are_read_with_their_words(vocabulary: Vocabulary, placement: Placement) -> None:
    remarks = (Remark("e1", "Thanks! I'm off thrillers."), Remark("e2", "red mug"))
    (reply,) = RuleReader(vocabulary, placement).read([ReadRequest("ada", "en", (), remarks=remarks)])
    assert reply == ReadReply((), (StatedPreference("e1", "Thrillers", "dislike", "I'm off thrillers"),))
