"""The supported languages, and helpers for text: repair of surrogate pairs, recognition and simplification of Chinese.

JSON allows single halves of a UTF-16 surrogate pair, and clients send them; files and databases cannot store them.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[str, ...] = get_args(Language)
HAN = r"\u3400-\u9fff"
"""The range of Chinese characters, for use inside the brackets of a regular expression."""
IDEOGRAPH, IDEOGRAPHS = re.compile(f"[{HAN}]"), re.compile(f"[{HAN}]+")

_KANA = re.compile(r"[\u3041-\u30fa]")
_HALF = re.compile("[\ud800-\udfff]")
_FIRST_HALF_LAST = re.compile("[\ud800-\udbff]\\Z")


#: Characters and words that occur in written Cantonese only, and Mandarin replacements of the same length for its commonest words.
_CANTONESE = re.compile("[唔喺嘅冇哋咗佢㗎咩嗰乜嘢啲]|钟意|最憎|好憎|我系[^，。]{1,4}人")
_MANDARIN = {
    **dict(zip("唔喺嘅冇哋咗佢嗰咩食饮憎睇", "不在的没们了他那么吃喝恨看", strict=True)),
    **{"钟意": "喜欢", "返工": "上班", "边度": "哪里", "屋企": "家里", "呢个": "这个", "系": "是"},
}
_IN_CANTONESE = re.compile(
    "[唔喺嘅冇哋咗佢嗰咩睇]|钟意|返工|边度|屋企|呢个|(?<=[我都不])系(?![统列里主上学])|(?<=[不唔我你最好])憎|(?<=[不唔我你])食|(?<=[唔意欢])[食饮](?!品|物|料)"
)


def counted(count: int, noun: str) -> str:
    """Return a number with an English noun, which is in the plural unless there is one: `1 cell`, `2 cells`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def has_han(text: str) -> bool:
    """Return whether `text` contains a Chinese character."""
    return IDEOGRAPH.search(text) is not None


def is_chinese_sentence(text: str) -> bool:
    """Return whether a sentence is Chinese, whatever names stand in it: by its full stop, or else by more ideographs than other letters."""
    last = text.rstrip()[-1:]
    return last in tuple("。！？") or (last != "." and 2 * len(IDEOGRAPH.findall(text)) > sum(map(str.isalpha, text)))


def is_japanese(text: str) -> bool:
    """Return whether `text` has kana, at least half as many as Chinese characters; a single one is decoration."""
    kana = len(_KANA.findall(text))
    return kana > 1 and 2 * kana >= len(IDEOGRAPH.findall(text))


def simplified(text: str) -> str:
    """Return the text with simplified instead of traditional characters, and Mandarin instead of Cantonese words.

    Every character keeps its position. The rules for words and grammar are written for this form.
    """
    if not has_han(text):
        return text
    plain = text.translate(_simplified_for())
    return _IN_CANTONESE.sub(lambda found: _MANDARIN[found[0]], plain) if _CANTONESE.search(plain) else plain


@cache
def _simplified_for() -> dict[int, str]:
    lines = files("penchant").joinpath("data/traditional_characters.txt").read_text("utf-8").splitlines()
    traditional, plain = (line for line in lines if not line.startswith("#"))
    return {ord(character): other for character, other in zip(traditional, plain, strict=True)}


def whole_characters(text: str) -> str:
    """Return the text with matching surrogate halves joined and single ones replaced by U+FFFD."""
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def storable(text: str) -> str:
    """Return the text with whole characters and without NUL, which PostgreSQL does not accept."""
    return whole_characters(text).replace("\0", "")


def split_high_surrogate(text: str) -> tuple[str, str]:
    """Return the text without a high surrogate at its end, and that surrogate ("" if there is none).

    Used for text that arrives in pieces: the next piece may begin with the other half.
    """
    return (text[:-1], text[-1]) if _FIRST_HALF_LAST.search(text) else (text, "")


def with_whole_characters(value: Any) -> Any:
    """Return a JSON value in which every text has been through `whole_characters`."""
    if isinstance(value, str):
        return whole_characters(value)
    if isinstance(value, list):
        return [with_whole_characters(part) for part in value]
    if isinstance(value, dict):
        return {whole_characters(name): with_whole_characters(part) for name, part in value.items()}
    return value
