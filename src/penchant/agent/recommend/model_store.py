"""The fitted models of an installation: made from the ledger when they are missing or stale, by one of its processes for all of them.

A moment in the past gets models fitted on what was known then, never the current ones.
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
from penchant.agent.recommend.model_fitting import APART, FitTask, fit_apart
from penchant.agent.recommend.models import ItemModels
from penchant.errors import PenchantError, StoreError
from penchant.store.caches import Caches
from penchant.store.item import Item
from penchant.store.revisions import Revisions

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue
    from penchant.store.ledger import Ledger

FOLDER = "models"
log = logging.getLogger("penchant.models")
FIT_SHARE = 0.1
"""The share of the time that fits in the background may take: behaviour that arrives all the while would keep one going without end."""


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
        self.ledger, self.catalogue, self.weights = ledger, catalogue, weights
        self.files = ModelFiles(folder)
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
            state = self._state(penalty, people)
            fitted = self._usable(self._current or self._on_disk(people), state)
            if fitted is None:
                fitted = self._renewed(now, penalty)
            elif fitted.behind(state.seq) and not self.is_fitting and time.monotonic() >= self._next_fit:
                self._fitting = threading.Thread(
                    target=self._renew, args=(now, penalty, self._generation), name="penchant-fit"
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

    def _renew(self, now: datetime, penalty: float, generation: int) -> None:
        """In the background, and not again too soon, even where it has failed. Whoever was forgotten meanwhile makes the result worthless:
        it is dropped."""
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
        """What another process has fitted meanwhile, else a fit; read from disk either way, so that processes share the memory."""
        with self.files.turn.held():
            state = self._state(penalty, self._people())
            newest = self._usable(self._on_disk(state.people), state)
            if newest is not None and not newest.behind(state.seq):
                return newest
            fitted = self._fit_and_save(state, now, in_background)
            if self._people() != state.people:
                self.files.remove()
            return fitted

    def _fit_and_save(self, state: ModelState, now: datetime, in_background: bool) -> FittedModels:
        """In the background a large fit is another process's work."""
        space = self.space()  # once: another process may add items meanwhile
        learnt, models = self._behaviour_in(space, now), None
        with self.files.building(state, space) as folder:
            task = FitTask(learnt, space.dates, state.penalty, folder)
            if not (in_background and len(learnt) >= APART and fit_apart(task)):
                models = self._fit(space, learnt, state.penalty)
                write_models(folder, models)
        if fitted := self._on_disk(state.people):
            return fitted
        if models is None:
            raise StoreError("models of items were removed while they were fitted: the next list fits them again")
        return FittedModels(state, models)

    def _state(self, penalty: float, people: int) -> ModelState:
        """Read after `people` was: what is made of it is known as older where somebody is forgotten in between."""
        return ModelState(self.ledger.last_seq(), self.catalogue.revision(), penalty, people)

    def _on_disk(self, people: int) -> FittedModels | None:
        fitted = self.files.newest(people, self._space)
        if fitted is not None and self._space is None:
            self._space = (fitted.state.revision, fitted.models.space)
        return fitted

    def _usable(self, fitted: FittedModels | None, state: ModelState) -> FittedModels | None:
        """These for the catalogue as it is, or None where they may not serve."""
        if fitted is None or not fitted.may_serve(state):
            return None
        return fitted if fitted.state.revision == state.revision else fitted.over(self.space(), state.revision)

    def as_of(self, moment: datetime, penalty: float) -> ItemModels:
        """Models that know nothing after `moment`."""
        with self._lock:
            key = (moment, self.ledger.last_seq(), self.catalogue.revision(), penalty)
            if self._past is None or self._past[0] != key:
                space = self.space()
                self._past = (key, self._fit(space, self._behaviour_in(space, moment), penalty))
            return self._past[1]

    def forget(self) -> int:
        """Remove what was learnt, in memory and on disk; returns how many files were removed."""
        with self._lock:
            self.let_go()
            return self.files.remove()

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

    def _fit(self, space: ItemSpace, learnt: Behaviour, penalty: float) -> ItemModels:
        return ItemModels.fit(space, learnt, penalty)


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
