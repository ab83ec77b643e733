"""Finds terms of the vocabulary that occur literally in a title.

A longer term scores higher than a shorter one and hides terms within it ("hot water bottle" contains no "water bottle"); a term at
the end of an English title scores higher; the score of a term that belongs to several subtopics is divided by the square root of
their number.
"""

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from penchant.arrays import Ints
from penchant.characters import IDEOGRAPHS, LANGUAGES, has_han
from penchant.prompts.labels import check_label
from penchant.prompts.terms import names_of, subtopics_of, terms_of, things_of
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Matrix, unit_rows
from penchant.store.plain import lower_shouting, plain

SHARED = 0.6
Run = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TOKEN = re.compile(r"[^\W_]+(?:['’-](?!\d+\b)[^\W_]+)*")
_NUMBERED = re.compile(r"[a-z]\d")
_YEAR = re.compile(r"(?<=\d[a-z])\d+\Z")
"""The issue at the end of a series: "2k16" is "2k"."""
LONGEST_UNIT, LONGEST_MODEL = 3, 2
"""Numbers of letters after and before a digit that form no word."""
_OWNED = re.compile(r"['’]s$")
_LISTS = tomllib.loads(files(__package__).joinpath("label_words.toml").read_text("utf-8"))
IDLE, NEVER_LAST, WEAK, MASS, OWNERS, PLURAL_ONLY, NAMES, VERBS, TIMES = (
    frozenset(_LISTS[name].split())
    for name in ("idle", "never_last", "weak", "mass", "owners", "plural_only", "names", "verbs", "times")
)
CHARGES, BEFORE_CHARGES = (frozenset(_LISTS[name].split()) for name in ("charges", "before_charges"))
WHOLE_CHARGES, WHOLE_NAMES = (
    frozenset(" ".join(phrase.split()) for phrase in _LISTS[name].split(","))
    for name in ("whole_charges", "whole_names")
)
_CHARGES_HAN, _WITH_CHARGES_HAN = (_LISTS[name].split() for name in ("charges_han", "with_charges_han"))
IRREGULAR: dict[str, str] = dict(zip(_LISTS["irregular"].split()[::2], _LISTS["irregular"].split()[1::2], strict=True))
_SINGULARS = {plural: word for word, plural in IRREGULAR.items()}
_MASS_ENDINGS = tuple(_LISTS["mass_endings"].split())
IDLE_HAN = frozenset("的了和与在是及等或为我你他她它们这那有不也都很就到给把被让吗呢吧啊一个款件套装新版请想要")
_SMALL_WORDS = frozenset(["and", "or", "of", "the", "for", "in", "with", "on", "to", "a", "an", "at", "by", "from"])


def title_case(text: str) -> str:
    """Return `text` in title case: each word capitalised, except small words after the first."""
    words = [word if _has_inner_capital(word) else word[:1].upper() + word[1:] for word in text.split()]
    return " ".join(word.lower() if at and word.lower() in _SMALL_WORDS else word for at, word in enumerate(words))


def _has_inner_capital(word: str) -> bool:
    """Return whether a word is written like an abbreviation or a brand: "SEO", "iPhone"."""
    return any(map(str.isupper, word[1:]))


def words_of(title: str) -> list[str]:
    """Return the words of a title, folded and in the singular, without possessive endings ("NASA's" is "nasa"), numbers and codes."""
    return [stem_of(word) for word in written_words(title)]


def written_words(title: str) -> list[str]:
    """Return the words of a title as `words_of`, but as they are written apart from case: "cats" stays "cats"."""
    return [_OWNED.sub("", word[0]) for word in _WORD.finditer(title.casefold()) if not _is_code(word)]


def tokens_of(title: str, *, whole: bool = True) -> list[str]:
    """Return the words, numbers and codes of a title, folded: "PS5 2 pads" is "ps5", "2", "pad". `whole`: "Jet2" is no "jet"."""
    tokens = []
    for token in _TOKEN.finditer(title.casefold()):
        words = [] if whole and _NUMBERED.search(token[0]) else words_of(token[0])
        tokens += words or [_YEAR.sub("", token[0])]
    return tokens


def _is_code(word: re.Match[str]) -> bool:
    """Return whether a few letters stand beside a digit: the unit in "500g", the model in "A4"."""
    is_unit = word.string[: word.start()][-1:].isdigit() and len(word[0]) <= LONGEST_UNIT
    is_model = word.string[word.end() :][:1].isdigit() and len(word[0]) <= LONGEST_MODEL
    return (is_unit or is_model) and not has_han(word[0])


def stem_of(word: str) -> str:
    """Return the form under which all forms of a word are counted: singular, without a possessive ending."""
    return singular(_OWNED.sub("", word))


