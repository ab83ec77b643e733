"""The upper levels while a taxonomy is built: the vocabulary's topics and subtopics, and those the catalogue brings."""

from collections.abc import Mapping

from penchant.agent.taxonomy.categories import Path, slug
from penchant.agent.taxonomy.taxonomy import Node
from penchant.prompts.terms import subtopics_of
from penchant.prompts.vocabulary import LANGUAGES, Subtopic, Topic, Vocabulary

GENERAL = {"en": "General", "zh": "综合"}
REST = {"en": "Various", "zh": "其他"}


class Draft:
    """Nodes by id, in the order they came: `topics`, `subtopics`, and `owners`, the topic of each subtopic."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.topics = {topic.id: _node(topic.id, topic) for topic in vocabulary.topics}
        self.subtopics: dict[str, Node] = {}
        self.owners: dict[str, str] = {}
        for topic_id, subtopic in subtopics_of(vocabulary):
            self._add(topic_id, self.of_place(subtopic.id), _node(subtopic.id, subtopic).labels)

    def of_place(self, place_id: str) -> str:
        """Id of the subtopic for a place of the vocabulary; a topic without subtopics has one of its own."""
        return f"{place_id}.general" if place_id in self.topics else place_id

    def of_path(self, path: Path) -> str:
        """Id of the subtopic for a category path; topic and subtopic are the vocabulary's where they are called the same."""
        known = self.vocabulary.find(path[0])
        topic_id = known.id if isinstance(known, Topic) else self._topic(path[0])
        if len(path) == 1:
            return self._add(topic_id, f"{topic_id}.general", GENERAL)
        if isinstance(known, Topic):
            for subtopic in known.subtopics:
                if path[1].casefold() in (subtopic.en.casefold(), subtopic.zh):
                    return subtopic.id
        return self._add(topic_id, f"{topic_id}.{slug(path[1])}", dict.fromkeys(LANGUAGES, path[1]))

    def _topic(self, name: str) -> str:
        topic_id = slug(name)
        known = self.topics.get(topic_id)
        if topic_id in self.subtopics or (known and known.label("en").casefold() != name.casefold()):
            topic_id = f"{topic_id}.category"
        self.topics.setdefault(topic_id, Node(topic_id, dict.fromkeys(LANGUAGES, name)))
        return topic_id

    def _add(self, topic_id: str, subtopic_id: str, labels: Mapping[str, str]) -> str:
        self.subtopics.setdefault(subtopic_id, Node(subtopic_id, labels))
        self.owners.setdefault(subtopic_id, topic_id)
        return subtopic_id


def _node(node_id: str, place: Subtopic) -> Node:
    return Node(node_id, {language: place.label(language) for language in LANGUAGES})
