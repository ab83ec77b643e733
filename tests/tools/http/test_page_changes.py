"""What pages say after a change, and how it is taken back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from penchant import InterestAgent
from penchant.prompts.locales import Translator
from penchant.settings import Language
from penchant.store.clock import FixedClock

ALLERGIC = "I am allergic to nuts."


def says(page: str) -> list[str]:
    """The messages of a page."""
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r'role="status"><span>(.*?)</span>', page)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_change_of_a_person_s_page_is_told_where_it_was_made(
    client: TestClient, agent: InterestAgent, lang: Language
) -> None:
    say, reader = Translator(lang, "pages"), {"Accept-Language": lang}
    node = agent.profile("ada").interests[0].id

    def done(path: str, **data: Any) -> tuple[str, list[str]]:
        sent = client.post(f"/people/ada/{path}", data=data, headers=reader, follow_redirects=False)
        assert sent.status_code == 303
        place = sent.headers["location"]
        return place.partition("#")[2], says(client.get(place, headers=reader).text)

    assert done(f"interests/{node}", action="rename", text="My own") == ("interests", [say("done_interests_rename")])
    assert agent.profile("ada").interests[0].label == "My own"
    for action in ("mute", "unmute", "pin", "unpin", "remove"):
        assert done(f"interests/{node}", action=action) == ("interests", [say(f"done_interests_{action}")])
    assert done("undo") == ("interests", [say("done_interests_undo")])
    assert done("statements", text="How are you?") == ("statements", [say("done_statements_unheard")])
    assert done("statements", text=ALLERGIC) == ("statements", [say("done_statements_add")])
    [statement] = agent.statements("ada").statements
    assert done(f"statements/{statement.id}/remove") == ("statements", [say("done_statements_remove")])
    assert done("update") == ("profile", [say("done_profile_done")])
    assert done("consents", purpose=["profile", "recommend"]) == ("consents", [say("done_consents_save")])
    assert done("erase", confirm="adam") == ("erase", [say("done_erase_wrong")])


def test_a_person_s_page_explains_its_numbers_and_leads_from_a_change_to_the_list(
    client: TestClient, agent: InterestAgent, token: Callable[..., dict[str, str]]
) -> None:
    page = client.get("/people/ada?done=interests-mute", headers={"Accept-Language": "en"}).text
    reader = client.get("/people/ada?done=interests-mute", headers=token("read") | {"Accept-Language": "en"}).text
    explained = (
        "share of an interest in all",
        "Mute: nothing related",
        "score adds up",
        '<a href="#list">See the list',
    )

    assert [words in page for words in explained] == [True] * 4
    assert [words in reader for words in explained] == [True, False, False, False]


@pytest.mark.browser
def test_narrower_interests_are_in_sight_of_the_strongest_topic_and_where_one_was_changed(
    address: str, browser: Any, agent: InterestAgent
) -> None:
    garden = {
        f"spade-{n}": f"{word} garden spade" for n, word in enumerate(("red", "blue", "green", "small", "old", "new"))
    }
    agent.add_items(
        {"item_id": item, "title": title, "categories": [["Garden", "Spades"]]} for item, title in garden.items()
    )
    agent.observe(
        {"user_id": "ada", "type": "purchase", "item_id": item, "at": agent.clock.now()}
        for item in (*garden, "lamp-1", "lamp-2")
    )
    agent.build_taxonomy()
    agent.update("ada")
    tab = browser.new_page(locale="en")

    def in_sight() -> list[bool]:
        tab.goto(f"{address}/people/ada")
        return list(tab.locator(".tree > li > details").evaluate_all("all => all.map(one => one.open)"))

    assert in_sight() == [True, False]
    agent.edit("ada", "mute", agent.profile("ada").interests[1].children[0].id)
    assert in_sight() == [True, True]
    agent.undo("ada")
    agent.edit("ada", "mute", agent.profile("ada").interests[0].id)
    assert in_sight() == [True, False]
    assert tab.locator(".tree details details[open]").count() == 0


def test_what_says_nothing_is_not_kept_and_a_made_up_message_is_not_shown(
    client: TestClient, agent: InterestAgent
) -> None:
    before = len(agent.events("ada"))
    client.post("/people/ada/statements", data={"text": "How are you?"})

    assert len(agent.events("ada")) == before
    assert says(client.get("/people/ada?done=interests-won").text) == []
    assert says(client.get("/people/ada?done=%3Cb%3E").text) == []


@pytest.mark.browser
def test_an_interest_that_was_removed_by_mistake_is_put_back_without_a_script(
    address: str, browser: Any, agent: InterestAgent
) -> None:
    before = [node.label for node in agent.profile("ada").walk()]
    tab = browser.new_context(locale="en", java_script_enabled=False).new_page()
    tab.goto(f"{address}/people/ada")
    tab.get_by_role("button", name="Remove").first.click()
    assert [node.label for node in agent.profile("ada").walk()] != before

    expect(tab.get_by_role("status")).to_be_in_viewport()
    tab.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(tab.get_by_text("The last change was undone.")).to_be_in_viewport()
    assert [node.label for node in agent.profile("ada").walk()] == before
    assert tab.get_by_role("button", name="Undo").count() == 0


def test_somebody_new_sees_that_nothing_is_known_of_them_and_can_say_something(
    client: TestClient, agent: InterestAgent, token: Callable[..., dict[str, str]]
) -> None:
    own = token(user_id="newcomer")
    page = client.get("/me", headers=own)
    assert page.status_code == 200
    assert "Nothing is known about you yet." in page.text
    assert re.findall(r"/(?:report|export|why)\b", page.text) == []

    stated = client.post("/people/newcomer/statements", data={"text": "I love green tea."}, headers=own)
    assert "I love green tea." in stated.text
    assert [row.text for row in agent.statements("newcomer").statements] == ["I love green tea."]
    assert client.get("/people/somebody-else", headers=token("admin")).status_code == 404


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_receipt_of_an_erasure_names_every_place_in_words(client: TestClient, lang: str) -> None:
    page = client.post("/people/ada/erase", data={"confirm": "ada"}, headers={"Accept-Language": lang}).text
    places = re.findall(r"<tr><td>([^<]+)</td>", page)

    assert len(places) > 15
    assert [place for place in places if re.fullmatch(r"[a-z_]+", place)] == []


def test_hiding_an_item_shows_the_same_part_of_the_catalogue_again(client: TestClient) -> None:
    page = client.get("/catalogue?after=lamp-7").text
    assert '<input type="hidden" name="after" value="lamp-7">' in page
    for shown, path in (
        ({"after": "lamp-7"}, "/catalogue?after=lamp-7#item-tea-1"),
        ({"q": "red tea"}, "/catalogue?q=red+tea#item-tea-1"),
        ({"q": "", "after": ""}, "/catalogue#item-tea-1"),
    ):
        answer = client.post("/catalogue/tea-1", data={"available": "no"} | shown, follow_redirects=False)
        assert answer.headers["location"] == path


def test_a_token_that_has_expired_says_so_and_one_of_a_tenant_names_it(
    client: TestClient, agent: InterestAgent, token: Callable[..., dict[str, str]]
) -> None:
    agent.create_tenant("acme")
    admin = token("admin")
    token("read", expires_in=timedelta(hours=1))
    token("read", tenant="acme")
    clock = agent.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(hours=2))
    rows = re.findall(r"<tr><td><code>t-.*?</tr>", client.get("/running", headers=admin).text)

    assert ["expired" in row for row in rows].count(True) == 1
    assert ["everybody · tenant acme" in row for row in rows].count(True) == 1
    assert ["Revoke" in row for row in rows].count(True) == 2


def test_a_corrected_taxonomy_says_so(client: TestClient) -> None:
    page = client.post("/taxonomy/gifts", data={"action": "rename", "value": "Presents"}).text

    assert says(page) == ["Corrected: this applies to every later version."]


@pytest.mark.parametrize(("lang", "words"), [("en", "Go to that page"), ("zh", "前往该页面")])
def test_the_report_leads_to_the_page_where_it_is_put_right_and_names_no_command(
    client: TestClient, lang: str, words: str
) -> None:
    report = client.get("/people/ada/report", headers={"Accept-Language": lang}).text

    assert f'<a href="/people/ada">{words}</a>' in report
    assert re.findall(r"penchant (?:profile|erase|consent)", report) == []


@pytest.mark.parametrize(("lang", "words"), [("en", "No list: consent"), ("zh", "未生成列表：尚未同意")])
def test_a_list_that_is_not_allowed_is_told_in_the_reader_s_language(
    client: TestClient, agent: InterestAgent, lang: str, words: str
) -> None:
    agent.revoke("ada", "recommend")
    page = client.get("/people/ada", headers={"Accept-Language": lang}).text

    assert words in page
    assert "penchant consent" not in page


def test_a_purpose_that_is_none_is_refused_and_takes_back_no_consent(client: TestClient, agent: InterestAgent) -> None:
    before = agent.consent("ada")

    assert client.post("/people/ada/consents", data={"purpose": ["profile", "adverts"]}).status_code == 422
    assert agent.consent("ada") == before


def test_an_update_without_consent_is_not_called_done(client: TestClient, agent: InterestAgent) -> None:
    agent.revoke("bob", "profile")
    page = client.post("/people/bob/update", headers={"Accept-Language": "en"}, follow_redirects=True).text

    assert "Not updated: consent to learn from behaviour is not given" in page
    assert "up to date" not in page
