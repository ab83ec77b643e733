"""What somebody of the household must not have is kept as theirs; what is not to be shown, and what is no longer so, is heard anywhere."""

import pytest

from penchant.agent.statements.detection import Detection, StatementDetector
from penchant.agent.statements.subjects import is_same_subject


def heard(message: str) -> list[Detection]:
    return StatementDetector().detect(message)


@pytest.mark.parametrize(
    ("message", "subject", "scope"),
    [
        ("My son is allergic to nuts.", "nuts", "for my son"),
        ("Hi, I'm vegan and my daughter is allergic to peanuts, what can I cook?", "peanuts", "for my daughter"),
        ("My husband can't eat gluten.", "gluten", "for my husband"),
        ("our baby is allergic to cow's milk", "cow's milk", "for our baby"),
        ("My two year old son must not have any honey", "honey", "for my son"),
        ("I cook for my mother, who is allergic to shellfish", "shellfish", "for my mother"),
        ("my mom lives with us and can't eat sugar", "sugar", "for my mom"),
        ("my son is 3 and allergic to eggs", "eggs", "for my son"),
        ("our daughter is four and she's allergic to cow's milk", "cow's milk", "for our daughter"),
        ("My daughter, 7, can't have dairy", "dairy", "for my daughter"),
        ("My son can't eat eggs and hates milk.", "eggs", "for my son"),
        ("my son is 6 years old and has a nut allergy", "nut allergy", "for my son"),
        ("我儿子对坚果过敏", "坚果", "为儿子"),
        ("我女儿花生过敏，晚饭做什么好？", "花生", "为女儿"),
        ("老婆不能吃海鲜", "海鲜", "为老婆"),
        ("我女儿三岁，对花生过敏", "花生", "为女儿"),
        ("孩子对牛奶不耐受", "牛奶", "为孩子"),
        ("我女儿 3 岁，对 peanuts 过敏", "peanuts", "为女儿"),
        ("我给妈妈做饭，她对海鲜过敏", "海鲜", "为妈妈"),
    ],
)
def test_a_need_of_the_household_is_strict_and_says_whom_it_is_for(message: str, subject: str, scope: str) -> None:
    found = [each for each in heard(message) if each.scope == scope and each.kind == "avoid"]

    assert [(each.kind, each.subject, each.strict, each.retracts) for each in found] == [
        ("avoid", subject, True, False)
    ]


@pytest.mark.parametrize(
    ("message", "kind", "subject", "scope"),
    [
        ("My husband is deaf.", "fact", "husband is deaf", "for my husband"),
        ("my mum lives with us and is blind", "fact", "blind", "for my mum"),
        ("My wife is diabetic, so we cook without sugar.", "fact", "wife is diabetic", "for my wife"),
        ("our daughter has autism, so quiet hours at the museum please", "fact", "autism", "for our daughter"),
        ("My wife suffers from hay fever", "fact", "hay fever", "for my wife"),
        ("My son needs a booster seat.", "require", "booster seat", "for my son"),
        ("My wife needs a room without stairs.", "require", "room without stairs", "for my wife"),
        ("Our daughter needs captions.", "require", "captions", "for our daughter"),
    ],
)
def test_a_lasting_state_and_what_it_requires_are_needs_of_the_household(
    message: str, kind: str, subject: str, scope: str
) -> None:
    assert [(each.kind, each.subject, each.scope) for each in heard(message)] == [(kind, subject, scope)]


@pytest.mark.parametrize(
    "message",
    [
        "My mother is allergic to shellfish",
        "My mother is deaf.",
        "My son's teacher is deaf.",
        "Is my husband deaf?",
        "My wife has a cold.",
        "My daughter needs a costume for Friday.",
        "My son's friend is allergic to nuts",
        "What if my son is allergic to nuts?",
        "Is my son allergic to nuts?",
        "My son loves nuts",
        "My son can't eat because he is sick.",
        "My kid can't sit still.",
        "我妈妈对海鲜过敏",
        "朋友的儿子对坚果过敏",
        "如果我儿子对坚果过敏怎么办",
    ],
)
def test_what_is_no_need_of_the_household_is_not_kept_as_one(message: str) -> None:
    assert [each for each in heard(message) if each.strict and each.scope] == []


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("I'm vegetarian and allergic to peanuts", ["vegetarian", "peanuts"]),
        ("I'm allergic to peanuts and never eat pork.", ["peanuts", "pork"]),
        ("I'm a student and don't eat meat", ["student", "meat"]),
    ],
)
def test_a_need_behind_another_word_about_oneself_is_heard(message: str, subjects: list[str]) -> None:
    assert [each.subject for each in heard(message)] == subjects


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I have lost my baby last month, please show me no baby things", "baby things"),
        ("please don't show me horror movies", "horror movies"),
        ("I don't want to see baby products anymore", "baby products"),
        ("no more baby stuff please", "baby stuff"),
        ("别给我看婴儿用品", "婴儿"),
        ("我上个月流产了，请不要再给我推荐母婴用品", "母婴"),
        ("不想再看到恐怖片", "恐怖片"),
    ],
)
def test_what_is_not_to_be_shown_is_a_strict_avoid(message: str, subject: str) -> None:
    found = [each for each in heard(message) if each.strict]

    assert [(each.kind, each.subject) for each in found] == [("avoid", subject)]


