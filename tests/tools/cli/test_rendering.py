"""How profiles, lists and receipts look in a terminal."""

import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from rich._palettes import EIGHT_BIT_PALETTE
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.style import Style

from penchant.prompts.locales import Translator
from penchant.store.profile import Drift, ExpertWeight, Interest, Keyword, Pool, Profile
from penchant.store.recommendation import (
    Contribution,
    Counterfactual,
    Explanation,
    ItemExplanation,
    Recommendation,
    RecommendedItem,
)
from penchant.tools.accounts import by_signal
from penchant.tools.cli.rendering.colours import COLOURS, THEME
from penchant.tools.cli.rendering.marks import ASCII, UNICODE
from penchant.tools.cli.rendering.recommendations import ItemAccount, RecommendationList
from penchant.tools.cli.rendering.tables import plain_table
from penchant.tools.cli.rendering.tree import ProfileTree, day

SPRING = datetime(2011, 3, 1, tzinfo=UTC)


def forget_codes() -> None:
    """Rich keeps a style's codes from the first kind of terminal it was drawn for; here every drawing is the first."""
    Style.parse.cache_clear()
    Style._add.cache_clear()
    for style in THEME.styles.values():
        style._ansi = None


def render(renderable: RenderableType, *, encoding: str = "utf-8", width: int = 120, colour: bool = False) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
    system: Any = "256" if colour else None
    forget_codes()
    Console(file=stream, width=width, force_terminal=colour, color_system=system, highlight=False, theme=THEME).print(
        renderable
    )
    stream.flush()
    return raw.getvalue().decode(encoding)


def node(label: str, strength: float, *, level: int = 1, **fields: Any) -> Interest:
    return Interest(
        id=label, label=label, level=level, path=(label,), strength=strength, share=strength, confidence=1.0, **fields
    )


def profile(*interests: Interest, **fields: Any) -> Profile:
    return Profile(user_id="ada", version=3, as_of=SPRING, language="en", n_events=1_234, interests=interests, **fields)


def test_a_tree_shows_strength_trend_evidence_the_user_s_word_and_keywords() -> None:
    cakes = node(
        "Cake stands", 0.75, level=2, trend="rising", evidence_count=31, keywords=(Keyword(term="cake", weight=0.9),)
    )
    home = node("Home & Garden", 0.75, trend="rising", status="pinned", evidence_count=31, children=(cakes,))
    clocks = node("Clocks", 0.25, polarity="dislike", trend="fading", source="stated", evidence_count=2)

    assert render(ProfileTree(profile(home, clocks))).splitlines() == [
        "Profile of ada  version 3, as of 2011-03-01, 1,234 events",
        "├── Home & Garden    ████████████  75.0 % ↗    31  [pinned]",
        "│   └── Cake stands  ████████████  75.0 % ↗    31  cake",
        "└── Clocks           ████          25.0 % ↘     2  [dislikes] [stated]",
    ]


def test_what_is_below_the_tree_says_what_moved_what_waits_and_how_long_memory_is() -> None:
    shown = profile(
        node("Games", 1.0),
        pool=Pool(events=4),
        drift=(Drift(id="a", label="Games", direction="rose"), Drift(id="b", label="Cats", direction="fell")),
        experts=(
            ExpertWeight(half_life_days=14, prior=1, weight=0.25),
            ExpertWeight(half_life_days=14, prior=4, weight=0.35),
            ExpertWeight(half_life_days=None, prior=1, weight=0.4),
        ),
    )

    assert render(ProfileTree(shown)).splitlines()[2:] == [
        "  rising: Games",
        "  fading: Cats",
        "  events that belong to no interest yet: 4",
        "  weight by half-life: 14 d 60 %, never fades 40 %",
    ]


def test_an_empty_profile_says_what_to_do() -> None:
    assert "penchant events add" in render(ProfileTree(profile()))


@pytest.mark.parametrize("labels", [("Home & Garden", "家居与园艺"), ("家居", "一" * 60, "x" * 60)])
def test_bars_stand_under_each_other_whatever_the_script(labels: tuple[str, ...]) -> None:
    rows = render(ProfileTree(profile(*(node(label, 0.5) for label in labels)))).splitlines()[1:]

    assert len({cell_len(row[: row.index("█")]) for row in rows}) == 1


def test_a_narrow_terminal_cuts_the_line_instead_of_wrapping_it() -> None:
    wordy = node("Games", 1.0, keywords=tuple(Keyword(term="long" * 5, weight=1.0) for _ in range(4)))

    assert len(render(ProfileTree(profile(wordy)), width=60).splitlines()) == 2


