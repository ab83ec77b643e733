"""The same request twice, at once with others, and against a newer version."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from penchant import InterestAgent
from penchant.store import corrections
from penchant.store.clock import FixedClock
from penchant.store.idempotency import StoredAnswer
from penchant.tools.http.app import create_app

EVENT = {"user_id": "eve", "type": "purchase", "item_id": "tea-1", "at": "2026-05-30T10:00:00Z"}


def test_the_history_says_what_made_each_version(client: TestClient) -> None:
    node = client.get("/v1/users/ada/profile").json()["interests"][0]["id"]
    client.patch(f"/v1/users/ada/interests/{node}", json={"action": "pin"})

    assert [version["kind"] for version in client.get("/v1/users/ada/history").json()["data"]] == ["edit", "update"]


def test_a_profile_has_an_etag_and_lost_updates_are_refused(client: TestClient) -> None:
    read = client.get("/v1/users/ada/profile")
    tag, node = read.headers["ETag"], read.json()["interests"][0]["id"]
    assert client.get("/v1/users/ada/profile", headers={"If-None-Match": tag}).status_code == 304

    muted = client.patch(f"/v1/users/ada/interests/{node}", json={"action": "mute"}, headers={"If-Match": tag})
    assert muted.status_code == 200
    newer = client.get("/v1/users/ada/profile").headers["ETag"]
    either = {"If-Match": f'"0-0", {newer}'}
    assert client.patch(f"/v1/users/ada/interests/{node}", json={"action": "pin"}, headers=either).status_code == 200
    stale = client.patch(f"/v1/users/ada/interests/{node}", json={"action": "pin"}, headers={"If-Match": tag})
    assert (stale.status_code, stale.headers["content-type"]) == (412, "application/problem+json")


def test_a_profile_that_nobody_has_updated_yet_keeps_its_etag(client: TestClient, agent: InterestAgent) -> None:
    assert isinstance(agent.clock, FixedClock)
    client.post("/v1/events", json={"events": [EVENT]})
    read = client.get("/v1/users/eve/profile")
    agent.clock.advance(timedelta(seconds=1))

    assert (read.json()["version"], read.json()["as_of"]) == (0, EVENT["at"])
    tag = {"If-None-Match": read.headers["ETag"]}
    assert client.get("/v1/users/eve/profile", headers=tag).status_code == 304
    assert client.post(
        "/v1/users/eve/onboarding", json={"interests": ["tea"]}, headers={"If-Match": read.headers["ETag"]}
    ).is_success


CHANGES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("PATCH", "/interests/{node}", {"action": "pin"}),
    ("POST", "/statements", {"text": "I am allergic to nuts."}),
    ("POST", "/onboarding", {"interests": ["tea"]}),
    ("POST", "/update?wait=30", None),
    ("DELETE", "/events/ada-1", None),
    ("POST", "/merge", {"from": "dan"}),
    ("POST", "/feedback", {"item_id": "tea-5", "outcome": "liked"}),
    ("PUT", "/consents", {"llm": False}),
    ("DELETE", "", None),
]


@pytest.mark.parametrize(("method", "route", "body"), CHANGES)
def test_every_change_of_a_user_heeds_the_version_it_is_based_on(
    client: TestClient, agent: InterestAgent, method: str, route: str, body: dict[str, Any] | None
) -> None:
    read = client.get("/v1/users/ada/profile")
    tag, node = read.headers["ETag"], read.json()["interests"][0]["id"]
    path = f"/v1/users/ada{route.format(node=node)}"

    def sent(if_match: str) -> int:
        return client.request(method, path, json=body, headers={"If-Match": if_match}).status_code

    assert [sent(wrong) for wrong in ("no tag", "", f"{tag},,x", '"open')] == [400] * 4
    assert [sent(other) for other in ('"0-0"', '"other"', f'W/"9{tag[1:]}')] == [412] * 3
    assert (client.get("/v1/users/ada/profile").headers["ETag"], agent.services.jobs.list(limit=9)) == (tag, [])
    assert sent(f'"0-0", {tag}') in (200, 201)


@pytest.mark.parametrize(
    ("method", "route", "body"),
    [(method, route, {"nonsense": 1}) for method, route, _ in CHANGES]
    + [("POST", "/update?wait=soon", None), ("POST", "/onboarding", None)],
)
def test_a_request_that_is_wrong_is_refused_as_wrong_whatever_version_it_is_based_on(
    client: TestClient, method: str, route: str, body: dict[str, Any] | None
) -> None:
    node = client.get("/v1/users/ada/profile").json()["interests"][0]["id"]
    path = f"/v1/users/ada{route.format(node=node)}"

    assert client.request(method, path, json=body, headers={"If-Match": '"0-0"'}).status_code == 422


def test_of_somebody_nobody_knows_no_version_can_be_changed(client: TestClient) -> None:
    for method, route, body in CHANGES[1:]:
        answer = client.request(method, f"/v1/users/ghost{route}", json=body, headers={"If-Match": "*"})
        assert answer.status_code == (404 if route.startswith("/events/") else 412), route


ABSENT: list[tuple[str, str, dict[str, Any] | None]] = [
    ("PATCH", "/ada/interests/nothing", {"action": "pin"}),
    ("PATCH", "/ghost/interests/tea", {"action": "state", "text": "like"}),
    ("DELETE", "/ada/events/nothing", None),
    ("DELETE", "/ghost/events/ada-1", None),
    ("DELETE", "/ada/statements/nothing", None),
    ("DELETE", "/ghost/statements/nothing", None),
    ("POST", "/ada/merge", {"from": "ghost"}),
    ("POST", "/ghost/merge", {"into": "ada"}),
    ("POST", "/ada/feedback", {"item_id": "nothing", "outcome": "liked"}),
]


@pytest.mark.parametrize(("method", "route", "body"), ABSENT)
@pytest.mark.parametrize("if_match", ['"0-0"', "*", '"0-0", "1-other"'])
def test_what_does_not_exist_is_not_found_whatever_version_the_change_is_based_on(
    client: TestClient, method: str, route: str, body: dict[str, Any] | None, if_match: str
) -> None:
    path = f"/v1/users{route}"
    plain = client.request(method, path, json=body)
    conditional = client.request(method, path, json=body, headers={"If-Match": if_match})

    assert [(answer.status_code, answer.json()["title"]) for answer in (plain, conditional)] == [
        (404, plain.json()["title"])
    ] * 2


def test_of_those_who_change_the_same_version_at_once_one_succeeds(client: TestClient, agent: InterestAgent) -> None:
    assert isinstance(agent.clock, FixedClock)
    agent.clock.advance(timedelta(seconds=1))
    read = client.get("/v1/users/ada/profile")
    tag, node = read.headers["ETag"], read.json()["interests"][0]["id"]

    def mute(_: int) -> int:
        change = client.patch(f"/v1/users/ada/interests/{node}", json={"action": "mute"}, headers={"If-Match": tag})
        return change.status_code

    with ThreadPoolExecutor(4) as threads:
        statuses = sorted(threads.map(mute, range(4)))
    assert (statuses[0], set(statuses[1:]) <= {409, 412}) == (200, True)


def test_a_request_that_comes_twice_is_done_once(client: TestClient) -> None:
    body, key = {"events": [EVENT]}, {"Idempotency-Key": "one"}
    first, again = (client.post("/v1/events", json=body, headers=key) for _ in range(2))

    assert first.json() == again.json() == {"accepted": 1, "duplicate": 0, "withheld": 0, "differing": []}
    assert again.headers["Idempotent-Replay"] == "true"
    other = client.post("/v1/events", json={"events": [EVENT | {"type": "view"}]}, headers=key)
    assert other.status_code == 409


def test_the_place_of_a_job_comes_again_with_its_answer(client: TestClient) -> None:
    first, again = (client.post("/v1/updates", json={}, headers={"Idempotency-Key": "one"}) for _ in range(2))

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.headers["Location"] == again.headers["Location"] == f"/v1/jobs/{first.json()['id']}"


def test_more_requests_at_once_than_are_answered_are_told_to_come_again(agent: InterestAgent) -> None:
    app: Any = create_app(agent)
    app.settings = app.settings.model_copy(update={"max_requests": 1})
    with TestClient(app, client=("127.0.0.1", 5000)) as client, ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: client.post("/v1/users/ada/recommendations", json={}), range(8)))
        refused = [answer for answer in answers if answer.status_code != 200]
        assert client.get("/livez").status_code == 200

    assert {(answer.status_code, answer.headers["Retry-After"]) for answer in refused} == {(429, "1")}
    assert all(answer.json()["status"] == 429 for answer in refused)


def test_two_keys_for_one_request_are_refused(address: str, agent: InterestAgent) -> None:
    keys = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    answer = httpx.post(f"{address}/v1/users/ada/statements", json={"text": "I love jazz."}, headers=keys)

    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "the Idempotency-Key is given more than once: give one",
    )
    assert agent.statements("ada").statements == []


def test_a_key_whose_first_request_is_under_way_is_told_to_come_again(client: TestClient, agent: InterestAgent) -> None:
    body = json.dumps({"events": [EVENT]}).encode()
    digest = hashlib.sha256(b"POST\x1f/v1/events\x1f" + body).hexdigest()
    assert agent.services.idempotency_keys.begin("local", "one", digest, None) is None
    headers = {"Idempotency-Key": "one", "Content-Type": "application/json"}
    answer = client.post("/v1/events", content=body, headers=headers)

    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "2")


@pytest.mark.parametrize("streamed_first", [True, False])
def test_an_answer_comes_again_in_the_form_that_is_asked_for(client: TestClient, streamed_first: bool) -> None:
    def ask(*, streamed: bool) -> Any:
        headers = {"Idempotency-Key": "one", "Accept": "text/event-stream" if streamed else "application/json"}
        answer = client.post("/v1/users/ada/messages", json={"message": "What do you recommend?"}, headers=headers)
        assert answer.headers["content-type"].startswith(headers["Accept"])
        if not streamed:
            return answer.json()
        [*_, name, data] = filter(None, answer.text.splitlines())
        assert name == "event: done"
        return json.loads(data.removeprefix("data: "))

    first, other, again = (ask(streamed=streamed) for streamed in (streamed_first, not streamed_first, streamed_first))

    assert first == other == again


def test_no_answer_that_comes_again_gives_a_reason_that_was_taken_back(client: TestClient) -> None:
    asked = [
        ("/v1/users/ada/recommendations", {"k": 5}, {}),
        ("/v1/recommendations:batch", {"user_ids": ["bob", "ada"], "k": 5}, {}),
        ("/v1/users/ada/messages", {"message": "What do you recommend?"}, {}),
        ("/v1/users/ada/messages", {"message": "What do you recommend?"}, {"Accept": "text/event-stream"}),
    ]

    def answers() -> list[str]:
        keys = [{"Idempotency-Key": f"k{number}"} for number in range(len(asked))]
        return [
            client.post(path, json=body, headers=key | more).text
            for (path, body, more), key in zip(asked, keys, strict=True)
        ]

    first = answers()
    citing = [
        item
        for item in json.loads(first[0])["items"]
        if any("event_id" in cite for cite in item["explanation"]["cites"])
    ]
    removed = {cite["event_id"]: None for item in citing for cite in item["explanation"]["cites"] if "event_id" in cite}
    reasons = [item["explanation"]["text"] for item in citing]
    assert all(reasons[0] in answer for answer in first)
    for event_id in removed:
        assert client.delete(f"/v1/users/ada/events/{event_id}").status_code == 200

    again = answers()
    items = [item for item in json.loads(again[0])["items"] if item["item_id"] in {item["item_id"] for item in citing}]
    assert all(item["explanation"]["text"].startswith("The reason was taken back") for item in items)
    assert not [reason for reason in reasons for answer in again if reason in answer]
    assert json.loads(again[1])["data"][0] == json.loads(first[1])["data"][0]


def test_a_removed_event_takes_back_the_reasons_of_its_own_user_and_reads_no_answers_about_others(
    agent: InterestAgent, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*users: str) -> bytes:
        reason = {"text": "You bought this.", "cites": [{"event_id": "shared-id"}]}
        lists = [{"user_id": user, "items": [{"item_id": "tea-1", "explanation": reason}]} for user in users]
        return json.dumps({"data": lists}).encode()

    keys = agent.services.idempotency_keys
    bodies = {f"k{number}": answer(f"user {number}", "bob") for number in range(200)} | {"both": answer("ada", "bob")}
    for key, body in bodies.items():
        keys.begin("local", key, "digest", None)
        keys.finish("local", key, StoredAnswer(200, "application/json", body))
    for user in ("ada", "bob"):
        client.post("/v1/events", json={"events": [EVENT | {"user_id": user, "event_id": "shared-id"}]})
    read: list[bytes] = []

    def unpacked(body: bytes) -> bytes:
        read.append(body)
        return body

    monkeypatch.setattr(corrections, "unpacked", unpacked)
    assert client.delete("/v1/users/ada/events/shared-id").status_code == 200

    assert read == [bodies["both"]]
    stored = {key: keys.begin("local", key, "digest", None) for key in bodies}
    again = {key: found.body for key, found in stored.items() if found is not None}
    reasons = [part["items"][0]["explanation"] for part in json.loads(again.pop("both"))["data"]]
    assert [reason["text"] == "You bought this." for reason in reasons] == [False, True]
    assert again == {key: body for key, body in bodies.items() if key != "both"}
