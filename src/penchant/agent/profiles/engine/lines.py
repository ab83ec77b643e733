"""Which event is evidence for which node: the taxonomy's places, and the personal themes of those who have any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.personal import Claim, PersonalThemes, Stranger
from penchant.agent.profiles.engine.placed import Placed
from penchant.agent.profiles.engine.state import State, Waiting
from penchant.arrays import Floats, Ints
from penchant.store.event_columns import EventColumns


@dataclass(frozen=True)
class Lines:
    """Evidence in the order in which it is known: shape (L,) each.

    `row`: the event with which it became known; `event`: the event itself (-1: one of an earlier update, in `carried` by line); the two
    differ for those who waited in the pool. `node`: position among all nodes of all users. `when`: Unix seconds. `share`: the node's
    responsibility; `signals` (L, 3): its share of what the event says.
    """

    row: Ints
    event: Ints
    node: Ints
    when: Floats
    share: Floats
    signals: Floats
    carried: Mapping[int, Waiting] = field(default_factory=dict)

    @property
    def in_time(self) -> NDArray[np.bool_]:
        """Those known with the event itself (L,)."""
        return np.asarray(self.row == self.event)


def lines_of(
    states: Sequence[State],
    columns: EventColumns,
    placed: Placed,
    signals: Floats,
    *,
    strangers: Mapping[str, Stranger],
    alike: float,
) -> tuple[Lines, list[list[str]]]:
    """The evidence of the events in `columns`, and the ids of each user's new nodes, in the order in which they first appear."""
    owner = columns.owner
    claims = _claims(states, columns, placed, signals, strangers=strangers, alike=alike)
    ids = [*placed.ids, *dict.fromkeys(claim.node for claim in claims)]
    number = {name: at for at, name in enumerate(ids)}
    row = np.concatenate([placed.rows, np.array([claim.row for claim in claims], np.int64)])
    place = np.concatenate([placed.places, np.array([number[claim.node] for claim in claims], np.int64)])
    event = np.concatenate([placed.rows, np.array([claim.event_row for claim in claims], np.int64)])
    when = np.concatenate([columns.at[placed.rows], np.array([claim.event.at for claim in claims], np.float64)])
    share = np.concatenate([placed.shares, np.ones(len(claims))])
    waited = np.array([claim.event.signals for claim in claims], np.float64).reshape(-1, 3)
    parts = np.concatenate([signals[placed.rows] * placed.shares[:, None], waited])
    order = np.argsort(row, kind="stable")
    node, new = _numbered(states, owner[row[order]], place[order], number)
    carried = {
        int(line): claims[source - len(placed.rows)].event
        for line, source in enumerate(order.tolist())
        if claims and event[source] < 0
    }
    return Lines(row[order], event[order], node, when[order], share[order], parts[order], carried), new


def _claims(
    states: Sequence[State],
    columns: EventColumns,
    placed: Placed,
    signals: Floats,
    *,
    strangers: Mapping[str, Stranger],
    alike: float,
) -> list[Claim]:
    """What strange events belong to. Pools and personal themes in the states change in place."""
    claims: list[Claim] = []
    for user, state in enumerate(states):
        rows = columns.rows(user)
        strange = rows.start + np.flatnonzero(placed.strange[rows])
        if len(strange):
            themes = PersonalThemes.of(state)
            claims += themes.claim(
                [(int(row), _waiting(columns, int(row), signals)) for row in strange], strangers, alike
            )
            themes.put(state)
    return claims


def _waiting(columns: EventColumns, row: int, signals: Floats) -> Waiting:
    attention, liked, disliked = signals[row].tolist()
    item = columns.items[row]
    return Waiting(columns.ids[row], item or "", float(columns.at[row]), attention, liked, disliked)


def _numbered(
    states: Sequence[State], owner: Ints, place: Ints, number: dict[str, int]
) -> tuple[Ints, list[list[str]]]:
    """The position of each line's node among all nodes of all users, and the ids of those that are new. `number`: of every place by id."""
    known = [number.setdefault(name, len(number)) for state in states for name in state.ids]
    counts = [len(state.ids) for state in states]
    keys = np.concatenate([np.repeat(np.arange(len(states)), counts), owner]) * len(number)
    keys += np.concatenate([np.array(known, np.int64), place])
    different, first, which = np.unique(keys, return_index=True, return_inverse=True)
    ranked = np.lexsort((first, different // len(number)))
    position = np.empty(len(ranked), np.int64)
    position[ranked] = np.arange(len(ranked))
    fresh = different[ranked[first[ranked] >= len(known)]]
    names = list(number)
    new: list[list[str]] = [[] for _ in states]
    for user, code in zip((fresh // len(number)).tolist(), (fresh % len(number)).tolist(), strict=True):
        new[user].append(names[code])
    return position[which[len(known) :]], new
