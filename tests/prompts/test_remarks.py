"""Remarks are stored in English and read in the language of whoever reads them."""

import re

import pytest
from processor_time import seconds

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


def test_several_remarks_in_one_text_are_each_put_into_the_language() -> None:
    unknown = [
        remark("see_everyone", why=remark("user_unknown", user=repr(user)), command="`GET /v1/users`")
        for user in ("a; b", "c")
    ]

    assert remark_in("zh", "; ".join(unknown)) == (
        "没有用户 'a; b'：`GET /v1/users` 可列出所有用户；没有用户 'c'：`GET /v1/users` 可列出所有用户"
    )


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_a_consent_means_is_said_in_the_language_too(purpose: str) -> None:
    withheld = remark("not_allowed", user="'ada'", purpose=repr(purpose), meaning=PURPOSES[purpose])  # type: ignore[index]

    meaning = remark_in("zh", withheld).partition("（")[2]
    assert meaning and not re.search("[A-Za-z]", meaning)


@pytest.mark.parametrize("text", ["", "connection refused by 10.0.0.1", "user 'a" * 280, "of " * 9_000])
def test_a_text_that_is_no_remark_stays_as_it_is(text: str) -> None:
    assert remark_in("zh", text) == text


@pytest.mark.parametrize("given", ["home: kitchen", "it's: a", 'a" b: c', "x is not pinned to place 3: y", "厨房：a"])
def test_what_a_caller_gave_stays_as_it_is_in_a_remark_in_another_language(given: str) -> None:
    text = remark(
        "no_such_label", column="category", values=repr(given), cure=remark("did_you_mean", nearest=repr(given))
    )

    assert remark_in("zh", text) == f"没有物品的 category 为 {given!r}：是否指 {given!r}？"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_repeats_the_words_of_a_remark_takes_no_longer(name: str) -> None:
    pieces = re.split("⟨.*?⟩", remark(name, **NAMES[name]))
    text = pieces[0] + "".join("a" + piece * (1_800 // (len(pieces) * max(1, len(piece)))) for piece in pieces[1:])

    assert seconds(0.5, remark_in, "zh", text + "\n") < 0.5
