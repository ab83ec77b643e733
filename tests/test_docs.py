"""What the documentation says is so: its examples run, its tables are complete, its links lead somewhere."""

import doctest
import importlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from run_examples import filled

from penchant.tools import settings_reference, tools_reference
from penchant.tools.cli.reference import reference
from penchant.tools.registry import capabilities

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md"), *ROOT.glob("src/**/*.md")])
TRANSLATED = ("README.md", "README.zh-CN.md")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_the_examples_of_the_library_print_what_stands_under_them(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / "python.md").read_text(encoding="utf-8")

    monkeypatch.chdir(tmp_path)
    assert filled(page) == page


EXAMPLES = sorted(path for path in (ROOT / "src").rglob("*.py") if "    >>> " in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_in_docstrings_print_what_stands_under_them(path: Path) -> None:
    module = importlib.import_module(".".join(path.relative_to(ROOT / "src").with_suffix("").parts))

    assert doctest.testmod(module).failed == 0


def test_what_learns_while_events_come_in_shows_it_by_an_example() -> None:
    assert {"dynamics", "occasions", "population", "signals"} <= {path.stem for path in EXAMPLES}


def test_the_readme_s_example_prints_what_stands_under_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENCHANT_LLM__PROVIDER", "none")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "README.md").read_text(encoding="utf-8")

    assert filled(page) == page


def test_both_readmes_show_the_same_commands_and_code() -> None:
    """All but what is prose in a block: comments, and the drawing of how it works."""
    blocks = [CODE.findall((ROOT / name).read_text(encoding="utf-8")) for name in TRANSLATED]
    shown = [[re.sub(r"\s*#.*", "", block) for block in found if not block.startswith("```\n")] for found in blocks]

    assert shown[0] == shown[1]


def test_both_readmes_lead_to_the_same_places() -> None:
    """But each to its own pictures and to the other."""
    links = [set(LINK.findall((ROOT / name).read_text(encoding="utf-8"))) for name in TRANSLATED]
    pictures = [{f"docs/images/demo-{lang}.svg", f"docs/images/report-{lang}.png"} for lang in ("en", "zh")]

    assert links[0] - {"README.zh-CN.md"} - pictures[0] == links[1] - {"README.md"} - pictures[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    prose = CODE.sub("", page.read_text(encoding="utf-8"))
    targets = [link.partition("#") for link in LINK.findall(prose) if not link.startswith(("http://", "https://"))]
    broken = [name for name, _, _ in targets if not (page.parent / name).exists()]
    lost = [
        f"{name}#{anchor}"
        for name, _, anchor in targets
        if anchor and anchor not in _anchors(page.parent / name if name else page)
    ]

    assert broken + lost == []


def _anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {str(page.relative_to(DOCS)) for page in DOCS.glob("**/*.md")} - {"README.md"}

    assert {name for name in pages if f"({name})" not in index} == set()


@pytest.mark.parametrize(
    ("name", "generate"),
    [("cli.md", reference), ("settings.md", settings_reference.reference), ("tools.md", tools_reference.reference)],
    ids=["commands", "settings", "tools"],
)
def test_every_command_setting_and_tool_is_documented_as_it_is(name: str, generate: Callable[[], str]) -> None:
    """`make docs` writes these pages anew."""
    assert (DOCS / name).read_text(encoding="utf-8") == generate()


def test_every_setting_says_what_it_does() -> None:
    assert [known.name for known in settings_reference.known_settings() if not known.field.description] == []


def test_every_input_of_a_tool_says_what_it_is() -> None:
    fields = {
        (capability.name, name): field
        for capability in capabilities().values()
        for name, field in capability.input_model.model_fields.items()
    }

    assert [place for place, field in fields.items() if not field.description] == []
