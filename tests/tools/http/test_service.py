"""The service as a program sees it: every route, tokens, problems, and requests that come twice."""

import gzip
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from recommend_shop import WordEmbedder
from sqlalchemy import event, select

from penchant import Event, InterestAgent, Settings
from penchant.store.access_tokens import NewToken
from penchant.store.clock import FixedClock
from penchant.store.schema import idempotency_keys
from penchant.tools.http.app import create_app
from penchant.tools.http.pages import persons
from penchant.tools.http.routes_for_commands import ROUTES, by_route

EVENT = {"user_id": "eve", "type": "purchase", "item_id": "tea-1", "at": "2026-05-30T10:00:00Z"}


@pytest.fixture
def token(agent: InterestAgent) -> Callable[..., dict[str, str]]:
    def made(*scopes: str, **more: Any) -> dict[str, str]:
        new: NewToken = agent.services.access_tokens.create(scopes or ("read", "write", "recommend"), **more)
        return {"Authorization": f"Bearer {new.token}"}

    return made


def test_a_day_of_a_shop(client: TestClient) -> None:
    added = client.post(
        "/v1/items", json={"items": [{"item_id": "cup", "title": "tea cup", "attributes": {"price": 9}}]}
    )
    assert added.json() == {"added": 1, "updated": 0, "unchanged": 0}
    assert client.post("/v1/events", json={"events": [EVENT, EVENT]}).json() == {
        "accepted": 1, "duplicate": 1, "withheld": 0,
    }  # fmt: skip

    job = client.post("/v1/users/eve/update?wait=30")
    assert (job.status_code, job.json()["status"], job.json()["result"]["users"][0]["events_new"]) == (200, "done", 1)

    profile = client.get("/v1/users/eve/profile?lang=en").json()
    assert (profile["user_id"], profile["version"], profile["n_events"]) == ("eve", 1, 1)

    wishes = {"k": 3, "where": ["attributes.price<20"], "exclude": ["tea-2"]}
    first = client.post("/v1/users/eve/recommendations", json=wishes).json()
    assert len(first["items"]) == 3
    assert "tea-2" not in {item["item_id"] for item in first["items"]}
    for item in first["items"]:
        assert item["score"] == pytest.approx(sum(part["value"] for part in item["contributions"]), abs=1e-6)

    second = client.post("/v1/users/eve/recommendations", json=wishes | {"after": first["recommendation_id"]}).json()
    shown = [item["item_id"] for item in first["items"] + second["items"]]
    assert len(shown) == len(set(shown))

    item = first["items"][0]["item_id"]
    given = {"item_id": item, "outcome": "clicked", "recommendation_id": first["recommendation_id"]}
    assert client.post("/v1/users/eve/feedback", json=given).json()["outcome"] == "clicked"
    assert client.get(f"/v1/users/eve/explanations/{item}").json()["item_id"] == item

    assert client.patch(f"/v1/items/{item}", json={"available": False}).json()["available"] is False
    again = client.post("/v1/users/eve/recommendations", json={"k": 20}).json()
    assert item not in {row["item_id"] for row in again["items"]}

    receipt = client.delete("/v1/users/eve").json()
    assert (receipt["residue"], receipt["found"]["ledger"]) == (0, 1)
    assert client.get("/v1/users/eve/profile").status_code == 404


