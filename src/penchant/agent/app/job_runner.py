"""Doing queued work, in the background of a server or in a worker of its own: with progress, one job at a time per user."""

import os
import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from penchant.errors import PenchantError
from penchant.store.jobs import Job, Jobs
from penchant.tracing import span_below

Progress = Callable[[int, int], None]
Work = Callable[[Job, Progress], Mapping[str, Any]]
"""Does a job and returns its result; whatever it tells how far it is may raise `Cancelled`, which it lets through."""
BEAT_SECONDS = 5.0
LOOK_SECONDS = 1.0


class Cancelled(Exception):
    """The job is no longer this worker's."""


class JobRunner:
    """Takes jobs of the kinds of `works` and does them; as a thread of its own once started.

    `start` begins, `stop` waits for the user under way and queues the rest again.
    """

    def __init__(self, jobs: Jobs, works: Mapping[str, Work]) -> None:
        self.jobs, self._works = jobs, works
        self.worker = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="penchant-jobs", daemon=True)
        self._at_work = 0

    @property
    def busy(self) -> bool:
        """Whether a job is being done, or has just been announced."""
        return self._at_work > 0 or self._wake.is_set()

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to do: look now."""
        self._wake.set()

    def drain(self) -> None:
        """Take nothing new and end at the next user: from any thread, or a signal's handler."""
        self._stopping.set()
        self._wake.set()

    @property
    def is_draining(self) -> bool:
        """Whether it is to end."""
        return self._stopping.is_set()

    def rest(self, seconds: float) -> None:
        """Wait so long, less where it is to end or woken."""
        if not self._stopping.is_set():
            self._wake.wait(seconds)
            self._wake.clear()

    def stop(self) -> None:
        """Drain, wait for the thread, and queue again what is not finished."""
        self.drain()
        if self._thread.is_alive():
            self._thread.join(30.0)
        self.jobs.give_back(self.worker)

    def wait_for(self, job_id: str, seconds: float) -> Job:
        """The job as soon as it has ended, or as it is after so many seconds."""
        ended = threading.Event()
        waited = 0.0
        while True:
            job = self.jobs.get(job_id)
            if job.ended or waited >= seconds:
                return job
            step = min(0.05 + waited / 10.0, 1.0, seconds - waited)
            ended.wait(step)
            waited += step

    def run_one(self) -> Job | None:
        """Take the oldest job and do it; None where there is nothing to do."""
        job = self.jobs.take(self.worker, tuple(self._works))
        if job is None:
            return None
        self._at_work += 1
        finished = threading.Event()
        beating = threading.Thread(target=self._beat, args=(job.id, finished), name="penchant-beat", daemon=True)
        beating.start()
        try:
            result = self._do(job)
        except Cancelled:
            return self.jobs.get(job.id)
        except PenchantError as error:
            self.jobs.finish(job.id, self.worker, error=str(error))
        except Exception as error:
            self.jobs.finish(job.id, self.worker, error=f"unexpected {type(error).__name__}: see the server's log")
            raise
        else:
            self.jobs.finish(job.id, self.worker, result=result)
        finally:
            finished.set()
            beating.join()
            self._at_work -= 1
        return self.jobs.get(job.id)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                idle = self.run_one() is None
            except Exception:  # noqa: BLE001 - the database may be away for a while; the thread goes on looking
                idle = True
            if idle:
                self._wake.wait(LOOK_SECONDS)

    def _do(self, job: Job) -> Mapping[str, Any]:
        def progress(done: int, total: int) -> None:
            if self._stopping.is_set() or not self.jobs.beat(job.id, self.worker, done, total):
                raise Cancelled

        with span_below(f"job.{job.kind}", lambda: self.jobs.traceparent(job.id), penchant__attempt=job.attempts):
            return self._works[job.kind](job, progress)

    def _beat(self, job_id: str, finished: threading.Event) -> None:
        while not finished.wait(BEAT_SECONDS):
            with suppress(PenchantError):  # the store is away for a moment: the next beat says it
                self.jobs.beat(job_id, self.worker)