def test_a_terminal_too_narrow_for_a_table_shows_the_cells_of_a_row_below_one_another() -> None:
    table = plain_table("", "Item", "Score", right=["Score"])
    table.add_row("1", "teapot-9", "0.500")
    table.add_row("2", "", "0.250")

    assert [line.rstrip() for line in render(table, width=20).splitlines()] == [
        "1",
        "Item  teapot-9",
        "Score  0.500",
        "",
        "2",
        "Score  0.250",
        "",
    ]
    assert len(render(table, width=24).splitlines()) == 3


def test_a_terminal_without_the_characters_gets_plain_ones() -> None:
    drawn = render(ProfileTree(profile(node("Games", 1.0, trend="rising"))), encoding="ascii")

    assert "############ 100.0 % +" in drawn
    assert drawn.isascii()
    assert "?" not in drawn


def test_chinese_profiles_have_chinese_headings() -> None:
    profile = Profile(user_id="ada", version=3, as_of=SPRING, language="zh", n_events=5)

    assert "ada 的画像  版本 3，截至 2011-03-01，5 条行为" in render(ProfileTree(profile))


def test_text_from_strangers_cannot_drive_the_terminal_or_be_read_as_markup() -> None:
    hostile = "[bold red]\x1b[2Jcat\u202e\x07 mug"
    listed = Recommendation(
        recommendation_id="r",
        user_id="ada",
        as_of=SPRING,
        profile_version=1,
        items=[
            RecommendedItem(item_id="i", title=hostile, rank=1, score=0.0, explanation=Explanation(text=hostile)),
        ],
    )
    drawn = render(RecommendationList(listed, {}, Translator("en", "cli"))) + render(
        ProfileTree(profile(node(hostile, 1.0)))
    )

    assert drawn.count("[bold red] [2Jcat mug") == 3
    assert not {"\x1b", "\x07", "\u202e"} & set(drawn)


PARTS = [
    Contribution(signal="content", interest_id="h", evidence=("e1", "e2"), value=0.5),
    Contribution(signal="collaborative", interest_id="h", value=0.2),
    Contribution(signal="content", interest_id="g", value=0.1),
    Contribution(signal="trending", value=-0.3),
    Contribution(signal="freshness", value=0.0),
]


def test_the_score_is_shown_by_signal_the_largest_first() -> None:
    assert by_signal(PARTS) == pytest.approx({"content": 0.6, "trending": -0.3, "collaborative": 0.2})


def test_a_list_shows_title_score_reason_counterfactual_and_what_made_the_score() -> None:
    missing = Counterfactual(without_interest="h", rank=41)
    reason = Explanation(text="You bought cake tins.", source="llm", counterfactual=missing)
    item = RecommendedItem(item_id="i", title="CAKE STAND", rank=1, score=0.5, contributions=PARTS, explanation=reason)
    listed = Recommendation(recommendation_id="r", user_id="ada", as_of=SPRING, profile_version=1, items=[item])

    assert [
        line.rstrip()
        for line in render(RecommendationList(listed, {"h": "Home"}, Translator("en", "cli"))).splitlines()
    ] == [
        "Recommended for ada  2011-03-01",
        "  1. CAKE STAND  0.500",
        "     You bought cake tins.",
        "     without Home it would be number 41",
        "     content ██████ +0.600   trending ███ -0.300   similar users ██ +0.200",
    ]


def test_a_contribution_that_rounds_to_nothing_has_no_minus() -> None:
    parts = [Contribution(signal="content", value=0.5), Contribution(signal="trending", value=-0.00001)]
    about: dict[str, Any] = {"explanation": Explanation(text="It is new."), "contributions": parts}
    item = RecommendedItem(item_id="i", title="CAKE STAND", rank=1, score=0.5, **about)
    account = ItemExplanation(
        user_id="ada", item_id="i", title="CAKE STAND", recommended=True, rank=1, score=0.5, **about
    )
    listed = Recommendation(recommendation_id="r", user_id="ada", as_of=SPRING, profile_version=1, items=[item])
    words = Translator("en", "cli")

    assert "trending ▏ +0.000" in render(RecommendationList(listed, {}, words))
    assert "-0.0000" not in render(ItemAccount(account, {}, words))


