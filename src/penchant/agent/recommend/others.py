"""Counts of what other users did: the user's own events are left out of every count.

This matters only for items that the user has events on and that may be listed all the same (viewed, put into a cart, bought again).
For every other item no count contains an event of the user.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.event_rows import OwnItems
from penchant.agent.recommend.interactions import DAY, Rows, UserEvidence
from penchant.agent.recommend.models import LOG_SCALE, RISING_DAYS, WINDOWS_DAYS, CurrentSignals, ItemModels, counts_of
from penchant.agent.recommend.recent import FADED, HALF_LIVES
from penchant.arrays import Floats, Ints, is_among

LATELY = "popular_30d"
"""The signal that counts what was viewed or chosen lately."""
LATELY_DAYS = WINDOWS_DAYS[LATELY]
LEAST = 0.05
"""A user's share in a rounded count: what remains below this is nobody."""


@dataclass(frozen=True)
class Others:
    """What other users did with one item: how often they viewed or chose it in the last `LATELY_DAYS` and ever, and how many people
    chose both it and something that the user chose.
    """

    lately: int = 0
    ever: int = 0
    together: int = 0


def own_items(
    models: ItemModels, evidence: UserEvidence, candidates: Ints | None, allowed: NDArray[np.bool_] | None
) -> OwnItems:
    """Return the items that the user has events on, with the share of other users in what is known of them.

    Of C people who took both such an item and the item of an event, the share of others is (C - 1) / C. It is 1 where the models do
    not contain the user's event yet. `candidates` ascend; `allowed` (c,): which of them may be listed (None: all).
    """
    items = np.unique(evidence.items)
    columns, _ = _own(items, candidates)
    if allowed is not None:
        columns = columns[allowed[columns]]
    shares = dict[bytes, Rows]()

    def share(some: Ints) -> Rows:
        key = some.tobytes()  # every model asks for the same items
        if key not in shares:
            shares[key] = _share_of_others(models, evidence, some)
        return shares[key]

    return OwnItems(items, columns, share)


def _share_of_others(models: ItemModels, evidence: UserEvidence, items: Ints) -> Rows:
    """Return the share (m, k) of other users in what is known of each event's item and `items` (k,), which are the user's too."""
    known = evidence.at <= models.until
    counted = known[:, None] & is_among(items, np.unique(evidence.items[known]))
    out = np.where(counted, np.float32(0.0), np.float32(1.0))
    event, item, people = _pairs_sharing(models, evidence.items, items)
    several = np.flatnonzero((people > 1.0 + LEAST) & counted[event, item])
    out[event[several], item[several]] = 1.0 - 1.0 / people[several]
    return out


def values_by_others(
    models: ItemModels, moment: CurrentSignals, evidence: UserEvidence, candidates: Ints | None
) -> Rows:
    """Return the signals of `moment`, shape (s, c), with the user's own events taken out of every count. `candidates` ascend."""
    values = moment.values if candidates is None else moment.values[:, candidates]
    columns, items = _own(np.unique(evidence.items), candidates)
    if not len(columns):
        return values
    values = values.copy() if candidates is None else values
    row = {name: place for place, name in enumerate(moment.names)}
    own = _OwnEvents(evidence, items, models.until)
    counts = {name: counts_of(values[row[name], columns]) for name in (*WINDOWS_DAYS, *HALF_LIVES, "popular")}
    ever = counts["popular"] - own.since(-np.inf)
    usual = models.usual_days(moment.at)
    for name, days in WINDOWS_DAYS.items():
        values[row[name], columns] = _log(counts[name] - own.since(moment.at - days * DAY))
    for name, days in RISING_DAYS.items():
        within = np.maximum(np.rint(counts[f"popular_{days:g}d"] - own.since(moment.at - days * DAY)), 0.0)
        share = np.maximum(np.rint(ever), 0.0) * min(days / usual, 1.0)
        values[row[name], columns] = np.log((1 + within) / (1 + share)) / LOG_SCALE
    for name, half_life in HALF_LIVES.items():
        values[row[name], columns] = _log(counts[name] - own.fading(moment.hours_at, half_life), 1e-3)
    values[row["popular"], columns] = _log(ever)
    newer = moment.recent.after(models.until)[items]
    nobody_else = np.rint(ever) + newer - own.after <= 0
    for name in ("begun_6h", "begun_14d", "begun_90d"):
        values[row[name], columns[nobody_else]] = 0.0
    return values


