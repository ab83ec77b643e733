"""What holds for the moment only is left out, and nothing that is said beside it."""

import re

import pytest
from processor_time import seconds

from penchant.agent.statements import temporary_clauses_en, temporary_clauses_zh
from penchant.agent.statements.detection import StatementDetector
from penchant.agent.statements.temporary_clauses import lasting_spans, temporary_spans
from penchant.agent.statements.wordings import TemporaryClause

DETECTOR = StatementDetector()
NEEDS = [
    ("I'm allergic to nuts", "nuts"),
    ("I'm vegan", "vegan"),
    ("I don't eat pork", "pork"),
    ("I have a severe nut allergy", "nut allergy"),
    ("I never drink alcohol", "alcohol"),
    ("I hate mushrooms", "mushrooms"),
    ("I have coeliac disease", "coeliac disease"),
]
MOMENTS = [
    "I feel like pizza",
    "I'm craving something sweet",
    "I have a question about your bread",
    "I've been told you have a vegan menu",
    "I'm currently in Berlin",
    "I have a flight tomorrow",
    "I've never tried wine",
    "we've got a reservation at eight",
    "I have a voucher",
]


def stated(message: str) -> list[tuple[str, str, bool]]:
    """Kind, subject and strictness of what the message states."""
    return [(each.kind, each.subject, each.strict) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(("need", "subject"), NEEDS)
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("joined", ["{0} and {1}", "{1} and {0}", "{0}, but {1}.", "{1}, {0}."])
def test_what_is_said_beside_something_of_the_moment_is_heard(
    need: str, subject: str, moment: str, joined: str
) -> None:
    text = joined.format(need, moment)
    assert [heard for _, heard, _ in stated(text[0].upper() + text[1:])] == [subject]


def test_the_whole_sentence_is_kept_with_what_was_said_in_it() -> None:
    message = "Hello. I have a flight tomorrow and I'm allergic to nuts."
    [heard] = DETECTOR.detect(message)

    assert message[heard.start : heard.end] == heard.text == "I have a flight tomorrow and I'm allergic to nuts."


KINDS = [
    *(
        kind
        for group in (temporary_clauses_en.AT_START, temporary_clauses_en.OF_WRITER, temporary_clauses_en.ANYWHERE)
        for kind in group
    ),
    *(kind for group in (temporary_clauses_zh.AT_START, temporary_clauses_zh.ANYWHERE) for kind in group),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.description)
def test_every_kind_of_temporary_clause_finds_its_example_and_nothing_is_stated(kind: TemporaryClause) -> None:
    assert re.search(kind.pattern, kind.example, re.IGNORECASE)
    assert list(temporary_spans(kind.example))
    assert stated(kind.example) == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_is_of_the_moment_is_no_statement(moment: str) -> None:
    assert stated(moment) == []


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I'm allergic to nuts, how many bars are left?", "nuts"),
        ("我对海鲜过敏，别以为我开玩笑", "海鲜"),
        ("别以为我开玩笑，我对海鲜过敏", "海鲜"),
        ("我有个问题，我对花生过敏", "花生"),
        ("我对花生过敏，有个问题", "花生"),
        ("I have a flight tomorrow and am allergic to nuts", "nuts"),
        ("I'm allergic to nuts and have a flight tomorrow", "nuts"),
        ("I've got a date and a nut allergy", "nut allergy"),
        ("I have a question: I'm allergic to nuts, is the cake ok?", "nuts"),
        ("I've got a date allergy", "date allergy"),
        ("I've been told by my doctor to avoid salt", "salt"),
        ("I have been told I'm allergic to penicillin", "penicillin"),
        ("I would prefer if you avoid nuts", "nuts"),
        ("I'd prefer it if you never suggest pork", "pork"),
        ("I've been told to avoid sugar", "sugar"),
        ("I'm allergic to nuts and I might try the pizza", "nuts"),
        ("I'm not sure about the cake, and I'm allergic to nuts", "nuts"),
        ("我对花生过敏，我不确定这个能不能吃", "花生"),
        ("Please no emojis in your replies.", "emojis"),
        ("Please don't use bullet points in any of your answers", "bullet points"),
    ],
)
def test_what_must_be_avoided_is_never_taken_for_the_moment(message: str, subject: str) -> None:
    assert [(kind, heard) for kind, heard, _ in stated(message)] == [("avoid", subject)]


@pytest.mark.parametrize(
    ("message", "kind", "subject"),
    [
        ("我想把烟戒了", "goal", "烟"),
        ("我想改吃素", "goal", "吃素"),
        ("我在减肥，有什么推荐吗", "goal", "减肥"),
        ("我在吃素，附近有什么餐厅", "require", "素"),
        ("I read the news every morning", "habit", "news"),
        ("I've read the Bible every day since I was ten", "habit", "Bible"),
        ("I'm in Greenpeace", "fact", "Greenpeace"),
        ("我姨妈痛不能喝冰的", "avoid", "冰的"),
        ("姨妈期间我不喝咖啡", "avoid", "咖啡"),
        ("经理人杂志我很喜欢", "like", "经理人杂志"),
        ("我不喜欢榴莲和这个味道", "dislike", "榴莲"),
    ],
)
def test_what_lasts_is_heard_though_it_begins_like_the_moment(message: str, kind: str, subject: str) -> None:
    [(heard_kind, heard, _)] = stated(message)
    assert heard_kind == kind
    assert subject in heard


@pytest.mark.parametrize(
    "message", ["我姨妈不吃猪肉", "经理不喜欢榴莲", "我在北京，附近有什么好吃的", "I've been told to wait"]
)
def test_other_people_places_and_instructions_stay_out(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    ("message", "avoided"),
    [
        ("I'm diabetic, no joke.", []),
        ("I'm diabetic, no kidding", []),
        ("I'm vegan, no doubt about it", []),
        ("I'm allergic to nuts, no seriously", ["nuts"]),
        ("I'm coeliac, so no more questions", []),
        ("I'm diabetic, no insulin yet", []),
        ("I am not muslim, no halal needed", []),
        ("I'm not a vegan, no tofu please", []),
        ("I'm pregnant, so no alcohol-free beer is fine too.", []),
        ("I'm Muslim, so no pork", ["pork"]),
        ("I'm diabetic, no sugary drinks for me", ["sugary drinks"]),
    ],
)
def test_only_things_are_left_out_for_a_need(message: str, avoided: list[str]) -> None:
    assert [heard for kind, heard, strict in stated(message) if kind == "avoid" and strict] == avoided


@pytest.mark.parametrize(
    "unit", ["how much ", "how many left ", "I have a ", "i've read the ", "i prefer you ", "been told by a "]
)
def test_the_moment_is_looked_for_in_linear_time(unit: str) -> None:
    assert seconds(0.3, lambda: list(lasting_spans(unit * 1800))) < 0.3
