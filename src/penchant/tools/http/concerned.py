"""Whom a request is about, for the audit log: the user of its path, or whoever a page, a body or a call of MCP names."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from penchant.store.identifiers import normal_id

if TYPE_CHECKING:
    from fastapi import Request
    from starlette.types import Scope


def concerns(request: "Request", *users: str) -> None:
    """Say whom a request is about whose path names nobody."""
    request.state.about = users


def users_concerned(scope: "Scope") -> list[str | None]:
    """Their ids in normal form: what can be no id is nobody."""
    named = scope.get("path_params", {}).get("user")
    return list(dict.fromkeys(_ids(scope["state"].get("about", ()) if named is None else [named])))


def _ids(values: Iterable[str]) -> Iterable[str | None]:
    for value in values:
        try:
            yield normal_id(value)
        except ValueError:
            yield None
