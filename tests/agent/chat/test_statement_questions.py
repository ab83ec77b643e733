"""Questions of what the user has said are answered from it, and are never statements, nor wishes for a list."""

from collections.abc import Iterable
from itertools import count

import pytest

from penchant import InterestAgent
from penchant.agent.chat.conversation import Conversation
from penchant.agent.chat.intents import intent_of
from penchant.tools import open_conversation

USERS = count()
NOT_SAID, NOT_SAID_ZH = "You have not told me that.", "您还没有告诉过我。"
DAUGHTER = "My daughter Mia is allergic to peanuts."


@pytest.fixture
def talk(grocer: InterestAgent) -> Conversation:
    return open_conversation(grocer, f"q{next(USERS)}")


def after(grocer: InterestAgent, user: str, sentences: Iterable[str]) -> Conversation:
    """A conversation in which `user` has said all these."""
    talk = open_conversation(grocer, user)
    for sentence in sentences:
        talk.ask(sentence)
    return talk


def texts(answer: str) -> list[str]:
    """The sentences that an answer quotes."""
    return [line.partition("“")[2].removesuffix("”") for line in answer.splitlines() if "“" in line]


@pytest.mark.parametrize(
    "question",
    [
        "Does my daughter have an allergy?",
        "does our baby have an egg allergy",
        "Do my kids have any allergies?",
        "Is my wife allergic to nuts?",
        "Has my husband an intolerance?",
        "Can my son eat peanuts?",
        "What is my daughter allergic to?",
        "What can't my daughter eat?",
        "What does my husband like?",
        "how old is my son?",
        "what's my wife's name?",
        "my daughter has an allergy?",
        "My son is allergic to nuts, right?",
        "Is it true that my wife has a nut allergy?",
        "Did I tell you that my daughter is allergic to eggs?",
        "what do you know about my daughter?",
        "Who is Mia?",
        "who's Mia",
        "Is Mia allergic to peanuts?",
        "我女儿对花生过敏吗？",
        "我女儿对花生过敏？",
        "我老婆对什么过敏？",
        "我女儿有没有过敏？",
        "我家孩子是不是乳糖不耐受",
        "我儿子能吃鸡蛋吗",
        "我女儿叫什么名字",
        "我儿子几岁了？",
        "小米是谁？",
        "谁是小米",
    ],
)
def test_a_question_about_somebody_of_the_household_wants_no_list(question: str) -> None:
    assert intent_of(question).kind == "self"


@pytest.mark.parametrize(
    "message",
    [
        "My son is allergic to nuts, what can he eat?",
        "Can you find snacks for my son who is allergic to nuts?",
        "what should I get my wife?",
        "What would my wife like for her birthday?",
        "what can I cook for my son?",
        "Which tea is good for my mother?",
        "is my wife going to like this one?",
        "Is there a tea for my daughter?",
        "who makes the best tea?",
        "who is the author of this one?",
        "What do I need for a camping trip?",
        "我女儿适合看什么书？",
        "送我老婆什么礼物好？",
        "我老婆想要什么",
    ],
)
def test_a_wish_for_somebody_is_no_question_of_what_was_said(message: str) -> None:
    assert intent_of(message).kind in ("recommend", "search", "state")


@pytest.mark.parametrize(
    ("question", "is_answer"),
    [
        ("Does my daughter have an allergy?", True),
        ("Is my daughter allergic to peanuts?", True),
        ("Can my daughter eat peanuts?", True),
        ("Who is Mia?", True),
        ("is Mia allergic to anything?", True),
        ("What is my daughter's name?", True),
        ("what do you know about my daughter?", True),
        ("Do I have kids?", True),
        ("我女儿对花生过敏吗？", True),
        ("Is my daughter allergic to milk?", False),
        ("Is my wife allergic to nuts?", False),
        ("Does my son have allergies?", False),
        ("how old is my daughter?", False),
        ("Am I allergic to peanuts?", False),
        ("Who is Tom?", False),
    ],
)
def test_it_is_answered_from_what_was_said_of_them(talk: Conversation, question: str, is_answer: bool) -> None:
    talk.ask(DAUGHTER)

    answer = talk.ask(question)

    assert texts(answer.text) == ([DAUGHTER] if is_answer else [])
    assert is_answer or answer.text in (NOT_SAID, NOT_SAID_ZH)


