"""Fitting of item models in a separate process, with one thread and a low priority.

In the process that makes lists, a fit would compete with them for the interpreter, and the memory it needs for a moment would stay
with that process. The other process gets positions, times and weights on its standard input, but no ids of users or items, and writes
the models into a folder. It is started as `python -m penchant.agent.recommend.model_fitting`.
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

SUBPROCESS_FROM = 20_000
"""Fitting fewer interactions than this takes less time than another process needs to start."""
NICENESS = 10
log = logging.getLogger("penchant.models")


class FitTask(NamedTuple):
    """The input of a fit. `dates` (n,): Unix seconds when each item was created, NaN where unknown. `penalty`: λ of EASE. `folder`:
    where to write the models.
    """

    behaviour: Behaviour
    dates: Floats
    penalty: float
    folder: Path


def fit_in_subprocess(task: FitTask) -> bool:
    """Fit in another process and wait for it; return False if none can be started. Raises `StoreError` if the fit fails."""
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(),
            start_new_session=True,  # so that only the application receives Ctrl-C
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
    """Fit the models and write them into the folder of the task."""
    n = len(task.dates)
    unnamed = ItemSpace(("",) * n, np.zeros((n, 0), np.float32), created=task.dates)
    with threadpool_limits(1):
        write_models(task.folder, ItemModels.fit(unnamed, task.behaviour, task.penalty))


if __name__ == "__main__":
    with suppress(AttributeError, OSError):  # a platform without priorities
        os.nice(NICENESS)
    fit(pickle.load(sys.stdin.buffer))
