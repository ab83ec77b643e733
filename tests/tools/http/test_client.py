"""`PenchantClient`: what it sends, and what it sends again."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from penchant import InterestAgent, Item
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
