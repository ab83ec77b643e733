"""Reads what was learnt from all users, as a profile of a version or of a moment uses it. Writes nothing."""

from datetime import datetime

from penchant.agent.profiles.population import DOCUMENT, IMPORTED_DOCUMENT, Population, imported_population
from penchant.store.documents import Documents
from penchant.store.profile_states import ProfileState
from penchant.store.profiles import StoredProfile


class PopulationReader:
    """Reads the populations of one installation."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        #: the newest population and the `ProfileState.shared` that it belongs to; the same for all users, and slow to decode
        self._newest: tuple[int, Population | None] | None = None

    def of_version(self, version: StoredProfile) -> Population | None:
        """Return the population that this version of a profile was made with."""
        learnt, imported = version.receipt["population"], version.receipt.get("brought")
        if not learnt:
            return None
        return Population.load(
            self.documents.get(*((IMPORTED_DOCUMENT, imported["version"]) if imported else (DOCUMENT, learnt)))
        )

    def known_at(
        self, at: datetime | None, head: StoredProfile | None, known: ProfileState | None = None
    ) -> Population | None:
        """Return what was learnt from all users by `at` (default: now). For a profile imported from another installation (`head`: its
        newest version), the population imported with it. `known`: as in `ProfileReader`.
        """
        imported = imported_population(self.documents, head.receipt) if head else None
        if imported is not None:
            elsewhere = Population.load(imported)
            if at is None or (elsewhere is not None and elsewhere.as_of <= at.timestamp()):
                return elsewhere
        if known is not None and known.learnt is None:
            return None
        if known is None or at is not None:
            return self._learnt_by(at)
        newest = self._newest
        if newest is None or newest[0] != known.shared:
            newest = self._newest = (known.shared, self._learnt_by(None))
        return newest[1]

    def forget(self) -> None:
        """Clear the population cached in memory."""
        self._newest = None

    def _learnt_by(self, at: datetime | None) -> Population | None:
        """Return what was learnt here from all users by `at` (None: now)."""
        newest = self.documents.head(DOCUMENT)
        for number in range(newest.version if newest else 0, 0, -1):
            body = newest.body if newest and newest.version == number else self.documents.get(DOCUMENT, number)
            found = Population.load(body)
            if at is None or found is None or found.as_of <= at.timestamp():
                return found
        return None
