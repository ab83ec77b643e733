"""The clock interface, which lets tests and replays set the time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the current moment, zone-aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until it is advanced (for tests and demonstrations)."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        """Move the clock by `step`, which may be negative."""
        self.moment += step


def written_moment(at: datetime) -> str:
    """Return a moment as it is written in JSON: in UTC, ending in Z.

    >>> written_moment(datetime(2011, 3, 1, 8, tzinfo=UTC))
    '2011-03-01T08:00:00Z'
    """
    return at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
