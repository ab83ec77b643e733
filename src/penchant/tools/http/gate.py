"""The checks that every request passes, in order: request id, limit of concurrent requests, host and origin, caller,
size of the body, idempotency key. Afterwards the audit log, the metrics and the security headers are written.
"""

import gzip
import io
import logging
import secrets
import time
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Match

from penchant.errors import PenchantError
from penchant.store.audit import unnamed
from penchant.tools.http.access import Gatekeeper, token_in
from penchant.tools.http.audited_users import audited_users
from penchant.tools.http.metrics import Metrics
from penchant.tools.http.paths import sent_path, split_as_sent
from penchant.tools.http.problems import MCP, ProblemError, problem, problem_of, wants_page
from penchant.tools.http.repetition import AnswerSender, answer_once
from penchant.tools.http.tenants import OpenTenant, OpenTenants
from penchant.tracing import known_method, request_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

    from penchant.settings import ServeSettings

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1", "[::1]", "testserver"))
PUBLIC_PATHS = frozenset(
    ("/livez", "/readyz", "/openapi.json", "/login", "/logout", "/language/en", "/language/zh", "/static/page.css")
)
"""Paths that need no token, because they show nobody's data."""
UNCHANGING = frozenset(("GET", "HEAD", "OPTIONS"))
log = logging.getLogger("penchant.http")


