"""Turns of phrase are heard only where they say something lasting of their writer."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str]]:
    """Kind and subject of what the message states."""
    return [(each.kind, each.subject) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    "message",
    [
        "Passwords must be at least 8 characters",
        "Files must be uploaded as PDF",
        "Kids must be supervised",
        "Milk must be kept cold",
        "Tests need to be green before merging",
        "I'd like to start a return",
        "I'd like to open a ticket",
        "I want to be able to log in",
        "I want to run a query",
        "I want to open a file in Python",
        "I want to start a new conversation",
        "I want to retire this branch",
        "I'd like to read more reviews",
        "I want to learn the price",
        "I'd like to become a member",
        "I want to move to the next step",
        "Hungry? Always",
        "Tired? Always",
        "Ready? Yes please",
        "Sure? I hate them",
        "Problem? Never again",
        "Free tomorrow? No way.",
        "Refund? Never got it.",
        "You won't see me tomorrow",
        "You won't get me fired",
        "You will find me in the lobby",
        "You can find me on Instagram",
        "My brother got me into trouble again.",
        "My ex got me into yoga but I quit.",
        "I can go without sleep",
        "Smoking is gross, said nobody ever",
        "I love Mondays, said no one ever",
        "I was born to be wild, as the song goes.",
    ],
)
def test_tasks_rules_for_others_and_sayings_state_nothing(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("My coffee must be strong", [("require", "strong")]),
        ("I want to run a marathon", [("goal", "run a marathon")]),
        ("I'd like to open a bakery", [("goal", "open a bakery")]),
        ("I want to open my own bakery", [("goal", "open my own bakery")]),
        ("I want to retire early", [("goal", "retire early")]),
        ("I want to learn Italian", [("goal", "learn Italian")]),
        ("I'd love to learn the guitar", [("goal", "learn the guitar")]),
        ("I want to move to Japan", [("goal", "move to Japan")]),
        ("I want to start a business", [("goal", "start a business")]),
        ("Musicals? Never liked them.", [("dislike", "Musicals")]),
        ("Musicals? I love them!", [("like", "Musicals")]),
        ("Opera? Not for me.", [("dislike", "Opera")]),
        ("You won't catch me eating liver", [("dislike", "liver")]),
        ("You'd never catch me at a casino", [("dislike", "casino")]),
        ("You won't get me to eat liver", [("dislike", "liver")]),
        ("You can always find me reading", [("like", "reading")]),
        ("I'd rather die than miss a Lakers game.", [("like", "Lakers game")]),
        ("I'd rather starve than eat liver", [("dislike", "liver")]),
        ("My brother got me into climbing.", [("like", "climbing")]),
        ("I never thought I'd hate coffee, but here we are.", [("dislike", "coffee")]),
        ("I never thought I'd like coffee, but here we are.", [("like", "coffee")]),
        ("My least favourite part of the job was the commute.", [("dislike", "commute")]),
        ("I could happily live without mushrooms", [("dislike", "mushrooms")]),
        (
            "I could live without meat but I won't live without cheese",
            [("dislike", "meat"), ("require", "cheese")],
        ),
        (
            "I won't live without cheese but I could live without meat",
            [("require", "cheese"), ("dislike", "meat")],
        ),
        ("I take insulin twice a day", [("habit", "take insulin twice a day")]),
        ("I go running three times a week", [("habit", "go running three times a week")]),
        ("I have a migraine every week", [("fact", "migraine")]),
        ("I have a coffee every morning", [("habit", "have a coffee every morning")]),
        ("Whenever I ask for code, use Python", [("require", "Python")]),
    ],
)
def test_what_a_turn_of_phrase_says_of_its_writer_is_heard(message: str, expected: list[tuple[str, str]]) -> None:
    assert stated(message) == expected


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("You won't catch me without a book.", "dislike"),
        ("I can't drink coffee without feeling sick.", "require"),
        ("Whenever I log in, show me the dashboard error?", "require"),
    ],
)
def test_what_reads_like_one_kind_is_not_taken_for_it(message: str, kind: str) -> None:
    assert kind not in [heard for heard, _ in stated(message)]
