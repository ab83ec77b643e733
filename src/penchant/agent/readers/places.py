"""Where a group stands in the tree: the catalogue's own categories first, else the vocabulary's nearest topic and subtopic."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.reading import Group

if TYPE_CHECKING:
    from penchant.agent.placement import Placement
    from penchant.prompts.vocabulary import Vocabulary


@dataclass(frozen=True)
class Place:
    """Topic and, where known, subtopic, in words; ids where they are the vocabulary's. `confidence` 0–1."""

    path: tuple[str, ...]
    topic_id: str | None = None
    subtopic_id: str | None = None
    confidence: float = 1.0


class Places:
    """Finds places by rule, and the place of a topic that a model chose."""

    def __init__(self, vocabulary: "Vocabulary", placement: "Placement") -> None:
        self.vocabulary = vocabulary
        self.placement = placement
        self.topic_ids = tuple(topic.id for topic in vocabulary.topics)

    def nearest(self, groups: Sequence[Group], language: str, k: int = 1) -> list[list[Place]]:
        """For each group its `k` best places, best first: only one where the catalogue says it."""
        asked = [group for group in groups if not group.categories]
        found = iter(self.placement.topics(np.stack([group.vector for group in asked]), k=k) if asked else [])
        return [
            [_in_catalogue(group)]
            if group.categories
            else [
                self.place(one.topic_id, one.subtopic_id, language, confidence=round(one.confidence, 6))
                for one in next(found)
            ]
            for group in groups
        ]

    def place(self, topic_id: str, subtopic_id: str | None, language: str, confidence: float = 1.0) -> Place:
        """The vocabulary's place in words."""
        ids = [topic_id] if subtopic_id is None else [topic_id, subtopic_id]
        return Place(tuple(self.vocabulary.label(one, language) for one in ids), topic_id, subtopic_id, confidence)


def _in_catalogue(group: Group) -> Place:
    return Place(group.categories[0][:2])
