"""Errors as problem details (RFC 9457), which say what happened and what to do. A mistake of the caller is never
answered with a 500.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from penchant.errors import (
    BY_OTHERS,
    ConflictError,
    ConsentError,
    ModelError,
    NotFoundError,
    PenchantError,
    StoreError,
    UnchangedError,
    UsageError,
    without_commands,
    without_options,
)
from penchant.prompts.remarks import remark
from penchant.secrets import mask
from penchant.store.idempotency import InProgressError, OtherBodyError
from penchant.tools.http.preferences import prefers
from penchant.tools.http.routes_for_commands import by_route

MEDIA_TYPE = "application/problem+json"
MCP = frozenset(("/mcp", "/mcp/"))
"""The paths of MCP; every other path belongs to a route or a page, or to nothing."""
NOT_JSON = "the body is not JSON: correct it and send it again"
_UNREADABLE = "There was an error parsing the body"
"""FastAPI's message for a body that neither JSON nor pydantic can read."""
SHOWN_FAULTS = 10
_LOST_PLUS = re.compile(r"\d \d\d:?\d\d' is not a time")
"""A time whose zone was sent with a plus sign, which means a space in an address."""
RETRY_SECONDS = 2
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="penchant"'}
"""What every 401 says of how to sign in (RFC 9110, 15.5.2)."""
STATUSES: tuple[tuple[type[PenchantError], int], ...] = (
    (OtherBodyError, 409),
    (InProgressError, 409),
    (ConsentError, 403),
    (NotFoundError, 404),
    (UnchangedError, 409),
    (UsageError, 422),
    (ConflictError, 409),
    (ModelError, 503),
    (StoreError, 503),
)
log = logging.getLogger("penchant.http")


class Problem(BaseModel):
    """The body of every error."""

    type: str = Field("about:blank", examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="What to do", examples=["user 'ada' is unknown: send behaviour first"])
    request_id: str = Field(examples=["r-0f3c9a"])
    errors: list[dict[str, str]] | None = Field(
        None, description="The invalid fields of the request, each with the reason"
    )


class ProblemError(Exception):
    """Raised anywhere in a request to end it with this status and detail."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})


def problem(
    request_id: str,
    status: int,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as a response."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=by_route(mask(detail)),
        request_id=request_id,
        errors=errors,
    )
    shown = (CHALLENGE if status == HTTPStatus.UNAUTHORIZED else {}) | dict(headers or {})
    return JSONResponse(body.model_dump(exclude_none=True), status, headers=shown, media_type=MEDIA_TYPE)


def status_of(error: PenchantError) -> int:
    """Return the HTTP status of a Penchant error."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def problem_of(request_id: str, error: PenchantError) -> Response:
    """Return a Penchant error as a response."""
    return problem(request_id, status_of(error), detail_for_caller(request_id, error), headers=retry_of(error))


def detail_for_caller(request_id: str, error: PenchantError) -> str:
    """Return what a caller is to know of an error. What failed in the store or in a model, and where these are, is only
    logged.
    """
    if not error.is_internal:
        return mask(str(error))
    log.error("request %s failed: %s", request_id, error)
    what = "the store" if isinstance(error, StoreError) else "a model or the server it runs on"
    return f"{what} cannot be used at the moment: try again later, or ask the operator: the server's log has the reason under {request_id}"


def retry_of(error: PenchantError) -> dict[str, str]:
    """Return the `Retry-After` header where trying again may help, else nothing."""
    passes = status_of(error) == 503 or isinstance(error, InProgressError)
    return {"Retry-After": str(RETRY_SECONDS)} if passes else {}


