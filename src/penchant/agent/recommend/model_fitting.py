"""Fitting models of items in a process of its own, with one thread and a low priority.

In the process that makes lists a fit would take turns with them at the interpreter, and what it needs for a moment would stay in that
process's memory. The other process is handed positions, times and weights on its standard input, no id of anybody or anything, and
writes what it has learnt into a folder: `python -m penchant.agent.recommend.model_fitting` is how it is started.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from penchant.agent.recommend.interactions import Behaviour, ItemSpace
from penchant.agent.recommend.model_files import write_models
from penchant.agent.recommend.models import ItemModels
from penchant.arrays import Floats
from penchant.child_process import environment
from penchant.errors import StoreError

APART = 20_000
"""A fit of fewer interactions takes less than another process needs to start."""
NICENESS = 10
log = logging.getLogger("penchant.models")


class FitTask(NamedTuple):
    """What is to be learnt from. `dates` (n,): Unix seconds when each item was created, NaN where unknown. `folder`: where to write."""

    behaviour: Behaviour
    dates: Floats
    penalty: float
    folder: Path


def fit_apart(task: FitTask) -> bool:
    """Fit in another process, and wait for it; False where none can be started. Raises `StoreError` where it fails."""
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(),
            start_new_session=True,  # Ctrl-C is for the application to act on
        )
    except OSError as error:
        log.warning("no process could be started to fit models of items in (%s): they are fitted in this one", error)
        return False
    _, printed = process.communicate(pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL))
    if process.returncode:
        raise StoreError(f"the process that fits models of items {_how_ended(process.returncode, printed)}")
    return True


def _how_ended(code: int, printed: bytes) -> str:
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"failed: {(printed.decode(errors='replace').strip().splitlines() or ['it printed nothing'])[-1]}"


def fit(task: FitTask) -> None:
    """Fit, and write the models into the folder of the task."""
    n = len(task.dates)
    unnamed = ItemSpace(("",) * n, np.zeros((n, 0), np.float32), created=task.dates)
    with threadpool_limits(1):
        write_models(task.folder, ItemModels.fit(unnamed, task.behaviour, task.penalty))


if __name__ == "__main__":
    with suppress(AttributeError, OSError):  # where there are no priorities
        os.nice(NICENESS)
    fit(pickle.load(sys.stdin.buffer))
