"""What all users teach about one gives nobody away."""

import numpy as np

from penchant.agent.profiles.engine.dynamics import EXPERTS, even_trust
from penchant.agent.profiles.population import MIN_SHARING, MIN_USERS, Person, learn_population


def person(*topics: str, portrait: tuple[str, ...] = ()) -> Person:
    vectors = {topic: np.full(4, 0.5, np.float32) for topic in topics}
    return Person(dict.fromkeys(topics, 1.0 / len(topics)), even_trust(), {t: t for t in topics}, vectors, portrait)


def test_what_fewer_than_five_people_have_is_not_kept_of_anybody() -> None:
    crowd = [person("music", "books", portrait=("job=nurse",)) for _ in range(MIN_USERS)]
    rare = [person("music", "one secret", portrait=("job=nurse", "city=Oslo")) for _ in range(MIN_SHARING - 1)]

    learnt = learn_population(crowd + rare)

    assert learnt is not None
    assert set(learnt.topics) == set(learnt.labels) == set(learnt.vectors) == {"music", "books"}
    assert {topic for mix in (*learnt.kinds, *learnt.portraits.values()) for topic in mix} <= {"music", "books"}
    assert set(learnt.portraits) == {"job=nurse"}


def test_a_crowd_without_anything_in_common_teaches_clocks_alone() -> None:
    learnt = learn_population([person(f"topic {number}") for number in range(MIN_USERS)])

    assert learnt is not None
    assert (learnt.topics, learnt.kinds, learnt.trust.shape) == ({}, (), EXPERTS)
