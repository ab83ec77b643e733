"""`penchant demo`: the story it tells is true, in both languages, and the second time costs little."""

import gzip
import json
import os
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from penchant.store.profile import Profile
from penchant.store.recommendation import Recommendation
from penchant.tools.cli.rendering.changes import shifts

pytestmark = pytest.mark.long
CUSTOMERS = 60
EN_EVENT = re.compile(r"“([^”]+)”(?: and “([^”]+)”)? on (\d+ \w+ \d{4})")


class Narration(NamedTuple):
    """The demo's home, what it said the first time in English, then in Chinese, then as JSON."""

    home: Path
    english: str
    chinese: str
    data: dict[str, Any]


def flat(text: str) -> str:
    """On one line: where lines are broken says nothing."""
    return re.sub(r"\s+", " ", text)


def _demo(home: Path, *arguments: str, language: str = "en") -> str:
    """One run of the program, far from the checkout; nothing but its duration may be said on stderr."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PENCHANT_", "OPENAI_"))}
    environment = own | {"PENCHANT_HOME": str(home), "PENCHANT_LANG": language, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "penchant.tools.cli", "demo", "--fast", *arguments]
    done = subprocess.run(command, cwd=home.parent, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, re.sub(r"\d+", "N", done.stderr).strip()) in [(0, "N s"), (0, "用时 N 秒"), (0, "")]
    return done.stdout


@pytest.fixture(scope="module")
def narration(tmp_path_factory: pytest.TempPathFactory) -> Narration:
    home = tmp_path_factory.mktemp("outside") / "home"
    return Narration(home, _demo(home), _demo(home, language="zh"), json.loads(_demo(home, "--json")))


@pytest.fixture(scope="module")
def sample() -> tuple[dict[str, str], dict[str, Any]]:
    """Titles by item, and the events of the story's customer by id, as the bundled files have them."""
    folder = resources.files("penchant") / "data" / "sample"
    items, events = (
        [json.loads(line) for line in gzip.decompress((folder / f"{name}.jsonl.gz").read_bytes()).splitlines()]
        for name in ("items", "events")
    )
    customer = json.loads((folder / "sample.json").read_text(encoding="utf-8"))["customer"]
    mine = {event["event_id"]: event for event in events if event["user_id"] == customer}
    return {item["item_id"]: item["title"] for item in items}, mine


def _day(event: dict[str, Any]) -> str:
    from datetime import datetime

    moment = datetime.fromisoformat(event["at"])
    return f"{moment.day} {moment:%B %Y}"


def test_every_reason_names_purchases_that_were_made_on_the_day_it_says(
    narration: Narration, sample: tuple[dict[str, str], dict[str, Any]]
) -> None:
    titles, mine = sample
    bought = {(titles[event["item_id"]], _day(event)) for event in mine.values() if event["type"] == "purchase"}
    named = [
        (title, found[3])
        for item in narration.data["recommendation"]["items"]
        for found in EN_EVENT.finditer(item["explanation"]["text"])
        for title in found.groups()[:2]
        if title
    ]

    assert len(named) >= len(narration.data["recommendation"]["items"])
    assert set(named) <= bought


def test_every_reason_cites_the_customer_s_own_events(
    narration: Narration, sample: tuple[dict[str, str], dict[str, Any]]
) -> None:
    _, mine = sample
    cites = [cite for item in narration.data["recommendation"]["items"] for cite in item["explanation"]["cites"]]

    assert {cite["event_id"] for cite in cites if "event_id" in cite} <= mine.keys()


def test_ten_items_the_customer_has_not_had_are_recommended_and_their_scores_add_up(
    narration: Narration, sample: tuple[dict[str, str], dict[str, Any]]
) -> None:
    titles, mine = sample
    answer = Recommendation.model_validate(narration.data["recommendation"])

    assert [item.rank for item in answer.items] == list(range(1, 11))
    assert not {item.item_id for item in answer.items} & {event["item_id"] for event in mine.values()}
    assert [item.title for item in answer.items] == [titles[item.item_id] for item in answer.items]
    assert [sum(part.value for part in item.contributions) for item in answer.items] == pytest.approx(
        [item.score for item in answer.items], abs=1e-6
    )


def test_what_rose_was_bought_since_spring(narration: Narration) -> None:
    spring, christmas = (Profile.model_validate(narration.data[name]) for name in ("spring", "christmas"))
    rose = [shift.path for shift in shifts(spring, christmas) if shift.change > 0.02]
    last_seen = {node.path: node.last_seen for node in christmas.walk()}

    assert len(rose) >= 2
    assert [path for path in rose if (last_seen[path] or spring.as_of) <= spring.as_of] == []


def test_the_second_time_nothing_is_read_or_named_again(narration: Narration) -> None:
    assert [(receipt["accepted"], receipt["quarantined"]) for receipt in narration.data["imports"]] == [(0, 0), (0, 0)]
    assert {(user["events_new"], user["groups_named"]) for user in narration.data["updates"]} == {(0, 0)}
    assert len(narration.data["updates"]) == 2 * CUSTOMERS


def test_it_says_who_the_customer_is(narration: Narration) -> None:
    customer = narration.data["customer"]

    assert f"Customer {customer['user_id']} (" in narration.english
    assert f"顾客 {customer['user_id']}（" in narration.chinese
    assert "Each line has the share of an interest" in flat(narration.english)
    assert "每行依次为：该兴趣" in flat(narration.chinese)
    assert all(
        title in flat(narration.english) and title in flat(narration.chinese) for title in customer["favourites"]
    )


def test_both_languages_tell_the_same_story(narration: Narration) -> None:
    """As many steps, trees and recommendations, and no English sentence in Chinese."""
    marks = (r"\S ─{6,}", "├── ", " › ", "↗|↘", r"[+-]\d+\.\d{3}\b")
    counts = [[len(re.findall(mark, flat(text))) for mark in marks] for text in (narration.english, narration.chinese)]

    assert counts[0] == counts[1]
    assert not re.search(r"\b(You|Without|interest|ok|and \d+ more)\b", narration.chinese)


def test_the_page_is_where_it_says_and_nothing_is_written_elsewhere(narration: Narration) -> None:
    page = Path(narration.data["report"])

    assert str(page) in narration.english
    assert narration.data["customer"]["user_id"] in page.read_text(encoding="utf-8")
    assert page.is_relative_to(narration.home / "demo")
    assert [path.name for path in narration.home.parent.iterdir()] == ["home"]
