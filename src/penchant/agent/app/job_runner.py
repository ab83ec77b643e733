"""Doing queued work in the background of a server: updates of one user or of all, with progress, one at a time per user."""

import os
import secrets
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from penchant.errors import PenchantError
from penchant.store.event import parse_moment
from penchant.store.jobs import Job, Jobs
from penchant.store.receipt import UpdateReceipt

Progress = Callable[[int, int], None]
Update = Callable[[Sequence[str], datetime | None, Progress], UpdateReceipt]
BEAT_SECONDS = 5.0
LOOK_SECONDS = 1.0


class Cancelled(Exception):
    """The job is no longer this worker's."""


class JobRunner:
    """One thread that takes jobs and does them. `update(users, at, on_progress)`: the work of an update; no users: everybody.

    `start` begins, `stop` waits for the user under way and queues the rest again.
    """

    def __init__(self, jobs: Jobs, update: Update) -> None:
        self.jobs, self._update = jobs, update
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

    def stop(self) -> None:
        """Take nothing new, end at the next user, and queue again what is not finished."""
        self._stopping.set()
        self._wake.set()
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
        job = self.jobs.take(self.worker)
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
        at = job.arguments.get("at")
        users = [job.user_id] if job.user_id is not None else list(job.arguments.get("user_ids", ()))

        def progress(done: int, total: int) -> None:
            if self._stopping.is_set() or not self.jobs.beat(job.id, self.worker, done, total):
                raise Cancelled

        receipt = self._update(users, None if at is None else parse_moment(at), progress)
        return receipt.model_dump(mode="json")

    def _beat(self, job_id: str, finished: threading.Event) -> None:
        while not finished.wait(BEAT_SECONDS):
            self.jobs.beat(job_id, self.worker)
