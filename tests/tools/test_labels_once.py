"""A label stands once where it says all there is: on every interface, in both languages, while programs find both nodes."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from fastapi.testclient import TestClient
from recommend_shop import WordEmbedder
from rich.console import Console

from penchant import Event, InterestAgent, Item, Settings
from penchant.errors import NotFoundError
from penchant.store.clock import FixedClock
from penchant.store.labels import merge_repeated_labels, without_repeated_labels
from penchant.tools.cli.rendering.tree import ProfileTree
from penchant.tools.http.app import create_app
from penchant.tools.openai import call_tool
from penchant.tools.report.write import content

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SHOP = {"Pets": ("Cats", "scratching post"), "宠物用品": ("猫咪", "猫抓板"), "Toys": ("Trains", "wooden bridge")}


@pytest.fixture
def shop(tmp_path: Path) -> InterestAgent:
    """Categories of so few items that each has one theme, which is called as the category is."""
    agent = InterestAgent.open(
        Settings(home=tmp_path, llm={"provider": "none"}), embedder=WordEmbedder(), clock=FixedClock(NOW)
    )
    items = [
        Item(item_id=f"{topic}-{n}", title=f"{title} {n}", categories=[[topic, category]])
        for topic, (category, title) in SHOP.items()
        for n in range(4)
    ]
    agent.add_items(items)
    agent.observe(
        [
            Event(user_id="ada", type="purchase", item_id=item.item_id, at=NOW - timedelta(days=number))
            for number, item in enumerate(items)
            if not item.item_id.endswith("3")
        ]
    )
    agent.update("ada")
    return agent


LANGUAGES: tuple[Literal["en", "zh"], ...] = ("en", "zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_interface_shows_a_category_and_its_only_theme_by_one_name(
    shop: InterestAgent, lang: Literal["en", "zh"]
) -> None:
    profile = shop.profile("ada", lang=lang)
    pets = ("宠物", "猫") if lang == "zh" else ("Pets", "Cats")
    assert {node.path for node in profile.walk() if node.level == 3} == {
        (*pets, pets[1]),
        ("宠物用品", "猫咪", "猫咪"),
        ("Toys", "Trains", "Trains"),
    }
    terminal = Console(file=io.StringIO(), width=200)
    terminal.print(ProfileTree(profile))
    page = TestClient(create_app(shop), client=("127.0.0.1", 5000)).get(
        "/people/ada", headers={"accept-language": lang}
    )
    listed = shop.recommend("ada", 9, lang=lang, llm=False)
    interfaces = {
        "tree": re.findall(r"── (\S+) ", terminal.file.getvalue()),  # type: ignore[attr-defined]
        "page": re.findall(r'class="label">([^<]+)<', page.text),
        "report": re.findall(
            r'<bdi class="label">([^<]+)<',
            content(shop, "ada", lang=lang, slim=True, llm=False).split('id="changes"')[0],
        ),
    }
    for interface, labels in interfaces.items():
        assert {label: labels.count(label) for label in (pets[1], "猫咪", "Trains")} == dict.fromkeys(
            (pets[1], "猫咪", "Trains"), 1
        ), interface
    reasons = [item.explanation.text for item in listed.items]
    assert any(pets[1] in reason for reason in reasons)
    for text in (
        *reasons,
        shop.context("ada", lang=lang).text,
        call_tool("get_profile", '{"user_id": "ada"}', agent=shop),
    ):
        assert not re.search(rf"({pets[1]}|猫咪|Trains) ?[›>:：] ?\1", text)


def test_what_a_user_says_beside_a_theme_of_that_name_stands_once(shop: InterestAgent) -> None:
    shop.edit("ada", "state", "cats", "like")
    shop.edit("ada", "state", "opera", "like")

    shown = merge_repeated_labels(shop.profile("ada"))

    assert [node.path for node in shown.walk() if node.label.casefold() == "cats"] == [("Pets", "Cats")]
    assert sum(topic.strength for topic in shown.interests) == pytest.approx(1.0)
    assert {node.id for node in shown.walk() if not node.children} == {
        node.id for node in shop.profile("ada").walk() if not node.children
    }


def test_labels_that_differ_stay() -> None:
    assert without_repeated_labels(("Tea", "tea", "Green tea", "Tea")) == ("Tea", "Green tea", "Tea")


def test_an_interest_is_known_by_its_label_in_the_language_in_which_it_was_shown(shop: InterestAgent) -> None:
    shown = shop.profile("ada", lang="zh")
    pets = next(node for node in shown.walk() if node.path == ("宠物", "猫"))

    for action, name in (("mute", "宠物 > 猫"), ("pin", "宠物")):
        asked = json.dumps({"user_id": "ada", "action": action, "interest": name})
        assert json.loads(call_tool("edit_interest", asked, agent=shop))["action"] == action

    [mute, pin] = [edit for edit in shop.services.edits.for_user("ada") if edit.action in ("mute", "pin")]
    assert (mute.node_id, mute.path, pin.path) == (pets.id, ("Pets", "Cats"), ("Pets",))
    with pytest.raises(NotFoundError, match="has no interest '狗'"):
        shop.edit("ada", "mute", "狗")
