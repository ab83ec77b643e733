"""Short, plain Chinese statements beside requests and beside what is told of others: each clause counts for itself."""

import pytest

from penchant.agent.statements.detection import StatementDetector
from penchant.agent.statements.household import whom

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
        ("女儿四岁了，特别迷恐龙", []),
        ("儿子五岁，喜欢汽车，但我喜欢火车", [("like", "like", "火车")]),
        ("老公一直穿索康尼，我穿着觉得太软", []),
        ("医生让我改游泳", []),
        ("医生让我别喝咖啡了", [("avoid", "dislike", "咖啡")]),
    ],
)
def test_what_a_child_likes_or_a_doctor_orders_is_no_taste_of_the_writer(
    message: str, left: list[tuple[str, str | None, str]]
) -> None:
    own = [each for each in DETECTOR.detect(message) if not whom(each.scope)]
    assert [(each.kind, each.polarity, each.subject) for each in own] == left


def test_what_was_liked_when_young_only_ends_what_was_said() -> None:
    assert [each.retracts for each in DETECTOR.detect("年轻的时候爱蹦迪，现在早就不去了")] == [True]


def test_a_greeting_is_no_time_of_day() -> None:
    assert [each.scope for each in DETECTOR.detect("早上好，我喜欢喝茶")] == [None]


@pytest.mark.parametrize("message", ["由于花生过敏", "我因为花生过敏", "所以花生过敏", "但花生过敏"])
def test_a_conjunction_before_an_allergy_is_no_part_of_it(message: str) -> None:
    assert [(each.kind, each.subject, each.strict) for each in DETECTOR.detect(message)] == [("avoid", "花生", True)]


def test_an_allergy_that_is_the_reason_for_something_is_heard_beside_it() -> None:
    assert heard("因为海鲜过敏，我不吃虾") == [("avoid", "dislike", "海鲜"), ("avoid", "dislike", "虾")]


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("医生不建议我喝酒", [("avoid", "dislike", "酒")]),
        ("医生让我再吃一周药", []),
        ("医生建议我游泳", []),
        ("医生嘱咐我早睡", []),
    ],
)
def test_who_advises_the_writer_is_not_what_the_advice_is_about(
    message: str, left: list[tuple[str, str | None, str]]
) -> None:
    assert heard(message) == left


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("我用的密码是hunter2abc", []),
        ("我用的银行卡号是62220000", []),
        ("我的密码是hunter2，我喜欢爵士", ["爵士"]),
        ("PIN是1234，我喜欢茶", ["茶"]),
        ("My PIN is 1234", []),
        ("I love pineapple", ["pineapple"]),
        ("我的支付宝账号是abc", []),
        ("我最喜欢的抖音账号是papi酱", ["papi酱"]),
        ("my card number is 4111 1111 1111 1111", []),
        ("My password is hunter2 and I love jazz", ["jazz"]),
        ("I hate changing my password", ["changing my password"]),
    ],
)
def test_passwords_and_numbers_of_cards_are_never_statements(message: str, left: list[str]) -> None:
    assert [subject for _, _, subject in heard(message)] == left


@pytest.mark.parametrize(
    "message",
    [
        "我会说服老板",
        "我会说明白",
        "我会吹牛",
        "我会唱反调",
        "我会说实话",
        "我不会修改",
        "图表都要重做",
        "行程都要改签",
        "有I love you的歌",
        "看到错误就心化了",
        "有问题都想摸",
        "我住的酒店太吵",
        "早上好，想挑一双跑鞋",
        "我用的理由是没时间",
    ],
)
def test_words_that_only_look_like_an_ability_a_rule_or_a_home_state_nothing(message: str) -> None:
    assert heard(message) == []


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("我会吹笛子", ("fact", None, "吹笛子")),
        ("我会唱京剧", ("fact", None, "唱京剧")),
        ("我不会修电脑", ("fact", None, "不会修电脑")),
        ("我用的键盘是HHKB", ("fact", None, "HHKB")),
        ("代码都要加类型注解", ("require", "like", "类型注解")),
        ("I 讨厌排队", ("dislike", "dislike", "排队")),
        ("穿高跟鞋脚就疼", ("avoid", "dislike", "高跟鞋")),
        ("给我推荐餐厅的话，要找安静的", ("require", "like", "安静")),
        ("你回答的时候用中文", ("require", "like", "中文")),
        ("回答尽量简短点，我用手机看", ("require", "like", "简短点")),
        ("家里刚养了一只英短，叫团子", ("fact", None, "一只英短")),
        ("最近在准备雅思，目标七分", ("goal", "like", "雅思")),
        ("我会改吃素", ("prefer", "like", "吃素")),
        ("乱码我讨厌", ("dislike", "dislike", "乱码")),
        ("有一种人我讨厌", ("dislike", "dislike", "有一种人")),
        ("我很丧，不想看恐怖片", ("avoid", "dislike", "恐怖片")),
        ("我很累，想要一张软床", ("goal", "like", "一张软床")),
    ],
)
def test_a_clause_states_this_and_nothing_else(message: str, statement: tuple[str, str | None, str]) -> None:
    assert heard(message) == [statement]


