"""Notes about the pins of a request that are not in its list."""

from collections.abc import Iterator

from penchant.agent.recommend.ranking import Ranking
from penchant.agent.recommend.request_rules import Pin, RequestRules
from penchant.characters import counted
from penchant.store.receipt import Degraded

STEP = "pin"


def missing_pins(ranking: Ranking, rules: RequestRules) -> Iterator[Degraded]:
    """Yield a note with the reason for each pin that is not at its place."""
    standing = {(ranking.item(candidate), place) for candidate, place in ranking.extras.pins if place <= ranking.k}
    for pin in dict.fromkeys(rules.pin):
        position = ranking.models.space.position.get(pin.item_id, -1)
        if (position, pin.place) not in standing:
            why = _why(ranking, rules, pin, position)
            yield Degraded(step=STEP, reason=f"{pin.item_id!r} is not pinned to place {pin.place}: {why}")


def _why(ranking: Ranking, rules: RequestRules, pin: Pin, position: int) -> str:
    """Return the first reason that applies."""
    standing = [(ranking.item(candidate), place) for candidate, place in ranking.extras.pins]
    reasons = {
        "the catalogue has no such item": position < 0,
        f"the list has {counted(ranking.k, 'place')}": pin.place > ranking.k,
        "it is no longer available": position >= 0 and bool(ranking.models.space.ends[position] <= ranking.user.at),
        "it has not appeared yet": position >= 0 and bool(ranking.models.space.dates[position] > ranking.user.at),
        "the user has refused it": pin.item_id in ranking.user.refused,
        "it is pinned to another place": any(item == position for item, _ in standing),
        "another pin has this place": any(place == pin.place for _, place in standing),
        "the request leaves it out": pin.item_id in rules.exclude,
    }
    return next(
        (reason for reason, holds in reasons.items() if holds), "a filter, or the user's own word, leaves it out"
    )
