"""Groups, models and adversaries for the readers' tests."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from penchant.agent.llm.model import Choice, Generation, Message, ModelProfile, Prompt, Tier, count_tokens_roughly
from penchant.agent.profiles.readers.reader import Group
from penchant.agent.taxonomy.placement import Placement
from penchant.errors import ModelError
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import Settings
from penchant.store.embedders import open_embedder
from penchant.store.embedders.embedder import Embedder
from penchant.store.plain import plain
from penchant.store.receipt import Usage

Answer = Callable[[Prompt], str]
MakeGroup = Callable[..., Group]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return open_embedder(Settings())


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(None)


@pytest.fixture(scope="session")
def placement(vocabulary: Vocabulary, embedder: Embedder) -> Placement:
    return Placement(vocabulary, embedder)


@pytest.fixture(scope="session")
def make_group(embedder: Embedder) -> MakeGroup:
    def make(*texts: str, categories: tuple[tuple[str, ...], ...] = (), key: str = "", weight: float = 1.0) -> Group:
        mean = embedder.embed([plain(text) or text for text in texts]).mean(axis=0)
        vector = (mean / np.linalg.norm(mean)).astype(np.float32)
        return Group(key or texts[0], texts, vector, categories, len(texts), weight)

    return make


@dataclass
class ReadingModel:
    """A model whose replies are computed from the prompt, and which remembers its prompts."""

    answer: Answer
    tier: Tier = "name"
    likely: Callable[[Prompt, Sequence[str]], Sequence[float]] = lambda prompt, options: [0.0] * len(options)
    prompts: list[Prompt] = field(default_factory=list)
    context_tokens: int = 8192
    groups_per_call: int = 24

    @property
    def profile(self) -> ModelProfile:
        return ModelProfile(
            provider="scripted",
            model="reading",
            structured="schema",
            tier=self.tier,
            context_tokens=self.context_tokens,
            groups_per_call=self.groups_per_call,
        )

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        self.prompts.append(prompt)
        text = self.answer(prompt)
        sent = count_tokens_roughly(prompt.system + prompt.user)
        usage = Usage(calls=1, prompt_tokens=sent, completion_tokens=count_tokens_roughly(text))
        return Generation(text, usage=usage)

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        assert 1 < len(options) <= 20
        self.prompts.append(prompt)
        return Choice(tuple(self.likely(prompt, options)), Usage(calls=1, prompt_tokens=50))

    def chat(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "",
        user_id: str | None = None,
    ) -> Generation:
        raise AssertionError("readers do not chat")


@pytest.fixture
def reading_model() -> type[ReadingModel]:
    return ReadingModel


def group_lines(prompt: Prompt) -> list[str]:
    """The lines of a `name_groups` prompt that show groups, in order."""
    _, _, shown = prompt.user.partition("Groups:\n" if "Groups:\n" in prompt.user else "行为组：\n")
    return [line for line in shown.split("\n") if re.match(r"\d+.*[:：] «", line)]


@pytest.fixture
def lines_of() -> Callable[[Prompt], list[str]]:
    return group_lines


def naming(*entries: dict[str, Any], said: Sequence[dict[str, Any]] = ()) -> str:
    whole = {"t": 1, "kind": "habit", "same": 0, "like": True}
    return json.dumps(
        {"groups": [{"g": number, **whole, **entry} for number, entry in enumerate(entries, 1)], "said": list(said)}
    )


@pytest.fixture
def named() -> Callable[..., str]:
    return naming


@pytest.fixture
def broken_model() -> ReadingModel:
    def fail(prompt: Prompt) -> str:
        raise ModelError("the server is on fire")

    return ReadingModel(fail)
