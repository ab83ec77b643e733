"""The account of a score: by signal, interest and events, with every summand counted exactly once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.blocks import Block
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints
from penchant.store.profile import construct
from penchant.store.recommendation import Contribution, Signal

EVENTS_NAMED = 2
EVENTS_SUMMED = 20
LEAST_EVENT_SHARE = 0.01
"""An event that carries less than this share of a score is summed with the others of its kind."""
LEAST_INTEREST_SHARE = 0.02
"""Interests that carry less than this share of a score are summed without naming an interest, unless they may lead."""
LEADING_SHARE = 0.5
"""A reason may name an interest that carries at least this share of what the strongest carries, if the item is about it."""
SIGNALS: tuple[Signal, ...] = ("content", "collaborative", "trending", "popularity", "freshness", "exploration", "llm")
Account = tuple[Contribution, ...]


@dataclass(frozen=True)
class _Summands:
    """The non-zero summands of the scores of some candidates, as columns: candidate, signal, interest and event (-1: none), and value.

    They are sorted by candidate, signal and interest; within these the event with the largest value comes first.
    """

    candidates: Ints
    signals: Ints
    interests: Ints
    events: Ints
    values: Floats


def accounts(built: Sequence[Block], beta: Mapping[str, float], user: User, places: Ints) -> list[Account]:
    """Return the account of each candidate at `places` (k,): per signal and interest, the largest events and the sum of the rest."""
    contributions: list[list[Contribution]] = [[] for _ in places]
    summands = _summands(built, beta, user, places)
    if len(summands.values):
        for candidate, part in _parts(summands, user, len(places)):
            contributions[candidate].append(part)
    return list(map(tuple, contributions))


def _parts(summands: _Summands, user: User, candidates: int) -> Iterator[tuple[int, Contribution]]:
    """Yield each contribution with its candidate. The grouping works on columns, so that only what is returned is handled one by one."""
    size, known = np.abs(summands.values), summands.events >= 0
    telling = LEAST_EVENT_SHARE * np.bincount(summands.candidates, size, minlength=candidates)[summands.candidates]
    owner = np.stack([summands.candidates, summands.signals, summands.interests])
    begins = np.flatnonzero(np.append(True, (owner[:, 1:] != owner[:, :-1]).any(0)))
    ends = np.append(begins[1:], len(size))
    place_in_group = np.arange(len(size)) - np.repeat(begins, ends - begins)
    alone = (place_in_group < EVENTS_NAMED) & known & (size >= telling)
    rests = begins + np.add.reduceat(alone, begins, dtype=np.int64)
    named_until = np.minimum(begins + np.add.reduceat(known, begins, dtype=np.int64), rests + EVENTS_SUMMED)
    together = np.add.reduceat(np.where(alone, 0.0, summands.values), begins)
    events, values, name_of = summands.events.tolist(), summands.values.tolist(), user.evidence.event_ids.__getitem__
    evidence, ids = _newest_evidence(user), (*user.live.ids, None)
    columns = (owner[0, begins], owner[1, begins], owner[2, begins], begins, rests, named_until, ends, together)
    for candidate, signal, interest, begin, rest, until, end, left in zip(
        *map(np.ndarray.tolist, columns), strict=True
    ):
        by, name = SIGNALS[signal], ids[interest]
        for at in range(begin, rest):
            yield candidate, _contribution(by, name, (name_of(events[at]),), values[at])
        if rest < end:
            cited = tuple(map(name_of, events[rest:until])) or evidence[interest]
            yield candidate, _contribution(by, name, cited, left)


def _contribution(signal: Signal, interest: str | None, evidence: tuple[str, ...], value: float) -> Contribution:
    return construct(Contribution, {"signal": signal, "interest_id": interest, "evidence": evidence, "value": value})


def _summands(built: Sequence[Block], beta: Mapping[str, float], user: User, places: Ints) -> _Summands:
    width, depth = len(user.evidence) + 1, len(user.live.ids) + 1
    keys, terms = [], []
    for block in built:
        for signal, added in block.terms(beta, places):
            terms.append(added)
            keys.append((SIGNALS.index(signal) * depth + block.interests + 1) * width + block.events + 1)
    rows = np.concatenate(keys)
    order = np.argsort(rows, kind="stable")
    begins = np.flatnonzero(np.diff(rows[order], prepend=-1))
    values = np.add.reduceat(np.concatenate(terms)[order], begins).T
    candidate, at = np.nonzero(values)
    owner, event = np.divmod(rows[order][begins][at], width)
    value, event = values[candidate, at], event - 1
    signals, interests = np.divmod(owner, depth)
    interests = np.where(_too_small(candidate, interests, value, user, len(places)), 0, interests)
    part = ((candidate * len(SIGNALS) + signals) * depth + interests) * 2 + (event < 0)
    by = _largest_first(part, np.abs(value))
    return _Summands(candidate[by], signals[by], interests[by] - 1, event[by], value[by])


def _largest_first(part: Ints, size: Floats) -> Ints:
    """Return the order of values by `part` (n,), then by `size` (n,), largest first; equal ones stay in their order. This is what
    `np.lexsort` returns, in a third of its time for thousands of values.
    """
    count, largest = len(size), np.argsort(-size)
    sizes, rank = size[largest], np.zeros(len(size), np.int64)
    rank[largest[1:]] = np.cumsum(sizes[1:] != sizes[:-1])
    return np.sort((part * count + rank) * count + np.arange(count)) % max(count, 1)


def _too_small(candidates: Ints, interests: Ints, values: Floats, user: User, count: int) -> NDArray[np.bool_]:
    """Return, for each summand, whether its interest (from 1; 0: none) carries too little of the score to be named. Those that a
    reason may name are always named, and so are dislikes, because no reason may rest on those.
    """
    shape = (count, len(user.live.ids) + 1)
    owner = candidates * shape[1] + interests
    carried = np.bincount(owner, values, minlength=count * shape[1]).reshape(shape)
    size = np.bincount(owner, np.abs(values), minlength=count * shape[1]).reshape(shape)
    liked = np.append(False, user.live.liking >= 0.5)
    small = liked & (size < LEAST_INTEREST_SHARE * size.sum(1, keepdims=True))
    most = np.where(liked, carried, -np.inf).max(1, keepdims=True)
    small &= carried < np.minimum(most, LEADING_SHARE * most)
    return np.asarray(small.ravel()[owner])


def _newest_evidence(user: User) -> list[tuple[str, ...]]:
    """Return the newest events of each interest, and an empty tuple in the last place, which stands for no interest."""
    return [events[:EVENTS_NAMED] for events in (*user.live.evidence, ())]
