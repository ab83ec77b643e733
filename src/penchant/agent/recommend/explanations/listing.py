"""From ranked items to the items of a list: collects the facts about each and has the reasons for all of them written at once."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from penchant.agent.profiles.engine.state import PERSONAL
from penchant.agent.recommend.explanations.asked_for import answers, nearest_to_query
from penchant.agent.recommend.explanations.rule_explainer import (
    STANDING,
    Explained,
    Explainer,
    Facts,
    RuleExplainer,
    leading_interest,
    without_dislikes,
)
from penchant.agent.recommend.explanations.wording import Wording
from penchant.agent.recommend.factors import one_thread
from penchant.agent.recommend.interactions import ItemSpace
from penchant.agent.recommend.muting import GENERAL
from penchant.agent.recommend.ranking import RankedItem, Ranking
from penchant.agent.recommend.strict_statements import mentions
from penchant.agent.recommend.user import User
from penchant.store.column_types import from_micros
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.labels import folded, without_repeated_labels
from penchant.store.moments import EARLIEST
from penchant.store.profile import construct
from penchant.store.recommendation import Contribution, Counterfactual, RecommendedItem
from penchant.store.statement import Statement

if TYPE_CHECKING:
    from penchant.agent.taxonomy.taxonomy import Taxonomy
    from penchant.store.catalogue import Catalogue
    from penchant.store.ledger import Ledger


_LEVELS = 3
"""The number of levels of a tree: topic, subtopic, theme."""
_SharedPath = Callable[[str], tuple[str, ...] | None]
"""Returns the path of an interest, by id, down to where one item is; None if the item is not about it."""
_BLANK_ITEM = Item(item_id="-", title="-").__dict__
_BLANK_EVENT = Event(user_id="-", type="view", at=EARLIEST).__dict__


class _Known(NamedTuple):
    """The events and items that reasons may name, by id."""

    events: Mapping[str, Event]
    items: Mapping[str, Item]


class _Place(NamedTuple):
    """The ids of the nodes that an item is in, and whether the catalogue's own categories say so (`is_certain`)."""

    nodes: set[str]
    is_certain: bool


class ListWriter:
    """Writes the accounts and reasons of lists. `taxonomy`: returns the taxonomy in force, which says where items belong."""

    def __init__(self, ledger: "Ledger", catalogue: "Catalogue", taxonomy: "Callable[[], Taxonomy]") -> None:
        self.ledger, self.catalogue, self.taxonomy = ledger, catalogue, taxonomy

    def write(
        self, ranking: Ranking, listed: Sequence[RankedItem], explainer: Explainer, wording: Wording
    ) -> tuple[list[RecommendedItem], Explained]:
        """Return the items with their accounts and reasons; and what writing the reasons cost.

        An interest that rests only on a statement of the user has its message as evidence.
        """
        zone, places = wording.zone, _places_of(self.taxonomy(), ranking, listed)
        stated = _statements_by_interest(ranking.user, zone)
        known = self._known(ranking, listed, explainer)
        known = _Known({name: _in_zone(event, zone) for name, event in known.events.items()}, known.items)
        facts = _facts(ranking, listed, known, stated, places)
        explained = explainer.explain(facts, wording.language)
        rows = [
            RecommendedItem(
                item_id=item_facts.item.item_id,
                title=item_facts.item.title,
                rank=ranked.rank,
                score=ranked.score,
                contributions=_with_messages(ranked.contributions, stated),
                explanation=explanation,
                fits_query=item_facts.answers if ranking.user.is_asking else None,
            )
            for item_facts, ranked, explanation in zip(facts, listed, explained.explanations, strict=True)
        ]
        return rows, explained

    def _known(self, ranking: Ranking, listed: Sequence[RankedItem], explainer: Explainer) -> _Known:
        """Look up events and items once for the whole list. Rules need only the type, item and time of an event and the title of an item,
        which the ranking has read already.
        """
        user, space = ranking.user, ranking.models.space
        named = {part.evidence[0] for row in listed for part in row.contributions if len(part.evidence) == 1}
        named |= set(_own_events(ranking, listed).values())
        by_rule = isinstance(explainer, RuleExplainer)
        named -= user.against
        events = _of_events(user, named) if by_rule else self.ledger.get(user.live.user_id, sorted(named))
        wanted = {event.item_id for event in events.values() if event.item_id} | {space.ids[row.item] for row in listed}
        return _Known(events, _by_title(space, wanted) if by_rule else self.catalogue.get(sorted(wanted)))


