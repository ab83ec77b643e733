"""What a caller prefers of several forms of an answer, as `Accept` and `Accept-Language` say it (RFC 9110, 12.4)."""

import re
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T", bound=str)
_WEIGHT = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.ASCII | re.IGNORECASE)


def weights(header: str) -> dict[str, float]:
    """Return the weight (0 to 1; 0: refused) of each value of a header, in the order of the header and in lower case. A
    value without a readable weight has 1.
    """
    found = dict[str, float]()
    for part in header.split(","):
        name, *parameters = part.split(";")
        given = [float(match[1]) for parameter in parameters if (match := _WEIGHT.fullmatch(parameter))]
        if name.strip():
            found.setdefault(name.strip().lower(), given[-1] if given else 1.0)
    return found


def prefers(header: str, wanted: str, *others: str) -> bool:
    """Return whether an `Accept` header names the media type `wanted`, and none of `others` with a greater weight."""
    found = weights(header)
    return found.get(wanted, 0.0) > 0.0 and all(found.get(other, 0.0) <= found[wanted] for other in others)


def preferred_language(header: str, known: Sequence[T], default: T) -> T:
    """Return the known language of the greatest weight, of equal ones the first that the header names; `default` where it
    accepts none of them. Only the first part of a language tag counts: `zh-TW` is `zh`.
    """
    by_code = dict[str, float]()
    for tag, weight in weights(header).items():
        code = tag.partition("-")[0]
        by_code[code] = max(weight, by_code.get(code, 0.0))
    of_others = by_code.get("*", 0.0)
    named = [code for code in by_code if code in known]
    order = [*(next(language for language in known if language == code) for code in named), default, *known]
    best = max(order, key=lambda language: by_code.get(language, of_others))
    return best if by_code.get(best, of_others) > 0.0 else default
