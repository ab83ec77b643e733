"""What is marked as sarcasm states nothing."""

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
    ("message", "subjects"),
    [
        ("I love jazz", ["jazz"]),
        ("I love queues /s. I like tea.", ["tea"]),
        ("I like tea. I love queues /s", ["tea"]),
        ("I love yes/no quizzes", ["yes/no quizzes"]),
    ],
)
def test_what_stands_beside_it_is_read_as_ever(message: str, subjects: list[str]) -> None:
    assert [each.subject for each in StatementDetector().detect(message)] == subjects
