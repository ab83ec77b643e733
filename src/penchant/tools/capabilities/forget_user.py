"""Erases a user."""

from penchant.agent.interest_agent import InterestAgent
from penchant.store.receipt import EraseReceipt
from penchant.tools.arguments import ForUser
from penchant.tools.registry import capability


class ForgetUser(ForUser):
    """The user to erase."""


def _question(arguments: ForgetUser) -> str:
    return f"Erase everything known about {arguments.user_id}: behaviour, profile, lists and feedback? This cannot be undone."


@capability(
    title="Forget a user",
    brief=lambda receipt: {"removed": sum(receipt.removed.values()), "residue": receipt.residue},
    destructive=True,
    idempotent=True,
    question=_question,
)
def forget_user(agent: InterestAgent, arguments: ForgetUser) -> EraseReceipt:
    """Erase everything known about a user, for ever.

    Use it only when the user themself asks, in this conversation, that their data be deleted. To take back one interest, use
    edit_interest. The user is asked to confirm; you cannot answer for them.
    """
    return agent.erase(arguments.user_id)
