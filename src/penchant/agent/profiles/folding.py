"""Folds events from the ledger into states: new events onto the stored state; for late events, the whole history again in order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import decode, is_of_first_version
from penchant.agent.profiles.engine.fold import Rules, fold
from penchant.agent.profiles.engine.occasions import place_events
from penchant.agent.profiles.engine.personal import ThemelessItem, min_cosine_of
from penchant.agent.profiles.engine.state import State
from penchant.agent.profiles.words import WordPlacer
from penchant.agent.statements.own_words import attention_text
from penchant.agent.taxonomy.grouping import has_subject
from penchant.agent.taxonomy.service import TaxonomyService
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.arrays import Floats, Ints
from penchant.errors import PenchantError
from penchant.prompts.remarks import remark
from penchant.store.catalogue import Catalogue
from penchant.store.clock import Clock
from penchant.store.column_types import to_micros
from penchant.store.database import Database
from penchant.store.event import Event, EventType
from penchant.store.event_columns import MICROS, EventColumns, read_event_columns
from penchant.store.plain import plain
from penchant.store.profiles import Profiles, StoredProfile
from penchant.store.receipt import Degraded, LabelSources, UserUpdate

FORMAT = 9
"""The rules by which states are made. A state of other rules is folded anew by the next update: raise it with every change of the
result for the same behaviour.
"""
SPOKEN = (EventType.MESSAGE, EventType.SEARCH)


@dataclass(frozen=True)
class Folded:
    """One user's state after the fold, not yet saved. `head`: the version it was folded onto. `events_new`: number of new events;
    `pooled`: how many of them belong to no interest; `spoken`: those of them that are messages or searches; `unread`: number of new
    texts that the embedder cannot read.

    `seq`: the position in the ledger up to which every arrival has been folded. `engine`: what the state was made with. `remade`:
    whether the state was rebuilt and has to be saved even without new events.
    """

    user_id: str
    head: StoredProfile | None
    state: State
    seq: int
    engine: dict[str, Any]
    events_new: int = 0
    pooled: int = 0
    spoken: tuple[Event, ...] = ()
    unread: int = 0
    remade: bool = False

    @property
    def version(self) -> int:
        """The number of the version it was folded onto; 0 if there was none."""
        return self.head.version if self.head else 0

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.events_new > 0 or self.remade


@dataclass
class _Task:
    """What is to be folded for one user: the state to fold onto, `rows` of some columns, and which of these rows are new (`new_rows`; None:
    decided by `seq`). `is_outdated`: whether what was folded before counts otherwise by what is known now.
    """

    user: str
    head: StoredProfile | None
    state: State
    seq: int
    remade: bool
    is_outdated: bool = False
    rows: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    new_rows: set[int] | None = None


class Folding:
    """Folds the behaviour of the users of one installation."""

    def __init__(
        self,
        *,
        database: Database,
        profiles: Profiles,
        taxonomies: TaxonomyService,
        catalogue: Catalogue,
        words: WordPlacer,
        event_weights: Mapping[str, float],
        clock: Clock,
    ) -> None:
        self.database, self.profiles, self.taxonomies, self.catalogue = database, profiles, taxonomies, catalogue
        self.words, self.event_weights, self.clock = words, event_weights, clock

    def fold(
        self, users: Sequence[str], at: datetime | None, taxonomy: Taxonomy | None = None
    ) -> dict[str, Folded | PenchantError]:
        """Return the states of `users` with all events up to `at` (None: until now), by user id; for a user whose fold failed, the
        error.

        Raises `ModelError` and `StoreError` for failures that concern all users.
        """
        taxonomy = taxonomy or self.taxonomies.current()
        until = at or self.clock.now()
        heads = self.profiles.heads_of(users)
        done: dict[str, Folded | PenchantError] = {}
        tasks: list[_Task] = []
        for user in users:
            try:
                tasks.append(self._resume(user, heads.get(user), taxonomy))
            except PenchantError as error:
                done[user] = error
        arrived = read_event_columns(self.database, [task.user for task in tasks], after=[task.seq for task in tasks])
        simple, again = self._sorted_by_need(tasks, arrived, arrived.micros <= to_micros(until), taxonomy)
        done |= self._folded(simple, arrived, taxonomy)
        if again:
            done |= self._replayed(again, arrived, until, taxonomy)
        return {user: done[user] for user in users}

    def _sorted_by_need(
        self, tasks: Sequence[_Task], arrived: EventColumns, due: NDArray[np.bool_], taxonomy: Taxonomy
    ) -> tuple[list[_Task], list[_Task]]:
        """Give each task its rows that are `due` (n,) and the number of its newest event. Return the tasks whose state can be continued,
        and those that have to be folded again from an earlier one.
        """
        simple: list[_Task] = []
        again: list[_Task] = []
        for place, task in enumerate(tasks):
            rows = arrived.rows(place)
            task.rows = rows.start + np.flatnonzero(due[rows])
            task.is_outdated = self._is_outdated(task, arrived, taxonomy)
            (again if task.is_outdated or _is_late(task, arrived) else simple).append(task)
            waiting = arrived.seq[rows][~due[rows]]
            task.seq = int(waiting.min()) - 1 if len(waiting) else max(task.seq, int(arrived.seq[rows].max(initial=0)))
        return simple, again

    def from_scratch(self, user: str, until: datetime, taxonomy: Taxonomy | None = None) -> State:
        """Fold the user's whole ledger up to `until`, without using any stored state."""
        state = State()
        self._advance([state], read_event_columns(self.database, [user], until=until), taxonomy)
        return state

    def states_at(self, user: str, moments: Sequence[datetime], taxonomy: Taxonomy | None = None) -> Iterator[State]:
        """Yield the user's state at each moment (ascending). The ledger is folded once, and again where ratings show another scale; every
        yielded state is the one before, advanced in place.
        """
        if not moments:
            return
        columns = read_event_columns(self.database, [user], until=moments[-1])
        state, done = State(), 0
        for at in moments:
            due = int(np.searchsorted(columns.micros, to_micros(at), side="right"))
            if state.ratings.shows_another_scale(_ratings(columns, np.arange(done, due))):
                state, done = State(), 0
            self._advance([state], columns.take(np.arange(done, due)), taxonomy)
            done = due
            yield state

    def engine(self, taxonomy: Taxonomy | None = None) -> dict[str, Any]:
        """Return what a state depends on besides behaviour: format, embedder and taxonomy version."""
        version = (taxonomy or self.taxonomies.current()).version
        return {"format": FORMAT, "embedder": self.words.embedder.name, "taxonomy": version}

    def is_current(self, engine: Mapping[str, Any], taxonomy: Taxonomy | None = None) -> bool:
        """Return whether a state made with `engine` is still what a new fold would give."""
        newest = taxonomy or self.taxonomies.current()
        now = self.engine(newest)
        same = all(engine.get(name) == now[name] for name in ("format", "embedder"))
        if not same or "taxonomy" not in engine:
            return False
        made_with = self.taxonomies.version(int(engine["taxonomy"]))
        return made_with.version == engine["taxonomy"] and self.taxonomies.extends(newest, made_with)

    def has_newly_known_items(self, state: State, taxonomy: Taxonomy | None = None) -> bool:
        """Return whether the catalogue now contains items of the state that could not be placed before."""
        known = (taxonomy or self.taxonomies.current()).item_rows
        return any(item in known for item in state.unplaced)

    def _resume(self, user: str, head: StoredProfile | None, taxonomy: Taxonomy) -> _Task:
        if head is None:
            return _Task(user, None, State(), 0, False)
        if is_of_first_version(head.state) or not self.is_current(head.receipt["engine"], taxonomy):
            return _Task(user, head, State(), 0, True)
        return _Task(user, head, decode(head.state), int(head.receipt["seq"]), False)

    def _is_outdated(self, task: _Task, arrived: EventColumns, taxonomy: Taxonomy) -> bool:
        """Return whether an item of the state is known only now, or a new rating shows that earlier ones are on another scale."""
        if self.has_newly_known_items(task.state, taxonomy):
            return True
        return task.state.ratings.shows_another_scale(_ratings(arrived, task.rows))

    def _replayed(
        self, tasks: Sequence[_Task], arrived: EventColumns, until: datetime, taxonomy: Taxonomy
    ) -> dict[str, Folded | PenchantError]:
        everything = read_event_columns(self.database, [task.user for task in tasks], until=until)
        for place, task in enumerate(tasks):
            rows = everything.rows(place)
            names = {arrived.ids[row] for row in task.rows}
            at, ids = everything.at[rows].tolist(), everything.ids[rows]
            earlier = sum(
                (then, name) <= (task.state.at, task.state.last_id) for then, name in zip(at, ids, strict=True)
            )
            if earlier == task.state.n_events and not task.is_outdated:
                task.rows = np.arange(rows.start + earlier, rows.stop)
                task.new_rows = set(task.rows.tolist())
                continue
            count = max(len(ids) - task.state.n_events, 0)
            candidates = [row for row in range(rows.start, rows.stop) if everything.ids[row] in names]
            task.new_rows = set(candidates[len(candidates) - count :])
            task.rows, task.state = np.arange(rows.start, rows.stop), State()
            task.remade = task.remade or task.is_outdated
        return self._folded(tasks, everything, taxonomy)

    def _folded(
        self, tasks: Sequence[_Task], columns: EventColumns, taxonomy: Taxonomy
    ) -> dict[str, Folded | PenchantError]:
        """Fold the rows of each task. If folding them together fails, fold each alone, so that only the user whose data is at fault
        is left out.
        """
        if not tasks:
            return {}
        rows = np.concatenate([task.rows for task in tasks])
        part = columns.of_users([task.user for task in tasks], rows)
        try:
            pooled = self._advance([task.state for task in tasks], part, taxonomy)
        except (PenchantError, ArithmeticError, ValueError, IndexError) as error:
            if len(tasks) == 1 and isinstance(error, PenchantError):
                return {tasks[0].user: error}
            if len(tasks) == 1:
                return {tasks[0].user: PenchantError(f"the behaviour of this user cannot be counted ({error})")}
            alone = [self._folded([self._restart(task)], columns, taxonomy) for task in tasks]
            return {user: folded for folded_batch in alone for user, folded in folded_batch.items()}
        engine = self.engine(taxonomy)
        return {
            task.user: self._result(task, columns, part=part.rows(place), rows=rows, pooled=pooled, engine=engine)
            for place, task in enumerate(tasks)
        }

    def _restart(self, task: _Task) -> _Task:
        """Reset the task to its starting state, because a failed fold leaves the state half changed."""
        task.state = State() if task.head is None or task.remade else decode(task.head.state)
        return task

    def _result(
        self,
        task: _Task,
        columns: EventColumns,
        *,
        part: slice,
        rows: Ints,
        pooled: NDArray[np.bool_],
        engine: dict[str, Any],
    ) -> Folded:
        """Return the result for one user: the new state and counts of what became of the new events."""
        own, waits = rows[part], pooled[part]
        before = int(task.head.receipt["seq"]) if task.head else 0
        if task.new_rows is None:
            is_new = columns.seq[own] > before
        else:
            is_new = np.fromiter((int(row) in task.new_rows for row in own), np.bool_, len(own))
        new = own[is_new]
        words = [int(row) for row in new if int(row) in columns.words] if columns.words else []
        return Folded(
            user_id=task.user,
            head=task.head,
            state=task.state,
            seq=task.seq,
            engine=engine,
            events_new=len(new),
            pooled=int(waits[is_new].sum()),
            spoken=tuple(_spoken(task.user, columns, row) for row in words if columns.types[row] in SPOKEN),
            unread=sum(not self.words.reads(columns.words[row]) for row in words),
            remade=task.remade,
        )

    def _advance(
        self, states: Sequence[State], columns: EventColumns, taxonomy: Taxonomy | None = None
    ) -> NDArray[np.bool_]:
        """Fold columns into states (one per user), in place. Returns which events (n,) belong to no interest."""
        taxonomy = taxonomy or self.taxonomies.current()
        if not len(columns):
            return np.zeros(0, bool)
        about = _attended(columns)
        text_places = self.words.place_in(taxonomy, set(about.words.values())) if about.words else {}
        placed = place_events(about, taxonomy, text_places)
        themeless_items: dict[str, ThemelessItem] = {}
        min_cosine = 0.0
        if placed.themeless.any():
            themeless = {columns.items[row] for row in np.flatnonzero(placed.themeless)}
            themeless_items = self._themeless_items(taxonomy, {item for item in themeless if item} | _waiting(states))
            min_cosine = min_cosine_of(taxonomy)
        places = len(taxonomy.themes) or len(taxonomy.subtopics)
        return fold(states, columns, placed, Rules(self.event_weights, places, min_cosine), themeless_items)

    def _themeless_items(self, taxonomy: Taxonomy, item_ids: set[str]) -> dict[str, ThemelessItem]:
        """Return the items among `item_ids` that can found a personal theme. Charges on a bill (postage, fees) and titles that name
        nothing are left out.
        """
        wanted = sorted(item_ids)
        items, vectors = self.catalogue.get(wanted), self.catalogue.vectors(wanted)
        known = [item for item in wanted if item in items and item in vectors]
        titles = {item: plain(items[item].title) for item in known if has_subject(items[item])}
        about = self.words.place_in(taxonomy, set(titles.values()))
        return {item: ThemelessItem(vectors[item], title, about.get(title)) for item, title in titles.items()}


