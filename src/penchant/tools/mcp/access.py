"""Who may act for whom over HTTP: bearer tokens, each for one user or for all."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from pydantic import AnyHttpUrl

if TYPE_CHECKING:
    from penchant.settings import AccessSettings

EVERYONE = "*"
SCOPE = "penchant"
ALL_USERS = "penchant:all-users"


class SettingsTokens:
    """Verifies bearer tokens against the settings, which hold them as they are or as `sha256:HEX`. An MCP `TokenVerifier`."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._users = {_digest(token): user for token, user in tokens.items()}

    async def verify_token(self, token: str) -> AccessToken | None:
        """What the token allows: a subject it is bound to, or the scope of all users. None: it is not known."""
        digest = _digest(token)
        user = next((user for known, user in self._users.items() if hmac.compare_digest(known, digest)), None)
        if user is None:
            return None
        if user == EVERYONE:
            return AccessToken(token=token, client_id="application", scopes=[SCOPE, ALL_USERS])
        return AccessToken(token=token, client_id="application", scopes=[SCOPE], subject=user)


def bearer_auth(url: str) -> AuthSettings:
    """This server as an OAuth 2.1 resource server whose tokens are handed out by whoever runs it."""
    return AuthSettings(
        issuer_url=AnyHttpUrl(url),
        resource_server_url=AnyHttpUrl(url),
        required_scopes=[SCOPE],
        validate_token_resource=False,  # the verifier knows its tokens; they are for no other server
    )


def user_of_connection() -> str | None:
    """The one user the current request's token is for; None when it acts for all, or nothing is asked of callers (stdio)."""
    token = get_access_token()
    return None if token is None or ALL_USERS in token.scopes else token.subject or ""


def tokens_of(settings: "AccessSettings") -> dict[str, str]:
    """Token to user, as the settings give them."""
    return {token.get_secret_value(): user for user, tokens in settings.tokens.items() for token in tokens}


def _digest(token: str) -> str:
    return (
        token.removeprefix("sha256:").lower()
        if token.startswith("sha256:")
        else hashlib.sha256(token.encode()).hexdigest()
    )
