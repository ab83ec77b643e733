"""What people say later ends what they said before, on the same subject, in either language; history stays."""

from datetime import UTC, datetime, timedelta

import pytest

from penchant.agent.statements.detection import StatementDetector
from penchant.agent.statements.subjects import is_same_subject, label_of, within
from penchant.agent.statements.supersession import in_force, mark_superseded
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
    return mark_superseded(found)


def holds(*messages: str) -> set[tuple[str, str | None]]:
    return {(statement.subject, statement.polarity) for statement in in_force(said(*messages))}


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("I love black coffee.", "I hate black coffee now.", {("black coffee", "dislike")}),
        ("I love black coffee.", "我不再喜欢黑咖啡了", {("黑咖啡", "dislike")}),
        ("我喜欢爵士乐", "I don't like jazz any more.", {("jazz", "dislike")}),
        (
            "I'd rather take the train than fly.",
            "Actually, scrap the train, we've booked flights.",
            {("booked flights", None)},
        ),
        (
            "I love trains.",
            "Actually, scrap the train, we've booked flights.",
            {("trains", "like"), ("booked flights", None)},
        ),
        (
            "I'm on decaf now.",
            "I've gone off decaf as well, mint tea it is.",
            {("decaf", "dislike"), ("mint tea", "like")},
        ),
        ("I'm learning to drive.", "Update: passed my driving test!", set()),
        (
            "My favourite author is Murakami.",
            "My favourite author used to be Murakami; these days it's Elena Ferrante.",
            {("Elena Ferrante", "like")},
        ),
        ("I'm training for a half marathon.", "half marathon done!! 2:04", set()),
        ("我想明年去西藏", "西藏不去了，医生说对心脏不好", set()),
        ("I like Rust.", "Forget that I like Rust.", set()),
        ("I love golf.", "Don't remember that I like golf.", set()),
        ("I love sushi.", "Forget what I said about sushi", set()),
        ("I love sushi.", "please forget everything I've told you about sushi", set()),
        ("My budget is 500 dollars.", "Forget my budget, money is no object now.", set()),
        ("My budget is 900 euros.", "forget what i said about my budget, it's 1200 now", {("1200", None)}),
        (
            "My favourite colour is green.",
            "Never mind what I said about my favourite colour, it's blue",
            {("blue", "like")},
        ),
        ("My budget is 500 dollars.", "Forget the budget, it's fine", {("500 dollars", None)}),
        ("I am allergic to peanuts.", "ignore the peanuts, it's a joke", {("peanuts", "dislike")}),
        ("I love leather jackets.", "drop the jacket, it's ugly", {("leather jackets", "like")}),
        ("I love budget airlines.", "forget my budget", {("budget airlines", "like")}),
        ("I live in Lyon.", "I used to love my home", {("Lyon", None)}),
        ("I like tea.", "我不是对花生过敏，是对芒果过敏", {("tea", "like"), ("芒果", "dislike")}),
        ("我的预算是一晚五百", "忘掉我说的预算，现在一晚八百也行", {("一晚八百", None)}),
        ("我的预算是三千", "之前说的预算不算数了，现在是五千", {("五千", None)}),
        ("我喜欢吃火锅", "忘掉我说过喜欢火锅的事", set()),
        ("我喜欢吃火锅", "忘掉我说的关于火锅的话", set()),
        ("我住在上海", "I've moved to Berlin", {("Berlin", None)}),
        ("My favourite colour is green", "Actually it's blue, not green", {("blue", "like")}),
        ("I hate parsley.", "no, it's coriander, not parsley", {("coriander", "dislike")}),
        ("I have a Pixel 7", "no wait, it's a Pixel 8", {("Pixel 8", None)}),
        ("I love jazz.", "no, it's the 8th of May", {("jazz", "like")}),
        ("I love jazz.", "Actually it's blue, not green", {("jazz", "like")}),
        ("我最喜欢的颜色是红色", "不对，应该是蓝色", {("蓝色", "like")}),
        ("我手机是小米14", "不对，是小米15", {("小米15", None)}),
        ("我对虾过敏", "不是虾，是螃蟹", {("螃蟹", "dislike")}),
        ("我喜欢爵士乐", "不对，是明天", {("爵士乐", "like")}),
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
        ("my favourite colour is blue", "these days my favorite color is green", {("green", "like")}),
        ("My favourite actor is Tom Hanks.", "我最喜欢的演员是张曼玉", {("张曼玉", "like")}),
        ("I prefer tea.", "these days I prefer coffee over tea", {("coffee", "like")}),
        ("I prefer dark mode.", "I prefer light mode.", {("light mode", "like")}),
        ("I prefer window seats.", "I prefer aisle seats now.", {("aisle seats", "like")}),
        ("I prefer tea.", "比起茶，我现在更喜欢咖啡", {("咖啡", "like")}),
        ("I live in Berlin.", "I've moved from Berlin to Porto.", {("Porto", None)}),
        ("我住在成都", "我从成都搬到重庆了", {("重庆", None)}),
        ("我住在成都", "不对，我不住在成都了，我搬到重庆了", {("重庆", None)}),
        ("我对花生过敏", "我说错了，我不是对花生过敏，是对芒果过敏", {("芒果", "dislike")}),
        ("I run every morning.", "I used to run, now I swim.", {("swim", "like")}),
        ("我每天跑步", "我以前跑步，现在改游泳了", {("游泳", "like")}),
        ("I drive a Golf.", "I sold the Golf and drive a Tesla now.", {("Tesla", None)}),
        ("I use vim.", "I've replaced vim with emacs.", {("emacs", "like")}),
        ("I'm 34 years old.", "I'm 35 now.", {("35", None)}),
        ("I live in Berlin.", "I moved to a new flat in Hamburg.", {("new flat in Hamburg", None)}),
        ("i live in york", "i moved to leeds", {("leeds", None)}),
        ("I smoke.", "I used to smoke, and now I don't.", set()),
        ("I work for Google.", "I work at Siemens now.", {("Siemens", None)}),
        ("I'm vegetarian.", "I eat meat again.", {("meat", "like")}),
    ],
)
def test_after_a_change_of_mind_the_right_one_holds(before: str, after: str, left: set[tuple[str, str | None]]) -> None:
    assert holds(before, after) == left


