"""A user's whole record as one document, and back: behaviour, every version of the profile, the user's own word, and the taxonomy."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from penchant.agent.profiles.engine.codec import decode, is_of_first_version
from penchant.agent.profiles.population import DOCUMENT
from penchant.agent.taxonomy.repository import decode as unpack
from penchant.agent.taxonomy.repository import encode
from penchant.agent.taxonomy.service import without
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import CorruptError, UsageError
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
    from penchant.agent.profiles.updater import Updater


class ExportedVersion(BaseModel):
    """One version. `state`: the engine's own memory, base64; `known`: how many of the exported events had arrived by then."""

    as_of: datetime
    kind: Kind
    state: str
    receipt: dict[str, Any]
    known: int


class ProfileExport(BaseModel):
    """`profile export`. `profile` is there to be read; the rest gives it back exactly. `events` in their order of arrival; `items`: those
    they are about; `taxonomies`: the versions of the taxonomy the profile was made with (base64, by number), without the items of others;
    `population`: what all users taught, for an installation that has learnt nothing yet. Records of the first version have no taxonomies:
    their behaviour and the user's word are taken in, and the profile is made anew."""

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

    @classmethod
    def parse(cls, text: str) -> "ProfileExport":
        """Read what `profile export` wrote. Raises `UsageError`."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the file"
            raise UsageError(
                f"this is no profile that `penchant profile export` wrote ({where}: {first['msg']})"
            ) from None


def export_profile(updater: "Updater", user_id: str) -> ProfileExport:
    """Everything the installation holds about how this user's profile came to be. Raises `NotFoundError`."""
    profile = updater.profile(user_id)
    arrived = sorted(updater.ledger.events(user_id), key=lambda stored: stored.seq)
    versions = [_version(updater, user_id, v.version, [s.seq for s in arrived]) for v in updater.history(user_id)]
    item_ids = sorted({stored.event.item_id for stored in arrived if stored.event.item_id})
    known = updater.taxonomies.catalogue.get(item_ids)
    numbers = sorted({int(version.receipt["engine"].get("taxonomy", 0)) for version in versions} - {0})
    return ProfileExport(
        user_id=user_id,
        profile=profile,
        events=[stored.event for stored in arrived],
        edits=updater.edits.for_user(user_id),
        statements=updater.statements.for_user(user_id),
        versions=versions,
        readings=updater.views.readings.for_user(user_id),
        taxonomies={number: _packed(updater.taxonomies.version(number), item_ids) for number in numbers},
        population=updater.documents.get(DOCUMENT),
        items=[known[item_id] for item_id in item_ids if item_id in known],
    )


def import_profile(updater: "Updater", record: ProfileExport) -> Profile:
    """Take a record in. Items the catalogue lacks are added. Raises `UsageError` for a record that does not fit this installation.

    A user nobody knows here gets it back as it was, every version of it; one who is known gets what is new in it, and a version of both.
    One that was stopped half way is finished by the next: the versions come last, all of them at once.
    """
    taxonomies = _check(record)
    new = _is_new(updater, record)
    _take_in(updater, record)
    if new and record.versions and record.format == "penchant-profile-2":
        _restore(updater, record, updater.taxonomies.adopt(taxonomies))
    else:
        updater.save_merged(record.user_id)
    return updater.profile(record.user_id)


def _is_new(updater: "Updater", record: ProfileExport) -> bool:
    """Whether nothing is known of the user but what an import of this very record has written down before it was stopped."""
    user = record.user_id
    if updater.profiles.head(user) is not None:
        return False
    known = {stored.event.event_id for stored in updater.ledger.events(user)}
    own_ids = {edit.edit_id for edit in updater.edits.for_user(user)}
    return known <= {event.event_id for event in record.events} and own_ids <= {edit.edit_id for edit in record.edits}


def _take_in(updater: "Updater", record: ProfileExport) -> None:
    catalogue = updater.taxonomies.catalogue
    missing = {item.item_id for item in record.items} - catalogue.get([item.item_id for item in record.items]).keys()
    catalogue.add([item for item in record.items if item.item_id in missing])
    if record.population and updater.documents.get(DOCUMENT) is None:
        updater.documents.put(DOCUMENT, record.population)
    updater.ledger.append(record.events)
    for edit in record.edits:
        updater.edits.append(edit)
    updater.statements.add({record.user_id: record.statements})


def _restore(updater: "Updater", record: ProfileExport, numbers: Mapping[int, int]) -> None:
    arrived = sorted(stored.seq for stored in updater.ledger.events(record.user_id))
    learnt = updater.documents.head(DOCUMENT)
    versions = []
    for version in record.versions:
        made_with = version.receipt["engine"]
        made_from = {
            "seq": arrived[version.known - 1] if version.known else 0,
            "engine": made_with
            | ({"taxonomy": numbers[int(made_with["taxonomy"])]} if made_with.get("taxonomy") else {}),
            "population": learnt.version if learnt else 0,
        }
        state = base64.b64decode(version.state)
        versions.append(VersionToRestore(version.as_of, version.kind, state, version.receipt | made_from))
    restore_versions(updater.database, updater.clock, record.user_id, versions, record.readings)


def _packed(taxonomy: Taxonomy, item_ids: Sequence[str]) -> str:
    """A taxonomy with these items alone, as text."""
    others = frozenset(taxonomy.item_ids) - frozenset(item_ids)
    return base64.b64encode(encode(without(taxonomy, others))).decode()


def _check(record: ProfileExport) -> list[Taxonomy]:
    """The taxonomies of a record that is whole. Raises `UsageError`."""
    strangers = {e.user_id for e in record.events} | {e.user_id for e in record.edits}
    if strangers - {record.user_id}:
        raise UsageError(f"this record of {record.user_id!r} holds behaviour of somebody else: export it again")
    if len({event.event_id for event in record.events}) < len(record.events):
        raise UsageError(f"this record of {record.user_id!r} holds an event twice: export it again")
    try:
        for version in record.versions:
            _check_state(version)
            if not 0 <= version.known <= len(record.events):
                raise CorruptError("a version knows more events than there are")
        if any(not 1 <= reading.version <= len(record.versions) for reading in record.readings):
            raise CorruptError("a reading is of a version that is missing")
        numbers = sorted(record.taxonomies)
        made_with = {int(version.receipt["engine"].get("taxonomy", 0)) for version in record.versions} - {0}
        if not made_with <= set(numbers):
            raise CorruptError("the taxonomy of a version is missing")
        return [unpack(base64.b64decode(record.taxonomies[number], validate=True), number) for number in numbers]
    except (CorruptError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"this record of {record.user_id!r} is damaged ({error}): export it again") from None


def _check_state(version: ExportedVersion) -> None:
    state = base64.b64decode(version.state, validate=True)
    if not is_of_first_version(state):
        decode(state)


def _version(updater: "Updater", user_id: str, number: int, arrived: list[int]) -> ExportedVersion:
    stored = updater.profiles.at_version(user_id, number)
    known = sum(seq <= int(stored.receipt["seq"]) for seq in arrived)
    state = base64.b64encode(stored.state).decode()
    return ExportedVersion(as_of=stored.as_of, kind=stored.kind, state=state, receipt=stored.receipt, known=known)
