"""Work that is done later: updates as jobs, and how far they are."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response
from sse_starlette import ServerSentEvent

from penchant.errors import PenchantError
from penchant.store.identifiers import known_as
from penchant.store.jobs import Job, Jobs
from penchant.tools.http import streams
from penchant.tools.http.access import Caller, caller_with
from penchant.tools.http.bodies import NewUpdate, Page
from penchant.tools.http.context import Agent, User, as_json, place_of
from penchant.tools.http.paging import Cursor, Limit, decoded, page
from penchant.tools.http.problems import ProblemError

router = APIRouter(prefix="/v1", tags=["work"])
AT_ONCE: dict[int | str, dict[str, Any]] = {200: {"model": Job, "description": "Done within `wait` seconds"}}
Wait = Annotated[float, Query(ge=0, le=60, description="Seconds to wait for the end, for an answer at once")]


EVERYBODY = NewUpdate()
FIRST_LOOK_SECONDS, MOST_SECONDS = 0.1, 1.0
"""How soon a job that is streamed is looked at again, and at most: it takes half as long again each time nothing has changed."""


@router.post("/users/{user}/update", status_code=202, responses=AT_ONCE, dependencies=[caller_with("write")])
def update_user(user: User, request: Request, response: Response, wait: Wait = 0) -> Job:
    """Bring one profile up to date: 202 and a job, or 200 and its result where it ended within `wait`."""
    return _queued(request, response, user, {}, wait)


@router.post("/updates", status_code=202, responses=AT_ONCE, dependencies=[caller_with("write", everybody=True)])
def update_users(request: Request, response: Response, body: NewUpdate = EVERYBODY, wait: Wait = 0) -> Job:
    """Bring these profiles, or everybody's, up to date."""
    users = [known_as(user) for user in body.user_ids]
    arguments: dict[str, object] = {"at": body.at.isoformat()} if body.at else {}
    if len(users) == 1:
        return _queued(request, response, users[0], arguments, wait)
    return _queued(request, response, None, arguments | ({"user_ids": users} if users else {}), wait)


@router.get("/jobs")
def list_jobs(
    agent: Agent, caller: Annotated[Caller, caller_with("read")], limit: Limit = 100, cursor: Cursor = None
) -> Page[Job]:
    """Jobs, the newest first; with the token of a user, theirs."""
    found = agent.services.jobs.list(user_id=caller.user_id, limit=limit + 1, after=decoded(cursor))
    return page(found, limit, lambda job: job.id)


@router.get("/jobs/{job_id}", response_model=Job, responses=streams.DOCUMENTED)
def get_job(job_id: str, request: Request, agent: Agent, caller: Annotated[Caller, caller_with("read")]) -> Response:
    """One job. `Accept: text/event-stream` streams it: `progress` now and whenever it has changed, `done` when it has ended."""
    jobs = agent.services.jobs
    job = _own(jobs.get(job_id), caller)
    return streams.stream(_states(jobs, job)) if streams.is_asked_for(request) else as_json(job)


@router.delete("/jobs/{job_id}")
def cancel_job(job_id: str, agent: Agent, caller: Annotated[Caller, caller_with("write")]) -> Job:
    """End a job; what it has saved stays."""
    _own(agent.services.jobs.get(job_id), caller)
    return agent.services.jobs.cancel(job_id)


def _own(job: Job, caller: Caller) -> Job:
    if caller.user_id not in (None, job.user_id):
        raise ProblemError(403, "this token is for one user only, and this job is somebody else's")
    return job


async def _states(jobs: Jobs, job: Job) -> AsyncIterator[ServerSentEvent]:
    """The job until it has ended, or `error` where it cannot be looked at any more: its user was erased, or the store is away."""
    while not job.ended:
        yield streams.event("progress", job)
        try:
            job = await _changed(jobs, job)
        except PenchantError as error:
            yield streams.event("error", str(error))
            return
    yield streams.event("done", job)


async def _changed(jobs: Jobs, job: Job) -> Job:
    """The job as soon as anything about it is different."""
    seconds, now = FIRST_LOOK_SECONDS, job
    while now == job:
        await anyio.sleep(seconds)
        seconds = min(1.5 * seconds, MOST_SECONDS)
        now = await run_sync(jobs.get, job.id)
    return now


def _queued(request: Request, response: Response, user: str | None, arguments: dict[str, object], wait: float) -> Job:
    place = place_of(request)
    job = place.agent.services.jobs.add("update", user, arguments)
    place.runner.wake()
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    if wait:
        job = place.runner.wait_for(job.id, wait)
        response.status_code = 200 if job.ended else 202
    return job
