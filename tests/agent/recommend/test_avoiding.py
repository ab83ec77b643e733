"""What must not be in a list is in none, and the account of the rest is exact."""

from pathlib import Path

import pytest
from film_club import club_home, filled_club, reopen

from penchant import InterestAgent
from penchant.agent.recommend.wishes import split_wish

__all__ = ["club_home", "filled_club"]


@pytest.fixture
def club(club_home: Path) -> InterestAgent:
    """The film club with a new member who has seen nothing."""
    agent = reopen(club_home)
    agent.onboard("eve", interests=["films"])
    return agent


@pytest.mark.parametrize("avoid", ["violent", "violence", "anything violent"])
def test_what_says_it_is_left_out_in_whatever_form(club: InterestAgent, avoid: str) -> None:
    listed = club.recommend("bob", 12, avoid=avoid).items

    assert listed
    assert not [item for item in listed if item.item_id.startswith("action")]


@pytest.mark.parametrize(
    ("avoid", "meant"), [("bird watching", "nature-1"), ("insects", "nature-4"), ("kung fu", "action-1")]
)
def test_what_only_means_it_is_left_out_too(club: InterestAgent, avoid: str, meant: str) -> None:
    usual, left = (club.recommend("eve", 18, avoid=text).items for text in (None, avoid))

    assert meant in {item.item_id for item in usual}
    assert meant not in {item.item_id for item in left}


def test_ranks_scores_and_counterfactuals_are_those_of_the_list_that_is_left(club: InterestAgent) -> None:
    listing = club.recommend("ada", 5, avoid="violence")

    assert [item.rank for item in listing.items] == [1, 2, 3, 4, 5]
    for item in listing.items:
        assert sum(part.value for part in item.contributions) == pytest.approx(item.score, abs=1e-6)


def test_little_is_left_out_when_there_is_little_to_avoid(club: InterestAgent) -> None:
    usual = {item.item_id for item in club.recommend("ada", 12).items}

    assert len(usual - {item.item_id for item in club.recommend("ada", 12, avoid="tax law").items}) <= 1


def test_what_an_english_embedder_cannot_judge_is_said(club_home: Path) -> None:
    listing = reopen(club_home, lang="zh").recommend("ada", 3, avoid="暴力")

    assert [lost.step for lost in listing.degraded] == ["avoid"]
    assert "embedding.provider=multilingual" in listing.degraded[0].reason


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("a card that says thank you", "a card that says thank you"),
        ("album Please", "album Please"),
        ("一本书叫谢谢", "一本书叫谢谢"),
        ("recommend a mug please", "mug"),
        ("a mug, thank you", "a mug"),
        ("推荐一本书谢谢", "一本书"),
    ],
)
def test_polite_words_are_left_out_only_where_they_are_no_part_of_a_name(message: str, wanted: str) -> None:
    assert split_wish(message) == (wanted, "")
