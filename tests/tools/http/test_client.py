"""`PenchantClient`: what it sends, and what it sends again."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from penchant import InterestAgent, Item
from penchant.characters import has_han
from penchant.client import AsyncPenchantClient, PenchantClient, ServiceError

JOB = {"id": "j-1", "status": "done"}


def test_none_removes_a_field_of_an_item(agent: InterestAgent, address: str) -> None:
    agent.add_items(
        [Item(item_id="cup", title="cup", url="https://shop.example/cup", attributes={"price": 3, "size": 2})]
    )
    with PenchantClient(address) as client:
        changed = client.change_item("cup", url=None, attributes={"size": None})

    assert changed == agent.items(["cup"])["cup"].model_dump(mode="json")
    assert (changed["url"], changed["attributes"]) == (None, {"price": 3})


def test_none_is_leaving_out_elsewhere(agent: InterestAgent, address: str) -> None:
    with PenchantClient(address) as client:
        listed = client.recommend("ada", k=1, query=None, where=None)
        client.feedback("ada", listed["items"][0]["item_id"], "clicked", None)
        assert client.profile("ada", at=None, depth=1)["user_id"] == "ada"


def test_a_day_of_a_shop_needs_nothing_but_the_client(address: str) -> None:
    with PenchantClient(address) as client:
        client.add_items([{"item_id": "cup", "title": "tea cup", "attributes": {"price": 9}}])
        assert [item["item_id"] for item in client.find_items(where=["attributes.price=9"])["data"]] == ["cup"]
        assert [len(listed["items"]) for listed in (client.latest(2), client.popular(2))] == [2, 2]
        assert client.onboard("eve", interests=["tea"])["user_id"] == "eve"
        client.add_events([{"user_id": "eve", "type": "click", "item_id": "cup", "at": "2026-05-30T10:00:00Z"}])
        [event] = client.events("eve", limit=5)["data"]
        job = client.update_all(["eve"], wait=30)
        assert (job["status"], client.jobs(limit=1)["data"][0]["id"], client.cancel(job["id"])) == (
            "done",
            job["id"],
            job,
        )
        assert "eve" in {user["user_id"] for user in client.users()["data"]}
        [statement] = client.add_statement("eve", "I am allergic to nuts.")["statements"]
        assert statement in client.statements("eve")["statements"]
        assert client.remove_statement("eve", statement["id"])["id"] == statement["id"]
        assert client.remove_event("eve", event["event_id"]) == {"removed": 1}
        assert client.set_consents("eve", llm=False) == client.consents("eve")
        assert has_han(client.explain("eve", "tea-1", lang="zh")["explanation"]["text"])
        assert client.recommend_many(["eve"], k=1)["data"][0]["user_id"] == "eve"
        assert client.history("eve", limit=1)["data"][0]["version"] == client.profile("eve")["version"]
        record = client.export("eve")
        assert (client.erase("eve")["residue"], client.import_profile(record)["user_id"]) == (0, "eve")
        assert client.remove_item("cup") == {"removed": 1}


Handler = Callable[[httpx.Request], httpx.Response]


def answers(*given: tuple[int, dict[str, str]]) -> tuple[list[httpx.Request], Handler]:
    """A service that gives these answers in turn, and the requests it was sent."""
    seen, left = list[httpx.Request](), list(given)

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        status, headers = left.pop(0)
        return httpx.Response(status, headers=headers, json=JOB)

    return seen, answer


IN_PROGRESS = 409, {"Retry-After": "0"}


def test_a_request_that_is_still_being_answered_is_asked_for_again_with_its_key() -> None:
    seen, answer = answers(IN_PROGRESS, IN_PROGRESS, (200, {}))
    with PenchantClient("http://service", transport=httpx.MockTransport(answer)) as client:
        assert client.update("ada") == JOB
    assert (len(seen), len({request.headers["Idempotency-Key"] for request in seen})) == (3, 1)


def test_a_conflict_that_does_not_pass_is_raised_at_once() -> None:
    seen, answer = answers((409, {}))
    with (
        PenchantClient("http://service", transport=httpx.MockTransport(answer)) as client,
        pytest.raises(ServiceError, match="409"),
    ):
        client.update("ada")
    assert len(seen) == 1


def test_both_clients_have_the_patience_that_they_ask_of_the_service() -> None:
    seen, answer = answers((200, {}), (200, {}), (200, {}))
    with PenchantClient("http://service", timeout=5, transport=httpx.MockTransport(answer)) as client:
        client.update("ada", wait=60)
        client.update("ada")

    async def ask() -> None:
        async with AsyncPenchantClient("http://service", timeout=5, transport=httpx.MockTransport(answer)) as client:
            await client.update("ada", wait=60)

    asyncio.run(ask())
    assert [request.extensions["timeout"]["read"] for request in seen] == [65, 5, 65]
    assert {request.extensions["timeout"]["connect"] for request in seen} == {5}
