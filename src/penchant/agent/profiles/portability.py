"""Export and import of a user's whole record as one document: behaviour, all profile versions, edits, statements and the taxonomy."""

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from penchant.agent.profiles.engine.codec import decode, is_of_first_version
from penchant.agent.profiles.population import DOCUMENT, IMPORTED_DOCUMENT, Population, imported_population
from penchant.agent.taxonomy.repository import decode as unpack
from penchant.agent.taxonomy.repository import encode
from penchant.agent.taxonomy.service import without
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import CorruptError, UsageError
from penchant.store.column_types import encode_json
from penchant.store.edits import Edit
from penchant.store.event import Event
from penchant.store.identifiers import Identifier
from penchant.store.item import Item
from penchant.store.profile import Profile
from penchant.store.profiles import Kind
from penchant.store.readings import StoredReading
from penchant.store.restoring import VersionToRestore, restore_versions
from penchant.store.statement import Statement

if TYPE_CHECKING:
    from penchant.agent.profiles.reader import ProfileReader
    from penchant.agent.taxonomy.service import TaxonomyService
    from penchant.store.catalogue import Catalogue
    from penchant.store.clock import Clock
    from penchant.store.user_records import UserRecords

_NUMBERED_HERE = ("seq", "brought")
"""Fields of version receipts that refer to rows in this installation's own tables."""


class ExportedVersion(BaseModel):
    """One version. `state`: the engine's state, base64; `known`: how many of the exported events had arrived by then. In its `receipt`,
    `population` is 1 if a population had been learnt by then, else 0.
    """

    as_of: datetime
    kind: Kind
    state: str
    receipt: dict[str, Any]
    known: int


