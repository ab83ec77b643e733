"""Parses times as they are written in files, commands and calls. Anything ambiguous is refused, with advice.

Accepted are ISO 8601 with a zone; Unix seconds, milliseconds, microseconds or nanoseconds (distinguished by their
size); and, if a zone is given, local times and dates, also as 20200705. Events are between 1990 and 2100, and other
numbers are not times, so that a date or a spreadsheet's day number does not become a time in 1970.
"""

import math
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator

from penchant.errors import UsageError

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
NOT_A_TIME = "is not a time: give ISO 8601 with a zone, or Unix seconds; other forms are read with --date-format"
AMBIGUOUS_DATE = "is a date that may begin with the day or the month: name its form with --date-format, such as"
UNKNOWN_DATE_FORM = "is a date whose form has to be named: give it with --date-format, such as"
NO_ZONE = "has no time zone: append 'Z' or an offset such as '+08:00', or name one with --zone"
EXCEL, UNIX, UNIX_MS = "excel", "unix", "unix-ms"
_NAMED_FORMATS = (EXCEL, UNIX, UNIX_MS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHEET_EPOCH = datetime(1899, 12, 30)
_NUMBER = re.compile(r"[+-]?\d{1,25}(?:\.\d{0,25})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)", re.ASCII)
_HOURS = re.compile(r"([+-])(\d{1,2})", re.ASCII)
_IN_WORDS = ("%a %b %d %Y %H:%M:%S GMT%z", "%a %b %d %H:%M:%S %z %Y")
"""How browsers print a time (`Sun Jul 05 2020 10:30:00 GMT+0000 (UTC)`), and how Twitter exports it."""
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[T ]?\s?(.{1,24}))?", re.ASCII
)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})(?:(?:,| at)? (.{1,24}))?", re.ASCII)
_CLOCK = re.compile(
    r"(?:(?P<period>上午|下午|凌晨|清晨|早上|中午|晚上)\s?)?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>\.\d{1,9})?)?"
    r"(?:(?P<blank>[\s\u202f\xa0]?)(?P<half>[AaPp])(?P<dot>\.?)[Mm]\.?)?",
    re.ASCII,
)
_AFTER_NOON = ("下午", "中午", "晚上")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?, ", re.IGNORECASE)
_ZONE_AT_END = re.compile(r"(?<=[\dMm])\s?[+-]\d\d:?\d\d\Z", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_EITHER_FIRST = re.compile(r"(\d{1,2}([/.-])\d{1,2}([/.-])(\d{4}|\d\d))\b(,? )?(.{0,24})", re.ASCII)
_SHORTENED = re.compile(r"\d(?:\.\d{0,5})?[eE]\+\d\d", re.ASCII)
_DAY_FIRST = re.compile(r"\d{1,2} [A-Za-z]{3} \d{4}\b", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_COMPACT = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_PER_SECOND = (1, 1_000, 1_000_000, 1_000_000_000)
_LONGEST = 64
_HYPHENATED = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
_BEGIN_WITH_YEAR = ("%Y", "%y")


@dataclass(frozen=True)
class Times:
    """How times are parsed.

    `zone`: the zone of times that name none (None: they are refused). `formats`: `strptime` patterns, or `excel`,
    `unix`, `unix-ms`; if any are given, numbers are parsed by them alone, and texts by them or, unless a pattern begins
    with the year itself, as ISO 8601. `any_year`: also accept years outside 1990 to 2100.
    """

    zone: tzinfo | None = None
    formats: tuple[str, ...] = ()
    any_year: bool = False

    def read(self, value: Any) -> datetime:
        """Return the moment in UTC. Raises `ValueError` that says what to do."""
        try:
            moment = self._in_zone(self._moment(value), value)
            moment = moment.astimezone(UTC)
        except (OverflowError, OSError):
            raise ValueError(f"{_value_in_message(value)} is outside the years that can be stored") from None
        if not self.any_year and not EARLIEST <= moment < LATEST:
            raise ValueError(
                f"{_value_in_message(value)} is not a time between 1990 and 2100: check it, or name its form with --date-format"
            )
        return moment

    def _moment(self, value: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        for name in ("$date", "$numberLong"):  # the form in which MongoDB exports times
            value = value[name] if isinstance(value, Mapping) and name in value else value
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise ValueError(NOT_A_TIME)
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and len(text) > _LONGEST:
            raise ValueError(f"{_value_in_message(text)} {NOT_A_TIME}")
        if self.formats:
            return self._formatted(text)
        if isinstance(text, str) and not _NUMBER.fullmatch(text):
            return _written(text)
        if isinstance(text, str) and _SHORTENED.fullmatch(text):
            raise ValueError(
                f"{_value_in_message(text)} is a number that a spreadsheet has shortened: save that column as text"
            )
        return self._number(text)

    def _number(self, value: str | int | float | Decimal) -> datetime:
        number = _finite(value)
        if (day := _compact(number)) is not None:
            if self.zone is None:
                raise ValueError(
                    f"{_value_in_message(value)} is a date ({day:%Y-%m-%d}), not Unix seconds: "
                    "write a time and a zone, or name one with --zone"
                )
            return day
        if self.any_year and isinstance(number, int) and 1_000 <= number < 2_200 and self.zone is not None:
            return datetime(int(number), 1, 1)
        for per_second in _PER_SECOND:
            moment = _since_epoch(number, per_second)
            if moment is not None and EARLIEST <= moment < LATEST:
                return moment
        raise ValueError(
            f"{_value_in_message(value)} is not a time between 1990 and 2100 in Unix seconds: name its form with --date-format "
            "(excel for the days of a spreadsheet, or a pattern such as %d.%m.%Y)"
        )

    def _formatted(self, value: str | int | float | Decimal) -> datetime:
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        for pattern in self.formats:
            try:
                return _by_name(pattern, text) if pattern in _NAMED_FORMATS else datetime.strptime(text, pattern)
            except (ValueError, OverflowError):
                continue
        if not any(pattern.startswith(_BEGIN_WITH_YEAR) for pattern in self.formats):
            with suppress(ValueError):
                return _iso(text)
        raise ValueError(f"{_value_in_message(value)} is not a time written as {' or '.join(self.formats)}")

    def _in_zone(self, moment: datetime, value: Any) -> datetime:
        if moment.utcoffset() is not None:
            return moment
        if self.zone is None:
            raise ValueError(NO_ZONE)
        return moment.replace(tzinfo=self.zone)


def zone_named(name: str) -> tzinfo:
    """Return a time zone for a name (Europe/Berlin), an offset (+08:00, UTC+08:00) or UTC. Raises `UsageError`."""
    bare = name.removeprefix("UTC").removeprefix("GMT")
    if offset := _OFFSET.fullmatch(bare) or _HOURS.fullmatch(bare):
        sign, hours, minutes = (*offset.groups(), "0")[:3]
        delta = timedelta(hours=int(hours), minutes=int(minutes))
        if delta < timedelta(hours=24):
            return timezone(-delta if sign == "-" else delta)
    if name.upper() in ("UTC", "Z", "GMT"):
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f"{name[:40]!r} is not a time zone: write a name such as Europe/Berlin, an offset such as +08:00, or UTC"
        ) from None


def checked_formats(patterns: "tuple[str, ...] | list[str]") -> tuple[str, ...]:
    """Return the patterns after testing each of them. Raises `UsageError` for one that cannot parse a date."""
    for pattern in patterns:
        if pattern in _NAMED_FORMATS:
            continue
        try:
            written = datetime(2011, 3, 25, 14, 30, 15, tzinfo=UTC).strftime(pattern)
            found = datetime.strptime(written, pattern)
        except ValueError:
            found = datetime(1900, 1, 1)
        if found.year != 2011:
            raise UsageError(
                f"--date-format {pattern[:40]!r} does not match any date: use excel, unix, unix-ms or a pattern such as '%d/%m/%Y %H:%M'"
            )
    return tuple(patterns)


def _iso(text: str) -> datetime:
    """Parse ISO 8601 whose date has hyphens: a file with one date in another form has most in this."""
    if not _HYPHENATED.match(text):
        raise ValueError(NOT_A_TIME)
    return _written(text)


def _written(text: str) -> datetime:
    plain = text.removesuffix(" UTC").removesuffix(" GMT").removesuffix("Z").removesuffix("z").rstrip()
    iso = f"{plain}+00:00" if plain != text and not _OFFSET.fullmatch(plain[-5:]) else plain
    head, space, tail = iso.rpartition(" ")
    if space and _OFFSET.fullmatch(tail):
        iso = head + tail
    with suppress(ValueError):
        return datetime.fromisoformat(iso)
    for pattern in _IN_WORDS if text[:3].isalpha() else ():
        with suppress(ValueError):
            return datetime.strptime(text.partition(" (")[0], pattern)
    if (plainly := local_time(iso)) is not None:
        return plainly
    with suppress(ValueError, TypeError, IndexError):
        if text[3:4] == ",":
            return parsedate_to_datetime(text)
        if _DAY_FIRST.match(bare := _WEEKDAY.sub("", text, count=1)):
            return parsedate_to_datetime(bare.replace(",", ""))
    raise ValueError(f"{_value_in_message(text)} {_advice(text)}")


def _advice(text: str) -> str:
    """Return what to do about a text that is not parsed: which forms it may have if it is a date."""
    found = _EITHER_FIRST.fullmatch(text)
    if found is None:
        return NOT_A_TIME
    forms = list(_forms(found))
    if not forms:
        return NOT_A_TIME
    clock = _clock_form(found[6])
    advice = AMBIGUOUS_DATE if {form[:2] for form in forms} >= {"%d", "%m"} else UNKNOWN_DATE_FORM
    return f"{advice} {' or '.join(shlex.quote(form + clock) for form in forms)}"


def _forms(found: re.Match[str]) -> Iterator[str]:
    """Yield the patterns that fit a date: one with a year of two digits may also begin with it."""
    year = "%Y" if len(found[4]) == 4 else "%y"
    for first, second, third in (("%d", "%m", year), ("%m", "%d", year), ("%y", "%m", "%d"))[
        : 3 if year == "%y" else 2
    ]:
        form = f"{first}{found[2]}{second}{found[3]}{third}"
        with suppress(ValueError):
            datetime.strptime(found[1], form)
            yield form + (found[5] or "")


def orders_of_dates(dates: Iterable[str]) -> list[str]:
    """Return the patterns in which all of these dates exist, whose parts are in one order: `%d/%m/%y`, `%m/%d/%y` or both."""
    found = [_EITHER_FIRST.fullmatch(text) for text in set(dates)]
    forms = [set(_forms(date)) if date and not date[6] else set() for date in found]
    shared = set.intersection(*forms) if forms else set()
    return sorted(form for form in shared if not form.startswith("%y"))


def _clock_form(text: str) -> str:
    clock = _CLOCK.fullmatch(text)
    if clock is None or clock["period"] or clock["dot"]:
        return ""
    seconds = (":%S" if clock["second"] else "") + (".%f" if clock["fraction"] else "")
    return f"%I:%M{seconds}{clock['blank'] and ' '}%p" if clock["half"] else f"%H:%M{seconds}"


def local_time(text: str) -> datetime | None:
    """Return a local time that begins with its year (`2021/5/3 8:05`, `2021年5月3日`) or the name of its month."""
    text = _WEEKDAY.sub("", text, count=1)
    if (found := _YEAR_FIRST.fullmatch(text)) is not None:
        year, month, day, rest = int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]), found[7]
    elif (found := _MONTH_FIRST.fullmatch(text)) is not None:
        year, month, day, rest = int(found[3]), _month(found[1]), int(found[2]), found[4]
    else:
        return None
    zone = _ZONE_AT_END.search(rest or "")
    rest = rest[: zone.start()] if rest and zone else rest
    clock = _CLOCK.fullmatch(rest.strip()) if rest else None
    if rest and clock is None:
        return None
    with suppress(ValueError):
        at = datetime(year, month, day, tzinfo=zone_named(zone[0].strip()) if zone else None)
        return (
            at
            if clock is None
            else at.replace(hour=_hour(clock), minute=int(clock["minute"]), second=int(clock["second"] or 0))
        )
    return None


