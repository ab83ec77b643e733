"""What a stranger downloads: the repository, and the wheel made from it."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LEFT_BY_TOOLS = {
    ".venv",
    "__pycache__",
    "dist",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
}
ROOMS = ("agent", "prompts", "store", "tools")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `make wheel` builds."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's contents, far from the checkout."""
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def ours(folder: Path) -> list[Path]:
    """The files of a folder that the repository holds, or would hold once they are added (without git: all but what tools leave)."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", str(folder)]
    git = subprocess.run(listed, cwd=ROOT, check=False, capture_output=True) if (ROOT / ".git").exists() else None
    if git is not None and git.returncode == 0:
        paths = [ROOT / name for name in git.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in folder.rglob("*") if not LEFT_BY_TOOLS & set(path.relative_to(ROOT).parts)]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def test_everything_the_source_holds_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert packed == {path.relative_to(SOURCE).as_posix() for path in ours(SOURCE)}


def test_licences_travel_with_what_they_cover(unpacked: Path) -> None:
    [own] = unpacked.glob("penchant-*.dist-info/licenses/LICENSE")
    sample = (unpacked / "penchant/data/sample/ATTRIBUTION.md").read_text(encoding="utf-8")
    tokenizer = (unpacked / "penchant/store/embedders/data/LICENSE-minilm-tokenizer.txt").read_text(encoding="utf-8")

    assert "Apache License" in own.read_text(encoding="utf-8")
    assert "Chen, D. (2015)" in sample
    assert "https://creativecommons.org/licenses/by/4.0/" in sample
    assert "Apache License" in tokenizer


def test_the_wheel_s_page_is_the_readme(unpacked: Path) -> None:
    [metadata] = unpacked.glob("penchant-*.dist-info/METADATA")

    assert (ROOT / "README.md").read_text(encoding="utf-8") in metadata.read_text(encoding="utf-8")


def test_the_wheel_runs_outside_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    """Templates, migrations and tables are found where the package is, and state goes to PENCHANT_HOME alone."""
    home = tmp_path / "home"
    environment = os.environ | {
        "PYTHONPATH": str(unpacked),
        "PENCHANT_HOME": str(home),
        "PENCHANT_LLM__PROVIDER": "none",
    }
    where = "import penchant; print(penchant.__file__)"
    add = [
        "-m",
        "penchant.tools.cli",
        "events",
        "add",
        "--user",
        "ada",
        "--type",
        "search",
        "--text",
        "a tea pot",
        "--json",
    ]
    run = [
        subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        )
        for arguments in (["-c", where], add)
    ]

    assert run[0].stdout.strip() == str(unpacked / "penchant" / "__init__.py")
    assert '"accepted": 1' in run[1].stdout
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_every_file_the_project_names_is_there() -> None:
    named = [PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]]
    named += PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]

    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_rooms_at_the_root_are_the_rooms_of_the_package() -> None:
    assert {room: (ROOT / room).resolve() for room in ROOMS} == {room: SOURCE / "penchant" / room for room in ROOMS}


def test_the_sample_is_small() -> None:
    assert sum(path.stat().st_size for path in (SOURCE / "penchant/data/sample").iterdir()) < 1_000_000


def test_nothing_of_the_machine_it_was_made_on_is_in_the_repository() -> None:
    """Paths of somebody's home, or of this checkout, would be wrong for everybody else."""
    home = re.compile(rb"/(?:home|Users|root)/\w+|" + re.escape(bytes(ROOT)) + rb"/")
    texts = {path: path.read_bytes() for path in ours(ROOT) if path.suffix not in {".gz", ".npy", ".png"}}

    assert {str(path): found[0] for path, text in texts.items() if (found := home.search(text))} == {}
