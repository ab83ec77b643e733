"""Applies the user's edits, which outrank everything inferred: pinned, muted, renamed, removed, stated and declared interests.

Edits are entries of a separate ledger and are applied in order to every reading of the state; they are never part of the state, so no
later update can lose them. Each finds its node by id, then by its labels, then by meaning. An interest that the user states is never
merged with one that is merely similar.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from penchant.agent.profiles.engine.codec import Muting
from penchant.agent.profiles.engine.personal import Place, Places
from penchant.agent.profiles.engine.rows import NodeRow, row_at, starts_with, stated_row
from penchant.agent.profiles.engine.state import Vectors
from penchant.store.labels import folded, without_repeated_labels

SAME_MEANING = 0.8
ONBOARD_EVENTS = 3.0


class EditLike(Protocol):
    """The fields of an edit that a reading uses."""

    @property
    def action(self) -> str: ...
    @property
    def node_id(self) -> str | None: ...
    @property
    def path(self) -> Sequence[str]: ...
    @property
    def text(self) -> str | None: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


def apply(
    rows: list[NodeRow],
    edits: Sequence[EditLike],
    vectors: Mapping[str, Vectors],
    text_places: Mapping[str, str | None],
    places: Places,
) -> list[NodeRow]:
    """Return the rows after all edits, in order. `vectors`: of the labels in the edits; `text_places`: the id of each label's place, if
    certain.
    """
    for edit in edits:
        if edit.action == "state":
            _state(rows, edit, vectors, text_places, places)
            continue
        meant = find(rows, edit, vectors)
        if edit.action == "remove":
            rows = [row for row in rows if not any(row is other for other in meant)]
        for row in meant:
            _mark(row, edit)
    return rows


def find(rows: Sequence[NodeRow], edit: EditLike, vectors: Mapping[str, Vectors]) -> list[NodeRow]:
    """Return the rows an edit refers to; for a topic or subtopic, all rows below it."""
    node, path = edit.node_id, tuple(edit.path)
    by_id = [row for row in rows if node and node in row.ids]
    by_path = by_id or [row for row in rows if starts_with(row.path, path)]
    if by_path or not path or path[-1] not in vectors or not rows:
        return by_path
    return _nearest(rows, vectors[path[-1]])


def muting(rows: Sequence[NodeRow], edits: Sequence[EditLike], vectors: Mapping[str, Vectors]) -> tuple[Muting, ...]:
    """Return the nodes that edits mute or unmute, in order, given `rows` to which the edits have been applied. Nodes whose state is now
    different, such as removed ones, are left out.
    """
    found = dict[Muting, None]()
    for edit in edits:
        if edit.action in ("mute", "unmute"):
            meant = [row for row in find(rows, edit, vectors) if row.muted == (edit.action == "mute")]
            found |= dict.fromkeys(_muting(row, edit) for row in meant)
    return tuple(found)


def _muting(row: NodeRow, edit: EditLike) -> Muting:
    """Return the muted or unmuted node: the one named by the edit, or the interest itself if it was found by meaning."""
    is_named = edit.node_id in row.ids or starts_with(row.path, edit.path)
    end = (_level(row, edit) if is_named else len(row.path) - 1) + 1
    return Muting(row.ids[end - 1], without_repeated_labels(row.path[:end]), row.muted)


def _mark(row: NodeRow, edit: EditLike) -> None:
    if edit.action in ("pin", "unpin"):
        row.pinned = edit.action == "pin"
    elif edit.action in ("mute", "unmute"):
        row.muted = edit.action == "mute"
    elif edit.action == "rename" and edit.text:
        at = _level(row, edit)
        row.path = (*row.path[:at], edit.text, *row.path[at + 1 :])
        row.sources = (*row.sources[:at], "user", *row.sources[at + 1 :])


def _level(row: NodeRow, edit: EditLike) -> int:
    """Return the position in the row's path of the node that an edit names."""
    if edit.node_id in row.ids:
        return row.ids.index(edit.node_id)
    return len(edit.path) - 1 if 0 < len(edit.path) <= len(row.path) else len(row.path) - 1


def _state(
    rows: list[NodeRow],
    edit: EditLike,
    vectors: Mapping[str, Vectors],
    text_places: Mapping[str, str | None],
    places: Places,
) -> None:
    label = edit.text or (edit.path[-1] if edit.path else "")
    if not label:
        return
    meant = _stated_rows(rows, edit, label)
    if not meant:
        rows.append(_new_row(label, edit, vectors, text_places, places))
        meant = [rows[-1]]
    for row in meant:
        if edit.details.get("declared"):
            row.onboard = ONBOARD_EVENTS
        else:
            row.stated = edit.details.get("polarity", "like")


def _stated_rows(rows: Sequence[NodeRow], edit: EditLike, label: str) -> list[NodeRow]:
    """Return the rows an edit states: all below the node with the given id, else those with exactly this label."""
    by_id = [row for row in rows if edit.node_id and edit.node_id in row.ids]
    return by_id or [row for row in rows if folded(row.path[-1]) == folded(label)]


def _new_row(
    label: str, edit: EditLike, vectors: Mapping[str, Vectors], text_places: Mapping[str, str | None], places: Places
) -> NodeRow:
    place = places.find(label)
    if place is not None:
        row = row_at(place)
        row.path, row.sources = (*row.path[:-1], label), (*row.sources[:-1], "user")
        return row
    return stated_row(label, _above(label, edit, text_places, places), vectors.get(label, _zero_vector(places)))


def _above(label: str, edit: EditLike, text_places: Mapping[str, str | None], places: Places) -> Place | None:
    """Return the place above a stated label: where it stood when it was stated, else the certain place of the label, else None."""
    for known in reversed(edit.path[:-1]):
        if (found := places.find(known)) is not None:
            return found
    about = text_places.get(label)
    return places.get(about) if about else None


def _nearest(rows: Sequence[NodeRow], vector: Vectors) -> list[NodeRow]:
    alike = [float(np.einsum("d,d->", row.vector, vector)) for row in rows if len(row.vector) == len(vector)]
    best = max(range(len(alike)), key=lambda i: (alike[i], -i), default=None)
    return [rows[best]] if best is not None and alike[best] >= SAME_MEANING else []


def _zero_vector(places: Places) -> Vectors:
    return np.zeros(places.dimensions, np.float32)
