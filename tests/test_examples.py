"""The examples run as they stand, and show what they say they show."""

import runpy
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
SHOWN = {
    "shop": [
        "accepted=4 duplicate=1",
        "In spring: Kitchen 100%",
        "In summer: Garden",
        "part of your interest in Garden",
        "Watering can was disliked; listed again: False",
        "Why not the red tea pot? You bought it on",
        "Satisfied with 1 of 2 judged items (95 % between 0.0945 and 0.9055)",
    ],
    "news": [
        "On Monday: News & Politics 100%",
        "On Wednesday: Science",
        "New in the tree: Science; Science > Space",
        "Asked for sport without injuries:",
        "wins the cup on penalties",
    ],
    "social": [
        "Lent by friends: Sports & Fitness",
        "Music & Audio: like, active, stated",
        "Video Games: like, muted",
        "Sports & Fitness: dislike, active, stated",
        "You liked “Jazz records worth hearing”",
        "因为您",
        "Withheld since Eve revoked: 1",
        "Left of Finn after erasure: 0",
    ],
    "openai_tools": [
        'recommend_items({"query": "whales", "k": 1}) -> {"recommendation_id":',
        '"title":"The quiet forest: a documentary of owls","why":"You rated “Oceans: a',
        "and did not agree: nothing was done",
        "Assistant: You may like The quiet forest.",
    ],
    "langchain_agent": [
        "edit_interest({'action': 'state', 'interest': 'black tea', 'text': 'dislike'}) -> {\"action\":\"state\"",
        '"title":"Jasmine tea","why":"It is close to what you asked for. You bought “Green tea from Kyoto”',
        "Agent: Noted: no black tea.",
    ],
    "education": [
        "Technology & Computing > data analysis with Python",
        "Business & Finance: dislike",
        "You rated “Python basics” 5",
        "Python basics: You rated it on",
    ],
}


def test_every_example_is_run_here() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.py")} == SHOWN.keys()


@pytest.mark.parametrize("name", SHOWN)
def test_an_example_shows_what_it_says(name: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    printed = capsys.readouterr().out
    assert [line for line in SHOWN[name] if line not in printed] == []
    assert not list(home.iterdir())
