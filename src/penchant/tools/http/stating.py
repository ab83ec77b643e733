"""Statements that users make through the service: a message, which is stored only where a statement is found in it."""

from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import Event
from penchant.store.statement import Statement


def record_statements(agent: InterestAgent, user: str, text: str) -> list[Statement]:
    """Record `text` as a message and return the statements found in it; where there are none, nothing is stored. Raises
    `ConsentError`.
    """
    agent.services.permissions.require(user, "profile", words=text)
    event = Event(user_id=user, type="message", text=text, at=agent.clock.now())
    written = agent.observe([event]).accepted
    agent.update(user)
    found = [row for row in agent.statements(user, history=True).statements if row.event_id == event.event_id]
    if written and not found:
        agent.remove_events(user, [event.event_id])
    return found
