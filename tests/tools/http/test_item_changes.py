"""Changes of single items: many at once, and of items that are hidden."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from fastapi.testclient import TestClient

from penchant import InterestAgent, Item, Settings
from penchant.tools.http.app import create_app


def test_of_changes_that_come_at_once_none_is_lost(agent: InterestAgent, address: str) -> None:
    fields = [f"field-{n}" for n in range(16)]
    agent.add_items([Item(item_id="cup", title="cup", attributes=dict.fromkeys(fields, 0))])

    def change(field: str) -> int:
        return httpx.patch(f"{address}/v1/items/cup", json={"attributes": {field: 1}}, timeout=60).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(change, fields)) == {200}
    assert agent.items(["cup"])["cup"].attributes == dict.fromkeys(fields, 1)


def test_an_item_that_is_sent_twice_counts_as_if_sent_one_after_another(client: TestClient) -> None:
    def sent(*titles: str) -> dict[str, int]:
        items = [{"item_id": "cup", "title": title} for title in titles]
        answer: dict[str, int] = client.post("/v1/items", json={"items": items}).json()
        return answer

    assert sent("red cup", "red cup", "blue cup") == {"added": 1, "updated": 1, "unchanged": 1}
    assert sent("red cup", "blue cup") == {"added": 0, "updated": 2, "unchanged": 0}
    assert sent("blue cup", "blue cup") == {"added": 0, "updated": 0, "unchanged": 2}
    assert client.get("/v1/items/cup").json()["title"] == "blue cup"


def test_items_whose_titles_the_embedder_does_not_read_are_added_with_a_note(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, llm={"provider": "none"})
    with InterestAgent.open(settings) as agent, TestClient(create_app(agent), client=("127.0.0.1", 5000)) as client:
        sent = client.post("/v1/items", json={"items": [{"item_id": "cup", "title": "红色杯子"}]}).json()

    [note] = sent.pop("notes")
    assert sent == {"added": 1, "updated": 0, "unchanged": 0}
    assert "PENCHANT_EMBEDDING__PROVIDER=multilingual" in note


def test_a_hidden_item_that_is_changed_stays_hidden_and_is_as_it_was_when_it_is_shown_again(
    client: TestClient, agent: InterestAgent
) -> None:
    agent.hide_items(["tea-1"])
    changed = client.patch("/v1/items/tea-1", json={"title": "other tea"}).json()
    assert (changed["title"], changed["available"]) == ("other tea", False)

    agent.unhide_items(["tea-1"])
    shown = client.get("/v1/items/tea-1").json()
    assert (shown["title"], shown["available"]) == ("other tea", True)


def test_a_hidden_item_is_brought_back_by_saying_that_it_is_available(client: TestClient, agent: InterestAgent) -> None:
    agent.hide_items(["tea-1"])
    answer = client.patch("/v1/items/tea-1", json={"available": True})

    assert answer.json() == client.get("/v1/items/tea-1").json()
    assert (answer.json()["available"], agent.withdrawn_items(["tea-1"])) == (True, {})


def test_a_removed_item_cannot_be_changed(client: TestClient) -> None:
    client.delete("/v1/items/tea-1")

    assert client.patch("/v1/items/tea-1", json={"available": True}).status_code == 404


def test_texts_of_an_item_hold_no_character_that_a_database_cannot_store(client: TestClient) -> None:
    odd = r'{"item_id": "cup", "title": "c\u0000up \ud800", "tags": ["t\u0000"], "categories": [["k\ud800", "\u0000"]]}'
    sent = client.post("/v1/items", content='{"items": [' + odd + "]}", headers={"Content-Type": "application/json"})
    found = client.get("/v1/items/cup").json()

    assert sent.json() == {"added": 1, "updated": 0, "unchanged": 0}
    assert (found["title"], found["tags"], found["categories"]) == ("cup \ufffd", ["t"], [["k\ufffd"]])
    assert client.patch("/v1/items/cup", json={"title": "\0"}).status_code == 422
