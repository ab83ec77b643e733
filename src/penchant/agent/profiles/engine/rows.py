"""From leaves to interests: names are laid over the leaves, and leaves that carry the same name are one interest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from penchant.agent.profiles.engine.dynamics import CLOCKS, SECONDS_PER_DAY, Floats, decay
from penchant.agent.profiles.engine.growth import digest
from penchant.agent.profiles.engine.state import Evidence, Leaf, State, Vectors, normalised
from penchant.agent.profiles.readers.reader import Reading
from penchant.store.profile import LabelSource
from penchant.store.statement import Polarity

Path = tuple[str, ...]


@dataclass
class Row:
    """One interest of the tree while it is being read. `mass`: (3, H) as of the moment of reading; `places`: an id per inner level;
    `renamed`: the levels (1-based) whose labels are the user's own."""

    id: str
    path: Path
    places: tuple[str, ...]
    vector: Vectors
    mass: Floats
    leaves: list[Leaf] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    kind: str = "habit"
    label_source: LabelSource = "rule"
    pinned: bool = False
    muted: bool = False
    stated: Polarity | None = None
    onboard: float = 0.0
    borrowed: float = 0.0
    renamed: frozenset[int] = frozenset()

    @property
    def topic(self) -> str:
        """The canonical place on level 1."""
        return self.places[0]

    def labelled_by(self, level: int) -> LabelSource:
        """Who named the node on `level` (1-based)."""
        return "user" if level in self.renamed else self.label_source


def rows(state: State, at: float, names: Mapping[str, Reading]) -> list[Row]:
    """The interests as of `at` (Unix seconds, not before the state's own time): equal places are merged, earliest first."""
    fading = decay((at - state.at) / SECONDS_PER_DAY)
    mass = state.mass * fading
    merged: dict[Path, list[int]] = {}
    for index, leaf in enumerate(state.leaves):
        merged.setdefault(_canonical(_path(leaf, names)), []).append(index)
    return [_row(state, mass, members, names) for members in merged.values()]


def _row(state: State, mass: Floats, members: Sequence[int], names: Mapping[str, Reading]) -> Row:
    leaves = [state.leaves[i] for i in members]
    first = min(leaves, key=lambda leaf: (leaf.first_seen, leaf.id))
    reading = names.get(first.key)
    path = _path(first, names)
    if len(members) == 1:
        vector, evidence, total = state.unit[members[0]], first.evidence, mass[:, members[0]]
    else:
        vector = normalised(state.halves[members].sum(axis=(0, 1), dtype=np.float32))
        evidence = sorted((e for leaf in leaves for e in leaf.evidence), key=lambda e: (e.at, e.event_id))
        total = mass[:, members].sum(axis=1)
    kinds = {names[leaf.key].kind if leaf.key in names else "habit" for leaf in leaves}
    kind = kinds.pop() if len(kinds) == 1 else "habit"
    source: LabelSource = reading.source if reading else "rule"
    return Row(first.id, path, places(path, reading), vector, total, leaves, evidence, kind, source)


def places(path: Path, reading: Reading | None = None) -> tuple[str, ...]:
    """Canonical ids of the levels above the interest itself: the vocabulary's where it was used, else from the labels."""
    ids = (reading.topic_id, reading.subtopic_id) if reading else (None, None)
    levels = range(max(len(path) - 1, 1))
    return tuple((ids[level] if level < 2 else None) or _place(path[: level + 1]) for level in levels)


def stated_row(label: str, path: Path, vector: Vectors, dimensions: int) -> Row:
    """An interest that rests on the user's word alone."""
    known = vector if len(vector) == dimensions else np.zeros(dimensions, np.float32)
    return Row(f"x-{digest(label.casefold())}", path, places(path), known, np.zeros((3, CLOCKS)), label_source="user")


def same_label(first: str, second: str) -> bool:
    """Labels are the same whatever their case and spacing."""
    return _canonical((first,)) == _canonical((second,))


def starts_with(path: Path, prefix: Path) -> bool:
    return bool(prefix) and _canonical(path[: len(prefix)]) == _canonical(prefix)


def _path(leaf: Leaf, names: Mapping[str, Reading]) -> Path:
    reading = names.get(leaf.key)
    return reading.path if reading and reading.path else (leaf.texts[0] if leaf.texts else leaf.id,)


@lru_cache(maxsize=65_536)
def _place(path: Path) -> str:
    return digest(*_canonical(path))


@lru_cache(maxsize=65_536)
def _canonical(path: Path) -> Path:
    return tuple(" ".join(label.split()).casefold() for label in path)
