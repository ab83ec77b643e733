"""What is said of oneself for the sake of a question is heard; the question itself states nothing."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


@pytest.mark.parametrize(
    ("message", "polarity", "subject"),
    [
        ("Since I love succulents, which ones do well on a dark shelf?", "like", "succulents"),
        ("Because I adore dramatic skies, when should we go to Iceland?", "like", "dramatic skies"),
        ("As someone who enjoys slow-burn thrillers, what should I watch tonight?", "like", "slow-burn thrillers"),
        ("Being a fan of early jazz, which clubs in New Orleans should I visit?", "like", "early jazz"),
        ("Which bank should I pick, knowing that I boycott banks that fund coal?", "dislike", "banks that fund coal"),
        ("What would go with a grey sofa, seeing as I adore mustard yellow?", "like", "mustard yellow"),
        (
            "Which museums could we skip, considering that I can't stand modern sculpture?",
            "dislike",
            "modern sculpture",
        ),
        ("What laptop should I get if I prefer trackpoints over touchpads?", "like", "trackpoints"),
        ("What can I cook for a crowd, if I avoid gluten?", "dislike", "gluten"),
        ("Suggest a date idea, but I can't stand bowling.", "dislike", "bowling"),
        ("If you want to know what to give me, I love antique maps.", "like", "antique maps"),
        ("You should know that I'm crazy about pistachios.", "like", "pistachios"),
        ("ugh, group projects. hate them", "dislike", "group projects"),
    ],
)
def test_what_is_said_beside_a_question_is_heard(message: str, polarity: str, subject: str) -> None:
    assert [(each.polarity, each.subject) for each in DETECTOR.detect(message)] == [(polarity, subject)]


@pytest.mark.parametrize(
    "message",
    [
        "Since you love jazz so much, which album should I buy?",
        "What do I do if I don't like my job?",
        "What do I answer when someone asks if I prefer tea?",
        "Can I return it if I don't like it?",
        "What should I wear given that it's raining today?",
        "Which phone should my grandma get, given that she hates touchscreens?",
        "Find me a flight, but I need to be back by Monday.",
        "Make it funny because my boss loves jokes.",
        "As someone who has never cooked, where do I start?",
        "If you want to help, I need the file by noon.",
        "You should know that this deadline is fixed.",
        "The new curtains. Love them!",
    ],
)
def test_a_question_and_its_circumstances_state_nothing(message: str) -> None:
    assert DETECTOR.detect(message) == []
