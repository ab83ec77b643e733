"""Records behaviour."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, model_validator

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import UsageError
from penchant.store.event import MAX_ID, MAX_TEXT, Event, Moment
from penchant.tools.arguments import ForUser, Input
from penchant.tools.registry import capability

MOST_EVENTS = 200


class NewEvent(Input):
    """One thing the user did."""

    type: str = Field(
        description="view, click, search, like, save, cart, purchase, rating, dwell, share, follow, message, skip, hide, dislike or return."
    )
    item_id: str | None = Field(None, max_length=MAX_ID, description="The item that the event is about.")
    text: str | None = Field(None, max_length=MAX_TEXT, description="Search words or message, word for word.")
    value: float | None = Field(None, description="Rating, seconds of dwelling, or quantity.")
    at: Moment | None = Field(None, description="ISO 8601 with zone; now, if left out.")
    event_id: str | None = Field(
        None, max_length=MAX_ID, description="The application's id; events with the same id count once."
    )
    context: dict[str, Any] = Field(
        default_factory=dict,
        description="Circumstances.",
        json_schema_extra={"properties": {name: {"type": "string"} for name in ("device", "place", "session")}},
    )


def _is_user(name: Any) -> bool:
    return str(name).replace("_", "").casefold() == "userid"


class RecordEvents(ForUser):
    """Events of one user."""

    @model_validator(mode="before")
    @classmethod
    def _of_this_user(cls, data: Any) -> Any:
        """Accept events that repeat the user id of the call. An event that names another user stays as it is and is
        refused later.
        """
        if not isinstance(data, dict) or not isinstance(data.get("events"), list):
            return data
        user = data.get("user_id")
        events = [
            {name: value for name, value in event.items() if not (_is_user(name) and value == user)}
            if isinstance(event, dict) and user is not None
            else event
            for event in data["events"]
        ]
        return data | {"events": events}

    events: list[NewEvent] = Field(min_length=1, max_length=MOST_EVENTS, description="What the user did, oldest first.")


class Recorded(BaseModel):
    """`accepted + duplicate + withheld` is the number of events sent; `event_ids` are in their order."""

    user_id: str
    accepted: int
    duplicate: int
    withheld: int = Field(description="Not stored: the user does not allow it, or has been erased meanwhile")
    event_ids: list[str]
    differing: list[str] = Field(default_factory=list, description="Ids known with other content, which stands")


@capability(
    title="Record what a user did",
    brief=lambda receipt: receipt.model_dump(exclude={"event_ids"}),
    in_conversation=False,
)
def record_events(agent: InterestAgent, arguments: RecordEvents) -> Recorded:
    """Write down what a user did: viewed, searched, bought, rated, said.

    Use it right after the user has done something that shows their taste; not for what somebody else did, or for what you guess.
    The profile changes with the next update_profile.
    """
    now = agent.clock.now()
    named = [given.event_id for given in arguments.events if given.event_id is not None]
    known = agent.services.ledger.get(arguments.user_id, named)
    times = {
        event_id: event.at for event_id, event in known.items()
    }  # what is sent again without a time has not changed
    events = [_event(arguments.user_id, given, times.get(given.event_id or "", now)) for given in arguments.events]
    observed = agent.observe(events)
    ids = [event.event_id for event in events]
    return Recorded(user_id=arguments.user_id, event_ids=ids, **observed.model_dump())


def _event(user_id: str, new: NewEvent, without_time: datetime) -> Event:
    from pydantic import ValidationError

    try:
        return Event.model_validate({**new.model_dump(), "user_id": user_id, "at": new.at or without_time})
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        message = fault["msg"].removeprefix("Value error, ")
        raise UsageError(f"an event is not usable: {fault['loc'][0]}: {message}") from None
