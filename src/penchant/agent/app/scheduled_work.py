"""Queued jobs and recurring work, done in the background of a server or by a separate worker, without cron.

Jobs report progress, and one job at a time is done per user. Update, taxonomy, tune and export together form one
recurring job of the kind `work`. The first process that finds it due queues it, and the first that takes it does it.
The job table acts as the lock: of any number of workers on one database one works at a time, and another continues
when it dies. A step that fails is reported in the result of the round, and the steps after it are done all the same.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from pydantic import BaseModel, Field

from penchant.agent.app.bulk_work import BulkReceipt
from penchant.agent.app.services import Services
from penchant.agent.recommend.tuning.setting import TuneReport
from penchant.errors import PenchantError, StoreError, UsageError, without_addresses
from penchant.prompts.remarks import remark
from penchant.store.jobs import Job, Jobs
from penchant.store.receipt import UpdateReceipt
from penchant.tracing import span_below

Progress = Callable[[int, int], None]
Work = Callable[[Job, Progress], Mapping[str, Any]]
"""Does a job and returns its result. Its progress callback may raise `Cancelled`, which must not be caught."""
log = logging.getLogger("penchant.jobs")
BEAT_SECONDS = 5.0
LOOK_SECONDS = 1.0


class JobError(PenchantError):
    """Raised by the work of a job that came to an end without doing any of it. `result`: what it did come to."""

    def __init__(self, message: str, result: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.result = result


class Cancelled(Exception):
    """Raised when a job no longer belongs to this worker or the worker is to stop."""


class JobRunner:
    """Takes jobs of the kinds in `works` and does them, in a thread of its own once started.

    `start` begins; `stop` waits until the current user is done and queues unfinished jobs again.
    """

    def __init__(self, jobs: Jobs, works: Mapping[str, Work]) -> None:
        self.jobs, self._works = jobs, works
        self.worker = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="penchant-jobs", daemon=True)
        self._at_work = 0

    @property
    def busy(self) -> bool:
        """Whether a job is being done, or `wake` has just been called."""
        return self._at_work > 0 or self._wake.is_set()

    def start(self) -> None:
        """Start the thread that takes jobs."""
        self._thread.start()

    def wake(self) -> None:
        """Look for jobs now instead of after the current pause."""
        self._wake.set()

    def drain(self) -> None:
        """Take no new jobs, and end after the current user. Can be called from any thread or a signal handler."""
        self._stopping.set()
        self._wake.set()

    @property
    def is_draining(self) -> bool:
        """Whether `drain` has been called."""
        return self._stopping.is_set()

    def rest(self, seconds: float) -> None:
        """Wait for `seconds`, or until `wake` or `drain` is called."""
        if not self._stopping.is_set():
            self._wake.wait(seconds)
            self._wake.clear()

    def stop(self) -> None:
        """Drain, wait for the thread (at most 30 s), and queue unfinished jobs again."""
        self.drain()
        if self._thread.is_alive():
            self._thread.join(30.0)
        self.jobs.requeue_unfinished(self.worker)

    def run_one(self) -> Job | None:
        """Take the oldest job and do it; return None where no job is queued."""
        job = self.jobs.take(self.worker, tuple(self._works))
        if job is None:
            return None
        self._at_work += 1
        finished = threading.Event()
        beating = threading.Thread(target=self._beat, args=(job.id, finished), name="penchant-beat", daemon=True)
        beating.start()
        try:
            result: Mapping[str, Any] | None = self._run_job(job)
        except Cancelled:
            return self.jobs.get(job.id)
        except PenchantError as error:
            shown, result = str(error), error.result if isinstance(error, JobError) else None
            if error.is_internal:
                log.error("job %s failed: %s", job.id, error)
                shown = without_addresses(shown)
            self.jobs.finish(job.id, self.worker, result=result, error=shown)
        except Exception as error:
            self.jobs.finish(job.id, self.worker, error=remark("unexpected", kind=type(error).__name__))
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
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; the thread goes on looking
                # the text of the error may hold private data
                log.warning("a job, or the search for one, failed (%s); the next is looked for", type(error).__name__)
                idle = True
            if idle:
                self._wake.wait(LOOK_SECONDS)

    def _run_job(self, job: Job) -> Mapping[str, Any]:
        def progress(done: int, total: int) -> None:
            if self._stopping.is_set() or not self.jobs.heartbeat(job.id, self.worker, done, total):
                raise Cancelled

        with span_below(f"job.{job.kind}", lambda: self.jobs.traceparent(job.id), penchant__attempt=job.attempts):
            return self._works[job.kind](job, progress)

    def _beat(self, job_id: str, finished: threading.Event) -> None:
        while not finished.wait(BEAT_SECONDS):
            with suppress(PenchantError):  # the store cannot be reached for a moment: the next beat reports
                self.jobs.heartbeat(job_id, self.worker)


KIND = "work"
Step = Literal["update", "taxonomy", "tune", "export"]
STEPS: tuple[Step, ...] = get_args(Step)
EXPORT_NEEDS_FILE = "export needs a file: name one that ends in .jsonl or .parquet"
MAX_PAUSE, LOOKS_PER_INTERVAL = 10.0, 20.0
"""A worker looks for due work this often between two rounds, and at least every `MAX_PAUSE` seconds."""


class StepReceipt(BaseModel):
    """The outcome of one step. `result`: its counts; `error`: why it failed or was skipped."""

    step: Step
    status: Literal["done", "failed", "skipped"]
    seconds: float
    result: dict[str, Any] = Field(default_factory=dict)
    error: str | None = None


class WorkingAgent(Protocol):
    """The methods of an agent that a round uses."""

    services: Services

    def update(self, *, on_progress: Progress | None) -> UpdateReceipt: ...
    def build_taxonomy(self) -> dict[str, Any]: ...
    def tune(self, *, on_progress: Progress | None) -> TuneReport: ...
    def recommend_all(self, path: Path, /, *, on_progress: Progress | None) -> BulkReceipt: ...


class Worker:
    """Does the rounds of one installation.

    `steps`: all where none is named; `export`: the file for the lists of all users (None: no such step).

    After `drain` (from any thread or a signal handler) it ends at the next user; a round that is not finished is
    queued again.
    """

    def __init__(self, agent: WorkingAgent, steps: Sequence[str] = (), export: Path | None = None) -> None:
        unknown = [step for step in steps if step not in STEPS]
        if unknown:
            raise UsageError(f"{unknown[0]!r} is not a step: use {', '.join(STEPS)}")
        if "export" in steps and export is None:
            raise UsageError(EXPORT_NEEDS_FILE)
        self.agent, self.export = agent, export
        wanted = steps or [step for step in STEPS if step != "export" or export is not None]
        self.steps: list[Step] = [step for step in STEPS if step in wanted]
        self.runner = JobRunner(agent.services.jobs, {KIND: self._round})

    def drain(self) -> None:
        """Begin nothing new, and end soon."""
        self.runner.drain()

    def once(self) -> Job:
        """Do one round now and return its job. Raises `StoreError` where another worker is doing one."""
        jobs = self.agent.services.jobs
        jobs.requeue_silent()
        running = [job for job in jobs.list(status="running") if job.kind == KIND]
        if running:
            since = f"{running[0].started_at:%H:%M:%S} UTC"
            raise StoreError(
                f"another worker has been running since {since} (job {running[0].id}): this run did nothing"
            )
        job = jobs.add(KIND, arguments=self._arguments())
        while not self.runner.is_draining:
            done = self.runner.run_one() or jobs.get(job.id)
            if done.id == job.id and done.ended:
                break
            self.runner.rest(0.2)  # an update by the service is under way
        self.runner.jobs.requeue_unfinished(self.runner.worker)
        return jobs.get(job.id)

    def run(
        self, every: timedelta, on_round: Callable[[Job], object], on_failure: Callable[[PenchantError], object]
    ) -> None:
        """Do a round whenever the last one was queued at least `every` ago, until drained.

        `on_round` is called with each job that ended here.

        When the store cannot be reached, `on_failure` is called with the error, and the store is asked again after a
        pause.
        """
        jobs, rest = self.agent.services.jobs, min(MAX_PAUSE, every.total_seconds() / LOOKS_PER_INTERVAL)
        while not self.runner.is_draining:
            try:
                jobs.add_due(KIND, every, self._arguments())
                done = self.runner.run_one()
            except PenchantError as error:
                on_failure(error)
            else:
                if done is not None and done.ended:
                    on_round(done)
            self.runner.rest(rest)
        self.runner.jobs.requeue_unfinished(self.runner.worker)

    def _arguments(self) -> dict[str, Any]:
        return {"steps": self.steps, "export": None if self.export is None else str(self.export.resolve())}

    def _round(self, job: Job, on_progress: Progress) -> Mapping[str, Any]:
        """Do all steps of a job, which another worker may have queued. Raises `Cancelled`."""
        export = job.arguments.get("export")
        steps: list[Step] = job.arguments.get("steps", self.steps)
        receipts = [self._step(step, None if export is None else Path(export), on_progress) for step in steps]
        on_progress(1, 1)
        return {"steps": [receipt.model_dump(mode="json") for receipt in receipts]}

    def _step(self, step: Step, export: Path | None, on_progress: Progress) -> StepReceipt:
        on_progress(0, 0)  # raises `Cancelled` where the worker is to stop, before anything is begun
        started = time.monotonic()
        try:
            result, error = self._run_step(step, export, on_progress), None
        except Cancelled:
            raise
        except PenchantError as failure:
            result, error = {}, str(failure)
            status: Literal["failed", "skipped"] = "skipped" if isinstance(failure, UsageError) else "failed"
        except Exception as failure:  # noqa: BLE001 - the steps after it are due all the same
            result, error, status = {}, f"unexpected {type(failure).__name__}: {failure}", "failed"
        seconds = round(time.monotonic() - started, 3)
        return StepReceipt(step=step, status=status if error else "done", seconds=seconds, result=result, error=error)

    def _run_step(self, step: Step, export: Path | None, on_progress: Progress) -> dict[str, Any]:
        """Do a step and return counts only: user ids are not stored in results, where an erasure would not reach them."""
        if step == "update":
            return _counts(self.agent.update(on_progress=on_progress).users)
        if step == "taxonomy":
            return self.agent.build_taxonomy()
        if step == "tune":
            report = self.agent.tune(on_progress=on_progress)
            return {"choices": report.tuned.choices, "gain": report.tuned.gain, "unchanged": report.tuned.unchanged}
        if export is None:
            raise UsageError(EXPORT_NEEDS_FILE)
        return self.agent.recommend_all(export, on_progress=on_progress).model_dump(mode="json")


def _counts(users: Sequence[Any]) -> dict[str, Any]:
    by_status = {status: sum(user.status == status for user in users) for status in ("ok", "degraded", "failed")}
    return {"users": len(users), "events_new": sum(user.events_new for user in users), **by_status}