def test_an_item_that_is_removed_is_in_no_list_and_what_was_done_with_it_stays(client: TestClient) -> None:
    assert client.delete("/v1/items/tea-5").json() == {"removed": 1}
    assert client.delete("/v1/items/nothing").status_code == 404

    listed = client.post("/v1/users/ada/recommendations", json={"k": 50}).json()
    assert "tea-5" not in {row["item_id"] for row in listed["items"]}
    assert len(client.get("/v1/users/ada/events").json()["data"]) == 4


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/v1/items/tea-1", "item_id"),
        ("/v1/items?query=tea&limit=3", "data"),
        ("/v1/items?where=category=Tea&limit=3", "data"),
        ("/v1/items/tea-1/similar?k=3", "items"),
        ("/v1/items:popular?days=30", "items"),
        ("/v1/items:latest", "items"),
        ("/v1/users", "data"),
        ("/v1/users/ada/events", "data"),
        ("/v1/users/ada/profile?depth=1&lang=zh", "interests"),
        ("/v1/users/ada/history", "data"),
        ("/v1/users/ada/context?budget=200", "text"),
        ("/v1/users/ada/export", "events"),
        ("/v1/users/ada/consents", "purposes"),
        ("/v1/jobs", "data"),
        ("/v1/experiments", "data"),
        ("/v1/taxonomy", "topics"),
        ("/v1/audit", "data"),
        ("/v1/tokens", "data"),
        ("/readyz", "database"),
        ("/livez", "status"),
        ("/openapi.json", "paths"),
    ],
)
def test_every_reading_route_answers(client: TestClient, path: str, key: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert key in answer.json()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_experiment_is_begun_asked_about_and_ended(client: TestClient) -> None:
    body = {"name": "mixed-lists", "variants": {"as-is": {"share": 1}, "mixed": {"share": 1, "diversity": 0.3}}}
    assert client.post("/v1/experiments", json=body).status_code == 201
    assert client.post("/v1/experiments", json=body).status_code == 422
    exposure = client.get("/v1/users/ada/experiment").json()
    assert client.post("/v1/users/ada/recommendations", json={"k": 2}).json()["exposure"] == exposure | {
        "at": "2026-06-01T00:00:00Z"
    }
    [result] = client.get("/v1/experiments").json()["data"]
    assert {row["variant"]: row["lists"] for row in result["variants"]}[exposure["variant"]] == 1
    assert client.post("/v1/experiments:stop").json()["stopped_at"]
    assert client.get("/v1/users/ada/experiment").status_code == 404


def test_every_method_of_a_path_is_named_and_head_is_get_without_a_body(client: TestClient) -> None:
    assert client.put("/v1/items").headers["Allow"] == "GET, POST"
    assert client.delete("/v1/users/ada/profile").headers["Allow"] == "GET"
    for path in ("/livez", "/v1/users/ada/profile"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers.get("ETag") == get.headers.get("ETag")


def test_metrics_count_requests(client: TestClient) -> None:
    client.get("/v1/users/ada/profile")

    assert 'route="/v1/users/{user}/profile"' in client.get("/metrics").text


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
    for deed in pages("/v1/users/ada/events"):
        seen.append(deed["event_id"])
        client.delete(f"/v1/users/ada/events/{deed['event_id']}")
    assert seen == whole

    for user in ("ada", "bob", "cleo"):
        agent.services.jobs.add("update", user)
    whole = [job["user_id"] for job in client.get("/v1/jobs").json()["data"]]
    seen = []
    for job in pages("/v1/jobs"):
        seen.append(job["user_id"])
        agent.erase(job["user_id"])
    assert seen == whole


def test_tokens_are_paged(client: TestClient, token: Callable[..., dict[str, str]]) -> None:
    token("read"), token("write")
    headers = token("admin")
    first = client.get("/v1/tokens?limit=2", headers=headers).json()
    second = client.get("/v1/tokens", params={"limit": 2, "cursor": first["next_cursor"]}, headers=headers).json()

    assert (len(first["data"]), len(second["data"]), second["next_cursor"]) == (2, 1, None)
    assert len({token["id"] for token in first["data"] + second["data"]}) == 3


def test_a_token_for_an_id_that_is_written_otherwise_is_for_that_user(client: TestClient) -> None:
    admin = {"Authorization": f"Bearer {client.post('/v1/tokens', json={'scopes': ['admin']}).json()['token']}"}
    wishes = {"scopes": ["read"], "user_id": " ada ", "expires": "45s"}
    new = client.post("/v1/tokens", json=wishes, headers=admin).json()

    shown = client.get("/v1/users/ada/profile", headers={"Authorization": f"Bearer {new['token']}"})
    assert (new["user_id"], new["expires_at"], shown.status_code) == ("ada", "2026-06-01T00:00:45Z", 200)


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

    assert first.json() == again.json() == {"accepted": 1, "duplicate": 0, "withheld": 0}
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


def test_a_key_whose_first_request_is_under_way_is_told_to_come_again(client: TestClient, agent: InterestAgent) -> None:
    body = json.dumps({"events": [EVENT]}).encode()
    digest = hashlib.sha256(b"POST\x1f/v1/events\x1f" + body).hexdigest()
    assert agent.services.idempotency_keys.begin("local", "one", digest, None) is None
    headers = {"Idempotency-Key": "one", "Content-Type": "application/json"}
    answer = client.post("/v1/events", content=body, headers=headers)

    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "2")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/tokens", {"scopes": ["read"]}, "token"),
        ("/v1/webhooks", {"url": "http://93.184.216.34/", "events": ["job.failed"]}, "secret"),
    ],
)
def test_a_secret_is_shown_once_and_kept_in_no_answer(
    client: TestClient,
    agent: InterestAgent,
    token: Callable[..., dict[str, str]],
    path: str,
    body: dict[str, Any],
    field: str,
) -> None:
    headers = {"Idempotency-Key": "one"} | token("admin")
    first, again = (client.post(path, json=body, headers=headers).json() for _ in range(2))

    secret, why = first[field], again.pop("detail")
    assert again == first | {field: None}
    assert why.startswith(f"{field}: shown only once")
    with agent.services.database.read() as connection:
        answers = connection.execute(select(idempotency_keys.c.body)).scalars().all()
    assert [secret.encode() in answer for answer in answers] == [False]


