"""Reading without a model: deterministic, works everywhere, and what every other reader falls back to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from penchant.agent.profiles.readers.labels import label_of
from penchant.agent.profiles.readers.places import Place, Places
from penchant.agent.profiles.readers.reader import Group, Reading, ReadReply, ReadRequest, Remark, StatedPreference
from penchant.agent.profiles.readers.stances import stances

if TYPE_CHECKING:
    from penchant.agent.taxonomy.placement import Placement
    from penchant.prompts.vocabulary import Vocabulary


class RuleReader:
    """Places groups by category or embedding, labels them by the words they share, and reads plain statements of taste."""

    def __init__(self, vocabulary: "Vocabulary", placement: "Placement") -> None:
        self.places = Places(vocabulary, placement)

    def read(self, requests: Sequence[ReadRequest]) -> list[ReadReply]:
        return [self._read_one(request) for request in requests]

    def _read_one(self, request: ReadRequest) -> ReadReply:
        return ReadReply(self.readings(request.groups, request.language), self.statements(request.remarks))

    def readings(self, groups: Sequence[Group], language: str) -> tuple[Reading, ...]:
        """One reading per group, in order."""
        places = self.places.nearest(groups, language)
        return tuple(reading(group, place[0], language) for group, place in zip(groups, places, strict=True))

    def statements(self, remarks: Sequence[Remark]) -> tuple[StatedPreference, ...]:
        """Preferences put in so many words."""
        return tuple(
            StatedPreference(remark.event_id, stance.label, stance.polarity, stance.span)
            for remark in remarks
            for stance in stances(remark.text)
            if stance.polarity
        )


def reading(group: Group, place: Place, language: str, source: Literal["llm", "rule"] = "rule") -> Reading:
    """The reading, labelled by rule, of a group at a known place: by the catalogue's third level, else by what its texts share."""
    path = (*place.path, _narrowest(group) or label_of(group.texts, language))
    return Reading(
        key=group.key,
        path=path,
        topic_id=place.topic_id,
        subtopic_id=place.subtopic_id,
        confidence=place.confidence,
        source=source,
        offers=group.offers,
    )


def _narrowest(group: Group) -> str:
    return group.categories[0][2] if group.categories and len(group.categories[0]) > 2 else ""
