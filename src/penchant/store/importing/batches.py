"""The common part of all imports: batches limited in rows and bytes, progress, quarantine and receipt."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pydantic import BaseModel, ValidationError

from penchant.store.clock import Clock
from penchant.store.importing.encodings import is_utf8
from penchant.store.importing.fields import FieldError, Fields
from penchant.store.importing.json_text import parse_json
from penchant.store.importing.quarantine import Erased, Quarantine, explain, general
from penchant.store.importing.rows import NOT_UTF8, Row
from penchant.store.importing.source import Source
from penchant.store.importing.suggestions import cure, misplaced, suggested_columns
from penchant.store.receipt import ImportReceipt

Model = TypeVar("Model", bound=BaseModel)
Progress = Callable[[int, int], None]
"""Called with (bytes read, total bytes) after every batch."""
BATCH_BYTES = 8 * 1024 * 1024
MAX_EXAMINED = 20
"""The maximum number of invalid rows with different names that are examined for names of fields."""
NO_CHAT = (
    "neither an event ({missing} missing) nor a chat of a known shape: in a chat each message has a role and a content"
)


class Import:
    """The import of one file.

    Yields rows in batches, puts bad ones in quarantine, and keeps `receipt` correct at every moment.
    """

    def __init__(
        self,
        path: Path,
        folder: Path,
        clock: Clock,
        on_progress: Progress | None,
        *,
        fields: Fields,
        user_id: str | None = None,
        erased: Erased | None = None,
    ) -> None:
        self.fields = fields
        self.source = Source(path, fields)
        self.quarantine = Quarantine(folder, path, clock.now(), user_id, erased)
        self.receipt = ImportReceipt(file=str(path))
        self._tell = on_progress or (lambda read, total: None)
        self._started = time.perf_counter()
        self._hint = ""
        self._examined: set[tuple[str, ...]] = set()
        self._is_useful = False

    def __enter__(self) -> Self:
        self.quarantine.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.quarantine.__exit__(kind, error, trace)

    def batches(self, size: int) -> Iterator[list[Row]]:
        """Yield lists of at most `size` rows and of little more than `BATCH_BYTES` bytes."""
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
        """Return the row as a `model`; if it is invalid, put it in quarantine and return None."""
        if row.problem is not None:
            self.set_aside(row, row.problem)
            return None
        try:
            found = model.model_validate(self.fields.read(row.content))
        except ValidationError as error:
            self._set_aside_invalid(row, error)
        except FieldError as error:
            self.set_aside(row, str(error), general(str(error)))
        except ValueError as error:
            no_text = isinstance(row.content, bytes) and not is_utf8(row.content)
            self.set_aside(
                row, NOT_UTF8 if no_text else f"not valid JSON: {error}", NOT_UTF8 if no_text else "not valid JSON"
            )
        else:
            self.fields.count_extras()
            self._is_useful = True
            return found
        return None

    def _set_aside_invalid(self, row: Row, error: ValidationError) -> None:
        reason, kind = explain(error)
        if advice := self._advice(row):
            reason = kind = advice
        elif (
            self.quarantine.user_id is not None
            and isinstance(row.content, bytes)
            and not self.fields.names_any(row.content)
        ):
            missing = " and ".join(self.fields.required)
            reason = kind = NO_CHAT.format(missing=f"{missing} {'are' if ' ' in missing else 'is'}")
        self.set_aside(row, reason, kind)
        if not advice:
            self._look_for_columns(row)

    def set_aside(self, row: Row, reason: str, kind: str | None = None) -> None:
        """Put a row in quarantine, in a form that can be imported without options once it is corrected."""
        user = self.fields.user_of(row.content) if row.problem is None else None
        shown = row._replace(content=self.fields.plain(row.content)) if row.problem is None else row
        self.quarantine.add(shown, reason, kind, user_id=user or row.user_id)

    def _advice(self, row: Row) -> str | None:
        """Return the advice for an invalid row, if it is of the other kind."""
        found = row.content if isinstance(row.content, dict) else parse_json(row.content)
        return misplaced(self.fields, {str(name): value for name, value in found.items()})

    def _look_for_columns(self, row: Row) -> None:
        """Keep a note with the option that makes fields of the names in an invalid row, while no row is valid.

        Every set of names is examined once, and only the first ones: this takes long.
        """
        if self._hint or self._is_useful or len(self._examined) >= MAX_EXAMINED:
            return
        found = row.content if isinstance(row.content, dict) else parse_json(row.content)
        names = tuple(str(name) for name, value in found.items() if not isinstance(value, dict | list))
        if names not in self._examined:
            self._examined.add(names)
            self._hint = _hint(self.fields, names)

    def done(self) -> ImportReceipt:
        """Return the complete receipt, after everything that was set aside is written."""
        self.quarantine.flush()
        self.receipt.reasons = dict(self.quarantine.reasons.most_common())
        self.receipt.quarantined = self.quarantine.reasons.total()
        self.receipt.quarantine_file = str(self.quarantine.path) if self.quarantine.path else None
        is_hinted = any("--columns" in note for note in self.source.notes)
        if self._hint and not self._is_useful and not is_hinted:
            self.receipt.notes.append(self._hint)
        self.receipt.notes += list(dict.fromkeys((*self.source.notes, *self.fields.notes())))
        self.receipt.seconds = round(time.perf_counter() - self._started, 3)
        return self.receipt


def _hint(fields: Fields, names: Sequence[str]) -> str:
    """Return a note with the option that makes fields of these names if required ones are missing; "" if none fits."""
    places = {fields.place(name) for name in names}
    missing = [name for name in fields.required if name not in places]
    free = [name for name in names if not fields.is_field(name)]
    columns = suggested_columns(fields.layout, free, missing, {*places, *fields.given}) if missing else ""
    return f"no row has {', '.join(missing)}: {cure(columns, missing)}" if columns else ""


def _weight(row: Row) -> int:
    content = row.content
    return len(content) if isinstance(content, bytes) else sum(len(v) for v in content.values() if isinstance(v, str))
