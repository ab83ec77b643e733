"""What those who run the service do on its pages: correct the taxonomy, and run an A/B test."""

import json
import re
import shlex
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from recommend_shop import WordEmbedder

from penchant import InterestAgent, Settings
from penchant.agent.profiles.engine.dynamics import EXPERTS
from penchant.agent.profiles.population import DOCUMENT as POPULATION
from penchant.agent.profiles.population import Population
from penchant.agent.recommend.blocks import FEATURES
from penchant.agent.recommend.tuning.setting import DEFAULT_BETA, REPORT, Tuned, TuneReport
from penchant.prompts.locales import signal_in_words
from penchant.settings import Language
from penchant.tools.http.app import create_app

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def theme_of(agent: InterestAgent, item_id: str) -> dict[str, Any]:
    """The node that holds an item, as it is now."""
    taxonomy = agent.services.taxonomies.current()
    [theme] = taxonomy.assignments([item_id])[1][:1]
    return agent.taxonomy_node(taxonomy.themes[int(theme)].id)


def test_a_renamed_and_a_moved_theme_stay_so_when_the_taxonomy_is_built_anew(
    client: TestClient, agent: InterestAgent
) -> None:
    tea = theme_of(agent, "tea-1")["id"]
    for data in ({"action": "rename", "value": "Fine teas"}, {"action": "move", "value": "gifts"}):
        answer = client.post(f"/taxonomy/{tea}", data=data, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/taxonomy?done=taxonomy-correct#taxonomy")
    agent.build_taxonomy()

    now = theme_of(agent, "tea-1")
    assert (now["id"], now["label"], now["subtopic"]) == (tea, "Fine teas", "gifts")
    page = client.get("/taxonomy").text
    assert f'href="/taxonomy/{tea}" aria-label="Correct “Fine teas”"' in page


def test_a_theme_that_was_made_part_of_another_stays_part_of_it(client: TestClient, agent: InterestAgent) -> None:
    tea, lamp = (theme_of(agent, item)["id"] for item in ("tea-1", "lamp-1"))
    assert tea != lamp
    assert f'<option value="{lamp}">' in client.get(f"/taxonomy/{tea}").text
    client.post(f"/taxonomy/{tea}", data={"action": "merge", "value": lamp})
    agent.build_taxonomy()

    assert {theme_of(agent, item)["id"] for item in ("tea-1", "lamp-1")} == {lamp}
    assert client.get(f"/taxonomy/{tea}").status_code == 404


def test_a_name_is_given_in_the_language_of_the_page(client: TestClient, agent: InterestAgent) -> None:
    english = agent.taxonomy_node("gifts", lang="en")["label"]
    page = client.get("/taxonomy/gifts", headers={"Accept-Language": "zh"}).text
    assert "更正" in page
    assert "合并" not in page
    client.post("/taxonomy/gifts", data={"action": "rename", "value": "好礼"}, headers={"Accept-Language": "zh"})

    assert [agent.taxonomy_node("gifts", lang=lang)["label"] for lang in ("en", "zh")] == [english, "好礼"]


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/taxonomy/nowhere", {"action": "rename", "value": "Teas"}, 404),
        ("/taxonomy/gifts", {"action": "move", "value": "gifts"}, 404),
        ("/taxonomy/gifts", {"action": "explode", "value": "gifts"}, 422),
        ("/taxonomy/gifts", {"action": "rename", "value": "http://spam.example"}, 422),
        ("/experiments", {"name": "more", "diversity": "much"}, 422),
        ("/experiments", {"name": "more", "share": "100"}, 422),
        ("/experiments", {"name": "more", "cap": "7"}, 422),
        ("/experiments/stop", {}, 404),
    ],
)
def test_a_form_that_cannot_be_is_refused_and_changes_nothing(
    client: TestClient, agent: InterestAgent, path: str, data: dict[str, str], status: int
) -> None:
    before = agent.taxonomy()

    assert client.post(path, data=data).status_code == status
    assert (agent.taxonomy(), agent.experiments()) == (before, [])


def test_who_may_only_read_corrects_nothing_and_starts_no_test(client: TestClient, agent: InterestAgent) -> None:
    token = agent.services.access_tokens.create(["read"]).token
    header = {"Authorization": f"Bearer {token}"}
    sent = {"/taxonomy/gifts": {"action": "rename", "value": "Presents"}, "/experiments": {"name": "more"}}

    assert [client.post(path, data=data, headers=header).status_code for path, data in sent.items()] == [403, 403]
    assert client.get("/evaluation", headers=header).status_code == 200


