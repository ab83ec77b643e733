"""Recognises words that tables and catalogues use for missing values, and titles that name nothing."""

import math
import re
from typing import Any

MISSING = frozenset(
    (
        "nan",
        "NaN",
        "NAN",
        "-nan",
        "null",
        "NULL",
        "Null",
        "None",
        "NaT",
        "<NA>",
        "#N/A",
        "#NA",
        "N/A",
        "n/a",
        "\\N",
        "(null)",
        "0000-00-00",
        "0000-00-00 00:00:00",
    )
)
"""What pandas, spreadsheets and databases write into empty cells."""

_NO_CATEGORY = frozenset(
    (
        *("missing", "none", "null", "nan", "nat", "nil", "na", "n/a", "n.a", "undefined", "unknown", "empty", "blank"),
        *(
            "uncategorized",
            "uncategorised",
            "unclassified",
            "unassigned",
            "unspecified",
            "not categorized",
            "not categorised",
        ),
        *(
            "no category",
            "no categories",
            "without category",
            "no genre",
            "no genres",
            "no genres listed",
            "no genre listed",
        ),
        *(
            "not specified",
            "not available",
            "not applicable",
            "not set",
            "not defined",
            "no value",
            "default category",
            "tbd",
        ),
        *("无", "无分类", "未分类", "未知", "暂无", "没有分类", "默认分类", "空"),
    )
)
_AROUND = " \t\r\n()[]{}<>#*\"'“”‘’_-–—.?!:;,/\\|（）【】"


def is_missing(value: Any) -> bool:
    """Return whether a cell has no value: empty, NaN, or a word for it."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, str) and (not value or value in MISSING or value.isspace() or value.strip() in MISSING)


def is_placeholder(name: str) -> bool:
    """Return whether a category, tag or title says that there is none.

    Examples: "missing", "(no genres listed)", "Uncategorized", "未分类".
    """
    bare = name.strip(_AROUND).casefold()
    return not bare or " ".join(bare.replace("_", " ").replace("-", " ").split()) in _NO_CATEGORY


_NAMELESS = frozenset(
    (
        *(
            "untitled",
            "unnamed",
            "nameless",
            "noname",
            "title",
            "name",
            "item",
            "product",
            "article",
            "entry",
            "record",
        ),
        *("object", "items", "products", "test", "tests", "testing", "tester", "testtest", "sample", "samples", "demo"),
        *(
            "example",
            "examples",
            "dummy",
            "placeholder",
            "default",
            "todo",
            "tba",
            "tbc",
            "tbd",
            "temp",
            "tmp",
            "draft",
        ),
        *(
            "sku",
            "ref",
            "id",
            "code",
            "ean",
            "upc",
            "asin",
            "isbn",
            "barcode",
            "file",
            "document",
            "foo",
            "baz",
            "foobar",
        ),
        *("bla", "blah", "lorem", "ipsum", "dolor", "amet", "missing", "none", "null", "nan", "na", "nil", "undefined"),
        *(
            "unknown",
            "empty",
            "xyz",
            "abc",
            "img",
            "dsc",
            "jpg",
            "jpeg",
            "png",
            "qwe",
            "asd",
            "zxc",
            "qaz",
            "wsx",
            "jkl",
        ),
    )
)
"""Words that stand where a name should be."""
_BESIDE_NAMELESS = frozenset(
    (
        *("of", "the", "a", "an", "my", "this", "for", "do", "not", "use", "delete", "me", "please", "ignore", "new"),
        *("copy", "no", "nr", "number", "sit", "only"),
    )
)
"""Words that name nothing beside them. A title with any other word names something."""
_NAMELESS_HAN = re.compile(
    "测试|未命名|无标题|无名称|新建|示例|样例|样品|占位|商品|产品|物品|标题|名称|编号|货号|默认|未知|暂无|待定|请勿拍|勿拍|请忽略|的|用|无"
)
_WORD = re.compile(r"[^\W\d_]+")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS = tuple(run for row in _KEYS for run in (row, row[::-1]))
_VOWELS = frozenset("aeiouy")
RUN, REPEATED = 4, 3
"""Neighbouring keys of a keyboard, and repeated letters, from which a word is none."""
SPEECHLESS = 5
"""Number of small consonants without a vowel from which a word is none. Abbreviations have capitals."""
CODE = 3
"""Number of digits beside letters from which these belong to a code."""


def names_nothing(title: str) -> bool:
    """Return whether a title has words, but none that names anything: "Untitled 3", "SKU 0099", "asdfgh", "测试商品"."""
    text = title if title.isascii() else _NAMELESS_HAN.sub(" ", title)
    found = False
    for word in _WORD.finditer(text):
        if word[0].casefold() in _NAMELESS or _is_mash(word[0]):
            found = True
        elif word[0].casefold() not in _BESIDE_NAMELESS and not _beside_digits(word):
            return is_placeholder(title)
    return found or (text != title and bool(_WORD.search(title)) and not _WORD.search(text))


def _beside_digits(word: re.Match[str]) -> bool:
    """Return whether a word is part of a code ("AB1234")."""
    before, after = word.string[: word.start()], word.string[word.end() :]
    return any(len(part) == CODE and part.isdecimal() for part in (before[-CODE:], after[:CODE]))


def _is_mash(word: str) -> bool:
    """Return whether a word was typed without a meaning: keys side by side, a letter or three keys repeated, consonants alone."""
    folded = word.casefold()
    if len(set(folded)) == 1:
        return len(folded) >= REPEATED and folded.isascii()
    size = next(
        (size for size in range(2, len(folded) // 2 + 1) if folded == (folded[:size] * len(folded))[: len(folded)]), 0
    )
    unit = folded[:size] if size >= REPEATED else folded
    if any(unit in run for run in _RUNS) and len(unit) >= (REPEATED if size else RUN):
        return True
    return word.islower() and word.isascii() and len(word) >= SPEECHLESS and _VOWELS.isdisjoint(word)
