"""`InterestAgent`: everything Penchant does, behind one object."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from penchant.agent.parts import Parts
from penchant.errors import NotFoundError, UsageError
from penchant.settings import Language, Settings
from penchant.store.clock import Clock
from penchant.store.event import Event, EventType
from penchant.store.item import Item
from penchant.store.profile import Profile
from penchant.store.receipt import ImportReceipt, Observed, UpdateReceipt, UserSummary
from penchant.store.recommendation import ItemExplanation, Recommendation

if TYPE_CHECKING:
    from penchant.agent.llm.model import LanguageModel
    from penchant.store.catalogue import AddReceipt, Hit
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.profiles import ProfileVersion

MAX_K = 200
Progress = Callable[[int, int], None]
"""Called with (done, total): bytes for imports, users for updates."""


class InterestAgent:
    """Living interest profiles over one store. Blocking and thread-safe: one object serves a whole server."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

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
        return cls(Parts(settings or Settings.load(), clock=clock, embedder=embedder, model=model))

    def speaking(self, lang: Language) -> Self:
        """The same installation in another language: labels, reasons and prompts; everything stored is shared."""
        return self if lang == self.parts.settings.lang else type(self)(self.parts.speaking(lang))

    # What goes in

    def add_items(self, items: Sequence[Item], on_progress: Progress | None = None) -> "AddReceipt":
        """Put items into the catalogue; unchanged ones cost nothing, changed ones are embedded again."""
        return self.parts.catalogue.add(items, on_progress)

    def reembed(self, on_progress: Progress | None = None) -> int:
        """Embed the whole catalogue again with the embedder in force; returns how many items there are."""
        from penchant.store.catalogue import connect, reembed

        return reembed(connect(self.parts.settings), self.parts.embedder, on_progress)

    def import_items(self, path: Path, on_progress: Progress | None = None) -> ImportReceipt:
        """Read a JSONL, CSV or Parquet file into the catalogue; bad rows go to a quarantine file. Raises `UsageError`."""
        from penchant.store.importing import import_items

        return import_items(path, self.parts.catalogue, quarantine_folder=self._quarantine, on_progress=on_progress)

    def import_events(self, path: Path, on_progress: Progress | None = None) -> ImportReceipt:
        """Read a file of behaviour into the ledger; bad rows go to a quarantine file. Raises `UsageError`."""
        from penchant.store.importing import import_events

        return import_events(
            path,
            self.parts.ledger,
            known_types=frozenset(self.parts.event_weights),
            clock=self.parts.clock,
            quarantine_folder=self._quarantine,
            on_progress=on_progress,
        )

    def observe(self, events: Sequence[Event]) -> Observed:
        """Write behaviour down; what is known already counts as duplicate. Raises `UsageError` for an unknown type or a future time."""
        from penchant.store.importing.events import AHEAD

        latest = self.parts.clock.now() + AHEAD
        for event in events:
            self._check_type(event.type)
            if event.at > latest:
                raise UsageError(
                    f"{event.at:%Y-%m-%d %H:%M} lies in the future: behaviour is written down once it has happened"
                )
        accepted = self.parts.ledger.append(events)
        return Observed(accepted=accepted, duplicate=len(events) - accepted)

    def events(self, user_id: str, *, until: datetime | None = None) -> list[Event]:
        """What the user did (up to and including `until`), oldest first."""
        return [stored.event for stored in self.parts.ledger.events(user_id, until=until)]

    def items(self, item_ids: Sequence[str]) -> dict[str, Item]:
        """The items of the catalogue among these, by id."""
        return self.parts.catalogue.get(item_ids)

    # Profiles

    def update(self, *user_ids: str, at: datetime | None = None, on_progress: Progress | None = None) -> UpdateReceipt:
        """Fold new behaviour into the profiles of these users (none named: of all), and say what was done with every event."""
        return self.parts.updater.update(user_ids or None, at=at, on_progress=on_progress)

    def profile(
        self, user_id: str, *, at: datetime | None = None, version: int | None = None, lang: str | None = None
    ) -> Profile:
        """The tree of interests as of `at` (by default now). Raises `NotFoundError` for a user nobody has seen."""
        return self.parts.updater.profile(user_id, at=at, version=version, language=lang)

    def timeline(self, user_id: str, moments: Sequence[datetime], *, lang: str | None = None) -> list[Profile]:
        """The tree as of each of these moments (ascending): each as `profile(at=)` gives it, for one reading of the behaviour."""
        return self.parts.updater.views.timeline(user_id, moments, lang)

    def history(self, user_id: str) -> "list[ProfileVersion]":
        """Every version of the user's profile with its receipt, oldest first."""
        return self.parts.updater.history(user_id)

    def users(self) -> list[UserSummary]:
        """Everyone with behaviour or a profile, by id."""
        return self.parts.updater.users()

    # Recommending

    def recommend(
        self,
        user_id: str,
        k: int = 10,
        *,
        query: str | None = None,
        domain: str | None = None,
        at: datetime | None = None,
        llm: bool = True,
    ) -> Recommendation:
        """The best `k` items the user has not had, each with its reasons. Raises `UsageError`, `NotFoundError`."""
        if not 1 <= k <= MAX_K:
            raise UsageError(f"k must be between 1 and {MAX_K}, not {k}")
        return self.parts.recommender.recommend(user_id, k, query=query, domain=domain, at=at, llm=llm)

    def explain(self, user_id: str, item_id: str, *, at: datetime | None = None) -> ItemExplanation:
        """Why, or why not, this item. Raises `NotFoundError`."""
        return self.parts.recommender.explain(user_id, item_id, at=at)

    def search_items(self, query: str, k: int = 10, domain: str | None = None) -> "list[tuple[Item, float]]":
        """The items nearest in meaning to `query`, with their cosine similarity."""
        catalogue = self.parts.catalogue
        [hits] = catalogue.search(self.parts.embedder.embed_query(query)[None, :], k, domain) or [[]]
        items = catalogue.get([hit.item_id for hit in hits])
        return [(items[hit.item_id], hit.similarity) for hit in hits if hit.item_id in items]

    @property
    def _quarantine(self) -> Path:
        return self.parts.settings.home / "quarantine"

    def _check_type(self, name: str) -> None:
        if name not in self.parts.event_weights:
            known = ", ".join(EventType)
            raise UsageError(
                f"unknown event type {name!r}: use one of {known}, or give it a weight under [event_weights]"
            )
