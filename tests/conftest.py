"""Shared by every room: a home of one's own, a clock that stands still, and a database of each kind."""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
import numpy as np
import pytest
import sqlalchemy
from hypothesis import settings
from planted_secrets import ENVIRONMENT

from penchant.settings import NO_PAID_CALLS, Settings
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.embedders import Embedder, Matrix, Vector, open_embedder

pytest_plugins = ["secret_watch", "filled_homes"]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_numbers = itertools.count()
# Speed is measured in benchmarks: no law fails because the machine is busy.
settings.register_profile("unhurried", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("unhurried")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With `PENCHANT_TEST_NO_SKIPS` a skipped test is a failure: a gate that did not look has not passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("PENCHANT_TEST_NO_SKIPS") and reporter is not None and reporter.stats.get("skipped"):
        reporter.ensure_newline()
        reporter.write_line("skipped tests count as failures here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _model_in_use(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedder]:
    """The embedded model is loaded once for all tests of a process, and embeds a text once: its vector does not depend on its company."""
    model = open_embedder(Settings(home=tmp_path_factory.mktemp("model")))
    known, embed = dict[str, Vector](), model.embed

    def remembered(texts: Sequence[str]) -> Matrix:
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            known.update(zip(new, embed(new), strict=True))
        return np.stack([known[text] for text in texts]) if texts else embed(texts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "embed", remembered)
        yield model


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings of whoever runs the tests do not reach them (what a test asks for by fixture or hand does), and nothing can be spent.

    The keys in force are planted ones, which must come up nowhere (`secret_watch`).
    Commands that run in this process may set variables (`--config`): they are gone afterwards.
    """
    before = set(os.environ)
    for name in list(os.environ):
        if name.startswith(("PENCHANT_", "OPENAI_")) and not name.startswith("PENCHANT_TEST_"):
            monkeypatch.delenv(name)
    for name, secret in ENVIRONMENT.items():
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv(NO_PAID_CALLS, "1")
    yield
    for name in set(os.environ) - before:
        del os.environ[name]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _own_environment: None) -> Path:
    """An empty PENCHANT_HOME."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("PENCHANT_HOME", str(folder))
    return folder


@pytest.fixture
def clock() -> FixedClock:
    """Noon of 1 March 2026, until it is moved."""
    return FixedClock(NOW)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite store in a file."""
    opened = Database.open(f"sqlite:///{tmp_path / 'penchant.db'}")
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_kind(request: pytest.FixtureRequest) -> str:
    """SQLite, and PostgreSQL (skipped with a reason where there is none)."""
    return str(request.param)


@pytest.fixture
def store_url(request: pytest.FixtureRequest, store_kind: str, tmp_path: Path) -> str:
    """The URL of an empty store without tables, once of each kind."""
    if store_kind == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return _new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def either(request: pytest.FixtureRequest, store_kind: str, tmp_path: Path) -> Iterator[Database]:
    """An empty store with its tables, once of each kind."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    if store_kind == "postgres":
        url = _new_database(request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_tables"))
    opened = Database.open(url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: str) -> str:
    """The name of a database with all tables and nothing in them: to be copied, which takes less than making them."""
    url = sqlalchemy.make_url(_new_database(postgres_server))
    Database.open(url.render_as_string(hide_password=False)).close()
    return str(url.database)


def _new_database(server: str, template: str = "template1") -> str:
    """The URL of a new database on a PostgreSQL server, a copy of `template`."""
    name = f"t{os.getpid()}_{next(_numbers)}"
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    engine.dispose()
    return sqlalchemy.make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a throw-away PostgreSQL server that listens on a Unix socket in its own folder only."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    unprivileged = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="penchant-pg-"))
    if unprivileged:  # initdb refuses to run as root
        shutil.chown(folder, "postgres", "postgres")

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            timeout=120,
            **unprivileged,
        )  # type: ignore[call-overload]

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "penchant", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://penchant@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def _postgres_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: Debian keeps them off the PATH."""
    candidates = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None
    )


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real Chroma server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    program = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("chroma-server")
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", port]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while not _answers(url):
            assert server.poll() is None and time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.05)
        yield url
        server.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/v2/heartbeat").is_success
    except httpx.HTTPError:
        return False
