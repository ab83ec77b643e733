"""Webhooks: what happens is told once it has, signed, again where it failed, and never to where it may not go."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from fastapi.testclient import TestClient
from recommend_shop import WordEmbedder

from penchant import Event, InterestAgent, Settings
from penchant.agent.app.webhook_sender import WebhookSender, checked_addresses, signature
from penchant.errors import NotFoundError, UsageError
from penchant.store.clock import FixedClock
from penchant.store.webhooks import PAUSES, WebhookMessage


class Receiver:
    """A shop's own server, which keeps what it is sent and answers as it is told."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?shop=1"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def told(self) -> list[tuple[str, Any]]:
        """Kind and content of each message."""
        return [(body["type"], body["data"]) for body in (json.loads(raw) for _, raw in self.requests)]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    started = Receiver()
    yield started
    started.server.shutdown()
    started.server.server_close()


@pytest.fixture
def private(agent: InterestAgent) -> InterestAgent:
    """The shop's agent, which may tell servers on this machine."""
    agent.settings.serve.private_webhooks = True
    return agent


def send_all(agent: InterestAgent) -> None:
    sender = WebhookSender(agent.services.webhooks, agent.clock, private=True)
    while sender.send_one():
        pass


def test_what_happens_is_told_with_a_signature_that_can_be_checked(private: InterestAgent, receiver: Receiver) -> None:
    webhook = private.add_webhook(receiver.url)
    private.observe([Event(user_id="ada", type="view", item_id="lamp-1", at=private.clock.now())])
    [update] = private.update("ada").users
    job = private.services.jobs.add("update", "bob")
    private.services.jobs.take("worker", ("update",))
    private.services.jobs.finish(job.id, "worker", error="no room left")
    private.erase("ada")
    send_all(private)

    complaint = [(kind, data) for kind, data in receiver.told if kind != "drift"]
    assert complaint[0] == ("job.failed", complaint[0][1] | {"id": job.id, "user_id": "bob", "error": "no room left"})
    assert complaint[1:] == [("erased", {"user_id": "ada"})]
    for headers, body in receiver.requests:
        stamp = int(headers["webhook-timestamp"])
        assert headers["webhook-signature"] == signature(webhook.secret, headers["webhook-id"], stamp, body)
        assert json.loads(body)["timestamp"].endswith("Z")
        assert headers["host"] == receiver.url.split("/")[2]
    log = private.services.webhooks.deliveries(webhook.id)
    assert {(row.event, row.status, row.attempts, row.answer) for row in log} == {
        ("erased", "delivered", 1, 204), ("job.failed", "delivered", 1, 204),
    }  # fmt: skip  # what was about ada alone, and had not been sent, is erased with her
    assert update.version == 2


def test_only_what_a_webhook_wants_is_told_it(private: InterestAgent, receiver: Receiver) -> None:
    private.add_webhook(receiver.url, "profile.updated")
    private.observe([Event(user_id="ada", type="view", item_id="lamp-1", at=private.clock.now())])
    private.update("ada")
    private.edit("ada", "mute", private.profile("ada").interests[0].id)
    send_all(private)
    private.erase("ada")
    send_all(private)

    assert receiver.told == [
        ("profile.updated", {"user_id": "ada", "version": 2, "kind": "update"}),
        ("profile.updated", {"user_id": "ada", "version": 3, "kind": "edit"}),
    ]


def test_drift_is_told_when_it_begins(private: InterestAgent, receiver: Receiver) -> None:
    private.add_webhook(receiver.url, "drift")
    at = private.clock.now()
    before = [
        Event(user_id="eva", type="purchase", item_id="tea-1", at=at - timedelta(days=100 - n)) for n in range(80)
    ]
    private.observe(before)
    private.update("eva")
    now = [Event(user_id="eva", type="purchase", item_id="book-1", at=at - timedelta(hours=30 - n)) for n in range(30)]
    private.observe(now)
    private.update("eva")
    send_all(private)
    drift = private.profile("eva").drift

    assert drift
    assert [kind for kind, _ in receiver.told] == ["drift"]
    assert receiver.told[0][1]["user_id"] == "eva"
    assert {change["id"] for change in receiver.told[0][1]["drift"]} == {change.id for change in drift}


