"""Measures what a language model can be used for here, with a few dozen questions whose answers are known.

Every part of the check asks in the same way as the product does (same prompts, schema and parser), so a model that
passes will work.
"""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from penchant.agent.llm.model import LanguageModel, Message, Prompt, Tier, cost_of_failure
from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.gold import GoldGroup, gold_groups
from penchant.agent.taxonomy.scorer import SubtopicScorer, log_softmax
from penchant.agent.taxonomy.taxonomy import Theme
from penchant.agent.taxonomy.theme_readers import (
    CERTAIN,
    PLACES,
    ChoosingReader,
    ThemeAnswer,
    ThemeQuestion,
    ThemeReader,
    naming_reader,
    node_id,
)
from penchant.characters import LANGUAGES
from penchant.errors import ModelError, ModelInvalidReply, ModelTruncated
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Embedder
from penchant.store.receipt import Usage

Progress = Callable[[int, int], None]
PER_CALL = 7
#: The least share of valid JSON, and of topics named rightly in its better language, for a model to be asked for names.
MIN_VALID_JSON, MIN_RIGHT_NAMES = 0.9, 0.6
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
TOOL_TASKS = (
    ("Find me a blue teapot.", "search_items", "query"),
    ("Search for tents for two people, please.", "search_items", "query"),
    ("Stop using my interest in horror films: mute it.", "edit_interest", "interest"),
    ("帮我找一本关于围棋的书。", "search_items", "query"),
)


class Score(BaseModel):
    """How many of the `asked` questions were answered correctly."""

    right: int = 0
    asked: int = 0

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else 0.0

    def add(self, right: int, asked: int) -> None:
        """Add the result of further questions."""
        self.right, self.asked = self.right + right, self.asked + asked

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"


class ModelCheck(BaseModel):
    """The result of `model check`.

    Per language: correct topics by the embedding alone, by the model alone, and by both together as in the product.
    """

    model: str
    provider: str
    structured: str
    context_tokens: int
    embedder: str = ""
    json_valid: Score = Field(default_factory=Score, description="Groups whose JSON could be used without a repair")
    by_embedding: dict[str, Score] = Field(default_factory=dict)
    by_model: dict[str, Score] = Field(default_factory=dict)
    together: dict[str, Score] = Field(default_factory=dict)
    chosen: Score = Field(default_factory=Score, description="Right topics when it only chooses from a list (English)")
    tools: Score = Field(default_factory=Score)
    tokens_per_second: float = 0.0
    usage: Usage = Field(default_factory=Usage)
    seconds: float = 0.0
    faults: list[str] = Field(default_factory=list)
    tier: Tier = "none"
    settings: dict[str, str] = Field(default_factory=dict)

    @property
    def complaint(self) -> str | None:
        """Why the model cannot be used here, and what to do instead; None when it can be used."""
        if self.tier != "none":
            return None
        why = self.faults[0] if self.faults else "what it said was no better than the rules alone"
        instead = "choose another of `penchant model list`, or do without: PENCHANT_LLM__PROVIDER=none"
        return f"{self.model} is of no use here ({why}); {instead}"


class GoldQuestions:
    """Gold groups presented as themes that a model is asked about.

    Each question offers one place in each of `PLACES` topics: the likeliest by the embedding, and always at least one
    that is right. The order is rotated from one question to the next, so that a model that always takes the first
    place is right one time in five.
    """

    def __init__(self, vocabulary: Vocabulary, embedder: Embedder, gold: Sequence[GoldGroup]) -> None:
        nothing = build_taxonomy([], np.zeros((0, embedder.dimensions), np.float32), vocabulary, embedder)
        self.taxonomy = replace(nothing, themes=tuple(Theme(group.id, {"en": group.id}) for group in gold))
        self.scorer = SubtopicScorer(vocabulary, embedder)
        self.gold = gold
        self.topics: list[str] = []  # the likeliest topic of each group by the embedding alone

        self.asked = [self._question(at, group) for at, group in enumerate(gold)]

    def _question(self, at: int, group: GoldGroup) -> ThemeQuestion:
        texts, owners = list(group.texts), self.scorer.owners
        scores = self.scorer.scores(self.scorer.embedder.embed(texts), texts).mean(axis=0)
        shares = np.exp(log_softmax(scores[None, :])[0])
        beliefs = np.bincount(owners, shares)
        order: list[int] = np.argsort(-beliefs, kind="stable").tolist()
        names = [topic.id for topic in self.scorer.vocabulary.topics]
        self.topics.append(names[order[0]])
        offered = order[:PLACES]
        if not any(names[topic] in group.topics for topic in offered):
            offered[-1] = next((topic for topic in order if names[topic] in group.topics), offered[-1])
        offered = offered[at % PLACES :] + offered[: at % PLACES]
        best = [max(np.flatnonzero(owners == topic).tolist(), key=lambda row: scores[row]) for topic in offered]
        places = tuple(self.taxonomy.subtopic_index[node_id(self.taxonomy, self.scorer.ids[row])] for row in best)
        weights = np.clip(beliefs[offered] / beliefs[offered].sum(), 1 - CERTAIN, CERTAIN)
        return ThemeQuestion(at, group.texts, places, tuple((weights / weights.sum()).tolist()))

    def by_embedding(self) -> int:
        """Return how many groups the embedding alone puts under a right topic."""
        return sum(topic in group.topics for topic, group in zip(self.topics, self.gold, strict=True))

    def by_model(self, answers: Iterable[ThemeAnswer]) -> int:
        """Return how many groups the model alone puts under a right topic."""
        return sum(self._is_right(answer.question, np.array(answer.gains)) for answer in answers if any(answer.gains))

    def together(self, answers: Iterable[ThemeAnswer]) -> int:
        """Return how many groups model and embedding together put under a right topic.

        Where the model did not answer, the embedding decides.
        """
        gains = {answer.question.theme: np.array(answer.gains) for answer in answers if answer.gains}
        odds = [np.log(question.beliefs) + gains.get(question.theme, 0.0) for question in self.asked]
        return sum(self._is_right(question, own) for question, own in zip(self.asked, odds, strict=True))

    def _is_right(self, question: ThemeQuestion, odds: NDArray[np.float64]) -> bool:
        place = question.places[int(odds.argmax())]
        topic = self.taxonomy.topics[int(self.taxonomy.subtopic_topics[place])]
        return topic.id in self.gold[question.theme].topics


