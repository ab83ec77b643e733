"""Tenants: two installations behind one service see nothing of each other, on any face, and leave nothing when they go."""

import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from recommend_shop import WordEmbedder

from penchant import InterestAgent, Settings
from penchant.agent.app.scheduled_work import JobRunner
from penchant.agent.profiles.portability import ProfileExport
from penchant.errors import ConflictError, NotFoundError, UsageError
from penchant.store.chroma import connect
from penchant.store.tenants import tenant_name
from penchant.tools.http.app import create_app
from penchant.tools.http.problems import ProblemError
from penchant.tools.http.tenants import OpenTenants

ALL = ("read", "write", "recommend")
PAGES = (
    "/",
    "/people",
    "/people/{user}",
    "/taxonomy",
    "/catalogue",
    "/evaluation",
    "/jobs",
    "/running",
    "/try?user={user}",
)
MCP = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


@pytest.fixture
def client_of(agent: InterestAgent, address: str) -> Iterator[Callable[..., httpx.Client]]:
    """A client with a token of its own: of a tenant, or (None) of the service."""
    opened = []

    def make(tenant: str | None, *scopes: str, user: str | None = None) -> httpx.Client:
        token = agent.services.access_tokens.create(scopes or ("admin",), tenant=tenant, user_id=user).token
        headers = {"Authorization": f"Bearer {token}"}
        opened.append(httpx.Client(base_url=address, headers=headers, timeout=60))
        return opened[-1]

    yield make
    for client in opened:
        client.close()


def fill(client: httpx.Client, mark: str) -> None:
    """A small shop in which everything bears a mark: items, a user, what they did and said, a job, a token, a line of the log."""
    items = [{"item_id": f"{mark}-{n}", "title": f"{mark} tea {n}", "categories": [[mark]]} for n in range(3)]
    client.post("/v1/items", json={"items": items}).raise_for_status()
    did = {"user_id": f"{mark}-ann", "at": "2026-05-30T10:00:00Z"}
    events = [did | {"type": "purchase", "item_id": f"{mark}-0"}, did | {"type": "message", "text": f"I love {mark}"}]
    client.post("/v1/events", json={"events": events}).raise_for_status()
    assert client.post(f"/v1/users/{mark}-ann/update?wait=60").json()["status"] == "done"
    client.post(f"/v1/users/{mark}-ann/recommendations", json={"k": 3}).raise_for_status()
    client.put(f"/v1/users/{mark}-ann/consents", json={"llm": False}).raise_for_status()
    client.post("/v1/tokens", json={"scopes": ["read"], "note": mark}).raise_for_status()
    hook = {"url": f"https://1.1.1.1/{mark}-hook", "events": ["erased"]}
    client.post("/v1/webhooks", json=hook).raise_for_status()


def everything_readable(client: httpx.Client, mark: str, job: str, hook: str) -> dict[str, str]:
    """What every reading route and page answers, where their paths name what is `mark`'s."""
    paths = client.get("/openapi.json").json()["paths"]
    values = {
        "user": f"{mark}-ann",
        "item_id": f"{mark}-0",
        "job_id": job,
        "webhook_id": hook,
        "tenant": mark,
        "node": mark,
    }
    reading = [path.format_map(values) for path, methods in paths.items() if "get" in methods]
    pages = [page.format(user=f"{mark}-ann") for page in PAGES]
    return {path: client.get(path).text for path in [*reading, f"/v1/items?query={mark}", *pages]}


