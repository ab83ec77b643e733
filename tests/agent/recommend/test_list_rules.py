"""From scores to a list, beside the rules as they are published."""

from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.agent.recommend import list_rules
from penchant.agent.recommend.list_rules import SMOOTHING, Caps, Inspection, ListRules, Shortlist, arranged, capped


def shortlist(random: np.random.Generator, n: int, vectors: np.ndarray, interests: int) -> Shortlist:
    """Of `n` of the items of `vectors`, carried by some of `interests` or by none."""
    scores, items = np.sort(random.normal(size=n))[::-1], random.permutation(len(vectors))[:n]
    carriers = random.integers(-1, interests, size=n)
    return Shortlist(scores, items, vectors, lambda some: Inspection(np.arange(some), scores[:some], carriers[:some]))


def by_the_book(listed: Shortlist, p: np.ndarray, rules: ListRules, k: int) -> list[int]:
    """Greedy, one place after the other: score, less the distance between the list's mix and p, less closeness to what stands there."""
    share, chosen, vectors = p / (p.sum() or 1.0), list[int](), listed.vectors[listed.items]
    carriers_of = listed.inspect(len(listed)).carriers

    def distance(item: int) -> float:
        carriers = [carriers_of[other] for other in [*chosen, item] if carriers_of[other] >= 0]
        mix = np.array([carriers.count(interest) for interest in range(len(p))]) / max(len(carriers), 1)
        smooth = (1 - SMOOTHING) * mix + SMOOTHING * share
        return float(sum(s * np.log(s / m) for s, m in zip(share, smooth, strict=True) if s > 0))

    def closeness(item: int) -> float:
        return max((0.0, *(float(vectors[item] @ vectors[other]) for other in chosen)))

    def worth(item: int) -> float:
        penalty = rules.calibration * distance(item) if rules.calibration else 0.0
        return float(listed.scores[item]) - penalty - rules.diversity * closeness(item)

    most = max(1.0, np.ceil(rules.cap * k))
    for _ in range(min(k, len(listed))):
        rest = [item for item in range(len(listed)) if item not in chosen]
        taken = [carriers_of[other] for other in chosen]
        fits = [item for item in rest if carriers_of[item] < 0 or taken.count(carriers_of[item]) < most]
        chosen.append(max(fits or rest, key=worth))
    return chosen


@pytest.mark.parametrize("rules", [
    ListRules(), ListRules(calibration=0.0), ListRules(calibration=2.0, diversity=0.0), ListRules(calibration=0.5, diversity=1.0, cap=0.2),
])  # fmt: skip
def test_a_list_is_the_greedy_one_of_the_published_rules(rules: ListRules) -> None:
    random = np.random.default_rng(3)
    for _ in range(20):
        interests, vectors = int(random.integers(1, 6)), random.normal(size=(25, 8)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        lists = [shortlist(random, n, vectors, interests) for n in random.integers(1, 25, size=3).tolist()]
        p = random.random((3, interests)) * (random.random((3, interests)) > 0.2)
        for listed, share, order in zip(lists, p, arranged(lists, p, rules, 10), strict=True):
            assert order[:10].tolist() == by_the_book(listed, share, rules, 10)[:10]
            assert order[10:].tolist() == sorted(set(range(len(order))) - set(order[:10].tolist()))


@pytest.mark.parametrize("numbers", [1, 500, 5_000])
def test_lists_arranged_in_parts_are_those_arranged_at_once(numbers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    vectors = random.normal(size=(60, 8)).astype(np.float32)
    lists = [shortlist(random, n, vectors, 4) for n in (0, 1, 60, 17, 60, 33)]
    p = random.random((len(lists), 4))
    at_once = [order.tolist() for order in arranged(lists, p, ListRules(), 3)]
    monkeypatch.setattr(list_rules, "NUMBERS_AT_ONCE", numbers)

    assert [order.tolist() for order in arranged(lists, p, ListRules(), 3)] == at_once
    assert [sorted(order) for order in at_once] == [list(range(len(listed))) for listed in lists]


some_groups = st.lists(st.sets(st.integers(0, 3)), min_size=1, max_size=12)


@given(some_groups, st.lists(st.integers(0, 3), min_size=4, max_size=4), st.randoms(), st.sets(st.integers(0, 11)))
def test_a_cap_takes_what_going_through_the_best_one_by_one_would_take(
    groups: list[set[int]], limits: list[int], random: Random, pinned: set[int]
) -> None:
    scores, pins = np.array([random.random() for _ in groups]), [at for at in sorted(pinned) if at < len(groups)]
    counts, expected = Counter(group for at in pins for group in groups[at]), set[int]()
    for at in sorted(set(range(len(groups))) - set(pins), key=lambda at: -scores[at]):
        if all(counts[group] < limits[group] for group in groups[at]):
            expected.add(at)
            counts.update(groups[at])

    members = np.array([at for at, own in enumerate(groups) for _ in own], np.int64)
    caps = Caps(members, np.array([group for own in groups for group in own], np.int64), np.array(limits))
    allowed = capped(scores, np.ones(len(groups), bool), caps, pins)

    assert set(np.flatnonzero(allowed).tolist()) - set(pins) == expected
