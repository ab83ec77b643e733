"""Turns chat transcripts into events: whose they are, what the user wrote and when (`chat_shapes` finds the messages).

One row is a whole conversation or one message. Only the user's messages become events; the assistant's message before
them is stored as context, because "I love it" says nothing without it. If the assistant offered several things, the
user's opinion of them becomes events about those; the importing code knows which things these are (`Offers`).
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from penchant.store.event import MAX_TEXT, Event, EventType
from penchant.store.importing.chat_shapes import ExportedMessage, Messages, Role, messages_in
from penchant.store.importing.fields import Fields
from penchant.store.importing.json_text import Repeating, parse_json
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.rows import Row
from penchant.store.json_values import without_surrogates
from penchant.store.moments import Times

MAX_BEFORE = 400
"""The number of characters of the assistant's previous message that are stored."""
_USERS = ("user_id", "user", "userId", "resourceId", "resource_id")
_NAMES = (
    "conversation_id",
    "conversationId",
    "session",
    "session_id",
    "sessionId",
    "thread_id",
    "threadId",
    "chat_id",
    "chatId",
    "thread_path",
)
_OWN_NAMES = ("id", "uuid", "_id")
_TIMES = (
    *("at", "created_at", "createdAt", "create_time", "createTime", "timestamp", "time", "date_unixtime", "date"),
    *("sent_at", "inserted_at", "creationTime", "send_date"),
)
_HINTS = tuple(
    f'"{name}"'.encode()
    for name in (
        *(
            "messages",
            "conversations",
            "conversation",
            "role",
            "mapping",
            "chat_messages",
            "sender",
            "parts",
            "contents",
            "kwargs",
        ),
        *("human", "chunkedPrompt", "author", "turns", "dialog", "dialogue", "speaker", "history", "header"),
        *("ai", "HumanMessage", "HumanMessageChunk", "AIMessage", "AIMessageChunk", "chat_history", "responses"),
        *("fragments", "is_user", "isUser", "is_human", "isCreatedByUser", "ts", "Contents", "sender_name", "from"),
    )
)
_EVENT = frozenset(("user_id", "type", "at"))


class Judgement(NamedTuple):
    """The user's opinion of `name`, which the assistant offered."""

    name: str
    liked: bool


@dataclass(frozen=True)
class Offers:
    """How offers are interpreted.

    `judged(answer, reply)`: what the user's reply says about the things that the assistant's answer offered.
    `titled(titles)`: the ids of the catalogue's items with these titles, by title in lower case.
    """

    judged: Callable[[str, str], Sequence[Judgement]] = lambda answer, reply: ()
    titled: Callable[[Sequence[str]], Mapping[str, str]] = lambda titles: {}


NO_OFFERS = Offers()


@dataclass(frozen=True)
class TranscriptTurn:
    """One message. `at` None: the transcript does not contain its time. `key`: identifies it if its position does not."""

    role: Role
    text: str
    at: datetime | None = None
    key: str = ""


@dataclass(frozen=True)
class Transcript:
    """One conversation, or one message of it (`single`).

    `name`: its id, or "". `at`: the time of the whole. `left`: the number of the user's messages on abandoned
    branches. `unknown_roles`: unknown roles and how often each occurs. `repeats`: a name stands twice in it.
    """

    user_id: str | None
    name: str
    turns: tuple[TranscriptTurn, ...]
    at: datetime | None = None
    single: bool = False
    left: int = 0
    unknown_roles: Counter[str] = field(default_factory=Counter)
    repeats: bool = False

    @property
    def reason_without_text(self) -> str:
        """Why it contains no text of the user, and what can be done."""
        if any(turn.role == "user" for turn in self.turns):
            return "the user's messages hold no text (pictures or files only)"
        if self.unknown_roles:
            roles = ", ".join(sorted(self.unknown_roles)[:5])
            return f"no message is the user's (there are those of {roles}): name the one that is theirs with --speaker"
        return "the user says nothing in it"


