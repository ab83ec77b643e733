"""What a process that serves does once, before its first request."""

import ctypes
import gc
import os
import socket
from contextlib import suppress

from penchant.errors import PenchantError

YOUNG = 10_000
"""Objects between two looks at the young ones; Python's own 700 is for scripts."""
SELDOM = 20
MEBIBYTE = 2**20
MEMORY = {
    "MALLOC_ARENA_MAX": (-8, 2),
    "MALLOC_TRIM_THRESHOLD_": (-1, 32 * MEBIBYTE),
    "MALLOC_MMAP_THRESHOLD_": (-3, 8 * MEBIBYTE),
}
"""Settings of the C library of GNU by the variable that sets them: the number of each in `malloc.h`, and its value."""
CONNECTIONS = "penchant.tools.connections:BoundedConnection"
"""The protocol of both servers, for uvicorn."""


def ready_to_serve() -> None:
    """Make this process one that answers many requests at once.

    For a process of our own only: a program that embeds Penchant decides this itself.
    """
    compute_in_one_thread()
    share_free_memory()
    collect_seldom()


def url_of(host: str, port: int) -> str:
    """The address that a server listens at; of IPv6 the host stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def refuse_taken(host: str, port: int) -> None:
    """Raises `PenchantError` where nothing can listen at this address: the server itself would only end."""
    try:
        kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
            tried.bind(address)
    except OSError as error:
        raise PenchantError(
            f"nothing can listen at {host}, port {port} ({error.strerror}): end what does, or choose others with --host and --port"
        ) from None


def compute_in_one_thread() -> None:
    """Keep linear algebra of one request in the thread that answers it: its helpers take the processors from the other requests, and wait
    for each other in loops that cost as much again. Whoever sets OPENBLAS_NUM_THREADS decides."""
    from threadpoolctl import threadpool_limits

    if os.environ.setdefault("OPENBLAS_NUM_THREADS", "1") == "1":  # read by libraries that are loaded later
        threadpool_limits(1, "blas")


def share_free_memory() -> None:
    """Let all threads take memory from two places: with one for each of some sixty threads, what one has given back serves no other. And
    keep what a list gives back for the next one: to ask the system for it again each time is a tenth of a list.

    Other C libraries have no such settings. Whoever sets a variable decides."""
    with suppress(OSError, AttributeError, TypeError):
        setting = ctypes.CDLL(None).mallopt
        for variable, (number, value) in MEMORY.items():
            if variable not in os.environ:
                setting(number, value)


def collect_seldom() -> None:
    """Keep the garbage collector from going through everything that is loaded, some 100 ms, in the middle of requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, SELDOM, SELDOM)
