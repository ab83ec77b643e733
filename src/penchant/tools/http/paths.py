"""Paths whose parts may hold any id: an id is one part of the path however many slashes it contains, as long as they are
sent as %2F.

Servers pass paths on decoded, where `/users/a%2Fb` and `/users/a/b` are the same. Therefore the path is split as it
was sent. A slash inside of a part is replaced by a control character, which no id may contain, until the route is
found, and put back before anything reads the ids.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, get_args, get_origin
from urllib.parse import quote, unquote, unquote_to_bytes

from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
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


async def restore_slashes(request: Request) -> None:
    """Put slashes back into the ids of the path. The first dependency of every route."""
    values: dict[str, Any] = request.scope.get("path_params") or {}
    for name, value in values.items():
        if isinstance(value, str) and INNER_SLASH in value:
            values[name] = value.replace(INNER_SLASH, "/")


async def check_parameters(request: Request) -> None:
    """Refuse query parameters that are unknown, or given more than once though they are no lists. Raises `ProblemError`
    422.
    """
    route = request.scope.get("route")
    if isinstance(route, APIRoute) and route.path.startswith("/v1"):
        known = _parameters(route)
        _refuse_unknown(set(request.query_params) - known.keys())
        _refuse_repeated(request, [name for name, is_list in known.items() if not is_list])
        if not _takes_a_body(route):
            _refuse_unknown(_named_in(await request.body()))


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


def _refuse_repeated(request: Request, single: Iterable[str]) -> None:
    if repeated := sorted(name for name in single if len(request.query_params.getlist(name)) > 1):
        raise ProblemError(422, f"{', '.join(repeated)}: is given more than once: give one value")


def _parameters(route: APIRoute) -> dict[str, bool]:
    """Return the query parameters that a route takes, each with whether it may be given more than once."""
    fields = [field for field in get_flat_params(route.dependant) if isinstance(field.field_info, Query)]
    return {field.alias: _is_list(field.field_info.annotation) for field in fields}


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(map(_is_list, get_args(annotation)))


def part(value: str) -> str:
    """Return an id quoted as one part of a path. Dots are encoded where clients would take `.` or `..` for folders."""
    return quote(value, safe="") if value.strip(".") else value.replace(".", "%2E")
