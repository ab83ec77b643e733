"""Folding new behaviour into profiles, and reading profiles: ledger → vectors → fold → names → save.

Reading with a language model happens outside every transaction, once per update for all new groups of a batch of users. Saving is a
compare-and-swap; whoever loses folds again on top of the winner, and nothing of it reaches the caller.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from penchant.agent.behaviour import embedded, observations
from penchant.agent.interest.calibration import CAUTIOUS, Calibration, calibrate, shipped
from penchant.agent.interest.codec import decode, encode
from penchant.agent.interest.coldstart import Borrowed, lend
from penchant.agent.interest.grouping import settled
from penchant.agent.interest.live import LiveInterests
from penchant.agent.interest.population import DOCUMENT, Population, learn_population
from penchant.agent.interest.rows import rows
from penchant.agent.interest.state import State
from penchant.agent.interest.stream import fold
from penchant.agent.interest.tree import moment
from penchant.agent.interest.view import Overlay, live, profile, view
from penchant.agent.naming import Naming, stated_key
from penchant.agent.reading import KnownInterest, Reading, ReadReply, ReadRequest, Remark
from penchant.errors import ConflictError, NotFoundError, PenchantError
from penchant.store.documents import Documents
from penchant.store.edits import Edit, Edits
from penchant.store.event import Event, EventType
from penchant.store.names import Names
from penchant.store.profile import Profile
from penchant.store.profiles import Kind, ProfileVersion, StoredProfile
from penchant.store.receipt import Degraded, LabelSources, UpdateReceipt, UserSummary, UserUpdate

if TYPE_CHECKING:
    from penchant.agent.parts import Parts

BATCH = 32
CALIBRATIONS = "calibration"
CALIBRATION_ITEMS = 5_000
MIN_CATALOGUE = 200
SPOKEN = (EventType.MESSAGE, EventType.SEARCH)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Folded:
    """One user's state after the fold, not yet saved. `fresh`: the events that were new. `head`: what it was folded onto."""

    user_id: str
    head: StoredProfile | None
    state: State
    fresh: tuple[Event, ...]
    seq: int
    edits: int

    @property
    def version(self) -> int:
        return self.head.version if self.head else 0

    @property
    def changed(self) -> bool:
        """Whether there is anything to save: new behaviour, or a new word of the user's."""
        return bool(self.fresh) or (self.head.receipt["edits"] if self.head else 0) != self.edits


