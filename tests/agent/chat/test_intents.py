"""What rules read in a message."""

import pytest

from penchant.agent.chat.answers import Shown
from penchant.agent.chat.intents import intent_of
from penchant.agent.chat.references import Items
from penchant.agent.statements.detection import StatementDetector

LISTED = (Shown(item_id="a", title="Oceans"), Shown(item_id="b", title="Bees"))
SHOWN = Items(latest=LISTED, known=LISTED)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("forget everything about me", "forget"),
        ("show me bob's profile", "others"),
        ("what are the interests of user 42?", "others"),
        ("给我看看小王的画像", "others"),
        ("why the second one?", "explain"),
        ("为什么推荐第一部？", "explain"),
        ("what do you know about me?", "profile"),
        ("show me my interests", "profile"),
        ("你了解我什么？我的兴趣有哪些", "profile"),
        ("I'm off thrillers", "state"),
        ("我讨厌恐怖片", "state"),
        ("I like the second one", "feedback"),
        ("第二个很无聊", "feedback"),
        ("find a film about whales", "search"),
        ("有没有关于鲸鱼的纪录片", "search"),
        ("something for a long flight, nothing violent", "recommend"),
        ("推荐几部轻松的电影", "recommend"),
        ("recommend something", "recommend"),
        ("how much is the second one?", "item"),
        ("Bees有货吗", "item"),
        ("hello", "greeting"),
        ("hi there", "greeting"),
        ("Good afternoon, everyone!", "greeting"),
        ("哈喽", "greeting"),
        ("hello kitty mugs", "recommend"),
        ("what did I buy most?", "history"),
        ("show me my last orders", "history"),
        ("My last orders?", "history"),
        ("Did I buy a kettle?", "history"),
        ("我什么时候买的水壶？", "history"),
        ("which films are like those I have seen?", "recommend"),
        ("what would you suggest for me?", "recommend"),
        ("something for myself, thanks", "recommend"),
        ("something for me", "recommend"),
        ("some", "nothing"),
        ("items", "nothing"),
        ("什么", "nothing"),
        ("what did you just recommend?", "again"),
        ("show me that list again", "again"),
        ("你刚才推荐了什么？", "again"),
        ("remove the second one, I don't want it", "feedback"),
        ("can you drop number 2 please", "feedback"),
        ("第二个不要", "feedback"),
        ("谢谢", "thanks"),
        ("?", "nothing"),
    ],
)
def test_a_message_has_one_intent(message: str, kind: str) -> None:
    assert intent_of(message, SHOWN).kind == kind


@pytest.mark.parametrize(
    "message", ["我不要这个，要第二个", "not this one, I want the second one", "我要第五个", "I'll take it"]
)
def test_what_only_points_at_items_that_are_not_clear_is_asked_back_and_not_searched_for(message: str) -> None:
    assert intent_of(message).kind == "which_item"


@pytest.mark.parametrize(
    ("message", "query", "avoid"),
    [
        ("something for a long flight, nothing violent", "something for a long flight", "violent"),
        ("a comedy without romance", "a comedy", "romance"),
        ("gift for my mother, not too expensive", "gift for my mother", "expensive"),
        ("推荐几部电影，不要恐怖的", "几部电影", "恐怖"),
        ("recommend a mug please", "mug", ""),
        ("what would you suggest for me?", "", ""),
        ("no sugar", "", "sugar"),
        ("tea lights", "tea lights", ""),
        ("is there a gift for my mother, she loves gardening?", "gardening", ""),
    ],
)
def test_a_wish_is_split_into_what_is_wanted_and_what_is_not(message: str, query: str, avoid: str) -> None:
    intent = intent_of(message)

    assert (intent.query, intent.avoid) == (query, avoid)


@pytest.mark.parametrize(
    ("message", "kind", "query"),
    [
        ("你们还有台灯吗", "item", "台灯"),
        ("茶有没有货", "item", "茶"),
        ("龙井现在有没有现货？", "item", "龙井"),
        ("你们卖雨伞吗？", "search", "雨伞"),
        ("have you got any umbrellas?", "search", "umbrellas"),
        ("do you sell candles?", "search", "candles"),
        ("what can I read this weekend for fun", "recommend", ""),
        ("what should I watch tonight, just for fun?", "recommend", ""),
    ],
)
def test_a_question_about_the_catalogue_names_what_is_looked_for_and_states_nothing(
    message: str, kind: str, query: str
) -> None:
    intent = intent_of(message)

    assert (intent.kind, intent.query, intent.stances) == (kind, query, ())
    assert StatementDetector().detect(message) == []


