"""Work in processes of their own that need not import everything first: forks of a server that has imported and does nothing else."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

SECONDS = 120.0
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["imported_early"])
Work = Callable[..., None]
"""A function of a module in this folder, so that the other process finds it."""


def in_another_process(work: Work, *arguments: Any) -> None:
    """Do it there, to its end."""
    assert _end_of(work, arguments) == 0


def killed_in_another_process(work: Work, *arguments: Any) -> None:
    """Do it there; one more argument is a function that ends the process at once, as SIGKILL does, and the process has to call it."""
    assert _end_of(work, (*arguments, _die)) == -9


def _die() -> None:
    os.kill(os.getpid(), 9)


def _end_of(work: Work, arguments: tuple[Any, ...]) -> int | None:
    """The exit code; None where it did not end in time."""
    _start_server()
    process = _FORKS.Process(target=_run, args=(dict(os.environ), work, arguments), daemon=True)
    process.start()
    process.join(SECONDS)
    process.kill()
    return process.exitcode


def _start_server() -> None:
    """Once in a process; where modules are found is told by its environment alone."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    try:
        forkserver.ensure_running()
    finally:
        os.environ.pop("PYTHONPATH")
        os.environ.update({} if before is None else {"PYTHONPATH": before})


def _run(environment: Mapping[str, str], work: Work, arguments: tuple[Any, ...]) -> None:
    """In the other process, with the settings of whoever asked."""
    os.environ.clear()
    os.environ.update(environment)
    work(*arguments)