class Gate:
    """ASGI middleware around the whole application, MCP included."""

    def __init__(
        self,
        app: "ASGIApp",
        installations: OpenTenants,
        settings: "ServeSettings",
        gatekeeper: Gatekeeper,
        metrics: Metrics,
        *,
        routes: "Sequence[BaseRoute]",
    ) -> None:
        self.app, self.installations, self.settings = app, installations, settings
        self.gatekeeper, self.metrics, self.routes = gatekeeper, metrics, routes
        self._under_way = 0

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id, started = "r-" + secrets.token_hex(8), time.perf_counter()
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        sent = AnswerSender(send, request_id, bodiless=scope["method"] == "HEAD")
        if sent.bodiless:
            scope = {**scope, "method": "GET"}
        self._under_way += 1
        self.metrics.under_way.set(self._under_way)
        try:
            with request_span(scope["method"], scope["headers"], request_id) as span:
                try:
                    await self._pass(scope, receive, sent, request_id)
                finally:
                    route = self._route(scope)
                    span.set(
                        f"{known_method(scope['method'])} {route}",
                        http__route=route,
                        http__response__status_code=sent.status,
                    )
        finally:
            self._under_way -= 1
            self.metrics.under_way.set(self._under_way)
            try:
                await self._record(scope, sent.status, request_id, time.perf_counter() - started)
            finally:
                if state.get("tenant") is not None:
                    self.installations.leave(state["installation"])

    async def _pass(self, scope: "Scope", receive: "Receive", send: "AnswerSender", request_id: str) -> None:
        try:
            headers = Headers(scope=scope)
            split_as_sent(scope)
            self._check_load(scope["path"])
            self._check_host(headers)
            self._check_origin(scope["method"], headers)
            if scope["path"] not in PUBLIC_PATHS:
                await self._identify(scope, headers)
            if scope["path"] in MCP:
                self._check_length(headers)
                return await self.app(scope, receive, send)
            body = await self._body(receive, headers)
            _drop_body_headers(scope)
            keys = self._installation(scope).agent.services.idempotency_keys
            await answer_once(self.app, keys, scope, body, receive=receive, send=send)
        except ProblemError as error:
            if error.status == 401 and wants_page(scope["path"], Headers(scope=scope)):
                return await RedirectResponse(_login(scope), 303)(scope, receive, send)
            spoken = Headers(scope=scope).get("accept-language", "")
            response = problem(request_id, error.status, error.detail, headers=error.headers, accept_language=spoken)
            return await response(scope, receive, send)
        except PenchantError as error:
            spoken = Headers(scope=scope).get("accept-language", "")
            await problem_of(request_id, error, spoken)(scope, receive, send)

    def _check_load(self, path: str) -> None:
        if self._under_way > self.settings.max_requests and path not in ("/livez", "/metrics"):
            self.metrics.refused.labels("busy").inc()
            raise ProblemError(429, "the server is busy with too many requests: try again", {"Retry-After": "1"})

    def _check_host(self, headers: Headers) -> None:
        host = headers.get("host", "")
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if name.lower() not in LOOPBACK | set(self.settings.hosts) and "*" not in self.settings.hosts:
            self.metrics.refused.labels("host").inc()
            raise ProblemError(421, f"this server does not answer for the host {name!r}: name it under serve.hosts")

    def _check_origin(self, method: str, headers: Headers) -> None:
        """Refuse changes from pages of other sites, which could otherwise use a session cookie of this one."""
        origin = headers.get("origin")
        if method in UNCHANGING or origin in self.settings.origins:
            return
        from_elsewhere = (
            headers.get("sec-fetch-site") == "cross-site"
            if origin is None
            else urlsplit(origin).netloc != headers.get("host")
        )
        if from_elsewhere:
            self.metrics.refused.labels("origin").inc()
            whose = origin or "pages of other sites"
            raise ProblemError(403, f"requests from {whose} are not allowed: name their origin under serve.origins")

    async def _identify(self, scope: "Scope", headers: Headers) -> None:
        token = token_in(headers, Request(scope).cookies)
        client = scope["client"][0] if scope.get("client") else None
        caller = await anyio.to_thread.run_sync(self.gatekeeper.caller, token, client)
        if caller.tenant is not None:
            scope["state"]["installation"] = await anyio.to_thread.run_sync(self.installations.enter, caller.tenant)
            scope["state"]["tenant"] = caller.tenant
        scope["state"]["caller"] = caller

    async def _body(self, receive: "Receive", headers: Headers) -> bytes:
        """Return the whole body, decompressed. Raises `ProblemError` 413 where it is larger than `max_body_bytes`."""
        most = self._check_length(headers)
        chunks, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ProblemError(400, "the connection was closed before the request was whole")
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            if size > most:
                raise ProblemError(413, f"the body is larger than {most:,} bytes: send it in parts")
            if not message.get("more_body"):
                break
        return _decompressed(b"".join(chunks), headers.get("content-encoding", "identity").strip().lower(), most)

    def _check_length(self, headers: Headers) -> int:
        """Return the most bytes that a body may have. Raises `ProblemError` 413 where the Content-Length is larger."""
        most = self.settings.max_body_bytes
        if int(headers.get("content-length") or 0) > most:
            raise ProblemError(413, f"the body is larger than {most:,} bytes: send it in parts")
        return most

    def _installation(self, scope: "Scope") -> OpenTenant:
        """Return the installation that the request is about."""
        return scope["state"].get("installation") or self.installations.own

    def _route(self, scope: "Scope") -> str:
        """Return the path template of the route, for metrics and traces; never the path itself, which contains user ids. What the
        gate answers itself, such as a repeated request, has not been routed yet.
        """
        if scope["path"] in MCP:
            return "/mcp"
        route = scope.get("route") or next((each for each in self.routes if each.matches(scope)[0] is Match.FULL), None)
        return str(getattr(route, "path", "other"))

    async def _record(self, scope: "Scope", status: int, request_id: str, seconds: float) -> None:
        route = self._route(scope)
        self.metrics.requests.labels(scope["method"], route, str(status)).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        self.metrics.take_work()
        log.info("%s %s %s %d %.1f ms", request_id, scope["method"], route, status, seconds * 1000)
        caller, users = scope["state"].get("caller"), audited_users(scope)
        if caller is None or (scope["method"] in UNCHANGING and not users) or route in PUBLIC_PATHS:
            return
        action = f"{scope['method']} {scope['state'].get('does', route)}"
        about, by = users or [caller.user_id], caller.id
        if action == "DELETE /v1/users/{user}":  # the log must not name an erased user
            about, by = [None], unnamed(caller.id)
        add = self._installation(scope).agent.services.audit_log.add

        def write() -> None:
            for user in about:
                add(by, action, user_id=user, status=status, request_id=request_id, seconds=seconds)

        try:
            await anyio.to_thread.run_sync(write)
        except PenchantError as error:
            log.error("request %s is not in the audit log: %s", request_id, error)


def _login(scope: "Scope") -> str:
    """Return the address of the sign-in page, with the requested page to go back to."""
    asked = scope["path"] != "/" and scope["method"] == "GET"
    return f"/login?back={quote(sent_path(scope), safe='/')}" if asked else "/login"


def _decompressed(body: bytes, packing: str, most: int) -> bytes:
    packed_file = body.startswith(b"\x1f\x8b")  # the magic number of gzip; JSON never begins with it
    if packing in ("", "identity") and not packed_file:
        return body
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise ProblemError(
            415, f"a body with the content encoding {packing!r} cannot be read: send it plain or as gzip"
        )
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            text = packed.read(most + 1)
    except (OSError, EOFError, zlib.error):
        raise ProblemError(400, "the gzip body is incomplete: send it again") from None
    if len(text) > most:
        raise ProblemError(413, f"the body unpacks to more than {most:,} bytes: send it in parts")
    return text


def _drop_body_headers(scope: "Scope") -> None:
    """Remove the headers of a compressed body, because the application receives it decompressed."""
    packed = (b"content-encoding", b"content-length")
    scope["headers"] = [(name, value) for name, value in scope["headers"] if name not in packed]
