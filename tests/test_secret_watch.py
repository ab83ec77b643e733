"""The watch over the whole suite sees what it is there for."""

import os
import subprocess
import sys
from pathlib import Path

import planted_secrets as planted
import pytest

IN_PARTS = (planted.KEY[:5], planted.KEY[5:16], planted.KEY[16:])
"""A secret as the written tests hold it: no part is one that is looked for."""
DOUBLES = Path(__file__).parent / "doubles"
LEAKS = {
    "a_file": "(tmp_path / 'notes.txt').write_bytes(b'x' * 99 + {secret}.encode())",
    "the_beginning_of_a_secret": "(tmp_path / 'notes.txt').write_text({secret}[:12])",
    "the_name_of_a_file": "(tmp_path / {secret}).touch()",
    "a_line_of_the_log": "logging.getLogger('penchant.llm').debug('key %s', {secret})",
    "what_is_printed": "print({secret})",
}
IN_FILES = ("a_file", "the_beginning_of_a_secret", "the_name_of_a_file")


def run(folder: Path, calls: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A run of the tests that do these calls, under the watch; its files are gone afterwards, since this run is watched as well."""
    secret = " + ".join(map(repr, IN_PARTS))
    lines = [f"def test_{name}(tmp_path):\n    {call.format(secret=f'({secret})')}\n" for name, call in calls.items()]
    (folder / "test_calls.py").write_text("import logging\n" + "\n".join(lines))
    command = [sys.executable, "-m", "pytest", "-p", "secret_watch", "-p", "no:cacheprovider", "--basetemp=temp"]
    own = {
        "PYTHONPATH": f"{DOUBLES}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "1",  # what is compiled holds the secret in one piece
    }
    done = subprocess.run(
        [*command, "test_calls.py"],
        check=False,
        cwd=folder,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=120,
    )
    for path in (folder / "temp").rglob("*"):
        if path.is_file():
            path.unlink()
    return done


@pytest.mark.long
def test_a_secret_that_a_test_leaves_anywhere_fails_the_run_and_is_placed(tmp_path: Path) -> None:
    done = run(tmp_path, LEAKS)

    assert done.returncode == 1
    assert "test_a_line_of_the_log: a planted secret stands in: Captured log call" in done.stdout
    assert "test_what_is_printed: a planted secret stands in: Captured stdout call" in done.stdout
    places = [line for line in done.stdout.splitlines() if line.startswith("a planted secret stands in ")]
    assert [name for name in IN_FILES if any(f"/test_{name}0/" in f"{place}/" for place in places)] == list(IN_FILES)
    assert len(places) == len(IN_FILES)


@pytest.mark.long
def test_a_run_that_leaves_no_secret_passes(tmp_path: Path) -> None:
    assert run(tmp_path, {"stars": "print('***')"}).returncode == 0