def transcript_in(row: Row, fields: Fields, speaker: str | None = None) -> Transcript | None:
    """Return the conversation or message in a row; None if the row is something else.

    `fields`: which columns the caller has named as fields, and how times are read. `speaker`: the name of the user
    among people who talk with each other; by default, their id.

    Raises `ValueError` if it cannot be read.
    """
    times, record = fields.times, _record(row, fields.options)
    found = messages_in(record) if record is not None else None
    if found is None or (found.single and _is_behaviour(record, found.messages[0], fields)):
        return None
    outer = found.outer
    names = _NAMES if found.single else (*_NAMES, *_OWN_NAMES)
    user = _first_text(outer, _USERS) or row.user_id
    messages = [_of_user(message, speaker or user) for message in found.messages]
    turns = tuple(_turn(message, times, found) for message in messages)
    return Transcript(
        user,
        _first_text(outer, names) or "",
        turns,
        next((at for part in outer if (at := _moment(part, times)) is not None), None),
        found.single,
        found.left,
        Counter(message.role_name[:40] for message in messages if message.role == "unknown"),
        isinstance(record, Repeating),
    )


class TranscriptReader:
    """Converts the conversations of a file to events. Positions and previous messages are remembered across rows.

    `user_id`: the user of transcripts that name none; `at`: the time of those without times; `offers`: how offers are
    interpreted.
    """

    def __init__(self, user_id: str | None, at: datetime, offers: Offers = NO_OFFERS) -> None:
        self.user_id, self.at, self.offers = user_id, at, offers
        self.undated = self.cut = 0
        self._places: dict[tuple[str, str], int] = {}
        self._before: dict[tuple[str, str], str] = {}

    def events(self, transcript: Transcript) -> list[Event]:
        """Return the events of a transcript, one or more for each message of the user.

        Raises `ValueError` if the user is unknown.
        """
        user = transcript.user_id or self.user_id
        if user is None:
            raise ValueError("user_id is missing: name the user of the conversation with --user")
        name = transcript.name or ("" if transcript.single else _digest(_opening(transcript)))
        key = (user, name)
        place, before = (self._places.get(key, 0), self._before.get(key, "")) if transcript.single else (0, "")
        events: list[Event] = []
        for place, turn in enumerate(transcript.turns, start=place):  # noqa: B020 - goes on from where the conversation was
            if turn.role == "user" and turn.text:
                event = self._event(user, name, place, _dated(turn, transcript.at, place), before)
                events.append(_event_after(event, events[-1]) if events else event)
                events += self._judged(events[-1], before)
            before = turn.text if turn.role == "assistant" else "" if turn.role == "user" else before
        self._places[key], self._before[key] = place + 1, before
        return events

    def _event(self, user: str, name: str, place: int, turn: TranscriptTurn, before: str) -> Event:
        self.undated += turn.at is None
        self.cut += len(turn.text) > MAX_TEXT
        context: dict[str, Any] = {"turn": place} | ({"session": name} if name else {})
        if before:
            context["assistant"] = before[:MAX_BEFORE]
        return Event(
            user_id=user,
            type=EventType.MESSAGE,
            at=turn.at or self.at + timedelta(milliseconds=place),
            event_id=f"m-{_digest(user, '' if turn.key else name, turn.key or str(place), turn.text)}",
            text=turn.text[:MAX_TEXT],
            context=context,
        )

    def _judged(self, message: Event, before: str) -> Iterator[Event]:
        """Yield the user's opinions of what the assistant offered `before`: likes, and skips of items of the catalogue.

        A refusal of anything else says nothing: "no steak tonight" is not against food.
        """
        found = self.offers.judged(before, message.text or "") if before else ()
        items = self.offers.titled([judgement.name for judgement in found]) if found else {}
        for judgement in found:
            item = items.get(judgement.name.casefold())
            if judgement.liked or item is not None:
                yield Event(
                    user_id=message.user_id,
                    type=EventType.LIKE if judgement.liked else EventType.SKIP,
                    at=message.at,
                    event_id=f"o-{_digest(message.event_id, judgement.name)}",
                    item_id=item,
                    text=judgement.name,
                    context={key: message.context[key] for key in ("turn", "session") if key in message.context},
                )


