"""Lists that do not depend on a user: items similar to one, popular items and new items. For item pages and anonymous visitors.

Similar: score = cosine of the texts + squared cosine of the titles' words + `USERS_WEIGHT` × cosine of the items' users (less where these
are few), so that items without history are found by their texts and items with history by who took them. Every list leaves out items
that are no longer available.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.factors import one_thread
from penchant.agent.recommend.interactions import DAY, overlap
from penchant.agent.recommend.item_models import best
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.others import people_sharing
from penchant.agent.recommend.queries import is_read, named_by
from penchant.agent.recommend.recent import Recent
from penchant.agent.recommend.request_rules import RequestRules
from penchant.agent.recommend.shortfall import Steps, fewer
from penchant.arrays import Floats
from penchant.errors import FIND_ITEMS, NotFoundError, UsageError
from penchant.prompts.locales import Translator, day_in_words
from penchant.prompts.remarks import remark
from penchant.store.column_types import from_micros
from penchant.store.moments import zone_named
from penchant.store.receipt import Degraded
from penchant.store.recommendation import Contribution, ItemList, ListedItem

if TYPE_CHECKING:
    from penchant.agent.recommend.recommender import Recommender

USERS_WEIGHT = 3.0
"""The weight of the cosine of two items' users, relative to that of their texts."""
HALF_WEIGHT_USERS = 3.0
"""The number of shared users at which a cosine counts half."""


class CatalogueLists:
    """Makes lists from the item models of one installation, without changing anything. Thread-safe."""

    def __init__(self, recommender: "Recommender") -> None:
        self.recommender = recommender

    @one_thread
    def similar(self, item_id: str, k: int, rules: RequestRules, language: str) -> ItemList:
        """Return the `k` items most like one item, each with the reason. Raises `NotFoundError`."""
        models, now = self._models()
        space, position = models.space, models.space.position.get(item_id, -1)
        if position < 0:
            raise NotFoundError(remark("item_unknown", item=repr(item_id)), FIND_ITEMS)
        steps, open_items = _begun(models, rules, now.timestamp(), [position])
        at = np.array([position])
        content = np.maximum(space.vectors @ space.vectors[position], 0.0) + overlap(space.words, at, None)[0]
        people = people_sharing(models, at, np.arange(len(space)))[0]
        by_users = USERS_WEIGHT * _users_cosine(models, position, people)
        nearest = _best(content + by_users, open_items, k)
        title = space.titles[position]
        rows = [
            _row(
                models,
                place,
                rank,
                {"content": content[place], "collaborative": by_users[place]},
                _alike(language, title, round(people[place]) if by_users[place] > content[place] else 0),
            )
            for rank, place in enumerate(nearest, 1)
        ]
        listed = _accounted(steps, rows, k, language)
        return ItemList(kind="similar", about=item_id, as_of=now, degraded=rules.unmet(space, language), **listed)

    def unread(self, query: str) -> str | None:
        """Return what to say of a query that the embedder does not read; None for one that it reads."""
        return None if is_read(query, self.recommender.embedder) else remark("query_unread")

    def named(self, query: str, domain: str | None) -> list[tuple[str, float]] | None:
        """Return the items with words of `query` in their titles, with their cosine to it, best first; None for a query that the
        embedder reads.
        """
        if self.unread(query) is None:
            return None
        space = self._models()[0].space
        match = named_by(query, space) * (1.0 if domain is None else space.of_domain(domain))
        return sorted(((space.ids[at], float(match[at])) for at in np.flatnonzero(match)), key=lambda pair: -pair[1])

    def popular(self, k: int, rules: RequestRules, days: float | None, language: str) -> ItemList:
        """Return the `k` items chosen most in the last `days` (None: ever). Raises `UsageError`."""
        if days is not None and not 0 < days < float("inf"):
            raise UsageError(f"days is a number above 0, not {days}")
        models, now = self._models()
        counts = self._counts(models, now.timestamp(), days)
        steps, open_items = _begun(models, rules, now.timestamp())
        if days is not None:
            steps.take("unchosen", self._counts(models, now.timestamp(), None) > 0)
        open_items &= counts > 0
        steps.take("unchosen" if days is None else "unchosen_lately", open_items)
        rows = [
            _row(
                models,
                place,
                rank,
                {"popularity" if days is None else "trending": counts[place]},
                _chosen(language, int(counts[place]), days),
            )
            for rank, place in enumerate(_best(counts, open_items, k), 1)
        ]
        listed = _accounted(steps, rows, k, language)
        return ItemList(kind="popular", days=days, as_of=now, degraded=rules.unmet(models.space, language), **listed)

    def latest(self, k: int, rules: RequestRules, language: str) -> ItemList:
        """Return the `k` items that appeared last, by `created_at`; then those without a date, in the order of their import."""
        models, now = self._models()
        seconds, space = now.timestamp(), models.space
        since = np.where(np.isnan(space.dates), -np.inf, space.dates)
        steps, open_items = _begun(models, rules, seconds)
        order = np.lexsort((space.places, -since))
        newest = order[open_items[order]][:k].tolist()
        rows = [
            _row(
                models,
                place,
                rank,
                {"freshness": float(np.exp(-(seconds - since[place]) / (14 * DAY)))},
                _here_since(language, float(since[place]), zone_named(self.recommender.settings.zone)),
            )
            for rank, place in enumerate(newest, 1)
        ]
        listed = _accounted(steps, rows, k, language)
        return ItemList(kind="latest", as_of=now, degraded=rules.unmet(space, language), **listed)

    def unmet(self, rules: RequestRules, language: str) -> list[Degraded]:
        """Return what the rules name and no item has."""
        return rules.unmet(self._models()[0].space, language)

    def _counts(self, models: ItemModels, at: float, days: float | None) -> Floats:
        """Return the interactions within `days` before `at` (None: ever) with each item (n,).

        Where the newest behaviour in memory does not reach so far back, these are the counts of the models plus what came after them.
        """
        newest = self.recommender.newest.current(models.space)
        start = -np.inf if days is None else at - days * DAY
        first = models.at[0] if len(models.at) else np.inf
        if len(newest) and newest.at[0] <= max(start, first):
            return _counted(newest, start, at)
        known = models.popularity if days is None else models.window(at, days)
        return known + _counted(newest, max(start, np.nextafter(models.until, np.inf)), at)

    def _models(self) -> tuple[ItemModels, datetime]:
        now = self.recommender.clock.now()
        return self.recommender.model_store.current(now, self.recommender.tuned().penalty), now


