"""What a chat transcript says, whatever wrote it: OpenAI messages, ShareGPT, or messages as MCP has them.

One line is a whole conversation (`messages` or `conversations`) or one message (`role` and `content`). Only what the user said is
behaviour; what the assistant said just before is kept beside it, because "I love it" says nothing without.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from penchant.store.event import MAX_TEXT, Event, EventType, parse_moment
from penchant.store.importing.rows import Row

Role = Literal["user", "assistant", "other"]
MAX_BEFORE = 400
"""Characters kept of what the assistant said before."""
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("user", "human", "prompter"), "user"),
    **dict.fromkeys(("assistant", "gpt", "chatgpt", "bot", "model", "ai"), "assistant"),
}
_WHOLE = ("messages", "conversations")
_USERS = ("user_id", "user", "userId")
_NAMES = ("conversation_id", "id", "session", "session_id", "thread_id")
_TIMES = ("at", "created_at", "create_time", "timestamp", "time", "date")
_HINTS = (b'"messages"', b'"conversations"', b'"role"')


@dataclass(frozen=True)
class Turn:
    """One message. `at` None: the transcript does not say when."""

    role: Role
    text: str
    at: datetime | None = None


@dataclass(frozen=True)
class Transcript:
    """One conversation, or one message of it (`single`). `name`: its id, empty where it has none; `at`: when it was, as a whole."""

    user_id: str | None
    name: str
    turns: tuple[Turn, ...]
    at: datetime | None = None
    single: bool = False


def transcript_in(row: Row) -> Transcript | None:
    """The conversation or message in a row; None when the row is something else. Raises `ValueError` when it cannot be read."""
    record = _record(row)
    if record is None:
        return None
    whole = next((record[name] for name in _WHOLE if isinstance(record.get(name), list)), None)
    turns = tuple(_turns(whole if whole is not None else [record]))
    return Transcript(_first(record, _USERS), _first(record, _NAMES) or "", turns, _moment(record), whole is None)


class Talk:
    """Conversations on their way to events. Positions and what was said before are kept across the messages of a file.

    `user_id`: whose a transcript is that does not say; `at`: when, for one that does not say.
    """

    def __init__(self, user_id: str | None, at: datetime) -> None:
        self.user_id, self.at = user_id, at
        self.undated = 0
        self._places: dict[tuple[str, str], int] = {}
        self._before: dict[tuple[str, str], str] = {}

    def events(self, said: Transcript) -> list[Event]:
        """An event for each thing the user said. Raises `ValueError` when it is not said who the user is."""
        user = said.user_id or self.user_id
        if user is None:
            raise ValueError("user_id is missing: name the user of the conversation with --user")
        name = said.name or ("" if said.single else _digest(_opening(said)))
        key = (user, name)
        place, before = (self._places.get(key, 0), self._before.get(key, "")) if said.single else (0, "")
        made = []
        for place, turn in enumerate(said.turns, start=place):  # noqa: B020 - goes on from where the conversation was
            if turn.role == "user" and turn.text:
                made.append(self._event(user, name, place, _dated(turn, said.at, place), before))
            before = turn.text if turn.role == "assistant" else "" if turn.role == "user" else before
        self._places[key], self._before[key] = place + 1, before
        return made

    def _event(self, user: str, name: str, place: int, turn: Turn, before: str) -> Event:
        self.undated += turn.at is None
        context: dict[str, Any] = {"turn": place} | ({"session": name} if name else {})
        if before:
            context["assistant"] = before[:MAX_BEFORE]
        return Event(
            user_id=user,
            type=EventType.MESSAGE,
            at=turn.at or self.at + timedelta(milliseconds=place),
            event_id=f"m-{_digest(user, name, str(place), turn.text)}",
            text=turn.text[:MAX_TEXT],
            context=context,
        )


def _dated(turn: Turn, at: datetime | None, place: int) -> Turn:
    """The turn with the conversation's time where it has none of its own, in the order in which things were said."""
    return turn if turn.at or not at else replace(turn, at=at + timedelta(milliseconds=place))


def _record(row: Row) -> dict[str, Any] | None:
    """The row as an object, if it looks like a conversation and not like an event. Events are not parsed twice."""
    content = row.content
    if row.problem is not None:
        return None
    if isinstance(content, bytes):
        if not any(hint in content for hint in _HINTS):
            return None
        try:
            content = json.loads(content)
        except (ValueError, RecursionError):
            return None
    if not isinstance(content, dict) or ("type" in content and "user_id" in content and "at" in content):
        return None
    whole = any(isinstance(content.get(name), list) for name in _WHOLE)
    return content if whole or ("role" in content and "content" in content) else None


def _turns(messages: list[Any]) -> Iterator[Turn]:
    for message in messages:
        if not isinstance(message, Mapping):
            raise ValueError("a message of the conversation is not an object")
        role = str(message.get("role", message.get("from", ""))).casefold()
        said = next((message[name] for name in ("content", "value", "text") if name in message), "")
        yield Turn(_ROLES.get(role, "other"), " ".join(_texts(said)).strip(), _moment(message))


def _texts(content: Any) -> Iterator[str]:
    """The text of a message: a string, a part, or a list of parts; pictures and tool results are passed over."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for part in content:
            yield from _texts(part)
    elif isinstance(content, Mapping) and content.get("type", "text") in ("text", "input_text"):
        yield from _texts(content.get("text", ""))


def _moment(record: Mapping[str, Any]) -> datetime | None:
    value = next((record[name] for name in _TIMES if record.get(name) is not None), None)
    return None if value is None else parse_moment(value)


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    metadata = record.get("metadata")
    places = [record, metadata] if isinstance(metadata, Mapping) else [record]
    values = (place.get(name) for place in places for name in names)
    return next((str(value) for value in values if isinstance(value, str | int) and str(value)), None)


def _opening(said: Transcript) -> str:
    return next((turn.text for turn in said.turns if turn.role == "user"), "")


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()
