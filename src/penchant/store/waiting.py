"""Waiting for a locked SQLite file where SQLite itself does not."""

from tenacity import Retrying, retry_if_exception_message, stop_after_delay, wait_random


def until_unlocked(seconds: float) -> Retrying:
    """Return attempts at a statement, made again while the file is locked; after `seconds` the error is raised.

    SQLite's own time-out does not apply to the switch to WAL mode, and several processes may open a new file at the
    same time.
    """
    return Retrying(
        retry=retry_if_exception_message(match=".*locked"),
        stop=stop_after_delay(seconds),
        wait=wait_random(0.01, 0.1),
        reraise=True,
    )
