"""Profiles: read, edited, started, exported, imported, erased."""

import hashlib
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Body, Header, Query, Request, Response
from pydantic import BaseModel

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.profiles.edits import find_in_any_language
from penchant.agent.profiles.portability import ProfileExport
from penchant.agent.profiles.summary import DEFAULT_BUDGET, MAX_BUDGET, ProfileContext
from penchant.store.moments import POINT_IN_TIME, PointInTime
from penchant.store.profile import Profile
from penchant.store.receipt import EraseReceipt, MergeReceipt, UserSummary
from penchant.store.statement import Statement, StatementHistory
from penchant.tools.http.access import Caller, caller_with
from penchant.tools.http.audited_users import set_audited_users
from penchant.tools.http.bodies import InterestChange, Merge, NewStatement, Onboarded, Onboarding, Page
from penchant.tools.http.context import Agent, IfMatch, Lang, User, as_json, check_version, of_known, unless_changed
from penchant.tools.http.limiters import ModelLimiter
from penchant.tools.http.paging import Cursor, Limit, decoded, decoded_number, decoded_time, page, place_in_time
from penchant.tools.http.problems import ProblemError
from penchant.tools.http.stating import record_statements

router = APIRouter(prefix="/v1", tags=["profiles"])
READ, WRITE = [caller_with("read")], [caller_with("write")]
UNCHANGED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {"description": "Of this answer; for `If-Match` and `If-None-Match`", "schema": {"type": "string"}}
        }
    },
    304: {"description": "As the caller has it"},
}
EXPORT_EXAMPLE = {
    "user_id": "ada",
    "profile": {"user_id": "ada", "version": 0, "as_of": "2026-01-05T10:00:00Z", "language": "en", "n_events": 0},
    "events": [{"user_id": "ada", "type": "purchase", "item_id": "b1", "at": "2026-01-05T10:00:00Z"}],
    "edits": [],
    "versions": [],
    "items": [{"item_id": "b1", "title": "The Silmarillion"}],
}


class Version(BaseModel):
    """One version of a profile, and what made it."""

    version: int
    kind: str
    as_of: datetime
    created_at: datetime


class StatementPage(StatementHistory):
    """One page of the statements of a user. `next_cursor`: the `cursor` of the next page; null at the end."""

    next_cursor: str | None = None


@router.get("/users", dependencies=[caller_with("read", everybody=True)])
def list_users(agent: Agent, limit: Limit = 100, cursor: Cursor = None) -> Page[UserSummary]:
    """List every user with behaviour or a profile, by id."""
    after = decoded(cursor)
    rows = [row for row in agent.users() if after is None or row.user_id > after]
    return page(rows[: limit + 1], limit, lambda row: row.user_id)


@router.get("/users/{user}/profile", dependencies=READ, response_model=Profile, responses=UNCHANGED)
def get_profile(
    user: User,
    agent: Agent,
    *,
    if_none_match: Annotated[
        str, Header(description="ETags of the versions the caller has; the answer is 304 if one is current")
    ] = "",
    at: Annotated[PointInTime | None, Query(description=f"The profile as of this time: {POINT_IN_TIME}")] = None,
    lang: Lang = None,
    depth: Annotated[int | None, Query(ge=1, le=4, description="The number of levels of the tree")] = None,
) -> Response:
    """Return the tree of a user's interests, with an ETag."""
    profile = agent.profile(user, at=at, lang=lang)
    answer = as_json(profile if depth is None else profile.pruned(depth))
    tag = f'"{profile.version}-{hashlib.blake2b(answer.body, digest_size=8).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    if tag in known or known == ["*"]:
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


@router.get("/users/{user}/history", dependencies=READ)
def get_history(user: User, agent: Agent, limit: Limit = 100, cursor: Cursor = None) -> Page[Version]:
    """List the versions of a profile, newest first. 404 where nothing at all is known of the user."""
    before = decoded_number(cursor)
    rows = [
        row for row in reversed(of_known(agent, user, agent.history(user))) if before is None or row.version < before
    ]
    versions = [
        Version(version=row.version, kind=row.kind, as_of=row.as_of, created_at=row.created_at)
        for row in rows[: limit + 1]
    ]
    return page(versions, limit, lambda row: str(row.version))


@router.get("/users/{user}/context", dependencies=READ)
def get_context(
    user: User,
    agent: Agent,
    query: Annotated[str | None, Query(max_length=2_000, description="What is relevant to this comes first")] = None,
    budget: Annotated[int, Query(ge=0, le=MAX_BUDGET, description="Tokens")] = DEFAULT_BUDGET,
    lang: Lang = None,
) -> ProfileContext:
    """Return the profile as a short text for a system prompt, never over the budget."""
    return agent.context(user, budget, lang, query=query)


