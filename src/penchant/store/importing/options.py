"""Options of an import, for what a file does not show: columns, delimiter, date formats, zone, encoding."""

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Self

from penchant.errors import UsageError
from penchant.store.moments import checked_formats, zone_named

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "space": " "}


@dataclass(frozen=True)
class ImportOptions:
    """How a file is written.

    `columns`: the file's own name for a field, by field (`{"item_id": "ISBN"}`). `delimiter`: of CSV. `date_formats`:
    see `Times`. `zone`: of times that name none. `encoding`: of text, by its name in Python. `event_type`: of events that
    name none. `speaker`: the name of the user in a chat between people.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None
    date_formats: tuple[str, ...] = ()
    zone: tzinfo | None = None
    encoding: str | None = None
    event_type: str | None = None
    speaker: str | None = None

    @classmethod
    def read(
        cls,
        *,
        columns: Sequence[str] = (),
        delimiter: str | None = None,
        date_formats: Sequence[str] = (),
        zone: str | None = None,
        encoding: str | None = None,
        event_type: str | None = None,
        speaker: str | None = None,
    ) -> Self:
        """Parse options as people type them: `item_id=ISBN,at=Date`, `tab`, `%d.%m.%Y`, `Europe/Berlin`, `big5`.

        Raises `UsageError`.
        """
        return cls(
            _pairs(columns),
            None if delimiter is None else _one_character(delimiter),
            checked_formats(list(date_formats)),
            None if zone is None else zone_named(zone),
            None if encoding is None else _text_encoding(encoding),
            event_type,
            speaker,
        )


def _pairs(written: Sequence[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for part in (part for text in written for part in text.split(",")):
        name, equals, column = (side.strip() for side in part.partition("="))
        if not (name and equals and column):
            raise UsageError(f"--columns {part[:60]!r} is incomplete: write FIELD=COLUMN, such as item_id=ISBN,at=Date")
        if name in pairs or column in pairs.values():
            raise UsageError(f"--columns names {part[:60]!r} twice: a field is read from one column")
        pairs[name] = column
    return pairs


def _one_character(written: str) -> str:
    delimiter = DELIMITERS.get(written, written)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise UsageError(
            f"--delimiter {written[:20]!r} is not one character: write one, such as ';', or comma, semicolon, tab or pipe"
        )
    return delimiter


def _text_encoding(written: str) -> str:
    try:
        b"x".decode(written, "backslashreplace")
        return codecs.lookup(written).name
    except (LookupError, ValueError):  # a name that contains NUL, or a codec that does not produce text
        raise UsageError(
            f"--encoding {written[:40]!r} is not a text encoding: use one, such as big5, shift_jis, gb18030, cp1251 or latin-1"
        ) from None
