"""Records the outcome of a recommendation."""

from pydantic import Field

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.recommend.feedback import FeedbackReceipt
from penchant.store.event import MAX_ID
from penchant.tools.arguments import ForUser
from penchant.tools.registry import capability


class GiveFeedback(ForUser):
    """The user, the item and the outcome."""

    item_id: str = Field(min_length=1, max_length=MAX_ID, description="The item_id.")
    outcome: str = Field(max_length=32, description="shown, clicked, liked, disliked, or rated:4.")
    recommendation_id: str | None = Field(None, max_length=MAX_ID, description="The list that contained it.")


@capability(
    title="Report what became of a recommendation",
    brief=lambda given: given.model_dump(include={"item_id", "outcome", "rating"}),
)
def give_feedback(agent: InterestAgent, arguments: GiveFeedback) -> FeedbackReceipt:
    """Tell how the user took an item that was recommended: shown, clicked, liked, disliked, or a rating.

    Use it when the user reacts to a suggestion ("I liked the second one"). It counts as behaviour. Only for reactions the user has shown,
    never for ones you expect.
    """
    return agent.feedback(arguments.user_id, arguments.item_id, arguments.outcome, arguments.recommendation_id)
