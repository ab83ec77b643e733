"""After another embedder was chosen and the catalogue embedded again, everything works, or says that `penchant update` is to be run."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from small_shop import bought, customers, installation

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import PenchantError
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock


class OtherEmbedder:
    """Sixteen numbers for each text, always the same."""

    name, dimensions = "other", 16

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, 16), np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        numbers = np.frombuffer(hashlib.sha256(text.encode()).digest()[:16], np.uint8).astype(np.float32) - 127.5
        vector: np.ndarray = numbers / np.linalg.norm(numbers)
        return vector


ASKED: dict[str, Callable[[InterestAgent], object]] = {
    "recommend": lambda agent: agent.recommend("ada", 3),
    "recommend with a query": lambda agent: agent.recommend("ada", 3, query="opera"),
    "recommend to someone new": lambda agent: agent.recommend("nobody-yet", 3),
    "explain": lambda agent: agent.explain("ada", "i3"),
    "profile": lambda agent: agent.profile("ada"),
    "context": lambda agent: agent.context("ada"),
    "edit": lambda agent: agent.edit("ada", "state", "opera singing", "like"),
    "onboard": lambda agent: agent.onboard("newcomer", ["opera singing"]),
}


@pytest.mark.parametrize("asked", ASKED)
def test_after_another_embedder_everything_works_or_says_what_to_run(home: Path, clock: FixedClock, asked: str) -> None:
    before = installation(home, clock)
    before.observe([*customers(clock), *(bought("ada", f"i{8 * n}", clock, n + 1) for n in range(4))])
    before.update()
    before.edit("ada", "state", "jazz", "like")
    before.close()
    settings = Settings(home=home, llm=LlmSettings(provider="none"))
    agent = InterestAgent.open(settings, clock=clock, embedder=OtherEmbedder())
    assert agent.reembed() == 40

    try:
        ASKED[asked](agent)
    except PenchantError as error:
        assert "penchant update" in str(error)
    agent.update()

    ASKED[asked](agent)
