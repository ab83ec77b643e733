"""What the receipt of an import says is written in English and read in the language of whoever reads it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from penchant.prompts.locales import Translator, names_of_phrases
from penchant.prompts.remarks import receipt_in
from penchant.store.receipt import ImportReceipt

STORE = Path(__file__).parents[2] / "src" / "penchant" / "store"
Values = dict[str, object]
NAMES: dict[str, Values] = {
    name: {value: f"⟨{value}⟩" for value in values} for name, values in names_of_phrases("receipts")
}
SINGULAR: dict[str, Values] = {name: values | {"count": 1} for name, values in NAMES.items() if "count" in values}
PUT_TOGETHER = {
    "both_options",
    "these_items",
    "these_events",
    "a_chat",
    "a_message",
    "absent_items",
    "too_many_cells",
    "no_field_but",
    "lost_column",
    "lost_columns",
    "tags_commas",
    "tags_semicolons",
}
"""Phrases that the store puts together, and the nouns that it puts behind numbers (`counted`)."""


def read_in_chinese(text: str) -> tuple[str, str]:
    """A note and a reason of a receipt."""
    receipt = receipt_in("zh", ImportReceipt(file="f", notes=[text], reasons={text: 1}))
    return receipt.notes[0], next(iter(receipt.reasons))


@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_of_a_receipt_is_found_again_by_its_english_text(name: str) -> None:
    for values in (NAMES[name], SINGULAR.get(name, NAMES[name])):
        english, chinese = (Translator(language, "receipts")(name, **values) for language in ("en", "zh"))

        assert read_in_chinese(english) == (chinese, chinese)
        assert receipt_in("en", ImportReceipt(file="f", notes=[english])).notes == [english]


def written_by_the_store() -> Iterator[str]:
    for path in STORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_the_store_writes_every_phrase_of_a_receipt() -> None:
    written = "\n".join(written_by_the_store())
    texts = {name: Translator("en", "receipts")(name, **values) for name, values in NAMES.items()}
    parts = {name: [part.strip(" (),") for part in re.split("⟨.*?⟩", text)] for name, text in texts.items()}
    nouns = {name for name, text in texts.items() if re.fullmatch("⟨count⟩ [a-z ]+", text)}
    unknown = {name: part for name in parts for part in parts[name] if part.removesuffix(", such as") not in written}

    assert unknown.keys() - nouns - PUT_TOGETHER == set(), unknown


@pytest.mark.parametrize("text", ["", "connection refused by 10.0.0.1", "user 'a" * 280, "1 row" * 900])
def test_a_text_that_is_no_phrase_of_a_receipt_stays_as_it_is(text: str) -> None:
    assert read_in_chinese(text) == (text, text)
