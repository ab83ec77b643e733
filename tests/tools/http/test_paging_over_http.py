"""Lists that come in parts, and cursors."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from penchant import InterestAgent


def test_lists_are_paged_without_gap_or_repeat(client: TestClient) -> None:
    for path, name in (("/v1/users", "user_id"), ("/v1/items", "item_id"), ("/v1/users/ada/events", "event_id")):
        seen, cursor = [], None
        while True:
            answer = client.get(path, params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
            seen += [row[name] for row in answer["data"]]
            cursor = answer["next_cursor"]
            if cursor is None:
                break
        whole = [row[name] for row in client.get(path).json()["data"]]
        assert seen == whole


def test_what_fits_a_query_is_paged_to_its_end(client: TestClient) -> None:
    for wishes in ({"query": "red tea"}, {"query": "red tea", "where": "category=Tea"}, {"query": " ", "where": ""}):
        seen: list[str] = []
        part = client.get("/v1/items", params=wishes | {"limit": 3}).json()
        while seen := seen + [item["item_id"] for item in part["data"]]:
            if part["next_cursor"] is None:
                break
            part = client.get("/v1/items", params=wishes | {"limit": 3, "cursor": part["next_cursor"]}).json()

        assert seen == [item["item_id"] for item in client.get("/v1/items", params=wishes).json()["data"]]
        assert len(seen) == len(set(seen)) == (8 if wishes["query"] == "red tea" and "where" in wishes else 24)


def test_a_page_that_is_asked_for_goes_on_where_the_last_one_ended_whatever_has_been_removed(
    client: TestClient, agent: InterestAgent
) -> None:
    def pages(path: str) -> Iterator[dict[str, Any]]:
        part = client.get(path, params={"limit": 1}).json()
        yield part["data"][0]
        while part["next_cursor"]:
            part = client.get(path, params={"limit": 1, "cursor": part["next_cursor"]}).json()
            yield part["data"][0]

    whole = [event["event_id"] for event in client.get("/v1/users/ada/events").json()["data"]]
    seen = []
    for event in pages("/v1/users/ada/events"):
        seen.append(event["event_id"])
        client.delete(f"/v1/users/ada/events/{event['event_id']}")
    assert seen == whole

    for user in ("ada", "bob", "cleo"):
        agent.services.jobs.add("update", user)
    whole = [job["user_id"] for job in client.get("/v1/jobs").json()["data"]]
    seen = []
    for job in pages("/v1/jobs"):
        seen.append(job["user_id"])
        agent.erase(job["user_id"])
    assert seen == whole


def test_statements_are_paged_without_gap_or_repeat_whatever_is_taken_back(client: TestClient) -> None:
    for text in ("I am allergic to nuts. I love green tea.", "I live in Leeds.", "I can't stand opera.", "I am vegan."):
        client.post("/v1/users/ada/statements", json={"text": text})
    path, whole = "/v1/users/ada/statements", client.get("/v1/users/ada/statements").json()
    assert (len(whole["statements"]), whole["next_cursor"]) == (5, None)

    for asked in ({}, {"all": True}):
        seen: list[dict[str, Any]] = []
        part = client.get(path, params=asked | {"limit": 2}).json()
        while seen := seen + part["statements"]:
            if part["next_cursor"] is None:
                break
            part = client.get(path, params=asked | {"limit": 2, "cursor": part["next_cursor"]}).json()
        assert seen == whole["statements"]

    first = client.get(path, params={"limit": 1}).json()
    client.delete(f"{path}/{first['statements'][0]['id']}")
    second = client.get(path, params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert second["statements"] == [whole["statements"][1]]
    assert client.get(path, params={"cursor": "eA"}).status_code == 422


def test_tokens_are_paged(client: TestClient, token: Callable[..., dict[str, str]]) -> None:
    token("read"), token("write")
    headers = token("admin")
    first = client.get("/v1/tokens?limit=2", headers=headers).json()
    second = client.get("/v1/tokens", params={"limit": 2, "cursor": first["next_cursor"]}, headers=headers).json()

    assert (len(first["data"]), len(second["data"]), second["next_cursor"]) == (2, 1, None)
    assert len({token["id"] for token in first["data"] + second["data"]}) == 3


@pytest.mark.parametrize("cursor", ["", "0", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "LTE", "eA", "\u00b2", "===="])
@pytest.mark.parametrize(
    "path", ["/v1/audit", "/v1/users/ada/history", "/v1/users/ada/events", "/v1/items", "/v1/users", "/v1/jobs"]
)
def test_a_cursor_that_is_none_of_ours_is_refused_or_begins_somewhere(
    client: TestClient, path: str, cursor: str
) -> None:
    assert client.get(path, params={"cursor": cursor}).status_code in (200, 404, 422)


@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/tokens", "/v1/users/ada/events", "/v1/users/ada/statements"])
def test_a_list_by_time_refuses_the_cursor_of_a_list_by_number(client: TestClient, path: str) -> None:
    for _ in range(2):
        client.get("/v1/users/ada/profile")
    of_audit = client.get("/v1/audit", params={"limit": 1}).json()["next_cursor"]

    assert of_audit is not None
    assert client.get(path, params={"cursor": of_audit}).status_code == 422
