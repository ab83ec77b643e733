"""From events to what they are about: the vector of the item, or of the event's own words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from penchant.agent.profiles.engine.fold import Observation
from penchant.store.embedders.embedder import Embedder, Vector
from penchant.store.event import Event
from penchant.store.plain import plain

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue


def observations(events: Sequence[Event], catalogue: "Catalogue", embedder: Embedder) -> list[Observation]:
    """One per event, in order. What the catalogue does not know and no words describe has no vector. Raises `ModelError`."""
    item_ids = list(dict.fromkeys(event.item_id for event in events if event.item_id))
    vectors, items = catalogue.vectors(item_ids), catalogue.get(item_ids)
    titles = {name: plain(item.title) for name, item in items.items()}
    words = {event.event_id: plain(event.said()) for event in events if event.item_id not in vectors}
    spoken = embedded([text for text in words.values() if text], embedder)
    seen = []
    for event in events:
        if event.item_id is not None and event.item_id in vectors:
            seen.append(Observation(event, vectors[event.item_id], titles[event.item_id]))
        else:
            text = words[event.event_id]
            seen.append(Observation(event, spoken.get(text), text))
    return seen


def embedded(texts: Sequence[str], embedder: Embedder) -> dict[str, Vector]:
    """Vector (d,) of each different text."""
    different = list(dict.fromkeys(text for text in texts if text))
    return dict(zip(different, embedder.embed(different), strict=True)) if different else {}
