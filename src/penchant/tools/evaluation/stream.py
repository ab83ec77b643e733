"""Protocol `stream`: a running service. After the split, any system may use everything before a choice.

Fitted models (EASE, factors, neighbours) are fitted again at the start of each of `SEGMENTS` parts of the time after
the split, as a nightly job would do. What needs no fit (the user's own events, popularity by hours, items chosen
together) is as of the choice. Items created after the split are included from their `created_at` on, and choices of
them are also reported apart.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from penchant.errors import UsageError
from penchant.tools.evaluation.dataset import Log
from penchant.tools.evaluation.protocol import Case, Split, digest

SEGMENTS = 4
CASES = 3_000
"""The most choices that are asked about, always the same ones."""


def stream(log: Log, share: float, among: NDArray[np.bool_] | None = None, segments: int = SEGMENTS) -> list[Split]:
    """Split the time after the first `share` of the events of `among` (n,) into parts, each with the rows to fit to and
    its choices.

    Raises `UsageError` where there is nothing to split.
    """
    among = np.ones(len(log), bool) if among is None else among
    if not among.any():
        raise UsageError("there is no behaviour to split: the events file is empty")
    begin = float(np.quantile(log.at[among], share))
    later = np.sort(log.at[among & (log.at >= begin)])
    edges = [begin, *(float(later[len(later) * part // segments]) for part in range(1, segments)), np.inf]
    cases = _choices(log, among, begin)
    if len(cases) > CASES:
        cases = sorted(cases, key=lambda case: digest(f"{log.user_ids[case.user]}\x1f{case.at!r}"))[:CASES]
    cases.sort(key=lambda case: (case.at, case.user))
    parts = [
        Split(among & (log.at < start), tuple(case for case in cases if start <= case.at < end), live=among)
        for start, end in pairwise(edges)
    ]
    return [part for part in parts if part.cases]


def _choices(log: Log, among: NDArray[np.bool_], begin: float) -> list[Case]:
    """Return all choices from `begin` on of items new to a user with a past; one per user and moment."""
    cases = []
    for user, rows in enumerate(log.by_user):
        mine = rows[among[rows] & log.chosen[rows]]
        first = mine[np.sort(np.unique(log.items[mine], return_index=True)[1])]  # only first choices of an item
        due = first[(log.at[first] >= begin) & (log.at[first] > log.at[mine[0]])] if len(mine) else first
        for at in np.unique(log.at[due]):
            tied = sorted(due[log.at[due] == at], key=lambda row: digest(log.events[row].event_id))
            cases.append(Case(user, float(at), tuple(dict.fromkeys(int(log.items[row]) for row in tied))))
    return cases
