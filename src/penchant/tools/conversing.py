"""Conversations whose tools are the capabilities of the registry."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from penchant.agent.chat.answers import Shown
from penchant.agent.chat.conversation import Conversation
from penchant.agent.chat.toolbox import PastEvent, ToolAnswer, Unit
from penchant.agent.chat.turn import Limits
from penchant.errors import NotFoundError, PenchantError
from penchant.prompts.locales import day_in_words
from penchant.store.event import Event
from penchant.store.identifiers import id_argument
from penchant.tools import calling
from penchant.tools.arguments import as_declared
from penchant.tools.capabilities.get_profile import STATEMENT_FIELDS
from penchant.tools.openai import as_function
from penchant.tools.registry import Capability, capabilities

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent
    from penchant.tools.calling import Confirm

MOST_EVENTS = 10_000
"""The number of the user's newest events that answer what they have done."""


def open_conversation(
    agent: "InterestAgent", user_id: str, *, confirm: "Confirm | None" = None, limits: Limits | None = None
) -> Conversation:
    """Open a user's conversation with their profile. It uses the configured model, and its tools act for this user only.

    "The first one" refers to the list that the user was given last, until the conversation shows another one.
    `confirm` asks the user before anything is destroyed; without it such requests are refused.
    """
    user_id = id_argument(user_id)

    def about(budget: int, language: str, question: str) -> str:
        try:
            return agent.context(user_id, budget, language, query=question or None).text
        except NotFoundError:
            return ""

    conversation = Conversation(
        user_id,
        RegistryToolbox(agent, user_id, confirm),
        model=agent.model if agent.settings.llm.provider != "none" else None,
        about=about,
        language=agent.settings.lang,
        today=lambda: agent.clock.now().date(),
        limits=limits or Limits(seconds=max(Limits().seconds, agent.settings.llm.total_timeout_seconds)),
    )
    conversation.begin_after(_given_last(agent, user_id))
    return conversation


def _given_last(agent: "InterestAgent", user_id: str) -> list[Shown]:
    """Return the items of the list that the user was given last; nothing where the user does not allow lists."""
    if not agent.services.permissions.allows(user_id, "recommend"):
        return []
    rows = [row for given in agent.services.recommendations.for_user(user_id, 1) for row in given.items]
    return [Shown(item_id=row.item_id, title=row.title, why=row.explanation.text) for row in rows]


class RegistryToolbox:
    """The capabilities that a conversation offers, for one user."""

    def __init__(self, agent: "InterestAgent", user_id: str, confirm: "Confirm | None" = None) -> None:
        self.agent, self.user_id, self.confirm = agent, user_id, confirm
        self._offered: dict[str, Capability] = {
            name: capability for name, capability in capabilities().items() if capability.in_conversation
        }

    def schemas(self) -> Sequence[dict[str, Any]]:
        return [as_function(capability, bound=True) for capability in self._offered.values()]

    def changes(self, name: str) -> bool:
        return name in self._offered and not self._offered[name].read_only

    def declared(self, name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the arguments under the names that the tool declares, so that they are checked as they will be read."""
        capability = self._offered.get(name)
        return as_declared(capability.input_model, arguments, []) if capability else arguments

    def statements(self) -> Sequence[Mapping[str, Any]]:
        """Return the current statements of the user; none where the user is unknown."""
        try:
            found = self.agent.statements(self.user_id).statements
        except NotFoundError:
            return []
        return [statement.model_dump(mode="json", include=STATEMENT_FIELDS | {"place"}) for statement in found]

    def past_events(self, language: str) -> Sequence[PastEvent]:
        """Return what the user did with items, newest first. Items that the catalogue has not got are named by their id."""
        zone = self.agent.services.zone_of(self.user_id)
        today = self.agent.clock.now().astimezone(zone).date()
        events = [event for event in self.agent.recent_events(self.user_id, MOST_EVENTS) if event.item_id is not None]
        items = self.agent.items([str(event.item_id) for event in events])

        def past(event: Event) -> PastEvent:
            on, item = event.at.astimezone(zone).date(), items.get(str(event.item_id))
            title = item.title if item else str(event.item_id)
            names = tuple(name for path in item.categories for name in path) if item else ()
            return PastEvent(event.type, title, on, day_in_words(on, language), _ago(on, today), names, event.value)

        return [past(event) for event in events]

    def confirms(self, question: str) -> bool:
        return self.confirm is not None and self.confirm(question)

    def remove_statement(self, statement_id: str) -> ToolAnswer:
        """Take a statement of the user back, permanently."""
        try:
            removed = self.agent.remove_statement(self.user_id, statement_id)
        except NotFoundError as error:
            return _failed(error)
        return ToolAnswer({"removed": removed.text})

    def call(self, name: str, arguments: Mapping[str, Any]) -> ToolAnswer:
        capability = self._offered.get(name)
        if capability is None:
            offered = ", ".join(self._offered)
            return _failed(NotFoundError(f"there is no tool {name!r} in a conversation: use one of {offered}"))
        result = calling.call(self.agent, capability, arguments, user_id=self.user_id, confirm=self.confirm, heard=True)
        return ToolAnswer(result.brief, failed=result.error is not None)


def _failed(error: PenchantError) -> ToolAnswer:
    return ToolAnswer({"error": error.title, "detail": error.for_models}, failed=True)


def _ago(day: date, today: date) -> dict[Unit, int]:
    """Return how many calendar days, weeks, months and years before today the day is."""
    weeks = (today - timedelta(today.weekday())) - (day - timedelta(day.weekday()))
    months = 12 * (today.year - day.year) + today.month - day.month
    return {"days": (today - day).days, "weeks": weeks.days // 7, "months": months, "years": today.year - day.year}
