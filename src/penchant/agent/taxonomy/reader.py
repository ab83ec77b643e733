"""Has a language model name and place the themes of a taxonomy: the most used first, within a token budget. The other themes keep their
names by rule and are offered again next time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from penchant.agent.llm.model import LanguageModel
from penchant.agent.taxonomy.categories import place_label
from penchant.agent.taxonomy.scorer import SubtopicScorer
from penchant.agent.taxonomy.taxonomy import Taxonomy, Theme
from penchant.agent.taxonomy.theme_readers import (
    Answers,
    ChoosingReader,
    ThemeAnswer,
    ThemeReader,
    is_due,
    naming_reader,
    questions,
    read_parts,
    reading_weight,
)
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Embedder
from penchant.store.item import Item
from penchant.store.receipt import Degraded, Usage

READINGS = 3
"""How often a model may be asked about a theme without a usable answer."""
UNSURE = 0.8
"""A model that can only choose is asked about themes below this confidence."""
NO_PLACE_FACTOR = 0.5
"""Factor for the rules' confidence if a capable model finds that no place fits."""
STEP = "name_themes"


@dataclass(frozen=True)
class Named:
    """A taxonomy after reading: how many of its themes were named by a model and by rule, and the usage of this reading."""

    taxonomy: Taxonomy
    by_llm: int = 0
    by_rule: int = 0
    llm: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()


class TaxonomyReader:
    """Names and places themes with `model`; without one, everything stays with the rules. Never raises for model failures.

    `max_tokens`: the budget of one reading, prompts and replies together. `language`: of prompts, and of labels if the model is too
    small to give them in all languages at once.
    """

    def __init__(
        self,
        model: LanguageModel | None,
        vocabulary: Vocabulary,
        embedder: Embedder,
        *,
        max_tokens: int,
        language: str = "en",
        max_in_flight: int = 1,
        prompts: Path | None = None,
    ) -> None:
        self.model, self.language, self.max_tokens = model, language, max_tokens
        self.max_in_flight, self.prompts = max_in_flight, prompts
        self.scorer = SubtopicScorer(vocabulary, embedder)

    def label(self, taxonomy: Taxonomy, items: Mapping[str, Item], usage: Mapping[str, float]) -> Named:
        """Return `taxonomy` with the model's answers for themes that wait for one. `items`, `usage`: items and number of events, by item
        id.
        """
        if self.model is None or self.model.profile.tier == "none":
            return _named(taxonomy, Answers())
        due = [index for index, theme in enumerate(taxonomy.themes) if self._is_due(theme)]
        due.sort(key=lambda index: (-reading_weight(taxonomy, index, usage), taxonomy.themes[index].id))
        asked = questions(taxonomy, due, items, usage, self.scorer)
        hosted = self.model.profile.provider != "local"
        at_once = self.max_in_flight if hosted else 1
        answers = read_parts(self._reader(taxonomy), asked, self.max_tokens, at_once)
        unanswered = tuple(map(ThemeAnswer, answers.unanswered))
        return _named(_applied(taxonomy, (*answers.answered, *unanswered), items), answers)

    def has_unasked(self, taxonomy: Taxonomy) -> bool:
        """Return whether the model has not been asked about some waiting themes: it could not be reached, or the budget was used up."""
        if self.model is None or self.model.profile.tier == "none":
            return False
        return any(not theme.readings and self._is_due(theme) for theme in taxonomy.themes)

    def _is_due(self, theme: Theme) -> bool:
        if not is_due(theme, READINGS):
            return False
        assert self.model is not None
        return self.model.profile.tier == "name" or (not theme.category and theme.confidence < UNSURE)

    def _reader(self, taxonomy: Taxonomy) -> ThemeReader:
        assert self.model is not None
        if self.model.profile.tier == "choose":
            return ChoosingReader(self.model, taxonomy, self.prompts)
        return naming_reader(self.model, taxonomy, self.language, self.prompts)


def _named(taxonomy: Taxonomy, answers: Answers) -> Named:
    by_llm = sum(theme.label_source == "llm" for theme in taxonomy.themes)
    return Named(taxonomy, by_llm, len(taxonomy.themes) - by_llm, answers.usage, _once(answers.degraded))


def _once(degraded: Sequence[Degraded]) -> tuple[Degraded, ...]:
    return tuple({(entry.step, entry.reason): entry for entry in degraded}.values())


def _applied(taxonomy: Taxonomy, answered: Sequence[ThemeAnswer], items: Mapping[str, Item]) -> Taxonomy:
    if not answered:
        return taxonomy
    themes, subtopics = list(taxonomy.themes), taxonomy.theme_subtopics.copy()
    for answer in answered:
        index = answer.question.theme
        themes[index] = _read(taxonomy, answer)
        if answer.gains:
            subtopics[index] = answer.question.places[int(_beliefs(answer).argmax())]
    themes = _make_labels_distinct(themes, subtopics, [answer.question.theme for answer in answered])
    return replace(taxonomy, themes=tuple(themes), theme_subtopics=subtopics)


def _read(taxonomy: Taxonomy, answer: ThemeAnswer) -> Theme:
    index = answer.question.theme
    theme = taxonomy.themes[index]
    changed = replace(theme, readings=theme.readings + 1)
    if answer.labels:
        changed = replace(changed, labels={**theme.labels, **answer.labels}, label_source="llm")
    if answer.labels or answer.gains:
        changed = replace(changed, read_from=tuple(taxonomy.members(index)))
    if answer.none:
        return replace(changed, confidence=round(theme.confidence * NO_PLACE_FACTOR, 4))
    if not answer.gains:
        return changed
    beliefs = _beliefs(answer)
    topics = taxonomy.subtopic_topics[list(answer.question.places)]
    best = int(beliefs.argmax())
    in_topic = float(beliefs[topics == topics[best]].sum())
    return replace(
        changed,
        confidence=round(float(beliefs[best]), 4),
        topic_confidence=round(max(in_topic, float(beliefs[best])), 4),
    )


def _beliefs(answer: ThemeAnswer) -> np.ndarray:
    """Return the probability of each place of the question, combining rule and model."""
    odds = np.log(np.array(answer.question.beliefs)) + np.array(answer.gains)
    powers = np.exp(odds - odds.max())
    return np.asarray(powers / powers.sum())


def _make_labels_distinct(themes: list[Theme], subtopics: np.ndarray, read: Sequence[int]) -> list[Theme]:
    """Give distinct labels to themes of one subtopic that a model named alike: a distinguishing keyword is added to the one read later."""
    taken = {
        (int(place), label) for place, theme in zip(subtopics, themes, strict=True) for label in theme.labels.values()
    }
    counts: dict[tuple[int, str], int] = {}
    for place, theme in zip(subtopics, themes, strict=True):
        for label in set(theme.labels.values()):
            counts[int(place), label] = counts.get((int(place), label), 0) + 1
    for index in reversed(read):
        theme, place = themes[index], int(subtopics[index])
        shared = [label for label in set(theme.labels.values()) if counts.get((place, label), 0) > 1]
        if not shared:
            continue
        named = " ".join(theme.labels.values()).casefold()
        telling = next((term.title() for term, _ in theme.keywords if term not in named), "")
        labels = place_label(theme.labels, telling)
        if telling and not any((place, label) in taken for label in labels.values()):
            themes[index] = replace(theme, labels=labels)
            for label in shared:
                counts[place, label] -= 1
            taken |= {(place, label) for label in labels.values()}
    return themes