def test_one_who_no_longer_watches_a_game_avoids_watching_it() -> None:
    assert ("avoid", "dislike", "看球") in heard("我以前是湖人球迷，现在基本不看球了")


def test_whom_one_runs_from_is_no_thing_that_is_disliked() -> None:
    assert ("dislike", "dislike", "老师") not in heard("看到老师我就赶紧跑")
    assert heard("看到蛇我就绕道走") == [("dislike", "dislike", "蛇")]


def test_a_fact_is_not_strict_because_a_doctor_is_named_beside_it() -> None:
    assert [each.strict for each in DETECTOR.detect("跑步膝盖疼，医生让我改游泳")] == [False]


def test_what_is_too_much_is_avoided_and_never_asked_for() -> None:
    assert heard("我不想要太贵的，第一个就很好") == [("avoid", "dislike", "太贵的")]
    assert heard("老公一直穿索康尼，我穿着觉得太软") == []
    assert heard("我喜欢太极拳") == [("like", "like", "太极拳")]


@pytest.mark.parametrize(
    ("message", "age"),
    [
        ("我今年30岁", "30岁"),
        ("我今年31岁了", "31岁"),
        ("今年我45岁，有两个孩子", "45岁"),
        ("我今年三十岁了", "三十岁"),
        ("我25岁，在北京做程序员", "25岁"),
        ("喜欢看电影，我今年30岁", "30岁"),
    ],
)
def test_an_age_is_the_one_age_of_its_writer(message: str, age: str) -> None:
    assert [each.subject for each in DETECTOR.detect(message) if each.slot == "age"] == [age]


@pytest.mark.parametrize("message", ["我女儿今年8岁，喜欢恐龙", "我儿子5岁", "我今年要读50本书", "我今年看了20本书"])
def test_the_age_of_a_child_and_a_count_are_no_age_of_the_writer(message: str) -> None:
    assert [each.slot for each in DETECTOR.detect(message) if each.slot] == []


def test_a_month_that_is_liked_is_a_subject() -> None:
    assert heard("我喜欢5月") == [("like", "like", "5月")]


@pytest.mark.parametrize("message", ["我想跑马拉松", "我想跑一次马拉松"])
def test_nobody_dislikes_what_they_aim_at(message: str) -> None:
    assert [(each.kind, each.polarity) for each in DETECTOR.detect(message)] == [("goal", "like")]


def test_that_a_goal_is_reached_is_no_goal() -> None:
    assert [each.subject for each in DETECTOR.detect("目标达成。") if not each.retracts] == []


@pytest.mark.parametrize(
    ("message", "subject", "polarity"),
    [
        ("我本来对健身没兴趣，跟着练了一个月居然爱上了", "健身", "like"),
        ("原先嫌电动牙刷吵，用久了反而离不开", "电动牙刷", "like"),
        ("一开始不习惯戴眼镜，现在摘了反而别扭", "戴眼镜", "like"),
        ("以前天天打王者，今年卸载了", "王者", "dislike"),
        ("原来用Windows，上个月换了Mac", "Mac", "like"),
        ("以前天天喝咖啡，现在戒掉了", "咖啡", "dislike"),
    ],
)
def test_a_change_of_mind_over_two_clauses_ends_in_the_later_taste(message: str, subject: str, polarity: str) -> None:
    assert [(named, sign) for _, sign, named in heard(message)][:1] == [(subject, polarity)]


@pytest.mark.parametrize(
    ("message", "subject", "polarity"),
    [
        ("大家都不爱吃苦瓜，我偏偏喜欢", "苦瓜", "like"),
        ("怎么大家都夸全面屏手势，我用着就是别扭", "全面屏手势", "dislike"),
        ("别人都爱蹦迪，我就受不了", "蹦迪", "dislike"),
    ],
)
def test_a_view_against_that_of_others_is_about_what_they_speak_of(message: str, subject: str, polarity: str) -> None:
    assert (polarity, subject) in [(sign, named) for _, sign, named in heard(message)]


