"""A stream of bytes that are made piece by piece, in whatever sizes they come."""

import io
from abc import abstractmethod


class PieceStream(io.RawIOBase):
    """A readable stream; a subclass returns its pieces from `next_piece` and sets `ended` with the last one."""

    def __init__(self) -> None:
        self.ended = False
        self._ready = memoryview(b"")

    @abstractmethod
    def next_piece(self) -> bytes:
        """Return the next bytes; none if more input has to be read before there are any."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not len(self._ready) and not self.ended:
            self._ready = memoryview(self.next_piece())
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count
