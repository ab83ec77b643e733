"""How judgements of what was shown are read: beside conditions, titles and the words that only seem to end a clause."""

import pytest

from penchant.agent.chat.answers import Shown
from penchant.agent.chat.reactions import reactions
from penchant.agent.chat.references import Items
from penchant.agent.chat.user_words import clauses

LISTED = (
    Shown(item_id="1", title="Oceans"),
    Shown(item_id="2", title="Middlemarch"),
    Shown(item_id="3", title="If Beale Street Could Talk"),
    Shown(item_id="4", title="但丁的神曲"),
)
SHOWN = Items(latest=LISTED, known=LISTED)


@pytest.mark.parametrize(
    ("message", "judged"),
    [
        ("I loved the second one even if it is long", [("2", "liked")]),
        ("I loved the second one, even if it is long", [("2", "liked")]),
        ("I loved the second one if I'm honest", [("2", "liked")]),
        ("I loved If Beale Street Could Talk", [("3", "liked")]),
        ("If Beale Street Could Talk was great", [("3", "liked")]),
        ("The first one looks so good", [("1", "liked")]),
        ("I loved the second one so much", [("2", "liked")]),
        ("I hated the first one but loved the second one", [("1", "disliked"), ("2", "liked")]),
        ("The first one: loved it. The second one: not for me.", [("1", "liked"), ("2", "disliked")]),
        ("My verdict: the second one was boring", [("2", "disliked")]),
        ("remove the second one", [("2", "disliked")]),
        ("I don't want Oceans, hide it", [("1", "disliked")]),
        ("去掉第二个", [("2", "disliked")]),
        ("please take the second one off the list", [("2", "disliked")]),
        ("drop number 3 from the list then", [("3", "disliked")]),
        ("skip #2", [("2", "disliked")]),
        ("我不要这个，要第二个", [("2", "liked")]),
        ("not this one, I want the second one", [("2", "liked")]),
        ("not the first one, give me the third", [("1", "disliked"), ("3", "liked")]),
        ("I'll take the second one", [("2", "liked")]),
        ("I'd rather take the second one", [("2", "liked")]),
        ("I'd take the second one but it's too pricey", []),
        ("我要第二个", [("2", "liked")]),
        ("请把第二个从列表里删掉", [("2", "disliked")]),
        ("我不要第三个了", [("3", "disliked")]),
        ("我不想要太贵的，第一个就很好", [("1", "liked")]),
        ("我喜欢但丁的神曲", [("4", "liked")]),
        ("第一个不错不过第二个我不喜欢", [("1", "liked"), ("2", "disliked")]),
        ("第一个很好看但是第二个很无聊", [("1", "liked"), ("2", "disliked")]),
        ("第一个主要是好看", [("1", "liked")]),
    ],
)
def test_a_judgement_is_heard_whatever_it_is_joined_with(message: str, judged: list[tuple[str, str]]) -> None:
    found = [(reaction.item.item_id, reaction.outcome) for reaction in reactions(message, SHOWN) if reaction.item]

    assert found == judged


@pytest.mark.parametrize(
    "message",
    [
        "hide the second one from my wife, I want to buy it",
        "drop me a line about the first one",
        "delete number 3 from my list of fears",
        "take out the first one for me to look at",
        "把第一个删除线去掉",
        "delete the cookies it stores",
        "remove stains from this sofa",
    ],
)
def test_a_verb_of_removal_takes_off_the_list_only_what_it_is_directly_followed_by(message: str) -> None:
    assert [reaction for reaction in reactions(message, SHOWN) if reaction.item] == []


ONE = Items(latest=LISTED[1:2], known=LISTED, focus=LISTED[1])


@pytest.mark.parametrize(
    ("message", "outcome"),
    [
        ("I loved it", "liked"),
        ("I don't like it at all", "disliked"),
        ("I really liked the ending", "liked"),
        ("loved every minute", "liked"),
        ("not for me", "disliked"),
        ("boring", "disliked"),
        ("I enjoyed reading it", "liked"),
        ("我很喜欢", "liked"),
        ("我不喜欢它", "disliked"),
        ("hide it", "disliked"),
        ("删除它", "disliked"),
    ],
)
def test_a_judgement_without_a_name_is_of_what_was_shown_alone(message: str, outcome: str) -> None:
    assert [(reaction.outcome, reaction.item) for reaction in reactions(message, ONE)] == [(outcome, LISTED[1])]


@pytest.mark.parametrize(
    "message",
    [
        "I don't really like horror",
        "I love fantasy novels",
        "I hate mushrooms",
        "I like a good thriller",
        "我不喜欢恐怖片",
    ],
)
def test_a_judgement_of_a_kind_of_thing_is_none_of_what_was_shown(message: str) -> None:
    assert [reaction.item for reaction in reactions(message, ONE)] == [None]


@pytest.mark.parametrize(
    "message",
    [
        "If I like the second one I'll tell you",
        "The second one is great if it has pictures",
        "如果第二个好看我就买",
        "I wonder if the second one is good",
    ],
)  # fmt: skip
def test_what_is_only_supposed_judges_nothing(message: str) -> None:
    assert reactions(message, SHOWN) == []


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("我喜欢但丁的神曲", ["我喜欢但丁的神曲"]),
        ("这本不但好看", ["这本不但好看"]),
        ("好看但太长", ["好看", "太长"]),
        ("再好不过了", ["再好不过了"]),
        ("不错不过太长", ["不错", "太长"]),
        ("it is so good", ["it is so good"]),
        ("it is late so I left", ["it is late", " I left"]),
    ],
)
def test_a_word_ends_a_clause_only_where_it_turns_to_something_new(message: str, parts: list[str]) -> None:
    assert [clause.raw for clause in clauses(message)] == parts


@pytest.mark.parametrize(
    "message",
    [
        "show me the first one again",
        "Show me that again",
        "show me the second one",
        "I get it",
        "I get that now",
        "I have a second one",
        "I have this",
        "I buy that",
    ],
)
def test_to_look_at_something_understand_it_or_own_it_is_no_choice_of_it(message: str) -> None:
    assert reactions(message, ONE) == []


@pytest.mark.parametrize(
    "message", ["I'll have the second one", "We'd like to get the second one", "I'll just buy that one"]
)
def test_what_the_writer_will_have_is_chosen(message: str) -> None:
    assert [reaction.outcome for reaction in reactions(message, ONE)] == ["liked"]
