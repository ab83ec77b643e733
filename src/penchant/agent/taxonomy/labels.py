"""Names themes without a language model: by the thing that at least 60 % of the titles name, else by the theme's place.

A label ends with a word that names things: the last word of a term of the vocabulary, or of most titles. "Cake cases" is a label.
"Retrospot", a pattern on many things, is not, so its theme is named "Kitchen & Dining: Retrospot". If there are only a few titles,
only terms of the vocabulary are used.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from penchant.agent.taxonomy.categories import (
    Draft,
    different_titles,
    in_every_language,
    of_category,
    of_titles,
    place_label,
)
from penchant.agent.taxonomy.clusters import largest_theme
from penchant.agent.taxonomy.grouping import Groups
from penchant.agent.taxonomy.lexicon import (
    IDLE,
    NEVER_LAST,
    TIMES,
    VERBS,
    WEAK,
    checked_label,
    is_plural,
    shared_han,
    theme_keywords,
    title_case,
    tokens_of,
    words_of,
    written_form,
)
from penchant.agent.taxonomy.taxonomy import NOWHERE
from penchant.characters import LANGUAGES, has_han
from penchant.prompts.terms import names_of, subtopics_of, terms_of, things_of
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Matrix
from penchant.store.item import Item
from penchant.store.plain import plain

MAX_TITLES = 60
SHARED, PART = 0.6, 0.2  # the shares of the titles that a name must cover, and that each of two names must cover
FEW = 3
LONGEST = 4
OF_EXAMPLE = 0.1  # the share of the titles that an example must cover
ASKING = frozenset(["why", "how", "what", "who", "where", "when", "which"])
"""First words of questions, which name no thing."""
Run = tuple[str, ...]


class RuleNames:
    """Finds names in the words of titles. The terms of `vocabulary` decide which words name things."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._terms: dict[str, set[Run]] = {}
        self._named: dict[str, set[Run]] = {}
        self._han: dict[str, set[str]] = {}
        self._named_han: dict[str, set[str]] = {}
        for _, subtopic in subtopics_of(vocabulary):
            terms = [term for language in LANGUAGES for term in terms_of(subtopic, language)] + things_of(subtopic)
            self._terms[subtopic.id] = _runs_of(terms)
            self._named[subtopic.id] = self._terms[subtopic.id] | _runs_of(names_of(subtopic))
            self._han[subtopic.id] = {term for term in terms if has_han(term)}
            self._named_han[subtopic.id] = {term for term in (*terms, *names_of(subtopic)) if has_han(term)}
        self._all = set[Run]().union(*self._terms.values())
        self._heads = Counter(run[-1] for own in self._terms.values() for run in own)

    def name(self, titles: Sequence[str], subtopic: str = "") -> str:
        """Return a name for `titles` (untrusted, most typical first) in their own language; "" if they share none."""
        texts = [text for text in map(plain, titles[:MAX_TITLES]) if text]
        if 2 * sum(has_han(text) for text in texts) > len(texts):
            return checked_label(self._han_name(texts, subtopic))
        texts = list(different_titles(texts))
        return checked_label(self._shared(texts, subtopic) or self._two(texts, subtopic))

    def things(self, titles: Sequence[str], words: Sequence[str], known: str) -> list[str]:
        """Return up to two of `words` that name what at least a fifth of the titles are: words that end terms of the vocabulary, and
        most of the titles that contain them. `known`: an existing name; words in it are skipped.
        """
        texts = [words_of(plain(title)) for title in titles]
        enough = max(2.0, PART * len(texts))
        found = []
        for word in words:
            holding = [text for text in texts if word in text]
            ends = sum(text[-1] == word for text in holding)
            is_thing = word in self._heads and 2 * ends >= len(holding) >= enough
            if is_thing and word not in known.casefold():
                found.append(word)
        return found[:2]

    def examples(self, titles: Sequence[str], subtopic: str, known: str) -> list[str]:
        """Return one or two things, works or makers of `subtopic` that several of `titles` name ("Sofa", "Bed Frame"). `known`: existing
        names; what is in them is skipped.
        """
        texts = [text for text in map(plain, titles[:MAX_TITLES]) if text]
        counts = Counter(name for text in texts for name in self._named_in(text, subtopic))
        enough = max(1.0, OF_EXAMPLE * len(texts))
        telling = [
            name for name, count in counts.items() if count >= enough and name.casefold() not in known.casefold()
        ]
        found: list[str] = []
        for name in sorted(telling, key=lambda name: (-counts[name], name)):
            is_alike = not found or is_plural(name) == is_plural(found[0])  # "degree" beside "universities" reads badly
            is_new = is_alike and not any(_overlap(name, other) for other in found)
            if is_new and checked_label(", ".join([*found, name])):
                found.append(name)
        return found[:2]

    def _named_in(self, text: str, subtopic: str) -> set[str]:
        """Return the longest terms and names of a subtopic in a title, as it writes them."""
        if has_han(text):
            terms = {term for term in self._named_han.get(subtopic, set()) if term in text.casefold()}
            return {term for term in terms if not any(term != other and term in other for other in terms)}
        words = words_of(text)
        runs = {tuple(words[at : at + size]) for size in range(1, LONGEST + 1) for at in range(len(words) - size + 1)}
        found = {run for run in runs & self._named.get(subtopic, set()) if _is_example(run)}
        longest = {run for run in found if not any(_within(run, other) for other in found)}
        return {title_case(" ".join(written_form((word,), [text], None) for word in run)) for run in longest}

    def modifier(self, titles: Sequence[str]) -> str:
        """Return the most frequent word that at least 60 % of `titles` share, even if it names no thing ("Enamel"); "" if there is none."""
        texts = different_titles([text for text in map(plain, titles[:MAX_TITLES]) if text])
        if len(texts) < FEW:
            return ""
        counts = Counter(
            run
            for text in texts
            for run in {(word,) for word in words_of(text) if word not in IDLE | TIMES and len(word) > 2}
        )
        shared = [run for run, count in counts.items() if count >= SHARED * len(texts)]
        best = max(shared, key=lambda run: (len(run), counts[run], run), default=())
        return checked_label(title_case(written_form(best, texts, None)))

    def _shared(self, texts: Sequence[str], subtopic: str) -> str:
        own = self._terms.get(subtopic, set())
        own_heads = {run[-1] for run in own}
        holders: Counter[Run] = Counter()
        ends: Counter[Run] = Counter()
        of_here = 0
        for text in texts:
            words = words_of(text)
            runs = _runs(words) + [run for run in own if len(run) > 1 and _within(run, tuple(words))]
            holders.update(set(runs))
            last = next((word for word in reversed(words) if word not in IDLE and word not in NEVER_LAST), "")
            ends.update({run for run in runs if run[-1] == last})
            of_here += any(run in own for run in runs)
        enough = max(1, math.ceil(SHARED * len(texts)))
        few, is_known = len(texts) < FEW, of_here >= enough

        def names(run: Run) -> bool:
            if run[-1] in VERBS or run[0] in ASKING:
                return False
            if few:
                return run in own
            if is_known and run in self._all and run not in own:
                return False  # the name of things in another place: lip gloss in the shape of a pen is no pen
            if run[-1] in own_heads:
                return True
            enough_end = ends[run] >= (PART if run[-1] in self._heads else SHARED) * holders[run]
            return enough_end and not self._is_cut(run[-1])

        shared = [run for run, count in holders.items() if count >= enough and names(run)]
        best = max(shared, key=lambda run: (run[-1] in own_heads, run in own, len(run), holders[run], run), default=())
        longer = (
            [run for run in shared if len(run) > len(best) and run[-len(best) :] == best] if best and not few else []
        )
        best = max(longer, key=lambda run: (len(run), holders[run], run), default=best)
        is_phrase = any(word in IDLE for word in best)  # "room to rent" has no plural at its end
        return title_case(written_form(best, texts, None if is_phrase else self._heads))

    def _is_cut(self, word: str) -> bool:
        """Return whether a word is the beginning of a known word, cut off by the title ("necklac")."""
        return len(word) >= 4 and any(head != word and head.startswith(word) for head in self._heads)

    def _two(self, texts: Sequence[str], subtopic: str) -> str:
        """Return a name of two things, if both are frequent and together cover enough of `texts`."""
        own = self._terms.get(subtopic, set())
        named: list[set[Run]] = []
        for text in texts:
            runs = [run for run in _runs(words_of(text)) if run in own]
            named.append({run for run in runs if not any(_within(run, other) for other in runs)})
        counts = Counter(run for runs in named for run in runs)
        best = sorted(counts, key=lambda run: (-counts[run], run))
        for second in best[1:6]:
            first = best[0]
            together = sum(first in runs or second in runs for runs in named)
            if together < SHARED * len(texts):
                continue
            if "".join(first) == "".join(second):  # "keyring", "key ring"
                return title_case(written_form(first, texts, self._heads))
            enough = 1 if len(texts) < FEW else max(2, PART * len(texts))
            if first[-1] != second[-1] and counts[second] >= enough:
                return title_case(
                    f"{written_form(first, texts, self._heads)} & {written_form(second, texts, self._heads)}"
                )
        return ""

    def _han_name(self, texts: Sequence[str], subtopic: str) -> str:
        enough = max(1, math.ceil(SHARED * len(texts)))
        for terms in (self._han.get(subtopic, set()), set[str]().union(*self._han.values())):
            counts = {term: sum(term in text.casefold() for text in texts) for term in terms}
            shared = [term for term, count in counts.items() if count >= enough]
            if shared:
                return max(shared, key=lambda term: (len(term), counts[term], term))
        return shared_han(texts) if len(texts) >= FEW else ""


