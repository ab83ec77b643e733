"""Events of a file that are stored already under other ids, such as those of a file that is imported again with other columns."""

from collections.abc import Sequence

from penchant.characters import counted
from penchant.store.event import Event
from penchant.store.importing.differences import lines_in_words
from penchant.store.ledger import Ledger

MIN_REPEATED_SHARE = 0.1
"""The part of the new events of a file from which on the receipt names repeated ones. A few happen twice within a second."""


class Repeats:
    """Finds events that the ledger has from before this import under another id, by user, item, type and time."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._before = ledger, ledger.last_seq()
        self._lines: list[int] = []
        self._new = 0

    def add(self, rows: Sequence[tuple[int, Event]], accepted: int) -> None:
        """Look up the events of some rows, of which `accepted` have been stored as new ones."""
        self._new += accepted
        if accepted and self._before:
            repeated = self._ledger.repeated([event for _, event in rows], self._before)
            self._lines += [rows[place][0] for place in repeated]

    def notes(self) -> list[str]:
        """Return a note for the receipt, or none."""
        if not self._lines or len(self._lines) < MIN_REPEATED_SHARE * self._new:
            return []
        return [
            f"{counted(len(self._lines), 'event')}: the same user, item, type and time is stored under another event_id from an "
            "earlier import, so they count twice. If this file was imported before with other --columns, remove the events of one "
            f"of the two imports with `penchant events remove`: {lines_in_words(self._lines)}"
        ]
