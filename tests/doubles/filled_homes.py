"""A pytest plugin: homes that several tests begin with are made once and copied."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from planted_secrets import ENVIRONMENT

from penchant.settings import NO_PAID_CALLS

IN_FORCE = {*ENVIRONMENT, NO_PAID_CALLS}
"""What holds while a home is filled, as in every test: planted secrets, and that nothing is paid for."""
Fill = Callable[[Path], None]
"""Makes something in an empty home, and closes it again."""
Filled = Callable[[Path, Fill], Path]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """`filled(home, fill)`: what `fill` makes is in `home`, which is returned. It is made once in a process, under default
    settings but for `IN_FORCE`."""
    templates: dict[Fill, Path] = {}

    def copied(home: Path, fill: Fill) -> Path:
        if fill not in templates:
            folder = tmp_path_factory.mktemp("filled")
            with pytest.MonkeyPatch.context() as patch:
                for name in [name for name in os.environ if name.startswith("PENCHANT_") and name not in IN_FORCE]:
                    patch.delenv(name)
                fill(folder)
            templates[fill] = folder
        shutil.copytree(templates[fill], home, dirs_exist_ok=True)
        return home

    return copied
