"""Items, what becomes of them, and the taxonomy they make."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from penchant.agent.operations.operations import Operations, Progress, each_as, reads_arguments, unusable
from penchant.settings import Language
from penchant.store.identifiers import takes_normal_ids
from penchant.store.item import Item
from penchant.store.receipt import ImportReceipt
from penchant.store.recommendation import ItemList, bounded_k

if TYPE_CHECKING:
    from penchant.agent.recommend.request_rules import RequestRules
    from penchant.store.catalogue import AddReceipt, Hit
    from penchant.store.importing import ImportOptions
    from penchant.store.withdrawals import Withdrawals

PAGE = 2_000
DEPTH = 10_000
"""How many items a search that is paged looks at first. An index that approximates finds others the deeper it looks, so every page looks
equally deep."""
BEYOND = 50
"""How many more items a search looks at first where some of them may no longer be had; then twice as many, until it has enough."""


@reads_arguments
@takes_normal_ids
class CatalogueOperations(Operations):
    """What an agent does with items and the taxonomy."""

    def add_items(self, items: Iterable[Item | Mapping[str, Any]], on_progress: Progress | None = None) -> "AddReceipt":
        """Put items into the catalogue; unchanged ones cost nothing, changed ones are embedded again.

        Raises `UsageError` for what is no item.
        """
        return self.services.catalogue.add(each_as(Item, items), on_progress)

    def change_item(self, item_id: str, **fields: Any) -> Item:
        """Change some fields and attributes of an item: what is left out stays, None removes. `available=True` also brings back what was
        hidden. Returns the item as it is then.

        Raises `NotFoundError`, `UsageError` for what no item can have, `ConflictError` where others are always first.
        """
        try:
            self.services.catalogue.change(item_id, lambda item: item.changed(fields))
        except ValidationError as error:
            raise unusable(f"item {item_id!r}", error) from None
        if fields.get("available"):
            self.unhide_items([item_id])
        return self.items([item_id])[item_id]

    def reembed(self, on_progress: Progress | None = None) -> int:
        """Embed the whole catalogue again with the embedder in force; returns how many items there are."""
        from penchant.store.reembedding import reembed_catalogue
        from penchant.store.revisions import Revisions

        services = self.services
        return reembed_catalogue(services.settings, services.item_embedder, Revisions(services.database), on_progress)

    def import_items(
        self,
        path: Path,
        on_progress: Progress | None = None,
        *,
        options: "ImportOptions | None" = None,
        present: set[str] | None = None,
    ) -> ImportReceipt:
        """Read a JSON, CSV or Parquet file into the catalogue; bad rows go to a quarantine file. Raises `UsageError`.

        `options`: how the file is written, where it cannot be seen from it. `present`: the ids the file names are added to it.
        """
        from penchant.store.importing import import_items

        return import_items(
            path,
            self.services.catalogue,
            quarantine_folder=self._quarantine,
            options=options,
            present=present,
            on_progress=on_progress,
        )

    def items(self, item_ids: Sequence[str]) -> dict[str, Item]:
        """The items of the catalogue among these, by id; those that were removed are not among them."""
        removed = self.services.catalogue.removed()
        return self.services.catalogue.get([name for name in item_ids if name not in removed])

    def withdrawn_items(self, item_ids: Sequence[str]) -> dict[str, str]:
        """Those of these items that were put aside, each with how: `hidden`, `missing` (from the newest full import) or `removed`."""
        return self.services.catalogue.withdrawn(item_ids)

    def hide_items(self, item_ids: Sequence[str]) -> list[str]:
        """Leave these items out of every list, until `unhide_items`; returns those that were not hidden before. Raises `NotFoundError`."""
        return self._withdrawals.hide(item_ids)

    def unhide_items(self, item_ids: Sequence[str]) -> list[str]:
        """Recommend these items again; returns those that were hidden. Raises `NotFoundError`."""
        return self._withdrawals.unhide(item_ids)

    def remove_items(self, item_ids: Sequence[str]) -> list[str]:
        """Take these items out of the catalogue; what users did with them still counts. Returns those removed. Raises `NotFoundError`."""
        return self._withdrawals.remove(item_ids)

    def hide_missing_items(self, present: Collection[str]) -> list[str]:
        """Hide what is not among these ids, until it is imported again; returns what was hidden."""
        return self._withdrawals.hide_missing(present)

    def list_items(self, limit: int, *, after: str | None = None, where: Sequence[str] = ()) -> list[Item]:
        """At most `limit` items by id: those after the id `after` for which every expression holds. Raises `UsageError`."""
        found: list[Item] = []
        removed = self.services.catalogue.removed()
        while len(found) < limit:
            some = self.services.catalogue.page(PAGE, after)
            found += _matching([item for item in some if item.item_id not in removed], where, self.clock.now())
            if len(some) < PAGE:
                break
            after = some[-1].item_id
        return found[:limit]

    def count_items(self) -> int:
        """How many items the catalogue holds."""
        return self.services.catalogue.count() - len(self.services.catalogue.removed())

    def build_taxonomy(self) -> dict[str, Any]:
        """Read the whole catalogue anew into topics, subtopics and themes; says what was done. Raises `ModelError`, `StoreError`."""
        return self.services.taxonomy_view.build()

    def taxonomy(self, *, users: bool = False, lang: Language | None = None) -> dict[str, Any]:
        """The newest taxonomy. `users`: how many users care for each node (None below five), and what rises and falls."""
        return self.services.taxonomy_view.show(lang or self.settings.lang, users=users)

    def taxonomy_trends(self, *, lang: Language | None = None) -> list[tuple[str, int, str]]:
        """What people care for more or less lately: label, how many users (at least 5) and `rising` or `fading`, the most users first."""
        return self.services.taxonomy_view.trends(lang or self.settings.lang)

    def taxonomy_diff(
        self, before: int | None = None, after: int | None = None, *, lang: Language | None = None
    ) -> dict[str, Any]:
        """What changed between two versions, by default the last two. Raises `NotFoundError`."""
        return self.services.taxonomy_view.diff(before, after, lang or self.settings.lang)

    def taxonomy_node(self, node_id: str, *, lang: Language | None = None) -> dict[str, Any]:
        """A topic, subtopic or theme; of a theme also the places it could be moved to and the themes it could be part of.

        Raises `NotFoundError`.
        """
        return self.services.taxonomy_view.node(node_id, lang or self.settings.lang)

    def correct_taxonomy(self, node_id: str, action: str, value: str, *, lang: Language | None = None) -> int:
        """`rename` a node to `value` in one language, `move` a theme to the subtopic `value`, or `merge` it into the theme `value`.

        It holds in every version built later; returns the version that has it. Raises `NotFoundError`, `UsageError`, `ConflictError`.
        """
        return self.services.taxonomy_view.correct(node_id, action, value, lang or self.settings.lang)

    def search_items(
        self, query: str, k: int = 10, domain: str | None = None, *, can_be_had: bool = False
    ) -> "list[tuple[Item, float]]":
        """The items nearest in meaning to `query`, with their cosine similarity. `can_be_had`: without those that are hidden, sold out or
        expired, unless the query names them."""
        wanted, looked_at = self.services.embedder.embed_query(query)[None, :], k + BEYOND if can_be_had else k
        while True:
            [hits] = self.services.catalogue.search(wanted, looked_at, domain) or [[]]
            items = self.items([hit.item_id for hit in hits])
            if can_be_had:
                items = self._had_or_named(items, query.casefold())
            if len(items) >= k or len(hits) < looked_at:
                return [(items[hit.item_id], hit.similarity) for hit in hits if hit.item_id in items][:k]
            looked_at *= 2

    def find_items(
        self, query: str, limit: int, *, after: tuple[float, str] | None = None, where: Sequence[str] = ()
    ) -> "list[tuple[Item, float]]":
        """At most `limit` items nearest in meaning to `query`, with their cosine similarity, for which every expression holds: those that
        stand behind `after`, a similarity and the id of an item. Raises `UsageError`."""
        wanted, looked_at = self.services.embedder.embed_query(query)[None, :], DEPTH
        while True:
            [hits] = self.services.catalogue.search(wanted, looked_at) or [[]]
            whole = len(hits) < looked_at
            if not whole:  # others may fit as well as the last, and stand before it by their ids
                hits = [hit for hit in hits if hit.similarity > hits[-1].similarity]
            behind = [hit for hit in hits if after is None or _place(hit) > (-after[0], after[1])]
            found = self._first_of(sorted(behind, key=_place), limit, where)
            if whole or len(found) >= limit:
                return found
            looked_at *= 4

    def _first_of(self, hits: "Sequence[Hit]", limit: int, where: Sequence[str]) -> "list[tuple[Item, float]]":
        """The first `limit` of these for which every expression holds, with their similarity; no more are read than needed."""
        found: list[tuple[Item, float]] = []
        for start in range(0, len(hits), max(limit, BEYOND)):
            some = hits[start : start + max(limit, BEYOND)]
            items = self.items([hit.item_id for hit in some])
            names = {item.item_id for item in _matching(list(items.values()), where, self.clock.now())}
            found += [(items[hit.item_id], hit.similarity) for hit in some if hit.item_id in names]
            if len(found) >= limit:
                break
        return found[:limit]

    def _had_or_named(self, items: Mapping[str, Item], asked: str) -> dict[str, Item]:
        """Those of `items` that can be had now, or whose title stands in what is `asked`."""
        now = self.clock.now()
        return {name: item for name, item in items.items() if item.can_be_had(now) or item.title.casefold() in asked}

    def similar_items(
        self,
        item_id: str,
        k: int = 10,
        *,
        where: Sequence[str] = (),
        domain: str | None = None,
        lang: Language | None = None,
    ) -> ItemList:
        """The items most like one, by what they say and by who took them, with why. Raises `UsageError`, `NotFoundError`."""
        return self.services.catalogue_lists.similar(
            item_id, bounded_k(k), _rules(where, domain), lang or self.settings.lang
        )

    def popular_items(
        self,
        k: int = 10,
        *,
        days: float | None = None,
        where: Sequence[str] = (),
        domain: str | None = None,
        lang: Language | None = None,
    ) -> ItemList:
        """The items chosen most in the last `days` (None: ever). Raises `UsageError`."""
        return self.services.catalogue_lists.popular(
            bounded_k(k), _rules(where, domain), days, lang or self.settings.lang
        )

    def latest_items(
        self, k: int = 10, *, where: Sequence[str] = (), domain: str | None = None, lang: Language | None = None
    ) -> ItemList:
        """The items that appeared last. Raises `UsageError`."""
        return self.services.catalogue_lists.latest(bounded_k(k), _rules(where, domain), lang or self.settings.lang)

    @property
    def _withdrawals(self) -> "Withdrawals":
        from penchant.store.withdrawals import Withdrawals

        return Withdrawals(self.services.catalogue)


def _matching(items: Sequence[Item], where: Sequence[str], now: datetime) -> list[Item]:
    from penchant.agent.recommend.filters import matching

    return matching(items, where, now)


def _rules(where: Sequence[str], domain: str | None) -> "RequestRules":
    from penchant.agent.recommend.request_rules import RequestRules

    return RequestRules.of(where=where, domain=domain)


def _place(hit: "Hit") -> tuple[float, str]:
    """Where an item that was found stands: the best first, those that fit equally well by id."""
    return -hit.similarity, hit.item_id
