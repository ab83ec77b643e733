"""The fitted models of an installation: made from the ledger when they are missing or stale, kept on disk beside the index.

Matrices are memory-mapped, so that a command that recommends once does not read what it does not use. A moment in the past gets models
fitted on what was known then, never the current ones.
"""

import json
import os
import shutil
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np
from scipy import sparse

from penchant.agent.recommend.factors import Factors, Nearest
from penchant.agent.recommend.interactions import Behaviour, ItemSpace, Rows
from penchant.agent.recommend.item_models import Dense, Factored, ItemItem, Sparse
from penchant.agent.recommend.item_records import NO_RECORD, ItemRecord, StoredRecords
from penchant.agent.recommend.models import ItemModels, moved
from penchant.agent.recommend.recent import empty
from penchant.store.caches import Caches
from penchant.store.item import Item
from penchant.store.private_files import close_to_others, private_folder
from penchant.store.revisions import Revisions

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue
    from penchant.store.ledger import Ledger

FOLDER = "models"
STALE_EVENTS = 20
STALE_SHARE = 0.02
STALE_ITEMS = 20
MOSTLY_NEW = 0.1
"""Beyond this share of new and gone items a list waits for a fit."""
FIT_SHARE = 0.1
"""The share of the time that fits in the background may take: behaviour that arrives all the while would keep one going without end."""
ABANDONED_SECONDS = 3600.0
MATRICES = ("shared", "similar", "following", "factors", "order")
COLUMNS = ("at", "items", "popularity", "takers", "first_seen")
FORM = 9


