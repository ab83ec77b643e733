"""Small matrix products on one thread: several threads mostly wait for one another, four times longer than the work on a busy machine."""

import threading
from contextlib import ContextDecorator
from functools import cached_property
from typing import Any

from threadpoolctl import ThreadpoolController


class OneThread(ContextDecorator):
    """A block (or a decorated function) in which BLAS uses one thread; what was in force comes back when the last of them is left.
    Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._limits: Any = None

    @cached_property
    def _libraries(self) -> ThreadpoolController:
        return ThreadpoolController()

    def __enter__(self) -> "OneThread":
        with self._lock:
            if not self._inside:
                self._limits = self._libraries.limit(limits=1, user_api="blas")
            self._inside += 1
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limits.restore_original_limits()


one_thread = OneThread()
