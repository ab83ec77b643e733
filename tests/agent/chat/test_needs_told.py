"""What a user tells of needs in a conversation is kept, acknowledged by what was meant, and ended in their own words."""

from itertools import count

import pytest
from rule_agent import rule_agent

from penchant import InterestAgent
from penchant.agent.chat.conversation import Conversation
from penchant.tools import open_conversation

USERS = count()
TITLES = ("Almond Brittle", "Roasted Hazelnuts", "Peanut Butter", "Oat Cookies", "Maternity Leggings", "Baby Diapers")


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    return rule_agent(tmp_path_factory.mktemp("home"), (*TITLES, "Green Tea"))


@pytest.fixture
def talk(agent: InterestAgent) -> Conversation:
    return open_conversation(agent, f"u{next(USERS)}")


def texts_of(agent: InterestAgent, talk: Conversation) -> list[str]:
    return [statement.text for statement in agent.statements(talk.user_id).statements]


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("I am allergic to peanuts", "Noted: allergic to peanuts; I will leave them out."),
        ("My son is allergic to nuts.", "Noted for your son: allergic to nuts; I will leave them out."),
        ("our kids can't eat eggs", "Noted for your kids: no eggs; I will leave them out."),
        ("I have lost my baby, please show me no baby things", "Noted: no baby things; I will leave them out."),
        ("我对花生过敏", "已记下：对花生过敏；我会避开。"),
        ("我儿子对坚果过敏", "已记下，您的儿子：对坚果过敏；我会避开。"),
        ("别给我看婴儿用品", "已记下：避开与婴儿有关的内容。"),
    ],
)
def test_a_need_is_kept_in_its_sentence_and_acknowledged_without_a_list(
    agent: InterestAgent, talk: Conversation, message: str, answer: str
) -> None:
    reply = talk.ask(message)

    assert reply.text == answer
    assert reply.items == []
    assert texts_of(agent, talk) == [message]
    assert [statement.strict for statement in agent.statements(talk.user_id).statements] == [True]


def test_what_a_child_does_not_bear_is_kept_out_and_is_no_dislike_of_the_user(
    agent: InterestAgent, talk: Conversation
) -> None:
    talk.ask("My son is allergic to nuts.")

    titles = {row.title for row in agent.recommend(talk.user_id, 7).items}
    assert titles == {"Oat Cookies", "Maternity Leggings", "Baby Diapers", "Green Tea"}
    assert list(agent.profile(talk.user_id).walk()) == []


def test_what_is_near_to_what_is_not_to_be_shown_is_kept_out(agent: InterestAgent, talk: Conversation) -> None:
    talk.ask("I have lost my baby last month, please show me no baby things")

    titles = {row.title for row in agent.recommend(talk.user_id, 7).items}
    assert not titles & {"Maternity Leggings", "Baby Diapers"}
    assert "Green Tea" in titles


def test_a_list_that_is_asked_for_beside_is_given(talk: Conversation) -> None:
    answer = talk.ask("recommend something for dinner, show me no nuts please")

    assert answer.items
    assert not {item.title for item in answer.items} & {"Almond Brittle", "Roasted Hazelnuts", "Peanut Butter"}


@pytest.mark.parametrize(
    ("earlier", "ending"),
    [
        ("I am vegan.", "I am not vegan anymore, I eat fish."),
        ("I'm vegetarian", "I'm no longer vegetarian"),
        ("I'm vegetarian", "Actually I eat fish again"),
        ("I am vegan", "forget that I said I am vegan"),
        ("I am allergic to peanuts", "forget that I am allergic to peanuts"),
        ("I have a nut allergy", "please forget my nut allergy"),
        ("I am allergic to peanuts", "forget my allergies"),
        ("My wife has a shellfish allergy", "forget that my wife has a shellfish allergy"),
        ("我是素食者", "我不是素食者了"),
        ("我吃素", "我不再吃素了"),
        ("我对花生过敏", "忘掉我对花生过敏"),
        ("我喜欢咖啡", "我以前喜欢咖啡,现在不喝了。"),
    ],
)
def test_what_holds_no_longer_is_ended_and_the_answer_says_so(
    agent: InterestAgent, talk: Conversation, earlier: str, ending: str
) -> None:
    talk.ask(earlier)

    answer = talk.ask(ending)

    assert earlier not in texts_of(agent, talk)
    assert earlier in answer.text.splitlines()[-1]
    assert answer.items == []


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("forget that I am allergic to nuts", "You have not told me that, so there is nothing to forget."),
        ("忘掉我对花生过敏", "您没有告诉过我这样的事，所以没有可忘记的。"),
    ],
)
def test_what_was_never_said_cannot_be_forgotten(talk: Conversation, message: str, answer: str) -> None:
    assert talk.ask(message).text == answer


