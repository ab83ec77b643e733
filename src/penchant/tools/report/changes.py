"""Changes of a profile: topics over time, and which interests rose and faded since a moment, with the events that caused
it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from penchant.errors import UsageError
from penchant.store.profile import Interest, Profile
from penchant.tools.report.context import COLOURS, OTHER, EventText, Mover, ReportBranch, ReportChanges, Series
from penchant.tools.report.event_texts import EventTexts
from penchant.tools.report.phrases import Phrases

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

STOPS = 12
FOLLOWED = 8
MOVERS = 5
NOTICEABLE = 0.01
NAMED = 3
RECENT = timedelta(days=30)


def changes(
    agent: "InterestAgent", profile: Profile, texts: EventTexts, say: Phrases, compare: datetime | None = None
) -> ReportChanges:
    """Return the changes from the first event to the time of the profile. Raises `UsageError` where `compare` lies
    later.
    """
    until = profile.as_of
    if compare is not None and compare > until:
        raise UsageError(f"--compare {compare:%Y-%m-%d} is later than the profile's date, {until:%Y-%m-%d}")
    first = min((event.at for event in texts.events), default=until)
    since = compare or _start_of_comparison(first, until)
    moments = _stops(first, until)
    read = _read(agent, profile, sorted({*moments, since} - {until}))
    profiles = [read.get(moment, profile) for moment in moments]
    risen, faded = _movers(read.get(since, profile), profile, texts, since)
    return ReportChanges(
        since=since,
        until=until,
        moments=tuple(moments),
        series=_series(profiles, say),
        risen=risen,
        faded=faded,
    )


def branches(profile: Profile) -> dict[str, ReportBranch]:
    """Return topic, colour and anchor of every node, by id."""
    found = {}
    for rank, topic in enumerate(profile.interests):
        for number, node in enumerate(topic.walk()):
            found[node.id] = ReportBranch(
                id=node.id, topic=topic.id, colour=rank % COLOURS, anchor=f"i{rank + 1}-{number}"
            )
    return found


def _start_of_comparison(first: datetime, until: datetime) -> datetime:
    """Return the start of the comparison: 30 days before the end, or half-way through a history shorter than 60 days."""
    return until - RECENT if until - first >= 2 * RECENT else first + (until - first) / 2


def _stops(first: datetime, until: datetime) -> list[datetime]:
    """Return evenly spaced moments from the first event to the end; only the end where the history is shorter than an
    hour.
    """
    if until - first < timedelta(hours=1):
        return [until]
    return [first + (until - first) * step / STOPS for step in range(STOPS)] + [until]


def _read(agent: "InterestAgent", profile: Profile, moments: Sequence[datetime]) -> Mapping[datetime, Profile]:
    read = agent.timeline(profile.user_id, moments, lang=profile.language)
    return dict(zip(moments, read, strict=True))


def _series(profiles: Sequence[Profile], say: Phrases) -> tuple[Series, ...]:
    """Return the topics that were strongest at any moment, in today's order, and the others as one sum. Empty where
    there is nothing to compare.
    """
    now = [topic.label for topic in profiles[-1].interests]
    strengths = _by_label(profiles)
    known = list(dict.fromkeys([*now, *(label for row in strengths for label in row)]))
    if len(profiles) < 2 or len(known) < 2:
        return ()
    ids = {topic.label: topic.id for profile in profiles for topic in profile.interests}
    followed = sorted(known, key=lambda label: -max(row.get(label, 0.0) for row in strengths))[:FOLLOWED]
    free = iter(range(len(now), COLOURS))
    series = [
        Series(
            id=ids[label],
            label=label,
            colour=now.index(label) % COLOURS if label in now else next(free, OTHER),
            strengths=tuple(row.get(label, 0.0) for row in strengths),
        )
        for label in known
        if label in followed
    ]
    rest = [round(sum(value for label, value in row.items() if label not in followed), 6) for row in strengths]
    if max(rest, default=0.0) > 0:
        series.append(Series(id="", label=say("others_together"), colour=OTHER, strengths=tuple(rest)))
    return tuple(series)


def _by_label(profiles: Sequence[Profile]) -> list[dict[str, float]]:
    """Return the strengths of topics by their label of today, one dict per profile. Topics are matched by id, else by
    label, because rebuilding the taxonomy may change either.
    """
    today = {topic.id: topic.label for topic in profiles[-1].interests}
    rows: list[dict[str, float]] = []
    for profile in profiles:
        row: dict[str, float] = {}
        for topic in profile.interests:
            label = today.get(topic.id, topic.label)
            row[label] = row.get(label, 0.0) + topic.strength
        rows.append(row)
    return rows


def _movers(
    before: Profile, after: Profile, texts: EventTexts, since: datetime
) -> tuple[tuple[Mover, ...], tuple[Mover, ...]]:
    now = _compared_nodes(after)
    by_path = {_folded(node): node for node in now}
    was: dict[str, float] = {}
    nodes = {node.id: node for node in now}
    for node in _compared_nodes(before):
        same = nodes.get(node.id) or by_path.get(_folded(node)) or node
        nodes.setdefault(same.id, same)
        was[same.id] = was.get(same.id, 0.0) + node.strength
    strengths = {node.id: node.strength for node in now}
    found = [(strengths.get(name, 0.0) - was.get(name, 0.0), node) for name, node in nodes.items()]
    ordered = sorted(found, key=lambda row: (-abs(row[0]), row[1].path))
    places = branches(after)
    movers = [
        Mover(
            id=node.id,
            path=node.path,
            colour=places[node.id].colour if node.id in places else OTHER,
            before=was.get(node.id, 0.0),
            after=strengths.get(node.id, 0.0),
            because=_causes(node, texts, since, rose=change > 0),
            last_seen=node.last_seen,
        )
        for change, node in ordered
        if abs(change) >= NOTICEABLE
    ]
    risen = [mover for mover in movers if mover.after > mover.before]
    faded = [mover for mover in movers if mover.after < mover.before]
    return tuple(risen[:MOVERS]), tuple(faded[:MOVERS])


def _folded(node: Interest) -> tuple[str, ...]:
    return tuple(label.casefold() for label in node.path)


def _compared_nodes(profile: Profile) -> list[Interest]:
    """Return the nodes whose changes are shown: level 2, and topics without children."""
    return [node for node in profile.walk() if node.level == 2 or (node.level == 1 and not node.children)]


def _causes(node: Interest, texts: EventTexts, since: datetime, *, rose: bool) -> tuple[EventText, ...]:
    """Return the events behind a change: for a rise the ones with the largest weight since then, for a fall the last
    evidence.
    """
    events = [event for name in node.evidence if (event := texts.get(name)) and texts.weight(event) > 0]
    if rose:
        recent = [event for event in events if event.at > since]
        events = sorted(recent, key=lambda event: (-abs(texts.weight(event)), -event.at.timestamp(), event.event_id))
    different = {texts.about(event): event for event in reversed(events)}
    chosen = [event for event in events if different[texts.about(event)] is event][: NAMED if rose else NAMED - 1]
    return tuple(text for event in chosen if (text := texts.cite(event.event_id)))
