"""An agent whose model is on a server that fails: its updates, its pauses and the clock of its circuit breaker."""

import socket
from pathlib import Path

from model_server import answers, name_all
from naming_world import naming_agent, purchases, updated

from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.resilience import CircuitBreaker, ResilientModel, RetryPolicy
from penchant.store.receipt import LabelSources, UserUpdate

GOOD = answers(name_all)
IN_TIME = 5.0
SOON = 0.4


class Installed:
    """An agent whose model is on a server. `pauses`: seconds to be waited (nobody waits); `seconds`: the time on the breaker's clock."""

    def __init__(self, folder: Path, url: str, timeout: float = IN_TIME) -> None:
        self.pauses: list[float] = []
        self.seconds = 0.0
        self.hosted = OpenAiModel("gpt-tiny", base_url=url, api_key="k", timeout_seconds=timeout)
        breaker = CircuitBreaker(monotonic=lambda: self.seconds)
        self.model = ResilientModel(self.hosted, RetryPolicy(total_seconds=60), breaker, sleep=self.pauses.append)
        self.agent = naming_agent(folder, self.model)
        self.agent.observe(purchases())

    def update(self) -> UserUpdate:
        return updated(self.agent)


def nothing_lost(receipt: UserUpdate) -> bool:
    return receipt.events_new == receipt.assigned + receipt.pooled == 24 and receipt.version == 1


def by_rule(receipt: UserUpdate) -> bool:
    return receipt.label_source == LabelSources(llm=0, rule=4) and receipt.status == "degraded"


def by_model(receipt: UserUpdate) -> bool:
    return receipt.label_source == LabelSources(llm=4, rule=0) and receipt.status == "ok" and not receipt.degraded


def refused_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"
