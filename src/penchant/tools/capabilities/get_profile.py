"""Reading the tree of interests."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import Moment
from penchant.store.profile import Interest, Profile
from penchant.tools.arguments import ForUser
from penchant.tools.registry import capability

MOST_LEAVES_TOLD = 60


class GetProfile(ForUser):
    """Which profile, as of when, how deep."""

    at: Moment | None = Field(None, description="As of this time (ISO 8601 with zone); the latest, if left out.")
    depth: int | None = Field(None, ge=1, le=8, description="Only the upper N levels: 1 is topics.")
    lang: Literal["en", "zh"] | None = Field(None, description="Language of the labels.")


def _brief(profile: Profile) -> Mapping[str, Any]:
    leaves = [node for node in profile.walk() if not node.children]
    told = sorted(leaves, key=lambda node: -node.strength)[:MOST_LEAVES_TOLD]
    brief = {
        "as_of": profile.as_of.date().isoformat(),
        "events": profile.n_events,
        "interests": [_told(node) for node in told],
    }
    return brief | ({"left_out": len(leaves) - len(told)} if len(leaves) > len(told) else {})


def _told(node: Interest) -> dict[str, Any]:
    told: dict[str, Any] = {
        "interest": " > ".join(node.path),
        "percent": round(100 * node.strength, 1),
        "signs": node.evidence_count,
    }
    marks = {"trend": (node.trend, "steady"), "status": (node.status, "active"), "polarity": (node.polarity, "like")}
    return told | {name: value for name, (value, usual) in marks.items() if value != usual}


@capability(title="Read a profile", brief=_brief, read_only=True)
def get_profile(agent: InterestAgent, taken: GetProfile) -> Profile:
    """The user's interests as a tree (topic, subtopic, interest) with strength, trend and the behaviour behind each.

    Use it when the user asks what is known about them, or why, or before editing an interest (it has the names and ids). To personalise
    an answer, get_context says the same in far fewer words.
    """
    profile = agent.profile(taken.user_id, at=taken.at, lang=taken.lang)
    return profile if taken.depth is None else profile.pruned(taken.depth)
