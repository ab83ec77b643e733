"""Traces of the service: what stands below what, and that nobody is named in them."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from recommend_shop import WordEmbedder

from penchant import InterestAgent, Settings, tracing
from penchant.agent.llm.scripted_model import ScriptedModel
from penchant.tools.http.app import create_app

USER, WORDS, ITEM = "ada.lovelace@example.org", "orchids for my sister", "tea-of-the-moon"
UPDATE = "/v1/users/{user}/update"
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing.start(provider)
    yield exporter
    tracing.stop()
    provider.shutdown()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A shop of two items and one customer, with a model."""
    model = ScriptedModel(lambda prompt: "You like tea.")
    settings = Settings(home=tmp_path, reading={"max_tokens": 0})
    with InterestAgent.open(settings, embedder=WordEmbedder(), model=model) as agent:
        app: Any = create_app(agent)
        with TestClient(app, client=("127.0.0.1", 5000), raise_server_exceptions=False) as client:
            yield client


def _day(client: TestClient) -> None:
    items = [{"item_id": ITEM, "title": "moon tea"}, {"item_id": "tea-2", "title": "sun tea"}]
    bought = {"user_id": USER, "type": "purchase", "item_id": ITEM, "at": "2026-01-05T10:00:00Z"}
    words = {"user_id": USER, "type": "message", "text": WORDS, "at": "2026-01-05T11:00:00Z"}
    answers = [
        client.post("/v1/items", json={"items": items}),
        client.post("/v1/events", json={"events": [bought, words]}),
        client.post(f"/v1/users/{USER}/recommendations", json={"k": 2}),
        client.post(f"/v1/users/{USER}/messages", json={"message": WORDS}),
        client.post("/v1/events", json={"events": [bought | {"type": WORDS}]}),
        client.get(f"/v1/users/{USER}/explanations/none-such"),
        client.request("BREW", f"/{WORDS}"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 422, 404, 404]


def test_a_request_holds_operations_transactions_chroma_and_the_model(
    spans: InMemorySpanExporter, client: TestClient
) -> None:
    _day(client)

    found = spans.get_finished_spans()
    names = {span.context.span_id: span.name for span in found}
    below = {(names.get(span.parent.span_id) if span.parent else None, span.name) for span in found}
    assert below >= {
        (None, "POST /v1/events"),
        ("POST /v1/events", "agent.observe"),
        ("agent.observe", "store.write"),
        ("POST /v1/items", "agent.add_items"),
        ("agent.add_items", "chroma.write"),
        ("POST /v1/users/{user}/recommendations", "agent.recommend"),
        ("agent.recommend", "store.read"),
        ("agent.recommend", "chroma.read"),
        ("POST /v1/users/{user}/messages", "model.call"),
        (None, "_OTHER other"),
    }
    [called] = [dict(span.attributes or {}) for span in found if span.name == "model.call"]
    assert called.pop("gen_ai.usage.input_tokens")
    assert called == {
        "gen_ai.request.model": "scripted",
        "gen_ai.provider.name": "scripted",
        "gen_ai.usage.output_tokens": 5,
        "penchant.step": "ask",
        "penchant.repair": False,
    }


def test_a_job_stands_below_the_request_that_queued_it(spans: InMemorySpanExporter, client: TestClient) -> None:
    _day(client)
    spans.clear()
    answer = client.post(f"/v1/users/{USER}/update?wait=30", headers={"traceparent": CALLER})
    assert answer.json()["status"] == "done"

    found = spans.get_finished_spans()
    names = {span.context.span_id: span.name for span in found}
    [job] = [span for span in found if span.name == "job.update"]
    [updated] = [span for span in found if span.name == "agent.update"]
    assert job.parent is not None and updated.parent is not None
    assert (names[job.parent.span_id], names[updated.parent.span_id]) == (f"POST {UPDATE}", "job.update")
    assert {f"{span.context.trace_id:032x}" for span in (job, updated)} == {CALLER.split("-")[1]}


def test_what_an_assistant_does_over_mcp_stands_below_its_request(
    spans: InMemorySpanExporter, client: TestClient
) -> None:
    _day(client)
    spans.clear()
    call = {"name": "get_profile", "arguments": {"user_id": USER}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {"Accept": "application/json, text/event-stream", "traceparent": CALLER}
    assert client.post("/mcp", json=asked, headers=headers).status_code == 200

    found = spans.get_finished_spans()
    names = {span.context.span_id: span.name for span in found}
    above = {span.name: names.get(span.parent.span_id) for span in found if span.parent}
    assert (above["agent.profile"], above["mcp.get_profile"]) == ("mcp.get_profile", "POST /mcp")
    elsewhere = {span.name for span in found if f"{span.context.trace_id:032x}" != CALLER.split("-")[1]}
    assert elsewhere <= {"store.read", "store.write", "agent.tenants"}  # the service looks for work beside it


def test_spans_name_nobody_and_quote_nothing_even_of_what_is_refused(
    spans: InMemorySpanExporter, client: TestClient
) -> None:
    _day(client)

    texts = [span.to_json() for span in spans.get_finished_spans()]
    assert [
        text for text in texts for word in (USER, "lovelace", "orchids", ITEM, "BREW", "none-such") if word in text
    ] == []


def test_a_request_stands_below_the_span_of_its_caller(spans: InMemorySpanExporter, client: TestClient) -> None:
    client.get("/livez", headers={"traceparent": CALLER})
    client.get("/livez", headers={"traceparent": "00-nonsense"})

    first, second = [span for span in spans.get_finished_spans() if span.name == "GET /livez"]
    assert first.parent is not None
    assert f"00-{first.parent.trace_id:032x}-{first.parent.span_id:016x}-01" == CALLER
    assert second.parent is None
    assert (first.attributes or {}).get("http.response.status_code") == 200


def test_what_fails_says_of_what_kind_and_not_with_what_words(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError), tracing.span("agent.update"):
        raise ValueError(f"no such user: {USER}")

    [failed] = spans.get_finished_spans()
    assert dict(failed.attributes or {}) == {"error.type": "ValueError"}
    assert (failed.status.is_ok, failed.status.description, failed.events) == (False, None, ())


OFF = """
import sys
from penchant import InterestAgent, Settings, tracing
with InterestAgent.open(Settings(llm={"provider": "none"})) as agent:
    agent.revoke("ada")
    assert tracing.span("a") is tracing.span("b"), "a span is made although traces are off"
    assert "sqlalchemy" in sys.modules
print([name for name in sys.modules if name.startswith("opentelemetry")])
"""


def test_off_nothing_of_opentelemetry_is_imported_and_no_span_is_made(home: Path) -> None:
    """By Penchant, that is: Chroma and the MCP library import it for themselves."""
    run = subprocess.run([sys.executable, "-c", OFF], capture_output=True, text=True, check=False)

    assert (run.stdout, run.stderr) == ("[]\n", "")


@pytest.fixture
def collector() -> Iterator[tuple[str, list[tuple[str, ExportTraceServiceRequest]]]]:
    """A server that takes traces over OTLP: its address, and what has come."""
    received: list[tuple[str, ExportTraceServiceRequest]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, ExportTraceServiceRequest.FromString(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", received
    server.shutdown()
    thread.join()
    server.server_close()


def _penchant(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "penchant.tools.cli", *arguments]
    environment = os.environ | {"PENCHANT_TRACING": "true"} | variables
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_the_environment_says_where_spans_go(
    home: Path, collector: tuple[str, list[tuple[str, ExportTraceServiceRequest]]]
) -> None:
    address, received = collector

    run = _penchant("consent", "ada", "show", OTEL_EXPORTER_OTLP_ENDPOINT=address, OTEL_SERVICE_NAME="shop")

    assert (run.returncode, run.stderr) == (0, "")
    assert {path for path, _ in received} == {"/v1/traces"}
    resources = [resource for _, request in received for resource in request.resource_spans]
    services = {
        pair.value.string_value for r in resources for pair in r.resource.attributes if pair.key == "service.name"
    }
    assert services == {"shop"}
    assert "agent.consent" in {span.name for r in resources for scope in r.scope_spans for span in scope.spans}


@pytest.mark.parametrize(
    ("variable", "value"), [("OTEL_TRACES_EXPORTER", "zipkin"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")]
)
def test_what_traces_cannot_be_sent_with_is_refused(home: Path, variable: str, value: str) -> None:
    run = _penchant("consent", "ada", "show", **{variable: value})

    assert run.returncode == 2
    assert f"{variable}={value} is not supported: use " in run.stderr