class ProfileExport(BaseModel):
    """The document of `profile export`. `profile` is for reading; the other fields restore it exactly. `events`: in order of arrival;
    `items`: those the events are about; `taxonomies`: the versions of the taxonomy the profile was made with (base64, by number),
    reduced to these items; `population`: what was learnt from all users, used for this profile until the importing installation has
    learnt its own. Records from the first version of Penchant have no taxonomies: their behaviour and edits are imported, and the
    profile is built anew.
    """

    model_config = ConfigDict(extra="forbid")

    format: Literal["penchant-profile-1", "penchant-profile-2"] = "penchant-profile-2"
    user_id: Identifier
    profile: Profile
    events: list[Event]
    edits: list[Edit]
    statements: list[Statement] = Field(default_factory=list)
    versions: list[ExportedVersion]
    readings: list[StoredReading] = Field(default_factory=list)
    taxonomies: dict[int, str] = Field(default_factory=dict)
    population: dict[str, Any] | None = None
    items: list[Item]

    @property
    def folded(self) -> int:
        """How many of the events had arrived by the newest version; 0 without versions."""
        return self.versions[-1].known if self.versions else 0

    @classmethod
    def parse(cls, text: str) -> "ProfileExport":
        """Read a document written by `profile export`. Raises `UsageError`."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the file"
            raise UsageError(
                f"this is not a profile that `penchant profile export` wrote ({where}: {first['msg']})"
            ) from None


class ProfileTransfer:
    """Exports and imports the records of users. `save_merged`: saves a profile version of everything that is stored for a user."""

    def __init__(
        self,
        *,
        records: "UserRecords",
        catalogue: "Catalogue",
        taxonomies: "TaxonomyService",
        reader: "ProfileReader",
        save_merged: "Callable[[str], int]",
        clock: "Clock",
    ) -> None:
        self.database, self.ledger, self.profiles = records.database, records.ledger, records.profiles
        self.edits, self.statements = records.edits, records.statements
        self.readings, self.documents = records.readings, records.documents
        self.catalogue, self.taxonomies, self.reader = catalogue, taxonomies, reader
        self.save_merged, self.clock = save_merged, clock

    def export(self, user_id: str) -> ProfileExport:
        """Return everything the installation stores about how this user's profile came about. Raises `NotFoundError`."""
        profile = self.reader.profile(user_id)
        head = self.profiles.head(user_id)
        imported = imported_population(self.documents, head.receipt) if head else None
        arrived = sorted(self.ledger.events(user_id), key=lambda stored: stored.seq)
        versions = [self._version(user_id, v.version, [s.seq for s in arrived]) for v in self.profiles.history(user_id)]
        item_ids = sorted({stored.event.item_id for stored in arrived if stored.event.item_id})
        known = self.catalogue.get(item_ids)
        numbers = sorted({int(version.receipt["engine"].get("taxonomy", 0)) for version in versions} - {0})
        return ProfileExport(
            user_id=user_id,
            profile=profile,
            events=[stored.event for stored in arrived],
            edits=self.edits.for_user(user_id),
            statements=self.statements.for_user(user_id),
            versions=versions,
            readings=self.readings.for_user(user_id),
            taxonomies={number: _packed(self.taxonomies.version(number), item_ids) for number in numbers},
            population=(self.documents.get(DOCUMENT) if imported is None else imported) or None,
            items=[known[item_id] for item_id in item_ids if item_id in known],
        )

    def import_record(self, record: ProfileExport) -> Profile:
        """Import a record and return the profile. Items missing from the catalogue are added. Raises `UsageError` for an invalid record.

        A user who is unknown here is restored exactly, with all versions. For a known user, what is new in the record is added and a new
        version is made from both; a record with nothing new changes nothing. An interrupted import is completed by the next one: the
        versions are written last, all at once.
        """
        taxonomies = _check(record)
        new = self._is_new(record)
        if self._is_known(record):
            return self.reader.profile(record.user_id)
        self._take_in(record)
        if new and record.versions and record.format == "penchant-profile-2":
            self._restore(record, self.taxonomies.adopt(taxonomies, record.items))
        else:
            self.save_merged(record.user_id)
        return self.reader.profile(record.user_id)

    def _is_new(self, record: ProfileExport) -> bool:
        """Return whether the user is unknown here, apart from what an interrupted import of the same record has written."""
        user = record.user_id
        if self.profiles.head(user) is not None:
            return False
        known = {stored.event.event_id for stored in self.ledger.events(user)}
        own_ids = {edit.edit_id for edit in self.edits.for_user(user)}
        return known <= {event.event_id for event in record.events} and own_ids <= {
            edit.edit_id for edit in record.edits
        }

    def _is_known(self, record: ProfileExport) -> bool:
        """Return whether everything in the record is stored here, and every event its newest version is made from is part of the profile
        here. Behaviour that waits for an update in the record may wait here too.
        """
        user, head = record.user_id, self.profiles.head(record.user_id)
        if head is None and record.versions:
            return False
        arrived, folded = self.ledger.events(user), int(head.receipt["seq"]) if head else 0
        waiting = {stored.event.event_id for stored in arrived if stored.seq > folded}
        own = {statement.id for statement in self.statements.for_user(user)}
        return (
            {event.event_id for event in record.events} <= {stored.event.event_id for stored in arrived}
            and waiting.isdisjoint(event.event_id for event in record.events[: record.folded])
            and {edit.edit_id for edit in record.edits} <= {edit.edit_id for edit in self.edits.for_user(user)}
            and {statement.id for statement in record.statements} <= own
            and not self._missing(record)
        )

    def _missing(self, record: ProfileExport) -> list[Item]:
        """Return the items of a record that the catalogue lacks."""
        known = self.catalogue.get([item.item_id for item in record.items])
        return [item for item in record.items if item.item_id not in known]

    def _take_in(self, record: ProfileExport) -> None:
        self.catalogue.add(self._missing(record))
        if record.population and self.documents.get(DOCUMENT) is None:
            self.documents.put(DOCUMENT, record.population)
        self.ledger.append(record.events)
        for edit in record.edits:
            self.edits.append(edit)
        self.statements.add({record.user_id: record.statements})

    def _restore(self, record: ProfileExport, numbers: Mapping[int, int]) -> None:
        arrived = sorted(stored.seq for stored in self.ledger.events(record.user_id))
        learnt, imported = self._learnt(record)
        versions = []
        for version in record.versions:
            made_with = version.receipt["engine"]
            made_from = imported | {
                "seq": arrived[version.known - 1] if version.known else 0,
                "engine": made_with
                | ({"taxonomy": numbers[int(made_with["taxonomy"])]} if made_with.get("taxonomy") else {}),
                "population": learnt if version.receipt.get("population") else 0,
            }
            state = base64.b64decode(version.state)
            versions.append(VersionToRestore(version.as_of, version.kind, state, version.receipt | made_from))
        restore_versions(self.database, self.clock, record.user_id, versions, record.readings)

    def _learnt(self, record: ProfileExport) -> tuple[int, dict[str, Any]]:
        """Return the number of this installation's newest population, and the receipt fields for imported versions: if the record's
        population differs, the number under which it is stored and the last own population until which it applies; else {}.
        """
        newest = self.documents.head(DOCUMENT)
        learnt = newest.version if newest else 0
        if encode_json((newest and newest.body) or {}) == encode_json(record.population or {}):
            return learnt, {}
        number = self.documents.put(IMPORTED_DOCUMENT, record.population or {})
        return learnt, {"brought": {"version": number, "until": learnt}}

    def _version(self, user_id: str, number: int, arrived: list[int]) -> ExportedVersion:
        stored = self.profiles.at_version(user_id, number)
        known = sum(seq <= int(stored.receipt["seq"]) for seq in arrived)
        state = base64.b64encode(stored.state).decode()
        receipt = {name: value for name, value in stored.receipt.items() if name not in _NUMBERED_HERE}
        receipt["population"] = int(stored.receipt["population"] > 0)
        return ExportedVersion(as_of=stored.as_of, kind=stored.kind, state=state, receipt=receipt, known=known)


