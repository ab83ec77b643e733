"""Which nodes a tree has, before anything is reckoned: rows of a profile by the nodes they stand at and below, in columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from penchant.agent.profiles.engine.personal import Path
from penchant.agent.profiles.engine.rows import NodeRow
from penchant.agent.profiles.engine.state import NodeEvidence
from penchant.arrays import Flags, Ints
from penchant.store.profile import MAX_EVIDENCE_SHOWN

TOP = -1
"""The parent of what stands at the top."""


@dataclass(frozen=True)
class Outline:
    """The n nodes of a tree, every one after its parent. `ids`, `paths`: labels from the topic down; `parents`, `own` (n,): number of the
    parent, and of the row that stands here itself (-1: none); `members`: all rows here and below, ascending, node after node, from
    `starts` (n,) on."""

    ids: list[str]
    paths: list[Path]
    parents: Ints
    own: Ints
    members: Ints
    starts: Ints

    @property
    def sizes(self) -> Ints:
        """How many rows stand at and below each node (n,)."""
        return np.diff(self.starts, append=len(self.members))

    @property
    def forks(self) -> Flags:
        """Which nodes have something below them (n,)."""
        forks = np.zeros(len(self.ids), bool)
        forks[self.parents[self.parents != TOP]] = True
        return forks

    def leaves(self, node: int) -> Iterator[int]:
        """The nodes below `node` that have nothing below them; a leaf itself."""
        below = np.flatnonzero(self.parents == node).tolist()
        if not below:
            yield node
        for child in below:
            yield from self.leaves(child)


def outline(rows: Sequence[NodeRow]) -> Outline:
    """The nodes of `rows`, in the order in which they first appear."""
    ids: list[str] = []
    paths: list[Path] = []
    parents: list[int] = []
    known: dict[tuple[str, ...], int] = {}

    def node_at(names: tuple[str, ...], labels: Path) -> int:
        node = known.get(names)
        if node is None:
            parent = node_at(names[:-1], labels[:-1]) if len(names) > 1 else TOP
            node = known[names] = len(ids)
            ids.append(names[-1])
            paths.append(labels)
            parents.append(parent)
        return node

    at = np.fromiter([node_at(row.ids, row.path) for row in rows], np.int64, len(rows))
    above = np.fromiter(parents, np.int64, len(parents))
    own = np.full(len(ids), -1)
    own[at] = np.arange(len(rows))
    return Outline(ids, paths, above, own, *_members(at, above))


def _members(at: Ints, above: Ints) -> tuple[Ints, Ints]:
    """`members` and `starts` of an outline: rows stand at the nodes `at` (rows,) and below all that are above these. `above`: the
    parents (n,)."""
    found, row, count = [], np.arange(len(at)), max(len(at), 1)
    while len(at):
        found.append(at * count + row)
        at = above[at]
        below_top = at != TOP
        at, row = at[below_top], row[below_top]
    node, members = np.divmod(np.sort(np.concatenate(found)), count)
    return members, np.searchsorted(node, np.arange(len(above)))


def newest(nodes: Outline, rows: Sequence[NodeRow], evidence: NodeEvidence) -> list[tuple[str, ...]]:
    """The newest events shown of each node, by id, newest first, each once however many rows it stands behind."""
    ids = evidence.ids
    behind = np.fromiter([row.evidence.stop for row in rows], np.int64, len(rows))
    begin = np.maximum(
        np.fromiter([row.evidence.start for row in rows], np.int64, len(rows)), behind - MAX_EVIDENCE_SHOWN
    )
    length = behind - begin
    latest, end = ids[::-1], len(ids) - begin
    of_row = [tuple(latest[at - many : at]) for at, many in zip(end.tolist(), length.tolist(), strict=True)]
    found = [of_row[row] for row in nodes.members[nodes.starts].tolist()]
    several = np.flatnonzero(nodes.sizes > 1)
    order, place = _by_time(evidence) if len(several) else (_NONE, _NONE)
    owner = np.repeat(np.arange(len(found)), nodes.sizes)
    shared = nodes.sizes[owner] > 1
    members = nodes.members[shared]
    events = _ranges(begin[members], length[members])
    bounds, chosen = _first_places(np.repeat(owner[shared], length[members]), place[events], several)
    listed = [ids[row] for row in order[chosen].tolist()]
    for node, start, stop in zip(several.tolist(), bounds, bounds[1:], strict=False):
        found[node] = tuple(listed[start:stop])
    return found


def _ranges(begin: Ints, length: Ints) -> Ints:
    """All numbers of the ranges that begin at `begin` (k,) and are `length` (k,) long, one range after another."""
    ends = np.cumsum(length)
    return np.repeat(begin - (ends - length), length) + np.arange(length.sum())


def _first_places(owner: Ints, place: Ints, owners: Ints) -> tuple[list[int], Ints]:
    """The first `MAX_EVIDENCE_SHOWN` different places of each of `owners` (k,), ascending, owner after owner; where each one's begin."""
    whole = int(place.max(initial=0)) + 1
    both = np.sort(owner * whole + place)
    both = both[np.diff(both, prepend=-1) > 0]
    begin = np.searchsorted(both, owners * whole)
    length = np.minimum(np.diff(begin, append=len(both)), MAX_EVIDENCE_SHOWN)
    return [0, *np.cumsum(length).tolist()], both[_ranges(begin, length)] % whole


def _by_time(evidence: NodeEvidence) -> tuple[Ints, Ints]:
    """Rows of evidence, newest first, and the place of each row among them; an event that is evidence twice has one place."""
    order = np.argsort(-evidence.at)
    later = np.diff(evidence.at[order]) != 0.0
    moment = np.append(0, np.cumsum(later))
    order = np.sort(moment * len(order) + order) % max(len(order), 1)  # of one moment, in their own order
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    tied = np.flatnonzero(~np.append(True, later) | ~np.append(later, True))
    first: dict[str, int] = {}
    names = [evidence.ids[row] for row in order[tied].tolist()]
    place[order[tied]] = list(map(first.setdefault, names, tied.tolist()))
    return order, place


_NONE = np.zeros(0, np.int64)
