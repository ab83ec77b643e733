"""Access over HTTP: bearer tokens, each for one user or for all."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from pydantic import AnyHttpUrl

from penchant.errors import ConsentError, UsageError
from penchant.store.identifiers import id_argument

if TYPE_CHECKING:
    from penchant.settings import AccessSettings

EVERYONE = "*"
SCOPE = "penchant"
ALL_USERS = "penchant:all-users"
HASHED = "sha256:"
DIGEST_LETTERS = 64


class SettingsTokens:
    """Verifies bearer tokens of the settings, which hold each token itself or as `sha256:HEX`. An MCP `TokenVerifier`.

    `only`: the one user that the server is for; tokens of other users are unknown to it. Raises `UsageError` for a
    malformed hash.
    """

    def __init__(self, tokens: Mapping[str, str], only: str | None = None) -> None:
        users = {
            _stored_digest(token): user if user == EVERYONE else id_argument(user) for token, user in tokens.items()
        }
        self._users = {digest: user for digest, user in users.items() if only is None or user in (EVERYONE, only)}

    async def verify_token(self, token: str) -> AccessToken | None:
        """Return the token with its user as the subject, or with the scope of all users; None where it is unknown."""
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
        user = next((user for known, user in self._users.items() if hmac.compare_digest(known, digest)), None)
        if user is None:
            return None
        if user == EVERYONE:
            return AccessToken(token=token, client_id="application", scopes=[SCOPE, ALL_USERS])
        return AccessToken(token=token, client_id="application", scopes=[SCOPE], subject=user)


def bearer_auth(url: str) -> AuthSettings:
    """Return the settings of an OAuth 2.1 resource server whose operator hands out the tokens."""
    return AuthSettings(
        issuer_url=AnyHttpUrl(url),
        resource_server_url=AnyHttpUrl(url),
        required_scopes=[SCOPE],
        validate_token_resource=False,  # the verifier only knows tokens of this server
    )


def user_of_connection(only: str | None = None) -> str | None:
    """Return the only user that the current request may act for; None for any. `only`: the user that the server is for,
    if any.

    Raises `ConsentError` where the token is for another user than the server.
    """
    token = get_access_token()
    if token is None or ALL_USERS in token.scopes:
        return only
    subject = id_argument(token.subject or "")
    if only is not None and subject != only:
        raise ConsentError(
            f"this server is for {only!r} only, and the token is for another user: use one of their tokens"
        )
    return subject


def tokens_of(settings: "AccessSettings") -> dict[str, str]:
    """Return the users of the settings by token."""
    return {token.get_secret_value(): user for user, tokens in settings.tokens.items() for token in tokens}


def _stored_digest(token: str) -> str:
    """Return the hexadecimal SHA-256 of a token of the settings, which may be given as its hash. Raises `UsageError` for
    a malformed one.
    """
    if not token.startswith(HASHED):
        return hashlib.sha256(token.encode()).hexdigest()
    digest = token.removeprefix(HASHED).lower()
    if len(digest) != DIGEST_LETTERS or not set(digest) <= set("0123456789abcdef"):
        raise UsageError(
            f"a token under [access.tokens] begins with {HASHED} and is not a SHA-256: give its 64 hexadecimal digits"
        )
    return digest