def _month(name: str) -> int:
    """Return the number of a month by its name or the beginning of it; 0 for other words."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), 0)


def _hour(clock: re.Match[str]) -> int:
    hour, period = int(clock["hour"]), clock["period"]
    if not (period or clock["half"]):
        return hour
    if not (0 if period else 1) <= hour <= 12 or (period, hour) in (("晚上", 12), ("中午", 11)):
        raise ValueError("an hour of a clock with a.m. and p.m. is from 1 to 12")
    return hour % 12 + 12 * (period in _AFTER_NOON if period else clock["half"] in "Pp")


def _finite(value: str | int | float | Decimal) -> "Decimal | int":
    """Return the value as an exact number. Raises `ValueError` for NaN, infinities and numbers that are far too large."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{_value_in_message(value)} {NOT_A_TIME}")
    if isinstance(value, int):
        if abs(value) >= 10**25:
            raise ValueError(f"a number of {value.bit_length()} bits {NOT_A_TIME}")
        return value
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) >= 10**25:
        raise ValueError(f"{_value_in_message(value)} {NOT_A_TIME}")
    return int(number) if number == number.to_integral_value() else number


def _compact(number: Decimal | int) -> datetime | None:
    """Return the local time for a number such as 20200705, 202007051030 or 20200705103000; None for other numbers."""
    pattern = _COMPACT.get(len(str(number))) if isinstance(number, int) and number > 0 else None
    if pattern is None:
        return None
    try:
        day = datetime.strptime(str(number), pattern)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2100 else None


