"""Decompresses gzip files that may be truncated, damaged or bombs: everything readable is kept, within limits."""

import zlib
from typing import BinaryIO

from penchant.store.importing.piece_stream import PieceStream

ENDS_EARLY = "the file is cut: its compressed data end early or are damaged here; what came before was kept"
EXPANDS_TOO_MUCH = "the file unpacks to more than 500 times its size: the rest is left alone; what came before was kept"
MOST_TIMES = 500
"""The largest allowed expansion factor of a file that has passed `UNCHECKED_BYTES`: ordinary text stays well below it."""
UNCHECKED_BYTES = 256 * 1024 * 1024
_CHUNK = 64 * 1024
_PIECE = 1024 * 1024


class GzipStream(PieceStream):
    """Decompresses a gzip file of one or several members.

    Bad content raises nothing: the stream ends, and `problem` says why it ended early.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.file = file
        self.problem: str | None = None
        self._packed = self._unpacked = 0
        self._member = _member()
        self._waiting = b""

    def next_piece(self) -> bytes:
        piece = self._next()
        self._unpacked += len(piece)
        if self._unpacked > max(UNCHECKED_BYTES, MOST_TIMES * self._packed):
            self._end(EXPANDS_TOO_MUCH)
        return piece

    def _next(self) -> bytes:
        """Return the next decompressed piece; empty at the end, or if more input has to be read first."""
        if self._member.eof:
            self._waiting = self._member.unused_data.lstrip(b"\0") or self._read().lstrip(b"\0")
            if not self._waiting:
                self.ended = True
                return b""
            self._member = _member()
        waiting = self._waiting or self._read()
        if not waiting:
            return self._last()
        return self._unpack(waiting)

    def _unpack(self, packed: bytes) -> bytes:
        before = self._member.copy()
        try:
            piece = self._member.decompress(packed, _PIECE)
        except zlib.error:
            return self._until_damage(before, packed)
        self._waiting = self._member.unconsumed_tail
        return piece

    def _until_damage(self, member: "zlib._Decompress", packed: bytes) -> bytes:
        """Return what can be decompressed before the damage, byte by byte, and end the stream."""
        pieces = []
        self._end(ENDS_EARLY)
        for place in range(len(packed)):
            try:
                pieces.append(member.decompress(packed[place : place + 1]))
            except zlib.error:
                break
        return b"".join(pieces)

    def _last(self) -> bytes:
        """End the stream where the file ends in the middle of a member, and return the rest."""
        self._end(ENDS_EARLY)
        try:
            return self._member.flush()
        except zlib.error:
            return b""

    def _read(self) -> bytes:
        packed = self.file.read(_CHUNK)
        self._packed += len(packed)
        return packed

    def _end(self, problem: str) -> None:
        self.ended, self.problem = True, problem


def _member() -> "zlib._Decompress":
    return zlib.decompressobj(wbits=31)
