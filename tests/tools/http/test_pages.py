"""The pages in a real browser: every one opens, is accessible, and does what it says."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from penchant import InterestAgent

NOW = datetime(2026, 5, 31, tzinfo=UTC)
pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/people",
    "/people/ada",
    "/people/ada/why/tea-5",
    "/taxonomy",
    "/taxonomy/gifts",
    "/evaluation",
    "/catalogue",
    "/catalogue/tea-1/similar",
    "/jobs",
    "/running",
    "/try?user=ada",
)

BROKEN_WORDS = """selector => [...document.querySelectorAll(selector)].flatMap(element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), broken = []
  while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/\\w+/g)) {
    const range = document.createRange()
    range.setStart(walker.currentNode, word.index)
    range.setEnd(walker.currentNode, word.index + word[0].length)
    if (range.getClientRects().length > 1) broken.push(word[0])
  }
  return broken
})"""
"""Words of these elements that stand on more than one line."""


def test_no_short_word_is_broken_at_any_width(address: str, browser: Any) -> None:
    tab = browser.new_page(locale="en")
    for path, words in (("/people/ada", ".marks i, .node .label, .acts button"), ("/running", ".check")):
        tab.goto(address + path)
        assert tab.locator(words).count() > 0
        for width in (390, 768, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            assert tab.evaluate(BROKEN_WORDS, words) == [], (path, width)


def test_the_bars_of_interests_stand_below_one_another(address: str, browser: Any, agent: InterestAgent) -> None:
    agent.observe([{"user_id": "ada", "type": "purchase", "item_id": f"lamp-{n}", "at": NOW} for n in range(3)])
    agent.update("ada")
    agent.edit("ada", "mute", agent.profile("ada").interests[0].children[0].id)
    tab = browser.new_page(locale="en", viewport={"width": 768, "height": 900})
    tab.goto(f"{address}/people/ada")

    places = tab.locator(".tree > li > details > ul > li > .node .meter").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().x)"
    )
    assert len(places) > 1
    assert len(set(places)) == 1


def test_on_a_phone_no_list_of_jobs_needs_scrolling_and_what_can_be_done_stands_below_its_interest(
    address: str, browser: Any, agent: InterestAgent
) -> None:
    agent.services.jobs.add("other")
    with browser.new_context(viewport={"width": 390, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/jobs?still=1")
        box = page.locator(".scroll")
        assert box.evaluate("each => each.scrollWidth - each.clientWidth") == 0

        page.goto(f"{address}/people/ada")
        node = page.locator(".node").first
        label, word = node.locator(".label"), node.locator(".acts button").first
        inset = word.evaluate("each => parseFloat(getComputedStyle(each).paddingLeft)")
        assert abs(label.bounding_box()["x"] - word.bounding_box()["x"] - inset) < 1


def test_the_form_for_a_new_name_moves_nothing_aside(address: str, browser: Any) -> None:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/people/ada")
        node = page.locator(".node").first
        parts = [node.locator(".label"), node.locator(".acts button").first, node.locator(".acts summary")]
        before = [part.bounding_box() for part in parts]
        node.locator(".acts summary").click()
        after = [part.bounding_box() for part in parts]

        assert node.locator("input[name=text]").is_visible()
        for old, new in zip(before, after, strict=True):
            assert abs(old["x"] - new["x"]) < 1
            assert abs(old["y"] - new["y"]) < 6


@pytest.mark.long
def test_every_page_opens_asks_nobody_else_and_is_accessible(address: str, browser: Any) -> None:
    asked, logged, faults = [], [], []
    for language, scheme, width in (("en", "light", 1440), ("zh", "dark", 390)):
        context = browser.new_context(locale=language, color_scheme=scheme, viewport={"width": width, "height": 900})
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: logged.append(message.text))
        for path in PAGES:
            answer = tab.goto(address + path)
            assert answer.status == 200, path
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
            found = Axe().run(tab).response["violations"]
            faults += [(language, path, fault["id"], fault["nodes"][0]["html"]) for fault in found]
        assert tab.locator("html").get_attribute("lang") == ("zh-Hans" if language == "zh" else "en")
        context.close()

    assert faults == []
    assert logged == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_muting_an_interest_changes_the_list(address: str, browser: Any, agent: InterestAgent) -> None:
    tab = browser.new_page(locale="en")
    tab.goto(f"{address}/people/ada")
    before = tab.locator(".cards strong").all_inner_texts()
    tab.get_by_role("button", name="Mute").first.click()

    expect(tab.get_by_text("muted").first).to_be_visible()
    assert tab.locator(".cards strong").all_inner_texts() != before


def test_a_person_is_erased_only_once_their_id_is_written(address: str, browser: Any, agent: InterestAgent) -> None:
    tab = browser.new_page(locale="en")
    tab.goto(f"{address}/people/bob")
    tab.get_by_label("Enter “bob” to confirm").fill("bo")
    tab.get_by_role("button", name="Erase everything").click()
    assert "bob" in {user.user_id for user in agent.users()}

    tab.goto(f"{address}/people/bob")
    tab.get_by_label("Enter “bob” to confirm").fill("bob")
    tab.get_by_role("button", name="Erase everything").click()
    expect(tab.get_by_role("heading", name="Erased")).to_be_visible()
    assert "bob" not in {user.user_id for user in agent.users()}
    tab.get_by_role("link", name="To the start").click()
    expect(tab.get_by_role("heading", name="Overview")).to_be_visible()


def test_with_a_token_a_person_sees_their_own_page_and_no_other(
    address: str, browser: Any, agent: InterestAgent
) -> None:
    token = agent.services.access_tokens.create(["read", "write", "recommend"], user_id="ada").token
    tab = browser.new_page(locale="en")
    tab.goto(address)
    expect(tab).to_have_url(f"{address}/login")
    tab.get_by_label("Token").fill(token)
    tab.get_by_role("button", name="Sign in").click()

    expect(tab.get_by_role("heading", name="What this site thinks I like")).to_be_visible()
    assert tab.get_by_role("navigation").count() == 0
    assert tab.goto(f"{address}/people/bob").status == 403
    assert tab.goto(f"{address}/people").status == 403
    tab.get_by_role("button", name="Sign out").click()
    expect(tab).to_have_url(f"{address}/login")


def test_a_form_of_another_site_changes_nothing(address: str, agent: InterestAgent) -> None:
    answer = httpx.post(
        f"{address}/people/ada/erase", data={"confirm": "ada"}, headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert "ada" in {user.user_id for user in agent.users()}
