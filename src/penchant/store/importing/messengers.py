"""Messages between people as messengers export them: WhatsApp, Telegram, Slack, Discord, Matrix, Messenger, Google Chat …

Nothing in them says which person is the user, so every message carries the names of its sender, and the import compares
them with the name that it was given.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from typing import Any

from penchant.errors import UsageError
from penchant.store.importing.encodings import is_utf8
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.rows import NOT_UTF8, Row, TextStream
from penchant.store.markup import readable

_FIELDS = frozenset(("user_id", "item_id", "at"))
"""Fields of events that no messenger's own messages have."""
_SPOKEN_IN_SLACK = (None, "thread_broadcast", "me_message", "file_share")
_IN_SLACK = re.compile(r"<([@#!]?)([^<>|]{1,2000})(?:\|([^<>]{0,2000}))?>")
_LEFT_TO_RIGHT = "\u200e"
_LINE = re.compile(
    r"\u200e?(?P<bracket>\[)?(?P<date>\d{1,4}(?P<mark>[./-])\d{1,2}(?P=mark)\d{1,4})\.?,?\s"
    r"(?:(?P<period>[上下]午|凌晨|早上|清晨|中午|晚上)\s?)?(?P<hour>\d{1,2})"
    r"[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?(?:\]\s|\s[-–]\s)"
    r"(?P<sender>\u200e?[^:\n]{1,100}?:(?:\s|$))?(?P<text>.*)",
    re.DOTALL,
)
_NO_WORDS = re.compile(
    r"<[^<>]{1,80}>|\S{1,100}\.\w{2,4} \([^()]{1,40}\)|(?:this message was|you) deleted(?: this message)?\.?"
    r"|(?:您|你)?已?删除(?:了?此|该)消息。?",
    re.IGNORECASE,
)
"""What a messenger writes in place of a picture, a file or a deleted message."""
_MARK_AT_END = re.compile(r"(?:\u200e<[^<>]{5,60}>|<This message was edited>)\Z")
MAX_CHAT = 256 * 1024 * 1024
"""The maximum size in bytes of a chat: a hundred times the longest one that WhatsApp exports."""


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
    return _spoken(names if is_spoken else (), readable(plain), message["ts"])


