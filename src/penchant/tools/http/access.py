"""Authentication and permissions of a caller: a token of this installation, a token signed by an identity provider, or
this machine itself.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPException
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, cast

from fastapi import Depends, Request

from penchant.errors import UsageError
from penchant.prompts.remarks import remark
from penchant.store.access_tokens import AccessToken, AccessTokens, Scope
from penchant.store.audit import signed_caller
from penchant.store.identifiers import id_argument
from penchant.store.tenants import tenant_name
from penchant.tools.http.paths import check_parameters, restore_slashes
from penchant.tools.http.problems import ProblemError

if TYPE_CHECKING:
    from jwt import PyJWKClient

    from penchant.settings import JwtSettings

COOKIE = "penchant_token"
LOCAL = "local"
RETRY = {"Retry-After": "2"}
DOTS = 2
"""How many a signed token has, between header, claims and signature. Tokens of this service have none."""
log = logging.getLogger("penchant.http")


@dataclass(frozen=True)
class Caller:
    """The sender of a request. `user_id`: the only user they may reach; None for any user."""

    id: str
    scopes: frozenset[str]
    user_id: str | None = None
    tenant: str | None = None

    def allows(self, scope: Scope) -> bool:
        """Return whether the caller has this scope; `admin` includes every scope."""
        return scope in self.scopes or "admin" in self.scopes


THIS_MACHINE = Caller(LOCAL, frozenset(("read", "write", "recommend", "admin")))


class Gatekeeper:
    """Finds out who sends a request. Thread-safe."""

    def __init__(self, tokens: AccessTokens, jwt: "JwtSettings | None" = None) -> None:
        self.tokens, self.jwt = tokens, jwt

    def caller(self, token: str | None, client: str | None) -> Caller:
        """Return the caller that shows `token` from the address `client`. Raises `ProblemError` 401 where the token is
        not valid, or is missing though one is needed.
        """
        if token is not None:
            found = self.tokens.find(token)
            if found is not None:
                return _caller(found)
            if self.jwt is not None and self.jwt.issuer and token.count(".") == DOTS:
                return self._by_jwt(token)
            raise ProblemError(401, "this token is unknown, expired or revoked: ask for a new one")
        if not self.tokens.any_created() and _is_loopback(client):
            return THIS_MACHINE
        raise ProblemError(401, "send a token as Bearer in the header Authorization; `penchant token create` makes one")

    def _by_jwt(self, token: str) -> Caller:
        import jwt as pyjwt

        assert self.jwt is not None
        try:
            claims: dict[str, Any] = pyjwt.decode(
                token,
                self._key_for(token),
                algorithms=self.jwt.algorithms,
                issuer=self.jwt.issuer,
                audience=self.jwt.audience,
                options={"require": self._required, "verify_aud": self.jwt.audience is not None},
            )
            user = id_argument(_text_of_claim(claims, self.jwt.user_claim))
            tenant = (
                None if self.jwt.tenant_claim is None else tenant_name(_text_of_claim(claims, self.jwt.tenant_claim))
            )
        except (pyjwt.PyJWTError, ValueError, UsageError) as error:
            raise ProblemError(401, f"this signed token is not valid ({error}): sign in again") from None
        return Caller(signed_caller(user), frozenset(("read", "write", "recommend")), user, tenant)

    @property
    def _required(self) -> list[str]:
        assert self.jwt is not None
        return [name for name in ("exp", "iss", self.jwt.user_claim, self.jwt.tenant_claim) if name]

    def _key_for(self, token: str) -> Any:
        assert self.jwt is not None
        if self.jwt.key is not None:
            return self.jwt.key.get_secret_value()
        from jwt import PyJWKClientConnectionError, PyJWKSetError

        try:
            return self._keys.get_signing_key_from_jwt(token).key
        except (PyJWKClientConnectionError, PyJWKSetError, HTTPException, OSError, ValueError) as error:
            log.error("the keys of the identity provider cannot be read: %s", error)
            raise ProblemError(
                503, "the keys of the identity provider cannot be read at the moment: try again", RETRY
            ) from None

    @cached_property
    def _keys(self) -> "PyJWKClient":
        from jwt import PyJWKClient

        assert self.jwt is not None
        return PyJWKClient(str(self.jwt.jwks_url), timeout=5)


@dataclass(frozen=True)
class Needs:
    """A dependency that checks that the caller has this scope and may reach the user in the path, and then the parameters
    of the request.

    `everybody`: refuse tokens that are limited to one user. `tenants`: the route concerns the whole service, so
    refuse tokens of a tenant.
    """

    scope: Scope
    everybody: bool = False
    tenants: bool = False

    async def __call__(self, request: Request) -> Caller:
        self.check_caller(request)
        await check_parameters(request)  # only now: who may not ask learns nothing of how to ask
        return cast(Caller, request.state.caller)

    def check_caller(self, request: Request) -> None:
        """Raise `ProblemError` 403 where the caller may not ask for this."""
        caller: Caller = request.state.caller
        if not caller.allows(self.scope):
            raise ProblemError(403, remark("lacks_scope", scope=repr(self.scope)))
        if self.tenants and caller.tenant is not None:
            raise ProblemError(403, remark("of_a_tenant"))
        if caller.user_id is None:
            return
        if self.everybody:
            raise ProblemError(403, remark("of_one_user_alone"))
        user = request.path_params.get("user")
        if user is not None and id_argument(user) != caller.user_id:
            raise ProblemError(403, remark("of_one_user"))


async def check_caller(request: Request) -> None:
    """Check the caller of a request whose body could not be read, because FastAPI reads bodies before it checks callers.
    Raises `ProblemError` 403, and `UsageError` for an id in the path that is none.
    """
    await restore_slashes(request)
    for dependency in request.scope["route"].dependant.dependencies:
        if isinstance(dependency.call, Needs):
            dependency.call.check_caller(request)


def caller_with(scope: Scope, *, everybody: bool = False, tenants: bool = False) -> Any:
    """Return `Needs` as a FastAPI dependency."""
    return Depends(Needs(scope, everybody, tenants))


def shown_once(*fields: str) -> Any:
    """Return a dependency for routes whose answer has secrets in these fields: the copy stored for an `Idempotency-Key`
    leaves them out.
    """

    async def mark(request: Request) -> None:
        request.state.shown_once = fields

    return Depends(mark)


def token_in(headers: Any, cookies: Any) -> str | None:
    """Return the bearer token of a request, else the one in the session cookie of the pages, else None. Raises
    `ProblemError` 401 for another scheme.
    """
    name, _, token = str(headers.get("authorization", "")).partition(" ")
    if name.lower() == "bearer" and token.strip():
        return token.strip()
    if name:
        raise ProblemError(401, "only `Authorization: Bearer …` is understood here")
    return cookies.get(COOKIE) or None


def _text_of_claim(claims: Mapping[str, Any], claim: str) -> str:
    """Return the text or number of a claim as a text. Raises `ValueError` for anything else, which names nobody."""
    value = claims[claim]
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"the claim {claim!r} is neither text nor a number")
    return str(value)


def _caller(token: AccessToken) -> Caller:
    return Caller(token.id, frozenset(token.scopes), token.user_id, token.tenant)


def _is_loopback(client: str | None) -> bool:
    try:
        return client is not None and ip_address(client).is_loopback
    except ValueError:
        return False
