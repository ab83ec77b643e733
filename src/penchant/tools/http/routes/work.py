"""Work that is done later: updates as jobs, and how far they are."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from penchant.store.identifiers import known_as
from penchant.store.jobs import Job
from penchant.tools.http.access import Caller, caller_with
from penchant.tools.http.bodies import NewUpdate, Page
from penchant.tools.http.context import Agent, User, place_of
from penchant.tools.http.paging import Cursor, Limit, decoded, page
from penchant.tools.http.problems import ProblemError

router = APIRouter(prefix="/v1", tags=["work"])
AT_ONCE: dict[int | str, dict[str, Any]] = {200: {"model": Job, "description": "Done within `wait` seconds"}}
Wait = Annotated[float, Query(ge=0, le=60, description="Seconds to wait for the end, for an answer at once")]


EVERYBODY = NewUpdate()


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


@router.get("/jobs/{job_id}")
def get_job(job_id: str, agent: Agent, caller: Annotated[Caller, caller_with("read")]) -> Job:
    """One job."""
    return _own(agent.services.jobs.get(job_id), caller)


@router.delete("/jobs/{job_id}")
def cancel_job(job_id: str, agent: Agent, caller: Annotated[Caller, caller_with("write")]) -> Job:
    """End a job; what it has saved stays."""
    _own(agent.services.jobs.get(job_id), caller)
    return agent.services.jobs.cancel(job_id)


def _own(job: Job, caller: Caller) -> Job:
    if caller.user_id not in (None, job.user_id):
        raise ProblemError(403, "this token is for one user only, and this job is somebody else's")
    return job


def _queued(request: Request, response: Response, user: str | None, arguments: dict[str, object], wait: float) -> Job:
    place = place_of(request)
    job = place.agent.services.jobs.add("update", user, arguments)
    place.runner.wake()
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    if wait:
        job = place.runner.wait_for(job.id, wait)
        response.status_code = 200 if job.ended else 202
    return job
