"""Names for interests: what is recorded is looked up, what is not is read once and recorded.

What a group shows its reader is a function of its key alone, so that a name never depends on when, or for whom, it was first asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from penchant.agent.profiles.engine.fold import TEXT_KEPT
from penchant.agent.profiles.engine.growth import digest
from penchant.agent.profiles.engine.state import Leaf, normalised
from penchant.agent.profiles.observations import embedded
from penchant.agent.profiles.readers.reader import Group, Reading, ReadReply, ReadRequest
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

    def groups(self, leaves: Sequence[Leaf], offers: Mapping[str, int] | None = None) -> list[Group]:
        """What a reader is shown of leaves, one group per key. `offers`: how often models have looked at those read before."""
        by_key = {leaf.key: leaf for leaf in leaves}
        items = self.catalogue.get(sorted({item for leaf in by_key.values() for item in leaf.items}))
        vectors = embedded([text for leaf in by_key.values() for text in leaf.texts], self.embedder)
        groups = [self._group(leaf, items, vectors) for leaf in by_key.values()]
        return [replace(group, offers=(offers or {}).get(group.key, 0)) for group in groups]

    def stated(self, label: str) -> Group:
        """A label the user put into words, to be placed in the tree."""
        text = plain(label)
        return Group(stated_key(label), (text,), self.embedder.embed([text])[0], personal=True)

    def record(self, request: ReadRequest, reply: ReadReply, model: str | None) -> None:
        """Keep the readings; "this is that one" becomes that one's path.

        A reading of the user's own words is kept as theirs, to be erased with them.
        """
        paths = {interest.id: interest.path for interest in request.known}
        personal = {group.key for group in request.groups if group.personal}
        for source, own in product(("llm", "rule"), (True, False)):
            said = [one for one in reply.readings if one.source == source and (one.key in personal) == own]
            bodies = {reading.key: _dump(_resolved(reading, paths)) for reading in said}
            by = model if source == "llm" else None
            self.names.put(request.language, bodies, source=source, model=by, owner=request.user_id if own else None)

    def _group(self, leaf: Leaf, items: Mapping[str, Any], vectors: Mapping[str, Any]) -> Group:
        found = [vectors[text] for text in leaf.texts if text in vectors]
        centre = (
            normalised(np.sum(found, axis=0, dtype=np.float32))
            if found
            else np.zeros(self.embedder.dimensions, np.float32)
        )
        paths = [path for item in leaf.items if item in items for path in items[item].categories]
        counted = sorted(dict.fromkeys(paths), key=lambda path: (-paths.count(path), paths.index(path)))
        titles = {plain(items[item].title)[:TEXT_KEPT] for item in leaf.items if item in items}
        personal = not titles.issuperset(leaf.texts)
        return Group(leaf.key, leaf.texts, centre, tuple(counted), len(leaf.texts), float(len(leaf.texts)), personal)


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
