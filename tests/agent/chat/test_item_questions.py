"""What an item costs and whether it is in stock is told as the catalogue has it, and where it says nothing, that is said."""

from itertools import count
from typing import Any

import pytest
from rule_agent import rule_agent

from penchant import InterestAgent, Item
from penchant.agent.chat.conversation import Conversation
from penchant.agent.chat.item_questions import item_question, price_and_stock, price_of, stock_of
from penchant.tools import open_conversation
from penchant.tools.capabilities.search_items import FoundItem, FoundItems, SearchItems, search_items

USERS = count()
ITEMS = [
    Item(item_id="candle", title="Lavender Candle", attributes={"price": 12.5, "currency": "EUR", "stock": 3}),
    Item(item_id="tea", title="Green Tea"),
    Item(item_id="mug", title="Blue Mug", available=False),
    Item(item_id="lamp", title="Desk Lamp", attributes={"stock": 0}),
    Item(item_id="rug", title="Woollen Rug", attributes={"availability": "back in May"}),
    Item(item_id="sencha", title="Sencha Leaves, 100 g", available=False, attributes={"price": 14, "currency": "EUR"}),
    Item(item_id="puer", title="云南普洱茶饼", available=False, attributes={"价格": 198}),
    Item(item_id="soap", title="杏仁香皂", attributes={"价格": 30, "库存": 7}),
]


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    return rule_agent(tmp_path_factory.mktemp("home"), ITEMS)


@pytest.fixture
def talk(agent: InterestAgent) -> Conversation:
    return open_conversation(agent, f"u{next(USERS)}")


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("How much is the lavender candle?", "Lavender Candle: 12.50 EUR"),
        ("what does the lavender candle cost", "Lavender Candle: 12.50 EUR"),
        ("Is the lavender candle in stock?", "Lavender Candle is in stock: 3."),
        ("do you still have green tea?", "Green Tea is available, as far as the catalogue says."),
        ("How much is the green tea?", "The catalogue gives no price for Green Tea."),
        ("is the blue mug still available?", "Blue Mug is not available."),
        ("is the sencha in stock?", "Sencha Leaves, 100 g is not available."),
        ("is the sencha sold out?", "Sencha Leaves, 100 g is not available."),
        ("how much is the sencha?", "Sencha Leaves, 100 g: 14 EUR\nSencha Leaves, 100 g is not available."),
        ("what does the sencha cost", "Sencha Leaves, 100 g: 14 EUR\nSencha Leaves, 100 g is not available."),
        ("can I still buy the blue mug?", "Blue Mug is not available."),
        ("普洱茶饼多少钱", "云南普洱茶饼：198\n云南普洱茶饼目前无法提供。"),
        ("Is the desk lamp in stock?", "Desk Lamp is not available."),
        ("Is the woollen rug in stock?", "Woollen Rug: the catalogue says “back in May”."),
        ("How much is a trip to Mars?", "The catalogue has nothing called “trip to Mars”."),
        ("杏仁香皂多少钱？", "杏仁香皂：30"),
        ("杏仁香皂有货吗", "杏仁香皂有货：7。"),
        ("火星之旅多少钱", "目录中没有名为“火星之旅”的内容。"),
    ],
)
def test_what_the_catalogue_says_of_an_item_is_told(talk: Conversation, message: str, answer: str) -> None:
    assert talk.ask(message).text == answer


def test_it_is_the_item_that_was_spoken_of(talk: Conversation) -> None:
    talk.ask("Is the lavender candle in stock?")

    assert talk.ask("How much is it?").text == "Lavender Candle: 12.50 EUR"


@pytest.mark.parametrize(
    "message",
    ["How much is my budget?", "How much do you know about me?", "Do you have anything vegan?", "我的预算是多少钱"],
)
def test_other_questions_are_not_about_an_item(message: str) -> None:
    assert item_question(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "Are there any lamps on sale?",
        "Is there anything vegan available?",
        "Are there any vegan snacks available?",
        "Are vegan options available",
        "Do you have any lamps in stock?",
        "有什么在售",
        "哪些茶有货",
        "那有便宜点的茶有货吗",
        "最便宜的茶多少钱",
        "How much is 5 times 7?",
        "How much is too much coffee?",
        "is the pain gone",
        "Is Bob gone?",
        "can i still get a refund",
        "can I still order today",
    ],
)
def test_questions_for_a_list_or_for_no_thing_at_all_are_not_about_an_item(message: str) -> None:
    assert item_question(message) is None


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("还有货吗", "stock"),
        ("现在有货吗", "stock"),
        ("有没有现货", "stock"),
        ("Is it still available?", "stock"),
        ("do you still have this one?", "stock"),
        ("这个多少钱", "price"),
        ("多少钱？", "price"),
        ("how much is it", "price"),
        ("how much does this cost", "price"),
        ("How much?", "price"),
    ],
)
def test_what_only_points_means_the_item_in_focus(talk: Conversation, message: str, asked: str) -> None:
    which = "您指的是哪一件？" if not message.isascii() else "Which item do you mean?"
    assert talk.ask(message).text.startswith(which)
    talk.ask("Is the lavender candle in stock?")

    answer = talk.ask(message).text

    assert item_question(message) == (asked, "", True)
    assert answer.startswith("Lavender Candle")
    assert ("12.50 EUR" in answer) == (asked == "price")


