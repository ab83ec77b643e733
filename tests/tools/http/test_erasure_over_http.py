"""Erasing over HTTP: what requests and jobs about several users at once have left behind."""

import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from fastapi.testclient import TestClient
from recommend_shop import WordEmbedder
from sqlalchemy import select

from penchant import Event, InterestAgent, Settings
from penchant.store.schema import audit_log, idempotency_keys, jobs, metadata
from penchant.tools.http.app import create_app
from penchant.tools.http.routes import lists

KEY = {"Idempotency-Key": "one"}
ID = 'Zoë "of 5"'


def lived(agent: InterestAgent) -> None:
    """Somebody with an id that JSON has to escape, like bob but newer."""
    agent.observe([Event(user_id=ID, type="purchase", item_id="lamp-1", at="2026-05-30T10:00:00Z")])


def names_in_rows(agent: InterestAgent) -> str:
    with agent.services.database.read() as connection:
        rows = connection.execute(select(jobs.c.arguments, jobs.c.result)).all()
        answers = connection.execute(select(idempotency_keys.c.body)).scalars().all()
    return f"{rows} {answers}"


@pytest.mark.parametrize("several", [{"user_ids": ["bob", ID]}, {}])
def test_a_job_about_several_users_forgets_the_one_who_is_erased(
    client: TestClient, agent: InterestAgent, several: dict[str, Any]
) -> None:
    lived(agent)
    job = client.post("/v1/updates?wait=30", json=several).json()
    assert ID in {receipt["user_id"] for receipt in job["result"]["users"]}

    receipt = client.delete("/v1/users/Zo%C3%AB%20%22of%205%22").json()

    assert (receipt["found"]["jobs"], receipt["removed"]["jobs"], receipt["residue"]) == (1, 1, 0)
    others = [receipt for receipt in job["result"]["users"] if receipt["user_id"] != ID]
    left = client.get(f"/v1/jobs/{job['id']}").json()
    assert left == job | {
        "arguments": {"user_ids": ["bob"]} if several else {},
        "result": job["result"] | {"users": others},
    }


def test_a_waiting_job_whose_users_are_all_erased_is_no_job_for_everybody(agent: InterestAgent) -> None:
    job = agent.services.jobs.add("update", None, {"user_ids": ["ada", "bob"]})
    agent.erase("ada")
    assert agent.services.jobs.get(job.id).arguments == {"user_ids": ["bob"]}
    agent.erase("bob")

    assert agent.services.jobs.list() == []


def test_a_job_that_ends_after_one_of_its_users_was_erased_does_not_name_them(agent: InterestAgent) -> None:
    queue = agent.services.jobs
    job = queue.add("update", None, {})
    queue.take("w", ["update"])
    agent.erase("ada")
    queue.finish(job.id, "w", result={"users": [{"user_id": "ada"}, {"user_id": "bob"}], "taxonomy": None})

    assert queue.get(job.id).result == {"users": [{"user_id": "bob"}], "taxonomy": None}


def test_an_answer_about_several_users_does_not_come_again_once_one_of_them_is_erased(
    client: TestClient, agent: InterestAgent
) -> None:
    lived(agent)
    wishes = {"user_ids": [ID, "bob"], "k": 2}
    before = client.post("/v1/recommendations:batch", json=wishes, headers=KEY).json()
    others = client.post("/v1/recommendations:batch", json={"user_ids": ["bob"]}, headers={"Idempotency-Key": "two"})
    assert before["data"][0]["recommendation"]["basis"] == "behaviour"

    receipt = agent.erase(ID)
    after = client.post("/v1/recommendations:batch", json=wishes, headers=KEY)

    assert (receipt.found["idempotency_keys"], receipt.removed["idempotency_keys"], receipt.residue) == (1, 1, 0)
    assert "Idempotent-Replay" not in after.headers
    assert after.json()["data"][0]["recommendation"]["basis"] == "popular"
    again = client.post("/v1/recommendations:batch", json={"user_ids": ["bob"]}, headers={"Idempotency-Key": "two"})
    assert (again.headers["Idempotent-Replay"], again.json()) == ("true", others.json())


def test_a_record_that_was_taken_in_does_not_come_again_from_its_answer(
    client: TestClient, agent: InterestAgent
) -> None:
    record = client.get("/v1/users/ada/export").json()
    assert client.post("/v1/users:import", json=record, headers=KEY).status_code == 200
    client.delete("/v1/users/ada")

    assert "ada" not in names_in_rows(agent)