@pytest.mark.parametrize("message", ["show me no more", "show me the second one", "别给我看这个"])
def test_what_names_nothing_is_not_refused_for_ever(message: str) -> None:
    assert [each for each in heard(message) if each.strict] == []


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("forget that I am allergic to peanuts", "peanuts"),
        ("forget that I said I am vegan", "vegan"),
        ("please forget my nut allergy", "nuts"),
        ("forget that my son is allergic to nuts", "nuts"),
        ("My son is no longer allergic to nuts", "nuts"),
        ("my daughter is 5 and not allergic to nuts any more", "nuts"),
        ("忘掉我对花生过敏", "花生"),
        ("请把我对花生过敏这件事忘掉", "花生"),
        ("我不是素食者了", "吃素"),
        ("我不再吃素了", "吃素"),
        ("我以前喜欢咖啡,现在不喝了。", "咖啡"),
        ("我以前爱吃肉，现在不吃了", "肉"),
    ],
)
def test_what_holds_no_longer_only_ends_what_was_said(message: str, subject: str) -> None:
    found = heard(message)

    assert [each.retracts for each in found] == [True]
    assert is_same_subject(found[0].subject, subject)


@pytest.mark.parametrize(
    ("message", "subject", "scope"),
    [
        ("我老婆在坐月子，想吃点清淡的", "坐月子", "为老婆"),
        ("我先生坐轮椅，订了靠过道的位子", "坐轮椅", "为先生"),
        ("我两个孩子都有湿疹，用什么洗衣液温和", "湿疹", "为孩子"),
    ],
)
def test_how_somebody_of_a_chinese_household_is_is_a_fact_for_them(message: str, subject: str, scope: str) -> None:
    facts = [(each.subject, each.scope) for each in StatementDetector().detect(message) if each.kind == "fact"]
    assert (subject, scope) in facts


@pytest.mark.parametrize(
    ("message", "tastes"),
    [
        ("孩子五岁，喜欢恐龙", [("like", "恐龙", "为孩子")]),
        ("我女儿5岁，喜欢恐龙，讨厌西兰花", [("like", "恐龙", "为女儿"), ("dislike", "西兰花", "为女儿")]),
        (
            "女儿三岁，喜欢恐龙，对花生过敏",
            [("like", "恐龙", "为女儿"), ("avoid", "花生", "为女儿")],
        ),
        ("儿子五岁，喜欢什么玩具", []),
    ],
)
def test_what_a_child_likes_is_kept_as_the_childs(message: str, tastes: list[tuple[str, str, str]]) -> None:
    assert [(each.kind, each.subject, each.scope) for each in heard(message) if each.polarity] == tastes


def test_an_illness_named_after_an_allergy_is_a_fact_about_the_child() -> None:
    assert [(each.kind, each.subject, each.scope) for each in heard("我的孩子过敏性鼻炎")] == [
        ("fact", "过敏性鼻炎", "为孩子")
    ]


@pytest.mark.parametrize(
    ("message", "avoided", "whom"),
    [
        ("我家孩子过敏，不能喝牛奶", ["牛奶"], "为孩子"),
        ("孩子对花生过敏，也不能喝牛奶", ["花生", "牛奶"], "为孩子"),
        ("女儿三岁，鸡蛋过敏，不能吃蛋糕", ["鸡蛋", "蛋糕"], "为女儿"),
    ],
)
def test_each_need_of_a_chinese_household_is_for_its_person(message: str, avoided: list[str], whom: str) -> None:
    found = [(each.subject, each.scope) for each in heard(message) if each.kind == "avoid"]
    assert found == [(subject, whom) for subject in avoided]
