"""The demo shop: loaded on the first page of an empty installation, and looked at as a newcomer would."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from playwright.sync_api import expect
from recommend_shop import WordEmbedder

from penchant import InterestAgent, Item, Settings
from penchant.store.jobs import Job
from penchant.tools.http.app import create_app
from penchant.tools.sample import items_of_sample

BUTTON, REMOVE = 'action="/demo"', 'action="/demo/remove"'
ITEMS, EVENTS, CUSTOMERS = 2822, 32688, 60
CUSTOMER = "17675"


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[InterestAgent]:
    settings = Settings(home=tmp_path, llm={"provider": "none"})
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        yield agent


@pytest.fixture
def idle(agent: InterestAgent) -> TestClient:
    """A client of the service while nobody does its jobs."""
    app: Any = create_app(agent)
    return TestClient(app, client=("127.0.0.1", 5000), headers={"Accept-Language": "en"})


def ended(client: TestClient, job: Job) -> dict[str, Any]:
    """The job once it has ended."""
    stream = client.get(f"/v1/jobs/{job.id}", headers={"Accept": "text/event-stream"}).text
    [last] = re.findall(r"event: done\r?\ndata: (.*)", stream)
    return dict(json.loads(last))


def test_the_demo_shop_is_loaded_by_one_request_and_a_second_time_adds_nothing(
    client: TestClient, agent: InterestAgent
) -> None:
    sent = client.post("/demo", follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/")
    [job] = agent.services.jobs.list()
    first = ended(client, job)
    again = ended(client, agent.services.jobs.add("demo"))

    assert [(done["status"], done["done"], done["total"]) for done in (first, again)] == [("done", 100, 100)] * 2
    assert [part["accepted"] for part in first["result"]["imports"]] == [ITEMS, EVENTS]
    assert [part["duplicate"] for part in again["result"]["imports"]] == [ITEMS, EVENTS]
    assert {user["status"] for user in first["result"]["users"]} == {"ok"}
    assert len(agent.users()) == CUSTOMERS
    assert [line.action for line in agent.services.audit_log.list() if "/demo" in line.action] == ["POST /demo"]


@pytest.mark.browser
def test_a_newcomer_loads_the_demo_shop_and_sees_a_muted_interest_change_a_list_without_a_script(
    address: str, browser: Any
) -> None:
    tab = browser.new_context(locale="en", java_script_enabled=False).new_page()
    phone = {"width": 390, "height": 900}
    beside = browser.new_context(locale="zh", color_scheme="dark", viewport=phone).new_page()
    faults: list[str] = []

    def look(words: str) -> None:
        beside.goto(f"{address}/?still=1")
        expect(beside.get_by_text(words)).to_be_visible()
        assert beside.evaluate("document.documentElement.scrollWidth <= innerWidth")
        faults.extend(fault["id"] for fault in Axe().run(beside).response["violations"])

    look("可一键载入")
    tab.goto(address)
    tab.get_by_role("button", name="Load the demo shop").click()
    expect(tab.get_by_role("status")).to_contain_text("The demo shop is being loaded")
    look("正在载入演示商店")
    link = tab.get_by_role("link", name="Customer 17675")
    expect(link).to_be_visible(timeout=120_000)
    look("演示商店已载入")
    link.click()
    expect(tab.locator(".cards strong").first).to_be_visible(timeout=30_000)  # the first list loads its models
    before = tab.locator(".cards strong").all_inner_texts()
    tab.get_by_role("button", name="Mute").first.click()

    expect(tab.get_by_role("status")).to_contain_text("Muted", timeout=30_000)
    assert tab.locator(".cards strong").all_inner_texts() != before
    assert faults == []


def test_while_it_is_loaded_the_first_page_shows_how_far_and_what_is_done_and_renews_itself_unless_told_not_to(
    idle: TestClient, agent: InterestAgent
) -> None:
    for _ in range(2):
        idle.post("/demo")
    [job] = agent.services.jobs.list()
    agent.services.jobs.take("a worker", ["demo"])
    steps = {
        0: "catalogue is read",
        32: "catalogue is read",
        33: "purchases are read",
        66: "interests of each customer",
    }
    for percent, step in steps.items():
        agent.services.jobs.heartbeat(job.id, "a worker", percent, 100)
        pages = [idle.get(path) for path in ("/", "/?still=1")]
        assert [f"{percent} %" in page.text and step in page.text for page in pages] == [True, True]
        assert [BUTTON in page.text for page in pages] == [False, False]
        assert [page.headers.get("Refresh") for page in pages] == ["5", None]


def test_what_was_loaded_in_part_can_be_loaded_to_the_end_or_removed_until_there_is_data_of_another_shop(
    idle: TestClient, agent: InterestAgent
) -> None:
    idle.post("/demo")
    agent.services.jobs.cancel(agent.services.jobs.list()[0].id)
    agent.add_items(items_of_sample()[:2])
    page = idle.get("/").text
    assert "A part of the demo shop is here" in page
    assert [button in page for button in (BUTTON, REMOVE)] == [True, True]

    agent.observe([{"user_id": "ada", "type": "purchase", "item_id": "1", "at": "2026-01-01T00:00:00Z"}])
    page = idle.get("/").text
    idle.post("/demo")
    assert [button in page for button in (BUTTON, REMOVE)] == [False, True]
    assert [job.status for job in agent.services.jobs.list()] == ["cancelled"]

    agent.erase("ada")
    idle.post("/demo")
    assert sorted(job.status for job in agent.services.jobs.list()) == ["cancelled", "queued"]


def test_removing_the_demo_shop_leaves_what_is_of_another_shop_and_nothing_else(
    client: TestClient, agent: InterestAgent
) -> None:
    jobs = agent.services.jobs
    assert client.post("/demo/remove").status_code == 200
    assert jobs.list() == []
    ended(client, jobs.add("demo"))
    changed = agent.change_item("22910", title="Paper chain of my own")
    agent.add_items([Item(item_id="1", title="Clock")])
    bought = {"type": "purchase", "at": "2026-01-01T00:00:00Z"}
    own = [
        {"user_id": "ada", "item_id": "1"},
        {"user_id": "ada", "item_id": "22423"},
        {"user_id": CUSTOMER, "item_id": "1"},
    ]
    agent.observe([bought | event for event in own])
    page = client.get("/").text
    assert [button in page for button in (BUTTON, REMOVE)] == [False, True]

    client.post("/demo/remove")
    [removal] = jobs.list(kinds=["demo_removal"])
    receipt = {"users_erased": CUSTOMERS - 1, "users_remaining": [CUSTOMER], "items_deleted": ITEMS - 2}
    assert ended(client, removal)["result"] == receipt
    assert agent.list_items(10) == [Item(item_id="1", title="Clock"), changed]
    assert agent.services.ledger.counts() == {"ada": 2, CUSTOMER: 1}
    assert (agent.services.catalogue.removed(), agent.taxonomy()["items"]) == (frozenset({"22423"}), 3)
    page = client.get("/").text
    assert [button in page for button in (BUTTON, REMOVE)] == [False, False]

    for user in ("ada", CUSTOMER):
        agent.erase(user)
    agent.remove_items(["1", "22910"])
    page = client.get("/").text
    assert [button in page for button in (BUTTON, REMOVE)] == [True, False]


def test_an_empty_installation_offers_nothing_that_needs_data(idle: TestClient) -> None:
    page = idle.get("/").text

    assert re.findall(r'<(?:form|dl)[^>]* (?:action|class)="([^"]+)"', page) == ["/demo"]
    assert re.findall(r"<h2[^>]*>([^<]+)", page) == [
        "Look around in the demo shop",
        "Or import your own catalogue and behaviour",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_without_users_or_items_leads_to_what_to_do_next(idle: TestClient, language: str) -> None:
    header = {"Accept-Language": language}
    found = {
        path: re.findall(r'<p class="soft">[^<]{5,} <a href="([^"]+)"', idle.get(path, headers=header).text)
        for path in ("/people", "/catalogue", "/people?q=ada", "/catalogue?q=tea")
    }

    assert found == {
        "/people": ["/"],
        "/catalogue": ["/"],
        "/people?q=ada": ["/people"],
        "/catalogue?q=tea": ["/catalogue"],
    }


def test_the_demo_shop_never_comes_among_the_data_of_another_shop(idle: TestClient, agent: InterestAgent) -> None:
    agent.add_items([Item(item_id="1", title="Clock")])

    assert BUTTON not in idle.get("/").text
    assert idle.post("/demo", follow_redirects=False).status_code == 303
    assert agent.services.jobs.list() == []


def test_the_demo_shop_is_offered_to_those_who_may_write_for_everybody(
    idle: TestClient, agent: InterestAgent, token: Callable[..., dict[str, str]]
) -> None:
    writer, reader, user = token("read", "write"), token("read"), token(user_id="ada")
    pages = [idle.get("/", headers=header).text for header in (writer, reader, user)]

    assert [BUTTON in page for page in pages] == [True, False, False]
    for path in ("/demo", "/demo/remove"):
        assert [idle.post(path, headers=header).status_code for header in (reader, user)] == [403, 403]
    assert idle.post("/demo", headers=writer | {"Origin": "https://evil.example"}).status_code == 403
    assert agent.services.jobs.list() == []
