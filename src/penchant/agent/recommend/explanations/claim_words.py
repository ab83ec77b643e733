"""Words that claim nothing by themselves, and words that tell of deeds, by language: see `claim_words.toml`."""

import tomllib
from importlib import resources

#: A deed that an event of any type proves.
ANY_DEED = "any"
_WORDS = tomllib.loads((resources.files(__package__) / "claim_words.toml").read_text("utf-8"))

PLAIN: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _WORDS["plain"].items()}
DEEDS: dict[str, dict[str, str]] = {
    language: {word: kind for kind, words in kinds.items() for word in words.split()}
    for language, kinds in _WORDS["deeds"].items()
}
"""Word to the type of event that proves it."""
BETWEEN = frozenset(_WORDS["between"].split())
"""Words between the things that one deed is about."""
UNNAMED = frozenset(_WORDS["unnamed"].split())
"""Words that stand for things without naming them."""
