"""What a report says: the same numbers as the JSON, reasons with their evidence, and something worth reading for every kind of user."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from report_pages import Page, made_up
from report_shop import HOSTILE, NOW, RIGHT_TO_LEFT, START, large_profile
from small_shop import bought, installation
from sqlalchemy import update

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import NotFoundError, UsageError
from penchant.prompts.remarks import remark
from penchant.store.clock import FixedClock
from penchant.store.profile import Profile
from penchant.store.schema import profile_versions
from penchant.tools.report import page, write_all
from penchant.tools.report.build import SLIM_ROWS, build
from penchant.tools.report.context import Report
from penchant.tools.report.phrases import Phrases
from penchant.tools.report.portrait import portrait
from penchant.tools.report.provenance import provenance
from penchant.tools.report.write import content, file_name, save

EVERYBODY = ["ada", "one", "grump", "mallory", "newcomer"]


@pytest.fixture(scope="module")
def ada(shop: InterestAgent) -> Report:
    return build(shop, "ada", at=NOW, compare=START + timedelta(days=90))


def test_the_data_of_a_report_are_the_profile_and_the_list_to_the_byte(shop: InterestAgent) -> None:
    answer = json.loads(content(shop, "ada", form="json", at=NOW))

    assert answer["profile"] == shop.profile("ada", at=NOW).model_dump(mode="json")
    assert answer["recommendation"] == shop.recommend("ada", 10, at=NOW).model_dump(mode="json")


def test_every_number_of_the_tree_on_the_page_is_the_profile_s(ada: Report) -> None:
    shown = Page(page.html(ada, slim=True)).nodes

    assert shown == {
        node.id: pytest.approx([node.strength, node.short_term, node.long_term, node.confidence], abs=1e-9)
        for node in ada.profile.walk()
    }


def test_every_score_on_the_page_is_the_list_s_and_the_sum_of_what_is_beside_it(ada: Report) -> None:
    values = Page(page.html(ada, slim=True)).values

    assert ada.cards
    for card, item in zip(ada.cards, ada.recommendation.items, strict=True):
        assert (card.item_id, card.rank, card.score) == (item.item_id, item.rank, item.score)
        assert sum(part.value for part in card.parts) == pytest.approx(item.score, abs=1e-6)
        assert sum(strand.value for strand in card.strands) == pytest.approx(item.score, abs=1e-6)
        assert any(value == pytest.approx(item.score, abs=1e-9) for value in values)


def test_parts_are_the_contributions_by_signal_and_interest(ada: Report) -> None:
    assert ada.cards
    for card, item in zip(ada.cards, ada.recommendation.items, strict=True):
        sums: dict[Any, float] = {}
        for given in item.contributions:
            sums[given.signal, given.interest_id] = sums.get((given.signal, given.interest_id), 0.0) + given.value
        assert {(part.signal, part.interest_id): part.value for part in card.parts} == pytest.approx(
            {key: value for key, value in sums.items() if value}
        )


def test_a_reason_links_what_it_names_to_the_evidence_and_to_the_interest(ada: Report) -> None:
    rows, anchors = {row.anchor for row in ada.evidence.rows}, {branch.anchor for branch in ada.branches.values()}
    links = [span.href for span in ada.cards[0].reason if span.href]

    assert {link[1:] for link in links} <= rows | anchors
    assert {link[1:] for link in links} & rows
    assert {link[1:] for link in links} & anchors


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_reason_cites_is_named_in_words_and_never_by_a_field(shop: InterestAgent, lang: Any) -> None:
    cards = [card for user in EVERYBODY for card in build(shop, user, lang=lang).cards]
    cited = {span.text for card in cards for span in card.cites}

    assert {"en": "its entry in the catalogue", "zh": "该物品在目录中的记录"}[lang] in cited
    assert not [text for text in cited if "item_id" in text or "catalogue:" in text]


def test_the_counterfactual_stands_on_its_own_and_not_twice(ada: Report) -> None:
    listed = next(card for card in ada.cards if card.without)
    assert listed.without is not None
    reason = "".join(span.text for span in listed.reason)

    assert listed.without.text == f"Without “Hot Drinks” it would be number {listed.without_rank}."
    assert "ithout" not in reason


@pytest.mark.parametrize("user", EVERYBODY)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("slim", [True, False])
def test_every_link_within_a_page_leads_somewhere(shop: InterestAgent, user: str, lang: Any, slim: bool) -> None:
    read = Page(content(shop, user, lang=lang, slim=slim))

    assert {link for link in read.links if link.startswith("#") and link[1:] not in read.ids} == set()
    assert len(read.ids) == len(set(read.ids))


def test_a_topic_that_rises_as_a_whole_is_named_as_rising(shop: InterestAgent) -> None:
    profile = shop.profile("ada")
    topic = profile.interests[0].model_copy(update={"trend": "rising", "children": ()})
    steady = topic.model_copy(update={"trend": "steady", "label": "Loose leaf"})
    whole = profile.model_copy(update={"interests": (topic.model_copy(update={"children": (steady,)}),)})

    _, lately = portrait(whole, 10, Phrases("en"))

    assert lately.startswith(f"Interest in {topic.label} has been rising lately")


@pytest.mark.parametrize(
    ("user", "sentences"),
    [
        ("grump", "grump has only said what not to show: Jazz. A first click, purchase or search would show"),
        (
            "one",
            "one is most interested in Outdoors & Nature (100.0%), above all Camping. Interest in Tents has been fading",
        ),
        ("newcomer", "newcomer is most interested in"),
    ],
)
def test_a_portrait_says_in_two_sentences_who_this_is(shop: InterestAgent, user: str, sentences: str) -> None:
    portrait = build(shop, user).portrait

    assert len(portrait) == 2
    assert " ".join(portrait).startswith(sentences)


def test_a_portrait_of_nobody_says_so_in_both_languages() -> None:
    empty = Profile(user_id="ada", version=0, as_of=NOW, language="en", n_events=0)

    assert portrait(empty, 0, Phrases("en"))[0] == "Nothing is known about ada yet."
    assert portrait(empty, 0, Phrases("zh"))[0] == "目前对 ada 一无所知。"
    assert portrait(empty, 2, Phrases("en"))[0] == "2 actions of ada known so far; no interest has formed yet."


def test_what_rose_is_named_with_the_events_that_did_it_and_what_faded_with_what_it_rested_on(ada: Report) -> None:
    risen = {mover.path[-1]: mover for mover in ada.changes.risen}
    faded = {mover.path[-1]: mover for mover in ada.changes.faded}

    assert "Hot Drinks" in risen
    assert set(faded) & {"Lighting", "Plants"}
    assert risen["Hot Drinks"].because[0].text == "bought “tea tea tea no 5” (21 May 2026)"
    assert faded["Lighting"].because[0].text == "bought “lamp lamp lamp no 5” (16 Jan 2026)"


def test_a_change_is_the_difference_of_two_profiles(shop: InterestAgent, ada: Report) -> None:
    before, after = shop.profile("ada", at=START + timedelta(days=90)), shop.profile("ada", at=NOW)
    for mover in (*ada.changes.risen, *ada.changes.faded):
        was = before.find(mover.id)
        now = after.find(mover.id)
        assert (mover.before, mover.after) == (was.strength if was else 0.0, now.strength if now else 0.0)


def test_topics_through_time_are_the_profiles_of_those_moments(shop: InterestAgent, ada: Report) -> None:
    for stop in (0, 5, 9, 12):
        profile = shop.profile("ada", at=ada.changes.moments[stop])
        by_topic = {topic.id: topic.strength for topic in profile.interests}
        assert {series.id: series.strengths[stop] for series in ada.changes.series} == pytest.approx(
            {series.id: by_topic.get(series.id, 0.0) for series in ada.changes.series}
        )


def test_a_comparison_with_the_future_is_refused(shop: InterestAgent) -> None:
    with pytest.raises(UsageError, match=r"--compare 2026-07-01 is later"):
        build(shop, "ada", compare=NOW + timedelta(days=30))


def test_a_report_of_the_past_knows_nothing_of_what_came_after(shop: InterestAgent) -> None:
    report = build(shop, "ada", at=START + timedelta(days=40))

    assert max(row.at for row in report.evidence.rows) <= START + timedelta(days=40)
    assert "Hot Drinks" not in {node.label for node in report.profile.walk()}


def test_someone_nobody_has_seen_is_an_error_that_says_what_to_do(shop: InterestAgent) -> None:
    with pytest.raises(NotFoundError, match="profile list"):
        build(shop, "nobody")


def test_what_is_not_known_is_said(shop: InterestAgent, ada: Report) -> None:
    kinds = {user: [doubt.kind for doubt in build(shop, user).doubts] for user in ("one", "mallory")}

    assert {"thin", "unnamed", "behaviour_only"} <= {doubt.kind for doubt in ada.doubts}
    assert "young" in kinds["one"]
    assert "quiet" in kinds["one"]
    assert "young" in kinds["mallory"]


def test_a_title_with_a_script_is_shown_and_not_obeyed(page_of: Callable[..., Path]) -> None:
    source = page_of("mallory").read_text("utf-8")
    read = Page(source)

    assert HOSTILE in read.text
    assert RIGHT_TO_LEFT in read.text
    assert "<script>document" not in source
    assert "<img" not in source.split("<script")[0]
    assert read.scripts == 1
    assert not [link for link in read.links if not link.startswith(("#", "https://shop.example/"))]


def test_markdown_keeps_strangers_text_from_being_markup(shop: InterestAgent) -> None:
    page = content(shop, "mallory", form="md")

    assert "<script>" not in page.replace("\\<script\\>", "")
    assert "[x](" not in page.replace("\\[x\\](", "")
    assert page.startswith("# mallory – interest profile\n\nmallory is most interested in Food & Drink (100.0%)")


def test_markdown_tells_the_same_as_the_page(ada: Report, shop: InterestAgent) -> None:
    page = content(shop, "ada", form="md", at=NOW, compare=START + timedelta(days=90))

    assert [line for line in page.splitlines() if line.startswith("#")] == [
        "# ada – interest profile", "## Interests", "## How it changed", "## Recommendations",
        "## What is uncertain", "## Correct or delete it",
    ]  # fmt: skip
    drinks = next(node for node in ada.profile.walk() if node.label == "Hot Drinks")
    assert f"- Hot Drinks {Phrases('en').percent(drinks.strength)}" in page
    assert f"1. **{ada.cards[0].title}** (score {ada.cards[0].score:.3f})." in page


def test_chinese_reports_are_chinese(shop: InterestAgent) -> None:
    report = build(shop, "ada", lang="zh")

    assert report.profile.language == "zh"
    assert report.portrait[0].startswith("ada 最关注")
    assert report.cards[0].without is not None
    assert report.cards[0].without.text.startswith("若没有")
    assert '<html lang="zh-Hans">' in page.html(report, slim=True)


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        ("rerank_unmeasured", "not used: this model has not earned a weight", "未使用：此模型在这里尚未取得权重"),
        ("rerank_unanswered", "not used: the model gave no usable answer", "未使用：模型没有给出可用的回答"),
        (None, "no model took part", "没有模型参与"),
    ],
)
def test_a_report_says_why_no_model_took_part_in_the_language_of_its_reader(
    shop: InterestAgent, reason: str | None, english: str, chinese: str
) -> None:
    listed = shop.recommend("ada")
    used = listed.llm.model_copy(update={"model": "small", "rerank_weight": 0.0, "reason": reason and remark(reason)})
    for lang, words in (("en", english), ("zh", chinese)):
        found = provenance(
            shop.settings,
            shop.profile("ada"),
            listed.model_copy(update={"llm": used}),
            [],
            embedder="words",
            consent={},
            say=Phrases(lang),
        )
        assert found.reranking.startswith(words)
        assert lang == "en" or "used" not in found.reranking


def test_who_has_not_allowed_recommendations_still_sees_what_is_known_of_them(shop: InterestAgent) -> None:
    shop.revoke("other-1", "recommend")
    report = build(shop, "other-1")

    assert report.cards == ()
    assert [note.step for note in report.provenance.degraded] == ["recommend"]
    assert report.provenance.consent == {"profile": True, "recommend": False, "llm": True}
    assert report.profile.interests


def test_a_slim_page_stays_under_300_kb_for_a_thousand_interests(ada: Report) -> None:
    giant = made_up(large_profile(20, 50), ada, rows=SLIM_ROWS)

    assert len(page.html(giant, slim=True).encode()) < 300_000


def test_a_page_of_a_thousand_interests_names_every_one(ada: Report) -> None:
    giant = made_up(large_profile(20, 50), ada)
    whole_page = Page(page.html(giant, slim=True))

    assert set(whole_page.nodes) == {node.id for node in giant.profile.walk()}


def test_everybody_s_pages_have_an_index_that_leads_to_them(shop: InterestAgent, tmp_path: Path) -> None:
    index = write_all(shop, tmp_path / "all", llm=False, k=3).front
    links = Page(index.read_text("utf-8")).links

    assert set(EVERYBODY) < {link.removesuffix(".html") for link in links}
    assert all((index.parent / link).stat().st_size < 300_000 for link in links)


def test_whose_page_cannot_be_made_is_named_and_the_others_get_theirs(tmp_path: Path, clock: FixedClock) -> None:
    agent = installation(tmp_path / "home", clock)
    agent.observe([bought(user, "i1", clock, 1) for user in ("ada", "bob", "eve")])
    agent.update()
    with agent.services.database.write() as connection:
        connection.execute(update(profile_versions).where(profile_versions.c.user_id == "bob").values(state=b"damaged"))

    written = write_all(agent, tmp_path / "all", llm=False, k=2)

    assert (written.pages, list(written.failed)) == (2, ["bob"])
    assert "`penchant update USER` rebuilds it" in written.failed["bob"]
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["ada.html", "eve.html", "index.html"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(UsageError, match=r"file/ada\.html cannot be written \(.+\): name another place with -o"):
        save(tmp_path / "file" / "ada.html", "page")


@pytest.mark.parametrize("user", ["../../etc/passwd", "index", "Ada", "李雷", "a b", "x" * 300, "."])
def test_any_user_id_has_a_safe_file_name_of_its_own(user: str) -> None:
    name = file_name(user)

    assert name != f"{user}.html"
    assert Path(name).name == name
    assert name.isascii()
    assert len(name) < 100
    assert file_name(user + "?") != name
