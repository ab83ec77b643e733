"""The clock, as a seam: tests and replays set the time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The current moment, zone-aware, UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until told otherwise (for tests and demonstrations)."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        """Move the hands by `step`, backwards too."""
        self.moment += step


def written_moment(at: datetime) -> str:
    """A moment as JSON has it everywhere: in UTC, with a Z.

    >>> written_moment(datetime(2011, 3, 1, 8, tzinfo=UTC))
    '2011-03-01T08:00:00Z'
    """
    return at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
