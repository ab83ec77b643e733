"""The protocols: which data is known and which questions are asked. They exclude leaks by construction.

`global-time`: everything before the split is known, nothing after it, for any user; the question is each user's next
new item. `stream` (in its own module): everything before a choice is known. `leave-last-out`: everything but each
user's last event is known; the question is that event, at its own time. Events at the same moment have no order, so a
digest of the event id decides which of them is the last.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from penchant.arrays import Ints
from penchant.errors import UsageError
from penchant.tools.evaluation.dataset import Log

EARLIER = (0.7, 0.6, 0.5)
MIN_CASES = 300

ProtocolName = Literal["leave-last-out", "global-time", "stream"]


@dataclass(frozen=True)
class Case:
    """One question: what does this user choose next? `chosen[0]` is the true item; the others were chosen at the same
    moment. `candidates`: the positions to rank, None for the whole catalogue.
    """

    user: int
    at: float
    chosen: tuple[int, ...]
    candidates: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Split:
    """`known` (n,): the rows of the log that models may be fitted to; `cases`: the questions. `live` (n,): the rows that
    may be used where they are older than a case; None where only the known ones may be.
    """

    known: NDArray[np.bool_]
    cases: tuple[Case, ...]
    live: NDArray[np.bool_] | None = None

    def history(self, log: Log, case: Case) -> Ints:
        """Return the rows that may be known about the user of a case, newest first."""
        rows = log.by_user[case.user]
        if self.live is None:
            return rows[self.known[rows]][::-1]
        return rows[self.live[rows] & (log.at[rows] < case.at)][::-1]


def digest(text: str) -> bytes:
    """Return a hash to sort by, so that the order is random but always the same."""
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def leave_last_out(log: Log, among: NDArray[np.bool_] | None = None) -> Split:
    """Ask about every user's last choice; the rest of `among` (n,) is known."""
    known = np.ones(len(log), bool) if among is None else among.copy()
    cases = []
    for user, rows in enumerate(log.by_user):
        mine = rows[known[rows]]
        choices = mine[log.chosen[mine]]
        if len(choices) < 2:
            continue
        last = log.at[choices[-1]]
        tied = sorted(choices[log.at[choices] == last], key=lambda row: digest(log.events[row].event_id))
        known[tied[0]] = False
        known[mine[log.at[mine] > last]] = False
        cases.append(Case(user, float(last), (int(log.items[tied[0]]),)))
    return Split(known, tuple(cases))


def global_time(log: Log, share: float, among: NDArray[np.bool_] | None = None) -> Split:
    """Ask each user with a past for the next choice that is new to them; the first `share` of the events of `among` (n,)
    is known. Raises `UsageError` where there are no events.
    """
    among = np.ones(len(log), bool) if among is None else among
    if not among.any():
        raise UsageError("there is no behaviour to split: the events file is empty")
    moment = float(np.quantile(log.at[among], share))
    known = among & (log.at < moment)
    cases = []
    for user, rows in enumerate(log.by_user):
        mine = rows[among[rows] & log.chosen[rows]]
        past, future = mine[log.at[mine] < moment], mine[log.at[mine] >= moment]
        new = future[~np.isin(log.items[future], log.items[past])]
        if not len(past) or not len(new):
            continue
        tied = sorted(new[log.at[new] == log.at[new[0]]], key=lambda row: digest(log.events[row].event_id))
        cases.append(Case(user, moment, tuple(dict.fromkeys(int(log.items[row]) for row in tied))))
    return Split(known, tuple(cases))


def split(log: Log, protocol: ProtocolName, share: float, among: NDArray[np.bool_] | None = None) -> Split:
    """Return the split of a protocol. Raises `UsageError` where no question is left."""
    parts = leave_last_out(log, among) if protocol == "leave-last-out" else global_time(log, share, among)
    if not parts.cases:
        raise UsageError(
            "no user has both a past and a next item under this protocol: use more events, or another --split"
        )
    return parts


def validation(log: Log, protocol: ProtocolName, share: float, known: NDArray[np.bool_]) -> list[Split]:
    """Return splits of the known part only, to tune weights and baselines on: two moments, and earlier ones where cases
    are few.
    """
    if protocol == "leave-last-out":
        return [leave_last_out(log, known)]
    folds: list[Split] = []
    for at in ((1 + share) / 2, share, *EARLIER):
        if len(folds) < 2 or sum(len(fold.cases) for fold in folds) < MIN_CASES:
            folds.append(global_time(log, at, known))
    return [fold for fold in folds if fold.cases]


def among_candidates(log: Log, cases: Sequence[Case], listed: dict[str, list[int]]) -> tuple[Case, ...]:
    """Return the cases of users in a candidates file, each with its candidates; the true item is appended."""
    return tuple(
        replace(case, candidates=tuple(dict.fromkeys([*given, case.chosen[0]])))
        for case in cases
        if (given := listed.get(log.user_ids[case.user])) is not None
    )


def cases_of_users(log: Log, cases: Sequence[Case], users: int | None) -> tuple[Case, ...]:
    """Return the cases of at most `users` users, always the same ones."""
    asked = sorted({case.user for case in cases}, key=lambda user: digest(log.user_ids[user]))
    some = set(asked[:users])
    return tuple(case for case in cases if case.user in some)


def sample(log: Log, cases: Sequence[Case], users: int | None) -> tuple[Case, ...]:
    """Return at most `users` cases, always the same ones."""
    if users is None or users >= len(cases):
        return tuple(cases)
    return tuple(sorted(cases, key=lambda case: digest(log.user_ids[case.user]))[:users])
