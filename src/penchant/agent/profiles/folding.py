"""From the ledger to a state: what is new is folded onto what is stored; what came late has everything folded once more, in order."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from penchant.agent.profiles.engine.calibration import CAUTIOUS, Calibration, calibrate, shipped
from penchant.agent.profiles.engine.codec import decode
from penchant.agent.profiles.engine.fold import fold
from penchant.agent.profiles.engine.state import State
from penchant.agent.profiles.observations import observations
from penchant.store.documents import Documents
from penchant.store.event import Event
from penchant.store.profiles import StoredProfile

if TYPE_CHECKING:
    from penchant.agent.app.services import Services

CALIBRATIONS = "calibration"
CALIBRATION_ITEMS = 5_000
MIN_CATALOGUE = 200
FORMAT = 3


@dataclass(frozen=True)
class Folded:
    """One user's state after the fold, not yet saved. `fresh`: the events that were new. `head`: what it was folded onto.

    `seq`: the place in the ledger up to which every arrival has been folded. `engine`: what made the state.
    """

    user_id: str
    head: StoredProfile | None
    state: State
    fresh: tuple[Event, ...]
    seq: int
    engine: dict[str, Any]

    @property
    def version(self) -> int:
        return self.head.version if self.head else 0

    @property
    def remade(self) -> bool:
        """Whether another embedder or calibration makes the stored state obsolete."""
        return self.head is not None and self.head.receipt["engine"] != self.engine


class Folding:
    """Folds the behaviour of one installation's users."""

    def __init__(self, parts: "Services", documents: Documents) -> None:
        self.parts, self.documents = parts, documents

    def fold(self, user: str, at: datetime | None) -> Folded:
        """The user's state with everything up to `at` (None: until now). Raises `ModelError`, `StoreError`."""
        head = self.parts.profiles.head(user)
        engine = self.engine()
        state, seq = self._resume(head, engine)
        until = at or self.parts.clock.now()
        arrived = self.parts.ledger.events(user, after_seq=seq)
        due = [stored for stored in arrived if stored.event.at <= until]
        fresh = [stored.event for stored in due]
        known_now = self.known_now(state)
        if known_now or any(_place(event) <= (state.at, state.last_id) for event in fresh):
            state, fresh = self._replay(user, until, state, {stored.event.event_id for stored in arrived}, known_now)
        else:
            self._advance(state, fresh)
            told = int(head.receipt["seq"]) if head else 0
            fresh = [stored.event for stored in due if stored.seq > told]
        waiting = [stored.seq for stored in arrived if stored.event.at > until]
        seq = min(waiting) - 1 if waiting else max([seq, *(stored.seq for stored in arrived)])
        return Folded(user, head, state, tuple(fresh), seq, engine)

    def from_scratch(self, user: str, until: datetime) -> State:
        """The ledger's own account of the user up to `until`: no stored state is looked at."""
        return self._advance(self.empty(), [stored.event for stored in self.parts.ledger.events(user, until=until)])

    def stops(self, user: str, moments: Sequence[datetime]) -> Iterator[State]:
        """The user's state at each moment (ascending): folded once, and handed out at every stop, always the same object."""
        events = [stored.event for stored in self.parts.ledger.events(user, until=moments[-1])] if moments else []
        seen = observations(events, self.parts.catalogue, self.parts.embedder)
        state, calibration, done = self.empty(), self.calibration, 0
        for at in moments:
            due = bisect_right(events, at, key=lambda event: event.at)
            yield fold(state, seen[done:due], calibration, self.parts.event_weights)
            done = due

    def count(self, user: str, until: datetime) -> int:
        """How many of the user's events up to `until` are written down."""
        return len(self.parts.ledger.events(user, until=until))

    def empty(self) -> State:
        """A user nobody has seen."""
        return State(self.parts.embedder.dimensions)

    @property
    def calibration(self) -> Calibration:
        """Measured on this catalogue once and kept; while it is too small, what ships for this embedder, else a cautious guess."""
        recorded = (self.documents.get(CALIBRATIONS) or {}).get(self.parts.embedder.name)
        if recorded is not None:
            return Calibration(**recorded)
        if self.parts.catalogue.count() >= MIN_CATALOGUE:
            return self.calibrate()
        return shipped(self.parts.embedder.name) or CAUTIOUS

    def calibrate(self) -> Calibration:
        """Measure κ, θ and the founding similarity on the catalogue, and keep them under the embedder's name. Raises `UsageError`."""
        ids, vectors = self.parts.catalogue.matrix()
        order = sorted(range(len(ids)), key=ids.__getitem__)
        measured = calibrate(vectors[order[:: max(len(ids) // CALIBRATION_ITEMS, 1)]])
        kept = dict(self.documents.get(CALIBRATIONS) or {})
        self.documents.put(CALIBRATIONS, kept | {self.parts.embedder.name: asdict(measured)})
        return measured

    def engine(self) -> dict[str, Any]:
        """What a state depends on besides behaviour: another embedder or calibration makes another state."""
        return {"format": FORMAT, "embedder": self.parts.embedder.name, **asdict(self.calibration)}

    def _resume(self, head: StoredProfile | None, engine: dict[str, Any]) -> tuple[State, int]:
        if head is None or head.receipt["engine"] != engine:
            return self.empty(), 0
        return decode(head.state), int(head.receipt["seq"])

    def _replay(
        self, user: str, until: datetime, old: State, arrived: set[str], known_now: bool
    ) -> tuple[State, list[Event]]:
        """Something lies before what is folded: a late event, an item known only now, or merely arrivals that waited for their time."""
        events = [stored.event for stored in self.parts.ledger.events(user, until=until)]
        earlier = sum(_place(event) <= (old.at, old.last_id) for event in events)
        if earlier == old.n_events and not known_now:
            return self._advance(old, events[earlier:]), events[earlier:]
        candidates = [event for event in events if event.event_id in arrived]
        count = max(len(events) - old.n_events, 0)
        return self._advance(self.empty(), events), candidates[len(candidates) - count :]

    def _advance(self, state: State, events: Sequence[Event]) -> State:
        seen = observations(events, self.parts.catalogue, self.parts.embedder)
        return fold(state, seen, self.calibration, self.parts.event_weights)

    def known_now(self, state: State) -> bool:
        """Whether the catalogue has since learnt of items that could not be placed."""
        return bool(state.unplaced) and bool(self.parts.catalogue.vectors(sorted(state.unplaced)))


def _place(event: Event) -> tuple[float, str]:
    """Where an event stands in the canonical order."""
    return event.at.timestamp(), event.event_id
