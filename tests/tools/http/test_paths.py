"""Ids with slashes, dots, per cent signs and letters of every kind are reached on every route and page, with tokens and from the client."""

from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from penchant import InterestAgent
from penchant.client import PenchantClient
from penchant.store.identifiers import normal_id

IDS = (
    "shop/7/ada",
    "a%2Fb",
    "x?y=1&z#w",
    "zoë 李 🙂",
    "../../etc",
    "..",
    "users:import",
    "a+b",
    "/",
    "ada/profile",
    "a;b,c='d\"<b>",
)


def in_path(user: str) -> str:
    return quote(user, safe="").replace(".", "%2E")


def knows(client: TestClient, user: str, headers: dict[str, str]) -> dict[str, int]:
    """The status of every route and page about one user."""
    u = in_path(user)
    event = {"user_id": user, "type": "purchase", "item_id": "tea-1", "at": "2026-05-30T10:00:00Z", "event_id": "e/1"}
    done: dict[str, int] = {}

    def ask(method: str, path: str, **more: Any) -> Any:
        answer = client.request(method, path, headers=headers, follow_redirects=False, **more)
        done[f"{method} {path.replace(u, 'USER')}"] = answer.status_code
        return answer

    assert client.post("/v1/events", json={"events": [event]}, headers=headers).json()["accepted"] == 1
    assert ask("POST", f"/v1/users/{u}/update?wait=30").json()["user_id"] == normal_id(user)
    profile = ask("GET", f"/v1/users/{u}/profile").json()
    assert (profile["user_id"], profile["n_events"]) == (normal_id(user), 1)
    node = in_path(profile["interests"][0]["id"])
    ask("PATCH", f"/v1/users/{u}/interests/{node}", json={"action": "pin"})
    for name in ("history", "context", "statements", "export", "consents", "events"):
        ask("GET", f"/v1/users/{u}/{name}")
    ask("POST", f"/v1/users/{u}/statements", json={"text": "I love green tea."})
    ask("POST", f"/v1/users/{u}/onboarding", json={"interests": ["lamps"]})
    ask("POST", f"/v1/users/{u}/recommendations", json={"k": 2})
    ask("GET", f"/v1/users/{u}/explanations/tea-5")
    ask("POST", f"/v1/users/{u}/feedback", json={"item_id": "tea-5", "outcome": "clicked"})
    ask("PUT", f"/v1/users/{u}/consents", json={"llm": False})
    for name in ("", "/report", "/export", "/why/tea-5"):
        ask("GET", f"/people/{u}{name}")
    ask("POST", f"/people/{u}/update")
    ask("DELETE", f"/v1/users/{u}/events/e%2F1")
    assert ask("DELETE", f"/v1/users/{u}").json()["user_id"] == normal_id(user)
    return done


@pytest.mark.parametrize("user", IDS)
def test_every_route_and_page_reaches_the_user_with_their_own_token(
    client: TestClient, agent: InterestAgent, user: str
) -> None:
    token = agent.services.access_tokens.create(["read", "write", "recommend"], user_id=user).token
    statuses = knows(client, user, {"Authorization": f"Bearer {token}"})

    assert {place: status for place, status in statuses.items() if status not in (200, 201, 303)} == {}


def test_an_encoded_slash_and_a_slash_are_not_the_same_path(client: TestClient, agent: InterestAgent) -> None:
    token = agent.services.access_tokens.create(["read"], user_id="ada").token
    headers = {"Authorization": f"Bearer {token}"}

    assert client.get("/v1/users/ada/profile", headers=headers).status_code == 200
    assert client.get("/v1/users/ada%2Fprofile", headers=headers).status_code == 405
    assert client.get("/v1/users/ada%2Fprofile/profile", headers=headers).status_code == 403
    assert client.get("/v1/users/ada%1Fx/profile", headers=headers).status_code == 422
    assert client.get("/v1/users/%FF/profile", headers=headers).status_code == 400


def test_the_client_of_the_package_reaches_them(address: str) -> None:
    with PenchantClient(address) as client:
        for user in IDS:
            client.add_events([{"user_id": user, "type": "like", "item_id": "tea/1", "at": "2026-05-30T10:00:00Z"}])
            assert client.update(user, wait=30)["status"] == "done"
            assert client.profile(user)["user_id"] == normal_id(user)


def test_items_with_slashes_are_reached_too(client: TestClient) -> None:
    for item in ("a/b", "..", "50%"):
        client.post("/v1/items", json={"items": [{"item_id": item, "title": "tea"}]})
        assert client.get(f"/v1/items/{in_path(item)}").json()["item_id"] == item
        assert client.get(f"/v1/items/{in_path(item)}/similar").status_code == 200
        assert client.delete(f"/v1/items/{in_path(item)}").status_code == 200


@pytest.mark.parametrize("written", ["%20caf%C3%A9", "cafe%CC%81%20"])
def test_an_item_is_reached_by_its_id_however_it_is_written(client: TestClient, written: str) -> None:
    client.post("/v1/items", json={"items": [{"item_id": "café", "title": "tea"}]})

    assert client.get(f"/v1/items/{written}").json()["item_id"] == "café"
    assert client.get(f"/catalogue/{written}/similar").status_code == 200
    assert client.delete(f"/v1/items/{written}").json() == {"removed": 1}
    assert "item_id 'a\\x00b' holds" in client.get("/v1/items/a%00b").json()["detail"]


def test_pages_link_to_every_user(client: TestClient) -> None:
    for user in IDS:
        event = {"user_id": user, "type": "like", "item_id": "tea-1", "at": "2026-05-30T10:00:00Z"}
        client.post("/v1/events", json={"events": [event]})
    page = client.get("/people").text

    assert [
        user for user in IDS if f'href="/people/{in_path(normal_id(user))}"' not in page.replace("..", "%2E%2E")
    ] == []