class ModelChecker:
    """One run over the half of the gold groups that is not used for tuning. `limit`: number of groups per language."""

    def __init__(
        self,
        model: LanguageModel,
        vocabulary: Vocabulary,
        embedder: Embedder,
        *,
        limit: int | None = None,
        on_progress: Progress | None = None,
    ) -> None:
        self.model, self.vocabulary, self.embedder = model, vocabulary, embedder
        self.gold = {
            lang: [group for group in gold_groups("unseen") if group.lang == lang][:limit] for lang in LANGUAGES
        }
        self._on_progress = on_progress or (lambda done, total: None)
        self._total = len(self.gold["en"]) + sum(map(len, self.gold.values())) + len(TOOL_TASKS) * model.profile.tools
        self._done = 0
        profile = model.profile
        self.found = ModelCheck(
            model=profile.model,
            provider=profile.provider,
            structured=profile.structured,
            context_tokens=profile.context_tokens,
            embedder=embedder.name,
        )

    def run(self) -> ModelCheck:
        """Run the check and return its result.

        A model that fails is reported, not raised; one that does not answer at all is not asked further.
        """
        began = time.perf_counter()
        if self._answers():
            self._check_choosing()
            self._check_naming()
            self._check_tool_calls()
        self.found.seconds = round(time.perf_counter() - began, 1)
        self.found.tier = self._tier()
        self.found.settings = {"llm.tier": self.found.tier} if self.found.tier != "none" else {"llm.provider": "none"}
        return self.found

    def _tier(self) -> Tier:
        names = max((score.share for score in self.found.by_model.values()), default=0.0)
        if self.found.json_valid.share >= MIN_VALID_JSON and names >= MIN_RIGHT_NAMES:
            return "name"
        embedding = self.found.by_embedding.get("en", Score())
        return "choose" if self.found.chosen.asked and self.found.chosen.right >= embedding.right else "none"

    def _answers(self) -> bool:
        """Return whether the model answers at all, and measure how fast it writes."""
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

    def _check_choosing(self) -> None:
        """Ask about every group, also where the embedding is sure, to measure whether the model makes the result worse."""
        questions = GoldQuestions(self.vocabulary, self.embedder, self.gold["en"])
        reader, answered = ChoosingReader(self.model, questions.taxonomy, None), list[ThemeAnswer]()
        for part, _ in reader.plan(questions.asked):
            answers = reader.read(questions.asked[part])
            self.found.usage += answers.usage
            if answers.degraded:
                self.found.faults += [degraded.reason for degraded in answers.degraded]
                break
            answered += answers.answered
        else:
            self.found.chosen.add(questions.together(answered), len(questions.asked))
        self._tick(len(questions.asked))

    def _check_naming(self) -> None:
        """Ask for names whatever the result of choosing: a model that chooses well may name badly.

        As long as no JSON of the model was valid, it is asked only the first questions of each language.
        """
        for language, gold in self.gold.items():
            questions = GoldQuestions(self.vocabulary, self.embedder, gold)
            reader = naming_reader(self.model, questions.taxonomy, language, None)
            answered: list[ThemeAnswer] = []
            for start in range(0, len(gold), PER_CALL):
                part = questions.asked[start : start + PER_CALL]
                if start == 0 or self.found.json_valid.right:
                    answered += self._ask_for_names(reader, part)
                self._tick(len(part))
            self.found.by_embedding[language] = Score(right=questions.by_embedding(), asked=len(gold))
            self.found.by_model[language] = Score(right=questions.by_model(answered), asked=len(gold))
            self.found.together[language] = Score(right=questions.together(answered), asked=len(gold))

    def _ask_for_names(self, reader: ThemeReader, asked: Sequence[ThemeQuestion]) -> list[ThemeAnswer]:
        answered: list[ThemeAnswer] = []
        for part, _ in reader.plan(asked):
            answers = reader.read(asked[part])
            self.found.usage += answers.usage
            self.found.json_valid.add(0 if answers.usage.repairs else len(answers.answered), len(asked[part]))
            answered += answers.answered
        return answered

    def _check_tool_calls(self) -> None:
        if not self.model.profile.tools:
            return
        for words, tool, argument in TOOL_TASKS:
            self.found.tools.add(self._calls_tool(words, tool, argument), 1)
            self._tick(1)

    def _calls_tool(self, words: str, tool: str, argument: str) -> bool:
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

    def _tick(self, step: int) -> None:
        self._done += step
        self._on_progress(min(self._done, self._total), self._total)
