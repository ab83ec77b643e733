"""Downloads a GGUF file from a hub: resumed where it broke off, checked, and moved into place when complete."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from penchant.agent.llm.gguf import KnownModel, find_known, known_models, read_head
from penchant.errors import ModelError, UsageError

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
    """The file of a known model, or at an address, in `folder`. `on_progress` gets (bytes here, bytes in all; 0: unknown).

    Checked against `sha256`, else against what is known or what the hub says of it; always for being a GGUF file. Raises `UsageError` for
    what cannot be pulled and `ModelError` when the hub cannot be reached or sent something else.
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
            f"stopped, or bring {path.name} here in another way and set llm.model to its path"
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
    """Append what is missing to `part`; returns the digest the hub tells, if it does."""
    here = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={here}-"} if here else {}
    with (
        httpx.Client(timeout=timeout_seconds, follow_redirects=True) as client,
        client.stream("GET", url, headers=headers) as response,
    ):
        if response.status_code == 416:  # nothing is missing
            return _digest_told(response)
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
        return _digest_told(response)


def _digest_told(response: httpx.Response) -> str | None:
    """Hubs for large files tell their SHA-256 as the entity tag of the redirect."""
    for answer in (*response.history, response):
        tag = answer.headers.get("x-linked-etag", "").strip('"')
        if _SHA256.fullmatch(tag):
            return str(tag)
    return None


def _check(path: Path, expected: str | None) -> None:
    """A file that is not what it should be is removed, so that the next attempt starts afresh."""
    found = _sha256(path) if expected else None
    if found != expected:
        path.unlink()
        raise ModelError(f"{path.name} has the SHA-256 {found}, not {expected}: it was removed; pull it again")
    try:
        read_head(path)
    except ModelError:
        path.unlink()
        raise ModelError(f"what came as {path.name} is no GGUF file: it was removed; check the address") from None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
