"""A note for readers of a list that is not in the order of its scores."""

from itertools import pairwise

from penchant.prompts.locales import Translator
from penchant.store.recommendation import Recommendation, RecommendedItem

SHOWN_DIGITS = 3
"""Decimal places of a score that readers see; scores equal to this precision count as equal."""


def order_note(recommendation: Recommendation, language: str) -> str:
    """Return one sentence in `language` that says why the list is not in the order of its scores, or "" where it is."""
    items = recommendation.items
    if _is_falling(items):
        return ""
    is_pinned = _is_falling([item for item in items if all(part.signal != "pin" for part in item.contributions)])
    name = "order_compared" if recommendation.compared else "order_pins" if is_pinned else "order_rules"
    return Translator(language, "reasons")(name)


def _is_falling(items: list[RecommendedItem]) -> bool:
    scores = [round(item.score, SHOWN_DIGITS) for item in items]
    return all(before >= after for before, after in pairwise(scores))