def count_others(
    models: ItemModels, moment: CurrentSignals, evidence: UserEvidence, *, user_id: str, items: Ints
) -> list[Others]:
    """Return what other users did with each of the items at positions `items` (c,), which ascend."""
    own, since = _OwnEvents(evidence, items, models.until), moment.at - LATELY_DAYS * DAY
    code = moment.recent.codes.get(user_id, -1)
    place, users, at = moment.recent.of_items(items)
    newer = (users != code) & (at > models.until)
    if code < 0:  # without ids, as many new events are skipped as the user has
        newer &= _running_count(newer, place) > own.after[place]
    within = counts_of(moment.values[moment.names.index(LATELY), items])
    lately = within - own.since(since) + np.bincount(place[newer & (at >= since)], minlength=len(items))
    ever = models.popularity[items] - own.since(-np.inf) + np.bincount(place[newer], minlength=len(items))
    together = _people(models, moment, evidence, code=code, items=items)
    counts = np.maximum(np.rint(np.stack([lately, ever, together])), 0).astype(np.int64)
    return [Others(*each) for each in counts.T.tolist()]


def _running_count(counted: NDArray[np.bool_], place: Ints) -> Ints:
    """Return how many rows with the same `place` (ascending) are counted up to and including each row (r,)."""
    so_far = np.append(0, np.cumsum(counted))
    return np.asarray(so_far[1:] - so_far[np.searchsorted(place, place)])


def _people(models: ItemModels, moment: CurrentSignals, evidence: UserEvidence, *, code: int, items: Ints) -> Floats:
    """Return how many other people took each of `items` and something else that the user took (c,): the largest number for one pair."""
    if not len(evidence):
        return np.zeros(len(items))
    had = is_among(items, np.unique(evidence.items[evidence.at <= models.until]))
    event, place, people = _pairs_sharing(models, evidence.items, items)
    others = np.where(evidence.items[event] == items[place], 0.0, people - had[place])
    fitted = np.zeros(len(items))
    np.maximum.at(fitted, place, others)
    met = moment.recent.sharing(items, evidence.items, code) if code >= 0 else 0
    return np.asarray(np.maximum(fitted, met), np.float64)


class _OwnEvents:
    """Counts of the user's events on `items` (c,). `until`: the time up to which the models know events (Unix seconds)."""

    def __init__(self, evidence: UserEvidence, items: Ints, until: float) -> None:
        place = np.searchsorted(items, evidence.items)
        here = np.append(items, -1)[place] == evidence.items
        self._place, self._at, self._n = place[here], evidence.at[here], len(items)
        self._known = self._at <= until
        self.after = np.bincount(self._place[~self._known], minlength=self._n)

    def since(self, start: float) -> Floats:
        """Return how many events on each item (c,) from `start` on the models contain."""
        counted = self._known & (self._at >= start)
        return np.bincount(self._place[counted], minlength=self._n).astype(np.float64)

    def fading(self, at: float, half_life: float) -> Floats:
        """Return the events on each item (c,) before `at`, fading with `half_life` as hourly popularity does."""
        counted = (self._at < at) & (self._at >= at - FADED * half_life)
        weight = 0.5 ** ((at - self._at[counted]) / half_life)
        return np.bincount(self._place[counted], weight, minlength=self._n).astype(np.float64)


def _own(items: Ints, candidates: Ints | None) -> tuple[Ints, Ints]:
    """Return the columns of `candidates` that are among `items` (ascending), and the item of each."""
    if candidates is None:
        return items, items
    columns = np.searchsorted(candidates, items)
    here = np.append(candidates, -1)[columns] == items
    return columns[here], items[here]


def people_sharing(models: ItemModels, items: Ints, others: Ints) -> Floats:
    """Return how many people took both items, shape (m, c); for an item with itself, all of its users."""
    out = np.zeros((len(items), len(others)))
    first, second, people = _pairs_sharing(models, items, others)
    out[first, second] = people
    return out


def _pairs_sharing(models: ItemModels, items: Ints, others: Ints) -> tuple[Ints, Ints, Floats]:
    """Return the pairs that people took both items of: indices in `items` (m,) and in `others` (c,), and the number of people, from the
    cosine of their users. Few of many pairs are such.
    """
    cosine = models.similar.rows(items, others)
    cosine[items[:, None] == others] = 1.0  # an item with itself
    shared = np.flatnonzero(cosine > 0.0)
    first, second = np.divmod(shared, max(len(others), 1))
    people = np.sqrt(models.takers[items[first]] * models.takers[others[second]])
    return first, second, np.asarray(people * cosine.ravel()[shared], np.float64)


def _log(counts: Floats, least: float = 0.5) -> Floats:
    """Return counts on the scale of the signals; a count below `least` is a rounding error and becomes 0."""
    return np.asarray(np.log1p(np.where(counts < least, 0.0, counts)) / LOG_SCALE)