class Updater:
    """Keeps the profiles of one installation. Thread-safe and process-safe: all state is in the store."""

    def __init__(self, parts: "Parts") -> None:
        self.parts = parts
        self.ledger, self.profiles = parts.ledger, parts.profiles
        self.edits = Edits(parts.database)
        self.documents = Documents(parts.database, parts.clock)
        self.naming = Naming(Names(parts.database, parts.clock), parts.catalogue, parts.embedder)

    # Updating

    def update(
        self, user_ids: Sequence[str] | None = None, *, at: datetime | None = None, on_progress: Progress | None = None
    ) -> UpdateReceipt:
        """Fold new behaviour up to `at` (by default: until now) into the profiles of these users (None: of all)."""
        users = list(dict.fromkeys(user_ids)) if user_ids is not None else self.ledger.users()
        done: list[UserUpdate] = []
        for start in range(0, len(users), BATCH):
            done += self._update_batch(users[start : start + BATCH], at)
            if on_progress:
                on_progress(len(done), len(users))
        if user_ids is None:
            self._learn_population()
        return UpdateReceipt(users=done)

    def _update_batch(self, users: Sequence[str], at: datetime | None) -> list[UserUpdate]:
        folded, failed = [], {}
        for user in users:
            try:
                folded.append(self._fold(user, at))
            except PenchantError as error:
                failed[user] = self._failed(user, error)
        replies = self._read([one for one in folded if one.changed])
        saved = {one.user_id: self._settle(one, replies.get(one.user_id), at) for one in folded}
        return [failed.get(user) or saved[user] for user in users]

    def _settle(self, folded: Folded, reply: ReadReply | None, at: datetime | None) -> UserUpdate:
        """Save, and where another writer was first, fold again on top of theirs until it is saved or nothing is left to save."""
        while True:
            receipt = _receipt(folded, reply)
            if not folded.changed:
                return receipt
            try:
                receipt.version = self._save(folded, receipt, at)
                return receipt
            except ConflictError:
                folded = self._fold(folded.user_id, at)
                reply = self._read([folded]).get(folded.user_id, reply) if folded.changed else reply

    def _save(self, folded: Folded, receipt: UserUpdate, at: datetime | None, kind: Kind = "update") -> int:
        body = receipt.model_dump(mode="json", exclude={"version"})
        population = self.documents.head(DOCUMENT)
        body |= {"seq": folded.seq, "edits": folded.edits, "engine": self._engine()}
        body |= {"population": population.version if population else 0}
        return self.profiles.save(
            folded.user_id,
            expected_version=folded.version,
            as_of=self._as_of(folded, at),
            state=encode(folded.state),
            receipt=body,
            kind=kind,
        )

    def _as_of(self, folded: Folded, at: datetime | None) -> datetime:
        """A profile speaks of the moment that was asked for; else of the user's latest behaviour, which needs no clock to repeat."""
        if folded.state.n_events:
            return max(at, moment(folded.state.at)) if at else moment(folded.state.at)
        said = self.edits.for_user(folded.user_id)
        return at or (said[-1].at if said else self.parts.clock.now())

    def save_edits(self, user_id: str, kind: Kind = "edit") -> int:
        """Make a version of the user's latest word, on top of whatever was folded; no behaviour is folded. Returns its number."""
        while True:
            head = self.profiles.head(user_id)
            state, seq = (
                (decode(head.state), head.receipt["seq"]) if head else (State(self.parts.embedder.dimensions), 0)
            )
            folded = Folded(user_id, head, state, (), seq, self._word_count(user_id))
            try:
                return self._save(folded, UserUpdate(user_id=user_id, version=folded.version), None, kind)
            except ConflictError:
                continue

    # Folding

    def _fold(self, user: str, at: datetime | None) -> Folded:
        head = self.profiles.head(user)
        state, seq = self._resume(head)
        until = at or self.parts.clock.now()
        arrived = self.ledger.events(user, after_seq=seq)
        fresh = [stored.event for stored in arrived if stored.event.at <= until]
        cursor = (state.at, state.last_id)
        if any((event.at.timestamp(), event.event_id) <= cursor for event in fresh) or self._now_known(state):
            state, fresh = self._replay(user, until, state, [s.event.event_id for s in arrived])
        else:
            self._advance(state, fresh)
        waiting = [stored.seq for stored in arrived if stored.event.at > until]
        reached = max([seq, *(stored.seq for stored in arrived)])
        seq = min(waiting) - 1 if waiting else reached
        return Folded(user, head, state, tuple(fresh), seq, self._word_count(user))

    def _resume(self, head: StoredProfile | None) -> tuple[State, int]:
        """The stored state, unless it was made by another embedder or calibration: then the ledger is read from its beginning."""
        if head is None or head.receipt["engine"] != self._engine():
            return State(self.parts.embedder.dimensions), 0
        return decode(head.state), int(head.receipt["seq"])

    def _replay(self, user: str, until: datetime, old: State, arrived: Sequence[str]) -> tuple[State, list[Event]]:
        """Behaviour came late (or was waiting for its time, or for its item): everything in order, once more."""
        events = [stored.event for stored in self.ledger.events(user, until=until)]
        earlier = [event for event in events if (event.at.timestamp(), event.event_id) <= (old.at, old.last_id)]
        if len(earlier) == old.n_events and not self._now_known(old):
            rest = events[len(earlier) :]
            return self._advance(old, rest), rest
        count = max(len(events) - old.n_events, 0)
        newest = set(arrived)
        fresh = [event for event in events if event.event_id in newest]
        return self._advance(State(old.dimensions), events), fresh[-count:] if count else []

    def _advance(self, state: State, events: Sequence[Event]) -> State:
        seen = observations(events, self.parts.catalogue, self.parts.embedder)
        return fold(state, seen, self._calibration, self.parts.event_weights)

    def _now_known(self, state: State) -> bool:
        """Whether the catalogue has since learnt of items that could not be placed."""
        return bool(state.unplaced) and bool(self.parts.catalogue.vectors(sorted(state.unplaced)))

    @property
    def _calibration(self) -> Calibration:
        """Measured on this catalogue once and kept; while it is too small, what ships for this embedder, else a cautious guess."""
        name = self.parts.embedder.name
        recorded = (self.documents.get(CALIBRATIONS) or {}).get(name)
        if recorded is not None:
            return Calibration(**recorded)
        if self.parts.catalogue.count() >= MIN_CATALOGUE:
            return self.calibrate()
        return shipped(name) or CAUTIOUS

    def calibrate(self) -> Calibration:
        """Measure κ, θ and the founding similarity on the catalogue, and keep them under the embedder's name. Raises `UsageError`."""
        ids, vectors = self.parts.catalogue.matrix()
        order = sorted(range(len(ids)), key=ids.__getitem__)
        measured = calibrate(vectors[order[:: max(len(ids) // CALIBRATION_ITEMS, 1)]])
        kept = dict(self.documents.get(CALIBRATIONS) or {})
        self.documents.put(CALIBRATIONS, kept | {self.parts.embedder.name: asdict(measured)})
        return measured

    def _engine(self) -> dict[str, Any]:
        return {"format": 1, "embedder": self.parts.embedder.name, **asdict(self._calibration)}

    # Naming

    def _read(self, folded: Sequence[Folded]) -> dict[str, ReadReply]:
        """Have everything read that has no name yet, all users in one go, and record it."""
        language = self.parts.settings.lang
        requests = [request for one in folded if (request := self._request(one, language))]
        if not requests:
            return {}
        replies = self.parts.reader.read(requests)
        for request, reply in zip(requests, replies, strict=True):
            self.naming.record(reply, request.known, language, self.parts.settings.llm.model)
            self._record_statements(request, reply, next(one for one in folded if one.user_id == request.user_id))
        return {request.user_id: reply for request, reply in zip(requests, replies, strict=True)}

    def _request(self, folded: Folded, language: str) -> ReadRequest | None:
        shown = settled(folded.state, self._calibration)
        named = self.naming.known([leaf.key for leaf in shown.leaves], language)
        groups = self.naming.groups([leaf for leaf in shown.leaves if leaf.key not in named])
        known = tuple(
            KnownInterest(row.id, row.path)
            for row in rows(shown, shown.at, named)
            if any(leaf.key in named for leaf in row.leaves)
        )
        remarks = tuple(
            Remark(event.event_id, event.said()) for event in folded.fresh if event.type in SPOKEN and event.said()
        )
        if not groups and not remarks:
            return None
        return ReadRequest(folded.user_id, language, tuple(groups), known, remarks)

    def _record_statements(self, request: ReadRequest, reply: ReadReply, folded: Folded) -> None:
        said_at = {event.event_id: event.at for event in folded.fresh}
        for number, said in enumerate(reply.statements):
            if said.event_id not in said_at:
                continue
            details = {"polarity": said.polarity, "span": said.span, "event_id": said.event_id, "source": said.source}
            self.edits.append(
                Edit(
                    edit_id=f"s{number}-{said.event_id}"[:256],
                    user_id=request.user_id,
                    at=said_at[said.event_id],
                    action="state",
                    text=said.label,
                    details=details,
                )
            )

    def _names(self, user: str, state: State, edits: Sequence[Edit], language: str) -> dict[str, Reading]:
        """Every reading a view needs; what is missing in this language is read now and recorded."""
        leaves = settled(state, self._calibration).leaves
        labels = {
            stated_key(edit.text): edit.text for edit in edits if edit.action == "state" and edit.text and not edit.path
        }
        wanted = {leaf.key for leaf in leaves} | set(labels)
        known = self.naming.known(wanted, language)
        groups = self.naming.groups([leaf for leaf in leaves if leaf.key not in known])
        groups += [self.naming.stated(label) for key, label in labels.items() if key not in known]
        if groups:
            [reply] = self.parts.reader.read([ReadRequest(user, language, tuple(groups))])
            self.naming.record(reply, (), language, self.parts.settings.llm.model)
            known |= self.naming.known([group.key for group in groups], language)
        return known

    # Reading

    def profile(
        self, user_id: str, *, at: datetime | None = None, version: int | None = None, language: str | None = None
    ) -> Profile:
        """The tree as of `at`; by default as of the latest update. Raises `NotFoundError` for a user nobody has seen."""
        state, overlay, moment_, number = self._opened(user_id, at, version, language)
        return profile(state, overlay, view(state, overlay, moment_), user_id, number)

    def state(self, user_id: str, at: datetime | None = None) -> LiveInterests:
        """The leaves as arrays, for the recommender. Raises `NotFoundError`."""
        state, overlay, moment_, number = self._opened(user_id, at, None, None)
        return live(state, view(state, overlay, moment_), user_id, number)

    def _opened(
        self, user: str, at: datetime | None, version: int | None, language: str | None
    ) -> tuple[State, Overlay, float, int]:
        head = self.profiles.head(user) if version is None else self.profiles.at_version(user, version)
        if head is None and not self.ledger.count(user) and not self.edits.for_user(user):
            raise NotFoundError(f"nobody has seen user {user!r}: `penchant profile list` names everyone known")
        state = decode(head.state) if head else State(self.parts.embedder.dimensions)
        number = head.version if head else 0
        if at is not None and (head is None or at.timestamp() < state.at):
            events = [stored.event for stored in self.ledger.events(user, until=at)]
            state = self._advance(State(self.parts.embedder.dimensions), events)
        if version is not None and at is None and head is not None:
            at = head.created_at
        moment_ = (at or (head.as_of if head else self.parts.clock.now())).timestamp()
        if version is not None and head is not None:
            moment_ = head.as_of.timestamp()
        overlay = self._overlay(user, state, at, language or self.parts.settings.lang)
        return state, overlay, moment_, number

    def _overlay(self, user: str, state: State, at: datetime | None, language: str) -> Overlay:
        edits = [edit for edit in self.edits.for_user(user, at) if not edit.undone]
        names = self._names(user, state, edits, language)
        placed = [_placed(edit, names) for edit in edits]
        labels = [label for edit in placed for label in (edit.text, edit.path[-1] if edit.path else None) if label]
        return Overlay(
            names=names,
            language=language,
            calibration=self._calibration,
            edits=placed,
            vectors=embedded(labels, self.parts.embedder),
            population=Population.load(self.documents.get(DOCUMENT)),
            borrowed=self._borrowed(edits, at),
        )

    def _borrowed(self, edits: Sequence[Edit], at: datetime | None) -> list[Borrowed]:
        """What the friends a user named care about most."""
        friends = [edit.text for edit in edits if edit.action == "friend" and edit.text]
        lenders = []
        for friend in friends:
            head = self.profiles.head(friend)
            if head is None:
                continue
            state = decode(head.state)
            overlay = Overlay(
                self._names(friend, state, [], self.parts.settings.lang), self.parts.settings.lang, self._calibration
            )
            seen = live(state, view(state, overlay, state.at), friend, head.version)
            lenders.append([Borrowed(p, v, float(s)) for p, v, s in zip(seen.paths, seen.vectors, seen.p, strict=True)])
        return lend(lenders) if lenders else []

    def rebuild(self, user_id: str, version: int | None = None) -> Profile:
        """The profile as the ledger and the recorded names give it from scratch, for comparison with what is stored."""
        head = self.profiles.head(user_id) if version is None else self.profiles.at_version(user_id, version)
        if head is None:
            raise NotFoundError(f"user {user_id!r} has no profile yet: `penchant update {user_id}` makes one")
        until = moment(decode(head.state).at)
        events = [stored.event for stored in self.ledger.events(user_id, until=until)]
        state = self._advance(State(self.parts.embedder.dimensions), events)
        overlay = self._overlay(user_id, state, None, self.parts.settings.lang)
        return profile(state, overlay, view(state, overlay, head.as_of.timestamp()), user_id, head.version)

    def users(self) -> list[UserSummary]:
        """Everyone with behaviour or a profile, by id."""
        counts, heads = self.ledger.counts(), self.profiles.heads()
        return [_summary(user, counts.get(user, 0), heads.get(user)) for user in sorted(counts.keys() | heads.keys())]

    # The population

    def _learn_population(self) -> None:
        """Learn what all users have in common; a pure function of their states, so that it does not depend on when it is asked."""
        people = []
        for user in self.profiles.users():
            head = self.profiles.head(user)
            if head is None:
                continue
            state = decode(head.state)
            overlay = Overlay(
                self.naming.known([leaf.key for leaf in state.leaves], self.parts.settings.lang), "", self._calibration
            )
            seen = view(state, overlay, state.at)
            mix: dict[str, float] = {}
            for row, p in zip(seen.rows, seen.weights.p, strict=True):
                mix[row.topic] = mix.get(row.topic, 0.0) + float(p)
            if mix:
                people.append((mix, state.trust))
        population = learn_population(people)
        if population is not None:
            self.documents.put(DOCUMENT, population.dump())

    def _word_count(self, user: str) -> int:
        return sum(1 + edit.undone for edit in self.edits.for_user(user))

    def _failed(self, user: str, error: PenchantError) -> UserUpdate:
        head = self.profiles.head(user)
        degraded = [Degraded(step="update", reason=str(error))]
        return UserUpdate(user_id=user, version=head.version if head else 0, degraded=degraded, status="failed")


def _receipt(folded: Folded, reply: ReadReply | None) -> UserUpdate:
    waiting = folded.state.waiting
    pooled = sum(event.event_id in waiting for event in folded.fresh)
    receipt = UserUpdate(
        user_id=folded.user_id,
        version=folded.version,
        events_new=len(folded.fresh),
        assigned=len(folded.fresh) - pooled,
        pooled=pooled,
    )
    if reply is None:
        return receipt
    by_model = sum(reading.source == "llm" for reading in reply.readings)
    receipt.groups_named = len(reply.readings)
    receipt.label_source = LabelSources(llm=by_model, rule=len(reply.readings) - by_model)
    receipt.llm = reply.usage
    receipt.degraded = list(reply.degraded)
    receipt.status = "degraded" if reply.degraded else "ok"
    return receipt


def _placed(edit: Edit, names: dict[str, Reading]) -> Edit:
    """A stated label takes the place it was read to have, under its own words."""
    reading = names.get(stated_key(edit.text)) if edit.action == "state" and edit.text and not edit.path else None
    return edit.model_copy(update={"path": (*reading.path[:2], edit.text)}) if reading else edit


def _summary(user: str, events: int, head: ProfileVersion | None) -> UserSummary:
    return UserSummary(
        user_id=user,
        version=head.version if head else 0,
        events=events,
        updated_at=head.created_at.astimezone(UTC) if head else None,
    )
