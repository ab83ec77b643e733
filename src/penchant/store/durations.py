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
    is_number = number.isascii() and number.isdigit() and len(number) <= 10  # a century has 10 digits of seconds
    if is_number and unit in UNITS and 0 < int(number) <= MOST // UNITS[unit]:
        return int(number) * UNITS[unit]
    raise UsageError(
        f"{text[:40]!r} is not a length of time up to a century: write a number and s, m, h, d, w or y, as in 12h or 30d"
    )