def test_to_forget_a_childs_need_leaves_ones_own(agent: InterestAgent, talk: Conversation) -> None:
    for message in ("I am allergic to nuts", "My son is allergic to nuts", "forget that my son is allergic to nuts"):
        talk.ask(message)

    assert texts_of(agent, talk) == ["I am allergic to nuts"]


def test_saying_it_again_ends_nothing_in_words(talk: Conversation) -> None:
    talk.ask("I am allergic to peanuts")

    assert talk.ask("I am allergic to peanuts").text == "Noted: allergic to peanuts; I will leave them out."


@pytest.mark.parametrize(
    ("earlier", "later", "still"),
    [
        ("I'm vegetarian and allergic to peanuts", "Actually I eat fish again", "allergic to peanuts"),
        ("I love green tea but not matcha", "I like matcha again", "I love green tea"),
    ],
)
def test_of_a_sentence_whose_part_has_ended_only_the_rest_is_told(
    agent: InterestAgent, talk: Conversation, earlier: str, later: str, still: str
) -> None:
    talk.ask(earlier)
    talk.ask(later)

    answer, context = talk.ask("what do you know about me?").text, agent.context(talk.user_id).text

    assert f"“{still}”" in answer
    assert f"- {still} (" in context
    assert earlier not in answer + context


@pytest.mark.parametrize(
    "message",
    [
        "I live in Lyon",
        "I run every morning",
        "My budget is 50 euros",
        "我住在里昂",
        "我每天早上跑步",
        "我的预算是五十欧",
    ],
)
def test_a_fact_or_a_habit_is_kept_in_its_sentence(agent: InterestAgent, talk: Conversation, message: str) -> None:
    answer = talk.ask(message)

    assert message in answer.text
    assert answer.items == []
    assert texts_of(agent, talk) == [message]


def test_where_one_lives_is_no_interest(agent: InterestAgent, talk: Conversation) -> None:
    talk.ask("I live in Lyon")

    assert list(agent.profile(talk.user_id).walk()) == []


@pytest.mark.parametrize("message", ["I have a headache", "I'm at the airport", "我头疼", "我在机场"])
def test_what_holds_for_the_moment_is_not_kept(agent: InterestAgent, talk: Conversation, message: str) -> None:
    talk.ask("I like oats")
    talk.ask(message)

    assert texts_of(agent, talk) == ["I like oats"]


@pytest.mark.parametrize(
    "message",
    ["I like green tea, recommend something", "I like green tea. What should I buy?", "我喜欢绿茶，推荐点东西"],
)
def test_a_liking_told_with_a_wish_is_kept_and_the_list_is_given(
    agent: InterestAgent, talk: Conversation, message: str
) -> None:
    answer = talk.ask(message)

    assert "Green Tea" in [item.title for item in answer.items]
    assert [statement.polarity for statement in agent.statements(talk.user_id).statements] == ["like"]


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        ("I have two cats", "Noted: “I have two cats” This stands until you take it back."),
        ("I live in Leeds", "Noted: “I live in Leeds” This stands until you take it back."),
        (
            "I work night shifts as a nurse",
            "Noted: “I work night shifts as a nurse” This stands until you take it back.",
        ),
        ("I love sushi", "Noted: you like Sushi. This stands until you take it back."),
        ("我养了两只猫", "已记下：“我养了两只猫”。在您收回之前一直有效。"),
        ("我不吃辣", "已记下：“我不吃辣”。在您收回之前一直有效。"),
    ],
)
def test_a_fact_that_is_repeated_ends_nothing(agent: InterestAgent, talk: Conversation, fact: str, answer: str) -> None:
    assert talk.ask(fact).text == answer
    assert talk.ask(fact).text == answer
    assert texts_of(agent, talk) == [fact]


def test_a_fact_in_the_place_of_another_ends_it(talk: Conversation) -> None:
    talk.ask("I live in Leeds")

    assert "“I live in Leeds” no longer holds" in talk.ask("I live in York now").text
