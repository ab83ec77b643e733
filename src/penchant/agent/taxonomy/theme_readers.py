"""Asks models of different sizes about themes.

A capable model answers about a batch of themes in one call, with numbers; a model of one to three billion parameters answers about
one theme at a time, with a place's name; a smaller one only rates how likely each place's name is as a continuation of the titles.
Failures of a model or server are never raised: themes without an answer are left to the rules.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from penchant.agent.llm.model import MOST_OPTIONS, LanguageModel, Prompt, token_counter
from penchant.agent.llm.structured_output import complete
from penchant.agent.taxonomy.keywords import term_weights, title_terms
from penchant.agent.taxonomy.lexicon import reads
from penchant.agent.taxonomy.scorer import Scores, SubtopicScorer, log_softmax, mix_of
from penchant.agent.taxonomy.taxonomy import Taxonomy, Theme
from penchant.arrays import Floats
from penchant.errors import ModelError
from penchant.prompts.budget import batches
from penchant.prompts.contexts import ChooseTopic, NameTheme, NameThemes, ThemeLine
from penchant.prompts.fence import Trusted, neutralise
from penchant.prompts.labels import speaks
from penchant.prompts.render import render
from penchant.prompts.replies import name_theme_reply, name_themes_reply
from penchant.store.item import Item
from penchant.store.plain import lower_shouting, plain
from penchant.store.receipt import Degraded, Usage

TITLES, TITLE_LENGTH = 6, 48
PLACES = 5
SCORED = 12
"""Number of titles from which the places of a theme are found."""
CERTAIN = 0.98
"""Bounds of a place's probability before the model is asked: at most this, at least one minus this."""


@dataclass(frozen=True)
class ThemeQuestion:
    """A question about the theme with index `theme`. `titles`: untrusted, short. `places`: indices of subtopics, most likely first, ()
    if the catalogue places the theme; `beliefs`: their probabilities by rule, which sum to 1.
    """

    theme: int
    titles: tuple[str, ...]
    places: tuple[int, ...] = ()
    beliefs: tuple[float, ...] = ()


def questions(
    taxonomy: Taxonomy,
    themes: Sequence[int],
    items: Mapping[str, Item],
    usage: Mapping[str, float],
    scorer: SubtopicScorer,
) -> list[ThemeQuestion]:
    """Return one question for each of `themes`, in order. `usage`: number of events by item. Raises `ModelError` from the embedder."""
    titles = [_telling(taxonomy, index, items, usage) for index in range(len(taxonomy.themes))]
    beliefs = _beliefs(taxonomy, titles, scorer)
    place_of = [taxonomy.subtopic_index.get(node_id(taxonomy, name), -1) for name in scorer.ids]
    asked = []
    for theme in themes:
        shown = tuple(
            dict.fromkeys(
                short for title in titles[theme] if (short := neutralise(lower_shouting(title), TITLE_LENGTH))
            )
        )
        if taxonomy.themes[theme].category:
            asked.append(ThemeQuestion(theme, shown[:TITLES]))
            continue
        own = int(taxonomy.theme_subtopics[theme])
        sure = taxonomy.themes[theme].confidence
        others = [at for at in np.argsort(-beliefs[theme], kind="stable").tolist() if place_of[at] not in (-1, own)]
        others = others[: PLACES - 1]
        rest = beliefs[theme][others] / max(beliefs[theme][others].sum(), 1e-12) * (1 - sure)
        rest = np.minimum(rest, sure)  # without an answer, the rules' place stays the most likely
        weights = np.clip(np.array([sure, *rest]), 1 - CERTAIN, CERTAIN)
        weights /= weights.sum()
        places = (own, *(place_of[at] for at in others))
        asked.append(ThemeQuestion(theme, shown[:TITLES], places, tuple(weights.tolist())))
    return asked


def node_id(taxonomy: Taxonomy, place: str) -> str:
    """Return the id in `taxonomy` of a place of the vocabulary; for a topic without subtopics, that of its general subtopic."""
    return place if place in taxonomy.subtopic_index else f"{place}.general"


