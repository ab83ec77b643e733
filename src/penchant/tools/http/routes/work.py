"""Updates that run as jobs, and their progress."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response
from sse_starlette import ServerSentEvent

from penchant.errors import PenchantError
from penchant.store.clock import written_moment
from penchant.store.identifiers import id_argument
from penchant.store.jobs import Job, Jobs
from penchant.tools.http import streams
from penchant.tools.http.access import Caller, caller_with
from penchant.tools.http.bodies import NewUpdate, Page
from penchant.tools.http.context import Agent, User, as_json, unless_changed
from penchant.tools.http.paging import Cursor, Limit, decoded_time, page, place_in_time
from penchant.tools.http.problems import ProblemError
from penchant.tools.http.waiting import follower_slots, queued

router = APIRouter(prefix="/v1", tags=["work"])
DONE_WHILE_WAITING: dict[int | str, dict[str, Any]] = {200: {"model": Job, "description": "Done within `wait` seconds"}}
Wait = Annotated[
    float,
    Query(ge=0, le=60, description="Seconds to wait for the job to end; ignored when many callers already wait"),
]


EVERYBODY = NewUpdate()
FIRST_LOOK_SECONDS, LATER_LOOK_SECONDS = 0.1, 1.0
"""The first and the longest interval between two looks at a streamed job; each is half as long again as the one before
while nothing changes.
"""
STREAM_SECONDS = 60.0
"""How long a stream lasts. Browsers connect again by themselves, and their token is checked again."""


@router.post("/users/{user}/update", status_code=202, responses=DONE_WHILE_WAITING, dependencies=[caller_with("write")])
@unless_changed
async def update_user(user: User, request: Request, response: Response, wait: Wait = 0) -> Job:
    """Update one profile: 202 with a job, or 200 with its result where it ended within `wait` seconds."""
    return await _queued(request, response, user, {}, wait)


@router.post(
    "/updates", status_code=202, responses=DONE_WHILE_WAITING, dependencies=[caller_with("write", everybody=True)]
)
async def update_users(request: Request, response: Response, body: NewUpdate = EVERYBODY, wait: Wait = 0) -> Job:
    """Update the named profiles, or all of them."""
    users = [id_argument(user) for user in body.user_ids]
    arguments: dict[str, object] = {"at": written_moment(body.at)} if body.at else {}
    if len(users) == 1:
        return await _queued(request, response, users[0], arguments, wait)
    return await _queued(request, response, None, arguments | ({"user_ids": users} if users else {}), wait)


@router.get("/jobs")
def list_jobs(
    agent: Agent, caller: Annotated[Caller, caller_with("read")], limit: Limit = 100, cursor: Cursor = None
) -> Page[Job]:
    """List jobs, newest first; with the token of a user, only theirs."""
    found = agent.services.jobs.list(user_id=caller.user_id, limit=limit + 1, after=decoded_time(cursor))
    return page(found, limit, lambda job: place_in_time(job.created_at, job.id))


@router.get("/jobs/{job_id}", response_model=Job, responses=streams.DOCUMENTED)
def get_job(job_id: str, request: Request, agent: Agent, caller: Annotated[Caller, caller_with("read")]) -> Response:
    """Return one job. `Accept: text/event-stream` streams it for up to a minute: `progress` now and whenever it has
    changed, `done` at its end.
    """
    jobs = agent.services.jobs
    job = _job_of_caller(jobs.get(job_id), caller)
    if not streams.is_asked_for(request):
        return as_json(job)
    slots = follower_slots(request)
    if not slots.has_free:
        raise ProblemError(
            429, "too many jobs are being followed: ask again, or without a stream", {"Retry-After": "1"}
        )
    return streams.stream(_states(jobs, job, slots, request.state.request_id))


@router.delete("/jobs/{job_id}")
def cancel_job(job_id: str, agent: Agent, caller: Annotated[Caller, caller_with("write")]) -> Job:
    """Cancel a job; what it has saved stays."""
    _job_of_caller(agent.services.jobs.get(job_id), caller)
    return agent.services.jobs.cancel(job_id)


def _job_of_caller(job: Job, caller: Caller) -> Job:
    if caller.user_id not in (None, job.user_id):
        raise ProblemError(403, "this token is for one user only, and this job belongs to another user")
    return job


async def _states(jobs: Jobs, job: Job, slots: streams.Slots, request_id: str) -> AsyncIterator[ServerSentEvent]:
    """Yield the job whenever it changes, until it has ended or a minute is over; `error` where it can no longer be read,
    because it was erased or the store does not answer.
    """
    until = anyio.current_time() + STREAM_SECONDS
    with slots.occupied():
        while not job.ended:
            yield streams.event("progress", job)
            try:
                later = await _changed(jobs, job, until)
            except PenchantError as error:
                yield streams.failed(request_id, error)
                return
            if later is None:
                return
            job = later
        yield streams.event("done", job)


async def _changed(jobs: Jobs, job: Job, until: float) -> Job | None:
    """Return the job as soon as it differs; None where it does not until `until` (time of the event loop)."""
    seconds = FIRST_LOOK_SECONDS
    while anyio.current_time() < until:
        await anyio.sleep(seconds)
        seconds = min(1.5 * seconds, LATER_LOOK_SECONDS)
        now = await run_sync(jobs.get, job.id)
        if now != job:
            return now
    return None


async def _queued(
    request: Request, response: Response, user: str | None, arguments: dict[str, object], wait: float
) -> Job:
    job = await queued(request, user, arguments, wait)
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    response.status_code = 200 if wait and job.ended else 202
    return job
