"""The SQL database: opens it, applies migrations and provides transactions.

SQLite runs in WAL mode with foreign keys on. A writing transaction takes the lock when it begins (`BEGIN IMMEDIATE`),
because a reading transaction that starts to write can be refused at once, whatever the busy time-out is. PostgreSQL
writers rely on its row locks.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import Connection, Engine, Table, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.schema import CreateSchema, DropSchema

from penchant.errors import CorruptError, PenchantError, StoreError, UsageError
from penchant.store import migrations
from penchant.store.key_marker import TransactionKeys
from penchant.store.keys import Keyring, keys_in_use
from penchant.store.private_files import private_file
from penchant.store.waiting import until_unlocked
from penchant.tracing import TraceSpan, span

T = TypeVar("T")
BUSY_SECONDS = 30
LOOKUP = 2_000
"""The number of keys in one IN (…): well below the parameter limit of both databases."""
_APPEND_LOCK = 0x70656E01
_BEGIN = "BEGIN"
SCHEMA_KEY = "hashtext(current_schema())"
"""The second key of PostgreSQL's advisory locks.

Locks belong to a database; with this key, schemas of one database do not wait for each other.
"""
_SUPPORTED = "use sqlite:///path/to/file.db or postgresql+psycopg://user@host/name"


class Database:
    """Transactions on one database. Thread-safe; several processes may open the same one."""

    def __init__(self, engine: Engine, keyring: Keyring | None = None) -> None:
        self.engine, self.keyring = engine, keyring
        self.unchanged: dict[str, tuple[int, Any]] = {}
        """Small values by name, each with the revision that it was read at (`penchant.store.revisions`)."""
        self._writing = engine.execution_options(penchant_begin="BEGIN IMMEDIATE")

    @classmethod
    def open(cls, url: str, schema: str | None = None, keyring: Keyring | None = None) -> "Database":
        """Connect to a database, and create or upgrade its tables if needed.

        `schema`: the PostgreSQL schema of all tables, created if missing; None: the server's default. `keyring`: the
        keys with which text is encrypted. Raises `UsageError` for a URL that cannot work, otherwise `StoreError`.
        """
        return cls._opened(_parse(url), schema, keyring)

    @classmethod
    def in_file(cls, path: Path, keyring: Keyring | None = None) -> "Database":
        """Open the SQLite database in this file, whatever characters its name contains. Raises `StoreError`."""
        return cls._opened(URL.create("sqlite", database=str(path)), keyring=keyring)

    @classmethod
    def _opened(cls, url: URL, schema: str | None = None, keyring: Keyring | None = None) -> "Database":
        engine = _create_engine(_in_schema(url, schema) if schema else url)
        database = cls(engine, keyring)
        with _translate_errors(engine.url):
            if database.is_sqlite:
                _make_private(engine.url)
                _enter_wal(database)
            elif schema:
                with database.write() as connection:
                    connection.execute(CreateSchema(schema, if_not_exists=True))
            migrations.bring_up_to_date(database)
        return database

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite (the alternative is PostgreSQL)."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection in a read-only transaction: one consistent view."""
        with (
            self._span("store.read"),
            _translate_errors(self.engine.url),
            self.engine.begin() as connection,
            self._keys(connection),
        ):
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection in a writing transaction: all of it is stored, or nothing."""
        with (
            self._span("store.write"),
            _translate_errors(self.engine.url),
            self._writing.begin() as connection,
            self._keys(connection),
        ):
            yield connection

    @contextmanager
    def write_in_turn(self) -> Iterator[Connection]:
        """Yield a connection in a writing transaction that runs alone.

        Thus sequence numbers become visible to readers in order (on SQLite they always do).
        """
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(text(f"SELECT pg_advisory_xact_lock(:key, {SCHEMA_KEY})"), {"key": _APPEND_LOCK})
            yield connection

    @contextmanager
    def outside_transactions(self) -> Iterator[Connection]:
        """Yield a connection without a transaction, for VACUUM, checkpoints and the journal mode."""
        bare = {"penchant_begin": ""} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with _translate_errors(self.engine.url), self.engine.execution_options(**bare).connect() as connection:
            yield connection

    def _span(self, name: str) -> TraceSpan:
        """Return the span of one transaction, including its wait for the lock."""
        return span(name, current=False, db__system__name=self.engine.dialect.name)

    @contextmanager
    def _keys(self, connection: Connection) -> Iterator[None]:
        """Make the keys of this database available for sealing and opening values inside."""
        token = keys_in_use.set(None if self.keyring is None else TransactionKeys(self.keyring, connection))
        try:
            yield
        finally:
            keys_in_use.reset(token)

    def insert(self, table: Table) -> "postgresql.Insert | sqlite.Insert":
        """Return an INSERT with `on_conflict_do_nothing` and `on_conflict_do_update` in the dialect of this database."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def drop_schema(self, schema: str) -> None:
        """Delete a PostgreSQL schema and all its tables. A missing schema is no error."""
        with self.write() as connection:
            connection.execute(DropSchema(schema, cascade=True, if_exists=True))

    def tables_in(self, schema: str) -> int:
        """Return the number of tables in a PostgreSQL schema; 0 if it does not exist."""
        with self.read() as connection:
            return len(inspect(connection).get_table_names(schema=schema))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def chunks(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the values in lists of at most `size`."""
    stream = iter(values)
    while part := list(islice(stream, size)):
        yield part


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UsageError(f"store URL {url!r} cannot be read: {_SUPPORTED}") from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise UsageError(f"store URL scheme {parsed.drivername!r} is not supported: {_SUPPORTED}")
    if parsed.get_backend_name() == "postgresql" and url.partition("?")[0].count("@") > 1:
        raise UsageError(
            "the password in the store URL holds an @ as it is: write @ as %40, / as %2F and : as %3A in it"
        )
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise UsageError(f"an in-memory SQLite store forgets everything and cannot be shared: {_SUPPORTED}")
    return parsed


def _in_schema(url: URL, schema: str) -> URL:
    """Return a URL whose connections use only this PostgreSQL schema."""
    if url.get_backend_name() != "postgresql":
        raise UsageError("store.pg_schema is for PostgreSQL: leave it out, or set a postgresql+psycopg:// store.url")
    before = url.query.get("options", "")
    options = f"{before if isinstance(before, str) else ' '.join(before)} -csearch_path={schema}".strip()
    return url.update_query_dict({"options": options})


def _create_engine(url: URL) -> Engine:
    try:
        engine = sqlalchemy.create_engine(
            url,
            hide_parameters=True,
            execution_options={"preserve_rowcount": True},
            pool_size=8,
            max_overflow=64,
            pool_pre_ping=url.get_backend_name() != "sqlite",
        )
    except (ImportError, NoSuchModuleError):
        raise UsageError("PostgreSQL needs its driver: pip install 'penchant[postgres]'") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin explicitly, not before the first write
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get("penchant_begin", _BEGIN)
    if begin == _BEGIN:
        # cannot fail, as it takes no lock; SQLAlchemy's own call would be a fifth of the cost of a small read
        connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]
    elif begin:
        connection.exec_driver_sql(begin)


def _make_private(url: URL) -> None:
    """Create the SQLite file so that only its owner can read it; SQLite gives its side files the same mode.

    If the file cannot be created, SQLite reports the error itself.
    """
    path = Path(url.database or "")
    if path.parent.is_dir() and not str(path).startswith("file:"):
        with suppress(OSError):
            private_file(path)


def _enter_wal(database: Database) -> None:
    """Switch the file to WAL mode, which it then keeps."""
    with database.outside_transactions() as connection:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal":
            return
        for attempt in until_unlocked(BUSY_SECONDS):
            with attempt:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")


@contextmanager
def _translate_errors(url: URL) -> Iterator[None]:
    """Translate database errors to `StoreError` that says what happened, where, and what to do; and what PostgreSQL does
    not store to `UsageError`.
    """
    try:
        yield
    except PenchantError:
        raise
    except DBAPIError as error:
        raise _translate(error, url.render_as_string(hide_password=True)) from error


def _translate(error: DBAPIError, where: str) -> PenchantError:
    message = str(error.orig).strip()
    if "cannot contain NUL" in message:
        return UsageError("a text contains the character NUL (U+0000), which cannot be stored: leave it out")
    if "not a database" in message or "malformed" in message:
        return CorruptError(f"{where} is damaged ({message}): restore it from a backup, or move it away to start again")
    if "locked" in message:
        return StoreError(f"{where} has been busy for {BUSY_SECONDS} s: wait for the other writer, then try again")
    if "unable to open" in message or "readonly" in message:
        return StoreError(
            f"{where} cannot be opened for writing ({message}): check that the folder exists and is yours"
        )
    if "full" in message or "No space" in message:
        return StoreError(
            f"no room left to write {where} ({message}): free some space and try again; nothing was written partly"
        )
    return StoreError(f"{where}: {message}")
