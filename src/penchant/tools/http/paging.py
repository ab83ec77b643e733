"""Lists in parts: a cursor says where the next part begins, whatever has been added in between."""

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
NOT_OURS = "this cursor is none of ours: leave it out to begin at the start"
DIGITS = 19
"""Numbers with fewer digits than this are those a database can hold."""
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="At most so many")]
Cursor = Annotated[str | None, Query(max_length=1_000, description="`next_cursor` of the part before")]


def encoded(value: str) -> str:
    """A cursor that stands for a place."""
    return base64.urlsafe_b64encode(value.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def decoded(cursor: str | None) -> str | None:
    """The place a cursor stands for. Raises `ProblemError` 422 for one that is none of ours."""
    if cursor is None:
        return None
    try:
        place = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise ProblemError(422, NOT_OURS) from None
    if "\0" in place:
        raise ProblemError(422, NOT_OURS)
    return place


def decoded_number(cursor: str | None) -> int | None:
    """As `decoded`, of a place that is a number."""
    place = decoded(cursor)
    if place is None:
        return None
    if not (place.isascii() and place.isdigit() and len(place) < DIGITS):
        raise ProblemError(422, NOT_OURS)
    return int(place)


def place_in_time(at: datetime, name: str) -> str:
    """A place in a list by time: it stands there whether or not what it was made from is still there."""
    return f"{to_micros(at)} {name}"


def decoded_time(cursor: str | None) -> tuple[datetime, str] | None:
    """The moment and the id of `place_in_time` that a cursor stands for. Raises `ProblemError` 422 for one that is none of ours."""
    place = decoded(cursor)
    if place is None:
        return None
    micros, _, name = place.partition(" ")
    try:
        return from_micros(int(micros)), name
    except (ValueError, OverflowError):
        raise ProblemError(422, NOT_OURS) from None


def page(rows: Sequence[T], limit: int, place: Callable[[T], str]) -> Page[T]:
    """A part of at most `limit` from one more row than that, if there are more. `place`: where a row stands."""
    shown = list(rows[:limit])
    return Page(data=shown, next_cursor=encoded(place(shown[-1])) if len(rows) > limit and shown else None)
