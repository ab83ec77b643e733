"""Updates profiles with new behaviour: taxonomy → ledger → fold → save, many users at once.

Work on the catalogue is done once, before the first user. Saving is a compare-and-swap; a writer that loses folds again on top of the
winner's version, and the caller does not notice.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from penchant.agent.privacy.consent import Permissions
from penchant.agent.profiles.engine.codec import decode, encode, is_of_first_version
from penchant.agent.profiles.engine.state import State
from penchant.agent.profiles.engine.tree import instant
from penchant.agent.profiles.folding import Folded, Folding, receipt_of
from penchant.agent.profiles.personal_reading import PersonalReader
from penchant.agent.profiles.population import DOCUMENT
from penchant.agent.profiles.population_learner import PopulationLearner
from penchant.agent.profiles.reader import ProfileReader
from penchant.agent.taxonomy.service import TaxonomyService
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import SEE_EVERYONE, ErasedError, NotFoundError, PenchantError
from penchant.prompts.remarks import remark
from penchant.store.clock import Clock
from penchant.store.erase import erase_rows
from penchant.store.profiles import Kind, NewVersion
from penchant.store.receipt import Degraded, UpdateReceipt, UserUpdate
from penchant.store.user_records import UserRecords
from penchant.store.work_counts import WORK

if TYPE_CHECKING:
    from penchant.agent.statements.listener import DetectedStatements, StatementListener

BATCH = 256
MAX_BACK_OFF_SECONDS = 0.2
Progress = Callable[[int, int], None]


class Updater:
    """Maintains the profiles of one installation. Thread-safe and process-safe: all state is in the store."""

    def __init__(
        self,
        *,
        records: UserRecords,
        permissions: Permissions,
        taxonomies: TaxonomyService,
        folding: Folding,
        reader: ProfileReader,
        listener: "Callable[[], StatementListener]",
        learner: PopulationLearner,
        personal_reader: PersonalReader | None,
        clock: Clock,
    ) -> None:
        self.database, self.ledger, self.profiles = records.database, records.ledger, records.profiles
        self.edits, self.statements = records.edits, records.statements
        self.documents, self.erasures = records.documents, records.erasures
        self.permissions, self.taxonomies, self.folding, self.reader = permissions, taxonomies, folding, reader
        self.listener, self.learner, self.personal_reader, self.clock = listener, learner, personal_reader, clock

    def update(
        self, user_ids: Sequence[str] | None = None, *, at: datetime | None = None, on_progress: Progress | None = None
    ) -> UpdateReceipt:
        """Fold new behaviour up to `at` (default: now) into the profiles of these users (None: of all). Returns a receipt."""
        taxonomy, change = self.taxonomies.refresh()
        if user_ids is not None:
            users = list(dict.fromkeys(user_ids))
            waiting = set(users)
        else:
            arrivals = self.ledger.last_arrivals()
            users, waiting = sorted(arrivals, key=str.encode), self._waiting(arrivals, taxonomy)
        done: dict[str, UserUpdate] = {}
        for start in range(0, len(users), BATCH):
            done |= self._update_batch([user for user in users[start : start + BATCH] if user in waiting], at, taxonomy)
            if on_progress:
                on_progress(min(start + BATCH, len(users)), len(users))
        idle = [user for user in users if user not in done]
        done |= self._idle(idle) if idle else {}
        if user_ids is None:
            self.learner.learn()
        return UpdateReceipt(users=[done[user] for user in users], taxonomy=change)

    def save_edits(self, user_id: str, kind: Kind = "edit") -> int:
        """Save a version with the user's latest edits on top of the last folded state; folds no behaviour. Returns its number."""
        while True:
            head = self.profiles.head(user_id)
            state, seq, engine = State(), 0, self.folding.engine()
            if head is not None and not is_of_first_version(head.state):
                state, seq, engine = decode(head.state), int(head.receipt["seq"]), head.receipt["engine"]
            folded = Folded(user_id, head, state, seq, engine)
            if self._save_one(folded, UserUpdate(user_id=user_id, version=folded.version), None, kind):
                return folded.version + 1
            self._back_off(user_id)

    def save_merged(self, user_id: str) -> int:
        """Save a version of everything stored for the user, whatever its source. Returns its number."""
        taxonomy, _ = self.taxonomies.refresh()
        while True:
            folded = self._folded_anew(user_id, None, taxonomy)
            if self._save_one(folded, receipt_of(folded), None, "import"):
                return folded.version + 1
            self._back_off(user_id)

    def _back_off(self, user_id: str) -> None:
        """Wait a random short time after losing to another writer, who may do this work too. Raises `NotFoundError` for an erased user."""
        self._refuse_erased(user_id)
        time.sleep(random.uniform(0.0, MAX_BACK_OFF_SECONDS))

    def _refuse_erased(self, user_id: str) -> None:
        """Raise `NotFoundError` if the user was erased during the update, and erase what was written meanwhile."""
        if not self.ledger.count(user_id) and self.profiles.head(user_id) is None:
            erase_rows(self.database, user_id)
            raise NotFoundError(f"user {user_id!r} has been erased in the meantime: nothing was stored")

    # One batch of users

    def _waiting(self, arrivals: Mapping[str, int], taxonomy: Taxonomy) -> set[str]:
        """Return the users who need an update: for new arrivals, items that are now known, or another taxonomy."""
        heads = self.profiles.heads()
        current: dict[str, bool] = {}
        waiting = set()
        for user, last in arrivals.items():
            receipt = heads[user].receipt if user in heads else None
            if receipt is None or receipt["seq"] < last or receipt.get("unplaced", 1):
                waiting.add(user)
                continue
            engine = str(receipt["engine"])
            if engine not in current:
                current[engine] = self.folding.is_current(receipt["engine"], taxonomy)
            if not current[engine]:
                waiting.add(user)
        return waiting

    def _idle(self, users: Sequence[str]) -> dict[str, UserUpdate]:
        """Return receipts for users who need no update."""
        heads = self.profiles.heads()
        notes = self.permissions.refuses_learning(users)
        return {
            user: self._untouched(user, "degraded", notes[user])
            if user in notes
            else UserUpdate(user_id=user, version=heads[user].version)
            for user in users
        }

    def _update_batch(self, users: Sequence[str], at: datetime | None, taxonomy: Taxonomy) -> dict[str, UserUpdate]:
        if not users:
            return {}
        folded, done = self._folded(users, at, taxonomy)
        detected = self._detected(folded)
        for user, error in detected.failed.items() if detected else ():
            done[user] = self._failed(user, error)
            del folded[user]
        degraded = detected.degraded if detected else {}
        receipts = {user: receipt_of(result, degraded.get(user, ()), taxonomy) for user, result in folded.items()}
        if detected:
            detected.add_to(receipts)
        to_save = [(result, receipts[user]) for user, result in folded.items() if result.changed]
        late, gone = self._save(to_save, at, "update")
        for result, receipt in to_save:
            receipt.version = result.version + 1
        for user in late:
            receipts[user] = self._retry(user, at, taxonomy)
        for user in gone:
            receipts[user] = self._failed(user, _erased(user))
        _count([receipts[result.user_id] for result, _ in to_save])
        self.learner.remember([result for result, _ in to_save if result.user_id not in late | gone], taxonomy)
        self._read_profiles([user for user, result in folded.items() if result.changed and user not in gone], receipts)
        return done | receipts

    def _folded(
        self, users: Sequence[str], at: datetime | None, taxonomy: Taxonomy
    ) -> tuple[dict[str, Folded], dict[str, UserUpdate]]:
        """Return the states with the new behaviour, and the receipts of users who have none: refused, failed or unknown."""
        notes = self.permissions.refuses_learning(users)
        done = {user: self._untouched(user, "degraded", note) for user, note in notes.items()}
        folded: dict[str, Folded] = {}
        for user, outcome in self.folding.fold([user for user in users if user not in done], at, taxonomy).items():
            if isinstance(outcome, PenchantError):
                done[user] = self._failed(user, outcome)
            elif self._is_unknown(outcome):
                done[user] = self._failed(user, NotFoundError(remark("user_unknown", user=repr(user)), SEE_EVERYONE))
            else:
                folded[user] = outcome
        return folded, done

    def _read_profiles(self, users: Sequence[str], receipts: Mapping[str, UserUpdate]) -> None:
        """Have a capable model read the saved profiles that changed enough. Its failures do not affect the saved profiles."""
        reader = self.personal_reader
        if reader is None or not reader.is_capable:
            return
        for user, outcome in reader.read(
            users, lambda user: self.reader.profile(user, language=reader.language)
        ).items():
            receipt = receipts[user]
            receipt.llm += outcome.usage
            receipt.reading = outcome.saved
            if outcome.degraded:
                receipt.degraded += outcome.degraded
                receipt.status = "degraded"

    def _retry(self, user: str, at: datetime | None, taxonomy: Taxonomy) -> UserUpdate:
        """Fold again on top of another writer's version, until it is saved or there is nothing left to save."""
        while True:
            try:
                self._back_off(user)
                folded = self._folded_anew(user, at, taxonomy)
            except PenchantError as error:
                return self._failed(user, error)
            receipt = receipt_of(folded, (), taxonomy)
            if not folded.changed:
                return receipt
            try:
                saved = self._save_one(folded, receipt, at, "update")
            except ErasedError as error:
                return self._failed(user, error)
            if saved:
                receipt.version = folded.version + 1
                return receipt

    def _folded_anew(self, user: str, at: datetime | None, taxonomy: Taxonomy) -> Folded:
        outcome = self.folding.fold([user], at, taxonomy)[user]
        if isinstance(outcome, PenchantError):
            raise outcome
        return outcome

    def _detected(self, folded: Mapping[str, Folded]) -> "DetectedStatements | None":
        """Store the statements in new messages, before the profiles based on them are saved. None without messages."""
        spoken = {user: result.spoken for user, result in folded.items() if result.spoken}
        return self.listener().process(spoken) if spoken else None

    def _save_one(self, folded: Folded, receipt: UserUpdate, at: datetime | None, kind: Kind) -> bool:
        """Add a version. Returns False if another writer was first. Raises `ErasedError`."""
        late, gone = self._save([(folded, receipt)], at, kind)
        if gone:
            raise _erased(folded.user_id)
        return not late

    def _save(
        self, work: Sequence[tuple[Folded, UserUpdate]], at: datetime | None, kind: Kind
    ) -> tuple[set[str], set[str]]:
        """Add a version for each. Returns the users for whom another writer was first, and those who were erased meanwhile."""
        if not work:
            return set(), set()
        newest = self.documents.head(DOCUMENT)
        learnt = newest.version if newest else 0
        return self.profiles.save(
            [
                NewVersion(
                    user_id=folded.user_id,
                    expected_version=folded.version,
                    as_of=self._as_of(folded, at),
                    state=encode(folded.state),
                    receipt=_body(folded, receipt, learnt, kind),
                    kind=kind,
                )
                for folded, receipt in work
            ]
        )

    def _as_of(self, folded: Folded, at: datetime | None) -> datetime:
        """Return the time of a profile: as requested, else the latest behaviour, so that it is repeatable without a clock."""
        if not folded.state.n_events:
            edits = self.edits.for_user(folded.user_id)
            return at or (edits[-1].at if edits else self.clock.now())
        latest = instant(folded.state.at)
        before = folded.head.as_of if folded.head and not folded.events_new else latest
        return max(latest, at or before)

    def _is_unknown(self, folded: Folded) -> bool:
        """Return whether nothing is stored for a user."""
        user = folded.user_id
        return (
            folded.head is None
            and not folded.events_new
            and not self.ledger.count(user)
            and not self.edits.for_user(user)
        )

    def _failed(self, user: str, error: PenchantError) -> UserUpdate:
        return self._untouched(user, "failed", Degraded(step="update", reason=str(error)))

    def _untouched(self, user: str, status: Literal["degraded", "failed"], note: Degraded) -> UserUpdate:
        head = self.profiles.head(user)
        return UserUpdate(user_id=user, version=head.version if head else 0, degraded=[note], status=status)


def _count(receipts: Sequence[UserUpdate]) -> None:
    """Count what was folded, for the metrics."""
    done = [receipt for receipt in receipts if receipt.status != "failed"]
    WORK.add("folds", number=len(done))
    WORK.add("folded_events", "assigned", number=sum(receipt.assigned for receipt in done))
    WORK.add("folded_events", "pooled", number=sum(receipt.pooled for receipt in done))


def _erased(user: str) -> ErasedError:
    return ErasedError(f"user {user!r} has been erased in the meantime: nothing was stored")


def _body(folded: Folded, receipt: UserUpdate, learnt: int, kind: Kind) -> dict[str, Any]:
    """Return the receipt to store with a version, including what the version was made from. An edit keeps the imported population."""
    body = receipt.to_store()
    made_from = {"seq": folded.seq, "engine": folded.engine, "population": learnt}
    if kind in ("edit", "undo") and folded.head and "brought" in folded.head.receipt:
        made_from["brought"] = folded.head.receipt["brought"]
    return body | made_from | {"unplaced": len(folded.state.unplaced)}
