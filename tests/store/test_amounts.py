"""What is read as a number in the columns of a shop, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.store.amounts import amount, rating


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("20", 20.0),
        ("-3.5", -3.5),
        ("1.234", 1.234),
        ("£19.99", 19.99),
        ("24,00 €", 24.0),
        ("€ 24,00", 24.0),
        ("19.99 GBP", 19.99),
        ("US$1,299.50", 1299.5),
        ("1.299,50 EUR", 1299.5),
        ("€1.299", 1299.0),
        ("1,234", 1234.0),
        ("1,234,567.89", 1234567.89),
        ("1\u00a0299 kr", 1299.0),
        ("CHF 1'299.00", 1299.0),
        ("0,125", 0.125),
        ("¥3000", 3000.0),
        ("3000元", 3000.0),
        ("199 zł", 199.0),
        ("4,5", 4.5),
        ("-$5", -5.0),
        ("$.99", 0.99),
        ("20 eur", 20.0),
        ("Rs. 500", 500.0),
        ("A$20", 20.0),
        ("CHF 20.–", 20.0),
        ("20.-", 20.0),
    ],
)
def test_a_price_is_a_number_however_a_shop_writes_it(written: str, number: float) -> None:
    assert amount(written) == pytest.approx(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "free",
        "nan",
        "inf",
        '10"',
        "2020-07-05",
        "2020.07.05",
        "1,2,3",
        "12 for 10",
        "6'2",
        "38 40 42",
        "2019 2020",
        "DVD 3",
        "£",
        "9" * 400,
        "," * 30,
    ],
)
def test_other_text_is_no_number(text: str) -> None:
    assert amount(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_a_computer_writes_is_read_as_it_is(value: float) -> None:
    assert amount(repr(value)) == value


@given(st.integers(0, 10**12), st.sampled_from(["{} €", "${}", "{} USD"]))
def test_thousands_may_be_divided(cents: int, form: str) -> None:
    english = f"{cents / 100:,.2f}"
    european = english.translate(str.maketrans(",.", ".,"))
    assert amount(form.format(english)) == amount(form.format(european)) == pytest.approx(cents / 100)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("4.5/5", 4.5),
        ("4,5 / 10", 4.5),
        ("1 star", 1),
        ("90%", 90),
        ("★★★☆☆", 3),
        ("⭐️⭐️", 2),
        ("5/7", None),
        ("good", None),
    ],
)
def test_a_rating_is_a_number_however_people_write_it(written: str, number: float | None) -> None:
    assert rating(written) == number
