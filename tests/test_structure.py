"""How the source is built: what `scripts/structure.py` prints, held."""

import structure

WAITING_IMPORTS = 215
"""Imports of our own modules inside functions: in the facade, in `services.py` and in commands, so that start-up stays quick."""


def test_no_two_packages_import_each_other() -> None:
    assert structure.circles() == []


def test_no_more_imports_wait_inside_functions() -> None:
    assert len(structure.imports_inside_functions()) <= WAITING_IMPORTS


def test_no_name_is_a_participle_or_a_private_metaphor() -> None:
    assert structure.banned_names() == []
