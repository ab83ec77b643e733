"""The words of titles: folded, in the singular and plural, and as a label may print them."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from importlib.resources import files

from penchant.prompts.replies import check_label
from penchant.store.plain import calm

SHARED = 0.6
Run = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
HAN = re.compile(r"[\u3400-\u9fff]+")
_LISTS = tomllib.loads(files(__package__).joinpath("label_words.toml").read_text("utf-8"))
IDLE, NEVER_LAST, WEAK, MASS, OWNERS = (
    frozenset(_LISTS[name].split()) for name in ("idle", "never_last", "weak", "mass", "owners")
)
IRREGULAR: dict[str, str] = dict(zip(_LISTS["irregular"].split()[::2], _LISTS["irregular"].split()[1::2], strict=True))
_MASS_ENDINGS = ("ing", "ery", "ware", "wear", "ness", "ics", "ance", "ence", "ism", "ity", "ment", "age", "s", "care")
_IDLE_HAN = frozenset("的了和与在是及等或为我你他她它们这那有不也都很就到给把被让吗呢吧啊一个款件套装新版请想要")
_SMALL_WORDS = frozenset(["and", "of", "the", "for", "in", "with", "on", "to", "a"])


def title_case(text: str) -> str:
    """As a shop prints a heading: each word's first letter large, small words in the middle small."""
    words = text.split()
    return " ".join(
        word if word in _SMALL_WORDS and at else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )


def words_of(title: str) -> list[str]:
    """The words of a title, folded and in the singular; numbers and codes are none."""
    return [singular(word) for word in _WORD.findall(title.casefold())]


def different_titles(titles: Sequence[str]) -> Sequence[str]:
    """One title for all that hold the same words, so that variants of one thing do not outvote the rest; all where too few remain."""
    by_words = {frozenset(words_of(title)): title for title in reversed(titles)}
    different = list(by_words.values())[::-1]
    return different if len(different) >= 3 else titles


def surface(run: Run, titles: Sequence[str], countable: Collection[str] | None = ()) -> str:
    """The run as the titles write it, in lower case where they shout. Its last word is put in the plural where it is a common noun: written
    in lower case, or one of `countable`; None: it stays."""
    if not run:
        return ""
    seen: dict[str, Counter[str]] = {word: Counter() for word in run}
    for title in titles:
        for word in _WORD.findall(calm(title)):
            if (stem := singular(word.casefold())) in seen:
                seen[stem][word] += 1
    forms = [max(counts, key=lambda form: (counts[form], form), default=word) for word, counts in seen.items()]
    is_common = countable is not None and (forms[-1].islower() or run[-1] in countable)
    if is_common and not _is_plural(forms[-1]):
        forms[-1] = plural_of(forms[-1])
    return " ".join(forms)


def _is_plural(word: str) -> bool:
    return singular(word.casefold()) != word.casefold() and word.casefold() not in OWNERS


def singular(word: str) -> str:
    """An English noun's singular, by its ending."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "zzes")) else word[:-1]


def plural_of(word: str) -> str:
    """An English noun's plural, by its ending; words that have none stay."""
    lower = word.casefold()
    if lower in IRREGULAR:
        return IRREGULAR[lower]
    if lower in MASS or lower.endswith((*_MASS_ENDINGS, "fish")) or not lower.isascii():
        return word
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("ch", "sh", "x", "z")) else "s")


def shared_han(titles: Sequence[str]) -> str:
    """The longest run of 2 to 6 characters that enough titles hold."""
    holders: Counter[str] = Counter()
    for title in titles:
        holders.update({gram for run in HAN.findall(title) for gram in _grams(run)})
    enough = max(math.ceil(SHARED * len(titles)), min(2, len(titles)))
    shared = [gram for gram, count in holders.items() if count >= enough]
    return max(shared, key=lambda gram: (len(gram), holders[gram], gram), default="") if len(titles) > 1 else ""


def _grams(run: str) -> Iterable[str]:
    for size in range(2, 7):
        for start in range(len(run) - size + 1):
            gram = run[start : start + size]
            if _IDLE_HAN.isdisjoint((gram[0], gram[-1])):
                yield gram


def checked_label(label: str) -> str:
    """`label` where it can be one, else ""."""
    try:
        return check_label(label) if label else ""
    except ValueError:
        return ""