def shared_label(titles: Sequence[str]) -> str:
    """Return a name for `titles` of unknown place, by the terms of the built-in vocabulary; "" if they share none."""
    return rule_names(Vocabulary.load()).name(titles)


@lru_cache(maxsize=4)
def rule_names(vocabulary: Vocabulary) -> RuleNames:
    """Return the `RuleNames` of a vocabulary, cached because making them takes a tenth of a second."""
    return RuleNames(vocabulary)


def _runs(words: Sequence[str]) -> list[Run]:
    """Return every run of one to four significant words that may be a name. Runs that contain a word twice are left out."""
    telling = [word not in IDLE and len(word) > 2 for word in words]
    return [
        tuple(words[start : start + size])
        for size in range(1, LONGEST + 1)
        for start in range(len(words) - size + 1)
        if all(telling[start : start + size])
        and _may_end(words[start + size - 1], size)
        and len(set(words[start : start + size])) == size
    ]


def _may_end(word: str, size: int) -> bool:
    """Return whether a run of `size` words may end with this word: one that names a thing and does not describe it."""
    return word not in NEVER_LAST | VERBS and not word.endswith("ed") and (size > 1 or word not in WEAK)


def _runs_of(terms: Iterable[str]) -> set[Run]:
    """Return the words of terms without digits and ideographs; "A&E" has no word."""
    runs = {tuple(words_of(term)) for term in terms if not has_han(term) and words_of(term) == tokens_of(term)}
    return {run for run in runs if any(len(word) > 1 for word in run)}


def _is_example(run: Run) -> bool:
    """Return whether a run says what is in a theme: no question, no part of a whole ("season") and no short abbreviation ("EDP")."""
    return run[0] not in ASKING and not IDLE.issuperset(run) and (len(run) > 1 or len(run[0]) > 3)


def _overlap(name: str, other: str) -> bool:
    return name in other or other in name or not (set(words_of(name)) - IDLE).isdisjoint(words_of(other))


def _within(run: Run, other: Run) -> bool:
    return len(run) < len(other) and any(other[at : at + len(run)] == run for at in range(len(other) - len(run) + 1))


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
