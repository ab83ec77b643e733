"""Has a language model read the themes of a taxonomy: the most used first, within a budget; the rest keeps its names by rule and is offered
again the next time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from penchant.agent.llm.model import LanguageModel
from penchant.agent.taxonomy.labels import place_label
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
"""How often a model may be asked about a theme in vain."""
UNSURE = 0.8
"""Confidence below which a model that only chooses is asked."""
NONE_FITS = 0.5
"""What is left of the rules' confidence where a capable model finds no place fitting."""
STEP = "name_themes"


@dataclass(frozen=True)
class Named:
    """A taxonomy after reading: how many of its themes are named by a model and by rule, and what this reading took."""

    taxonomy: Taxonomy
    by_llm: int = 0
    by_rule: int = 0
    llm: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()


class TaxonomyReader:
    """Names and places themes with `model`, or leaves all to the rules without one. Never raises for what a model does.

    `max_tokens`: what one reading may take, prompts and replies together. `language`: of prompts, and of labels where the model is too
    small to give both at once.
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
        """`taxonomy` with what the model read of the themes that still wait for it. `items`, `usage`: members and behaviour by item id."""
        if self.model is None or self.model.profile.tier == "none":
            return _named(taxonomy, Answers())
        due = [index for index, theme in enumerate(taxonomy.themes) if self._is_due(theme)]
        due.sort(key=lambda index: (-reading_weight(taxonomy, index, usage), taxonomy.themes[index].id))
        asked = questions(taxonomy, due, items, usage, self.scorer)
        hosted = self.model.profile.provider != "local"
        at_once = self.max_in_flight if hosted else 1
        answers = read_parts(self._reader(taxonomy), asked, self.max_tokens, at_once)
        vain = tuple(map(ThemeAnswer, answers.vain))
        return _named(_applied(taxonomy, (*answers.answered, *vain), items), answers)

    def has_unasked(self, taxonomy: Taxonomy) -> bool:
        """Whether themes wait of which the model has said nothing yet: it could not be reached, or the budget was spent."""
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
    themes = _told_apart(themes, subtopics, [answer.question.theme for answer in answered])
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
        return replace(changed, confidence=round(theme.confidence * NONE_FITS, 4))
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
    """How likely each place of the question is, by rule and model together."""
    odds = np.log(np.array(answer.question.beliefs)) + np.array(answer.gains)
    powers = np.exp(odds - odds.max())
    return np.asarray(powers / powers.sum())


def _told_apart(themes: list[Theme], subtopics: np.ndarray, read: Sequence[int]) -> list[Theme]:
    """Two themes of one subtopic that a model calls the same: the later read one gets what sets it apart behind its name."""
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