def _of_telegram(message: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = message.get("type")
    if kind not in ("message", "service") or "date" not in message or not message.keys() & {"from", "actor"}:
        return None
    text = "".join(_texts(message.get("text"))) if kind == "message" else ""
    at = message.get("date_unixtime") or message["date"]
    return _spoken((message.get("from"), message.get("from_id")), text, at)


def _of_discord(message: Mapping[str, Any]) -> dict[str, Any] | None:
    author = message.get("author")
    if "Contents" in message and "Timestamp" in message:  # Discord's own export has the user's messages alone
        return {"role": "user", "text": message["Contents"], "at": message["Timestamp"], "speakers": ()}
    if "timestamp" not in message or not isinstance(message.get("content"), str):
        return None
    if not isinstance(author, Mapping) or not isinstance(author.get("name"), str):
        return None
    speakers = [author.get(name) for name in ("nickname", "name", "id")]
    return _spoken(() if author.get("isBot") else speakers, message["content"], message["timestamp"])


def _of_meta(message: Mapping[str, Any]) -> dict[str, Any] | None:
    if "sender_name" not in message or "timestamp_ms" not in message:
        return None
    name, text = (_mended(message.get(part)) for part in ("sender_name", "content"))
    return _spoken((name,), text, message["timestamp_ms"])


def _of_matrix(message: Mapping[str, Any]) -> dict[str, Any] | None:
    content = message.get("content")
    if not isinstance(content, Mapping) or not message.keys() >= {"sender", "origin_server_ts"}:
        return None
    return _spoken((message["sender"],), content.get("body"), message["origin_server_ts"])


def _of_google_chat(message: Mapping[str, Any]) -> dict[str, Any] | None:
    creator = message.get("creator")
    if not isinstance(creator, Mapping) or "created_date" not in message:
        return None
    return _spoken((creator.get("name"), creator.get("email")), message.get("text"), message["created_date"])


_FORMS = (_of_slack, _of_telegram, _of_discord, _of_meta, _of_matrix, _of_google_chat)


def _spoken(names: Sequence[Any], text: Any, at: Any) -> dict[str, Any]:
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


def begins_whatsapp(beginning: bytes) -> bool:
    """Return whether a text begins with a dated line of a WhatsApp chat."""
    first = next((line for line in beginning[:2_000].decode("utf-8", "replace").splitlines() if line.strip()), "")
    return _LINE.match(first) is not None


def whatsapp_rows(text: TextStream, options: ImportOptions) -> Iterator[Row]:
    """Yield the whole chat as one row, after rows for lines that cannot be read.

    Raises `UsageError` if the order of day and month cannot be found out, or no zone is given.
    """
    found: list[tuple[re.Match[str], list[str]]] = []
    size = 0
    for line in text.lines():
        size += len(line.text)
        if size > MAX_CHAT:
            raise UsageError("the chat is larger than 256 MiB: import it in parts")
        if line.problem is not None or not is_utf8(line.text):
            yield Row(line.number, line.text, line.problem or NOT_UTF8)
            continue
        written = line.text.decode().rstrip("\r\n")
        head = _LINE.match(written)
        if head is not None and (not found or _form(head) == _form(found[0][0])):
            found.append((head, [head["text"]]))
        elif found:
            found[-1][1].append(written)
    if options.zone is None:
        raise UsageError("the times of a WhatsApp chat name no zone: say which it is with --zone, as in --zone +08:00")
    if not found:
        return
    dates = [tuple(re.split(r"[./-]", head["date"])) for head, _ in found]
    order = _order(dates, options.date_formats)
    messages = [_of_whatsapp(head, parts, date, order) for (head, parts), date in zip(found, dates, strict=True)]
    yield Row(1, {"conversation_id": "WhatsApp", "messages": messages})


def _form(head: re.Match[str]) -> tuple[object, ...]:
    """Return how a dated line is written, which is the same throughout a chat: other dated lines are pasted texts."""
    widths = tuple(len(part) > 2 for part in re.split(r"[./-]", head["date"]))
    return (
        head["bracket"],
        head["mark"],
        widths,
        head["second"] is None,
        head["half"] is None and head["period"] is None,
    )


def _of_whatsapp(head: re.Match[str], parts: Sequence[str], date: Sequence[str], order: str) -> dict[str, Any]:
    sender = (head["sender"] or "").strip(" :\u200e~\u202f\xa0\u202a\u202c")
    text = _MARK_AT_END.sub("", "\n".join(parts)).strip()
    is_words = not text.startswith(_LEFT_TO_RIGHT) and not _NO_WORDS.fullmatch(text)
    return _spoken((sender,), text if is_words else "", _moment(head, date, order))


def _moment(head: re.Match[str], date: Sequence[str], order: str) -> datetime | None:
    day, month, year = (int(date[order.index(part)]) for part in "dmy")
    hour, afternoon = int(head["hour"]), (head["half"] or "").lower() == "p" or head["period"] in ("下午", "晚上")
    if head["half"] or head["period"] not in (None, "中午"):
        hour = hour % 12 + 12 * afternoon if hour <= 12 else hour
    with suppress(ValueError):
        return datetime(year + 2_000 * (year < 100), month, day, hour, int(head["minute"]), int(head["second"] or 0))
    return None


def _order(dates: Sequence[Sequence[str]], formats: Sequence[str]) -> str:
    """Return the order of day, month and year: as a format says, or the only one in which all dates exist and follow
    one another. Raises `UsageError` if none fits, or several do.
    """
    if len(dates[0][0]) == 4:
        return "ymd"
    orders = [order for order in ("dmy", "mdy") if all(_exists(date, order) for date in dates)]
    named = next((pattern for pattern in formats if "%d" in pattern and "%m" in pattern), None)
    if named is not None:
        wanted = "dmy" if named.index("%d") < named.index("%m") else "mdy"
        orders = [order for order in orders if order == wanted]
    if not orders:
        shown = next(("/".join(date) for date in dates if not _exists(date, "dmy")), "/".join(dates[0]))
        raise UsageError(f"not all of its dates, such as {shown}, have the same order of day and month: check them")
    backwards = {order: _steps_back(dates, order) for order in orders}
    best = [order for order in orders if backwards[order] == min(backwards.values())]
    if len(best) == 1:
        return best[0]
    raise UsageError(
        f"it does not show whether {'/'.join(dates[0])} begins with the day or the month: say so with "
        "--date-format %d/%m/%y or --date-format %m/%d/%y"
    )


def _exists(date: Sequence[str], order: str) -> bool:
    return int(date[order.index("m")]) <= 12 and int(date[order.index("d")]) <= 31


def _steps_back(dates: Sequence[Sequence[str]], order: str) -> int:
    days = [tuple(int(date[order.index(part)]) for part in "ymd") for date in dates]
    return sum(after < before for before, after in pairwise(days))
