"""What one is not allergic to is never kept from one."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I am not allergic to nuts.", "nuts"),
        ("i'm not actually allergic to dairy", "dairy"),
        ("We're not allergic to cats, so a pet-friendly flat is fine.", "cats"),
        ("I don't have a nut allergy.", "nut"),
        ("I'm not lactose intolerant", "lactose intolerant"),
        ("I'm not allergic to shellfish any more", "shellfish"),
        ("I used to be allergic to eggs but I grew out of it.", "eggs"),
        ("我没有对海鲜过敏。", "海鲜"),
        ("我对花生不过敏", "花生"),
        ("我没有花生过敏", "花生"),
        ("我现在对牛奶不过敏了", "牛奶"),
        ("我以前对鸡蛋过敏，现在好了", "鸡蛋"),
    ],
)
def test_a_need_that_is_denied_ends_what_was_stated_of_it_and_states_nothing(message: str, subject: str) -> None:
    assert [(each.subject, each.retracts) for each in DETECTOR.detect(message)] == [(subject, True)]


@pytest.mark.parametrize(
    "message",
    [
        "I have no allergies",
        "I don't have any food allergies.",
        "No allergies here.",
        "我不过敏",
        "没有过敏",
        "我对什么都不过敏",
    ],
)
def test_a_denial_that_names_nothing_states_nothing_and_ends_nothing(message: str) -> None:
    assert DETECTOR.detect(message) == []


@pytest.mark.parametrize(
    ("message", "subject", "scope"),
    [
        ("I'm not allergic to peanuts, my daughter is.", "peanuts", "for my daughter"),
        ("I'm not allergic to nuts but I am allergic to sesame.", "sesame", None),
        ("I'm not just allergic to nuts, I'm allergic to sesame too.", "sesame", None),
        ("I have no food allergies except peanuts.", "peanuts", None),
        ("I'm allergic to nuts.", "nuts", None),
        ("我对花生没有过敏，是我女儿。", "花生", "为女儿"),
        ("我女儿对花生过敏，我不过敏", "花生", "为女儿"),
        ("我对花生过敏", "花生", None),
    ],
)
def test_a_need_beside_a_denial_is_kept_for_whom_it_is(message: str, subject: str, scope: str | None) -> None:
    needs = [each for each in DETECTOR.detect(message) if each.kind == "avoid" and not each.retracts]

    assert [(each.subject, each.scope, each.strict) for each in needs] == [(subject, scope, True)]
