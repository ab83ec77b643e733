"""What stands beside words that state nothing is still heard; what only looks like a taste or need is not one."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def subjects(message: str) -> list[str]:
    return sorted(each.subject for each in DETECTOR.detect(message) if each.subject)


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("Whatever is fine, I'm allergic to hazelnuts", "hazelnuts"),
        ("All options work for me, I'm vegetarian", "vegetarian"),
        ("Any table is fine, I hate draughts though", "draughts"),
        ("Anything is fine and I love sour food", "sour food"),
        ("when I was nine I loved chess, and I play it daily", "chess"),
        ("While I was in Norway, I loved the fjords", "the fjords"),
        ("my hearing got damaged, I need subtitles", "subtitles"),
    ],
)
def test_a_clause_that_states_nothing_hides_no_other(message: str, subject: str) -> None:
    assert subjects(message) == [subject]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("Subject: dinner\nI'm allergic to sesame, please keep that in mind.", "sesame"),
        ("re: coffee\nI only drink decaf", "decaf"),
        ("To: ada@example.org\nSubject: trip\n\nI can't eat eggs.", "eggs"),
        ("From: Leeds\nTo: York\nI'm vegetarian.", "vegetarian"),
        ("From: Leeds\nBudget: 300\nI'm vegetarian.", "vegetarian"),
        ("From: Leeds\nWhen: Friday\nI hate flying.", "flying"),
        ("I love tea.\n\nOn Mon, 3 Nov 2026 at 10:00, Ada Byron <ada@example.org> wrote:\nI hate tea.", "tea"),
        ("Hi Penchant,\nI love jazz.\nBest,\nBen", "jazz"),
        ("I'm vegan.\n\nCheers,\nBen", "vegan"),
        ("小王你好，我不吃辣", "辣"),
        ("Subject: Re: trip\n> I hate flying\nI love trains", "trains"),
    ],
)
def test_of_a_mail_only_its_head_and_what_it_quotes_are_left_out(message: str, subject: str) -> None:
    assert subjects(message) == [subject]


@pytest.mark.parametrize(
    "message",
    [
        "From: ada@example.org\nSubject: trip\n\nI can't eat eggs.",
        "Von: Otto Maier\nBetreff: Essen\n\nI hate fish.",
        "发件人：李明\n主题：聚餐\n\n我对虾过敏，别点海鲜。",
        "On Tuesday Ada wrote:\nI hate tea.",
        "在2026年11月3日，李明写道：\n我讨厌咖啡",
        "---------- Forwarded message ---------\nI never fly.",
        "Dear Anna,\n\nI'm allergic to cats, so I can't come.\n\nBest regards,\nMark",
        "Hi Tom,\nI love jazz and I live in Leeds.\nCheers\nBen",
        "小王你好：\n我不吃辣，周五别订川菜。\n祝好\n李明",
    ],
)
def test_a_mail_or_letter_of_somebody_states_nothing_of_who_pasted_it(message: str) -> None:
    assert subjects(message) == []


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("From: Anna\nI'm vegetarian.", "vegetarian"),
        ("From: Anna\n\nHello! I'm vegetarian.\n\nAnna", "vegetarian"),
        ("Dear Shop,\n\nI'm vegetarian.\n\nBest,\nAnna", "vegetarian"),
        ("Dear team,\nI'm vegetarian.\nKind regards,\nAnna Smith", "vegetarian"),
        ("Dear Customer Service,\nI love hiking.\nThanks,\nAnna", "hiking"),
        ("Hello Bookshop,\nI love crime novels.\nCheers,\nBen", "crime novels"),
        ("尊敬的客服：\n我喜欢徒步。\n此致\n敬礼\n安娜", "徒步"),
        ("店家你好：\n我喜欢徒步。\n谢谢\n安娜", "徒步"),
        ("发件人：安娜\n我喜欢徒步。", "徒步"),
    ],
)
def test_a_note_or_letter_of_ones_own_to_a_shop_is_heard(message: str, subject: str) -> None:
    assert subjects(message) == [subject]


@pytest.mark.parametrize(
    "message",
    [
        "From: Anna\nI'm vegetarian.\nCan you write a reply?",
        "Summarise this mail:\nFrom: Anna\nI'm vegetarian.",
        "Dear Shop,\nI'm vegetarian.\nBest,\nAnna\n\nHow do I answer this customer?",
        "Reply to this customer:\nDear Shop,\nI'm vegetarian.\nBest,\nAnna",
        "尊敬的客服：\n我吃素。\n此致\n敬礼\n安娜\n\n帮我回复这位顾客",
        "总结一下这封邮件：\n发件人：安娜\n我吃素。",
    ],
)
def test_a_letter_that_something_is_asked_of_states_nothing(message: str) -> None:
    assert subjects(message) == []


@pytest.mark.parametrize(
    "message",
    [
        "One of my phobias is moths",
        "I want a lake who has trout",
        "I need a printer who is fast",
        "I want a surgeon who has a time machine",
        "I need somebody who can help me with my parcel",
        "I'm looking for an agent who has access to my account",
        "I need a lawyer who is available now",
        "My daughter needs a rucksack without straps",
        "my husband needs a jacket that fits for the wedding on Saturday",
        "My wife needs a job that is remote",
        "my son uses a walker texas ranger t-shirt",
        "My aunt is diabetic so we never buy sweets",
        "My friend is broke so I only buy cheap gifts for him",
        "My brother is allergic, so I can't cook lentils",
        "They asked about it, I like jazz",
        "If I had a choice I would not eat meat",
        "If I had a choice, I'd always eat outside",
        "I'm enjoying my lunch",
        "I'm loving life",
        "really enjoying myself",
        "still loving my new bike",
        "Only show me the next ten",
        "We like to believe that we are fair",
    ],
)
def test_wishes_of_now_and_words_about_others_are_no_statements(message: str) -> None:
    assert DETECTOR.detect(message) == []


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I'm allergic to horses, so Monday is out", "horses"),
        ("I'm vegan, and the results are out", "vegan"),
        ("I'm vegetarian, so Thursday is not an option", "vegetarian"),
        ("I'm coeliac, the bakery is not allowed to call me", "coeliac"),
    ],
)
def test_a_day_or_a_thing_spoken_of_is_not_what_a_need_forbids(message: str, subject: str) -> None:
    assert subjects(message) == [subject]


@pytest.mark.parametrize(
    ("message", "kind", "subject"),
    [
        ("I rent a boat on Sundays", "habit", "rent a boat on Sundays"),
        ("Only show me second hand items", "require", "second hand items"),
        ("Only show me next day delivery", "require", "next day delivery"),
        ("Only recommend third party sellers", "require", "third party sellers"),
        ("my dentist must be registered", "require", "registered"),
        ("My food has to be refrigerated", "require", "refrigerated"),
        ("I like to think big", "like", "think big"),
        ("We like to believe in magic", "like", "believe in magic"),
        ("I love L.A. it is great", "like", "L.A"),
        ("really love letters", "like", "letters"),
    ],
)
def test_a_word_that_often_points_elsewhere_can_belong_to_what_is_meant(message: str, kind: str, subject: str) -> None:
    assert [(each.kind, each.subject) for each in DETECTOR.detect(message)] == [(kind, subject)]


def test_a_small_letter_can_begin_a_sentence_after_initials() -> None:
    assert subjects("I work in I.T. i hate mondays") == ["I.T", "mondays"]
    assert subjects("I live in Washington D.C. near the river") == ["Washington D.C. near the river"]
