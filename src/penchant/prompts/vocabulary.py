"""The topics and subtopics used for behaviour if a catalogue has no categories of its own.

They are in one TOML file, in English and Chinese, with words that describe each for retrieval by embedding; `settings.vocabulary`
names another file in the same format. Ids are stable, because profiles store them; labels may change.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from penchant.characters import LANGUAGES
from penchant.errors import NotFoundError, UsageError
from penchant.store.labels import folded

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class Subtopic(BaseModel):
    """A named place: `en` and `zh` are its labels, `about_…` typical words of what belongs there (may be empty)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    en: Name
    zh: Name
    about_en: str = ""
    about_zh: str = ""

    def label(self, language: str) -> str:
        """Return the name in `language`; English for any other language."""
        return {"en": self.en, "zh": self.zh}.get(language, self.en)

    def about(self, language: str) -> str:
        """Return typical words of what belongs there, in `language`; English for any other language."""
        return {"en": self.about_en, "zh": self.about_zh}.get(language, self.about_en)

    def text(self, language: str) -> str:
        """Return label and description in one text, for embedding."""
        about = self.about(language)
        return f"{self.label(language)}: {about}" if about else self.label(language)


class Topic(Subtopic):
    """A place on level 1, with its subtopics on level 2."""

    subtopics: tuple[Subtopic, ...] = ()


class DescribedPlace(NamedTuple):
    """A topic (`subtopic_id` is None) or a subtopic, and its text for embedding in each language."""

    topic_id: str
    subtopic_id: str | None
    texts: Mapping[str, str]


class Vocabulary(BaseModel):
    """All topics, in the order of the file. Immutable; `load` returns the same object for the same unchanged file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topics: tuple[Topic, ...] = Field(min_length=2)

    @classmethod
    def load(cls, path: Path | None = None) -> "Vocabulary":
        """Return the built-in vocabulary, or the one in the TOML file at `path`. Raises `UsageError`, saying what to correct."""
        if path is None:
            return _built_in()
        try:
            return _from_file(path, path.stat().st_mtime_ns)
        except OSError as error:
            raise UsageError(
                f"vocabulary file {path} cannot be read ({error.strerror}). Name an existing TOML file in the setting "
                f"'vocabulary', or leave it out to use the built-in one."
            ) from None

    def topic(self, topic_id: str) -> Topic:
        """Return the topic with this id. Raises `NotFoundError`."""
        found = self._places.get(topic_id)
        if not isinstance(found, Topic):
            raise NotFoundError(
                f"the vocabulary has no topic {topic_id!r}; its topics are {', '.join(t.id for t in self.topics)}."
            )
        return found

    def subtopic(self, subtopic_id: str) -> Subtopic:
        """Return the subtopic with this id. Raises `NotFoundError`."""
        found = self._places.get(subtopic_id)
        if found is None or isinstance(found, Topic):
            raise NotFoundError(f"the vocabulary has no subtopic {subtopic_id!r}; look it up with find().")
        return found

    def topic_of(self, subtopic_id: str) -> Topic:
        """Return the topic of a subtopic. Raises `NotFoundError`."""
        wanted = self.subtopic(subtopic_id)
        return next(topic for topic in self.topics if wanted in topic.subtopics)

    def topic_id(self, place_id: str | None) -> str | None:
        """Return the topic of a place: its own id for a topic, the id of the topic above for a subtopic, None for an unknown place."""
        known = self.find(place_id) if place_id else None
        if known is None:
            return None
        return known.id if isinstance(known, Topic) else self.topic_of(known.id).id

    def label(self, place_id: str, language: str) -> str:
        """Return the name of a topic or subtopic in `language`. Raises `NotFoundError`."""
        return (self._places.get(place_id) or self.topic(place_id)).label(language)

    def translated(self, place_id: str, label: str, language: str) -> str:
        """Return the name of a place in `language`, or `label` unchanged for an id that is not in the vocabulary."""
        place = self._places.get(place_id)
        return label if place is None else place.label(language)

    def find(self, text: str) -> Topic | Subtopic | None:
        """Return the topic, or else the subtopic, with this id or label in any language; case and surrounding spaces do not matter."""
        return self._by_name.get(folded(text))

    def places(self) -> Iterator[DescribedPlace]:
        """Yield every topic followed by its subtopics, with texts for embedding."""
        for topic in self.topics:
            yield DescribedPlace(topic.id, None, _texts(topic))
            for subtopic in topic.subtopics:
                yield DescribedPlace(topic.id, subtopic.id, _texts(subtopic))

    @cached_property
    def _places(self) -> dict[str, Subtopic]:
        return {place.id: place for place in _all(self)}

    @cached_property
    def _by_name(self) -> dict[str, Subtopic]:
        found: dict[str, Subtopic] = {}
        # If places share a name, topics win over subtopics, and earlier places over later ones.
        for place in sorted(_all(self), key=lambda place: not isinstance(place, Topic)):
            for name in (place.id, place.en, place.zh):
                found.setdefault(folded(name), place)
        return found


def _all(vocabulary: Vocabulary) -> Iterator[Subtopic]:
    for topic in vocabulary.topics:
        yield topic
        yield from topic.subtopics


def _texts(place: Subtopic) -> dict[str, str]:
    return {language: place.text(language) for language in LANGUAGES}


@lru_cache(maxsize=1)
def _built_in() -> Vocabulary:
    return _parse(files(__package__).joinpath("data/vocabulary.toml").read_bytes(), "the built-in vocabulary")


@lru_cache(maxsize=8)
def _from_file(path: Path, _changed: int) -> Vocabulary:
    return _parse(path.read_bytes(), f"vocabulary file {path}")


def _parse(content: bytes, source: str) -> Vocabulary:
    try:
        vocabulary = Vocabulary.model_validate(tomllib.loads(content.decode("utf-8")))
    except ValidationError as error:
        raise UsageError(f"{source} is not usable: {_first_fault(error)}") from None
    except ValueError as error:  # not UTF-8, not TOML
        raise UsageError(f"{source} is not UTF-8 TOML: {error}. See the built-in one for an example.") from None
    twice = [place_id for place_id, count in Counter(place.id for place in _all(vocabulary)).items() if count > 1]
    if twice:
        raise UsageError(f"{source} uses the id {twice[0]!r} twice. Give every topic and subtopic an id of its own.")
    return vocabulary


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    where = " → ".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
    return f"{where}: {fault['msg']}. Every topic and subtopic needs an 'id' (lower-case words joined by hyphens), 'en' and 'zh'."
