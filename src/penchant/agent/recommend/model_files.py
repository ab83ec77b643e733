"""Fitted item models on disk: one folder for each fit, moved into place when complete; then older ones are removed.

Matrices are memory-mapped: a command that recommends once does not read what it does not use, and processes share what they read.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import numpy as np
from scipy import sparse

from penchant.agent.recommend.factors import Factors
from penchant.agent.recommend.filters import StoredRecords
from penchant.agent.recommend.interactions import ItemSpace
from penchant.agent.recommend.item_models import Dense, Factored, ItemItem, Sparse
from penchant.agent.recommend.models import ItemModels, moved_models
from penchant.agent.recommend.recent import empty
from penchant.store.private_files import close_to_others, private_folder
from penchant.store.process_lock import ProcessLock

STALE_EVENTS = 20
STALE_SHARE = 0.02
STALE_ITEMS = 20
MAX_MOVED_SHARE = 0.1
"""Where the share of new and removed items is larger than this, a list waits for a new fit."""
ABANDONED_SECONDS = 3600.0
FIT_SECONDS = 600.0
"""How long a process waits for another process's fit."""
MATRICES = ("shared", "similar", "following", "factors", "order")
COLUMNS = ("at", "items", "popularity", "takers", "first_seen")
FORM = 10


class ModelState(NamedTuple):
    """What models were fitted from: the ledger up to `seq`, the catalogue at `revision`, λ of EASE (`penalty`), and the count of changes
    to the people whose behaviour may be used (`people` of the revision counter).
    """

    seq: int
    revision: str
    penalty: float
    people: int


@dataclass(frozen=True)
class FittedModels:
    """Models and the state they were fitted from. If the catalogue has changed since, `fitted_over` are the models as they were fitted,
    and `changed` is how many items were added or removed.
    """

    state: ModelState
    models: ItemModels
    fitted_over: ItemModels | None = None
    changed: int = 0

    def may_serve(self, state: ModelState) -> bool:
        """Return whether these models may be used at `state`: fitted with the same λ and on no behaviour that was removed since."""
        return self.state[2:] == state[2:] and state.seq >= self.state.seq

    def moved_to(self, space: ItemSpace, revision: str) -> "FittedModels | None":
        """Return these models moved to another state of the catalogue; None if it differs so much that a list should wait for a new fit."""
        origin = self.fitted_over or self.models
        changed = len(set(space.ids) ^ set(origin.space.ids))
        if changed > MAX_MOVED_SHARE * len(space):
            return None
        models = moved_models(origin, space)
        if models.shared is origin.shared:  # the same items: there is nothing to move
            return FittedModels(self.state._replace(revision=revision), models)
        return FittedModels(self.state._replace(revision=revision), models, origin, changed)

    def is_stale(self, seq: int) -> bool:
        """Return whether behaviour or the catalogue has changed enough since the fit to fit again."""
        grown = seq - self.state.seq > max(STALE_EVENTS, STALE_SHARE * self.state.seq)
        return grown or self.changed > max(STALE_ITEMS, STALE_SHARE * len(self.models.space))


