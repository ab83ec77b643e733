"""Charts in two forms from the same numbers: data for Plotly, and plain SVG for print, slim pages and browsers without
scripts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import cos, pi, sin
from typing import Any, NamedTuple

from penchant.store.profile import Interest, Profile
from penchant.tools.report.context import COLOURS, Card, ReportBranch, ReportChanges, Strand
from penchant.tools.report.phrases import Phrases

WHOLE = 1_000_000
HOLE, RIM, MIDDLE = 62.0, 252.0, 260.0
MIN_ARC = 0.01
"""Arcs narrower than this (radians) are too thin to see and are not drawn; the list of interests contains them."""
ROOT = " "
"""The id of the centre of the sunburst; no interest has this id."""
LINE = 12
WIDTH, HEIGHT = 960.0, 300.0
TICKS = 5


class Arc(NamedTuple):
    """A sector of the static sunburst: its outline, its CSS classes, and a label where there is room (`x`, `y`, `turn`
    in degrees).
    """

    path: str
    node: Interest
    classes: str
    lines: tuple[str, ...] = ()
    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0


class Band(NamedTuple):
    """The band of one topic in the static area chart."""

    points: str
    colour: int
    label: str


class Tick(NamedTuple):
    """A mark on the time axis; `x` in units of the chart (0–960)."""

    x: float
    label: str


class Segment(NamedTuple):
    """A part of a score's bar, in thousandths of the width of the chart."""

    x: float
    width: float
    strand: Strand


def sunburst(profile: Profile) -> list[Arc]:
    """Return the tree as rings of arcs, clockwise from the top; angles are shares of the whole."""
    levels = max((node.level for node in profile.walk()), default=1)
    ring = (RIM - HOLE) / levels
    arcs: list[Arc] = []
    start = 0.0
    for colour, topic in enumerate(profile.interests):
        arcs += _arcs(topic, start, ring, colour % COLOURS)
        start += 2 * pi * topic.strength
    return arcs


def _arcs(node: Interest, start: float, ring: float, colour: int) -> Iterator[Arc]:
    angle = 2 * pi * node.strength
    if angle < MIN_ARC:
        return
    inner = HOLE + ring * (node.level - 1)
    yield _arc(node, start, angle, (inner, inner + ring), colour)
    for child in node.children:
        yield from _arcs(child, start, ring, colour)
        start += 2 * pi * child.strength


def _arc(node: Interest, start: float, angle: float, radii: tuple[float, float], colour: int) -> Arc:
    inner, outer = radii
    end = start + min(angle, 2 * pi - 1e-4)
    wide = int(angle > pi)
    path = (
        f"M{_point(inner, start)}L{_point(outer, start)}A{outer:.1f} {outer:.1f} 0 {wide} 1 {_point(outer, end)}"
        f"L{_point(inner, end)}A{inner:.1f} {inner:.1f} 0 {wide} 0 {_point(inner, start)}Z"
    )
    classes = f"c{colour} l{min(node.level, 3)}"
    classes += " disliked" if node.polarity == "dislike" else " muted" if node.status == "muted" else ""
    if angle * (inner + outer) / 2 < LINE * 1.2:
        return Arc(path, node, classes)
    middle, radius = start + angle / 2, (inner + outer) / 2
    turn = middle * 180 / pi - 90
    lines = _wrapped(node.label, int((outer - inner) / 6.4), 2 if angle * radius > LINE * 2.4 else 1)
    x, y = MIDDLE + radius * sin(middle), MIDDLE - radius * cos(middle)
    return Arc(path, node, classes, lines, x, y, turn - 180 if turn > 90 else turn)


def _point(radius: float, angle: float) -> str:
    return f"{MIDDLE + radius * sin(angle):.1f} {MIDDLE - radius * cos(angle):.1f}"


