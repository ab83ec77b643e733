"""Imports events from a file into the ledger."""

from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from penchant.characters import counted
from penchant.errors import UsageError
from penchant.store.clock import Clock, SystemClock
from penchant.store.consents import Consents
from penchant.store.event import Event, refusal_reason, unknown_type
from penchant.store.importing.absent_items import AbsentItems
from penchant.store.importing.admission import WITHHELD, Admission
from penchant.store.importing.batches import Import, Progress
from penchant.store.importing.conversations import Conversations
from penchant.store.importing.differences import lines_in_words
from penchant.store.importing.fields import Fields
from penchant.store.importing.layouts import EVENTS
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.quarantine import ERASED
from penchant.store.importing.repeats import Repeats
from penchant.store.importing.rows import Row
from penchant.store.importing.transcripts import NO_OFFERS, Offers
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt

BATCH = 5_000
_FUTURE = "at is in the future: check the clock and the time zone it was written with"


def import_events(
    path: Path,
    ledger: Ledger,
    *,
    known_types: Collection[str],
    quarantine_folder: Path,
    consents: Consents | None = None,
    clock: Clock | None = None,
    user_id: str | None = None,
    options: ImportOptions | None = None,
    on_progress: Progress | None = None,
    offers: Offers = NO_OFFERS,
    known_items: Callable[[list[str]], AbstractSet[str]] | None = None,
) -> ImportReceipt:
    """Import a file into the ledger, one transaction per batch.

    It can be interrupted and repeated: nothing is lost or counted twice.

    `known_types`: the event types that have a weight. Rows with other types go to a file in `quarantine_folder`, with
    all rows that cannot be read. If a user does not allow `profile` (`consents`), not even the quarantined row is
    stored.
    Chat transcripts are imported too. `user_id`: the user of rows and transcripts that name none. `options`: how the file is
    written. `offers`: how users' opinions of things that were offered in a transcript are recognised; without it they
    are not. `known_items`: returns which items of a list the catalogue holds, for a note on those it does not; None if
    that is not known.
    Raises `UsageError` for a file that is unreadable or of no supported kind.
    """
    clock = clock or SystemClock()
    fields = _fields(options or ImportOptions(), user_id, known_types)
    with Import(
        path, quarantine_folder, clock, on_progress, fields=fields, user_id=user_id, erased=ledger.erased
    ) as run:
        talks = Conversations(run, ledger, user_id, offers)
        events = _Events(run, ledger, known_types, AbsentItems(known_items))
        for batch in run.batches(BATCH):
            admission = Admission.now(clock, consents)
            events.take(talks.take(batch, admission), admission)
        notes = [*talks.done(), *events.notes()]
        receipt = run.done()
    receipt.notes += notes
    return receipt


def _fields(options: ImportOptions, user_id: str | None, known_types: Collection[str]) -> Fields:
    """Return the fields of events, with user and type filled in where these are given. Raises `UsageError`."""
    if options.event_type is not None and options.event_type not in known_types:
        raise UsageError(
            f"--type {options.event_type[:40]!r} is unknown: the types are {', '.join(sorted(known_types))}"
        )
    given = {"user_id": user_id, "type": options.event_type}
    return Fields(EVENTS, options, given={name: value for name, value in given.items() if value is not None})


class _Events:
    """The events of one file, one in each row."""

    def __init__(self, run: Import, ledger: Ledger, known_types: Collection[str], absent: AbsentItems) -> None:
        self.run, self.ledger, self.known_types, self.absent = run, ledger, known_types, absent
        self.repeats = Repeats(ledger)
        self._differing: list[int] = []

    def take(self, rows: Sequence[Row], admission: Admission) -> None:
        """Store the events of these rows, and count them in the receipt."""
        checked = [(row.line, self._checked(row, admission)) for row in rows]
        good = [(line, event) for line, event in checked if event is not None]
        self.absent.add([event.item_id for _, event in good if event.item_id is not None])
        self.run.quarantine.flush()
        appended = self.ledger.append_and_compare([event for _, event in good])
        self.run.receipt.accepted += appended.accepted
        self.run.receipt.duplicate += len(good) - appended.accepted - len(appended.erased)
        for place in appended.erased:
            self.run.quarantine.add(Row(good[place][0], b""), ERASED)
        self._differing += [good[place][0] for place in appended.differing]
        self.repeats.add(good, appended.accepted)

    def notes(self) -> list[str]:
        """Return notes for the receipt."""
        return [*self._differences(), *self.repeats.notes(), *self.absent.notes()]

    def _differences(self) -> list[str]:
        """Return a note on the duplicates with other content than the stored event of the same id, if there are any."""
        if not self._differing:
            return []
        duplicates, named = counted(len(self._differing), "duplicate"), lines_in_words(self._differing)
        return [f"{duplicates}: other content than the event first kept under the same event_id, which stands: {named}"]

    def _checked(self, row: Row, admission: Admission) -> Event | None:
        """Return the event of a row; if it may not be stored, put the row in quarantine and return None."""
        event = self.run.checked(row, Event)
        if event is None:
            return None
        if admission.refuses(event.user_id):
            self.run.quarantine.add(row._replace(content=b""), WITHHELD)
            return None
        if (fault := self._fault(event, admission)) is None:
            return event
        self.run.set_aside(row, fault)
        return None

    def _fault(self, event: Event, admission: Admission) -> str | None:
        if event.type not in self.known_types:
            return unknown_type(event.type, self.known_types)
        return _FUTURE if event.at > admission.latest else refusal_reason(event)
