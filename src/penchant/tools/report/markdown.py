"""The same content for a chat: Markdown, without charts."""

import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from penchant.tools.list_order import order_note
from penchant.tools.report.context import Report
from penchant.tools.report.phrases import Phrases

_BACKTICKS = re.compile(r"`+")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(report: Report) -> str:
    """A page of Markdown; strangers' text is escaped."""
    environment = Environment(
        loader=PackageLoader("penchant.tools.report"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"], environment.filters["code"] = plain, code
    return environment.get_template("report.md.j2").render(
        report=report,
        say=Phrases(report.language, report.zone),
        order_note=order_note(report.recommendation, report.language),
    )


def code(text: str) -> str:
    """`text` as code, character for character: a command is copied as it stands. The fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence, space = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"


def plain(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown or HTML would obey."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