@pytest.mark.parametrize("message", ["第二个还有货吗", "Is the second one available?"])
def test_a_place_in_no_list_is_asked_about(talk: Conversation, message: str) -> None:
    answer = talk.ask(message)

    assert answer.text.startswith(("您指的是哪一件？", "Which item do you mean?"))
    assert answer.items == []


def test_another_thing_is_not_the_one_in_focus(talk: Conversation) -> None:
    talk.ask("Is the lavender candle in stock?")

    assert talk.ask("how much is that green tea?").text == "The catalogue gives no price for Green Tea."


def test_a_kind_of_thing_is_no_item_that_was_listed(talk: Conversation) -> None:
    talk.ask("find lamps")

    assert len(talk.ask("Are lamps available?").items) > 1


def test_a_thing_that_nothing_is_called_is_searched_for_and_is_no_item_that_was_shown(talk: Conversation) -> None:
    searched = talk.ask("are warm drinks available")
    missing = talk.ask("How much is the trip to Mars?")

    assert searched.items
    assert "nothing called" not in searched.text
    assert missing.items == []


@pytest.mark.parametrize(
    ("attributes", "price"),
    [
        ({"cost_price": 3.2, "price": 9.99}, "9.99"),
        ({"shipping_cost": 4.9, "price": 20}, "20"),
        ({"price_currency": "EUR", "price": 12}, "12 EUR"),
        ({"purchasePrice": 3, "salePrice": 7.5, "currency": "GBP"}, "7.50 GBP"),
        ({"price_eur": 3.5}, "3.50 EUR"),
        ({"Price": "£19.99", "currency": "GBP"}, "£19.99"),
        ({"成本价": 3, "售价": 9}, "9"),
        ({"定价": "23.00"}, "23.00"),
        ({"定价": 40, "现价": 23}, "23"),
        ({"Einkaufspreis": 3, "Preis": "9,90", "Währung": "EUR"}, "9,90"),
        ({"wholesale_price": 3, "进价": 2, "deposit_price": 5}, ""),
        ({"price": ""}, ""),
        ({"price": -1}, ""),
    ],
)
def test_a_price_is_what_the_buyer_pays(attributes: dict[str, Any], price: str) -> None:
    assert price_of(attributes) == price


@pytest.mark.parametrize(
    ("attributes", "stock"),
    [
        ({"out_of_stock": True}, False),
        ({"unavailable": True}, False),
        ({"soldOut": "yes"}, False),
        ({"sold_out": False}, True),
        ({"sold_out": False, "stock": 4}, 4.0),
        ({"min_order_quantity": 12, "stock": 0}, False),
        ({"min_order_quantity": 12}, None),
        ({"stock": -3}, False),
        ({"stock": "0"}, False),
        ({"in_stock": "no"}, False),
        ({"available": "false"}, False),
        ({"stock": ""}, None),
        ({"stock": "7"}, 7.0),
        ({"is_available": True, "quantity": 7}, 7.0),
        ({"availability": "https://schema.org/OutOfStock"}, False),
        ({"availability": "back in May"}, "back in May"),
        ({"库存": "无"}, False),
        ({"缺货": True}, False),
    ],
)
def test_a_stock_is_read_by_its_own_name(attributes: dict[str, Any], stock: bool | float | str | None) -> None:
    found = stock_of(attributes)

    assert (found, type(found)) == (stock, type(stock))


def test_of_an_items_attributes_only_its_price_and_stock_are_told() -> None:
    attributes = {
        "wholesale_price": 3,
        "price": 9,
        "currency": "EUR",
        "stock": 2,
        "supplier": "ACME",
        "notes": "x" * 9_000,
    }

    assert price_and_stock(attributes) == {"price": 9, "currency": "EUR", "stock": 2}


def test_a_search_tells_attributes_of_a_single_hit_alone(agent: InterestAgent) -> None:
    def found(k: int) -> list[FoundItem]:
        given = search_items.handler(agent, SearchItems(query="lavender candle", k=k))
        assert isinstance(given, FoundItems)
        return given.items

    assert [item.attributes for item in found(1)] == [{"price": 12.5, "currency": "EUR", "stock": 3}]
    assert [item.attributes for item in found(3)] == [{}, {}, {}]


@pytest.mark.parametrize(
    "message",
    ["tell me about number ²", "I liked #²", "option ³ please", "I rate the first ² stars", "number " + "9" * 5_000],
)
def test_digits_that_are_no_number_name_no_place(talk: Conversation, message: str) -> None:
    talk.ask("find lamps")

    assert [step.says for step in talk.ask(message).trace if step.failed] == []


def test_a_wish_as_long_as_a_page_is_answered(talk: Conversation) -> None:
    wish = "find a lamp for my desk, " + "where I like to sit and read in the evenings, " * 60

    answer = talk.ask(wish)

    assert (bool(answer.items), [step.says for step in answer.trace if step.failed]) == (True, [])
