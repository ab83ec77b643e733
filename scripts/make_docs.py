"""Rewrite the parts of the documentation that are generated from the code (`make docs`)."""

import contextlib
import os
import tempfile
from pathlib import Path

from run_examples import filled

from penchant.tools import settings_reference, tools_reference
from penchant.tools.cli import reference
from penchant.tools.report import reference as report_keys

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {
    "cli.md": reference.reference,
    "settings.md": settings_reference.reference,
    "tools.md": tools_reference.reference,
}


def main() -> None:
    """Write every generated page."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
    library = DOCS / "python.md"
    library.write_text(_with_output(library.read_text(encoding="utf-8")), encoding="utf-8")
    report = DOCS / "report.md"
    report.write_text(report_keys.with_keys(report.read_text(encoding="utf-8")), encoding="utf-8")


def _with_output(page: str) -> str:
    """Return the page with the current output of its examples, run in a temporary home."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        os.environ["PENCHANT_HOME"] = f"{folder}/home"
        return filled(page)


if __name__ == "__main__":
    main()
