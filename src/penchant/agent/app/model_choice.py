"""Choosing a model: what is known, what is here, where its file is, and what it is good for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from penchant.agent.app.model_check import ModelCheck, ModelChecker
from penchant.agent.llm.download import pull
from penchant.agent.llm.factory import DEFAULT_HOSTED, EMBEDDED, WriteOnlyMemory, local_path, open_model
from penchant.agent.llm.gguf import KnownModel, known_models, read_head
from penchant.agent.llm.model import Tier
from penchant.agent.llm.wrapper import MeteredModel
from penchant.errors import UsageError
from penchant.settings import Settings
from penchant.store.documents import Documents
from penchant.store.usage import UsageLog

if TYPE_CHECKING:
    from penchant.prompts.vocabulary import Vocabulary
    from penchant.store.clock import Clock
    from penchant.store.embedders.embedder import Embedder

Progress = Callable[[int, int], None]


class ListedModel(KnownModel):
    """`here`: whether its file is on this machine."""

    here: bool = False


class ModelList(BaseModel):
    """`model list`."""

    in_force: str | None
    models: list[ListedModel]


class ModelFile(BaseModel):
    """`model path` and `model pull`: a file, and what its head says."""

    path: Path
    name: str
    tier: Tier
    context_tokens: int
    bytes: int


def list_models(settings: Settings) -> ModelList:
    """What is known of models, and which is in force."""
    defaults = {"local": EMBEDDED, "openai": DEFAULT_HOSTED, "none": None}
    listed = [ListedModel(**model.model_dump(), here=_is_here(model, settings)) for model in known_models()]
    named = settings.llm.model if settings.llm.provider != "none" else None
    return ModelList(in_force=named or defaults[settings.llm.provider], models=listed)


def model_file(settings: Settings, name: str | None) -> ModelFile:
    """The file of a local model; by default of the one in force. Raises `ModelError` when it is not there or no GGUF file."""
    return _described(local_path(name or settings.llm.model, settings.home))


def pull_model(settings: Settings, name: str, sha256: str | None, on_progress: Progress | None) -> ModelFile:
    """Fetch a model's file. Raises `UsageError`, `ModelError`."""
    return _described(pull(name, settings.home / "models", sha256=sha256, on_progress=on_progress))


def check_model(
    settings: Settings,
    documents: Documents,
    usage: UsageLog,
    clock: "Clock",
    *,
    vocabulary: "Vocabulary",
    embedder: "Embedder",
    name: str | None,
    groups: int | None,
    on_progress: Progress | None,
) -> ModelCheck:
    """Ask a model, by default the one in force, questions with known answers. Raises `UsageError` when there is none.

    What was learnt of its server before is not believed: the server may have been mended since.
    """
    if name is not None:
        provider = "openai" if settings.llm.provider == "openai" and not Path(name).suffix else "local"
        llm = settings.llm.model_copy(update={"model": name, "provider": provider})
        settings = settings.model_copy(update={"llm": llm})
    model = open_model(settings, memory=WriteOnlyMemory(documents))
    if model is None:
        raise UsageError("llm.provider is none: name a model to check, or set PENCHANT_LLM__PROVIDER=local or openai")
    counted = MeteredModel(model, usage, clock)
    return ModelChecker(counted, vocabulary, embedder, limit=groups, on_progress=on_progress).run()


def _is_here(model: KnownModel, settings: Settings) -> bool:
    return model.provider == "local" and local_path(model.name, settings.home).exists()


def _described(path: Path) -> ModelFile:
    head = read_head(path)
    return ModelFile(
        path=path, name=head.name, tier=head.tier, context_tokens=head.context_tokens, bytes=path.stat().st_size
    )
