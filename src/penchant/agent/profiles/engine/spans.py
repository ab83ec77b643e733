"""Occasions: what one user did at one moment, or in one session. A basket has no order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from penchant.agent.profiles.engine.state import State
from penchant.arrays import Flags, Floats, Ints
from penchant.store.event_columns import EventColumns

SESSION_SECONDS = 6 * 3_600.0
"""So long at most what happens in one session is one occasion."""


@dataclass(frozen=True)
class Occasions:
    """The occasions of some users, by user, then in order; each user's first is the one the state was left in, if there is one.

    `owner`, `at`, `closed` (o,): whose, when it began, and whether a later one follows; `of_event` (n,): the occasion of each event;
    `open` (users,): the last of each user (-1: none); `sessions`: of those that have one, by occasion.
    """

    owner: Ints
    at: Floats
    closed: Flags
    of_event: Ints
    first: Ints
    open: Ints
    sessions: dict[int, str]

    @classmethod
    def of(cls, states: Sequence[State], columns: EventColumns, owner: Ints) -> "Occasions":
        """The occasions of the events in `columns`, and those that were open."""
        session = _sessions(columns)
        begins = _begins(states, columns, owner, session)
        resumed = np.array([state.n_events > 0 for state in states], np.int64)
        begun = np.bincount(owner[begins], minlength=len(states))
        counts = resumed + begun
        first = np.cumsum(counts) - counts
        of_event = np.cumsum(begins) - 1 + np.cumsum(resumed)[owner]
        at = np.zeros(int(counts.sum()))
        at[of_event[begins]] = columns.at[begins]
        sessions = {int(of_event[row]): name for row, name in session.items() if begins[row]}
        for user in np.flatnonzero(resumed).tolist():
            at[first[user]] = states[user].occasion.at
            if (name := states[user].occasion.session) is not None:
                sessions[int(first[user])] = name
        last = first + counts - 1
        closed = np.ones(len(at), bool)
        closed[last[counts > 0]] = False
        whose = np.repeat(np.arange(len(states)), counts)
        return cls(whose, at, closed, of_event, first, np.where(counts > 0, last, -1), sessions)


def _sessions(columns: EventColumns) -> dict[int, str]:
    """The session of each event that names one, by row."""
    named = ((row, context.get("session")) for row, context in columns.contexts.items())
    return {row: str(name) for row, name in named if name not in (None, "")}


def _begins(states: Sequence[State], columns: EventColumns, owner: Ints, session: dict[int, str]) -> Flags:
    """Which events begin an occasion (n,)."""
    at = columns.at
    first = np.append(True, owner[1:] != owner[:-1])
    begins = first | np.append(True, at[1:] != at[:-1])
    for user, state in enumerate(states):
        rows = columns.rows(user)
        if rows.start < rows.stop and state.n_events and at[rows.start] == state.occasion.at:
            begins[rows.start] = False
    with_sessions = {int(owner[row]) for row in session} | {
        user for user, state in enumerate(states) if state.occasion.session is not None
    }
    for user in with_sessions:
        _by_session(states[user], at, begins, session, columns.rows(user))
    return np.asarray(begins)


def _by_session(state: State, at: Floats, begins: Flags, session: dict[int, str], rows: slice) -> None:
    """`begins` of one user who has sessions, event by event."""
    since, name = (state.occasion.at, state.occasion.session) if state.n_events else (-np.inf, None)
    for row in range(rows.start, rows.stop):
        own = session.get(row)
        same = own is not None and own == name and at[row] - since <= SESSION_SECONDS
        begins[row] = not (same or at[row] == since)
        if begins[row]:
            since, name = float(at[row]), own