def _begun(
    models: ItemModels, rules: RequestRules, now: float, without: Sequence[int] = ()
) -> tuple[Steps, NDArray[np.bool_]]:
    """Return the items (n,) that are available at `now` (Unix seconds) and within the rules, but for those at the positions
    `without`, and the count of the others.
    """
    open_items = rules.arrays(models, now).open_items & (models.space.ends > now)
    open_items[list(without)] = False
    steps = Steps(models.space, now, without)
    steps.take("filtered", open_items)
    return steps, open_items


def _accounted(steps: Steps, rows: list[ListedItem], k: int, language: str) -> dict[str, Any]:
    """Return the items of a list as its fields, with what each step left out where there are fewer than `k`."""
    short = fewer(language, len(rows), k, steps.available, steps.counts)
    left_out = steps.counts if short else {}
    return {
        "qualified": steps.remaining,
        "available": steps.available,
        "left_out": left_out,
        "fewer": short,
        "items": rows,
    }


def _counted(recent: Recent, start: float, end: float) -> Floats:
    """Return the number of interactions with each item (n,) from `start` up to and including `end` (Unix seconds)."""
    begin, stop = np.searchsorted(recent.at, start), np.searchsorted(recent.at, end, "right")
    return np.bincount(recent.items[begin:stop], minlength=recent.n_items).astype(np.float64)


def _users_cosine(models: ItemModels, position: int, people: Floats) -> Floats:
    """Return the cosine of each item's users with those of one item (n,), reduced where few `people` are shared."""
    cosine = people / np.sqrt(np.maximum(models.takers, 1.0) * max(models.takers[position], 1.0))
    return np.asarray(cosine * people / (people + HALF_WEIGHT_USERS))


def _best(values: Floats, open_items: np.ndarray, k: int) -> Sequence[int]:
    places = np.flatnonzero(open_items)
    return [int(place) for place in places[best(np.asarray(values)[places], k)]]


def _row(models: ItemModels, place: int, rank: int, parts: dict[str, float], why: str) -> ListedItem:
    contributions = [Contribution(signal=name, value=float(value)) for name, value in parts.items() if value]
    return ListedItem(
        item_id=models.space.ids[place],
        title=models.space.titles[place],
        rank=rank,
        score=sum(part.value for part in contributions),
        contributions=contributions,
        why=why,
    )


def _alike(language: str, title: str, people: int) -> str:
    say = Translator(language, "reasons")
    if people > 1:
        return say("alike_by_people", title=title, people=f"{people:,}")
    return say("alike_by_one" if people else "alike_in_words", title=title)


def _chosen(language: str, count: int, days: float | None) -> str:
    say, times = Translator(language, "reasons"), f"{count:,}"
    if days is None:
        return say("seen_once") if count == 1 else say("seen_times", count=times)
    span = int(days) if days == int(days) else f"{days:g}"
    return say("lately_seen_once", days=span) if count == 1 else say("lately_seen_times", count=times, days=span)


def _here_since(language: str, at: float, zone: tzinfo) -> str:
    if not np.isfinite(at):
        return Translator(language, "reasons")("no_date")
    on = day_in_words(from_micros(int(at * 1e6)).astimezone(zone), language)
    return Translator(language, "reasons")("here_since", day=on)
