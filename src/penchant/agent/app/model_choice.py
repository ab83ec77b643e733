"""Listing, locating, downloading and checking language models.

A GGUF file is downloaded from a hub: an interrupted download is resumed, and the file is checked and moved into place
when it is complete.
"""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel

from penchant.agent.app.model_check import ModelCheck, ModelChecker
from penchant.agent.llm.abilities import WriteOnlyMemory
from penchant.agent.llm.factory import DEFAULT_HOSTED, EMBEDDED, local_path, open_model
from penchant.agent.llm.gguf import KnownModel, find_known, known_models, read_head
from penchant.agent.llm.model import Tier
from penchant.agent.llm.wrapper import MeteredModel
from penchant.errors import ModelError, UsageError
from penchant.settings import Settings
from penchant.store.documents import Documents
from penchant.store.usage import UsageLog

if TYPE_CHECKING:
    from penchant.prompts.vocabulary import Vocabulary
    from penchant.store.clock import Clock
    from penchant.store.embedders.embedder import Embedder

Progress = Callable[[int, int], None]
CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


def pull(
    name: str,
    folder: Path,
    *,
    sha256: str | None = None,
    on_progress: Progress | None = None,
    timeout_seconds: float = 30,
) -> Path:
    """Download the file of a known model, or the file at an https address, to `folder`, and return its path.

    `on_progress` is called with (bytes so far, bytes in total; 0 where unknown). The file is checked against
    `sha256`, or else against the digest that is known or that the hub sends, and always for being a GGUF file. Raises
    `UsageError` for a name that cannot be downloaded, and `ModelError` when the hub cannot be reached or sends
    something else.
    """
    url, expected = _source(name, sha256)
    path = folder / Path(urlsplit(url).path).name
    if path.exists():
        _check(path, expected)
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        digest = _fetch(url, part, on_progress, timeout_seconds)
    except httpx.HTTPError as error:
        raise ModelError(
            f"{urlsplit(url).hostname} cannot be reached ({error or type(error).__name__}): run the command again to go on where it "
            f"stopped, or bring {path.name} here yourself and set llm.model to its path"
        ) from None
    _check(part, expected or digest)
    part.rename(path)
    return path


def _source(name: str, sha256: str | None) -> tuple[str, str | None]:
    if sha256 is not None and not _SHA256.fullmatch(sha256.lower()):
        raise UsageError("--sha256 takes 64 hexadecimal digits")
    if name.startswith(("http://", "https://")):
        if not urlsplit(name).path.endswith(".gguf"):
            raise UsageError(f"{name} does not end in .gguf: give the address of the file itself")
        return name, sha256 and sha256.lower()
    known = find_known(name)
    if known is None or not known.is_downloadable:
        raise UsageError(_not_downloadable(name, known))
    return known.source, (sha256 or known.sha256 or "").lower() or None


def _not_downloadable(name: str, known: KnownModel | None) -> str:
    names = ", ".join(model.name for model in known_models() if model.is_downloadable)
    if known is None:
        return f"no model {name!r} is known: give one of {names}, or the https address of a GGUF file"
    why = "is embedded already" if known.embedded else "runs on a server"
    return f"{name} {why}: nothing to pull. What can be pulled: {names}, or the https address of a GGUF file"


def _fetch(url: str, part: Path, on_progress: Progress | None, timeout_seconds: float) -> str | None:
    """Append the missing bytes to `part` and return the SHA-256 digest that the hub sends, if any."""
    here = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={here}-"} if here else {}
    with (
        httpx.Client(timeout=timeout_seconds, follow_redirects=True) as client,
        client.stream("GET", url, headers=headers) as response,
    ):
        if response.status_code == 416:  # nothing is missing
            return _hub_digest(response)
        if response.is_error:
            raise ModelError(
                f"{url} answered {response.status_code}: check the name, or whether the model needs a licence accepted"
            )
        resumed = response.status_code == 206
        done = here if resumed else 0
        total = done + int(response.headers.get("content-length", 0))
        with part.open("ab" if resumed else "wb") as file:
            for chunk in response.iter_bytes(CHUNK):
                file.write(chunk)
                done += len(chunk)
                if on_progress:
                    on_progress(done, max(total, done))
        return _hub_digest(response)


def _hub_digest(response: httpx.Response) -> str | None:
    """Return the SHA-256 digest that hubs for large files send as the entity tag of the redirect, or None."""
    for answer in (*response.history, response):
        tag = answer.headers.get("x-linked-etag", "").strip('"')
        if _SHA256.fullmatch(tag):
            return str(tag)
    return None


def _check(path: Path, expected: str | None) -> None:
    """Remove the file and raise `ModelError` where it is not the expected one; the next attempt starts anew."""
    found = _sha256(path) if expected else None
    if found != expected:
        path.unlink()
        raise ModelError(f"{path.name} has the SHA-256 {found}, not {expected}: it was removed; pull it again")
    try:
        read_head(path)
    except ModelError:
        path.unlink()
        raise ModelError(
            f"the file downloaded as {path.name} is not a GGUF file: it was removed; check the address"
        ) from None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class ListedModel(KnownModel):
    """A known model. `here`: whether its file is on this machine."""

    here: bool = False


class ModelList(BaseModel):
    """The result of `model list`: the known models, and the name of the one in force."""

    in_force: str | None
    models: list[ListedModel]


class ModelFile(BaseModel):
    """The result of `model path` and `model pull`: a file and what its header says."""

    path: Path
    name: str
    tier: Tier
    context_tokens: int
    bytes: int


def list_models(settings: Settings) -> ModelList:
    """Return the known models and the name of the one in force."""
    defaults = {"local": EMBEDDED, "openai": DEFAULT_HOSTED, "none": None}
    listed = [ListedModel(**model.model_dump(), here=_is_here(model, settings)) for model in known_models()]
    named = settings.llm.model if settings.llm.provider != "none" else None
    return ModelList(in_force=named or defaults[settings.llm.provider], models=listed)


def model_file(settings: Settings, name: str | None) -> ModelFile:
    """Describe the file of a local model, by default of the one in force.

    Raises `ModelError` when it is missing or no GGUF file.
    """
    return _described(local_path(name or settings.llm.model, settings.home))


def pull_model(settings: Settings, name: str, sha256: str | None, on_progress: Progress | None) -> ModelFile:
    """Download a model's file and describe it. Raises `UsageError`, `ModelError`."""
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
    """Check a model, by default the one in force, with questions whose answers are known.

    Raises `UsageError` when there is none.

    What was learnt about its server before is ignored, since the server may have been changed since.
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
