"""A service over a small real shop, asked over real ASGI."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient
from filled_homes import Filled
from planted_secrets import seen
from recommend_shop import WordEmbedder

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.access_tokens import NewToken
from penchant.store.clock import FixedClock
from penchant.tools.http.app import create_app

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
TASTES = {"ada": "tea", "bob": "lamp", "cleo": "book", "dan": "tea"}


def opened(home: Path) -> InterestAgent:
    settings = Settings(home=home, llm={"provider": "none"}, serve={"max_body_bytes": 200_000})
    return InterestAgent.open(settings, embedder=WordEmbedder(), clock=FixedClock(NOW))


def small_shop(home: Path) -> None:
    """Tea, lamps and books, and four people who have bought of one kind each."""
    items = [
        Item(
            item_id=f"{kind}-{n}",
            title=f"{word} {kind}",
            categories=[["Shop", kind.title()]],
            attributes={"price": 5.0 * n},
        )
        for kind in ("tea", "lamp", "book")
        for n, word in enumerate(("red", "blue", "green", "small", "large", "old", "new", "fine"))
    ]
    bought = [
        Event(
            user_id=user,
            type="purchase",
            item_id=f"{kind}-{n}",
            at=NOW - timedelta(days=9 - n),
            event_id=f"{user}-{n}",
        )
        for user, kind in TASTES.items()
        for n in range(4)
    ]
    with opened(home) as agent:
        agent.add_items(items)
        agent.observe(bought)
        agent.update()


@pytest.fixture
def agent(tmp_path: Path, filled: Filled) -> Iterator[InterestAgent]:
    with opened(filled(tmp_path, small_shop)) as agent:
        yield agent


@pytest.fixture
def client(agent: InterestAgent) -> Iterator[TestClient]:
    app: Any = create_app(agent)
    with TestClient(app, client=("127.0.0.1", 5000), raise_server_exceptions=False) as client:
        client.event_hooks["response"].append(_shows_no_secret)
        yield client


def _shows_no_secret(response: httpx.Response) -> None:
    assert not seen(response.read()), f"{response.request.url} shows a secret"


@pytest.fixture
def address(agent: InterestAgent) -> Iterator[str]:
    """The service on a real port."""
    server = uvicorn.Server(uvicorn.Config(create_app(agent), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)


@pytest.fixture
def token(agent: InterestAgent) -> Callable[..., dict[str, str]]:
    def made(*scopes: str, **more: Any) -> dict[str, str]:
        new: NewToken = agent.services.access_tokens.create(scopes or ("read", "write", "recommend"), **more)
        return {"Authorization": f"Bearer {new.token}"}

    return made


@pytest.fixture
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = next(path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists())
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield started
        started.close()
