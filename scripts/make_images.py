"""Draw the README's pictures from the output of `penchant demo`: `python scripts/make_images.py` writes
docs/images/demo-{en,zh}.svg.

It makes a demo of its own for each language, so the pictures are real output of this version, cut to what fits.
"""

import html
import io
import os
import re
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.tools.cli.rendering.changes import ChangeTable
from penchant.tools.cli.rendering.recommendations import RecommendationList
from penchant.tools.cli.rendering.tree import ProfileTree, day
from penchant.tools.cli.story import Demonstration, open_story

IMAGES = Path(__file__).parent.parent / "docs" / "images"
WIDTH = 112
DEPTH = 2
LISTED = 3
#: Pictures must not load anything: the fonts of whoever looks at them do.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)

TEXT = re.compile(r'(?P<head><text [^>]*)textLength="(?P<length>[\d.]+)"(?P<tail>[^>]*)>(?P<said>[^<]+)<')


def silent(*_: object) -> AbstractContextManager[Any]:
    """Return a progress bar that shows nothing."""
    return nullcontext(lambda _done, _total: None)


def draw(story: Demonstration, language: str) -> str:
    """Return the tree at Christmas, the changes since spring, and the first recommendations, as SVG."""
    words = Translator(language, "cli")
    story.load()
    for moment in (story.plot.spring, story.plot.christmas):
        story.update(moment)
    spring, christmas = story.profile(story.plot.spring), story.profile(story.plot.christmas)
    answer = story.recommend()
    labels = {node.id: node.label for node in christmas.walk()}
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(ProfileTree(christmas.pruned(DEPTH)))
    console.print()
    console.print(
        Text(f"{words('step_changes')} ({day(story.plot.spring)} → {day(story.plot.christmas)})", style="bold")
    )
    console.print(ChangeTable(spring, christmas, words))
    console.print()
    console.print(RecommendationList(answer.model_copy(update={"items": answer.items[:LISTED]}), labels, words))
    return widened(console.export_svg(title="penchant demo", code_format=FORMAT, unique_id=f"demo-{language}"))


def widened(picture: str) -> str:
    """Return the picture with wide characters: Rich gives every character one cell of width, but Chinese ones take two."""

    def widen(found: re.Match[str]) -> str:
        text = html.unescape(found["said"])
        length = float(found["length"]) * cell_len(text) / len(text)
        return f'{found["head"]}textLength="{length:g}"{found["tail"]}>{found["said"]}<'

    return TEXT.sub(widen, picture)


def main() -> None:
    """Write one picture per language, each of a new installation: an earlier one keeps the keywords and versions it has."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh"):
        with tempfile.TemporaryDirectory() as home:
            os.environ |= {"PENCHANT_LANG": language, "PENCHANT_HOME": home}
            picture = draw(open_story(silent, fast=False), language)
        (IMAGES / f"demo-{language}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
