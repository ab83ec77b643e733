"""What an item costs and whether it is in stock is told as the catalogue has it, and where it says nothing, that is said."""

from itertools import count
from pathlib import Path

import pytest

from penchant import InterestAgent, Item
from penchant.agent.chat.conversation import Conversation
from penchant.agent.chat.item_questions import item_question
from penchant.settings import LlmSettings, Settings
from penchant.tools import open_conversation

USERS = count()
ITEMS = [
    Item(item_id="candle", title="Lavender Candle", attributes={"price": 12.5, "currency": "EUR", "stock": 3}),
    Item(item_id="tea", title="Green Tea"),
    Item(item_id="mug", title="Blue Mug", available=False),
    Item(item_id="lamp", title="Desk Lamp", attributes={"stock": 0}),
    Item(item_id="rug", title="Woollen Rug", attributes={"availability": "back in May"}),
    Item(item_id="soap", title="杏仁香皂", attributes={"价格": 30, "库存": 7}),
]


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    home: Path = tmp_path_factory.mktemp("home")
    agent = InterestAgent.open(Settings(home=home, llm=LlmSettings(provider="none")))
    agent.add_items(ITEMS)
    return agent


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
