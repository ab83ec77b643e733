"""Prometheus metrics of one process, or of all workers together, whichever worker is asked."""

import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from penchant.agent.app.usage_statistics import cost_of
from penchant.store.private_files import private_folder
from penchant.store.work_counts import WORK, Kind

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that tells prometheus_client where all workers write their metrics; read when the library is
imported.
"""
FOLDER = "metrics-"
WORK_METRICS: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    ("folds", "Profiles that new events were added to", ()),
    ("folded_events", "Events added to profiles, by outcome: assigned to an interest, or pooled", ("outcome",)),
    ("cache_reads", "Reads of caches, by result: hit or miss", ("cache", "result")),
)
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The metrics that one process counts."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self.requests = Counter(
            "penchant_requests", "Requests answered", ("method", "route", "status"), registry=registry
        )
        self.seconds = Histogram(
            "penchant_request_seconds", "Seconds until an answer", ("route",), registry=registry, buckets=BUCKETS
        )
        self.under_way = Gauge(
            "penchant_requests_under_way", "Requests being answered", registry=registry, multiprocess_mode="livesum"
        )
        self.refused = Counter(
            "penchant_requests_refused", "Requests turned away, by reason", ("reason",), registry=registry
        )
        self.events = Counter("penchant_events_accepted", "Events written down", registry=registry)
        self._work = {
            kind: Counter(f"penchant_{kind}", about, labels, registry=registry) for kind, about, labels in WORK_METRICS
        }
        self._taken = WORK.totals()
        self._lock = threading.Lock()
        self.open_tenants = Gauge(
            "penchant_tenants_open",
            "Tenants that are kept open, each counted in every process that does",
            registry=registry,
            multiprocess_mode="livesum",
        )

    def take_work(self) -> None:
        """Take over what this process has done since the last call, in its jobs too."""
        with self._lock:
            totals = WORK.totals()
            done, self._taken = totals - self._taken, totals
        for work, number in done.items():
            counter = self._work[work.kind]
            (counter.labels(*work.labels) if work.labels else counter).inc(number)

    def text(self, agent: "InterestAgent") -> bytes:
        """Return all metrics of all workers in the Prometheus text format; stored figures are read now."""
        self.take_work()
        return bytes(generate_latest(_of_all_workers() or self.registry) + generate_latest(_stored(agent)))


def remove_stale_folders(home: Path) -> None:
    """Remove metrics folders that killed services left behind."""
    for folder in home.glob(f"{FOLDER}*"):
        if not _is_running(folder.name.removeprefix(FOLDER)):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def shared_by_workers(home: Path) -> Iterator[None]:
    """Have the processes started inside this context write their metrics to one folder, from which each of them can
    report all.
    """
    remove_stale_folders(home)
    folder = private_folder(home / f"{FOLDER}{os.getpid()}")
    os.environ[SHARED] = str(folder)
    try:
        yield
    finally:
        del os.environ[SHARED]
        shutil.rmtree(folder, ignore_errors=True)


def _of_all_workers() -> CollectorRegistry | None:
    """Return the metrics of all workers; None where this process is the only one. Live gauges of workers that have died
    are dropped, their counters stay.
    """
    folder = os.environ.get(SHARED)
    if folder is None:
        return None
    for left in Path(folder).glob("gauge_live*_*.db"):
        if not _is_running(left.stem.rpartition("_")[2]):
            left.unlink(missing_ok=True)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _stored(agent: "InterestAgent") -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Stored(agent))
    return registry


class _Stored(Collector):
    """Metrics read from the store, the same for every worker."""

    def __init__(self, agent: "InterestAgent") -> None:
        self.agent = agent

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs, now = self.agent.services.jobs, self.agent.clock.now()
        yield _family("penchant_jobs", "Jobs by status", ["status"], {(name,): n for name, n in jobs.counts().items()})
        oldest = jobs.oldest_waiting()
        age = 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
        yield _family("penchant_job_queue_age_seconds", "How long the oldest job has waited", [], {(): age})
        yield _family("penchant_items", "Items of the catalogue", [], {(): self.agent.count_items()})
        yield from self._models()

    def _models(self) -> Iterator[GaugeMetricFamily]:
        calls, tokens, costs = (dict[tuple[str, ...], float]() for _ in range(3))
        for total in self.agent.services.usage.totals(["model"]):
            calls[total.key[0],] = total.usage.calls
            tokens[total.key[0], "read"] = total.usage.prompt_tokens
            tokens[total.key[0], "written"] = total.usage.completion_tokens
            costs[total.key[0],] = cost_of(total.usage, self.agent.settings.llm)
        yield _family("penchant_model_calls", "Calls of language models, since ever", ["model"], calls)
        about = "Tokens of language models, since ever"
        yield _family("penchant_model_tokens", about, ["model", "direction"], tokens)
        about = "Cost of language models at the prices in the settings, since ever"
        yield _family("penchant_model_cost", about, ["model"], costs)


def _family(name: str, about: str, labels: Sequence[str], values: Mapping[tuple[str, ...], float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family
