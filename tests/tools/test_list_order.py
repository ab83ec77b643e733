"""A list whose scores do not fall from item to item says why in one line, on every interface and in both languages."""

import html
import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from fastapi.testclient import TestClient
from recommend_shop import WordEmbedder
from rich.console import Console

from penchant import Event, InterestAgent, Item, Settings
from penchant.prompts.locales import Translator
from penchant.store.clock import FixedClock
from penchant.store.recommendation import Compared, Contribution, Explanation, Recommendation, RecommendedItem
from penchant.tools.cli.rendering.recommendations import RecommendationList
from penchant.tools.http.app import create_app
from penchant.tools.list_order import order_note
from penchant.tools.report.write import content

NOW = datetime(2026, 6, 1, tzinfo=UTC)
VARIED, SHARES = "the list is kept varied", "列表保持多样"


@pytest.fixture
def shop(tmp_path: Path) -> InterestAgent:
    """A list may hold few things of one interest, and near-twins avoid one another."""
    agent = InterestAgent.open(
        Settings(home=tmp_path, llm={"provider": "none"}, recommend={"diversity": 2.0, "cap": 0.3}),
        embedder=WordEmbedder(),
        clock=FixedClock(NOW),
    )
    kinds = {"tea": 8, "lamp": 2, "book": 1}
    agent.add_items(
        [
            Item(item_id=f"{kind}-{n}", title=f"{word} {kind}", categories=[["Shop", kind]])
            for kind in kinds
            for n, word in enumerate(["red", "blue", "green", "small", "large", "old", "new", "fine", "grand", "plain"])
        ]
    )
    agent.observe(
        [
            Event(user_id="ada", type="purchase", item_id=f"{kind}-{n}", at=NOW - timedelta(hours=n + 1))
            for kind, count in kinds.items()
            for n in range(count // 2 + 1)
        ]
    )
    agent.update("ada")
    return agent


@pytest.mark.parametrize(("lang", "words"), [("en", VARIED), ("zh", SHARES)])
def test_every_interface_says_why_the_scores_do_not_fall(
    shop: InterestAgent, lang: Literal["en", "zh"], words: str
) -> None:
    listed = shop.recommend("ada", 10, lang=lang, llm=False)
    assert any(before.score < after.score for before, after in pairwise(listed.items))

    terminal = Console(file=io.StringIO(), width=200)
    terminal.print(RecommendationList(listed, {}, Translator(lang, "cli")))
    page = TestClient(create_app(shop), client=("127.0.0.1", 5000)).get(
        "/people/ada", headers={"accept-language": lang}
    )
    interfaces = {
        "terminal": terminal.file.getvalue(),  # type: ignore[attr-defined]
        "page": page.text,
        "report": content(shop, "ada", lang=lang, llm=False, slim=True),
        "markdown": content(shop, "ada", form="md", lang=lang, llm=False),
    }
    assert {interface: html.unescape(text).count(words) for interface, text in interfaces.items()} == dict.fromkeys(
        interfaces, 1
    )


def _list(*scores: float, pinned: int | None = None, compared: bool = False) -> Recommendation:
    reason = Explanation(text="It is new here.")
    items = [
        RecommendedItem(
            item_id=f"i{at}",
            title="tea",
            rank=at + 1,
            score=score,
            explanation=reason,
            contributions=[Contribution(signal="pin" if at == pinned else "content", value=score)],
        )
        for at, score in enumerate(scores)
    ]
    return Recommendation(
        recommendation_id="r",
        user_id="ada",
        as_of=NOW,
        profile_version=1,
        items=items,
        compared=Compared(a=1, b=0) if compared else None,
    )


def test_the_line_names_what_it_was() -> None:
    assert order_note(_list(3, 2, 2, 1), "en") == order_note(_list(), "en") == ""
    assert order_note(_list(2.00001, 2.00002), "en") == "", "what looks the same needs no word"
    assert "each interest" in order_note(_list(3, 1, 2), "en")
    assert "pinned" in order_note(_list(3, 1, 9, pinned=2), "en")
    assert "each interest" in order_note(_list(3, 4, 1, 9, pinned=3), "en")
    assert "compared" in order_note(_list(1, 2, compared=True), "en")
