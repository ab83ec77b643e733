"""Lists in pages. A cursor names the place where the next page begins, so it stays right when rows are added in between."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import Query

from penchant.store.column_types import from_micros, to_micros
from penchant.tools.http.bodies import Page
from penchant.tools.http.problems import ProblemError

T = TypeVar("T")
MAX_LIMIT = 1_000
UNKNOWN_CURSOR = "this cursor is none of ours: leave it out to begin at the start"
DIGITS = 19
"""A number with fewer digits than this fits into a database integer."""
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="The maximum number of entries")]
Cursor = Annotated[str | None, Query(max_length=1_000, description="`next_cursor` of the previous page")]


def encoded(value: str) -> str:
    """Return a place in a list as a cursor."""
    return base64.urlsafe_b64encode(value.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def decoded(cursor: str | None) -> str | None:
    """Return the place that a cursor names; None for None. Raises `ProblemError` 422 where it is not a cursor of this
    service.
    """
    if cursor is None:
        return None
    try:
        place = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise ProblemError(422, UNKNOWN_CURSOR) from None
    if "\0" in place:
        raise ProblemError(422, UNKNOWN_CURSOR)
    return place


def decoded_number(cursor: str | None) -> int | None:
    """Return the place of a cursor as a number. Raises `ProblemError` 422 where it is not one."""
    place = decoded(cursor)
    if place is None:
        return None
    if not (place.isascii() and place.isdigit() and len(place) < DIGITS):
        raise ProblemError(422, UNKNOWN_CURSOR)
    return int(place)


def place_in_time(at: datetime, name: str) -> str:
    """Return the place of a row in a list by time. It stays valid when the row itself is deleted."""
    return f"{to_micros(at)} {name}"


def decoded_time(cursor: str | None) -> tuple[datetime, str] | None:
    """Return the time and id that `place_in_time` wrote. Raises `ProblemError` 422 where it is not a cursor of this
    service.
    """
    place = decoded(cursor)
    if place is None:
        return None
    micros, _, name = place.partition(" ")
    try:
        at = from_micros(int(micros))
    except (ValueError, OverflowError):
        raise ProblemError(422, UNKNOWN_CURSOR) from None
    if not name:  # a number alone is the place in another list
        raise ProblemError(422, UNKNOWN_CURSOR)
    return at, name


def page(rows: Sequence[T], limit: int, place: Callable[[T], str]) -> Page[T]:
    """Return the first `limit` rows as a page. Callers pass one row more than `limit` where there are more. `place`:
    returns the place of a row.
    """
    shown = list(rows[:limit])
    return Page(data=shown, next_cursor=encoded(place(shown[-1])) if len(rows) > limit and shown else None)