def test_a_message_that_fails_is_sent_again_later_and_given_up_in_the_end(
    private: InterestAgent, receiver: Receiver
) -> None:
    clock = private.clock
    assert isinstance(clock, FixedClock)
    private.add_webhook(receiver.url, "erased")
    private.erase("ursula")  # no id in hexadecimal can spell her name
    receiver.answers = [500, 302, 429] + [503] * len(PAUSES)
    waits = []
    for _ in range(len(PAUSES) + 1):
        send_all(private)
        [delivery] = private.services.webhooks.deliveries()
        if delivery.next_at is not None:
            waits.append(delivery.next_at - clock.now())
            clock.moment = delivery.next_at + timedelta(seconds=1)

    assert [delivery.status, delivery.attempts, delivery.answer] == ["failed", len(PAUSES) + 1, 503]
    assert [delivery.next_at, len(waits)] == [None, len(PAUSES)]
    assert len({headers["webhook-id"] for headers, _ in receiver.requests}) == 1
    assert all(0.75 * pause <= wait <= 1.25 * pause for pause, wait in zip(PAUSES, waits, strict=False))
    assert "ursula" not in str(private.services.webhooks.deliveries())


def test_one_that_answers_nobody_holds_up_no_other(
    private: InterestAgent, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, asked = private.clock, []
    assert isinstance(clock, FixedClock)

    def sent(message: WebhookMessage, *_: Any, **__: Any) -> int:
        asked.append(message.url.rpartition("/")[2])
        return 503 if message.url.endswith("dead") else 204

    monkeypatch.setattr("penchant.agent.app.webhook_sender.send", sent)
    for name in ("dead", "well", "good"):
        private.add_webhook(f"http://127.0.0.1/{name}", "erased")
    for user in ("ada", "bob", "eve"):
        private.erase(user)
        clock.moment = clock.now() + timedelta(seconds=1)
    sender = WebhookSender(private.services.webhooks, clock, private=True)
    while sender.send_one():
        pass
    rounds = [sorted(asked[:3]), *(sorted(asked[n : n + 2]) for n in (3, 5))]
    assert rounds == [["dead", "good", "well"], ["good", "well"], ["good", "well"]]

    asked.clear()
    for seconds in (6, 6, 25, 200):
        clock.moment = clock.now() + timedelta(seconds=seconds)
        while sender.send_one():
            pass
        asked.append("|")
    assert asked == ["dead", "|", "|", "dead", "|", "dead", "|"]


def test_what_nobody_sends_is_given_up_after_thirty_days_and_forgotten_after_thirty_more(
    private: InterestAgent,
) -> None:
    clock = private.clock
    assert isinstance(clock, FixedClock)
    private.add_webhook("http://127.0.0.1:9/", "erased")
    private.erase("ada")
    logs = []
    for days in (29, 2, 29, 2):
        clock.moment = clock.now() + timedelta(days=days)
        private.erase("bob")
        logs.append([(row.status, str(row.error)[:23]) for row in private.services.webhooks.deliveries()[::-1]])

    waiting, given_up = ("waiting", "None"), ("failed", "not sent within 30 days")
    assert logs[:3] == [
        [waiting, waiting],
        [given_up, waiting, waiting],
        [given_up, given_up, waiting, waiting],
    ]
    assert logs[3] == [given_up, given_up, waiting, waiting]


def test_a_sender_that_dies_is_followed_by_another(private: InterestAgent, receiver: Receiver) -> None:
    clock = private.clock
    assert isinstance(clock, FixedClock)
    private.add_webhook(receiver.url, "erased")
    private.erase("ada")
    assert private.services.webhooks.take() is not None
    send_all(private)
    assert receiver.told == []
    clock.moment = clock.now() + timedelta(minutes=2)
    send_all(private)
    assert receiver.told == [("erased", {"user_id": "ada"})]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x", "http://localhost:8000/", "http://10.0.0.7/", "http://[::1]/", "http://169.254.169.254/latest",
        "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://100.64.0.1/", "ftp://shop.example/",
        "https://user:word@shop.example/", "file:///etc/passwd", "http://", "nonsense", "http://no-such-host.invalid/",
        "https://1.1.1.1/\x7f", "https://1.1.1.1/\udc80", "https://[::1", "https://1.1.1.1:99999/", "https://1.1.1.1:0/", "https://a..b/",
        "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::a00:1]/", "http://[64:ff9b:1::808:808]/", "http://[2002:7f00:1::1]/",
        "http://[2002:a00:1::1]/", "http://[fec0::1]/", "http://[::127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/", "http://[fd00::1]/",
        "http://[2001:0:7f00:1::1]/", "http://[ff0e::1]/", "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused_when_added_and_again_when_sent(agent: InterestAgent, url: str) -> None:
    with pytest.raises(UsageError):
        agent.add_webhook(url)
    with pytest.raises(UsageError):
        checked_addresses(url, private=False)


@pytest.mark.parametrize("host", ["1.1.1.1", "[2606:4700::1111]", "[64:ff9b::808:808]", "[2002:808:808::1]"])
def test_addresses_outside_are_taken(host: str) -> None:
    assert checked_addresses(f"https://{host}/x", private=False)[1] == [host.strip("[]")]


def test_a_refused_address_is_named_once(agent: InterestAgent) -> None:
    with pytest.raises(UsageError, match=r"^127\.0\.0\.1 is in a private network: set serve.private_webhooks"):
        agent.add_webhook("http://127.0.0.1/")
    with pytest.raises(UsageError, match=r"^localhost \((127\.0\.0\.1|::1)\) is in a private network"):
        agent.add_webhook("http://localhost/")


def test_every_address_is_tried_in_the_order_of_the_system(
    private: InterestAgent, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = receiver.server.server_port
    found = [(socket.AF_INET, 1, 6, "", (address, port)) for address in ("127.0.0.9", "127.0.0.1", "127.0.0.2")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    private.add_webhook(f"http://shop.example:{port}/", "erased")
    private.erase("ada")
    send_all(private)

    assert checked_addresses("http://shop.example/", private=True)[1] == ["127.0.0.9", "127.0.0.1", "127.0.0.2"]
    assert receiver.told == [("erased", {"user_id": "ada"})]


def test_an_address_that_cannot_be_read_any_more_fails_and_holds_up_nobody(
    private: InterestAgent, receiver: Receiver
) -> None:
    broken = private.services.webhooks.add("https://1.1.1.1/\x7f", ["erased"])
    private.add_webhook(receiver.url, "erased")
    private.erase("ada")
    send_all(private)

    [delivery] = private.services.webhooks.deliveries(broken.id)
    assert (delivery.status, delivery.attempts, "not an address" in str(delivery.error)) == ("waiting", 1, True)
    assert receiver.told == [("erased", {"user_id": "ada"})]


def test_whatever_goes_wrong_the_sender_goes_on(
    private: InterestAgent, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    private.add_webhook(receiver.url, "erased")
    private.erase("ada")
    take, faults = private.services.webhooks.take, [RuntimeError("a fault of our own")]

    def faulty(*given: Any) -> Any:
        if faults:
            raise faults.pop()
        return take(*given)

    monkeypatch.setattr(private.services.webhooks, "take", faulty)
    monkeypatch.setattr("penchant.agent.app.webhook_sender.LOOK_SECONDS", 0.01)
    sender = WebhookSender(private.services.webhooks, private.clock, private=True)
    sender.start()
    wait_until(lambda: len(receiver.requests) == 1)
    sender.stop()
    assert faults == []


def test_an_answer_that_trickles_is_not_waited_for_beyond_the_limit(
    private: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    class Trickle(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not ended.wait(0.02):
                self.wfile.write(b"x")
                self.wfile.flush()

        def log_message(self, *_: Any) -> None: ...

    monkeypatch.setattr("penchant.agent.app.webhook_sender.SECONDS", 0.3)
    with ThreadingHTTPServer(("127.0.0.1", 0), Trickle) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        limit = threading.Timer(5.0, ended.set)
        limit.start()
        private.add_webhook(f"http://127.0.0.1:{server.server_port}/", "erased")
        private.erase("ada")
        send_all(private)
        assert not ended.is_set()
        limit.cancel()
        ended.set()
        server.shutdown()
    [delivery] = private.services.webhooks.deliveries()
    assert delivery.error == "TimeoutError: no answer within 0.3 seconds"


def test_a_name_that_later_leads_inside_is_not_followed(
    agent: InterestAgent, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = receiver.server.server_port
    found = ["93.184.216.34"]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (found[0], port))])
    agent.add_webhook(f"http://shop.example:{port}/", "erased")
    agent.erase("ada")
    found[0] = "127.0.0.1"

    WebhookSender(agent.services.webhooks, agent.clock, private=False).send_one()

    [delivery] = agent.services.webhooks.deliveries()
    assert (receiver.requests, delivery.status, "private network" in str(delivery.error)) == ([], "waiting", True)


def test_over_http_for_admins_and_by_tenant(tmp_path: Any, receiver: Receiver) -> None:
    from penchant.tools.http.app import create_app

    settings = Settings(home=tmp_path, llm={"provider": "none"}, serve={"private_webhooks": True})
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent, TestClient(create_app(agent)) as client:
        agent.create_tenant("acme")
        make: Callable[..., Any] = agent.services.access_tokens.create
        own, acme = ({"Authorization": f"Bearer {make(['admin'], tenant=name).token}"} for name in (None, "acme"))
        reader = {"Authorization": f"Bearer {make(['read', 'write']).token}"}
        asked = {"url": receiver.url, "events": ["erased"]}

        assert client.post("/v1/webhooks", json=asked, headers=reader).status_code == 403
        assert client.post("/v1/webhooks", json=asked | {"url": "nonsense"}, headers=own).status_code == 422
        hook = client.post("/v1/webhooks", json=asked, headers=acme).json()
        assert hook["secret"].startswith("whsec_")
        assert client.get("/v1/webhooks", headers=own).json() == {"data": []}
        assert "secret" not in client.get("/v1/webhooks", headers=acme).json()["data"][0]
        client.delete("/v1/users/ada", headers=own).raise_for_status()
        client.delete("/v1/users/bob", headers=acme).raise_for_status()
        wait_until(lambda: len(receiver.requests) == 1)
        assert receiver.told == [("erased", {"user_id": "bob"})]
        path = f"/v1/webhooks/{hook['id']}"
        wait_until(lambda: client.get(f"{path}/deliveries", headers=acme).json()["data"][0]["status"] == "delivered")
        assert client.delete(path, headers=own).status_code == 404
        assert client.delete(path, headers=acme).json()["id"] == hook["id"]
        with pytest.raises(NotFoundError, match="webhook list"):
            agent.services.webhooks.remove("w-none")
        assert client.get("/v1/webhooks/w-none/deliveries", headers=own).status_code == 404
        with pytest.raises(NotFoundError, match="webhook list"):
            agent.services.webhooks.deliveries("w-none")


def wait_until(true: Callable[[], bool]) -> None:
    """At most ten seconds."""
    pause = threading.Event()
    for _ in range(200):
        if true():
            return
        pause.wait(0.05)
    raise AssertionError("it did not come to be")
