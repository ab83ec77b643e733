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


_NAMELESS = re.compile(
    "untitled|unnamed|nameless|noname|tests?|testing|testtest|placeholder|items?|products?|title|name"
    "|sku|ean|upc|asin|isbn|barcode|img|dsc|foo|foobar|lorem|ipsum|null|undefined"
)
"""Words that stand where a name should be."""
_BESIDE_NAMELESS = re.compile(
    "sample|example|dummy|default|temp|tmp|draft|demo|unknown|missing|empty|new|my|only|copy|of|number|nr|bar|baz|dolor|sit|amet"
    "|do|not|use|delete|me|please|ignore"
)
"""Words that name nothing beside those. Alone, many of them are titles ("Missing"), and "The Test" is one too."""
_NAMELESS_HAN = re.compile("测试|未命名|无标题|无名称|新建|占位|商品|产品|编号|货号|请勿拍|勿拍")
_BESIDE_NAMELESS_HAN = re.compile("示例|样例|样品|物品|标题|名称|默认|未知|暂无|待定|请忽略|的|用|无")
_WORD = re.compile(r"[^\W\d_]+")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS = tuple(run for row in _KEYS for run in (row, row[::-1]))
RUN, REPEATED = 5, 3
"""Numbers of neighbouring keys of a keyboard from which a word is none; of those that are typed again and again."""
CODE = 3
"""Number of digits beside letters from which these belong to a code ("AB1234"); "K2" is a name."""


def is_meaningless(title: str) -> bool:
    """Return whether a title surely names nothing: words for a missing name, keyboard mashes and codes, and no other word. Examples:
    "Untitled 3", "SKU 0099", "AB1234", "asdfgh", "测试商品".
    """
    is_han = _NAMELESS_HAN.search(title)
    text = _BESIDE_NAMELESS_HAN.sub(" ", _NAMELESS_HAN.sub(" ", title)) if is_han else title
    words = [word for word in _WORD.finditer(text) if not _BESIDE_NAMELESS.fullmatch(word[0].casefold())]
    return bool(words or is_han) and all(map(_is_nameless, words))


def _is_nameless(word: re.Match[str]) -> bool:
    return bool(_NAMELESS.fullmatch(word[0].casefold())) or _is_in_code(word) or _is_mash(word[0].casefold())


def _is_in_code(word: re.Match[str]) -> bool:
    before, after = word.string[: word.start()], word.string[word.end() :]
    return any(len(part) == CODE and part.isdecimal() for part in (before[-CODE:], after[:CODE]))


def _is_mash(word: str) -> bool:
    """Return whether a word was typed without a meaning: one letter many times, keys side by side, or three of them again and again."""
    if len(word) >= RUN and word.isascii() and len(set(word)) == 1:
        return True
    if any(word in run and (len(word) >= RUN or run.startswith(word)) for run in _RUNS):
        return len(word) >= RUN - 1
    size = next((size for size in range(REPEATED, len(word) // 2 + 1) if word[size:] == word[:-size]), 0)
    return size > 0 and any(word[:size] in run for run in _RUNS)
