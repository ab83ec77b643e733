"""The languages that are spoken, whole characters out of what JSON lets servers and people send (halves of them no file takes), and Chinese
ones as they are read."""

import re
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[str, ...] = get_args(Language)
HAN = r"\u3400-\u9fff"
"""The Chinese characters, for the inside of a pattern's brackets."""
IDEOGRAPH, IDEOGRAPHS = re.compile(f"[{HAN}]"), re.compile(f"[{HAN}]+")

_HALF = re.compile("[\ud800-\udfff]")
_FIRST_HALF_LAST = re.compile("[\ud800-\udbff]\\Z")


#: Marks of Cantonese as it is written, and the Mandarin of its commonest words, each as long as it was.
_CANTONESE = re.compile("[唔喺嘅冇哋咗佢㗎咩嗰乜嘢啲]|钟意|最憎|好憎")
_MANDARIN = {
    **dict(zip("唔喺嘅冇哋咗佢嗰咩食饮憎睇", "不在的没们了他那么吃喝恨看", strict=True)),
    **{"钟意": "喜欢", "返工": "上班", "边度": "哪里"},
}
_IN_CANTONESE = re.compile(
    "[唔喺嘅冇哋咗佢嗰咩睇]|钟意|返工|边度|(?<=[不唔我你最好])憎|(?<=[不唔我你])食|(?<=[唔意欢])[食饮](?!品|物|料)"
)


def has_han(text: str) -> bool:
    """Whether a Chinese character stands in `text`."""
    return IDEOGRAPH.search(text) is not None


def simplified(text: str) -> str:
    """The text with traditional Chinese characters as simplified ones, each in its place; words and grammar are known in these."""
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
    """Halves that belong together joined, others replaced by U+FFFD."""
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def storable(text: str) -> str:
    """The text with whole characters and without NUL, which PostgreSQL does not take."""
    return whole_characters(text).replace("\0", "")


def without_last_half(text: str) -> tuple[str, str]:
    """The text, and the first half of a character at its end, whose second half the next piece may bring."""
    return (text[:-1], text[-1]) if _FIRST_HALF_LAST.search(text) else (text, "")


def whole_value(value: Any) -> Any:
    """A JSON value with whole characters throughout."""
    if isinstance(value, str):
        return whole_characters(value)
    if isinstance(value, list):
        return [whole_value(part) for part in value]
    if isinstance(value, dict):
        return {whole_characters(name): whole_value(part) for name, part in value.items()}
    return value
