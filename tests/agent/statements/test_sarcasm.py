"""What is marked as sarcasm, or is plainly ironic, states nothing."""

import pytest

from penchant.agent.chat.change_checks import tastes
from penchant.agent.statements.detection import StatementDetector


@pytest.mark.parametrize(
    "message",
    [
        "I just love waiting in line /s",
        "I love jazz /s",
        "yeah I really love spam emails. /s",
        "I hate mondays /sarcasm",
        "I love being woken at five /S",
        "I adore paperwork! /s",
        "I really enjoy traffic jams /s.",
        "My favourite thing is tax forms /s",
        "我很喜欢排队 /s",
        "我喜欢加班。/s",
    ],
)
def test_a_sentence_that_is_marked_as_sarcasm_states_nothing(message: str) -> None:
    assert StatementDetector().detect(message) == []
    assert tastes(message) == []


@pytest.mark.parametrize(
    "message",
    ["我真是爱死加班了", "爱死这破天气了", "我爱死周一早高峰了", "多好啊，又得值夜班"],
)
def test_chinese_praise_of_a_nuisance_states_nothing(message: str) -> None:
    assert StatementDetector().detect(message) == []


def test_what_nobody_dislikes_is_no_taste_of_its_writer() -> None:
    assert StatementDetector().detect("谁不喜欢放假呢") == []


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("I love jazz", ["jazz"]),
        ("爱死提拉米苏了", ["提拉米苏"]),
        ("谁能拒绝奶茶呢", ["奶茶"]),
        ("I love queues /s. I like tea.", ["tea"]),
        ("I like tea. I love queues /s", ["tea"]),
        ("I love yes/no quizzes", ["yes/no quizzes"]),
    ],
)
def test_what_stands_beside_it_is_read_as_ever(message: str, subjects: list[str]) -> None:
    assert [each.subject for each in StatementDetector().detect(message)] == subjects
