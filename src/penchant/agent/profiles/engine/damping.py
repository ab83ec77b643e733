"""Repeats: the same thing done to the same item within minutes (order lines, double clicks) says little more than once."""

from collections.abc import Sequence

import numpy as np

from penchant.agent.profiles.engine.state import State
from penchant.arrays import Floats, Ints
from penchant.store.event_columns import EventColumns

REPEAT_SECONDS = 600.0
REPEAT_WEIGHT = 0.1


def damping(states: Sequence[State], columns: EventColumns, owner: Ints) -> Floats:
    """What is left of each event (n,): a tenth of a repeat. The states remember what was done last, changed in place."""
    at, left = columns.at, np.ones(len(columns))
    deed, names = _deeds(columns, owner)
    order = np.argsort(deed, kind="stable")
    again = np.append(False, deed[order][1:] == deed[order][:-1])
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


def _after_earlier(state: State, left: Floats, names: "_Names", at: Floats, rows: range) -> None:
    """Events of this batch that repeat what an earlier one ended with."""
    waiting = dict(state.recent)
    for row in rows:
        if not waiting or at[row] - max(waiting.values()) > REPEAT_SECONDS:
            return
        then = waiting.pop(names(row), None)
        if then is not None and at[row] - then <= REPEAT_SECONDS:
            left[row] = REPEAT_WEIGHT


class _Names:
    """What was done to which item, as the states remember it."""

    def __init__(self, columns: EventColumns) -> None:
        self.types, self.items = columns.types, columns.items

    def __call__(self, row: int) -> str:
        return f"{self.types[row]}\x1f{self.items[row]}"


def _deeds(columns: EventColumns, owner: Ints) -> tuple[Ints, _Names]:
    """A number for each (user, type, item); of its own for an event without an item."""
    kinds = {name: number for number, name in enumerate(dict.fromkeys(columns.types))}
    things = {name: number for number, name in enumerate(dict.fromkeys(columns.items))}
    kind = np.fromiter(map(kinds.__getitem__, columns.types), np.int64, len(columns))
    thing = np.fromiter(map(things.__getitem__, columns.items), np.int64, len(columns))
    deed = (owner * len(kinds) + kind) * len(things) + thing
    if None in things:
        nothing = np.flatnonzero(thing == things[None])
        deed[nothing] = -1 - nothing
    return deed, _Names(columns)
