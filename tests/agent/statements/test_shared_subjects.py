"""Clauses that share the writer as their grammatical subject each state what they state, and nothing of anybody else."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str, str | None]]:
    """Kind, subject and slot of what the message states."""
    return [(each.kind, each.subject, each.slot) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I live in Oslo and love skiing.", [("fact", "Oslo", "home"), ("like", "skiing", None)]),
        ("I like hot weather and dislike snow.", [("like", "hot weather", None), ("dislike", "snow", None)]),
        (
            "I love Ghibli films, really like Pixar, but can't stand Minions.",
            [("like", "Ghibli films", None), ("like", "Pixar", None), ("dislike", "Minions", None)],
        ),
        (
            "I'm 45, married and live in Bristol.",
            [("fact", "45", "age"), ("fact", "married", "relationship"), ("fact", "Bristol", "home")],
        ),
        (
            "I have asthma and live on the fourth floor.",
            [("fact", "asthma", None), ("fact", "the fourth floor", "home")],
        ),
        ("I'm from Italy but live in Sweden.", [("fact", "Italy", None), ("fact", "Sweden", "home")]),
        ("I'm left-handed and have small hands.", [("fact", "left-handed", None), ("fact", "small hands", None)]),
        ("I'm a teacher and want to write a novel.", [("fact", "teacher", None), ("goal", "write a novel", None)]),
        (
            "I run three times a week and do yoga on Sundays.",
            [("habit", "run three times a week", None), ("habit", "do yoga on Sundays", None)],
        ),
        (
            "I'm a nurse, love gardening and hate night shifts.",
            [("fact", "nurse", None), ("like", "gardening", None), ("dislike", "night shifts", None)],
        ),
        ("My two favourite things are knitting and chess", [("like", "knitting", None), ("like", "chess", None)]),
        ("My favourite series is The Wire", [("like", "The Wire", "favourite series")]),
        ("I'm a night owl who hates mornings.", [("fact", "night owl", None), ("dislike", "mornings", None)]),
        (
            "I'm a dad of two who works from home and never eats meat.",
            [("fact", "dad of two", None), ("habit", "works from home", None), ("avoid", "meat", None)],
        ),
        ("I'm a nurse, so I work weekends.", [("fact", "nurse", None), ("habit", "work weekends", None)]),
        (
            "I have a bad back, so I sleep on a hard mattress.",
            [("fact", "bad back", None), ("habit", "sleep on a hard mattress", None)],
        ),
        ("I always need an aisle seat because I'm tall", [("require", "aisle seat", None), ("fact", "tall", None)]),
        ("I'm deaf, so subtitles are a must.", [("fact", "deaf", None), ("require", "subtitles", None)]),
        ("I have a baby, so loud toys are out.", [("fact", "baby", None), ("avoid", "loud toys", None)]),
        ("I'm a nurse, so the pay is bad.", [("fact", "nurse", None)]),
        ("I've got a cargo bike and no car.", [("fact", "cargo bike", None), ("fact", "no car", None)]),
        (
            "We keep kosher, so we need separate dishes for meat and dairy.",
            [("require", "kosher", None), ("require", "separate dishes for meat and dairy", None)],
        ),
        (
            "As someone who works from home, I need a chair with lumbar support.",
            [("fact", "works from home", None), ("require", "chair with lumbar support", None)],
        ),
        ("I have an interview tomorrow, so I need a good haircut.", []),
        ("I have a dog, so I looked at flats with a garden.", [("fact", "dog", None)]),
        (
            "I find long videos tedious because I read much faster than people speak.",
            [("dislike", "long videos", None)],
        ),
    ],
)
def test_each_clause_of_the_writer_states_its_own(message: str, statements: list[tuple[str, str, str | None]]) -> None:
    assert stated(message) == statements


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I like tea but not coffee.", [("like", "tea"), ("dislike", "coffee")]),
        ("i enjoy board games but not card games", [("like", "board games"), ("dislike", "card games")]),
        ("We watch thrillers but never horror.", [("habit", "watch thrillers"), ("avoid", "horror")]),
        ("I can eat cheese but not milk.", [("avoid", "milk")]),
        ("I'm fond of cats but not of dogs", [("like", "cats"), ("dislike", "dogs")]),
        ("I love dogs but I'm allergic to them.", [("like", "dogs"), ("avoid", "dogs")]),
        ("I like shrimp though I can't eat it.", [("like", "shrimp"), ("avoid", "shrimp")]),
        ("I'd love a cat but I'm allergic to them.", [("avoid", "cat")]),
        ("I love red wine but it gives me migraines", [("like", "red wine"), ("avoid", "red wine")]),
        ("I love swimming but not when it's cold.", [("like", "swimming")]),
        ("I like hiking but never alone.", [("like", "hiking")]),
        ("I watch football but not religiously.", [("habit", "watch football")]),
        ("I like jam but not jelly.", [("like", "jam"), ("dislike", "jelly")]),
        ("I love my kids but not their mess.", [("like", "my kids")]),
        ("I like the function you wrote but not the naming.", []),
        ("I like the plot but not the ending.", []),
        ("I love peanuts, but I can't have them at school.", [("like", "peanuts")]),
        ("I love true crime but not the gory kind", [("like", "true crime")]),
        ("I like spicy but not greasy food.", [("like", "spicy")]),
        ("I eat fish but no other meat.", [("habit", "eat fish"), ("avoid", "other meat")]),
        ("I drink tea but no coffee.", [("habit", "drink tea"), ("avoid", "coffee")]),
        ("I like hiking but no one to go with.", [("like", "hiking")]),
        ("I've gone off coffee as well, mint tea it is.", [("avoid", "coffee"), ("prefer", "mint tea")]),
        ("I'd eat anything except olives.", [("dislike", "olives")]),
        ("I'm fine with anything but horror.", [("dislike", "horror")]),
        ("I'd eat anything except olives and anchovies", [("dislike", "olives"), ("dislike", "anchovies")]),
        ("I like every kind of music except country.", [("like", "every kind of music"), ("dislike", "country")]),
        ("I read all genres apart from romance", [("habit", "read all genres"), ("avoid", "romance")]),
        ("I eat everything except mushrooms.", [("avoid", "mushrooms")]),
        ("I read French but not German.", [("habit", "read French")]),
        ("Neither football nor rugby interests me.", [("dislike", "football"), ("dislike", "rugby")]),
        ("I like neither tea nor coffee.", [("dislike", "tea"), ("dislike", "coffee")]),
        ("I like this restaurant but I can't eat there.", []),
        ("I love horses but my wife is allergic to them.", [("like", "horses")]),
    ],
)
def test_what_is_excepted_or_not_borne_is_stated_beside_what_is_liked(
    message: str, statements: list[tuple[str, str]]
) -> None:
    assert [(kind, subject) for kind, subject, _ in stated(message)] == statements


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("I want to live by the sea and work remotely.", ["live by the sea", "work remotely"]),
        ("I plan to lose ten kilos and run a half marathon.", ["lose ten kilos", "run a half marathon"]),
        ("my goal is to write a book and move to the coast", ["write a book", "move to the coast"]),
        ("I get up at six and walk the dog.", ["get up at six", "walk the dog"]),
        ("We eat dinner at six and watch a film together", ["eat dinner at six", "watch a film together"]),
        ("I need to try and fix my sleep", ["try and fix my sleep"]),
        ("I'm a Muslim and pray five times a day.", ["Muslim", "pray five times a day"]),
        ("i have two brothers and a sister", ["two brothers", "a sister"]),
        ("I like my coffee black and my eggs runny.", ["my coffee black", "my eggs runny"]),
        ("I can't come on Friday, write an apology", []),
        ("I love hiking and my husband hates it.", ["hiking"]),
        ("I'm a mother of a boy who hates vegetables.", []),
        ("I love food and drink.", ["food", "drink"]),
        ("I'm looking for a chef who hates onions.", []),
        ("I'm interviewing a chef, a baker and a farmer.", []),
        ("I'm caring for my dad, deaf and diabetic.", []),
        ("I am meeting a client, an accountant, tomorrow.", []),
        ("I'm looking for a room, single or double.", []),
        ("I'm not a lawyer, a doctor or an accountant.", ["not a lawyer"]),
        ("I'm a friend of Anna who loves tea.", []),
        ("I'm a fan of food that has no meat.", ["food that has no meat"]),
        ("I'd love to go to Japan and would love to see snow.", ["go to Japan"]),
    ],
)
def test_what_others_do_or_what_is_wished_is_not_stated_of_the_writer(message: str, subjects: list[str]) -> None:
    assert [subject for _, subject, _ in stated(message)] == subjects


@pytest.mark.parametrize(
    "message",
    [
        "I deal two cards and play the ace.",
        "I upload an mp3 and play the track, silence",
        "I run the script and usually get a timeout.",
        "I type the command and mostly see warnings.",
    ],
)
def test_what_somebody_does_at_the_moment_or_what_goes_wrong_is_no_habit(message: str) -> None:
    assert stated(message) == []


def test_a_word_for_anybody_is_no_fact_about_the_writer() -> None:
    assert [subject for _, subject, _ in stated("I'm a person who loves tea.")] == ["tea"]


@pytest.mark.parametrize(
    ("message", "goals"),
    [
        ("I want to eat less sugar and sleep more.", [("sugar", "dislike"), ("sleep more", "like")]),
        ("I'd like to sit less and stretch more.", [("sit", "dislike"), ("stretch more", "like")]),
        ("I'm trying to eat less meat and cook more at home", [("meat", "dislike"), ("cook more at home", "like")]),
        ("I want to run a half marathon and give up smoking", [("run a half marathon", "like"), ("smoking", "dislike")]),
        ("I want to give up coffee and sugar.", [("coffee", "dislike"), ("sugar", "dislike")]),
    ],
)  # fmt: skip
def test_each_goal_is_aimed_at_or_given_up_by_its_own_words(message: str, goals: list[tuple[str, str]]) -> None:
    assert [(each.subject, each.polarity) for each in DETECTOR.detect(message)] == goals
