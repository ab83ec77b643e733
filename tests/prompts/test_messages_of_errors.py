"""Every message of an error is read in the reader's language: all places that raise one are listed, and what they say is a phrase of
the catalogue.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from penchant.characters import has_han
from penchant.errors import PenchantError
from penchant.prompts.locales import Translator, names_of_phrases
from penchant.prompts.remarks import remark_in

ROOT = Path(__file__).parents[2] / "src" / "penchant"
NAMES = {name: {value: f"⟨{value}⟩" for value in values} for name, values in names_of_phrases("errors")}
ENGLISH = {
    "agent/llm": "what a model or its worker did wrong, for the operator's log",
    "agent/recommend/model": "processes that fit models, for the operator's log",
    "store/embedders/hosted.py": "what an embedding server answered wrongly, for the operator's log",
    "tools/calling.py": "read by models that call tools",
    "tools/capabilities": "read by models that call tools",
    "tools/conversing.py": "read by models that call tools",
    "tools/registry.py": "read by models that call tools",
    "tools/mcp": "read by programs that connect over MCP",
    "tools/evaluation": "for those who measure Penchant, in the words of their field",
    "tools/langchain.py": "read by programmers",
    "tracing.py": "read by programmers",
    "client.py": "read by programmers",
    "network": "read by programmers",
}
"""Parts of the code whose messages stay English, and why."""


PUT_TOGETHER = {
    *("⟨x⟩: ⟨x⟩", "⟨x⟩⟨x⟩", "⟨x⟩ ⟨x⟩", "'⟨x⟩' ⟨x⟩", "⟨x⟩ '⟨x⟩' ⟨x⟩"),
    "'⟨x⟩' is not ⟨x⟩: there is nothing to undo",
    "'⟨x⟩' is ⟨x⟩: times are from 1990 to 2099",
    "⟨x⟩ is for ⟨x⟩",
    "⟨x⟩ set aside, and --strict was asked for: mend the quarantine file and import it",
    "unexpected ⟨x⟩: ⟨x⟩ (⟨x⟩)",
}
"""Messages of which not even the beginning is fixed, or whose values are words. What they are put together to is tried in
`test_languages.py` of the command line.
"""


OF_WORDS = {
    *("missing_argument", "missing_option", "needs_argument", "not_one_of"),
    *("time_too_early", "time_too_late", "no_room_for_output", "settings_unreadable"),
    *("not_pinned", "not_muted", "option_of_one", "option_of_all", "strict_set_aside"),
}
"""Phrases whose English text holds a word that the code, Typer or pydantic puts in."""


PLACE = {"ProblemError": 1}
"""The place of the message among the arguments, where it is not the first."""


class Message(NamedTuple):
    """A message: where it is raised, and its text with `⟨…⟩` for each value."""

    place: str
    text: str


def kinds() -> set[str]:
    found, rest = set[str](), [PenchantError]
    while rest:
        kind = rest.pop()
        found.add(kind.__name__)
        rest += kind.__subclasses__()
    return found | {"BadParameter", "fail", *PLACE}


def text_of(node: ast.expr) -> str | None:
    """The text of a literal; None for what is put together elsewhere."""
    match node:
        case ast.Constant(str() as text):
            return text
        case ast.JoinedStr(parts):
            return "".join(
                str(part.value) if isinstance(part, ast.Constant) else "'⟨x⟩'" if part.conversion == ord("r") else "⟨x⟩"
                for part in parts
                if isinstance(part, ast.Constant | ast.FormattedValue)
            )
    return None


def messages() -> Iterator[Message]:
    names = kinds()
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(tuple(ENGLISH)):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in names:
                text = text_of(node.args[PLACE.get(name_of(node.func) or "", 0)])
                if text is not None:
                    yield Message(f"{place}:{node.lineno}", text)
            if isinstance(node, ast.Call) and name_of(node.func) == "Cure":
                yield Message(f"{place}:{node.lineno}", f"⟨x⟩: `penchant` {text_of(node.args[1])}")


def name_of(function: ast.expr) -> str | None:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)


def test_every_message_of_an_error_has_its_words_in_chinese() -> None:
    english = [message for message in messages() if not has_han(remark_in("zh", message.text))]

    assert [message for message in english if message.text not in PUT_TOGETHER] == []
    assert {message.text for message in english} == PUT_TOGETHER


@pytest.mark.parametrize("name", NAMES)
def test_every_message_is_found_again_by_its_english_text(name: str) -> None:
    english, chinese = (Translator(language, "errors")(name, **NAMES[name]) for language in ("en", "zh"))

    assert remark_in("zh", english) == chinese


def test_the_code_writes_every_message_of_the_catalogue() -> None:
    sources = [*ROOT.rglob("*.py"), *Path(typer.__file__).parent.rglob("*.py")]
    written = "\n".join(text for path in sources for text in constants(path))
    parts = {name: re.split("⟨.*?⟩", Translator("en", "errors")(name, **NAMES[name])) for name in NAMES}
    unknown = {name: part for name in parts for part in parts[name] if part.strip("` ().") not in written}

    assert unknown.keys() == OF_WORDS


def constants(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