def _of_user(message: ExportedMessage, speaker: str | None) -> ExportedMessage:
    """Return the message as the user's if it is by the person of this name."""
    is_theirs = speaker is not None and message.role == "unknown"
    names = {name.strip().casefold() for name in message.speakers} if is_theirs else set()
    return message._replace(role="user") if speaker is not None and speaker.strip().casefold() in names else message


def _turn(message: ExportedMessage, times: Times, found: Messages) -> TranscriptTurn:
    """Return a message as a turn, identified by its time if another export may begin elsewhere in the conversation."""
    at = _moment(message.source, times)
    is_part = "speakers" in message.source or (found.single and "header" in message.source)
    key = at.isoformat() if at is not None and is_part else ""
    return TranscriptTurn(message.role, without_surrogates(message.text), at, key)


def _dated(turn: TranscriptTurn, at: datetime | None, place: int) -> TranscriptTurn:
    """Return the turn with the conversation's time if it has none of its own, in the order of the messages."""
    return turn if turn.at or not at else replace(turn, at=at + timedelta(milliseconds=place))


def _event_after(event: Event, before: Event) -> Event:
    """Return the event with a time after `before` if both are in the same second, so that messages keep their order."""
    if event.at > before.at or event.at.replace(microsecond=0) != before.at.replace(microsecond=0):
        return event
    return event.model_copy(update={"at": before.at + timedelta(milliseconds=1)})


def _record(row: Row, options: ImportOptions) -> Any:
    """Return the parsed row if it resembles a conversation, else None. Rows that are events are not parsed twice."""
    content: Any = row.content
    if row.problem is not None:
        return None
    if isinstance(content, bytes):
        if not any(hint in content for hint in _HINTS):
            return None
        try:
            content = parse_json(content)
        except ValueError:
            return None
    return None if isinstance(content, Mapping) and _field_names(content, options) >= _EVENT else content


def _is_behaviour(record: Any, message: ExportedMessage, fields: Fields) -> bool:
    """Return whether what resembles a message by no known role is an event: it is about an item, or the caller said so.

    Whoever names columns, or one type for all rows, expects events; whoever names the speaker expects a chat.
    """
    if message.role in ("user", "assistant") or fields.options.speaker is not None:
        return False
    names = _field_names(record, fields.options)
    expects_events = bool(fields.options.columns or fields.options.event_type)
    return "item_id" in names or (expects_events and {*names, *fields.given} >= _EVENT)


def _field_names(record: Mapping[str, Any], options: ImportOptions) -> AbstractSet[str]:
    """Return the names in a row, with the fields that the caller's columns are in their place."""
    asked = {column: name for name, column in options.columns.items()}
    return {asked.get(name, name) for name in record} if asked else record.keys()


def _moment(record: Mapping[str, Any], times: Times) -> datetime | None:
    places = [place for place in (record, record.get("metadata")) if isinstance(place, Mapping)]
    value = next((place[name] for place in places for name in _TIMES if place.get(name) not in (None, "", 0)), None)
    return None if value is None else times.read(value)


def _first_text(records: tuple[Mapping[str, Any], ...], names: tuple[str, ...]) -> str | None:
    places = [place for record in records for place in (record, record.get("metadata")) if isinstance(place, Mapping)]
    values = (place.get(name) for place in places for name in names)
    return next((str(value) for value in values if isinstance(value, str | int) and str(value).strip()), None)


def _opening(transcript: Transcript) -> str:
    return next((turn.text for turn in transcript.turns if turn.role == "user"), "")


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=10).hexdigest()
