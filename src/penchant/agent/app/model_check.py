"""What a model is good for here: asked a few dozen questions with known answers, and judged by what it did.

Every part of the check is the product's own way of asking (the same prompts, schema and parser), so that a model that passes works.
"""

import json
import math
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel, Field

from penchant.agent.llm.model import LanguageModel, Message, Prompt, Tier, cost_of_failure
from penchant.agent.profiles.readers import open_naming_reader
from penchant.agent.profiles.readers.choosing_reader import ChoosingReader
from penchant.agent.profiles.readers.naming_reader import NamingReader
from penchant.agent.profiles.readers.reader import Group, Reading, ReadRequest
from penchant.agent.taxonomy.gold import GoldGroup, gold_groups
from penchant.errors import ModelError, ModelInvalidReply, ModelTruncated
from penchant.store.receipt import Usage

if TYPE_CHECKING:
    from penchant.agent.taxonomy.placement import Placement

Progress = Callable[[int, int], None]
PER_CALL = 7
#: What a model must reach to be asked for names: whole JSON, and topics of its own that are right, in its better language.
JSON_ENOUGH, NAMES_ENOUGH, TOOLS_ENOUGH = 0.9, 0.6, 0.75
TOOLS: list[dict[str, Any]] = [
    {
        "type": "function",
        "function": {
            "name": name,
            "description": description,
            "parameters": {"type": "object", "properties": {argument: {"type": "string"}}, "required": [argument]},
        },
    }
    for name, description, argument in (
        ("search_items", "Find items of the catalogue by words.", "query"),
        ("edit_interest", "Mute an interest that the user no longer wants.", "interest"),
    )
]
ERRANDS = (
    ("Find me a blue teapot.", "search_items", "query"),
    ("Search for tents for two people, please.", "search_items", "query"),
    ("Stop using my interest in horror films: mute it.", "edit_interest", "interest"),
    ("帮我找一本关于围棋的书。", "search_items", "query"),
)


class Score(BaseModel):
    """How many of how many."""

    right: int = 0
    asked: int = 0

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else 0.0

    def add(self, right: int, asked: int) -> None:
        """Some more of them."""
        self.right, self.asked = self.right + right, self.asked + asked

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"


class ModelCheck(BaseModel):
    """`model check`. Per language: right topics by the embedding alone, by the model alone, and as the product would have it."""

    model: str
    provider: str
    structured: str
    context_tokens: int
    embedder: str = ""
    json_valid: Score = Field(default_factory=Score, description="Groups whose JSON could be used without a repair")
    by_embedding: dict[str, Score] = Field(default_factory=dict)
    by_model: dict[str, Score] = Field(default_factory=dict)
    together: dict[str, Score] = Field(default_factory=dict)
    chosen: Score = Field(default_factory=Score, description="Right topics when it only chooses (English)")
    tools: Score = Field(default_factory=Score)
    tokens_per_second: float = 0.0
    usage: Usage = Field(default_factory=Usage)
    seconds: float = 0.0
    faults: list[str] = Field(default_factory=list)
    tier: Tier = "none"
    settings: dict[str, str] = Field(default_factory=dict)

    @property
    def complaint(self) -> str | None:
        """Why the model is of no use here, and what to do; None when it is of use."""
        if self.tier != "none":
            return None
        why = self.faults[0] if self.faults else "what it said was no better than the rules alone"
        instead = "choose another of `penchant model list`, or do without: PENCHANT_LLM__PROVIDER=none"
        return f"{self.model} is of no use here ({why}); {instead}"


