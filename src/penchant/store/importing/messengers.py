"""Messages between people as messengers export them in JSON: Telegram, Slack, Discord, Matrix, Messenger, Google Chat …

Nothing in them says which person is the user, so every message carries the names of its sender, and the import compares
them with the name that it was given. Chats that are plain text are in `text_chats`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from penchant.store.markup import readable

_FIELDS = frozenset(("user_id", "item_id", "at"))
"""Fields of events that no messenger's own messages have."""
_SPOKEN_IN_SLACK = (None, "thread_broadcast", "me_message", "file_share")
_IN_SLACK = re.compile(r"<([@#!]?)([^<>|]{1,2000})(?:\|([^<>]{0,2000}))?>")


def as_spoken(message: Any) -> Any:
    """Return a message of a messenger with `sender`, `speakers` (all names of the sender), `text` and `at`.

    Anything else is returned unchanged, also a row with fields of an event. What a program reports (somebody joined)
    has the role `system`.
    """
    if not isinstance(message, Mapping):
        return message
    forms = (_of_matrix,) if message.keys() & _FIELDS else _FORMS  # older messages of Matrix have a `user_id`
    return next((found for read in forms if (found := read(message)) is not None), message)


def _of_slack(message: Mapping[str, Any]) -> dict[str, Any] | None:
    if message.get("type") != "message" or "ts" not in message:
        return None
    is_spoken = message.get("subtype") in _SPOKEN_IN_SLACK and "bot_id" not in message
    profile = message.get("user_profile")
    profile = profile if isinstance(profile, Mapping) else {}
    names = [message.get("user"), *(profile.get(name) for name in ("real_name", "display_name", "name"))]
    text = message.get("text")
    plain = _IN_SLACK.sub(lambda found: found[3] or found[1] + found[2], text) if isinstance(text, str) else ""
    return spoken(names if is_spoken else (), readable(plain), message["ts"])


def _of_telegram(message: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = message.get("type")
    if kind not in ("message", "service") or "date" not in message or not message.keys() & {"from", "actor"}:
        return None
    text = "".join(_texts(message.get("text"))) if kind == "message" else ""
    at = message.get("date_unixtime") or message["date"]
    return spoken((message.get("from"), message.get("from_id")), text, at)


def _of_discord(message: Mapping[str, Any]) -> dict[str, Any] | None:
    author = message.get("author")
    if "Contents" in message and "Timestamp" in message:  # Discord's own export has the user's messages alone
        return {"role": "user", "text": message["Contents"], "at": message["Timestamp"], "speakers": ()}
    if "timestamp" not in message or not isinstance(message.get("content"), str):
        return None
    if not isinstance(author, Mapping) or not isinstance(author.get("name"), str):
        return None
    speakers = [author.get(name) for name in ("nickname", "name", "id")]
    return spoken(() if author.get("isBot") else speakers, message["content"], message["timestamp"])


def _of_meta(message: Mapping[str, Any]) -> dict[str, Any] | None:
    if "sender_name" not in message or "timestamp_ms" not in message:
        return None
    name, text = (_mended(message.get(part)) for part in ("sender_name", "content"))
    return spoken((name,), text, message["timestamp_ms"])


def _of_matrix(message: Mapping[str, Any]) -> dict[str, Any] | None:
    content = message.get("content")
    if not isinstance(content, Mapping) or not message.keys() >= {"sender", "origin_server_ts"}:
        return None
    return spoken((message["sender"],), content.get("body"), message["origin_server_ts"])


def _of_google_chat(message: Mapping[str, Any]) -> dict[str, Any] | None:
    creator = message.get("creator")
    if not isinstance(creator, Mapping) or "created_date" not in message:
        return None
    return spoken((creator.get("name"), creator.get("email")), message.get("text"), message["created_date"])


def _of_twitter(message: Mapping[str, Any]) -> dict[str, Any] | None:
    sent = message.get("messageCreate")
    if not isinstance(sent, Mapping) or "createdAt" not in sent:
        return None
    return spoken((sent.get("senderId"),), sent.get("text"), sent["createdAt"])


_FORMS = (_of_slack, _of_telegram, _of_discord, _of_meta, _of_matrix, _of_google_chat, _of_twitter)


def spoken(names: Sequence[Any], text: Any, at: Any) -> dict[str, Any]:
    """Return a message between people. `names`: all names of the sender; none where a program reports something."""
    speakers = [str(name) for name in names if isinstance(name, str | int) and str(name).strip()]
    by = {"sender": speakers[0]} if speakers else {"role": "system"}
    return {**by, "speakers": speakers, "text": text if isinstance(text, str) else "", "at": at}


def _texts(content: Any) -> Iterator[str]:
    for part in content if isinstance(content, list) else [content]:
        text = part.get("text") if isinstance(part, Mapping) else part
        if isinstance(text, str):
            yield text


def _mended(text: Any) -> Any:
    """Return a text of Meta's exports, which write each byte of UTF-8 as a character, as it was."""
    with suppress(UnicodeError, AttributeError):
        return text.encode("latin-1").decode()
    return text
