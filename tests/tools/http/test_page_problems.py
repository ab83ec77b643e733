"""What somebody at a browser reads when something does not work: a page in their language, and a way on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from penchant import InterestAgent

BROWSER = {"Accept": "text/html,application/xhtml+xml"}
FORMS: list[tuple[str, str, dict[str, str], int]] = [
    ("GET", "/try?user=ada&k=999", {}, 422),
    ("GET", "/people/nobody", {}, 404),
    ("GET", "/people/ada/why/nothing", {}, 404),
    ("GET", "/nowhere", {}, 404),
    ("GET", "/me", {}, 404),
    ("GET", "/people?q=" + "x" * 600, {}, 422),
    ("GET", "/taxonomy/nowhere", {}, 404),
    ("POST", "/experiments", {"name": "more", "share": "much"}, 422),
    ("POST", "/experiments", {"name": "more", "share": "150"}, 422),
    ("POST", "/experiments", {"name": "more", "diversity": "x"}, 422),
    ("POST", "/experiments", {"name": "more"}, 422),
    ("POST", "/experiments", {"diversity": "0.3"}, 422),
    ("POST", "/experiments", {"name": " ", "diversity": "0.3"}, 422),
    ("POST", "/tokens", {"scope": "root"}, 422),
    ("POST", "/tokens", {"scope": "read", "expires": "soon"}, 422),
    ("POST", "/tokens/nothing/revoke", {}, 404),
    ("POST", "/jobs/nothing/cancel", {}, 404),
    ("POST", "/catalogue/nothing", {"available": "no"}, 404),
    ("POST", "/people/ada/statements", {}, 422),
    ("POST", "/people/ada/statements/nothing/remove", {}, 404),
    ("POST", "/tokens", {}, 422),
    ("POST", "/people/ada/interests/nowhere", {"action": "mute"}, 404),
    ("POST", "/people/ada/interests/gifts", {"action": "frob"}, 422),
    ("POST", "/people/ada/interests/gifts", {"action": "rename", "text": " "}, 422),
]


@pytest.mark.parametrize(("method", "path", "data", "status"), FORMS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_problem_is_a_page_that_says_in_the_reader_s_language_what_to_do(
    client: TestClient, lang: str, method: str, path: str, data: dict[str, str], status: int
) -> None:
    answer = client.request(method, path, data=data or None, headers=BROWSER | {"Accept-Language": lang})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")

    advice = {
        ("en", 404): "There is nothing with this name.",
        ("zh", 404): "此处没有这个名称的用户或内容",
        ("en", 422): "Go back and change the input.",
        ("zh", 422): "请返回并修改所填内容。",
    }
    assert advice[lang, status] in answer.text
    assert not re.search(r"penchant [a-z]+ |whoever runs|/v1/", answer.text)
    assert ('<span lang="en"' in answer.text) == (lang == "en"), "what is wrong is not in the reader's language"


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("zh;q=0.1, en;q=0.9", "en"),
        ("en;q=0.5,zh-TW;q=0.8", "zh-Hans"),
        ("fr, zh;q=0.2", "zh-Hans"),
        ("fr, *;q=0.9, zh;q=0.2", "en"),
        ("en;q=0, *", "zh-Hans"),
        ("zh, en", "zh-Hans"),
        ("fr", "en"),
        ("", "en"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_likes_best(client: TestClient, header: str, lang: str) -> None:
    assert f'<html lang="{lang}">' in client.get("/people", headers={"Accept-Language": header}).text


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,*/*;q=0.8", "text/html"),
        ("application/json, text/html;q=0.5", "application/problem+json"),
        ("text/html;q=0", "application/problem+json"),
        ("*/*", "application/problem+json"),
    ],
)
def test_who_likes_problem_details_better_than_a_page_gets_them(client: TestClient, accept: str, kind: str) -> None:
    assert client.get("/nowhere", headers={"Accept": accept}).headers["content-type"].startswith(kind)


def test_what_goes_wrong_in_the_server_is_a_page_too(
    client: TestClient, agent: InterestAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(agent, "taxonomy", broken)
    answer = client.get("/taxonomy", headers=BROWSER | {"Accept-Language": "zh"})

    assert answer.status_code == 500
    assert "服务出错" in answer.text
    again = client.get("/taxonomy").json()
    assert again["request_id"] in again["detail"]


def test_a_consent_that_is_missing_is_named_with_where_to_give_it(client: TestClient, agent: InterestAgent) -> None:
    agent.revoke("ada", "profile")
    answer = client.post("/people/ada/interests/gifts", data={"action": "pin"}, headers=BROWSER)

    assert answer.status_code == 403
    assert "further down on the person’s page" in answer.text


def test_a_form_that_is_sent_after_the_session_has_ended_leads_to_where_to_sign_in(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    token("admin")
    for path in ("/people/ada/update", "/tokens", "/logout-of-nothing"):
        answer = client.post(path, headers=BROWSER, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert client.post("/people/ada/update").status_code == 401


def test_signing_in_goes_on_to_the_page_that_was_asked_for_and_nowhere_else(
    client: TestClient, token: Callable[..., dict[str, str]]
) -> None:
    secret = token("admin")["Authorization"].removeprefix("Bearer ")
    asked = client.get("/catalogue?q=tea&after=a%2Fb", headers=BROWSER, follow_redirects=False).headers["location"]
    form = client.get(asked).text
    [back] = re.findall(r'name="back" value="([^"]+)"', form)
    sent = {"token": secret, "back": back.replace("&amp;", "&")}

    def leads_to(**more: str) -> str:
        return str(client.post("/login", data=sent | more, follow_redirects=False).headers["location"])

    assert leads_to() == "/catalogue?q=tea&after=a%2Fb"
    assert [leads_to(back=path) for path in ("//evil.example", "/\\evil.example", "https://evil.example", "")] == [
        "/"
    ] * 4


def test_another_language_keeps_the_search_and_never_leads_to_a_form_that_was_sent(client: TestClient) -> None:
    def other_language(page: str) -> str:
        [path] = re.findall(r'href="(/language/zh[^"]+)"', page)
        return str(client.get(path.replace("&amp;", "&"), follow_redirects=False).headers["location"])

    assert other_language(client.get("/catalogue?q=tea&after=x").text) == "/catalogue?q=tea&after=x"
    for path, data in (
        ("/people/ada/erase", {"confirm": "bob"}),
        ("/people/bob/erase", {"confirm": "bob"}),
        ("/experiments", {"name": "more", "share": "much"}),
        ("/tokens", {"scope": "read"}),
    ):
        page = client.post(path, data=data, headers=BROWSER)
        assert client.get(other_language(page.text), headers=BROWSER).status_code == 200


def test_why_a_user_s_token_cannot_be_admin_is_said_in_the_reader_s_language(client: TestClient) -> None:
    form = {"scope": "admin", "user": "ada"}
    answer = client.post("/tokens", data=form, headers=BROWSER | {"Accept-Language": "zh"})

    assert answer.status_code == 422
    assert "只限一位用户的令牌不能有 admin 权限" in answer.text


def test_a_method_that_a_page_does_not_have_is_refused_in_the_reader_s_language(client: TestClient) -> None:
    english, chinese = (client.delete("/people", headers=BROWSER | {"Accept-Language": lang}) for lang in ("en", "zh"))

    assert (english.status_code, chinese.status_code) == (405, 405)
    assert "DELETE /people: Method Not Allowed; see /openapi.json for what there is" in english.text
    assert "DELETE /people：不支持此方法；现有的路径见 /openapi.json" in chinese.text
