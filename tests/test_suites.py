"""`make test`, `make test-long` and `make test-llm` share all tests: each test is in exactly one of them, and CI runs the first two."""

import re
import shlex
from itertools import product
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

ROOT = Path(__file__).parents[1]
SUITES = ("test", "test-long", "test-llm")
COMMANDS = dict(
    re.findall(r"^([a-z-]+): .*\n\t@.*\$\(RUN\)/(pytest .*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
)
PARAMETERS = {"-n", "--dist", "--timeout", "-m"}
"""Options that take the word after them."""


def chosen_by(command: str) -> Expression:
    """The tests that a command chooses: by markers and by nothing else, neither by path nor by name."""
    words = shlex.split(command)[1:]
    options = [word for at, word in enumerate(words) if at == 0 or words[at - 1] not in PARAMETERS]
    assert set(options) <= {*PARAMETERS, "-rs", "--no-loadscope-reorder"}, options
    return Expression.compile(words[words.index("-m") + 1])


@pytest.mark.parametrize(("is_long", "wants_model"), list(product([False, True], repeat=2)))
def test_every_test_is_run_by_exactly_one_command(is_long: bool, wants_model: bool) -> None:
    marks = {"long": is_long, "llm": wants_model}

    def is_marked(mark: str, /, **_: object) -> bool:
        return marks[mark]

    runs = [name for name in SUITES if chosen_by(COMMANDS[name]).evaluate(is_marked)]

    assert runs == ["test-llm" if wants_model else "test-long" if is_long else "test"]


def test_the_gate_runs_all_that_needs_no_other_model() -> None:
    gate = re.findall(
        r"^PENCHANT_TEST_NO_SKIPS=1 make ([a-z-]+)$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE
    )

    assert gate == ["test", "test-long"]
