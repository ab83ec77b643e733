"""Parses lengths of time as people write them: 12h, 30d, 1y."""

from datetime import timedelta

from penchant.errors import UsageError

UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(days=7),
    "y": timedelta(days=365),
}
MOST = timedelta(days=36_500)


def parse_duration(text: str) -> timedelta:
    """Parse a length of time such as `30d`: more than zero, at most a century. Raises `UsageError`."""
    number, unit = text.strip()[:-1], text.strip()[-1:].lower()
    if number.isascii() and number.isdigit() and unit in UNITS and len(number) <= 8:
        span = int(number) * UNITS[unit]
        if timedelta(0) < span <= MOST:
            return span
    raise UsageError(f"{text!r} is no length of time: write a number and s, m, h, d, w or y, as in 12h or 30d")
