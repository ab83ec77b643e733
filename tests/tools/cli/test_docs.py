"""`docs/cli.md` says what the commands do."""

from pathlib import Path

from penchant.tools.cli.reference import reference

DOCS = Path(__file__).parents[3] / "docs"


def test_the_reference_is_made_from_the_commands() -> None:
    """Every command, argument, option and example is in it; `make docs` writes it anew."""
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == reference()
