"""Where a real model of 1.5 B parameters and the embedding together put groups that nothing was tuned on (`make test-llm`)."""

import os
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from penchant.agent.llm.llama_model import LocalModel
from penchant.agent.profiles.readers import open_naming_reader
from penchant.agent.profiles.readers.reader import Group, ReadRequest
from penchant.agent.taxonomy.gold import GoldGroup, gold_groups
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import EmbeddingSettings, Settings
from penchant.store.embedders import open_embedder
from penchant.store.embedders.embedder import Embedder


@pytest.mark.llm
@pytest.mark.timeout(0)
@pytest.mark.skipif("PENCHANT_TEST_LLM" not in os.environ, reason="PENCHANT_TEST_LLM names no GGUF file")
@pytest.mark.parametrize(("language", "provider", "enough"), [("en", "minilm", 0.93), ("zh", "multilingual", 0.88)])
def test_unseen_groups_are_put_under_the_right_topic(
    tmp_path: Path, language: str, provider: Literal["minilm", "multilingual"], enough: float
) -> None:
    embedder = open_embedder(Settings(home=tmp_path, embedding=EmbeddingSettings(provider=provider)))
    vocabulary = Vocabulary.load(None)
    model = LocalModel(Path(os.environ["PENCHANT_TEST_LLM"]), timeout_seconds=900)
    reader = open_naming_reader(model, vocabulary, Placement(vocabulary, embedder))
    gold = [one for one in gold_groups("unseen") if one.lang == language]

    [reply] = reader.read([ReadRequest("check", language, tuple(grouped(embedder, one) for one in gold))])

    right = [reading.topic_id in one.topics for one, reading in zip(gold, reply.readings, strict=True)]
    print(f"{sum(right)} of {len(right)} right, {sum(one.source == 'llm' for one in reply.readings)} read by the model")
    assert np.mean(right) >= enough


def grouped(embedder: Embedder, one: GoldGroup) -> Group:
    mean = embedder.embed(list(one.texts)).mean(axis=0)
    return Group(one.id, one.texts, (mean / np.linalg.norm(mean)).astype(np.float32), personal=True)
