"""Notes about the pins of a request that are not in its list."""

from collections.abc import Iterator

from penchant.agent.recommend.ranking import Ranking
from penchant.agent.recommend.request_rules import Pin, RequestRules
from penchant.prompts.remarks import remark
from penchant.store.receipt import Degraded

STEP = "pin"


def missing_pins(ranking: Ranking, rules: RequestRules) -> Iterator[Degraded]:
    """Yield a note with the reason for each pin that is not at its place."""
    standing = {(ranking.item(candidate), place) for candidate, place in ranking.extras.pins if place <= ranking.k}
    for pin in dict.fromkeys(rules.pin):
        position = ranking.models.space.position.get(pin.item_id, -1)
        if (position, pin.place) not in standing:
            why = _why(ranking, rules, pin, position)
            yield Degraded(step=STEP, reason=remark("pin_missing", item=repr(pin.item_id), place=pin.place, why=why))


def _why(ranking: Ranking, rules: RequestRules, pin: Pin, position: int) -> str:
    """Return the first reason that applies."""
    standing = [(ranking.item(candidate), place) for candidate, place in ranking.extras.pins]
    reasons = {
        "pin_unknown": position < 0,
        "pin_beyond_one" if ranking.k == 1 else "pin_beyond": pin.place > ranking.k,
        "pin_gone": position >= 0 and bool(ranking.models.space.ends[position] <= ranking.user.at),
        "pin_to_come": position >= 0 and bool(ranking.models.space.dates[position] > ranking.user.at),
        "pin_refused": pin.item_id in ranking.user.refused,
        "pin_elsewhere": any(item == position for item, _ in standing),
        "pin_taken": any(place == pin.place for _, place in standing),
        "pin_excluded": pin.item_id in rules.exclude + rules.before,
    }
    name = next((name for name, holds in reasons.items() if holds), "pin_filtered")
    return remark(name, count=ranking.k)
