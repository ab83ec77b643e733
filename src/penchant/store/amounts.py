"""Parses amounts as people and shops write them.

Examples: `£19.99`, `24,00 €`, `1.299,00 EUR`, `19.99 GBP`, `1 299 kr`, `CHF 20.–`.
"""

import math
import re

MOST_CHARACTERS = 40
_CODES = (
    "USD EUR GBP JPY CNY RMB CHF CAD AUD NZD HKD SGD SEK NOK DKK PLN CZK HUF RON BGN TRY INR KRW BRL MXN ZAR ILS AED SAR THB TWD IDR MYR "
    "PHP VND UAH RUB ISK"
)
_UNIT = rf"(?:{_CODES.replace(' ', '|')}|(?:US|NZ|HK|A|C|S|R)?\$|[€£¥₹₩₽₺₪₫₴฿元円]|zł|kr\.?|Kč|Ft|lei|Rs\.?|Fr\.?)"
_IN_GROUPS = r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?"
_AMOUNT = re.compile(rf"([+-])?{_UNIT}?\s?([+-])?({_IN_GROUPS}|\d[\d.,]*|[.,]\d+)\s?{_UNIT}?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NO_CENTS = re.compile(r"[.,][-–—]+(?=\D*$)")
_RATED = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?) ?(?:/ ?(?:5|10|100)|stars?|%|点|星)", re.IGNORECASE | re.ASCII)
_STARS = re.compile(r"([★⭐]{1,10})☆{0,10}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")


def amount(text: str) -> float | None:
    """Return the number in a text that is only a number, with or without a currency.

    None for other texts and numbers that are not finite.

    If both a point and a comma occur, the last one is the decimal separator. If only one kind occurs, groups of three
    digits are thousands; only `1.234` without a currency is read as Python reads it.
    """
    try:
        value = float(text)
    except ValueError:
        return _written(text.strip())
    return value if math.isfinite(value) else None


def is_amount_in_words(text: str) -> bool:
    """Return whether `amount` reads a text that is no plain number: `£9.99`, `9,99 €`, `1.299,00`."""
    if len(text) > MOST_CHARACTERS or not _DIGIT.search(text):
        return False
    try:
        float(text)
    except ValueError:
        return _written(text.strip()) is not None
    return False


def rating(text: str) -> float | None:
    """Return the number of a rating such as `4.5/5`, `5 stars`, `90 %` or `★★★☆☆`; None for other texts."""
    bare = text.strip().replace("\ufe0f", "")
    if found := _RATED.fullmatch(bare):
        return float(found[1].replace(",", "."))
    stars = _STARS.fullmatch(bare)
    return float(len(stars[1])) if stars else None


def _written(text: str) -> float | None:
    found = _AMOUNT.fullmatch(_NO_CENTS.sub("", text)) if len(text) <= MOST_CHARACTERS else None
    if found is None:
        return None
    digits = re.sub(r"['’\s]", "", found[3])
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, decimals = (",", ".") if comma < point else (".", ",")
        digits = digits.replace(thousands, "").replace(decimals, ".")
    elif _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "").replace(".", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return -float(digits) if "-" in (found[1], found[2]) else float(digits)
    except ValueError:
        return None
