"""`docs/importing.md` and `docs/privacy.md` say what the code does: every field, type, purpose and place."""

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from penchant.store.consents import PURPOSES, Purpose
from penchant.store.database import Database
from penchant.store.erase import count_rows
from penchant.store.event import DEFAULT_WEIGHTS, MAX_ID, MAX_TEXT, Event, EventType
from penchant.store.importing import read_events
from penchant.store.importing.documents import MAX_VALUE
from penchant.store.importing.rows import MAX_LINE
from penchant.store.item import MAX_TITLE, Item

DOCS = Path(__file__).parents[2] / "docs"
IMPORTING = (DOCS / "importing.md").read_text(encoding="utf-8")
PRIVACY = (DOCS / "privacy.md").read_text(encoding="utf-8")


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    section = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize(("heading", "model"), [("Items", Item), ("Events", Event)])
def test_every_field_is_documented_and_so_is_whether_it_is_required(heading: str, model: type[BaseModel]) -> None:
    documented = {row[0].strip("`"): row[1] == "yes" for row in table(IMPORTING, heading)}

    assert documented == {name: field.is_required() for name, field in model.model_fields.items()}


def test_every_type_is_documented_with_its_weight() -> None:
    documented = {row[0].strip("`"): float(row[1]) for row in table(IMPORTING, "Types of events")}

    assert documented == {str(name): weight for name, weight in DEFAULT_WEIGHTS.items()}
    assert documented.keys() == set(EventType)


def test_every_kind_of_file_is_read_and_no_other_is_promised(tmp_path: Path) -> None:
    suffixes = [suffix for row in table(IMPORTING, "Files") for suffix in re.findall(r"`(\.\w+)`", row[1])]

    for suffix in suffixes:
        (tmp_path / f"empty{suffix}").touch()
        assert list(read_events(tmp_path / f"empty{suffix}")) == []
    assert len(suffixes) == 8


def test_limits_are_the_documented_ones() -> None:
    limits = re.findall(r"([\d,]+) (characters|MiB)", IMPORTING)

    assert {int(number.replace(",", "")) for number, unit in limits if unit == "characters"} == {
        MAX_ID,
        MAX_TITLE,
        MAX_TEXT,
    }
    assert [int(number) * 1024**2 for number, unit in limits if unit == "MiB"] == [MAX_LINE, MAX_VALUE]


def test_every_purpose_is_documented_with_its_meaning() -> None:
    documented = {row[0].strip("`"): row[1] for row in table(PRIVACY, "Consent")}

    assert documented == dict(PURPOSES)
    assert set(get_args(Purpose)) == set(PURPOSES)


def test_every_place_of_the_receipt_is_documented(database: Database) -> None:
    documented = {
        place for row in table(PRIVACY, "What is stored, and where") for place in re.findall(r"`(\w+)`", row[0])
    }
    with database.read() as connection:
        in_the_database = count_rows(connection, "ada").keys()

    assert documented == {*in_the_database, "vectors", "quarantine", "population", "caches"}
