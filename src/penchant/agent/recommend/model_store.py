"""The item models of an installation: fitted from the ledger when they are missing or stale, by one process for all.

For a moment in the past, models are fitted on what was known then; the current ones are never used.
"""

import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from penchant.agent.recommend.factors import Nearest
from penchant.agent.recommend.filters import NO_RECORD, ItemRecord, StoredRecords
from penchant.agent.recommend.interactions import Behaviour, ItemSpace, Rows
from penchant.agent.recommend.model_files import FittedModels, ModelFiles, ModelState, write_models
from penchant.agent.recommend.model_fitting import SUBPROCESS_FROM, FitTask, fit_in_subprocess
from penchant.agent.recommend.models import ItemModels
from penchant.errors import PenchantError, StoreError
from penchant.store.caches import Caches
from penchant.store.item import Item
from penchant.store.revisions import Revisions
from penchant.store.work_counts import WORK

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue
    from penchant.store.ledger import Ledger

FOLDER = "models"
log = logging.getLogger("penchant.models")
FIT_SHARE = 0.1
"""The largest share of the time that background fits may take. Without it, constant new behaviour would keep one running all the time."""


class ModelStore:
    """Item models for the present and for past moments. Thread-safe.

    A list never waits for a fit while there are usable models: those are used, moved to the current catalogue if it has changed, and
    a fit in the background replaces them once enough has changed.
    `caches`: where these models are registered, so that they are dropped when somebody is erased or revokes a consent.
    """

    def __init__(
        self,
        ledger: "Ledger",
        catalogue: "Catalogue",
        folder: Path,
        weights: Mapping[str, float],
        caches: Caches | None = None,
    ) -> None:
        self.ledger, self.catalogue, self.weights = ledger, catalogue, weights
        self.files = ModelFiles(folder)
        self.nearest = Nearest(catalogue)
        self.caches = caches
        if caches is not None:
            caches.register("models of items", ("people",), self.clear_memory)
        self._lock = threading.RLock()
        self._fitting: threading.Thread | None = None
        self._next_fit = 0.0
        self._generation = 0
        self._space: tuple[str, ItemSpace] | None = None
        self._current: FittedModels | None = None
        self._past: tuple[tuple[datetime, int, str, float], ItemModels] | None = None

    def current(self, now: datetime, penalty: float) -> ItemModels:
        """Return the newest models for the current catalogue; start a fit in the background once behaviour has grown by `STALE_SHARE`."""
        with self._lock:
            people = self.caches.check().people if self.caches else self._people()
            state = self._state(penalty, people)
            fitted = self._usable(self._current or self._on_disk(people), state)
            WORK.cache_read("models of items", hits=fitted is not None, misses=fitted is None)
            if fitted is None:
                fitted = self._renewed(now, penalty)
            elif fitted.is_stale(state.seq) and not self.is_fitting and time.monotonic() >= self._next_fit:
                self._fitting = threading.Thread(
                    target=self._renew, args=(now, penalty, self._generation), name="penchant-fit"
                )
                self._fitting.start()
            self._current = fitted
            return fitted.models

    @property
    def is_fitting(self) -> bool:
        """Whether a fit is running in the background."""
        return self._fitting is not None and self._fitting.is_alive()

    def wait(self) -> None:
        """Wait for the fit in the background, if there is one."""
        if self._fitting is not None:
            self._fitting.join()

    def close(self) -> None:
        """Wait for the running fit, then empty the memory."""
        self.wait()
        self.clear_memory()

    def _renew(self, now: datetime, penalty: float, generation: int) -> None:
        """Fit in the background and delay the next fit, even after a failure. Drop the result if somebody was forgotten meanwhile."""
        began = time.monotonic()
        try:
            fitted = self._renewed(now, penalty, in_background=True)
            if self.caches is not None:
                self.caches.check()
            with self._lock:
                if generation == self._generation:
                    self._current = fitted
        except PenchantError as error:
            log.warning("%s; the models there are serve on", error)
        finally:
            ended = time.monotonic()
            self._next_fit = ended + (ended - began) * (1 / FIT_SHARE - 1)

    def _renewed(self, now: datetime, penalty: float, *, in_background: bool = False) -> FittedModels:
        """Return models that another process fitted meanwhile, or fit them; read from disk either way, so that processes share memory."""
        with self.files.fit_lock.held():
            state = self._state(penalty, self._people())
            newest = self._usable(self._on_disk(state.people), state)
            if newest is not None and not newest.is_stale(state.seq):
                return newest
            fitted = self._fit_and_save(state, now, in_background)
            if self._people() != state.people:
                self.files.remove()
            return fitted

    def _fit_and_save(self, state: ModelState, now: datetime, in_background: bool) -> FittedModels:
        """Fit and write models; in the background a large fit runs in another process."""
        space = self.space()  # read once, because another process may add items meanwhile
        learnt, models = self._behaviour_in(space, now), None
        with self.files.building(state, space) as folder:
            task = FitTask(learnt, space.dates, state.penalty, folder)
            if not (in_background and len(learnt) >= SUBPROCESS_FROM and fit_in_subprocess(task)):
                models = self._fit(space, learnt, state.penalty)
                write_models(folder, models)
        if fitted := self._on_disk(state.people):
            return fitted
        if models is None:
            raise StoreError("models of items were removed while they were fitted: the next list fits them again")
        return FittedModels(state, models)

    def _state(self, penalty: float, people: int) -> ModelState:
        """Return the state to fit from. It is read after `people`, so that models of somebody forgotten in between count as outdated."""
        return ModelState(self.ledger.last_seq(), self.catalogue.revision(), penalty, people)

    def _on_disk(self, people: int) -> FittedModels | None:
        fitted = self.files.newest(people, self._space)
        if fitted is not None and self._space is None:
            self._space = (fitted.state.revision, fitted.models.space)
        return fitted

    def _usable(self, fitted: FittedModels | None, state: ModelState) -> FittedModels | None:
        """Return these models for the current catalogue, or None if they may not be used."""
        if fitted is None or not fitted.may_serve(state):
            return None
        return fitted if fitted.state.revision == state.revision else fitted.moved_to(self.space(), state.revision)

    def as_of(self, moment: datetime, penalty: float) -> ItemModels:
        """Return models fitted on nothing after `moment`."""
        with self._lock:
            key = (moment, self.ledger.last_seq(), self.catalogue.revision(), penalty)
            if self._past is None or self._past[0] != key:
                space = self.space()
                self._past = (key, self._fit(space, self._behaviour_in(space, moment), penalty))
            return self._past[1]

    def forget(self) -> int:
        """Remove all models from memory and disk; return how many files were removed."""
        with self._lock:
            self.clear_memory()
            return self.files.remove()

    def clear_memory(self) -> None:
        """Empty the memory. The next list uses the models on disk or a new fit."""
        with self._lock:
            self._generation += 1
            self._current = self._past = self._space = None
            self.nearest.forget()

    def space(self) -> ItemSpace:
        """Return the current catalogue as an item space."""
        revision = self.catalogue.revision()
        if self._space is None or self._space[0] != revision:
            before = self._space[1] if self._space else None
            ids, vectors = self.catalogue.matrix((before.ids, before.vectors) if before else None)
            space = _space(ids, vectors, self.catalogue.iter_items())
            self._space = (revision, _sharing(space, before) if before else space)
        return self._space[1]

    def behaviour(self, until: datetime) -> Behaviour:
        """Return the interactions of all users up to `until`."""
        return self._behaviour_in(self.space(), until)

    def _behaviour_in(self, space: ItemSpace, until: datetime) -> Behaviour:
        return behaviour(self.ledger.interactions(until), space, self.weights)

    def _people(self) -> int:
        """Return the revision of whose behaviour may be used. Read before the behaviour, to recognise models of somebody forgotten."""
        return Revisions(self.ledger.database).read().people

    def _fit(self, space: ItemSpace, learnt: Behaviour, penalty: float) -> ItemModels:
        return ItemModels.fit(space, learnt, penalty)


