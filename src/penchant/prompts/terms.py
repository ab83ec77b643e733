"""Typical terms of each subtopic: the names of such things in titles, headlines and searches.

The built-in vocabulary has a file of them (`data/terms.toml`, by subtopic id); for any vocabulary, names and descriptions are terms
too. The file also has well-known names of makers, works and places.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

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


def things_of(subtopic: Subtopic) -> list[str]:
    """Return further English terms of the built-in subtopic, folded, which are looked for in titles only."""
    return _built_in().get(subtopic.id, {}).get("things", [])


def names_of(subtopic: Subtopic) -> list[str]:
    """Return well-known names of the built-in subtopic, folded: makers, works and places that titles name instead of what they are
    about ("Fitbit Charge 4", "Knives Out"). Unlike terms, they are no words for things, so they label no theme.
    """
    return _built_in().get(subtopic.id, {}).get("names", [])


@lru_cache(maxsize=1)
def _built_in() -> dict[str, dict[str, list[str]]]:
    content = tomllib.loads(files(__package__).joinpath("data/terms.toml").read_text(encoding="utf-8"))
    return {
        subtopic_id: {kind: listed.split(", ") for kind, listed in entry.items()}
        for subtopic_id, entry in content.items()
    }
