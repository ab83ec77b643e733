"""What people say later ends what they said before, on the same subject, in either language; history stays."""

from datetime import UTC, datetime, timedelta

import pytest

from penchant.agent.statements.book import current, settled
from penchant.agent.statements.detection import StatementDetector
from penchant.agent.statements.subjects import same, within
from penchant.store.statement import Statement

DETECTOR = StatementDetector()
START = datetime(2026, 1, 1, tzinfo=UTC)


def said(*messages: str) -> list[Statement]:
    """The settled history of these messages, a day apart."""
    found = []
    for number, message in enumerate(messages):
        found += [
            statement.statement(f"m-{number}", START + timedelta(days=number)) for statement in DETECTOR.detect(message)
        ]
    return settled(found)


def holds(*messages: str) -> set[tuple[str, str | None]]:
    return {(statement.subject, statement.polarity) for statement in current(said(*messages))}


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("I love black coffee.", "I hate black coffee now.", {("black coffee", "dislike")}),
        ("I love black coffee.", "我不再喜欢黑咖啡了", {("黑咖啡", "dislike")}),
        ("我喜欢爵士乐", "I don't like jazz any more.", {("jazz", "dislike")}),
        ("I like Rust.", "Forget that I like Rust.", set()),
        ("I love golf.", "Don't remember that I like golf.", set()),
        ("I love jazz.", "I used to love jazz.", set()),
        ("I love sushi.", "Actually, I don't like it any more.", {("sushi", "dislike")}),
        ("My favourite player is Messi.", "My favourite player is Mbappé.", {("Mbappé", "like")}),
        ("I live in Leeds.", "I just moved to York.", {("York", None)}),
        ("I'm vegetarian.", "I'm vegan.", {("vegan", "like")}),
        ("我喜欢喝咖啡", "我现在不喝咖啡了，改喝茶", {("咖啡", "dislike"), ("茶", "like")}),
        ("I love hiking.", "I love chess.", {("hiking", "like"), ("chess", "like")}),
        ("I love coffee.", "I hate instant coffee.", {("coffee", "like"), ("instant coffee", "dislike")}),
        ("我最喜欢的球员是梅西", "我最喜欢的球员是姆巴佩", {("姆巴佩", "like")}),
        ("My name is Sam.", "Please call me Alex.", {("Alex", "like")}),
        ("I hate mushrooms.", "I like mushrooms now.", {("mushrooms", "like")}),
        ("I hate cats.", "我现在很喜欢猫", {("猫", "like")}),
        ("I drink iced coffee.", "I gave up coffee last month.", {("coffee", "dislike")}),
        ("我最爱吃的是披萨", "我最爱吃的是拉面", {("拉面", "like")}),
    ],
)
def test_after_a_change_of_mind_the_right_one_holds(before: str, after: str, left: set[tuple[str, str | None]]) -> None:
    assert holds(before, after) == left


def test_the_order_in_which_statements_arrive_changes_nothing() -> None:
    history = said("I love tea.", "I hate tea.", "I love tea again.")
    assert settled(reversed(history)) == history


def test_what_was_ended_names_what_ended_it_and_stays_readable() -> None:
    first, second = said("I love opera.", "I can't stand opera.")
    assert (first.superseded_by, second.superseded_by, first.text) == (second.id, None, "I love opera.")


def test_subjects_are_the_same_across_plurals_light_verbs_and_languages() -> None:
    assert same("drinking black coffee", "黑咖啡")
    assert same("horror films", "恐怖片")
    assert same("the cats", "cat")
    assert within("black coffee", "coffee")
    assert not within("coffee", "black coffee")
    assert not same("tea", "coffee")
