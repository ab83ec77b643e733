"""Imports items from a file into the catalogue."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from penchant.store.clock import Clock, SystemClock
from penchant.store.importing.batches import Import, Progress
from penchant.store.importing.categories import SAMPLE, CategoryCommas
from penchant.store.importing.differences import Differences
from penchant.store.importing.fields import Fields
from penchant.store.importing.layouts import ITEMS
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.source import cells
from penchant.store.importing.variants import Variants
from penchant.store.item import Item
from penchant.store.receipt import ImportReceipt

BATCH = 500


class Added(Protocol):
    """The result of adding a batch: the three numbers add up to its size."""

    @property
    def added(self) -> int: ...
    @property
    def updated(self) -> int: ...
    @property
    def unchanged(self) -> int: ...


class ItemSink(Protocol):
    """Something that items can be added to."""

    def add(self, items: Sequence[Item], /) -> Added:
        """Add new items and update known ones."""
        ...

    def differing(self, items: Sequence[Item], /) -> Mapping[str, Item]:
        """Return the known items that have the id of one of these and other content, by id."""
        ...


def import_items(
    path: Path,
    catalogue: ItemSink,
    *,
    quarantine_folder: Path,
    clock: Clock | None = None,
    options: ImportOptions | None = None,
    present: set[str] | None = None,
    on_progress: Progress | None = None,
) -> ImportReceipt:
    """Import a file into the catalogue.

    New and changed items are accepted, unchanged ones are duplicates; of equal ids the last counts. The receipt says how
    many rows and known items have other content than the row that counts, and which fields items lose.

    `options`: how the file is written. `present`: the ids that the file names are added to this set, including those
    of quarantined rows.

    Raises `UsageError` for a file that is unreadable or of no supported kind.
    """
    options = options or ImportOptions()
    commas = CategoryCommas(cells(path, Fields(ITEMS, options), "categories", SAMPLE))
    fields = Fields(ITEMS, options, commas)
    with Import(path, quarantine_folder, clock or SystemClock(), on_progress, fields=fields) as run:
        variants, differences = Variants(fields), Differences()
        for batch in run.batches(BATCH):
            rows = [row for given in batch if (row := variants.completed_row(given)) is not None]
            run.receipt.duplicate += len(batch) - len(rows)
            checked = [(row.line, item) for row in rows if (item := run.checked(row, Item)) is not None]
            items = [item for _, item in checked]
            if present is not None:
                named = [fields.id_of(row.content) if row.problem is None else None for row in rows]
                present |= {name for name in named if name is not None}
                run.receipt.unnamed += named.count(None)
            run.quarantine.flush()
            latest = {item.item_id: item for item in items}
            differences.compare(checked, latest, catalogue.differing(list(latest.values())))
            receipt = catalogue.add(list(latest.values())) if latest else None
            accepted = receipt.added + receipt.updated if receipt else 0
            run.receipt.accepted += accepted
            run.receipt.duplicate += len(items) - accepted
        run.source.notes += variants.notes() + differences.notes()
        return run.done()
