"""Answers every error of a request: with a page to a person at a browser, with problem details to all others."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from penchant.errors import (
    OPERATOR_CAN_FIX,
    ConsentError,
    PenchantError,
    without_commands,
    without_options,
)
from penchant.prompts.remarks import remark
from penchant.secrets import mask
from penchant.tools.http.pages.rendering import page
from penchant.tools.http.problems import ProblemError, detail_for_caller, problem, retry_of, status_of, wants_page

NOT_JSON = "the body is not JSON: correct it and send it again"
_UNREADABLE = "There was an error parsing the body"
"""FastAPI's message for a body that neither JSON nor pydantic can read."""
SHOWN_FAULTS = 10
_LOST_PLUS = re.compile(r"\d \d\d:?\d\d' is not a time")
"""A time whose zone was sent with a plus sign, which means a space in an address."""
log = logging.getLogger("penchant.http")


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
    return _problem(request, 415, f"a body of the type {given!r} is not read: send application/json")


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
        spoken = request.headers.get("accept-language", "")
        return problem(request_id, status, detail, errors=errors, headers=headers, accept_language=spoken)
    # the page's own text says what to do
    english = without_commands(mask(detail)).removesuffix(f": {OPERATOR_CAN_FIX}")
    shown: dict[str, Any] = {"kind": kind or str(status), "detail": english, "errors": errors or []}
    return page(request, "problem.html.j2", status=status, **shown)


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
