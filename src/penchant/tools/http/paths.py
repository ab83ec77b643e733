"""Paths whose parts may hold any id: an id is one part of the path however many slashes it contains, as long as they are
sent as %2F.

Servers pass paths on decoded, where `/users/a%2Fb` and `/users/a/b` are the same. Therefore the path is split as it
was sent. A slash inside of a part is replaced by a control character, which no id may contain, until the route is
found, and put back before anything reads the ids.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, unquote_to_bytes

from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from starlette.requests import Request

from penchant.tools.http.problems import ProblemError

if TYPE_CHECKING:
    from starlette.types import Scope

INNER_SLASH = "\x1f"


def split_as_sent(scope: "Scope") -> None:
    """Split the path of a request as it was sent. Raises `ProblemError` 400 where it is not UTF-8."""
    sent = scope.get("raw_path") or quote(scope["path"], safe="/").encode()
    if b"%" not in sent:
        return
    try:
        unquote_to_bytes(sent).decode()
    except UnicodeDecodeError:
        raise ProblemError(400, "the path is not UTF-8: encode it as %XX of its UTF-8 bytes") from None
    scope["path"] = "/".join(
        unquote(part).replace(INNER_SLASH, "\x1e").replace("/", INNER_SLASH) for part in sent.decode("ascii").split("/")
    )


def sent_path(scope: "Scope") -> str:
    """Return the path and query of a request as they were sent."""
    path: bytes = scope.get("raw_path") or quote(scope["path"], safe="/").encode()
    query: bytes = scope["query_string"]
    return (path + (b"?" + query if query else b"")).decode("ascii", "replace")


async def check_parameters(request: Request) -> None:
    """Put slashes back into the ids of the path and refuse unknown query parameters: a dependency of every route. Raises
    `ProblemError` 422.
    """
    route = request.scope.get("route")
    if isinstance(route, APIRoute) and route.path.startswith("/v1"):
        _refuse_unknown(set(request.query_params) - _known(route))
        if not _takes_a_body(route):
            _refuse_unknown(_named_in(await request.body()))
    values: dict[str, Any] = request.scope.get("path_params") or {}
    for name, value in values.items():
        if isinstance(value, str) and INNER_SLASH in value:
            values[name] = value.replace(INNER_SLASH, "/")


def _refuse_unknown(names: Iterable[str]) -> None:
    if unknown := sorted(names):
        raise ProblemError(
            422, f"{', '.join(unknown)[:200].encode(errors='replace').decode()}: is not known here: leave it out"
        )


def _takes_a_body(route: APIRoute) -> bool:
    return route.body_field is not None or "requestBody" in (route.openapi_extra or {})


def _named_in(body: bytes) -> set[str]:
    """The fields of a body that nobody asked for; one that is no JSON object counts as a field named `body`."""
    try:
        sent = json.loads(body) if body.strip() else None
    except (ValueError, RecursionError):
        return {"body"}
    return set(sent) if isinstance(sent, dict) else set() if sent is None else {"body"}


def _known(route: APIRoute) -> frozenset[str]:
    """Return the names of the parameters that a route takes."""
    return frozenset(field.alias for field in get_flat_params(route.dependant))


def part(value: str) -> str:
    """Return an id quoted as one part of a path. Dots are encoded where clients would take `.` or `..` for folders."""
    return quote(value, safe="") if value.strip(".") else value.replace(".", "%2E")
