"""The rules of a request for a list: filters, exclusions, boosts, pins and caps.

Filters act before anything is counted, so that a list of k items stays a list of k items. A boost multiplies the odds of an item
(adds the logarithm of its factor to the score, which is in log odds); a factor below 1 lowers it. A pin puts an item at a place.
Boosts and pins appear in the account of a score under their own names, never as taste.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.filters import ATTRIBUTE, FIELDS, LABELS, SYNTAX, Condition
from penchant.agent.recommend.interactions import ItemSpace
from penchant.agent.recommend.list_rules import Caps
from penchant.arrays import Floats, Ints
from penchant.errors import UsageError
from penchant.prompts.locales import FALLBACK
from penchant.prompts.remarks import degraded_in, remark
from penchant.store.receipt import Degraded

if TYPE_CHECKING:
    from penchant.agent.recommend.models import ItemModels


MAX_RULES = 100
MAX_EXCLUDED = 10_000
FACTORS = (1e-6, 1e6)
DIGITS = 9


def _is_count(text: str) -> bool:
    """Return whether `text` is a whole number that a list could have as a place or a count."""
    return text.isdecimal() and len(text) <= DIGITS


@dataclass(frozen=True)
class Pin:
    """An item to be listed at `place` (from 1), whatever its score."""

    item_id: str
    place: int

    @classmethod
    def parse_all(cls, texts: Sequence[str]) -> tuple["Pin", ...]:
        """Parse `ID` and `ID@PLACE`; the former get, in their order, the first places that no other asks for. Raises `UsageError`."""
        asked = [_place(text) for text in texts]
        wanted = {place for _, place in asked}
        free = (place for place in count(1) if place not in wanted)
        return tuple(cls(item, place or next(free)) for item, place in asked)


def _place(text: str) -> tuple[str, int | None]:
    """Return the item and the place, if any, of a pin."""
    item, at, place = text.rpartition("@")
    if not at or not _is_count(place):
        return text, None
    if not item or not int(place):
        raise UsageError(f"{text[:80]!r} is not a pin: write ID or ID@PLACE, with places from 1")
    return item, int(place)


@dataclass(frozen=True)
class Cap:
    """A limit: at most `limit` items that match `condition`, or, with a `field`, of each value of that field."""

    limit: int
    condition: Condition | None = None
    field: str = ""

    @classmethod
    def parse(cls, text: str) -> "Cap":
        """Parse `EXPR=N` or `FIELD=N`. Raises `UsageError`."""
        what, sign, number = text.rpartition("=")
        if not sign or not _is_count(number.strip()):
            raise UsageError(
                f"{text[:80]!r} is not a cap: write EXPR=N or FIELD=N, such as category=Kitchen=2 or category=3"
            )
        name = what.strip().lower() if what.strip().lower() in FIELDS else what.strip()
        if name in FIELDS or (name.startswith(ATTRIBUTE) and not set(name) & set("=<>!")):
            return cls(int(number), field=name)
        return cls(int(number), Condition.parse(what))


@dataclass(frozen=True)
class Arrays:
    """Rules as arrays over the n items of a space. `open_items` (n,): what the filters admit; `boost` (n,): nats, None without boosts;
    `boosted`: masks (n,) of the items that a boost raises; `pins`: (position, place), by place; `caps`: None without caps.
    """

    open_items: NDArray[np.bool_]
    boost: Floats | None = None
    boosted: tuple[NDArray[np.bool_], ...] = ()
    pins: tuple[tuple[int, int], ...] = ()
    caps: Caps | None = None


@dataclass(frozen=True)
class RequestRules:
    """The parsed rules of one request. Left out are also `before`, the items on earlier pages, and `avoided`, the items that have what
    the user wants to avoid.
    """

    where: tuple[Condition, ...] = ()
    exclude: tuple[str, ...] = ()
    boost: tuple[tuple[Condition, float], ...] = ()
    pin: tuple[Pin, ...] = ()
    cap: tuple[Cap, ...] = ()
    fresh_days: float | None = None
    domain: str | None = None
    before: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        where: Sequence[str] | str = (),
        exclude: Sequence[str] = (),
        boost: Mapping[str, float] | Sequence[str] = (),
        pin: Sequence[str] = (),
        cap: Sequence[str] = (),
        fresh_days: float | None = None,
        domain: str | None = None,
    ) -> "RequestRules":
        """Parse the rules of a request. Raises `UsageError` that shows the syntax."""
        where, exclude, pin, cap = (_listed(given) for given in (where, exclude, pin, cap))
        pairs = list(boost.items()) if isinstance(boost, Mapping) else [_factor(text) for text in _listed(boost)]
        if max(len(where), len(pairs), len(pin), len(cap)) > MAX_RULES or len(exclude) > MAX_EXCLUDED:
            raise UsageError(f"a list takes at most {MAX_RULES} rules of a kind and {MAX_EXCLUDED:,} excluded items")
        if fresh_days is not None and not (0 < fresh_days < math.inf):
            raise UsageError(f"fresh_only is a number of days above 0, not {fresh_days}")
        return cls(
            tuple(map(Condition.parse, where)),
            tuple(dict.fromkeys(exclude)),
            tuple((Condition.parse(text), _bounded(text, factor)) for text, factor in pairs),
            Pin.parse_all(pin),
            tuple(map(Cap.parse, cap)),
            fresh_days,
            (domain or "").strip() or None,
        )

    def arrays(self, models: "ItemModels", now: float) -> Arrays:
        """Return these rules as arrays over the space of `models` at `now` (Unix seconds).

        Items that appear later than `now` are not open.
        """
        space = models.space
        ages = models.age_days(now) if self._asks_ages() else _NO_AGES
        ages = np.where(np.isinf(ages), np.nan, ages)  # of unknown age: no comparison holds
        open_items = ~(space.dates > now)
        for condition in self.where:
            open_items &= space.table.mask(condition, ages)
        if self.fresh_days is not None:
            open_items &= ages <= self.fresh_days
        if self.domain is not None:
            open_items &= space.of_domain(self.domain)
        excluded = space.positions([*self.exclude, *self.before, *self.avoided])
        open_items[excluded[excluded >= 0]] = False
        masks = [(space.table.mask(condition, ages), factor) for condition, factor in self.boost]
        nats = np.zeros(len(space))
        for mask, factor in masks:
            nats += math.log(factor) * mask
        return Arrays(
            open_items,
            nats if masks else None,
            tuple(mask for mask, factor in masks if factor > 1),
            tuple(self._pinned(space)),
            Caps.of([(*self._groups(cap, space, ages), cap.limit) for cap in self.cap]),
        )

    def unknown_labels(self, space: ItemSpace) -> list[str]:
        """Return a sentence with a hint for each condition that wants a category, tag, language or domain that no item has."""
        is_unknown = self.domain is not None and not space.of_domain(self.domain).any()
        asked = () if not is_unknown else (Condition("domain", "=", (str(self.domain).casefold(),)),)
        return [
            remark(
                "no_such_label",
                column=condition.column,
                values=repr(" or ".join(condition.values)),
                cure=_cure(condition.values[0], space.table.known(condition.column)),
            )
            for condition in (*self.where, *asked)
            if condition.column in LABELS
            and condition.operator == "="
            and not space.table.mask(condition, _NO_AGES).any()
        ]

    def unmet(self, space: ItemSpace, language: str = FALLBACK) -> list[Degraded]:
        """Return a remark for each attribute and label in these rules that no item has."""
        reasons = (*self.unknown_attributes(space), *self.unknown_labels(space))
        return degraded_in(language, [Degraded(step="filter", reason=reason) for reason in reasons])

    def unknown_attributes(self, space: ItemSpace) -> list[str]:
        """Return a sentence with a hint for each attribute in these rules that no item has."""
        conditions = [*self.where, *(condition for condition, _ in self.boost)]
        conditions += [cap.condition for cap in self.cap if cap.condition is not None]
        names = [cap.column.removeprefix(ATTRIBUTE) for cap in conditions if cap.column.startswith(ATTRIBUTE)]
        known = space.table.attribute_names
        return [
            remark("no_such_attribute", attribute=repr(name), cure=_cure(name, known))
            for name in dict.fromkeys(names)
            if name not in known
        ]

    def _asks_ages(self) -> bool:
        conditions = [*self.where, *(condition for condition, _ in self.boost)]
        conditions += [cap.condition for cap in self.cap if cap.condition is not None]
        return self.fresh_days is not None or any(cap.column == "age" for cap in conditions)

    def _pinned(self, space: ItemSpace) -> list[tuple[int, int]]:
        """Return pinned items that exist, by place. If two pins name the same place or the same item, the first counts."""
        taken, out = set[int](), dict[int, int]()
        for pin in self.pin:
            position = space.position.get(pin.item_id, -1)
            if position >= 0 and pin.place not in taken and position not in out:
                taken.add(pin.place)
                out[position] = pin.place
        return sorted(out.items(), key=lambda pair: pair[1])

    @staticmethod
    def _groups(cap: Cap, space: ItemSpace, ages: Floats) -> tuple[Ints, Ints]:
        if cap.condition is None:
            return space.table.groups(cap.field)
        members = np.flatnonzero(space.table.mask(cap.condition, ages))
        return members, np.zeros(len(members), np.int64)


NO_RULES = RequestRules()


MAX_COMPARED = 2_000
"""The maximum number of names that an unknown one is compared with."""
_NO_AGES = np.zeros(0)


def _cure(name: str, known: Collection[str]) -> str:
    """Return a hint for a name that no item has: a similar one, or else the command that shows an item."""
    folded = {other.casefold(): other for other in sorted(known)[:MAX_COMPARED]}
    near = get_close_matches(name.casefold(), folded, 1)
    if near:
        return remark("did_you_mean", nearest=repr(folded[near[0]]))
    return remark("look_at_one", command="`penchant items show ID`")


def _listed(given: Sequence[str] | str) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _factor(text: str) -> tuple[str, float]:
    expression, sign, number = text.rpartition("=")
    try:
        factor = float(number)
    except ValueError:
        factor = math.nan
    if not sign or not math.isfinite(factor):
        raise UsageError(f"{text[:80]!r} is not a boost: write EXPR=FACTOR, such as category=Kitchen=2; {SYNTAX}")
    return expression, factor


def _bounded(text: str, factor: float) -> float:
    if isinstance(factor, bool) or not isinstance(factor, int | float) or not FACTORS[0] <= factor <= FACTORS[1]:
        raise UsageError(
            f"the factor of {text[:80]!r} must lie between {FACTORS[0]:g} and {FACTORS[1]:g}, not {factor}: below 1 buries, and "
            "where keeps out altogether"
        )
    return float(factor)
