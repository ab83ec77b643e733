"""The fitted models of an installation: made from the ledger when they are missing or stale, kept on disk beside the index.

Matrices are memory-mapped, so that a command that recommends once does not read what it does not use. A moment in the past gets models
fitted on what was known then, never the current ones.
"""

import json
import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np
from scipy import sparse

from penchant.agent.recommend.interactions import Behaviour, ItemSpace
from penchant.agent.recommend.item_models import Dense, Factored, ItemItem, Sparse
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.nearest import Nearest

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue
    from penchant.store.ledger import Ledger

FOLDER = "models"
STALE_EVENTS = 20
STALE_SHARE = 0.02
MATRICES = ("shared", "similar", "following")
COLUMNS = ("at", "items", "popularity", "first_seen")
FORM = 4


class ModelStore:
    """Models by moment. Thread-safe."""

    def __init__(self, ledger: "Ledger", catalogue: "Catalogue", folder: Path, weights: Mapping[str, float]) -> None:
        self.ledger, self.catalogue, self.folder, self.weights = ledger, catalogue, folder, weights
        self.nearest = Nearest(catalogue)
        self._lock = threading.Lock()
        self._space: tuple[str, ItemSpace] | None = None
        self._current: Held | None = None
        self._past: tuple[tuple[datetime, int, str, float], ItemModels] | None = None

    def current(self, now: datetime, penalty: float) -> ItemModels:
        """The newest models; fitted again once behaviour has grown by `STALE_SHARE`, or the catalogue has changed."""
        with self._lock:
            seq, revision = self.ledger.last_seq(), self.catalogue.revision()
            held = self._current or self._load(revision)
            if held is None or held.stale(seq, revision, penalty):
                held = Held(seq, revision, penalty, self._fit(now, penalty))
                self._save(held)
            self._current = held
            return held.models

    def as_of(self, moment: datetime, penalty: float) -> ItemModels:
        """Models that know nothing after `moment`."""
        with self._lock:
            key = (moment, self.ledger.last_seq(), self.catalogue.revision(), penalty)
            if self._past is None or self._past[0] != key:
                self._past = (key, self._fit(moment, penalty))
            return self._past[1]

    def forget(self) -> int:
        """Remove what was learnt, in memory and on disk; returns how many files were removed."""
        with self._lock:
            self._current = self._past = self._space = None
            self.nearest.forget()
            files = [path for path in self.folder.rglob("*") if path.is_file()] if self.folder.exists() else []
            shutil.rmtree(self.folder, ignore_errors=True)
            return len(files)

    def space(self) -> ItemSpace:
        """The catalogue by position."""
        revision = self.catalogue.revision()
        if self._space is None or self._space[0] != revision:
            ids, vectors = self.catalogue.matrix()
            known = {item.item_id: (item.domain, item.created_at, item.title) for item in self.catalogue.iter_items()}
            domains, dates, titles = (
                zip(*(known.get(item, (None, None, "")) for item in ids), strict=True) if ids else ((), (), ())
            )
            created = np.array([at.timestamp() if at else np.nan for at in dates], np.float64)
            self._space = (revision, ItemSpace(tuple(ids), vectors, domains, created, titles))
        return self._space[1]

    def behaviour(self, until: datetime) -> Behaviour:
        """Everybody's interactions up to `until`."""
        return behaviour(self.ledger.interactions(until), self.space(), self.weights)

    def _fit(self, until: datetime, penalty: float) -> ItemModels:
        return ItemModels.fit(self.space(), self.behaviour(until), penalty)

    def _save(self, held: "Held") -> None:
        """Beside what is there, then in its place: a run that is stopped half-way leaves the old models or the new."""
        target = self.folder / f"{held.seq}-{uuid4().hex[:8]}"
        building = target.with_suffix(".part")
        building.mkdir(parents=True)
        same = ["similar"] if held.models.similar is held.models.shared else []
        for name in MATRICES:
            if name not in same:
                _write(building / name, getattr(held.models, name))
        for name in COLUMNS:
            np.save(building / f"{name}.npy", getattr(held.models, name))
        _write_space(building, held.models.space)
        facts = {"form": FORM, "seq": held.seq, "revision": held.revision, "penalty": held.penalty, "same": same}
        (building / "facts.json").write_text(json.dumps(facts), "utf-8")
        building.rename(target)
        for old in self.folder.iterdir():
            if old != target:
                shutil.rmtree(old, ignore_errors=True)

    def _load(self, revision: str) -> "Held | None":
        """What is on disk, if it is about this catalogue."""
        for folder in sorted(self.folder.iterdir()) if self.folder.exists() else []:
            try:
                facts: dict[str, Any] = json.loads((folder / "facts.json").read_text("utf-8"))
                if facts["form"] != FORM or facts["revision"] != revision:
                    continue
                read: dict[str, Any] = {name: _read(folder / name) for name in MATRICES if name not in facts["same"]}
                read |= dict.fromkeys(facts["same"], read["shared"])
                read |= {name: np.load(folder / f"{name}.npy") for name in COLUMNS}
                space = _read_space(folder)
            except (OSError, ValueError, KeyError):
                continue  # cut off half-way, or of an older form: fitted again
            self._space = (revision, space)
            return Held(facts["seq"], revision, facts["penalty"], ItemModels(space=space, **read))
        return None


