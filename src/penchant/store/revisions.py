"""The revision counter: by it every process, agent and language notices that something it has cached is out of date.

The counter has a number per subject, so that a cache is emptied only by changes it depends on. Whoever changes a
subject raises its number in the same transaction (`raise_revisions`), as the last statement of it:

| subject | raised by |
|---|---|
| `behaviour` | events stored (imports, `observe`, a merged record) or removed |
| `profiles` | a profile version (update, edit, undo, import of a record) and every edit |
| `documents` | a new or rewritten document: tuned weights, population, calibration, what is known of a model server |
| `people` | `profile` granted or revoked: whose behaviour may be used at all |
| `taxonomy` | a new version of the taxonomy, or a correction of it |
| `items` | items added, changed, hidden, removed or embedded again; before and after the write, which is not in the database |

Erasing a user raises all but `taxonomy` and `items`. To cache something, read the revision first, then the data, and
store both. The cached value is valid only while the numbers it depends on are unchanged::

    revision = revisions.read()
    models = fit(ledger, catalogue)
    cached[(revision.behaviour, revision.people, revision.items)] = models

A read costs one small query. `sum(revision)` changes with every change. Work that reads several small things, such as
a list, reads the counter once (`steady`), and what has not changed since an earlier list is not read again (`unchanged`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, NamedTuple, TypeVar

from sqlalchemy import Connection, select

from penchant.store.database import Database
from penchant.store.schema import revisions

Value = TypeVar("Value")
Subject = Literal["behaviour", "profiles", "documents", "people", "taxonomy", "items"]


class Revision(NamedTuple):
    """How often each subject has changed. If a number is equal at two times, its subject has not changed in between."""

    behaviour: int = 0
    profiles: int = 0
    documents: int = 0
    people: int = 0
    taxonomy: int = 0
    items: int = 0


ALL_OF_PEOPLE: tuple[Subject, ...] = ("behaviour", "profiles", "documents", "people")
"""The subjects that are raised when a user is erased."""
_steady: ContextVar[tuple[Database, Revision] | None] = ContextVar("penchant_revision", default=None)
_NUMBERS = select(revisions.c.name, revisions.c.number).where(revisions.c.name.in_(Revision._fields))


class Revisions:
    """The revision counter of one installation. Thread-safe; several processes may share the database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def read(self) -> Revision:
        """Return the current numbers. Raises `StoreError`."""
        with self.database.read() as connection:
            return Revision(**dict(connection.execute(_NUMBERS).all()))

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Read the numbers once for the code inside, which only reads: it sees the subjects as they are now.

        Of nested calls the outermost counts. Raises `StoreError`.
        """
        if steady_revision(self.database) is not None:
            yield
            return
        token = _steady.set((self.database, self.read()))
        try:
            yield
        finally:
            _steady.reset(token)

    def raise_one(self, subject: Subject) -> None:
        """Raise a number in a transaction of its own, for changes outside the database. Raises `StoreError`."""
        with self.database.write() as connection:
            raise_revisions(connection, self.database, subject)


def steady_revision(database: Database) -> Revision | None:
    """Return the numbers that the surrounding `Revisions.steady` has read; None outside of it."""
    current = _steady.get()
    return current[1] if current is not None and current[0] is database else None


def unchanged(database: Database, subject: Subject, name: str, read: Callable[[], Value]) -> Value:
    """Return `read()`, or inside of `Revisions.steady` what it returned under this `name` before, if `subject` has not changed since.

    For small values that are not of one user, and that nobody changes in place.
    """
    revision = steady_revision(database)
    if revision is None:
        return read()
    number = getattr(revision, subject)
    stored = database.unchanged.get(name)
    if stored is None or stored[0] != number:
        stored = database.unchanged[name] = (number, read())
    return stored[1]


def raise_revisions(connection: Connection, database: Database, *subjects: Subject) -> None:
    """Raise the numbers of these subjects in the transaction that changes them.

    To be called last: then every transaction takes the locks on the counter's rows last and in the same order, so
    that no two writers deadlock.
    """
    insert = database.insert(revisions)
    counted = insert.on_conflict_do_update(index_elements=["name"], set_={"number": revisions.c.number + 1})
    connection.execute(counted, [{"name": subject, "number": 1} for subject in sorted(set(subjects))])


TOKENS_MADE = "tokens"
"""The mark that a token has existed: from then on nobody has access without one."""


def mark(connection: Connection, database: Database, name: str) -> None:
    """Record beside the numbers that something has happened, in the transaction in which it happens."""
    connection.execute(database.insert(revisions).on_conflict_do_nothing(), {"name": name, "number": 1})


def is_marked(connection: Connection, name: str) -> bool:
    """Return whether it has been recorded."""
    return connection.execute(select(revisions.c.name).where(revisions.c.name == name)).first() is not None
