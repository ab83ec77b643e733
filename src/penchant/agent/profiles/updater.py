"""Folding new behaviour into profiles: ledger → vectors → fold → names → save.

Reading with a language model happens outside every transaction, once per update for all new groups of a batch of users. Saving is a
compare-and-swap; whoever loses folds again on top of the winner, and nothing of it reaches the caller.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from penchant.agent.profiles.diff import ProfileDiff, diff
from penchant.agent.profiles.engine.calibration import Calibration
from penchant.agent.profiles.engine.codec import decode, encode
from penchant.agent.profiles.engine.grouping import settled
from penchant.agent.profiles.engine.profile_arrays import LiveInterests
from penchant.agent.profiles.engine.rows import rows
from penchant.agent.profiles.engine.state import State
from penchant.agent.profiles.engine.tree import moment
from penchant.agent.profiles.folding import Folded, Folding
from penchant.agent.profiles.names import Naming
from penchant.agent.profiles.population import DOCUMENT, Population, learn_population
from penchant.agent.profiles.reader import ProfileReader
from penchant.agent.profiles.readers.reader import Group, KnownInterest, Reading, ReadReply, ReadRequest, Remark
from penchant.agent.profiles.readers.reoffering import may_improve
from penchant.agent.statements.listening import Heard
from penchant.errors import SEE_EVERYONE, ConflictError, ErasedError, NotFoundError, PenchantError
from penchant.store.documents import Documents
from penchant.store.edits import Edits
from penchant.store.erase import erase_rows
from penchant.store.event import EventType
from penchant.store.names import Names
from penchant.store.profile import Profile
from penchant.store.profiles import Kind, ProfileVersion
from penchant.store.receipt import Degraded, LabelSources, UpdateReceipt, UserSummary, UserUpdate

if TYPE_CHECKING:
    from penchant.agent.app.services import Services

BATCH = 32
STAND_BACK_SECONDS = 0.2
REOFFERED = 8
SPOKEN = (EventType.MESSAGE, EventType.SEARCH)
Progress = Callable[[int, int], None]


class Updater:
    """Keeps the profiles of one installation. Thread-safe and process-safe: all state is in the store."""

    def __init__(self, parts: "Services") -> None:
        self.parts = parts
        self.edits = Edits(parts.database)
        self.documents = Documents(parts.database, parts.clock)
        self.names = Names(parts.database, parts.clock)
        self.naming = Naming(self.names, parts.catalogue, parts.embedder)
        self.folding = Folding(parts, self.documents)
        self.views = ProfileReader(parts, self.folding, self.naming, self.edits, self.documents)

    def update(
        self, user_ids: Sequence[str] | None = None, *, at: datetime | None = None, on_progress: Progress | None = None
    ) -> UpdateReceipt:
        """Fold new behaviour up to `at` (by default: until now) into the profiles of these users (None: of all)."""
        users = list(dict.fromkeys(user_ids)) if user_ids is not None else self.parts.ledger.users()
        done: list[UserUpdate] = []
        for start in range(0, len(users), BATCH):
            done += self._update_batch(users[start : start + BATCH], at)
            if on_progress:
                on_progress(len(done), len(users))
        if user_ids is None:
            self.learn_population()
        return UpdateReceipt(users=done)

    def profile(
        self,
        user_id: str,
        *,
        at: datetime | None = None,
        version: int | None = None,
        language: str | None = None,
        context: Mapping[str, str] | None = None,
    ) -> Profile:
        """The tree as of `at`; by default as of the latest update. Raises `NotFoundError` for a user nobody has seen."""
        return self.views.profile(user_id, at, version, language, context)

    def state(
        self, user_id: str, at: datetime | None = None, context: Mapping[str, str] | None = None
    ) -> LiveInterests:
        """The leaves as arrays, for the recommender. Raises `NotFoundError`."""
        return self.views.live(user_id, at, context)

    def rebuild(self, user_id: str) -> Profile:
        """The latest version as the ledger and the recorded names give it from scratch, to be compared with what is stored."""
        return self.views.rebuilt(user_id)

    def history(self, user_id: str) -> list[ProfileVersion]:
        """Every version of the user's profile, oldest first."""
        return self.parts.profiles.history(user_id)

    def diff(self, user_id: str, from_version: int, to_version: int) -> ProfileDiff:
        """What changed from one version to another. Raises `NotFoundError`."""
        return diff(self.profile(user_id, version=from_version), self.profile(user_id, version=to_version))

    def users(self) -> list[UserSummary]:
        """Everyone with behaviour or a profile, by id."""
        counts, heads = self.parts.ledger.counts(), self.parts.profiles.heads()
        return [_summary(user, counts.get(user, 0), heads.get(user)) for user in sorted(counts.keys() | heads.keys())]

    def calibrate(self) -> Calibration:
        """Measure the embedder on this catalogue anew; every profile is folded afresh at its next update. Raises `UsageError`."""
        return self.folding.calibrate()

    def learn_population(self) -> None:
        """Learn what users have in common: a function of their states alone, so it does not matter when it is asked."""
        while True:
            since = self.parts.erasures.number()
            population = self.population()
            if population is None:
                return
            try:
                self.documents.put(DOCUMENT, population.dump(), of_everybody_since=since)
                return
            except ConflictError:  # somebody was erased meanwhile
                continue

    def population(self, without: str | None = None) -> Population | None:
        """What everybody who allows it, `without` one user, teaches. None where they are too few."""
        barred = self.parts.consents.barred("profile")
        gone = {without, *(mark.user_id for mark in self.parts.erasures.under_way())}
        users = [user for user in self.parts.profiles.users() if user not in gone and not barred(user)]
        return learn_population([person for user in users if (person := self.views.person(user))])

    def save_edits(self, user_id: str, kind: Kind = "edit") -> int:
        """Make a version of the user's latest word, on top of whatever was folded; no behaviour is folded. Returns its number."""
        while True:
            head = self.parts.profiles.head(user_id)
            state, seq, engine = State(self.parts.embedder.dimensions), 0, self.folding.engine()
            if head is not None:
                state, seq, engine = decode(head.state), int(head.receipt["seq"]), head.receipt["engine"]
            folded = Folded(user_id, head, state, (), seq, engine)
            try:
                return self._save(folded, UserUpdate(user_id=user_id, version=folded.version), None, kind)
            except ConflictError:
                self._lost(user_id)

    def save_merged(self, user_id: str) -> int:
        """Make a version of everything that is written down, however it came in. Returns its number."""
        while True:
            folded = self.folding.fold(user_id, None)
            reply = self._read([folded]).get(user_id)
            try:
                return self._save(folded, _receipt(folded, reply), None, "import")
            except ConflictError:
                self._lost(user_id)

    def _lost(self, user_id: str) -> None:
        """Another writer was first: let the others through, who may do this work with theirs. Raises `NotFoundError` for the erased."""
        self._still_known(user_id)
        time.sleep(random.uniform(0.0, STAND_BACK_SECONDS))

    def _still_known(self, user_id: str) -> None:
        """Whoever was erased under our hands stays erased, with what was written meanwhile. Raises `NotFoundError`."""
        if not self.parts.ledger.count(user_id) and self.parts.profiles.head(user_id) is None:
            erase_rows(self.parts.database, user_id)
            raise NotFoundError(f"user {user_id!r} has been erased meanwhile: nothing was kept")

    # One batch of users

    def _update_batch(self, users: Sequence[str], at: datetime | None) -> list[UserUpdate]:
        folded, failed = [], self._withheld(users)
        for user in users:
            if user in failed:
                continue
            try:
                one = self.folding.fold(user, at)
                self._must_be_known(one)
                folded.append(one)
            except PenchantError as error:
                failed[user] = self._failed(user, error)
        replies = self._read(folded)
        heard = self._heard(folded)
        saved = {one.user_id: self._settle(one, replies.get(one.user_id), at) for one in folded}
        for user, counts in heard.counts.items():
            saved[user].statements = counts
        return [failed.get(user) or saved[user] for user in users]

    def _heard(self, folded: Sequence[Folded]) -> Heard:
        """Have what the new messages state written down, before the profiles are saved that rest on them."""
        spoken = {
            one.user_id: [event for event in one.fresh if event.type in SPOKEN and event.said()] for one in folded
        }
        return self.parts.listener.hear({user: events for user, events in spoken.items() if events})

    def _settle(self, folded: Folded, reply: ReadReply | None, at: datetime | None) -> UserUpdate:
        """Save, and where another writer was first, fold again on top of theirs until it is saved or nothing is left to save."""
        while _changed(folded):
            receipt = _receipt(folded, reply)
            try:
                receipt.version = self._save(folded, receipt, at, "update")
                return receipt
            except ErasedError as error:
                return self._failed(folded.user_id, error)
            except ConflictError:
                try:
                    self._lost(folded.user_id)
                except NotFoundError as error:
                    return self._failed(folded.user_id, error)
                folded = self.folding.fold(folded.user_id, at)
                reply = self._read([folded]).get(folded.user_id, reply)
        return _receipt(folded, reply)

    def _save(self, folded: Folded, receipt: UserUpdate, at: datetime | None, kind: Kind) -> int:
        population = self.documents.head(DOCUMENT)
        body = receipt.model_dump(mode="json", exclude={"version"})
        body |= {"seq": folded.seq, "engine": folded.engine, "population": population.version if population else 0}
        return self.parts.profiles.save(
            folded.user_id,
            expected_version=folded.version,
            as_of=self._as_of(folded, at),
            state=encode(folded.state),
            receipt=body,
            kind=kind,
            of_known=True,
        )

    def _as_of(self, folded: Folded, at: datetime | None) -> datetime:
        """A profile speaks of the moment that was asked for; else of the user's latest behaviour, which needs no clock to repeat."""
        if not folded.state.n_events:
            said = self.edits.for_user(folded.user_id)
            return at or (said[-1].at if said else self.parts.clock.now())
        latest = moment(folded.state.at)
        before = folded.head.as_of if folded.head and not folded.fresh else latest
        return max(latest, at or before)

    # Reading what is new

    def _read(self, folded: Sequence[Folded]) -> dict[str, ReadReply]:
        """Have everything read that has no name yet, or only a rule's, all users in one go, and record it."""
        language = self.parts.settings.lang
        asked = [(one, request) for one in folded if (request := self._request(one, language))]
        if not asked:
            return {}
        replies = self.parts.reader.read([request for _, request in asked])
        for (_, request), reply in zip(asked, replies, strict=True):
            self.naming.record(request, reply, self.parts.model_name)
        return {one.user_id: reply for (one, _), reply in zip(asked, replies, strict=True)}

    def _request(self, folded: Folded, language: str) -> ReadRequest | None:
        shown = settled(folded.state, self.folding.calibration)
        named = self.naming.known([leaf.key for leaf in shown.leaves], language)
        groups = self.naming.groups([leaf for leaf in shown.leaves if leaf.key not in named])
        again = self._offered_again(shown, named)
        spoken = [event for event in folded.fresh if event.type in SPOKEN and event.said()]
        if not groups and not again and not spoken:
            return None
        fixed = named.keys() - {group.key for group in again}
        standing = [row for row in rows(shown, shown.at, named) if row.leaves[0].key in fixed]
        known = tuple(KnownInterest(row.id, row.path) for row in standing)
        remarks = tuple(Remark(event.event_id, event.said()) for event in spoken)
        return ReadRequest(folded.user_id, language, (*groups, *again), known, remarks)

    def _offered_again(self, shown: State, named: Mapping[str, Reading]) -> list[Group]:
        """Groups that have had to do with a rule's name so far, the heaviest first: some in every update."""
        by_rule = [leaf for leaf in shown.leaves if leaf.key in named and named[leaf.key].source == "rule"]
        if not by_rule:
            return []
        again = [leaf for leaf in by_rule if may_improve(named[leaf.key], self.parts.model)]
        again.sort(key=lambda leaf: (-leaf.count, leaf.key))
        offers = {leaf.key: named[leaf.key].offers for leaf in again}
        return self.naming.groups(again[:REOFFERED], offers)

    def _must_be_known(self, folded: Folded) -> None:
        """Raises `NotFoundError` for a user of whom nothing is written down."""
        user = folded.user_id
        if (
            folded.head is None
            and not folded.fresh
            and not self.parts.ledger.count(user)
            and not self.edits.for_user(user)
        ):
            raise NotFoundError(f"nobody has seen user {user!r}", SEE_EVERYONE)

    def _withheld(self, users: Sequence[str]) -> dict[str, UserUpdate]:
        """Receipts of those for whom nothing may be learnt; their profiles stay as they are."""
        notes = self.parts.permissions.against_learning(users)
        return {user: self._untouched(user, "degraded", note) for user, note in notes.items()}

    def _failed(self, user: str, error: PenchantError) -> UserUpdate:
        return self._untouched(user, "failed", Degraded(step="update", reason=str(error)))

    def _untouched(self, user: str, status: Literal["degraded", "failed"], note: Degraded) -> UserUpdate:
        head = self.parts.profiles.head(user)
        return UserUpdate(user_id=user, version=head.version if head else 0, degraded=[note], status=status)


def _changed(folded: Folded) -> bool:
    return bool(folded.fresh) or folded.remade


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


def _summary(user: str, events: int, head: ProfileVersion | None) -> UserSummary:
    return UserSummary(
        user_id=user, version=head.version if head else 0, events=events, updated_at=head.created_at if head else None
    )
