"""Protocol `stream`: a service as it runs. After the split, everything before a choice may be used, by whatever can use it.

What is fitted (EASE, factors, neighbours) is fitted anew at the beginning of each of `SEGMENTS` parts of the time after the split, as a
nightly job would; what needs no fit (the user's own events, popularity by hours, what is taken together) is as of the choice. Items that
were born after the split take part from their `created_at` on, and choices of them are counted apart.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from penchant.errors import UsageError
from penchant.tools.evaluation.dataset import Log
from penchant.tools.evaluation.protocol import Case, Split, digest

SEGMENTS = 4
CASES = 3_000
"""So many choices are asked about at most, the same ones every time."""


def stream(log: Log, share: float, among: NDArray[np.bool_] | None = None, segments: int = SEGMENTS) -> list[Split]:
    """The parts of the time after the first `share` of the events of `among` (n,): each with what fits may see and its choices.

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
    """Everything taken from `begin` on that was new to a user with a past; of what was taken at one moment, one is asked about."""
    cases = []
    for user, rows in enumerate(log.by_user):
        mine = rows[among[rows] & log.chosen[rows]]
        first = mine[np.sort(np.unique(log.items[mine], return_index=True)[1])]  # repeats are not asked about
        due = first[(log.at[first] >= begin) & (log.at[first] > log.at[mine[0]])] if len(mine) else first
        for at in np.unique(log.at[due]):
            tied = sorted(due[log.at[due] == at], key=lambda row: digest(log.events[row].event_id))
            cases.append(Case(user, float(at), tuple(dict.fromkeys(int(log.items[row]) for row in tied))))
    return cases