FACTS = (
    "I live in Leeds",
    "I have two cats",
    "I work night shifts as a nurse",
    "I can't stand fish",
    "I love sushi",
    "My budget for shoes is around 80 euros.",
    "I'm vegetarian",
    "我今年三十岁",
)


@pytest.fixture(scope="module")
def nora(grocer: InterestAgent) -> Conversation:
    return after(grocer, "nora", FACTS)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Where do I live?", ["I live in Leeds"]),
        ("我住在哪里？", ["I live in Leeds"]),
        ("我家在哪儿？", ["I live in Leeds"]),
        ("Do I have pets?", ["I have two cats"]),
        ("What pets do I have?", ["I have two cats"]),
        ("Have I got a cat?", ["I have two cats"]),
        ("我有宠物吗？", ["I have two cats"]),
        ("我养猫吗？", ["I have two cats"]),
        ("What's my job?", ["I work night shifts as a nurse"]),
        ("What do I do for a living?", ["I work night shifts as a nurse"]),
        ("Where do I work?", ["I work night shifts as a nurse"]),
        ("我做什么工作？", ["I work night shifts as a nurse"]),
        ("What is my budget?", ["My budget for shoes is around 80 euros."]),
        ("我的预算是多少？", ["My budget for shoes is around 80 euros."]),
        ("How old am I?", ["我今年三十岁"]),
        ("我几岁？", ["我今年三十岁"]),
        ("Am I vegan?", ["I'm vegetarian"]),
        ("Do I like fish?", ["I can't stand fish"]),
        ("What do I like?", ["I love sushi"]),
        ("Do I like jazz?", []),
        ("Do I have a dog?", []),
        ("Am I allergic to anything?", []),
        ("Am I married?", []),
        ("Do I have kids?", []),
        ("What's my name?", []),
        ("我喜欢爵士乐吗？", []),
        ("我对花生过敏吗？", []),
        ("我结婚了吗？", []),
        ("我养狗吗？", []),
    ],
)
def test_a_question_about_oneself_is_answered_by_its_kind_and_its_thing(
    nora: Conversation, question: str, answers: list[str]
) -> None:
    answer = nora.ask(question)

    assert texts(answer.text) == answers
    assert answers or answer.text in (NOT_SAID, NOT_SAID_ZH)


def test_a_statement_is_found_among_many(grocer: InterestAgent) -> None:
    talk = open_conversation(grocer, "many")
    talk.ask("I live in Leeds")
    for thing in (
        "cats",
        "tea",
        "jazz",
        "chess",
        "roses",
        "trains",
        "sushi",
        "opera",
        "kayaking",
        "ceramics",
        "poetry",
        "fog",
    ):
        talk.ask(f"I love {thing}")

    assert texts(talk.ask("Where do I live?").text) == ["I live in Leeds"]


def test_what_a_flat_must_have_is_not_where_somebody_lives(grocer: InterestAgent) -> None:
    talk = after(grocer, "flora", ["My flat must allow pets."])

    assert texts(talk.ask("Where do I live?").text) == []


TASTES = (
    "I love bossa nova and jazz.",
    "I like science fiction novels.",
    "I prefer tea over coffee.",
    "I adore Greek islands",
)


@pytest.fixture(scope="module")
def rui(grocer: InterestAgent) -> Conversation:
    return after(grocer, "rui", TASTES)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("What music do I like?", TASTES[:1]),
        ("what do you know about my taste in music?", TASTES[:1]),
        ("What do I like to read?", TASTES[1:2]),
        ("What do I like to drink?", TASTES[2:3]),
        ("我喜欢什么音乐？", TASTES[:1]),
        ("我喜欢看什么书？", TASTES[1:2]),
        ("What do I like?", TASTES[::-1]),
    ],
)
def test_a_question_of_a_field_is_answered_by_what_was_said_of_it(
    rui: Conversation, question: str, answers: tuple[str, ...]
) -> None:
    assert texts(rui.ask(question).text) == list(answers)


ACTIONS = (
    "I don't check bags",
    "I'm studying biology at Leeds",
    "I use Postgres at work",
    "My goal is to retire by 45",
    "I don't drink alcohol",
    "I have a border collie",
    "My sister is a vegan but I eat pretty much everything",
    "我坐车喜欢靠窗",
    "我只穿亚瑟士的跑鞋",
    "我每天晚上跑五公里",
    "我不坐飞机",
    "我是做外贸的",
    "我有高血压",
)


