"""The catalogue's own categories, where it brings them: cleaned of placeholders, and as topics and subtopics of the tree."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from penchant.store.item import Item

PLACEHOLDERS = frozenset(
    [
        "-",
        "--",
        "n/a",
        "na",
        "nan",
        "nil",
        "none",
        "null",
        "undefined",
        "unknown",
        "missing",
        "empty",
        "uncategorized",
        "uncategorised",
        "unclassified",
        "default",
        "no(ne)category",
        "nocategory",
        "notcategorized",
        "notassigned",
        "unassigned",
        "tbd",
        "tba",
        "?",
        "(nogenreslisted)",
        "nogenreslisted",
        "nogenre",
        "notavailable",
        "notapplicable",
        "未分类",
        "无",
        "无分类",
        "未知",
        "暂无",
        "默认",
        "默认分类",
        "空",
        "未定义",
    ]
)
"""What catalogues write where there is no category; compared without case, spaces, underscores and hyphens."""
Path = tuple[str, ...]
_SIGNS = frozenset("$€£¥₹₩₽¢+<>=~|^`¬±×÷")
"""Symbols that stand beside numbers; others, such as emoji, may be a name."""


def is_placeholder(name: str) -> bool:
    """Whether `name` stands for no category at all: a word for nothing, or a number, price or code without a letter in it."""
    if not any(unicodedata.category(character)[0] in "LS" and character not in _SIGNS for character in name):
        return True
    folded = re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", name)).casefold()
    bare = folded.strip("()[]<>{}-./") if folded not in PLACEHOLDERS else folded
    return not bare or folded in PLACEHOLDERS or bare in PLACEHOLDERS


def category_paths(item: Item) -> list[Path]:
    """The item's paths from broad to narrow, without placeholders, names that only repeat the one above them, and repetitions; empty
    where it has none."""
    cleaned = (_each_once([name.strip() for name in path if not is_placeholder(name)]) for path in item.categories)
    return list(dict.fromkeys(path for path in cleaned if path))


def folded(path: Sequence[str]) -> Path:
    """The path without case and spacing: two that are equal so are one category, however they are written."""
    return tuple(" ".join(name.casefold().split()) for name in path)


def _each_once(names: Sequence[str]) -> Path:
    plain = folded(names)
    return tuple(name for at, name in enumerate(names) if at == 0 or plain[at] != plain[at - 1])


def _spelt_alike(paths: Sequence[list[Path]]) -> list[list[Path]]:
    """Every name as most of the catalogue writes it: "TEA" and "tea" are "Tea" where that stands most often."""
    counts = Counter(name for own in paths for path in own for name in path)
    spellings: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name.isupper() or name.islower(), name)):
        spellings.setdefault(folded([name])[0], name)
    return [list(dict.fromkeys(tuple(spellings[plain] for plain in folded(path)) for path in own)) for own in paths]


def chosen_paths(items: Sequence[Item]) -> list[list[Path]]:
    """For each item the one or two of its paths that say most of it: the rarest in the catalogue, of those that ten items or one in
    two hundred share (else the most common); paths are cut to three levels. Empty where it has none."""
    cut = _spelt_alike([[path[:3] for path in category_paths(item)] for item in items])
    counts = Counter(path for paths in cut for path in set(paths))
    enough = min(10, len(items) // 200)
    chosen = []
    for paths in cut:
        different = list(dict.fromkeys(paths))
        common = [path for path in different if counts[path] >= enough]
        ranked = sorted(common, key=lambda path: (counts[path], different.index(path))) or sorted(
            different, key=lambda path: (-counts[path], different.index(path))
        )
        chosen.append(ranked[:2])
    return chosen


def slug(name: str) -> str:
    """An id for a category's name, safe in a URL: its words, with a digest where they are not all ASCII letters and digits."""
    words = "-".join(re.findall(r"[a-z0-9]+", name.casefold()))
    plain = re.sub(r"[\s&,/'’.-]+", "", name.casefold())
    if words and plain.isascii() and plain.isalnum() and len(words) <= 48:
        return words
    digest = hashlib.blake2b(" ".join(name.casefold().split()).encode("utf-8", "surrogatepass"), digest_size=5)
    return "-".join(filter(None, [words[:40], digest.hexdigest()]))
