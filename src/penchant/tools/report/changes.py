"""How a profile changed: the topics through time, and what rose and faded since a moment, with the events that did it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from penchant.errors import UsageError
from penchant.store.profile import Interest, Profile
from penchant.tools.report.context import COLOURS, OTHER, Branch, Changes, Deed, Mover, Series
from penchant.tools.report.deeds import Deeds
from penchant.tools.report.phrases import Phrases

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

STOPS = 24
FOLLOWED = 8
MOVERS = 5
NOTICEABLE = 0.01
NAMED = 3
RECENT = timedelta(days=30)


def changes(
    agent: "InterestAgent", profile: Profile, deeds: Deeds, say: Phrases, compare: datetime | None = None
) -> Changes:
    """From the first event to the profile's own moment. Raises `UsageError` for a comparison with the future."""
    until = profile.as_of
    if compare is not None and compare > until:
        raise UsageError(f"--compare {compare:%Y-%m-%d} lies after the profile's own date, {until:%Y-%m-%d}")
    first = min((event.at for event in deeds.events), default=until)
    since = compare or _since(first, until)
    moments = _stops(first, until)
    read = _read(agent, profile, sorted({*moments, since} - {until}))
    told = [read.get(moment, profile) for moment in moments]
    risen, faded = _movers(read.get(since, profile), profile, deeds, since)
    return Changes(
        since=since,
        until=until,
        moments=tuple(moments),
        series=_series(told, say),
        risen=risen,
        faded=faded,
    )


def branches(profile: Profile) -> dict[str, Branch]:
    """Topic, colour and anchor of every node."""
    found = {}
    for rank, topic in enumerate(profile.interests):
        for number, node in enumerate(topic.walk()):
            colour = rank if rank < COLOURS else OTHER
            found[node.id] = Branch(id=node.id, topic=topic.id, colour=colour, anchor=f"i{rank + 1}-{number}")
    return found


def _since(first: datetime, until: datetime) -> datetime:
    """A month back; half-way through where the whole history is hardly longer."""
    return until - RECENT if until - first >= 2 * RECENT else first + (until - first) / 2


def _stops(first: datetime, until: datetime) -> list[datetime]:
    """Evenly from the first event to the end; a history of less than an hour is one moment."""
    if until - first < timedelta(hours=1):
        return [until]
    return [first + (until - first) * step / STOPS for step in range(STOPS)] + [until]


def _read(agent: "InterestAgent", profile: Profile, moments: Sequence[datetime]) -> Mapping[datetime, Profile]:
    read = agent.timeline(profile.user_id, moments, lang=agent.parts.settings.lang)
    return dict(zip(moments, read, strict=True))


def _series(told: Sequence[Profile], say: Phrases) -> tuple[Series, ...]:
    """The topics that were ever strongest, in the order of today; the rest together. Nothing where there is nothing to compare."""
    strengths = [{topic.id: topic.strength for topic in profile.interests} for profile in told]
    labels = {topic.id: topic.label for profile in told for topic in profile.interests}
    now = [topic.id for topic in told[-1].interests]
    known = dict.fromkeys([*now, *labels])
    if len(told) < 2 or len(known) < 2:
        return ()
    followed = sorted(known, key=lambda name: -max(row.get(name, 0.0) for row in strengths))[:FOLLOWED]
    past = [name for name in followed if name not in now]
    ordered = [name for name in now if name in followed] + past
    free = iter(colour for colour in range(len(now), COLOURS))
    made = [
        Series(
            id=name,
            label=labels[name],
            colour=now.index(name) if name in now[:COLOURS] else next(free, OTHER),
            strengths=tuple(row.get(name, 0.0) for row in strengths),
        )
        for name in ordered
    ]
    rest = [sum(value for name, value in row.items() if name not in followed) for row in strengths]
    if max(rest, default=0.0) > 0:
        label = say("others_together")
        made.append(Series(id="", label=label, colour=OTHER, strengths=tuple(round(value, 6) for value in rest)))
    return tuple(made)


def _movers(
    before: Profile, after: Profile, deeds: Deeds, since: datetime
) -> tuple[tuple[Mover, ...], tuple[Mover, ...]]:
    was, now = _middle(before), _middle(after)
    places = branches(after)
    found = []
    for name in {**now, **was}:
        node = now.get(name) or was[name]
        old, new = (tree[name].strength if name in tree else 0.0 for tree in (was, now))
        if abs(new - old) >= NOTICEABLE:
            found.append((new - old, node, old, new))
    ordered = sorted(found, key=lambda row: (-abs(row[0]), row[1].path))
    made = [
        Mover(
            id=node.id,
            path=node.path,
            colour=places[node.id].colour if node.id in places else OTHER,
            before=old,
            after=new,
            because=_because(node, deeds, since, rose=change > 0),
            last_seen=node.last_seen,
        )
        for change, node, old, new in ordered
    ]
    risen = [mover for mover in made if mover.after > mover.before]
    faded = [mover for mover in made if mover.after < mover.before]
    return tuple(risen[:MOVERS]), tuple(faded[:MOVERS])


def _middle(profile: Profile) -> dict[str, Interest]:
    """The nodes movement is told of: level 2, and topics that have nothing below."""
    nodes = [node for node in profile.walk() if node.level == 2 or (node.level == 1 and not node.children)]
    return {node.id: node for node in nodes}


def _because(node: Interest, deeds: Deeds, since: datetime, *, rose: bool) -> tuple[Deed, ...]:
    """What rose: its weightiest events since then. What faded: the last things it rested on."""
    events = [event for name in node.evidence if (event := deeds.get(name))]
    if rose:
        recent = [event for event in events if event.at > since]
        events = sorted(recent, key=lambda event: (-abs(deeds.weight(event)), -event.at.timestamp(), event.event_id))
    different = {deeds.about(event): event for event in reversed(events)}
    chosen = [event for event in events if different[deeds.about(event)] is event][: NAMED if rose else NAMED - 1]
    return tuple(deed for event in chosen if (deed := deeds.cite(event.event_id)))
