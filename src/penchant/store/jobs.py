"""Queued jobs: stored at once, and each executed once by one worker, even if a worker is killed.

A worker takes a job by compare-and-swap on its status and sends a heartbeat every few seconds (`heartbeat`). A job whose
worker is silent is taken by another one, three times at most. Per user, and for jobs that concern all users, only one
job runs at a time.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy import Connection, and_, func, insert, or_, select, update

from penchant.errors import NotFoundError
from penchant.store.announcements import announce
from penchant.store.clock import Clock
from penchant.store.database import Database
from penchant.store.erasures import erased_after, refuse_erased
from penchant.store.mentions import users_with_receipts, without_receipts
from penchant.store.schema import jobs
from penchant.tracing import current_traceparent

Status = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED = ("done", "failed", "cancelled")
SILENCE_LIMIT = timedelta(seconds=30)
MOST_ATTEMPTS = 3


class Job(BaseModel):
    """A job. `done` of `total` is its progress; `result` is what it returned, `error` why it failed."""

    id: str
    kind: str
    user_id: str | None = None
    status: Status
    arguments: dict[str, Any] = Field(default_factory=dict)
    attempts: int = 0
    done: int = 0
    total: int = 0
    result: dict[str, Any] | None = None
    error: str | None = None
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def ended(self) -> bool:
        """Whether the job has ended."""
        return self.status in ENDED


class Jobs:
    """The queue of one installation. Thread-safe; several processes may share the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock

    def add(self, kind: str, user_id: str | None = None, arguments: Mapping[str, Any] | None = None) -> Job:
        """Queue a job.

        If an equal one (kind, user, arguments) is queued already, it is returned instead. Raises `ErasedError`.
        """
        with self.database.write_in_turn() as connection:
            if user_id is not None:
                refuse_erased(connection, self.database, user_id)
            same = select(jobs).where(
                jobs.c.kind == kind,
                jobs.c.status == "queued",
                jobs.c.user_id.is_(None) if user_id is None else jobs.c.user_id == user_id,
                jobs.c.arguments == dict(arguments or {}),
            )
            waiting = connection.execute(same.limit(1)).one_or_none()
            if waiting is not None:
                return _job(waiting)
            return self._queued(connection, kind, user_id, arguments)

    def get(self, job_id: str) -> Job:
        """Return a job. Raises `NotFoundError`."""
        with self.database.read() as connection:
            row = connection.execute(select(jobs).where(jobs.c.job_id == job_id)).one_or_none()
        if row is None:
            raise NotFoundError(f"there is no job {job_id!r}: it may have belonged to a user who was erased")
        return _job(row)

    def list(
        self,
        *,
        user_id: str | None = None,
        status: str | None = None,
        kinds: Sequence[str] = (),
        limit: int = 100,
        after: tuple[datetime, str] | None = None,
    ) -> list[Job]:
        """Return jobs, newest first. `kinds`: only these, where any are named. `after`: only those behind this moment and
        id in that order.
        """
        query = select(jobs).order_by(jobs.c.created_at.desc(), jobs.c.job_id.desc()).limit(limit)
        if user_id is not None:
            query = query.where(jobs.c.user_id == user_id)
        if status is not None:
            query = query.where(jobs.c.status == status)
        if kinds:
            query = query.where(jobs.c.kind.in_(kinds))
        if after is not None:
            at, job_id = after
            older = and_(jobs.c.created_at == at, jobs.c.job_id < job_id)
            query = query.where(or_(jobs.c.created_at < at, older))
        with self.database.read() as connection:
            return [_job(row) for row in connection.execute(query)]

    def traceparent(self, job_id: str) -> str | None:
        """Return the `traceparent` of the trace in which the job was queued, or None."""
        with self.database.read() as connection:
            return connection.execute(select(jobs.c.traceparent).where(jobs.c.job_id == job_id)).scalar()

    def counts(self) -> dict[str, int]:
        """Return the number of jobs by status."""
        query = select(jobs.c.status, func.count()).group_by(jobs.c.status)
        with self.database.read() as connection:
            return {str(status): int(count) for status, count in connection.execute(query)}

    def oldest_waiting(self) -> datetime | None:
        """Return when the oldest waiting job was queued; None if no job waits."""
        with self.database.read() as connection:
            oldest: datetime | None = connection.execute(
                select(func.min(jobs.c.created_at)).where(jobs.c.status == "queued")
            ).scalar_one()
            return oldest

    def add_due(self, kind: str, every: timedelta, arguments: Mapping[str, Any] | None = None) -> Job | None:
        """Queue a job of this kind, unless one is open or was queued less than `every` ago; None in that case.

        Several processes may call this: only the first one queues a job.
        """
        newest = select(jobs).where(jobs.c.kind == kind).order_by(jobs.c.created_at.desc()).limit(1)
        with self.database.write_in_turn() as connection:
            last = connection.execute(newest).one_or_none()
            if last is not None and (last.status not in ENDED or last.created_at > self.clock.now() - every):
                return None
            return self._queued(connection, kind, None, arguments)

    def take(self, worker: str, kinds: Sequence[str]) -> Job | None:
        """Assign the oldest job of these kinds that may begin to this worker, and return it; None if there is none."""
        now = self.clock.now()
        with self.database.write_in_turn() as connection:
            self._requeue_silent(connection, now)
            running = connection.execute(select(jobs.c.user_id).where(jobs.c.status == "running")).scalars().all()
            waiting = select(jobs).where(jobs.c.status == "queued", jobs.c.kind.in_(kinds))
            query = waiting.order_by(jobs.c.created_at, jobs.c.job_id)
            for row in connection.execute(query.limit(200)):
                if None in running or (row.user_id is None and running):
                    return None  # later jobs wait too, or a job for all users would never start
                if row.user_id in running:
                    continue
                taken = (
                    update(jobs)
                    .where(jobs.c.job_id == row.job_id, jobs.c.status == "queued")
                    .values(status="running", worker=worker, attempts=row.attempts + 1, started_at=now, beat_at=now)
                )
                connection.execute(taken)
                return _job(connection.execute(select(jobs).where(jobs.c.job_id == row.job_id)).one())
        return None

    def requeue_silent(self) -> None:
        """Queue the jobs of silent workers again; a job that has been started too often fails."""
        with self.database.write_in_turn() as connection:
            self._requeue_silent(connection, self.clock.now())

    def heartbeat(self, job_id: str, worker: str, done: int | None = None, total: int | None = None) -> bool:
        """Record that the worker is still running, and its progress.

        False if the job is no longer its own (cancelled, erased, taken).
        """
        values: dict[str, Any] = {"beat_at": self.clock.now()}
        if done is not None and total is not None:
            values |= {"done": done, "total": total}
        own = update(jobs).where(jobs.c.job_id == job_id, jobs.c.worker == worker, jobs.c.status == "running")
        with self.database.write() as connection:
            return connection.execute(own.values(**values)).rowcount == 1

    def finish(
        self, job_id: str, worker: str, *, result: Mapping[str, Any] | None = None, error: str | None = None
    ) -> bool:
        """Record how the job ended; False if it is no longer this worker's."""
        ended = update(jobs).where(jobs.c.job_id == job_id, jobs.c.worker == worker, jobs.c.status == "running")
        values = {"status": "failed" if error else "done", "error": error, "finished_at": self.clock.now()}
        with self.database.write() as connection:
            done = connection.execute(ended.values(result=self._without_erased(connection, job_id, result), **values))
            if error and done.rowcount == 1:
                self._announce(connection, [job_id])
            return done.rowcount == 1

    def requeue_unfinished(self, worker: str) -> int:
        """Queue the unfinished jobs of this worker again, for when it has to stop; returns how many."""
        begun = update(jobs).where(jobs.c.worker == worker, jobs.c.status == "running")
        with self.database.write() as connection:
            return connection.execute(begun.values(status="queued", worker=None)).rowcount

    def cancel(self, job_id: str) -> Job:
        """Cancel a job that has not ended; what it has saved stays. Raises `NotFoundError`."""
        with self.database.write() as connection:
            open_ = update(jobs).where(jobs.c.job_id == job_id, jobs.c.status.in_(("queued", "running")))
            connection.execute(open_.values(status="cancelled", finished_at=self.clock.now()))
        return self.get(job_id)

    def _queued(
        self, connection: Connection, kind: str, user_id: str | None, arguments: Mapping[str, Any] | None
    ) -> Job:
        values = {
            "job_id": "j-" + secrets.token_hex(8),
            "kind": kind,
            "user_id": user_id,
            "arguments": dict(arguments or {}),
            "status": "queued",
            "attempts": 0,
            "done": 0,
            "total": 0,
            "created_at": self.clock.now(),
            "traceparent": current_traceparent(),
        }
        connection.execute(insert(jobs), values)
        return _job(connection.execute(select(jobs).where(jobs.c.job_id == values["job_id"])).one())

    def _without_erased(
        self, connection: Connection, job_id: str, result: Mapping[str, Any] | None
    ) -> dict[str, Any] | None:
        """Return a result without the receipts of users who were erased while the job was running."""
        users = users_with_receipts(result)
        if not users:
            return without_receipts(result, set())
        started = connection.execute(select(jobs.c.started_at).where(jobs.c.job_id == job_id)).scalar()
        gone = erased_after(connection, self.database, users, started) if started is not None else set[str]()
        return without_receipts(result, gone)

    def _requeue_silent(self, connection: Any, now: datetime) -> None:
        silent = and_(jobs.c.status == "running", jobs.c.beat_at < now - SILENCE_LIMIT)
        hopeless = and_(silent, jobs.c.attempts >= MOST_ATTEMPTS)
        lost = connection.execute(select(jobs.c.job_id).where(hopeless)).scalars().all()
        given_up = {"status": "failed", "finished_at": now, "error": f"its worker died {MOST_ATTEMPTS} times"}
        if lost:
            connection.execute(update(jobs).where(hopeless).values(**given_up))
            self._announce(connection, lost)
        connection.execute(update(jobs).where(silent).values(status="queued", worker=None))

    def _announce(self, connection: Any, failed: Sequence[str]) -> None:
        """Queue webhook messages about jobs that have failed."""
        rows = connection.execute(select(jobs).where(jobs.c.job_id.in_(failed))).all()
        news = ((row.user_id, _job(row).model_dump(mode="json", exclude={"arguments", "result"})) for row in rows)
        announce(connection, self.clock.now(), "job.failed", news)


def _job(row: Any) -> Job:
    values = dict(row._mapping)
    return Job(id=values["job_id"], **{name: values[name] for name in Job.model_fields if name != "id"})
