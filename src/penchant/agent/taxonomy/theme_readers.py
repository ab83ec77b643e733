"""How models of different sizes are asked about themes.

A capable one reads a batch in one call and answers with numbers; one of one to three billion parameters reads one theme at a time and
answers with a place's name; one below that weighs how well each place's name goes on from the titles. None of them raises for what a model
or its server does: what is missing is left to the rules.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from penchant.agent.llm.model import LanguageModel, Prompt, token_counter
from penchant.agent.llm.structured_output import complete
from penchant.agent.taxonomy.lexicon import reads, title_terms
from penchant.agent.taxonomy.scorer import Scores, SubtopicScorer, log_softmax, mix_of
from penchant.agent.taxonomy.taxonomy import Taxonomy, Theme
from penchant.arrays import Floats
from penchant.errors import ModelError
from penchant.prompts.budget import batches
from penchant.prompts.contexts import ChooseTopic, NameTheme, NameThemes, ThemeLine
from penchant.prompts.fence import Trusted, neutralise
from penchant.prompts.render import render
from penchant.prompts.replies import name_theme_reply, name_themes_reply, speaks
from penchant.store.item import Item
from penchant.store.plain import calm, plain
from penchant.store.receipt import Degraded, Usage

TITLES, TITLE_LENGTH = 6, 48
PLACES = 5
SCORED = 12
"""Titles from which the places of a theme are found."""
CERTAIN = 0.98
"""No place is taken for surer than this before the model is asked, nor for less likely than one in fifty."""


@dataclass(frozen=True)
class ThemeQuestion:
    """`theme`: its index. `titles` (untrusted, short). `places`: indices of subtopics, the likeliest first, empty where the catalogue
    places it; `beliefs`: their probabilities by rule, adding up to 1."""

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
    """One question for each of `themes`, in order. `usage`: behaviour by item. Raises `ModelError` from the embedder."""
    titles = [_telling(taxonomy, index, items, usage) for index in range(len(taxonomy.themes))]
    beliefs = _beliefs(taxonomy, titles, scorer)
    place_of = [taxonomy.subtopic_index.get(node_id(taxonomy, name), -1) for name in scorer.ids]
    asked = []
    for theme in themes:
        shown = tuple(
            dict.fromkeys(short for title in titles[theme] if (short := neutralise(calm(title), TITLE_LENGTH)))
        )
        if taxonomy.themes[theme].category:
            asked.append(ThemeQuestion(theme, shown[:TITLES]))
            continue
        own = int(taxonomy.theme_subtopics[theme])
        sure = taxonomy.themes[theme].confidence
        others = [at for at in np.argsort(-beliefs[theme], kind="stable").tolist() if place_of[at] not in (-1, own)]
        others = others[: PLACES - 1]
        rest = beliefs[theme][others] / max(beliefs[theme][others].sum(), 1e-12) * (1 - sure)
        rest = np.minimum(rest, sure)  # without the model's word the rules' place stays
        weights = np.clip(np.array([sure, *rest]), 1 - CERTAIN, CERTAIN)
        weights /= weights.sum()
        places = (own, *(place_of[at] for at in others))
        asked.append(ThemeQuestion(theme, shown[:TITLES], places, tuple(weights.tolist())))
    return asked


def node_id(taxonomy: Taxonomy, place: str) -> str:
    """The id of a place of the vocabulary in `taxonomy`: of a topic without subtopics its general one."""
    return place if place in taxonomy.subtopic_index else f"{place}.general"


def _telling(taxonomy: Taxonomy, theme: int, items: Mapping[str, Item], usage: Mapping[str, float]) -> list[str]:
    """The members' titles: by turns the most used and those that hold most of the theme's keywords."""
    known = [items[item_id] for item_id in taxonomy.members(theme) if item_id in items]
    weights = dict(taxonomy.themes[theme].keywords)

    def typical(item: Item) -> float:
        return sum(weights.get(term, 0.0) for term in set(title_terms(item.title)))

    by_words = sorted(known, key=lambda item: (-typical(item), item.item_id))
    by_use = sorted(known, key=lambda item: (-usage.get(item.item_id, 0.0), -typical(item), item.item_id))
    turns = [item for pair in zip(by_words, by_use, strict=True) for item in pair]
    return list(dict.fromkeys(plain(item.title) or item.title for item in turns))[:SCORED]


def _beliefs(taxonomy: Taxonomy, titles: Sequence[Sequence[str]], scorer: SubtopicScorer) -> Scores:
    """Shape (themes, subtopics of the vocabulary): how likely each place is by rule."""
    means = np.zeros((len(titles), len(scorer.ids)))
    for theme, own in enumerate(titles):
        if own and not taxonomy.themes[theme].category:
            vectors = np.repeat(taxonomy.centroids[theme][None, :], len(own), axis=0)
            means[theme] = scorer.scores(vectors, own).mean(axis=0)
    return np.asarray(np.exp(log_softmax(means + mix_of(means, scorer.owners))))


def reading_weight(taxonomy: Taxonomy, theme: int, usage: Mapping[str, float]) -> float:
    """How much reading a theme is worth: the behaviour behind it, and a little for each member."""
    members = taxonomy.members(theme)
    return sum(max(usage.get(item_id, 0.0), 0.0) for item_id in members) + 0.01 * len(members)


def is_due(theme: Theme, most: int) -> bool:
    """Whether a theme still waits for a model's word: not named by one or by a person, and not asked about in vain too often."""
    return theme.label_source == "rule" and theme.readings < most


