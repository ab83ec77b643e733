"""Calls, tokens and cost of language models, by day, step, user and model."""

from collections.abc import Collection
from datetime import date
from typing import Literal, NamedTuple

from sqlalchemy import func, select

from penchant.store.database import Database
from penchant.store.erasures import Erasures, erased_among
from penchant.store.receipt import Usage
from penchant.store.schema import llm_usage

Dimension = Literal["day", "step", "user_id", "model"]
_AMOUNTS = tuple(Usage.model_fields)
_KEY = ("day", "step", "user_id", "model")
NOBODY = ""
"""The user id of usage that belongs to no user, or to a user who has been erased since."""


class UsageTotal(NamedTuple):
    """A sum. `key` contains the values of the dimensions that were requested, in that order."""

    key: tuple[str, ...]
    usage: Usage


class UsageLog:
    """Adds up calls and tokens. Thread-safe: no parallel addition is lost."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(
        self, day: date, step: str, user_id: str | None, model: str, usage: Usage, *, since: int | None = None
    ) -> None:
        """Add the usage of a step.

        It counts for nobody if the user has been erased `since` the step began (`Erasures.number`).
        """
        insert = self.database.insert(llm_usage)
        sums = {name: llm_usage.c[name] + insert.excluded[name] for name in _AMOUNTS}
        with self.database.write() as connection:
            erased = user_id is not None and erased_among(connection, self.database, [user_id], since)
            account = NOBODY if erased or user_id is None else user_id
            key = {"day": day.isoformat(), "step": step, "user_id": account, "model": model}
            connection.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=sums), key | usage.model_dump())

    def start_number(self) -> int:
        """Return the `since` for a step that begins now."""
        return Erasures(self.database).number()

    def totals(
        self, by: Collection[Dimension] = (), *, user_id: str | None = None, since: date | None = None
    ) -> list[UsageTotal]:
        """Return sums by the given dimensions (none: one grand total), of one user or of all, from day `since` on."""
        dimensions = [llm_usage.c[name] for name in by]
        query = select(*dimensions, *(func.coalesce(func.sum(llm_usage.c[name]), 0).label(name) for name in _AMOUNTS))
        if dimensions:
            query = query.group_by(*dimensions).order_by(*dimensions)
        if user_id is not None:
            query = query.where(llm_usage.c.user_id == user_id)
        if since is not None:
            query = query.where(llm_usage.c.day >= since.isoformat())
        with self.database.read() as connection:
            rows = [tuple(row) for row in connection.execute(query)]
        cut = len(dimensions)
        return [UsageTotal(row[:cut], Usage(**dict(zip(_AMOUNTS, map(int, row[cut:]), strict=True)))) for row in rows]
