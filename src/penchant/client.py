"""`PenchantClient` and `AsyncPenchantClient`: the service over HTTP, from Python.

Answers are the JSON of the service as dicts and lists. A request that fails on the way, or that the service turns away for a moment (429,
503, or 409 while the same request is still being answered), is sent again up to three times; POSTs carry an idempotency key, so that
nothing is done twice.
"""

import asyncio
import random
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from penchant.errors import PenchantError

ATTEMPTS = 4
FIRST_WAIT_SECONDS = 0.25
MOST_WAIT_SECONDS = 10.0
AGAIN = frozenset((429, 503))
"""Statuses after which a request is sent again; 409 too, where the service says when."""
Json = dict[str, Any]


class ServiceError(PenchantError):
    """The service said no. `status`: of HTTP; `problem`: its problem details (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('title', '')}: {problem.get('detail', 'the service gave no reason')}")
        self.status, self.problem = status, dict(problem)


class _Requests(ABC):
    """What is sent for each method, the same for both clients. `_send(method, path, body, query)` does it."""

    @abstractmethod
    def _send(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        """Send it and return the answer, or a coroutine of it."""

    def add_items(self, items: Sequence[Mapping[str, Any]]) -> Any:
        """Put up to 1,000 items into the catalogue: `{"added", "updated", "unchanged"}`."""
        return self._send("POST", "/v1/items", {"items": list(items)})

    def item(self, item_id: str) -> Any:
        """One item."""
        return self._send("GET", f"/v1/items/{_part(item_id)}")

    def change_item(self, item_id: str, **fields: Any) -> Any:
        """Change some fields and attributes of an item: None removes one, the others stay; `available=False` takes it off every list."""
        return self._send("PATCH", f"/v1/items/{_part(item_id)}", fields)

    def similar(self, item_id: str, k: int = 10) -> Any:
        """Items like one."""
        return self._send("GET", f"/v1/items/{_part(item_id)}/similar", query={"k": k})

    def popular(self, k: int = 10, days: float | None = None) -> Any:
        """The items chosen most."""
        return self._send("GET", "/v1/items:popular", query={"k": k, "days": days})

    def add_events(self, events: Sequence[Mapping[str, Any]]) -> Any:
        """Write up to 10,000 events down: `{"accepted", "duplicate", "withheld"}`."""
        return self._send("POST", "/v1/events", {"events": list(events)})

    def update(self, user_id: str, wait: float = 0) -> Any:
        """Bring a profile up to date: a job, ended if it took at most `wait` seconds."""
        return self._send("POST", f"{_user(user_id)}/update", query={"wait": wait})

    def profile(self, user_id: str, **query: Any) -> Any:
        """The tree of interests. `at`, `lang`, `depth`."""
        return self._send("GET", f"{_user(user_id)}/profile", query=query)

    def context(self, user_id: str, budget: int = 600, **query: Any) -> Any:
        """The profile as text for a system prompt."""
        return self._send("GET", f"{_user(user_id)}/context", query={"budget": budget, **query})

    def recommend(self, user_id: str, k: int = 10, **wishes: Any) -> Any:
        """A list with reasons. `where`, `exclude`, `boost`, `pin`, `after` …"""
        return self._send("POST", f"{_user(user_id)}/recommendations", {"k": k} | _given(**wishes))

    def explain(self, user_id: str, item_id: str) -> Any:
        """Why, or why not, this item."""
        return self._send("GET", f"{_user(user_id)}/explanations/{_part(item_id)}")

    def feedback(self, user_id: str, item_id: str, outcome: str, recommendation_id: str | None = None) -> Any:
        """What the user made of an item: `clicked`, `liked`, `rated:4` …"""
        body = {"item_id": item_id, "outcome": outcome} | _given(recommendation_id=recommendation_id)
        return self._send("POST", f"{_user(user_id)}/feedback", body)

    def edit(self, user_id: str, node: str, action: str, text: str | None = None) -> Any:
        """The user's own word on an interest: `mute`, `pin`, `rename` …"""
        body = {"action": action} | _given(text=text)
        return self._send("PATCH", f"{_user(user_id)}/interests/{_part(node)}", body)

    def merge(self, user_id: str, into: str) -> Any:
        """A visitor turns out to be a customer."""
        return self._send("POST", f"{_user(into)}/merge", {"from": user_id})

    def ask(self, user_id: str, message: str) -> Any:
        """What the assistant answers."""
        return self._send("POST", f"{_user(user_id)}/messages", {"message": message})

    def erase(self, user_id: str) -> Any:
        """Erase everything of a user; the receipt."""
        return self._send("DELETE", _user(user_id))

    def job(self, job_id: str) -> Any:
        """A job, and how far it is."""
        return self._send("GET", f"/v1/jobs/{_part(job_id)}")


