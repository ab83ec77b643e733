"""A fit of the statement classifier depends on nothing but its training sentences and the rules."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from statement_data import FOLDER
from statement_inputs import sentences_digest

#: Fits some of the Chinese sentences and saves the weights in the file that is named.
FIT = """
import sys
from pathlib import Path
from statement_data import examples
from train_statements import save, train
save(train(examples("zh")[::60], "zh", None), "zh", Path(sys.argv[1]))
"""


@pytest.mark.long
@pytest.mark.timeout(900)
def test_two_fits_in_processes_that_order_sets_differently_give_the_same_file(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        paths = os.pathsep.join([str(FOLDER.parent), *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        subprocess.run([sys.executable, "-c", FIT, str(tmp_path / f"{seed}.npz")], check=True, env=environment)

    assert (tmp_path / "1.npz").read_bytes() == (tmp_path / "2.npz").read_bytes()


def test_a_training_sentence_that_is_added_changes_the_digest_that_is_saved_with_weights(tmp_path: Path) -> None:
    for file in FOLDER.glob("zh_*.txt"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    copied = sentences_digest("zh", tmp_path)
    with (tmp_path / "zh_others.txt").open("a", encoding="utf-8") as others:
        others.write("今天星期几\n")

    assert copied == sentences_digest("zh") != sentences_digest("zh", tmp_path)