def _since_epoch(number: Decimal | int, per_second: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(microseconds=int(number * 1_000_000 // per_second))
    except OverflowError:
        return None


def _by_name(name: str, text: str) -> datetime:
    if name == EXCEL and text.count(",") == 1:  # as a spreadsheet whose decimal mark is the comma saves it
        text = text.replace(",", ".")
    number = Decimal(text) if _NUMBER.fullmatch(text) else None
    if number is None:
        raise ValueError(name)
    if name == EXCEL:
        return _SHEET_EPOCH + timedelta(seconds=round(float(number) * 86_400))
    moment = _since_epoch(number, 1 if name == UNIX else 1_000)
    if moment is None:
        raise ValueError(name)
    return moment


def _value_in_message(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return repr(value[:40] if isinstance(value, str) else value)[:60]


_MOMENTS, _ITEM_MOMENTS = Times(), Times(zone=UTC, any_year=True)


def parse_moment(value: Any) -> datetime:
    """Parse ISO 8601 with a zone, or Unix seconds to nanoseconds, between 1990 and 2100, to UTC. Raises `ValueError`."""
    return _MOMENTS.read(value)


def midnight_of_date(value: Any) -> Any:
    """Return a date as its midnight in UTC; any other value unchanged."""
    return f"{value.strip()}T00:00:00Z" if isinstance(value, str) and _DATE.fullmatch(value.strip()) else value


def parse_point_in_time(value: Any) -> datetime:
    """Parse a moment, or a date, which is its midnight in UTC. Raises `ValueError`."""
    whole = midnight_of_date(value)
    try:
        return parse_moment(whole)
    except ValueError as error:
        if whole is value:
            raise
        raise ValueError(str(error).replace(whole, value.strip())) from None  # says what was sent


POINT_IN_TIME = "ISO 8601 with zone, or a date such as 2026-05-01: its midnight in UTC"
"""How callers may write a `PointInTime`."""
PointInTime = Annotated[datetime, BeforeValidator(parse_point_in_time)]
"""The time as of which something is read."""
Moment = Annotated[datetime, BeforeValidator(parse_moment)]
"""The time of an event."""
ANY_MOMENT = "ISO 8601; without a zone it is UTC, and a date or a year is its first moment"
"""How callers may write an `AnyMoment`."""
AnyMoment = Annotated[datetime, BeforeValidator(_ITEM_MOMENTS.read)]
"""A time in any year (a film of 1942, an offer until 9999).

Without a zone it is UTC, and a bare year is its first day.
"""