@pytest.mark.parametrize(
    ("message", "query", "stated"),
    [
        ("I'm vegan, what do you recommend?", "", ["Vegan"]),
        ("I'm vegan. What do you recommend?", "", ["Vegan"]),
        ("我是素食者，推荐一些吃的", "吃的", ["素食者"]),
        ("I'm vegan, recommend a cookbook", "cookbook", ["Vegan"]),
        ("I need a gift", "gift", []),
        ("I like tea, recommend something", "", ["Tea"]),
        ("I like tea. What should I buy?", "", ["Tea"]),
        ("My budget is 50 euros, recommend a present", "present", ["50 euros"]),
        ("我喜欢茶，推荐点东西", "", ["茶"]),
    ],
)
def test_what_is_stated_in_front_of_a_wish_leaves_the_wish(message: str, query: str, stated: list[str]) -> None:
    intent = intent_of(message)

    assert (intent.kind, intent.query, [stance.label for stance in intent.stances]) == ("recommend", query, stated)


@pytest.mark.parametrize("message", ["I only drink decaf", "I need gluten-free food, always"])
def test_a_statement_without_a_wish_asks_for_no_list(message: str) -> None:
    assert intent_of(message).kind == "state"


@pytest.mark.parametrize(
    ("message", "item_id"),
    [("why Bees?", "b"), ("why the second one?", "b"), ("为什么是最后一个", "b"), ("why?", "a"), ("why b", "b")],
)
def test_an_item_is_meant_by_title_place_or_id(message: str, item_id: str) -> None:
    meant = SHOWN.item_asked_about(message)

    assert meant is not None
    assert meant.item_id == item_id


@pytest.mark.parametrize(
    ("message", "labels"),
    [
        ("I like to find old books", ["Find old books"]),
        ("I like search puzzles", ["Search puzzles"]),
        ("I like jazz, which is odd", ["Jazz"]),
        ("I love jazz, which was new to me.", ["Jazz"]),
    ],
)
def test_what_one_likes_to_do_and_what_is_said_in_passing_ask_for_no_list(message: str, labels: list[str]) -> None:
    intent = intent_of(message)

    assert (intent.kind, [stance.label for stance in intent.stances]) == ("state", labels)


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("I like my sister, which gift suits her?", "which gift suits her"),
        ("what should I read after Dune", "Dune"),
        ("what can I watch tonight", ""),
        ("What should I watch this weekend?", ""),
        ("what should I read after work", "after work"),
    ],
)
def test_a_question_leaves_a_query_of_its_own(message: str, query: str) -> None:
    intent = intent_of(message)

    assert (intent.kind, intent.query) == ("recommend", query)


@pytest.mark.parametrize(
    "message",
    [
        "Could you translate 'I love cats' into French?",
        "write me a poem about rain",
        "Please write a Python function",
        "explain how rainbows form",
        "How much is 5 times 7?",
        "calculate 15% of 80",
        "My friend says she hates opera",
        "My colleague hates opera.",
        "请把这句话翻译成法语",
        "帮我写一首诗",
        "3加5等于多少",
        "我朋友说她讨厌歌剧",
    ],
)
def test_what_no_catalogue_can_do_asks_for_nothing(message: str) -> None:
    assert intent_of(message).kind == "nothing"


@pytest.mark.parametrize(
    "message",
    [
        "gift for my friend who hates opera",
        "My friend says she hates opera, what can I give her?",
        "My daughter hates pink, a bag for school",
        "My mother says she needs a lamp",
        "writing desk",
        "translate apps",
        "a translation of Homer",
        "推荐适合讨厌歌剧的朋友的礼物",
        "我同事说他喜欢茶，送他什么好",
        "翻译机",
        "计算器",
    ],
)
def test_what_may_be_a_wish_stays_one(message: str) -> None:
    assert intent_of(message).kind == "recommend"


def test_an_explanation_of_a_list_is_no_request_for_a_text() -> None:
    assert intent_of("explain how you chose Bees", SHOWN).kind == "explain"


@pytest.mark.parametrize("message", ["show me something different", "something else", "different ones please", "more"])
def test_other_items_are_wanted_for_the_same_wish(message: str) -> None:
    intent = intent_of(message, SHOWN)

    assert (intent.kind, intent.query, intent.more) == ("recommend", "", True)


@pytest.mark.parametrize(
    "message",
    [
        "what did I buy most?",
        "what did I buy here last month?",
        "我上次买了什么？",
        "我买得最多的是什么",
        "我看过哪些电影",
    ],
)
def test_what_the_user_has_done_is_asked_of_the_profile_where_no_event_and_no_statement_answers(message: str) -> None:
    assert intent_of(message, SHOWN).kind == "history"
    assert intent_of(message, SHOWN, without=["self", "history"]).kind == "profile"


@pytest.mark.parametrize(
    "message",
    [
        "我买什么好呢",
        "我玩什么游戏好",
        "晚上我看什么",
        "我读哪些书好",
        "something to go with my last purchase",
        "gifts based on my purchase history",
        "show me something to match my last order",
        "surprise me based on my past orders",
        "which films are like those I have seen?",
        "cancel my orders",
        "my last purchase was great, thanks",
        "don't show my past purchases again",
        "what goes with the lamp I have bought?",
    ],
)
def test_a_message_that_only_mentions_the_past_asks_for_something_else(message: str) -> None:
    assert intent_of(message, SHOWN, without=["self"]).kind not in ("history", "profile")
