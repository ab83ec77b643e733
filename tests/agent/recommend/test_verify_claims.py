"""A sentence says only what the facts say, or it is refused: in both languages, and against every way of getting it wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.agent.recommend.explanations.facts import PLAIN, Fact
from penchant.agent.recommend.explanations.verification import verify
from penchant.store.recommendation import Citation

ENGLISH = (
    Fact(
        "You bought “RED TEA POT” on 3 May 2026.", Citation(event_id="e1"), ("RED TEA POT",), "purchase",
        date(2026, 5, 3),
    ),
    Fact(
        "You viewed “PACK OF 12 TISSUES” on 5 June 2026.", Citation(event_id="e2"), ("PACK OF 12 TISSUES",), "view",
        date(2026, 6, 5),
    ),
    Fact(
        "You are interested in Kitchen › Tea › Tea pots.", Citation(interest_id="n1"),
        ("Kitchen › Tea › Tea pots", "Kitchen", "Tea", "Tea pots"),
    ),
    Fact("What is recommended is “PAPER LAMP”.", Citation(item_field="title"), ("PAPER LAMP",)),
)  # fmt: skip
CHINESE = (
    Fact("您2026年5月3日购买了“红茶壶”。", Citation(event_id="e1"), ("红茶壶",), "purchase", date(2026, 5, 3)),
    Fact("您的兴趣：厨房 › 茶具。", Citation(interest_id="n1"), ("厨房 › 茶具", "厨房", "茶具")),
    Fact("推荐的是“纸灯”。", Citation(item_field="title"), ("纸灯",)),
)


@pytest.mark.parametrize(
    ("sentence", "rests_on"),
    [
        ("You bought RED TEA POT on 3 May 2026, so this paper lamp fits your interest in tea pots.", {0, 2, 3}),
        ("The PAPER LAMP complements the red tea pot you bought on May 3, 2026.", {0, 3}),
        ("You bought the “RED TEA POT” and viewed PACK OF 12 TISSUES.", {0, 1}),
        ("Because you purchased a red tea pot in May 2026, you might like this.", {0}),
        ("PAPER LAMP is similar to items you bought.", {0, 3}),
        ("This matches your interest in Kitchen.", {2}),
    ],
)
def test_what_the_facts_say_may_be_said_in_other_words(sentence: str, rests_on: set[int]) -> None:
    verdict = verify(sentence, ENGLISH, "en")
    assert (verdict.fault, rests_on <= verdict.rests_on) == (None, True)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("You bought PAPER LAMP on 3 May 2026.", id="the recommended item was not bought"),
        pytest.param("You bought RED TEA POT and PAPER LAMP.", id="nor as the second of two"),
        pytest.param("PAPER LAMP, which you bought, fits tea.", id="nor named before the action"),
        pytest.param("You viewed RED TEA POT.", id="a purchase is no view"),
        pytest.param("You bought PACK OF 12 TISSUES.", id="a view is no purchase"),
        pytest.param("You bought RED TEA POT on 5 June 2026.", id="the day of another event"),
        pytest.param("You bought RED TEA POT on 4 May 2026.", id="a day of no event"),
        pytest.param("You bought RED TEA POT in June.", id="a month of another event"),
        pytest.param("You bought RED LAMP.", id="a name put together from two"),
        pytest.param("You bought “RED TEAPOT”.", id="a quotation that is not to the letter"),
        pytest.param("It fits your interest in Harry Potter.", id="a name from nowhere"),
        pytest.param("You bought RED TEA POT twice.", id="a number in a word"),
        pytest.param("You bought 12 RED TEA POT.", id="a number of something else"),
        pytest.param("It fits your 3 interests in tea.", id="a number from a date"),
        pytest.param("This perfect lamp fits tea pots.", id="a quality"),
        pytest.param("You recently bought RED TEA POT.", id="a time that is not known to be near"),
        pytest.param("Many people bought PAPER LAMP.", id="a crowd that is not known"),
        pytest.param("You are not interested in tea pots.", id="a denial"),
        pytest.param("It fits.", id="nothing of its own"),
        pytest.param("", id="nothing"),
        pytest.param("See https://tea.example for tea pots.", id="an address"),
    ],
)
def test_what_no_fact_supports_is_refused(sentence: str) -> None:
    assert verify(sentence, ENGLISH, "en").fault


@pytest.mark.parametrize(
    "sentence",
    [
        "您在2026年5月3日购买了红茶壶，这款纸灯符合您对茶具的兴趣。",
        "因为你购买了“红茶壶”，所以推荐“纸灯”。",
        "这款纸灯与您2026年5月3日购买的红茶壶相配。",
    ],
)
def test_chinese_sentences_are_read_without_spaces(sentence: str) -> None:
    assert verify(sentence, CHINESE, "zh").fault is None


@pytest.mark.parametrize(
    "sentence",
    [
        "您购买了纸灯。",
        "您购买了红茶壶和纸灯。",
        "您在5月4日购买了红茶壶。",
        "这款精美的纸灯适合您。",
        "很多人购买了纸灯。",
        "您购买了“红纸灯”。",
        "您买了两个红茶壶。",
        "您浏览了红茶壶。",
        "您不喜欢茶具。",
    ],
)
def test_chinese_claims_without_a_fact_are_refused(sentence: str) -> None:
    assert verify(sentence, CHINESE, "zh").fault


@given(st.from_regex(r"\A[a-z]{5,12}\Z"), st.integers(0, 12))
def test_a_word_that_neither_claims_nothing_nor_stands_in_a_fact_is_refused_wherever_it_stands(
    word: str, place: int
) -> None:
    words = ["You", "bought", "RED", "TEA", "POT", "on", "3", "May", "2026", "so", "this", "paper", "lamp", "fits"]
    sentence = " ".join([*words[:place], word, *words[place:]])
    known = PLAIN["en"] | {"bought", "kitchen", "tissue", "tissues", "viewed", "recommended", "paper"}
    if word not in known and not any(
        word.startswith(known_word) or known_word.startswith(word[:4]) for known_word in known
    ):
        assert verify(sentence, ENGLISH, "en").fault


@given(st.integers(0, 3000).filter(lambda number: str(number) not in ("12", "2026")))
def test_no_number_is_believed_without_a_fact(number: int) -> None:
    assert verify(f"You bought RED TEA POT for {number}.", ENGLISH, "en").fault
