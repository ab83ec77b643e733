"""The users that a request is about, for the audit log: the user in its path, or those that a page, a body or an MCP
call names.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from penchant.store.identifiers import normal_id

if TYPE_CHECKING:
    from fastapi import Request
    from starlette.types import Scope


def set_audited_users(request: "Request", *users: str) -> None:
    """Record the users that a request is about, for routes whose path does not name them all."""
    request.state.about = users


def audited_users(scope: "Scope") -> list[str | None]:
    """Return the ids of these users in normal form; None stands for a text that cannot be an id."""
    named = scope.get("path_params", {}).get("user")
    return list(dict.fromkeys(_ids(scope["state"].get("about", () if named is None else [named]))))


def _ids(values: Iterable[str]) -> Iterable[str | None]:
    for value in values:
        try:
            yield normal_id(value)
        except ValueError:
            yield None
