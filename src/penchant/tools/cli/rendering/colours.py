"""The colours of terminal output. They come from the fixed part of the 256-colour palette, so that they are readable on
white and on black whatever the terminal's theme does to the first sixteen. Terminals with fewer colours get the
nearest ones; `NO_COLOR` gets none.
"""

from typing import Final

from rich.theme import Theme

COLOURS: Final = {"green": 28, "red": 161, "cyan": 31, "magenta": 133}
"""Number in the palette by the name that styles use."""

THEME: Final = Theme(
    {
        f"{before}{name}": f"{before}color({number})"
        for name, number in COLOURS.items()
        for before in ("", "bold ", "not dim ")
    }
)
