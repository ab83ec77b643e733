"""Small talk, pasted code and questions about the world want nothing of a catalogue; what asks for a thing always gets its list."""

import pytest

from penchant.agent.chat.answers import Shown
from penchant.agent.chat.intents import intent_of
from penchant.agent.chat.references import Items

BEES = Shown(item_id="b", title="Bees")


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("thanks, bye", "bye"),
        ("goodbye, have a nice day", "bye"),
        ("see you later", "bye"),
        ("谢谢，再见", "bye"),
        ("晚安", "bye"),
        ("No, thanks", "thanks"),
        ("ok great, thanks", "thanks"),
        ("thank you so much!", "thanks"),
        ("不用了，谢谢", "thanks"),
        ("lol you are hilarious", "nothing"),
        ("haha", "nothing"),
        ("forget it", "nothing"),
        ("哈哈哈你真逗", "nothing"),
        ("tell me a joke", "nothing"),
        ("讲个笑话吧", "nothing"),
        ("how are you today?", "nothing"),
        ("你今天怎么样？", "nothing"),
        ("are you a robot?", "nothing"),
        ("I'm bored", "nothing"),
        ("What's the capital of Mongolia?", "nothing"),
        ("who invented the telephone?", "nothing"),
        ("what time is it?", "nothing"),
        ("蒙古的首都是哪里？", "nothing"),
        ("今天天气怎么样？", "nothing"),
        ("def f(x):\n    return x + 1", "nothing"),
        ("import os\nprint(os.getcwd())", "nothing"),
        ("const a = 1;", "nothing"),
        ("for (int i = 0; i < 3; i++) {\n  x += i;\n}", "nothing"),
        ("SELECT * FROM users WHERE id = 1;", "nothing"),
    ],
)
def test_small_talk_wants_no_list(message: str, kind: str) -> None:
    assert intent_of(message).kind == kind


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("something for tea", "something for tea"),
        ("推荐点什么", ""),
        ("推荐点什么吧", ""),
        ("recommend something", ""),
        ("thanks, now show me some teas", "thanks, now show me some teas"),
        ("great, something cheaper please", ""),
        ("thank you cards", "thank you cards"),
        ("good night tea", "good night tea"),
        ("cool lamps", "cool lamps"),
        ("joke book", "joke book"),
        ("tell me a story book for kids", "tell me a story book for kids"),
        ("import tea from china", "import tea from china"),
        ("class ring", "class ring"),
        ("where are the candles?", "where are the candles"),
        ("what are the most popular teas?", "what are the most popular teas"),
        ("I'm bored, recommend a game", "I'm bored, recommend a game"),
        ("今天喝什么茶好", "今天喝什么茶好"),
        ("给我讲故事的书", "给我讲故事的书"),
        ("哈密瓜", "哈密瓜"),
    ],
)
def test_a_wish_is_no_small_talk(message: str, query: str) -> None:
    intent = intent_of(message)

    assert (intent.kind, intent.query) == ("recommend", query)


def test_what_is_said_of_an_item_shown_is_feedback_and_no_small_talk() -> None:
    assert intent_of("I love it", Items((BEES,), (BEES,), BEES)).kind == "feedback"
