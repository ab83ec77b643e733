"""Pages of other sites whose origin is named under `serve.origins`: browsers ask first, without a token, and show the page nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from filled_homes import Filled
from recommend_shop import WordEmbedder

from penchant import InterestAgent, Settings

SHOP = "https://shop.example"
LIST = "/v1/users/ada/recommendations"


@pytest.fixture
def agent(tmp_path: Path, filled: Filled) -> Iterator[InterestAgent]:
    settings = Settings(
        home=tmp_path, llm={"provider": "none"}, serve={"origins": [SHOP], "max_body_bytes": 1_000, "hosts": []}
    )
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        yield agent


def asked_first(client: TestClient, path: str, origin: str = SHOP, headers: str = "authorization, content-type") -> int:
    """The status of what a browser asks before it sends a POST."""
    about = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": headers}
    return client.options(path, headers=about).status_code


def test_a_browser_that_asks_first_shows_no_token_and_is_answered(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    token("admin")

    assert asked_first(client, LIST) == 200
    assert asked_first(client, LIST, headers="authorization, idempotency-key, if-match") == 200
    assert asked_first(client, "/mcp", headers="authorization, content-type, mcp-protocol-version") == 200
    assert asked_first(client, LIST, origin="https://evil.example") == 400


@pytest.mark.parametrize(
    ("path", "shown", "body", "status"),
    [
        (LIST, True, {"k": 1}, 200),
        (LIST, True, {"k": 0}, 422),
        (LIST, False, {"k": 1}, 401),
        ("/v1/nowhere", True, {}, 404),
        (LIST, True, {"query": "tea " * 400}, 413),
    ],
)
def test_a_page_reads_what_it_is_answered_errors_too(
    client: TestClient,
    token: Callable[..., dict[str, str]],
    path: str,
    shown: bool,
    body: dict[str, object],
    status: int,
) -> None:
    bearer = token("recommend")
    answer = client.post(path, json=body, headers={"Origin": SHOP} | (bearer if shown else {}))

    varies = {name.strip() for name in answer.headers["vary"].split(",")}
    allowed = answer.headers["access-control-allow-origin"]
    assert (answer.status_code, allowed) == (status, SHOP)
    assert varies == ({"Origin"} if status == 200 else {"Accept-Language", "Origin"})
    assert "X-Request-Id" in answer.headers["access-control-expose-headers"]


def test_a_page_of_a_site_that_is_not_named_reads_nothing(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    answer = client.get("/v1/items", headers={"Origin": "https://evil.example"} | token("read"))

    assert "access-control-allow-origin" not in answer.headers
