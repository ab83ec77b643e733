"""Typical terms of each subtopic: the names of such things in titles, headlines and searches.

The built-in vocabulary has a file of them (`data/terms.toml`, by subtopic id); for any vocabulary, names and descriptions are terms
too.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from penchant.characters import LANGUAGES
from penchant.prompts.vocabulary import Subtopic, Vocabulary

_SEPARATORS = re.compile("[,，、;；]")


def subtopics_of(vocabulary: Vocabulary) -> list[tuple[str, Subtopic]]:
    """Return (topic id, subtopic) in the order of the file; a topic without subtopics acts as its own subtopic."""
    return [(topic.id, subtopic) for topic in vocabulary.topics for subtopic in topic.subtopics or (topic,)]


def terms_of(subtopic: Subtopic, language: str) -> list[str]:
    """Return the subtopic's terms in `language`, folded, each once: its name, the words of its description, and the built-in terms of
    its id.
    """
    listed = [*_SEPARATORS.split(subtopic.about(language)), *_built_in().get(subtopic.id, {}).get(language, [])]
    return list(dict.fromkeys(term.strip().casefold() for term in [subtopic.label(language), *listed] if term.strip()))


@lru_cache(maxsize=1)
def _built_in() -> dict[str, dict[str, list[str]]]:
    content = tomllib.loads(files(__package__).joinpath("data/terms.toml").read_text(encoding="utf-8"))
    return {
        subtopic_id: {language: entry[language].split(", ") for language in LANGUAGES}
        for subtopic_id, entry in content.items()
    }
