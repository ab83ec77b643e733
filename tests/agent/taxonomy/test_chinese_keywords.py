"""Chinese keywords are words of the titles, not two characters out of the middle of one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from penchant import Event, InterestAgent, Item, Settings
from penchant.agent.taxonomy.keywords import theme_keywords
from penchant.store.clock import FixedClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TITLES = ("运动短裤", "休闲夹克", "羊绒围巾", "不粘炒锅", "日式雪平锅", "不锈钢汤锅")
CATEGORIES = (["服饰", "男装"], ["家居", "锅具"])


def test_the_keywords_of_an_interest_are_whole_words(tmp_path: Path) -> None:
    with InterestAgent.open(
        Settings.load(home=tmp_path, llm={"provider": "none"}, lang="zh"), clock=FixedClock(NOON)
    ) as agent:
        agent.add_items(
            [
                Item(item_id=f"{at}-{form}", title=f"{title}{form}", categories=[CATEGORIES[at // 3]])
                for at, title in enumerate(TITLES)
                for form in ("", "（礼盒装）", "（升级版）")
            ]
        )
        agent.observe([Event(user_id="王", type="purchase", item_id=f"{at}-", at=NOON) for at in (0, 3)])
        agent.update("王")
        words = {word.term for interest in agent.profile("王").walk() for word in interest.keywords}
    assert words <= {*TITLES, "礼盒装", "升级版"}
    assert {"运动短裤", "不粘炒锅"} <= words


def test_a_pair_of_characters_in_different_words_stays_what_is_common_to_them() -> None:
    [keywords] = theme_keywords([["明前龙井茶叶", "武夷茶叶礼品", "陈年茶叶"]])
    assert keywords[0][0] == "茶叶"
    assert sum(weight for _, weight in keywords) > 0.999


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (["都市小说", "都市言情", "都市悬疑"], {"都市小说", "都市言情", "都市悬疑"}),
        (["日式和服浴衣", "日式和服腰带"], {"日式和服", "日式和服浴衣", "日式和服腰带"}),
    ],
)
def test_a_character_that_may_be_a_particle_does_not_split_a_word(titles: list[str], words: set[str]) -> None:
    [keywords] = theme_keywords([titles])

    assert {word for word, _ in keywords} <= words
