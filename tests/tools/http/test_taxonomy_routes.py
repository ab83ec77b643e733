"""The taxonomy over HTTP: looked at, and corrected for good."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from penchant import InterestAgent


def theme_with(client: TestClient, title: str) -> dict[str, Any]:
    """The theme that an item stands in now, by one of its titles."""
    topics = client.get("/v1/taxonomy").json()["topics"]
    themes = [theme for topic in topics for subtopic in topic["subtopics"] for theme in subtopic["themes"]]
    [theme] = [theme for theme in themes if title in theme["titles"]]
    return dict(client.get(f"/v1/taxonomy/{theme['id']}").json())


def correct(client: TestClient, node: str, action: str, value: str, **more: str) -> dict[str, Any]:
    answer = client.patch(f"/v1/taxonomy/{node}", json={"action": action, "value": value, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_node_says_where_it_stands_and_what_it_could_be_corrected_to(client: TestClient) -> None:
    tea, lamp = theme_with(client, "red tea"), theme_with(client, "red lamp")

    assert (tea["id"], tea["level"]) == (client.get(f"/v1/taxonomy/{tea['id']}").json()["id"], "theme")
    assert lamp["id"] in {theme["id"] for theme in tea["themes"]}
    assert tea["subtopic"] in {subtopic["id"] for subtopic in tea["subtopics"]}
    assert client.get("/v1/taxonomy/gifts?lang=zh").json()["level"] == "subtopic"
    assert client.get("/v1/taxonomy/nowhere").status_code == 404


def test_a_new_name_and_a_new_place_hold_when_the_taxonomy_is_built_anew(
    client: TestClient, agent: InterestAgent
) -> None:
    tea = theme_with(client, "red tea")["id"]
    version = client.get("/v1/taxonomy").json()["version"]
    assert correct(client, tea, "rename", "Fine teas") == {
        "id": tea, "action": "rename", "value": "Fine teas", "version": version + 1,
    }  # fmt: skip
    correct(client, tea, "rename", "好茶", lang="zh")
    correct(client, tea, "move", "gifts")
    agent.build_taxonomy()

    now = theme_with(client, "red tea")
    assert (now["id"], now["label"], now["subtopic"]) == (tea, "Fine teas", "gifts")
    assert client.get(f"/v1/taxonomy/{tea}?lang=zh").json()["label"] == "好茶"


def test_a_theme_that_is_part_of_another_is_gone(client: TestClient) -> None:
    tea, lamp = theme_with(client, "red tea")["id"], theme_with(client, "red lamp")["id"]
    correct(client, tea, "merge", lamp)

    assert client.get(f"/v1/taxonomy/{tea}").status_code == 404
    assert theme_with(client, "red lamp")["id"] == lamp


@pytest.mark.parametrize(
    ("node", "body", "status", "says"),
    [
        ("nowhere", {"action": "rename", "value": "Teas"}, 404, "nowhere"),
        ("gifts", {"action": "move", "value": "gifts"}, 404, "gifts"),
        ("gifts", {"action": "explode", "value": "gifts"}, 422, "action"),
        ("gifts", {"action": "rename", "value": ""}, 422, "value"),
        ("gifts", {"action": "rename", "value": "http://spam.example"}, 422, "spam.example"),
        ("gifts", {"action": "rename", "label": "Presents"}, 422, "label"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(
    client: TestClient, node: str, body: dict[str, str], status: int, says: str
) -> None:
    before = client.get("/v1/taxonomy").json()
    answer = client.patch(f"/v1/taxonomy/{node}", json=body)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert says in answer.json()["detail"]
    assert client.get("/v1/taxonomy").json() == before


def test_only_who_may_write_for_everybody_corrects(client: TestClient, agent: InterestAgent) -> None:
    tokens = agent.services.access_tokens
    for new in (tokens.create(["read"]), tokens.create(["read", "write"], user_id="ada")):
        headers = {"Authorization": f"Bearer {new.token}"}
        body = {"action": "rename", "value": "Presents"}
        assert client.patch("/v1/taxonomy/gifts", json=body, headers=headers).status_code == 403
