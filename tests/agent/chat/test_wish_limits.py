"""A wish says how many, at which price and for whom: that limits the list, and is no part of what is looked for."""

from pathlib import Path

import pytest
from rule_agent import rule_agent

from penchant import Item
from penchant.agent.chat.intents import intent_of
from penchant.agent.chat.wish_limits import WishLimits, limits_of
from penchant.tools import open_conversation

GOODS = (
    ("Gardening Gloves", 9.5),
    ("Herb Garden Kit", 18),
    ("Garden Shears", 45),
    ("Jazz Record", 15),
    ("Black Tea", 8),
    ("Tea Pot", 39),
)


@pytest.mark.parametrize(
    ("message", "query", "limits"),
    [
        ("a gift under 20 euros for my sister who loves gardening", "gardening", (20, None, None)),
        ("a gift for my sister who loves gardening under €20", "gardening", (20, None, None)),
        ("something for a friend who likes tea, at most 15 dollars", "tea", (15, None, None)),
        ("a book for my dad who is into trains", "trains book", (None, None, None)),
        ("I need a present for my wife, she loves jazz", "jazz", (None, None, None)),
        ("recommend three teas under 15 euros", "teas", (15, None, 3)),
        ("show me 4 candles", "candles", (None, None, 4)),
        ("tea below £12.50", "tea", (12.5, None, None)),
        ("chairs for over 100 dollars", "chairs", (None, 100, None)),
        ("推荐三样三百元以下的茶", "茶", (300, None, 3)),
        ("推荐两款不超过200元的绿茶", "绿茶", (200, None, 2)),
        ("一千二百块以内的手表", "手表", (1200, None, None)),
        ("五十元以上的香皂", "香皂", (None, 50, None)),
        ("给喜欢园艺的妹妹买个礼物", "园艺", (None, None, None)),
        ("我妹妹喜欢园艺，送她什么好？", "园艺", (None, None, None)),
        ("送给爱喝茶的爸爸的礼物，一百五十块以内", "喝茶", (150, None, None)),
    ],
)
def test_a_wish_is_told_apart_from_its_limits(
    message: str, query: str, limits: tuple[float | None, float | None, int | None]
) -> None:
    intent = intent_of(message)

    assert (intent.kind, intent.query, intent.stances) == ("recommend", query, ())
    assert limits_of(message)[1:4] == limits


@pytest.mark.parametrize(
    "message",
    [
        "two person tents",
        "recommend a 3 seater sofa",
        "toys for children under 5 years",
        "something for my sister",
        "delivery within 2 weeks",
        "tea for three",
        "推荐一款茶",
        "三国演义",
        "推荐几部电影",
        "百元店",
    ],
)
def test_other_numbers_and_people_limit_nothing(message: str) -> None:
    assert limits_of(message) == WishLimits(message)


@pytest.mark.parametrize(
    ("message", "titles"),
    [
        ("a gift under 20 euros for my sister who loves gardening", {"Gardening Gloves", "Herb Garden Kit"}),
        ("recommend two teas under 40 euros", {"Black Tea", "Tea Pot"}),
    ],
)
def test_the_list_keeps_to_the_limits_and_begins_with_what_they_like(
    tmp_path: Path, message: str, titles: set[str]
) -> None:
    goods = [Item(item_id=title, title=title, attributes={"售价": price}) for title, price in GOODS]
    agent = rule_agent(tmp_path, goods)
    talk = open_conversation(agent, "nora")
    talk.ask("I love jazz")

    answer = talk.ask(message)

    assert {item.title for item in answer.items[:2]} == titles
    assert all(dict(GOODS)[item.title] <= (40 if "40" in message else 20) for item in answer.items)


@pytest.mark.parametrize(
    "message", ["something cheaper please", "do you have cheaper ones?", "有没有便宜一点的？", "再便宜点"]
)
def test_something_cheaper_costs_less_than_what_was_shown_first(tmp_path: Path, message: str) -> None:
    goods = [Item(item_id=title, title=title, attributes={"price": price}) for title, price in GOODS]
    agent = rule_agent(tmp_path, goods)
    talk = open_conversation(agent, "nora")
    first = talk.ask("recommend a tea pot").items[0]

    answer = talk.ask(message)

    assert (first.title, bool(answer.items)) == ("Tea Pot", True)
    assert all(dict(GOODS)[item.title] < dict(GOODS)[first.title] for item in answer.items)


@pytest.mark.parametrize(
    ("message", "kind", "query"),
    [
        ("Do you have the film Cheaper by the Dozen?", "search", "film Cheaper by the Dozen"),
        ("便宜的手机", "recommend", "便宜的手机"),
        ("我想看便宜坊烤鸭", "recommend", "便宜坊烤鸭"),
        ("性价比高又便宜的耳机", "recommend", "性价比高又便宜的耳机"),
        ("Is it cheaper to fly or drive?", "recommend", "Is it cheaper to fly or drive"),
        ("books on cheaper housing", "recommend", "books on cheaper housing"),
        ("有便宜的手机吗", "recommend", "有便宜的手机吗"),
    ],
)
def test_a_word_for_cheap_compares_only_where_it_is_the_wish(message: str, kind: str, query: str) -> None:
    intent = intent_of(message)

    assert (intent.kind, intent.query, limits_of(message).cheaper) == (kind, query, False)


@pytest.mark.parametrize("message", ["show me cheaper ones", "something cheaper please", "更便宜的茶"])
def test_a_cheaper_wish_is_an_ordinary_wish_where_nothing_was_shown(tmp_path: Path, message: str) -> None:
    agent = rule_agent(tmp_path, [title for title, _ in GOODS])

    answer = open_conversation(agent, "nora").ask(message)

    assert answer.items
    assert answer.text.split("\n")[0] in ("For you:", "按“茶”为您推荐：")


def test_without_prices_the_answer_says_that_they_cannot_be_compared(tmp_path: Path) -> None:
    agent = rule_agent(tmp_path, [title for title, _ in GOODS])
    talk = open_conversation(agent, "nora")
    talk.ask("recommend a tea pot")

    answer = talk.ask("something cheaper please")

    assert answer.text.startswith("The catalogue gives no prices to compare, so these may cost as much.")
