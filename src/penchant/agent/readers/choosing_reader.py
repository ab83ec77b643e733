"""Reading with a model too small to invent: it chooses among the vocabulary's nearest topics, by likelihood, beside the embedding.

The model's log-likelihood and the embedding's log-confidence are added up. Labels come by rule.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.llm.model import LanguageModel
from penchant.agent.readers.places import Place, Places
from penchant.agent.readers.rule_reader import RuleReader, reading
from penchant.agent.reading import Group, Reading, ReadReply, ReadRequest
from penchant.errors import ModelError
from penchant.prompts.contexts import ChooseTopic
from penchant.prompts.fence import Trusted, shorten
from penchant.prompts.render import render
from penchant.store.receipt import Degraded, Usage

if TYPE_CHECKING:
    from penchant.agent.placement import Placement
    from penchant.prompts.vocabulary import Vocabulary

#: How many of the nearest topics are offered.
OPTIONS = 5
#: Weight of the model's log-likelihood beside the embedding's log-confidence.
MODEL_WEIGHT = 0.3
TEXTS = 4
TEXT_LENGTH = 60


class ChoosingReader:
    """One group at a time, one likelihood question each; what the model cannot answer stays as the rules have it."""

    def __init__(
        self, model: LanguageModel, vocabulary: "Vocabulary", placement: "Placement", prompts: Path | None = None
    ) -> None:
        self.model = model
        self.rules = RuleReader(vocabulary, placement)
        self.places: Places = self.rules.places
        self.prompts = prompts

    def read(self, requests: Sequence[ReadRequest]) -> list[ReadReply]:
        return [self._read_one(request) for request in requests]

    def _read_one(self, request: ReadRequest) -> ReadReply:
        readings: list[Reading] = []
        usage = Usage()
        degraded: list[Degraded] = []
        offered = self.places.nearest(request.groups, request.language, OPTIONS)
        for group, options in zip(request.groups, offered, strict=True):
            place, asked = options[0], len(options) > 1 and not degraded
            if asked:
                try:
                    place, cost = self._choose(group, options, request)
                    usage += cost
                except ModelError as error:
                    degraded.append(Degraded(step="choose_topic", reason=str(error)))
                    asked = False
            readings.append(reading(group, place, request.language, source="llm" if asked else "rule"))
        return ReadReply(tuple(readings), self.rules.statements(request.remarks), usage, tuple(degraded))

    def _choose(self, group: Group, options: Sequence[Place], request: ReadRequest) -> tuple[Place, Usage]:
        texts = tuple(shorten(text, TEXT_LENGTH) for text in group.texts[:TEXTS])
        names = tuple(Trusted(option.path[0]) for option in options)
        context = ChooseTopic(options=(), texts=texts)
        prompt = render("choose_topic", request.language, context, user_id=request.user_id, folder=self.prompts)
        choice = self.model.choose(prompt, names)
        by_embedding = np.log([max(option.confidence, 1e-6) for option in options])
        blended = by_embedding + MODEL_WEIGHT * np.array(choice.log_probabilities)
        usage = choice.usage.model_copy(update={"calls": max(1, choice.usage.calls)})
        return options[int(np.argmax(blended))], usage
