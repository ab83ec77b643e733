"""What a server has done, for Prometheus."""

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self.requests = Counter(
            "penchant_requests", "Requests answered", ("method", "route", "status"), registry=registry
        )
        self.seconds = Histogram(
            "penchant_request_seconds", "Seconds until an answer", ("route",), registry=registry, buckets=BUCKETS
        )
        self.under_way = Gauge("penchant_requests_under_way", "Requests being answered", registry=registry)
        self.refused = Counter(
            "penchant_requests_refused", "Requests turned away, by reason", ("reason",), registry=registry
        )
        self.events = Counter("penchant_events_accepted", "Events written down", registry=registry)
        self.jobs = Gauge("penchant_jobs", "Jobs by status", ("status",), registry=registry)
        self.queue_age = Gauge(
            "penchant_job_queue_age_seconds", "How long the oldest job has waited", registry=registry
        )
        self.items = Gauge("penchant_items", "Items of the catalogue", registry=registry)
        self.open_tenants = Gauge("penchant_tenants_open", "Tenants that this process keeps open", registry=registry)
        self.model_calls = Gauge(
            "penchant_model_calls", "Calls of language models, since ever", ("model",), registry=registry
        )
        self.model_tokens = Gauge(
            "penchant_model_tokens", "Tokens of language models, since ever", ("model", "direction"), registry=registry
        )

    def text(self, agent: "InterestAgent") -> bytes:
        """Everything as Prometheus reads it; what is stored is looked up now."""
        jobs = agent.services.jobs
        for status, count in jobs.counts().items():
            self.jobs.labels(status).set(count)
        oldest = jobs.oldest_waiting()
        self.queue_age.set(0 if oldest is None else max(0.0, (agent.clock.now() - oldest).total_seconds()))
        self.items.set(agent.count_items())
        for total in agent.services.usage.totals(["model"]):
            self.model_calls.labels(total.key[0]).set(total.usage.calls)
            self.model_tokens.labels(total.key[0], "read").set(total.usage.prompt_tokens)
            self.model_tokens.labels(total.key[0], "written").set(total.usage.completion_tokens)
        return bytes(generate_latest(self.registry))
