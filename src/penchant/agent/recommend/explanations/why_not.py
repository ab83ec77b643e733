"""The reason why an item is not on a list, in one sentence: what the user did or said, what is true of the item, or what ranks above it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from penchant.agent.recommend.eligibility import SettlingTypes
from penchant.agent.recommend.explanations.rule_explainer import event_in_words, statement_in_words
from penchant.agent.recommend.explanations.wording import Wording
from penchant.agent.recommend.muting import MutedBy, MutedItems
from penchant.agent.recommend.ranking import RankedItem, Ranking
from penchant.agent.recommend.strict_statements import StrictStatements
from penchant.prompts.locales import Translator, day_in_words
from penchant.store.catalogue import HIDDEN
from penchant.store.column_types import from_micros
from penchant.store.event import EventType
from penchant.store.labels import without_repeated_labels
from penchant.store.ledger import ItemEvent
from penchant.store.statement import Statement

VIEWING_TYPES = (EventType.VIEW, EventType.CLICK, EventType.DWELL)
"""Event types that are described as looking at the item."""


@dataclass(frozen=True)
class Exclusions:
    """What excludes items from lists. `withdrawn`: returns how each withdrawn item among the given ids was withdrawn."""

    settling: SettlingTypes
    strict: StrictStatements
    muted: MutedItems
    withdrawn: Callable[[Sequence[str]], Mapping[str, str]]

    def why_not(self, ranking: Ranking, ranked: RankedItem, rank: int | None, wording: Wording) -> str:
        """Return why `ranked` is not on the list. `rank`: its rank, None if it may not be listed."""
        if rank is None:
            return self._exclusion(ranking, ranked, wording)
        last = ranking.ranked(int(ranking.order[min(ranking.k, len(ranking.order)) - 1]), ranking.k).score
        return _outranked(wording.language, rank, ranked.score, last)

    def _exclusion(self, ranking: Ranking, ranked: RankedItem, wording: Wording) -> str:
        """Return why `ranked` may not be listed."""
        space, user, (language, zone) = ranking.models.space, ranking.user, wording
        item = space.ids[ranked.item]
        if space.ends[ranked.item] <= user.at:
            return gone(language, float(space.ends[ranked.item]), zone, self.withdrawn([item]).get(item, ""))
        if item in user.refused:
            return event_on_day(language, user.refused[item], zone, refused=True)
        statement = self.strict.why(user.live.statements, space, ranked.item)
        if statement is not None:
            return _stated(language, statement, zone)
        settled = self.settling.settling(item, space.domains[ranked.item] if space.domains else None, user.events)
        if settled is not None:
            return event_on_day(language, settled, zone)
        mute = self.muted.why(user.live, space, ranked.item)
        if mute is not None:
            return _muted(language, mute)
        return _not_yet_or_often(language, float(space.dates[ranked.item]), user.at, zone)


def event_on_day(language: str, event: ItemEvent, zone: tzinfo, *, refused: bool = False) -> str:
    """Return what the user did with the item, and on which day in their time zone."""
    on = day_in_words(from_micros(event.at).astimezone(zone), language)
    say = Translator(language, "reasons")
    what = event_in_words("looked" if event.type in VIEWING_TYPES else event.type, say("it"), language)
    if event.type != EventType.RATING or event.value is None:
        return say("you_did", did=what, day=on)
    return say("you_rated_low" if refused else "you_rated", did=what, day=on, rating=f"{event.value:g}")


def gone(language: str, until: float, zone: tzinfo, withdrawn: str) -> str:
    """Return why an item is unavailable. `until`: Unix seconds until which it was available, -inf if unknown; `withdrawn`: how the
    catalogue has it withdrawn, empty if it is not.
    """
    if withdrawn or math.isinf(until):
        name = "hidden" if withdrawn == HIDDEN else "gone" if withdrawn else "not_available"
        return Translator(language, "reasons")(name)
    on = day_in_words(from_micros(int(until * 1e6)).astimezone(zone), language)
    return Translator(language, "reasons")("ended", day=on)


def _outranked(language: str, rank: int, score: float, last: float) -> str:
    """Return the rank of an item that did not make the list, with both scores; if they do not say why, also what else orders a list."""
    say, shown, least = Translator(language, "reasons"), f"{score:.3f}", f"{last:.3f}"
    sentence = say("outranked", rank=rank, score=shown, last=least)
    return sentence if float(shown) < float(least) else say("between_sentences").join([sentence, say("order_rules")])


def _stated(language: str, statement: Statement, zone: tzinfo) -> str:
    """Return the user's statement that excludes an item, and its day in their time zone."""
    return statement_in_words(statement, statement.valid_from.astimezone(zone), language)


def _muted(language: str, by: MutedBy) -> str:
    """Return which muted interest excludes an item."""
    return Translator(language, "reasons")(
        "muted_alike" if by.is_alike else "muted", place=" › ".join(without_repeated_labels(by.path))
    )


def _not_yet_or_often(language: str, created: float, now: float, zone: tzinfo) -> str:
    """Return that an item appeared after `now`, or else that it was shown often. Times are Unix seconds."""
    say = Translator(language, "reasons")
    if created > now:
        return say("not_yet", day=day_in_words(from_micros(int(created * 1e6)).astimezone(zone), language))
    return say("shown_often")
