"""Returns the profile as a short text."""

from pydantic import Field

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.profiles.summary import DEFAULT_BUDGET, MAX_BUDGET, ProfileContext
from penchant.settings import Language
from penchant.tools.arguments import ForUser
from penchant.tools.registry import capability


class GetContext(ForUser):
    """The user, the question and the token budget."""

    query: str | None = Field(
        None, max_length=2_000, description="The current question: what is relevant to it comes first."
    )
    budget: int = Field(DEFAULT_BUDGET, ge=0, le=MAX_BUDGET, description="Maximum number of tokens.")
    lang: Language | None = Field(None, description="Language of the text.")


@capability(
    title="Read a profile as a short text",
    brief=lambda context: {"text": context.text, "left_out": context.left_out},
    read_only=True,
    in_conversation=False,
)
def get_context(agent: InterestAgent, arguments: GetContext) -> ProfileContext:
    """What to know about the user, for a system prompt, never over a token budget.

    Use it once at the start of a conversation, or before any answer that taste should shape. Never recite it to the user unasked.
    """
    return agent.context(arguments.user_id, arguments.budget, arguments.lang, query=arguments.query)
