"""The user's own word, above all: pinned, muted, renamed, removed, stated and declared interests.

Edits are entries of a ledger of their own, laid over every reading of the state in their order; they are never part of the state, so no
later summary can lose them. Each finds its node by id, then by the labels it had, then by meaning.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from penchant.agent.profiles.engine.rows import Path, Row, same_label, starts_with, stated_row
from penchant.agent.profiles.engine.state import Vectors

SAME_MEANING = 0.8
ONBOARD_EVENTS = 3.0


class EditLike(Protocol):
    """An entry of the ledger of edits, as far as the view reads it."""

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


def apply(rows: list[Row], edits: Sequence[EditLike], vectors: Mapping[str, Vectors], dimensions: int) -> list[Row]:
    """The rows after every edit, in order. `vectors`: of the labels and texts that edits name."""
    for edit in edits:
        if edit.action == "state":
            _state(rows, edit, vectors, dimensions)
            continue
        meant = find(rows, edit, vectors)
        if edit.action == "remove":
            rows = [row for row in rows if not any(row is other for other in meant)]
        for row in meant:
            _mark(row, edit)
    return rows


def find(rows: Sequence[Row], edit: EditLike, vectors: Mapping[str, Vectors]) -> list[Row]:
    """The rows an edit is about: all of a branch for an inner node."""
    node, path = edit.node_id, tuple(edit.path)
    by_id = [row for row in rows if node and (node == row.id or node in _ids(row))]
    by_path = by_id or [row for row in rows if starts_with(row.path, path)]
    if by_path or not path or path[-1] not in vectors or not rows:
        return by_path
    return _nearest(rows, vectors[path[-1]])


def node_id(row: Row, level: int) -> str:
    """The id of the row's node on `level` (1-based): its own at the bottom, its branch's above."""
    return row.id if level >= len(row.path) else f"{'ts'[min(level - 1, 1)]}-{row.places[level - 1]}"


def _ids(row: Row) -> set[str]:
    own = {name for leaf in row.leaves for name in (leaf.id, *leaf.absorbed)}
    return own | {node_id(row, level) for level in range(1, len(row.path) + 1)}


def _mark(row: Row, edit: EditLike) -> None:
    if edit.action in ("pin", "unpin"):
        row.pinned = edit.action == "pin"
    elif edit.action in ("mute", "unmute"):
        row.muted = edit.action == "mute"
    elif edit.action == "rename" and edit.text:
        level = _level(row, edit)
        row.path = (*row.path[: level - 1], edit.text, *row.path[level:])
        row.renamed |= {level}


def _level(row: Row, edit: EditLike) -> int:
    levels = range(1, len(row.path) + 1)
    named = next((level for level in levels if node_id(row, level) == edit.node_id), None)
    return named or (len(edit.path) if 0 < len(edit.path) <= len(row.path) else len(row.path))


def _state(rows: list[Row], edit: EditLike, vectors: Mapping[str, Vectors], dimensions: int) -> None:
    label = edit.text or (edit.path[-1] if edit.path else "")
    if not label:
        return
    meant = _meant(rows, label, vectors)
    if not meant:
        path: Path = tuple(edit.path) or (label,)
        rows.append(stated_row(label, path, vectors.get(label, np.zeros(0, np.float32)), dimensions))
        meant = [rows[-1]]
    for row in meant:
        if edit.details.get("declared"):
            row.onboard = ONBOARD_EVENTS
        else:
            row.stated = edit.details.get("polarity", "like")


def _meant(rows: Sequence[Row], label: str, vectors: Mapping[str, Vectors]) -> list[Row]:
    named = [row for row in rows if any(same_label(part, label) for part in row.path)]
    return named or (_nearest(rows, vectors[label]) if label in vectors else [])


def _nearest(rows: Sequence[Row], vector: Vectors) -> list[Row]:
    alike = [float(np.einsum("d,d->", row.vector, vector)) for row in rows]
    best = max(range(len(rows)), key=lambda i: (alike[i], -i), default=None)
    return [rows[best]] if best is not None and alike[best] >= SAME_MEANING else []
