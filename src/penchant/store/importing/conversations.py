"""Imports conversations into the ledger. Each line is accepted if it contains anything new, and a duplicate otherwise."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import ValidationError

from penchant.characters import counted
from penchant.store.event import MAX_TEXT, Event, EventType
from penchant.store.importing.admission import WITHHELD, Admission
from penchant.store.importing.batches import Import
from penchant.store.importing.quarantine import ERASED, explain, general
from penchant.store.importing.rows import Row
from penchant.store.importing.transcripts import Offers, Transcript, TranscriptReader, transcript_in
from penchant.store.ledger import Ledger

_UNREADABLE = "a conversation that cannot be read"
_NOTHING_SAID = "the user says nothing in it"
_FUTURE = "a message is in the future: check the clock and the time zone it was written with"


class Conversations:
    """The conversations of one file. `user_id`: the user of those that name none; `offers`: as in `TranscriptReader`."""

    def __init__(self, run: Import, ledger: Ledger, user_id: str | None, offers: Offers) -> None:
        self.run, self.ledger = run, ledger
        written = datetime.fromtimestamp(run.source.path.stat().st_mtime, UTC)
        self.talk = TranscriptReader(user_id, written, offers)
        self._speaker = run.fields.options.speaker or user_id
        self.messages = self.judged = self.others = self.lines = self.left = self.wordless = self.repeating = 0
        self.unknown_roles: Counter[str] = Counter()
        self._waiting: list[tuple[Row, str]] = []
        self._read: list[tuple[list[Row], list[Event]]] = []

    def take(self, rows: Sequence[Row], admission: Admission) -> list[Row]:
        """Store the users' messages in these rows, and return the rows that are not conversations."""
        rest = []
        for row in rows:
            try:
                transcript = transcript_in(row, self.run.fields, self._speaker)
            except ValueError as error:
                self.run.quarantine.add(row, f"{_UNREADABLE}: {error}", f"{_UNREADABLE}: {general(str(error))}")
                continue
            if transcript is None:
                rest.append(row)
            else:
                self._take_one(row, transcript, admission)
        self._write()
        return rest

    def done(self) -> list[str]:
        """Return notes for the receipt. Assistants' messages that no user's message follows go to quarantine."""
        for row, reason in self._waiting:
            by_person = reason != _NOTHING_SAID
            self.run.quarantine.add(row._replace(content=b"") if by_person else row, reason)
        if not self.lines:
            return []
        lines, messages = counted(self.lines, "line"), counted(self.messages, "message")
        notes = [f"{lines} of conversations: {messages} of users, {self.others} of others (read as context)"]
        notes += self._notes_of_counts()
        if self.unknown_roles:
            roles = ", ".join(f"{role} ({count})" for role, count in self.unknown_roles.most_common(5))
            notes.append(f"messages by none that is known as user or assistant were passed over: {roles}")
        if self.talk.undated:
            when = f"{self.talk.at:%Y-%m-%d %H:%M}Z"
            undated = counted(self.talk.undated, "message")
            notes.append(f"{undated}: without a time; they count as of {when}, when the file was written")
        return notes

    def _notes_of_counts(self) -> list[str]:
        notes = (
            (self.judged, "reaction", "likes and skips of what assistants had offered, read from the answers to it"),
            (self.left, "message", "of users, on branches that were given up, not read"),
            (self.wordless, "message", "of users, without text (pictures or files only), passed over"),
            (self.repeating, "conversation", "a name is written twice, with different values; the last one counts"),
            (self.talk.cut, "message", f"longer than {MAX_TEXT:,} characters; what comes after is left out"),
        )
        return [f"{counted(count, noun)}: {what}" for count, noun, what in notes if count]

    def _take_one(self, row: Row, transcript: Transcript, admission: Admission) -> None:
        self.lines += 1
        try:
            events = self.talk.events(transcript)
        except ValidationError as error:
            return self.run.quarantine.add(row, *explain(error), user_id=transcript.user_id)
        except ValueError as error:
            return self.run.quarantine.add(row, str(error), user_id=transcript.user_id)
        messages = sum(event.type == EventType.MESSAGE for event in events)
        self.messages += messages
        self.judged += len(events) - messages
        self.others += sum(turn.role not in ("user", "unknown") for turn in transcript.turns)
        self.left += transcript.left
        self.repeating += transcript.repeats
        self.wordless += sum(turn.role == "user" and not turn.text for turn in transcript.turns)
        self.unknown_roles += transcript.unknown_roles
        if not events and transcript.single:
            return self._waiting.append((row, transcript.reason_without_text))
        reason = self._why_not(transcript, events, admission)
        if reason is not None:
            shown = row._replace(content=b"") if reason == WITHHELD else row
            return self.run.quarantine.add(shown, reason, user_id=transcript.user_id)
        self._read.append(([*(waiting for waiting, _ in self._waiting), row], events))
        return self._waiting.clear()

    def _why_not(self, transcript: Transcript, events: list[Event], admission: Admission) -> str | None:
        if not events:
            return transcript.reason_without_text
        if admission.refuses(events[0].user_id):
            return WITHHELD
        return _FUTURE if any(event.at > admission.latest for event in events) else None

    def _write(self) -> None:
        """Store everything read since the last call, in one batch.

        Each unit is a line and the assistant's lines before it, which are counted the same way.
        """
        self.run.quarantine.flush()
        by_user: dict[str, set[str]] = {}
        for _, events in self._read:
            by_user.setdefault(events[0].user_id, set()).update(event.event_id for event in events)
        known = {(user, name) for user, names in by_user.items() for name in self.ledger.get(user, sorted(names))}
        batch = [event for _, events in self._read for event in events]
        gone = {batch[place].user_id for place in self.ledger.take(batch).erased}
        for rows, events in self._read:
            pairs = {(event.user_id, event.event_id) for event in events}
            if events[0].user_id in gone:
                for row in rows:
                    self.run.quarantine.add(row._replace(content=b""), ERASED)
            elif pairs <= known:
                self.run.receipt.duplicate += len(rows)
            else:
                self.run.receipt.accepted += len(rows)
            known |= pairs
        self._read.clear()
