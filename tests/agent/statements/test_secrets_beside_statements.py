"""What stands beside a secret is heard, and the secret is stored with no statement: neither one of a message nor of a conversation."""

import pytest
from rule_agent import rule_agent

from penchant import Event, InterestAgent
from penchant.tools import open_conversation

BESIDE = [
    ("my PIN is 1234 and I love tea", "1234", "tea"),
    ("My password is hunter2, and I'm allergic to nuts", "hunter2", "nuts"),
    ("I love tea, my card is 4111 1111 1111 1111", "4111", "tea"),
    ("I'm vegan and my card number is 4111-1111-1111-1111, cvv 123", "123", "vegan"),
    ("我的密码是abc123，我对花生过敏", "abc123", "花生"),
    ("我喜欢茶，身份证号110101199003071234", "1990", "茶"),
]


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    return rule_agent(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize("spoken", [False, True])
@pytest.mark.parametrize(("message", "secret", "subject"), BESIDE)
def test_a_statement_s_text_masks_the_secret_beside_it(
    agent: InterestAgent, message: str, secret: str, subject: str, spoken: bool
) -> None:
    user = f"{subject} {secret} {spoken}"
    if spoken:
        open_conversation(agent, user).ask(message)
    else:
        agent.observe([Event(user_id=user, type="message", text=message, at="2026-06-01T09:00:00Z")])
        agent.update(user)
    (statement,) = agent.statements(user).statements

    assert statement.subject.casefold() == subject
    assert secret not in statement.text
    assert "*" in statement.text


def test_years_and_amounts_are_no_secrets(agent: InterestAgent) -> None:
    message = "I love my 1967 Mustang, which cost 25000 dollars"
    agent.observe([Event(user_id="ann", type="message", text=message, at="2026-06-01T09:00:00Z")])
    agent.update("ann")

    assert [statement.text for statement in agent.statements("ann").statements] == [message]
