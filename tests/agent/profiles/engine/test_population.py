"""What all users teach about one gives nobody away."""

from penchant.agent.profiles.engine.dynamics import EXPERTS, even_trust
from penchant.agent.profiles.population import MIN_SHARING, MIN_USERS, Person, Population, learn_population

TOPICS = ["music", "books"]


def person(*nodes: str, portrait: tuple[str, ...] = (), short: str | None = None) -> Person:
    mix = dict.fromkeys(nodes, 1.0 / len(nodes))
    return Person(mix, {short: 1.0} if short else mix, mix, even_trust(), portrait, at=1.0)


def test_what_fewer_than_five_people_have_is_not_kept_of_anybody() -> None:
    crowd = [person("music", "jazz", portrait=("job=nurse",)) for _ in range(MIN_USERS)]
    rare = [person("music", "one secret", portrait=("job=nurse", "city=Oslo")) for _ in range(MIN_SHARING - 1)]

    learnt = learn_population(crowd + rare, [*TOPICS, "one secret"])

    assert learnt is not None
    assert set(learnt.nodes) == set(learnt.cares) == {"music", "jazz"}
    assert {topic for mix in (*learnt.kinds, *learnt.portraits.values()) for topic in mix} == {"music"}
    assert (learnt.topics, set(learnt.portraits)) == (("music",), {"job=nurse"})


def test_a_crowd_without_anything_in_common_teaches_clocks_alone() -> None:
    learnt = learn_population([person(f"topic {number}") for number in range(MIN_USERS)], TOPICS)

    assert learnt is not None
    assert (learnt.nodes, learnt.kinds, learnt.trust.shape) == ({}, (), EXPERTS)


def test_what_many_turn_to_lately_rises() -> None:
    learnt = learn_population([person("music", "books", short="books") for _ in range(MIN_USERS)], TOPICS)

    assert learnt is not None
    assert learnt.cares == {"books": (MIN_USERS, "rising"), "music": (MIN_USERS, "fading")}


def test_what_was_learnt_survives_being_stored() -> None:
    learnt = learn_population([person("music", "jazz") for _ in range(MIN_USERS)], TOPICS)
    assert learnt is not None
    stored = Population.load(learnt.dump())
    assert stored is not None
    assert stored.dump() == learnt.dump()


def test_what_the_first_version_had_learnt_is_not_read() -> None:
    assert Population.load({"topics": {"Home & Garden": 1.0}, "trust": [], "users": 30}) is None