class ModelStore:
    """Models by moment. Thread-safe.

    A list never waits for a fit while there are models: those serve, moved to the catalogue as it is where that has changed, and a fit in
    the background takes their place once enough is new.
    `caches`: where these models are registered, so that they are let go of when somebody is erased or revokes.
    """

    def __init__(
        self,
        ledger: "Ledger",
        catalogue: "Catalogue",
        folder: Path,
        weights: Mapping[str, float],
        caches: Caches | None = None,
    ) -> None:
        self.ledger, self.catalogue, self.folder, self.weights = ledger, catalogue, folder, weights
        self.nearest = Nearest(catalogue)
        self.caches = caches
        if caches is not None:
            caches.register("models of items", ("people",), self.let_go)
        self._lock = threading.RLock()
        self._fitting: threading.Thread | None = None
        self._next_fit = 0.0
        self._generation = 0
        self._space: tuple[str, ItemSpace] | None = None
        self._current: FittedModels | None = None
        self._past: tuple[tuple[datetime, int, str, float], ItemModels] | None = None

    def current(self, now: datetime, penalty: float) -> ItemModels:
        """The newest models of the catalogue as it is; fitted again in the background once behaviour has grown by `STALE_SHARE`."""
        with self._lock:
            people = self.caches.check().people if self.caches else self._people()
            seq, revision = self.ledger.last_seq(), self.catalogue.revision()
            fitted = self._current or self._load(people)
            if fitted is not None and not fitted.fits(seq, penalty, people):
                fitted = None
            if fitted is not None and fitted.revision != revision:
                fitted = fitted.over(self.space(), revision)
            if fitted is None:
                fitted = FittedModels(seq, revision, penalty, self._fit(now, penalty), people)
                self._save(fitted)
            elif fitted.behind(seq) and not self.is_fitting and time.monotonic() >= self._next_fit:
                self._fitting = threading.Thread(
                    target=self._fit_again, args=(now, penalty, self._generation), name="penchant-fit"
                )
                self._fitting.start()
            self._current = fitted
            return fitted.models

    @property
    def is_fitting(self) -> bool:
        """Whether newer models are on their way."""
        return self._fitting is not None and self._fitting.is_alive()

    def wait(self) -> None:
        """Wait for a fit in the background, if there is one."""
        if self._fitting is not None:
            self._fitting.join()

    def close(self) -> None:
        """Wait for what is under way, and let go of what is in memory."""
        self.wait()
        self.let_go()

    def _fit_again(self, now: datetime, penalty: float, generation: int) -> None:
        """In the background, and not again too soon, even where it has failed."""
        began = time.monotonic()
        try:
            self._fit_and_put_in_use(now, penalty, generation)
        finally:
            ended = time.monotonic()
            self._next_fit = ended + (ended - began) * (1 / FIT_SHARE - 1)

    def _fit_and_put_in_use(self, now: datetime, penalty: float, generation: int) -> None:
        """Whoever was forgotten meanwhile makes the result worthless: it is dropped."""
        people, seq, revision = self._people(), self.ledger.last_seq(), self.catalogue.revision()
        fitted = FittedModels(seq, revision, penalty, self._fit(now, penalty), people)
        if self.caches is not None:
            self.caches.check()
        with self._lock:
            if generation == self._generation:
                self._save(fitted)
                self._current = fitted

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
            self.let_go()
            folders = list(self.folder.iterdir()) if self.folder.exists() else []
            done = [folder for folder in folders if not _is_being_written(folder)]
            files = sum(len(names) for folder in done for _, _, names in os.walk(folder))  # one may vanish meanwhile
            for folder in done:  # what another process is writing knows of whom it was made: nobody will load it
                shutil.rmtree(folder, ignore_errors=True)
            return files

    def let_go(self) -> None:
        """Empty the memory: what is on disk, or a new fit, serves next."""
        with self._lock:
            self._generation += 1
            self._current = self._past = self._space = None
            self.nearest.forget()

    def space(self) -> ItemSpace:
        """The catalogue by position."""
        revision = self.catalogue.revision()
        if self._space is None or self._space[0] != revision:
            before = self._space[1] if self._space else None
            ids, vectors = self.catalogue.matrix((before.ids, before.vectors) if before else None)
            space = _space(ids, vectors, self.catalogue.iter_items())
            self._space = (revision, _sharing(space, before) if before else space)
        return self._space[1]

    def behaviour(self, until: datetime) -> Behaviour:
        """Everybody's interactions up to `until`."""
        return self._behaviour_in(self.space(), until)

    def _behaviour_in(self, space: ItemSpace, until: datetime) -> Behaviour:
        return behaviour(self.ledger.interactions(until), space, self.weights)

    def _people(self) -> int:
        """Whose behaviour may be used: read before the behaviour is, so that models of somebody forgotten since are known as such."""
        return Revisions(self.ledger.database).read().people

    def _fit(self, until: datetime, penalty: float) -> ItemModels:
        space = self.space()  # once: another process may add items meanwhile
        return ItemModels.fit(space, self._behaviour_in(space, until), penalty)

    def _save(self, fitted: "FittedModels") -> None:
        """Beside what is there, then in its place: a run that is stopped half-way leaves the old models or the new."""
        target = self.folder / f"{fitted.seq}-{uuid4().hex[:8]}"
        building = target.with_suffix(".part")
        private_folder(self.folder)
        building.mkdir(mode=0o700)
        same = ["similar"] if fitted.models.similar is fitted.models.shared else []
        for name in MATRICES:
            if name not in same:
                _write(building / name, getattr(fitted.models, name))
        for name in COLUMNS:
            np.save(building / f"{name}.npy", getattr(fitted.models, name))
        _write_space(building, fitted.models.space)
        facts = {"form": FORM, "seq": fitted.seq, "revision": fitted.revision, "penalty": fitted.penalty, "same": same}
        facts["people"] = fitted.people
        (building / "facts.json").write_text(json.dumps(facts), "utf-8")
        close_to_others(building)
        building.rename(target)
        for old in self.folder.iterdir():
            if old != target and not _is_being_written(old):
                shutil.rmtree(old, ignore_errors=True)

    def _load(self, people: int) -> "FittedModels | None":
        """What is on disk, if it was learnt from nobody who has been forgotten since."""
        for folder in sorted(self.folder.iterdir()) if self.folder.exists() else []:
            try:
                facts: dict[str, Any] = json.loads((folder / "facts.json").read_text("utf-8"))
                if (facts["form"], facts["people"]) != (FORM, people):
                    continue
                revision = str(facts["revision"])
                read: dict[str, Any] = {name: _read(folder / name) for name in MATRICES if name not in facts["same"]}
                read |= dict.fromkeys(facts["same"], read["shared"])
                read |= {name: np.load(folder / f"{name}.npy") for name in COLUMNS}
                space = _read_space(folder)
            except (OSError, ValueError, KeyError):
                continue  # cut off half-way, or of an older form: fitted again
            self._space = (revision, space)
            # the newest behaviour is read from the ledger: nobody's id is kept beside the models
            models = ItemModels(space=space, recent=empty(len(space)), **read)
            return FittedModels(facts["seq"], revision, facts["penalty"], models, people)
        return None


