"""Every phrase shown to people, in every language: one Fluent file per language next to this module (https://projectfluent.org).

Names in a file have the form `SECTION-NAME`; a `Translator` serves one section in one language.
"""

import re
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from penchant.characters import LANGUAGES

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

FALLBACK = "en"
_SMALL_NUMBER = re.compile(r"0|[1-9][0-9]{0,2}")
"""Numbers that are written the same in every language; larger ones are plural in all of them."""


_REFERENCE = re.compile(r"\$(\w+)")


class Translator:
    """The phrases of one section in one language: `Translator("zh", "cli")("profile_of", user="ada")`.

    An unknown language falls back to English. Raises `KeyError` for an unknown phrase, and for a missing value that the phrase needs.
    """

    def __init__(self, language: str, section: str) -> None:
        self.language = language if language in LANGUAGES else FALLBACK
        self.section = section

    def __call__(self, name: str, **values: object) -> str:
        phrase = f"{self.section}-{name}"
        template = _template(self.language, phrase)
        if template is not None:
            try:
                return template.format_map(values)
            except KeyError as missing:
                raise KeyError(f"{phrase}: it needs {missing}") from None
        bundle = _bundle(self.language)
        pattern = bundle.get_message(phrase).value
        given = {key: _argument(value) for key, value in values.items()}
        text, errors = bundle.format_pattern(pattern, given) if pattern else ("", [KeyError("it has no text")])
        if errors:
            raise KeyError(f"{phrase}: {errors[0]}")
        return str(text)

    def __contains__(self, name: object) -> bool:
        return _bundle(self.language).has_message(f"{self.section}-{name}")


@cache
def names_of_phrases(section: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the name of every phrase of a section with the names of its values, in the order of the catalogue."""
    text = Path(__file__).with_name(f"{FALLBACK}.ftl").read_text("utf-8")
    found = re.findall(rf"^{section}-(\w+) = (.*(?:\n[ }}].*)*)", text, re.MULTILINE)
    return tuple((name, frozenset(_REFERENCE.findall(phrase))) for name, phrase in found)


def signal_in_words(signal: str, language: str) -> str:
    """Return the name of a signal of a score."""
    return Translator(language, "signals")(signal)


def day_in_words(at: date, language: str) -> str:
    """Return a date in full: "3 May 2026"."""
    return _day(language, "full", at.year, at.month, at.day)


def short_day(at: date, language: str) -> str:
    """Return a date as used in lists: "3 May 2026", "2026-05-03"."""
    return _day(language, "short", at.year, at.month, at.day)


@lru_cache(maxsize=4096)
def _day(language: str, form: str, year: int, month: int, day: int) -> str:
    return Translator(language, "dates")(form, year=year, month=month, day=day)


def _argument(value: object) -> object:
    """Return a small whole number, even one given as text, as a Fluent number, so that a phrase can choose between singular and plural."""
    text = str(value)
    if not _SMALL_NUMBER.fullmatch(text):
        return text
    from fluent.runtime.types import fluent_number

    return fluent_number(int(text))


@cache
def _template(language: str, phrase: str) -> str | None:
    """Return a phrase that only inserts values as a template for `str.format_map`, which takes a tenth of Fluent's time; None for a
    phrase that chooses between forms. Raises `KeyError` for an unknown phrase.
    """
    from fluent.syntax.ast import Placeable, TextElement, VariableReference

    pattern, pieces = _bundle(language).get_message(phrase).value, list[str]()
    for element in getattr(pattern, "elements", [pattern]):  # a pattern of one piece is that piece
        if isinstance(element, TextElement):
            pieces.append(element.value.replace("{", "{{").replace("}", "}}"))
        elif isinstance(element, Placeable) and isinstance(element.expression, VariableReference):
            pieces.append(f"{{{element.expression.id.name}}}")
        else:
            return None
    return "".join(pieces) or None


@cache
def _bundle(language: str) -> "FluentBundle":
    # Imported late because Fluent loads Babel, which takes a tenth of a second.
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(Path(__file__).with_name(f"{language}.ftl").read_text("utf-8")))
    return bundle