@pytest.mark.parametrize(
    ("message", "thing"),
    [
        ("我在努力戒酒", "酒"),
        ("我打算把烟戒了", "烟"),
        ("我想少吃点甜的", "甜的"),
        ("我想改掉拖延症", "拖延症"),
        ("我想把睡前刷手机的毛病改掉", "睡前刷手机的毛病"),
    ],
)
def test_what_somebody_wants_to_give_up_is_the_thing_that_is_against_their_taste(message: str, thing: str) -> None:
    assert [(sign, named) for _, sign, named in heard(message)] == [("dislike", thing)]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("你们家的薄荷味牙膏我实在喜欢不起来", "薄荷味牙膏"),
        ("对摇号买房这事我厌倦透了", "摇号买房"),
        ("小时候跟爷爷学的二胡，到现在都爱拉", "二胡"),
        ("临期的肉我从不拿，便宜也不要", "临期的肉"),
        ("我可是老干妈的忠实粉丝", "老干妈"),
        ("我预算有限，能推荐个便宜的吗", "预算有限"),
    ],
)
def test_a_bare_verb_or_state_is_no_subject_but_what_it_is_about_is(message: str, subject: str) -> None:
    assert [named for _, _, named in heard(message)] == [subject]


@pytest.mark.parametrize(
    ("message", "subject", "polarity"),
    [
        ("被同事种草了手冲咖啡", "手冲咖啡", "like"),
        ("我吃辣不太行", "吃辣", "dislike"),
        ("我们家的规矩是饭桌上不看手机", "手机", "dislike"),
        ("我不喜欢带表情的回答，太幼稚", "带表情的回答", "dislike"),
        ("刀削面对我的吸引力远大于拉面", "刀削面", "like"),
        ("剧本杀玩一次就够了", "剧本杀", "dislike"),
        ("我小时候被狗追过，到现在看见大狗都绕道走", "大狗", "dislike"),
        ("coding的时候必须听lofi，不然没法focus", "lofi", "like"),
    ],
)
def test_a_way_of_speaking_that_names_its_subject_late_is_heard_with_its_sign(
    message: str, subject: str, polarity: str
) -> None:
    assert (polarity, subject) in [(sign, named) for _, sign, named in heard(message)]


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("除非下雨，否则我每天跑步", ["跑步"]),
        ("除非是有机的，否则我不买", ["有机"]),
        ("面膜一周用一次就够了", []),
        ("人家都说瘦了好看，我就开心", []),
        ("以前怕水，学会游泳后上瘾了", ["水"]),
        ("读完了三体，很喜欢", ["三体"]),
        ("我对芒果过敏，请不要推荐芒果甜点", ["芒果", "芒果甜点"]),
    ],
)
def test_a_condition_a_dose_or_a_narrower_wish_hides_nothing_and_adds_nothing(
    message: str, subjects: list[str]
) -> None:
    assert [named for kind, sign, named in heard(message) if kind != "goal"] == subjects


@pytest.mark.parametrize("message", ["辣椒我比较喜欢", "咖啡我比较爱喝"])
def test_what_the_writer_quite_likes_is_compared_to_nothing(message: str) -> None:
    assert [kind for kind, _, _ in heard(message)] == ["like"]


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("我就是个吃货，尤其爱吃火锅", ["吃货", "吃火锅"]),
        ("我不抽烟也不喝酒", ["烟", "酒"]),
        ("不喝咖啡了，心悸，改喝茶了", ["茶"]),
        ("喜欢露营但是讨厌蚊子", ["露营", "蚊子"]),
        ("喜欢露营但是我朋友讨厌", ["露营"]),
        ("失眠好多年，咖啡因完全不能碰", ["咖啡因"]),
        ("我有糖尿病，甜的基本不碰", ["糖尿病", "甜的"]),
        ("追星五年了，爱豆是周深", ["追星"]),
        ("喜欢的歌手有陈奕迅、李宗盛", ["陈奕迅", "李宗盛"]),
        ("今年想减10斤 before the summer.", ["减10斤"]),
        ("最近迷上了做手冲咖啡，每天早上都要来一杯", ["做手冲咖啡"]),
        ("三个月前戒烟了，现在闻到烟味就难受", ["烟味"]),
        ("我妈喜欢跳广场舞，我一点兴趣没有", []),
        ("能便宜点吗，我看隔壁才卖八十", []),
        ("昨天看了场球，两年多没去现场了", []),
    ],
)
def test_each_thing_is_named_by_whole_words_and_nothing_else_is(message: str, found: list[str]) -> None:
    assert [named for _, _, named in heard(message)] == found


@pytest.mark.parametrize("message", ["我女儿5岁, 对鸡蛋过敏", "女儿两岁，花生过敏", "我女儿三岁了"])
def test_the_age_of_a_child_and_their_allergy_are_the_childs(message: str) -> None:
    assert {whom(each.scope) for each in DETECTOR.detect(message)} == {"为女儿"}


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("在杭州做产品经理，平时加班多", "杭州做产品经理"),
        ("在北京当老师十年了", "北京当老师"),
        ("我在上海做外贸", "上海做外贸"),
    ],
)
def test_a_job_told_with_its_place_has_its_slot_and_is_named(message: str, subject: str) -> None:
    assert [(each.slot, each.subject) for each in DETECTOR.detect(message)] == [("job", subject)]
