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
from penchant.tools.report.context import Report
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
    settings, at = agent.settings, options.get("at")
    lang = options.get("lang") or settings.lang
    zone = str(agent.zone_of(user_id))
    say = Phrases(lang, zone)
    whole = agent.profile(user_id, at=at, lang=lang)
    profile = merge_repeated_labels(whole)
    k, llm = options.get("k", LISTED), options.get("llm", True)
    listed = _listed(agent, profile, k, at, llm=llm, lang=lang)
    events = agent.events(user_id, until=at)
    touched = {event.item_id for event in events if event.item_id} | {item.item_id for item in listed.items}
    items = agent.items(sorted(touched))
    texts = EventTexts(events, items, agent.event_weights, say)
    nodes, places = shown_nodes(whole, profile), branches(profile)
    places |= {name: places[node.id] for name, node in nodes.items()}
    moved = changes(agent, whole, texts, say, options.get("compare"))
    cards = Cards(nodes, places, texts, items, say).build(listed)
    history = [version for version in agent.history(user_id) if at is None or version.as_of <= at]
    now = at or agent.clock.now()
    return Report(
        user_id=user_id,
        language=lang,
        zone=zone,
        made_at=agent.clock.now(),
        profile=whole,
        recommendation=listed,
        portrait=portrait(profile, len(events), say),
        branches=places,
        changes=moved,
        cards=cards,
        doubts=doubts(profile, places, texts, now, say),
        evidence=texts.evidence(profile, listed, rows),
        provenance=provenance(
            settings,
            profile,
            listed,
            history,
            embedder=agent.embedder.name,
            consent={standing.purpose: standing.granted for standing in agent.consent(user_id).purposes},
            say=say,
        ),
        remedies=remedies(profile, say),
    )


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
