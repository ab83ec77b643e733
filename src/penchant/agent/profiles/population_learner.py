"""Learns what users have in common from the stored states of all who allow it."""

from collections.abc import Sequence
from dataclasses import replace

from penchant.agent.profiles.engine.codec import decode
from penchant.agent.profiles.engine.projection import People
from penchant.agent.profiles.folding import Folded
from penchant.agent.profiles.population import DOCUMENT, Person, Population, learn_population
from penchant.agent.taxonomy.service import TaxonomyService
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import ConflictError, CorruptError
from penchant.store.consents import Consents
from penchant.store.user_records import UserRecords

BATCH = 256
PEOPLE_KEPT = 200_000


class PopulationLearner:
    """Learns the population of one installation. Keeps what users contribute in memory, by version of their profile and taxonomy."""

    def __init__(
        self,
        *,
        records: UserRecords,
        consents: Consents,
        taxonomies: TaxonomyService,
    ) -> None:
        self.profiles, self.edits = records.profiles, records.edits
        self.documents, self.erasures = records.documents, records.erasures
        self.consents, self.taxonomies = consents, taxonomies
        self._people: dict[str, tuple[int, int, Person | None]] = {}

    def learn(self) -> None:
        """Learn and store what users have in common. The result depends only on their stored states."""
        while True:
            since = self.erasures.number()
            population = self.population()
            if population is None:
                return
            try:
                self.documents.put(DOCUMENT, population.dump(), of_everybody_since=since)
                return
            except ConflictError:  # a user was erased meanwhile
                continue

    def population(self, without: str | None = None) -> Population | None:
        """Learn from all users who allow it, except the user `without`. Returns None for too few users."""
        refuses = self.consents.refuses("profile")
        taxonomy = self.taxonomies.current()
        versions = {user: head.version for user, head in self.profiles.heads().items()}
        gone = {without, *(mark.user_id for mark in self.erasures.under_way())}
        users = [user for user in versions if user not in gone and not refuses(user)]
        portraits = self.edits.active_texts("attribute")
        self._read_people([user for user in users if not self._is_read(user, versions[user], taxonomy)], taxonomy)
        people = [(self._people[user][2], tuple(portraits.get(user, ()))) for user in users if user in self._people]
        heard = [replace(person, portrait=portrait) for person, portrait in people if person is not None]
        return learn_population(heard, [node.id for node in taxonomy.topics])

    def remember(self, saved: Sequence[Folded], taxonomy: Taxonomy) -> None:
        """Cache the contributions of users who were just folded, so that they need not be read again."""
        if len(self._people) > PEOPLE_KEPT:
            self._people.clear()
        people = People(taxonomy)
        for folded in saved:
            self._people[folded.user_id] = (folded.version + 1, taxonomy.version, people.person(folded.state))

    def forget(self) -> None:
        """Clear what is kept in memory, because a user is being erased."""
        self._people.clear()

    def _is_read(self, user: str, version: int, taxonomy: Taxonomy) -> bool:
        known = self._people.get(user)
        return known is not None and known[:2] == (version, taxonomy.version)

    def _read_people(self, users: Sequence[str], taxonomy: Taxonomy) -> None:
        """Cache the contributions of these users from their stored states. A state that cannot be read contributes nothing."""
        people = People(taxonomy)
        for start in range(0, len(users), BATCH):
            for user, head in self.profiles.heads_of(users[start : start + BATCH]).items():
                self._people.pop(user, None)
                try:
                    person = people.person(decode(head.state))
                except CorruptError:
                    person = None
                self._people[user] = (head.version, taxonomy.version, person)
