"""`PenchantClient` and `AsyncPenchantClient`: Python clients for the HTTP service.

Methods return the JSON of the service as dicts and lists. A request is sent again up to three times if the connection
fails or the service asks to wait (429, 503, or 409 while the same request is still being processed). POST requests
carry an idempotency key, so that nothing is done twice.
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
RETRIED_STATUSES = frozenset((429, 503))
"""Statuses after which a request is sent again; 409 is one too if it comes with `Retry-After`."""
Json = dict[str, Any]


class ServiceError(PenchantError):
    """Raised when the service answers with an error.

    `status`: the HTTP status; `problem`: the problem details (RFC 9457).
    """

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('title', '')}: {problem.get('detail', 'the service gave no reason')}")
        self.status, self.problem = status, dict(problem)


class _Requests(ABC):
    """The methods of both clients. Each one builds a request and passes it to `_send(method, path, body, query)`."""

    @abstractmethod
    def _send(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        """Send the request and return the answer, or a coroutine that returns it."""

    def add_items(self, items: Sequence[Mapping[str, Any]]) -> Any:
        """Add up to 1,000 items to the catalogue, or update them: `{"added", "updated", "unchanged"}`,
        with `notes` if there are any.
        """
        return self._send("POST", "/v1/items", {"items": list(items)})

    def item(self, item_id: str) -> Any:
        """Return one item."""
        return self._send("GET", f"/v1/items/{_part(item_id)}")

    def change_item(self, item_id: str, **fields: Any) -> Any:
        """Change some fields and attributes of an item.

        None removes a field; fields that are not named stay. `available=False` keeps the item out of every list.
        """
        return self._send("PATCH", f"/v1/items/{_part(item_id)}", fields)

    def find_items(self, query: str | None = None, where: Sequence[str] = (), **paging: Any) -> Any:
        """A page of the catalogue, by meaning or by id: `{"data", "next_cursor"}`. `limit`, `cursor`."""
        return self._send("GET", "/v1/items", query={"query": query, "where": list(where), **paging})

    def remove_item(self, item_id: str) -> Any:
        """Take an item out of the catalogue."""
        return self._send("DELETE", f"/v1/items/{_part(item_id)}")

    def similar(self, item_id: str, k: int = 10, **query: Any) -> Any:
        """Return items similar to one item. Query parameters: `where`, `lang`."""
        return self._send("GET", f"/v1/items/{_part(item_id)}/similar", query={"k": k, **query})

    def popular(self, k: int = 10, days: float | None = None, **query: Any) -> Any:
        """Return the items chosen most often. Query parameters: `where`, `lang`."""
        return self._send("GET", "/v1/items:popular", query={"k": k, "days": days, **query})

    def latest(self, k: int = 10, **query: Any) -> Any:
        """Return the items that appeared last. Query parameters: `where`, `lang`."""
        return self._send("GET", "/v1/items:latest", query={"k": k, **query})

    def add_events(self, events: Sequence[Mapping[str, Any]]) -> Any:
        """Store up to 10,000 events: `{"accepted", "duplicate", "withheld"}`."""
        return self._send("POST", "/v1/events", {"events": list(events)})

    def events(self, user_id: str, **paging: Any) -> Any:
        """A page of what a user did, the newest first. `limit`, `cursor`."""
        return self._send("GET", f"{_user(user_id)}/events", query=paging)

    def remove_event(self, user_id: str, event_id: str) -> Any:
        """Take one event back."""
        return self._send("DELETE", f"{_user(user_id)}/events/{_part(event_id)}")

    def users(self, **paging: Any) -> Any:
        """A page of everybody, by id. `limit`, `cursor`."""
        return self._send("GET", "/v1/users", query=paging)

    def update(self, user_id: str, wait: float = 0) -> Any:
        """Update a profile. Returns a job, which has ended if it took at most `wait` seconds."""
        return self._send("POST", f"{_user(user_id)}/update", query={"wait": wait})

    def update_all(self, user_ids: Sequence[str] = (), wait: float = 0) -> Any:
        """Bring these profiles, or everybody's where none are named, up to date: a job, ended if it took at most `wait` seconds."""
        return self._send("POST", "/v1/updates", {"user_ids": list(user_ids)}, {"wait": wait})

    def profile(self, user_id: str, **query: Any) -> Any:
        """Return the tree of interests. Query parameters: `at`, `lang`, `depth`."""
        return self._send("GET", f"{_user(user_id)}/profile", query=query)

    def history(self, user_id: str, **paging: Any) -> Any:
        """A page of the versions of a profile, the newest first. `limit`, `cursor`."""
        return self._send("GET", f"{_user(user_id)}/history", query=paging)

    def context(self, user_id: str, budget: int = 600, **query: Any) -> Any:
        """Return the profile as text for a system prompt, at most `budget` tokens long."""
        return self._send("GET", f"{_user(user_id)}/context", query={"budget": budget, **query})

    def recommend(self, user_id: str, k: int = 10, **wishes: Any) -> Any:
        """Return a list of items with reasons. Further parameters: `where`, `exclude`, `boost`, `pin`, `after` …"""
        return self._send("POST", f"{_user(user_id)}/recommendations", {"k": k} | _without_none(**wishes))

    def recommend_many(self, user_ids: Sequence[str], k: int = 10, **wishes: Any) -> Any:
        """The lists of up to 100 users with the same wishes."""
        return self._send(
            "POST", "/v1/recommendations:batch", {"user_ids": list(user_ids), "k": k} | _without_none(**wishes)
        )

    def explain(self, user_id: str, item_id: str, **query: Any) -> Any:
        """Explain why an item is recommended, or why not. Query parameter: `lang`."""
        return self._send("GET", f"{_user(user_id)}/explanations/{_part(item_id)}", query=query)

    def feedback(self, user_id: str, item_id: str, outcome: str, recommendation_id: str | None = None) -> Any:
        """Report what the user thought of an item: `clicked`, `liked`, `rated:4` …"""
        body = {"item_id": item_id, "outcome": outcome} | _without_none(recommendation_id=recommendation_id)
        return self._send("POST", f"{_user(user_id)}/feedback", body)

    def edit(self, user_id: str, node: str, action: str, text: str | None = None) -> Any:
        """Apply a user's own edit to an interest: `mute`, `pin`, `rename` …"""
        body = {"action": action} | _without_none(text=text)
        return self._send("PATCH", f"{_user(user_id)}/interests/{_part(node)}", body)

    def statements(self, user_id: str, **query: Any) -> Any:
        """A page of what the user has said of themself. `all`, `lang`, `limit`, `cursor`."""
        return self._send("GET", f"{_user(user_id)}/statements", query=query)

    def add_statement(self, user_id: str, text: str) -> Any:
        """Say something about the user, in their own sentence: the statements heard in it."""
        return self._send("POST", f"{_user(user_id)}/statements", {"text": text})

    def remove_statement(self, user_id: str, statement_id: str) -> Any:
        """Take a statement back."""
        return self._send("DELETE", f"{_user(user_id)}/statements/{_part(statement_id)}")

    def onboard(self, user_id: str, **declared: Any) -> Any:
        """A beginning for somebody new: `interests`, `attributes`, `friends`."""
        return self._send("POST", f"{_user(user_id)}/onboarding", _without_none(**declared))

    def consents(self, user_id: str) -> Any:
        """What the user allows."""
        return self._send("GET", f"{_user(user_id)}/consents")

    def set_consents(self, user_id: str, **purposes: bool) -> Any:
        """Write down what the user allows from now on: `profile`, `recommend`, `llm`."""
        return self._send("PUT", f"{_user(user_id)}/consents", purposes)

    def export(self, user_id: str) -> Any:
        """The user's whole record."""
        return self._send("GET", f"{_user(user_id)}/export")

    def import_profile(self, record: Mapping[str, Any]) -> Any:
        """Take a record in that `export` gave."""
        return self._send("POST", "/v1/users:import", dict(record))

    def merge(self, user_id: str, into: str) -> Any:
        """Move everything known of `user_id` to the user `into`, such as when an anonymous visitor logs in."""
        return self._send("POST", f"{_user(into)}/merge", {"from": user_id})

    def ask(self, user_id: str, message: str) -> Any:
        """Send a message to the assistant and return its answer."""
        return self._send("POST", f"{_user(user_id)}/messages", {"message": message})

    def erase(self, user_id: str) -> Any:
        """Erase everything known of a user and return the receipt."""
        return self._send("DELETE", _user(user_id))

    def job(self, job_id: str) -> Any:
        """Return a job and its progress."""
        return self._send("GET", f"/v1/jobs/{_part(job_id)}")

    def jobs(self, **paging: Any) -> Any:
        """A page of the jobs, the newest first. `limit`, `cursor`."""
        return self._send("GET", "/v1/jobs", query=paging)

    def cancel(self, job_id: str) -> Any:
        """End a job; what it has saved stays."""
        return self._send("DELETE", f"/v1/jobs/{_part(job_id)}")