@pytest.mark.parametrize(
    ("goal", "news"),
    [
        ("I'm training for a marathon.", "I finished my marathon!"),
        ("I want to run a marathon.", "I ran the marathon last weekend!"),
        ("I'm studying for my driving test", "I passed my driving test."),
        ("I want to lose 10 kilos.", "I've finally lost 10 kilos"),
        ("I want to learn Spanish.", "I've given up on learning Spanish."),
        ("I'm training for a marathon.", "I'm no longer training for the marathon"),
        ("I'm training for a marathon.", "I decided not to run the marathon"),
        ("I'm training for a half marathon in May.", "I finished my half marathon!! 2:04!"),
        ("我在备考雅思", "我考过雅思了"),
        ("我想减10斤", "我减了10斤了！"),
        ("我想跑马拉松", "我跑完马拉松了"),
        ("我想考驾照", "我拿到驾照了"),
        ("我正在训练马拉松", "马拉松跑完了！"),
        ("我打算考研", "我放弃考研了"),
        ("我打算考研", "我不考研了"),
    ],
)
def test_a_goal_that_is_reached_or_given_up_ends(goal: str, news: str) -> None:
    assert {entry for entry in holds(goal, news) if entry[1] != "dislike"} == set()


@pytest.mark.parametrize(
    ("before", "news", "left"),
    [
        ("I like running.", "I gave up running.", {("running", "dislike")}),
        ("I'm learning Italian.", "I gave up learning Italian.", {("learning Italian", "dislike")}),
        (
            "I eat yoghurt every day.",
            "I've given up on dairy.",
            {("eat yoghurt every day", "like"), ("dairy", "dislike")},
        ),
        ("I want to run a marathon.", "I finished my marathon and I love marathons.", {("marathons", "like")}),
        ("I want to finish my novel.", "I gave up on my novel.", set()),
        ("I want to lose weight.", "I've stopped trying to lose weight.", set()),
    ],
)
def test_the_end_of_a_goal_leaves_what_the_same_sentence_says_of_tastes(
    before: str, news: str, left: set[tuple[str, str | None]]
) -> None:
    assert holds(before, news) == left


@pytest.mark.parametrize(
    ("before", "news"),
    [
        ("I'm training for a marathon.", "I finished my homework."),
        ("I'm training for a marathon.", "I ran a half marathon."),
        ("I'm training for a marathon.", "I haven't finished my marathon."),
        ("I'm training for a marathon.", "I almost finished my marathon."),
        ("I'm studying for my driving test", "My sister passed her driving test."),
        ("I love marathons.", "I finished my marathon!"),
        ("我喜欢马拉松", "我跑完马拉松了"),
        ("我在备考雅思", "我考完托福了"),
    ],
)
def test_what_is_done_ends_no_other_goal_and_no_taste(before: str, news: str) -> None:
    assert len(holds(before, news)) == 1


@pytest.mark.parametrize(
    ("before", "after", "both"),
    [
        ("I prefer hiking.", "I prefer thrillers.", {"hiking", "thrillers"}),
        ("I like tea.", "I prefer coffee over tea.", {"tea", "coffee"}),
        ("I prefer aisle seats.", "I prefer red wine.", {"aisle seats", "red wine"}),
        (
            "I prefer tea in the morning.",
            "I prefer wine in the evening.",
            {"tea in the morning", "wine in the evening"},
        ),
        ("My favourite season is summer.", "My favourite food is ramen.", {"summer", "ramen"}),
        ("I speak French.", "I speak German.", {"French", "German"}),
        ("I live in Berlin.", "I moved to a new phone.", {"Berlin", "new phone"}),
        ("I work for Google.", "I work at Berghain at weekends.", {"Google", "Berghain"}),
        ("I'm 34 years old.", "I'm 12 now in the queue.", {"34 years old"}),
        ("I grew up in Oslo.", "I live in Madrid.", {"Oslo", "Madrid"}),
        ("旅行预算是一万", "买电脑的预算是五千", {"一万", "五千"}),
        ("我老家在湖南", "我住在深圳", {"湖南", "深圳"}),
    ],
)
def test_what_may_hold_beside_each_other_does(before: str, after: str, both: set[str]) -> None:
    assert {statement.subject for statement in in_force(said(before, after))} == both


