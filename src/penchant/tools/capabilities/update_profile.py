"""Folds new behaviour into the profile."""

from collections.abc import Mapping
from typing import Any

from penchant.agent.interest_agent import InterestAgent
from penchant.store.receipt import UserUpdate
from penchant.tools.arguments import ForUser
from penchant.tools.registry import capability


class UpdateProfile(ForUser):
    """The user whose profile is updated."""


def _brief(receipt: UserUpdate) -> Mapping[str, Any]:
    brief = receipt.model_dump(include={"version", "events_new", "assigned", "pooled", "status"})
    return brief | ({"why": [degraded.reason for degraded in receipt.degraded]} if receipt.degraded else {})


@capability(
    title="Bring a profile up to date",
    brief=_brief,
    idempotent=True,
    in_conversation=False,
    asks_model=True,
)
def update_profile(agent: InterestAgent, arguments: UpdateProfile) -> UserUpdate:
    """Fold the behaviour recorded since the last update into the user's interests, and say what became of every event.

    Use it after record_events, when the profile should know of what was recorded. It is not needed to read a profile, and calling it again
    without new behaviour changes nothing.
    """
    [receipt] = agent.update(arguments.user_id).users
    return receipt