def _is_late(task: _Task, arrived: EventColumns) -> bool:
    """Return whether a new event is not later than everything already folded: it arrived late, or was dated in the future."""
    if not len(task.rows) or not task.state.n_events:
        return False
    first = int(task.rows[0])
    return (float(arrived.at[first]), arrived.ids[first]) <= (task.state.at, task.state.last_id)


def _ratings(columns: EventColumns, rows: Ints) -> Floats:
    """Return the values of those rows that are ratings with a value."""
    values = np.array([columns.value[row] for row in rows.tolist() if columns.types[row] == EventType.RATING])
    return np.asarray(values[~np.isnan(values)])


def _attended(columns: EventColumns) -> EventColumns:
    """Return the columns with each message reduced to the parts in which the user speaks for themself; searches and transcripts stay as
    they are.
    """
    spoken = {
        row: attention_text(text) if columns.types[row] == EventType.MESSAGE else text
        for row, text in columns.words.items()
    }
    return replace(columns, words=spoken)


def _waiting(states: Sequence[State]) -> set[str]:
    return {event.item_id for state in states for event in state.pool}


def _spoken(user: str, columns: EventColumns, row: int) -> Event:
    """Return a message or search as an `Event`. It was validated when it was stored."""
    at = datetime.fromtimestamp(int(columns.micros[row]) / MICROS, tz=UTC)
    return Event.model_construct(
        user_id=user,
        event_id=columns.ids[row],
        at=at,
        type=columns.types[row],
        item_id=columns.items[row],
        text=columns.words[row],
        value=None,
        context=dict(columns.contexts.get(row, {})),
        media=None,
    )


def receipt_of(folded: Folded, notes: Sequence[Degraded] = (), taxonomy: Taxonomy | None = None) -> UserUpdate:
    """Return the receipt for a user's new behaviour. `groups_named`: the number of the user's themes; `label_source` says who named
    them.
    """
    degraded = list(notes)
    by_model = _named(folded, taxonomy) if taxonomy is not None and folded.changed else []
    if folded.unread:
        name = "events_unread_one" if folded.unread == 1 else "events_unread"
        degraded.append(Degraded(step="words", reason=remark(name, count=folded.unread)))
    return UserUpdate(
        user_id=folded.user_id,
        version=folded.version,
        events_new=folded.events_new,
        assigned=folded.events_new - folded.pooled,
        pooled=folded.pooled,
        groups_named=len(by_model),
        label_source=LabelSources(llm=sum(by_model), rule=len(by_model) - sum(by_model)),
        degraded=degraded,
        status="degraded" if degraded else "ok",
    )


def _named(folded: Folded, taxonomy: Taxonomy) -> list[bool]:
    """Return for each theme among a user's interests whether a model named it."""
    own = frozenset(folded.state.ids)
    return [theme.label_source == "llm" for theme in taxonomy.themes if theme.id in own]
