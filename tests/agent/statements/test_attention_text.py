"""Which parts of a message show what its writer pays attention to."""

import pytest

from penchant.agent.statements.own_words import attention_text


@pytest.mark.parametrize("message", ["we don't own a car", "I never watch football", "我们没养猫", "我从来不喝酒"])
def test_what_somebody_does_not_have_or_do_is_no_attention(message: str) -> None:
    assert attention_text(message) == ""


@pytest.mark.parametrize("message", ["If I were rich I'd only wear linen.", "要是我有钱我就买特斯拉"])
def test_what_is_only_supposed_is_no_attention(message: str) -> None:
    assert attention_text(message) == ""


@pytest.mark.parametrize("message", ["I have two cats", "We've got a rescue dog", "我有两只猫", "我家养了一只狗"])
def test_animals_that_somebody_has_are_attention(message: str) -> None:
    assert attention_text(message) == message


@pytest.mark.parametrize(
    "message",
    [
        "I'm 6'4\"",
        "I weigh 90 kg",
        "I'm a nurse.",
        "I grew up in Ohio",
        "My husband is a builder.",
        "I'm originally from Brazil",
    ],
)
def test_a_fact_about_oneself_is_no_attention(message: str) -> None:
    assert attention_text(message) == ""


@pytest.mark.parametrize(
    "message",
    [
        "I'm confused about decorators in Python",
        "I'm stuck with my essay about Kant",
        "I don't know which tent to buy",
        "why don't we use a mutex here?",
        "what do I need to bake bread",
        "哪里可以买帐篷",
    ],
)
def test_a_question_or_need_is_attention(message: str) -> None:
    assert attention_text(message) == message


@pytest.mark.parametrize("message", ["I smoke", "We both drink socially.", "I smoke and drink", "我抽烟", "我偶尔喝酒"])
def test_drinking_or_smoking_without_a_thing_is_no_attention(message: str) -> None:
    assert attention_text(message) == ""


@pytest.mark.parametrize("message", ["I drink oolong every day", "I smoke my own bacon", "我喝乌龙茶"])
def test_what_somebody_drinks_or_smokes_is_attention(message: str) -> None:
    assert attention_text(message) == message
