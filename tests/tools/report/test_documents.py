"""What is documented is what a page is made from, and nothing is said in one language only."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from report_shop import NOW

from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import EventType
from penchant.store.profile import Status
from penchant.store.recommendation import Signal
from penchant.tools.cli.rendering.words import placeholders
from penchant.tools.report import page, reference
from penchant.tools.report.build import build
from penchant.tools.report.context import Report
from penchant.tools.report.phrases import DEEDS, KINDS
from penchant.tools.report.sentences import PHRASES

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "penchant" / "tools" / "report"


def test_the_documented_keys_are_those_of_the_types() -> None:
    """`make docs` writes them anew."""
    said = (ROOT / "docs" / "report.md").read_text("utf-8")

    assert said == reference.within(said)


def test_a_page_is_made_from_every_documented_key(shop: InterestAgent) -> None:
    read: set[str] = set()

    class Watched(Report):
        def __getattribute__(self, name: str) -> Any:
            read.add(name)
            return super().__getattribute__(name)

    told = build(shop, "ada", at=NOW)
    page.html(Watched.model_construct(**{name: getattr(told, name) for name in Report.model_fields}))

    assert read & set(Report.model_fields) == set(Report.model_fields)
    assert set(Report.model_fields) == set(re.findall(r"^\| `(\w+)` \|", reference.keys(), re.MULTILINE))


@pytest.mark.parametrize("table", [PHRASES, DEEDS, KINDS], ids=["phrases", "deeds", "kinds"])
def test_both_languages_say_the_same_things(table: Any) -> None:
    assert {name: said for name, said in placeholders(table).items() if len(set(said)) != 1} == {}
    assert [name for name, (english, chinese) in table.items() if not english or not chinese] == []


def test_every_event_type_has_its_words() -> None:
    assert {*EventType, "other"} == set(DEEDS)
    assert set(EventType) == set(KINDS)


def test_no_sentence_is_kept_that_nobody_says() -> None:
    sources = [
        path.read_text("utf-8")
        for path in PACKAGE.rglob("*")
        if path.suffix in (".py", ".j2") and path.name != "sentences.py"
    ]
    said = "\n".join(sources)
    made = {name for name in PHRASES if re.match(r"(kind_|status_|by_|consents_)", name) or name.endswith("_note")}
    made |= {*get_args(Signal), *get_args(Status)}

    assert [name for name in PHRASES if name not in made and f'"{name}"' not in said and f"'{name}'" not in said] == []
