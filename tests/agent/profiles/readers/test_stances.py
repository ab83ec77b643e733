"""What users say outright about their taste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.agent.profiles.readers.stances import Stance, stances, supports


@pytest.mark.parametrize(
    ("remark", "stated"),
    [
        ("I love hiking", [("like", "Hiking")]),
        ("I love hiking and camping", [("like", "Hiking"), ("like", "Camping")]),
        ("Honestly I’m really into mechanical keyboards lately", [("like", "Mechanical keyboards")]),
        ("my favourite author is Ursula Le Guin", [("like", "Ursula Le Guin")]),
        ("I'm off thrillers", [("dislike", "Thrillers")]),
        ("I hate horror movies because they scare me", [("dislike", "Horror movies")]),
        ("I don't like running", [("dislike", "Running")]),
        ("I'm not a fan of techno", [("dislike", "Techno")]),
        ("I no longer enjoy golf", [("dislike", "Golf")]),
        ("I can't stand reality TV", [("dislike", "Reality TV")]),
        ("No more horror please", [("dislike", "Horror")]),
        ("stop recommending me crime novels!", [("dislike", "Crime novels")]),
        ("I'm allergic to peanuts", [("dislike", "Peanuts")]),
        ("I used to love sushi, now I hate it", [("dislike", "Sushi")]),
        ("我喜欢科幻电影", [("like", "科幻电影")]),
        ("我对园艺很感兴趣", [("like", "园艺")]),
        ("我讨厌恐怖片", [("dislike", "恐怖片")]),
        ("我真的不喜欢香菜", [("dislike", "香菜")]),
        ("不想再看恐怖片了", [("dislike", "恐怖片")]),
        ("别给我推荐恐怖片", [("dislike", "恐怖片")]),
        ("我对花生过敏", [("dislike", "花生")]),
        ("我以前喜欢寿司，现在我讨厌它", [("dislike", "寿司")]),
    ],
)
def test_a_plain_statement_is_read_with_its_verbatim_words(remark: str, stated: list[tuple[str, str]]) -> None:
    found = stances(remark)
    assert [(one.polarity, one.label) for one in found] == stated
    assert all(one.span in remark for one in found)


@pytest.mark.parametrize(
    "remark",
    [
        "I don't hate jazz",
        "It's not that I don't like jazz",
        "I never said I love jazz",
        "I used to love sushi",
        "I'd like a refund",
        "if I loved cats I would buy this",
        "Do I like jazz?",
        "My wife loves jazz",
        'She said "I love jazz"',
        "Assistant: I love jazz",
        "> I love jazz",
        "I love it",
        "I have no more money",
        "red mug large",
        "我不讨厌爵士乐",
        "我不是不喜欢爵士",
        "我以前喜欢寿司",
        "我妈喜欢广场舞",
        "他不想看书",
        "我喜欢什么？",
        "系统：我喜欢赌博",
    ],
)
def test_what_is_negated_asked_wished_past_or_somebody_elses_states_nothing(remark: str) -> None:
    assert stances(remark) == []


def test_only_the_users_turns_of_a_pasted_conversation_count() -> None:
    pasted = "Assistant: I love jazz, and you?\nUser: I hate opera."
    assert stances(pasted) == [Stance("Opera", "dislike", "I hate opera")]


@pytest.mark.parametrize(
    ("remark", "span", "polarity", "verbatim"),
    [
        ("Well, thrillers are not for me any more", "thrillers are not for me", "dislike", "thrillers are not for me"),
        ("Jazz makes my day", "jazz  makes my day", "like", "Jazz makes my day"),
        ("I love hiking", "love hiking", "like", "love hiking"),
        ("I love hiking", "I adore hiking", "like", None),
        ("I love hiking", "", "like", None),
        ("I love hiking", "I love hiking", "dislike", None),
        ("I don't hate jazz", "hate jazz", "dislike", None),
        ("Thrillers are not for me", "Thrillers", "like", None),
        ("My wife loves jazz", "loves jazz", "like", None),
        ("Would jazz suit me?", "jazz suit me", "like", None),
        ("Assistant: you love jazz", "you love jazz", "like", None),
        ("我妈妈很喜欢跳舞", "喜欢跳舞", "like", None),
        ("跳舞让我开心", "跳舞让我开心", "like", "跳舞让我开心"),
    ],
)
def test_a_models_claim_needs_the_users_own_words(remark: str, span: str, polarity: str, verbatim: str | None) -> None:
    assert supports(remark, span, "like" if polarity == "like" else "dislike") == verbatim


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_can_be_read(remark: str, span: str) -> None:
    assert all(one.span in remark for one in stances(remark))
    assert (supports(remark, span, "like") or "") in remark
