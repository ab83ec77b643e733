"""What an agent is made of: every part built once, on first use, from the settings.

Start-up stays quick because a part that is not asked for is never loaded: counting items loads no language model.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from penchant.errors import StoreError
from penchant.settings import Settings
from penchant.store.clock import Clock, SystemClock
from penchant.store.event import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from penchant.agent.llm.model import LanguageModel
    from penchant.agent.placement import Placement
    from penchant.agent.reading import Reader
    from penchant.agent.recommend.recommender import Recommender
    from penchant.agent.update import Updater
    from penchant.prompts.vocabulary import Vocabulary
    from penchant.store.catalogue import Catalogue
    from penchant.store.database import Database
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.ledger import Ledger
    from penchant.store.profiles import Profiles

T = TypeVar("T")


class built_once(Generic[T]):  # noqa: N801 - reads as a decorator
    """A property computed on first use, under the object's lock, so that threads share one part."""

    def __init__(self, build: Callable[["Parts"], T]) -> None:
        self.build = build
        self.name = build.__name__
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> "built_once[T]": ...
    @overload
    def __get__(self, owner: "Parts", kind: type) -> T: ...
    def __get__(self, owner: "Parts | None", kind: type) -> "T | built_once[T]":
        if owner is None:
            return self
        with owner.lock:
            if self.name not in owner.__dict__:
                owner.__dict__[self.name] = self.build(owner)
            return owner.__dict__[self.name]  # type: ignore[no-any-return]
