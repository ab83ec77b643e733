"""Names for interests: what is recorded is looked up, what is not is read once and recorded.

What a group shows its reader is a function of its key alone, so that a name never depends on when, or for whom, it was first asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from penchant.agent.behaviour import embedded
from penchant.agent.interest.growth import digest
from penchant.agent.interest.state import Leaf, normalised
from penchant.agent.reading import Group, KnownInterest, Reading, ReadReply
from penchant.store.plain import plain

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.names import Names


class Naming:
    """Recorded readings, and the groups that still need one."""

    def __init__(self, names: "Names", catalogue: "Catalogue", embedder: "Embedder") -> None:
        self.names, self.catalogue, self.embedder = names, catalogue, embedder

    def known(self, keys: Collection[str], language: str) -> dict[str, Reading]:
        """The readings recorded under these keys."""
        return {key: _load(body) for key, body in self.names.get(sorted(keys), language).items()}

    def groups(self, leaves: Sequence[Leaf]) -> list[Group]:
        """What a reader is shown of leaves, one group per key."""
        by_key = {leaf.key: leaf for leaf in leaves}
        items = self.catalogue.get(sorted({item for leaf in by_key.values() for item in leaf.items}))
        vectors = embedded([text for leaf in by_key.values() for text in leaf.texts], self.embedder)
        return [self._group(leaf, items, vectors) for leaf in by_key.values()]

    def stated(self, label: str) -> Group:
        """A label the user put into words, to be placed in the tree."""
        text = plain(label)
        return Group(stated_key(label), (text,), self.embedder.embed([text])[0])

    def record(self, reply: ReadReply, known: Sequence[KnownInterest], language: str, model: str | None) -> None:
        """Keep the readings; "this is that one" becomes that one's path."""
        paths = {interest.id: interest.path for interest in known}
        for source in ("llm", "rule"):
            said = [reading for reading in reply.readings if reading.source == source]
            bodies = {reading.key: _dump(_resolved(reading, paths)) for reading in said}
            self.names.put(language, bodies, source=source, model=model if source == "llm" else None)

    def _group(self, leaf: Leaf, items: Mapping[str, Any], vectors: Mapping[str, Any]) -> Group:
        found = [vectors[text] for text in leaf.texts if text in vectors]
        centre = (
            normalised(np.sum(found, axis=0, dtype=np.float32))
            if found
            else np.zeros(self.embedder.dimensions, np.float32)
        )
        paths = [path for item in leaf.items if item in items for path in items[item].categories]
        counted = sorted(dict.fromkeys(paths), key=lambda path: (-paths.count(path), paths.index(path)))
        return Group(leaf.key, leaf.texts, centre, tuple(counted), len(leaf.texts), float(len(leaf.texts)))


def stated_key(label: str) -> str:
    """The key under which the place of a stated label is recorded."""
    return f"said-{digest(label.casefold())}"


def _resolved(reading: Reading, paths: Mapping[str, tuple[str, ...]]) -> Reading:
    if reading.same_as is None:
        return reading
    return replace(reading, path=paths.get(reading.same_as, reading.path), same_as=None)


def _dump(reading: Reading) -> dict[str, Any]:
    return asdict(reading) | {"path": list(reading.path)}


def _load(body: Mapping[str, Any]) -> Reading:
    return Reading(**{**body, "path": tuple(body["path"])})
