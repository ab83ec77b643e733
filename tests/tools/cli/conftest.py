"""The command line as a person uses it: arguments in, exit code, stdout and stderr out."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from penchant.tools.cli.app import app

Penchant = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own, without a language model, and a working directory without settings."""
    folder = tmp_path / "home"
    for name, value in {"PENCHANT_HOME": str(folder), "PENCHANT_LLM__PROVIDER": "none", "COLUMNS": "160"}.items():
        monkeypatch.setenv(name, value)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "PENCHANT_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def penchant(home: Path) -> Iterator[Penchant]:
    """Runs a command in this installation."""

    def run(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=stdin)

    yield run


@pytest.fixture
def ask(penchant: Penchant) -> Callable[..., Any]:
    """Runs a command with `--json` that has to succeed; what it printed, parsed."""

    def run(*arguments: str, stdin: str | None = None) -> Any:
        result = penchant(*arguments, "--json", stdin=stdin)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run
