"""The way every import goes: rows in batches bounded in number and in bytes, progress told, receipt kept."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pydantic import BaseModel, ValidationError

from penchant.store.clock import Clock
from penchant.store.importing.quarantine import Erased, Quarantine
from penchant.store.importing.rows import Row, Source
from penchant.store.receipt import ImportReceipt

Model = TypeVar("Model", bound=BaseModel)
Progress = Callable[[int, int], None]
"""Called with (bytes read, bytes in all) after every batch."""
BATCH_BYTES = 8 * 1024 * 1024


class Import:
    """One file on its way in. Yields rows by the batch, sets bad ones aside, and keeps `receipt` true at every moment."""

    def __init__(
        self,
        path: Path,
        folder: Path,
        clock: Clock,
        on_progress: Progress | None,
        *,
        user_id: str | None = None,
        erased: Erased | None = None,
    ) -> None:
        self.source = Source(path)
        self.quarantine = Quarantine(folder, path, clock.now(), user_id, erased)
        self.receipt = ImportReceipt(file=str(path))
        self._tell = on_progress or (lambda read, total: None)
        self._started = time.perf_counter()

    def __enter__(self) -> Self:
        self.quarantine.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.quarantine.__exit__(kind, error, trace)

    def batches(self, size: int) -> Iterator[list[Row]]:
        """Lists of at most `size` rows, and of not many more bytes than `BATCH_BYTES`."""
        batch: list[Row] = []
        weight = 0
        for row in self.source.rows():
            self.receipt.lines += 1
            batch.append(row)
            weight += _weight(row)
            if len(batch) >= size or weight >= BATCH_BYTES:
                yield batch
                self._tell(self.source.read, self.source.total)
                batch, weight = [], 0
        if batch:
            yield batch
        self._tell(self.source.total, self.source.total)

    def checked(self, row: Row, model: type[Model]) -> Model | None:
        """The row as a `model`; None, and set aside, if it cannot be one."""
        if row.problem is not None:
            self.quarantine.add(row, row.problem)
            return None
        try:
            content = row.content
            return model.model_validate_json(content) if isinstance(content, bytes) else model.model_validate(content)
        except ValidationError as error:
            self.quarantine.add_invalid(row, error)
            return None

    def done(self) -> ImportReceipt:
        """The receipt, complete."""
        self.receipt.reasons = dict(self.quarantine.reasons.most_common())
        self.receipt.quarantined = self.quarantine.reasons.total()
        self.receipt.quarantine_file = str(self.quarantine.path) if self.quarantine.path else None
        self.receipt.seconds = round(time.perf_counter() - self._started, 3)
        return self.receipt


def _weight(row: Row) -> int:
    content = row.content
    return len(content) if isinstance(content, bytes) else sum(len(v) for v in content.values() if isinstance(v, str))
