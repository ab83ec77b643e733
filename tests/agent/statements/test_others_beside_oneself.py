"""What is said of children, partners and advisers beside the writer, ironically, or in code, is no statement of the writer."""

from datetime import UTC, datetime

import pytest

from penchant.agent.statements.detection import StatementDetector
from penchant.agent.statements.supersession import in_force, mark_superseded

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("心理医生让我写日记，我其实不太想写。", []),
        ("推荐个成都安静点的酒店，能带宠物，一晚四百以内。", []),
        ("推荐几家餐厅，不吃辣", [("avoid", "辣")]),
        ("我们有两个孩子，小的喜欢恐龙，大的在学钢琴。", [("fact", "两个孩子")]),
        ("老大学钢琴，老二喜欢恐龙", []),
        ("我让老公把酒戒了", []),
        ("我劝我爸把烟戒了", []),
        ("让我妈知道我不吃辣", [("avoid", "辣")]),
        ("my girlfriend 超爱 K-pop，我真的 get 不到", []),
        ("Everyone at school has the flu, I hate it", []),
        ("Everyone at school plays tennis, I hate it", [("dislike", "tennis")]),
        ("Oh great, another rainy Monday. I just LOVE commuting in the rain.", []),
        ("Oh great, thanks! I love jazz by the way.", [("like", "jazz")]),
        ("Oh great, another Monday. By the way I'm allergic to nuts.", [("avoid", "nuts")]),
        ('帮我看看这段代码：user.likes = ["啤酒","足球"]  # 我喜欢猫', []),
        ("My therapist says I should journal, not really my thing though.", []),
        ("I only fly with China Eastern，攒里程", [("require", "with China Eastern")]),
        ("My team uses Jira but I hate it.", [("dislike", "Jira")]),
        ("Everyone at work drinks instant coffee but I can't stand it.", [("dislike", "instant coffee")]),
        ("My brother plays golf and I love it too.", [("like", "golf")]),
        ("My boss sent the report but I hate it.", []),
        ("My sister bought a dress but I don't like it.", []),
        ("not a big fan of Marvel movies，但钢铁侠可以", [("dislike", "Marvel movies")]),
    ],
)
def test_only_what_the_writer_means_of_themself_is_stated(message: str, left: list[tuple[str, str]]) -> None:
    assert stated(message) == left


def test_a_year_is_nothing_that_was_given_up() -> None:
    assert [each.retracts for each in DETECTOR.detect("我以前抽烟，19年戒了。")] == [True]


@pytest.mark.parametrize(
    ("messages", "left"),
    [
        (["I hate running. Actually, since I joined parkrun I love it."], {("running", "like")}),
        (["I hate running. Now I love it."], {("running", "like")}),
        (["I like the aisle seat.", "Forget what I said about the aisle seat, window is better."], set()),
        (["I hate cilantro.", "Now I love it."], {("cilantro", "dislike")}),
    ],
)
def test_a_change_ends_what_it_names_or_what_the_sentence_before_names_and_nothing_of_another_message(
    messages: list[str], left: set[tuple[str, str]]
) -> None:
    found = [
        each.statement(f"m{n}", datetime(2026, 6, 1 + n, tzinfo=UTC))
        for n, text in enumerate(messages)
        for each in DETECTOR.detect(text)
    ]

    assert {(each.subject, each.polarity) for each in in_force(mark_superseded(found))} == left
