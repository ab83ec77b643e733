"""`InterestAgent`: everything Penchant does, behind one object."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from penchant.agent.app.services import Services
from penchant.agent.operations.catalogue import CatalogueOperations
from penchant.agent.operations.lists import ListOperations
from penchant.agent.operations.running import RunningOperations
from penchant.settings import Settings
from penchant.store.clock import Clock
from penchant.store.identifiers import takes_normal_ids
from penchant.store.recommendation import MAX_K
from penchant.tracing import start as start_tracing

if TYPE_CHECKING:
    from penchant.agent.app.scheduled_work import Worker
    from penchant.agent.llm.model import LanguageModel
    from penchant.store.embedders.embedder import Embedder

__all__ = ["MAX_K", "InterestAgent"]


@takes_normal_ids
class InterestAgent(CatalogueOperations, ListOperations, RunningOperations):
    """Living interest profiles over one store. Blocking and thread-safe: one object serves a whole server."""

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        clock: Clock | None = None,
        embedder: "Embedder | None" = None,
        model: "LanguageModel | None" = None,
    ) -> Self:
        """Open the installation that `settings` describe (by default: environment and `penchant.toml`). Raises `UsageError`."""
        settings = settings or Settings.load()
        if settings.tracing:
            start_tracing()
        return cls(Services(settings, clock=clock, embedder=embedder, model=model))

    def warm(self, user_id: str | None = None) -> None:
        """Load what the first list would wait for: the embedder, the catalogue and the models of items. `user_id`: their profile too."""
        self.services.embedder.embed_query("warm")
        self.services.recommender.warm()
        if user_id is not None:
            self.profile(user_id)

    def worker(self, steps: Sequence[str] = (), export: Path | None = None) -> "Worker":
        """What does the work that is due now and then: update, taxonomy, tune, and lists of everybody to `export`. Raises `UsageError`."""
        from penchant.agent.app.scheduled_work import Worker

        return Worker(self, steps, export)
