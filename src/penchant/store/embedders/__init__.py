"""Embedders turn text into vectors.

Their models run in this process (`minilm`, `multilingual`) or on a server (`openai`). `CachedEmbedder` puts a cache
before any of them.
"""

import threading
from collections.abc import Callable
from weakref import WeakValueDictionary

from penchant.settings import Settings
from penchant.store.embedders.cached import CachedEmbedder
from penchant.store.embedders.embedder import Embedder, Matrix, Vector

__all__ = ["CachedEmbedder", "Embedder", "Matrix", "Vector", "open_embedder"]


_in_use: "WeakValueDictionary[str, Embedder]" = WeakValueDictionary()
_opening = threading.Lock()


def _shared(name: str, make: Callable[[], Embedder]) -> Embedder:
    """Return the embedder `name` of this process, created by `make` if no agent or tenant uses it yet.

    The embedder is freed with the last agent that refers to it.
    """
    with _opening:
        found = _in_use.get(name)
        if found is None:
            found = _in_use[name] = make()
        return found


def open_embedder(settings: Settings) -> Embedder:
    """Return the embedder that `settings.embedding` selects.

    Its model is loaded when the first text is embedded. Raises `UsageError` if an extra is not installed.
    """
    match settings.embedding.provider:
        case "minilm":
            from penchant.store.embedders.minilm import MiniLm

            return _shared("minilm", MiniLm)
        case "multilingual":
            from penchant.store.embedders.multilingual import MultilingualE5

            return _shared("multilingual", MultilingualE5)
        case "openai":
            from penchant.store.embedders.hosted import HostedEmbedder

            chosen = settings.embedding
            key = chosen.api_key.get_secret_value() if chosen.api_key else None
            return HostedEmbedder(
                chosen.model,
                base_url=chosen.base_url,
                api_key=key,
                batch_size=chosen.batch_size,
                timeout_seconds=chosen.timeout_seconds,
            )
