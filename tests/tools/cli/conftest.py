"""The command line as a person uses it: arguments in, exit code, stdout and stderr out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from planted_secrets import seen
from typer.testing import CliRunner, Result

from penchant.tools.cli.app import app

Penchant = Callable[..., Result]


@pytest.fixture
def penchant(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Penchant:
    """Runs a command in an installation of its own, without a language model, in a working directory without settings."""
    monkeypatch.setenv("PENCHANT_LLM__PROVIDER", "none")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(app, list(arguments), input=stdin)
        assert not seen(result.output.encode()), f"{arguments} shows a secret"
        return result

    return run


@pytest.fixture
def ask(penchant: Penchant) -> Callable[..., Any]:
    """Runs a command with `--json` that has to succeed; what it printed, parsed."""

    def run(*arguments: str, stdin: str | None = None) -> Any:
        result = penchant(*arguments, "--json", stdin=stdin)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run
