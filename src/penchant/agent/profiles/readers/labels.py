"""A label for a group without a model: the words its texts share.

English and other spaced scripts: the pair of neighbouring words, or the word, that most texts hold. Chinese: the longest run of characters
that most texts hold. Without anything shared, the most telling text speaks for the rest.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files

from penchant.prompts.fence import shorten
from penchant.prompts.replies import check_label
from penchant.store.plain import plain

MAX_TEXTS = 40
ENOUGH_TEXTS = 3
Term = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_COUNTED = re.compile(r"^(?:(?:set|pack|box|bundle|s)\s*(?:/|of)?\s*)?\d+\s+(?=\D)", re.IGNORECASE)
"""How many of it there are, said first: "12 ", "Set of 6 ", "SET/4 ", "Pack of 20 "."""
_HAN = re.compile(r"[\u3400-\u9fff]+")

_WORDS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(files(__package__).joinpath("label_words.toml").read_text("utf-8")).items()
}
_IDLE, _NEVER_LAST, _MASS, _HEADS, _OWNERS = (
    _WORDS[name] for name in ("idle", "never_last", "mass", "heads", "owners")
)
_MASS_ENDINGS = ("ing", "ery", "ware", "wear", "ness", "ics", "ance", "ence", "ism", "ity", "ment", "age", "s", "care")
_IDLE_HAN = frozenset("的了和与在是及等或为我你他她它们这那有不也都很就到给把被让吗呢吧啊一个款件套装新版请想要")


def label_of(texts: Sequence[str], language: str = "en") -> str:
    """A short label for what `texts` (most telling first, untrusted) have in common."""
    said = [text for text in map(plain, texts[:MAX_TEXTS]) if text]
    in_han = 2 * sum(bool(_HAN.search(text)) for text in said) > len(said)
    return _checked(_shared_han(said) if in_han else _shared_words(_different(said))) or _by_example(said, language)


def _different(texts: Sequence[str]) -> Sequence[str]:
    """One text for all that hold the same words, so that variants of one thing do not outvote the rest; all where too few remain."""
    by_words = {frozenset(map(_singular, _words(text))): text for text in reversed(texts)}
    different = list(by_words.values())[::-1]
    return different if len(different) >= ENOUGH_TEXTS else texts


def _floor(texts: int) -> int:
    """In how many texts a term must be to speak for all: two, or a third of them."""
    return max(2, -(-texts // 3))


def _shared_words(texts: Sequence[str]) -> str:
    """The run of one to three words that most texts hold; a longer run wins when it speaks for nearly as many (a pair for half as many)."""
    held: Counter[Term] = Counter()
    place: dict[Term, int] = {}
    for text in texts:
        runs = _runs([_singular(word) for word in _words(text)])
        held.update(runs.keys())
        place |= runs
    floor = _floor(len(texts))
    best: Term = ()
    for size, enough in ((1, 0.0), (2, 0.5), (3, 0.75)):
        # English puts the head noun last, so of equals the later one is taken.
        top = max(
            (term for term in held if len(term) == size), key=lambda term: (held[term], place[term], term), default=()
        )
        if top and held[top] >= max(floor, enough * held[best]):
            best = top
    return _surface(best, texts)


def _runs(words: list[str]) -> dict[Term, int]:
    """Every run of one to three telling words that may be a label, and where it starts."""
    telling = [word not in _IDLE and len(word) > 1 for word in words]
    return {
        tuple(words[start : start + size]): start
        for size in (1, 2, 3)
        for start in range(len(words) - size + 1)
        if all(telling[start : start + size])
        and words[start + size - 1] not in _NEVER_LAST
        and len(set(words[start : start + size])) == size
    }


def _surface(term: Term, texts: Sequence[str]) -> str:
    """The term as the texts write it, shouting aside; a last word that names things is put in the plural."""
    if not term:
        return ""
    seen: dict[str, Counter[str]] = {word: Counter() for word in term}
    ends: Counter[str] = Counter()
    held = 0
    for text in texts:
        words = _WORD.findall(_calm(text))
        ends[next((_singular(word.casefold()) for word in reversed(words) if word.casefold() not in _IDLE), "")] += 1
        held += term[-1] in map(_singular, map(str.casefold, words))
        for word in words:
            if (stem := _singular(word.casefold())) in seen:
                seen[stem][word] += 1
    forms = [max(counts, key=lambda form: (counts[form], form), default=word) for word, counts in seen.items()]
    if len(forms) == 2 and _is_plural(forms[0]) and not _is_plural(forms[1]):
        forms.reverse()  # "TINS PANTRY" are pantry tins
    elif len(term) == 1 and (many := [form for form in seen[term[0]] if _is_plural(form)]):
        forms = [max(many, key=lambda form: (seen[term[0]][form], form))]
    elif forms[-1].islower() and (term[-1] in _HEADS or ends[term[-1]] > held / 2):
        forms[-1] = _plural(forms[-1])
    return _capitalised(" ".join(forms))


def _calm(text: str) -> str:
    """A shouted title in lower case; a stray small letter in it ("250g", "TRADITIONAl") does not make it spoken."""
    letters = [character for character in text if character.isalpha()]
    return text.lower() if sum(map(str.isupper, letters)) > 0.7 * len(letters) else text


def _is_plural(word: str) -> bool:
    return _singular(word.casefold()) != word.casefold() and word.casefold() not in _OWNERS


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "zzes")) else word[:-1]


def _plural(word: str) -> str:
    lower = word.casefold()
    if lower in _MASS or lower.endswith(_MASS_ENDINGS) or not lower.isascii():
        return word
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("ch", "sh", "x", "z")) else "s")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shared_han(texts: Sequence[str]) -> str:
    """The longest run of 2 to 6 characters among those nearly as many texts hold as hold the most common one."""
    held: Counter[str] = Counter()
    for text in texts:
        held.update({gram for run in _HAN.findall(text) for gram in _grams(run)})
    top = max(held.values(), default=0)
    if top < _floor(len(texts)):
        return ""
    enough = max(_floor(len(texts)), 0.75 * top)
    return max(
        (gram for gram, count in held.items() if count >= enough), key=lambda gram: (len(gram), held[gram], gram)
    )


def _grams(run: str) -> Iterable[str]:
    for size in range(2, 7):
        for start in range(len(run) - size + 1):
            gram = run[start : start + size]
            if _IDLE_HAN.isdisjoint((gram[0], gram[-1])):
                yield gram


def _by_example(texts: Sequence[str], language: str) -> str:
    """The most telling text that can stand as a label, "and similar" when it speaks for others."""
    for text in texts:
        words = _COUNTED.sub("", _calm(text)).split()
        while len(words) > 1 and words[0].casefold() in _IDLE and (words[0].islower() or words[0] == "I"):
            words = words[1:]
        label = _checked(_capitalised(shorten(" ".join(words[:6]), 40)))
        if label and len(texts) > 1:
            label = _checked(f"{label}等" if language == "zh" else f"{label} & similar")
        if label:
            return label
    return "其他" if language == "zh" else "Other"


def _checked(label: str) -> str:
    try:
        return check_label(label) if label else ""
    except ValueError:
        return ""
