"""The taxonomy as people ask for it: built, shown, compared; who cares for what, in numbers that name nobody."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from penchant.agent.profiles.population import DOCUMENT, Population
from penchant.agent.taxonomy.stability import taxonomy_diff
from penchant.agent.taxonomy.taxonomy import outline
from penchant.errors import NotFoundError

if TYPE_CHECKING:
    from penchant.agent.taxonomy.service import TaxonomyService
    from penchant.store.catalogue import Catalogue
    from penchant.store.documents import Documents


class TaxonomyView:
    """Reads the taxonomy of one installation; `build` makes a new version of it."""

    def __init__(self, service: "TaxonomyService", catalogue: "Catalogue", documents: "Documents") -> None:
        self.service, self.catalogue, self.documents = service, catalogue, documents

    def build(self) -> dict[str, Any]:
        """Read the whole catalogue anew; what was done, as in the receipt of an update. Raises `ModelError`, `StoreError`."""
        taxonomy, done = self.service.refresh(anew=True)
        receipt = done.model_dump(mode="json") if done is not None else {}
        return {**receipt, "version": taxonomy.version}

    def show(self, language: str, *, users: bool = False) -> dict[str, Any]:
        """The newest version. `users`: with how many users care for each node (None below five), and whether more or less lately."""
        taxonomy = self.service.current()
        named = [item_id for index in range(len(taxonomy.themes)) for item_id in taxonomy.members(index)]
        titles = {item_id: item.title for item_id, item in self.catalogue.get(named).items()} if named else {}
        if not users:
            return outline(taxonomy, titles, language)
        population = Population.load(self.documents.get(DOCUMENT))
        cares = population.cares if population is not None else {}
        shown = outline(taxonomy, titles, language, {node: count for node, (count, _) in cares.items()})
        return shown | {"trends": {node: direction for node, (_, direction) in cares.items() if direction != "steady"}}

    def diff(self, before: int | None, after: int | None, language: str) -> dict[str, Any]:
        """What changed from one version to another; by default from the one before the newest. Raises `NotFoundError`."""
        versions = sorted(version.version for version in self.service.store.versions())
        if not versions:
            raise NotFoundError("no taxonomy has been built yet: `penchant taxonomy build` or the first update does it")
        newer = after if after is not None else versions[-1]
        older = before if before is not None else max([version for version in versions if version < newer], default=0)
        old = self.service.store.load(older) if older else self.service.of_vocabulary()
        return asdict(taxonomy_diff(old, self.service.store.load(newer), language))
