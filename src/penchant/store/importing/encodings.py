"""Detects the encoding of a text file from its beginning, and converts the file to UTF-8."""

import codecs
from typing import BinaryIO

from penchant.store.importing.piece_stream import PieceStream

UTF8 = "utf-8"
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CHUNK = 64 * 1024
_NULS = 0.5
"""Western text in UTF-16 has a NUL in every other byte; other text has none."""
_PAIRED = 0.95
"""The minimum share of non-ASCII bytes in pairs for GB 18030; in Western encodings nearly all of them are single."""


def encoding_of(beginning: bytes, *, guess: bool) -> str:
    """Return the encoding of a file with this beginning.

    `guess`: if it is not UTF-8, choose between GB 18030 and Windows-1252, in which spreadsheets write CSV.
    """
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            return name
    if (unmarked := _without_mark(beginning)) is not None:
        return unmarked
    lines = beginning.splitlines(keepends=True)
    broken = [line for line in lines if not is_utf8(line, cut=line is lines[-1])]
    sound = sum(not line.isascii() for line in lines) - len(broken)
    return UTF8 if not guess or len(broken) <= sound else _eight_bit(broken)


def is_utf8(text: bytes, *, cut: bool = False) -> bool:
    """Return whether this is UTF-8. `cut`: it may end in the middle of a character."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return cut and error.reason == "unexpected end of data" and len(text) - error.start < 4
    return True


def _without_mark(beginning: bytes) -> str | None:
    sample = beginning[:128]
    for name, letters, nuls in (("utf-16-le", 0, 1), ("utf-16-be", 1, 0)):
        silent = sample[nuls::2]
        if not sample[letters::2].count(0) and silent.count(0) > _NULS * len(silent):
            return name
    return None


def _eight_bit(lines: list[bytes]) -> str:
    high = paired = 0
    for line in lines:
        run = 0
        for byte in (*line, 0):
            if byte >= 0x80:
                run += 1
            elif run:
                high, paired, run = high + run, paired + run - run % 2, 0
    try:
        b"\n".join(lines).decode("gb18030")
    except UnicodeDecodeError:
        return "cp1252"
    return "gb18030" if paired >= _PAIRED * high else "cp1252"


class AsUtf8(PieceStream):
    r"""A text file in another encoding, read as UTF-8. Bytes that cannot be decoded become `\xNN`."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        super().__init__()
        self.file = file
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="backslashreplace")

    def next_piece(self) -> bytes:
        raw = self.file.read(_CHUNK)
        self.ended = not raw
        text = self._decoder.decode(raw, final=self.ended).replace("\ufeff", "")
        return text.encode("utf-8", "replace")
