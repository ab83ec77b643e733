"""What a profile does not know or is unsure of."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from penchant.store.profile import Interest, Profile
from penchant.tools.report.context import Doubt, ReportBranch, ReportSpan
from penchant.tools.report.event_texts import EventTexts
from penchant.tools.report.phrases import Phrases

MIN_CONFIDENCE = 0.5
MAX_THIN_SHOWN = 8
YOUNG = 10
INACTIVE_AFTER = timedelta(days=30)


def doubts(
    profile: Profile, branches: Mapping[str, ReportBranch], texts: EventTexts, now: datetime, say: Phrases
) -> tuple[Doubt, ...]:
    """Return all doubts about a profile, the most important first; the last one applies to every profile. `now`: the
    time of the report.
    """
    found = [*_unread(profile, texts, say), *_unexplained(profile, say), *_thin(profile, branches, say)]
    found += [*_young(texts, say), *_unknown_items(texts, say), *_no_recent_events(profile, texts, now, say)]
    found += [*_unnamed(profile, say), Doubt(kind="behaviour_only", text=say("doubt_behaviour_only"))]
    return tuple(found)


def _unread(profile: Profile, texts: EventTexts, say: Phrases) -> Iterator[Doubt]:
    unread = len(texts.events) - profile.n_events
    if unread > 0:
        yield Doubt(kind="unread", text=say("doubt_unread", count=say.actions(unread)))


def _unexplained(profile: Profile, say: Phrases) -> Iterator[Doubt]:
    if profile.pool.events:
        total = say.actions(profile.n_events)
        yield Doubt(kind="pool", text=say("doubt_pool", events=f"{profile.pool.events:,}", total=total))


def _thin(profile: Profile, branches: Mapping[str, ReportBranch], say: Phrases) -> Iterator[Doubt]:
    thin = sorted(
        (node for node in _leaves(profile) if node.confidence < MIN_CONFIDENCE), key=lambda node: -node.strength
    )
    about = [
        ReportSpan(text=f"{node.label} ({say.percent(node.confidence)})", href=f"#{branches[node.id].anchor}")
        for node in thin[:MAX_THIN_SHOWN]
    ]
    if len(thin) > MAX_THIN_SHOWN:
        about.append(ReportSpan(text=f"+ {len(thin) - MAX_THIN_SHOWN}"))
    if thin:
        yield Doubt(kind="thin", text=say("doubt_thin"), about=tuple(about))


def _young(texts: EventTexts, say: Phrases) -> Iterator[Doubt]:
    if 0 < len(texts.events) < YOUNG:
        yield Doubt(kind="young", text=say("doubt_young", count=say.actions(len(texts.events))))


def _unknown_items(texts: EventTexts, say: Phrases) -> Iterator[Doubt]:
    if unknown := texts.unknown_items():
        yield Doubt(kind="unknown_items", text=say("doubt_unknown_items", count=say.actions(unknown)))


def _no_recent_events(profile: Profile, texts: EventTexts, now: datetime, say: Phrases) -> Iterator[Doubt]:
    last = max((event.at for event in texts.events), default=now)
    if now - last > INACTIVE_AFTER:
        yield Doubt(kind="quiet", text=say("doubt_quiet", at=say.day(last), days=(now - last).days))


def _unnamed(profile: Profile, say: Phrases) -> Iterator[Doubt]:
    leaves = _leaves(profile)
    by_rule = sum(node.label_source == "rule" for node in leaves)
    if by_rule:
        yield Doubt(kind="unnamed", text=say("doubt_unnamed", count=by_rule, total=len(leaves)))


def _leaves(profile: Profile) -> list[Interest]:
    return [node for node in profile.walk() if not node.children]
