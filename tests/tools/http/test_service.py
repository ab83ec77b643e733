"""The service as a program sees it: a shop's day, jobs, talk, pages, and what is quick beside what is slow."""

import json
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from penchant import InterestAgent
from penchant.characters import has_han
from penchant.errors import UsageError
from penchant.store.receipt import Usage
from penchant.tools.http.pages import persons

MCP_CLIENT = {"Accept": "application/json, text/event-stream"}
EVENT = {"user_id": "eve", "type": "purchase", "item_id": "tea-1", "at": "2026-05-30T10:00:00Z"}


def tool_call(name: str, **arguments: Any) -> dict[str, Any]:
    """A call of an MCP tool about ada."""
    params = {"name": name, "arguments": {"user_id": "ada"} | arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def test_a_day_of_a_shop(client: TestClient) -> None:
    added = client.post(
        "/v1/items", json={"items": [{"item_id": "cup", "title": "tea cup", "attributes": {"price": 9}}]}
    )
    assert added.json() == {"added": 1, "updated": 0, "unchanged": 0}
    assert client.post("/v1/events", json={"events": [EVENT, EVENT]}).json() == {
        "accepted": 1, "duplicate": 1, "withheld": 0, "differing": [],
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


@pytest.mark.parametrize(
    ("given", "attributes"),
    [
        ({"price": 1}, {"price": 1, "brand": "Miko", "vegan": True, "size.w": 7, "size.h": 9}),
        ({"vegan": None, "colour": "red"}, {"price": 9, "brand": "Miko", "size.w": 7, "size.h": 9, "colour": "red"}),
        ({"size": {"h": None, "d": 2}}, {"price": 9, "brand": "Miko", "vegan": True, "size.w": 7, "size.d": 2}),
        ({"size": None}, {"price": 9, "brand": "Miko", "vegan": True}),
        ({}, {"price": 9, "brand": "Miko", "vegan": True, "size.w": 7, "size.h": 9}),
        (None, {}),
    ],
)
def test_attributes_that_a_change_of_an_item_leaves_out_stay(
    client: TestClient, given: Any, attributes: dict[str, Any]
) -> None:
    before = {"price": 9, "brand": "Miko", "vegan": True, "size": {"w": 7, "h": 9}}
    client.post("/v1/items", json={"items": [{"item_id": "cup", "title": "tea cup", "attributes": before}]})

    changed = client.patch("/v1/items/cup", json={"attributes": given}).json()

    assert changed == client.get("/v1/items/cup").json()
    assert (changed["title"], changed["attributes"]) == ("tea cup", attributes)


@pytest.mark.parametrize("given", [{"price": 2**70}, {"deep": {"a": {"b": [[[[[[[[[1]]]]]]]]]}}}, "price=1"])
def test_attributes_that_no_item_can_have_change_nothing(client: TestClient, given: Any) -> None:
    before = client.get("/v1/items/tea-1").json()

    answer = client.patch("/v1/items/tea-1", json={"attributes": given})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "attributes")
    assert client.get("/v1/items/tea-1").json() == before


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


def test_every_list_and_every_reason_comes_in_the_language_asked_for(client: TestClient) -> None:
    paths = ("items:popular", "items:latest", "items/tea-1/similar", "users/ada/explanations/tea-6")
    answers = [client.get(f"/v1/{path}?lang=zh").json() for path in paths]
    reasons = [answer["items"][0]["why"] for answer in answers[:3]] + [answers[3]["explanation"]["text"]]

    assert [reason for reason in reasons if not has_han(reason)] == []


def test_an_experiment_is_begun_asked_about_and_ended(client: TestClient) -> None:
    body = {"name": "mixed-lists", "variants": {"as-is": {"share": 1}, "mixed": {"share": 1, "diversity": 0.3}}}
    assert client.post("/v1/experiments", json=body).status_code == 201
    assert client.post("/v1/experiments", json=body).status_code == 409
    exposure = client.get("/v1/users/ada/experiment").json()
    assert client.post("/v1/users/ada/recommendations", json={"k": 2}).json()["exposure"] == exposure | {
        "at": "2026-06-01T00:00:00Z"
    }
    [result] = client.get("/v1/experiments").json()["data"]
    assert {row["variant"]: row["lists"] for row in result["variants"]}[exposure["variant"]] == 1
    assert client.post("/v1/experiments:stop").json()["stopped_at"]
    assert client.get("/v1/users/ada/experiment").status_code == 404


def test_a_budget_has_the_same_limits_over_http_as_in_python_and_one_that_nothing_fits_says_what_is_left_out(
    client: TestClient, agent: InterestAgent
) -> None:
    for budget in (0, 1, 1_000_000):
        answer = client.get("/v1/users/ada/context", params={"budget": budget})
        assert answer.json() == agent.context("ada", budget).model_dump(mode="json")
        assert bool(answer.json()["text"]) is not bool(answer.json()["left_out"])
    for budget in (-1, 1_000_001):
        assert client.get("/v1/users/ada/context", params={"budget": budget}).status_code == 422
        with pytest.raises(UsageError):
            agent.context("ada", budget)


def test_metrics_count_requests(client: TestClient) -> None:
    client.get("/v1/users/ada/profile")

    assert 'route="/v1/users/{user}/profile"' in client.get("/metrics").text


def metrics_of(client: TestClient) -> dict[str, float]:
    lines = [line for line in client.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_metrics_count_updates_and_reads_of_caches(client: TestClient) -> None:
    before = metrics_of(client)
    events = [EVENT | {"user_id": "ada", "item_id": f"tea-{n}", "type": "view"} for n in range(3)]
    client.post("/v1/events", json={"events": events})
    client.post("/v1/users/ada/update?wait=30")
    for _ in range(2):
        client.post("/v1/users/ada/recommendations", json={"query": "tea"})
    after = metrics_of(client)

    def grown(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    folded = [grown(f'penchant_folded_events_total{{outcome="{outcome}"}}') for outcome in ("assigned", "pooled")]
    assert (grown("penchant_folds_total"), sum(folded)) == (1, 3)
    for cache in ("newest behaviour", "models of items"):
        assert grown(f'penchant_cache_reads_total{{cache="{cache}",result="hit"}}') >= 1


def test_metrics_price_the_calls_of_models(client: TestClient, agent: InterestAgent) -> None:
    agent.settings.llm.price_per_million_input, agent.settings.llm.price_per_million_output = 2.0, 10.0
    agent.services.usage.add(
        agent.clock.now().date(), "reading", "ada", "m", Usage(calls=1, prompt_tokens=1000, completion_tokens=50)
    )

    assert metrics_of(client)['penchant_model_cost{model="m"}'] == pytest.approx(0.0025)


def test_metrics_and_the_audit_log_name_the_route_of_requests_that_the_gate_answers_itself(client: TestClient) -> None:
    key = {"Idempotency-Key": "one"}
    for body in ({"k": 2}, {"k": 2}, {"k": 3}):  # answered, repeated, refused
        client.post("/v1/users/ada/recommendations", json=body, headers=key)

    counted = 'penchant_requests_total{method="POST",route="/v1/users/{user}/recommendations",status="%s"} %s'
    metrics = client.get("/metrics").text
    assert counted % (200, "2.0") in metrics
    assert counted % (409, "1.0") in metrics
    assert 'route="other"' not in metrics
    assert {entry["action"] for entry in client.get("/v1/audit").json()["data"]} == {
        "POST /v1/users/{user}/recommendations"
    }


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


def test_what_a_user_says_of_themself_is_kept_told_and_taken_back(client: TestClient) -> None:
    response = client.post("/v1/users/ada/statements", json={"text": "I am allergic to nuts."})
    assert response.status_code == 201
    [statement] = response.json()["statements"]
    assert (statement["text"], statement["strict"]) == ("I am allergic to nuts.", True)
    assert "I am allergic to nuts." in client.get("/v1/users/ada/context?query=a snack").json()["text"]

    assert client.delete(f"/v1/users/ada/statements/{statement['id']}").status_code == 200
    assert client.get("/v1/users/ada/statements").json()["statements"] == []


def test_only_somebody_of_whom_anything_is_known_becomes_somebody_else(client: TestClient) -> None:
    client.post("/v1/users/ghost/update?wait=30")
    client.get("/v1/users/ghost/profile")
    assert [row["user_id"] for row in client.get("/v1/audit?user=ghost").json()["data"]] == ["ghost", "ghost"]

    merged = client.post("/v1/users/bob/merge", json={"from": "ghost"})

    assert (merged.status_code, "nothing is known about user 'ghost'" in merged.json()["detail"]) == (404, True)
    assert len(client.get("/v1/audit?user=ghost").json()["data"]) == 2

    for user, path, body in (
        ("behaves", "/v1/events", {"events": [EVENT | {"user_id": "behaves"}]}),
        ("declares", "/v1/users/declares/onboarding", {"interests": ["tea"]}),
        ("says", "/v1/users/says/statements", {"text": "I am allergic to nuts."}),
    ):
        assert client.post(path, json=body).is_success
        assert client.post("/v1/users/bob/merge", json={"from": user}).status_code == 200
    client.put("/v1/users/allows/consents", json={"llm": False})
    assert client.post("/v1/users/bob/merge", json={"from": "allows"}).json()["moved"]["consents"] == 1


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


@pytest.mark.parametrize("weight", ["0", "0.000", "0.9"])
def test_a_stream_that_is_refused_or_less_welcome_is_not_sent(client: TestClient, weight: str) -> None:
    job = client.post("/v1/updates", json={}).json()["id"]
    accept = f"text/event-stream;q={weight}, application/json"
    assert client.get(f"/v1/jobs/{job}", headers={"Accept": accept}).json()["id"] == job


def test_an_update_of_nobody_known_fails_and_says_so(client: TestClient) -> None:
    alone = client.post("/v1/users/nobody/update?wait=30").json()
    among_others = client.post("/v1/updates?wait=30", json={"user_ids": ["nobody", "ada"]}).json()

    by_address = client.post(f"/v1/users/{quote('https://id.example/nobody', safe='')}/update?wait=30").json()

    unknown = "user 'nobody' is unknown: `GET /v1/users` lists all users"
    assert (alone["status"], alone["error"]) == ("failed", unknown)
    assert by_address["error"] == unknown.replace("nobody", "https://id.example/nobody")
    assert [(user["status"], user["version"]) for user in alone["result"]["users"]] == [("failed", 0)]
    assert (among_others["status"], among_others["error"]) == ("done", None)
    assert [user["status"] for user in among_others["result"]["users"]] == ["failed", "ok"]


def test_messages_are_answered_whole_or_in_pieces(client: TestClient) -> None:
    whole = client.post("/v1/users/ada/messages", json={"message": "What do you know about me?"})
    assert (whole.status_code, bool(whole.json()["text"])) == (200, True)


def test_a_streamed_answer_ends_with_all_that_the_whole_answer_has(client: TestClient) -> None:
    asked = {"message": "What do you recommend?"}
    whole = client.post("/v1/users/ada/messages", json=asked).json()
    streamed = client.post("/v1/users/ada/messages", json=asked, headers={"Accept": "text/event-stream"})

    assert streamed.headers["content-type"].startswith("text/event-stream")
    *_, name, content = streamed.text.rstrip().splitlines()
    answer = json.loads(content.removeprefix("data: "))
    assert (name, answer.keys()) == ("event: done", whole.keys())
    assert [(answer[field], bool(answer[field])) for field in ("text", "items")] == [
        (whole[field], True) for field in ("text", "items")
    ]


def test_the_catalogue_page_hides_an_item_and_shows_it_again_as_it_was(
    client: TestClient, agent: InterestAgent
) -> None:
    before = agent.items(["tea-5"])["tea-5"]
    client.post("/catalogue/tea-5", data={"available": "no"})
    assert not agent.items(["tea-5"])["tea-5"].available
    client.patch("/v1/items/tea-6", json={"title": "other tea"})
    client.post("/catalogue/tea-5", data={"available": "yes"})

    assert agent.items(["tea-5"])["tea-5"] == before
    assert client.post("/catalogue/tea-5", data={"available": "maybe"}).status_code == 422
    assert agent.items(["tea-5"])["tea-5"] == before
    page = client.get("/catalogue/tea-5/similar").text
    assert 'href="/catalogue/tea-1/similar"' in page
    assert '<a href="/catalogue/tea-5/similar"' not in page


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/users/ada/recommendations", {}),
        ("POST", "/v1/users/ada/recommendations", {"llm": True}),
        ("POST", "/v1/users/ada/messages", {"message": "What should I buy?"}),
        ("GET", "/v1/users/ada/explanations/tea-5", None),
        ("GET", "/people/ada/why/tea-5", None),
        ("POST", "/v1/users/ada/merge", {"from": "dan"}),
        ("POST", "/mcp", tool_call("recommend_items", use_llm=True)),
        ("POST", "/mcp", tool_call("explain_recommendation", item_id="tea-5")),
        ("POST", "/mcp", tool_call("update_profile")),
    ],
)
def test_what_is_quick_does_not_wait_for_lists_and_answers_that_take_long(
    address: str,
    agent: InterestAgent,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    body: dict[str, Any] | None,
) -> None:
    may_go_on = threading.Event()

    def slow(quick: Callable[..., Any]) -> Callable[..., Any]:
        def slowly(*arguments: Any, **named: Any) -> Any:
            may_go_on.wait(60)
            return quick(*arguments, **named)

        return slowly

    for name in ("recommend", "explain", "update", "merge_users"):
        monkeypatch.setattr(agent, name, slow(getattr(agent, name)))
    with ThreadPoolExecutor(50) as pool, httpx.Client(timeout=30) as http:
        asked: dict[str, Any] = {"json": body, "headers": MCP_CLIENT, "timeout": 60}
        lists = [pool.submit(httpx.request, method, f"{address}{path}", **asked) for _ in range(50)]
        try:
            while "penchant_requests_under_way 51.0" not in http.get(f"{address}/metrics").text:  # 50, and this one
                pass
            profile = http.get(f"{address}/v1/users/ada/profile")
            over_mcp = http.post(f"{address}/mcp", json=tool_call("get_profile"), headers=MCP_CLIENT)
        finally:
            may_go_on.set()

    assert (profile.status_code, over_mcp.json()["result"]["isError"]) == (200, False)
    assert {answer.result().status_code for answer in lists} <= {200, 404}  # once merged, a visitor is nobody


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


def test_a_profile_is_read_as_of_a_date_as_the_command_line_reads_it(client: TestClient) -> None:
    of_day, of_midnight = (
        client.get(f"/v1/users/ada/profile?at={at}").json() for at in ("2026-05-27", "2026-05-27T00:00:00Z")
    )
    listed = client.post("/v1/users/ada/recommendations", json={"at": "2026-05-27", "k": 1})

    assert (of_day["as_of"], of_day["n_events"]) == ("2026-05-27T00:00:00Z", of_midnight["n_events"])
    assert (listed.status_code, listed.json()["as_of"]) == (200, "2026-05-27T00:00:00Z")
    assert client.get("/v1/users/ada/profile?at=2026-05-27T10:00").status_code == 422
