"""What is documented is what a page is made from."""

import re
import shlex
from pathlib import Path
from typing import Any

from report_shop import NOW

from penchant.agent.interest_agent import InterestAgent
from penchant.tools.report import markdown, page, reference
from penchant.tools.report.build import build
from penchant.tools.report.context import Report

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "penchant" / "tools" / "report"


def test_the_documented_keys_are_those_of_the_types() -> None:
    """`make docs` writes them anew."""
    documented = (ROOT / "docs" / "report.md").read_text("utf-8")

    assert documented == reference.with_keys(documented)


def test_a_page_is_made_from_every_documented_key(shop: InterestAgent) -> None:
    read: set[str] = set()

    class Watched(Report):
        def __getattribute__(self, name: str) -> Any:
            read.add(name)
            return super().__getattribute__(name)

    report = build(shop, "ada", at=NOW)
    page.html(Watched.model_construct(**{name: getattr(report, name) for name in Report.model_fields}))

    assert read & set(Report.model_fields) == set(Report.model_fields)
    assert set(Report.model_fields) == set(re.findall(r"^\| `(\w+)` \|", reference.keys(), re.MULTILINE))


def test_a_command_of_the_markdown_report_is_copied_as_it_stands_whatever_the_user_is_called() -> None:
    for user in ("ada", "a b", "x`; touch y;`", "``` $(id)", "it's"):
        command = shlex.join(["penchant", "profile", "undo", user])
        [code] = re.findall(r"(?<!`)(`+)(?!`)\s?(.+?)\s?(?<!`)\1(?!`)", markdown.code(command))

        assert code[1] == command
        assert shlex.split(code[1])[-1] == user
