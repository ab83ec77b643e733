"""Habits, bodies, homes and aims as they are told in passing, and what is only like them."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I call my aunt every other Saturday.", [("habit", "call my aunt every other Saturday", "like")]),
        ("We host a pub quiz twice a month, any tips?", [("habit", "host a pub quiz twice a month", "like")]),
        ("I've made it a rule to air the rooms at noon.", [("habit", "air the rooms at noon", "like")]),
        ("Chlorine brings me out in spots, is this pool salted?", [("avoid", "Chlorine", "dislike")]),
        ("Hair dye makes my scalp itch", [("avoid", "Hair dye", "dislike")]),
        ("My stomach no longer tolerates cabbage.", [("avoid", "cabbage", "dislike")]),
        ("My job calls for safety boots.", [("require", "safety boots", "like")]),
        ("single dad of two here, where do we go on Sunday?", [("fact", "single dad of two", None)]),
        ("We have three rescue donkeys, so which fence holds?", [("fact", "three rescue donkeys", None)]),
        ("our balcony is the size of a doormat", [("fact", "size of a doormat", None)]),
        ("We're massive snooker people in this house", [("like", "snooker", "like")]),
        ("Ferry or plane? Ferry, always.", [("prefer", "Ferry", "like")]),
        ("Mustard? No thank you.", [("dislike", "Mustard", "dislike")]),
        ("Need a schedule: I intend to learn Welsh.", [("goal", "learn Welsh", "like")]),
        ("I must have fresh air where I sleep", [("require", "fresh air", "like")]),
        ("I want a manual gearbox, no exceptions.", [("require", "manual gearbox", "like")]),
        ("Ground floor only, please, my hip is bad.", [("require", "Ground floor", "like")]),
        ("We have four kids under ten, so which car?", [("fact", "four kids under ten", None)]),
        ("I've got really bad hay fever", [("fact", "hay fever", None)]),
        ("I'd love to understand opera properly.", [("goal", "opera", "like")]),
        ("I wish to learn Welsh.", [("goal", "learn Welsh", "like")]),
        ("Where possible I avoid package tours.", [("avoid", "package tours", "dislike")]),
    ],
)
def test_what_is_told_in_passing_is_heard(message: str, statements: list[tuple[str, str, str | None]]) -> None:
    assert [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)] == statements


@pytest.mark.parametrize(
    "message",
    [
        "I call my aunt on Saturday, remind me",
        "I see a warning every morning when I start the app",
        "I must have left it at the desk",
        "I want a refund, full stop.",
        "Black coffee only, please.",
        "I'd like to understand this bill properly.",
        "My knee needs surgery next month.",
        "This chair makes my back ache.",
        "I have two cats to give away",
        "our balcony is being painted",
        "we're good people",
        "Train or bus? Which is cheaper?",
        "Need a caption: I love dogs",
        "I wish to cancel my order.",
        "Where possible, use short words.",
        "Oh great, another Sunday at work, just what I needed",
        "Yeah sure, because I adore paying twice.",
        "In my dream I was a famous drummer, what does it mean?",
        "Let's play charades. I am a bear who hates honey.",
        "I have a long tail and I love cheese. What am I?",
        "The boiler is broken and I'm freezing, who do I call?",
        "I've just landed in Lima, where do I change money?",
        "Our neighbour's boy can't eat eggs, which cake is safe?",
    ],
)
def test_what_is_only_like_it_is_not(message: str) -> None:
    assert DETECTOR.detect(message) == []
