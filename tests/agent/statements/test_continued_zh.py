"""In Chinese, a sentence states more than one thing: each clause that goes on about the writer is heard, and nothing else."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def heard(message: str) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in DETECTOR.detect(message) if not each.retracts]


def ended(message: str) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in DETECTOR.detect(message) if each.retracts]


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("我不抽烟也不喝酒不熬夜", ["烟", "酒", "熬夜"]),
        ("不喝咖啡不喝茶", ["咖啡", "茶"]),
        ("我从小不吃羊肉、不吃内脏", ["羊肉", "内脏"]),
        ("我不喝酒，也不打牌", ["酒", "打牌"]),
    ],
)
def test_each_of_several_denied_habits_is_avoided(message: str, found: list[str]) -> None:
    assert heard(message) == [("avoid", subject) for subject in found]


def test_the_verb_of_a_question_is_no_list_of_denials() -> None:
    assert ("like", "加葱花") not in heard("面里加不加葱花我都行，看厨师心情")


@pytest.mark.parametrize(
    ("message", "goal"),
    [("我不打算考驾照了", "考驾照"), ("我不准备考研了", "考研")],
)
def test_a_goal_that_is_given_up_is_ended_and_nothing_is_avoided(message: str, goal: str) -> None:
    assert (heard(message), ended(message)) == ([], [("goal", goal)])


@pytest.mark.parametrize(
    ("message", "work"),
    [("我已经不做健身教练了", "健身教练"), ("我不当老师了，太累", "老师"), ("后来不干销售了", "销售")],
)
def test_work_that_is_over_is_ended_and_is_nothing_that_is_avoided(message: str, work: str) -> None:
    assert (heard(message), ended(message)) == ([], [("fact", work)])


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("本人女，28", ["女", "28"]),
        ("本人男，35，程序员，坐标深圳", ["男", "35", "程序员", "深圳"]),
        ("女 26岁 护士", ["女", "26岁", "护士"]),
        ("坐标广州，女，30", ["广州", "女", "30"]),
        ("95后，坐标广州", ["95后", "广州"]),
    ],
)
def test_an_introduction_is_read_item_by_item(message: str, found: list[str]) -> None:
    assert sorted(subject for kind, subject in heard(message) if kind == "fact") == sorted(found)


@pytest.mark.parametrize(
    "message",
    [
        "男装38码偏大吗",
        "女 40 码的鞋有吗",
        "有个用户说：本人女，25，坐标杭州",
        "希望回复快一点",
        "住在隔壁的人太吵了怎么办",
        "跟父母住一起好不好",
        "你可以叫我起床吗",
        "两个孩子怎么带",
        "80后的回忆有哪些",
        "现在做护士的工资高吗",
    ],
)
def test_a_size_a_question_a_request_or_what_somebody_else_says_is_none(message: str) -> None:
    assert heard(message) == []


@pytest.mark.parametrize(
    ("message", "kind", "subject"),
    [
        ("长途只坐火车", "require", "火车"),
        ("跑步只穿亚瑟士", "require", "亚瑟士"),
        ("我平时不化妆，只涂防晒", "require", "防晒"),
        ("你可以叫我小林", "require", "小林"),
        ("我有高血脂，医生说要低脂饮食", "require", "低脂饮食"),
        ("我想学架子鼓，不过完全零基础", "fact", "零基础"),
        ("有点社恐，不太喜欢应酬", "fact", "有点社恐"),
        ("我眼睛近视六百度，字要大一点", "fact", "近视六百度"),
        ("住在武汉光谷，有没有推荐的自习室", "fact", "武汉光谷"),
        ("租房预算 3500 以内，有没有合适的", "fact", "3500 以内"),
        ("三年前从南京搬到了厦门", "fact", "厦门"),
        ("我是做外贸的，主要卖灯具", "fact", "做外贸"),
        ("我是夜猫子，一般一点以后才睡", "habit", "一点以后才睡"),
        ("在家从不下厨，都是点外卖", "habit", "点外卖"),
        ("我是素食者，而且对芝麻过敏", "avoid", "芝麻"),
        ("我平常看 B 站，抖音基本不刷", "avoid", "抖音"),
        ("旅行不喜欢赶路，喜欢自己做攻略", "like", "自己做攻略"),
        ("画画对我来说就是放松", "like", "画画"),
        ("我在吃降压药，酒一点都不能碰", "fact", "降压药"),
        ("我是独立歌手，接商演", "fact", "独立歌手"),
        ("我和老婆丁克，不考虑学区房", "fact", "丁克"),
        ("我跟爸妈住一起，房间隔音要好", "fact", "跟爸妈住一起"),
        ("后来当销售，经常出差", "fact", "销售"),
        ("沙发不要皮质的，家里有猫", "avoid", "皮质"),
        ("租房不要一楼，太潮", "avoid", "一楼"),
        ("不再用美团了，太贵", "avoid", "美团"),
        ("我做饭不放鸡精，也不放蚝油", "avoid", "蚝油"),
        ("看剧我不看古装的", "avoid", "古装"),
        ("电影喜欢文艺片，动作片没兴趣", "like", "文艺片"),
        ("电影喜欢文艺片，动作片没兴趣", "dislike", "动作片"),
        ("业余爱好打乒乓球，周末都去", "like", "打乒乓球"),
        ("希望回答简洁一点", "require", "回答简洁一点"),
        ("我係潮州人，平時講潮汕話", "fact", "潮州人"),
    ],
)
def test_a_clause_that_goes_on_about_the_writer_is_heard(message: str, kind: str, subject: str) -> None:
    assert (kind, subject) in heard(message)


@pytest.mark.parametrize(
    "message",
    [
        "我对独立游戏一直抱有好感，因为它们往往更有创意",
        "红眼航班我一概不坐，麻烦筛掉",
        "我对花生过敏，麻烦确认一下配料",
        "我不吃辣，行不行啊",
    ],
)
def test_a_reason_a_request_or_a_question_after_a_statement_is_none(message: str) -> None:
    assert len(heard(message)) == 1


def test_somebody_who_controls_risks_is_no_fan() -> None:
    assert all(kind != "like" for kind, _ in heard("我今年四十二，在银行做风控"))


def test_a_former_taste_ends_without_a_piece_of_a_word() -> None:
    assert all(len(subject) > 1 for _, subject in heard("前两年很迷摄影，现在没什么兴趣了"))


def test_that_a_goal_is_set_is_no_goal() -> None:
    assert ("goal", "给自己定个目标") not in heard("我想给自己定个目标，今年读完五十本书")


@pytest.mark.parametrize(
    "message",
    [
        "住在一起",
        "在吃药",
        "00后整顿职场",
        "80后这一代",
        "孩子对学习没兴趣",
        "对他没兴趣",
        "兴趣爱好",
        "也不用谢",
        "也不听话",
        "长途只坐高铁的人",
        "我认识一个人，从来不吃肉",
        "我认识一个人，住在船上",
    ],
)
def test_words_that_name_nobody_or_somebody_else_state_nothing_of_the_writer(message: str) -> None:
    assert heard(message) == []


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("我是做设计的", ("fact", "做设计")),
        ("90后宝妈", ("fact", "90后宝妈")),
        ("足球没什么兴趣", ("dislike", "足球")),
        ("蛋糕不要太甜的", ("avoid", "太甜的")),
        ("最近在找对象，平时喜欢看书", ("like", "看书")),
    ],
)
def test_a_short_clause_names_its_whole_subject(message: str, statement: tuple[str, str]) -> None:
    assert heard(message) == [statement]


@pytest.mark.parametrize(
    "message",
    [
        "我想找个对象，住在杭州",
        "想找个室友，不抽烟不养狗",
        "我想给奶奶买床，床不要太软的",
        "我在帮妈妈挑手机，眼睛老花",
        "帮我妈选个耳机，睡眠浅",
        "准备给客户选礼物，不吃辣",
    ],
)
def test_what_follows_a_search_for_or_on_behalf_of_somebody_else_is_about_them(message: str) -> None:
    assert heard(message) == []


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("想找个对象，本人女，28", [("fact", "女"), ("fact", "28")]),
        ("想找个健身搭子，我住在浦东", [("fact", "浦东")]),
        ("想给奶奶买床，我不喜欢软的", [("dislike", "软的")]),
        ("给孩子买奶粉，不要含糖的，我自己对花生过敏", [("avoid", "花生")]),
    ],
)
def test_after_such_a_search_the_writer_is_heard_where_they_name_themself(
    message: str, found: list[tuple[str, str]]
) -> None:
    assert heard(message) == found


@pytest.mark.parametrize("message", ["我想订个酒店，住在市中心", "想找家民宿，住海边", "打算租套房，最好住在徐汇"])
def test_where_somebody_would_stay_is_no_home(message: str) -> None:
    assert all(kind != "fact" for kind, _ in heard(message))


@pytest.mark.parametrize(
    "message",
    ["我儿子近视，左眼散光", "我女儿对花生过敏，牛奶也不喝", "孩子皮肤敏感，不用香皂"],
)
def test_what_follows_the_body_of_a_child_is_no_fact_or_need_of_the_writer(message: str) -> None:
    assert [each for each in DETECTOR.detect(message) if each.scope is None] == []


@pytest.mark.parametrize(
    "message",
    [
        "颜色不要太艳的",
        "面料不要化纤的",
        "帮我设计个海报，背景不要太花的",
        "推荐个沙发，沙发不要皮质的",
        "我的代码不用循环，也不用递归",
        "我写的小说不用第一人称，也不用倒叙",
    ],
)
def test_a_quality_of_a_design_or_of_own_work_is_nothing_its_writer_avoids(message: str) -> None:
    assert heard(message) == []


@pytest.mark.parametrize("fan", ["颜控", "声控", "手控", "猫控", "细节控", "巧克力控", "国风控", "甜品控", "手机控"])
def test_a_fan_is_heard(fan: str) -> None:
    assert heard(f"我是{fan}") == [("like", fan)]
    assert ("like", fan) in heard(f"作为{fan}，我很挑")


@pytest.mark.parametrize("work", ["风控", "内控", "内外控", "品控", "信贷风控", "温控", "疫情防控"])
def test_a_word_for_some_control_is_no_fan(work: str) -> None:
    found = [*heard(f"我是{work}"), *heard(f"我是做{work}的"), *heard(f"作为{work}，我很忙")]
    assert all(kind != "like" for kind, _ in found)


def test_an_allergic_child_is_nothing_that_is_avoided() -> None:
    assert heard("我家孩子过敏，怎么办") == []


def test_a_wish_repeated_without_end_is_read_at_once() -> None:
    assert heard(f"{'想要' * 40}，想订个酒店，{'想要' * 40}") == []


@pytest.mark.parametrize("message", ["我控糖", "我一直控碳水"])
def test_who_limits_a_food_does_not_like_it(message: str) -> None:
    assert [(each.kind, each.polarity) for each in DETECTOR.detect(message)] == [("goal", "dislike")]
