"""The taxonomy for display: the tree, the changes between versions, and how many users care for each node."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from penchant.agent.profiles.population import DOCUMENT, Population
from penchant.agent.taxonomy.outline import outline
from penchant.agent.taxonomy.stability import taxonomy_diff
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import Cure, NotFoundError
from penchant.prompts.remarks import remark
from penchant.store.labels import folded
from penchant.store.receipt import TaxonomyUpdate

if TYPE_CHECKING:
    from penchant.agent.taxonomy.service import TaxonomyService
    from penchant.store.catalogue import Catalogue
    from penchant.store.documents import Documents


class TaxonomyView:
    """Reads and corrects the taxonomy of one installation; `build` makes a new version of it."""

    def __init__(self, service: "TaxonomyService", catalogue: "Catalogue", documents: "Documents") -> None:
        self.service, self.catalogue, self.documents = service, catalogue, documents

    def build(self) -> dict[str, Any]:
        """Read the whole catalogue again and return what was done, in the form of an update's receipt.

        `built` is false where nothing changed.

        Raises `ModelError`, `StoreError`.
        """
        taxonomy, done = self.service.refresh(anew=True)
        themes, items = len(taxonomy.themes), len(taxonomy.item_ids)
        unchanged = TaxonomyUpdate(version=taxonomy.version, built=False, themes=themes, items=items)
        return (done or unchanged).model_dump(mode="json")

    def show(self, language: str, *, users: bool = False) -> dict[str, Any]:
        """Return the newest version.

        `users`: add how many users care for each node (None below five) and the trends of these numbers.
        """
        taxonomy = self.service.current()
        named = [item_id for index in range(len(taxonomy.themes)) for item_id in taxonomy.members(index)]
        titles = {item_id: item.title for item_id, item in self.catalogue.get(named).items()} if named else {}
        if not users:
            return outline(taxonomy, titles, language)
        population = Population.load(self.documents.get(DOCUMENT))
        cares = population.cares if population is not None else {}
        shown = outline(taxonomy, titles, language, {node: count for node, (count, _) in cares.items()})
        return shown | {"trends": {node: direction for node, (_, direction) in cares.items() if direction != "steady"}}

    def trends(self, language: str) -> list[tuple[str, int, str]]:
        """Return the nodes that users care for more or less than before: label, number of users, direction.

        The direction is `rising` or `fading`; nodes with most users come first. A node is left out where the node
        above it has the same name and is listed too.
        """
        taxonomy, population = self.service.current(), Population.load(self.documents.get(DOCUMENT))
        labels = {
            node.id: node.label(language)
            for nodes in (taxonomy.topics, taxonomy.subtopics, taxonomy.themes)
            for node in nodes
        }
        cares = population.cares if population is not None else {}
        moving = {node: care for node, care in cares.items() if care[1] != "steady" and node in labels}
        above = _nodes_above(taxonomy)
        rows = [
            (labels[node], users, way)
            for node, (users, way) in moving.items()
            if above.get(node) not in moving or folded(labels[node]) != folded(labels[above[node]])
        ]
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def node(self, node_id: str, language: str) -> dict[str, Any]:
        """Return one node and its `level` (topic, subtopic, theme). Raises `NotFoundError`.

        For a theme, also: `subtopic` (the id of its own), `places` (all topics with their subtopics, where it could
        be moved to) and `others` (the themes it could be merged into, by label).
        """
        taxonomy = self.service.current()
        levels = {
            "theme": (taxonomy.theme_index, taxonomy.themes),
            "subtopic": (taxonomy.subtopic_index, taxonomy.subtopics),
            "topic": (taxonomy.topic_index, taxonomy.topics),
        }
        level = next((level for level, (index, _) in levels.items() if node_id in index), None)
        if level is None:
            cure = Cure(("taxonomy", "show", "--json"), "lists the ids")
            raise NotFoundError(remark("no_node", node=repr(node_id)), cure)
        index, nodes = levels[level]
        body: dict[str, Any] = {"id": node_id, "level": level, "label": nodes[index[node_id]].label(language)}
        if level != "theme":
            return body
        places: dict[str, list[tuple[str, str]]] = {topic.label(language): [] for topic in taxonomy.topics}
        for subtopic, topic in zip(taxonomy.subtopics, taxonomy.subtopic_topics, strict=True):
            places[taxonomy.topics[int(topic)].label(language)].append((subtopic.id, subtopic.label(language)))
        others = [(theme.id, theme.label(language)) for theme in taxonomy.themes if theme.id != node_id]
        own = taxonomy.subtopics[int(taxonomy.theme_subtopics[index[node_id]])].id
        return body | {"subtopic": own, "places": places, "others": sorted(others, key=lambda other: other[1])}

    def correct(self, node_id: str, action: str, value: str, language: str) -> int:
        """Make a correction that holds in every later version; return the first version that has it.

        Raises `NotFoundError`, `UsageError`.
        """
        details: dict[str, dict[str, Any]] = {
            "rename": {"labels": {language: value}},
            "move": {"subtopic": value},
            "merge": {"into": value},
        }
        return self.service.store.correct(node_id, action, details.get(action, {})).version

    def diff(self, before: int | None, after: int | None, language: str) -> dict[str, Any]:
        """Return what changed between two versions, by default the newest and the one before it. Raises `NotFoundError`."""
        versions = sorted(version.version for version in self.service.store.versions())
        if not versions:
            raise NotFoundError("no taxonomy has been built yet: `penchant taxonomy build` or the first update does it")
        newer = after if after is not None else versions[-1]
        older = before if before is not None else max([version for version in versions if version < newer], default=0)
        old = self.service.store.load(older) if older else self.service.of_vocabulary()
        return asdict(taxonomy_diff(old, self.service.store.load(newer), language))


def _nodes_above(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the id of the parent node by the id of each subtopic and theme."""
    topics = zip(taxonomy.subtopics, taxonomy.subtopic_topics, strict=True)
    subtopics = zip(taxonomy.themes, taxonomy.theme_subtopics, strict=True)
    return {node.id: taxonomy.topics[int(at)].id for node, at in topics} | {
        node.id: taxonomy.subtopics[int(at)].id for node, at in subtopics
    }