@dataclass(frozen=True)
class FittedModels:
    """Models and what they were made from: the ledger up to `seq`, the catalogue at `revision`, λ of EASE, and whose behaviour might be
    used (`people` of the revision counter). `fitted_over`: the models as they were fitted, where the catalogue has changed since;
    `changed`: how many items have come or gone."""

    seq: int
    revision: str
    penalty: float
    models: ItemModels
    people: int
    fitted_over: ItemModels | None = None
    changed: int = 0

    def fits(self, seq: int, penalty: float, people: int) -> bool:
        """Whether these may serve: made with this λ, and of no behaviour that is gone."""
        return (penalty, people) == (self.penalty, self.people) and seq >= self.seq

    def over(self, space: ItemSpace, revision: str) -> "FittedModels | None":
        """These over another state of the catalogue; None where so much of it is new that a list had better wait for a fit."""
        origin = self.fitted_over or self.models
        changed = len(set(space.ids) ^ set(origin.space.ids))
        if changed > MOSTLY_NEW * len(space):
            return None
        models = moved(origin, space)
        if models.shared is origin.shared:  # the same items: nothing is left to be moved again
            return replace(self, revision=revision, models=models, fitted_over=None, changed=0)
        return replace(self, revision=revision, models=models, fitted_over=origin, changed=changed)

    def behind(self, seq: int) -> bool:
        """Whether behaviour or the catalogue has changed so much since that a new fit pays."""
        grown = seq - self.seq > max(STALE_EVENTS, STALE_SHARE * self.seq)
        return grown or self.changed > max(STALE_ITEMS, STALE_SHARE * len(self.models.space))


def _is_being_written(folder: Path) -> bool:
    """Another process's models on their way; one left behind by a process that was killed is removed after an hour."""
    try:
        return folder.suffix == ".part" and time.time() - folder.stat().st_mtime < ABANDONED_SECONDS
    except OSError:
        return False


def _space(ids: Sequence[str], vectors: Rows, items: Iterable[Item]) -> ItemSpace:
    """The catalogue by position, from its items in the order of their import; one whose row has gone meanwhile has a vector only and is
    not available. No item is kept: a hundred thousand of them would take more room than all that is made of them."""
    titles, domains, lines = list(ids), list[str | None]([None]) * len(ids), [NO_RECORD.line()] * len(ids)
    created, until = np.full(len(ids), np.nan), np.full(len(ids), -np.inf)
    arrivals, position, count = np.full(len(ids), -1), {item: row for row, item in enumerate(ids)}, 0
    for count, item in enumerate(items, 1):
        if (row := position.get(item.item_id)) is None:
            continue
        titles[row], domains[row], lines[row] = item.title, item.domain, ItemRecord.of(item).line()
        created[row] = item.created_at.timestamp() if item.created_at else np.nan
        until[row], arrivals[row] = recommended_until(item), count - 1
    arrivals[arrivals < 0] = count
    records = StoredRecords.of_lines(lines)
    space = ItemSpace(tuple(ids), vectors, tuple(domains), created, tuple(titles), until, records, arrivals)
    return space.knowing(position=position)


def _sharing(space: ItemSpace, before: ItemSpace) -> ItemSpace:
    """The same with what has not changed since `before` taken over from it: none of it need be in memory twice."""
    names = ("ids", "domains", "titles")
    same = {name: getattr(before, name) for name in names if getattr(before, name) == getattr(space, name)}
    position = before.position if "ids" in same else space.position
    return replace(space, **same).knowing(position=position, words=before.words if "titles" in same else None)


def recommended_until(item: Item) -> float:
    """Unix seconds up to which an item may be recommended: -inf for one that is not available, inf without an end."""
    if not item.available:
        return -np.inf
    return item.expires_at.timestamp() if item.expires_at else np.inf


def behaviour(columns: Any, space: ItemSpace, weights: Mapping[str, float]) -> Behaviour:
    """The ledger's columns (`Interactions`) as positions in `space`; what is not in the catalogue or says nothing good is left out."""
    items = space.positions(columns.items)[columns.item] if len(columns) else np.zeros(0, np.int64)
    weight_of_type = np.array([weights.get(kind, 0.0) for kind in columns.types])
    evidence = weight_of_type[columns.type] if len(columns) else np.zeros(0)
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
    return space.knowing(words=sparse.load_npz(folder / "words.npz").tocsr())
