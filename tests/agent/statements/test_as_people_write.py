"""How people write to an assistant: without "I", with what they ask behind, with the thing first or last; each is heard, and of what."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str, str | None]]:
    """Kind, subject and polarity of what the message states."""
    return [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("really enjoy rowing, any clubs near Bath?", ("like", "rowing", "like")),
        ("never been a fan of musicals to be honest with you", ("dislike", "musicals", "dislike")),
        ("won't touch liver, what else has iron", ("avoid", "liver", "dislike")),
        ("haven't eaten meat since 2011", ("avoid", "meat", "dislike")),
        ("would much sooner have a bath than a shower", ("prefer", "have a bath", "like")),
        ("gonna learn Welsh this year, which app?", ("goal", "learn Welsh this year", "like")),
        ("so into bouldering rn, whats a good gym in Leeds?", ("like", "bouldering", "like")),
    ],
)
def test_a_sentence_whose_writer_leaves_out_i_is_heard(message: str, statement: tuple[str, str, str | None]) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("Hospital corridors give me the creeps, can you help me write an email?", ("dislike", "Hospital corridors", "dislike")),
        ("my favourite colour is rust so anything in that tone works", ("like", "rust", "like")),
        ("I've sworn off casinos 😅 how do people spend a weekend in Vegas", ("avoid", "casinos", "dislike")),
        ("I'm not into cruises, something with mountains in it please", ("dislike", "cruises", "dislike")),
        ("Is there a shorter way (I really dislike motorways)?", ("dislike", "motorways", "dislike")),
        ("I can't have eggs, what does that mean for the pancakes", ("avoid", "eggs", "dislike")),
        ("Keep in mind that tall ladders scare me.", ("dislike", "tall ladders", "dislike")),
    ],
)  # fmt: skip
def test_what_is_asked_beside_a_statement_is_no_part_of_it(
    message: str, statement: tuple[str, str, str | None]
) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("Goat's cheese I adore.", ("like", "Goat's cheese", "like")),
        ("Anything by Bach I will happily listen to.", ("like", "Anything by Bach", "like")),
        ("Leather I don't wear, are these vegan?", ("avoid", "Leather", "dislike")),
        ("Puzzles are fine, shooters I have banned from my life", ("avoid", "shooters", "dislike")),
        ("It's the drums that I love in this band.", ("like", "drums", "like")),
        ("Rye bread is what I'd pick over white every time", ("prefer", "Rye bread", "like")),
        ("What I favour is linen, cotton creases too much", ("prefer", "linen", "like")),
        ("The bit I enjoy most at the pool is the sauna, oddly enough", ("like", "sauna", "like")),
        ("What puts me off in a restaurant is loud music", ("dislike", "loud music", "dislike")),
        ("I find trams nicer than buses", ("prefer", "trams", "like")),
        ("To me paper maps are preferable to an app", ("prefer", "paper maps", "like")),
        ("It's easier for me to read tables than long text", ("prefer", "tables", "like")),
        ("must be nut free, my son is with us", ("require", "nut free", "like")),
        ("strictly halal here, is the gelatine ok?", ("require", "halal", "like")),
        ("My one condition for any flat: a bathtub", ("require", "bathtub", "like")),
        ("giving all fizzy drinks a wide berth these days", ("avoid", "fizzy drinks", "dislike")),
        ("Aubergine, bleh", ("dislike", "Aubergine", "dislike")),
        ("Am I the only one who hates brunch?", ("dislike", "brunch", "dislike")),
        ("Voice calls are torture for me", ("dislike", "Voice calls", "dislike")),
        ("Our cat is called Biscuit", ("fact", "Biscuit", None)),
        ("There's no lift in our building", ("fact", "no lift in our building", None)),
        ("We use MySQL at work and it is slow", ("fact", "MySQL", None)),
        ("I'm stuck on Windows 7 here", ("fact", "Windows 7", None)),
        ("I weigh myself every Friday", ("habit", "weigh myself every Friday", "like")),
        ("I'm not doing carbs these days", ("avoid", "carbs", "dislike")),
        ("During Lent I go without chocolate", ("avoid", "chocolate", "dislike")),
        ("tend to give loud bars a miss", ("avoid", "loud bars", "dislike")),
        ("It gets on my nerves when a lid does not fit", ("dislike", "lid does not fit", "dislike")),
        ("I never miss the cup final", ("habit", "cup final", "like")),
        ("Fridays are pizza night at ours", ("habit", "pizza night", "like")),
        ("I'm toying with the idea of keeping goats", ("goal", "keeping goats", "like")),
        ("There's no better smell than fresh tar", ("like", "fresh tar", "like")),
        ("For my job I need ear protection", ("require", "ear protection", "like")),
        ("I can't do anything without a checklist", ("require", "checklist", "like")),
        ("We only have one bathroom", ("fact", "one bathroom", None)),
        ("don't ever put me in a shared room again", ("avoid", "shared room", "dislike")),
        ("I'm used to getting up at four", ("habit", "getting up at four", "like")),
        ("I'd like to be able to play the harp", ("goal", "be able to play the harp", "like")),
        ("Dreaming of owning a bookshop someday", ("goal", "owning a bookshop someday", "like")),
    ],
)  # fmt: skip
def test_what_stands_first_or_last_is_what_is_meant(message: str, statement: tuple[str, str, str | None]) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    "message",
    [
        "need the invoice asap",
        "My nephew Owen is mad on trains, he's turning four.",
        "女儿在北京当护士，半年回来一次",
        "I don't mind oily fish but my flatmate can't handle it.",
        "Thursdays are mine.",
        "I'm done with the report",
        "More examples? Yes please.",
        "Keep the answers under three lines for this task.",
        "got it, thanks",
        "have a nice day",
        "never mind, what about Monday?",
        "looking for a birthday cake for my niece",
        "would love a refund",
        "vegan shoes size 38",
        "What I love about this draft is the ending.",
        "I like the second picture better.",
        "I want to be able to log in",
        "it must be broken",
        "Pros and cons of gas boilers in an old house",
        "recipe for lentil soup",
        "it has to be paid by Friday",
        "what I need is the order number",
        "I have eight eggs and a leek, dinner?",
        "I have two meetings tomorrow, can you write an email?",
    ],
)
def test_what_only_looks_like_it_states_nothing(message: str) -> None:
    assert stated(message) == []
