"""What a process that serves does once, before its first request."""

import gc

YOUNG = 10_000
"""Objects between two looks at the young ones; Python's own 700 is for scripts."""
SELDOM = 20
CONNECTIONS = "penchant.tools.connections:BoundedConnection"
"""The protocol of both servers, for uvicorn."""


def collect_seldom() -> None:
    """Keep the garbage collector from going through everything that is loaded, some 100 ms, in the middle of requests.

    For a process of our own only: a program that embeds Penchant decides this itself.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, SELDOM, SELDOM)
