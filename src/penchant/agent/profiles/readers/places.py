"""Where a group stands in the tree: the catalogue's own categories first, else the vocabulary's nearest topic and subtopic."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.profiles.readers.reader import Group

if TYPE_CHECKING:
    from penchant.agent.taxonomy.placement import Placed, Placement
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
        places: dict[int, list[Place]] = {at: [_in_catalogue(one)] for at, one in enumerate(groups) if one.categories}
        for personal in (
            False,
            True,
        ):  # the user's own words may be about anything; things are what the catalogue sells
            asked = [at for at, one in enumerate(groups) if not one.categories and one.personal == personal]
            vectors = [groups[at].vector for at in asked]
            found = self.placement.topics(np.stack(vectors), k, of_catalogue=not personal) if asked else []
            places |= {at: [self._placed(one, language) for one in best] for at, best in zip(asked, found, strict=True)}
        return [places[at] for at in range(len(groups))]

    def _placed(self, found: "Placed", language: str) -> Place:
        return self.place(found.topic_id, found.subtopic_id, language, confidence=round(found.confidence, 6))

    def place(self, topic_id: str, subtopic_id: str | None, language: str, confidence: float = 1.0) -> Place:
        """The vocabulary's place in words."""
        ids = [topic_id] if subtopic_id is None else [topic_id, subtopic_id]
        return Place(tuple(self.vocabulary.label(one, language) for one in ids), topic_id, subtopic_id, confidence)


def _in_catalogue(group: Group) -> Place:
    return Place(group.categories[0][:2])
