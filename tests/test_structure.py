"""How the source is built: what `scripts/structure.py` prints, held."""

import ast
import re
from pathlib import Path

import structure

ROOT = Path(__file__).parents[1]
ROOTS = (ROOT, ROOT / "src" / "penchant")
NAMED_FILE = re.compile(r"`((?:agent|store|prompts|tools|benchmarks|scripts|tests|docs)/[\w/.-]+\.\w+)`")

STEP = re.compile(r"`([A-Za-z_.]+)`\s\(`((?:agent|store)/[\w/]+\.py)`")
"""A function or class that a page names, and its file."""

LATE = (
    "agent.app.services",  # builds each part on first use
    "agent.app.stores",  # what is not over the database: embedders, the catalogue, the ledger's arrays
    "agent.interest_agent",  # every method loads what it needs
    "agent.operations.",
    "agent.llm.factory",  # servers' clients
    "agent.llm.llama_model",  # the native library
    "store.embedders",
    "tools.cli.",  # a command loads what it does
    "agent.app.self_test",  # what is broken is told by its own check
    "agent.profiles.summary",  # token counters
    "tools.http.server",  # the web framework
    "tools.http.pages.persons",
    "tools.registry",  # the modules that declare capabilities
    "tools.report.write",
    "tools.session",
)
"""Where imports of our own modules wait inside functions, so that start-up stays quick."""
LATE_IMPORTS = 170
"""How many there may be in all."""


def test_no_two_packages_import_each_other() -> None:
    assert structure.circles() == []


def test_no_modules_import_each_other_in_a_circle_not_even_inside_functions() -> None:
    assert structure.module_circles() == []


def test_no_module_is_longer_than_400_lines() -> None:
    assert structure.MAX_LINES == 400
    assert structure.long_modules() == {}


def test_imports_wait_inside_functions_only_where_start_up_needs_it() -> None:
    late = structure.imports_inside_functions()

    assert {place.module for place in late if not place.module.startswith(LATE)} == set()
    assert len(late) <= LATE_IMPORTS


def test_no_name_is_a_participle_or_a_private_metaphor() -> None:
    assert structure.banned_names() == []


def test_the_range_of_chinese_characters_stands_in_one_place() -> None:
    written = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("src/**/*.py")
        if re.search(r"\\u(3400|4e00)|\\u9fff", path.read_text("utf-8"))
    ]

    assert written == ["src/penchant/characters.py"]


def test_processor_time_is_measured_in_one_place() -> None:
    timed = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("tests/**/*.py")
        if re.search(r"(process_time|perf_counter|thread_time)(_ns)?\(", path.read_text("utf-8"))
    ]

    assert timed == ["tests/doubles/processor_time.py"]


def test_every_file_that_pages_and_docstrings_name_is_there() -> None:
    named = {
        (str(page.relative_to(ROOT)), path)
        for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("src/**/*.py"), *ROOT.glob("scripts/*.py")]
        for path in NAMED_FILE.findall(page.read_text("utf-8"))
    }

    assert len([path for page, path in named if page == "CONTRIBUTING.md"]) > 15
    assert [(page, path) for page, path in named if not any((root / path).exists() for root in ROOTS)] == []


def test_every_step_of_the_walks_stands_where_they_say() -> None:
    page = " ".join((ROOT / "CONTRIBUTING.md").read_text("utf-8").split())
    steps = STEP.findall(page)
    defined = {
        path: {
            node.name
            for node in ast.walk(ast.parse((ROOT / "src" / "penchant" / path).read_text("utf-8")))
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        for _, path in steps
    }

    assert len(steps) > 12
    assert [(name, path) for name, path in steps if name.split(".")[-1] not in defined[path]] == []


def test_a_class_name_is_used_once() -> None:
    assert structure.classes_with_one_name() == {}
