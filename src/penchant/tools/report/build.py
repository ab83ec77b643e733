"""Builds a `Report` from an agent. All data comes from the agent's methods; nothing is measured here."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from penchant.errors import ConsentError
from penchant.settings import Language
from penchant.store.labels import merge_repeated_labels, shown_nodes
from penchant.store.profile import Profile
from penchant.store.receipt import Degraded
from penchant.store.recommendation import Recommendation
from penchant.tools.report.cards import Cards
from penchant.tools.report.changes import branches, changes
from penchant.tools.report.context import Provenance, Report
from penchant.tools.report.doubts import doubts
from penchant.tools.report.event_texts import EventTexts
from penchant.tools.report.phrases import Phrases
from penchant.tools.report.portrait import portrait
from penchant.tools.report.provenance import provenance, remedies

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

ROWS = 5_000
"""The most events that a page shows (`SLIM_ROWS` on a slim page)."""
SLIM_ROWS = 120


class ReportOptions(TypedDict, total=False):
    """What a report shows.

    `lang`: by default that of the settings; `at`: the time it is of, by default now; `compare`: show changes since this
    time, by default recent ones; `k`: how many recommendations, by default `LISTED`; `llm`: whether a language model
    may rank and explain them, by default it may.
    """

    lang: Language | None
    at: datetime | None
    compare: datetime | None
    k: int
    llm: bool


LISTED = 10


def build(agent: "InterestAgent", user_id: str, *, rows: int = ROWS, **options: Unpack[ReportOptions]) -> Report:
    """Build the report of a user. `rows`: the most events to show. Raises `NotFoundError` where the user is unknown,
    `UsageError`.
    """
    at, lang = options.get("at"), options.get("lang") or agent.settings.lang
    zone = str(agent.zone_of(user_id))
    say = Phrases(lang, zone)
    whole = agent.profile(user_id, at=at, lang=lang)
    profile = merge_repeated_labels(whole)
    k, llm = options.get("k", LISTED), options.get("llm", True)
    listed = _listed(agent, profile, k, at, llm=llm, lang=lang)
    texts = _texts(agent, user_id, listed, at, say)
    nodes, places = shown_nodes(whole, profile), branches(profile)
    places |= {name: places[node.id] for name, node in nodes.items()}
    moved = changes(agent, whole, texts, say, options.get("compare"))
    cards = Cards(nodes, places, texts, texts.items, say).build(listed)
    return Report(
        user_id=user_id,
        language=lang,
        zone=zone,
        made_at=agent.clock.now(),
        profile=whole,
        recommendation=listed,
        portrait=portrait(profile, len(texts.events), say),
        branches=places,
        changes=moved,
        cards=cards,
        doubts=doubts(profile, places, texts, at or agent.clock.now(), say),
        evidence=texts.evidence(profile, listed, rows),
        provenance=_provenance(agent, profile, listed, at, say),
        remedies=remedies(profile, say),
    )


def _texts(
    agent: "InterestAgent", user_id: str, listed: Recommendation, at: datetime | None, say: Phrases
) -> EventTexts:
    """Return the user's events, with their items and those of the list."""
    events = agent.events(user_id, until=at)
    touched = {event.item_id for event in events if event.item_id} | {item.item_id for item in listed.items}
    return EventTexts(events, agent.items(sorted(touched)), agent.event_weights, say)


def _provenance(
    agent: "InterestAgent", profile: Profile, listed: Recommendation, at: datetime | None, say: Phrases
) -> Provenance:
    history = [version for version in agent.history(profile.user_id) if at is None or version.as_of <= at]
    consent = {standing.purpose: standing.granted for standing in agent.consent(profile.user_id).purposes}
    return provenance(agent.settings, profile, listed, history, embedder=agent.embedder.name, consent=consent, say=say)


def _listed(
    agent: "InterestAgent", profile: Profile, k: int, at: datetime | None, *, llm: bool, lang: Language
) -> Recommendation:
    """Return the list. Where the user does not allow lists, return an empty one with the reason, so that they can still
    see what is known about them.
    """
    try:
        return agent.recommend(profile.user_id, k, at=at, llm=llm, lang=lang)
    except ConsentError as error:
        return Recommendation(
            recommendation_id="",
            user_id=profile.user_id,
            as_of=profile.as_of,
            profile_version=profile.version,
            degraded=[Degraded(step="recommend", reason=str(error))],
        )
