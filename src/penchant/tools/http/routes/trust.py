"""Consents, access tokens and the audit log."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from penchant.agent.privacy.consent import ConsentRecord
from penchant.store.access_tokens import AccessToken, NewToken
from penchant.store.durations import parse_duration
from penchant.store.identifiers import id_argument
from penchant.tools.http.access import caller_with, shown_once
from penchant.tools.http.bodies import ConsentChange, Page, TokenWishes
from penchant.tools.http.context import Agent, User, unless_changed
from penchant.tools.http.paging import Cursor, Limit, decoded_number, decoded_time, page, place_in_time

router = APIRouter(prefix="/v1", tags=["trust"])
ADMIN = [caller_with("admin", everybody=True)]


class AuditRow(BaseModel):
    """One row of the audit log."""

    seq: int
    at: datetime
    caller: str
    action: str
    user_id: str | None
    status: int
    request_id: str


@router.get("/users/{user}/consents", dependencies=[caller_with("read")])
def get_consents(user: User, agent: Agent) -> ConsentRecord:
    """Return what a user allows, and every change of it."""
    return agent.consent(user)


@router.put("/users/{user}/consents", dependencies=[caller_with("write")])
@unless_changed
def set_consents(user: User, body: ConsentChange, agent: Agent) -> ConsentRecord:
    """Record what a user allows from now on."""
    wanted = body.model_dump(exclude_none=True)
    granted, revoked = ([name for name, value in wanted.items() if value is answer] for answer in (True, False))
    if granted:
        agent.grant(user, *granted)
    if revoked:
        agent.revoke(user, *revoked)
    return agent.consent(user)


@router.get("/audit", dependencies=ADMIN)
def get_audit(
    agent: Agent,
    user: Annotated[str | None, Query(max_length=256, description="Only what concerns this user")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[AuditRow]:
    """List every change and every read of a profile, newest first."""
    whose = None if user is None else id_argument(user, "user")
    rows = agent.services.audit_log.list(whose, limit=limit + 1, before=decoded_number(cursor))
    return page([AuditRow(**row._asdict()) for row in rows], limit, lambda row: str(row.seq))


@router.get("/tokens", dependencies=ADMIN)
def list_tokens(agent: Agent, limit: Limit = 100, cursor: Cursor = None) -> Page[AccessToken]:
    """List every token, newest first: what it may do, and when it was last used."""
    before = decoded_time(cursor)
    tokens = [
        token
        for token in agent.services.access_tokens.list()
        if before is None or (token.created_at, token.id) < before
    ]
    return page(tokens[: limit + 1], limit, lambda token: place_in_time(token.created_at, token.id))


@router.post("/tokens", status_code=201, dependencies=[*ADMIN, shown_once("token")])
def create_token(body: TokenWishes, agent: Agent) -> NewToken:
    """Create a token; only this answer shows it."""
    expires: timedelta | None = None if body.expires is None else parse_duration(body.expires)
    return agent.services.access_tokens.create(
        body.scopes,
        user_id=None if body.user_id is None else id_argument(body.user_id),
        tenant=body.tenant,
        expires_in=expires,
        note=body.note,
    )


@router.delete("/tokens/{token_id}", dependencies=ADMIN)
def revoke_token(token_id: str, agent: Agent) -> AccessToken:
    """Revoke a token, at once and everywhere."""
    return agent.services.access_tokens.revoke(token_id)
