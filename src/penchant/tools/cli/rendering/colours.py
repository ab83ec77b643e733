"""The colours of the terminal: the four that results speak in, taken from the fixed part of the 256 so that they can be read on white and
on black alike, whatever the terminal makes of its first sixteen. Terminals with fewer get the nearest they have; `NO_COLOR` gets none."""

from typing import Final

from rich.theme import Theme

COLOURS: Final = {"green": 28, "red": 161, "cyan": 31, "magenta": 133}
"""Names as styles use them, and the palette's number."""

THEME: Final = Theme(
    {
        f"{before}{name}": f"{before}color({number})"
        for name, number in COLOURS.items()
        for before in ("", "bold ", "not dim ")
    }
)
