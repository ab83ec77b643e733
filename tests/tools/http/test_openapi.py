"""Whatever the description of the service allows, and much that it does not, gets an answer that it names, and never a fault of ours.

`PENCHANT_TEST_SCHEMA_SECONDS` says for how long it is tried, and `PENCHANT_TEST_SCHEMA_SEED` with what.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from penchant import InterestAgent

SETTINGS = Path(__file__).with_name("schemathesis.toml")
"""Which answers are right although a check would take them for faults, and why."""
SERIALIZERS = Path(__file__).with_name("lines_of_json.py")
SECONDS = int(os.environ.get("PENCHANT_TEST_SCHEMA_SECONDS", "180"))
SEED = os.environ.get("PENCHANT_TEST_SCHEMA_SEED", "1")


def test_the_description_says_how_to_show_a_token_and_where_none_is_needed(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    schemes, paths = described["components"]["securitySchemes"], described["paths"]
    ways = [scheme for scheme in described["security"][0] if schemes[scheme]["scheme"] == "bearer"]
    unguarded = {path for path, methods in paths.items() for each in methods.values() if each.get("security") == []}

    assert (len(ways), unguarded) == (1, {"/livez", "/readyz"})
    assert {"200", "304"} <= paths["/v1/users/{user}/profile"]["get"]["responses"].keys()


def test_every_body_has_an_example_that_is_taken(client: TestClient) -> None:
    described = client.get("/openapi.json").json()

    def resolved(schema: dict[str, Any]) -> dict[str, Any]:
        parts = [schema, *schema.get("anyOf", ())]
        named = [part["$ref"].rpartition("/")[2] for part in parts if "$ref" in part]
        return schema | (described["components"]["schemas"][named[0]] if named else {})

    bodies = {
        (method, path, kind): body["schema"]
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        for kind, body in operation.get("requestBody", {"content": {}})["content"].items()
    }
    assert [place for place, schema in bodies.items() if not resolved(schema).get("examples")] == []
    example = bodies["post", "/v1/users:import", "application/json"]["examples"][0]
    assert client.post("/v1/users:import", json=example).status_code == 200
    lines = "application/x-ndjson"
    sent = client.post(
        "/v1/events", content=bodies["post", "/v1/events", lines]["examples"][0], headers={"Content-Type": lines}
    )
    assert sent.json()["accepted"] + sent.json()["duplicate"] == 1


def test_the_description_says_of_every_time_that_may_be_a_date_that_it_may_be_one(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    bodies = ("ListWishes", "ManyLists", "NewUpdate", "ItemChange", "Item", "NewFeedback")
    times = {
        f"{name}.{field}": schema.get("description", "")
        for name in bodies
        for field, schema in described["components"]["schemas"][name]["properties"].items()
        if {"type": "string", "format": "date-time"} in schema.get("anyOf", ())
    }
    parameters = described["paths"]["/v1/users/{user}/profile"]["get"]["parameters"]
    times |= {parameter["name"]: parameter["description"] for parameter in parameters if parameter["name"] == "at"}
    refuses_dates = {"NewFeedback.at"}

    assert {name for name, text in times.items() if "date" not in text} == refuses_dates
    assert client.get("/v1/users/ada/profile?at=2026-05-31").json()["as_of"] == "2026-05-31T00:00:00Z"
    lists = "/v1/users/ada/recommendations"
    assert client.post(lists, json={"at": "2026-05-31"}).json()["as_of"] == "2026-05-31T00:00:00Z"
    assert client.patch("/v1/items/tea-1", json={"expires_at": "2026-05-31"}).status_code == 200
    assert client.post("/v1/updates?wait=9", json={"at": "2026-05-31"}).status_code == 200


@pytest.mark.long
@pytest.mark.timeout(500 + SECONDS)
def test_every_answer_is_one_that_is_documented(address: str, agent: InterestAgent, tmp_path: Path) -> None:
    token = agent.services.access_tokens.create(["admin"]).token
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(SETTINGS)),
            *("run", f"{address}/openapi.json", "-H", f"Authorization: Bearer {token}"),
            *("--max-examples", str(max(3, SECONDS // 30)), "--max-time", str(SECONDS), "--seed", SEED),
            *("--continue-on-failure", "--request-timeout", "60", "--no-color", "--suppress-health-check", "all"),
        ],
        cwd=tmp_path,
        env=os.environ | {"SCHEMATHESIS_HOOKS": str(SERIALIZERS)},
        capture_output=True,
        text=True,
        timeout=400 + SECONDS,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr
    assert "Tested: 5" in done.stdout
