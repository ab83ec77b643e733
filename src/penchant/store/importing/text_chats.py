"""Chats between people that messengers export as plain text: WhatsApp and LINE.

A file may hold several chats of WhatsApp, one after the other. Dates are read in the one order of day and month in
which all of them exist and follow one another. A line whose date exists in no order is set aside, and so is an end of
the file of which it cannot be told whether it is another chat or a pasted text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from penchant.errors import UsageError
from penchant.store.importing.encodings import is_utf8
from penchant.store.importing.messengers import spoken
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.rows import NOT_UTF8, Line, Row, TextStream
from penchant.store.moments import local_time, orders_of_dates

_LEFT_TO_RIGHT = "\u200e"
_DATE = r"\d{1,4}(?P<mark>[./-])\d{1,2}(?P=mark)\d{1,4}"
_CLOCK = (
    r"(?:(?P<period>[上下]午|凌晨|早上|清晨|中午|晚上)\s?)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    r"(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
)
_WHATSAPP = re.compile(
    rf"\u200e?(?P<bracket>\[)?(?P<date>{_DATE})\.?,?\s{_CLOCK}(?:\]\s|\s[-–]\s)"
    r"(?P<sender>\u200e?[^:\n]{1,100}?:(?:\s|$))?(?P<text>.*)",
    re.DOTALL,
)
_LINE_TITLE = re.compile(
    r"\[LINE\] ?(?:Chat(?: history)? (?:with|in) (?P<en>[^\t,;]+)|[與与和](?P<zh>[^\t,;]+)的(?:聊天|对话|對話)(?:[记記][录錄])?"
    r"|(?P<group>[^\t,;]+)の?的?(?:トーク履歴|聊天[记記][录錄])|(?P<file>[^\t,;]+)\.txt)"
)
"""The first line of a chat of LINE, which names the other person or the group."""
_LINE_DAY = re.compile(
    rf"(?:[^\W\d]{{2,12}}\.?,?\s)?(?:(?P<date>{_DATE})|(?P<year>\d{{4}})年(?P<month>\d\d?)月(?P<day>\d\d?)日)\.?"
    r"\s?(?:[(（]?[^\W\d]{1,12}[)）]?)?"
)
_LINE_MESSAGE = re.compile(rf"{_CLOCK}(?P<tab>[\t ])(?P<rest>.*)", re.DOTALL)
_NO_WORDS = re.compile(
    r"<[^<>]{1,80}>|\S{1,100}\.\w{2,4} \([^()]{1,40}\)|(?:this message was|you) deleted(?: this message)?\.?"
    r"|(?:您|你)?已?删除(?:了?此|该)消息。?",
    re.IGNORECASE,
)
"""What WhatsApp writes in place of a picture, a file or a deleted message."""
_NO_WORDS_IN_LINE = re.compile(
    r"\[(?:stickers?|photos?|images?|videos?|voice message|audio|files?|location|contact|albums?|notes?|gift|poll|link"
    r"|[貼贴][圖图]|照片|[圖图]片|影片|[视視][频頻]|[語语]音(?:[訊讯]息|消息)?|[檔档]案|文件|位置(?:[資资][訊讯]|信息)?|[聯联][絡络系](?:[資资][訊讯]|人)"
    r"|相簿|相册|[記记]事本|禮物|礼物|投票|スタンプ|写真|動画|ボイスメッセージ|ファイル|位置情報|連絡先|アルバム|ノート|プレゼント)\]"
    r"|☎.{0,60}|(?:you )?unsent a message\.?|(?:您|你)?已?收回(?:了)?(?:一則)?[訊讯消]息。?",
    re.IGNORECASE,
)
"""What LINE writes in place of a picture, a sticker, a call or a message that was taken back."""
_MARK_AT_END = re.compile(r"(?:\u200e<[^<>]{5,60}>|<This message was edited>)\Z")
MAX_CHAT = 256 * 1024 * 1024
"""The maximum size in bytes of a chat: a hundred times the longest one that WhatsApp exports."""
_DATE_MARKS = re.compile(r"[./-]")
_NO_SUCH_DATE = "the date {date} does not exist: correct the line, or leave it out"
_NO_SUCH_DAY = "the date {date} does not exist, so the messages below it are left out: correct the line"
_UNSURE = (
    "from here to the end the lines are dated in another form: import them as a file of their own if they are another "
    "chat; if they are a text that somebody pasted, leave them out"
)


class _Written(NamedTuple):
    """One message: the date and the time of day as they are written, the names of the sender, and the words."""

    date: str
    clock: str
    names: tuple[str, ...]
    text: str


@dataclass
class _Dated:
    """A line that begins with a date, as matched and as written, with the lines behind it that do not."""

    number: int
    head: re.Match[str]
    line: str
    rest: list[str] = field(default_factory=list)

    @property
    def form(self) -> tuple[object, ...]:
        """How the line is written, which is the same throughout a chat."""
        head = self.head
        widths = tuple(len(part) > 2 for part in _DATE_MARKS.split(head["date"]))
        is_24_hours = head["half"] is None and head["period"] is None
        return head["bracket"], head["mark"], widths, head["second"] is None, is_24_hours


class TextChat(NamedTuple):
    """A messenger whose chats are text. `rows`: reads a file of them."""

    name: str
    rows: Callable[[TextStream, ImportOptions], Iterator[Row]]


def text_chat(beginning: bytes) -> TextChat | None:
    """Return the messenger whose chat begins like this; None if it is something else."""
    first = next((line for line in beginning[:2_000].decode("utf-8", "replace").splitlines() if line.strip()), "")
    if _is_line(first, beginning):
        return TextChat("LINE", _line_rows)
    return TextChat("WhatsApp", _whatsapp_rows) if _WHATSAPP.match(first) is not None else None


def _is_line(first: str, beginning: bytes) -> bool:
    """Return whether a file begins as LINE exports chats: with a title, and with a date soon after it."""
    lines = beginning[:4_000].decode("utf-8", "replace").splitlines()[:12]
    return _LINE_TITLE.fullmatch(first.strip()) is not None and any(map(_LINE_DAY.fullmatch, lines))


def _whatsapp_rows(text: TextStream, options: ImportOptions) -> Iterator[Row]:
    """Yield each chat as one row, after rows for lines that cannot be read.

    Raises `UsageError` if the order of day and month cannot be found out, or no zone is given.
    """
    found: list[_Dated] = []
    for line in _readable(text):
        if line.problem is not None:
            yield Row(*line)
            continue
        written = line.text.decode().rstrip("\r\n")
        head = _WHATSAPP.match(written)
        if head is not None:
            found.append(_Dated(line.number, head, written))
        elif found:
            found[-1].rest.append(written)
    lines = []
    for dated in found:
        if _exists(dated.head["date"]):
            lines.append(dated)
        else:  # its words may be anybody's, so they are not kept
            yield Row(dated.number, b"", _NO_SUCH_DATE.format(date=dated.head["date"]))
    chats, unsure = _chats(lines)
    for chat in chats:
        yield _row("WhatsApp", chat[0].number, list(map(_of_whatsapp, chat)), options)
    for dated in unsure:
        yield Row(dated.number, b"", _UNSURE)


def _chats(found: list[_Dated]) -> tuple[list[list[_Dated]], list[_Dated]]:
    """Return the chats of a file, and the lines of which it cannot be told whose they are.

    Dated lines of another form are pasted texts of the message before. Where that form is kept to the end of the file,
    another chat begins if the first of them is a report of WhatsApp, which begins every chat; a single line is pasted.
    """
    chats: list[list[_Dated]] = []
    while found:
        form = found[0].form
        last = max(place for place, line in enumerate(found) if line.form == form)
        following = found[last + 1 :]
        if len(following) == 1:
            last, following = last + 1, []
        chat: list[_Dated] = []
        for line in found[: last + 1]:
            if line.form == form:
                chat.append(line)
            else:
                chat[-1].rest += [line.line, *line.rest]
        chats.append(chat)
        if following and not _is_report(following[0]):
            return chats, following
        found = following
    return chats, []


def _is_report(line: _Dated) -> bool:
    return not line.head["sender"] or line.head["text"].startswith(_LEFT_TO_RIGHT)


def _exists(text: str) -> bool:
    """Return whether a date exists, in one order of day and month at least."""
    parts = _DATE_MARKS.split(text)
    if len(parts[0]) != 4:
        return bool(orders_of_dates([text]))
    with suppress(ValueError):
        return bool(date(*map(int, parts)))
    return False


def _of_whatsapp(line: _Dated) -> _Written:
    head = line.head
    sender = (head["sender"] or "").strip(" :\u200e~\u202f\xa0\u202a\u202c")
    text = _MARK_AT_END.sub("", "\n".join([head["text"], *line.rest])).strip()
    is_words = not text.startswith(_LEFT_TO_RIGHT) and not _NO_WORDS.fullmatch(text)
    return _Written(head["date"], _clock(head), (sender,), text if is_words else "")


def _line_rows(text: TextStream, options: ImportOptions) -> Iterator[Row]:
    """Yield the chat as one row, after rows for lines that cannot be read. Raises `UsageError` as for WhatsApp."""
    chat = _LineChat(options.speaker)
    for line in _readable(text):
        if line.problem is not None:
            yield Row(*line)
        elif (problem := chat.take(line.number, line.text.decode().rstrip("\r\n"))) is not None:
            yield Row(line.number, b"", problem)
    yield _row("LINE", 1, list(map(_without_quotes, chat.written)), options)


class _LineChat:
    """The messages of a chat of LINE. Its files divide the time, the name and the text by tabs, or all by spaces.

    By spaces: where a name ends is known of the speaker, and of the other person if the title names them.
    """

    def __init__(self, speaker: str | None) -> None:
        self.speaker, self.other = speaker, ""
        self.written: list[_Written] = []
        self._day, self._mark = "", ""
        self._is_dated = True

    def take(self, number: int, line: str) -> str | None:
        """Take the next line; returns why it cannot be read. A time always begins a message, whatever the one before says.

        Raises `UsageError` where it does not show who wrote the line.
        """
        if (title := _LINE_TITLE.fullmatch(line.strip())) is not None and not self._day:
            self.other = title["en"] or title["zh"] or title["file"] or ""
        elif (day := _LINE_DAY.fullmatch(line)) is not None:
            return self._begin(day["date"] or f"{day['year']}/{day['month']}/{day['day']}")
        elif (
            self._day
            and (message := _LINE_MESSAGE.fullmatch(line))
            and message["tab"] == (self._mark or message["tab"])
        ):
            self._mark = message["tab"]
            if self._is_dated:
                self.written.append(self._message(number, message))
        elif self.written and self._is_dated and not _NO_WORDS_IN_LINE.fullmatch(self.written[-1].text.strip()):
            self.written[-1] = self.written[-1]._replace(text=f"{self.written[-1].text}\n{line}")
        return None

    def _begin(self, day: str) -> str | None:
        self._is_dated = _exists(day)
        self._day = day
        return None if self._is_dated else _NO_SUCH_DAY.format(date=day)

    def _message(self, number: int, message: re.Match[str]) -> _Written:
        rest = message["rest"]
        if message["tab"] == "\t":
            sender, _, text = rest.partition("\t") if "\t" in rest else ("", "", "")
        else:
            sender, text = self._divided(number, rest)
        return _Written(self._day, _clock(message), (sender.strip(),), text)

    def _divided(self, number: int, rest: str) -> tuple[str, str]:
        """Return the sender and the text of a line divided by spaces. Raises `UsageError`."""
        if self.speaker is None:
            raise UsageError("spaces divide its names from its texts: say with --speaker which name is the user's")
        for name in sorted((self.speaker, self.other), key=len, reverse=True):
            if name and f"{rest} "[: len(name) + 1].casefold() == f"{name} ".casefold():
                return name, rest[len(name) + 1 :]
        names = " nor ".join(filter(None, (f"the speaker's name {self.speaker[:40]}", self.other[:40])))
        raise UsageError(
            f"spaces divide its names from its texts, and line {number} begins with neither {names}, so that it does not "
            "show whose words these are: save the chat on a phone, where tabs divide them"
        )


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text.startswith('"') and text.endswith('"')


def _without_quotes(message: _Written) -> _Written:
    """Return the message without the quotes around a text of several lines; without a text where it has no words."""
    text = message.text.strip()
    text = text[1:-1] if _is_quoted(text) and "\n" in text else text
    return message._replace(text="" if _NO_WORDS_IN_LINE.fullmatch(text) else text)


def _readable(text: TextStream) -> Iterator[Line]:
    """Yield the lines, those that are not UTF-8 with a problem. Raises `UsageError` where the chat is too large."""
    size = 0
    for line in text.lines():
        size += len(line.text)
        if size > MAX_CHAT:
            raise UsageError("the chat is larger than 256 MiB: import it in parts")
        yield line._replace(problem=line.problem or (None if is_utf8(line.text) else NOT_UTF8))


def _row(name: str, number: int, written: Sequence[_Written], options: ImportOptions) -> Row:
    if options.zone is None:
        raise UsageError(f"the times of a {name} chat name no zone: say which it is with --zone, as in --zone +08:00")
    if not written:
        raise UsageError(f"the {name} chat has no dated line: export it again, as text")
    days = _days([message.date for message in written], options.date_formats)
    messages = [
        spoken(message.names, message.text, _moment_of_message(days.get(message.date), message.clock))
        for message in written
    ]
    return Row(number, {"conversation_id": name, "messages": messages})


def _clock(head: re.Match[str]) -> str:
    """Return the time of day as `moments` reads it."""
    half = f" {head['half']}m" if head["half"] else ""
    return f"{head['period'] or ''}{head['hour']}:{head['minute']}:{head['second'] or '00'}{half}"


def _moment_of_message(day: date | None, clock: str) -> datetime | None:
    return local_time(f"{day:%Y-%m-%d} {clock}") if day is not None else None


def _days(dates: Sequence[str], formats: Sequence[str]) -> dict[str, date]:
    """Return the day that each date means, without those that do not exist. Raises `UsageError` if no order of day and month
    fits, or several do.
    """
    pattern = None if len(_DATE_MARKS.split(dates[0])[0]) == 4 else _order(dates, formats)
    days: dict[str, date] = {}
    for text in dict.fromkeys(dates):
        with suppress(ValueError):
            days[text] = (
                datetime.strptime(text, pattern).date() if pattern else date(*map(int, _DATE_MARKS.split(text)))
            )
    return days


def _order(dates: Sequence[str], formats: Sequence[str]) -> str:
    """Return the pattern of the dates: as a format says, or the one in which they follow one another. Raises `UsageError`."""
    orders = orders_of_dates(dates)
    named = next((pattern for pattern in formats if "%d" in pattern and "%m" in pattern), None)
    if named is not None:
        wanted = "%d" if named.index("%d") < named.index("%m") else "%m"
        orders = [order for order in orders if order.startswith(wanted)]
    if not orders:
        shown = next(
            (text for text in dates if not any(form[:2] == "%d" for form in orders_of_dates([text]))), dates[0]
        )
        raise UsageError(f"not all of its dates, such as {shown}, have the same order of day and month: check them")
    backwards = {order: _steps_back(dates, order) for order in orders}
    best = [order for order in orders if backwards[order] == min(backwards.values())]
    if len(best) == 1:
        return best[0]
    raise UsageError(
        f"it does not show whether {dates[0]} begins with the day or the month: say so with "
        "--date-format %d/%m/%y or --date-format %m/%d/%y"
    )


def _steps_back(dates: Sequence[str], order: str) -> int:
    distinct = [text for text, following in pairwise([*dates, ""]) if text != following]
    days = [datetime.strptime(text, order) for text in distinct]
    return sum(after < before for before, after in pairwise(days))
