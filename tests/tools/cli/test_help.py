"""What `--help` promises, for every command there is."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from penchant.tools.cli.app import app


def commands(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command and group, with the words that reach it."""
    yield path, command
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))


ALL = list(commands(get_command(app)))
LEAVES = [(path, command) for path, command in ALL if not isinstance(command, TyperGroup)]


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
def test_every_help_has_an_example_that_names_the_command(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*path, "--help"])

    assert result.exit_code == 0
    assert f"$ penchant {' '.join(path)}".strip() in " ".join(result.stdout.split())


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_every_command_speaks_json_and_explains_every_option(path: tuple[str, ...], command: object) -> None:
    params = {name: param for param in command.params for name in (*param.opts, param.name)}  # type: ignore[attr-defined]

    assert "--json" in params or path in {("demo",), ("mcp",), ("serve",), ("chat",)}
    assert [name for name, param in params.items() if not param.help] == []


@pytest.mark.parametrize("path", [path for path, _ in ALL if path], ids=" ".join)
def test_the_line_in_the_list_of_commands_is_a_whole_sentence(path: tuple[str, ...]) -> None:
    listed = CliRunner().invoke(app, [*path[:-1], "--help"]).stdout

    [line] = [line for line in listed.splitlines() if line.startswith(f"  {path[-1]} ")]
    assert line.endswith(".")
    assert not line.endswith("...")


HEAVY = (
    "rich",
    "numpy",
    "sqlalchemy",
    "chromadb",
    "llama_cpp",
    "openai",
    "onnxruntime",
    "fastapi",
    "mcp",
    "penchant.settings",
)


@pytest.mark.parametrize(
    ("asked", "heavy"),
    [([()], (*HEAVY, "pydantic")), ([path for path, _ in ALL], HEAVY)],  # for arguments, Typer itself needs Pydantic
    ids=["penchant", "every command"],
)
def test_help_loads_nothing_heavy(asked: list[tuple[str, ...]], heavy: tuple[str, ...]) -> None:
    """Start-up stays quick because models, stores and terminals' niceties are loaded when they are used."""
    script = (
        "import sys\n"
        "from penchant.tools.cli import main\n"
        f"for words in {asked!r}:\n"
        "    sys.argv = ['penchant', *words, '--help']\n"
        "    try: main()\n"
        "    except SystemExit as end: assert end.code == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_is_the_package_s_own() -> None:
    import penchant

    assert CliRunner().invoke(app, ["--version"]).stdout == f"penchant {penchant.__version__}\n"


def test_a_command_of_a_group_that_is_called_without_it_is_answered_with_the_group() -> None:
    result = CliRunner().invoke(app, ["import", "items.csv"], prog_name="penchant")

    assert result.exit_code == 2
    assert "write `penchant items import` or `penchant events import` or `penchant profile import`" in result.stderr
    assert "Did you mean 'profile'" in CliRunner().invoke(app, ["profil"]).stderr


def test_the_package_run_as_a_module_is_the_command() -> None:
    run = [
        subprocess.run([*command, "--version"], check=True, capture_output=True, text=True).stdout
        for command in ([sys.executable, "-m", "penchant"], [sys.executable, "-m", "penchant.tools.cli"])
    ]

    assert run[0] == run[1]
    assert run[0].startswith("penchant ")