def test_the_form_for_a_test_shows_the_values_in_force(tmp_path: Path) -> None:
    rules = {"calibration": 0.25, "diversity": 0.5, "cap": 0.4, "freshness": 2}
    settings = Settings(home=tmp_path, llm={"provider": "none"}, recommend=rules)
    with (
        InterestAgent.open(settings, embedder=WordEmbedder()) as agent,
        TestClient(create_app(agent), client=("127.0.0.1", 5000)) as client,
    ):
        page = client.get("/evaluation", headers={"Accept-Language": "en"}).text

    assert re.findall(r"now ([\d.]+)</span> <input name=\"(\w+)\"", page) == [
        ("0.25", "calibration"), ("0.5", "diversity"), ("0.4", "cap"), ("2", "freshness"),
    ]  # fmt: skip


def test_the_page_of_jobs_renews_itself_until_all_have_ended_or_it_is_told_not_to(
    client: TestClient, agent: InterestAgent
) -> None:
    job = agent.services.jobs.add("other")
    pages = [client.get(path) for path in ("/jobs", "/jobs?still=1")]
    agent.services.jobs.cancel(job.id)
    pages.append(client.get("/jobs"))

    assert [page.headers.get("Refresh") for page in pages] == ["5", None, None]
    assert ["renews itself" in page.text for page in pages] == [True, False, False]


