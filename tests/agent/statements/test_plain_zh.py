"""Short, plain Chinese statements beside requests and beside what is told of others: each clause counts for itself."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def heard(message: str) -> list[tuple[str, str | None, str]]:
    return [(each.kind, each.polarity, each.subject) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "kind", "subject"),
    [
        ("可能听着奇怪，但我就是喜欢煤油的味道", "like", "煤油的味道"),
        ("孩子他爸爱爬山，我嘛，喜欢在家养花", "like", "在家养花"),
        ("奶奶我不爱看吵吵闹闹的节目，换个别的", "dislike", "看吵吵闹闹的节目"),
        ("悄悄告诉你我喜欢看别人修手表", "like", "看别人修手表"),
        ("手术做完了，医生说我只能吃软食，排三天的菜", "require", "软食"),
        ("保姆必须女的，男的我不放心", "require", "女的"),
        ("今年的目标定好了：读完三十本书", "goal", "读完三十本书"),
        ("你列的还不错，不过我一直不喜欢破折号，少用点", "dislike", "破折号"),
        ("一上车我就听有声书，最近书荒", "habit", "听有声书"),
        ("家里人都说我怪，我就爱吃放凉的饭", "like", "吃放凉的饭"),
        ("不好意思我不吃羊肉，换成鸡肉行吗", "avoid", "羊肉"),
        ("我手腕有腱鞘炎，鼠标买啥", "fact", "手腕有腱鞘炎"),
    ],
)
def test_what_stands_beside_it_does_not_keep_a_clause_from_being_heard(message: str, kind: str, subject: str) -> None:
    assert (kind, subject) in [(found, named) for found, _, named in heard(message)]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("彩票我不会再买了", ("avoid", "dislike", "彩票")),
        ("网贷我早就不借了", ("avoid", "dislike", "网贷")),
        ("贴吧我已经卸了", ("avoid", "dislike", "贴吧")),
        ("对花粉过敏，春天去哪里好", ("avoid", "dislike", "花粉")),
        ("减肥期间不吃主食，这样对吗", ("avoid", "dislike", "主食")),
        ("我不怎么想住青旅", ("dislike", "dislike", "住青旅")),
        ("我觉得苦丁茶难喝到爆", ("dislike", "dislike", "苦丁茶")),
        ("高数学得我想哭", ("dislike", "dislike", "高数")),
        ("早高峰的地铁真是要了我的命", ("dislike", "dislike", "早高峰的地铁")),
        ("骑行真的很适合我，周末排条线路", ("like", "like", "骑行")),
        ("我最中意的季节是深秋，去哪看银杏", ("like", "like", "深秋")),
        ("我 really love 手冲咖啡", ("like", "like", "手冲咖啡")),
        ("能带狗的才考虑", ("require", "like", "能带狗的")),
        ("没咖啡我根本醒不过来", ("require", "like", "咖啡")),
        ("礼拜天固定给爸妈打视频", ("habit", "like", "给爸妈打视频")),
        ("坚持冥想三个月了", ("habit", "like", "冥想")),
        ("我女儿叫朵朵", ("fact", None, "朵朵")),
        ("我家狗叫豆豆，狗牌怎么刻", ("fact", None, "豆豆")),
        ("家里没有烤箱，能做饼干吗", ("fact", None, "没有烤箱")),
        ("体重一百五，膝盖疼", ("fact", None, "体重一百五")),
        ("自从心脏手术之后，我睡得浅", ("fact", None, "心脏手术")),
        ("自从心脏手术之后，我睡得浅", ("fact", None, "睡得浅")),
        ("我特别吃赛博朋克那套美学", ("like", "like", "赛博朋克那套美学")),
        ("说真的螺蛳粉yyds，我能连吃一周", ("like", "like", "螺蛳粉")),
    ],
)
def test_a_plain_clause_is_heard_with_its_whole_subject(message: str, statement: tuple[str, str | None, str]) -> None:
    assert statement in heard(message)


@pytest.mark.parametrize(
    "message",
    [
        "王阿姨信佛，初一十五吃斋，送什么合适",
        "儿子班上有个同学对鸡蛋过敏，蛋糕怎么办",
        "剧里那个医生有洁癖，从不跟人握手",
        "我大伯有高血压，能喝白酒不",
        "杭州有啥好吃的，别推荐西湖醋鱼",
        "比我想的好",
        "写个贴文介绍新蛋糕，要有emoji",
        "我给客户报价含税113万，不含税是多少",
        "可能我对猫过敏，怎么检查",
        "打算周末去看电影，有啥好片",
        "一周健身几次合适",
        "以前住过上海",
    ],
)
def test_others_offers_at_hand_and_what_may_be_so_state_nothing(message: str) -> None:
    assert heard(message) == []


def test_titles_that_look_like_surnames_are_nobodys_name() -> None:
    assert heard("周末总要睡到中午才起") != []


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("女儿四岁了，特别迷恐龙", [("fact", None, "四岁")]),
        ("儿子五岁，喜欢汽车，但我喜欢火车", [("fact", None, "五岁"), ("like", "like", "火车")]),
        ("老公一直穿索康尼，我穿着觉得太软", []),
        ("医生让我改游泳", []),
        ("医生让我别喝咖啡了", [("avoid", "dislike", "咖啡")]),
    ],
)
def test_what_a_child_likes_or_a_doctor_orders_is_no_taste_of_the_writer(
    message: str, left: list[tuple[str, str | None, str]]
) -> None:
    assert heard(message) == left


def test_what_was_liked_when_young_only_ends_what_was_said() -> None:
    assert [each.retracts for each in DETECTOR.detect("年轻的时候爱蹦迪，现在早就不去了")] == [True]


def test_a_greeting_is_no_time_of_day() -> None:
    assert [each.scope for each in DETECTOR.detect("早上好，我喜欢喝茶")] == [None]