@pytest.fixture(scope="module")
def finn(grocer: InterestAgent) -> Conversation:
    return after(grocer, "finn", ACTIONS)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("do I check bags?", "I don't check bags"),
        ("what do I study?", "I'm studying biology at Leeds"),
        ("which database do I use?", "I use Postgres at work"),
        ("When do I want to retire?", "My goal is to retire by 45"),
        ("what's my goal?", "My goal is to retire by 45"),
        ("Do I drink alcohol?", "I don't drink alcohol"),
        ("Do I have a dog?", "I have a border collie"),
        ("我穿什么跑鞋？", "我只穿亚瑟士的跑鞋"),
        ("我每天跑多少？", "我每天晚上跑五公里"),
        ("我坐飞机吗？", "我不坐飞机"),
        ("我是做什么的？", "我是做外贸的"),
        ("我有什么病？", "我有高血压"),
        ("Am I vegan?", None),
        ("What's my favourite colour?", None),
        ("我最喜欢的颜色是什么？", None),
        ("我用什么洗发水？", None),
    ],
)
def test_a_question_is_answered_by_the_sentence_that_holds_all_it_names(
    finn: Conversation, question: str, answer: str | None
) -> None:
    text = finn.ask(question).text

    assert texts(text) == ([answer] if answer else [])
    assert answer or text in (NOT_SAID, NOT_SAID_ZH)


@pytest.mark.parametrize("question", ["how do I fix a flat tyre?", "do I pay for delivery?"])
def test_what_may_be_asked_of_anybody_is_not_taken_for_something_never_said(finn: Conversation, question: str) -> None:
    assert finn.ask(question).text not in (NOT_SAID, NOT_SAID_ZH)


@pytest.mark.parametrize(
    ("sentence", "question", "is_answer"),
    [
        ("My middle one is allergic to peanuts", "is anyone in my family allergic to something?", True),
        ("My middle one is allergic to peanuts", "am I allergic to anything?", False),
        ("老二对鸡蛋过敏", "我家谁对鸡蛋过敏？", True),
        ("老二对鸡蛋过敏", "我对鸡蛋过敏吗？", False),
    ],
)
def test_a_question_of_anybody_at_home_is_answered_by_what_is_said_of_each(
    talk: Conversation, sentence: str, question: str, is_answer: bool
) -> None:
    talk.ask(sentence)

    assert texts(talk.ask(question).text) == ([sentence] if is_answer else [])


def test_a_correction_of_the_assistant_is_nothing_that_was_said_of_oneself(
    grocer: InterestAgent, talk: Conversation
) -> None:
    talk.ask("I love jazz")
    talk.ask("Actually it's blue, not green")

    assert [each.subject for each in grocer.statements(talk.user_id, history=True).statements] == ["Jazz"]


def test_a_need_not_is_no_use(grocer: InterestAgent) -> None:
    talk = after(grocer, "nike", ["耐克的就不用推荐了，码数总不准"])

    assert talk.ask("我用什么编程语言？").text == NOT_SAID_ZH


@pytest.mark.parametrize(
    ("sentence", "question", "answers"),
    [
        ("我女儿5岁, 对鸡蛋过敏", "我对什么过敏？", False),
        ("我女儿5岁, 对鸡蛋过敏", "我女儿对什么过敏？", True),
        ("我养了只柯基，叫豆包", "我有宠物吗？", True),
        ("在杭州做产品经理，平时加班多", "我做什么工作？", True),
        ("在杭州做产品经理，平时加班多", "我住在哪里？", True),
        ("坐标成都，女，做设计的", "我在哪个城市", True),
        ("我对芒果过敏，请不要推荐芒果甜点", "我能吃芒果吗？", True),
    ],
)
def test_chinese_questions_about_oneself_quote_what_is_ones_own(
    grocer: InterestAgent, sentence: str, question: str, answers: bool
) -> None:
    answer = after(grocer, f"q{next(USERS)}", [sentence]).ask(question).text
    assert (sentence in answer) is answers
    assert answers or answer == NOT_SAID_ZH
