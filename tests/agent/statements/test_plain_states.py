"""Plain states of body, family and life are heard in few words, and lists name each of their things."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str]]:
    """Kind and subject of what the message states."""
    return [(each.kind, each.subject) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I don't drink.", [("avoid", "drink")]),
        ("we don't smoke or drink", [("avoid", "smoke"), ("avoid", "drink")]),
        ("I don't drink, but I smoke.", [("avoid", "drink"), ("habit", "smoke")]),
        ("I'm divorced.", [("fact", "divorced")]),
        ("My kids are 5 and 8.", [("fact", "kids are 5 and 8")]),
        ("I'd like to buy a small house by the sea", [("goal", "buy a small house by the sea")]),
        ("I have a dog and two cats.", [("fact", "dog"), ("fact", "two cats")]),
        ("I have a peanut allergy and asthma.", [("avoid", "peanut allergy"), ("fact", "asthma")]),
        ("I don't have a dog.", [("fact", "don't have a dog")]),
        ("We haven't got a garden", [("fact", "haven't got a garden")]),
        ("I don't speak French.", [("fact", "don't speak French")]),
        ("Our flat doesn't have a bath.", [("fact", "flat doesn't have a bath")]),
        ("I have never had a driving licence", [("fact", "never had a driving licence")]),
        ("I don't drive.", [("fact", "don't drive")]),
        ("I'm not from London.", [("fact", "not from London")]),
        ("I'm not in marketing.", [("fact", "not in marketing")]),
        ("I have difficulty reading small print.", [("fact", "difficulty reading small print")]),
        ("I don't drive an SUV.", [("fact", "don't drive an SUV")]),
        ("I freelance as an illustrator.", [("fact", "illustrator")]),
        ("I have trouble falling asleep.", [("fact", "trouble falling asleep")]),
        ("I'm expecting my first baby in May.", [("fact", "expecting my first baby in May")]),
        ("I've worked from home since 2020.", [("habit", "worked from home")]),
        ("I've played chess since I was six", [("habit", "played chess")]),
        ("Windows-only tools are useless to me.", [("dislike", "Windows-only tools")]),
        ("I would die for my gran's lasagne", [("like", "my gran's lasagne")]),
        ("Aisle seat or nothing.", [("require", "Aisle seat")]),
        ("I'd never buy a car without cruise control.", [("require", "cruise control")]),
        ("I would never live in a house without a garden", [("require", "garden")]),
        ("We can't go over 1,500 a month in rent.", [("fact", "1,500 a month in rent")]),
        ("I can't spend more than 2,000 on a laptop", [("fact", "2,000 on a laptop")]),
        ("I've muted every sports channel.", [("avoid", "sports channel")]),
        ("I walk out of films with animal deaths.", [("avoid", "films with animal deaths")]),
        ("I block out my mornings for deep work", [("habit", "block out my mornings for deep work")]),
        ("Turn-based games are more my speed.", [("like", "Turn-based games")]),
        ("Gyms intimidate me.", [("dislike", "Gyms")]),
        ("Deadlines motivate me", [("like", "Deadlines")]),
        ("I get car sick.", [("fact", "get car sick")]),
    ],
)
def test_a_plain_state_is_heard(message: str, statements: list[tuple[str, str]]) -> None:
    assert stated(message) == statements


def test_who_used_to_smoke_takes_back_smoking_and_not_the_words_after_it() -> None:
    assert [(each.subject, each.retracts) for each in DETECTOR.detect("I used to smoke but quit last year.")] == [
        ("smoke", True)
    ]


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("I love street food and architecture.", ["street food", "architecture"]),
        ("I can't stand loud music or crowded bars.", ["loud music", "crowded bars"]),
        ("I'm into photography and cooking Italian food.", ["photography", "cooking Italian food"]),
        ("I hate shopping, crowds and noise.", ["shopping", "crowds", "noise"]),
        ("I need a quiet room and a desk when I stay at hotels.", ["quiet room", "a desk"]),
        ("I love red and white wine.", ["red and white wine"]),
    ],
)
def test_a_list_names_each_thing(message: str, subjects: list[str]) -> None:
    assert [subject for _, subject in stated(message)] == subjects


@pytest.mark.parametrize(
    "message",
    [
        "my head hurts when I read your docs",
        "I'm stuck and need hints",
        "I'd kill for a coffee right now.",
        "My kids are engaged in class.",
        "Double or nothing.",
        "Great book, I couldn't put it down.",
        "I have never had sushi.",
        "I don't have time.",
        "I have trouble logging in.",
        "I have problems with my printer.",
        "My wife doesn't eat meat, but I do.",
        "No one in my family likes fish except me.",
    ],
)
def test_a_figure_of_speech_or_a_moment_is_no_state(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I'm bilingual and need dual subtitles.", [("fact", "bilingual"), ("require", "dual subtitles")]),
        ("I like my coffee black and strong.", [("require", "my coffee black and strong")]),
        ("Really love it but hate the price", [("dislike", "price")]),
        (
            "I'm a nurse, love gardening and hate night shifts",
            [("fact", "nurse"), ("like", "gardening"), ("dislike", "night shifts")],
        ),
    ],
)
def test_what_goes_with_a_state_or_a_taste_stays(message: str, statements: list[tuple[str, str]]) -> None:
    assert stated(message) == statements