def _packed(taxonomy: Taxonomy, item_ids: Sequence[str]) -> str:
    """Return a taxonomy, reduced to these items, as base64 text."""
    others = frozenset(taxonomy.item_ids) - frozenset(item_ids)
    return base64.b64encode(encode(without(taxonomy, others))).decode()


def _check(record: ProfileExport) -> list[Taxonomy]:
    """Validate a record and return its taxonomies. Raises `UsageError`."""
    other_users = {e.user_id for e in record.events} | {e.user_id for e in record.edits}
    if other_users - {record.user_id}:
        raise UsageError(f"this record of {record.user_id!r} holds behaviour of somebody else: export it again")
    if not (record.events or record.edits or record.statements or record.versions):
        raise UsageError(f"this record of {record.user_id!r} holds nothing to import: export it again")
    if len({event.event_id for event in record.events}) < len(record.events):
        raise UsageError(f"this record of {record.user_id!r} holds an event twice: export it again")
    try:
        for version in record.versions:
            _check_state(version)
            if not 0 <= version.known <= len(record.events):
                raise CorruptError("a version has more events than the record")
        if any(not 1 <= reading.version <= len(record.versions) for reading in record.readings):
            raise CorruptError("a reading is of a version that is missing")
        numbers = sorted(record.taxonomies)
        made_with = {int(version.receipt["engine"].get("taxonomy", 0)) for version in record.versions} - {0}
        if not made_with <= set(numbers):
            raise CorruptError("the taxonomy of a version is missing")
        Population.load(record.population)
        return [unpack(base64.b64decode(record.taxonomies[number], validate=True), number) for number in numbers]
    except (AttributeError, CorruptError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"this record of {record.user_id!r} is damaged ({error}): export it again") from None


def _check_state(version: ExportedVersion) -> None:
    state = base64.b64decode(version.state, validate=True)
    if not is_of_first_version(state):
        decode(state)
