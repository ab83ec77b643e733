"""Bearer tokens: only a token is a token, and a server for one user is never left."""

import asyncio
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp.server.auth.middleware.auth_context import auth_context_var
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from mcp.server.auth.provider import AccessToken

from penchant.errors import ConsentError, UsageError
from penchant.tools.mcp.access import ALL_USERS, SettingsTokens, user_of_connection

HASH = hashlib.sha256(b"ada-secret").hexdigest()


def subject(tokens: SettingsTokens, token: str) -> str | None:
    """Whom a token acts for, `*` for everyone; None where it is not known."""
    access = asyncio.run(tokens.verify_token(token))
    return None if access is None else "*" if ALL_USERS in access.scopes else access.subject


def test_a_token_that_is_stored_as_its_hash_is_known_and_the_hash_is_not() -> None:
    tokens = SettingsTokens({f"sha256:{HASH.upper()}": "ada", "plain": "*"})

    known = {token: subject(tokens, token) for token in ("ada-secret", f"sha256:{HASH}", HASH, "plain", "")}
    assert known == {"ada-secret": "ada", f"sha256:{HASH}": None, HASH: None, "plain": "*", "": None}


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_whatever_is_shown_as_a_token_is_known_or_not(text: str) -> None:
    assert subject(SettingsTokens({f"sha256:{HASH}": "ada"}), f"sha256:{text}") is None


@pytest.mark.parametrize("stored", ["sha256:", "sha256:abc", f"sha256:{HASH[:-1]}z"])
def test_a_hash_that_is_none_is_refused_with_the_cure(stored: str) -> None:
    with pytest.raises(UsageError, match="give its 64 hexadecimal digits"):
        SettingsTokens({stored: "ada"})


def test_a_server_for_one_user_knows_no_token_of_anybody_else() -> None:
    tokens = SettingsTokens({"a": "ada", "b": "bob", "m": "*"}, only="ada")

    assert {token: subject(tokens, token) for token in "abm"} == {"a": "ada", "b": None, "m": "*"}


@pytest.mark.parametrize(
    ("scopes", "whose", "only", "acts_for"),
    [
        (["penchant"], "ada", None, "ada"),
        (["penchant"], "ada", "ada", "ada"),
        (["penchant", ALL_USERS], None, None, None),
        (["penchant", ALL_USERS], None, "ada", "ada"),
        (["penchant"], "bob", "ada", ConsentError),
        (["penchant"], None, None, UsageError),
    ],
)
def test_a_request_acts_for_the_user_of_the_server_and_of_the_token(
    scopes: list[str], whose: str | None, only: str | None, acts_for: str | type[Exception] | None
) -> None:
    token = AccessToken(token="t", client_id="c", scopes=scopes, subject=whose)
    reset = auth_context_var.set(AuthenticatedUser(token))
    try:
        if isinstance(acts_for, type):
            with pytest.raises(acts_for):
                user_of_connection(only)
        else:
            assert user_of_connection(only) == acts_for
    finally:
        auth_context_var.reset(reset)
