"""Replaces commands in error messages by the routes that do the same, because callers of a service have no command line,
and leaves out addresses of servers, which are no concern of theirs.
"""

import logging
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from penchant.errors import without_addresses, without_options

ROUTES = {
    "profile list": "GET /v1/users",
    "profile show": "GET /v1/users/{user}/profile",
    "profile history": "GET /v1/users/{user}/history",
    "profile export": "GET /v1/users/{user}/export",
    "profile import": "POST /v1/users:import",
    "statements": "GET /v1/users/{user}/statements",
    "onboard": "POST /v1/users/{user}/onboarding",
    "consent": "PUT /v1/users/{user}/consents",
    "context": "GET /v1/users/{user}/context",
    "erase": "DELETE /v1/users/{user}",
    "items count": "GET /v1/items",
    "items latest": "GET /v1/items:latest",
    "items show": "GET /v1/items/{item_id}",
    "items import": "POST /v1/items",
    "items unhide": "PATCH /v1/items/{item_id}",
    "events import": "POST /v1/events",
    "events add": "POST /v1/events",
    "events list": "GET /v1/users/{user}/events",
    "taxonomy show": "GET /v1/taxonomy",
    "update --all": "POST /v1/updates",
    "update": "POST /v1/users/{user}/update",
    "recommend": "POST /v1/users/{user}/recommendations",
    "explain": "GET /v1/users/{user}/explanations/{item_id}",
    "feedback": "POST /v1/users/{user}/feedback",
    "tenant list": "GET /v1/tenants",
    "token list": "GET /v1/tokens",
    "webhook list": "GET /v1/webhooks",
}
"""Routes by the words of the command. Commands without a route are for operators and stay as they are."""
A = TypeVar("A", bound=BaseModel)
log = logging.getLogger("penchant.http")
_COMMAND = re.compile(r"`penchant ([a-z]+(?: [a-z]+)?)([^`]{0,300})`")


def by_route(text: str) -> str:
    """Return the text with routes in place of commands, without their options."""
    return _COMMAND.sub(_route, without_options(text))


def reasons_by_route(content: Any) -> Any:
    """Return JSON content in which every `reason` of a degraded step names routes in place of commands, and no addresses."""
    if isinstance(content, Mapping):
        return {
            name: reason_for_caller(part) if name == "reason" and isinstance(part, str) else reasons_by_route(part)
            for name, part in content.items()
        }
    return [reasons_by_route(part) for part in content] if isinstance(content, list) else content


def for_callers(answer: A) -> A:
    """Return an answer whose degraded steps, if it has any, name routes in place of commands, and no addresses."""
    degraded = getattr(answer, "degraded", None)
    if not degraded:
        return answer
    worded = [step.model_copy(update={"reason": reason_for_caller(step.reason)}) for step in degraded]
    return answer.model_copy(update={"degraded": worded})


def reason_for_caller(reason: str) -> str:
    """Return why a step could not be done as configured, as a caller may know it. Addresses are only logged."""
    shown = without_addresses(reason)
    if shown != reason:
        log.warning("a step was not done as configured: %s", reason)
    return by_route(shown)


def _route(found: re.Match[str]) -> str:
    word, everyone = found[1].split()[0], " --all" if "--all" in found[2] else ""
    route = ROUTES.get(found[1]) or ROUTES.get(word + everyone)
    return f"`{route}`" if route else found[0]
