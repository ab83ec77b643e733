"""What of a batch may be stored, by consent and by time. Consents are read anew for every batch: they may change during an import."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from penchant.store.clock import Clock
from penchant.store.consents import Consents
from penchant.store.event import MAX_CLOCK_DIFFERENCE

WITHHELD = "the user does not allow 'profile': nothing of the row is kept"


@dataclass(frozen=True)
class Admission:
    """Admits no event after `latest`, and none of a user who `refuses`."""

    latest: datetime
    refuses: Callable[[str], bool]

    @classmethod
    def now(cls, clock: Clock, consents: Consents | None) -> Self:
        """Return what may be stored now. Without `consents`, every user allows it."""
        return cls(clock.now() + MAX_CLOCK_DIFFERENCE, consents.refuses("profile") if consents else lambda _user: False)
