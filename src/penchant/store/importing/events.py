"""Imports events from a file into the ledger."""

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from pathlib import Path

from penchant.characters import counted
from penchant.errors import UsageError
from penchant.store.clock import Clock, SystemClock
from penchant.store.consents import Consents
from penchant.store.event import Event, refusal_reason, unknown_type
from penchant.store.importing.absent_items import AbsentItems
from penchant.store.importing.batches import Import, Progress
from penchant.store.importing.conversations import Conversations
from penchant.store.importing.differences import lines_in_words
from penchant.store.importing.fields import Fields
from penchant.store.importing.layouts import EVENTS
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.quarantine import ERASED
from penchant.store.importing.rows import Row
from penchant.store.importing.transcripts import NO_OFFERS, Offers
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt

BATCH = 5_000
AHEAD = timedelta(days=1)
"""How far clocks may differ: an event later than now plus this is refused."""
_FUTURE = "at is in the future: check the clock and the time zone it was written with"
_WITHHELD = "the user does not allow 'profile': nothing of the row is kept"


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
    differing: list[int] = []
    absent = AbsentItems(known_items)
    options = options or ImportOptions()
    if options.event_type is not None and options.event_type not in known_types:
        raise UsageError(
            f"--type {options.event_type[:40]!r} is unknown: the types are {', '.join(sorted(known_types))}"
        )
    given = {"user_id": user_id, "type": options.event_type}
    fields = Fields(EVENTS, options, given={name: value for name, value in given.items() if value is not None})
    with Import(
        path, quarantine_folder, clock, on_progress, fields=fields, user_id=user_id, erased=ledger.erased
    ) as run:
        talks = Conversations(run, ledger, user_id, offers)
        for batch in run.batches(BATCH):
            refuses = consents.refuses("profile") if consents else None
            latest = clock.now() + AHEAD
            rows = talks.take(batch, latest, refuses)
            checked = [_checked(row, run, known_types, latest, refuses) for row in rows]
            good = [(row.line, event) for row, event in zip(rows, checked, strict=True) if event is not None]
            absent.add([event.item_id for _, event in good if event.item_id is not None])
            run.quarantine.flush()
            appended = ledger.append_and_compare([event for _, event in good])
            run.receipt.accepted += appended.accepted
            run.receipt.duplicate += len(good) - appended.accepted - len(appended.erased)
            for place in appended.erased:
                run.quarantine.add(Row(good[place][0], b""), ERASED)
            differing += [good[place][0] for place in appended.differing]
        notes = talks.done()
        receipt = run.done()
    receipt.notes += notes
    if differing:
        receipt.notes.append(_told(differing))
    receipt.notes += absent.notes()
    return receipt


def _checked(
    row: Row, run: Import, known_types: Collection[str], latest: datetime, refuses: Callable[[str], bool] | None
) -> Event | None:
    event = run.checked(row, Event)
    if event is None:
        return None
    if refuses and refuses(event.user_id):
        run.quarantine.add(row._replace(content=b""), _WITHHELD)
        return None
    if event.type not in known_types:
        run.set_aside(row, unknown_type(event.type, known_types))
        return None
    if event.at > latest:
        run.set_aside(row, _FUTURE)
        return None
    if fault := refusal_reason(event):
        run.set_aside(row, fault)
        return None
    return event


def _told(lines: list[int]) -> str:
    duplicates, named = counted(len(lines), "duplicate"), lines_in_words(lines)
    return f"{duplicates}: other content than the event first kept under the same event_id, which stands: {named}"
