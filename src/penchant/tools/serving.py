"""Set-up of a server process before its first request."""

import ctypes
import gc
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException

from penchant.errors import PenchantError

NEW_OBJECTS = 10_000
"""How many new objects start a collection of the youngest generation; Python's default of 700 suits scripts."""
YOUNGER_COLLECTIONS = 20
SWITCH_SECONDS = 0.0005
"""How long a thread may compute while another waits for the interpreter. A request changes threads several times, and with
Python's default of 0.005 each change may wait that long beside a list.
"""
MEBIBYTE = 2**20
MEMORY = {
    "MALLOC_ARENA_MAX": (-8, 2),
    "MALLOC_TRIM_THRESHOLD_": (-1, 32 * MEBIBYTE),
    "MALLOC_MMAP_THRESHOLD_": (-3, 8 * MEBIBYTE),
}
"""Settings of the GNU C library, by the environment variable that sets them: the number of each in `malloc.h`, and its
value.
"""
LOOK_SECONDS = 0.05
"""The interval between two looks whether a server answers yet."""
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Addresses that mean every address of this machine, each with the one to ask."""
CONNECTIONS = "penchant.tools.connections:BoundedConnection"
"""The HTTP protocol class of both servers, for uvicorn."""


def prepare_process() -> None:
    """Set this process up to answer many requests at once.

    Only for processes that Penchant starts itself; a program that embeds Penchant decides about these settings.
    """
    compute_in_one_thread()
    share_free_memory()
    collect_garbage_rarely()
    sys.setswitchinterval(SWITCH_SECONDS)


def url_of(host: str, port: int) -> str:
    """Return the URL of a server; an IPv6 host is put in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def check_port_is_free(host: str, port: int) -> None:
    """Raise `PenchantError` where nothing can listen at this address; uvicorn would end without a helpful message."""
    try:
        kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
            tried.bind(address)
    except OSError as error:
        raise PenchantError(
            f"the server cannot listen at {host}, port {port} ({error.strerror}): stop the program that uses it, or set --host and --port"
        ) from None


def when_it_answers(host: str, port: int, announce: Callable[[], None]) -> None:
    """Call `announce` as soon as the server that is being started at this address answers, from a thread that ends with
    the process.
    """

    def wait() -> None:
        while not _answers(ANY_ADDRESS.get(host, host), port):
            time.sleep(LOOK_SECONDS)
        announce()

    threading.Thread(target=wait, name="announcement", daemon=True).start()


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=60)
    try:
        connection.request("GET", "/livez")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def compute_in_one_thread() -> None:
    """Limit linear algebra to the thread that answers the request: helper threads of BLAS take processors from other
    requests and wait for each other in busy loops that cost as much again. Respects OPENBLAS_NUM_THREADS where it is
    set.
    """
    from threadpoolctl import threadpool_limits

    if os.environ.setdefault("OPENBLAS_NUM_THREADS", "1") == "1":  # read by libraries that are loaded later
        threadpool_limits(1, "blas")


def share_free_memory() -> None:
    """Use two memory arenas for all threads: with one arena for each of some sixty threads, memory freed by one is of no
    use to the others. Also keep freed memory for the next list: requesting it from the system each time takes a tenth
    of the time of a list.

    Other C libraries have no such settings. Environment variables that are set take precedence.
    """
    with suppress(OSError, AttributeError, TypeError):
        setting = ctypes.CDLL(None).mallopt
        for variable, (number, value) in MEMORY.items():
            if variable not in os.environ:
                setting(number, value)


def collect_garbage_rarely() -> None:
    """Keep the garbage collector from scanning everything that is loaded, some 100 ms, in the middle of requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNGER_COLLECTIONS, YOUNGER_COLLECTIONS)
