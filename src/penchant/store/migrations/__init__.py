"""How the tables came to be, step by step (Alembic), carried inside the package and applied when a database is opened."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from penchant.errors import StoreError
from penchant.store import schema

if TYPE_CHECKING:
    from alembic.config import Config

    from penchant.store.database import Database


def revision_of(connection: Connection) -> str | None:
    """The migration this database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def bring_up_to_date(database: "Database") -> None:
    """Apply what is missing, in one transaction that runs alone; the usual case costs two reads and no import of Alembic."""
    with database.read() as connection:
        if revision_of(connection) == schema.REVISION:
            return
    with database.write_in_turn() as connection:
        found = revision_of(connection)  # another process may have been first
        if found != schema.REVISION:
            _upgrade(connection, found)


def config(connection: Connection | None = None) -> "Config":
    """Alembic's configuration for the scripts beside this file."""
    from alembic.config import Config

    alembic = Config(attributes={"connection": connection})
    alembic.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return alembic


def _upgrade(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    settings = config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"the database was written by a newer Penchant (revision {found}): upgrade with pip install -U penchant"
        )
    command.upgrade(settings, "head")
