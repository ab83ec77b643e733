"""How commands end when something goes wrong: one line, the right exit code, no traceback."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from penchant.errors import ConflictError, NotFoundError, PenchantError, UsageError
from penchant.tools.cli.errors import STOPPED_MESSAGE, Commands


def run_one_that_raises(error: BaseException) -> Result:
    app = typer.Typer(cls=Commands, pretty_exceptions_enable=False)
    app.callback()(lambda: None)

    @app.command()
    def work() -> None:
        raise error

    return CliRunner().invoke(app, ["work"])


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (UsageError("write it\ndifferently"), 2),
        (NotFoundError("write it\ndifferently"), 1),
        (ConflictError("write it\ndifferently"), 1),
        (PenchantError("write it\ndifferently"), 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_our_own_errors_are_one_line_on_stderr_and_their_exit_code(error: PenchantError, exit_code: int) -> None:
    result = run_one_that_raises(error)

    assert (result.exit_code, result.stdout, result.stderr) == (exit_code, "", "Error: write it differently\n")


def test_an_unexpected_error_says_where_a_traceback_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PENCHANT_DEBUG", raising=False)
    result = run_one_that_raises(ZeroDivisionError("by zero"))

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: unexpected ZeroDivisionError: by zero (set PENCHANT_DEBUG=1")
    assert result.stderr.count("\n") == 1


def test_a_traceback_is_shown_to_those_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENCHANT_DEBUG", "1")

    assert "Traceback (most recent call last)" in run_one_that_raises(ZeroDivisionError("by zero")).stderr


def test_stopping_says_what_is_kept() -> None:
    result = run_one_that_raises(KeyboardInterrupt())

    assert (result.exit_code, result.stderr) == (130, f"{STOPPED_MESSAGE}\n")


def test_output_that_finds_no_room_is_told_with_the_cure() -> None:
    result = run_one_that_raises(OSError(errno.ENOSPC, "No space left on device"))

    assert (result.exit_code, result.stderr) == (
        1,
        "Error: no room left to write the output: free some space, or send it elsewhere\n",
    )


@pytest.mark.parametrize(
    ("streams", "arguments"),
    [(">&-", "items count"), ("<&-", "items import -"), ("<&- >&-", "profile list --json"), ("2>&-", "items count")],
)
def test_streams_that_are_closed_bring_nothing_and_take_everything(streams: str, arguments: str, home: Path) -> None:
    environment = {**os.environ, "PENCHANT_HOME": str(home), "PENCHANT_LLM__PROVIDER": "none"}
    command = f'"{sys.executable}" -m penchant.tools.cli {arguments} {streams}; echo "ended with $?" >> ended.txt'
    shell = ["bash", "-c", command]
    done = subprocess.run(shell, check=False, capture_output=True, text=True, env=environment, cwd=home)

    assert "unexpected" not in done.stderr and "Traceback" not in done.stderr
    assert (home / "ended.txt").read_text() == "ended with 0\n"


@pytest.mark.parametrize("seconds", [0.1, 0.25, 0.4])
def test_ctrl_c_while_modules_are_loaded_ends_like_any_other(seconds: float) -> None:
    script = (
        "import os, signal, threading; from penchant.tools.cli import main\n"
        f"threading.Timer({seconds}, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "import sys; sys.argv = ['penchant', 'chat', 'ada']; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)

    assert done.returncode == 130 and "Traceback" not in done.stderr


@pytest.mark.parametrize(("lang", "message"), [("en", "Stopped."), ("zh", "已停止")])
def test_ctrl_c_that_leaves_modules_half_loaded_is_said_in_the_readers_language(lang: str, message: str) -> None:
    script = (
        "import sys\n"
        "from penchant.tools.cli import main\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'asyncio.queues':\n"
        "            sys.meta_path.remove(self)\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "sys.argv = ['penchant', 'chat', 'ada']\n"
        "main()"
    )
    environ = os.environ | {"PENCHANT_LANG": lang}
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, env=environ)

    assert done.returncode == 130 and "Traceback" not in done.stderr
    assert message in done.stderr


def test_ctrl_c_in_the_midst_of_a_line_on_stderr_ends_a_server_like_any_other() -> None:
    script = (
        "import functools, io, signal, sys\n"
        "from penchant.tools.cli.mcp import STOPPED_MESSAGE, _end_at_once\n"
        "class Interrupted(io.RawIOBase):\n"
        "    writable = lambda self: True\n"
        "    write = lambda self, content: signal.raise_signal(signal.SIGINT) or len(content)\n"
        "signal.signal(signal.SIGINT, functools.partial(_end_at_once, STOPPED_MESSAGE))\n"
        "sys.stderr = io.TextIOWrapper(io.BufferedWriter(Interrupted()), write_through=True)\n"
        "print('a log line', file=sys.stderr, flush=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (130, f"{STOPPED_MESSAGE}\n")


def test_a_reader_that_leaves_early_is_no_failure(tmp_path: Path) -> None:
    """`penchant … | head -1`: nothing on stderr, and no failure."""
    script = tmp_path / "long_output.py"
    script.write_text(
        "import typer\n"
        "from penchant.tools.cli.errors import Commands\n"
        "app = typer.Typer(cls=Commands)\n"
        "app.callback()(lambda: None)\n"
        "@app.command()\n"
        "def work() -> None:\n"
        "    for number in range(100_000): print('line', number)\n"
        "app(['work'])\n"
    )
    command = f'{sys.executable} {script} | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("line 0\n0\n", "")


@pytest.mark.parametrize("command", ["serve", "mcp --transport http"])
def test_an_address_that_is_taken_is_a_failure_that_says_what_to_do(
    penchant: Callable[..., Result], command: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = penchant(*command.split(), "--port", str(port))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(
        f"Error: the server cannot listen at 127.0.0.1, port {port} (Address already in use): "
    )


@pytest.mark.parametrize("command", ["profile export ada -o full.json", "report ada -o full.html"])
def test_a_full_disk_is_a_failure_that_says_what_to_do(
    penchant: Callable[..., Result], tmp_path: Path, command: str
) -> None:
    name = command.rsplit(maxsplit=1)[-1]
    (tmp_path / name).symlink_to("/dev/full")
    penchant("events", "add", "--user", "ada", "--type", "message", "--text", "I love jazz")
    result = penchant(*command.split())

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: no room left to write {name}: free some space, or send it elsewhere\n"
    assert Path("/dev/full").is_char_device() and [path.name for path in tmp_path.glob(f"*{name}*")] == [name]


def test_an_archive_is_not_written_to_a_device(penchant: Callable[..., Result]) -> None:
    penchant("tenant", "create", "acme")
    result = penchant("tenant", "export", "acme", "-o", "/dev/null")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: /dev/null is not a regular file: choose another place\n"
