"""A subject ends where its phrase ends: before reasons, manners and asides, and not before what belongs to it."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str]]:
    """Kind and subject of what the message states."""
    return [(each.kind, each.subject) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I detest vacuuming with every bone in my body.", ("dislike", "vacuuming")),
        ("I refuse to eat at buffets after an incident with shrimp.", ("avoid", "eat at buffets")),
        ("I don't see the point of cruises and doubt I ever will.", ("dislike", "cruises")),
        ("I adore lighthouses, every single one.", ("like", "lighthouses")),
        ("I avoid escalators since the accident.", ("avoid", "escalators")),
        ("I love folk songs to bits.", ("like", "folk songs")),
        ("I hate shopping centres, always have.", ("dislike", "shopping centres")),
        ("I dislike cartoons where animals get hurt, so is there another one?", ("dislike", "cartoons where animals get hurt")),
        ("I like parks that my dog can run around in.", ("like", "parks that my dog can run around in")),
        ("Noise upsets me so clubs are a no-go for me.", ("dislike", "clubs")),
        ("I live ten minutes from the sea.", ("fact", "ten minutes from the sea")),
        ("Sundays are when I bake bread.", ("habit", "bake bread")),
        ("Most evenings you'll find me sketching in the attic.", ("habit", "sketching in the attic")),
        ("I invariably take a book to the park.", ("habit", "take a book to the park")),
        ("I'm hell-bent on finishing my novel.", ("goal", "finishing my novel")),
        ("It's high time I learnt to cook.", ("goal", "learnt to cook")),
        ("My heart is set on opening a tea room.", ("goal", "opening a tea room")),
        ("I've promised myself I'll climb Ben Nevis.", ("goal", "climb Ben Nevis")),
        ("I want to run a marathon before I turn sixty.", ("goal", "run a marathon before I turn sixty")),
        ("When it comes to shoes, boots suit me best.", ("prefer", "boots")),
        ("I'd rather watch films at home.", ("prefer", "watch films at home")),
        ("I can only sleep with the radio on.", ("require", "sleep with the radio on")),
        ("I walk the dog along the river every morning before work in winter.", ("habit", "walk the dog along the river")),
        ("I spend most Sundays at the boatyard.", ("habit", "at the boatyard")),
        ("Would love to bake all our own bread within the next few years.", ("goal", "bake all our own bread")),
        ("I teach maths at a village school.", ("fact", "maths at a village school")),
        ("I'm on an old laptop with hardly any memory.", ("fact", "old laptop with hardly any memory")),
    ],
)  # fmt: skip
def test_a_subject_ends_where_its_phrase_ends(message: str, statement: tuple[str, str]) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    "message",
    [
        "Saturdays are when the bins get collected, right?",
        "Come March we move house.",
        "I'm out to lunch, back at two.",
        "I've been meaning to ask you something.",
        "It's about time I left for the airport.",
        "I get up at five tomorrow, set an alarm.",
        "I live in hope that the bug gets fixed.",
    ],
)
def test_what_happens_once_is_no_routine_and_no_aim(message: str) -> None:
    assert stated(message) == []
