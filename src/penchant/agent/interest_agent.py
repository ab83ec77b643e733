"""`InterestAgent`: the facade over everything that Penchant does."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from penchant.agent.app.services import Services
from penchant.agent.operations.catalogue import CatalogueOperations
from penchant.agent.operations.lists import ListOperations
from penchant.agent.operations.running import RunningOperations
from penchant.settings import Settings
from penchant.store.clock import Clock
from penchant.store.identifiers import normalises_ids
from penchant.store.recommendation import MAX_K
from penchant.tracing import start as start_tracing

if TYPE_CHECKING:
    from penchant.agent.app.scheduled_work import Worker
    from penchant.agent.llm.model import LanguageModel
    from penchant.store.embedders.embedder import Embedder

__all__ = ["MAX_K", "InterestAgent"]


@normalises_ids
class InterestAgent(CatalogueOperations, ListOperations, RunningOperations):
    """Keep and use interest profiles in one store. Methods block and are thread-safe: one object serves a whole server."""

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
        """Load what the first list needs: the embedder, the catalogue, the item models and the profile of `user_id`, if given."""
        self.services.embedder.embed_query("warm")
        self.services.recommender.warm()
        if user_id is not None:
            self.profile(user_id)

    def worker(self, steps: Sequence[str] = (), export: Path | None = None) -> "Worker":
        """Return a worker for the scheduled `steps` (update, taxonomy, tune, all lists to `export`). Raises `UsageError`."""
        from penchant.agent.app.scheduled_work import Worker

        return Worker(self, steps, export)
