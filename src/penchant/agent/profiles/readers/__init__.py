"""Readers of behaviour: by rule, by choice (below 1 B), by name (one group at a time up to 3 B, whole batches from there on)."""

from pathlib import Path
from typing import TYPE_CHECKING

from penchant.agent.llm.model import LanguageModel
from penchant.agent.profiles.readers.reader import Reader
from penchant.settings import Settings

if TYPE_CHECKING:
    from penchant.agent.profiles.readers.naming_reader import NamingReader
    from penchant.agent.taxonomy.placement import Placement
    from penchant.prompts.vocabulary import Vocabulary


def open_reader(
    model: LanguageModel | None, vocabulary: "Vocabulary", placement: "Placement", settings: Settings
) -> Reader:
    """The reader that gets the most out of `model`: rules alone without one."""
    from penchant.agent.profiles.readers.choosing_reader import ChoosingReader
    from penchant.agent.profiles.readers.rule_reader import RuleReader

    if model is None or model.profile.tier == "none":
        return RuleReader(vocabulary, placement)
    if model.profile.tier == "choose":
        return ChoosingReader(model, vocabulary, placement, prompts=settings.prompts)
    at_once = 1 if model.profile.provider == "local" else settings.llm.max_in_flight
    return open_naming_reader(model, vocabulary, placement, max_in_flight=at_once, prompts=settings.prompts)


def open_naming_reader(
    model: LanguageModel,
    vocabulary: "Vocabulary",
    placement: "Placement",
    *,
    max_in_flight: int = 1,
    prompts: Path | None = None,
) -> "NamingReader":
    """The reader that asks `model` for names, as many at once as it can tell apart."""
    from penchant.agent.profiles.readers.naming_reader import NamingReader
    from penchant.agent.profiles.readers.small_naming_reader import SmallNamingReader

    reader = NamingReader if model.profile.groups_per_call > 1 else SmallNamingReader
    return reader(model, vocabulary, placement, max_in_flight=max_in_flight, prompts=prompts)