def test_against_is_no_again() -> None:
    """Meat eaten against advice ends no diet; meat eaten again does."""
    diet, meal = said("I'm vegetarian.", "I eat meat.")
    advice = meal.model_copy(update={"text": "I eat meat against my doctor's advice."})
    again = meal.model_copy(update={"text": "I eat meat again."})

    assert diet.id in {statement.id for statement in in_force(mark_superseded([diet, advice]))}
    assert diet.id not in {statement.id for statement in in_force(mark_superseded([diet, again]))}


def test_what_a_denial_ends_is_no_habit_called_by_the_denial() -> None:
    assert {statement.subject for statement in said("I smoke.", "I used to smoke, and now I don't.")} == {"smoke"}


def test_a_preference_of_another_topic_is_no_change_of_mind() -> None:
    history = said("I prefer trains.", "I prefer flying these days.", "These days I prefer thrillers.")
    places = {"trains": "transport", "flying": "transport", "thrillers": "fiction"}
    placed = [statement.model_copy(update={"place": places[statement.subject]}) for statement in history]

    left = in_force(mark_superseded(placed, {"transport": "travel", "fiction": "books"}))

    assert {statement.subject for statement in left} == {"flying", "thrillers"}


@pytest.mark.parametrize("places", [{}, {"oat milk": "drinks"}, {"window seats": "transport", "thrillers": "fiction"}])
def test_a_preference_of_which_the_place_is_unknown_ends_no_other(places: dict[str, str]) -> None:
    """Neither "these days" nor 换 says what has changed, and a place that nobody knows says nothing of the sort of a thing."""
    history = said(
        "I prefer window seats.",
        "I prefer thrillers.",
        "I prefer concise answers.",
        "我更喜欢喝茶",
        "I prefer oat milk these days.",
        "Actually I prefer hardcover books.",
        "周末换个环境我更喜欢露营",
    )
    placed = [statement.model_copy(update={"place": places.get(statement.subject)}) for statement in history]

    left = in_force(mark_superseded(placed, {"drinks": "food", "transport": "travel", "fiction": "books"}))

    assert len(history) >= 7
    assert {statement.subject for statement in left} == {statement.subject for statement in history}


def test_a_preference_of_one_topic_is_a_change_of_mind_where_either_is_placed_no_nearer() -> None:
    history = said("I prefer trains.", "I prefer flying these days.")
    places = {"trains": "transport", "flying": "travel"}
    placed = [statement.model_copy(update={"place": places[statement.subject]}) for statement in history]

    left = in_force(mark_superseded(placed, {"transport": "travel", "travel": "travel"}))

    assert {statement.subject for statement in left} == {"flying"}


def test_the_order_in_which_statements_arrive_changes_nothing() -> None:
    history = said("I love tea.", "I hate tea.", "I love tea again.")
    assert mark_superseded(reversed(history)) == history


def test_what_was_ended_names_what_ended_it_and_stays_readable() -> None:
    first, second = said("I love opera.", "I can't stand opera.")
    assert (first.superseded_by, second.superseded_by, first.text) == (second.id, None, "I love opera.")


@pytest.mark.parametrize(
    ("subject", "label"),
    [
        ("eat fish maybe once a week", "fish"),
        ("can ski all day", "ski"),
        ("do pilates on Mondays", "pilates"),
        ("crave olives", "olives"),
        ("learning the harp at fifty-one", "learning the harp"),
    ],
)
def test_an_interest_in_an_activity_is_called_by_what_is_done(subject: str, label: str) -> None:
    assert label_of(subject, done=True) == label


def test_an_interest_in_the_only_thing_used_is_called_by_that_thing() -> None:
    assert label_of("on my Kindle", done=False) == "Kindle"


def test_subjects_are_the_same_across_plurals_light_verbs_and_languages() -> None:
    assert is_same_subject("drinking black coffee", "黑咖啡")
    assert is_same_subject("horror films", "恐怖片")
    assert is_same_subject("the cats", "cat")
    assert within("black coffee", "coffee")
    assert not within("coffee", "black coffee")
    assert not is_same_subject("tea", "coffee")


@pytest.mark.parametrize(
    ("fact", "goal", "left"),
    [
        ("I live in Berlin", "I want to live in Oslo one day", {"Berlin", "live in Oslo one day"}),
        ("I'm 29", "I want to get married before I'm 30", {"29", "get married before I'm 30"}),
        ("I work at Google", "I want to work at Apple next year", {"Google", "work at Apple next year"}),
        ("我住在北京", "我打算明年搬到上海", {"北京", "搬到上海"}),
    ],
)
def test_what_is_only_aimed_at_does_not_end_what_is_so(fact: str, goal: str, left: set[str]) -> None:
    assert {subject for subject, _ in holds(fact, goal)} == left
