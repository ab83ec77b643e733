"""What is over states nothing of the present, and what was begun, or has lasted up to now, is stated as such."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str, str | None]]:
    """Kind, subject and polarity of what the message states."""
    return [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    "message",
    [
        "I worked at Google from 2012 to 2016",
        "I worked as a teacher for ten years",
        "I lived in Japan for two years.",
        "I had a dog when I was a kid",
        "I managed a hotel until 2019",
        "I lived in Paris in my twenties",
    ],
)
def test_a_job_or_home_of_the_past_is_not_stated_of_the_present(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I've worked at Google since 2012", ("fact", "Google", None)),
        ("I've been working as a nurse for ten years", ("fact", "nurse", None)),
        ("I have been living in Berlin since 2019", ("fact", "Berlin", None)),
        ("We've lived near Ghent all our lives", ("fact", "Ghent", None)),
        ("I've worked as a nurse for ten years", ("fact", "nurse", None)),
    ],
)
def test_a_job_or_home_that_lasts_up_to_now_is_a_fact(message: str, statement: tuple[str, str, str | None]) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I took up climbing in 2022", "climbing"),
        ("I've recently taken up beekeeping.", "beekeeping"),
        ("we took up the cello when we retired", "cello"),
        ("I picked up pottery during lockdown", "pottery"),
    ],
)
def test_what_somebody_has_taken_up_is_a_habit(message: str, subject: str) -> None:
    assert stated(message) == [("habit", subject, "like")]


@pytest.mark.parametrize(
    "message",
    [
        "I've been working in Excel for an hour and it crashed",
        "I have worked as hard as I could for this",
    ],
)
def test_what_lasts_for_hours_or_names_no_place_is_no_fact(message: str) -> None:
    assert stated(message) == []


def test_what_was_taken_up_and_is_hated_is_disliked() -> None:
    assert stated("I took up jogging and hate it") == [("dislike", "jogging", "dislike")]


@pytest.mark.parametrize(
    "message",
    [
        "I picked up the kids",
        "I picked up the recorder and pressed play",
        "it took up too much space",
        "I took up several pages",
        "I've taken up enough of your time",
        "I have taken up three shifts this week",
    ],
)
def test_what_is_fetched_or_fills_a_room_is_not_taken_up(message: str) -> None:
    assert stated(message) == []
