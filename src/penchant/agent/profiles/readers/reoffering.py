"""Which names given by rule a model is asked about again: when it was not there, failed, or is another one now; not for ever."""

from penchant.agent.llm.model import LanguageModel
from penchant.agent.profiles.readers.reader import Reading

#: How often a model may look at a group in vain.
OFFERS = 3
#: From this confidence on the embedding is not asked to reconsider by a model that only chooses.
SURE = 0.6


def may_improve(reading: Reading, model: LanguageModel | None) -> bool:
    """Whether `model` might say more of the group than the rule has."""
    if model is None or reading.source != "rule" or reading.offers >= OFFERS:
        return False
    match model.profile.tier:
        case "name":
            return True
        case "choose":
            return reading.topic_id is not None and reading.confidence < SURE
        case _:
            return False