def test_what_a_rule_has_said_in_words_is_not_said_again() -> None:
    missing = Counterfactual(without_interest="h", rank=41)
    reason = Explanation(text="Without “Home” it would be number 41.", counterfactual=missing)
    item = RecommendedItem(item_id="i", title="CAKE STAND", rank=1, score=0.5, contributions=PARTS, explanation=reason)
    listed = Recommendation(recommendation_id="r", user_id="ada", as_of=SPRING, profile_version=1, items=[item])

    assert render(RecommendationList(listed, {"h": "Home"}, Translator("en", "cli"))).count("number 41") == 1


def test_an_account_sums_by_signal_and_interest_names_its_evidence_and_adds_up() -> None:
    parts = [Contribution(signal="content", interest_id=f"n{number}", value=0.25) for number in range(12)]
    parts += [
        Contribution(signal="content", interest_id="h", evidence=(name,), value=1.0) for name in ("e1", "e2", "e3")
    ]
    parts += [Contribution(signal="collaborative", evidence=("e1",), value=-2.0)]
    explanation = ItemExplanation(
        user_id="ada", item_id="i", title="CAKE STAND", recommended=True, rank=1, score=4.0, contributions=parts,
        explanation=Explanation(text="You bought cake tins."),
    )  # fmt: skip
    drawn = render(
        ItemAccount(explanation, {"h": "Home"}, Translator("en", "cli"), {"e1": "RED TIN", "e2": "BLUE TIN"})
    ).splitlines()

    assert [line.rstrip() for line in [*drawn[3:6], *drawn[-2:]]] == [
        "Signal         Through                  Adds  Evidence",
        "content        Home                  +3.0000  RED TIN, BLUE TIN, and 1 more",
        "similar users  (no single interest)  -2.0000  RED TIN",
        "4 more                               +1.0000",
        "score                                +4.0000",
    ]


def test_an_explanation_lists_every_part_of_the_score() -> None:
    explanation = ItemExplanation(
        user_id="ada",
        item_id="i",
        title="CAKE STAND",
        recommended=False,
        rank=None,
        score=0.5,
        contributions=PARTS,
        explanation=Explanation(text="You bought it on 2 January 2011. You have it already."),
        why_not=["You bought it on 2 January 2011."],
    )

    assert [
        line.rstrip() for line in render(ItemAccount(explanation, {"h": "Home"}, Translator("en", "cli"))).splitlines()
    ] == [
        "CAKE STAND (i)",
        "not recommended, score 0.500",
        "You have it already.",
        "Why not",
        "  - You bought it on 2 January 2011.",
        "Signal         Through     Adds  Evidence",
        "content        Home     +0.5000  e1, e2",
        "trending                -0.3000",
        "similar users  Home     +0.2000",
        "content        g        +0.1000",
        "score                   +0.5000",
    ]


@pytest.mark.parametrize("marks", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("share", [-1.0, 0.0, 0.001, 0.31, 0.999, 1.0, 7.0])
def test_a_bar_keeps_its_width_and_shows_anything_above_zero(marks: Any, share: float) -> None:
    drawn = marks.bar(share, 8)

    assert len(drawn) == 8
    assert bool(drawn.strip()) == (share > 0)


def test_a_moment_is_a_date_unless_the_hour_matters() -> None:
    assert [day(SPRING), day(SPRING.replace(hour=8)), day(None)] == ["2011-03-01", "2011-03-01 08:00", "-"]


def contrast(number: int, ground: str) -> float:
    """WCAG 2 contrast of a colour of the palette on white or black."""
    channels = (part / 255 for part in EIGHT_BIT_PALETTE[number])
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    light, dark = (1.0, luminance) if ground == "white" else (luminance, 0.0)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["white", "black"])
@pytest.mark.parametrize("name", COLOURS)
def test_colours_can_be_read_on_light_and_on_dark(name: str, ground: str) -> None:
    assert contrast(COLOURS[name], ground) >= 4.0


def test_the_terminal_s_own_sixteen_are_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = profile(
        node("Games", 0.6, trend="rising", status="pinned"), node("Cats", 0.4, trend="fading", polarity="dislike")
    )
    drawn = render(ProfileTree(shown), colour=True)

    assert {"38;5;28", "38;5;31", "38;5;133", "38;5;161"} <= set(re.findall(r"38;5;\d+", drawn))
    assert not re.search(r"\x1b\[(?:[123];)*[39][0-7]m", drawn)

    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"38;5;|\x1b\[(?:[123];)*[39][0-7]m", render(ProfileTree(shown), colour=True))