def _space(ids: Sequence[str], vectors: Rows, items: Iterable[Item]) -> ItemSpace:
    """Build an item space from items in the order of their import. An item whose row was removed meanwhile has only a vector and is not
    available. No `Item` is stored: a hundred thousand of them would take more memory than everything built from them.
    """
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
    return space.with_cached(position=position)


def _sharing(space: ItemSpace, before: ItemSpace) -> ItemSpace:
    """Return `space` with unchanged fields taken over from `before`, so that none of them is in memory twice."""
    names = ("ids", "domains", "titles")
    same = {name: getattr(before, name) for name in names if getattr(before, name) == getattr(space, name)}
    position = before.position if "ids" in same else space.position
    return replace(space, **same).with_cached(position=position, words=before.words if "titles" in same else None)


def recommended_until(item: Item) -> float:
    """Return the Unix seconds until which an item may be recommended: -inf if it is not available, inf if it never expires."""
    if not item.available:
        return -np.inf
    return item.expires_at.timestamp() if item.expires_at else np.inf


def behaviour(columns: Any, space: ItemSpace, weights: Mapping[str, float]) -> Behaviour:
    """Convert the ledger's columns (`Interactions`) to positions in `space`. Items that are not in the catalogue and events without a
    positive weight are left out.
    """
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