MAX_BATCH = 20
THEME_REPLY, ANY_REPLY = 36, 40
"""Tokens a reply may take for each theme, and at all."""
NEUTRAL = (("N/A",), ("thing", "stuff", "something"), ("item one", "item two"))
"""Lists that say nothing, to learn how likely each place's name is anyway (Zhao et al. 2021, arXiv 2102.09690)."""


@dataclass(frozen=True)
class ThemeAnswer:
    """What a model said: `gains`, by how much each of the question's places became likelier (nats; zero where it did not say), whether it
    found `none` of them fitting, and `labels` by language."""

    question: ThemeQuestion
    gains: tuple[float, ...] = ()
    none: bool = False
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What came of some questions: those `answered`, those that the model replied to with nothing of use (`vain`), and what it took."""

    answered: tuple[ThemeAnswer, ...] = ()
    usage: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()
    vain: tuple[ThemeQuestion, ...] = ()


class ThemeReader(Protocol):
    """Asks a model about themes, some at a time."""

    def plan(self, asked: Sequence[ThemeQuestion]) -> list[tuple[slice, int]]:
        """The questions in parts, in order, with the tokens each part will take, at most."""
        ...

    def read(self, asked: Sequence[ThemeQuestion]) -> Answers:
        """One part."""
        ...


class BatchReader:
    """For capable models: labels in every language and a place, a batch in one call."""

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
                language: text for language, text in (("en", reading.en), ("zh", reading.zh)) if speaks(text, language)
            }
            if reading.place > len(question.places):
                continue
            none = bool(question.places) and reading.place == 0
            answered.append(ThemeAnswer(question, _gains(question, reading.place, self._weight), none, labels))
        answered_themes = {answer.question.theme for answer in answered}
        was_cut_off = done.truncated and answered  # what is missing is offered another time
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
    """For models of one to three billion parameters: one theme a call, a label in one language."""

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
    """For models too small to name: they weigh the places of themes that the rules are unsure of; labels stay those of the rules."""

    WEIGHT = 0.1
    """Of what a place's name gains, beside the log-probability by rule: at .2 more themes of a gift shop were moved to wrong places than to
    right ones."""
    PART = 16
    """Themes that share one weighing of what their places' names are worth anyway."""

    def __init__(self, model: LanguageModel, taxonomy: Taxonomy, prompts: Path | None) -> None:
        self.model, self.taxonomy, self.prompts = model, taxonomy, prompts

    def plan(self, asked: Sequence[ThemeQuestion]) -> list[tuple[slice, int]]:
        parts = [slice(at, at + self.PART) for at in range(0, len(asked), self.PART)]
        return [(part, 60 * len(asked[part]) + 40 * len(NEUTRAL)) for part in parts]

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
        """Log-probabilities (nats) of the names of `places`, up to one constant, shape (places,)."""
        prompt = render("choose_topic", "en", ChooseTopic(tuple(map(Trusted, titles))), folder=self.prompts)
        choice = self.model.choose(prompt, [" " + self.taxonomy.subtopics[place].label("en") for place in places])
        return np.array(choice.log_probabilities), choice.usage.model_copy(update={"calls": max(1, choice.usage.calls)})


def naming_reader(model: LanguageModel, taxonomy: Taxonomy, language: str, prompts: Path | None) -> ThemeReader:
    """The reader that asks `model` for names, as many at once as it can tell apart."""
    kind = BatchReader if model.profile.groups_per_call > 1 else SingleReader
    return kind(model, taxonomy, language, prompts)


def read_parts(reader: ThemeReader, asked: Sequence[ThemeQuestion], budget: int, at_once: int) -> Answers:
    """Ask in order until `budget` tokens are planned or nothing comes back any more; `at_once` parts at a time."""
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
                    total.vain + answers.vain,
                )
            if not any(answers.answered for answers in wave):
                break
    return total


def _line(taxonomy: Taxonomy, question: ThemeQuestion, language: str) -> ThemeLine:
    places = tuple(Trusted(taxonomy.subtopics[place].label(language)) for place in question.places)
    category = " > ".join(taxonomy.themes[question.theme].category)
    return ThemeLine("; ".join(question.titles), places, category)


def _gains(question: ThemeQuestion, place: int, right: float) -> tuple[float, ...]:
    """Naive Bayes: the model names the right place with probability `right`, and any of the others otherwise."""
    if not place:
        return ()
    others = max(len(question.places) - 1, 1)
    gain = float(np.log(others * right / (1 - right)))
    return tuple(gain if at == place - 1 else 0.0 for at in range(len(question.places)))


def _reply_tokens(themes: int) -> int:
    return ANY_REPLY + THEME_REPLY * themes