def _telling(taxonomy: Taxonomy, theme: int, items: Mapping[str, Item], usage: Mapping[str, float]) -> list[str]:
    """Return titles of members: alternately those with the most of the theme's keywords and the most used."""
    known = [items[item_id] for item_id in taxonomy.members(theme) if item_id in items]
    weights = term_weights(taxonomy.themes[theme].keywords)

    def typical(item: Item) -> float:
        return sum(weights.get(term, 0.0) for term in set(title_terms(item.title)))

    by_words = sorted(known, key=lambda item: (-typical(item), item.item_id))
    by_use = sorted(known, key=lambda item: (-usage.get(item.item_id, 0.0), -typical(item), item.item_id))
    turns = [item for pair in zip(by_words, by_use, strict=True) for item in pair]
    return list(dict.fromkeys(plain(item.title) or item.title for item in turns))[:SCORED]


def _beliefs(taxonomy: Taxonomy, titles: Sequence[Sequence[str]], scorer: SubtopicScorer) -> Scores:
    """Return the probability of each place by rule: shape (themes, subtopics of the vocabulary)."""
    means = np.zeros((len(titles), len(scorer.ids)))
    for theme, own in enumerate(titles):
        if own and not taxonomy.themes[theme].category:
            vectors = np.repeat(taxonomy.centroids[theme][None, :], len(own), axis=0)
            means[theme] = scorer.scores(vectors, own).mean(axis=0)
    return np.asarray(np.exp(log_softmax(means + mix_of(means, scorer.owners))))


def reading_weight(taxonomy: Taxonomy, theme: int, usage: Mapping[str, float]) -> float:
    """Return how important it is to read a theme: its number of events, and a little for each member."""
    members = taxonomy.members(theme)
    return sum(max(usage.get(item_id, 0.0), 0.0) for item_id in members) + 0.01 * len(members)


def is_due(theme: Theme, most: int) -> bool:
    """Return whether a theme still waits for a model: named neither by a model nor by a person, and asked about fewer than `most` times."""
    return theme.label_source == "rule" and theme.readings < most


MAX_BATCH = 20
THEME_REPLY, ANY_REPLY = 36, 40
"""Tokens that a reply may take for each theme, and in any case."""
NEUTRAL = (("N/A",), ("thing", "stuff", "something"), ("item one", "item two"))
"""Titles without content, to learn how likely each place's name is on its own (Zhao et al. 2021, arXiv 2102.09690)."""


@dataclass(frozen=True)
class ThemeAnswer:
    """A model's answer. `gains`: by how much each of the question's places became more likely (nats; () if the model named none);
    `none`: whether it found no place fitting; `labels`: by language.
    """

    question: ThemeQuestion
    gains: tuple[float, ...] = ()
    none: bool = False
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """The results of some questions: `answered`; `unanswered`, the questions without a usable answer; and the usage."""

    answered: tuple[ThemeAnswer, ...] = ()
    usage: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()
    unanswered: tuple[ThemeQuestion, ...] = ()


class ThemeReader(Protocol):
    """Asks a model about themes, one part at a time."""

    def plan(self, asked: Sequence[ThemeQuestion]) -> list[tuple[slice, int]]:
        """Divide the questions into parts, in order, with the maximum number of tokens of each part."""
        ...

    def read(self, asked: Sequence[ThemeQuestion]) -> Answers:
        """Ask about one part."""
        ...


