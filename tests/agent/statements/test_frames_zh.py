"""A Chinese clause is read from one end to the other: whichever way it is put, its subject is whole and its polarity right."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()
SUBJECTS = ("恐怖片", "人山人海的景区", "不加糖的老酸奶", "没有配料表的零食")


def heard(message: str) -> list[tuple[str | None, str]]:
    """Polarity and subject of what the message states."""
    return [(each.polarity, each.subject) for each in DETECTOR.detect(message)]


def kinds(message: str) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize(
    "wording",
    [
        "我对{}情有独钟，想多了解一点",
        "我对{}没有抵抗力",
        "{}我真的爱",
        "{}对我有种说不出的吸引力",
        "我特别喜欢{}，毕竟解压",
        "{}让我很上瘾",
        "我最大的爱好是{}",
        "我无法抗拒{}",
        "{}怎么看都不腻",
        "{}带给我很多快乐",
        "我其实并不讨厌{}",
        "我不是不喜欢{}",
        "我是那种特别喜欢{}的人",
        "{}我看着就开心",
        "{}在我心里排第一",
        "一聊{}我就坐不住",
        "{}刻在我骨子里",
        "{}于我就是一种享受",
        "我对{}总是忍不住多看几眼",
        "我对{}向往已久",
        "{}，这就是我的快乐源泉",
        "能让我熬夜的，只有{}",
        "心心念念的还是{}",
        "{}太绝了，我毫无抵抗力",
        "平时最享受的事就是{}",
        "没什么爱好，就喜欢{}",
    ],
)
def test_what_is_liked_is_named_whole_without_the_reason(wording: str, subject: str) -> None:
    assert heard(wording.format(subject)) == [("like", subject)]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize(
    "wording",
    [
        "我对{}有强烈的反感",
        "{}不是我的菜",
        "{}我一点都不感冒",
        "{}我是真看不下去",
        "{}真的让我喜欢不起来",
        "我觉得{}很无聊",
        "我一看到{}就头大",
        "因为太累，我不太喜欢{}",
        "最让我头疼的是{}",
        "{}直接劝退我",
        "我对{}敬而远之",
        "我会刻意避开{}",
        "我一般会跳过{}",
        "一提到{}我就犯怵",
        "我享受不来{}",
        "{}打动不了我",
        "我不是那种会享受{}的人",
        "我跟{}天生犯冲",
        "{}是我的死对头",
        "{}什么的，打心底里反感",
        "{}我一般绕着走",
        "我不想跟{}沾边",
        "{}就别给我推荐了",
        "{}？饶了我吧",
        "{}对我来说跟坐牢一样",
        "我没法跟{}和平共处",
        "提起{}我头都大",
        "最怵{}",
        "别人都说好，{}我就是无感",
        "{}不在我的考虑范围之内",
        "要说最让我头疼的，还是{}",
        "我对{}一向避而远之",
        "我往往会避开{}",
        "能躲就躲的就是{}",
        "我早就跟{}说再见了",
        "{}我得躲着",
        "我一见{}就想走",
        "{}熏得我头疼",
        "{}我早看吐了",
        "说到{}我就一肚子火",
        "{}太折腾了，我最烦这个",
        "{}，看一次后悔一次",
    ],
)
def test_what_is_not_liked_is_never_heard_as_liked(wording: str, subject: str) -> None:
    assert heard(wording.format(subject)) == [("dislike", subject)]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("猫粮非得无谷不可，不然它就拉肚子", ("require", "无谷")),
        ("没有电梯的房子我一律不考虑", ("require", "电梯")),
        ("床垫不够硬我根本睡不着", ("require", "硬")),
        ("笔记软件不支持离线的话，对我来说等于没用", ("require", "支持离线")),
        ("我租房的前提是可以养猫", ("require", "可以养猫")),
        ("手机嘛，电池耐用对我是最重要的", ("require", "电池耐用")),
        ("能不开车我就不开", ("avoid", "开车")),
        ("我倾向于不参加要排名的比赛", ("avoid", "参加要排名的比赛")),
        ("我在社交软件上从不谈论政治", ("avoid", "谈论政治")),
        ("宁可多花点钱住市中心，也不想每天通勤", ("prefer", "多花点钱住市中心")),
        ("与其去景点打卡，我宁愿在街头随便走走", ("prefer", "在街头随便走走")),
        ("我喜欢文字沟通多过打电话", ("prefer", "文字沟通")),
        ("现场版比录音室版更打动我", ("prefer", "现场版")),
        ("如果要二选一，我肯定挑安卓不挑苹果", ("prefer", "安卓")),
        ("豆腐脑我站咸党", ("prefer", "咸党")),
        ("我总爱边做饭边听书", ("habit", "边做饭边听书")),
        ("遇到不懂的概念，我往往会先画导图", ("habit", "先画导图")),
        ("我有个老习惯，出差必带自己的枕头", ("habit", "出差必带自己的枕头")),
        ("我想把体脂降到百分之十八，帮我排个计划", ("goal", "把体脂降到百分之十八")),
        ("这段时间我在减少生活中的塑料垃圾", ("goal", "减少生活中的塑料垃圾")),
        ("我晕船晕得厉害，去海岛怎么办", ("fact", "晕船")),
        ("我的要求很简单，能按时发工资就行", ("require", "能按时发工资")),
        ("饮料要无糖，不然我不喝", ("require", "无糖")),
        ("说什么我也不借网贷", ("avoid", "借网贷")),
        ("月薪就五千，在杭州怎么存钱", ("fact", "月薪就五千")),
        ("我正在怀孕，能坐飞机吗", ("fact", "怀孕")),
        ("我要求其实不多，准时下班就行", ("require", "准时下班")),
        ("不带遥控的风扇我用不惯", ("require", "遥控")),
        ("骑车比挤地铁自在，我都选前者", ("prefer", "骑车")),
        ("写字楼和厂房比，我还是选后者", ("prefer", "厂房")),
        ("每天晨跑已经成了我的固定节目", ("habit", "每天晨跑")),
        ("抄佛经这件事，我坚持三年了", ("habit", "抄佛经")),
        ("做梦都想拥有一间自己的工作室", ("goal", "拥有一间自己的工作室")),
        ("我想把车库变成健身房，要花多少", ("goal", "把车库变成健身房")),
        ("新年愿望：学会一门手艺", ("goal", "学会一门手艺")),
        ("带亮片的裙子一律免谈", ("avoid", "带亮片的裙子")),
        ("我觉得手磨比机磨有味道多了", ("prefer", "手磨")),
        ("让我在猫和狗之间挑，那必然是猫", ("prefer", "猫")),
        ("书法我练了七年", ("habit", "书法")),
        ("一直有个念想，开一家面馆", ("goal", "开一家面馆")),
        ("窗户要双层的，楼下是马路", ("require", "双层")),
        ("我开货车，作息很乱", ("fact", "开货车")),
        ("窗帘非遮光不买", ("require", "遮光")),
        ("我背书得出声念才能记住", ("require", "出声念")),
        ("干敏肌，面霜怎么挑", ("fact", "干敏肌")),
        ("我吃饭老爱剩一口", ("habit", "剩一口")),
        ("五年没碰过扑克了，手都生了", ("avoid", "扑克")),
        ("我连止疼药都不敢吃", ("avoid", "止疼药")),
        ("没有午觉我下午就是废人", ("require", "午觉")),
        ("相比之下圆珠笔更适合我", ("prefer", "圆珠笔")),
        ("一到入秋我就把凉席收起来", ("habit", "把凉席收起来")),
        ("我跟自己说好了，半年内还清欠款", ("goal", "半年内还清欠款")),
        ("我有点结巴，电话里怎么开口", ("fact", "有点结巴")),
        ("我平时基本不化妆", ("avoid", "化妆")),
        ("酒店没有浴缸我是不会订的", ("require", "浴缸")),
        ("衣服不是亚麻的我一律不买", ("require", "亚麻")),
        ("租房，独立卫生间这一条没得商量", ("require", "独立卫生间")),
        ("采光不好的房子我不租", ("require", "采光")),
        ("我要的很简单，安静就行", ("require", "安静")),
        ("买车我就一条标准：省油", ("require", "省油")),
        ("我最在意的是老板有没有耐心听人说话", ("require", "老板有没有耐心听人说话")),
        ("我期望教练能多纠正动作", ("require", "教练能多纠正动作")),
        ("纸质书的手感比电子书更让我安心", ("prefer", "纸质书的手感")),
        ("我把徒步排在健身房前面", ("prefer", "徒步")),
        ("纸币和扫码，我还是信纸币", ("prefer", "纸币")),
        ("我听歌比较偏民谣", ("prefer", "民谣")),
        ("火车慢是慢点，可我还是选它", ("prefer", "火车")),
        ("每到周末，我就开车回老家看看", ("habit", "开车回老家看看")),
        ("睡前泡脚，这是我多年的规矩", ("habit", "睡前泡脚")),
        ("我一周游三次泳", ("habit", "一周游三次泳")),
        ("我有个毛病，紧张就抠手", ("habit", "紧张就抠手")),
        ("我是英语专业的", ("fact", "英语专业")),
        ("盼着明年能搬进新房", ("goal", "搬进新房")),
        ("有志于做乡村教师", ("goal", "做乡村教师")),
        ("还清房贷是我今年的头等大事", ("goal", "还清房贷")),
        ("给自己定了目标：每周跑三次步", ("goal", "每周跑三次步")),
        ("我想退休以后去云南养老", ("goal", "退休以后去云南养老")),
        ("自从心脏手术之后，走路都喘", ("fact", "心脏手术")),
        ("我们全家信佛", ("fact", "信佛")),
        ("怀孕五个月的我能坐飞机吗", ("fact", "怀孕五个月")),
        ("房东不让养宠物，养鱼行吗", ("fact", "房东不让养宠物")),
    ],
)
def test_needs_choices_habits_aims_and_facts_are_heard_as_what_they_are(
    message: str, expected: tuple[str, str]
) -> None:
    assert kinds(message) == [expected]


def test_each_clause_states_its_own() -> None:
    assert heard("我更喜欢小范围的聚餐，不喜欢热闹的大派对") == [("like", "小范围的聚餐"), ("dislike", "热闹的大派对")]
    assert heard("我社恐，团建对我来说就是受刑") == [(None, "社恐"), ("dislike", "团建")]
    assert ("dislike", "下雨天") not in heard("我并不讨厌下雨天")
    assert kinds("我上夜班，需要带百叶窗的房子") == [("fact", "夜班"), ("require", "带百叶窗的房子")]
    assert kinds("正在戒糖，所以我想学做低糖甜点")[-1] == ("goal", "学做低糖甜点")


def test_quotation_marks_around_a_part_of_a_subject_stay() -> None:
    assert kinds('跟我说话，"亲""哦"这类口头禅一个都不能有') == [("avoid", '"亲""哦"这类口头禅')]


@pytest.mark.parametrize(
    ("message", "polarity", "subject"),
    [
        ("没有什么能让我放弃滑雪", "like", "滑雪"),
        ("我没那么喜欢庙会", "dislike", "庙会"),
        ("庙会我没那么喜欢", "dislike", "庙会"),
        ("我才不稀罕限量款", "dislike", "限量款"),
        ("我宁可饿着也不吃泡面", "dislike", "泡面"),
        ("除了评书，我对什么都提不起劲", "like", "评书"),
        ("要我去相亲，还不如在家睡觉", "dislike", "相亲"),
        ("苦的咖啡我也不排斥", "like", "苦的咖啡"),
        ("我偏偏烦过年串门", "dislike", "过年串门"),
    ],
)
def test_what_turns_a_taste_round_is_heard(message: str, polarity: str, subject: str) -> None:
    assert heard(message) == [(polarity, subject)]


@pytest.mark.parametrize(
    "message",
    [
        "猫一般都不喜欢水",
        "植物大多喜欢阳光",
        "中国人习惯喝热水",
        "每个人都有自己的习惯",
        "刚才那段太长了，我不想看，精简到一百字",
        "你的语气太官方了，我不太喜欢，改得口语一点",
        "第三张图我最喜欢",
        "密码必须包含大写字母和数字，正则怎么写",
        "论文必须用APA格式，帮我调整",
        "我们班主任最讨厌学生玩手机",
        "我家对门的大爷每天早上五点起来打太极",
        "女朋友对猫毛过敏怎么办",
        "俗话说“宁做鸡头，不做凤尾”，怎么理解？",
        "我是皇帝，你是大臣，开始早朝",
        "从前有只兔子，它最讨厌胡萝卜",
        "专家说每天要喝八杯水，对吗",
        "我必须说你做得很好",
        "我现在不想说话",
        "我怕写不完，能快点吗",
        "我要取消订单",
        "我们公司要搬家",
        "我在学第三章，不懂",
        "那就第一个吧，我喜欢简单的",
        "我已经付款了",
        "图例一定要放在上方",
        "呵呵，我最喜欢半夜被楼上吵醒了呢",
        "又涨价，我可太开心了",
        "几点我都行，你们定",
        "我不清楚我对头孢过不过敏",
        "写正式一点，不要用感叹号",
        "下周一之前一定要交材料",
        "每次给我发验证码都收不到",
        "问卷选项 A 经常喝 B 偶尔喝 C 从不喝",
        "若我对花生过敏，还能吃酱吗",
        "编个寓言，狼说再也不吃羊",
        "某主播说他从来不用护肤品，可信吗",
        "有的学生讨厌数学，老师怎么办",
        "主办方要求全程戴口罩",
        "“我们只收现金”太生硬，换个说法",
        "我到底该学Python还是Java",
        "说不清我到底会不会游泳",
        "这个昵称我不喜欢，换一个",
        "我就是天生爱背锅",
        "一直提示网络错误，怎么办",
        "盼着快递早点到",
        "闲得发慌",
        "别让我再说一遍",
        "我把手机放在桌子上面",
        "我和同事住在酒店",
    ],
)
def test_others_drafts_rules_sayings_and_the_moment_state_nothing(message: str) -> None:
    assert kinds(message) == []


@pytest.mark.parametrize(
    ("message", "polarity", "subject"),
    [
        ("I really love 刀削面，尤其是晚上", "like", "刀削面"),
        ("I hate 加班，真的", "dislike", "加班"),
        ("我 prefer light mode", "prefer", "light mode"),
        ("我 sugar free 的", "require", "sugar free"),
        ("我 base 在苏州", "fact", "苏州"),
    ],
)
def test_english_verbs_between_chinese_words_say_what_chinese_ones_do(
    message: str, polarity: str, subject: str
) -> None:
    assert (polarity, subject) in [*heard(message), *kinds(message)]


@pytest.mark.parametrize(
    ("message", "kind", "subject"),
    [
        ("我会拉二胡", "fact", "拉二胡"),
        ("我不会用Photoshop", "fact", "不会用Photoshop"),
        ("开一辆长城皮卡", "fact", "一辆长城皮卡"),
        ("买相机预算八千以内", "fact", "八千以内"),
        ("我换工作了，现在在水厂上班", "fact", "水厂"),
        ("我在一家报社实习", "fact", "一家报社"),
        ("我有多动症", "fact", "多动症"),
        ("我不敢一个人住酒店", "avoid", "一个人住酒店"),
        ("跟我聊天别讲大道理", "avoid", "讲大道理"),
        ("我信佛，不杀生", "avoid", "杀生"),
        ("没事儿就去湖边喂鸭子", "habit", "湖边喂鸭子"),
        ("我希望你讲题的时候多画图", "require", "多画图"),
        ("有柴犬的地方我就走不动道", "like", "柴犬"),
        ("坐过山车我都会心慌", "dislike", "坐过山车"),
        ("我偏偏对选秀提不起劲", "dislike", "选秀"),
        ("臭豆腐这东西别人嫌臭我偏偏爱得不行", "like", "臭豆腐"),
        ("我住在泉州，养了两只兔子", "fact", "两只兔子"),
        ("给我推荐民宿的话，要能做饭的", "require", "能做饭的"),
        ("请记住代码都要加类型注解", "require", "类型注解"),
    ],
)
def test_what_people_can_do_spend_dare_and_ask_of_an_assistant_is_heard_whole(
    message: str, kind: str, subject: str
) -> None:
    assert (kind, subject) in kinds(message)


def test_two_animals_counted_with_a_measure_word_are_not_strict() -> None:
    assert [each.strict for each in DETECTOR.detect("我养了两只兔子")] == [False]


@pytest.mark.parametrize(
    "message",
    [
        "我得先走一步",
        "我最近好忙",
        "我会考虑的",
        "我最近又胖了",
        "我怕写错",
        "我怕我说错话",
        "我住的酒店没热水",
        "《我爱我家》谁演的",
        "我每天都收到垃圾短信",
        "我用Excel打开是乱码",
        "<p>我喜欢旅行</p>",
    ],
)
def test_moods_promises_titles_and_worries_state_nothing(message: str) -> None:
    assert kinds(message) == []


def test_not_living_somewhere_any_more_ends_a_fact_and_is_no_dislike() -> None:
    found = DETECTOR.detect("我不住在泉州了")
    assert [(each.kind, each.polarity, each.subject, each.retracts) for each in found] == [("fact", None, "泉州", True)]


@pytest.mark.parametrize(
    ("message", "polarity", "subject"),
    [
        ("灰蒙蒙的雾霾天，我浑身不自在", "dislike", "灰蒙蒙的雾霾天"),
        ("我宁可饿着，也不想吃飞机餐", "dislike", "飞机餐"),
        ("有人觉得恶搞视频好笑，我只觉得恶心", "dislike", "恶搞视频"),
        ("原本对园艺没感觉，后来越种越上瘾", "like", "园艺"),
        ("我早先抽旱烟，如今闻都不闻", "dislike", "旱烟"),
        ("我听得最多的是南音", "like", "南音"),
        ("我对网红墙早就厌了", "dislike", "网红墙"),
    ],
)
def test_a_thing_named_in_another_clause_is_the_subject_of_what_is_felt(
    message: str, polarity: str, subject: str
) -> None:
    assert heard(message) == [(polarity, subject)]


def test_what_one_answer_is_praised_for_is_no_taste() -> None:
    assert kinds("速度真快，我喜欢") == []


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("音乐太吵的餐厅我不太想去", ("dislike", "音乐太吵的餐厅")),
        ("好的跳蚤市场我根本走不动道", ("like", "好的跳蚤市场")),
        ("超级英雄续集我已经看够了", ("dislike", "超级英雄续集")),
        ("鞋不许穿进我们家", ("avoid", "鞋")),
        ("我一月份把酒戒了", ("avoid", "酒")),
    ],
)
def test_what_stands_in_front_of_its_writer_or_verb_is_the_whole_subject(
    message: str, statement: tuple[str, str]
) -> None:
    assert [(each.kind, each.subject) for each in DETECTOR.detect(message)] == [statement]


@pytest.mark.parametrize(
    ("message", "stated"),
    [
        ("我对 shellfish 过敏，很严重", [("avoid", "shellfish")]),
        ("我对 shellfish 过敏 severe的那种", [("avoid", "shellfish")]),
        ("我不吃 beef 和 pork", [("avoid", "beef 和 pork")]),
    ],
)
def test_a_space_beside_a_foreign_word_ends_no_phrase(message: str, stated: list[tuple[str, str]]) -> None:
    assert kinds(message) == stated
