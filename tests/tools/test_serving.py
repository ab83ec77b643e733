"""What a process that serves sets for itself before its first request."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from recommend_shop import WordEmbedder
from rule_agent import rule_agent

from penchant.tools.http.app import create_app
from penchant.tools.serving import url_of, when_it_answers

SCRIPT = """
import numpy
from penchant.tools.serving import prepare_process
prepare_process()
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


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000"), ("shop", "http://shop:8000")],
)
def test_the_address_of_a_server_is_a_url_whatever_its_host(host: str, url: str, tmp_path: Path) -> None:
    with rule_agent(tmp_path, embedder=WordEmbedder()) as agent:
        assert url_of(host, 8000) == url
        app: Any = create_app(agent, url)
        with TestClient(app, client=("127.0.0.1", 5000)) as client:
            assert client.get("/livez").json() == {"status": "alive"}


def test_an_address_is_announced_once_something_answers_there_and_not_while_it_only_listens() -> None:
    announced = threading.Event()
    with socket.create_server(("0.0.0.0", 0)) as listening:
        when_it_answers("0.0.0.0", listening.getsockname()[1], announced.set)
        asked, _ = listening.accept()
        assert b"/livez" in asked.recv(1000) and not announced.is_set()
        asked.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        assert announced.wait(30)
        asked.close()
