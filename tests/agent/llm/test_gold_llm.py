"""What `model check` finds a real model of 1.5 B parameters to be good for (`make test-llm`)."""

import os
from pathlib import Path

import pytest

from penchant.agent.app.model_check import ModelChecker
from penchant.agent.llm.llama_model import LocalModel
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.multilingual import MultilingualE5


@pytest.mark.llm
@pytest.mark.timeout(0)
@pytest.mark.skipif("PENCHANT_TEST_LLM" not in os.environ, reason="PENCHANT_TEST_LLM names no GGUF file")
def test_a_model_of_one_and_a_half_billion_parameters_finds_the_topics_of_groups_nothing_was_tuned_on() -> None:
    model = LocalModel(Path(os.environ["PENCHANT_TEST_LLM"]), timeout_seconds=900)
    found = ModelChecker(model, Vocabulary.load(None), MultilingualE5()).run()
    print(found)
    assert found.tier == "name" and found.json_valid.share >= 0.9
    assert all(score.share >= 0.6 for score in found.by_model.values())
    assert all(found.together[lang].right >= found.by_embedding[lang].right for lang in ("en", "zh"))
