"""From an agent to a `Report`: everything is asked of the facade, nothing is measured here."""

from datetime import datetime
from typing import TYPE_CHECKING

from penchant.errors import ConsentError
from penchant.store.profile import Profile
from penchant.store.receipt import Degraded
from penchant.store.recommendation import Recommendation
from penchant.tools.report.cards import Cards
from penchant.tools.report.changes import branches, changes
from penchant.tools.report.context import Report
from penchant.tools.report.deeds import Deeds
from penchant.tools.report.doubts import doubts
from penchant.tools.report.phrases import Phrases
from penchant.tools.report.portrait import portrait
from penchant.tools.report.provenance import provenance, remedies

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

ROWS = 5_000
"""How many events a page shows at most (and `SLIM_ROWS` a slim one)."""
SLIM_ROWS = 120


def build(
    agent: "InterestAgent",
    user_id: str,
    *,
    at: datetime | None = None,
    compare: datetime | None = None,
    k: int = 10,
    llm: bool = True,
    rows: int = ROWS,
) -> Report:
    """Everything a page shows, in the agent's language. Raises `NotFoundError` for a user nobody has seen, `UsageError`."""
    settings = agent.parts.settings
    say = Phrases(settings.lang)
    profile = agent.profile(user_id, at=at)
    listed = _listed(agent, profile, k, at, llm=llm)
    events = agent.events(user_id, until=at)
    touched = {event.item_id for event in events if event.item_id} | {item.item_id for item in listed.items}
    items = agent.items(sorted(touched))
    deeds = Deeds(events, items, agent.parts.event_weights, say)
    places = branches(profile)
    moved = changes(agent, profile, deeds, say, compare)
    cards = Cards(profile, places, deeds, items, say).made(listed)
    history = [version for version in agent.history(user_id) if at is None or version.as_of <= at]
    now = at or agent.parts.clock.now()
    return Report(
        user_id=user_id,
        language=settings.lang,
        made_at=agent.parts.clock.now(),
        profile=profile,
        recommendation=listed,
        portrait=portrait(profile, len(events), say),
        branches=places,
        changes=moved,
        cards=cards,
        doubts=doubts(profile, places, deeds, now, say),
        evidence=deeds.evidence(profile, listed, rows),
        provenance=provenance(
            settings,
            profile,
            listed,
            history,
            embedder=agent.parts.embedder.name,
            consent={standing.purpose: standing.granted for standing in agent.consent(user_id).purposes},
            say=say,
        ),
        remedies=remedies(profile, say),
    )


def _listed(agent: "InterestAgent", profile: Profile, k: int, at: datetime | None, *, llm: bool) -> Recommendation:
    """The list; an empty one that says why where the user has not allowed any: they may still see what is known of them."""
    try:
        return agent.recommend(profile.user_id, k, at=at, llm=llm)
    except ConsentError as error:
        return Recommendation(
            recommendation_id="",
            user_id=profile.user_id,
            as_of=profile.as_of,
            profile_version=profile.version,
            degraded=[Degraded(step="recommend", reason=str(error))],
        )
