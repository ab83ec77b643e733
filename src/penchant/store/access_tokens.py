"""Access tokens for the network: random values, of which only a digest is stored.

A token has 256 random bits, so its SHA-256 cannot be guessed or reversed, and the lookup by digest does not compare
the secret byte by byte. A digest is never accepted as a token, because it would have to be its own digest.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, get_args

from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, delete, insert, select, true, update

from penchant.errors import NotFoundError, UsageError
from penchant.store.clock import Clock
from penchant.store.database import Database
from penchant.store.revisions import TOKENS_MADE, is_marked, mark
from penchant.store.schema import access_tokens
from penchant.store.tenants import require

Scope = Literal["read", "write", "recommend", "admin"]
PREFIX = "pt_"
SEEN_EVERY = timedelta(minutes=1)
"""The precision of the time of last use: it is written at most once a minute."""


class AccessToken(BaseModel):
    """What a token allows.

    `user_id`: the only user it gives access to; None: any user. `admin` includes every other scope.
    """

    id: str
    scopes: list[Scope]
    user_id: str | None = None
    tenant: str | None = None
    note: str | None = None
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def allows(self, scope: Scope) -> bool:
        """Return whether the token has this scope."""
        return scope in self.scopes or "admin" in self.scopes


class NewToken(AccessToken):
    """A new token: the only time that `token` itself is shown."""

    token: str = Field(description="For the header `Authorization: Bearer`")


class AccessTokens:
    """The tokens of one installation.

    Thread-safe; a revoked token is refused by every process from its next request on.

    `tenant`: only tokens of this tenant are listed, made and revoked; None: those of the installation and of all its
    tenants.
    """

    def __init__(self, database: Database, clock: Clock, tenant: str | None = None) -> None:
        self.database, self.clock, self.tenant = database, clock, tenant

    def for_tenant(self, tenant: str) -> "AccessTokens":
        """Return the tokens of one tenant."""
        return AccessTokens(self.database, self.clock, tenant)

    def create(
        self,
        scopes: Sequence[str],
        *,
        user_id: str | None = None,
        tenant: str | None = None,
        expires_in: timedelta | None = None,
        note: str | None = None,
    ) -> NewToken:
        """Create a token.

        Raises `UsageError` for an unknown scope, no scope, or `admin` for a single user; `NotFoundError` for an
        unknown tenant.
        """
        unknown = [scope for scope in scopes if scope not in get_args(Scope)]
        if unknown or not scopes:
            raise UsageError(f"{', '.join(unknown) or 'no scope'}: use one or more of {', '.join(get_args(Scope))}")
        if user_id is not None and "admin" in scopes:
            raise UsageError("a token for one user cannot be admin: give it read, write and recommend")
        if self.tenant is not None and tenant not in (None, self.tenant):
            raise UsageError(f"tokens created here are for the tenant {self.tenant!r} only: leave the tenant out")
        tenant = self.tenant or tenant
        token, now = PREFIX + secrets.token_urlsafe(32), self.clock.now()
        new_token = NewToken(
            id="t-" + secrets.token_hex(6),
            token=token,
            scopes=sorted(set(scopes), key=get_args(Scope).index),
            user_id=user_id,
            tenant=tenant,
            note=note,
            created_at=now,
            expires_at=None if expires_in is None else now + expires_in,
        )
        values = new_token.model_dump(exclude={"id", "token"}) | {"token_id": new_token.id, "digest": _digest(token)}
        with self.database.write_in_turn() as connection:
            if tenant is not None:
                require(connection, tenant)
            connection.execute(insert(access_tokens), values)
            mark(connection, self.database, TOKENS_MADE)
        return new_token

    def find(self, token: str) -> AccessToken | None:
        """Return what a token allows now; None if it is unknown, revoked or expired."""
        with self.database.read() as connection:
            row = connection.execute(
                select(access_tokens).where(access_tokens.c.digest == _digest(token))
            ).one_or_none()
        if row is None:
            return None
        found, now = _token(row), self.clock.now()
        if found.revoked_at is not None or (found.expires_at is not None and found.expires_at <= now):
            return None
        if found.used_at is None or now - found.used_at > SEEN_EVERY:
            with self.database.write() as connection:
                seen = update(access_tokens).where(access_tokens.c.token_id == found.id).values(used_at=now)
                connection.execute(seen)
        return found

    def list(self) -> list[AccessToken]:
        """Return all tokens, newest first."""
        query = (
            select(access_tokens)
            .where(self._is_of_tenant)
            .order_by(access_tokens.c.created_at.desc(), access_tokens.c.token_id.desc())
        )
        with self.database.read() as connection:
            return [_token(row) for row in connection.execute(query)]

    def revoke(self, token_id: str) -> AccessToken:
        """Revoke a token, from the next request on. Raises `NotFoundError`."""
        with self.database.write() as connection:
            revoked = (
                update(access_tokens)
                .where(access_tokens.c.token_id == token_id, access_tokens.c.revoked_at.is_(None), self._is_of_tenant)
                .values(revoked_at=self.clock.now())
            )
            connection.execute(revoked)
            query = select(access_tokens).where(access_tokens.c.token_id == token_id, self._is_of_tenant)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError(f"no token {token_id!r}: `penchant token list` names them")
        return _token(row)

    def any_created(self) -> bool:
        """Return whether a token was ever created. Until then a server answers this machine without one.

        It stays true if the last token is removed because its user is erased, so that erasing gives nobody access.
        """
        query = select(access_tokens.c.token_id).where(self._is_of_tenant).limit(1)
        with self.database.read() as connection:
            return is_marked(connection, TOKENS_MADE) or connection.execute(query).first() is not None

    def forget(self, user_id: str) -> int:
        """Delete the tokens of one user of this tenant, or of the installation itself without a tenant.

        Returns how many.
        """
        whose = access_tokens.c.tenant.is_(None) if self.tenant is None else access_tokens.c.tenant == self.tenant
        with self.database.write() as connection:
            removed = connection.execute(
                delete(access_tokens).where(whose, access_tokens.c.user_id == user_id)
            ).rowcount
            if removed:
                mark(connection, self.database, TOKENS_MADE)
            return removed

    @property
    def _is_of_tenant(self) -> ColumnElement[bool]:
        return true() if self.tenant is None else access_tokens.c.tenant == self.tenant


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _token(row: object) -> AccessToken:
    values = dict(row._mapping)  # type: ignore[attr-defined]
    return AccessToken(id=values.pop("token_id"), **{name: value for name, value in values.items() if name != "digest"})
