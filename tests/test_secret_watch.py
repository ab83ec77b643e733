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
    "a file": ("(tmp_path / 'notes.txt').write_bytes(b'x' * 99 + {secret!r}.encode())", "notes.txt"),
    "the beginning of a secret": ("(tmp_path / 'notes.txt').write_text({secret!r}[:12])", "notes.txt"),
    "the name of a file": ("(tmp_path / {secret!r}).touch()", "test_leaks0"),
    "a line of the log": ("logging.getLogger('penchant.llm').debug('key %s', {secret!r})", "Captured log call"),
    "what is printed": ("print({secret!r})", "Captured stdout call"),
    "nothing": ("print('***')", ""),
}


@pytest.mark.parametrize(("deed", "place"), LEAKS.values(), ids=list(LEAKS))
def test_a_secret_that_a_test_leaves_anywhere_fails_the_run(deed: str, place: str, tmp_path: Path) -> None:
    code = f"import logging\ndef test_leaks(tmp_path):\n    {deed.format(secret=planted.KEY)}\n"
    (tmp_path / "test_one.py").write_text(code.replace(repr(planted.KEY), " + ".join(map(repr, IN_PARTS))))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "secret_watch", "-p", "no:cacheprovider", "--basetemp=temp"]
    environment = {**os.environ, "PYTHONPATH": f"{DOUBLES}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}

    run = subprocess.run(
        [*command, "test_one.py"],
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert (run.returncode, place in run.stdout) == (1 if place else 0, True)
    for path in (tmp_path / "temp").rglob("*"):  # this run is being watched as well
        if path.is_file():
            path.unlink()