def _wrapped(label: str, width: int, count: int) -> tuple[str, ...]:
    """Return the label in at most `count` lines of about `width` Latin letters; an ideograph counts as two."""
    if _wide(label) > width and " " not in label and not label.isascii():
        width = max(-(-_wide(label) // count) + 1, 6) if _wide(label) <= width * count else width
    lines = [""]
    for word in _words(label):
        if _wide(lines[-1] + word) <= width or not lines[-1]:
            lines[-1] += word
        else:
            lines.append(word.lstrip())
    shown = lines[:count]
    if len(lines) > count or _wide(shown[-1]) > width:
        shown[-1] = _clipped(shown[-1], width - 1) + "…"
    return tuple(line.strip() for line in shown)


def _words(label: str) -> Iterator[str]:
    for word in label.split():
        yield from ([" " + word] if word.isascii() else list(" " + word))


def _wide(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _clipped(text: str, width: int) -> str:
    while _wide(text) > width and text:
        text = text[:-1]
    return text


def area(changes: ReportChanges) -> list[Band]:
    """Return the shares of topics over time as stacked bands."""
    span = (changes.until - changes.moments[0]).total_seconds() or 1.0
    xs = [(at - changes.moments[0]).total_seconds() / span * WIDTH for at in changes.moments]
    floor = [0.0] * len(xs)
    bands = []
    for series in changes.series:
        ceiling = [low + value for low, value in zip(floor, series.strengths, strict=True)]
        top = [f"{x:.1f},{HEIGHT * (1 - y):.1f}" for x, y in zip(xs, ceiling, strict=True)]
        bottom = [f"{x:.1f},{HEIGHT * (1 - y):.1f}" for x, y in zip(xs, floor, strict=True)]
        bands.append(Band(" ".join([*top, *reversed(bottom)]), series.colour, series.label))
        floor = ceiling
    return bands


def ticks(changes: ReportChanges, say: Phrases) -> list[Tick]:
    """Return five dates, evenly spaced along the time axis."""
    first, span = changes.moments[0], changes.until - changes.moments[0]
    moments = [first + span * step / (TICKS - 1) for step in range(TICKS)]
    return [Tick(WIDTH * step / (TICKS - 1), _month(at, say)) for step, at in enumerate(moments)]


def _month(at: datetime, say: Phrases) -> str:
    return say.short_day(at)


def bars(cards: Sequence[Card]) -> list[list[Segment]]:
    """Return one bar per card, all on the same scale: positive strands extend to the right of zero, negative ones to the
    left.
    """
    gains = [sum(strand.value for strand in card.strands if strand.value > 0) for card in cards]
    losses = [-sum(strand.value for strand in card.strands if strand.value < 0) for card in cards]
    zero, most = max(losses, default=0.0), max(gains, default=0.0)
    scale = 1000 / ((zero + most) or 1.0)
    return [_segments(card.strands, zero, scale) for card in cards]


def _segments(strands: Sequence[Strand], zero: float, scale: float) -> list[Segment]:
    right, left, segments = zero, zero, []
    for strand in strands:
        against = strand.value < 0
        left += min(strand.value, 0.0)
        segments.append(Segment((left if against else right) * scale, abs(strand.value) * scale, strand))
        right += max(strand.value, 0.0)
    return segments


def plotly(
    profile: Profile, branches: Mapping[str, ReportBranch], changes: ReportChanges, say: Phrases
) -> dict[str, Any]:
    """Return the data from which the page's script draws. Labels are escaped, because Plotly interprets some HTML in
    them.
    """
    nodes = list(profile.walk())[::-1]  # Plotly draws counterclockwise
    parents = {child.id: node.id for node in nodes for child in node.children}
    return {
        "sunburst": {
            "ids": [ROOT, *(node.id for node in nodes)],
            "labels": [_escaped_label(say("everything")), *(_in_lines(node.label) for node in nodes)],
            "parents": ["", *(parents.get(node.id, ROOT) for node in nodes)],
            "values": [sum(_millionths(topic) for topic in profile.interests), *map(_millionths, nodes)],
            "colours": [None, *(branches[node.id].colour for node in nodes)],
            "levels": [0, *(node.level for node in nodes)],
            "hatched": [False, *(node.polarity == "dislike" or node.status == "muted" for node in nodes)],
            "texts": ["", *(_escaped_label(f"{node.label} · {say.percent(node.strength)}") for node in nodes)],
            "depth": 2 if len(nodes) > 250 else 4,
        },
        "changes": {
            "moments": [at.isoformat() for at in changes.moments],
            "series": [
                {"label": _escaped_label(series.label), "colour": series.colour, "strengths": series.strengths}
                for series in changes.series
            ],
            "since": changes.since.isoformat(),
        },
    }


def _millionths(node: Interest) -> int:
    """Return the strength in whole millionths, so that children add up exactly to their parent."""
    return round(node.strength * WHOLE)


def _in_lines(label: str) -> str:
    """Return the label in at most two lines, joined as Plotly expects."""
    return "<br>".join(map(_escaped_label, _wrapped(label, 16, 2)))


def _escaped_label(label: str) -> str:
    clipped = label if len(label) <= 60 else label[:59] + "…"
    return clipped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
