"""Work that falls due every so often: done once among any number of workers, resumed where one ends, told step by step."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from filled_homes import Filled
from rule_agent import rule_agent
from small_shop import customers, installation, visited

from penchant.agent.app.scheduled_work import KIND, JobRunner, Worker
from penchant.agent.interest_agent import InterestAgent
from penchant.errors import StoreError, UsageError
from penchant.store.clock import FixedClock
from penchant.store.jobs import Job

HOUR = timedelta(hours=1)


@pytest.fixture
def agent(home: Path, clock: FixedClock, filled: Filled) -> InterestAgent:
    return installation(filled(home, visited), clock)


def test_a_round_updates_reads_the_catalogue_tunes_and_exports(agent: InterestAgent, tmp_path: Path) -> None:
    lists = tmp_path / "lists.jsonl"
    done = agent.worker(export=lists).once()

    assert (done.kind, done.status, done.user_id) == (KIND, "done", None)
    steps = {step["step"]: step for step in (done.result or {})["steps"]}
    users = len(agent.users())
    assert list(steps) == ["update", "taxonomy", "tune", "export"]
    assert steps["update"]["result"] | {"events_new": 0} == {
        "users": users, "events_new": 0, "ok": users, "degraded": 0, "failed": 0,
    }  # fmt: skip
    assert steps["export"]["result"]["listed"] == users == len(lists.read_text("utf-8").splitlines())
    assert {step["status"] for name, step in steps.items() if name != "tune"} == {"done"}
    assert not any(user.user_id in json.dumps(done.result) for user in agent.users())  # an erasure would not reach them


def test_a_step_that_fails_is_told_and_the_others_are_done(
    agent: InterestAgent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent, "build_taxonomy", _broken)
    done = agent.worker(["update", "taxonomy", "export"], tmp_path / "lists.jsonl").once()

    assert done.status == "done"
    steps = [(step["step"], step["status"], step["error"]) for step in (done.result or {})["steps"]]
    assert steps == [
        ("update", "done", None),
        ("taxonomy", "failed", "unexpected ZeroDivisionError: no catalogue"),
        ("export", "done", None),
    ]


def _broken() -> None:
    raise ZeroDivisionError("no catalogue")


def test_a_drained_round_is_queued_again_and_another_worker_finishes_it(
    agent: InterestAgent, home: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, update = agent.worker(["update"]), agent.update

    def drained(*users: str, **named: Any) -> Any:
        first.drain()
        return update(*users, **named)

    monkeypatch.setattr(agent, "update", drained)
    assert first.once().status == "queued"
    other = installation(home, clock)
    done = Worker(other, ["tune"]).runner.run_one()  # does what was queued, whatever it would do itself

    assert done is not None
    assert done.status == "done"
    assert [job.status for job in other.services.jobs.list()] == ["done"]
    assert all(other.services.profiles.head(user.user_id) for user in other.users())


def test_a_round_falls_due_once_for_all_workers_and_again_after_its_time(
    agent: InterestAgent, clock: FixedClock
) -> None:
    jobs = agent.services.jobs
    assert jobs.add_due(KIND, HOUR) is not None
    assert jobs.add_due(KIND, HOUR) is None  # it waits
    agent.worker(["update"]).runner.run_one()
    clock.advance(timedelta(minutes=59))
    assert jobs.add_due(KIND, HOUR) is None  # it was done
    clock.advance(timedelta(minutes=1))
    assert jobs.add_due(KIND, HOUR) is not None


def test_while_one_worker_is_at_it_another_does_nothing_until_the_first_has_died(
    agent: InterestAgent, clock: FixedClock
) -> None:
    jobs = agent.services.jobs
    jobs.add(KIND, arguments={"steps": ["update"], "export": None})
    begun = jobs.take("another", [KIND])
    worker = agent.worker(["update"])
    with pytest.raises(StoreError, match="another worker has been running"):
        worker.once()
    assert worker.runner.run_one() is None
    clock.advance(timedelta(seconds=31))  # it has said nothing since
    done = worker.once()
    assert (begun and begun.id, "done") == (done.id, done.status)


def test_an_update_of_everybody_has_its_turn_however_many_of_single_users_are_asked_for(
    agent: InterestAgent, clock: FixedClock
) -> None:
    jobs = agent.services.jobs
    first = jobs.add("update", "ada")
    assert jobs.take("one", ["update"]) is not None
    everybody = jobs.add("update")
    clock.advance(timedelta(seconds=1))
    later = jobs.add("update", "bob")
    while_first_goes_on = jobs.take("other", ["update"])
    jobs.finish(first.id, "one", result={})
    after_it = jobs.take("one", ["update"])

    assert while_first_goes_on is None
    assert after_it is not None
    assert (after_it.id, jobs.get(later.id).status) == (everybody.id, "queued")


def test_a_worker_outlives_a_store_that_is_away(agent: InterestAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    worker, failures, rounds = agent.worker(["update"]), list[str](), list[str]()
    add_due = agent.services.jobs.add_due

    def away(*_: Any) -> None:
        monkeypatch.setattr(agent.services.jobs, "add_due", add_due)
        raise StoreError("the server is starting")

    def ended(job: Job) -> None:
        rounds.append(job.status)
        worker.drain()

    monkeypatch.setattr(agent.services.jobs, "add_due", away)
    worker.runner.wake()  # no rest
    worker.run(timedelta(seconds=1), ended, lambda failure: failures.append(str(failure)))
    assert (failures, rounds) == (["the server is starting"], ["done"])


def test_what_goes_wrong_in_the_thread_of_jobs_is_in_the_log_by_its_kind_alone(
    agent: InterestAgent, caplog: pytest.LogCaptureFixture
) -> None:
    begun, jobs = threading.Event(), agent.services.jobs

    def fails(job: Job, progress: object) -> dict[str, Any]:
        begun.set()
        raise RuntimeError("Ada likes opera")

    runner = JobRunner(jobs, {"update": fails})
    job = jobs.add("update")
    runner.start()
    assert begun.wait(30)
    runner.stop()

    assert jobs.get(job.id).status == "failed"
    assert [record.message for record in caplog.records] == [
        "a job, or the search for one, failed (RuntimeError); the next is looked for"
    ]


def test_steps_that_cannot_be_done_are_refused(agent: InterestAgent) -> None:
    with pytest.raises(UsageError, match="'sweep' is not a step"):
        agent.worker(["sweep"])
    with pytest.raises(UsageError, match="export needs a file"):
        agent.worker(["export"])


@pytest.mark.long
def test_of_two_processes_one_does_the_round_and_both_end_on_sigterm(home: Path, clock: FixedClock) -> None:
    agent = rule_agent(home)
    agent.observe(customers(clock))
    agent.close()
    lines: queue.Queue[str] = queue.Queue()
    environment = {**os.environ, "PENCHANT_HOME": str(home), "PENCHANT_LLM__PROVIDER": "none"}
    command = [sys.executable, "-m", "penchant.tools.cli", "work", "--every", "1h", "--only", "update", "--json"]
    workers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for worker in workers:
        threading.Thread(target=_lines_of, args=(worker, lines), daemon=True).start()
    done = json.loads(lines.get(timeout=120))
    ready = [str(worker.stderr and worker.stderr.readline()) for worker in workers]
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    ended = [worker.wait(60) for worker in workers]

    assert all(line.startswith("Working every 1h") for line in ready)
    assert (done["status"], done["result"]["steps"][0]["status"]) == ("done", "done")
    assert ended == [0, 0]
    assert [job.id for job in agent.services.jobs.list()] == [done["id"]]
    assert lines.empty()


def _lines_of(worker: "subprocess.Popen[str]", lines: "queue.Queue[str]") -> None:
    assert worker.stdout is not None
    for line in worker.stdout:
        lines.put(line)
