"""Why an item is not on a list, in words that are true: what was done with it and when, or that it is no longer to be had."""

import math

from penchant.agent.recommend.explanations.rule_explainer import DEEDS_EN, DEEDS_ZH, day
from penchant.store.event import EventType
from penchant.store.ledger import ItemEvent
from penchant.store.schema import from_micros
from penchant.store.statement import Statement

LOOKS = (EventType.VIEW, EventType.CLICK, EventType.DWELL)
REFUSALS_EN: dict[str, str] = {
    EventType.HIDE: "hid", EventType.DISLIKE: "disliked", EventType.RETURN: "gave back", EventType.SKIP: "skipped",
}  # fmt: skip
REFUSALS_ZH: dict[str, str] = {
    EventType.HIDE: "隐藏了", EventType.DISLIKE: "不喜欢", EventType.RETURN: "退回了", EventType.SKIP: "跳过了",
}  # fmt: skip


def did_it(language: str, deed: ItemEvent, *, refused: bool = False) -> str:
    """What the user did with the item, and on which day."""
    on = day(from_micros(deed.at), language)
    rating = f"{deed.value:g}" if deed.type == EventType.RATING and deed.value is not None else ""
    if language == "zh":
        did = "看过" if deed.type in LOOKS else (REFUSALS_ZH | DEEDS_ZH).get(deed.type, "选择了")
        return f"您在{on}{did}它{f'（{rating}分）' if rating else ''}{'，低于您平时的评分' if refused and rating else ''}。"
    did = "looked at" if deed.type in LOOKS else (REFUSALS_EN | DEEDS_EN).get(deed.type, "chose")
    below = ", below your usual" if refused and rating else ""
    return f"You {did} it on {on}{f' with {rating}{below}' if rating else ''}."


def gone(language: str, until: float) -> str:
    """That an item is no longer available; `until`: Unix seconds it was available up to, -inf where nothing is said."""
    if math.isinf(until):
        return "它已不再提供。" if language == "zh" else "It is no longer sold."
    on = day(from_micros(int(until * 1e6)), language)
    return f"它已于{on}结束提供。" if language == "zh" else f"It ended on {on}."


def outranked(language: str, rank: int, score: float, last: float) -> str:
    """Where an item stands that did not make the list."""
    if language == "zh":
        return f"它排在第{rank}位，得分{score:.3f}；列表末位得分{last:.3f}。"
    return f"It ranks {rank}, with a score of {score:.3f}; the last of the list has {last:.3f}."


def stated(language: str, statement: Statement) -> str:
    """What the user said that keeps an item off, and on which day."""
    on = f"{statement.valid_from:%Y-%m-%d}"
    if language == "zh":
        return f"您在{on}说过：“{statement.text}”。"
    return f"You said on {on}: “{statement.text}”"


def set_aside(language: str) -> str:
    """That nothing the user did keeps an item off, but what they or the shop have set."""
    if language == "zh":
        return "它属于您已隐藏的兴趣，或近来已多次展示给您。"
    return "It belongs to an interest you have muted, or was shown to you several times lately."