def tool(client: httpx.Client, name: str, arguments: dict[str, Any]) -> str:
    """What an MCP tool answers."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    return client.post("/mcp", json=call, headers=MCP).text


def test_two_tenants_and_the_service_see_nothing_of_each_other(
    agent: InterestAgent, client_of: Callable[..., httpx.Client]
) -> None:
    agent.create_tenant("acme")
    agent.create_tenant("zeta")
    clients = {"acme": client_of("acme"), "zeta": client_of("zeta"), "own": client_of(None)}
    for mark, client in clients.items():
        fill(client, mark)
    jobs, hooks = (
        {mark: client.get(path).json()["data"][0]["id"] for mark, client in clients.items()}
        for path in ("/v1/jobs", "/v1/webhooks")
    )

    for mark, client in clients.items():
        assert f"{mark}-0" in client.get(f"/v1/users/{mark}-ann/events").text
        assert f"{mark}-0" in tool(client, "search_items", {"query": "tea"})
        for other in set(clients) - {mark}:
            answers = everything_readable(client, other, jobs[other], hooks[other])
            if mark == "own":  # whoever runs the service sees the names of tenants and what their tokens are for
                answers = {
                    path: text
                    for path, text in answers.items()
                    if path not in ("/v1/tokens", "/v1/tenants", "/running")
                }
            marks = (f"{other} tea", f"love {other}", f"{other}-hook")
            assert {path for path, text in answers.items() if any(mark in text for mark in marks)} == set()
            listed = {path: answers[path] for path in ("/v1/users", "/v1/jobs", "/v1/items", "/people")}
            assert [path for path, text in listed.items() if f"{other}-ann" in text or jobs[other] in text] == []
            assert client.get(f"/v1/users/{other}-ann/profile").status_code == 404
            assert client.get(f"/v1/jobs/{jobs[other]}").status_code == 404
            assert client.get(f"/v1/webhooks/{hooks[other]}/deliveries").status_code == 404
            for name in ("get_profile", "get_context", "recommend_items"):
                answer = tool(client, name, {"user_id": f"{other}-ann"})
                assert f"{other} tea" not in answer and f"love {other}" not in answer
            assert f"{other}-0" not in tool(client, "search_items", {"query": f"{other} tea"})
        tokens = {token["id"] for token in client.get("/v1/tokens").json()["data"] if mark in (token["tenant"], "own")}
        audit = client.get("/v1/audit?limit=1000").json()["data"]
        assert {row["caller"] for row in audit} <= tokens
    assert {token["note"] for token in clients["acme"].get("/v1/tokens").json()["data"]} == {"acme", None}


def test_a_tenant_s_admin_rules_the_tenant_and_not_the_service(
    agent: InterestAgent, client_of: Callable[..., httpx.Client]
) -> None:
    agent.create_tenant("acme")
    agent.create_tenant("zeta")
    own, acme = client_of(None), client_of("acme")
    [token_of_own] = [token["id"] for token in own.get("/v1/tokens").json()["data"] if token["tenant"] is None]

    assert acme.get("/v1/tenants").status_code == 403
    assert acme.post("/v1/tenants", json={"name": "mine"}).status_code == 403
    assert acme.delete("/v1/tenants/zeta").status_code == 403
    assert acme.get("/metrics").status_code == 403
    assert acme.post("/v1/tokens", json={"scopes": ["admin"], "tenant": "zeta"}).status_code == 422
    assert acme.delete(f"/v1/tokens/{token_of_own}").status_code == 404
    assert acme.post("/v1/tokens", json={"scopes": ["read"]}).json()["tenant"] == "acme"
    assert own.post("/v1/tokens", json={"scopes": ["read"], "tenant": "none-such"}).status_code == 404
    assert [tenant["name"] for tenant in own.get("/v1/tenants").json()["data"]] == ["acme", "zeta"]


def test_an_erasure_is_of_one_tenant_s_user_only(agent: InterestAgent, client_of: Callable[..., httpx.Client]) -> None:
    agent.create_tenant("acme")
    own, acme = client_of(None), client_of("acme")
    of_own, of_acme = client_of(None, *ALL, user="ada"), client_of("acme", *ALL, user="ada")
    event = {"user_id": "ada", "type": "view", "item_id": "x", "at": "2026-05-30T10:00:00Z"}
    of_acme.post("/v1/events", json={"events": [event]}).raise_for_status()

    assert own.delete("/v1/users/ada").json()["removed"]["access_tokens"] == 1
    assert of_own.get("/v1/users/ada/events").status_code == 401
    assert len(of_acme.get("/v1/users/ada/events").json()["data"]) == 1

    assert acme.delete("/v1/users/ada").json()["removed"]["access_tokens"] == 1
    assert of_acme.get("/v1/users/ada/events").status_code == 401


def test_a_removed_tenant_is_out_at_once_and_leaves_no_file(
    agent: InterestAgent, client_of: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    agent.create_tenant("acme")
    own, acme = client_of(None), client_of("acme")
    fill(acme, "acme")

    receipt = own.delete("/v1/tenants/acme").json()

    assert receipt["residue"] == 0
    assert {key: receipt["removed"][key] for key in ("tokens", "users", "events")} == {
        "tokens": 2,
        "users": 1,
        "events": 2,
    }
    assert receipt["removed"]["files"] > 3
    assert list((tmp_path / "tenants").iterdir()) == []
    assert not any(b"acme tea" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert acme.get("/v1/users").status_code == 401
    assert own.get("/v1/tenants").json() == {"data": []}
    agent.create_tenant("acme")
    assert client_of("acme").get("/v1/users").json()["data"] == []


def test_an_archive_gives_a_tenant_back(
    agent: InterestAgent, client_of: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    agent.create_tenant("acme")
    fill(client_of("acme"), "acme")

    receipt = agent.export_tenant("acme", tmp_path / "acme.zip")

    assert (receipt.items, receipt.users, receipt.events) == (3, 1, 2)
    agent.create_tenant("again")
    with zipfile.ZipFile(tmp_path / "acme.zip") as archive, agent.tenant("again") as again:
        archive.extractall(tmp_path / "out")
        again.import_items(tmp_path / "out" / "items.jsonl")
        for name in [name for name in archive.namelist() if name.startswith("users/")]:
            again.import_profile(ProfileExport.parse((tmp_path / "out" / name).read_text("utf-8")))
        with agent.tenant("acme") as before:
            assert again.profile("acme-ann") == before.profile("acme-ann")


def test_a_process_keeps_a_bounded_number_of_tenants_open(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, llm={"provider": "none"}, serve={"open_tenants": 2})
    names = [f"t{n}" for n in range(6)]
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        tokens = {}
        for name in names:
            agent.create_tenant(name)
            tokens[name] = agent.services.access_tokens.create(["admin"], tenant=name).token
        own = {"Authorization": f"Bearer {agent.services.access_tokens.create(['admin']).token}"}
        with TestClient(create_app(agent), client=("127.0.0.1", 5000)) as client:
            for name in names * 2:
                headers = {"Authorization": f"Bearer {tokens[name]}"}
                event = {"user_id": name, "type": "view", "item_id": "x", "at": "2026-05-30T10:00:00Z"}
                client.post("/v1/events", json={"events": [event]}, headers=headers).raise_for_status()
                job = client.post(f"/v1/users/{name}/update?wait=30", headers=headers)
                assert job.json()["status"] == "done"
                assert [user["user_id"] for user in client.get("/v1/users", headers=headers).json()["data"]] == [name]
            assert "penchant_tenants_open 2.0" in client.get("/metrics", headers=own).text


def test_jobs_that_a_worker_left_in_a_closed_tenant_are_done(agent: InterestAgent) -> None:
    agent.create_tenant("acme")
    with agent.tenant("acme") as acme:
        job = acme.services.jobs.add("update")
    with TestClient(create_app(agent), client=("127.0.0.1", 5000)), agent.tenant("acme") as acme:
        for _ in range(300):
            if acme.services.jobs.get(job.id).ended:
                break
            time.sleep(0.05)
        assert acme.services.jobs.get(job.id).status == "done"


def test_messages_to_the_webhooks_of_a_closed_tenant_are_sent(agent: InterestAgent) -> None:
    agent.create_tenant("acme")
    with agent.tenant("acme") as acme:
        hook = acme.services.webhooks.add("http://127.0.0.1:9/", ["erased"])  # which is refused, and that is logged
        acme.erase("ada")
    with TestClient(create_app(agent), client=("127.0.0.1", 5000)), agent.tenant("acme") as acme:
        pause = threading.Event()
        for _ in range(300):
            [delivery] = acme.services.webhooks.deliveries(hook.id)
            if delivery.error:
                break
            pause.wait(0.05)
        assert (delivery.attempts, "private network" in str(delivery.error)) == (1, True)


def held_places(agent: InterestAgent, most: int, monkeypatch: pytest.MonkeyPatch) -> OpenTenants:
    monkeypatch.setattr("penchant.tools.http.tenants.WAIT_SECONDS", 0.3)
    return OpenTenants(agent, lambda place: JobRunner(place.services.jobs, {}), most)


def test_a_tenant_whose_messages_are_being_sent_does_not_make_way(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending, ended = threading.Event(), threading.Event()

    def slow(*_: Any, **__: Any) -> int:
        sending.set()
        return 204 if ended.wait(20) else 500

    monkeypatch.setattr("penchant.agent.app.webhook_sender.send", slow)
    for name in ("acme", "zeta"):
        agent.create_tenant(name)
    with agent.tenant("acme") as acme:
        acme.services.webhooks.add("http://127.0.0.1:9/", ["erased"])
        acme.erase("ada")
    places = held_places(agent, 1, monkeypatch)
    places.leave(places.enter("acme"))
    assert sending.wait(20)
    with pytest.raises(ProblemError, match="too many tenants"):
        places.enter("zeta")
    ended.set()
    monkeypatch.setattr("penchant.tools.http.tenants.WAIT_SECONDS", 20)
    places.leave(places.enter("zeta"))
    places.stop()


def test_who_waits_for_a_tenant_that_is_being_opened_closes_no_other(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("acme", "zeta"):
        agent.create_tenant(name)
    places = held_places(agent, 3, monkeypatch)
    places.leave(places.enter("acme"))
    opening, ended, open_tenant = threading.Event(), threading.Event(), agent.tenant

    def slow(name: str) -> InterestAgent:
        opening.set()
        ended.wait(20)
        return open_tenant(name)

    monkeypatch.setattr(agent, "tenant", slow)
    first = threading.Thread(target=lambda: places.leave(places.enter("zeta")))
    first.start()
    assert opening.wait(20)
    with pytest.raises(ProblemError, match="still being opened"):
        places.enter("zeta")
    assert places.open_tenants == 1
    ended.set()
    first.join(20)
    assert places.open_tenants == 2
    places.stop()


def test_whatever_goes_wrong_the_tenants_are_looked_after_again(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks, again, known = [0], threading.Event(), agent.tenants

    def tenants() -> Any:
        looks[0] += 1
        if looks[0] == 1:
            raise RuntimeError("a fault of our own")
        again.set()
        return known()

    monkeypatch.setattr(agent, "tenants", tenants)
    monkeypatch.setattr("penchant.tools.http.tenants.LOOK_SECONDS", 0.01)
    with TestClient(create_app(agent), client=("127.0.0.1", 5000)):
        assert again.wait(20)
    assert "a fault of our own" in caplog.text


def test_a_tenant_has_settings_of_its_own_and_is_not_sent_others_keys(tmp_path: Path) -> None:
    llm = {"provider": "openai", "base_url": "http://127.0.0.1:9/v1", "api_key": "sk-of-the-service"}
    with InterestAgent.open(Settings(home=tmp_path, llm=llm), embedder=WordEmbedder()) as agent:
        agent.create_tenant("acme")
        agent.create_tenant("zeta")
        file = tmp_path / "tenants" / "acme" / "penchant.toml"
        file.write_text(
            'lang = "zh"\n[llm]\nbase_url = "http://127.0.0.1:8/v1"\n[event_weights]\nview = 0.3\n', "utf-8"
        )

        with agent.tenant("acme") as acme, agent.tenant("zeta") as zeta:
            assert (acme.settings.lang, acme.settings.llm.api_key, acme.event_weights["view"]) == ("zh", None, 0.3)
            assert (zeta.settings.lang, zeta.settings.llm) == ("en", agent.settings.llm)
            assert acme.services.bare_embedder is zeta.services.bare_embedder is agent.services.bare_embedder

        file.write_text('home = "/tmp"\n', "utf-8")
        with pytest.raises(UsageError, match=r"acme/penchant.toml is not usable: home"):
            agent.tenant("acme")
        assert agent.remove_tenant("acme").residue == 0


def test_a_tenant_in_use_elsewhere_is_not_removed_under_its_user(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("penchant.agent.app.tenants.IN_USE_SECONDS", 0.1)
    agent.create_tenant("acme")
    acme = agent.tenant("acme")
    acme.count_items()

    with pytest.raises(Exception, match="busy with the tenant 'acme'"):
        agent.remove_tenant("acme")
    with pytest.raises(NotFoundError, match="is being removed"):
        agent.tenant("acme")

    acme.close()
    assert agent.remove_tenant("acme").residue == 0
    with pytest.raises(NotFoundError, match="no tenant 'acme'"):
        acme.count_items()


def test_tenants_on_servers_have_a_schema_and_a_chroma_tenant_of_their_own(
    store_url: str, chroma_server: str, tmp_path: Path
) -> None:
    settings = Settings(
        home=tmp_path, llm={"provider": "none"}, store={"url": store_url}, chroma={"url": chroma_server}
    )
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        for name in ("one", "two"):
            agent.create_tenant(name)
            with agent.tenant(name) as tenant:
                items = Path(tmp_path / "items.jsonl")
                items.write_text(json.dumps({"item_id": name, "title": f"tea of {name}"}), "utf-8")
                tenant.import_items(items)
                events = tmp_path / "events.jsonl"
                did = {"user_id": name, "type": "purchase", "item_id": name, "at": "2026-05-30T10:00:00Z"}
                events.write_text(json.dumps(did), "utf-8")
                tenant.import_events(events)
                tenant.update()
        with agent.tenant("one") as first:
            assert ([user.user_id for user in first.users()], first.count_items()) == (["one"], 1)
            assert first.erase("one").residue == 0
        assert agent.users() == []

        receipt = agent.remove_tenant("two")

        assert (receipt.residue, receipt.removed["events"], receipt.removed["collections"] > 0) == (0, 1, True)
        with pytest.raises(NotFoundError):
            agent.tenant("two")
        agent.create_tenant("two")
        with agent.tenant("two") as two:
            assert (two.users(), two.count_items()) == ([], 0)
    for name in ("one", "two"):
        chroma = settings.chroma.model_copy(update={"tenant": f"penchant-{name}"})
        client = connect(settings.model_copy(update={"chroma": chroma}))
        for collection in client.list_collections():
            client.delete_collection(collection.name)


def test_a_name_is_given_once(agent: InterestAgent) -> None:
    agent.create_tenant("acme")

    with pytest.raises(ConflictError, match="there is a tenant 'acme' already"):
        agent.create_tenant("acme")


@given(st.text(max_size=60))
def test_a_name_is_a_plain_word_or_refused(name: str) -> None:
    plain = name.isascii() and 0 < len(name) <= 48 and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    if plain and name[0] != "-" != name[-1]:
        assert tenant_name(name) == name
    else:
        with pytest.raises(UsageError, match="cannot be a tenant"):
            tenant_name(name)


@pytest.mark.parametrize("name", ["../acme", "Acme", "a b", "", "-a", "a-", "ä", "a" * 49, "a/b", "a.b", "a_b", "a\n"])
def test_names_that_would_be_paths_or_worse_are_refused(agent: InterestAgent, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be a tenant"):
        agent.create_tenant(name)
