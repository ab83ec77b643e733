"""Queries in a script that the embedder cannot read are compared with titles by their characters, and the answer says so."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from penchant import Event, InterestAgent, Item, Settings
from penchant.agent.recommend import interactions
from penchant.store.clock import FixedClock
from penchant.tools.http.app import create_app
from penchant.tools.openai import call_tool

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TITLES = (
    "铸铁煎锅", "不粘炒锅", "面包刀", "武夷岩茶", "普洱熟茶", "茉莉花茶",
    "羊毛大衣", "碎花连衣裙", "蚕丝被", "木制积木", "白夜行", "银河帝国",
)  # fmt: skip


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InterestAgent]:
    settings = Settings.load(home=tmp_path_factory.mktemp("shop"), llm={"provider": "none"})
    with InterestAgent.open(settings, clock=FixedClock(NOON)) as agent:
        agent.add_items([Item(item_id=f"z{n}", title=title, domain="商城") for n, title in enumerate(TITLES)])
        agent.observe([Event(user_id="ada", type="purchase", item_id="z10", at=NOON)])
        agent.update("ada")
        yield agent


@pytest.mark.parametrize(("query", "first"), [("煎锅", {"z0"}), ("花茶", {"z5"}), ("茶", {"z3", "z4", "z5"})])
def test_what_has_the_words_of_the_query_comes_first(agent: InterestAgent, query: str, first: set[str]) -> None:
    for user in ("ada", "nobody-known"):
        answer = agent.recommend(user, 5, query=query)
        assert {row.item_id for row in answer.items[: len(first)]} == first
        [remark] = [remark.reason for remark in answer.degraded if remark.step == "query"]
        assert "PENCHANT_EMBEDDING__PROVIDER=multilingual" in remark
        for row in answer.items:
            is_named = row.item_id in first
            assert row.explanation.text.startswith("It is close to what you asked for.") is is_named
            assert row.score == pytest.approx(sum(part.value for part in row.contributions))
    assert {item.item_id for item, _ in agent.search_items(query, 5)} == first
    assert {item.item_id for item, _ in agent.find_items(query, 5)} == first
    assert agent.search_items(query, 5, "elsewhere") == []


@pytest.mark.parametrize(("query", "domain"), [("чашка", None), ("чашка", "商城"), ("茶", None)])
def test_a_search_in_a_script_that_is_not_read_says_so(agent: InterestAgent, query: str, domain: str | None) -> None:
    for full in (True, False):
        searched = json.loads(call_tool("search_items", {"query": query, "domain": domain}, agent=agent, full=full))
        assert bool(searched["items"]) is (query == "茶")
        assert "PENCHANT_EMBEDDING__PROVIDER=multilingual" in searched["not_read"]
    assert "not_read" not in json.loads(call_tool("search_items", {"query": "a book"}, agent=agent, full=False))


def test_a_search_over_http_in_a_script_that_is_not_read_says_so(agent: InterestAgent) -> None:
    with TestClient(create_app(agent), client=("127.0.0.1", 5000)) as client:
        unread, read = (client.get("/v1/items", params={"query": query}).json() for query in ("чашка", "a book"))
    assert (unread["data"], read["not_read"]) == ([], None)
    assert "PENCHANT_EMBEDDING__PROVIDER=multilingual" in unread["not_read"]


def test_a_search_that_is_not_read_says_so_in_the_language_of_its_reader(agent: InterestAgent) -> None:
    with TestClient(create_app(agent), client=("127.0.0.1", 5000)) as client:
        answer = client.get("/v1/items", params={"query": "чашка", "lang": "zh"}).json()
        chinese, english = (
            client.get("/catalogue?q=чашка", headers={"Accept": "text/html", "Accept-Language": language}).text
            for language in ("zh", "en")
        )
    assert answer["not_read"].startswith("当前的嵌入模型不识检索词所用的文字")
    assert agent.unread_query("чашка", lang="zh") == answer["not_read"]
    assert ("当前的嵌入模型不识" in chinese, "a script the embedder does not read" in english) == (True, True)


@pytest.mark.parametrize("path", ["/v1/items", "/v1/items:popular", "/v1/items:latest", "/v1/items/z0/similar"])
def test_a_filter_by_what_no_item_has_is_remarked_on_wherever_items_are_listed(agent: InterestAgent, path: str) -> None:
    with TestClient(create_app(agent), client=("127.0.0.1", 5000)) as client:
        english, chinese, right = (
            client.get(path, params={"where": where, "lang": lang}).json()["degraded"]
            for where, lang in (("attributes.pricee<9", "en"), ("attributes.pricee<9", "zh"), ("domain=商城", "en"))
        )
    assert ([note["step"] for note in english], right) == (["filter"], [])
    assert english[0]["reason"].startswith("no item has an attribute 'pricee'")
    assert "GET /v1/items" in english[0]["reason"] and "penchant" not in english[0]["reason"]
    assert "pricee" in chinese[0]["reason"] and "no item" not in chinese[0]["reason"]


def test_the_titles_are_split_into_words_for_the_first_query_only(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = agent.search_items("花茶", 5)
    split: list[str] = []

    def noted(text: str) -> list[str]:
        split.append(text)
        return [text]

    monkeypatch.setattr(interactions, "words", noted)
    assert agent.search_items("花茶", 5) == first
    assert split == []


@pytest.mark.parametrize("query", ["a book", "2026"])
def test_a_query_that_is_read_or_has_no_script_is_not_remarked_on(agent: InterestAgent, query: str) -> None:
    assert not [remark for remark in agent.recommend("ada", 3, query=query).degraded if remark.step == "query"]