def add_handlers(app: FastAPI, check_caller: Callable[[Request], Awaitable[None]]) -> None:
    """Register handlers that answer every error as a problem. `check_caller` raises where a caller may not ask for what
    they ask: where a body cannot be read, nobody has checked that yet.
    """

    @app.exception_handler(ProblemError)
    async def raised(request: Request, error: ProblemError) -> Response:
        return _problem(request, error.status, error.detail, error.headers)

    @app.exception_handler(PenchantError)
    async def ours(request: Request, error: PenchantError) -> Response:
        return _ours(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        faults = error.errors()
        if any(fault["type"] == "json_invalid" for fault in faults):
            return await _unreadable(request, check_caller)
        return _other_type(request, faults) or _invalid(request, faults)

    @app.exception_handler(ValidationError)
    async def invalid_model(request: Request, error: ValidationError) -> Response:
        return _invalid(request, error.errors(include_url=False, include_input=False))

    @app.exception_handler(HTTPException)
    async def raised_by_framework(request: Request, error: HTTPException) -> Response:
        if error.status_code == 400 and error.detail == _UNREADABLE:  # nested too deeply, or not UTF-8
            return await _unreadable(request, check_caller)
        name, asked = "no_page" if error.status_code == 404 else "no_answer", f"{request.method} {request.url.path}"
        detail = remark(name, request=asked, why=error.detail)
        headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
        return _problem(request, error.status_code, detail, headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        log.exception("request %s failed", _id_of(request), exc_info=error)
        return _problem(request, 500, f"something went wrong here: the server's log has it under {_id_of(request)}")


def _id_of(request: Request) -> str:
    return str(getattr(request.state, "request_id", "-"))


def _ours(request: Request, error: PenchantError) -> Response:
    kind = "consent" if isinstance(error, ConsentError) else None
    detail = detail_for_caller(_id_of(request), error)
    return _problem(request, status_of(error), detail, retry_of(error), kind=kind)


async def _unreadable(request: Request, check_caller: Callable[[Request], Awaitable[None]]) -> Response:
    """Answer a body that is not JSON: 400, or why the caller may not send any."""
    try:
        await check_caller(request)
    except ProblemError as error:
        return _problem(request, error.status, error.detail, error.headers)
    except PenchantError as error:
        return _ours(request, error)
    return _problem(request, 400, NOT_JSON)


def _other_type(request: Request, faults: Any) -> Response | None:
    """Return 415 where the faults of a body come from its type, which is not JSON."""
    given = request.headers.get("content-type", "")
    if "json" in given or not any(fault["loc"] == ("body",) and fault["type"] != "missing" for fault in faults):
        return None
    return problem(_id_of(request), 415, f"a body of the type {given!r} is not read: send application/json")


def _allowed(request: Request) -> str:
    """Return every method that the path of a request accepts."""
    routes = [route for route in request.app.state.routes if route.matches(request.scope)[0] is not Match.NONE]
    methods = {method for route in routes for method in route.methods}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


def _problem(
    request: Request,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    *,
    errors: list[dict[str, str]] | None = None,
    kind: str | None = None,
) -> Response:
    """Return an HTML page for a person at a browser, problem details for all others. `kind`: which message the page
    shows first; None for that of the status.
    """
    request_id = _id_of(request)
    if not wants_page(request.url.path, request.headers):
        return problem(request_id, status, detail, errors=errors, headers=headers)
    from penchant.tools.http.pages.rendering import page

    english = without_commands(mask(detail)).removesuffix(f": {BY_OTHERS}")  # the page's own text says what to do
    shown: dict[str, Any] = {"kind": kind or str(status), "detail": english, "errors": errors or []}
    return page(request, "problem.html.j2", status=status, **shown)


def wants_page(path: str, headers: Mapping[str, str]) -> bool:
    """Return whether a browser asked for a page or sent a form of one."""
    is_page = not path.startswith("/v1") and path not in MCP
    return is_page and prefers(headers.get("accept", ""), "text/html", "application/json", MEDIA_TYPE)


def _invalid(request: Request, faults: Any) -> Response:
    misspelt_first = sorted(faults, key=lambda fault: str(fault["type"]) != "extra_forbidden")
    errors = [_fault(fault) for fault in misspelt_first[:SHOWN_FAULTS]]
    detail = "; ".join(f"{error['field']}: {error['message']}" for error in errors[:3])
    return _problem(request, 422, f"the request cannot be used: {detail}", errors=errors)


def validation_message(fault: Mapping[str, Any]) -> str:
    """Return the message of a validation error without command-line options, which callers of a service do not have."""
    return without_options(str(fault["msg"]).removeprefix("Value error, "))


def _fault(fault: Mapping[str, Any]) -> dict[str, str]:
    within = 1 if fault["loc"][:1] and fault["loc"][0] in ("body", "query", "path", "header") else 0
    place = [str(part) for part in fault["loc"][within:]]
    message = "is not known here: leave it out" if fault["type"] == "extra_forbidden" else validation_message(fault)
    if fault["loc"][:1] == ("query",) and _LOST_PLUS.search(message):
        message += "; the + of a zone is written as %2B in an address"
    return {"field": ".".join(place) or "body", "message": message}
