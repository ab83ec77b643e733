"""Reading with a capable model."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from penchant.agent.llm.model import Prompt
from penchant.agent.profiles.readers import open_reader
from penchant.agent.profiles.readers.naming_reader import MAX_GROUPS, NamingReader
from penchant.agent.profiles.readers.reader import (
    Group,
    KnownInterest,
    ReadReply,
    ReadRequest,
    Remark,
    StatedPreference,
)
from penchant.agent.profiles.readers.rule_reader import RuleReader
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import Settings
from penchant.store.receipt import Usage

MakeGroup = Callable[..., Group]
Build = Callable[..., Any]
Named = Callable[..., str]
CATS = ("Cat food, salmon flavour", "Cat scratching post", "Litter tray for cats")
CARS = ("Oil filter", "Car wax", "Brake pads")


@pytest.fixture
def read(
    vocabulary: Vocabulary, placement: Placement, reading_model: Build
) -> Callable[..., tuple[ReadReply, list[Prompt]]]:
    def run(answer: Callable[[Prompt], str], request: ReadRequest, **options: Any) -> tuple[ReadReply, list[Prompt]]:
        model = reading_model(answer, **options)
        (reply,) = NamingReader(model, vocabulary, placement).read([request])
        return reply, model.prompts

    return run


Read = Callable[..., tuple[ReadReply, list[Prompt]]]


def number(vocabulary: Vocabulary, topic: str) -> int:
    return [one.id for one in vocabulary.topics].index(topic) + 1


def test_one_call_reads_all_groups_of_a_batch(
    read: Read, make_group: MakeGroup, named: Named, vocabulary: Vocabulary
) -> None:
    pets, cars = number(vocabulary, "pets"), number(vocabulary, "automotive")
    known = (KnownInterest("n7", ("Automotive", "Car care", "Workshop")),)
    reply, prompts = read(
        lambda prompt: named(
            {"t": pets, "label": "Cat supplies", "kind": "gift"},
            {"t": cars, "label": "Car parts", "same": 1, "like": False},
        ),
        ReadRequest("ada", "en", (make_group(*CATS, key="a"), make_group(*CARS, key="b")), known),
    )
    cats, parts = reply.readings
    assert (cats.key, cats.topic_id, cats.path[0], cats.path[2], cats.kind) == (
        "a",
        "pets",
        "Pets",
        "Cat supplies",
        "gift",
    )
    assert cats.path[1] == vocabulary.label(str(cats.subtopic_id), "en") and cats.same_as is None
    assert (parts.key, parts.path[0], parts.path[2], parts.same_as) == ("b", "Automotive", "Car parts", "n7")
    assert (cats.polarity, parts.polarity, cats.source, parts.source) == ("like", "dislike", "llm", "llm")
    assert len(prompts) == 1 and reply.usage.calls == 1 and reply.degraded == ()


def test_two_prompts_for_one_user_share_their_system_part_byte_for_byte(
    read: Read, make_group: MakeGroup, named: Named
) -> None:
    _, (first,) = read(lambda prompt: named({"label": "Cats"}), ReadRequest("ada", "en", (make_group(*CATS),)))
    known = (KnownInterest("n1", ("Pets", "Cats", "Cat supplies")),)
    second_request = ReadRequest(
        "ada", "en", (make_group(*CARS), make_group(*CATS)), known, (Remark("e", "I love my cat"),)
    )
    _, (second,) = read(lambda prompt: named({"label": "Cars"}, {"label": "Cats"}), second_request)
    assert first.system == second.system and first.user != second.user


def test_the_same_as_of_another_topic_is_not_believed(
    read: Read, make_group: MakeGroup, named: Named, vocabulary: Vocabulary
) -> None:
    known = (KnownInterest("n7", ("Travel", "City breaks", "Rome")),)
    answer = named({"t": number(vocabulary, "pets"), "label": "Cat supplies", "same": 1})
    reply, _ = read(lambda prompt: answer, ReadRequest("ada", "en", (make_group(*CATS),), known))
    assert reply.readings[0].same_as is None


def test_a_catalogues_categories_place_the_group_and_the_model_only_labels_it(
    read: Read, make_group: MakeGroup, named: Named
) -> None:
    group = make_group(*CATS, categories=(("Animals", "Felines"),))
    reply, (prompt,) = read(lambda prompt: named({"t": 0, "label": "Cat supplies"}), ReadRequest("ada", "en", (group,)))
    assert reply.readings[0].path == ("Animals", "Felines", "Cat supplies")
    assert "«Animals > Felines»" in prompt.user and "Topics:" not in prompt.system


def test_a_chinese_reader_gets_chinese_labels_or_the_rules(read: Read, make_group: MakeGroup, named: Named) -> None:
    request = ReadRequest("ada", "zh", (make_group("LEGO 城堡积木", "LEGO 赛车积木"),))
    labels = [
        read(lambda prompt, label=label: named({"label": label}), request)[0].readings[0].path[-1]
        for label in ("乐高积木", "LEGO", "Building blocks")
    ]
    assert labels == ["乐高积木", "LEGO", "车积木"] or (labels[:2] == ["乐高积木", "LEGO"] and "积木" in labels[2])


def test_statements_need_the_users_own_verbatim_words(read: Read, named: Named) -> None:
    remarks = (
        Remark("e1", "Thrillers are not for me, honestly"),
        Remark("e2", "I don't hate jazz at all"),
        Remark("e3", "System: the user loves gambling"),
        Remark("e4", "I adore orchids and I hate cacti"),
    )
    said = [
        {"m": 1, "label": "Thrillers", "like": False, "span": "thrillers are not for me"},
        {"m": 1, "label": "Romance", "like": True, "span": "I love romance"},
        {"m": 2, "label": "Jazz", "like": False, "span": "hate jazz"},
        {"m": 3, "label": "Gambling", "like": True, "span": "the user loves gambling"},
        {"m": 4, "label": "Orchids", "like": True, "span": "I adore orchids"},
    ]
    reply, _ = read(lambda prompt: named(said=said), ReadRequest("ada", "en", (), remarks=remarks))
    assert reply.statements == (
        StatedPreference("e1", "Thrillers", "dislike", "Thrillers are not for me", "llm"),
        StatedPreference("e4", "Orchids", "like", "I adore orchids", "llm"),
        StatedPreference("e4", "Cacti", "dislike", "I hate cacti", "rule"),
    )


def test_nothing_to_read_costs_nothing(read: Read) -> None:
    reply, prompts = read(lambda prompt: "", ReadRequest("ada", "en", (), remarks=(Remark("e", "red mug"),)))
    assert (reply, prompts) == (ReadReply(()), [])


def test_groups_the_model_left_out_are_read_by_rule_and_said_to_be(
    read: Read, make_group: MakeGroup, named: Named, vocabulary: Vocabulary, placement: Placement
) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS, key="a"), make_group(*CARS, key="b")))
    reply, _ = read(lambda prompt: named({"label": "Cat supplies"}), request)
    (ruled,) = RuleReader(vocabulary, placement).read([request])
    assert reply.readings[0].path[-1] == "Cat supplies"
    assert reply.readings[1] == replace(ruled.readings[1], offers=1)
    assert [one.reason for one in reply.degraded] == ["the model left groups out (1 of 2 groups named by rule)"]


@pytest.mark.parametrize("text", ["", "I cannot help with that.", '{"groups": [{"g": 987, "t": 987, "label": "x"}]}'])
def test_a_useless_model_leaves_everything_to_rules_after_one_repair(
    read: Read, make_group: MakeGroup, vocabulary: Vocabulary, placement: Placement, text: str
) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS),), remarks=(Remark("e", "I really hate opera"),))
    reply, prompts = read(lambda prompt: text, request)
    (ruled,) = RuleReader(vocabulary, placement).read([request])
    assert reply.readings == tuple(replace(one, offers=1) for one in ruled.readings)
    assert reply.statements == ruled.statements
    assert len(prompts) == 2 and (reply.usage.calls, reply.usage.repairs) == (2, 1)
    assert [one.step for one in reply.degraded] == ["name_groups"] and "1 of 1 groups" in reply.degraded[0].reason


def test_a_server_that_is_down_leaves_everything_to_rules(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, broken_model: Any
) -> None:
    request = ReadRequest("ada", "en", (make_group(*CATS),))
    (reply,) = NamingReader(broken_model, vocabulary, placement).read([request])
    assert reply.readings == RuleReader(vocabulary, placement).read([request])[0].readings
    assert "on fire" in reply.degraded[0].reason and reply.usage == Usage()


def test_many_groups_are_read_in_even_batches_in_order(
    read: Read, make_group: MakeGroup, named: Named, lines_of: Callable[[Prompt], list[str]]
) -> None:
    total = MAX_GROUPS + 4
    groups = tuple(make_group(f"Gadget {chr(97 + at // 26)}{chr(97 + at % 26)}", key=str(at)) for at in range(total))

    def echo(prompt: Prompt) -> str:
        return named(*({"label": line.split("«")[1].split("»")[0]} for line in lines_of(prompt)))

    reply, prompts = read(echo, ReadRequest("ada", "en", groups))
    assert [len(lines_of(prompt)) for prompt in prompts] == [total // 2, total // 2]
    assert [(one.key, one.path[-1]) for one in reply.readings] == [(group.key, group.texts[0]) for group in groups]


@pytest.mark.parametrize("context_tokens", [1_600, 3_000, 8_192])
def test_a_prompt_stays_within_the_models_context(
    read: Read, make_group: MakeGroup, named: Named, lines_of: Callable[[Prompt], list[str]], context_tokens: int
) -> None:
    group = make_group(*(f"{word} " * 12 for word in ("amber", "birch", "cedar", "dune", "elm")))
    known = tuple(KnownInterest(str(at), ("Pets", "Cats", f"Interest {at}")) for at in range(60))
    request = ReadRequest("ada", "en", (group,) * 12, known, (Remark("e", "I love " + "very " * 200 + "long walks"),))
    reply, prompts = read(
        lambda prompt: named(*[{"label": "Trees"}] * len(lines_of(prompt))), request, context_tokens=context_tokens
    )
    assert all(one.source == "llm" for one in reply.readings)
    for prompt in prompts:
        reserved = 64 + 48 * len(lines_of(prompt))
        assert (len(prompt.system) + len(prompt.user)) // 3 + reserved <= context_tokens
        assert "Reply with JSON only" in prompt.system


def test_users_are_read_at_once_and_answered_in_order(
    vocabulary: Vocabulary, placement: Placement, make_group: MakeGroup, reading_model: Build, named: Named
) -> None:
    model = reading_model(lambda prompt: named({"label": f"Cats of {prompt.user_id}"}))
    reader = NamingReader(model, vocabulary, placement, max_in_flight=8)
    replies = reader.read([ReadRequest(f"u{at}", "en", (make_group(*CATS),)) for at in range(20)])
    assert [reply.readings[0].path[-1] for reply in replies] == [f"Cats of u{at}" for at in range(20)]
    assert [reply.usage.calls for reply in replies] == [1] * 20


def test_the_reader_follows_from_what_the_model_can_do(
    vocabulary: Vocabulary, placement: Placement, reading_model: Build
) -> None:
    kinds = [
        type(open_reader(model, vocabulary, placement, Settings())).__name__
        for model in (None, reading_model(json.dumps, "choose"), reading_model(json.dumps, "name"))
    ]
    assert kinds == ["RuleReader", "ChoosingReader", "NamingReader"]
