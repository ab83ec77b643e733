"""Text to vectors: models on this machine (`minilm`, `multilingual`), on a server (`openai`), and a cache before any of them."""

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
    """One model for all agents and tenants of a process; it goes with the last of them."""
    with _opening:
        found = _in_use.get(name)
        if found is None:
            found = _in_use[name] = make()
        return found


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that `settings.embedding` asks for; its model is loaded with the first text. Raises `UsageError` for a missing extra."""
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
