"""Errors as problem details (RFC 9457), which say what happened and what to do. A mistake of the caller is never
answered with a 500.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from penchant.characters import LANGUAGES
from penchant.errors import (
    ConflictError,
    ConsentError,
    ModelError,
    NotFoundError,
    PenchantError,
    StoreError,
    UnchangedError,
    UsageError,
)
from penchant.prompts.locales import FALLBACK
from penchant.prompts.remarks import remark, remark_in
from penchant.secrets import mask
from penchant.store.idempotency import InProgressError, OtherBodyError
from penchant.tools.http.preferences import preferred_language, prefers
from penchant.tools.http.routes_for_commands import by_route

MEDIA_TYPE = "application/problem+json"
MCP = frozenset(("/mcp", "/mcp/"))
"""The paths of MCP; every other path belongs to a route or a page, or to nothing."""
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
    accept_language: str = "",
) -> Response:
    """Return a problem as a response. `accept_language`: the header of the request, which decides the language of the detail;
    English without it, for programs.
    """
    language = preferred_language(accept_language, LANGUAGES, FALLBACK)
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=by_route(remark_in(language, mask(detail))),
        request_id=request_id,
        errors=errors,
    )
    shown = (CHALLENGE if status == HTTPStatus.UNAUTHORIZED else {}) | dict(headers or {})
    shown |= {"Content-Language": language, "Vary": "Accept-Language"}
    return JSONResponse(body.model_dump(exclude_none=True), status, headers=shown, media_type=MEDIA_TYPE)


def status_of(error: PenchantError) -> int:
    """Return the HTTP status of a Penchant error."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def problem_of(request_id: str, error: PenchantError, accept_language: str = "") -> Response:
    """Return a Penchant error as a response, as `problem` does."""
    detail, headers = detail_for_caller(request_id, error), retry_of(error)
    return problem(request_id, status_of(error), detail, headers=headers, accept_language=accept_language)


def detail_for_caller(request_id: str, error: PenchantError) -> str:
    """Return what a caller is to know of an error. What failed in the store or in a model, and where these are, is only
    logged.
    """
    if not error.is_internal:
        return mask(str(error))
    log.error("request %s failed: %s", request_id, error)
    return remark("store_unavailable" if isinstance(error, StoreError) else "model_unavailable", request=request_id)


def retry_of(error: PenchantError) -> dict[str, str]:
    """Return the `Retry-After` header where trying again may help, else nothing."""
    passes = status_of(error) == 503 or isinstance(error, InProgressError)
    return {"Retry-After": str(RETRY_SECONDS)} if passes else {}


def wants_page(path: str, headers: Mapping[str, str]) -> bool:
    """Return whether a browser asked for a page or sent a form of one."""
    is_page = not path.startswith("/v1") and path not in MCP
    return is_page and prefers(headers.get("accept", ""), "text/html", "application/json", MEDIA_TYPE)
