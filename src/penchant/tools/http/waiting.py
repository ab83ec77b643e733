"""Updates that are queued, and requests that wait for their end: without a thread, and never so many that no others are answered."""

from collections.abc import Mapping
from functools import partial

import anyio
from anyio.to_thread import run_sync
from fastapi import Request

from penchant.store.jobs import Job, Jobs
from penchant.tools.http.context import place_of
from penchant.tools.http.streams import Seats

FIRST_LOOK_SECONDS, LATER_LOOK_SECONDS = 0.05, 1.0
"""How soon a job is looked at again, and at most: a tenth longer each time."""


async def queued(request: Request, user: str | None, arguments: Mapping[str, object], seconds: float) -> Job:
    """An update, as it is once it has ended or `seconds` are over; at once where too many others wait already."""
    place, seats = place_of(request), seats_of(request)
    jobs = place.agent.services.jobs
    job = await run_sync(partial(jobs.add, "update", user, arguments))
    place.runner.wake()
    if not seconds or not seats.free:
        return job
    with seats.taken():
        return await _ended(jobs, job, seconds)


def seats_of(request: Request) -> Seats:
    """The seats of those who follow a job or wait for its end."""
    seats: Seats = request.app.state.followers
    return seats


async def _ended(jobs: Jobs, job: Job, seconds: float) -> Job:
    until, look = anyio.current_time() + seconds, FIRST_LOOK_SECONDS
    while not job.ended and anyio.current_time() < until:
        await anyio.sleep(min(look, until - anyio.current_time()))
        look = min(1.1 * look, LATER_LOOK_SECONDS)
        job = await run_sync(jobs.get, job.id)
    return job