class PenchantClient(_Requests):
    """A blocking client.

    Thread-safe; a context manager. Raises `ServiceError`, and `httpx.HTTPError` if no answer arrives.
    """

    def __init__(self, url: str, token: str | None = None, timeout: float = 30.0, **options: Any) -> None:
        """`options`: passed on to `httpx.Client`."""
        self._http = httpx.Client(base_url=url, headers=_headers(token), timeout=timeout, **options)

    def _send(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        request = _request(method, path, body, query) | {"timeout": _timeout(self._http.timeout, query)}
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            try:
                answer = self._http.request(**request)
            except httpx.TransportError:
                if last:
                    raise
                time.sleep(_pause(attempt, None))
                continue
            if last or not _is_temporary(answer):
                return _content(answer)
            time.sleep(_pause(attempt, answer))
        raise AssertionError

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncPenchantClient(_Requests):
    """The client for event loops: every method returns an awaitable."""

    def __init__(self, url: str, token: str | None = None, timeout: float = 30.0, **options: Any) -> None:
        self._http = httpx.AsyncClient(base_url=url, headers=_headers(token), timeout=timeout, **options)

    async def _send(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        request = _request(method, path, body, query) | {"timeout": _timeout(self._http.timeout, query)}
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            try:
                answer = await self._http.request(**request)
            except httpx.TransportError:
                if last:
                    raise
                await asyncio.sleep(_pause(attempt, None))
                continue
            if last or not _is_temporary(answer):
                return _content(answer)
            await asyncio.sleep(_pause(attempt, answer))
        raise AssertionError

    async def close(self) -> None:
        """Close all connections."""
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
    """Return an id as one segment of a path. The dots of `.` and `..` are escaped because they would mean folders."""
    return quote(value, safe="") if value.strip(".") else value.replace(".", "%2E")


def _without_none(**fields: Any) -> Json:
    """Return the fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}


def _headers(token: str | None) -> dict[str, str]:
    return {} if token is None else {"Authorization": f"Bearer {token}"}


def _request(method: str, path: str, body: Any, query: Mapping[str, Any] | None) -> dict[str, Any]:
    request: dict[str, Any] = {"method": method, "url": path}
    if body is not None:
        request["json"] = body
    if query:
        request["params"] = _without_none(**query)
    if method == "POST":
        request["headers"] = {"Idempotency-Key": secrets.token_hex(16)}
    return request


def _timeout(usual: httpx.Timeout, query: Mapping[str, Any] | None) -> httpx.Timeout:
    """Return the time limits of a request.

    The read time-out is longer by the seconds that the service is asked to wait (`wait`).
    """
    read = None if usual.read is None else usual.read + float((query or {}).get("wait") or 0)
    return httpx.Timeout(connect=usual.connect, read=read, write=usual.write, pool=usual.pool)


def _is_temporary(answer: httpx.Response) -> bool:
    """Return whether the same request may succeed a moment later."""
    return answer.status_code in RETRIED_STATUSES or (answer.status_code == 409 and "retry-after" in answer.headers)


def _pause(attempt: int, answer: httpx.Response | None) -> float:
    """Return the seconds to wait before the next attempt.

    These are what the service asked for, or else twice as many after each attempt; both are varied at random by a
    quarter.
    """
    asked = answer.headers.get("retry-after", "") if answer is not None else ""
    wait = float(asked) if asked.isdecimal() else FIRST_WAIT_SECONDS * 2**attempt
    return min(wait, MOST_WAIT_SECONDS) * random.uniform(0.75, 1.25)


def _content(answer: httpx.Response) -> Any:
    try:
        content = answer.json()
    except ValueError:
        content = {"detail": answer.text[:200]}
    if answer.is_success:
        return content
    raise ServiceError(answer.status_code, content if isinstance(content, Mapping) else {"detail": str(content)[:200]})
