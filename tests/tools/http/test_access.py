"""Who comes in, and what they reach: tokens, scopes, users, hosts, the audit log."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from recommend_shop import WordEmbedder
from sqlalchemy import select

from penchant import Event, InterestAgent, Settings
from penchant.errors import UsageError
from penchant.store.clock import FixedClock
from penchant.store.schema import idempotency_keys
from penchant.tools.http.app import create_app

EVENT = {"user_id": "eve", "type": "purchase", "item_id": "tea-1", "at": "2026-05-30T10:00:00Z"}


def test_a_token_for_an_id_that_is_written_otherwise_is_for_that_user(client: TestClient) -> None:
    admin = {"Authorization": f"Bearer {client.post('/v1/tokens', json={'scopes': ['admin']}).json()['token']}"}
    wishes = {"scopes": ["read"], "user_id": " ada ", "expires": "45s"}
    new = client.post("/v1/tokens", json=wishes, headers=admin).json()

    shown = client.get("/v1/users/ada/profile", headers={"Authorization": f"Bearer {new['token']}"})
    assert (new["user_id"], new["expires_at"], shown.status_code) == ("ada", "2026-06-01T00:00:45Z", 200)


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


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/tokens?sort=id"),
        ("GET", "/v1/audit?limit=1&limit=2"),
        ("POST", "/v1/events?dry=1"),
        ("POST", "/v1/users/ada/recommendations?k=0"),
        ("POST", "/v1/updates?wait=soon"),
        ("DELETE", "/v1/users/ada?really=1"),
    ],
)
def test_whether_a_caller_may_ask_is_decided_before_how_they_ask(
    client: TestClient, token: Callable[..., dict[str, str]], method: str, path: str
) -> None:
    refused = client.request(method, path, headers=token("read"), json={"wrong": 1} if method == "POST" else None)
    wrong = client.request(method, path, headers=token("admin"))

    assert (refused.status_code, wrong.status_code) == (403, 422)


@pytest.mark.parametrize("body", [b'{"events": [', b"[" * 100_000, b'"\xff"'])
@pytest.mark.parametrize("path", ["/v1/events", "/v1/tokens", "/v1/users/bob/statements", "/v1/users/b%2Fb/feedback"])
def test_whether_a_caller_may_ask_is_decided_before_their_body_is_read(
    client: TestClient, token: Callable[..., dict[str, str]], path: str, body: bytes
) -> None:
    json = {"Content-Type": "application/json"}
    refused = client.post(path, headers=token("read") | json, content=body)
    of_another = client.post(path, headers=token(user_id="ada") | json, content=body)
    unreadable = client.post(path, headers=token("admin") | json, content=body)

    own_events = path == "/v1/events"  # whose events they are stands in the body
    assert [answer.status_code for answer in (refused, of_another, unreadable)] == [
        403,
        400 if own_events else 403,
        400,
    ]


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
        client.post("/v1/users/ada/onboarding", json={"friends": ["bob"]}, headers=headers),
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


def test_a_change_from_a_page_of_another_site_is_refused_without_an_origin_too(
    client: TestClient, agent: InterestAgent
) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    assert client.post("/v1/updates", headers=elsewhere).status_code == 403
    assert agent.services.jobs.list() == []
    assert client.get("/v1/users/ada/profile", headers=elsewhere).status_code == 200
    assert client.post("/v1/updates", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 202


def test_every_refusal_of_a_token_says_how_one_is_shown(tmp_path: Path) -> None:
    import jwt

    key = "a shared secret of at least thirty-two bytes"
    signed = {"issuer": "i", "key": key, "algorithms": ["HS256"], "tenant_claim": "org"}
    settings = Settings(home=tmp_path, llm={"provider": "none"}, jwt=signed)
    claims = {"iss": "i", "sub": "ada", "org": "nowhere", "exp": 4_000_000_000}
    shown = [
        "",
        "Basic eDp5",
        "Bearer pt_worthless",
        "Bearer a.b.c",
        f"Bearer {jwt.encode(claims, key, 'HS256')}",
    ]
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent, TestClient(create_app(agent)) as client:
        answers = [client.get("/v1/users", headers={"Authorization": header} if header else {}) for header in shown]

    assert [(answer.status_code, answer.headers["WWW-Authenticate"]) for answer in answers] == [
        (401, 'Bearer realm="penchant"')
    ] * len(shown)
    details = [answer.json()["detail"] for answer in answers]
    assert details[2] == "this token is unknown, expired or revoked: ask for a new one"
    assert details[4] == "the tenant 'nowhere' of this token does not exist: ask for a new one"


def test_what_is_changed_and_who_is_looked_at_stands_in_the_audit_log_until_they_are_erased(client: TestClient) -> None:
    client.get("/v1/users/ada/profile")
    client.post("/v1/users/ada/feedback", json={"item_id": "tea-5", "outcome": "liked"})
    actions = [row["action"] for row in client.get("/v1/audit?user=%20ada").json()["data"]]
    assert actions == ["POST /v1/users/{user}/feedback", "GET /v1/users/{user}/profile"]

    client.delete("/v1/users/ada")
    assert client.get("/v1/audit?user=ada").json()["data"] == []


def test_whoever_is_looked_at_stands_in_the_audit_log_whatever_way_it_was_asked(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    admin, own = token("admin"), token(user_id="ada")
    mcp = admin | {"Accept": "application/json, text/event-stream"}
    call: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    client.get("/v1/users/%20ada%E2%80%8B/profile", headers=admin)
    client.get("/me", headers=own)
    client.get("/try?user=ada", headers=admin)
    client.post("/v1/recommendations:batch", json={"user_ids": ["bob", "ada "]}, headers=admin)
    client.post("/mcp", json=call | {"params": {"name": "get_profile", "arguments": {"user_id": " ada"}}}, headers=mcp)
    client.post("/mcp", json=call | {"method": "resources/read", "params": {"uri": "profile://ada"}}, headers=mcp)

    rows = client.get("/v1/audit?user=ada", headers=admin).json()["data"]
    assert [row["action"] for row in rows[::-1]] == [
        "GET /v1/users/{user}/profile",
        "GET /me",
        "GET /try",
        "POST /v1/recommendations:batch",
        "POST /mcp get_profile",
        "POST /mcp profile://",
    ]
    assert [row["action"] for row in client.get("/v1/audit?user=bob", headers=admin).json()["data"]] == [
        "POST /v1/recommendations:batch"
    ]
    assert client.delete("/v1/users/ada", headers=admin).json()["found"]["audit_log"] == len(rows)


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


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            ("No recommendations are shown here, because your token", "You can look at this page, but not change it"),
        ),
        ("zh", ("此处不显示推荐，因为您的令牌不包含推荐", "您可以查看此页，但不能更改")),
    ],
)
def test_users_are_told_in_plain_words_what_their_token_does_not_show_them(
    client: TestClient, token: Callable[..., dict[str, str]], language: str, says: tuple[str, str]
) -> None:
    headers = token("read", user_id="ada") | {"Accept-Language": language, "Accept": "text/html"}
    page = client.get("/me", headers=headers).text

    assert [text for text in says if text not in page] == []
    assert "recommend”" not in page and "“write" not in page and " recommend " not in page and " write " not in page
    sign_in = client.get("/login", headers={"Accept-Language": language}).text
    assert (
        re.findall(r'<p class="lead">.*pt_.*</p>', sign_in) and "penchant token create" in sign_in.split("</form>")[1]
    )


def test_pages_show_and_offer_only_what_the_scopes_of_a_token_allow(
    client: TestClient, agent: InterestAgent, token: Callable[..., dict[str, str]]
) -> None:
    lists = agent.services.recommendations
    reads, may_change, listed = token("read"), token("read", "write"), token("read", "recommend")
    before = lists.for_user("ada")

    page = client.get("/people/ada", headers=reads).text
    refused = [client.get(f"/people/ada/{part}", headers=reads).status_code for part in ("report", "why/tea-5")]

    assert (refused, lists.for_user("ada")) == ([403, 403], before)
    assert re.findall(r'<form method="post" action="([^"]+)"', page) == []
    assert "No list: this token lacks the scope “recommend”." in page
    assert re.findall(r'href="(/people/ada/[^"]+)"', page) == ["/people/ada/export"]
    assert not {"/running", "/try"} & set(re.findall(r'<li><a href="([^"]+)"', page))
    assert 'action="/people/ada/update"' in client.get("/people/ada", headers=may_change).text
    assert 'href="/people/ada/why/tea-5"' in client.get("/people/ada", headers=listed).text


@pytest.mark.parametrize("page", ["", "people", "taxonomy", "catalogue", "experiments", "jobs"])
def test_no_page_offers_a_reader_a_form_or_a_link_that_is_refused(
    client: TestClient, agent: InterestAgent, token: Callable[..., dict[str, str]], page: str
) -> None:
    agent.start_experiment("test", {"current": {"share": 50}, "changed": {"share": 50, "cap": 0.5}})
    agent.services.jobs.add("update", user_id="ada")
    reads = token("read")

    shown = client.get(f"/{page}", headers=reads).text
    links = set(re.findall(r'href="(/[^"#]*)"', shown))

    assert re.findall(r'<form method="post" action="([^"]*)"', shown) == []
    assert {link for link in links if client.get(link, headers=reads).status_code != 200} == set()


def test_the_path_of_mcp_may_end_in_a_slash(client: TestClient) -> None:
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    answer = client.post("/mcp/", json=ping, headers={"Accept": "application/json"}, follow_redirects=False)

    assert (answer.status_code, answer.json()["result"]) == (200, {})


@pytest.mark.parametrize("claim", [["ada"], {"id": "ada"}, True, "", "a\nb", None])
def test_a_claim_that_names_nobody_lets_nobody_in(tmp_path: Path, claim: object) -> None:
    import jwt

    key = "a shared secret of at least thirty-two bytes"
    signed = {"issuer": "https://id.example", "key": key, "algorithms": ["HS256"], "user_claim": "who"}
    settings = Settings(home=tmp_path, llm={"provider": "none"}, jwt=signed)
    shown = jwt.encode({"iss": "https://id.example", "exp": 4_000_000_000, "who": claim}, key, "HS256")
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent, TestClient(create_app(agent)) as client:
        answer = client.get("/v1/users/ada/consents", headers={"Authorization": f"Bearer {shown}"})

    assert answer.status_code == 401


def test_while_the_identity_provider_does_not_answer_nobody_is_told_to_sign_in_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import jwt

    signed = {"issuer": "https://id.example", "jwks_url": "http://127.0.0.1:9/keys", "algorithms": ["HS256"]}
    settings = Settings(home=tmp_path, llm={"provider": "none"}, jwt=signed)
    shown = jwt.encode({"sub": "ada"}, "a shared secret of at least thirty-two bytes", "HS256", {"kid": "k1"})
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent, TestClient(create_app(agent)) as client:
        answer = client.get("/v1/users/ada/profile", headers={"Authorization": f"Bearer {shown}"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert answer.json()["detail"] == "the keys of the identity provider cannot be read at the moment: try again"
    assert "the keys of the identity provider cannot be read: " in caplog.text


def test_an_issuer_without_keys_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENCHANT_JWT__ISSUER", "https://id.example")

    with pytest.raises(UsageError, match="setting 'jwt' is not usable: issuer needs jwks_url or key"):
        Settings.load()


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


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "This token is not known, has expired or was revoked."), ("zh", "此令牌不存在、已过期或已被撤销。")],
)
def test_a_token_that_signs_nobody_in_may_be_mended_on_the_same_page(
    client: TestClient, token: Callable[..., dict[str, str]], lang: str, words: str
) -> None:
    token("read")
    answer = client.post("/login", data={"token": "wrong"}, headers={"Accept-Language": lang}, follow_redirects=False)
    assert answer.status_code == 401
    assert words in answer.text
    assert '<form method="post" action="/login"' in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("whose", ["a user", "a tenant"])
def test_where_the_last_token_goes_with_whose_it_was_nobody_comes_in_without_one(
    client: TestClient, agent: InterestAgent, token: Callable[..., dict[str, str]], whose: str
) -> None:
    assert client.get("/v1/users").status_code == 200
    if whose == "a user":
        token("read", user_id="ada")
        agent.erase("ada")
    else:
        agent.services.tenants.add("acme")
        token("read", tenant="acme")
        agent.services.tenants.revoke_access("acme")

    assert agent.services.access_tokens.list() == []
    assert client.get("/v1/users").status_code == 401


def test_behind_a_proxy_that_speaks_https_the_cookie_keeps_to_https(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    form = {"token": token("admin")["Authorization"].removeprefix("Bearer ")}
    plain, proxied = (
        client.post("/login", data=form, headers=headers, follow_redirects=False).headers["set-cookie"]
        for headers in ({}, {"X-Forwarded-Proto": "https"})
    )

    assert ("Secure" in plain, "Secure" in proxied) == (False, True)


def test_a_token_of_one_user_is_refused_with_what_the_request_is_about(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    own = token(user_id="ada")
    for path, about in {
        "/v1/users/bob/profile": "about another user",
        "/v1/users": "not about that user alone",
        "/v1/taxonomy": "not about that user alone",
    }.items():
        refused = client.get(path, headers=own)
        assert (refused.status_code, refused.json()["detail"]) == (
            403,
            f"this token is for one user only, and this request is {about}",
        )
