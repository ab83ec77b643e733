"""What the user has done here is answered from their events, with the days."""

from datetime import UTC, datetime

import pytest
from chat_turns import converse
from rule_agent import rule_agent

from penchant import Event, InterestAgent, Item
from penchant.agent.chat.own_history import history_question
from penchant.tools import open_conversation

KETTLE, RAKE, NOVEL = (
    "- Steel kettle (2 times, last on 20 May 2026)",
    "- Garden rake (11 May 2026)",
    "- Dune (12 May 2026)",
)


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    items = [
        Item(item_id="k", title="Steel kettle"),
        Item(item_id="r", title="Garden rake"),
        Item(item_id="n", title="Dune", categories=[["Books", "Novels"]]),
    ]
    agent = rule_agent(tmp_path_factory.mktemp("home"), items, at=datetime(2026, 6, 15, tzinfo=UTC))
    done = [("purchase", "k", 10), ("purchase", "r", 11), ("view", "n", 12), ("purchase", "k", 20)]
    agent.observe(
        [
            Event(user_id="ada", type=kind, item_id=item, at=datetime(2026, 5, day, tzinfo=UTC))
            for kind, item, day in done
        ]
    )
    judged = [("rating", "k", 5), ("rating", "n", 2), ("return", "r", None)]
    agent.observe(
        Event(user_id="mia", type=kind, item_id=item, value=value, at=datetime(2026, 4, day, tzinfo=UTC))
        for day, (kind, item, value) in enumerate(judged, 1)
    )
    agent.observe([Event(user_id="bob", type="view", item_id="gone", at=datetime(2026, 5, 3, tzinfo=UTC))])
    agent.update()
    return agent


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("what did I buy?", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("My last orders?", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("show me all my purchases", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("When did I buy the rake?", f"What you bought:\n{RAKE}"),
        ("Have I ever bought a kettle?", f"What you bought:\n{KETTLE}"),
        ("did I order a sofa?", f"I find no “sofa” among it.\nWhat you bought:\n{KETTLE}\n{RAKE}"),
        ("What did I look at recently?", f"What you looked at or chose:\n{KETTLE}\n{NOVEL}\n{RAKE}"),
        (
            "上个月我买了什么？",
            "您购买过：\n- Steel kettle（2 次，最近一次 2026年5月20日）\n- Garden rake（2026年5月11日）",
        ),
        ("what did I buy last month?", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("what did I buy this month?", f"I find nothing of that time.\nWhat you bought:\n{KETTLE}\n{RAKE}"),
        ("Did I order the kettle on 10 May?", "What you bought:\n- Steel kettle (10 May 2026)"),
        ("did I buy a rake on May 20?", f"I find nothing of that time.\nWhat you bought:\n{RAKE}"),
        ("what did I buy on 2026-05-11?", f"What you bought:\n{RAKE}"),
        ("我5月11号买了什么？", "您购买过：\n- Garden rake（2026年5月11日）"),
        ("Did I buy a sofa last week?", f"I find no “sofa” among it.\nWhat you bought:\n{KETTLE}\n{RAKE}"),
        ("did I buy the rake last week?", f"I find nothing of that time.\nWhat you bought:\n{RAKE}"),
        ("have I ordered yet?", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("How many books did I read this year?", f"I count 1 item.\nWhat you looked at or chose:\n{NOVEL}"),
        (
            "How many phones did I buy this year?",
            f"From what is recorded I cannot tell which of it is “phones”.\nWhat you bought:\n{KETTLE}\n{RAKE}",
        ),
        ("How many phones did I buy last year?", f"I find nothing of that time.\nWhat you bought:\n{KETTLE}\n{RAKE}"),
        ("how many things did I buy?", f"I count 2 different items.\nWhat you bought:\n{KETTLE}\n{RAKE}"),
        ("How often did I buy the kettle?", f"What you bought:\n{KETTLE}"),
        (
            "我的历史记录",
            "您在这里的记录：\n- Steel kettle（2 次，最近一次 2026年5月20日）\n- Dune（2026年5月12日）\n- Garden rake（2026年5月11日）",
        ),
        ("我买过什么？", "您购买过：\n- Steel kettle（2 次，最近一次 2026年5月20日）\n- Garden rake（2026年5月11日）"),
    ],
)
def test_what_was_bought_or_looked_at_is_named_with_its_day(agent: InterestAgent, message: str, answer: str) -> None:
    assert open_conversation(agent, "ada").ask(message).text == answer


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("What have I rated so far?", "What you rated:\n- Dune (rated 2 on 2 April 2026)\n- Steel kettle (rated 5 on 1 April 2026)"),
        ("When did I rate the kettle?", "What you rated:\n- Steel kettle (rated 5 on 1 April 2026)"),
        ("How many stars did I give Dune?", "What you rated:\n- Dune (rated 2 on 2 April 2026)"),
        ("What did I return?", "What you returned:\n- Garden rake (3 April 2026)"),
        ("When did I send back the rake?", "What you returned:\n- Garden rake (3 April 2026)"),
        ("Did I return anything?", "What you returned:\n- Garden rake (3 April 2026)"),
        ("Have I tried the kettle?", "What you looked at or chose:\n- Steel kettle (rated 5 on 1 April 2026)"),
        ("Did I buy the rake?", "I find nothing of the kind.\nWhat you did here:\n- Garden rake (3 April 2026)"),
        ("我给Dune打了几分？", "您评过分的：\n- Dune（2026年4月2日评了 2 分）"),
        ("我评价过哪些？", "您评过分的：\n- Dune（2026年4月2日评了 2 分）\n- Steel kettle（2026年4月1日评了 5 分）"),
        ("我退过什么？", "您退过的：\n- Garden rake（2026年4月3日）"),
    ],
)  # fmt: skip
def test_what_was_rated_or_returned_is_named_with_its_day(agent: InterestAgent, message: str, answer: str) -> None:
    assert open_conversation(agent, "mia").ask(message).text == answer


@pytest.mark.parametrize(
    "message", ["What do I like?", "what have I been into lately?", "我喜欢什么？", "我最近对什么感兴趣"]
)
def test_what_a_user_likes_is_answered_from_what_they_did_where_they_said_nothing(
    agent: InterestAgent, message: str
) -> None:
    answer = open_conversation(agent, "ada").ask(message)

    assert "get_profile" in [step.name for step in answer.trace]
    assert "Home & Garden" in answer.text or "家居" in answer.text


def test_why_not_is_answered_of_the_item_that_is_named_though_it_was_not_listed(agent: InterestAgent) -> None:
    talk = open_conversation(agent, "ada")
    talk.ask("recommend something")

    assert "11 May 2026" in talk.ask("why not the Garden rake?").text


def test_what_no_event_answers_is_answered_by_what_is_known(agent: InterestAgent) -> None:
    bought = open_conversation(agent, "bob").ask("what did I buy?").text
    looked = open_conversation(agent, "bob").ask("what have I seen so far?").text
    unknown = open_conversation(agent, "eve").ask("what did I buy?").text

    assert not bought.startswith("What you bought")
    assert looked == "What you looked at or chose:\n- gone (3 May 2026)"
    assert "bought" not in unknown


@pytest.mark.parametrize(
    "message",
    [
        "我买了一部手机",
        "今天我买了一双鞋",
        "我买了吗",
        "我看了一部电影",
        "我听了一晚上的歌",
        "我玩了一天游戏",
        "我看过医生了",
        "我买了几本书",
        "我买了什么都不知道",
        "did I order the right size?",
        "have I bought enough time?",
        "have I ordered correctly?",
        "did I read that right?",
        "did I buy in time?",
    ],
)
def test_a_statement_or_a_question_of_something_else_asks_nothing_of_the_past(message: str) -> None:
    assert history_question(message) is None


@pytest.mark.parametrize(
    ("message", "thing"),
    [
        ("我买过一部手机吗？", "手机"),
        ("我有没有买过手机", "手机"),
        ("我买过手机没有", "手机"),
        ("我什么时候买的水壶", "水壶"),
        ("我看过多少部电影", "电影"),
        ("今天我买了什么", ""),
        ("我去年看了几部电影？", "电影"),
    ],
)
def test_a_chinese_question_about_the_past_has_a_word_that_asks(message: str, thing: str) -> None:
    question = history_question(message)

    assert question is not None
    assert question.thing == thing


def test_it_is_the_item_shown_where_one_was(agent: InterestAgent) -> None:
    talk = open_conversation(agent, "ada")
    talk.ask("how much is the Steel kettle?")

    assert talk.ask("when did I buy it?").text == f"What you bought:\n{KETTLE}"


def test_it_is_asked_for_where_nothing_was_shown(agent: InterestAgent) -> None:
    asked = open_conversation(agent, "fay").ask("when did I buy it?").text

    assert asked == "Which item do you mean? Name it, or give its number in the list."


@pytest.mark.parametrize("message", ["what did I buy last month?", "上个月我买了什么？"])
def test_a_model_that_has_no_tool_for_the_past_is_not_asked_what_it_cannot_know(
    agent: InterestAgent, message: str
) -> None:
    answer = converse(agent, "You bought a yacht.", user="ada").ask(message)

    assert "Steel kettle" in answer.text and "yacht" not in answer.text
    assert answer.plan == "rules" and answer.llm.calls == 0


def test_a_model_answers_what_the_events_do_not(agent: InterestAgent) -> None:
    assert converse(agent, "I do not know.", "I do not know.", user="nobody-yet").ask("what did I buy?").plan == "model"
