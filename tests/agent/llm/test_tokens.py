"""Counting tokens without a network."""

from dataclasses import dataclass

import pytest

from penchant.agent.llm.model import ModelProfile, count_tokens_roughly, token_counter


@dataclass
class Named:
    """As much of a model as counting needs."""

    name: str

    @property
    def profile(self) -> ModelProfile:
        return ModelProfile(provider="openai", model=self.name)


class WithTokenizer(Named):
    def count_tokens(self, text: str) -> int:
        return 7


def test_a_models_own_tokenizer_counts_first() -> None:
    assert token_counter(WithTokenizer("gpt-4o"))("any text") == 7  # type: ignore[arg-type]


def test_openai_models_are_counted_by_the_bundled_table() -> None:
    count = token_counter(Named("gpt-4o"))  # type: ignore[arg-type]
    assert (count("Tea-light holders"), count("茶蜡烛台"), count("<|endoftext|>")) == (4, 9, 7)


@pytest.mark.parametrize("text", ["", "Tea-light holders", "茶蜡烛台，手冲咖啡", "mixed 文字 text"])
def test_other_models_get_the_stated_estimate(text: str) -> None:
    assert token_counter(Named("qwen2.5-7b"))(text) == count_tokens_roughly(text)  # type: ignore[arg-type]
