"""Verifies that profiles follow from the ledger: rebuilds each profile and compares it with the stored one, byte for byte."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from penchant.agent.profiles.engine.codec import decode, encode, is_of_first_version
from penchant.agent.profiles.engine.state import State
from penchant.agent.profiles.engine.tree import instant
from penchant.errors import CorruptError
from penchant.store.erasures import Erasures
from penchant.store.profile import Interest, Profile
from penchant.store.profiles import StoredProfile
from penchant.store.verify import verify as verify_store
from penchant.store.verify_index import verify_index

if TYPE_CHECKING:
    from penchant.agent.profiles.folding import Folding
    from penchant.agent.profiles.reader import ProfileReader
    from penchant.agent.taxonomy.service import TaxonomyService
    from penchant.store.catalogue import Catalogue
    from penchant.store.user_records import UserRecords

SHOWN = 5
Progress = Callable[[int, int], None]


class Difference(BaseModel):
    """How the stored profile of a user differs from the rebuilt one, in words."""

    user_id: str
    version: int
    what: list[str]


class Verification(BaseModel):
    """The result of `verify`. `findings`: inconsistent rows. `profiles`: how many were examined; `identical`: how many of them match;
    `behind`: users whose next update folds everything again, so their profiles were not compared; `differences`: the profiles that do
    not match.
    """

    findings: list[str] = Field(default_factory=list)
    profiles: int = 0
    identical: int = 0
    behind: list[str] = Field(default_factory=list)
    differences: list[Difference] = Field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether no fault was found."""
        return not self.findings and not self.differences


class Verifier:
    """Checks what one installation stores. Changes nothing."""

    def __init__(
        self,
        *,
        records: "UserRecords",
        catalogue: "Catalogue",
        taxonomies: "TaxonomyService",
        folding: "Folding",
        reader: "ProfileReader",
    ) -> None:
        self.database, self.erasures = records.database, records.erasures
        self.ledger, self.profiles = records.ledger, records.profiles
        self.catalogue, self.taxonomies, self.folding, self.reader = catalogue, taxonomies, folding, reader

    def verify(self, *, rebuild: bool = False, on_progress: Progress | None = None) -> Verification:
        """Check the stored data; with `rebuild`, also rebuild every profile and compare. Raises `StoreError`, `ModelError`."""
        of_index = verify_index(self.catalogue)
        known = [*verify_store(self.database), *_unfinished(self.erasures), *of_index]
        found = Verification(findings=known)
        users = self.profiles.users() if rebuild else []
        for done, user in enumerate(users, 1):
            self._compare(user, found)
            if on_progress:
                on_progress(done, len(users))
        return found

    def _compare(self, user: str, found: Verification) -> None:
        head = self.profiles.head(user)
        if head is None:
            return
        found.profiles += 1
        if is_of_first_version(head.state):
            found.behind.append(user)
            return
        try:
            stored = decode(head.state)
        except CorruptError as error:
            found.differences.append(Difference(user_id=user, version=head.version, what=[str(error)]))
            return
        if self._is_behind(user, head, stored):
            found.behind.append(user)
            return
        what = list(self._differences(user, head, stored))
        found.identical += not what
        if what:
            found.differences.append(Difference(user_id=user, version=head.version, what=what[:SHOWN]))

    def _is_behind(self, user: str, head: StoredProfile, stored: State) -> bool:
        """Return whether the next update would fold everything again: for late behaviour, newly known items, or another embedder or
        taxonomy.
        """
        return (
            not self.folding.is_current(head.receipt["engine"])
            or self.ledger.count_until(user, instant(stored.at)) != stored.n_events
            or self.folding.has_newly_known_items(stored)
        )

    def _differences(self, user: str, head: StoredProfile, stored: State) -> Iterator[str]:
        taxonomy = self.taxonomies.version(int(head.receipt["engine"]["taxonomy"]))
        anew = self.folding.from_scratch(user, instant(stored.at), taxonomy) if stored.n_events else State()
        if encode(anew) != head.state:
            yield from _state_differences(stored, anew)
        shown, rebuilt = self.reader.profile(user), self.reader.rebuilt(user)
        if shown.model_dump_json() != rebuilt.model_dump_json():
            yield from _profile_differences(shown, rebuilt)


def _unfinished(erasures: Erasures) -> Iterator[str]:
    """Yield a description of each erasure that was started and not finished."""
    for mark in erasures.under_way():
        yield f"an erasure was cut off, or is under way: run `penchant erase` for user {mark.user_id!r} again"
    if erasures.to_overwrite():
        yield "what was erased may still have bytes in the database file: run `penchant erase` for that user again"


def _state_differences(stored: State, anew: State) -> Iterator[str]:
    named = ("n_events", "assigned", "unexplained")
    yield from (
        f"stored {name} {getattr(stored, name)}, rebuilt {getattr(anew, name)}"
        for name in named
        if getattr(stored, name) != getattr(anew, name)
    )
    yield f"the stored memory of {len(stored.ids)} interests differs from the {len(anew.ids)} rebuilt"


def _profile_differences(shown: Profile, rebuilt: Profile) -> Iterator[str]:
    old, new = {node.id: node for node in shown.walk()}, {node.id: node for node in rebuilt.walk()}
    yield from (f"{_named(node)} does not follow from the ledger" for key, node in old.items() if key not in new)
    yield from (f"{_named(node)} is missing" for key, node in new.items() if key not in old)
    for key in old.keys() & new.keys():
        if old[key] != new[key]:
            yield f"{_named(old[key])}: strength {old[key].strength} stored, {new[key].strength} rebuilt"


def _named(node: Interest) -> str:
    return f"{' > '.join(node.path)} ({node.id})"
