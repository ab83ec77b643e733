"""Rewrite the parts of the documentation that are made from the code (`make docs`)."""

from pathlib import Path

from penchant.tools.cli.reference import reference

DOCS = Path(__file__).parent.parent / "docs"


def main() -> None:
    """Write `docs/cli.md`."""
    (DOCS / "cli.md").write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