@router.patch("/users/{user}/interests/{node}", dependencies=WRITE)
def change_interest(
    user: User, node: str, body: InterestChange, agent: Agent, if_match: IfMatch = None
) -> dict[str, Any]:
    """Record the user's own word on an interest, which every later update respects. 412 or 409 where the profile has
    changed since `If-Match`.
    """
    target = (
        None if body.action == "state" else partial(find_in_any_language, agent.services.profile_reader, user, node)
    )
    agent.profile(user)
    based_on = check_version(agent, user, if_match, target)
    edit = agent.edit(user, body.action, node, body.text, based_on=based_on)
    return {"user_id": user, "version": agent.profile(user).version, "edit": edit.model_dump(mode="json")}


@router.get("/users/{user}/statements", dependencies=READ)
def get_statements(
    user: User,
    agent: Agent,
    history: Annotated[bool, Query(alias="all", description="Include statements that no longer hold")] = False,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> StatementPage:
    """List what the user has said about themself, each with its sentence, oldest first."""
    after, found = decoded_time(cursor), agent.statements(user, history=history, lang=lang)
    rows = sorted(found.statements, key=_said_at)
    part = page(
        [row for row in rows if after is None or _said_at(row) > after][: limit + 1],
        limit,
        lambda row: place_in_time(*_said_at(row)),
    )
    return StatementPage(**dict(found) | {"statements": part.data, "next_cursor": part.next_cursor})


@router.post("/users/{user}/statements", status_code=201, dependencies=WRITE)
@unless_changed
async def add_statement(user: User, body: NewStatement, agent: Agent, limiter: ModelLimiter) -> StatementHistory:
    """Record a message and return the statements found in it. 422 where it states nothing that lasts: then nothing is
    stored.
    """
    found = await run_sync(record_statements, agent, user, body.text, limiter=limiter)
    if not found:
        raise ProblemError(
            422, "no lasting statement was found in this: write a plain sentence, such as “I am allergic to nuts.”"
        )
    return StatementHistory(user_id=user, statements=found)


def _current_statement(agent: InterestAgent, user: str, statement_id: str, **_: object) -> Statement:
    return agent.statement(user, statement_id)


@router.delete("/users/{user}/statements/{statement_id}", dependencies=WRITE)
@partial(unless_changed, target=_current_statement)
def remove_statement(user: User, statement_id: str, agent: Agent) -> Statement:
    """Take a statement back, permanently."""
    return agent.remove_statement(user, statement_id)


@router.post("/users/{user}/onboarding", dependencies=WRITE)
@unless_changed
def onboard(user: User, body: Onboarding, agent: Agent, caller: Annotated[Caller, caller_with("write")]) -> Onboarded:
    """Start the profile of a new user with stated interests, attributes and friends (friends not with a token of one
    user, who could read their interests). `friends_without_profile` have nothing to lend until they have one.
    """
    if caller.user_id is not None and body.friends:
        raise ProblemError(403, "this token is for one user only, and friends' interests belong to other users")
    profile = agent.onboard(user, body.interests, body.attributes, body.friends)
    return Onboarded(
        **dict(profile), friends_without_profile=[name for name in body.friends if not agent.history(name)]
    )


def _source_and_target(user: str, body: Merge) -> tuple[str, str]:
    return (body.from_user, user) if body.from_user else (user, str(body.into))


def _merged_user(agent: InterestAgent, user: str, body: Merge, **_: object) -> Profile:
    return agent.profile(_source_and_target(user, body)[0])


@router.post("/users/{user}/merge", dependencies=[caller_with("write", everybody=True)])
@partial(unless_changed, target=_merged_user)
async def merge(user: User, body: Merge, request: Request, agent: Agent, limiter: ModelLimiter) -> MergeReceipt:
    """Merge a visitor into a user they turned out to be: behaviour, edits, consents and feedback become one user's, as
    if from the start.
    """
    source, target = _source_and_target(user, body)
    receipt = await run_sync(agent.merge_users, source, target, limiter=limiter)
    set_audited_users(request, receipt.into_user)
    return receipt


@router.get("/users/{user}/export", dependencies=READ)
def export_profile(user: User, agent: Agent) -> ProfileExport:
    """Return the user's whole record, which `users:import` reads back."""
    return agent.export_profile(user)


@router.post("/users:import", dependencies=[caller_with("write", everybody=True)])
def import_profile(
    record: Annotated[ProfileExport, Body(examples=[EXPORT_EXAMPLE])], request: Request, agent: Agent
) -> Profile:
    """Import a record; what is known already is not counted twice."""
    set_audited_users(request, record.user_id)
    return agent.import_profile(record)


@router.delete("/users/{user}", dependencies=WRITE)
@unless_changed
def erase(user: User, agent: Agent) -> EraseReceipt:
    """Erase everything about a user in every place, and return a receipt. Cannot be undone."""
    return agent.erase(user)


def _said_at(statement: Statement) -> tuple[datetime, str]:
    """Return the sort key of a statement: when it was made, then its id."""
    return statement.valid_from, statement.id
