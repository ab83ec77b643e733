"""Forgetting a user in every place that holds something of theirs, and looking again.

What was learnt from everybody goes as a whole and is learnt again from those who remain. Rows go before caches, so that nothing fills them
again; a mark in the home says that an erasure is under way, and one that was cut off is finished by the next.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from penchant.agent.profiles.engine.fold import TEXT_KEPT
from penchant.agent.profiles.population import DOCUMENT
from penchant.store.embedders import CachedEmbedder
from penchant.store.erase import clear_bytes, count_rows, erase_rows
from penchant.store.importing.quarantine import count_in_quarantine, erase_from_quarantine
from penchant.store.plain import plain
from penchant.store.receipt import EraseReceipt

if TYPE_CHECKING:
    from penchant.agent.profiles.updater import Updater
    from penchant.agent.recommend.model_store import ModelStore
    from penchant.store.database import Database
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.ledger import Ledger

UNDER_WAY = "erasing"
SPOOLS = "stdin-*"
"""Folders in which a command keeps what arrives on stdin while it reads it."""


class Eraser:
    """Forgets users of one installation. Thread-safe."""

    def __init__(
        self,
        *,
        home: Path,
        database: "Database",
        ledger: "Ledger",
        updater: "Updater",
        embedder: "Embedder",
        model_store: "ModelStore",
    ) -> None:
        self.home, self.database, self.ledger = home, database, ledger
        self.updater, self.embedder, self.model_store = updater, embedder, model_store

    def erase(self, user_id: str) -> EraseReceipt:
        """Remove all that is held of `user_id`; say what was found, removed and found again.

        Asking twice is no error. Raises `StoreError`.
        """
        quarantine, mark = self.home / "quarantine", self.home / UNDER_WAY
        words = self._own_words(user_id)
        found = {"vectors": self._remembered(words), "quarantine": count_in_quarantine(quarantine, user_id)}
        with self.database.read() as connection:
            found |= count_rows(connection, user_id)
        spools = list(self.home.glob(SPOOLS))
        known = any(found.values()) or bool(spools) or mark.exists()
        mark.touch()
        shared = self._relearnt(user_id) if known else 0
        set_aside = erase_from_quarantine(quarantine, user_id)
        rows = erase_rows(self.database, user_id)
        learnt = self._forget_caches(spools) if known else 0
        notes = clear_bytes(self.database)
        mark.unlink()
        again = {"vectors": self._remembered(words), "quarantine": count_in_quarantine(quarantine, user_id)}
        return EraseReceipt(
            user_id=user_id,
            found={**rows.found, **found, "population": shared, "caches": learnt},
            removed={
                **rows.removed,
                "vectors": found["vectors"] - again["vectors"],
                "quarantine": set_aside,
                "population": shared,
                "caches": learnt,
            },
            residue=sum(rows.residue.values()) + sum(again.values()),
            notes=list(notes),
        )

    def _own_words(self, user_id: str) -> list[str]:
        """Every text by which something of the user's own may have been embedded."""
        said = [stored.event.said() for stored in self.ledger.events(user_id)]
        for edit in self.updater.edits.for_user(user_id):
            said += [edit.text or "", *edit.path, str(edit.details.get("span", ""))]
        forms = [form for text in said if text for form in (text, plain(text), plain(text)[:TEXT_KEPT])]
        return [text for text in dict.fromkeys(forms) if text]

    def _remembered(self, words: list[str]) -> int:
        embedder = self.embedder
        return embedder.count(words) if isinstance(embedder, CachedEmbedder) else 0

    def _relearnt(self, user_id: str) -> int:
        """Learn from everybody else what users have in common, in place of every version that the user had a part in."""
        updater = self.updater
        if updater.documents.head(DOCUMENT) is None:
            return 0
        population = updater.population(without=user_id)
        return updater.documents.rewrite(DOCUMENT, population.dump() if population else {})

    def _forget_caches(self, spools: list[Path]) -> int:
        """Vectors of everybody's words and the models of items: made again when needed; and what killed imports left of their input."""
        for spool in spools:
            shutil.rmtree(spool, ignore_errors=True)
        self.updater.views.kept.forget()
        embedder = self.embedder
        vectors = embedder.forget() if isinstance(embedder, CachedEmbedder) else 0
        return len(spools) + vectors + self.model_store.forget()


def unfinished(home: Path) -> Iterator[str]:
    """An erasure that was begun and not finished, in words."""
    if (home / UNDER_WAY).exists():
        yield "an erasure was cut off, or is under way: run `penchant erase` for that user again"
