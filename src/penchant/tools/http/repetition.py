"""The way out of every answer, and repeated requests: one with the same `Idempotency-Key` gets the answer that was given
before.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from penchant.errors import PenchantError
from penchant.store.idempotency import IdempotencyKeys, StoredAnswer
from penchant.store.identifiers import normal_id
from penchant.tools.http.access import LOCAL
from penchant.tools.http.paths import INNER_SLASH
from penchant.tools.http.problems import ProblemError
from penchant.tools.http.streams import in_form_asked_for

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY = "idempotency-key"
MAX_KEY = 256
RENEWAL_SECONDS = 10.0
"""How often a running request renews the lock on its idempotency key."""
REPEATED = ("location", "etag", "vary", "content-language")
"""Headers that are stored with an answer and repeated with it."""
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send forms with the origin `null`
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}


class AnswerSender:
    """Sends an answer on with the security headers and remembers its status. `bodiless`: leave out the body, as HEAD
    requires.

    `before_last_piece`: awaited before the last piece is sent; if it is set, the body is remembered too. `is_complete`: whether it
    was awaited.
    """

    def __init__(self, send: "Send", request_id: str, *, bodiless: bool = False) -> None:
        self._send, self._request_id, self.bodiless = send, request_id, bodiless
        self.status, self.media_type, self.body = 500, "application/json", list[bytes]()
        self.headers: dict[str, str] = {}
        self.before_last_piece: Callable[[], Awaitable[None]] | None = None
        self.is_complete = False

    async def __call__(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            self.media_type = headers.get("content-type", "application/json")
            self.headers = {name: headers[name] for name in REPEATED if name in headers}
            for name, value in SAFE_HEADERS.items():
                headers.setdefault(name, value)
            headers["X-Request-Id"] = self._request_id
            if "cache-control" not in headers:
                headers["Cache-Control"] = "no-store"
        elif self.before_last_piece is not None:
            self.body.append(message.get("body", b""))
            if not message.get("more_body"):
                await self.before_last_piece()
                self.is_complete = True
        if self.bodiless and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)


async def answer_once(
    app: "ASGIApp", keys: IdempotencyKeys, scope: "Scope", body: bytes, *, receive: "Receive", send: AnswerSender
) -> None:
    """Have `app` answer, or send the stored answer where the same caller sent the same key and request before."""
    key = _key_of(scope)
    if key is None:
        return await app(scope, _replayed(body, receive), send)
    caller, own = _caller(scope)
    digest = _digest((scope["method"], scope["path"], scope["query_string"].decode("latin-1")), body)
    parts = scope["path"].split("/")
    user = _user_of(parts[3]) if scope["path"].startswith("/v1/users/") and len(parts) > 3 else own
    before = await anyio.to_thread.run_sync(keys.begin, caller, key, digest, user)
    if before is not None:
        before = in_form_asked_for(before, Headers(scope=scope).get("accept", ""))
        again_headers = (before.headers or {}) | {"Idempotent-Replay": "true"}
        again = Response(before.body, before.status, again_headers, before.media_type)
        return await again(scope, receive, send)

    async def keep() -> None:
        answer = StoredAnswer(send.status, send.media_type, b"".join(send.body), send.headers or None)
        if secrets_in := scope["state"].get("shown_once"):
            answer = _answer_without(answer, secrets_in)
        await anyio.to_thread.run_sync(keys.finish, caller, key, answer)

    send.before_last_piece = keep
    try:
        async with _repeating(partial(keys.keep_alive, caller, key)):
            await app(scope, _replayed(body, receive), send)
    finally:
        if not send.is_complete:
            await anyio.to_thread.run_sync(keys.free, caller, key)
    return None


def _key_of(scope: "Scope") -> str | None:
    """Return the key of a request that is to be answered once; None for every other request. Raises `ProblemError`."""
    sent = Headers(scope=scope).getlist(KEY) if scope["method"] == "POST" else []
    if not sent:
        return None
    if len(sent) > 1:
        raise ProblemError(422, "the Idempotency-Key is given more than once: give one")
    if not 0 < len(sent[0]) <= MAX_KEY:
        raise ProblemError(422, f"an Idempotency-Key has 1 to {MAX_KEY} characters")
    return sent[0]


def _caller(scope: "Scope") -> tuple[str, str | None]:
    """Return the id of the caller that owns the key, and the one user that caller may reach, if limited."""
    caller = scope["state"].get("caller")
    return (LOCAL, None) if caller is None else (caller.id, caller.user_id)


@asynccontextmanager
async def _repeating(say: Callable[[], None]) -> AsyncIterator[None]:
    """Call `say` every few seconds inside this context."""

    async def repeat() -> None:
        while True:
            await anyio.sleep(RENEWAL_SECONDS)
            with suppress(PenchantError):  # the store does not answer: the next call may succeed
                await anyio.to_thread.run_sync(say)

    repeated = asyncio.create_task(repeat())
    try:
        yield
    finally:
        repeated.cancel()


def _user_of(part: str) -> str | None:
    """Return the user id in a path part in normal form; None where it cannot be an id."""
    try:
        return normal_id(part.replace(INNER_SLASH, "/"))
    except ValueError:
        return None


def _replayed(body: bytes, receive: "Receive") -> "Receive":
    pending: list[Any] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> "Message":
        return dict(pending.pop()) if pending else await receive()

    return again


def _answer_without(answer: StoredAnswer, fields: tuple[str, ...]) -> StoredAnswer:
    """Return the answer as it may be stored: `fields` are null and `detail` says why. Of an answer that is not JSON only
    the status is stored.
    """
    if answer.status >= 400:
        return answer
    why = f"{', '.join(fields)}: shown only once, with the first answer; remove it and make another if that was lost"
    if answer.media_type.partition(";")[0] != "application/json":
        return StoredAnswer(answer.status, "text/plain; charset=utf-8", why.encode())
    body = json.loads(answer.body) | dict.fromkeys(fields) | {"detail": why}
    return answer._replace(body=json.dumps(body, ensure_ascii=False).encode())


def _digest(parts: Iterable[str], body: bytes) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    digest.update(body)
    return digest.hexdigest()
