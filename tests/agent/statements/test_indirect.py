"""What is said in a roundabout way goes the way it is meant, and what only sounds like it states nothing."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str, str | None]]:
    """Kind, subject and polarity of what the message states."""
    return [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("There's hardly a soup I wouldn't try.", ("like", "soup", "like")),
        ("I've yet to meet a pie I didn't like.", ("like", "pie", "like")),
        ("I'd never turn my nose up at a bacon roll.", ("like", "bacon roll", "like")),
        ("You won't hear me complain about snow days.", ("like", "snow days", "like")),
        ("Nothing spoils a picnic like wasps.", ("dislike", "wasps", "dislike")),
        ("Nothing cheers me up like brass bands.", ("like", "brass bands", "like")),
        ("Wild horses couldn't drag me to a car show.", ("dislike", "car show", "dislike")),
        ("Treadmills and I don't get along.", ("dislike", "Treadmills", "dislike")),
        ("My partner and I are both really into bouldering.", ("like", "bouldering", "like")),
        ("My wife and I are big fans of opera.", ("like", "opera", "like")),
        ("Dark mode please, bright screens give me migraines.", ("dislike", "bright screens", "dislike")),
        ("I've no interest in football whatsoever.", ("dislike", "football", "dislike")),
        ("Pescatarian here, so no meat.", ("fact", "Pescatarian", None)),
        ("Pork is out since we're Muslim.", ("avoid", "Pork", "dislike")),
        ("I'm afraid oysters and I will never be friends.", ("dislike", "oysters", "dislike")),
        ("Old radios and I go way back.", ("like", "Old radios", "like")),
        ("I couldn't manage without a dishwasher.", ("require", "dishwasher", "like")),
        ("There's no way I'm buying a coat without a hood.", ("require", "hood", "like")),
        ("I can't be doing with a jacket that has no pockets.", ("require", "pockets", "like")),
        ("Wheelchair ramps are not optional for me.", ("require", "Wheelchair ramps", "like")),
        ("My consultant has forbidden me caffeine.", ("avoid", "caffeine", "dislike")),
        ("I've dropped bacon from my diet.", ("avoid", "bacon", "dislike")),
        ("We try to keep sweets out of the house.", ("avoid", "sweets", "dislike")),
        ("I come out in a rash whenever I touch latex.", ("avoid", "latex", "dislike")),
        ("Chlorine brings me out in spots.", ("avoid", "Chlorine", "dislike")),
        ("Game shows get right on my nerves.", ("dislike", "Game shows", "dislike")),
        ("Card tricks really float my boat.", ("like", "Card tricks", "like")),
        ("Camping is a hard no.", ("dislike", "Camping", "dislike")),
        ("A reading lamp is what I look for in any bedroom.", ("require", "A reading lamp", "like")),
        ("I'm determined to drink less cola.", ("goal", "cola", "dislike")),
        ("I hardly ever watch the news.", ("habit", "watch the news", "dislike")),
        ("The worst part of cooking for me is peeling onions.", ("dislike", "peeling onions", "dislike")),
        ("If it has celery in it, I can't eat it.", ("avoid", "celery", "dislike")),
        ("I'm happier with a map than with an app.", ("prefer", "map", "like")),
        ("Tea instead of coffee whenever I can.", ("prefer", "Tea", "like")),
        ("No one loves a flea market more than me.", ("like", "flea market", "like")),
        ("I'd hardly call myself a fan of sushi.", ("dislike", "sushi", "dislike")),
        ("My heart sinks whenever bagpipes start.", ("dislike", "bagpipes start", "dislike")),
        ("Anything is fine, as long as there's no garlic in it.", ("avoid", "garlic", "dislike")),
        ("I turned my back on fast food years ago.", ("avoid", "fast food", "dislike")),
        ("My goal is to use my phone less.", ("goal", "use my phone", "dislike")),
        ("I rarely bake from scratch.", ("habit", "bake from scratch", "dislike")),
        ("Not that I've anything against ferries, but I prefer trains.", ("prefer", "trains", "like")),
    ],
)
def test_what_is_said_in_a_roundabout_way_goes_the_way_it_is_meant(
    message: str, statement: tuple[str, str, str]
) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    "message",
    [
        "There isn't a file I couldn't open yesterday.",
        "I couldn't do this without you.",
        "Nothing makes the build faster than caching.",
        "My sister and I parted ways at the station.",
        "Nobody could make me sign this contract.",
        "I was told to keep the receipt.",
        "I'm not booking it unless the price drops.",
        "The sight of the total made me gasp.",
        "Without the code I can't log in.",
        "I'd prefer you keep it short.",
        "Nothing would make me happier than a refund right now.",
        "I've dropped the file from my folder for good.",
    ],
)
def test_what_only_sounds_like_it_states_nothing(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    "message", ["no idea if I'd like it", "No idea whether I'm allergic to nuts.", "not sure if I like it"]
)
def test_who_has_no_idea_states_nothing(message: str) -> None:
    assert stated(message) == []


def test_a_reason_of_the_writers_own_makes_its_consequence_theirs_and_is_a_statement_too() -> None:
    assert stated("Bacon is out because I'm Jewish.") == [("avoid", "Bacon", "dislike"), ("fact", "Jewish", "like")]


def test_what_is_said_beside_no_idea_is_heard() -> None:
    assert [subject for _, subject, _ in stated("Not sure if it matters, but I'm vegan.")] == ["vegan"]


@pytest.mark.parametrize(
    "message",
    [
        "I ran a marathon in 2019.",
        "I climbed Kilimanjaro in 2015.",
        "I read Ulysses in 2020.",
        "I broke my leg last year.",
    ],
)
def test_what_somebody_did_in_a_past_year_is_no_habit(message: str) -> None:
    assert [each for each in DETECTOR.detect(message) if not each.retracts] == []


@pytest.mark.parametrize(
    ("message", "subject"),
    [("I stopped drinking in 2019.", "drinking"), ("I adopted a greyhound in 2019.", "greyhound")],
)
def test_what_has_lasted_since_a_past_year_is_heard(message: str, subject: str) -> None:
    assert [subject in each.subject and "2019" not in each.subject for each in DETECTOR.detect(message)] == [True]
