"""Readers of behaviour: by rule, by choice (small models), by name (capable models)."""

from typing import TYPE_CHECKING

from penchant.agent.llm.model import LanguageModel
from penchant.agent.reading import Reader
from penchant.settings import Settings

if TYPE_CHECKING:
    from penchant.agent.placement import Placement
    from penchant.prompts.vocabulary import Vocabulary


def open_reader(
    model: LanguageModel | None, vocabulary: "Vocabulary", placement: "Placement", settings: Settings
) -> Reader:
    """The reader that gets the most out of `model`: rules alone without one."""
    from penchant.agent.readers.choosing_reader import ChoosingReader
    from penchant.agent.readers.naming_reader import NamingReader
    from penchant.agent.readers.rule_reader import RuleReader

    if model is None or model.profile.tier == "none":
        return RuleReader(vocabulary, placement)
    if model.profile.tier == "choose":
        return ChoosingReader(model, vocabulary, placement, prompts=settings.prompts)
    at_once = 1 if model.profile.provider == "local" else settings.llm.max_in_flight
    return NamingReader(model, vocabulary, placement, max_in_flight=at_once, prompts=settings.prompts)
