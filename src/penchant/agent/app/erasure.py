"""Erases a user from every place that stores something about them, and checks afterwards that nothing is left.

An erasure begins by marking the user in the database, so that writes for this user that are under way are refused
(`store.erasures`), and ends by removing the mark. Every step can be repeated: an erasure that was interrupted is
completed by erasing the same user again, or by the next erasure of any user once `ABANDONED` has passed. What was
learnt from all users is discarded as a whole and learnt again from those who remain. Rows are removed before caches,
so that caches cannot be filled from them again.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from penchant.agent.profiles.population import DOCUMENT, IMPORTED_DOCUMENT
from penchant.agent.profiles.words import MOST_WORDS
from penchant.store.embedders import CachedEmbedder
from penchant.store.erase import LOG_IN_USE, Erasure, clear_bytes, count_rows, empty_log, erase_rows
from penchant.store.importing.quarantine import count_in_quarantine, erase_from_quarantine
from penchant.store.plain import plain
from penchant.store.receipt import EraseReceipt
from penchant.store.spool import remove_abandoned

if TYPE_CHECKING:
    from penchant.agent.profiles.population_learner import PopulationLearner
    from penchant.agent.profiles.reader import ProfileReader
    from penchant.agent.recommend.model_store import ModelStore
    from penchant.store.access_tokens import AccessTokens
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.user_records import UserRecords

TOKENS = "access_tokens"
ABANDONED = timedelta(minutes=10)
"""An erasure that began longer ago than this was interrupted."""
_IN_USE = "an import that is being read holds its input until it ends: what it says of the user is left out"


class _Removed(NamedTuple):
    """What an erasure has removed: rows of the database, and counts of everything else."""

    population: int
    quarantine: int
    tokens: int
    rows: Erasure
    caches: int

    def receipt(
        self, user_id: str, found: Mapping[str, int], again: Mapping[str, int], notes: list[str]
    ) -> EraseReceipt:
        """Return the receipt. `found`: counts before; `again`: counts afterwards of what is outside the rows."""
        learnt, rows = {"population": self.population, "caches": self.caches}, self.rows
        return EraseReceipt(
            user_id=user_id,
            found={**rows.found, **found, **learnt, TOKENS: found[TOKENS] + self.tokens},
            removed={
                **rows.removed,
                TOKENS: rows.removed[TOKENS] + self.tokens,
                "vectors": found["vectors"] - again["vectors"],
                "quarantine": self.quarantine,
                **learnt,
            },
            residue=sum(rows.residue.values()) + sum(again.values()),
            notes=notes,
        )


class Eraser:
    """Erases users of one installation. Thread-safe."""

    def __init__(
        self,
        *,
        home: Path,
        records: "UserRecords",
        reader: "ProfileReader",
        learner: "PopulationLearner",
        embedder: "Embedder",
        model_store: "ModelStore",
        tokens: "AccessTokens",
    ) -> None:
        self.home, self.records = home, records
        self._quarantine = home / "quarantine"
        self.database, self.erasures, self.documents = records.database, records.erasures, records.documents
        self.reader, self.learner, self.embedder, self.model_store = reader, learner, embedder, model_store
        self.tokens = tokens

    def erase(self, user_id: str) -> EraseReceipt:
        """Remove everything that is stored about `user_id`; the receipt counts what was found, removed and left.

        Erasing a user twice is no error. Raises `StoreError`.
        """
        for mark in self.erasures.under_way():
            if mark.user_id != user_id and mark.at < self.erasures.clock.now() - ABANDONED:
                self._erase(mark.user_id)
        return self._erase(user_id)

    def _erase(self, user_id: str) -> EraseReceipt:
        cut_off = any(mark.user_id == user_id for mark in self.erasures.under_way()) or self.erasures.to_overwrite() > 0
        self.erasures.forget_old()
        self.erasures.begin(user_id)
        words = self._own_words(user_id)
        found = self._count_outside(user_id, words)
        with self.database.read() as connection:
            rows = count_rows(connection, user_id)
        spools, in_use = remove_abandoned(self.home)
        known = any(found.values()) or any(rows.values()) or bool(spools) or cut_off
        removed = self._remove(user_id, spools, known=known)
        notes = self._overwrite(user_id, [_IN_USE] if in_use else [])
        return removed.receipt(user_id, rows | found, self._count_outside(user_id, words), notes)

    def _count_outside(self, user_id: str, words: list[str]) -> dict[str, int]:
        """Return how much of the user is outside the rows of the database, by place."""
        return {"vectors": self._count_vectors(words), "quarantine": count_in_quarantine(self._quarantine, user_id)}

    def _remove(self, user_id: str, spools: int, *, known: bool) -> "_Removed":
        """Remove what is stored about the user, in the order of these lines. `known`: whether there is anything."""
        return _Removed(
            population=self._relearn_population(user_id) if known else 0,
            quarantine=erase_from_quarantine(self._quarantine, user_id),
            tokens=self._forget_tokens(user_id),
            rows=erase_rows(self.database, user_id),
            caches=spools + (self._forget_caches() if known else 0),
        )

    def _overwrite(self, user_id: str, notes: list[str]) -> list[str]:
        """Overwrite what was removed, remove the mark, and return `notes` with what is left for the operator to do."""
        notes = [*clear_bytes(self.database), *notes]
        self.erasures.end(user_id)
        if empty_log(self.database):
            self.erasures.mark_overwritten()
        elif not notes:  # a reader has started in the meantime
            notes.append(LOG_IN_USE)
        return notes

    def _forget_tokens(self, user_id: str) -> int:
        """Remove the user's access tokens where they are stored in another database than this; return how many.

        The tokens of a tenant are stored in the database of the root installation; all others are removed with the
        rows.
        """
        return self.tokens.forget(user_id) if self.tokens.database is not self.database else 0

    def _own_words(self, user_id: str) -> list[str]:
        """Return every text of the user that may have been embedded."""
        texts = [stored.event.said() for stored in self.records.ledger.events(user_id)]
        for edit in self.records.edits.for_user(user_id):
            texts += [edit.text or "", *edit.path, str(edit.details.get("span", ""))]
        for statement in self.records.statements.for_user(user_id):
            texts += [statement.subject, statement.text, f"{statement.subject}. {statement.text}"[:300]]
        forms = [form for text in texts if text for form in (text, plain(text), plain(text)[:MOST_WORDS])]
        return [text for text in dict.fromkeys(forms) if text]

    def _count_vectors(self, words: list[str]) -> int:
        embedder = self.embedder
        return embedder.count(words) if isinstance(embedder, CachedEmbedder) else 0

    def _relearn_population(self, user_id: str) -> int:
        """Learn the population without the user, in place of every stored version; return how many were replaced."""
        brought = self._forget_imported_populations(user_id)
        if self.documents.head(DOCUMENT) is None:
            return brought
        population = self.learner.population(without=user_id)
        return brought + self.documents.rewrite(DOCUMENT, population.dump() if population else {})

    def _forget_imported_populations(self, user_id: str) -> int:
        """Remove populations that came with the user's record or belong to no profile; return how many.

        The user was one of those they were learnt from.
        """
        if self.documents.head(IMPORTED_DOCUMENT) is None:
            return 0
        theirs = _imported_populations([version.receipt for version in self.records.profiles.history(user_id)])
        others = _imported_populations(
            [head.receipt for user, head in self.records.profiles.heads().items() if user != user_id]
        )
        return self.documents.rewrite(IMPORTED_DOCUMENT, {}, but=others - theirs)

    def _forget_caches(self) -> int:
        """Clear the vectors of all users' texts and the item models, which are made again when needed; return how many."""
        self.learner.forget()
        self.reader.forget()
        embedder = self.embedder
        vectors = embedder.forget() if isinstance(embedder, CachedEmbedder) else 0
        return vectors + self.model_store.forget()


def _imported_populations(receipts: Iterable[Mapping[str, Any]]) -> set[int]:
    """Return the version numbers of the populations that were imported with these profile versions."""
    return {receipt["brought"]["version"] for receipt in receipts if "brought" in receipt}
