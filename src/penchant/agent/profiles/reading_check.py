"""Checks that what a model writes about a user mentions only what is in the profile.

Every word must be a word that names nothing (`reading_words.toml`) or occur in a passage: an interest with one of its titles, or a
statement. Adjacent words must occur in the same passage, so that a red pot and a paper lamp do not become a "red lamp". Words that
claim more ("buys", "lately", "never") need a passage that proves the claim, and a disliked thing must not be described as liked. A
sentence that is not supported is refused, not corrected.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import groupby

from penchant.agent.taxonomy.lexicon import singular
from penchant.characters import HAN, IDEOGRAPHS
from penchant.prompts.labels import speaks

_WORDS = tomllib.loads(files(__package__).joinpath("reading_words.toml").read_text("utf-8"))
PLAIN = {language: frozenset(words.split()) for language, words in _WORDS["plain"].items()}
CLAIMS: dict[str, dict[str, frozenset[str]]] = {
    language: {proof: frozenset(words.split()) for proof, words in claims.items()}
    for language, claims in _WORDS["claims"].items()
}
WORDS_WITHOUT_NAME = {"en": PLAIN["en"].union(*CLAIMS["en"].values())}
"""By language of the sentence. For Chinese, such words are found within runs of ideographs; a Latin word always counts as a name."""
LONGEST_SPAN = 14
JOINING = frozenset(["a", "an", "and", "for", "in", "of", "on", "or", "s", "the", "to", "with"])
"""Words of a label that name nothing."""
_TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+|[^\w\s'’-]")


@dataclass(frozen=True)
class Passage:
    """Texts that may be mentioned together, and the claims they prove. `interest`: its number; None for a statement."""

    texts: tuple[str, ...]
    proves: frozenset[str] = frozenset()
    interest: int | None = None

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for text in self.texts for stem in stems_of(text))

    def holds(self, part: str) -> bool:
        """Return whether `part` occurs in a text. A single ideograph counts only if it is the whole text."""
        return part in self.texts if len(part) == 1 else any(part in text for text in self.texts)


@dataclass(frozen=True)
class _Run:
    """A span of a sentence and the passages (positions) that contain all of it."""

    text: str
    passages: frozenset[int]


def stems_of(text: str) -> list[str]:
    """Return the stems of the words of a text, for comparison: "Gardening" and "gardens" have the same stem."""
    return [_stem(word) for word in re.findall(rf"[^\W_{HAN}]+", text.casefold())]


def _stem(word: str) -> str:
    word = singular(word.casefold())
    for ending in ("ing", "ed", "er"):
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 4 else word


def unsupported_claim(sentence: str, passages: Sequence[Passage], language: str) -> str | None:
    """Return a description of what `sentence` says that no passage supports; None if it is fully supported."""
    if not speaks(sentence, language):
        return "it is in another language"
    try:
        runs, claimed = _read(sentence, passages, language)
    except _UnsupportedError as error:
        return f"“{error}” is not in the profile"
    if not runs:
        return "it says nothing of the profile"
    proven = {proof for run in runs for at in run.passages for proof in passages[at].proves}
    if claimed - proven:
        return f"nothing that it names is {min(claimed - proven)}"
    return _polarity_fault(runs, passages, is_denial="disliked" in claimed)


def _polarity_fault(runs: Sequence[_Run], passages: Sequence[Passage], *, is_denial: bool) -> str | None:
    """Return a description of the first span that is described as liked but is disliked, or the reverse; None if there is none."""
    opposed = [run.text for run in runs if all("disliked" in passages[at].proves for at in run.passages)]
    wrong = [run.text for run in runs if run.text not in opposed] if is_denial else opposed
    return f"“{wrong[0]}” is told as {'disliked' if is_denial else 'liked'}" if wrong else None


def fits_titles(label: str, path: Sequence[str], titles: Sequence[str], language: str) -> bool:
    """Return whether `label` is narrower than the last label of `path` and consists of words of the path and words that occur in at
    least half of `titles`.
    """
    if not titles or not speaks(label, language) or label.casefold() in {part.casefold() for part in path}:
        return False
    least = max(1, -(-len(titles) // 2))
    in_path, in_titles = {stem for part in path for stem in stems_of(part)}, [set(stems_of(title)) for title in titles]

    def common(part: str) -> frozenset[int]:
        shared = any(part in above for above in path) or sum(part in title for title in titles) >= least
        return frozenset({0}) if shared and len(part) > 1 else frozenset()

    try:
        for run in IDEOGRAPHS.findall(label):
            _covered(run, frozenset("的和与"), frozenset(), common)
    except _UnsupportedError:
        return False
    words = [word for word in re.findall(rf"[^\W_{HAN}]+", label.casefold()) if word not in JOINING]
    stems = {_stem(word) for word in words}
    return all(stem in in_path or sum(stem in own for own in in_titles) >= least for stem in stems)


class _UnsupportedError(Exception):
    """Raised for words that occur in no passage."""


def _read(sentence: str, passages: Sequence[Passage], language: str) -> tuple[list[_Run], set[str]]:
    """Return the spans that must occur in passages, and the claims made by the words between them. Raises `_UnsupportedError`."""
    runs: list[_Run] = []
    claimed: set[str] = set()
    for is_name, group in groupby(_tokens(sentence, language), lambda token: token.is_name):
        tokens = list(group)
        if is_name:
            stems = {_stem(token.text) for token in tokens}
            holders = frozenset(at for at, passage in enumerate(passages) if stems <= passage.stems)
            if not holders:
                raise _UnsupportedError(" ".join(token.text for token in tokens))
            runs.append(_Run(" ".join(token.text for token in tokens), holders))
            continue
        for token in tokens:
            claimed |= _claims_of(token.text, language)
            if IDEOGRAPHS.fullmatch(token.text):
                found, words = _ideograph_parts(token.text, passages)
                runs += found
                claimed |= {proof for word in words for proof in _claims_of(word, "zh")}
    return runs, claimed


@dataclass(frozen=True)
class _Token:
    text: str
    is_name: bool


def _tokens(sentence: str, language: str) -> Iterator[_Token]:
    for text in _TOKEN.findall(sentence):
        is_word = text[0].isalnum() and not IDEOGRAPHS.match(text)
        yield _Token(text, is_word and text.casefold() not in WORDS_WITHOUT_NAME.get(language, frozenset()))


def _claims_of(word: str, language: str) -> set[str]:
    claims = CLAIMS.get(language, CLAIMS["en"])
    return {proof for proof, words in claims.items() if word.casefold() in words}


def _ideograph_parts(text: str, passages: Sequence[Passage]) -> tuple[list[_Run], list[str]]:
    """Split a run of ideographs into spans of passages and the words between them. Raises `_UnsupportedError`."""

    def holders(part: str) -> frozenset[int]:
        return frozenset(at for at, passage in enumerate(passages) if passage.holds(part))

    claims = frozenset(word for words in CLAIMS["zh"].values() for word in words)
    parts = _covered(text, PLAIN["zh"], claims, holders)
    return [part for part in parts if isinstance(part, _Run)], [part for part in parts if isinstance(part, str)]


_Part = _Run | str
_Cover = tuple[tuple[int, int], tuple[_Part, ...]]
"""A cover: its cost (number of spans, number of ideographs left to words) and its parts."""


def _covered(
    text: str, plain: frozenset[str], claims: frozenset[str], holders: Callable[[str], frozenset[int]]
) -> tuple[_Part, ...]:
    """Split `text` into words that name nothing and spans that occur in a passage. Adjacent spans must share a passage. Returns the
    split with the fewest spans. Raises `_UnsupportedError`.
    """
    # covers[end]: the best cover up to `end`, by the passages of its last span (None if it ends with a word).
    covers: list[dict[frozenset[int] | None, _Cover]] = [{None: ((0, 0), ())}, *({} for _ in text)]
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - LONGEST_SPAN), end):
            part = text[start:end]
            is_word = part in plain or part in claims
            places = holders(part)
            for before, ((spans, left), parts) in covers[start].items():
                if is_word:
                    _keep_cheaper(covers[end], None, ((spans, left + len(part)), (*parts, part)))
                both = places if before is None else places & before
                if both:
                    _keep_cheaper(covers[end], both, ((spans + 1, left), (*parts, _Run(part, both))))
    if not covers[-1]:
        raise _UnsupportedError(text)
    return min(covers[-1].values(), key=lambda cover: cover[0])[1]


def _keep_cheaper(covers: dict[frozenset[int] | None, _Cover], key: frozenset[int] | None, cover: _Cover) -> None:
    if key not in covers or cover[0] < covers[key][0]:
        covers[key] = cover
