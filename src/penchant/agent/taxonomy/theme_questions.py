"""What a language model is asked about a theme: its most used and most telling titles, and the places it may belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from penchant.agent.taxonomy.keywords import title_terms
from penchant.agent.taxonomy.scorer import Scores, SubtopicScorer, log_softmax, mix_of
from penchant.agent.taxonomy.taxonomy import Taxonomy, Theme
from penchant.prompts.fence import neutralise
from penchant.store.item import Item
from penchant.store.plain import calm

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
    place_of = [taxonomy.subtopic_index.get(_node_id(taxonomy, name), -1) for name in scorer.ids]
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


def _node_id(taxonomy: Taxonomy, place: str) -> str:
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
    return list(dict.fromkeys(item.title for item in turns))[:SCORED]


def _beliefs(taxonomy: Taxonomy, titles: Sequence[Sequence[str]], scorer: SubtopicScorer) -> Scores:
    """Shape (themes, subtopics of the vocabulary): how likely each place is by rule."""
    means = np.zeros((len(titles), len(scorer.ids)))
    for theme, own in enumerate(titles):
        if own and not taxonomy.themes[theme].category:
            vectors = np.repeat(taxonomy.centroids[theme][None, :], len(own), axis=0)
            means[theme] = scorer.scores(vectors, own).mean(axis=0)
    return np.asarray(np.exp(log_softmax(means + mix_of(means))))


def reading_weight(taxonomy: Taxonomy, theme: int, usage: Mapping[str, float]) -> float:
    """How much reading a theme is worth: the behaviour behind it, and a little for each member."""
    members = taxonomy.members(theme)
    return sum(max(usage.get(item_id, 0.0), 0.0) for item_id in members) + 0.01 * len(members)


def is_due(theme: Theme, most: int) -> bool:
    """Whether a theme still waits for a model's word: not named by one or by a person, and not asked about in vain too often."""
    return theme.label_source == "rule" and theme.readings < most
