"""Reports as one self-contained HTML file: styles, scripts and charts are inside, and its policy allows nothing else."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from penchant.tools.list_order import order_note
from penchant.tools.report import charts
from penchant.tools.report.context import Report
from penchant.tools.report.phrases import Phrases

SHOWN_ROWS = 100
"""How many rows of evidence are visible at first."""
SLIM_NODES = 80
"""How many interests can be expanded on a slim page; the others are only named with their share."""
MOST_PARTS = 12
"""How many parts of a score have a row of their own in its table."""


def html(report: Report, *, slim: bool = False, corrected_at: str | None = None) -> str:
    """Return the page. `slim`: use static SVG charts and leave Plotly out. `corrected_at`: the address where the profile
    can be corrected; None where only the command line can.
    """
    say = Phrases(report.language, report.zone)
    drawn = {} if slim else charts.plotly(report.profile, report.branches, report.changes, say)
    return _render(
        "page.html.j2",
        say,
        engine="" if slim else _plotly(),
        placeholders=() if slim else _style_ids(),
        report=report,
        detailed=_detailed(report, slim=slim),
        nodes={node.id: node for node in report.profile.walk()},
        anchors={row.event_id: row.anchor for row in report.evidence.rows},
        order_note=order_note(report.recommendation, report.language),
        arcs=charts.sunburst(report.profile),
        bands=charts.area(report.changes) if report.changes.series else [],
        ticks=charts.ticks(report.changes, say) if report.changes.series else [],
        bars=charts.bars(report.cards),
        drawn=Markup(_json_in_html(drawn)),
        slim=slim,
        corrected_at=corrected_at,
        shown_rows=SHOWN_ROWS,
        most_parts=MOST_PARTS,
    )


def _detailed(report: Report, *, slim: bool) -> set[str]:
    """Return the ids of the interests that can be expanded: all of them, or on a slim page all inner nodes and the
    strongest leaves.
    """
    nodes = sorted(report.profile.walk(), key=lambda node: (not node.children, -node.strength))
    return {node.id for node in (nodes[:SLIM_NODES] if slim else nodes)}


def render_index(say: Phrases, **values: Any) -> str:
    """Return the page that lists many reports."""
    return _render("index.html.j2", say, engine="", placeholders=(), **values)


def _render(template: str, say: Phrases, *, engine: str, placeholders: tuple[str, ...], **values: Any) -> str:
    style, script = _asset("page.css"), _asset("page.js")
    return (
        _environment()
        .get_template(template)
        .render(
            say=say,
            style=Markup(style),
            script=Markup(script),
            engine=Markup(engine),
            placeholders=placeholders,
            policy=_policy(filter(None, [engine, script]), [style, *([""] if placeholders else [])]),
            **values,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("penchant.tools.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["bare"] = repr
    return environment


@cache
def _asset(name: str) -> str:
    return (resources.files("penchant.tools.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _plotly() -> str:
    """Return Plotly's script from its package, read once."""
    from plotly.offline import get_plotlyjs

    script: str = get_plotlyjs()
    return script.replace("</script", "<\\/script")


@cache
def _style_ids() -> tuple[str, ...]:
    """Return the ids of style elements that Plotly fills through the CSSOM or leaves alone where they exist: empty ones
    satisfy the policy.
    """
    return ("plotly.js-style-global", *re.findall(r'getElementById\("([0-9a-f]{64})"\)', _plotly())[:1])


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return a Content-Security-Policy that allows only the scripts and styles of this page, by their hashes."""
    allowed = " ".join(map(_hash, scripts))
    styled = " ".join(map(_hash, styles))
    parts = [f"default-src 'none'; script-src {allowed}; style-src {styled}; img-src data:", "base-uri 'none'"]
    return "; ".join([*parts, "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json_in_html(value: Any) -> str:
    """Return JSON that cannot end the script element around it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
