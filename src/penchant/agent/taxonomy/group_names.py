"""Gives every group its name by rule, and makes one group of those that go by the same name in the same place."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from penchant.agent.taxonomy.clusters import largest_theme
from penchant.agent.taxonomy.draft import Draft
from penchant.agent.taxonomy.grouping import Groups
from penchant.agent.taxonomy.keywords import theme_keywords
from penchant.agent.taxonomy.labels import RuleNames, place_label
from penchant.agent.taxonomy.taxonomy import NOWHERE
from penchant.agent.taxonomy.title_words import title_case
from penchant.prompts.vocabulary import LANGUAGES
from penchant.store.embedders.embedder import Matrix
from penchant.store.item import Item

Labels = dict[str, str]
OF_CATEGORY = 5
"""Fewer titles of a category make no theme of their own."""


def name_groups(groups: Groups, items: Sequence[Item], vectors: Matrix, draft: Draft) -> None:
    """Fills in `groups.labels`. `vectors`: (n, d), by which the most central titles are found. Groups of one category that share no name
    become one; so do groups of one subtopic and name, as long as they are not too large together. What still shares its name gets the
    words that set it apart."""
    names = RuleNames(draft.vocabulary)
    labels = [
        _label(groups, group, titles, draft, names) for group, titles in enumerate(_titles(groups, items, vectors))
    ]
    groups.labels = labels
    _join(groups, largest_theme(len(items)))
    _set_apart(groups, items)


def _titles(groups: Groups, items: Sequence[Item], vectors: Matrix) -> list[list[str]]:
    """Each group's titles, the most central first."""
    found = []
    for rows in groups.members():
        own = vectors[rows]
        closeness = own @ own.sum(axis=0)
        found.append([items[rows[at]].title for at in np.lexsort((np.arange(len(rows)), -closeness))])
    return found


def _label(groups: Groups, group: int, titles: Sequence[str], draft: Draft, names: RuleNames) -> Labels:
    path, subtopic = groups.paths[group], draft.subtopics[groups.subtopics[group]]
    if path is not None and len(set(titles)) < OF_CATEGORY:
        return dict.fromkeys(LANGUAGES, groups.names[group])
    if named := names.name(titles, subtopic.id):
        return dict.fromkeys(LANGUAGES, named)
    if path is not None:
        return dict.fromkeys(LANGUAGES, groups.names[group])
    if alone := names.of_titles(titles):
        return dict.fromkeys(LANGUAGES, alone)
    modifier = names.modifier(titles) or ""
    says_nothing = modifier.casefold() in " ".join(subtopic.labels.values()).casefold()
    return place_label(subtopic.labels, "" if says_nothing else modifier)


def _join(groups: Groups, largest: int) -> None:
    sizes = np.bincount(groups.first[groups.first != NOWHERE], minlength=len(groups.paths))
    target = np.arange(len(groups.paths))
    open_groups: dict[tuple[object, ...], int] = {}
    for group, path in enumerate(groups.paths):
        labels = groups.labels[group]
        key = (path or groups.subtopics[group], *sorted(labels.items()))
        into = open_groups.get(key)
        is_category = path is not None and groups.names[group] in labels.values()
        if into is None or (sizes[into] + sizes[group] > largest and not is_category):
            open_groups[key] = group
            continue
        both = max(sizes[into] + sizes[group], 1)
        first, second = groups.confidences[into], groups.confidences[group]
        groups.confidences[into] = (
            round(float((first[0] * sizes[into] + second[0] * sizes[group]) / both), 4),
            round(float((first[1] * sizes[into] + second[1] * sizes[group]) / both), 4),
        )
        sizes[into] = both
        target[group] = into
    _renumber(groups, target)


def _renumber(groups: Groups, target: np.ndarray) -> None:
    """Every group becomes part of its target; what is left is numbered without gaps."""
    for column in (groups.first, groups.second):
        placed = column != NOWHERE
        column[placed] = target[column[placed]]
    same = (groups.first == groups.second) & (groups.first != NOWHERE)
    groups.second[same] = NOWHERE
    groups.keep(np.flatnonzero(target == np.arange(len(target))))


def _set_apart(groups: Groups, items: Sequence[Item]) -> None:
    """Groups that share subtopic and name, but for the largest, are told apart by their keywords."""
    members = groups.members()
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for group, labels in enumerate(groups.labels):
        alike[groups.subtopics[group], *sorted(labels.items())].append(group)
    for own in alike.values():
        if len(own) < 2:
            continue
        largest = max(own, key=lambda group: (len(members[group]), -group))
        keywords = theme_keywords([[items[row].title for row in members[group]] for group in own])
        for group, words in zip(own, keywords, strict=True):
            if group != largest:
                named = " ".join(groups.labels[group].values()).casefold()
                telling = [term for term, _ in words if term not in named][:2]
                groups.labels[group] = place_label(groups.labels[group], title_case(", ".join(telling)))
