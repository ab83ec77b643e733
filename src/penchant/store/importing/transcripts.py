"""What a chat transcript says, whatever wrote it: whose it is, what they said and when (`chat_shapes` finds the messages).

One row is a whole conversation or one message. Only what the user said is behaviour; what the assistant said just before is kept beside
it, because "I love it" says nothing without. Where it offered several things, what the user makes of them is behaviour towards those;
what that is, whoever imports can tell (`Offers`).
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from penchant.store.event import MAX_TEXT, Event, EventType
from penchant.store.importing.chat_shapes import ExportedMessage, Messages, Role, messages_in
from penchant.store.importing.json_text import parse_json
from penchant.store.importing.rows import Row
from penchant.store.json_values import without_surrogates
from penchant.store.moments import Times

MAX_BEFORE = 400
"""Characters kept of what the assistant said before."""
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
)
_OWN_NAMES = ("id", "uuid", "_id")
_TIMES = ("at", "created_at", "createdAt", "create_time", "createTime", "timestamp", "time", "date", "sent_at")
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
    )
)
_EVENT = frozenset(("user_id", "type", "at"))


class Judgement(NamedTuple):
    """What the user made of `name`, which was offered."""

    name: str
    liked: bool


@dataclass(frozen=True)
class Offers:
    """How offers are read. `judged`: what a reply says of the things that an answer (first) offered; `titled`: the ids of the catalogue's
    items with these titles, by title in small letters."""

    judged: Callable[[str, str], Sequence[Judgement]] = lambda answer, reply: ()
    titled: Callable[[Sequence[str]], Mapping[str, str]] = lambda titles: {}


NO_OFFERS = Offers()


@dataclass(frozen=True)
class TranscriptTurn:
    """One message. `at` None: the transcript does not say when. `key`: what tells it from others where its place does not."""

    role: Role
    text: str
    at: datetime | None = None
    key: str = ""


@dataclass(frozen=True)
class Transcript:
    """One conversation, or one message of it (`single`). `name`: its id, empty where it has none; `at`: when it was, as a whole.

    `left`: messages of the user on branches that were given up; `strangers`: roles that are nobody's, and how often.
    """

    user_id: str | None
    name: str
    turns: tuple[TranscriptTurn, ...]
    at: datetime | None = None
    single: bool = False
    left: int = 0
    strangers: Counter[str] = field(default_factory=Counter)

    @property
    def why_nothing(self) -> str:
        """Why there is no word of the user in it, and what can be done."""
        if any(turn.role == "user" for turn in self.turns):
            return "the user's messages hold no text (pictures or files only)"
        if self.strangers:
            roles = ", ".join(sorted(self.strangers)[:5])
            return f"no message is the user's (there are those of {roles}): write 'user' for the role that is theirs"
        return "the user says nothing in it"


def transcript_in(row: Row, times: Times) -> Transcript | None:
    """The conversation or message in a row; None when the row is something else. Raises `ValueError` when it cannot be read."""
    record = _record(row)
    found = messages_in(record) if record is not None else None
    if found is None:
        return None
    outer = found.outer
    names = _NAMES if found.single else (*_NAMES, *_OWN_NAMES)
    turns = tuple(_turn(message, times, found) for message in found.messages)
    return Transcript(
        _first(outer, _USERS) or row.user_id,
        _first(outer, names) or "",
        turns,
        next((at for part in outer if (at := _moment(part, times)) is not None), None),
        found.single,
        found.left,
        Counter(message.role_name[:40] for message in found.messages if message.role == "unknown"),
    )


class Talk:
    """Conversations on their way to events. Positions and what was said before are kept across the messages of a file.

    `user_id`: whose a transcript is that does not say; `at`: when, for one that does not say; `offers`: how what was offered is read.
    """

    def __init__(self, user_id: str | None, at: datetime, offers: Offers = NO_OFFERS) -> None:
        self.user_id, self.at, self.offers = user_id, at, offers
        self.undated = self.cut = 0
        self._places: dict[tuple[str, str], int] = {}
        self._before: dict[tuple[str, str], str] = {}

    def events(self, transcript: Transcript) -> list[Event]:
        """An event for each thing the user said. Raises `ValueError` when it is not said who the user is."""
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
                events.append(_after(event, events[-1]) if events else event)
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
            event_id=f"m-{_digest(user, name, turn.key or str(place), turn.text)}",
            text=turn.text[:MAX_TEXT],
            context=context,
        )

    def _judged(self, message: Event, before: str) -> Iterator[Event]:
        """What the user made of what was offered `before`: a like of what was taken, a skip of an item of the catalogue that was not.

        Other things that were turned down tell nothing: no steak tonight is nothing against food.
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


def _turn(message: ExportedMessage, times: Times, found: Messages) -> TranscriptTurn:
    at = _moment(message.source, times)
    key = at.isoformat() if at is not None and found.single and "header" in message.source else ""
    return TranscriptTurn(message.role, without_surrogates(message.text), at, key)


def _dated(turn: TranscriptTurn, at: datetime | None, place: int) -> TranscriptTurn:
    """The turn with the conversation's time where it has none of its own, in the order in which things were said."""
    return turn if turn.at or not at else replace(turn, at=at + timedelta(milliseconds=place))


def _after(event: Event, before: Event) -> Event:
    """Messages of one second stay in the order in which they were said."""
    if event.at > before.at or event.at.replace(microsecond=0) != before.at.replace(microsecond=0):
        return event
    return event.model_copy(update={"at": before.at + timedelta(milliseconds=1)})


def _record(row: Row) -> Any:
    """The row as an object, if it looks like a conversation and not like an event. Events are not parsed twice."""
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
    return None if isinstance(content, Mapping) and content.keys() >= _EVENT else content


def _moment(record: Mapping[str, Any], times: Times) -> datetime | None:
    places = [place for place in (record, record.get("metadata")) if isinstance(place, Mapping)]
    value = next((place[name] for place in places for name in _TIMES if place.get(name) not in (None, "", 0)), None)
    return None if value is None else times.read(value)


def _first(records: tuple[Mapping[str, Any], ...], names: tuple[str, ...]) -> str | None:
    places = [place for record in records for place in (record, record.get("metadata")) if isinstance(place, Mapping)]
    values = (place.get(name) for place in places for name in names)
    return next((str(value) for value in values if isinstance(value, str | int) and str(value).strip()), None)


def _opening(transcript: Transcript) -> str:
    return next((turn.text for turn in transcript.turns if turn.role == "user"), "")


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=10).hexdigest()
