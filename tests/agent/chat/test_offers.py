"""What an assistant offered and the user took or turned down is behaviour towards that; nothing else of an answer is."""

import pytest

from penchant.agent.chat.reactions import judgements, offers

LUNCH = "Here is what I would have:\n1. **Greek salad**: feta and olives\n2. Beef burger - with fries\n3. Lentil soup\nEnjoy!"
DINNER = "可以考虑：\n- 凉拌黄瓜：清爽\n- 红烧牛肉\n- 番茄鸡蛋汤"


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (LUNCH, ["Greek salad", "Beef burger", "Lentil soup"]),
        ("How about a Greek salad, a beef burger or the lentil soup?", ["Greek salad", "beef burger", "lentil soup"]),
        (DINNER, ["凉拌黄瓜", "红烧牛肉", "番茄鸡蛋汤"]),
        ("要不要试试凉面、炒饭还是饺子？", ["凉面", "炒饭", "饺子"]),
        ("I'd have a salad.", []),
        ("- One thing only", []),
        ("", []),
    ],
)
def test_an_offer_is_what_an_answer_sets_side_by_side(answer: str, names: list[str]) -> None:
    assert offers(answer) == names


@pytest.mark.parametrize(
    ("answer", "reply", "liked", "turned_down"),
    [
        (LUNCH, "The salad sounds perfect, the others don't work for me.", ["Greek salad"], ["Beef burger", "Lentil soup"]),
        (LUNCH, "i'll have the second one please", ["Beef burger"], []),
        (LUNCH, "Not the burger, I had one yesterday. The soup looks great!", ["Lentil soup"], ["Beef burger"]),
        (LUNCH, "The burger is too heavy for me but the salad is perfect", ["Greek salad"], ["Beef burger"]),
        (LUNCH, "The soup looks so good", ["Lentil soup"], []),
        (LUNCH, "The burger was dull so I'll take the soup", ["Lentil soup"], ["Beef burger"]),
        (LUNCH, "I'll have the soup even if it is hot", ["Lentil soup"], []),
        (LUNCH, "Greek salad: love it. Beef burger: not for me.", ["Greek salad"], ["Beef burger"]),
        (LUNCH, "Greek salad: love it\nThe others: not for me", ["Greek salad"], ["Beef burger", "Lentil soup"]),
        (DINNER, "凉拌黄瓜不错不过红烧牛肉我不喜欢", ["凉拌黄瓜"], ["红烧牛肉"]),
        (DINNER, "凉拌黄瓜再好不过了", ["凉拌黄瓜"], []),
        (DINNER, "都不错", ["凉拌黄瓜", "红烧牛肉", "番茄鸡蛋汤"], []),
        (DINNER, "都不行", [], ["凉拌黄瓜", "红烧牛肉", "番茄鸡蛋汤"]),
        (LUNCH, "None of these work for me.", [], ["Greek salad", "Beef burger", "Lentil soup"]),
        (LUNCH, "number 3 sounds good", ["Lentil soup"], []),
        (LUNCH, "The last one isn't for me", [], ["Lentil soup"]),
        (DINNER, "凉拌黄瓜不错，其他的都不行", ["凉拌黄瓜"], ["红烧牛肉", "番茄鸡蛋汤"]),
        (DINNER, "就要第三个吧", ["番茄鸡蛋汤"], []),
        (DINNER, "牛肉不要，太油了", [], ["红烧牛肉"]),
    ],
)  # fmt: skip
def test_what_is_taken_and_what_is_turned_down_is_read_from_the_reply(
    answer: str, reply: str, liked: list[str], turned_down: list[str]
) -> None:
    found = judgements(answer, reply)

    assert [judgement.name for judgement in found if judgement.liked] == liked
    assert [judgement.name for judgement in found if not judgement.liked] == turned_down


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (LUNCH, "Is the salad good?"),
        (LUNCH, "How long does the soup take"),
        (LUNCH, "If the salad is good I'll have it"),
        (LUNCH, "I'll have the salad if it is good"),
        (LUNCH, "The soup sounds good unless it has cream"),
        (DINNER, "要是牛肉不辣就很好"),
        (LUNCH, "Thanks!"),
        (LUNCH, "I like jazz"),
        (LUNCH, "The others don't work for me"),
        (LUNCH, "the second time I tried it was great"),
        (LUNCH, "The salad is great. Well, no, the salad isn't for me."),
        ("Have the Greek salad.", "The salad sounds perfect"),
        (DINNER, "黄瓜怎么拌？"),
    ],
)
def test_a_question_a_condition_and_what_is_unclear_judge_nothing(answer: str, reply: str) -> None:
    assert judgements(answer, reply) == []