def is_charge(title: str) -> bool:
    """Return whether a title names a charge on a bill instead of goods: postage, bank charges, a price difference."""
    text = plain(title)
    if any(term in text for term in _CHARGES_HAN):
        for term in sorted((*_CHARGES_HAN, *_WITH_CHARGES_HAN), key=len, reverse=True):
            text = text.replace(term, "")
        return not _WORD.search(text)
    words = words_of(text)
    if " ".join(words) in WHOLE_CHARGES:
        return True
    return bool(words) and words[-1] in CHARGES and BEFORE_CHARGES.issuperset(words[:-1])


def written_form(run: Run, titles: Sequence[str], countable: Collection[str] | None = ()) -> str:
    """Return the run as the titles write it, without all-capitals. The last word is put in the plural if it is a common noun: written in
    lower case, or in `countable`. None for `countable`: no plural, as for names ("Nintendo Switch").
    """
    if not run:
        return ""
    seen: dict[str, Counter[str]] = {word: Counter() for word in run}
    for title in titles:
        for word in _WORD.findall(lower_shouting(title)):
            if (stem := stem_of(word.casefold())) in seen:
                seen[stem][word] += 1
    forms = [max(counts, key=lambda form: (counts[form], form), default=word) for word, counts in seen.items()]
    is_name = countable is None or " ".join(forms).casefold() in WHOLE_NAMES
    is_common = not is_name and (forms[-1].islower() or run[-1] in (countable or ()))
    if is_common and not is_plural(forms[-1]):
        forms[-1] = plural_of(forms[-1])
    return " ".join(forms)


def is_plural(word: str) -> bool:
    """Return whether a word, or the last one of a name, is a plural."""
    word = word.rsplit(maxsplit=1)[-1]
    return singular(word.casefold()) != word.casefold() and word.casefold() not in OWNERS


def singular(word: str) -> str:
    """Return the singular of an English noun, by its ending."""
    if word in _SINGULARS:
        return _SINGULARS[word]
    is_plural = len(word) >= 4 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as"))
    if not is_plural or word in PLURAL_ONLY:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "zzes")) else word[:-1]


def plural_of(word: str) -> str:
    """Return the plural of an English noun, by its ending; words without a plural stay as they are."""
    lower = word.casefold()
    if lower in IRREGULAR:
        return IRREGULAR[lower]
    has_none = lower.endswith((*_MASS_ENDINGS, "fish")) and not (
        lower.endswith("ss") and not lower.endswith(("ness", "less"))
    )
    if lower in MASS or lower in NAMES or has_none or _has_inner_capital(word) or not lower.isascii():
        return word
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("ch", "sh", "ss", "x", "z")) else "s")


def shared_han(titles: Sequence[str]) -> str:
    """Return the longest run of 2 to 6 ideographs that enough titles contain; "" if there is none."""
    holders: Counter[str] = Counter()
    for title in titles:
        holders.update({gram for run in IDEOGRAPHS.findall(title) for gram in _grams(run)})
    enough = max(math.ceil(SHARED * len(titles)), min(2, len(titles)))
    shared = [gram for gram, count in holders.items() if count >= enough]
    return max(shared, key=lambda gram: (len(gram), holders[gram], gram), default="") if len(titles) > 1 else ""


def _grams(run: str) -> Iterable[str]:
    for size in range(2, 7):
        for start in range(len(run) - size + 1):
            gram = run[start : start + size]
            if IDLE_HAN.isdisjoint((gram[0], gram[-1])):
                yield gram


def checked_label(label: str) -> str:
    """Return `label` if it is a valid label, else ""."""
    try:
        return check_label(label) if label else ""
    except ValueError:
        return ""


ENGLISH_ONLY = ("minilm",)
"""Embedders that understand no script but the Latin one, by the start of their names."""
_FOREIGN, _LETTER = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f]"), re.compile(r"[^\W\d_]")


def reads(embedder: str, text: str) -> bool:
    """Return whether the embedder with this name supports the language of `text`.

    None supports a text without letters, for which embedders return a vector like any other.
    """
    if not _LETTER.search(text):
        return False
    if not embedder.startswith(ENGLISH_ONLY):
        return True
    return 3 * len(_FOREIGN.findall(text)) < len(text.replace(" ", ""))


def comparable_vectors(titles: Sequence[str], vectors: Matrix, embedder: str) -> tuple[NDArray[np.bool_], Matrix]:
    """Return which of `titles` the embedder supports, and vectors (n, d) by which all can be compared: the given ones for supported
    titles, for others vectors of their characters.
    """
    read = np.array([reads(embedder, title) for title in titles], bool)
    if read.all():
        return read, vectors
    own = vectors.copy()
    own[~read] = character_vectors(
        [title for title, known in zip(titles, read, strict=True) if not known], own.shape[1]
    )
    return read, own


def character_vectors(titles: Sequence[str], dimensions: int) -> Matrix:
    """Return hashed counts of single characters and pairs: shape (n, dimensions), unit rows."""
    from sklearn.feature_extraction.text import HashingVectorizer

    hashed = HashingVectorizer(analyzer="char", ngram_range=(1, 2), n_features=dimensions, norm=None)
    return unit_rows(hashed.transform(titles).toarray())