class Check:
    """One run over the half of the gold groups that nothing is tuned on. `limit`: groups per language."""

    def __init__(
        self,
        model: LanguageModel,
        placement: "Placement",
        *,
        limit: int | None = None,
        on_progress: Progress | None = None,
    ) -> None:
        self.model, self.placement = model, placement
        self.gold = {
            lang: [group for group in gold_groups("unseen") if group.lang == lang][:limit] for lang in ("en", "zh")
        }
        self._on_progress = on_progress or (lambda done, total: None)
        self._total = len(self.gold["en"]) + sum(map(len, self.gold.values())) + len(ERRANDS) * model.profile.tools
        self._done = 0
        profile = model.profile
        self.found = ModelCheck(
            model=profile.model,
            provider=profile.provider,
            structured=profile.structured,
            context_tokens=profile.context_tokens,
            embedder=placement.embedder.name,
        )

    def run(self) -> ModelCheck:
        """The findings; a model that fails is a finding too, and one that nobody answers for is asked nothing more."""
        began = time.perf_counter()
        if self._answers():
            self._choosing()
            self._naming()
            self._tool_calls()
        self.found.seconds = round(time.perf_counter() - began, 1)
        self.found.tier = self._tier()
        self.found.settings = {"llm.tier": self.found.tier} if self.found.tier != "none" else {"llm.provider": "none"}
        return self.found

    def _tier(self) -> Tier:
        names = max((score.share for score in self.found.by_model.values()), default=0.0)
        if self.found.json_valid.share >= JSON_ENOUGH and names >= NAMES_ENOUGH:
            return "name"
        embedding = self.found.by_embedding.get("en", Score())
        return "choose" if self.found.chosen.asked and self.found.chosen.right >= embedding.right else "none"

    def _answers(self) -> bool:
        """Whether anybody answers, and how quickly it is written."""
        began = time.perf_counter()
        try:
            generation = self.model.generate(
                Prompt("You tell stories.", "Tell one about a teapot.", "check"), max_tokens=48
            )
        except (ModelInvalidReply, ModelTruncated) as error:
            self.found.usage += cost_of_failure(error)
            return True
        except ModelError as error:
            self.found.faults.append(str(error))
            return False
        self.found.usage += generation.usage
        self.found.tokens_per_second = round(generation.usage.completion_tokens / (time.perf_counter() - began), 1)
        return True

    def _choosing(self) -> None:
        """Asked of every group, also where the embedding is sure: what is measured is whether the model does harm."""
        reader = ChoosingReader(self.model, self.placement.vocabulary, self.placement, sure=math.inf)
        [reply] = reader.read([self._request("en", self.gold["en"])])
        self.found.usage += reply.usage
        self.found.faults += [degraded.reason for degraded in reply.degraded]
        if not reply.degraded:
            self.found.chosen.add(_right(self.gold["en"], reply.readings), len(self.gold["en"]))
        self._tick(len(self.gold["en"]))

    def _naming(self) -> None:
        """Small models are not spared: whoever chooses well may name badly. One that never writes whole JSON is left in peace soon."""
        for language, gold in self.gold.items():
            reader = open_naming_reader(self.model, self.placement.vocabulary, self.placement)
            by_rule = reader.rules.readings(self._request(language, gold).groups, language)
            self.found.by_embedding[language] = Score(right=_right(gold, by_rule), asked=len(gold))
            self.found.by_model[language], self.found.together[language] = Score(), Score()
            for start in range(0, len(gold), PER_CALL):
                part = gold[start : start + PER_CALL]
                if start == 0 or self.found.json_valid.right:
                    self._name(reader, language, part)
                self._tick(len(part))

    def _name(self, reader: NamingReader, language: str, gold: Sequence[GoldGroup]) -> None:
        found = self.found
        reply, listened = reader.listen(self._request(language, gold))
        found.usage += reply.usage
        whole = 0 if reply.usage.repairs else sum(reading.source == "llm" for reading in reply.readings)
        topics = {key: reader.places.topic_ids[heard.topic - 1] for key, heard in listened.items() if heard.topic}
        found.json_valid.add(whole, len(gold))
        found.by_model[language].add(sum(topics.get(reading.id) in reading.topics for reading in gold), len(gold))
        found.together[language].add(_right(gold, reply.readings), len(gold))

    def _tool_calls(self) -> None:
        if not self.model.profile.tools:
            return
        for words, tool, argument in ERRANDS:
            self.found.tools.add(self._runs(words, tool, argument), 1)
            self._tick(1)

    def _runs(self, words: str, tool: str, argument: str) -> bool:
        try:
            turn = self.model.chat(
                [Message("system", "Use the tools."), Message("user", words)], tools=TOOLS, max_tokens=96, step="check"
            )
        except ModelError as error:
            self.found.faults.append(str(error))
            return False
        self.found.usage += turn.usage
        try:
            return [call.name for call in turn.tool_calls] == [tool] and argument in json.loads(
                turn.tool_calls[0].arguments
            )
        except ValueError:
            return False

    def _request(self, language: str, gold: Sequence[GoldGroup]) -> ReadRequest:
        return ReadRequest("check", language, tuple(self._group(group) for group in gold))

    def _group(self, group: GoldGroup) -> Group:
        mean = self.placement.embedder.embed(list(group.texts)).mean(axis=0)
        return Group(group.id, group.texts, (mean / np.linalg.norm(mean)).astype(np.float32), personal=True)

    def _tick(self, step: int) -> None:
        self._done += step
        self._on_progress(min(self._done, self._total), self._total)


def _right(gold: Sequence[GoldGroup], readings: Sequence[Reading]) -> int:
    return sum(reading.topic_id in group.topics for group, reading in zip(gold, readings, strict=True))
