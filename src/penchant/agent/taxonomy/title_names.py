"""Finds the names of things in titles, without a language model.

A name ends with a word that names things: the last word of a term of the vocabulary, or of most titles. "Cake cases" is a name;
"Retrospot", a pattern on many things, is not. If there are only a few titles, only terms of the vocabulary are used.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from penchant.agent.taxonomy.categories import (
    different_titles,
)
from penchant.agent.taxonomy.lexicon import (
    IDLE,
    NEVER_LAST,
    TIMES,
    VERBS,
    WEAK,
    checked_label,
    is_plural,
    shared_han,
    title_case,
    tokens_of,
    words_of,
    written_form,
)
from penchant.characters import LANGUAGES, has_han
from penchant.prompts.terms import names_of, subtopics_of, terms_of, things_of
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.plain import plain

MAX_TITLES = 60
SHARED, PART = 0.6, 0.2  # the shares of the titles that a name must cover, and that each of two names must cover
MIN_TITLES = 3
LONGEST = 4
MIN_EXAMPLE_SHARE = 0.1  # the share of the titles that an example must cover
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
        enough = max(1.0, MIN_EXAMPLE_SHARE * len(texts))
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
        if len(texts) < MIN_TITLES:
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
        """Return the name of the thing that enough of `texts` name, if possible a term of the subtopic; "" if there is none."""
        found = TitleRuns.of(texts, self._terms.get(subtopic, set()))
        best = self._best([run for run in found.shared() if self._is_name(run, found)], found)
        is_phrase = any(word in IDLE for word in best)  # "room to rent" has no plural at its end
        return title_case(written_form(best, texts, None if is_phrase else self._heads))

    def _is_name(self, run: Run, found: "TitleRuns") -> bool:
        """Return whether a run that titles share names a thing: a known one, or one that most titles with the run end with."""
        if run[-1] in VERBS or run[0] in ASKING:
            return False
        if found.titles < MIN_TITLES:
            return run in found.own
        if found.is_known and run in self._all and run not in found.own:
            return False  # the name of things in another place: lip gloss in the shape of a pen is no pen
        if run[-1] in found.own_heads:
            return True
        enough_end = found.ends[run] >= (PART if run[-1] in self._heads else SHARED) * found.holders[run]
        return enough_end and not self._is_cut(run[-1])

    @staticmethod
    def _best(named: Sequence[Run], found: "TitleRuns") -> Run:
        """Return the run that names most exactly what titles share; of many titles, with the words that they have before it."""
        own, holders = found.own, found.holders
        best = max(
            named, key=lambda run: (run[-1] in found.own_heads, run in own, len(run), holders[run], run), default=()
        )
        if not best or found.titles < MIN_TITLES:
            return best
        longer = [run for run in named if len(run) > len(best) and run[-len(best) :] == best]
        return max(longer, key=lambda run: (len(run), holders[run], run), default=best)

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
            enough = 1 if len(texts) < MIN_TITLES else max(2, PART * len(texts))
            if first[-1] != second[-1] and counts[second] >= enough:
                return title_case(
                    f"{written_form(first, texts, self._heads)} & {written_form(second, texts, self._heads)}"
                )
        return ""

    def _han_name(self, texts: Sequence[str], subtopic: str) -> str:
        enough = _enough(len(texts))
        for terms in (self._han.get(subtopic, set()), set[str]().union(*self._han.values())):
            counts = {term: sum(term in text.casefold() for text in texts) for term in terms}
            shared = [term for term, count in counts.items() if count >= enough]
            if shared:
                return max(shared, key=lambda term: (len(term), counts[term], term))
        return shared_han(texts) if len(texts) >= MIN_TITLES else ""


@dataclass(frozen=True)
class TitleRuns:
    """The runs of words in titles: how many titles hold each, and how many end with it.

    `own`: the terms of the titles' subtopic; `own_heads`: the last words of these; `of_here`: how many titles hold one
    of them.
    """

    titles: int
    own: set[Run]
    own_heads: set[str]
    holders: Counter[Run]
    ends: Counter[Run]
    of_here: int

    @classmethod
    def of(cls, texts: Sequence[str], own: set[Run]) -> "TitleRuns":
        """Count the runs of `texts`."""
        holders, ends, of_here = Counter[Run](), Counter[Run](), 0
        for text in texts:
            words = words_of(text)
            runs = _runs(words) + [run for run in own if len(run) > 1 and _within(run, tuple(words))]
            holders.update(set(runs))
            last = next((word for word in reversed(words) if word not in IDLE and word not in NEVER_LAST), "")
            ends.update({run for run in runs if run[-1] == last})
            of_here += any(run in own for run in runs)
        return cls(len(texts), own, {run[-1] for run in own}, holders, ends, of_here)

    @property
    def is_known(self) -> bool:
        """Whether enough titles name things of their subtopic."""
        return self.of_here >= _enough(self.titles)

    def shared(self) -> list[Run]:
        """Return the runs that enough titles hold."""
        return [run for run, count in self.holders.items() if count >= _enough(self.titles)]


def _enough(titles: int) -> int:
    """Return how many of the titles a name must cover."""
    return max(1, math.ceil(SHARED * titles))


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