def _statements_by_interest(user: User, zone: tzinfo) -> dict[str, Statement]:
    """Return the user's statements by the stated interest with the same label as their subject."""
    live = user.live
    by_subject = {folded(each.subject): each for each in live.statements if each.polarity == "like"}
    found = {live.ids[at]: by_subject.get(folded(live.labels[at])) for at in np.flatnonzero(live.stated).tolist()}
    return {
        name: each.model_copy(update={"valid_from": each.valid_from.astimezone(zone)})
        for name, each in found.items()
        if each is not None
    }


def _with_messages(parts: Sequence[Contribution], stated: Mapping[str, Statement]) -> list[Contribution]:
    """Return contributions with the message of their interest's statement as evidence, if they have no other."""
    return [_with_message(part, stated) for part in parts] if stated else list(parts)


def _with_message(part: Contribution, stated: Mapping[str, Statement]) -> Contribution:
    """Return a contribution with the message of its interest's statement as evidence, if it has no other."""
    statement = stated.get(part.interest_id or "")
    if part.evidence or statement is None or statement.event_id is None:
        return part
    return part.model_copy(update={"evidence": (statement.event_id,)})


def _in_zone(event: Event, zone: tzinfo) -> Event:
    return event if zone is UTC else event.model_copy(update={"at": event.at.astimezone(zone)})


def _own_events(ranking: Ranking, listed: Sequence[RankedItem]) -> dict[str, str]:
    """Return the id of the user's newest standing event about each listed item that has one."""
    ids, found = {ranking.models.space.ids[row.item] for row in listed}, dict[str, str]()
    for event in ranking.user.events:  # newest first
        if event.item_id in ids and event.type in STANDING and event.event_id not in ranking.user.against:
            found.setdefault(event.item_id, event.event_id)
    return found


def _places_of(taxonomy: "Taxonomy", ranking: Ranking, listed: Sequence[RankedItem]) -> Mapping[int, _Place]:
    """Return the place of each listed item, by its position in the space."""
    found = {row.item: _Place(set(), False) for row in listed}
    if not len(taxonomy.themes):
        return found
    rows, themes, _ = taxonomy.assignments([ranking.models.space.ids[row.item] for row in listed])
    for row, at in zip(rows.tolist(), themes.tolist(), strict=True):
        theme, subtopic = taxonomy.themes[at], int(taxonomy.theme_subtopics[at])
        topic = taxonomy.topics[int(taxonomy.subtopic_topics[subtopic])]
        place = found[listed[row].item]
        above = {theme.id, taxonomy.subtopics[subtopic].id, topic.id}
        found[listed[row].item] = _Place(place.nodes | above, place.is_certain or bool(theme.category))
    return found


def _facts(
    ranking: Ranking,
    listed: Sequence[RankedItem],
    known: _Known,
    stated: Mapping[str, Statement],
    places: Mapping[int, _Place],
) -> list[Facts]:
    """Return the facts about each item. `stated`: the result of `_statements_by_interest`; `places`: that of `_places_of`."""
    live, ids, items = ranking.user.live, ranking.models.space.ids, known.items
    at, own = from_micros(round(ranking.user.at * 1e6)), _own_events(ranking, listed)
    nearest = nearest_to_query(ranking.user, ranking.models.space)
    paths = [cache(partial(_shared_path, ranking, row.item, places[row.item])) for row in listed]
    return [
        Facts(
            items[ids[ranked.item]],
            ranked.rank,
            ranked.contributions,
            live,
            known.events,
            items,
            counterfactual,
            partial(ranking.others, ranked.item),
            stated,
            shared_path,
            at,
            known.events.get(own.get(ids[ranked.item], "")),
            ranking.asked(ranked.place),
            partial(_is_alike, ranking.models.space, ranked.item),
            answers(ranking.user, ranking.models.space, ranked.item),
            ranked.item in nearest,
        )
        for ranked, shared_path, counterfactual in zip(
            listed, paths, _counterfactuals(ranking, listed, paths), strict=True
        )
    ]