def test_the_page_that_makes_a_token_does_not_show_it_again(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    headers = {"Idempotency-Key": "one"} | token("admin")
    first, again = (client.post("/tokens", data={"scope": "read"}, headers=headers) for _ in range(2))
    assert ("pt_" in first.text, again.status_code, again.text.partition(":")[0]) == (True, 200, "token")
    assert "pt_" not in again.text


def test_the_first_page_opens_no_list_that_was_given(client: TestClient, agent: InterestAgent) -> None:
    agent.start_experiment("mixed", {"a": {"share": 1}, "b": {"share": 1, "diversity": 5}})
    agent.recommend("ada", 3, llm=False)
    queries: list[str] = []

    def note(*arguments: Any) -> None:
        queries.append(arguments[2])

    engine = agent.services.database.engine
    event.listen(engine, "before_cursor_execute", note)
    shown = client.get("/")
    event.remove(engine, "before_cursor_execute", note)

    assert shown.status_code == 200
    assert [query for query in queries if "recommendations.body" in query] == []


def test_events_come_as_json_as_lines_and_packed(client: TestClient) -> None:
    lines = "\n".join(json.dumps(EVENT | {"event_id": f"line-{n}"}) for n in range(3)).encode()
    plain = client.post("/v1/events", content=lines, headers={"Content-Type": "application/x-ndjson"})
    packed = client.post(
        "/v1/events",
        content=gzip.compress(lines),
        headers={"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"},
    )

    assert (plain.json()["accepted"], packed.json()["duplicate"]) == (3, 3)
    file = client.post("/v1/events", content=gzip.compress(lines), headers={"Content-Type": "application/jsonl"})
    assert file.json()["duplicate"] == 3
    whole = gzip.compress(json.dumps({"events": [EVENT | {"event_id": "line-1"}]}).encode())
    for content, type_ in ((lines, None), (gzip.compress(lines), "application/gzip"), (whole, "application/gzip")):
        headers = {"Content-Type": type_} if type_ else {}
        assert client.post("/v1/events", content=content, headers=headers).json()["accepted"] == 0


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "says"),
    [
        ("POST", "/v1/events", b"{", 400, "is not JSON"),
        ("POST", "/v1/events", b'{"events": [{"user_id": "a"}]}', 422, "events.0"),
        ("POST", "/v1/events", json.dumps({"events": [EVENT | {"valeu": 3}]}).encode(), 422, "valeu"),
        ("POST", "/v1/events", b'{"events": []}', 422, "1 to 10,000"),
        ("POST", "/v1/events", b"[" * 100_000, 400, "is not JSON"),
        ("POST", "/v1/events", b" " * 300_000, 413, "larger than"),
        ("POST", "/v1/items", b'{"items": [{"item_id": "x", "title": "x", "colour": 1}]}', 422, "colour"),
        ("POST", "/v1/users/ada/recommendations", b'{"bogus": 1}', 422, "bogus"),
        ("POST", "/v1/users/ada/recommendations", b'{"k":', 400, "not JSON"),
        ("POST", "/v1/items", b"[" * 100_000, 400, "is not JSON"),
        ("POST", "/v1/items", b'{"items": "\xff"}', 400, "is not JSON"),
        ("POST", "/mcp", b" " * 300_000, 413, "larger than"),
        ("GET", "/mcp", None, 405, "as a POST"),
        ("GET", "/v1/users/ada/context?budgte=9&query=tea", None, 422, "budgte: is not known"),
        ("POST", "/v1/users/ada/recommendations", b'{"where": ["price"]}', 422, "FIELD OPERATOR VALUE"),
        ("POST", "/v1/users/ada/recommendations", b'{"k": 100000}', 422, "k"),
        ("GET", "/v1/users/nobody/profile", None, 404, "nobody"),
        ("GET", "/v1/items/nothing", None, 404, "nothing"),
        ("GET", "/v1/jobs/none", None, 404, "none"),
        ("GET", "/v1/users?cursor=%21%21", None, 422, "cursor"),
        ("GET", "/nowhere", None, 404, "openapi"),
        ("DELETE", "/v1/users", None, 405, "Method"),
        ("POST", "/v1/tokens", b'{"scopes": ["admin"], "user_id": "ada"}', 422, "cannot be admin"),
        ("POST", "/v1/tokens", b'{"scopes": ["read"], "user_id": " "}', 422, "user_id ' ' is empty"),
        ("POST", "/v1/users/ada/recommendations", b'{"query": 7}', 422, "cannot be used: query: "),
        ("POST", "/v1/users/ada/recommendations", b'{"path": 7}', 422, "cannot be used: path: is not known"),
        ("GET", f"/v1/items?query={501 * 'x'}", None, 422, "cannot be used: query: "),
        ("GET", "/v1/items?query=tea&cursor=eA", None, 422, "cursor"),
        ("GET", "/v1/users/ada/profile?at=2999-01-01T00:00:00Z", None, 422, "between 1990 and 2100: check it"),
    ],
)
def test_a_mistake_is_a_problem_that_says_what_to_do(
    client: TestClient, method: str, path: str, content: bytes | None, status: int, says: str
) -> None:
    answer = client.request(method, path, content=content, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert says in answer.json()["detail"]
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


def test_a_body_of_another_type_is_told_which_one_is_read(client: TestClient) -> None:
    answer = client.post("/v1/users/ada/recommendations", content=b'{"k": 2}', headers={"Content-Type": "text/plain"})

    assert (answer.status_code, "application/json" in answer.json()["detail"]) == (415, True)
    events = client.post("/v1/events", content=b"user_id,type\nada,view\n", headers={"Content-Type": "text/csv"})
    assert (events.status_code, "application/x-ndjson" in events.json()["detail"]) == (415, True)


def test_what_is_all_optional_needs_no_body(client: TestClient) -> None:
    assert client.post("/v1/updates?wait=30").json()["status"] == "done"
    assert client.post("/v1/users/ada/recommendations").json()["user_id"] == "ada"


def test_a_packed_body_that_unpacks_to_too_much_is_refused(client: TestClient) -> None:
    bomb = gzip.compress(b" " * 50_000_000)

    assert client.post("/v1/events", content=bomb, headers={"Content-Encoding": "gzip"}).status_code == 413


def test_a_body_packed_otherwise_is_refused_with_what_is_read(client: TestClient) -> None:
    answer = client.post("/v1/events", content=b"{}", headers={"Content-Encoding": "br"})

    assert (answer.status_code, "gzip" in answer.json()["detail"]) == (415, True)


def test_without_a_token_only_this_machine_is_answered(agent: InterestAgent, client: TestClient) -> None:
    assert client.get("/v1/users").status_code == 200
    client._transport.client = ("203.0.113.9", 4000)  # type: ignore[attr-defined]

    assert client.get("/v1/users").status_code == 401


def test_once_there_is_a_token_nobody_comes_in_without(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    headers = token()

    assert client.get("/v1/users").status_code == 401
    assert "***" not in client.get("/v1/users").json()["detail"]
    assert client.get("/v1/users", headers=headers).status_code == 200
    assert client.get("/livez").status_code == 200


def test_a_token_reaches_what_its_scopes_say(client: TestClient, token: Callable[..., dict[str, str]]) -> None:
    reading = token("read")

    assert client.get("/v1/users/ada/profile", headers=reading).status_code == 200
    assert client.post("/v1/events", json={"events": [EVENT]}, headers=reading).status_code == 403
    assert client.post("/v1/users/ada/recommendations", json={}, headers=reading).status_code == 403
    assert client.get("/v1/tokens", headers=reading).status_code == 403


@pytest.mark.parametrize("spelling", ["bob", "ada2", "ADA", "ada%00", "ad%CC%81a"])
def test_a_user_s_token_reaches_that_user_alone(
    client: TestClient, token: Callable[..., dict[str, str]], spelling: str
) -> None:
    headers = token(user_id="ada")

    assert client.get("/v1/users/ada/profile", headers=headers).status_code == 200
    assert client.get("/v1/users/ada%20/profile", headers=headers).json()["user_id"] == "ada"
    for path in ("profile", "events", "export", "consents", "history", "context", "explanations/tea-5"):
        assert client.get(f"/v1/users/{spelling}/{path}", headers=headers).status_code in (403, 422)
    assert client.delete(f"/v1/users/{spelling}", headers=headers).status_code in (403, 422)


def test_a_user_s_token_reaches_nothing_of_everybody(client: TestClient, token: Callable[..., dict[str, str]]) -> None:
    headers = token(user_id="ada")
    asked = [
        client.get("/v1/users", headers=headers),
        client.get("/v1/audit", headers=headers),
        client.get("/metrics", headers=headers),
        client.post("/v1/updates", json={}, headers=headers),
        client.post("/v1/recommendations:batch", json={"user_ids": ["bob"]}, headers=headers),
        client.post("/v1/items", json={"items": [{"item_id": "x", "title": "x"}]}, headers=headers),
        client.post("/v1/events", json={"events": [EVENT]}, headers=headers),
        client.post("/v1/users/ada/merge", json={"from": "bob"}, headers=headers),
    ]

    assert [answer.status_code for answer in asked] == [403] * len(asked)


def test_a_revoked_or_expired_token_is_worthless_at_once(
    agent: InterestAgent, client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    keep, gone = token(), agent.services.access_tokens.create(["read"])
    headers = {"Authorization": f"Bearer {gone.token}"}
    assert client.get("/v1/users", headers=headers).status_code == 200
    agent.services.access_tokens.revoke(gone.id)
    assert client.get("/v1/users", headers=headers).status_code == 401

    short = token(expires_in=timedelta(hours=1))
    assert client.get("/v1/users", headers=short).status_code == 200
    assert isinstance(agent.clock, FixedClock)
    agent.clock.advance(timedelta(hours=2))
    assert client.get("/v1/users", headers=short).status_code == 401
    assert client.get("/v1/users", headers=keep).status_code == 200


def test_the_stored_digest_of_a_token_is_no_token(agent: InterestAgent, client: TestClient) -> None:
    token = agent.services.access_tokens.create(["read"])
    digest = hashlib.sha256(token.token.encode()).hexdigest()
    for wrong in (digest, f"sha256:{digest}", token.token + " ", token.token.upper(), "\xe9"):
        answer = client.get("/v1/users", headers={b"Authorization": f"Bearer {wrong}".encode("latin-1")})
        assert answer.status_code == (200 if wrong.strip() == token.token else 401)


def test_strange_hosts_and_origins_are_sent_away(client: TestClient) -> None:
    assert client.get("/v1/users", headers={"Host": "evil.example"}).status_code == 421
    crossed = client.post("/v1/events", json={"events": [EVENT]}, headers={"Origin": "https://evil.example"})
    assert crossed.status_code == 403
    assert (
        client.post("/v1/events", json={"events": [EVENT]}, headers={"Origin": "http://testserver"}).status_code == 200
    )


def test_what_is_changed_and_who_is_looked_at_stands_in_the_audit_log_until_they_are_erased(client: TestClient) -> None:
    client.get("/v1/users/ada/profile")
    client.post("/v1/users/ada/feedback", json={"item_id": "tea-5", "outcome": "liked"})
    actions = [row["action"] for row in client.get("/v1/audit?user=ada").json()["data"]]
    assert actions == ["POST /v1/users/{user}/feedback", "GET /v1/users/{user}/profile"]

    client.delete("/v1/users/ada")
    assert client.get("/v1/audit?user=ada").json()["data"] == []


def test_what_a_user_says_of_themself_is_kept_told_and_taken_back(client: TestClient) -> None:
    response = client.post("/v1/users/ada/statements", json={"text": "I am allergic to nuts."})
    assert response.status_code == 201
    [statement] = response.json()["statements"]
    assert (statement["text"], statement["strict"]) == ("I am allergic to nuts.", True)
    assert "I am allergic to nuts." in client.get("/v1/users/ada/context?query=a snack").json()["text"]

    assert client.delete(f"/v1/users/ada/statements/{statement['id']}").status_code == 200
    assert client.get("/v1/users/ada/statements").json()["statements"] == []


def test_a_message_that_states_nothing_leaves_nothing(client: TestClient) -> None:
    known = client.get("/v1/users/ada/events").json()
    for user in ("ada", "newcomer"):
        answer = client.post(f"/v1/users/{user}/statements", json={"text": "What time is it?"})
        assert (answer.status_code, "plain sentence" in answer.json()["detail"]) == (422, True)

    assert client.get("/v1/users/ada/events").json() == known
    assert client.get("/v1/users/newcomer/profile").status_code == 404
    client.put("/v1/users/ada/consents", json={"profile": False})
    refused = client.post("/v1/users/ada/statements", json={"text": "I am allergic to nuts."})
    assert (refused.status_code, "`PUT /v1/users/{user}/consents` allows it" in refused.json()["detail"]) == (403, True)


def test_a_job_can_be_looked_at_and_cancelled(agent: InterestAgent, client: TestClient) -> None:
    queued = client.post("/v1/updates", json={})
    assert queued.status_code == 202
    job = queued.json()["id"]
    assert queued.headers["Location"] == f"/v1/jobs/{job}"

    ended = client.delete(f"/v1/jobs/{job}").json()["status"]
    assert ended in ("cancelled", "done")


def test_a_job_can_be_followed_until_it_has_ended(agent: InterestAgent, address: str) -> None:
    job = agent.services.jobs.add("a kind that no worker takes")
    with httpx.stream("GET", f"{address}/v1/jobs/{job.id}", headers={"Accept": "text/event-stream"}) as streamed:
        lines = (line for line in streamed.iter_lines() if line)
        assert (next(lines), json.loads(next(lines).removeprefix("data: "))["status"]) == ("event: progress", "queued")
        agent.services.jobs.cancel(job.id)
        assert next(lines) == "event: done"
        assert json.loads(next(lines).removeprefix("data: ")) == httpx.get(f"{address}/v1/jobs/{job.id}").json()
        assert list(lines) == []


def test_a_job_that_is_followed_and_erased_with_its_user_ends_with_an_error(agent: InterestAgent, address: str) -> None:
    job = agent.services.jobs.add("a kind that no worker takes", "bob")
    with httpx.stream("GET", f"{address}/v1/jobs/{job.id}", headers={"Accept": "text/event-stream"}) as streamed:
        lines = (line for line in streamed.iter_lines() if line.startswith("event"))
        assert next(lines) == "event: progress"
        agent.erase("bob")
        assert list(lines) == ["event: error"]


def test_followers_of_jobs_leave_room_for_other_requests(agent: InterestAgent, address: str) -> None:
    job = agent.services.jobs.add("a kind that no worker takes")
    streamed, path = {"Accept": "text/event-stream"}, f"{address}/v1/jobs/{job.id}"
    with ExitStack() as stack:
        followers = [
            stack.enter_context(httpx.stream("GET", path, headers=streamed)).iter_lines()
            for _ in range(agent.settings.serve.max_requests // 2)
        ]
        assert {next(lines) for lines in followers} == {"event: progress"}
        turned_away = httpx.get(path, headers=streamed, timeout=60)
        assert (turned_away.status_code, turned_away.headers["Retry-After"]) == (429, "1")
        assert httpx.get(path, timeout=60).json()["status"] == "queued"


def test_a_stream_that_is_refused_is_not_sent(client: TestClient) -> None:
    job = client.post("/v1/updates", json={}).json()["id"]
    accept = "application/json, text/event-stream;q=0"
    assert client.get(f"/v1/jobs/{job}", headers={"Accept": accept}).json()["id"] == job


def test_messages_are_answered_whole_or_in_pieces(client: TestClient) -> None:
    whole = client.post("/v1/users/ada/messages", json={"message": "What do you know about me?"})
    assert (whole.status_code, bool(whole.json()["text"])) == (200, True)

    streamed = client.post("/v1/users/ada/messages", json={"message": "hello"}, headers={"Accept": "text/event-stream"})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert streamed.text.rstrip().splitlines()[-2] == "event: done"


def test_every_route_stands_in_the_documentation(client: TestClient) -> None:
    page = (Path(__file__).parents[3] / "docs" / "http.md").read_text("utf-8")
    document = client.get("/openapi.json").json()

    assert [path for path in document["paths"] if path not in page] == []


def test_every_route_is_documented_with_its_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), (method, path)
            assert {"401", "403", "422"} <= set(operation["responses"]), (method, path)


def test_over_mcp_a_user_s_token_reaches_that_user_only(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    headers = token(user_id="ada") | {"Accept": "application/json, text/event-stream"}

    def call(name: str, **arguments: Any) -> Any:
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
        return client.post("/mcp", json=asked, headers=headers).json()["result"]

    assert call("get_profile")["structuredContent"]["user_id"] == "ada"
    other = call("get_profile", user_id="bob")
    assert other["isError"] is True
    assert "lamp" not in json.dumps(other).lower()
    assert client.post("/mcp", json={}).status_code == 401
    refused = client.post("/mcp", json={}, headers=token("read"))
    assert (refused.status_code, refused.json()["detail"]) == (
        403, "this token lacks write, recommend: MCP needs one with read, write, recommend",
    )  # fmt: skip


def test_a_signed_token_reaches_the_one_user_that_its_claim_names(tmp_path: Path) -> None:
    import jwt

    key = "a shared secret of at least thirty-two bytes"
    settings = Settings(
        home=tmp_path,
        llm={"provider": "none"},
        jwt={"issuer": "https://id.example", "key": key, "algorithms": ["HS256"]},
    )
    claims = {"iss": "https://id.example", "sub": "ada", "exp": 4_000_000_000}
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        agent.services.access_tokens.create(["admin"])
        agent.observe([Event(user_id=user, type="view", item_id="x", at=agent.clock.now()) for user in ("ada", "bob")])
        with TestClient(create_app(agent), client=("127.0.0.1", 5000), raise_server_exceptions=False) as client:

            def status(path: str, signed_with: str = key, **changed: object) -> int:
                token = jwt.encode(claims | changed, signed_with, "HS256")
                return client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code

            assert status("/v1/users/ada/events") == 200
            assert status("/v1/users/bob/events") == 403
            assert status("/v1/users") == 403
            assert status("/v1/users/ada/events", iss="https://evil.example") == 401
            assert status("/v1/users/ada/events", exp=1) == 401
            assert status("/v1/users/ada/events", signed_with=key[::-1]) == 401


def test_times_of_requests_are_read_as_those_of_events_are(client: TestClient) -> None:
    asked = client.get("/v1/users/ada/profile", params={"at": "20260601"})
    assert (asked.status_code, "is a date (2026-06-01)" in asked.json()["detail"]) == (422, True)
    assert "--zone" not in asked.json()["detail"]
    by_seconds = client.get("/v1/users/ada/profile", params={"at": "1780272000"}).json()
    by_milliseconds = client.get("/v1/users/ada/profile", params={"at": "1780272000000"}).json()
    assert by_seconds == by_milliseconds and by_seconds["as_of"].startswith("2026-06-01")


def test_null_for_what_may_be_left_out_is_what_leaving_it_out_is(client: TestClient) -> None:
    nothing = dict.fromkeys(("k", "query", "where", "exclude", "boost", "pin", "cap", "after", "llm"))
    with_nulls = client.post("/v1/users/ada/recommendations", json=nothing).json()
    without = client.post("/v1/users/ada/recommendations", json={}).json()
    assert [item["item_id"] for item in with_nulls["items"]] == [item["item_id"] for item in without["items"]]


@pytest.mark.parametrize("cursor", ["", "0", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "LTE", "eA", "\u00b2", "===="])
@pytest.mark.parametrize(
    "path", ["/v1/audit", "/v1/users/ada/history", "/v1/users/ada/events", "/v1/items", "/v1/users", "/v1/jobs"]
)
def test_a_cursor_that_is_none_of_ours_is_refused_or_begins_somewhere(
    client: TestClient, path: str, cursor: str
) -> None:
    assert client.get(path, params={"cursor": cursor}).status_code in (200, 404, 422)


def test_the_catalogue_page_hides_an_item_and_shows_it_again_as_it_was(
    client: TestClient, agent: InterestAgent
) -> None:
    before = agent.items(["tea-5"])["tea-5"]
    client.post("/catalogue/tea-5", data={"available": "no"})
    assert not agent.items(["tea-5"])["tea-5"].available
    client.patch("/v1/items/tea-6", json={"title": "other tea"})
    client.post("/catalogue/tea-5", data={"available": "yes"})

    assert agent.items(["tea-5"])["tea-5"] == before
    page = client.get("/catalogue/tea-5/similar").text
    assert 'href="/catalogue/tea-1/similar"' in page
    assert '<a href="/catalogue/tea-5/similar"' not in page


def test_an_error_names_the_route_that_mends_it_and_no_command(client: TestClient, agent: InterestAgent) -> None:
    unknown = client.get("/v1/users/nobody/profile").json()
    assert unknown["detail"] == "nobody has seen user 'nobody': `GET /v1/users` names everyone known"
    job = client.post("/v1/users/nobody/update?wait=30").json()
    assert job["result"]["users"][0]["degraded"] == [{"step": "update", "reason": unknown["detail"]}]
    agent.revoke("ada", "recommend")
    [batch] = client.post("/v1/recommendations:batch", json={"user_ids": ["ada"]}).json()["data"]
    assert batch["error"].endswith(": `PUT /v1/users/{user}/consents` allows it")


def test_every_route_that_stands_for_a_command_exists(client: TestClient) -> None:
    documented = {
        f"{method.upper()} {path}"
        for path, methods in client.get("/openapi.json").json()["paths"].items()
        for method in methods
    }
    assert set(ROUTES.values()) - documented == set()
    assert by_route("see `penchant stats`, `penchant update USER --json`") == (
        "see `penchant stats`, `POST /v1/users/{user}/update`"
    )


def test_what_is_quick_does_not_wait_for_lists_that_wait_for_one_another(
    address: str, agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, recommend = threading.Event(), agent.recommend

    def slowly(*arguments: Any, **named: Any) -> Any:
        may_go_on.wait(60)
        return recommend(*arguments, **named)

    monkeypatch.setattr(agent, "recommend", slowly)
    with ThreadPoolExecutor(50) as pool, httpx.Client(timeout=30) as http:
        lists = [pool.submit(httpx.post, f"{address}/v1/users/ada/recommendations", timeout=60) for _ in range(50)]
        try:
            while "penchant_requests_under_way 51.0" not in http.get(f"{address}/metrics").text:  # 50, and this one
                pass
            profile = http.get(f"{address}/v1/users/ada/profile")
        finally:
            may_go_on.set()

    assert profile.status_code == 200
    assert {answer.result().status_code for answer in lists} == {200}


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_the_account_of_an_item_on_its_page_adds_up_and_names_what_it_rests_on(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(persons, "SHOWN_PARTS", rows)
    page = client.get("/people/ada/why/tea-5").text
    *parts, score = [float(number) for number in re.findall(r">([+-]\d+\.\d{4})<", page)]

    assert parts
    assert sum(parts) == pytest.approx(score, abs=1e-3)
    assert (">green tea, red tea, and 2 more<" in page) == (rows > 0)