class ModelFiles:
    """The models in `folder`. `fit_lock`: the lock of the process that fits; other processes wait, then read its models."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fit_lock = ProcessLock(folder.with_suffix(".lock"), "fitting models of items", FIT_SECONDS)

    @contextmanager
    def building(self, state: ModelState, space: ItemSpace) -> Iterator[Path]:
        """Yield a folder to `write_models` into; then add the catalogue and replace the older models by this folder.

        A run that stops half-way leaves either the old models or the new ones.
        """
        target = self.folder / f"{state.seq}-{uuid4().hex[:8]}"
        building = target.with_suffix(".part")
        private_folder(self.folder)
        building.mkdir(mode=0o700)
        try:
            yield building
            _write_space(building, space)
            (building / "facts.json").write_text(json.dumps({"form": FORM} | state._asdict()), "utf-8")
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        close_to_others(building)
        building.rename(target)
        for old in self.folder.iterdir():
            if old != target and not _is_being_written(old):
                shutil.rmtree(old, ignore_errors=True)

    def newest(self, people: int, known: tuple[str, ItemSpace] | None = None) -> FittedModels | None:
        """Return the models on disk; None if there are none, or if somebody was forgotten since they were fitted. `known`: the catalogue
        at one revision, used instead of the stored one if they are equal, because caches depend on its identity.
        """
        for folder in sorted(self.folder.iterdir()) if self.folder.exists() else []:
            try:
                facts: dict[str, Any] = json.loads((folder / "facts.json").read_text("utf-8"))
                if (facts["form"], facts["people"]) != (FORM, people):
                    continue
                state = ModelState(**{name: facts[name] for name in ModelState._fields})
                read: dict[str, Any] = {
                    name: _read(folder / name) for name in MATRICES if any(folder.glob(f"{name}.*"))
                }
                read.setdefault("similar", read["shared"])
                read |= {name: np.load(folder / f"{name}.npy") for name in COLUMNS}
                space = _read_space(folder)
            except (OSError, ValueError, KeyError):
                continue  # incomplete or in an older format: fitted again
            if (
                known and known[0] == state.revision and known[1].ids == space.ids
            ):  # items may have been added before the fit
                space = known[1]
            # the newest behaviour is read from the ledger, so that no user ids are stored with the models
            models = ItemModels(space=space, recent=empty(len(space)), **read)
            return FittedModels(state, models)
        return None

    def remove(self) -> int:
        """Remove all models; return how many files were removed."""
        folders = list(self.folder.iterdir()) if self.folder.exists() else []
        done = [folder for folder in folders if not _is_being_written(folder)]
        files = sum(
            len(names) for folder in done for _, _, names in os.walk(folder)
        )  # a folder may disappear meanwhile
        for folder in done:  # a folder being written stores its `people` revision, so it is never loaded
            shutil.rmtree(folder, ignore_errors=True)
        return files


def _is_being_written(folder: Path) -> bool:
    """Return whether another process is writing this folder. A folder left by a killed process counts as abandoned after an hour."""
    try:
        return folder.suffix == ".part" and time.time() - folder.stat().st_mtime < ABANDONED_SECONDS
    except OSError:
        return False


def write_models(folder: Path, models: ItemModels) -> None:
    """Write the fitted models into `folder`; `similar` only if it is not the same object as `shared`."""
    for name in MATRICES:
        if name != "similar" or models.similar is not models.shared:
            _write(folder / name, getattr(models, name))
    for name in COLUMNS:
        np.save(folder / f"{name}.npy", getattr(models, name))


def _write(path: Path, model: ItemItem) -> None:
    if isinstance(model, Dense):
        np.save(path.with_suffix(".npy"), model.matrix)
    elif isinstance(model, Factored):
        np.save(path.with_suffix(".solved.npy"), model.solved)
        np.save(path.with_suffix(".by_item.npy"), model.by_item)
        sparse.save_npz(path.with_suffix(".touched.npz"), model.touched, compressed=False)
    elif isinstance(model, Factors):
        np.save(path.with_suffix(".left.npy"), model.left)
        np.save(path.with_suffix(".right.npy"), model.right)
    elif isinstance(model, Sparse):
        sparse.save_npz(path.with_suffix(".npz"), model.matrix, compressed=False)


def _read(path: Path) -> ItemItem:
    dense = path.with_suffix(".npy")
    if dense.exists():
        return Dense(np.asarray(np.load(dense, mmap_mode="r")))
    left = path.with_suffix(".left.npy")
    if left.exists():
        right = np.load(path.with_suffix(".right.npy"), mmap_mode="r")
        return Factors(np.asarray(np.load(left, mmap_mode="r")), np.asarray(right))
    solved = path.with_suffix(".solved.npy")
    if solved.exists():
        touched = sparse.load_npz(path.with_suffix(".touched.npz")).tocsr()
        by_item = np.load(path.with_suffix(".by_item.npy"), mmap_mode="r")
        return Factored(touched, np.asarray(np.load(solved, mmap_mode="r")), np.asarray(by_item))
    return Sparse(sparse.load_npz(path.with_suffix(".npz")).tocsr())


def _write_space(folder: Path, space: ItemSpace) -> None:
    np.save(folder / "vectors.npy", space.vectors)
    np.save(folder / "created.npy", space.dates)
    np.save(folder / "until.npy", space.ends)
    np.save(folder / "arrivals.npy", space.places)
    (folder / "records.jsonl").write_bytes(StoredRecords.of(space.records or []).lines)
    sparse.save_npz(folder / "words.npz", space.words, compressed=False)
    fields = {"ids": space.ids, "domains": space.domains, "titles": space.titles}
    (folder / "items.json").write_text(json.dumps(fields, ensure_ascii=False), "utf-8")


def _read_space(folder: Path) -> ItemSpace:
    fields = json.loads((folder / "items.json").read_text("utf-8"))
    vectors = np.asarray(np.load(folder / "vectors.npy", mmap_mode="r"))
    created, until = np.load(folder / "created.npy"), np.load(folder / "until.npy")
    records = StoredRecords((folder / "records.jsonl").read_bytes())
    ids, domains, titles = (tuple(fields[name]) for name in ("ids", "domains", "titles"))
    arrivals = np.load(folder / "arrivals.npy")
    space = ItemSpace(ids, vectors, domains, created, titles, until, records, arrivals)
    return space.with_cached(words=sparse.load_npz(folder / "words.npz").tocsr())