def test_an_answer_that_was_under_way_when_one_of_its_users_was_erased_is_not_kept(
    client: TestClient, agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def erased_meanwhile(*arguments: Any) -> Any:
        listed = real(*arguments)
        if arguments[1] == "ada":
            agent.erase("ada")
        return listed

    real = lists._list_for_user
    monkeypatch.setattr(lists, "_list_for_user", erased_meanwhile)
    client.post("/v1/recommendations:batch", json={"user_ids": ["ada", "bob"]}, headers=KEY)

    assert "ada" not in names_in_rows(agent)


@pytest.mark.parametrize("way", [("zoe", {"from": ID}), ("Zo%C3%AB%20%22of%205%22", {"into": "zoe"})])
def test_whoever_is_erased_takes_the_visitor_along_that_they_were_before(
    client: TestClient, agent: InterestAgent, way: tuple[str, dict[str, str]]
) -> None:
    lived(agent)
    waiting = agent.services.jobs.add("update", None, {"user_ids": ["bob", ID]})
    job = client.post("/v1/updates?wait=30", json={"user_ids": ["bob", ID]}).json()
    client.post("/v1/recommendations:batch", json={"user_ids": [ID, "bob"]}, headers=KEY)
    agent.services.audit_log.add(f"jwt:{ID}", "GET /v1/users/{user}/profile", user_id="bob", status=403, request_id="r")
    user, body = way
    merged = client.post(f"/v1/users/{user}/merge", json=body, headers={"Idempotency-Key": "merge"})
    assert (merged.status_code, merged.json()["into_user"]) == (200, "zoe")
    lines = [line.action for line in agent.services.audit_log.list("zoe")]
    assert lines == ["POST /v1/users/{user}/merge", "POST /v1/recommendations:batch"]
    assert [agent.services.jobs.get(job_id).arguments for job_id in (waiting.id, job["id"])] == [
        {"user_ids": ["bob", "zoe"]}
    ] * 2

    assert agent.erase("zoe").residue == 0
    with agent.services.database.read() as connection:
        rows = [tuple(row) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    assert [row for row in rows if ID in str(row) or json.dumps(ID) in str(row) or "zoe" in str(row)] == []


def test_a_very_long_answer_comes_again_and_its_key_is_for_no_other_request(client: TestClient) -> None:
    wishes = {"user_ids": ["ada", "bob", "cleo", "dan"] * 25, "k": 20}
    first, again = (client.post("/v1/recommendations:batch", json=wishes, headers=KEY) for _ in range(2))
    other = client.post("/v1/recommendations:batch", json={"user_ids": ["ada"]}, headers=KEY)

    assert len(first.content) > 2**20
    assert (again.headers["Idempotent-Replay"], again.content == first.content) == ("true", True)
    assert other.status_code == 409


def test_of_an_answer_that_is_too_long_to_keep_the_request_is_remembered(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("penchant.store.idempotency.MOST_BYTES", 10)
    path = "/v1/users/ada/recommendations"
    first, again = (client.post(path, json={"k": 2}, headers=KEY) for _ in range(2))
    other = client.post(path, json={"k": 3}, headers=KEY)

    assert (first.status_code, first.json()["items"]) == (again.status_code, again.json()["items"])
    assert ("Idempotent-Replay" in again.headers, other.status_code) == (False, 409)


def test_what_a_user_asked_for_with_a_signed_token_names_them_no_longer(tmp_path: Path) -> None:
    key = "a shared secret of at least thirty-two bytes"
    signing = {"issuer": "https://id.example", "key": key, "algorithms": ["HS256"]}
    signed = jwt.encode({"iss": "https://id.example", "sub": "zoe", "exp": 4_000_000_000}, key, "HS256")
    headers = {"Authorization": f"Bearer {signed}"} | KEY
    event = {"user_id": "zoe", "type": "view", "item_id": "x", "at": "2026-05-30T10:00:00Z"}
    settings = Settings(home=tmp_path, llm={"provider": "none"}, jwt=signing)
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        agent.services.access_tokens.create(["admin"])
        with TestClient(create_app(agent), client=("127.0.0.1", 5000)) as client:
            assert client.post("/v1/events", json={"events": [event]}, headers=headers).json()["accepted"] == 1
            assert client.get("/v1/users/bob/profile", headers=headers).status_code == 403
            receipt = client.delete("/v1/users/zoe", headers=headers).json()
        with agent.services.database.read() as connection:
            lines = connection.execute(select(audit_log.c.caller, audit_log.c.user_id)).all()
            keys = connection.execute(select(idempotency_keys.c.caller)).all()

    assert (receipt["found"]["audit_log"], receipt["residue"]) == (2, 0)
    assert [tuple(line) for line in lines] == [("jwt", "bob"), ("jwt", None)]
    assert keys == []
