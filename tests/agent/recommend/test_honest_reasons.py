"""Reasons as a shopper reads them: what is named as a reason is one."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from penchant import Event, InterestAgent, Item, Settings
from penchant.settings import Language
from penchant.store.clock import FixedClock
from penchant.store.recommendation import RecommendedItem
from penchant.tools.conversing import open_conversation

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TITLES = {
    "Kitchen": ("Cast iron frying pan", "Copper saucepan", "Bread knife", "Enamel casserole", "Carbon steel wok", "Rolling pin"),
    "Garden": ("Pruning shears for roses", "Watering can", "Garden fork", "Bird feeder", "Terracotta pot", "Wheelbarrow"),
    "Crime novels": ("Murder in the library", "The silent witness", "Death on the moor", "The poisoned letter", "A body", "The last alibi"),
    "Tea": ("Green tea from Japan", "Darjeeling, first flush", "Earl Grey", "Jasmine tea", "Rooibos with vanilla", "Mint tea"),
}  # fmt: skip
ITEMS = [
    Item(
        item_id=f"{category.split()[0].lower()}-{number}",
        title=title,
        categories=[["Shop", category]],
        created_at=NOON - timedelta(days=3 * number + 1),
    )
    for category, titles in TITLES.items()
    for number, title in enumerate(titles)
]
CATEGORY = {item.item_id: item.categories[0][1] for item in ITEMS}


def did(user: str, kind: str, item: str, days_ago: float, value: float | None = None) -> Event:
    return Event(user_id=user, type=kind, item_id=item, at=NOON - timedelta(days=days_ago), value=value)


def everybody() -> list[Event]:
    """Ten customers with two favourite categories each, and `ada`, who buys for the kitchen."""
    names = [category.split()[0].lower() for category in TITLES]
    events = [
        did(f"u{user}", "purchase", f"{names[(user + turn % 2) % 4]}-{(user * 5 + turn) % 6}", 40 - 3 * turn)
        for user in range(10)
        for turn in range(6)
    ]
    return [*events, *(did("ada", "purchase", f"kitchen-{number}", 20 - number) for number in range(3))]


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InterestAgent]:
    with shop(tmp_path_factory.mktemp("shop")) as agent:
        yield agent


def shop(home: Path) -> InterestAgent:
    agent = InterestAgent.open(Settings.load(home=home, llm={"provider": "none"}), clock=FixedClock(NOON))
    agent.add_items(ITEMS)
    agent.observe(everybody())
    agent.update()
    return agent


def interest_in(row: RecommendedItem) -> str | None:
    """The category of the interest that a reason names, if any."""
    found = re.search(r"interest in Shop › ([^.›]+)", row.explanation.text)
    return found[1].strip() if found else None


def test_what_is_listed_for_a_query_is_not_said_to_fit_an_interest_it_has_nothing_to_do_with(
    agent: InterestAgent,
) -> None:
    for user in ("ada", "nobody-known"):
        rows = agent.recommend(user, 3, query="a murder mystery").items
        assert {CATEGORY[row.item_id] for row in rows} == {"Crime novels"}
        assert [row.explanation.text for row in rows] == ["It is close to what you asked for."] * 3
        assert all(row.explanation.cites[0].item_field == "item_id" for row in rows)
    in_chinese = agent.recommend("ada", 1, query="a murder mystery", lang="zh").items[0]
    assert in_chinese.explanation.text == "它与您要找的内容相近。"


def test_nothing_is_called_close_to_a_query_that_the_catalogue_cannot_answer(
    agent: InterestAgent, tmp_path: Path
) -> None:
    close = "It is close to what you asked for."
    unlike = (
        "Bread knife",
        "Bird feeder",
        "Crime novel",
        "Green tea",
        "Wool coat",
        "Chess board",
        "Desk lamp",
        "Guitar",
    )
    settings = Settings.load(home=tmp_path, llm={"provider": "none"})
    with InterestAgent.open(settings, clock=FixedClock(NOON)) as small:
        small.add_items([Item(item_id=title, title=title) for title in unlike])
        for shown in (small, agent):
            rows = shown.recommend("nobody-known", 8, query="quantum physics lecture").items
            assert len(rows) == 8
            assert not [row.explanation.text for row in rows if row.explanation.text.startswith(close)]
            assert not [row.explanation.text for row in rows if "you choose" in row.explanation.text]
        first, *others = small.recommend("nobody-known", 8, query="something to read, a murder mystery").items
        assert (first.title, first.explanation.text) == ("Crime novel", close)
        assert [row.explanation.text for row in others].count(close) <= 1  # of a bread knife it may be


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("cable", ("HDMI cable 2m", "HDMI cable 3m", "HDMI cable 5m")),
        ("espresso machine", ("Espresso Machine",)),
        ("green tea", ("Green tea", "Black tea", "Mint tea")),
    ],
)
def test_what_is_called_as_asked_is_close_to_it_where_all_items_are_alike(
    tmp_path: Path, query: str, titles: Sequence[str]
) -> None:
    settings = Settings.load(home=tmp_path, llm={"provider": "none"})
    with InterestAgent.open(settings, clock=FixedClock(NOON)) as small:
        small.add_items([Item(item_id=title, title=title) for title in titles])
        reasons = {row.title: row.explanation.text for row in small.recommend("nobody-known", 3, query=query).items}

    named = [title for title in reasons if query in title.casefold()]
    assert [reasons[title] for title in named] == ["It is close to what you asked for."] * len(named)


def test_an_item_elsewhere_in_the_catalogue_is_not_called_part_of_an_interest(agent: InterestAgent) -> None:
    named = 0
    for user in ("ada", *(f"u{number}" for number in range(10))):
        for row in agent.recommend(user, 12).items:
            interest = interest_in(row)
            named += interest is not None
            assert interest in (None, CATEGORY[row.item_id]), row.explanation.text
    assert named > 20


def test_a_category_of_the_same_name_below_another_is_no_reason(tmp_path: Path) -> None:
    settings = Settings.load(home=tmp_path, llm={"provider": "none"})
    with InterestAgent.open(settings, clock=FixedClock(NOON)) as small:
        small.add_items(
            Item(item_id=f"{who}-{title}", title=title, categories=[[who, "Jackets"]])
            for who, titles in (("Children", ("Rain jacket", "Mud suit", "Snow jacket")), ("Women", ("Trench coat",)))
            for title in titles
        )
        small.observe([did("lena", "view", "Children-Rain jacket", 2), did("lena", "view", "Children-Mud suit", 1)])
        small.update("lena")
        reasons = {row.item_id: row.explanation.text for row in small.recommend("lena", 4).items}

    assert "Children › Jackets" in reasons["Children-Snow jacket"]
    assert "Children" not in reasons["Women-Trench coat"]


def test_a_visitors_first_click_is_named_only_where_it_counts(agent: InterestAgent) -> None:
    agent.observe([did("visitor", "click", "crime-1", 0.01)])
    answer = agent.recommend("visitor", 20)
    assert answer.basis == "behaviour"
    naming = [row for row in answer.items if "The silent witness" in row.explanation.text]
    assert len(naming) < len(answer.items) / 2
    for row in naming:
        [click] = agent.events("visitor")
        added = sum(part.value for part in row.contributions if click.event_id in part.evidence)
        assert added >= 0.1 * sum(part.value for part in row.contributions if part.value > 0)


@pytest.mark.parametrize(
    ("kind", "english", "chinese"),
    [
        ("cart", "You put it in the cart on 27 February 2026.", "您在2026年2月27日加购了它。"),
        ("save", "You saved it on 27 February 2026.", "您在2026年2月27日收藏了它。"),
    ],
)
def test_what_is_in_the_basket_or_saved_is_recommended_as_such(
    agent: InterestAgent, kind: str, english: str, chinese: str
) -> None:
    user = f"with-{kind}"
    agent.observe([did(user, kind, "garden-1", 2), did(user, "purchase", "garden-3", 4)])
    agent.update(user)
    [event] = [event for event in agent.events(user) if event.type == kind]
    sentences: tuple[tuple[Language, str], ...] = (("en", english), ("zh", chinese))
    for language, sentence in sentences:
        row = next(row for row in agent.recommend(user, 20, lang=language).items if row.item_id == "garden-1")
        assert row.explanation.text.startswith(sentence)
        assert row.explanation.cites[0].event_id == event.event_id
    assert agent.explain(user, "garden-1").explanation.text.startswith(english)


def test_what_was_rated_below_the_users_own_mean_is_no_reason_for_anything(agent: InterestAgent) -> None:
    ratings = {"crime-0": 5, "kitchen-1": 5, "tea-0": 5, "garden-0": 3, "garden-1": 3, "tea-1": 3, "crime-1": 3}
    agent.observe([did("critic", "rating", item, 30 - n, value) for n, (item, value) in enumerate(ratings.items())])
    agent.update("critic")
    texts = [row.explanation.text for row in agent.recommend("critic", 17).items]
    assert any("” 5 on" in text for text in texts)
    assert not [text for text in texts if "” 3 on" in text]


def test_an_interest_in_a_category_without_subcategories_is_named_once(tmp_path: Path) -> None:
    films = {"Horror": ("Alien", "Halloween", "The Thing"), "Western": ("High Noon", "Rio Bravo", "Unforgiven")}
    items = [
        Item(item_id=title, title=title, categories=[[genre]]) for genre, titles in films.items() for title in titles
    ]
    with InterestAgent.open(Settings.load(home=tmp_path, llm={"provider": "none"}), clock=FixedClock(NOON)) as agent:
        agent.add_items(items)
        agent.observe([did("ada", "rating", title, 5 - n, 5) for n, title in enumerate(films["Horror"][:2])])
        agent.update("ada")
        text = next(row.explanation.text for row in agent.recommend("ada", 6).items if row.item_id == "The Thing")
    assert "part of your interest in Horror." in text


BOOKS = {
    "历史": ("万历十五年", "明朝那些事儿", "人类简史", "丝绸之路", "叫魂"),
    "科幻": ("三体", "球状闪电", "银河帝国：基地", "沙丘", "你一生的故事"),
    "推理": ("白夜行", "无人生还", "东方快车谋杀案", "长夜难明", "嫌疑人X的献身"),
    "美食": ("家常菜大全", "面包学徒的实践手册", "四季便当", "川菜杂谈"),
    "童书": ("猜猜我有多爱你", "好饿的毛毛虫", "神奇校车", "小王子"),
}
ASKED_FOR = {"en": "It is close to what you asked for.", "zh": "它与您要找的内容相近。"}


@pytest.fixture(scope="module")
def bookshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InterestAgent]:
    """A small shop of Chinese books, and a reader of science fiction."""
    settings = Settings.load(
        home=tmp_path_factory.mktemp("books"), llm={"provider": "none"}, embedding={"provider": "multilingual"}
    )
    with InterestAgent.open(settings, clock=FixedClock(NOON)) as agent:
        agent.add_items(
            [
                Item(item_id=title, title=title, categories=[["图书", category]])
                for category, titles in BOOKS.items()
                for title in titles
            ]
        )
        agent.observe([did(f"u{n}", "like", title, n) for n, title in enumerate(BOOKS["历史"] + BOOKS["科幻"])])
        agent.observe([did("ming", "like", title, 9 - n) for n, title in enumerate(BOOKS["科幻"][:3])])
        agent.update()
        yield agent


@pytest.mark.parametrize("query", ["一本历史书", "a history book"])
def test_an_item_in_the_category_that_a_query_names_fits_what_was_asked_for(
    bookshop: InterestAgent, query: str
) -> None:
    rows = bookshop.recommend("ming", 5, query=query).items

    assert {row.item_id for row in rows} == set(BOOKS["历史"])
    assert [row.explanation.text.startswith(ASKED_FOR["en"]) for row in rows] == [True] * 5


def test_a_category_of_every_item_is_not_what_a_query_asks_for(bookshop: InterestAgent) -> None:
    for row in bookshop.recommend("ming", 20, query="关于园艺的图书").items:
        assert not row.explanation.text.startswith(ASKED_FOR["en"])


def test_what_is_nearest_to_a_query_that_nothing_answers_is_said_to_be_that(bookshop: InterestAgent) -> None:
    rows = bookshop.recommend("ming", 3, query="something about cooking").items

    assert {row.item_id for row in rows} <= set(BOOKS["美食"])
    assert {row.explanation.text for row in rows} == {"Of what is here, it is among the nearest to what you asked for."}


@pytest.mark.parametrize(
    ("asking", "why", "language"),
    [("推荐一本历史书", "为什么第一个？", "zh"), ("Recommend a history book", "Why the first?", "en")],
)
def test_the_reason_for_what_was_asked_for_is_not_contradicted_in_a_conversation(
    bookshop: InterestAgent, asking: str, why: str, language: Language
) -> None:
    conversation = open_conversation(bookshop, "ming")
    conversation.ask(asking)

    assert conversation.ask(why).text == ASKED_FOR[language]
