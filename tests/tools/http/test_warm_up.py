"""A service loads after its start what the first list and message would wait for, and says meanwhile that it is not ready."""

import re
import threading
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from penchant import InterestAgent
from penchant.agent.chat.intents import intent_of
from penchant.errors import StoreError
from penchant.tools import warming
from penchant.tools.http.app import create_app

LOCAL = ("127.0.0.1", 5000)


def _models(client: TestClient) -> tuple[int, str]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["models"]


def _once(condition: Any) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def test_a_service_lives_at_once_and_is_ready_once_all_is_loaded(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading, may_end = threading.Event(), threading.Event()

    def warm(_: InterestAgent) -> None:
        loading.set()
        assert may_end.wait(20)

    monkeypatch.setattr(warming, "warm", warm)

    with TestClient(create_app(agent, warm=True), client=LOCAL) as client:
        assert loading.wait(20)
        assert client.get("/livez").status_code == 200
        assert _models(client) == (503, "being loaded")
        assert client.post("/v1/users/ada/recommendations", json={"k": 1}).status_code == 200
        may_end.set()
        _once(lambda: _models(client) == (200, "ok"))


def test_what_cannot_be_loaded_is_told_tried_again_and_stops_no_request(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, works = [0], threading.Event()

    def warm(_: InterestAgent) -> None:
        tries[0] += 1
        if not works.is_set():
            raise StoreError("the embedding server does not answer")

    monkeypatch.setattr(warming, "warm", warm)
    monkeypatch.setattr(warming, "RETRY_PAUSE_SECONDS", 0.01)

    with TestClient(create_app(agent, warm=True), client=LOCAL) as client:
        _once(lambda: tries[0] > 1)
        status, models = _models(client)
        assert (status, models.split(":")[0]) == (200, "not loaded (StoreError)")
        assert client.get("/v1/users/ada/profile").status_code == 200
        works.set()
        _once(lambda: _models(client) == (200, "ok"))


def test_a_warm_service_reads_no_models_and_compiles_no_pattern_for_the_first_list_and_message(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    warming.warm(agent)

    def late(*arguments: Any, **named: Any) -> None:
        raise AssertionError(f"this should have been there before: {arguments[:1]}")

    client = TestClient(create_app(agent), client=LOCAL)
    for name in ("_on_disk", "_fit"):
        monkeypatch.setattr(agent.services.model_store, name, late)

    assert client.post("/v1/users/ada/recommendations", json={"k": 1}).status_code == 200
    monkeypatch.setattr(re, "compile", late)
    assert intent_of("I like red lamps, what is new?").stances
