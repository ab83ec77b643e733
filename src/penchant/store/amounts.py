"""Numbers as people and shops write them: `£19.99`, `24,00 €`, `1.299,00 EUR`, `19.99 GBP`, `1 299 kr`."""

import math
import re

MOST_CHARACTERS = 40
_UNIT = r"(?:[A-Z]{3}|US\$|[$€£¥₹₩₽₺₪₫₴฿元円]|zł|kr\.?|Kč|Ft|lei)"
_AMOUNT = re.compile(rf"({_UNIT})?\s?([+-]?\d[\d.,'’\s]*)({_UNIT})?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")


def amount(text: str) -> float | None:
    """The number of a text that is nothing but a number, with a currency or without; None for any other text, and for one not finite.

    Of a point and a comma the last divides the decimals. Where there is one kind of them, groups of three digits are thousands; only
    `1.234` without a currency is what it is to a computer.
    """
    try:
        value = float(text)
    except ValueError:
        return _written(text.strip())
    return value if math.isfinite(value) else None


def _written(text: str) -> float | None:
    found = _AMOUNT.fullmatch(text) if len(text) <= MOST_CHARACTERS else None
    if found is None:
        return None
    digits = re.sub(r"['’\s]", "", found[2])
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, decimals = (",", ".") if comma < point else (".", ",")
        digits = digits.replace(thousands, "").replace(decimals, ".")
    elif _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "").replace(".", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None