class PenchantClient(_Requests):
    """A blocking client. Thread-safe; a context manager. Raises `ServiceError`, and `httpx.HTTPError` where nobody answers."""

    def __init__(self, url: str, token: str | None = None, timeout: float = 30.0, **options: Any) -> None:
        """`options`: as `httpx.Client` takes them."""
        self._http = httpx.Client(base_url=url, headers=_headers(token), timeout=timeout, **options)

    def _send(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        request = _request(method, path, body, query) | {"timeout": _patience(self._http.timeout, query)}
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            try:
                answer = self._http.request(**request)
            except httpx.TransportError:
                if last:
                    raise
                time.sleep(_pause(attempt, None))
                continue
            if last or not _passes(answer):
                return _content(answer)
            time.sleep(_pause(attempt, answer))
        raise AssertionError

    def close(self) -> None:
        """Give back the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncPenchantClient(_Requests):
    """The same for event loops: every method returns an awaitable."""

    def __init__(self, url: str, token: str | None = None, timeout: float = 30.0, **options: Any) -> None:
        self._http = httpx.AsyncClient(base_url=url, headers=_headers(token), timeout=timeout, **options)

    async def _send(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        request = _request(method, path, body, query) | {"timeout": _patience(self._http.timeout, query)}
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            try:
                answer = await self._http.request(**request)
            except httpx.TransportError:
                if last:
                    raise
                await asyncio.sleep(_pause(attempt, None))
                continue
            if last or not _passes(answer):
                return _content(answer)
            await asyncio.sleep(_pause(attempt, answer))
        raise AssertionError

    async def close(self) -> None:
        """Give back the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _user(user_id: str) -> str:
    return f"/v1/users/{_part(user_id)}"


def _part(value: str) -> str:
    """An id as one part of a path. The dots of `.` and `..` would be taken for folders."""
    return quote(value, safe="") if value.strip(".") else value.replace(".", "%2E")


def _given(**fields: Any) -> Json:
    """What is not None: None is leaving it out."""
    return {name: value for name, value in fields.items() if value is not None}


def _headers(token: str | None) -> dict[str, str]:
    return {} if token is None else {"Authorization": f"Bearer {token}"}


def _request(method: str, path: str, body: Any, query: Mapping[str, Any] | None) -> dict[str, Any]:
    request: dict[str, Any] = {"method": method, "url": path}
    if body is not None:
        request["json"] = body
    if query:
        request["params"] = _given(**query)
    if method == "POST":
        request["headers"] = {"Idempotency-Key": secrets.token_hex(16)}
    return request


def _patience(usual: httpx.Timeout, query: Mapping[str, Any] | None) -> httpx.Timeout:
    """How long an answer may take: what the service is asked to wait comes on top."""
    read = None if usual.read is None else usual.read + float((query or {}).get("wait") or 0)
    return httpx.Timeout(connect=usual.connect, read=read, write=usual.write, pool=usual.pool)


def _passes(answer: httpx.Response) -> bool:
    """Whether the same request may have another answer in a moment."""
    return answer.status_code in AGAIN or (answer.status_code == 409 and "retry-after" in answer.headers)


def _pause(attempt: int, answer: httpx.Response | None) -> float:
    """Seconds to wait: as the service says, else longer each time, never the same for everybody."""
    asked = answer.headers.get("retry-after", "") if answer is not None else ""
    wait = float(asked) if asked.isdigit() else FIRST_WAIT_SECONDS * 2**attempt
    return min(wait, MOST_WAIT_SECONDS) * random.uniform(0.75, 1.25)


def _content(answer: httpx.Response) -> Any:
    try:
        content = answer.json()
    except ValueError:
        content = {"detail": answer.text[:200]}
    if answer.is_success:
        return content
    raise ServiceError(answer.status_code, content if isinstance(content, Mapping) else {"detail": str(content)[:200]})