def test_the_earlier_address_of_tests_leads_to_where_they_are_now(client: TestClient) -> None:
    answer = client.get("/experiments", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/evaluation#tests")
    assert '<h2 id="tests">' in client.get("/experiments").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_rule_of_a_new_test_is_explained_at_its_field(client: TestClient, language: str) -> None:
    page = client.get("/evaluation", headers={"Accept-Language": language}).text
    explained = dict(re.findall(r'<small id="about-(\w+)">([^<]+)</small>', page))

    assert re.findall(r'name="\w+" inputmode="decimal" aria-describedby="about-(\w+)"', page) == list(explained)
    assert [*explained] == ["calibration", "diversity", "cap", "freshness"]
    assert all(len(words) > 20 and page.count(words) == 2 for words in explained.values())


def test_how_lists_are_received_is_shown_by_signal_as_the_statistics_have_it(
    client: TestClient, agent: InterestAgent
) -> None:
    assert "No reactions to lists yet" in client.get("/evaluation").text
    for user in ("ada", "bob", "dan"):
        listed = agent.recommend(user, 3)
        for item, outcome in zip(listed.items, ("clicked", "liked", "disliked"), strict=True):
            agent.feedback(user, item.item_id, outcome, listed.recommendation_id)
    received = agent.stats().recommendations
    rows = re.findall(
        r'<th scope="row">([^<]+)</th><td class="n">(\d+)</td><td class="n">([^<]+) <span class="soft">\(([^<]+)\)',
        client.get("/evaluation").text,
    )

    parts = [received, *received.by_signal.values()]
    rates = [part.click_through for part in parts]
    assert received.click_through.total == 9
    assert [row[0] for row in rows] == ["Everything", *(signal_in_words(name, "en") for name in received.by_signal)]
    assert [(int(total), rate, bounds) for _, total, rate, bounds in rows] == [
        (part.total, f"{part.rate:.1%}".replace("%", " %"), f"{part.low:.1%} … {part.high:.1%}".replace("%", " %"))
        for part in rates
    ]


def test_the_last_tuning_is_shown_with_what_it_changed_and_before_it_how_to_tune(
    client: TestClient, agent: InterestAgent
) -> None:
    assert "<code>penchant tune</code>" in client.get("/evaluation").text
    before = Tuned()
    after = before.model_copy(
        update={
            "beta": before.beta | {"ease": 9.25},
            "choices": 1234,
            "gain": 0.0123,
            "interval": (0.004, 0.02),
            "unchanged": False,
            "rules_interval": (-0.001, 0.002),
        }
    )
    report = TuneReport(before=before, tuned=after, at=NOW)
    agent.services.documents.put(REPORT, report.model_dump(mode="json"))

    page = client.get("/evaluation").text
    assert "2026-06-01 00:00 (UTC), learnt from 1,234 choices of the past." in page
    assert "+0.0123" in page and "+0.0040 … +0.0200" in page and "-0.0010 … +0.0020" in page
    assert re.findall(
        r'<code>(\w+)</code></td><td>([^<]+)</td><td class="n">([^<]+)</td><td class="n">([^<]+)', page
    ) == [("ease", "similar users", f"{before.beta['ease']:g}", "9.25")]
    assert "<code>penchant tune</code>" not in page


def test_the_weights_and_rules_in_force_are_shown_as_the_settings_change_them(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, llm={"provider": "none"}, recommend={"freshness": 2, "cap": 0.4})
    with (
        InterestAgent.open(settings, embedder=WordEmbedder()) as agent,
        TestClient(create_app(agent), client=("127.0.0.1", 5000), headers={"Accept-Language": "en"}) as client,
    ):
        page = client.get("/evaluation").text

    weights = dict(re.findall(r'<tr><td><code>(\w+)</code></td><td>[^<]+</td><td class="n">([^<]+)</td></tr>', page))
    assert weights == {
        name: f"{value * (2 if FEATURES[name] == 'freshness' else 1):g}" for name, value in DEFAULT_BETA.items()
    }
    assert '<th scope="row">Largest share of one interest</th><td class="n">0.4</td>' in page


def test_a_job_is_cancelled_on_the_page_that_lists_it(client: TestClient, agent: InterestAgent) -> None:
    job = agent.services.jobs.add("update", None, {})
    cancelled = client.post(f"/jobs/{job.id}/cancel", follow_redirects=False)

    assert (cancelled.status_code, cancelled.headers["location"]) == (303, "/jobs")
    assert agent.services.jobs.get(job.id).ended
    assert "/cancel" not in client.get("/jobs").text


def test_the_audit_log_is_read_on_by_user_and_by_page(client: TestClient, agent: InterestAgent) -> None:
    for n in range(130):
        agent.services.audit_log.add(
            "local", f"POST /{n}", user_id="ada" if n % 2 else "bob", status=200, request_id="r"
        )
    seen, path = list[str](), "/running?user=bob"
    while path:
        page = client.get(path).text
        seen += re.findall(r"<code>POST /(\d+)</code>", page)
        following = re.search(r'href="(/running\?user=bob&amp;before=\d+)#audit"', page)
        path = following[1].replace("&amp;", "&") if following else ""

    assert seen == [str(n) for n in range(128, -1, -2)]


def test_a_token_made_on_the_page_has_its_note(client: TestClient, agent: InterestAgent) -> None:
    page = client.post("/tokens", data={"scope": "admin", "note": "till 3"}).text

    assert [token.note for token in agent.services.access_tokens.list()] == ["till 3"]
    assert "<small>till 3</small>" in page


def test_a_test_is_started_seen_and_stopped(client: TestClient, agent: InterestAgent) -> None:
    client.post("/experiments", data={"name": "more variety", "share": "20", "diversity": "0.3"})
    [test] = agent.experiments()
    shares = {name: (variant.share, variant.rules()) for name, variant in test.variants.items()}
    assert shares == {"current": (80, {}), "changed": (20, {"diversity": 0.3})}
    page = client.get("/evaluation").text
    assert "Running since 2026-06-01 00:00" in page
    assert "changed against current: too few users or lists to compare yet" in page
    assert "A new test" not in page

    client.post("/experiments/stop")
    page = client.get("/evaluation", headers={"Accept-Language": "zh"}).text
    assert "2026-06-01 00:00 至 2026-06-01 00:00" in page
    assert "停止测试" not in page


def test_a_difference_is_shown_as_the_statistics_tell_it(client: TestClient, agent: InterestAgent) -> None:
    client.post("/experiments", data={"name": "taken", "diversity": "0.3"})
    for n in range(130):
        user = f"visitor-{n}"
        listed = agent.recommend(user, 1)
        if (agent.exposure(user).variant == "changed") != (n % 8 == 0):
            agent.feedback(user, listed.items[0].item_id, "clicked", listed.recommendation_id)

    [found] = agent.stats().experiments
    [difference] = found.differences
    assert difference.p is not None and difference.low is not None and difference.low > 0
    page = client.get("/evaluation").text
    assert (
        f"changed against current: {100 * difference.difference:+.1f} percentage points ({100 * difference.low:+.1f} to"
        in page
    )
    assert f"p = {difference.p:.3f}" in page


def test_the_first_page_says_what_rises_and_fades_once_enough_people_share_it(
    client: TestClient, agent: InterestAgent
) -> None:
    assert "What people care for" not in client.get("/").text
    days = {"lamp": range(300, 200, -10), "tea": range(9)}
    agent.observe(
        {
            "user_id": f"fan-{n}",
            "type": "purchase",
            "item_id": f"{kind}-{k % 8}",
            "at": NOW - timedelta(days=k, hours=n),
        }
        for n in range(24)
        for kind, ago in days.items()
        for k in ago
    )
    agent.update()

    trends = {label: way for label, users, way in agent.taxonomy_trends() if users >= 24}
    assert "rising" in trends.values()
    page = client.get("/").text
    assert "Rising and falling interests of all users" in page
    assert [label for label in trends if escape(label) not in page] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_category_and_the_theme_of_its_name_are_one_line_of_what_rises(
    client: TestClient, agent: InterestAgent, lang: Language
) -> None:
    taxonomy, documents = agent.services.taxonomies.current(), agent.services.documents
    theme = taxonomy.theme_index[theme_of(agent, "tea-1")["id"]]
    subtopic = taxonomy.subtopics[int(taxonomy.theme_subtopics[theme])]
    node = taxonomy.themes[theme].id
    agent.correct_taxonomy(node, "rename", subtopic.label(lang), lang=lang)
    cares = {subtopic.id: [24, "rising"], node: [12, "rising"], theme_of(agent, "lamp-1")["id"]: [7, "rising"]}
    population = Population({}, (), np.zeros(EXPERTS), 24, cares={}).dump()
    documents.put(POPULATION, population | {"cares": cares})

    page = client.get("/", headers={"Accept-Language": lang}).text
    rows = re.findall(r"<dd>([^<]+) <span class=\"soft\">(\d+)", page)
    assert [count for _, count in rows] == ["24", "7"]
    assert rows[0][0] == escape(subtopic.label(lang))


def test_what_could_not_be_done_is_said_in_the_reader_s_language(client: TestClient, agent: InterestAgent) -> None:
    agent.revoke("bob", "profile")
    client.post("/v1/updates?wait=10")
    client.post("/v1/users/nobody/update?wait=10")
    lists = "/v1/users/nobody/recommendations"
    wishes = {"where": ["attributes.pric<9"], "pin": ["nothing"]}
    listed = {lang: client.post(lists, json=wishes | {"lang": lang}).json()["degraded"] for lang in ("en", "zh")}

    page = client.get("/", headers={"Accept-Language": "zh"}).text
    assert "未同意 &#39;profile&#39;（保存行为并从中了解兴趣）" in page
    assert "没有用户 &#39;nobody&#39;：`GET /v1/users` 可列出所有用户" in page
    assert not re.search("has not allowed|is unknown", page)
    assert [note["reason"] for note in listed["zh"]] == [
        "尚无用户 'nobody' 的任何信息：列出的是热门与新出的物品",
        "没有物品带有属性 'pric'：是否指 'price'？",
        "'nothing' 未固定在第 1 位：目录中没有此物品",
    ]
    assert [note["step"] for note in listed["en"]] == [note["step"] for note in listed["zh"]]
    assert listed["en"][0]["reason"] == "nothing is known about user 'nobody': what is popular and new is listed"


def test_the_first_page_says_what_jobs_could_not_do_as_configured(client: TestClient, agent: InterestAgent) -> None:
    jobs = agent.services.jobs
    job = jobs.add("other")
    jobs.take("here", ["other"])
    note = {"step": "hear_statements", "reason": "the model timed out"}
    jobs.finish(job.id, "here", result={"users": [{"user_id": user, "degraded": [note]} for user in ("ada", "bob")]})

    page = client.get("/").text
    assert "the model timed out" in page
    assert '<td class="n">2</td>' in page


@pytest.mark.parametrize(
    ("lang", "kinds"),
    [
        ("en", ["Update of profiles", "Loading the demo shop", "Recurring work", "other"]),
        ("zh", ["更新画像", "载入演示商店", "定期任务", "other"]),
    ],
)
def test_jobs_are_listed_by_what_they_do_and_how_far_they_are(
    client: TestClient, agent: InterestAgent, lang: str, kinds: list[str]
) -> None:
    jobs = agent.services.jobs
    for kind in ("other", "work", "demo", "update"):
        job = jobs.add(kind, "ada" if kind == "update" else None)
        assert jobs.take("here", [kind]) == jobs.get(job.id)
        jobs.heartbeat(job.id, "here", 1, 3 if kind != "other" else 0)
        jobs.finish(job.id, "here", result={})
    page = client.get("/jobs", headers={"Accept-Language": lang}).text

    row = r"<td[^>]*>([^<]+)<br><small><code>j-.*?<td[^>]* class=\"n\">([^<]+)</td>"
    assert sorted(re.findall(row, page)) == sorted((kind, "–" if kind == "other" else "33 %") for kind in kinds)


def test_a_job_about_some_users_is_not_said_to_be_everybody_s(client: TestClient) -> None:
    client.post("/v1/updates?wait=30", json={"user_ids": ["ada", "bob"]})
    client.post("/v1/updates?wait=30", json={})
    whose = re.findall(r"<code>j-[^<]+</code></small></td><td[^>]*>([^<]+)</td>", client.get("/jobs").text)

    assert sorted(whose) == ["2 people", "everybody"]


def test_the_catalogue_page_gives_prices_and_tells_hidden_from_unavailable(
    client: TestClient, agent: InterestAgent
) -> None:
    agent.hide_items(["tea-1"])
    agent.add_items([agent.items(["tea-2"])["tea-2"].model_copy(update={"available": False})])
    for lang, price, hidden, unavailable in (
        ("en", "Price", "hidden", "not available at the moment"),
        ("zh", "价格", "已隐藏", "目前无法提供"),
    ):
        page = client.get("/catalogue", headers={"Accept-Language": lang}).text
        rows = {row[1]: row[0] for row in re.finditer(r"<tr[^>]*><td><code>([^<]+)</code>.*?</tr>", page, re.DOTALL)}
        assert f'<th class="n">{price}</th>' in page
        assert '<td class="n">5.0</td>' in rows["tea-1"]
        assert hidden in rows["tea-1"] and unavailable not in rows["tea-1"]
        assert unavailable in rows["tea-2"]


def test_settings_stand_as_they_are_written_in_a_file_and_not_as_python_has_them(client: TestClient) -> None:
    rows = re.findall(r"<tr><td><code>([\w.]+)</code></td><td>(.*?)</td>", client.get("/running").text)

    assert [row for row in rows if re.search(r"None|True|False|[\[{]", row[1])] == []
    assert dict(rows)["recommend.settles"] == "purchase, rating, hide, dislike, return"
    assert dict(rows)["tracing"] == "false"
    assert dict(rows)["vocabulary"] == "–"


@pytest.mark.parametrize("where", ["", "attributes.price<20", "price<<3"])
def test_what_can_be_tried_is_shown_as_it_is_sent_and_answered(client: TestClient, where: str) -> None:
    page = client.get("/try", params={"user": "ada", "k": 2, "where": where}, headers={"Accept-Language": "zh"}).text
    curl, python, answer = (unescape(code) for code in re.findall(r"<code>(.*?)</code>", page, re.DOTALL))
    body = json.loads(shlex.split(curl.replace("\\\n", " "))[-1])
    sent = client.post("/v1/users/ada/recommendations", json=body).json()

    passing = ("recommendation_id", "request_id")  # every answer has its own
    assert {k: v for k, v in json.loads(answer).items() if k not in passing} == {
        k: v for k, v in sent.items() if k not in passing
    }
    asked: list[Any] = []

    class Client:
        def __init__(self, *_: Any, **__: Any) -> None: ...
        def __enter__(self) -> "Client":
            return self

        def __exit__(self, *_: object) -> None: ...
        def recommend(self, user: str, **wishes: Any) -> None:
            asked.append((user, wishes))

    program = python.partition("\n")[2]
    exec(program, {"PenchantClient": Client})
    assert asked == [("ada", body)]


def test_a_column_that_would_be_empty_is_left_out(client: TestClient, agent: InterestAgent) -> None:
    assert "<th>Categories</th>" in client.get("/catalogue").text
    for item in agent.list_items(100):
        agent.add_items([item.model_copy(update={"categories": ()})])
    assert "<th>Categories</th>" not in client.get("/catalogue").text


def test_the_answer_to_a_form_is_no_page_of_the_navigation(client: TestClient) -> None:
    refused = client.post("/experiments", data={"name": "x"}, headers={"Accept": "text/html"})

    assert refused.status_code == 422
    assert 'aria-current="page"' not in refused.text
    assert 'aria-current="page"' in client.get("/evaluation").text
