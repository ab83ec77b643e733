"""Remarks are stored in English and read in the language of whoever reads them."""

import re

import pytest

from penchant.prompts.locales import Translator, names_of_phrases
from penchant.prompts.remarks import remark, remark_in
from penchant.store.consents import PURPOSES

NAMES = {name: {value: f"⟨{value}⟩" for value in values} for name, values in names_of_phrases("remarks")}


@pytest.mark.parametrize("name", NAMES)
def test_every_remark_is_found_again_by_its_english_text(name: str) -> None:
    values = NAMES[name]

    assert remark_in("zh", remark(name, **values)) == Translator("zh", "remarks")(name, **values)
    assert remark_in("en", remark(name, **values)) == remark(name, **values)


def test_a_remark_within_a_remark_is_put_into_the_language_too() -> None:
    late = remark("no_time_left", seconds="60")

    assert remark_in("zh", remark("reasons_by_rule", count=3, all=5, why=late)) == (
        "5 条理由中有 3 条由规则写成：60 秒的时限已用完（recommend.llm_seconds）"
    )


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_a_consent_means_is_said_in_the_language_too(purpose: str) -> None:
    withheld = remark("not_allowed", user="'ada'", purpose=repr(purpose), meaning=PURPOSES[purpose])  # type: ignore[index]

    meaning = remark_in("zh", withheld).partition("（")[2]
    assert meaning and not re.search("[A-Za-z]", meaning)


@pytest.mark.parametrize("text", ["", "connection refused by 10.0.0.1", "user 'a" * 280, "of " * 9_000])
def test_a_text_that_is_no_remark_stays_as_it_is(text: str) -> None:
    assert remark_in("zh", text) == text
