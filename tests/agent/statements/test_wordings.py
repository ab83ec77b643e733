"""Kinds of English wordings that state something: which way they go, and of what, to the end of its name and no further."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


@pytest.mark.parametrize(
    ("message", "polarity", "subject"),
    [
        # a verdict on what stands first
        ("Tight waistbands are the bane of my life.", "dislike", "Tight waistbands"),
        ("Horror comedies fall flat for me.", "dislike", "Horror comedies"),
        ("Coffee after four keeps me awake.", "dislike", "Coffee after four"),
        ("Live improv comedy is right up my alley.", "like", "Live improv comedy"),
        (
            "Watching thunderstorms from the porch is one of my favorite pastimes.",
            "like",
            "Watching thunderstorms from the porch",
        ),
        ("Short daily sessions work better for me than one long one.", "like", "Short daily sessions"),
        ("Good natural light is non-negotiable for me.", "like", "Good natural light"),
        ("I think reality shows are trash.", "dislike", "reality shows"),
        ("Horror is the only genre I avoid.", "dislike", "Horror"),
        # what is named last
        ("I draw no joy from clothes shopping.", "dislike", "clothes shopping"),
        ("The less small talk the better.", "dislike", "small talk"),
        ("I never got the appeal of golf.", "dislike", "golf"),
        ("I'd sooner scrub the floor than watch a reality show.", "dislike", "watch a reality show"),
        ("I never pass up a bowl of miso soup.", "like", "bowl of miso soup"),
        ("Give me mountains over beaches any day.", "like", "mountains"),
        ("I could happily spend hours sorting old photographs.", "like", "sorting old photographs"),
        # what is never done
        ("In the evening I avoid screens.", "dislike", "screens"),
        ("You won't catch me bungee jumping.", "dislike", "bungee jumping"),
        ("There's no way I'm sleeping in a tent.", "dislike", "sleeping in a tent"),
        ("I find myself avoiding phone calls more and more.", "dislike", "phone calls"),
        ("I never ever book nonrefundable rooms.", "dislike", "book nonrefundable rooms"),
        ("I avoid motorways at night, they scare me.", "dislike", "motorways at night"),
        ("I gave flying up for the climate.", "dislike", "flying"),
        # what must be so
        ("Everything I wear has to be machine washable.", "like", "machine washable"),
        ("The only bread I eat is sourdough rye.", "like", "sourdough rye"),
        ("Without clear instructions I can't assemble anything.", "like", "clear instructions"),
        ("As long as it's dairy-free, any dessert will do.", "like", "dairy-free"),
        # what is done, and meant to be done
        ("On weekdays I take the 6:40 bus to work.", "like", "take the 6:40 bus to work"),
        ("I make a point of walking 10,000 steps a day.", "like", "walking 10,000 steps a day"),
        ("I water my plants by collecting rain in barrels.", "like", "water my plants by collecting rain in barrels"),
        ("I aspire to write a novel.", "like", "write a novel"),
    ],
)
def test_wordings_go_the_right_way_with_the_whole_subject(message: str, polarity: str, subject: str) -> None:
    assert [(each.polarity, each.subject) for each in DETECTOR.detect(message)] == [(polarity, subject)]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I refuse to buy fast fashion on ethical grounds.", "buy fast fashion"),
        ("I consciously avoid news before bedtime in order to sleep better.", "news before bedtime"),
        ("I've stopped reading comment sections for my own sanity.", "reading comment sections"),
        ("I can't eat pork or shellfish out of respect for my faith.", "pork"),
        ("i dont like horror movies cuz they scare me", "horror movies"),
        ("I'm enthusiastic about urban gardening and run a small plot.", "urban gardening"),
        ("I don't like books or films about war because they keep me awake.", "books or films about war"),
        ("I love the sea even though I can't swim.", "sea"),
    ],
)
def test_a_subject_ends_before_the_reason_and_keeps_what_its_names_share(message: str, subject: str) -> None:
    assert subject in [each.subject for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    "message",
    [
        "A strong opening is a must in an essay.",
        "I think the idea is great.",
        "Chocolate is one of the most traded goods.",
        "Every student must hand in the form.",
        "There's no way I can finish this by tonight.",
        "I see no point in continuing this chat.",
        "Everything I do breaks the build.",
        "What I love about this draft is the ending.",
        "I could spend hours explaining this, but in short: it failed.",
        "My goal is to get this script to run without errors.",
        "I'm determined to solve this equation.",
        "In our office we only use Macs, how do I connect one to the printer?",
        "Without the password I can't log in.",
        "Given the choice, most people choose the first option.",
        "My essay starts with: I have always loved the sea.",
        "I asked him and he goes, I don't do mornings.",
    ],
)
def test_what_only_sounds_like_it_states_nothing(message: str) -> None:
    assert DETECTOR.detect(message) == []
