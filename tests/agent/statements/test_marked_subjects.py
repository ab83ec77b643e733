"""The gold sentences mark their subjects by one convention."""

from pathlib import Path

import pytest
from statement_convention import FILES, conventional, essence


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_marked_sentence_marks_its_subject_by_the_convention(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]

    assert [line for line in lines if conventional(line, path.name[:2]) != line] == []


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("H I go for [a run] every morning.", "H I [go for a run every morning]."),
        ("H I usually watch [a documentary] before bed.", "H I usually [watch a documentary before bed]."),
        ("H I always pack [a flask] on day trips.", "H I always [pack a flask] on day trips."),
        ("G I want to lose [ten kilos] by June.", "G I want to [lose ten kilos by June]."),
        ("G I'm learning [Portuguese] this year.", "G I'm learning [Portuguese this year]."),
        ("G- I want to quit [smoking] this year.", "G- I want to quit [smoking] this year."),
        ("F I work [as a nurse].", "F I work as [a nurse]."),
        ("F- I have [a severe fear of spiders].", "F- I have a severe fear of [spiders]."),
        ("L I like [tea] on Sundays.", "L I like [tea] on Sundays."),
        ("H I never miss [the news].", "H I never miss [the news]."),
        ("F I can spend [at most 80 euros].", "F I can spend [at most 80 euros]."),
    ],
)
def test_habits_and_goals_are_marked_from_the_verb_to_the_time_and_facts_without_the_verb(
    line: str, marked: str
) -> None:
    assert conventional(line, "en") == marked


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("G I'm trying to [cut down on plastic].", "G- I'm trying to cut down on [plastic]."),
        ("H I usually [skip breakfast].", "A I usually skip [breakfast]."),
        ("H I rarely [eat out].", "H- I rarely [eat out]."),
        (
            "P I'm more of [a mountains person] than a beach person.",
            "P I'm more of a [mountains] person than a beach person.",
        ),
        ("P I prefer learning [in person].", "P I prefer learning [in person]."),
        ("P I want [silver rather than gold].", "P I want [silver] rather than gold."),
        ("P I prefer [recipes with fewer than six steps].", "P I prefer [recipes with fewer than six steps]."),
        ("R! I eat [halal only].", "R! I eat [halal] only."),
        ("F! I am [a strict vegan].", "F! I am a strict [vegan]."),
        ("F we have no [garden]", "F we have [no garden]"),
    ],
)
def test_what_is_wanted_less_is_a_disliked_thing_and_strictness_and_comparisons_are_no_part_of_a_subject(
    line: str, marked: str
) -> None:
    assert conventional(line, "en") == marked


def test_in_chinese_the_time_in_front_of_the_verb_is_no_part_of_the_subject() -> None:
    assert conventional("H 我习惯[睡前听播客]", "zh") == "H 我习惯睡前[听播客]"
    assert conventional("F- 我[花粉过敏]", "zh") == "F- 我[花粉]过敏"


def test_words_before_a_noun_and_the_time_of_a_habit_are_as_good_left_out() -> None:
    assert essence("a lot of legroom", "en", "require") == "legroom"
    assert essence("go for a run every morning", "en", "habit") == "go for a run"
    assert essence("coffee every morning", "en", "avoid") == "coffee every morning"
