"""Labels themes without a language model: by the thing that at least 60 % of the titles name, else by the theme's place.

A pattern on many things ("Retrospot") names none of them, so its theme is named "Kitchen & Dining: Retrospot".
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from penchant.agent.taxonomy.categories import (
    Draft,
    in_every_language,
    of_category,
    of_titles,
    place_label,
)
from penchant.agent.taxonomy.clusters import largest_theme
from penchant.agent.taxonomy.grouping import Groups
from penchant.agent.taxonomy.keywords import theme_keywords
from penchant.agent.taxonomy.lexicon import title_case
from penchant.agent.taxonomy.taxonomy import NOWHERE
from penchant.agent.taxonomy.title_names import RuleNames, rule_names
from penchant.characters import LANGUAGES
from penchant.store.embedders.embedder import Matrix
from penchant.store.item import Item

Labels = dict[str, str]
OF_CATEGORY = 5  # a group with fewer titles gets the name of its category


def name_groups(groups: Groups, items: Sequence[Item], vectors: Matrix, draft: Draft) -> None:
    """Set `groups.labels`. `vectors`: (n, d), with which the most central titles are found. Groups of one category without a name of
    their own are joined; so are groups with the same subtopic and name, unless they are too large together. Groups that still share a
    name get words that distinguish them.
    """
    names = rule_names(draft.vocabulary)
    labels = [
        _label(groups, group, titles, draft, names) for group, titles in enumerate(_titles(groups, items, vectors))
    ]
    groups.labels = labels
    _join(groups, largest_theme(len(items)))
    _name_rest(groups, items, draft, names)
    _distinguish(groups, items)
    _label_rest(groups, items, draft, names)


def _titles(groups: Groups, items: Sequence[Item], vectors: Matrix) -> list[list[str]]:
    """Return each group's titles, the most central first."""
    found = []
    for rows in groups.members():
        own = vectors[rows]
        closeness = own @ own.sum(axis=0)
        found.append([items[rows[at]].title for at in np.lexsort((np.arange(len(rows)), -closeness))])
    return found


def _label(groups: Groups, group: int, titles: Sequence[str], draft: Draft, names: RuleNames) -> Labels:
    path, subtopic = groups.paths[group], draft.subtopics[groups.subtopics[group]]
    if path is not None and len(set(titles)) < OF_CATEGORY:
        return of_category(groups.names[group], subtopic.labels)
    if named := names.name(titles, subtopic.id):
        return of_category(named, subtopic.labels)
    if path is not None:
        return of_category(groups.names[group], subtopic.labels)
    if alone := of_titles(titles):
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
    """Merge every group into its target and renumber the groups without gaps."""
    for column in (groups.first, groups.second):
        placed = column != NOWHERE
        column[placed] = target[column[placed]]
    same = (groups.first == groups.second) & (groups.first != NOWHERE)
    groups.second[same] = NOWHERE
    groups.keep(np.flatnonzero(target == np.arange(len(target))))


def _name_rest(groups: Groups, items: Sequence[Item], draft: Draft, names: RuleNames) -> None:
    """Add distinguishing things to groups that have the label of their subtopic while it has other groups, if their titles share such
    things.
    """
    members = groups.members()
    beside: defaultdict[str, list[int]] = defaultdict(list)
    for group, subtopic in enumerate(groups.subtopics):
        beside[subtopic].append(group)
    for subtopic, own in beside.items():
        label = dict(draft.subtopics[subtopic].labels)
        rest = {group for group in own if groups.paths[group] is None and groups.labels[group] == label}
        if len(own) < 2 or not rest:
            continue
        titles = [[items[row].title for row in members[group]] for group in own]
        for group, texts, words in zip(own, titles, theme_keywords(titles), strict=True):
            if group in rest:
                telling = names.things(texts, [term for term, _ in words], " ".join(label.values()))
                groups.labels[group] = place_label(label, *map(title_case, telling))


def _distinguish(groups: Groups, items: Sequence[Item]) -> None:
    """Add keywords to all but the largest of groups that share subtopic and label."""
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
                groups.labels[group] = place_label(groups.labels[group], *map(title_case, telling))


def _label_rest(groups: Groups, items: Sequence[Item], draft: Draft, names: RuleNames) -> None:
    """Add examples to groups that still have the label of their subtopic, which says nothing beside it; without any, "various" if the
    subtopic has other themes.
    """
    sizes, rest = Counter(groups.subtopics), in_every_language("rest")
    members = groups.members()
    known: defaultdict[str, str] = defaultdict(str)
    for subtopic, labels in zip(groups.subtopics, groups.labels, strict=True):
        known[subtopic] += f" {' '.join(labels.values())}"
    for group, subtopic in enumerate(groups.subtopics):
        label = dict(draft.subtopics[subtopic].labels)
        if groups.paths[group] is not None or groups.labels[group] != label:
            continue
        if found := names.examples([items[row].title for row in members[group]], subtopic, known[subtopic]):
            groups.labels[group] = place_label(label, *found)
        elif sizes[subtopic] > 1:
            groups.labels[group] = {language: place_label(label, rest[language])[language] for language in label}
