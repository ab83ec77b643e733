"""What the user asks to be forgotten of what they have said is found, removed and named."""

from itertools import count

import pytest

from penchant import InterestAgent
from penchant.agent.chat.forgetting import forgetting_in
from penchant.tools import open_conversation

USERS = count()
BUDGET, JOB, CATS, HOME = (
    "My budget for shoes is around 80 euros.",
    "I work night shifts as a nurse",
    "I have two cats",
    "I live in Leeds",
)
FISH, POLLEN, SPICY = "I can't stand fish", "I am allergic to pollen", "我不吃辣"
STATED = (BUDGET, JOB, CATS, HOME, FISH, POLLEN, SPICY)
NOTHING = "You have not told me that, so nothing was forgotten. The closest thing you have told me:"
MIA = "My daughter Mia is allergic to peanuts."


def after(grocer: InterestAgent, stated: tuple[str, ...], message: str) -> tuple[str, set[str]]:
    """The answer to a message after these statements, and the sentences that are gone then."""
    talk = open_conversation(grocer, f"f{next(USERS)}")
    for sentence in stated:
        talk.ask(sentence)
    answer = talk.ask(message)
    return answer.text, set(stated) - {str(each["text"]) for each in talk.toolbox.statements()}


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("please stop remembering my budget", {BUDGET}),
        ("forget my budget for shoes", {BUDGET}),
        ("forget my job", {JOB}),
        ("forget everything I said about fish", {FISH}),
        ("forget about fish", {FISH}),
        ("delete what I told you about my cats", {CATS}),
        ("don't remember my pets", {CATS}),
        ("forget where I live", {HOME}),
        ("please delete my address", {HOME}),
        ("could you forget my pollen allergy?", {POLLEN}),
        ("忘记我说过不吃辣", {SPICY}),
        ("忘记我说过的预算", {BUDGET}),
        ("把我的工作忘掉", {JOB}),
        ("请忘掉我的宠物", {CATS}),
        ("别记我的住址", {HOME}),
        ("不要再记住我对花粉过敏", {POLLEN}),
        ("忘掉关于猫的一切", {CATS}),
        ("forget the last thing I said", {SPICY}),
        ("delete what I just told you", {SPICY}),
        ("忘记我刚才说的话", {SPICY}),
    ],
)
def test_what_is_to_be_forgotten_is_removed_and_named(grocer: InterestAgent, message: str, gone: set[str]) -> None:
    answer, removed = after(grocer, STATED, message)

    assert removed == gone
    assert all(text in answer for text in gone)


def test_several_that_are_meant_are_all_named(grocer: InterestAgent) -> None:
    stated = ("I love sushi with fish", "I can't stand fish soup", JOB)

    answer, removed = after(grocer, stated, "forget everything I said about fish")

    assert removed == set(stated[:2])
    assert answer.splitlines() == [f"Forgotten: “{text}”" for text in (stated[1], stated[0])]


def test_of_a_sentence_about_two_things_the_other_stays(grocer: InterestAgent) -> None:
    talk = open_conversation(grocer, f"f{next(USERS)}")
    talk.ask("I like tea and jazz")

    assert talk.ask("forget about jazz").text == "Forgotten: “Jazz”"
    assert [each.subject for each in grocer.statements(talk.user_id).statements] == ["Tea"]


@pytest.mark.parametrize(
    ("stated", "message", "answer"),
    [
        (STATED, "forget my nut allergy", f"{NOTHING} “{POLLEN}”"),
        ((MIA,), "forget my allergy", f"{NOTHING} “{MIA}”"),
        ((), "forget my budget", "You have not told me that, so there is nothing to forget."),
        ((), "忘记我的预算", "您没有告诉过我这样的事，所以没有可忘记的。"),
    ],
)  # fmt: skip
def test_where_nothing_is_meant_the_nearest_is_named(
    grocer: InterestAgent, stated: tuple[str, ...], message: str, answer: str
) -> None:
    assert after(grocer, stated, message) == (answer, set())


@pytest.mark.parametrize(
    "message",
    [
        "remove the fish from this list",
        "drop the second one",
        "don't forget my budget",
        "I forgot my job",
        "forget it",
        "delete the horror books from this page",
        "clear the basket",
        "I forget where I live sometimes",
        "我忘了买鱼",
        "别忘了我的预算",
    ],
)
def test_what_asks_for_nothing_to_be_forgotten_removes_nothing(grocer: InterestAgent, message: str) -> None:
    assert forgetting_in(message) is None
    assert after(grocer, (BUDGET, JOB, FISH), message)[1] == set()


@pytest.mark.parametrize(
    "message",
    [
        "I take it back",
        "no wait, I take that back",
        "undo that please",
        "I didn't mean that",
        "我收回",
        "当我没说",
        "收回刚才的话",
    ],
)
def test_what_was_said_just_before_is_taken_back(grocer: InterestAgent, message: str) -> None:
    answer, removed = after(grocer, (POLLEN, "I love salmon"), message)

    assert removed == {"I love salmon"}
    assert "I love salmon" in answer


@pytest.mark.parametrize("message", ["I take it back", "我收回"])
def test_where_nothing_was_said_just_before_nothing_is_taken_back(grocer: InterestAgent, message: str) -> None:
    talk = open_conversation(grocer, f"f{next(USERS)}")
    talk.ask(POLLEN)
    talk.ask("what do you have?")
    talk.ask(message)

    assert {str(each["text"]) for each in talk.toolbox.statements()} == {POLLEN}


@pytest.mark.parametrize(
    "message", ["把我说过的都删掉", "忘记我说过的一切", "delete everything I said", "forget all I told you"]
)
@pytest.mark.parametrize("agrees", [True, False, None])
def test_everything_that_was_said_is_forgotten_where_the_user_confirms_it(
    grocer: InterestAgent, message: str, agrees: bool | None
) -> None:
    asked: list[str] = []

    def confirm(question: str) -> bool:
        asked.append(question)
        return bool(agrees)

    talk = open_conversation(grocer, f"f{next(USERS)}", confirm=None if agrees is None else confirm)
    talk.ask(JOB)
    talk.ask(FISH)

    answer = talk.ask(message).text

    assert len(talk.toolbox.statements()) == (0 if agrees else 2)
    assert len(asked) == (0 if agrees is None else 1)
    assert ("everything you said" in answer) or ("您说过的一切" in answer)
