"""Recognises words that tables and catalogues use for missing values."""

import math
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
