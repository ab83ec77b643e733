"""The fold: adds the behaviour of many users, as columns, to their states. Pure arithmetic on (node, weight, time).

Every decision depends on single events or occasions, never on where a batch ends: `fold(fold(s, a), b)` and `fold(s, a + b)` give the
same bits, whichever other users are in the batch. The fold uses no data of other users, no labels, no language model and no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from penchant.agent.profiles.engine.dynamics import EXPERTS, HALF_LIVES_DAYS, SECONDS_PER_DAY, TIMESCALES
from penchant.agent.profiles.engine.evidence import add_details
from penchant.agent.profiles.engine.occasions import (
    Lines,
    Occasions,
    PlacedEvents,
    RowUpdates,
    advance_trust,
    bring_forward,
    lines_of,
    predicted,
    sums,
)
from penchant.agent.profiles.engine.personal import ThemelessItem
from penchant.agent.profiles.engine.signals import ATTENTION, DISLIKED, LIKED, signals
from penchant.agent.profiles.engine.state import OPINIONS, Nodes, Occasion, State
from penchant.arrays import Flags, Floats, Ints
from penchant.store.event_columns import EventColumns

REPEAT_SECONDS = 600.0
REPEAT_WEIGHT = 0.1


def damping(states: Sequence[State], columns: EventColumns, owner: Ints) -> Floats:
    """Return a factor for each event (n,): 0.1 for a repeat within ten minutes, else 1. Updates the memory of recent actions in the
    states.
    """
    at, left = columns.at, np.ones(len(columns))
    action, names = _action_numbers(columns, owner)
    order = np.argsort(action, kind="stable")
    again = np.append(False, action[order][1:] == action[order][:-1])
    before = np.append(-np.inf, at[order][:-1])
    near = again & (at[order] - before <= REPEAT_SECONDS)
    left[order[near]] = REPEAT_WEIGHT
    for user, state in enumerate(states):
        rows = columns.rows(user)
        if rows.start == rows.stop:
            continue
        last = float(at[rows.stop - 1])
        if state.recent:
            _after_earlier(state, left, names, at, range(rows.start, rows.stop))
        state.recent = {name: then for name, then in state.recent.items() if last - then <= REPEAT_SECONDS}
        newest = rows.start + int(np.searchsorted(at[rows], last - REPEAT_SECONDS))
        state.recent |= {
            names(row): float(at[row]) for row in range(newest, rows.stop) if columns.items[row] is not None
        }
    return left


def _after_earlier(state: State, left: Floats, names: "_ActionKeys", at: Floats, rows: range) -> None:
    """Set the factor of events that repeat an action from an earlier batch."""
    waiting = dict(state.recent)
    for row in rows:
        if not waiting or at[row] - max(waiting.values()) > REPEAT_SECONDS:
            return
        then = waiting.pop(names(row), None)
        if then is not None and at[row] - then <= REPEAT_SECONDS:
            left[row] = REPEAT_WEIGHT


class _ActionKeys:
    """Returns for a row the key under which states remember an action: the event type and the item."""

    def __init__(self, columns: EventColumns) -> None:
        self.types, self.items = columns.types, columns.items

    def __call__(self, row: int) -> str:
        return f"{self.types[row]}\x1f{self.items[row]}"


def _action_numbers(columns: EventColumns, owner: Ints) -> tuple[Ints, _ActionKeys]:
    """Return a number for each distinct (user, type, item). An event without an item gets a number of its own."""
    kinds = {name: number for number, name in enumerate(dict.fromkeys(columns.types))}
    things = {name: number for number, name in enumerate(dict.fromkeys(columns.items))}
    kind = np.fromiter(map(kinds.__getitem__, columns.types), np.int64, len(columns))
    thing = np.fromiter(map(things.__getitem__, columns.items), np.int64, len(columns))
    action = (owner * len(kinds) + kind) * len(things) + thing
    if None in things:
        nothing = np.flatnonzero(thing == things[None])
        action[nothing] = -1 - nothing
    return action, _ActionKeys(columns)


UNPLACED_KEPT = 256
OPINION_HALF_LIVES_DAYS = np.array([60.0, np.inf])
COLUMNS = np.concatenate([HALF_LIVES_DAYS, OPINION_HALF_LIVES_DAYS, OPINION_HALF_LIVES_DAYS])
"""Half-lives, in days, of the masses of a node: attention by every half-life, then liking and disliking by two of them each."""


@dataclass(frozen=True)
class Rules:
    """What the fold depends on besides behaviour. `weights`: by event type; `places`: the number of places of the taxonomy an event may
    be about; `min_cosine`: the cosine from which two items without a theme count as alike.
    """

    weights: Mapping[str, float]
    places: int
    min_cosine: float = 0.5


def fold(
    states: Sequence[State],
    columns: EventColumns,
    placed: PlacedEvents,
    rules: Rules,
    themeless_items: Mapping[str, ThemelessItem] | None = None,
) -> Flags:
    """Advance `states` (changed in place; one per user of `columns`) by events that are later than everything in them.

    `themeless_items`: the items without a theme of these events and of the pools. Returns which events (n,) belong to no interest now.
    """
    if not len(columns):
        return np.zeros(0, bool)
    owner = columns.owner
    signals = _signals(states, columns, rules.weights) * damping(states, columns, owner)[:, None]
    occasions = Occasions.of(states, columns, owner)
    lines, new = lines_of(
        states, columns, placed, signals, themeless_items=themeless_items or {}, min_cosine=rules.min_cosine
    )
    nodes = Nodes.of(states, new)
    learnt = _learnt(signals, lines, placed)
    _advance(states, nodes, occasions, lines, learnt=learnt, prior=1.0 / (rules.places + 1))
    add_details(states, nodes, columns, lines)
    nodes.put(states)
    pooled = np.ones(len(columns), bool)
    pooled[lines.event[lines.event >= 0]] = False
    _count(states, columns, placed, lines, pooled)
    return pooled


def _signals(states: Sequence[State], columns: EventColumns, weights: Mapping[str, float]) -> Floats:
    """Return the evidence of every event (n, 3)."""
    by_user = []
    for user, state in enumerate(states):
        rows = columns.rows(user)
        if rows.start < rows.stop:
            by_user.append(signals(columns.types[rows], columns.value[rows], weights, state.ratings))
    return np.concatenate(by_user)


def _learnt(signals: Floats, lines: Lines, placed: PlacedEvents) -> Flags:
    """Return which events (n,) update the trust: those with a place, and those about items without a theme, which count as an unseen
    place. An event of pure dislike does not.
    """
    learnt = placed.themeless.copy()
    learnt[lines.event[lines.in_time]] = True
    return np.asarray(learnt & (signals[:, ATTENTION] > 0.0))


def _advance(
    states: Sequence[State], nodes: Nodes, occasions: Occasions, lines: Lines, *, learnt: Flags, prior: float
) -> None:
    """Update masses, then predictions, then trust. What the last occasion of each user adds is stored separately in the state."""
    updates, update = _row_updates(states, nodes, occasions, lines)
    before = bring_forward(nodes.mass, nodes.touched, updates, occasions.at, COLUMNS)[:, :TIMESCALES]
    total, total_at = np.stack([state.total for state in states]), np.array([state.total_at for state in states])
    added = sums(updates.occasion, updates.adds[:, :TIMESCALES], len(occasions.at))
    whole = RowUpdates(occasions.owner, np.arange(len(occasions.at)), added, occasions.closed)
    total_before = bring_forward(total, total_at, whole, occasions.at, HALF_LIVES_DAYS)
    log_likelihood, count = _log_likelihoods(
        states, occasions, lines, learnt=learnt, before=before[update], total=total_before, prior=prior
    )
    trust = np.stack([state.trust for state in states])
    advance_trust(trust, occasions.owner, log_likelihood, np.where(occasions.closed, count, 0.0))
    _keep(states, nodes, occasions, updates, log_likelihood=log_likelihood, count=count)
    for user, state in enumerate(states):
        state.total, state.total_at, state.trust = total[user], float(total_at[user]), trust[user]


def _row_updates(states: Sequence[State], nodes: Nodes, occasions: Occasions, lines: Lines) -> tuple[RowUpdates, Ints]:
    """Return what occasions add to nodes, including what open occasions had added before; and the position in it of each line (L,)."""
    resumed = [user for user, state in enumerate(states) if len(state.occasion.rows)]
    old_rows = [states[user].occasion.rows + nodes.starts[user] for user in resumed]
    old_occasions = [np.full(len(states[user].occasion.rows), occasions.first[user]) for user in resumed]
    old_adds = [_flat(states[user].occasion) for user in resumed]
    occasion = occasions.of_event[lines.row]
    row = np.concatenate([*old_rows, lines.node])
    count = len(occasions.at)
    keys, which = np.unique(row * count + np.concatenate([*old_occasions, occasion]), return_inverse=True)
    adds = sums(which, np.concatenate([*old_adds, _adds(lines, occasions.at[occasion])]), len(keys))
    of = keys % count
    return RowUpdates(keys // count, of, adds, occasions.closed[of]), which[len(which) - len(lines.row) :]


def _flat(occasion: Occasion) -> Floats:
    return np.concatenate([occasion.attention, occasion.opinion.reshape(-1, 2 * OPINIONS)], axis=1)


def _adds(lines: Lines, at: Floats) -> Floats:
    """Return what each line adds (L, C) as of the time `at` (L,) of its occasion; what happened earlier has decayed by then."""
    apart = np.flatnonzero(lines.when != at)
    signals = lines.signals
    adds = np.concatenate(
        [
            np.repeat(signals[:, [ATTENTION]], TIMESCALES, axis=1),
            np.repeat(signals[:, [LIKED]], OPINIONS, axis=1),
            np.repeat(signals[:, [DISLIKED]], OPINIONS, axis=1),
        ],
        axis=1,
    )
    if len(apart):
        adds[apart] *= np.exp2(-((at - lines.when)[apart] / SECONDS_PER_DAY)[:, None] / COLUMNS)
    return adds


def _log_likelihoods(
    states: Sequence[State],
    occasions: Occasions,
    lines: Lines,
    *,
    learnt: Flags,
    before: Floats,
    total: Floats,
    prior: float,
) -> tuple[Floats, Floats]:
    """Return by occasion: the sum of the log-probabilities of its events under every expert (o, H, P), and the number of these events
    (o,).
    """
    events = np.flatnonzero(learnt)
    position = np.cumsum(learnt) - 1
    timely = np.flatnonzero(lines.in_time & learnt[lines.row])
    seen = sums(position[lines.row[timely]], lines.share[timely, None] * before[timely], len(events))
    occasion = occasions.of_event[events]
    log_likelihoods = np.log(predicted(seen, total[occasion], np.full(len(events), prior)))
    resumed = [user for user, state in enumerate(states) if state.occasion.learnt]
    old = [states[user].occasion.log_likelihood[None] for user in resumed]
    index = np.concatenate([occasions.first[resumed], occasion]) if resumed else occasion
    log_likelihood = sums(index, np.concatenate([*old, log_likelihoods]), len(occasions.at))
    learned = np.array([states[user].occasion.learnt for user in resumed], np.float64)
    count = np.bincount(index, np.concatenate([learned, np.ones(len(events))]), minlength=len(occasions.at))
    return log_likelihood.reshape(-1, *EXPERTS), np.asarray(count, np.float64)


def _keep(
    states: Sequence[State],
    nodes: Nodes,
    occasions: Occasions,
    updates: RowUpdates,
    *,
    log_likelihood: Floats,
    count: Floats,
) -> None:
    """Store the current occasion of each user in the state."""
    open_ = np.flatnonzero(~updates.closed)
    user_of = occasions.owner[updates.occasion[open_]]
    starts = np.searchsorted(user_of, np.arange(len(states) + 1))
    for user, state in enumerate(states):
        last = int(occasions.open[user])
        if last < 0:
            continue
        own = open_[starts[user] : starts[user + 1]]
        adds = updates.adds[own]
        state.occasion = Occasion(
            float(occasions.at[last]),
            occasions.sessions.get(last),
            updates.row[own] - nodes.starts[user],
            adds[:, :TIMESCALES],
            adds[:, TIMESCALES:].reshape(-1, 2, OPINIONS),
            log_likelihood[last],
            int(count[last]),
        )


def _count(states: Sequence[State], columns: EventColumns, placed: PlacedEvents, lines: Lines, pooled: Flags) -> None:
    """Update the counts of events and of what became of them."""
    at = columns.at
    owner = columns.owner if lines.carried else np.zeros(0, np.int64)
    for line in lines.carried:
        states[int(owner[lines.row[line]])].assigned += 1
    unexplained = pooled & ~placed.themeless & ~placed.unknown
    for user, state in enumerate(states):
        rows = columns.rows(user)
        count = rows.stop - rows.start
        if not count:
            continue
        state.at, state.last_id = float(at[rows.stop - 1]), columns.ids[rows.stop - 1]
        state.n_events += count
        state.assigned += count - int(pooled[rows].sum())
        state.unexplained += int(unexplained[rows].sum())
        for row in rows.start + np.flatnonzero(placed.unknown[rows]):
            item = columns.items[row] or ""
            if item in state.unplaced or len(state.unplaced) < UNPLACED_KEPT:
                state.unplaced[item] = state.unplaced.get(item, 0) + 1
