"""Operations on items and the taxonomy."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from penchant.agent.operations.operations import Operations, Progress, as_usage_error, converts_arguments, validated
from penchant.agent.taxonomy.unread_titles import CountsUnreadTitles
from penchant.prompts.remarks import remark_in
from penchant.settings import Language
from penchant.store.catalogue import Hit
from penchant.store.identifiers import normalises_ids
from penchant.store.item import Item
from penchant.store.receipt import Degraded, ImportReceipt
from penchant.store.recommendation import ItemList, bounded_k

if TYPE_CHECKING:
    from penchant.agent.recommend.request_rules import RequestRules
    from penchant.store.catalogue import AddReceipt
    from penchant.store.importing import ImportOptions
    from penchant.store.withdrawals import Withdrawals

PAGE = 2_000
SEARCH_DEPTH = 10_000
"""How many items the first search of a paged query reads: all pages search equally deep, because an approximate index finds other items
at other depths.
"""
EXTRA_HITS = 50
"""How many items beyond `k` a search reads first where some may be unavailable; the number doubles until enough are found."""


@converts_arguments
@normalises_ids
class CatalogueOperations(Operations):
    """The methods of an agent that concern items and the taxonomy."""

    def add_items(self, items: Iterable[Item | Mapping[str, Any]], on_progress: Progress | None = None) -> "AddReceipt":
        """Add items to the catalogue or replace them. Unchanged items cost nothing; changed ones are embedded again.

        Raises `UsageError` for a value that is not an item.
        """
        return self.services.catalogue.add(validated(Item, items), on_progress)

    def change_item(self, item_id: str, **fields: Any) -> Item:
        """Change some fields and attributes of an item and return the changed item. A field that is left out stays; None removes it.
        `available=True` also unhides the item.

        Raises `NotFoundError`, `UsageError` for a value that no item can have, and `ConflictError` if other writers win every time.
        """
        try:
            self.services.catalogue.change(item_id, lambda item: item.changed(fields))
        except ValidationError as error:
            raise as_usage_error(f"item {item_id!r}", error) from None
        if fields.get("available"):
            self.unhide_items([item_id])
        return self.items([item_id])[item_id]

    def reembed(self, on_progress: Progress | None = None) -> int:
        """Embed the whole catalogue again with the configured embedder; return the number of items."""
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
        """Import a JSON, CSV or Parquet file into the catalogue; write bad rows to a quarantine file. Raises `UsageError`.

        `options`: the format of the file, where it cannot be detected. `present`: a set to which the item ids in the file are added.
        """
        from penchant.store.importing import import_items

        counts = CountsUnreadTitles(self.services.catalogue, self.services.item_embedder.name)
        receipt = import_items(
            path,
            counts,
            quarantine_folder=self._quarantine,
            options=options,
            present=present,
            on_progress=on_progress,
        )
        return receipt.model_copy(update={"notes": receipt.notes + counts.notes()})

    def unread_titles(self, titles: Iterable[str], *, lang: Language | None = None) -> list[str]:
        """Return what to set where the embedder does not read the script of a good part of these titles, in a sentence; else nothing.
        `lang`: the language of the sentence; None for that of the settings.
        """
        counts = CountsUnreadTitles(self.services.catalogue, self.services.item_embedder.name)
        counts.count(titles)
        return [remark_in(lang or self.settings.lang, note) for note in counts.notes()]

    def items(self, item_ids: Sequence[str]) -> dict[str, Item]:
        """Return the items with these ids, by id. Unknown and removed items are left out."""
        removed = self.services.catalogue.removed()
        return self.services.catalogue.get([name for name in item_ids if name not in removed])

    def withdrawn_items(self, item_ids: Sequence[str]) -> dict[str, str]:
        """Return how each withdrawn item among these was withdrawn: `hidden`, `missing` (from the newest full import) or `removed`."""
        return self.services.catalogue.withdrawn(item_ids)

    def hide_items(self, item_ids: Sequence[str]) -> list[str]:
        """Leave these items out of every list until `unhide_items`. Return those that were not hidden before. Raises `NotFoundError`."""
        return self._withdrawals.hide(item_ids)

    def unhide_items(self, item_ids: Sequence[str]) -> list[str]:
        """Allow these items in lists again; return those that were hidden. Raises `NotFoundError`."""
        return self._withdrawals.unhide(item_ids)

    def remove_items(self, item_ids: Sequence[str]) -> list[str]:
        """Remove these items from the catalogue and return those removed; events about them still count. Raises `NotFoundError`."""
        return self._withdrawals.remove(item_ids)

    def hide_missing_items(self, present: Collection[str]) -> list[str]:
        """Hide every item whose id is not in `present`, until it is imported again; return the ids of the hidden items."""
        return self._withdrawals.hide_missing(present)

    def list_items(self, limit: int, *, after: str | None = None, where: Sequence[str] = ()) -> list[Item]:
        """Return at most `limit` items by id: those after the id `after` that match every expression in `where`. Raises `UsageError`."""
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
        """Return the number of items in the catalogue."""
        return self.services.catalogue.count() - len(self.services.catalogue.removed())

    def build_taxonomy(self) -> dict[str, Any]:
        """Build the taxonomy from the whole catalogue anew; return a receipt. Raises `ModelError`, `StoreError`."""
        return self.services.taxonomy_view.build()

    def taxonomy(self, *, users: bool = False, lang: Language | None = None) -> dict[str, Any]:
        """Return the newest taxonomy. `users`: also how many users care for each node (None below five), and which nodes rise or fade."""
        return self.services.taxonomy_view.show(lang or self.settings.lang, users=users)

    def taxonomy_trends(self, *, lang: Language | None = None) -> list[tuple[str, int, str]]:
        """Return the nodes with more or less interest lately: label, users (at least 5) and `rising` or `fading`; most users first."""
        return self.services.taxonomy_view.trends(lang or self.settings.lang)

    def taxonomy_diff(
        self, before: int | None = None, after: int | None = None, *, lang: Language | None = None
    ) -> dict[str, Any]:
        """Return what changed between two versions, by default the last two. Raises `NotFoundError`."""
        return self.services.taxonomy_view.diff(before, after, lang or self.settings.lang)

    def taxonomy_node(self, node_id: str, *, lang: Language | None = None) -> dict[str, Any]:
        """Return a topic, subtopic or theme; for a theme also the subtopics it could be moved to and the themes it could be merged into.

        Raises `NotFoundError`.
        """
        return self.services.taxonomy_view.node(node_id, lang or self.settings.lang)

    def correct_taxonomy(self, node_id: str, action: str, value: str, *, lang: Language | None = None) -> int:
        """`rename` a node to `value` in one language, `move` a theme to the subtopic `value`, or `merge` it into the theme `value`.

        The correction holds in every later version. Return the number of the version that has it. Raises `NotFoundError`,
        `UsageError`, `ConflictError`.
        """
        return self.services.taxonomy_view.correct(node_id, action, value, lang or self.settings.lang)

    def search_items(
        self, query: str, k: int = 10, domain: str | None = None, *, available_only: bool = False
    ) -> "list[tuple[Item, float]]":
        """Return the `k` items nearest in meaning to `query`, each with its cosine similarity. `available_only`: leave out items that are
        hidden, sold out or expired, unless the query names them.
        """
        looked_at = k + EXTRA_HITS if available_only else k
        while True:
            hits = self._nearest(query, looked_at, domain)
            items = self.items([hit.item_id for hit in hits])
            if available_only:
                items = self._available_or_named(items, query.casefold())
            if len(items) >= k or len(hits) < looked_at:
                return [(items[hit.item_id], hit.similarity) for hit in hits if hit.item_id in items][:k]
            looked_at *= 2

    def find_items(
        self, query: str, limit: int, *, after: tuple[float, str] | None = None, where: Sequence[str] = ()
    ) -> "list[tuple[Item, float]]":
        """Return one page of the items nearest in meaning to `query` that match every expression in `where`, at most `limit`, each with
        its cosine similarity. `after`: the similarity and the id of the last item of the page before. Raises `UsageError`.
        """
        looked_at = SEARCH_DEPTH
        while True:
            hits = self._nearest(query, looked_at)
            whole = len(hits) < looked_at
            if not whole:  # items not read yet may be as similar as the last hit and come before it by id
                hits = [hit for hit in hits if hit.similarity > hits[-1].similarity]
            behind = [hit for hit in hits if after is None or _sort_key(hit) > (-after[0], after[1])]
            found = self._first_matching(sorted(behind, key=_sort_key), limit, where)
            if whole or len(found) >= limit:
                return found
            looked_at *= 4

    def unread_query(self, query: str, *, lang: Language | None = None) -> str | None:
        """Return why a search looks only for the words of `query`, in a sentence; None where it looks for their meaning. `lang`: the
        language of the sentence; None for that of the settings.
        """
        reason = None if query.isascii() else self.services.catalogue_lists.unread(query)
        return None if reason is None else remark_in(lang or self.settings.lang, reason)

    def unmet_filters(self, where: Sequence[str], *, lang: Language | None = None) -> list[Degraded]:
        """Return a remark for each attribute and label in `where` that no item has. Raises `UsageError`."""
        return self.services.catalogue_lists.unmet(_rules(where, None), lang or self.settings.lang)

    def _nearest(self, query: str, limit: int, domain: str | None = None) -> "Sequence[Hit]":
        """Return the `limit` items nearest in meaning to `query`; those with its words in their titles if the embedder cannot read it."""
        named = None if query.isascii() else self.services.catalogue_lists.named(query, domain)
        if named is not None:
            return [Hit(item_id, similarity) for item_id, similarity in named[:limit]]
        vector = self.services.embedder.embed_query(query)
        [hits] = self.services.catalogue.search(vector[None, :], limit, domain) or [[]]
        return hits

    def _first_matching(self, hits: "Sequence[Hit]", limit: int, where: Sequence[str]) -> "list[tuple[Item, float]]":
        """Return the first `limit` hits that match every expression in `where`, with their similarity; read no more items than needed."""
        found: list[tuple[Item, float]] = []
        for start in range(0, len(hits), max(limit, EXTRA_HITS)):
            some = hits[start : start + max(limit, EXTRA_HITS)]
            items = self.items([hit.item_id for hit in some])
            names = {item.item_id for item in _matching(list(items.values()), where, self.clock.now())}
            found += [(items[hit.item_id], hit.similarity) for hit in some if hit.item_id in names]
            if len(found) >= limit:
                break
        return found[:limit]

    def _available_or_named(self, items: Mapping[str, Item], asked: str) -> dict[str, Item]:
        """Return the items that are available now or whose title occurs in `asked` (casefolded)."""
        now = self.clock.now()
        return {name: item for name, item in items.items() if item.is_available(now) or item.title.casefold() in asked}

    def similar_items(
        self,
        item_id: str,
        k: int = 10,
        *,
        where: Sequence[str] = (),
        domain: str | None = None,
        lang: Language | None = None,
    ) -> ItemList:
        """Return the items most like one item in texts or users, each with the reason. Raises `UsageError`, `NotFoundError`."""
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
        """Return the items chosen most in the last `days` (None: ever). Raises `UsageError`."""
        return self.services.catalogue_lists.popular(
            bounded_k(k), _rules(where, domain), days, lang or self.settings.lang
        )

    def latest_items(
        self, k: int = 10, *, where: Sequence[str] = (), domain: str | None = None, lang: Language | None = None
    ) -> ItemList:
        """Return the items that appeared last. Raises `UsageError`."""
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


def _sort_key(hit: "Hit") -> tuple[float, str]:
    """Sort hits by similarity, best first; equal ones by id."""
    return -hit.similarity, hit.item_id
