"""Bodies as they are sent, and problems that say what to do."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from penchant import InterestAgent
from penchant.characters import has_han
from penchant.errors import ModelUnreachable
from penchant.store.receipt import Degraded
from penchant.tools.http.routes_for_commands import ROUTES, by_route
from penchant.tools.openai import call_tool

ANY = {"Accept": "application/json, text/event-stream"}
EVENT = {"user_id": "eve", "type": "purchase", "item_id": "tea-1", "at": "2026-05-30T10:00:00Z"}


def events_with(fields: dict[str, object]) -> bytes:
    """A body of two events, of which the second has these fields, too."""
    return json.dumps({"events": [EVENT, EVENT | fields]}).encode()


def test_an_event_that_is_known_with_other_content_is_named(client: TestClient, agent: InterestAgent) -> None:
    named, unchanged, other = (
        EVENT | {"event_id": "e-1"},
        EVENT | {"event_id": "e-2"},
        {"event_id": "e-1", "item_id": "tea-2"},
    )
    client.post("/v1/events", json={"events": [named, unchanged]})
    sent = client.post("/v1/events", json={"events": [named | other, unchanged, EVENT | {"event_id": "e-3"}]}).json()

    assert sent == {"accepted": 1, "duplicate": 2, "withheld": 0, "differing": ["e-1"]}
    assert agent.observe([named | other]).differing == ["e-1"]
    assert agent.event("eve", "e-1").item_id == "tea-1"


def test_a_tool_names_an_event_that_is_known_with_other_content_and_not_one_that_comes_again_without_a_time(
    agent: InterestAgent,
) -> None:
    events = [{"type": "view", "item_id": f"tea-{n}", "event_id": f"e-{n}"} for n in (1, 2)]
    first, again = (
        json.loads(call_tool("record_events", json.dumps({"user_id": "eve", "events": sent}), agent=agent))
        for sent in (events, [events[0], events[1] | {"item_id": "tea-3"}])
    )

    assert [first["accepted"], first["differing"]] == [2, []]
    assert [again["duplicate"], again["differing"]] == [2, ["e-2"]]


def test_the_detail_of_a_problem_is_in_the_language_that_the_caller_prefers(client: TestClient) -> None:
    def asked(**headers: str) -> tuple[dict[str, str], str, str]:
        answer = client.get("/v1/users/nobody/profile", headers=headers)
        body = answer.json()
        body.pop("request_id")
        assert "Accept-Language" in answer.headers["Vary"]
        return body, body.pop("detail"), answer.headers["Content-Language"]

    same, english, language = asked()
    assert asked(**{"Accept-Language": "fr, en;q=0.5"}) == (same, english, language)
    assert language == "en"
    chinese = asked(**{"Accept-Language": "zh-CN,zh;q=0.9"})
    assert (chinese[0], chinese[2]) == (same, "zh")
    assert has_han(chinese[1]) and not has_han(english)
    assert has_han(client.get("/v1/nothing", headers={"Accept-Language": "zh"}).json()["detail"])


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("GET", "/v1/users/ada/profile", {"headers": {"Authorization": "Bearer none"}}),
        ("GET", "/v1/users/ada/events?cursor=xxx", {}),
        ("GET", "/v1/users/ada/profile?at=yesterday", {}),
        ("GET", "/v1/users/ada/profile?colour=red", {}),
        ("GET", "/v1/items/tea-1/similar?k=100000", {}),
        ("POST", "/v1/items", {"content": "{", "headers": {"Content-Type": "application/json"}}),
        ("POST", "/v1/items", {"content": "a", "headers": {"Content-Type": "text/plain"}}),
        ("POST", "/v1/events", {"content": "{", "headers": {"Content-Type": "application/json"}}),
        ("POST", "/v1/users/ada/recommendations", {"json": {"k": 0}}),
        ("POST", "/v1/users/ada/recommendations", {"json": {"colour": "red"}}),
        ("POST", "/v1/users/ada/recommendations", {"json": {}, "headers": {"Idempotency-Key": "x" * 300}}),
        ("POST", "/v1/users/ada/statements", {"json": {"text": ""}}),
    ],
)
def test_no_english_sentence_is_in_the_detail_for_a_chinese_caller(
    client: TestClient, method: str, path: str, sent: dict[str, Any]
) -> None:
    headers = sent.pop("headers", {}) | {"Accept-Language": "zh"}

    detail = client.request(method, path, headers=headers, **sent).json()["detail"]

    own_words = re.sub(r"'[^']*'", "", detail)  # in quotes is what was sent, or what a library says of it
    assert has_han(own_words) and not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", own_words), detail


def test_a_problem_that_is_sent_again_names_its_language_again(client: TestClient) -> None:
    headers = {"Accept-Language": "zh", "Idempotency-Key": "language"}
    first, again = (client.post("/v1/users/nobody/merge", json={"into": "ada"}, headers=headers) for _ in range(2))

    assert again.headers["Idempotent-Replay"] == "true"
    assert (again.json(), again.headers["Content-Language"]) == (first.json(), first.headers["Content-Language"])


def test_every_method_of_a_path_is_named_and_head_is_get_without_a_body(client: TestClient) -> None:
    assert client.put("/v1/items").headers["Allow"] == "GET, HEAD, POST"
    assert client.delete("/v1/users/ada/profile").headers["Allow"] == "GET, HEAD"
    for path in ("/livez", "/v1/users/ada/profile"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers.get("ETag") == get.headers.get("ETag")


def test_where_the_store_is_and_what_it_lacks_is_for_the_log_alone(
    client: TestClient, agent: InterestAgent, caplog: pytest.LogCaptureFixture
) -> None:
    with agent.services.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE statements RENAME TO elsewhere")

    answer = client.get("/v1/users/ada/statements")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert answer.json()["detail"] == (
        "the store cannot be used at the moment: try again later, or ask the operator: the server's log has the reason under "
        + answer.json()["request_id"]
    )
    assert f"request {answer.json()['request_id']} failed: sqlite:///" in caplog.text
    assert "no such table" in caplog.text


def test_where_a_model_runs_is_for_the_log_alone(
    client: TestClient, agent: InterestAgent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    address = "http://models.internal:9/v1"

    def fail(*_: object, **__: object) -> None:
        raise ModelUnreachable(f"no connection to {address} (refused); is the server running?")

    for operation in ("add_items", "recommend", "update", "count_items"):
        monkeypatch.setattr(InterestAgent, operation, fail)
    asked = {"name": "recommend_items", "arguments": {"user_id": "ada"}}
    answers = [
        client.post("/v1/items", json={"items": [{"item_id": "cup", "title": "cup"}]}),
        client.post("/v1/users/ada/recommendations", json={}),
        client.get("/readyz"),
        client.post("/v1/recommendations:batch", json={"user_ids": ["ada"]}),
        client.get("/try?user=ada"),
        client.post("/v1/users/ada/update?wait=30"),
        client.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": asked}, headers=ANY),
    ]

    assert [answer.status_code for answer in answers] == [503, 503, 503, 200, 200, 200, 200]
    assert not [answer.text for answer in answers if "models.internal" in answer.text]
    assert answers[5].json()["error"] == "no connection to the server (refused); is the server running?"
    assert answers[0].json()["detail"] == (
        "a model or the server it runs on cannot be used at the moment: "
        "try again later, or ask the operator: the server's log has the reason under " + answers[0].json()["request_id"]
    )
    assert caplog.text.count(address) == len(answers)


def test_a_step_that_a_model_failed_at_does_not_say_where_the_model_runs(
    client: TestClient, agent: InterestAgent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    listed = agent.recommend("ada", k=1)
    reason = (
        "'https://shop.example/tea' is lost: no connection to http://models.internal:9/v1; run `penchant update ada`"
    )
    degraded = listed.model_copy(update={"degraded": [Degraded(step="rerank", reason=reason)]})
    monkeypatch.setattr(InterestAgent, "recommend", lambda *_, **__: degraded)

    answer = client.post("/v1/users/ada/recommendations", json={"llm": True}).json()

    shown = "'https://shop.example/tea' is lost: no connection to the server; run `POST /v1/users/{user}/update`"
    assert answer["degraded"] == [{"step": "rerank", "reason": shown}]
    assert "models.internal" in caplog.text


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
        ("POST", "/v1/events", events_with({"type": "sneeze"}), 422, "event 1: unknown event type 'sneeze'"),
        ("POST", "/v1/events", events_with({"at": "2099-01-01T00:00:00Z"}), 422, "event 1: 2099-01-01 00:00 is in"),
        (
            "POST",
            "/v1/events",
            events_with({"type": "search", "item_id": None}),
            422,
            "event 1: a search without words",
        ),
        ("POST", "/v1/events", events_with({"context": "phone"}), 422, "events.1.context: is text that is not JSON"),
        ("POST", "/v1/events", events_with({"at": "x", "value": "y"}), 422, "events.1.value: "),
        ("POST", "/v1/users/ada/update", b'{"at": "2026-05-30T10:00:00Z"}', 422, "at: is not known here"),
        ("POST", "/v1/users/ada/update", b"[1]", 422, "body: is not known here"),
        ("DELETE", "/v1/items/tea-1", b'{"hide": true, "\\ud800": 1}', 422, "hide, ?: is not known here"),
        ("POST", "/v1/users:import", b'{"nick": "a"}', 422, "nick: is not known here"),
        (
            "POST",
            "/v1/experiments",
            b'{"name": " ", "variants": {"a": {"share": 1}, "b": {"share": 1}}}',
            422,
            "1 to 64",
        ),
        ("PATCH", "/v1/taxonomy/gifts", b'{"action": "move", "value": "jazz"}', 404, "only themes can be moved"),
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
        (
            "POST",
            "/v1/tokens",
            b'{"scopes": ["read"], "expires": "99999999y"}',
            422,
            "not a length of time up to a century",
        ),
        ("POST", "/v1/tokens", b'{"scopes": ["read"], "expires": "101y"}', 422, "not a length of time up to a century"),
        ("POST", "/v1/tokens", b'{"scopes": ["read"], "user_id": " "}', 422, "user_id ' ' is empty"),
        ("POST", "/v1/users/ada/recommendations", b'{"query": 7}', 422, "cannot be used: query: "),
        ("POST", "/v1/users/ada/recommendations", b'{"path": 7}', 422, "cannot be used: path: is not known"),
        ("GET", f"/v1/items?query={501 * 'x'}", None, 422, "cannot be used: query: "),
        ("GET", "/v1/items?query=tea&cursor=eA", None, 422, "cursor"),
        ("GET", "/v1/users/nobody/events", None, 404, "nobody"),
        ("GET", "/v1/users/nobody/history", None, 404, "nobody"),
        ("GET", "/v1/items?limit=3&limit=5", None, 422, "limit: is given more than once"),
        ("GET", "/v1/items?item_id=tea-1", None, 422, "item_id: is not known here"),
        ("GET", "/v1/users/ada/profile?user=bob", None, 422, "user: is not known here"),
        (
            "POST",
            "/v1/recommendations:batch",
            b'{"user_ids": ["ada"], "where": ["price"]}',
            422,
            "FIELD OPERATOR VALUE",
        ),
        ("POST", "/v1/recommendations:batch", b'{"user_ids": ["ada"], "cap": ["x"]}', 422, "is not a cap"),
        ("PATCH", "/v1/users/ada/interests/tea", b'{"action": "unpin"}', 409, "'Tea' is not pinned"),
        ("GET", "/v1/users/ada/profile?at=2026-01-01T00:00:00+01:00", None, 422, "written as %2B in an address"),
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


def test_a_line_that_is_not_json_is_named(client: TestClient) -> None:
    lines = json.dumps(EVENT).encode() + b"\n\n{bad\n"
    answer = client.post("/v1/events", content=lines, headers={"Content-Type": "application/x-ndjson"})

    assert (answer.status_code, "line 3 of the body is not JSON" in answer.json()["detail"]) == (400, True)


def test_a_wrong_event_is_told_by_field(client: TestClient) -> None:
    wrong = client.post(
        "/v1/events",
        content=events_with({"at": "2026-05-30", "value": "y"}),
        headers={"Content-Type": "application/json"},
    )

    assert [error["field"] for error in wrong.json()["errors"]] == ["events.1.at", "events.1.value"]


def test_an_empty_condition_is_none_on_every_list_of_the_catalogue(client: TestClient) -> None:
    for path in ("items", "items/tea-1/similar", "items:popular", "items:latest"):
        assert client.get(f"/v1/{path}?where=").json() == client.get(f"/v1/{path}").json()


def test_the_lists_of_the_catalogue_can_be_of_one_domain(client: TestClient) -> None:
    client.post("/v1/items", json={"items": [{"item_id": "n1", "title": "Tea prices rise", "domain": "news"}]})
    client.post(
        "/v1/events", json={"events": [{"user_id": "bo", "type": "click", "item_id": "n1", "at": "2026-05-30T10:00Z"}]}
    )

    for path in ("items/tea-1/similar", "items:popular", "items:latest"):
        of_domain = client.get(f"/v1/{path}?domain=news").json()["items"]
        assert [item["item_id"] for item in of_domain] == ["n1"]


def test_several_conditions_are_all_wanted(client: TestClient) -> None:
    found = client.get("/v1/items?where=category=Tea&where=attributes.price<12")

    assert [item["item_id"] for item in found.json()["data"]] == ["tea-0", "tea-1", "tea-2"]


def test_of_somebody_who_has_only_declared_something_there_are_no_events_yet(client: TestClient) -> None:
    client.post("/v1/users/new/onboarding", json={"interests": ["tea"]})

    assert client.get("/v1/users/new/events").json() == {"data": [], "next_cursor": None}


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


def test_every_reference_in_the_description_leads_somewhere(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    referred = set(re.findall(r'"\$ref": "#/components/schemas/([^"]+)"', json.dumps(description)))

    assert "Page_Event_" in referred
    assert referred - set(description["components"]["schemas"]) == set()


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


def test_an_error_names_the_route_that_mends_it_and_no_command(client: TestClient, agent: InterestAgent) -> None:
    unknown = client.get("/v1/users/nobody/profile").json()
    assert unknown["detail"] == "user 'nobody' is unknown: `GET /v1/users` lists all users"
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


@pytest.mark.parametrize(("path", "body"), [("messages", {"message": " \n "}), ("statements", {"text": "  "})])
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_what_says_nothing_is_refused_before_anything_is_streamed(
    client: TestClient, path: str, body: dict[str, str], accept: str
) -> None:
    answer = client.post(f"/v1/users/ada/{path}", json=body, headers={"Accept": accept})

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["message"] == "is empty: write what the user says"


@pytest.mark.parametrize("path", ["/mcpx", "/mcp/tools", "/v1/nowhere"])
def test_what_is_nowhere_is_a_problem_below_mcp_too(client: TestClient, path: str) -> None:
    answer = client.post(path, json={})

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_friend_who_has_nothing_to_lend_yet_is_named_over_http_too(client: TestClient) -> None:
    answer = client.post("/v1/users/new/onboarding", json={"interests": ["tea"], "friends": ["ada", "nobody-yet"]})

    assert (answer.status_code, answer.json()["friends_without_profile"]) == (200, ["nobody-yet"])
