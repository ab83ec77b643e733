"""Bars and marks, with ASCII replacements where the terminal lacks the characters."""

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from penchant.store.profile import Trend

if TYPE_CHECKING:
    from rich.console import Console

_EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True)
class Marks:
    """A set of characters. Bars have eighths of a cell where `fine`, else whole `#`."""

    fine: bool
    trends: dict[Trend, str]
    ok: str
    wrong: str

    def bar(self, share: float, width: int) -> str:
        """Return a bar for `share` (0–1, clipped), `width` cells wide in all; any share above zero is visible."""
        share = min(max(share, 0.0), 1.0)
        if not self.fine:
            return ("#" * max(round(share * width), int(share > 0))).ljust(width)
        eighths = max(round(share * width * 8), int(share > 0))
        whole, rest = floor(eighths / 8), eighths % 8
        return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(width)


UNICODE = Marks(fine=True, trends={"rising": "↗", "steady": "→", "fading": "↘"}, ok="✓", wrong="✗")
ASCII = Marks(fine=False, trends={"rising": "+", "steady": "=", "fading": "-"}, ok="ok", wrong="FAIL")


def marks_for(console: "Console") -> Marks:
    """Return the marks that this console can show."""
    try:
        "█▏↗✓".encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE
