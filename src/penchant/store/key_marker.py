"""A marker in the database that names the key its values are sealed with.

If the key file is missing or belongs to another database, this is noticed before anything is written in the clear, or
under a key that the next reader does not have.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from penchant.errors import CorruptError
from penchant.store.keys import Key, Keyring, without_key
from penchant.store.schema import documents

DOCUMENT = "encryption-key"
"""The name of the document that holds the id of the key. It has one version, which is overwritten."""
_MARKER = select(documents.c.body).where(documents.c.name == DOCUMENT, documents.c.version == 1)


class TransactionKeys:
    """The keys of one database during one transaction. The marker is checked once, when the first value is sealed."""

    def __init__(self, keyring: Keyring, connection: Connection) -> None:
        self.keyring, self._connection = keyring, connection
        self._is_checked = False

    @property
    def current(self) -> Key | None:
        """The key that new values are sealed with; None if the database is not encrypted.

        Raises `CorruptError` if the key of the marker is missing.
        """
        if not self._is_checked:
            marked = check_marker(self._connection, self.keyring)
            key = self.keyring.current
            if marked is None and key is not None:
                mark(self._connection, key, replace=False)
            self._is_checked = True
        return self.keyring.current


def check_marker(connection: Connection, keyring: Keyring) -> str | None:
    """Return the id of the key that the database is sealed with; None if it is not encrypted.

    Raises `CorruptError` if the key file lacks that key.
    """
    marked: str | None = connection.execute(_MARKER).scalar_one_or_none()
    if marked is not None and marked not in {key.id for key in keyring.known()}:
        raise CorruptError(without_key(marked, keyring.path))
    return marked


def mark(connection: Connection, key: Key, *, replace: bool = True) -> None:
    """Store the id of `key` as the one the database is sealed with. Without `replace`, an existing marker stays."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    new = dialect.insert(documents)
    values = {"body": key.id, "saved_at": datetime.now(UTC)}
    names = ["name", "version"]
    writing = new.on_conflict_do_update(index_elements=names, set_=values) if replace else new.on_conflict_do_nothing()
    connection.execute(writing, {"name": DOCUMENT, "version": 1} | values)
