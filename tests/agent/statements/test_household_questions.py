"""A question about somebody of the household states nothing."""

import pytest

from penchant.agent.statements.detection import StatementDetector


@pytest.mark.parametrize(
    "question",
    [
        "Does my daughter have an allergy?",
        "does our baby have an egg allergy",
        "Do my kids have any allergies?",
        "Don't my twins have a nut allergy?",
        "Must my son avoid gluten?",
        "my daughter has an allergy?",
        "My son is allergic to nuts, right?",
        "Is it true that my wife has a nut allergy?",
        "Did I tell you that my daughter is allergic to eggs?",
        "Do you remember my husband is lactose intolerant?",
        "我女儿对花生过敏？",
        "我老婆对什么过敏？",
        "我女儿有没有过敏？",
        "我儿子对哪些东西过敏？",
    ],
)
def test_a_question_about_somebody_of_the_household_states_nothing(question: str) -> None:
    assert StatementDetector().detect(question) == []


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("My daughter Mia is allergic to peanuts.", ["peanuts"]),
        ("My son is allergic to nuts, what can he eat?", ["nuts"]),
        ("Can you find snacks for my son who is allergic to nuts?", ["nuts"]),
        ("I need snacks, my son is allergic to nuts", ["nuts"]),
        ("The thing is my daughter is allergic to nuts", ["nuts"]),
        ("我儿子对坚果过敏", ["坚果"]),
        ("我女儿对花生过敏，能吃什么？", ["花生"]),
    ],
)
def test_what_is_stated_of_the_household_beside_a_question_is_kept(message: str, subjects: list[str]) -> None:
    assert [statement.subject for statement in StatementDetector().detect(message)] == subjects
