"""Blocks of features: a feature is weights times rows, and each row belongs to at most one interest and one event.

score(x) = Σ_f β_f Σ_r W_fr · R_rx. Nothing is normalised over the evidence that takes part, so leaving an interest out means leaving its
rows out, and nothing else changes. This makes contributions and counterfactuals exact. Where β depends on the number of events
(`Tuned.averaging`), all of the user's events are counted, whichever interests take part. The only exception are the first tastes of
a visitor without a profile, whose weights add up to one: such a visitor has no interest that could be left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from penchant.agent.recommend.event_rows import EventRows
from penchant.agent.recommend.interactions import Rows
from penchant.arrays import Floats, Ints
from penchant.store.recommendation import Signal

FEATURES: dict[str, Signal] = {
    "ease": "collaborative",
    "ease_recent": "collaborative",
    "ease_middle": "collaborative",
    "similar_recent": "collaborative",
    "next": "collaborative",
    "next_recent": "collaborative",
    "factors": "collaborative",
    "factors_recent": "collaborative",
    "factors_next": "collaborative",
    "together": "collaborative",
    "together_recent": "collaborative",
    "interests": "content",
    "near": "content",
    "near_recent": "content",
    "words": "content",
    "words_recent": "content",
    "explore": "exploration",
    "query": "content",
    "popular_1h": "trending",
    "popular_6h": "trending",
    "popular_1d": "trending",
    "rising_7d": "trending",
    "rising_30d": "trending",
    "popular_7d": "trending",
    "popular_30d": "trending",
    "popular": "popularity",
    "begun_6h": "trending",
    "begun_14d": "trending",
    "begun_90d": "trending",
    "new_6h": "freshness",
    "new_14d": "freshness",
    "new_90d": "freshness",
    "llm": "llm",
}
"""Every feature, with the signal under which it is shown."""

SUMS_OVER_EVENTS = frozenset(
    {
        *("ease", "ease_recent", "ease_middle", "similar_recent", "next", "next_recent", "factors", "factors_recent"),
        *("factors_next", "together", "together_recent", "near", "near_recent", "words", "words_recent"),
    }
)
"""The features that grow with the number of a user's events."""


@dataclass(frozen=True)
class Block:
    """Some features over the same `rows` (r, c). `weights` (f, r); `interests`, `events` (r,): the positions of the interest and event
    of each row, -1 for none.
    """

    features: tuple[str, ...]
    weights: Rows
    rows: EventRows
    interests: Ints
    events: Ints

    def values(self) -> Rows:
        """Return the values of the features, shape (f, c)."""
        return self.rows.summed(self.weights)

    def share(self, beta: Mapping[str, float], signal: Signal | None = None) -> Rows:
        """Return the weight of each row (r,) in the score, through the features of one signal or of all."""
        names = [name if signal in (None, FEATURES[name]) else "" for name in self.features]
        return np.array([beta.get(name, 0.0) for name in names], np.float32) @ self.weights

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """The signals under which the features are shown."""
        return tuple(dict.fromkeys(FEATURES[name] for name in self.features))

    def terms(self, beta: Mapping[str, float], places: Ints) -> Iterator[tuple[Signal, Floats]]:
        """Yield each signal with what each row adds through it to the scores of the candidates at `places` (k,); shape (r, k)."""
        rows = self.rows.at(places)
        for signal in self.signals:
            yield signal, np.asarray(self.share(beta, signal)[:, None] * rows, np.float64)


def features(built: Sequence[Block], width: int) -> tuple[tuple[str, ...], Rows]:
    """Return all features in the fixed order of `FEATURES`, (f, c); zero where the user has no data for one."""
    out = np.zeros((len(FEATURES), width), np.float32)
    place = {name: row for row, name in enumerate(FEATURES)}
    for block in built:
        out[[place[name] for name in block.features]] += block.values()
    return tuple(FEATURES), out


def totals(built: Sequence[Block], beta: Mapping[str, float], width: int) -> Floats:
    """Return the score of every candidate (c,)."""
    out = np.zeros(width)
    for block in built:
        out += block.rows.summed(block.share(beta)[None, :])[0]
    return out


def carried(built: Sequence[Block], beta: Mapping[str, float], interests: Sequence[int], width: int) -> Floats:
    """Return what each of `interests` contributes to every score, shape (w, c)."""
    wanted, out = np.array(interests)[:, None], np.zeros((len(interests), width))
    for block in built:
        weights = np.where(block.interests == wanted, block.share(beta), np.float32(0.0))
        if weights.any():
            out += block.rows.summed(weights)
    return out


def by_interest(built: Sequence[Block], values: Sequence[Rows], beta: Mapping[str, float], interests: int) -> Floats:
    """Return what each interest contributes to some scores, shape (interests + 1, k), from the `values` (r, k) of each block's rows. The
    last row is the part of no interest.
    """
    owners = np.concatenate([block.interests for block in built]) % (interests + 1)
    share = np.concatenate([block.share(beta) for block in built]).astype(np.float64)
    spread = sparse.csc_array((share, owners, np.arange(len(owners) + 1)), shape=(interests + 1, len(owners)))
    return np.asarray(spread @ np.concatenate(values))
