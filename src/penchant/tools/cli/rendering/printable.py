"""Removes control characters from text of users and catalogues: a title must not move the cursor, ring the bell or
change the direction of the line.
"""

from rich.text import Text

_CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_AS_SPACE = dict.fromkeys(_CONTROLS, " ")


def text(content: str, style: str = "") -> Text:
    """Return `content` on one line, without control and direction-changing characters, never read as markup."""
    return Text(printable(content), style=style)


def printable(content: str) -> str:
    """Return `content` on one line, without control and direction-changing characters."""
    return " ".join(content.translate(_AS_SPACE).split())
