"""Statements as they are typed to an assistant every day, and what is only like them."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str, str | None]]:
    """Kind, subject and polarity of what the message states."""
    return [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("We need step-free hotels.", [("require", "step-free hotels", "like")]),
        ("I love the beach.", [("like", "beach", "like")]),
        ("I really love the smell of rain", [("like", "smell of rain", "like")]),
        ("I hate the cold", [("dislike", "cold", "dislike")]),
        ("I've stayed loyal to Nikon since school.", [("like", "Nikon", "like")]),
        ("I'm trying to cut down on salt.", [("goal", "salt", "dislike")]),
        ("trying to drink less wine", [("goal", "wine", "dislike")]),
        ("I'm more of a mountains person than a beach person", [("like", "mountains", "like")]),
        ("Whenever I paint I listen to techno", [("habit", "listen to techno", "like")]),
        ("What I want from a holiday is silence.", [("require", "silence", "like")]),
        ("What I miss most is rye bread.", [("like", "rye bread", "like")]),
        ("been on a huge sourdough kick lately", [("like", "sourdough", "like")]),
        ("I used to hate kale but now I put it in everything", [("like", "kale", "like")]),
        ("I used to love clubs, but now I avoid them", [("dislike", "clubs", "dislike")]),
        ("I can't be bothered with apps that need an account", [("dislike", "apps that need an account", "dislike")]),
        ("Okra tastes like wet dog to me", [("dislike", "Okra", "dislike")]),
        ("I was diagnosed with asthma last year.", [("fact", "asthma", None)]),
        ("Ive got a soft spot for old maps", [("like", "old maps", "like")]),
        ("Whale song helps me sleep", [("like", "Whale song", "like")]),
        ("haggis was the worst thing ive ever eaten", [("dislike", "haggis", "dislike")]),
        ("I can't sleep without a fan, so which one is quiet?", [("require", "fan", "like")]),
        ("Wherever we stay it has to have a pool", [("require", "pool", "like")]),
        ("There's nothing worse than soggy toast", [("dislike", "soggy toast", "dislike")]),
        ("My wife and I are both coeliac.", [("fact", "coeliac", None)]),
        (
            "I'm hoping to move to Malta in the next two years",
            [("goal", "move to Malta in the next two years", "like")],
        ),
        ("i'm a single dad of two so dinner has to be quick", [("fact", "single dad of two", None)]),
        ("my flat is south facing, which plants survive there?", [("fact", "flat is south facing", None)]),
        ("露营对我来说简直是灾难", [("dislike", "露营", "dislike")]),
        ("没有什么比软掉的薯条更扫兴的了", [("dislike", "软掉的薯条", "dislike")]),
        ("You know what, okra has grown on me.", [("like", "okra", "like")]),
        ("Dim sum? Yes please. Tripe not so much.", [("like", "Dim sum", "like"), ("dislike", "Tripe", "dislike")]),
        ("Anything by Ali Smith and I'm happy.", [("like", "Ali Smith", "like")]),
        ("My eyesight's not great so I need subtitles.", [("require", "subtitles", "like")]),
        (
            "I'm allergic to wheat but croissants are worth it",
            [("avoid", "wheat", "dislike"), ("like", "croissants", "like")],
        ),
        ("im muslim, so no clubs pls", [("fact", "muslim", "like"), ("avoid", "clubs", "dislike")]),
        ("Teal is my colour.", [("like", "Teal", "like")]),
        ("I'm done with Spotify, cancelled it yesterday.", [("avoid", "Spotify", "dislike")]),
        ("Whatever you find, nothing with celery in it.", [("avoid", "celery", "dislike")]),
        ("I never order anything from Temu, out of principle.", [("avoid", "Temu", "dislike")]),
        ("Nothing over ninety quid, please.", [("avoid", "over ninety quid", "dislike")]),
        ("It has to be under 12 kg or I can't lift it.", [("require", "under 12 kg", "like")]),
        ("Everything we bake has to be wheat free.", [("require", "wheat free", "like")]),
        ("I need everything in big letters.", [("require", "big letters", "like")]),
        ("Please keep your replies brief, I read them at work.", [("require", "your replies brief", "like")]),
        ("Our budget for the kitchen is £900.", [("fact", "£900", None)]),
        ("听雨声我最容易入睡", [("like", "雨声", "like")]),
        ("甄嬛传我看了不下三十遍", [("like", "甄嬛传", "like")]),
        ("不是有机的我不买", [("require", "有机", "like")]),
        ("提前说下我左耳听不见", [("fact", "左耳听不见", None)]),
        ("以后只给我推荐素食餐厅", [("require", "素食餐厅", "like")]),
        ("不能带猫的民宿我不住", [("require", "带猫", "like")]),
        ("太长的教程我懒得看", [("dislike", "太长的教程", "dislike")]),
        ("折耳根吃起来就是一股泥味，我不行", [("dislike", "折耳根", "dislike")]),
        ("抽卡游戏到底有什么好玩的，我真的get不到", [("dislike", "抽卡游戏", "dislike")]),
        ("夏天没有什么比酸梅汤更解渴的了", [("like", "酸梅汤", "like")]),
        ("去年查出来有甲减", [("fact", "甲减", None)]),
        ("我的胃现在受不了冰饮了", [("avoid", "冰饮", "dislike")]),
        ("我早就不去网吧了", [("avoid", "网吧", "dislike")]),
        ("能走楼梯我绝不坐电梯", [("prefer", "走楼梯", "like")]),
    ],
)
def test_everyday_wordings_are_heard_with_whole_subjects(
    message: str, statements: list[tuple[str, str, str | None]]
) -> None:
    assert stated(message) == statements


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("As a vegetarian, I avoid gelatine.", {"vegetarian", "gelatine"}),
        ("As an introvert, I hate open-plan offices.", {"introvert", "open-plan offices"}),
        ("As a wheelchair user, which museums can I visit?", {"wheelchair user"}),
        ("我有痛风，所以不能吃海鲜", {"痛风", "海鲜"}),
        ("我坐轮椅，所以必须住一楼", {"坐轮椅", "一楼"}),
    ],
)
def test_who_somebody_is_and_what_follows_from_it_are_both_heard(message: str, subjects: set[str]) -> None:
    assert {subject for _, subject, _ in stated(message)} == subjects


@pytest.mark.parametrize(
    "message",
    [
        "As a developer, how do I centre a div?",
        "as a landlord what are my duties",
        "Who doesn't love pizza? Write a tagline around that.",
        "Call me old fashioned, but what happened to thank-you notes?",
        "Answer in short sentences and never use bullet points.",
        "I would love it if you could check my grammar",
        "I've been trying to reach support for an hour",
        "No emojis please, and don't start with a greeting",
        "I hate when excel turns things into dates, how do I stop that",
        "I just had the best ramen of my life. What makes it so creamy?",
        "Only give me the code.",
        "最烦excel自动变日期了，怎么关",
        "那我坐高铁吧",
        "我想弄懂黑洞",
        "作为产品经理，怎么写需求文档",
        "谁不爱吃披萨呢？围绕这句话写个广告语",
        "回答用短句，不要用项目符号",
        "做我的西班牙语老师",
        "我们办公室人人都迷上了匹克球，规则是什么",
        "我有一个销售数据表，想画成图",
    ],
)
def test_who_asks_how_to_answer_and_what_leads_in_a_task_state_nothing(message: str) -> None:
    assert stated(message) == []