class BatchReader:
    """For capable models: asks for labels in every language and a place, many themes in one call."""

    def __init__(self, model: LanguageModel, taxonomy: Taxonomy, language: str, prompts: Path | None) -> None:
        self.model, self.taxonomy, self.language, self.prompts = model, taxonomy, language, prompts
        self.count = token_counter(model)

    def plan(self, asked: Sequence[ThemeQuestion]) -> list[tuple[slice, int]]:
        most = min(MAX_BATCH, self.model.profile.groups_per_call, self.model.profile.context_tokens // 200)
        parts = batches(len(asked), max(1, most))
        return [(part, self._tokens(asked[part])) for part in parts]

    def read(self, asked: Sequence[ThemeQuestion]) -> Answers:
        places = max((len(question.places) for question in asked), default=0)
        done = complete(
            self.model,
            self._prompt(asked),
            name_themes_reply(themes=len(asked), places=places),
            max_tokens=_reply_tokens(len(asked)),
            language=self.language,
        )
        answered = []
        for reading in done.value.groups if done.value else ():
            question = asked[reading.theme - 1]
            labels = {
                language: text
                for language, text in (("en", reading.en), ("zh", reading.zh))
                if text and speaks(text, language)
            }
            if reading.place > len(question.places):
                continue
            none = bool(question.places) and reading.place == 0
            answered.append(ThemeAnswer(question, _gains(question, reading.place, self._weight), none, labels))
        answered_themes = {answer.question.theme for answer in answered}
        was_cut_off = done.truncated and answered  # missing themes are offered again next time
        silent = (
            tuple(question for question in asked if question.theme not in answered_themes)
            if done.usage.calls and not was_cut_off
            else ()
        )
        return Answers(tuple(answered), done.usage, done.degraded, silent)

    @property
    def _weight(self) -> float:
        return max(self.model.profile.sure_of_topics, 0.95)

    def _prompt(self, asked: Sequence[ThemeQuestion]) -> Prompt:
        lines = tuple(_line(self.taxonomy, question, self.language) for question in asked)
        return render("name_themes", self.language, NameThemes(lines), folder=self.prompts)

    def _tokens(self, asked: Sequence[ThemeQuestion]) -> int:
        prompt = self._prompt(asked)
        return self.count(prompt.system) + self.count(prompt.user) + _reply_tokens(len(asked))


class SingleReader(BatchReader):
    """For models of one to three billion parameters: one theme per call, a label in one language."""

    def plan(self, asked: Sequence[ThemeQuestion]) -> list[tuple[slice, int]]:
        return [(slice(at, at + 1), self._tokens(asked[at : at + 1])) for at in range(len(asked))]

    def read(self, asked: Sequence[ThemeQuestion]) -> Answers:
        [question] = asked
        names = tuple(self.taxonomy.subtopics[place].label(self.language) for place in question.places)
        done = complete(
            self.model,
            self._prompt(asked),
            name_theme_reply(*dict.fromkeys(names)),
            max_tokens=_reply_tokens(1),
            language=self.language,
        )
        if done.value is None:
            return Answers((), done.usage, done.degraded, tuple(asked) if done.usage.calls else ())
        label = done.value.label
        labels = {self.language: label} if label and speaks(label, self.language) else {}
        answer = ThemeAnswer(question, _gains(question, done.value.place, self._weight), labels=labels)
        return Answers((answer,), done.usage, done.degraded)

    @property
    def _weight(self) -> float:
        return self.model.profile.sure_of_topics

    def _prompt(self, asked: Sequence[ThemeQuestion]) -> Prompt:
        line = _line(self.taxonomy, asked[0], self.language)
        return render("name_theme", self.language, NameTheme(line), folder=self.prompts)


class ChoosingReader:
    """For models too small to name: they rate the places of themes of which the rules are unsure; the labels stay those of the rules."""

    WEIGHT = 0.1
    """Weight of the model's log-probability relative to the rules'. With 0.2, more themes of a gift shop moved to wrong places than to
    right ones.
    """
    PART = 16
    """Number of themes that share one rating of the places' names on their own."""

    def __init__(self, model: LanguageModel, taxonomy: Taxonomy, prompts: Path | None) -> None:
        self.model, self.taxonomy, self.prompts = model, taxonomy, prompts

    def plan(self, asked: Sequence[ThemeQuestion]) -> list[tuple[slice, int]]:
        ends = [*self._ends(asked), len(asked)] if asked else []
        parts = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
        return [(part, 60 * len(asked[part]) + 40 * len(NEUTRAL)) for part in parts]

    def _ends(self, asked: Sequence[ThemeQuestion]) -> Iterator[int]:
        """Yield where a part ends and the next one begins: a server can weigh the places of few themes at once."""
        most = MOST_OPTIONS if self.model.profile.provider == "openai" else math.inf
        size, places = 0, set[int]()
        for at, question in enumerate(asked):
            if size == self.PART or (size and len(places | set(question.places)) > most):
                yield at
                size, places = 0, set()
            size, places = size + 1, places | set(question.places)

    def read(self, asked: Sequence[ThemeQuestion]) -> Answers:
        choosable = [question for question in asked if self._is_choosable(question)]
        answered = [ThemeAnswer(question) for question in asked if not self._is_choosable(question)]
        places = tuple(dict.fromkeys(place for question in choosable for place in question.places))
        usage = Usage()
        try:
            anyway = np.zeros(len(places))
            for titles in NEUTRAL if places else ():
                row, cost = self._weigh(titles, places)
                anyway, usage = anyway + row / len(NEUTRAL), usage + cost
            worth = dict(zip(places, anyway.tolist(), strict=True))
            for question in choosable:
                row, cost = self._weigh(question.titles[:4], question.places)
                gains = self.WEIGHT * (row - np.array([worth[place] for place in question.places]))
                answered.append(ThemeAnswer(question, tuple(gains.tolist())))
                usage += cost
        except ModelError as error:
            return Answers(tuple(answered), usage, (Degraded(step="choose_topic", reason=str(error)),))
        return Answers(tuple(answered), usage)

    @staticmethod
    def _is_choosable(question: ThemeQuestion) -> bool:
        return len(question.places) > 1 and all(reads("minilm", title) for title in question.titles)

    def _weigh(self, titles: Sequence[str], places: Sequence[int]) -> tuple[Floats, Usage]:
        """Return the log-probabilities (nats) of the names of `places`, up to a constant: shape (places,)."""
        prompt = render("choose_topic", "en", ChooseTopic(tuple(map(Trusted, titles))), folder=self.prompts)
        choice = self.model.choose(prompt, [" " + self.taxonomy.subtopics[place].label("en") for place in places])
        return np.array(choice.log_probabilities), choice.usage.model_copy(update={"calls": max(1, choice.usage.calls)})


def naming_reader(model: LanguageModel, taxonomy: Taxonomy, language: str, prompts: Path | None) -> ThemeReader:
    """Return the reader that asks `model` for names, with as many themes per call as the model can tell apart."""
    kind = BatchReader if model.profile.groups_per_call > 1 else SingleReader
    return kind(model, taxonomy, language, prompts)


def read_parts(reader: ThemeReader, asked: Sequence[ThemeQuestion], budget: int, at_once: int) -> Answers:
    """Ask about the questions in order, `at_once` parts in parallel, until the next part exceeds the `budget` of tokens or a whole round
    gives no answer.
    """
    affordable: list[slice] = []
    for part, tokens in reader.plan(asked):
        budget -= tokens
        if budget < 0:
            break
        affordable.append(part)
    total = Answers()

    def read(part: slice) -> Answers:
        return reader.read(list(asked)[part])

    with ThreadPoolExecutor(at_once, "penchant-read") as pool:
        for start in range(0, len(affordable), at_once):
            wave = list(pool.map(read, affordable[start : start + at_once]))
            for answers in wave:
                total = Answers(
                    total.answered + answers.answered,
                    total.usage + answers.usage,
                    total.degraded + answers.degraded,
                    total.unanswered + answers.unanswered,
                )
            if not any(answers.answered for answers in wave):
                break
    return total


def _line(taxonomy: Taxonomy, question: ThemeQuestion, language: str) -> ThemeLine:
    places = tuple(Trusted(taxonomy.subtopics[place].label(language)) for place in question.places)
    category = " > ".join(taxonomy.themes[question.theme].category)
    return ThemeLine("; ".join(question.titles), places, category)


def _gains(question: ThemeQuestion, place: int, right: float) -> tuple[float, ...]:
    """Return the gains by naive Bayes: the model names the right place with probability `right`, and otherwise any other with equal
    probability.
    """
    if not place:
        return ()
    others = max(len(question.places) - 1, 1)
    gain = float(np.log(others * right / (1 - right)))
    return tuple(gain if at == place - 1 else 0.0 for at in range(len(question.places)))


def _reply_tokens(themes: int) -> int:
    return ANY_REPLY + THEME_REPLY * themes
