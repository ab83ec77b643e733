"""The migrations of the database (Alembic), part of the package and applied when a database is opened."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, inspect, text

from penchant.errors import StoreError
from penchant.store import schema

if TYPE_CHECKING:
    from alembic.config import Config

    from penchant.store.database import Database


_STANDS_AT = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""The table in which Alembic stores the number of the last migration."""


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the database; None if it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def bring_up_to_date(database: "Database") -> None:
    """Apply the missing migrations, in one transaction that runs alone.

    Usually there are none, which costs two reads and no import of Alembic.
    """
    with database.read() as connection:
        if revision_of(connection) == schema.REVISION:
            return
    with database.write_in_turn() as connection:
        found = revision_of(connection)  # another process may have migrated it meanwhile
        if found is None:
            _create(connection)
        elif found != schema.REVISION:
            take_steps(connection, found)


def config(connection: Connection | None = None) -> "Config":
    """Return Alembic's configuration for the scripts beside this file."""
    from alembic.config import Config

    alembic = Config(attributes={"connection": connection})
    alembic.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return alembic


def _create(connection: Connection) -> None:
    """Create the current tables in an empty database.

    They equal the result of all migrations (a test compares them), in a sixth of the time.
    """
    schema.metadata.create_all(connection, checkfirst=False)
    _STANDS_AT.create(connection, checkfirst=True)
    connection.execute(_STANDS_AT.insert().values(version_num=schema.REVISION))


def take_steps(connection: Connection, found: str | None) -> None:
    """Apply every migration after `found` (None: all of them).

    Raises `StoreError` if the database is of a newer Penchant.
    """
    from alembic import command
    from alembic.script import ScriptDirectory

    settings = config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"the database was written by a newer Penchant (revision {found}): upgrade with pip install -U penchant"
        )
    command.upgrade(settings, "head")
