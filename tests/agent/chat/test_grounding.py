"""A model chooses and speaks; what items are called and why they are shown is a tool's word."""

from penchant.agent.chat.answers import GroundedText, Shown

KNOWN = [
    Shown(item_id="n0", title="Oceans: documentary of whales", why="You liked “Bees” on 1 March."),
    Shown(item_id="c1", title="Roman Holiday (1953)", why="It fits your interest in comedy."),
]


def shown(text: str, known: list[Shown] = KNOWN, spoken_of: str = "a long flight") -> tuple[list[str], list[str]]:
    grounded = GroundedText(known, spoken_of)
    lines = [written for line in text.split("\n") for written in grounded.line(line)]
    return lines, grounded.left_out


def test_reasons_in_a_list_are_the_tool_s_and_not_the_model_s() -> None:
    text = "Here you are:\n1. **Roman Holiday** - because you adore Audrey Hepburn\n   - won three Oscars\n2. Oceans: documentary of whales"

    assert shown(text) == (
        [
            "Here you are:",
            "1. Roman Holiday (1953) — It fits your interest in comedy.",
            "2. Oceans: documentary of whales — You liked “Bees” on 1 March.",
        ],
        [],
    )


def test_a_film_that_no_tool_returned_is_left_out() -> None:
    lines, left_out = shown("Try these:\n1. Roman Holiday\n2. The Godfather (1972)\nOr “The Matrix”.")

    assert lines == ["Try these:", "1. Roman Holiday (1953) — It fits your interest in comedy."]
    assert left_out == ["The Godfather (1972)", "The Matrix"]


def test_an_item_named_twice_is_listed_once() -> None:
    assert shown("- Roman Holiday\n- Roman Holiday (1953)")[0] == [
        "1. Roman Holiday (1953) — It fits your interest in comedy."
    ]


def test_prose_passes_with_what_was_spoken_of() -> None:
    text = "For a “long flight” I would take “Roman Holiday”."

    assert shown(text) == ([text], [])


def test_without_items_a_list_is_the_model_s_own() -> None:
    assert shown("You like:\n- jazz\n- tea", known=[]) == (["You like:", "- jazz", "- tea"], [])


def test_chinese_lists_are_read_too() -> None:
    known = [Shown(item_id="1", title="海洋纪录片", why="您看过《蜜蜂》。")]

    assert shown("推荐：\n1、《海洋纪录片》：讲述鲸鱼\n2、《教父》：经典", known) == (
        ["推荐：", "1. 海洋纪录片 — 您看过《蜜蜂》。"],
        ["《教父》：经典"],
    )
