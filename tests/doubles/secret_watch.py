"""A pytest plugin: secrets stand in the environment of every test, and nothing a test logs, prints or leaves in a file may hold them.

What is logged and printed is looked at after each test, files at the end, under the folder of all temporary folders: by the process that
hands out the work, where there are several.
"""

import logging
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from planted_secrets import beginnings, seen

TALKATIVE = ("penchant", "openai", "httpx", "httpx2", "uvicorn", "mcp")
"""Loggers of what carries secrets: all that they say is looked at. httpcore writes down what a server sends, whatever that is."""
CHUNK = 16 * 1024 * 1024
SHOWN = 20
"""Places that are named; more are counted."""


def pytest_configure(config: pytest.Config) -> None:
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """A test whose output or log holds a secret has failed, whatever it found itself."""
    report = yield
    if call.when == "teardown" and (found := [place for place, text in report.sections if seen(text.encode())]):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: a planted secret stands in: {', '.join(sorted(set(found)))}"
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A file that holds a secret, in its bytes or its name, fails the run."""
    config = session.config
    if hasattr(config, "workerinput"):
        return
    base: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    found = [str(path) for path in leaking(base)]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if reporter is not None:
            reporter.ensure_newline()
            for path in found[:SHOWN]:
                reporter.write_line(f"a planted secret stands in {path}", red=True)
            reporter.write_line(f"{len(found)} files hold planted secrets", red=True)


def leaking(folder: Path) -> Iterator[Path]:
    """The files under a folder that hold a secret or the beginning of one."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if path.is_file() and (seen(name.encode(errors="surrogateescape")) or _holds(path)):
                yield path


def _holds(path: Path) -> bool:
    overlap = max(map(len, beginnings()))
    rest = b""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            if seen(rest + piece):
                return True
            rest = piece[-overlap:]
    return False
