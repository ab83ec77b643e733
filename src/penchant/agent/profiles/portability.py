"""A user's whole record as one document, and back: behaviour, every version of the profile, the user's own word, and the names in use."""

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from penchant.agent.profiles.engine.codec import decode
from penchant.agent.profiles.engine.grouping import settled
from penchant.agent.profiles.folding import CALIBRATIONS
from penchant.agent.profiles.names import stated_key
from penchant.agent.profiles.population import DOCUMENT
from penchant.errors import CorruptError, UsageError
from penchant.store.edits import Edit
from penchant.store.event import Event
from penchant.store.identifiers import Identifier
from penchant.store.item import Item
from penchant.store.profile import Profile
from penchant.store.profiles import Kind
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
    they are about; `names`: readings by language and key; `calibration`, `population`: how the embedder was read and what all users taught,
    for an installation that knows neither yet."""

    format: Literal["penchant-profile-1"] = "penchant-profile-1"
    user_id: Identifier
    profile: Profile
    events: list[Event]
    edits: list[Edit]
    statements: list[Statement] = Field(default_factory=list)
    versions: list[ExportedVersion]
    names: dict[str, dict[str, dict[str, Any]]]
    calibration: dict[str, Any]
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
    arrived = sorted(updater.parts.ledger.events(user_id), key=lambda stored: stored.seq)
    edits = updater.edits.for_user(user_id)
    versions = [_version(updater, user_id, v.version, [s.seq for s in arrived]) for v in updater.history(user_id)]
    item_ids = sorted({stored.event.item_id for stored in arrived if stored.event.item_id})
    known = updater.parts.catalogue.get(item_ids)
    return ProfileExport(
        user_id=user_id,
        profile=profile,
        events=[stored.event for stored in arrived],
        edits=edits,
        statements=updater.parts.statements.for_user(user_id),
        versions=versions,
        names=_names(updater, [base64.b64decode(version.state) for version in versions], edits),
        calibration=dict(updater.documents.get(CALIBRATIONS) or {}),
        population=updater.documents.get(DOCUMENT),
        items=[known[item_id] for item_id in item_ids if item_id in known],
    )


def import_profile(updater: "Updater", record: ProfileExport) -> Profile:
    """Take a record in. Items the catalogue lacks are added. Raises `UsageError` for a record that does not fit this installation.

    A user nobody knows here gets it back as it was, every version of it; one who is known gets what is new in it, and a version of both.
    """
    strangers = not updater.parts.ledger.count(record.user_id) and updater.parts.profiles.head(record.user_id) is None
    _check(record)
    _take_in(updater, record)
    if strangers:
        _restore(updater, record)
    else:
        updater.save_merged(record.user_id)
    return updater.profile(record.user_id)


def _take_in(updater: "Updater", record: ProfileExport) -> None:
    parts = updater.parts
    missing = {item.item_id for item in record.items} - parts.catalogue.get([i.item_id for i in record.items]).keys()
    parts.catalogue.add([item for item in record.items if item.item_id in missing])
    kept = dict(updater.documents.get(CALIBRATIONS) or {})
    if parts.embedder.name in record.calibration and parts.embedder.name not in kept:
        updater.documents.put(CALIBRATIONS, kept | {parts.embedder.name: record.calibration[parts.embedder.name]})
    if record.population and updater.documents.get(DOCUMENT) is None:
        updater.documents.put(DOCUMENT, record.population)
    for language, readings in record.names.items():
        for source in ("rule", "llm"):
            said = {key: body for key, body in readings.items() if body.get("source", "rule") == source}
            updater.names.put(language, said, source=source)
    parts.ledger.append(record.events)
    for edit in record.edits:
        updater.edits.append(edit)
    updater.parts.statements.add({record.user_id: record.statements})


def _restore(updater: "Updater", record: ProfileExport) -> None:
    arrived = sorted(stored.seq for stored in updater.parts.ledger.events(record.user_id))
    learnt = updater.documents.head(DOCUMENT)
    for number, version in enumerate(record.versions):
        seq = arrived[version.known - 1] if version.known else 0
        updater.parts.profiles.save(
            record.user_id,
            expected_version=number,
            as_of=version.as_of,
            state=base64.b64decode(version.state),
            receipt=version.receipt | {"seq": seq, "population": learnt.version if learnt else 0},
            kind=version.kind,
        )


def _check(record: ProfileExport) -> None:
    strangers = {e.user_id for e in record.events} | {e.user_id for e in record.edits}
    if strangers - {record.user_id}:
        raise UsageError(f"this record of {record.user_id!r} holds behaviour of somebody else: export it again")
    try:
        for version in record.versions:
            decode(base64.b64decode(version.state, validate=True))
            if not 0 <= version.known <= len(record.events):
                raise CorruptError("a version knows more events than there are")
    except (CorruptError, ValueError) as error:
        raise UsageError(f"this record of {record.user_id!r} is damaged ({error}): export it again") from None


def _version(updater: "Updater", user_id: str, number: int, arrived: list[int]) -> ExportedVersion:
    stored = updater.parts.profiles.at_version(user_id, number)
    known = sum(seq <= int(stored.receipt["seq"]) for seq in arrived)
    state = base64.b64encode(stored.state).decode()
    return ExportedVersion(as_of=stored.as_of, kind=stored.kind, state=state, receipt=stored.receipt, known=known)


def _names(updater: "Updater", states: Iterable[bytes], edits: Iterable[Edit]) -> dict[str, dict[str, dict[str, Any]]]:
    keys = {leaf.key for data in states for leaf in settled(decode(data), updater.folding.calibration).leaves} | {
        stated_key(edit.text) for edit in edits if edit.text
    }
    found = {language: updater.names.get(sorted(keys), language) for language in ("en", "zh")}
    return {language: readings for language, readings in found.items() if readings}
