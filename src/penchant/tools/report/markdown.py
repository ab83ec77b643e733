"""Reports as Markdown, for chats; without charts."""

import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from penchant.tools.list_order import order_note
from penchant.tools.report.context import Report
from penchant.tools.report.phrases import Phrases

_BACKTICKS = re.compile(r"`+")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(report: Report) -> str:
    """Return the report as Markdown; text from users and catalogues is escaped."""
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
    """Return `text` as inline code without changing a character, so that commands can be copied. The fence is longer
    than any run of backticks in the text.
    """
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence, space = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"


def plain(text: str) -> str:
    """Return `text` on one line with all Markdown and HTML characters escaped."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