PER_WORD, AT_END, PER_CHARACTER = 0.7, 0.5, 0.35
AFTER_PREPOSITION = 0.5
"""Factor for a term after a preposition: a "pen in gift box" is a pen."""
PREPOSITIONS = frozenset(["in", "with", "w", "for"])
Found = tuple[int, int, float, tuple[int, ...]]
"""Start, end, score, subtopics."""


@lru_cache(maxsize=4)
def lexicon_of(vocabulary: Vocabulary) -> "Lexicon":
    """Return the lexicon of a vocabulary, cached because making it takes a tenth of a second."""
    return Lexicon(vocabulary)


@dataclass(frozen=True)
class Hits:
    """The subtopics whose terms occur in n titles, title after title: those of title *i* are at `starts[i]` to `starts[i + 1]` in
    `owners` and `scores`. `size`: the number of subtopics.
    """

    starts: Ints
    owners: NDArray[np.int32]
    scores: NDArray[np.float32]
    size: int

    def table(self, rows: Ints) -> NDArray[np.float32]:
        """Return the scores of these titles: shape (k, subtopics), 0 for a subtopic without a term in the title."""
        counts = self.starts[rows + 1] - self.starts[rows]
        line = np.repeat(np.arange(len(rows)), counts)
        at = np.arange(len(line)) + np.repeat(self.starts[rows] - (np.cumsum(counts) - counts), counts)
        found = np.zeros((len(rows), self.size), np.float32)
        found[line, self.owners[at]] = self.scores[at]
        return found


class Lexicon:
    """The terms of a vocabulary, by words or, for terms with Chinese, by characters. Immutable."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.size = len(subtopics_of(vocabulary))
        words: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        han: defaultdict[str, set[int]] = defaultdict(set)
        things: set[str] = set()
        for index, (_, subtopic) in enumerate(subtopics_of(vocabulary)):
            terms = [term for language in LANGUAGES for term in terms_of(subtopic, language)] + things_of(subtopic)
            for term in (*terms, *names_of(subtopic)):
                if has_han(term):
                    han[term].add(index)
                elif key := tuple(tokens_of(term)):
                    words[key].add(index)
            things.update(tokens[-1] for term in terms if not has_han(term) and (tokens := tokens_of(term)))
        self._words = {key: tuple(sorted(owners)) for key, owners in words.items()}
        self._han = {key: tuple(sorted(owners)) for key, owners in han.items()}
        self._longest, self._longest_han = max(map(len, words), default=0), max(map(len, han), default=0)
        self.things = frozenset(things)

    def hits(self, titles: Sequence[str]) -> "Hits":
        """Return the subtopics whose terms occur in each title, with scores: 1 or more, less after prepositions and of shared terms."""
        starts, owners, scores = [0], list[int](), list[float]()
        for title in titles:
            best: dict[int, float] = {}
            for _, _, score, named in self._in_title(title) + self._in_han(title):
                for owner in named:
                    best[owner] = max(best.get(owner, 0.0), score / len(named) ** 0.5)
            owners += best.keys()
            scores += best.values()
            starts.append(len(owners))
        return Hits(np.array(starts), np.array(owners, np.int32), np.array(scores, np.float32), self.size)

    def _in_title(self, title: str) -> list[Found]:
        """Return the terms in the words of a title. Numbers are skipped unless the term has one: "iPhone 13 case" has "iphone case"."""
        found = self._in_words([token for token in tokens_of(title, whole=False) if not token.isdigit()])
        if any(map(str.isdigit, title)):
            tokens = tokens_of(title)
            numbered = [any(map(str.isdigit, token)) for token in tokens]
            found += [match for match in self._in_words(tokens) if any(numbered[match[0] : match[1]])]
        return found

    def _in_words(self, words: Sequence[str]) -> list[Found]:
        named = next((at for at, word in enumerate(words) if at and word in PREPOSITIONS), len(words))

        def score(start: int, end: int) -> float:
            spoken = 1 + PER_WORD * (end - start - 1) + AT_END * (end == named)
            return spoken if start < named else AFTER_PREPOSITION * spoken

        found = [
            (start, end, score(start, end), owners)
            for start in range(len(words))
            for end in range(start + 1, min(start + self._longest, len(words)) + 1)
            if (owners := self._words.get(tuple(words[start:end])))
        ]
        return _longest(found)

    def _in_han(self, title: str) -> list[Found]:
        text = re.sub(r"\s+", " ", title.casefold())
        if not has_han(text):
            return []
        found = [
            (start, end, 1 + PER_CHARACTER * (end - start - 2), owners)
            for start in range(len(text))
            for end in range(start + 1, min(start + self._longest_han, len(text)) + 1)
            if (owners := self._han.get(text[start:end]))
        ]
        return _longest(found)


def _longest(found: list[Found]) -> list[Found]:
    return [
        match
        for match in found
        if not any(
            other[0] <= match[0] and match[1] <= other[1] and other[1] - other[0] > match[1] - match[0]
            for other in found
        )
    ]
