"""What a process that serves sets for itself before its first request."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
import numpy
from penchant.tools.serving import ready_to_serve
ready_to_serve()
import scipy.linalg
from threadpoolctl import threadpool_info
print({library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"})
"""


@pytest.mark.parametrize(("wanted", "threads"), [(None, "{1}"), ("2", "{2}")])
def test_linear_algebra_uses_one_thread_unless_the_operator_says_otherwise(wanted: str | None, threads: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    if wanted:
        environment["OPENBLAS_NUM_THREADS"] = wanted
    run = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == threads
