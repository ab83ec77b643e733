"""Chinese clauses are heard by their grammar, whichever verb they have: a topic, a negation or complement, and nobody named."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


def heard(message: str) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "kind", "subject"),
    [
        ("热门景点不怎么去", "avoid", "热门景点"),
        ("柑橘类不太能吃", "avoid", "柑橘类"),
        ("直播带货不怎么看", "avoid", "直播带货"),
        ("太晚的局熬不动了", "avoid", "太晚的局"),
        ("连无糖可乐都不敢喝", "avoid", "无糖可乐"),
        ("连榴莲味的糖都受不了", "dislike", "榴莲味的糖"),
        ("长篇小说看不下去", "dislike", "长篇小说"),
        ("硬板床睡不惯", "dislike", "硬板床"),
        ("古装剧看烦了", "dislike", "古装剧"),
        ("酒店早餐吃吐了", "dislike", "酒店早餐"),
        ("楼上装修吵得我受不了", "dislike", "楼上装修"),
        ("疯狂迷恋复古相机", "like", "复古相机"),
        ("除了散步我几乎不锻炼", "like", "散步"),
        ("还是慢跑适合我", "like", "慢跑"),
        ("真心觉得高铁比飞机省心", "prefer", "高铁"),
        ("鞋子不考虑细跟的", "avoid", "细跟"),
        ("夏天不敢穿太紧的裤子", "avoid", "太紧的裤子"),
        ("早上不太能喝冷牛奶", "avoid", "冷牛奶"),
        ("出门从来不带充电宝", "avoid", "带充电宝"),
        ("很少看电视剧", "avoid", "电视剧"),
        ("网红店再火我都不去", "avoid", "网红店"),
        ("老电影倒是能看一下午", "like", "老电影"),
        ("更喜欢沿着河边慢慢走", "prefer", "沿着河边慢慢走"),
        ("写字得用左手的剪刀", "require", "左手的剪刀"),
        ("平时骑共享单车通勤", "habit", "骑共享单车通勤"),
        ("出行全靠公交", "habit", "公交"),
        ("一到春天我哮喘就犯", "fact", "哮喘"),
        ("早八人 每天靠浓茶续命", "habit", "靠浓茶续命"),
        ("牛奶只喝脱脂的", "require", "脱脂的"),
        ("理财只敢买货币基金", "require", "货币基金"),
        ("弹了六年钢琴", "habit", "钢琴"),
        ("瑜伽练了快四年了", "habit", "瑜伽"),
        ("上班全靠咖啡吊着", "habit", "咖啡"),
        ("新闻都是在手机上看", "habit", "手机上看"),
        ("胃一直不太行", "fact", "胃一直不太行"),
        ("作为一个e人，我最爱热闹", "fact", "e人"),
    ],
)
def test_a_clause_without_a_writer_is_heard_by_its_grammar(message: str, kind: str, subject: str) -> None:
    assert (kind, subject) in heard(message)


@pytest.mark.parametrize(
    ("message", "kind", "subject"),
    [
        ("羊毛衫穿着浑身痒", "dislike", "羊毛衫"),
        ("短视频刷久了头晕", "dislike", "短视频"),
        ("文言文看两页就困", "dislike", "文言文"),
        ("跳绳十分钟就喘", "dislike", "跳绳"),
        ("跑步机买来吃灰", "dislike", "跑步机"),
        ("染发太伤头皮", "avoid", "染发"),
        ("烈性犬见了绕着走", "avoid", "烈性犬"),
        ("草莓养不活", "avoid", "草莓"),
        ("隐形眼镜戴不住", "avoid", "隐形眼镜"),
        ("大件行李放不下", "avoid", "大件行李"),
        ("盲盒一个都没买过", "avoid", "盲盒"),
        ("所以没考虑电动车", "avoid", "电动车"),
        ("谍战剧看得很少", "avoid", "谍战剧"),
        ("羽毛球先停了", "avoid", "羽毛球"),
        ("我什么都吃，香菜除外", "avoid", "香菜"),
        ("图书馆能待一整天", "like", "图书馆"),
        ("红楼梦读了五遍", "like", "红楼梦"),
        ("拿辣酱当饭吃", "like", "辣酱"),
        ("推理迷一枚", "like", "推理迷"),
        ("主要听播客", "habit", "听播客"),
        ("早餐不能少", "require", "早餐"),
        ("电子书更省事", "prefer", "电子书"),
        ("你不知道我有多怕蛇", "dislike", "蛇"),
        ("我血压高，医生让少吃动物内脏", "avoid", "动物内脏"),
        ("大夫嘱咐多喝水", "require", "多喝水"),
    ],
)
def test_what_comes_of_a_thing_says_what_its_writer_thinks_of_it(message: str, kind: str, subject: str) -> None:
    assert (kind, subject) in heard(message)


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("膝盖不好，现在都改游泳了", ["膝盖不好", "游泳"]),
        ("我心脏不太好，刺激的项目都不玩", ["心脏不太好", "刺激的项目"]),
        ("辣的吃不了，甜的又嫌腻", ["辣", "甜"]),
        ("不怕贵，就怕坏", ["坏"]),
        ("肠胃不太行，生冷的东西不太能吃", ["肠胃不太行", "生冷的东西"]),
    ],
)
def test_a_clause_beside_a_statement_is_about_the_same_writer(message: str, found: list[str]) -> None:
    assert [subject for _, subject in heard(message)] == found


@pytest.mark.parametrize(
    "message",
    [
        "那年冬天特别冷，父亲舍不得烧煤，我们都缩在被子里",
        "将军从不骑马，只坐轿子",
        "都说四川人能吃辣，我就不行",
        "儿子学校不让带手机，每天住校",
        "让我看看",
        "运营嫌标题太长",
        "某用户评论每天都喝奶茶，一天不喝难受",
        "昨晚梦到自己在飞，特别怕掉下来",
        "我做了个噩梦，特别怕蛇",
    ],
)
def test_what_others_do_or_a_dream_tells_states_nothing(message: str) -> None:
    assert heard(message) == []


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("昨晚梦到好多蛇，其实我特别怕蛇", ["蛇"]),
        ("做梦都想拥有一间书房", ["拥有一间书房"]),
        ("住在老小区太吵", ["老小区"]),
        ("香菜这东西我真接受不了", ["香菜"]),
        ("我不在国企上班", ["不在国企上班"]),
        ("我又不是素食者", ["不是素食者"]),
        ("我没有孩子", ["没有孩子"]),
        ("海鲜也得忌", ["海鲜"]),
        ("羽绒服我嫌笨重", ["羽绒服"]),
        ("粗布的一穿就起疹子", ["粗布"]),
    ],
)
def test_a_subject_has_all_of_its_words_and_its_denial(message: str, found: list[str]) -> None:
    assert [subject for _, subject in heard(message)] == found


def test_a_former_home_is_a_fact_and_no_liking() -> None:
    assert [(each.kind, each.polarity, each.subject) for each in DETECTOR.detect("以前住上海")] == [
        ("fact", None, "上海")
    ]


def test_a_clause_is_surer_beside_a_statement_than_alone() -> None:
    alone = DETECTOR.detect("小字看着费劲")[-1]
    beside = DETECTOR.detect("我左撇子，小字看着费劲")[-1]
    assert alone.subject == beside.subject == "小字"
    assert alone.confidence < beside.confidence


@pytest.mark.parametrize(
    "message",
    [
        "视频看不了，一直转圈",
        "菜谱一个都没看懂",
        "这个文件打不开，试了好几遍",
        "作业写不完了，救命",
        "时间不太够，简单说就行",
        "老同学结婚我去不了，随礼多少合适",
        "画一只戴着围巾的柴犬",
        "沙发被抓得稀烂",
        "新来的实习生只吃全麦面包",
        "今天不敢出门，外面下冰雹",
        "客户从不接电话",
        "文件得用管理员打开",
        "餐厅只收现金",
        "表格只显示前十行",
        "弹了半天没声音",
        "这台电脑用了五年了，要换吗",
        "成绩不太行，怎么办",
        "作为一名产品经理，写一份需求文档",
        "这句话看烦了",
        "我觉得那版比这版好看",
        "书包太沉背不动",
        "爬到一半爬不动了",
        "会议室订不了",
        "衣服洗不了，没水",
        "孩子哭得我心烦",
        "发票只能开普票",
        "总觉得别人比自己好",
        "除了上班不出门",
        "写了两个月论文",
        "开了三年的车，刹车坏了",
        "坐几路车去公司",
        "打车去公司，迟到了",
        "书全是盗版",
        "周末都被占用了",
        "袜子不嫌多",
        "房子嫌小换了",
        "连狗都嫌",
        "连饭都吃不上",
        "连作业都不会写",
        "作为一名用户，请给这个产品写一条评论",
        "住一楼潮不潮",
        "水果我不挑",
        "倒也不是不能吃辣",
        "这段代码跑两次就崩",
        "周二我来不了",
        "一个都没收到",
        "方案二更方便",
        "文件传了三遍",
        "会议开了一整天",
        "把小数换成百分数",
        "医生让我明天空腹抽血",
        "票一张都没抢到",
        "A组更快",
        "你知道我多倒霉吗",
    ],
)
def test_what_is_out_of_order_or_of_somebody_else_or_worked_on_states_nothing(message: str) -> None:
    assert heard(message) == []


def test_a_clause_of_one_word_repeated_is_read_at_once() -> None:
    assert heard(f"{'饭' * 40}都我") == []


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("以前喜欢香菜，现在闻都不想闻", []),
        ("我在学中文，已经学了两年了。", ["学中文"]),
        ("以前讨厌香菜，现在挺喜欢的", []),
    ],
)
def test_a_bare_verb_or_particle_is_no_subject(message: str, subjects: list[str]) -> None:
    assert [subject for _, subject in heard(message) if subject != "香菜"] == subjects
