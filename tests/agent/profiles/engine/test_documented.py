"""`docs/interest-model.md` says what the code does."""

import importlib
import re
from pathlib import Path

import pytest

from penchant.agent.profiles.engine.dynamics import HALF_LIVES_DAYS, PRIOR_STRENGTHS
from penchant.store.event import DEFAULT_WEIGHTS

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "interest-model.md").read_text(encoding="utf-8")
CONSTANTS = re.findall(r"^\| `(\w+)\.([A-Z_]+)` \| ([\d.]+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("module", "name", "value"), CONSTANTS)
def test_every_constant_is_as_documented(module: str, name: str, value: str) -> None:
    package = "" if module in {"population", "words"} else ".engine"
    assert getattr(importlib.import_module(f"penchant.agent.profiles{package}.{module}"), name) == float(value)


def test_the_grid_of_experts_is_as_documented() -> None:
    assert "{.05, .5, 3, 14, 60, ∞} days" in PAGE
    assert list(HALF_LIVES_DAYS) == [0.05, 0.5, 3.0, 14.0, 60.0, float("inf")]
    assert "{1, 4, 16, 64}" in PAGE
    assert list(PRIOR_STRENGTHS) == [1, 4, 16, 64]


def test_the_weights_named_are_the_defaults() -> None:
    named = dict(re.findall(r"`(view|click|purchase|skip|hide|dislike|return)` ([−.\d]+)", PAGE))
    assert {name: float(value.replace("−", "-")) for name, value in named.items()} == {
        name: DEFAULT_WEIGHTS[name] for name in named
    }


def test_every_module_named_is_there() -> None:
    named = set(re.findall(r"`(?:agent/profiles/(?:engine/)?)?(\w+\.py)`", PAGE))
    here = {path.name for path in (ROOT / "src" / "penchant" / "agent" / "profiles").rglob("*.py")}
    assert len(named) > 10
    assert named <= here
