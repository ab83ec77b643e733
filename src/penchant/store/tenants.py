"""The tenants of one installation: a list of names in its own database. Each tenant's data is stored separately.

A tenant is `ready`, or `removing` from the moment its removal begins: nobody has access from then on, and an
interrupted removal is completed by removing the tenant again.
"""

import re
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field
from sqlalchemy import Connection, delete, insert, select, update

from penchant.errors import ConflictError, NotFoundError, UsageError
from penchant.store.clock import Clock
from penchant.store.database import Database
from penchant.store.revisions import TOKENS_MADE, mark
from penchant.store.schema import access_tokens, tenants

MOST_LETTERS = 48
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
Status = Literal["ready", "removing"]


class Tenant(BaseModel):
    """One tenant."""

    name: str
    status: Status = "ready"
    created_at: datetime


class TenantRemoval(BaseModel):
    """The result of removing a tenant. `residue`: what still exists; it has to be 0."""

    name: str
    removed: dict[str, int] = Field(default_factory=dict)
    residue: int = 0


class TenantExport(BaseModel):
    """What a tenant's archive contains. `bytes` and `sha256` are those of the file."""

    name: str
    file: str
    items: int
    users: int
    events: int
    bytes: int
    sha256: str


class Tenants:
    """The list of tenants. Thread-safe; several processes may share the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock

    def add(self, name: str) -> Tenant:
        """Add a tenant. Raises `UsageError` for an invalid name, `ConflictError` for a name in use."""
        tenant = Tenant(name=tenant_name(name), created_at=self.clock.now())
        with self.database.write_in_turn() as connection:
            if _find(connection, tenant.name) is not None:
                raise ConflictError(f"there is a tenant {name!r} already: choose another name, or remove it first")
            connection.execute(insert(tenants), tenant.model_dump())
        return tenant

    def get(self, name: str) -> Tenant:
        """Return a tenant that is ready. Raises `NotFoundError`."""
        with self.database.read() as connection:
            return require(connection, name)

    def list(self) -> list[Tenant]:
        """Return all tenants by name, including those whose removal was interrupted."""
        with self.database.read() as connection:
            return [Tenant(**row._mapping) for row in connection.execute(select(tenants).order_by(tenants.c.name))]

    def revoke_access(self, name: str) -> int:
        """Set the tenant to `removing` and delete its tokens; returns how many. Raises `NotFoundError`."""
        with self.database.write_in_turn() as connection:
            if _find(connection, tenant_name(name)) is None:
                raise _unknown(name)
            connection.execute(update(tenants).where(tenants.c.name == name).values(status="removing"))
            removed = connection.execute(delete(access_tokens).where(access_tokens.c.tenant == name)).rowcount
            if removed:
                mark(connection, self.database, TOKENS_MADE)
            return removed

    def forget(self, name: str) -> None:
        """Remove the name from the list, so that it can be used again."""
        with self.database.write() as connection:
            connection.execute(delete(tenants).where(tenants.c.name == name))


def tenant_name(name: str) -> str:
    """Return the name if it is valid as a folder, a schema and a Chroma tenant. Raises `UsageError`."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name[:60]!r} cannot be a tenant: write 1 to {MOST_LETTERS} small letters a-z, digits and hyphens, "
            "with a letter or digit at both ends"
        )
    return name


def require(connection: Connection, name: str) -> Tenant:
    """Return the tenant if it is ready. Raises `NotFoundError`."""
    found = _find(connection, name)
    if found is None:
        raise _unknown(name)
    if found.status != "ready":
        raise NotFoundError(f"the tenant {name!r} is being removed: `penchant tenant remove {name} --yes` finishes it")
    return found


def _unknown(name: str) -> NotFoundError:
    return NotFoundError(f"there is no tenant {name[:60]!r}: `penchant tenant list` names them")


def _find(connection: Connection, name: str) -> Tenant | None:
    row = connection.execute(select(tenants).where(tenants.c.name == name)).one_or_none()
    return None if row is None else Tenant(**row._mapping)
