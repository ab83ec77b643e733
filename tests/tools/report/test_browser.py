"""A report in a real browser: from disk, without a network, by mouse, keyboard and screen reader, on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from long_tests import long_except
from playwright.sync_api import expect
from report_pages import made_up
from report_shop import HOSTILE, NOW, RIGHT_TO_LEFT, large_profile

from penchant.agent.interest_agent import InterestAgent
from penchant.store.labels import merge_repeated_labels
from penchant.tools.report import page, write_all
from penchant.tools.report.build import build

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a file and watches it: what it says in the console and what it asks for has to stay empty."""
    contexts, logged, asked = [], [], []

    def visit(path: Path, **options: Any) -> Any:
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: logged.append(message.text))
        tab.on("pageerror", lambda error: logged.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(path.as_uri())
        if options.get("java_script_enabled", True) and tab.locator("#plotly").count():
            tab.wait_for_selector("html[data-drawn]")
        return tab

    yield visit
    for context in contexts:
        context.close()
    assert logged == []
    assert [url for url in asked if not url.startswith(("file:///", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:///")]) == len(contexts)


def arcs(shop: InterestAgent, user: str) -> int:
    """What a sunburst draws: every interest, those of one name below each other once, and the whole in the middle."""
    return len(list(merge_repeated_labels(shop.profile(user)).walk())) + 1


@pytest.mark.parametrize(("lang", "title"), [("en", "ada – interest profile"), ("zh", "ada 的兴趣画像")])
def test_it_opens_from_disk_and_draws_its_charts(
    shop: InterestAgent, page_of: Callable[..., Path], visit: Open, lang: str, title: str
) -> None:
    tab = visit(page_of("ada", lang=lang))

    assert tab.title() == title
    assert tab.locator("#sunburst path.surface").count() == arcs(shop, "ada")
    assert tab.locator("#changes-chart .fills path").count() >= 2
    assert not tab.locator("#sunburst-still").is_visible()


def test_it_is_whole_without_scripts(page_of: Callable[..., Path], visit: Open) -> None:
    tab = visit(page_of("ada"), java_script_enabled=False)

    assert tab.locator("#sunburst-still").is_visible()
    assert tab.locator("#events tbody tr").count() == 19
    assert tab.get_by_text("ada is most interested in").is_visible()


def test_choosing_an_arc_walks_into_it_and_unfolds_it_in_the_list(page_of: Callable[..., Path], visit: Open) -> None:
    tab = visit(page_of("ada"))
    tab.locator("#sunburst .slice text", has_text="Home &").first.click(force=True)

    assert crumbs(tab) == ["Everything", "Home & Garden"]
    expect(tab.locator("#tree details[data-node]", has_text="Lighting").nth(1)).to_be_visible()
    tab.locator("#crumbs button", has_text="Everything").click()
    assert crumbs(tab) == ["Everything"]


def test_the_sunburst_can_be_walked_from_the_list_by_keyboard(page_of: Callable[..., Path], visit: Open) -> None:
    tab = visit(page_of("ada"))
    second = tab.locator("#tree > li:nth-child(2) > details > summary")
    second.focus()
    tab.keyboard.press("Enter")

    expect(tab.locator("#crumbs li")).to_have_count(2)
    assert crumbs(tab) == ["Everything", second.locator(".label").inner_text()]
    tab.keyboard.press("Enter")
    expect(tab.locator("#crumbs li")).to_have_count(1)


def crumbs(tab: Any) -> list[str]:
    return list(tab.locator("#crumbs button").all_text_contents())


def test_a_citation_leads_to_its_evidence_and_back_to_the_interest(page_of: Callable[..., Path], visit: Open) -> None:
    tab = visit(page_of("ada"))
    cited = tab.locator("#r1 .reason a").first
    title = cited.inner_text()
    cited.click()
    row = tab.locator("#events tr:target")

    expect(row).to_contain_text(title)
    expect(row).to_be_focused()
    row.locator("a", has_text="Hot Drinks").first.click()
    expect(tab.locator("#tree details:target")).to_be_visible()
    expect(tab.locator("#tree details:target > summary")).to_be_focused()
    expect(tab.locator("#tree details:target > summary")).to_contain_text("Hot Drinks")


def test_a_row_that_is_not_shown_yet_is_shown_when_it_is_cited(
    shop: InterestAgent, visit: Open, tmp_path: Path
) -> None:
    giant = made_up(large_profile(4, 50), build(shop, "ada", at=NOW))
    path = tmp_path / "giant.html"
    path.write_text(page.html(giant), encoding="utf-8")
    tab = visit(path)

    assert tab.locator("#events tbody tr:visible").count() == 100
    tab.locator("#more").click()
    assert tab.locator("#events tbody tr:visible").count() == 300
    tab.evaluate("location.hash = '#e900'")
    expect(tab.locator("#e900")).to_be_focused()
    assert tab.locator("#e900").is_visible()


def test_evidence_is_sorted_and_filtered(page_of: Callable[..., Path], visit: Open) -> None:
    tab = visit(page_of("ada"))
    column = tab.locator("#events tbody tr:visible td:nth-child(3)")
    tab.get_by_role("button", name="About").click()
    titles = column.all_inner_texts()

    assert titles == sorted(titles)
    assert tab.locator("#events th[aria-sort]").all_inner_texts() == ["About"]
    tab.get_by_role("button", name="About").click()
    assert column.all_inner_texts() == titles[::-1]
    tab.get_by_label("Filter").fill("lamp 2026-01-10")
    assert column.all_inner_texts() == ["lamp lamp lamp no 3"]
    tab.get_by_label("Filter").fill("")
    tab.get_by_label("Kind").select_option("search")
    assert column.all_inner_texts() == ["green tea"]
    assert tab.locator("#matching").inner_text() == "1 match"


def test_hostile_titles_are_shown_and_injected_scripts_refused(page_of: Callable[..., Path], browser: Any) -> None:
    tab = browser.new_page()
    tab.goto(page_of("mallory").as_uri())
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.owned = 1'}))"
    )

    assert tab.evaluate("window.owned") is None
    assert tab.title() == "mallory – interest profile"
    assert tab.locator("#events").get_by_text(HOSTILE).is_visible()
    assert tab.locator("#events td[dir=auto]", has_text=RIGHT_TO_LEFT).is_visible()
    assert tab.locator("img").count() == 0
    tab.close()


@pytest.mark.parametrize(("scheme", "slim"), long_except(("light", True), [("dark", False), ("light", True)]))
def test_axe_finds_nothing_serious(page_of: Callable[..., Path], browser: Any, scheme: Any, slim: bool) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    tab = context.new_page()
    tab.goto(page_of("ada", slim=slim).as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach((fold) => fold.open = true)")
    found = Axe().run(tab).response["violations"]
    context.close()

    assert [
        (rule["id"], rule["nodes"][0]["html"][:200]) for rule in found if rule["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("user", ["ada", "mallory"])
def test_nothing_runs_over_the_edge(page_of: Callable[..., Path], visit: Open, width: int, user: str) -> None:
    tab = visit(page_of(user, slim=True), viewport={"width": width, "height": 900})
    tab.evaluate("document.querySelectorAll('details').forEach((fold) => fold.open = true)")

    assert tab.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("user", ["one", "grump", "newcomer"])
def test_users_of_whom_little_is_known_get_a_page_without_errors(
    shop: InterestAgent, page_of: Callable[..., Path], visit: Open, user: str
) -> None:
    tab = visit(page_of(user))

    assert tab.locator("section").count() == 7
    assert tab.locator("#sunburst path.surface").count() == arcs(shop, user)


def test_a_printed_page_shows_the_still_chart_and_no_controls(page_of: Callable[..., Path], visit: Open) -> None:
    tab = visit(page_of("ada"))
    printed = tab.pdf(format="A4")

    assert printed.startswith(b"%PDF")
    tab.emulate_media(media="print")
    assert tab.locator("#sunburst-still").is_visible()
    assert not tab.locator("#controls").is_visible()


def test_the_index_leads_to_everybody(shop: InterestAgent, visit: Open, tmp_path: Path) -> None:
    tab = visit(write_all(shop, tmp_path / "all", k=2, llm=False).front)
    tab.get_by_role("button", name="Actions").click()

    assert tab.locator("#events tbody tr td:nth-child(3)").all_inner_texts()[-1] == "19"
