"""The reference of all commands (`docs/cli.md`), generated from the commands."""

import re

import typer
from typer.cli import get_docs_for_click
from typer.core import TyperGroup
from typer.main import get_command

from penchant.tools.cli.app import app

HEAD = """# The command line

Every command answers `--help` with an example. `--json` prints one JSON document on stdout and nothing else there; progress and errors
go to stderr. Exit codes: 0 done, 1 failed, 2 called wrongly, 130 stopped by Ctrl-C (what was written is kept). `PENCHANT_LANG=zh` gives
Chinese headings, labels and reasons; `NO_COLOR=1` switches colours off; `PENCHANT_DEBUG=1` shows the traceback of an unexpected error.

"""
EXAMPLES = re.compile(r"^(Examples?):\n\n((?:  \$ .+\n*)+)", re.MULTILINE)


def reference() -> str:
    """Return Markdown: one section per command, with its arguments, options and examples."""
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    context = typer.Context(command, info_name="penchant")
    body = get_docs_for_click(obj=command, ctx=context, name="penchant")
    _, sections = body.split("\n\n", 1)
    return HEAD + EXAMPLES.sub(_block, sections).rstrip() + "\n"


def _block(found: re.Match[str]) -> str:
    commands = "\n".join(line.strip() for line in found[2].splitlines() if line.strip())
    return f"**{found[1]}**:\n\n```console\n{commands}\n```\n\n"
