"""Queued updates, and requests that wait for their end: without a thread, and never so many that other requests are
refused.
"""

from collections.abc import Mapping
from functools import partial

import anyio
from anyio.to_thread import run_sync
from fastapi import Request

from penchant.store.jobs import Job, Jobs
from penchant.tools.http.context import place_of
from penchant.tools.http.streams import Seats

FIRST_LOOK_SECONDS, LATER_LOOK_SECONDS = 0.05, 1.0
"""The first and the longest interval between two looks at a job; each is a tenth longer than the one before."""


async def queued(request: Request, user: str | None, arguments: Mapping[str, object], seconds: float) -> Job:
    """Queue an update of `user` (None: of all users) and return the job once it has ended or `seconds` have passed; at
    once where too many requests wait already.
    """
    place, seats = place_of(request), seats_of(request)
    jobs = place.agent.services.jobs
    job = await run_sync(partial(jobs.add, "update", user, arguments))
    place.runner.wake()
    if not seconds or not seats.free:
        return job
    with seats.taken():
        return await _ended(jobs, job, seconds)


def seats_of(request: Request) -> Seats:
    """Return the limit of requests that follow a job or wait for its end."""
    seats: Seats = request.app.state.followers
    return seats


async def _ended(jobs: Jobs, job: Job, seconds: float) -> Job:
    until, look = anyio.current_time() + seconds, FIRST_LOOK_SECONDS
    while not job.ended and anyio.current_time() < until:
        await anyio.sleep(min(look, until - anyio.current_time()))
        look = min(1.1 * look, LATER_LOOK_SECONDS)
        job = await run_sync(jobs.get, job.id)
    return job
