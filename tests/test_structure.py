"""How the source is built: what `scripts/structure.py` prints, held."""

import re
from pathlib import Path

import structure

ROOT = Path(__file__).parents[1]

WAITING_IMPORTS = 215
"""Imports of our own modules inside functions: in the facade, in `services.py` and in commands, so that start-up stays quick."""


def test_no_two_packages_import_each_other() -> None:
    assert structure.circles() == []


def test_no_more_imports_wait_inside_functions() -> None:
    assert len(structure.imports_inside_functions()) <= WAITING_IMPORTS


def test_no_name_is_a_participle_or_a_private_metaphor() -> None:
    assert structure.banned_names() == []


def test_every_file_that_the_walks_name_is_there() -> None:
    named = re.findall(r"`((?:agent|store|prompts|tools)/[\w/]+\.py)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))

    assert len(named) > 15
    assert [path for path in named if not (ROOT / "src" / "penchant" / path).exists()] == []


def test_a_class_name_is_used_once() -> None:
    assert structure.classes_with_one_name() == {}