@dataclass(frozen=True)
class Held:
    """Models and what they were made from: the ledger up to `seq`, the catalogue at `revision`, λ of EASE."""

    seq: int
    revision: str
    penalty: float
    models: ItemModels

    def stale(self, seq: int, revision: str, penalty: float) -> bool:
        """Whether the world has moved on."""
        grown = seq - self.seq
        changed = (revision, penalty) != (self.revision, self.penalty)
        return changed or grown < 0 or grown > max(STALE_EVENTS, STALE_SHARE * self.seq)


def behaviour(columns: Any, space: ItemSpace, weights: Mapping[str, float]) -> Behaviour:
    """The ledger's columns (`Interactions`) as positions in `space`; what is not in the catalogue or says nothing good is left out."""
    items = space.positions(columns.items)[columns.item] if len(columns) else np.zeros(0, np.int64)
    said = np.array([weights.get(kind, 0.0) for kind in columns.types])
    evidence = said[columns.type] if len(columns) else np.zeros(0)
    keep = (items >= 0) & (evidence > 0)
    return Behaviour(
        len(columns.users),
        len(space),
        columns.user[keep].astype(np.int64),
        items[keep],
        columns.at[keep] / 1e6,
        evidence[keep],
    )


def _write(path: Path, model: ItemItem) -> None:
    if isinstance(model, Dense):
        np.save(path.with_suffix(".npy"), model.matrix)
    elif isinstance(model, Factored):
        np.save(path.with_suffix(".solved.npy"), model.solved)
        np.save(path.with_suffix(".by_item.npy"), model.by_item)
        sparse.save_npz(path.with_suffix(".touched.npz"), model.touched, compressed=False)
    elif isinstance(model, Sparse):
        sparse.save_npz(path.with_suffix(".npz"), model.matrix, compressed=False)


def _read(path: Path) -> ItemItem:
    dense = path.with_suffix(".npy")
    if dense.exists():
        return Dense(np.asarray(np.load(dense, mmap_mode="r")))
    solved = path.with_suffix(".solved.npy")
    if solved.exists():
        touched = sparse.load_npz(path.with_suffix(".touched.npz")).tocsr()
        by_item = np.load(path.with_suffix(".by_item.npy"), mmap_mode="r")
        return Factored(touched, np.asarray(np.load(solved, mmap_mode="r")), np.asarray(by_item))
    return Sparse(sparse.load_npz(path.with_suffix(".npz")).tocsr())


def _write_space(folder: Path, space: ItemSpace) -> None:
    np.save(folder / "vectors.npy", space.vectors)
    np.save(folder / "created.npy", space.dates)
    sparse.save_npz(folder / "words.npz", space.words, compressed=False)
    said = {"ids": space.ids, "domains": space.domains, "titles": space.titles}
    (folder / "items.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")


def _read_space(folder: Path) -> ItemSpace:
    said = json.loads((folder / "items.json").read_text("utf-8"))
    vectors = np.asarray(np.load(folder / "vectors.npy", mmap_mode="r"))
    created = np.load(folder / "created.npy")
    space = ItemSpace(tuple(said["ids"]), vectors, tuple(said["domains"]), created, tuple(said["titles"]))
    space.__dict__["words"] = sparse.load_npz(folder / "words.npz").tocsr()
    return space
