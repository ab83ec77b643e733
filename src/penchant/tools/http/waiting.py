"""Queued updates, and requests that wait for their end: without a thread, and never so many that other requests are
refused.
"""

from collections.abc import Mapping
from functools import partial

import anyio
from anyio.to_thread import run_sync
from fastapi import Request

from penchant.store.jobs import Job, Jobs
from penchant.tools.http.context import installation_of
from penchant.tools.http.streams import Slots

FIRST_LOOK_SECONDS, LATER_LOOK_SECONDS = 0.05, 1.0
"""The first and the longest interval between two looks at a job; each is a tenth longer than the one before."""


async def queued(request: Request, user: str | None, arguments: Mapping[str, object], seconds: float) -> Job:
    """Queue an update of `user` (None: of all users) and return the job once it has ended or `seconds` have passed; at
    once where too many requests wait already.
    """
    installation, slots = installation_of(request), follower_slots(request)
    jobs = installation.agent.services.jobs
    job = await run_sync(partial(jobs.add, "update", user, arguments))
    installation.runner.wake()
    if not seconds or not slots.has_free:
        return job
    with slots.occupied():
        return await _job_after_waiting(jobs, job, seconds)


def follower_slots(request: Request) -> Slots:
    """Return the limit of requests that follow a job or wait for its end."""
    slots: Slots = request.app.state.followers
    return slots


async def _job_after_waiting(jobs: Jobs, job: Job, seconds: float) -> Job:
    until, look = anyio.current_time() + seconds, FIRST_LOOK_SECONDS
    while not job.ended and anyio.current_time() < until:
        await anyio.sleep(min(look, until - anyio.current_time()))
        look = min(1.1 * look, LATER_LOOK_SECONDS)
        job = await run_sync(jobs.get, job.id)
    return job
