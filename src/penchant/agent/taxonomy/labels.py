"""A theme's label by rule: the words that at least three in five of its titles share, as a shop would print them.

English and other spaced scripts: the longest run of one to three words; a word that only describes ends no label. Chinese: the longest run
of characters. Where the titles share nothing, there is no label by rule and the theme is called by its subtopic.
"""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files

from penchant.prompts.replies import check_label
from penchant.store.plain import calm, plain

MAX_TITLES = 60
SHARED = 0.6
Run = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
HAN = re.compile(r"[\u3400-\u9fff]+")
_LISTS = tomllib.loads(files(__package__).joinpath("label_words.toml").read_text("utf-8"))
IDLE, NEVER_LAST, MASS, HEADS, OWNERS = (
    frozenset(_LISTS[name].split()) for name in ("idle", "never_last", "mass", "heads", "owners")
)
_MASS_ENDINGS = ("ing", "ery", "ware", "wear", "ness", "ics", "ance", "ence", "ism", "ity", "ment", "age", "s", "care")
_IDLE_HAN = frozenset("的了和与在是及等或为我你他她它们这那有不也都很就到给把被让吗呢吧啊一个款件套装新版请想要")
_SMALL_WORDS = frozenset(["and", "of", "the", "for", "in", "with", "on", "to", "a"])


def shared_label(titles: Sequence[str]) -> str:
    """What at least three in five of `titles` (untrusted, most telling first) are called; "" where they share no name."""
    plain_titles = [title for title in map(plain, titles[:MAX_TITLES]) if title]
    if 2 * sum(bool(HAN.search(title)) for title in plain_titles) > len(plain_titles):
        return _checked(_shared_han(plain_titles))
    return _checked(_shared_words(_different(plain_titles)))


def title_case(text: str) -> str:
    """As a shop prints a heading: each word's first letter large, small words in the middle small."""
    words = text.split()
    return " ".join(
        word if word in _SMALL_WORDS and at else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )


def words_of(title: str) -> list[str]:
    """The words of a title, folded and in the singular; numbers and codes are none."""
    return [singular(word) for word in _WORD.findall(title.casefold())]


def _different(titles: Sequence[str]) -> Sequence[str]:
    """One title for all that hold the same words, so that variants of one thing do not outvote the rest; all where too few remain."""
    by_words = {frozenset(words_of(title)): title for title in reversed(titles)}
    different = list(by_words.values())[::-1]
    return different if len(different) >= 3 else titles


def _shared_words(titles: Sequence[str]) -> str:
    holders: Counter[Run] = Counter()
    place: Counter[Run] = Counter()
    for title in titles:
        runs = _runs(words_of(title))
        holders.update(runs.keys())
        place.update(runs)
    enough = max(math.ceil(SHARED * len(titles)), min(2, len(titles)))
    shared = [run for run, count in holders.items() if count >= enough]
    # English puts the head noun last: of runs equally long and common the later one is taken.
    best = max(shared, key=lambda run: (len(run), holders[run], place[run] / holders[run], run), default=())
    return title_case(_surface(best, titles))


def _runs(words: list[str]) -> dict[Run, int]:
    """Every run of one to three telling words that may be a label, and where it starts."""
    telling = [word not in IDLE and len(word) > 1 for word in words]
    return {
        tuple(words[start : start + size]): start
        for size in (1, 2, 3)
        for start in range(len(words) - size + 1)
        if all(telling[start : start + size])
        and words[start + size - 1] not in NEVER_LAST
        and len(set(words[start : start + size])) == size
    }


def _surface(run: Run, titles: Sequence[str]) -> str:
    """The run as the titles write it, in lower case where they shout; a last word that names things is put in the plural."""
    if not run:
        return ""
    seen: dict[str, Counter[str]] = {word: Counter() for word in run}
    ends = 0
    for title in titles:
        words = _WORD.findall(calm(title))
        ends += (
            next((singular(word.casefold()) for word in reversed(words) if word.casefold() not in IDLE), "") == run[-1]
        )
        for word in words:
            if (stem := singular(word.casefold())) in seen:
                seen[stem][word] += 1
    forms = [max(counts, key=lambda form: (counts[form], form), default=word) for word, counts in seen.items()]
    if forms[-1].islower() and not _is_plural(forms[-1]) and (run[-1] in HEADS or 2 * ends > len(titles)):
        forms[-1] = plural(forms[-1])
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


def plural(word: str) -> str:
    """An English noun's plural, by its ending; words that have none stay."""
    lower = word.casefold()
    if lower in MASS or lower.endswith(_MASS_ENDINGS) or not lower.isascii():
        return word
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("ch", "sh", "x", "z")) else "s")


def _shared_han(titles: Sequence[str]) -> str:
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


def _checked(label: str) -> str:
    try:
        return check_label(label) if label else ""
    except ValueError:
        return ""