def _shared_path(ranking: Ranking, item: int, place: _Place, interest: str) -> tuple[str, ...] | None:
    """Return the path of an interest down to where the item at a position of the space is; None if the item is not about the interest.

    It is if it is in the interest's node, or beside it in the same subtopic, or names it: all of its path where the catalogue has its own
    categories, as "Jackets" occurs below "Women" and below "Children". Where the catalogue does not say where the item or the interest
    belongs, it is enough that the item is more like it than items usually are. An interest may lead in the score of an
    item elsewhere, if little else speaks for it, but the item does not fit it then.
    """
    live, space = ranking.user.live, ranking.models.space
    leaf = live.ids.index(interest)
    path, chain = live.paths[leaf], live.nodes[leaf] if live.nodes else ()
    is_whole = len(path) == len(chain)
    if is_whole:  # a general subtopic stands for items that the catalogue has in the topic itself
        path = tuple(label for label, node in zip(path, chain, strict=True) if not node.endswith(f".{GENERAL}"))
    shown = without_repeated_labels(path)
    is_placed = place.is_certain and not live.stated[leaf] and not interest.startswith(PERSONAL)
    names = shown if is_placed else live.labels[leaf : leaf + 1]
    if interest in place.nodes or all(mentions(name, space, item) for name in names):
        return shown
    if not is_placed and float(space.vectors[item] @ live.vectors[leaf]) > space.usual_likeness:
        return shown
    if len(chain) < _LEVELS or chain[1] not in place.nodes:
        return None
    return without_repeated_labels(path[:-1]) if is_whole else shown


def _is_alike(space: ItemSpace, item: int, other: str) -> bool:
    """Return whether the item at a position of the space is more like another item than items usually are."""
    at = space.position.get(other, -1)
    return at >= 0 and float(space.vectors[item] @ space.vectors[at]) > space.usual_likeness


def _leading(ranking: Ranking, ranked: RankedItem, shared_path: _SharedPath) -> str | None:
    """Return the interest that a reason names for an item; if the item is about none that leads, the one that carries most."""
    parts = without_dislikes(ranked.contributions, ranking.user.live)
    return leading_interest(parts, lambda name: shared_path(name) is not None) or leading_interest(parts)


@one_thread
def _counterfactuals(
    ranking: Ranking, listed: Sequence[RankedItem], paths: Sequence[_SharedPath]
) -> list[Counterfactual | None]:
    """Return the rank of each item without its leading interest; None if it has none or is not ranked."""
    live = ranking.user.live
    leading = [
        _leading(ranking, ranked, shared_path) if ranked.rank else None
        for ranked, shared_path in zip(listed, paths, strict=True)
    ]
    place = {name: live.ids.index(name) for name in leading if name is not None}
    ranking.prepare_without(place.values())
    return [
        None
        if name is None
        else Counterfactual(without_interest=name, rank=ranking.rank_without(ranked.place, place[name]))
        for ranked, name in zip(listed, leading, strict=True)
    ]


def _by_title(space: ItemSpace, item_ids: Iterable[str]) -> dict[str, Item]:
    """Return items with only their ids, titles and dates."""
    return {name: _titled(space, name, space.position[name]) for name in item_ids if name in space.position}


def _titled(space: ItemSpace, item_id: str, position: int) -> Item:
    created = float(space.dates[position])
    at = None if np.isnan(created) else from_micros(round(created * 1e6))
    return construct(Item, _BLANK_ITEM | {"item_id": item_id, "title": space.titles[position], "created_at": at})


def _of_events(user: User, event_ids: Container[str]) -> dict[str, Event]:
    """Return these events of a user, if they are about items."""
    whose = _BLANK_EVENT | {"user_id": user.live.user_id}
    return {
        event.event_id: construct(Event, whose | event._asdict() | {"at": from_micros(event.at)})
        for event in user.events
        if event.event_id in event_ids
    }
