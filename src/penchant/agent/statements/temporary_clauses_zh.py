"""Chinese first-person clauses that hold only for the moment or state nothing: data for `temporary_clauses`."""

from penchant.agent.statements.wordings import TemporaryClause, TemporaryClauses, joined
from penchant.characters import HAN

#: The rest of a sentence, up to a taste of its writer that is not about the answer at hand: 「你写的不错，但我一直不喜欢感叹号」.
_UP_TO_LASTING = (
    r"(?:[^。！？!?，,]|[，,](?!(?:(?:但是?|只是|不过|可是?)(?:其实)?我?|我(?:就|一直|一向|向来|平时|个人|其实|本来|从小|这人))(?:是|就|都|真的?|比较|最|特别|很|挺|一直|一向|向来|平时|从小|个人|本来|实在)*(?:不(?:太|怎么|大|是很)?)?(?:喜欢|爱|讨厌|烦|怕|受不了)"
    r"(?!你|那|它|上面|下面|这(?!种)|这种$|[^，。]{0,6}?(?:结尾|开头|标题|语气|段|版|颜色|配色|风格|文风|最后|句|第|方案|名字))[^，。！？!?]{2,}))*+"
)
#: At the start of a sentence.
AT_START: tuple[TemporaryClause, ...] = (
    TemporaryClause(
        "a claim in the writer's text",
        "我在作文里说人们更爱舒适",
        r"我(?:在)?[^，。]{0,6}(?:作文|论文|文章|小说|邮件|帖子|简历|演讲)(?:稿)?里?(?:说|写|提到|认为|主张)",
    ),
    TemporaryClause(
        "the writer's current place, and whom they brought along",
        "我带猫在兽医这儿",
        r"我[^，。]{0,6}在[^，。]{1,8}?(?:这儿|这里|那儿|那里|门口)(?=$|[，。！？])",
    ),
    TemporaryClause(
        "a comparison of two things",
        "我觉得狗比猫聪明",
        r"我觉得[^，。]{1,8}比[^，。]{1,8}?更?(?:聪明|厉害|难|贵|快|强|高|大|健康|危险|安全|重要|便宜|复杂|先进|简单)",
    ),
    TemporaryClause(
        "a polite wish",
        "希望有帮助",
        r"希望(?:能|可以|会|这|对[^，。]{1,4})*(?:有|带来)?(?:所)?(?:帮助|帮到|用处)|希望(?:你|您|大家|一切)",
    ),
    TemporaryClause(
        "a wish to know something", "我想弄懂黑洞", r"我想(?:要)?(?:弄懂|搞懂|弄明白|搞明白|搞清楚|弄清楚|理解|看懂)"
    ),
    TemporaryClause(
        "a confusion of two words",
        "我总是忘，是的还是得",
        r"我?(?:总是?|老是?)(?:会)?(?:忘(?!带)|搞混|记混|弄错|搞错|记错|分不清|搞不清)",
    ),
    TemporaryClause("a decision for this time", "那我坐高铁吧", r"那我?(?:就|还是)?[^，。！？]{1,10}吧[。！]?$"),
    TemporaryClause(
        "the form of the answer",
        "回答用短句",
        r"(?:请|麻烦)?(?:用[^，。我]{1,8})?(?:回答|回复|输出|语气|字数|篇幅)(?![^。]*(?:以后|都|一律|每次|总是|永远|一直|我))",
    ),
    TemporaryClause(
        "a role for the assistant", "做我的西班牙语老师", r"(?:来|请|你)?(?:做|当|扮|演)(?:一下|一回)?我的"
    ),
    TemporaryClause("an action for somebody else", "我在给朋友挑礼物", r"我正?在给(?![^，。]{1,10}[攒存]钱)"),
    TemporaryClause("an assumption", "可能我对猫过敏，怎么检查", r"(?:也许|可能|说不定|没准儿?|或许)[^，。！？]*"),
    TemporaryClause(
        "a task at work", "我给客户报价", r"我(?:在|正在|已经)?(?:给|跟|向)(?:客户|甲方|领导|老板|老师|同事|供应商)"
    ),
    TemporaryClause(
        "an immediate action",
        "我得先走一步",
        r"我?(?:得|要)?(?:先|赶紧|赶快)(?:走|撤|睡|忙|下|回|溜|闪|去忙)|我?(?:得|要)(?:走|撤|睡|下|溜|闪|忙)了",
    ),
    TemporaryClause(
        "a change in the writer's looks", "我最近胖了", r"我?(?:最近|好像|又)+(?:变)?(?:胖|瘦|老|黑|白|憔悴|圆)了"
    ),
    TemporaryClause(
        "a promise",
        "我会考虑的",
        r"我会(?:好好|再|认真|尽量|尽快|继续)?(?:考虑|努力|注意|加油|准时|尽快|小心|保密|等|来|去|改(?![吃喝用穿坐骑]))(?![^，。]{3})",
    ),
    TemporaryClause(
        "a mood",
        "我最近好忙",
        r"我?(?:最近|这阵子|这两天|这几天|今天|现在)?(?:真的|感觉)?(?:好|太|很|超|有点儿?|快)(?:忙|累|困|烦|丧|难过|开心|无聊|emo|焦虑|饿|渴|冷|热|紧张|激动|崩溃|疯)(?:了|啊|呀|哦|死了?|得要死)*(?=[。！]?$|[，,](?!(?:就|只|都|也|真的|现在|所以)*[不想要别只]))",
    ),
    TemporaryClause(
        "an action of this week", "我这周加班", r"我(?:这周|本周|这次|这回|这两天)(?!在?(?:开始|戒|减|备考|学))"
    ),
    TemporaryClause(
        "a plan for one day",
        "打算周末去看电影",
        r"我?(?:打算|准备|计划|想)(?:这|下)?个?(?:周末|周[一二三四五六日天]|中午|下午|晚上)(?!都)",
    ),
    TemporaryClause(
        "what is not refused", "倒也不是不能吃辣", r"(?:我|倒|也|又|其实|并|都)*不是不(?:能|可以|会|吃|喝)[^，。]{0,8}$"
    ),
    TemporaryClause(
        "whatever there is", "水果我不挑", r"[^，。我]{1,8}我(?:都|也|倒|基本上?)*不(?:挑|讲究|计较)(?:的)?$"
    ),
    TemporaryClause("what the writer does next", "让我看看", r"让我(?:先|再|来)?(?:看|想|试|查|问|改|修)[^，。]{0,2}$"),
    TemporaryClause("a joke", "我开玩笑的", r"我(?:只是)?(?:在)?开玩笑"),
    TemporaryClause("a guess", "我觉得是周二", r"我觉得是"),
    TemporaryClause(
        "a search: two words and no verb",
        "素食 餐厅",
        rf"(?!.*我)[{HAN}]{{1,8}}\s(?![不别没只从爱喜])(?![{HAN}]*(?:只|都|从来|每天|每晚|天天|一直|靠|真的|受不了|戒))[{HAN}]{{1,8}}$",
    ),
    TemporaryClause("the choice of an option", "我选第二个", r"我选(?:第)?[一二三四五六\dA-Da-d](?:个|号)?$"),
    TemporaryClause("an order", "我点了外卖", r"我[点选订]了"),
    TemporaryClause("a past purchase", "我最后买了蓝色的", r"我(?:最后|后来|上次)(?:买|选)了"),
    TemporaryClause("the writer's organisation", "我是财务部的小李", rf"我是[^，。]{{1,8}}的[小老][{HAN}]$"),
    TemporaryClause(
        "the writer's current place and activity",
        "我在机场",
        r"我(?:正|现在|还|已经|都)?在(?:开车|走路|吃饭|睡觉|洗澡|开会|上课|排队|路上|外面|公司|机场|车站|超市|医院|地铁|公交|高铁|火车|飞机)(?!里?(?:工作|上班|上[夜早晚]班|值|实习|当|做))",
    ),
    TemporaryClause(
        "the writer's current place, with a question",
        "我在柏林，晚上有什么吃的",
        r"我在(?![^，。]{1,8}(?:工作|上班|上学|读书|生活|定居|长大|上[夜早晚]班|三班倒|住了|待了|当[^，。]{1,6}|带娃|带孩子|打工|实习|读[研博书]|留学|开[店厂]|做生意|养老|坐月子|养病)[^，。]{0,5}[，,])(?!减|吃|喝|戒|控|备|练|学(?!校)|健|养|忌|怀|坐|服|治|化|断|节|增|塑|自|尝|坚|打|做|找|用|读|写|看|存|攒|准|努|尝)[^，。]{1,10}[，,](?:现在|附近|这边"
        r"|这里)?[^。]{0,10}(?:什么|哪|吗|怎么|多久|几|多少)",
    ),
    TemporaryClause(
        "a failure",
        "我登不上去",
        r"[^，。我]{0,6}?我?(?:老是?|总是?|又)?(?:(?:记|想|找|登|打|连|搜|收|加载|点)不(?:住|起来?|到|上|开|进去?|出来?)|[看听]不(?:到|见))",
    ),
    TemporaryClause("a short illness", "我感冒了", r"我[^，。]{0,5}(?:病|感冒|发烧|中暑|扭伤|摔)了"),
    TemporaryClause(
        "a request for service",
        "我想退货",
        r"我想(?:把(?![^，。]{1,14}(?:戒|减|练|学|治|改掉|养|降|提|控制|装修|改造|打造|瘦|攒|存|读完|写完|考|补|调理|变))|卖|退(?!休|伍|役)|取消|改(?!变|行|善|掉|吃|喝|用|成)|订|预[订约]|寄|查|问|咨询|投诉|申请|看看|知道)",
    ),
    TemporaryClause("an immediate intention", "我要退款", r"我要(?:去|退|投|写|做|请|给|买|订|改|一)"),
    TemporaryClause(
        "an action of today", "我今天吃了火锅", r"我?(?:今天|早上|中午|晚上|上午|下午|昨晚)(?:[吃喝看买去走跑穿]|做)了"
    ),
    TemporaryClause(
        "an action done just now or today",
        "我刚看完这本书",
        r"我(?:刚|刚才|刚刚|今天|昨天|昨晚|明天)(?!拿|满|过[一二三四五六七八九\d]|入坑|升|当上|转行|考上|工作(?!完)|入职|辞职|离职|上(?:班|大学|高中|初中|小学)|成为|学会|生|失|搬|确诊|怀|结婚|离婚|退休|毕业|[做动][^，。]{0,8}手术)",
    ),
    TemporaryClause(
        "an opinion of an offer",
        "第二个不错",
        r"第[一二三四五\d][个家款本部][^，。]{0,4}(?:听起来|看起来|不错|很好|可以|不行|不合适|不适合)",
    ),
    TemporaryClause(
        "the writer's temporary place",
        "我人在罗马",
        r"(?:我|我们)(?:人在|(?:现在|目前|正|正好|今天|这周|这几天)?在(?!为|给|准备|计划|学|想|攒)[^，。！？]{1,8}?(?:待到|呆到|出差|旅游|旅行|转机|玩几天|玩[一两二三四五六七\d]天|待[一两二三四五六七\d]天))",
    ),
    TemporaryClause(
        "the form of one answer", "只回答是或不是", r"只(?:回答|列|改|输出|写|翻译|说)(?!.*(?:以后|每次|总是|都))"
    ),
    TemporaryClause(
        "a refusal in a shop",
        "不用袋子，谢谢",
        r"(?:不用|不要|别)(?!再)[^，。我]{1,6}[，,]?\s*谢谢|[^，。我]{1,6}(?:不用|不要|不需要|免)了[，,。]?(?:谢谢)?$",
    ),
    TemporaryClause(
        "a current task",
        "我在辅导儿子做题",
        r"我(?:正|现在|还)?在(?:帮|陪|辅导|等|查|筹备|组织|安排|张罗|整理|弄|修|改(?!变|善|掉)|排队?|订|挑)",
    ),
    TemporaryClause(
        "an opinion of one occasion",
        "汤我尝了，是凉的",
        r"[^，。我]{1,8}我(?:尝|试|吃|喝|看|听|用|穿)(?:过)?了(?!就|都|直|\d|[一二三四五六七八九十几好多]+年|[^，。]{0,5}(?:十|百|无数|好几)[^，。]{0,3}[遍回次])",
    ),
    TemporaryClause(
        "a plan for one day",
        "我周日回奥斯陆",
        r"我(?:今天|明天|后天|今晚|[下这本]?周[一二三四五六日末]|[一二三四五六七八九十\d]+[点号])(?!都|就会|一般|通常|总)(?:回|去|到|飞|走|出发|来|有)",
    ),
    TemporaryClause(
        "the form of one text",
        "开头别用套话",
        r"(?:开头|结尾|标题|正文|摘要|文中|这段|这篇|回答里|邮件里|第[一二三四五\d]+[段章页])[^，。]{0,4}(?:别|不要|避免|改|删|加|用)",
    ),
    TemporaryClause(
        "an opinion of the present thing",
        "对我来说太贵了",
        r"(?:[这那]个?|它)?对我(?:来说)?(?:有点|太|还是)[^，。]{1,4}了?$",
    ),
    TemporaryClause("a search", "不用烤箱的备餐", r"不(?:用|含|带|要|掉)[^，。我]{1,8}的[^，。我]{1,6}$"),
    TemporaryClause(
        "an action that the assistant need not do", "不用道歉", r"不用(?:道歉|谢|客气|解释|管|急|担心|回复|重复)"
    ),
    TemporaryClause(
        "an acquaintance of the writer",
        "我认识一个只吃水果的人",
        r"我(?:认识|有|见过|遇到过?|碰到过?)(?:一?[个位])[^，。]{1,14}的(?:人|朋友|男人|女人|同学|同事|老人|孩子)",
    ),
)
#: Remarks about what was said or made in the conversation.
OF_THE_CONVERSATION: tuple[TemporaryClause, ...] = (
    TemporaryClause(
        "an opinion of the assistant's tone",
        "你的语气太官方了，我不喜欢",
        r"(?:你|您)(?:的)?(?:语气|口吻|回答|回复|答案|思路|文风|说话|说法|解释|建议|翻译|写法|表达|措辞|语言|结论)(?!前|之前|时|的时候|我)[^。！？!?]*",
    ),
    TemporaryClause(
        "an opinion of the assistant's suggestion",
        "你推荐的那家店我不喜欢",
        r"你(?:刚才?|刚刚|上面|之前|前面|这次|上次|一共)?(?:推荐|给|写|列|说|讲|画|生成|做|提供|发|起|编|翻译)(?:的|出的|过的|得|我的)"
        + _UP_TO_LASTING,
    ),
    TemporaryClause(
        "an opinion of a draft",
        "刚才那段太长了，我不想看",
        r"第[一二三四五六七八九十\d]+[张个款种首段章版句页条份][^。！？!?]*|(?:刚才|刚刚|上面|前面)的[^。！？!?]*|(?:刚才|刚刚|上面|前面|之前)?(?:的)?(?:[这那上前]一?(?:段(?!时间|日子|路|经历)|版|篇|句|稿)|[这那上][一个]?(?:个)?(?:标题|方案|回答|答案|版本|开头|结尾|配色|回复|设计|封面|排版|翻译|总结|名字|昵称|文案))[^。！？!?]*",
    ),
    TemporaryClause(
        "a change to a draft",
        "改短一点，避免被动语态",
        r"(?:改|写|缩|压|调)(?:短|长|简洁?|正式|口语|委婉|活泼|柔和)(?:一点|点|一些|些)[^。！？!?]*",
    ),
    TemporaryClause(
        "an announcement of the writer's own words", "我必须说你做得很好", r"我?(?:必须|不得不|只能)(?:说|承认)"
    ),
    TemporaryClause(
        "the reason for the choice of an offer", "那就第一个吧，我喜欢简单的", r"那就[^，。]{1,8}吧[，,][^。！？!?]*"
    ),
    TemporaryClause(
        "a step of an order",
        "我已经付款了",
        r"我(?:已经|都)?(?:付款|下单|付钱|退货|签收|注册|登录|提交|预约|预订|充值|取消)了",
    ),
    TemporaryClause(
        "a shown thing that the writer cannot do",
        "这道菜我不会做",
        r"[这那][道个种题件][^，。]{0,6}我(?:还)?(?:不会|不懂|做不)[^，。]*",
    ),
    TemporaryClause(
        "a delivery", "我收到的东西不对", r"我(?:收到|买到|拿到)的[^，。]{0,8}?(?:不对|坏|破|错|少|漏|碎)[^，。]*"
    ),
    TemporaryClause("time to think", "我再想想", r"(?:先别[^，。]{1,6}[，,])?我(?:再|先)(?:想|看|试|考虑|琢磨|研究)"),
    TemporaryClause(
        "an instruction for one answer",
        "别给我看代码，直接说结论",
        r"别(?:给我)?[^，。]{1,8}[，,]直接(?:说|给|讲|写|告诉|上)[^。！？!?]*",
    ),
    TemporaryClause(
        "a requirement of a rule or a program",
        "密码必须包含大写字母",
        r"每[段句章页行列][^，。我]{0,8}?(?:必须|一定要|要|不能)[^，。]*|(?:这个?|每个?|所有的?)?(?:表名|图例|按钮|图表|字体|字号|列表|页面|链接|标签|缩进|间距|排版|模板|封面|配图|[Ll][Oo][Gg][Oo]|海报|幻灯片|[Pp]{2}[Tt]|日志|主键|索引|密钥|验证码|昵称|头像|域名|端口|路径|类名|方法名|变量名|版本号|日期|金额|编号|序号|手机号码?|身份证号?|段落|句子|密码|用户名|文件名|参数|接口|返回值|字段|论文|作文|文件|变量|函数|格式|数组|字符串|标题|摘要|正文|系统|程序|表单|邮箱|账号|图片|代码|注释|项目|合同|签证|护照|学生|员工|公司|学校|法律|规定|客户|老板|老师|甲方|考生|司机|乘客|简历|报告|文档|数据|请求|输入|输出|结果|答案)[^，。我]{0,8}?(?:必须|一定要|务必|不能|不得|要求|只能|应该|需要)[^，。]*",
    ),
    TemporaryClause(
        "a current pain",
        "我现在头疼得厉害",
        r"我?(?:现在|今天|这两天|这会儿|昨晚|刚才)[^，。]{0,4}(?:疼|痛|难受|不舒服|头晕|恶心|想吐|困|累|饿|渴|烦(?=$|[啊呀死，])|紧张|酸)[^，。]*",
    ),
    TemporaryClause("a current disinclination", "我现在不想说话", r"我?现在(?:真的|就|只|也|好|有点)?不想"),
)
#: Anywhere in a sentence.
ANYWHERE: tuple[TemporaryClause, ...] = (
    TemporaryClause("a later reminder", "明早六点叫我", r"提醒我|[点半刻钟]叫我"),
    TemporaryClause(
        "something that cannot be used",
        "优惠码用不了",
        r"(?:优惠[码券]|链接|账号|密码|验证码|功能|按钮|会员|积分)[^，。]{0,4}?(?:用|打|点|登|领)不(?:了|开|上)",
    ),
    TemporaryClause(
        "a deadline",
        "下周三之前一定要交稿",
        r"(?:今天|明天|后天|今晚|[下这本]?周[一二三四五六日末天]|[下这]个?月|\d+[号点])(?:之?前|下班前|以前)(?:一定|必须)?(?:要|得|必须|交|给)",
    ),
    TemporaryClause(
        "an open detail of an appointment",
        "时间我都行，你定吧",
        r"(?:时间|地点|座位|几点|日期|周几|哪天|尺码|数量)[^，。]{0,4}?我?(?:都行|都可以|无所谓|随便|都好|随意)",
    ),
    TemporaryClause("a search for a lost or needed thing", "我在找我的订单确认", r"我在找我的"),
    TemporaryClause("a question about a plan", "下雨的周日我们能干嘛", r"(?:能|可以|该)?干(?:嘛|啥|点啥)$"),
    TemporaryClause(
        "the wanted part of a text",
        "我只要最后一页",
        r"我?只要(?:第|最后一|前[一二三四五\d几]|后[一二三四五\d几])[^，。]*",
    ),
    TemporaryClause(
        "trouble with a program",
        "我老是被登出",
        r"(?:^|我|[，,])[^，。！？]{0,10}?(?:报错|报[^，。]{0,4}权限|权限不足|被(?:强制)?(?:登出|踢出|下线)|闪退|看到?转圈|转圈[^，。]{0,4}没|白屏|卡死|加载不出|(?:^|[^，。]{1,10}?)乱码(?!我)|老是掉线|连接超时)",
    ),
    TemporaryClause(
        "a failure in the kitchen", "我啥都烧糊", r"(?:啥|什么)都(?:能)?(?:烧|做|煮|弄|炒)(?:糊|坏|砸|焦|不好|咸)"
    ),
    TemporaryClause(
        "a complaint about a program",
        "最烦excel自动变日期了，怎么关",
        r"(?:烦|讨厌|受不了|恨)[^，。]{0,3}(?:[A-Za-z]{2,}|电脑|手机|系统|软件|网页|程序)[^，。]{0,12}[，,](?:怎么|如何|能不能)",
    ),
    TemporaryClause(
        "an exchange for another size", "我买的M码，想换L码", r"想换(?:成|个|到)?[^，。]{0,5}[码号]|想换货"
    ),
    TemporaryClause(
        "a task with a file",
        "有一个表，想转成图",
        r"想(?:要)?(?:用\s*[A-Za-z]|画成|转成|转换|导出|做成(?![^，。]{0,6}生意)|改成|合并|拆分|压缩|把[^，。]{0,10}?(?:字数|视频|图片|文件|表格|代码|作文|文章|照片|格式|简历|论文|段落|音频|数据))",
    ),
    TemporaryClause(
        "a thing that the writer wants to get rid of", "我有一辆车要卖", r"有[^，。]{1,8}要(?:换|卖|退|修|寄|处理)"
    ),
    TemporaryClause("a decision to buy", "我就买这个", r"我就(?:买|下单|要了)"),
    TemporaryClause("a sum in arithmetic", "还剩多少苹果", r"还剩(?:下)?[多几]"),
    TemporaryClause("a total", "一共有多少", r"一共有?[多几]"),
    TemporaryClause(
        "an action for another person",
        "想给妈妈买礼物",
        r"(?:打算|想|要|准备)给[^，。]{1,6}(?:办|买(?!一?[套个]?(?:大|小)?房)|送|准备|订|挑|选)",
    ),
    TemporaryClause("a former belief", "我以为鲸鱼是鱼", r"以为"),
    TemporaryClause("an appetite", "我好馋", r"(?:好|超|突然|又|现在)(?<!嘴)馋(?!嘴|哭)|馋了(?=$|[，。！啊])"),
    TemporaryClause("an action never done", "我没去过北京", r"我?没有?(?:用|去|看|吃|听|玩|试|学)过"),
    TemporaryClause(
        "a pending decision", "我在考虑两款相机", r"我?正?在(?:[^，。]{1,16}之间)?(?:对比|比较|考虑|纠结|犹豫)"
    ),
    TemporaryClause(
        "trouble with a page",
        "每次登录都失败",
        r"(?:每次|总是?|老是?|一直)[^，。]{0,4}(?:登[录陆]|刷新|重启|点击|报错|输入|闪退|(?:收到|返回|提示|显示|弹出?)(?:[\dA-Za-z错超无]|失败))",
    ),
    TemporaryClause("what one has just done", "你好，我刚刚下班", r"(?:^|[，,])我刚[才刚]"),
    TemporaryClause("an experiment", "先喝两周看看，试试效果", r"[一两三]周.{0,4}试试"),
    TemporaryClause("a childhood memory", "小时候去过海边", r"小时候[^，。]{0,6}过"),
    TemporaryClause(
        "a temporary possession", "我有张优惠券", r"有[一]?[张个](?:优惠券|约会|面试|会议|考试|问题|想法|建议)"
    ),
    TemporaryClause(
        "an opinion of several offers",
        "其他的不行",
        r"(?:其[他它余]|别的|另外[几两])[^，。]{0,6}(?:不行|不合适|不适合|不要|算了|不错|可以)",
    ),
    TemporaryClause(
        "a doubt about the writer's own taste",
        "不知道自己喜不喜欢",
        r"不知道(?:自己)?(?:喜不喜欢|爱不爱|会不会|是不是|适合)",
    ),
    TemporaryClause(
        "a doubt about an intolerance",
        "我不清楚我对青霉素过不过敏",
        r"不(?:清楚|知道|确定|晓得)(?:自己|我)[^，。]{0,12}?(?:过不过敏|能不能|会不会|是不是|适不适合|行不行)",
    ),
    TemporaryClause("a denial of having said something", "我没说我喜欢", r"没说(?:过)?我"),
    TemporaryClause("a denial of having meant something", "我不是说我讨厌它", r"不是说"),
    TemporaryClause("a denial of ever having said something", "我从没说过我吃素", r"从没说过"),
    TemporaryClause(
        "an apology",
        "不好意思，我来晚了",
        r"(?:不好意思|抱歉)(?!说|开口|拒绝|[，,]?我(?:真的?|其实|实在|从来|一直)*(?:不[爱吃喝喜穿用碰坐抽看玩]|只|对|讨厌|受不))",
    ),
    TemporaryClause("a thing that does not work", "这个键盘不好使", r"不好使"),
    TemporaryClause("a lack of time", "我来不及吃早饭", r"来不及"),
    TemporaryClause("a sigh", "好烦", r"好烦"),
    TemporaryClause(
        "a text of the writer",
        "我有一段代码",
        r"有[一几两](?:[段张组份篇道]|条(?![^，]{0,4}(?:狗|犬|金毛|哈士奇|拉布拉多|边牧|柯基|泰迪|柴|萨摩|鱼|蛇|腿)))",
    ),
    TemporaryClause(
        "a current need",
        "我需要明天前交",
        r"需要(?:[一三五两](?!楼|层|室|厅|米|居|人)|把|在[^，。]{0,6}前|转|你|明天|今天)",
    ),
    TemporaryClause("a doubt", "我不确定", r"不确定"),
    TemporaryClause(
        "an opinion of one occasion",
        "酒店不错，就是早餐我不喜欢",
        r"(?:不错|很好|还行|挺好|可以|很棒|满意|好[看吃听用玩喝])[，,](?:就是|但是?|不过|可惜|只是)(?!我?(?:一直|一向|向来|平时|从小|本来|其实))[^，。]{1,8}?(?:我?(?:不喜欢|没吃惯|吃不惯)|不行|一般|(?<!不)太|有点)",
    ),
    TemporaryClause(
        "the food in the kitchen",
        "我有六个鸡蛋，能烤什么",
        r"有[^，。]{0,4}?[一二两三四五六七八九十半\d]+(?:个|根|斤|克|把|块|袋|盒|瓶|颗|片|条|只)[^，。]{1,14}[，,][^，。]{0,6}(?:(?:能|可以|做|煮|烤|炒|吃)[^，。]{0,4}什么|怎么(?:做|吃))",
    ),
    TemporaryClause(
        "a choice between things", "我在两辆自行车里挑", r"(?<!让我)在[^，。]{1,12}(?:里|中|之间)(?:挑|选|犹豫)"
    ),
    TemporaryClause("a present to give", "作为感谢，我想送束花", r"(?:^|[，,])我?想(?:送|给[^，。]{1,6}送)"),
    TemporaryClause(
        "a current appetite",
        "现在好想吃饺子",
        r"(?:好|超|突然|现在|今晚|今天|中午|晚上){1,3}(?:好|超|特别)?想(?:吃|喝|来[点杯碗])",
    ),
    TemporaryClause(
        "a thing that the writer looks for",
        "想找辆二手车",
        r"(?:^|[，,])我?想(?:找(?!回|到自己|工作|个?伴|对象)|[挑选](?=一?[双件款部台条把套个本]))",
    ),
    TemporaryClause("a pleasant surprise", "可以啊，比我想的好", r"比我(?:想|预想|预期|想象|以为|印象)"),
    TemporaryClause(
        "the required content of a text",
        "写个贴文，要有emoji",
        r"(?<![欢爱厌烦])(?:要|带|加|附)(?:上|有)?(?:emoji|表情|话题|标签|hashtag|配图|插图|小标题|标题|目录|例子|注释|编号|序号|感染力|画面感|押韵|转折|金句|结尾|开头|图表|署名|落款)",
    ),
    TemporaryClause(
        "the price of another shop",
        "我看隔壁才卖八十",
        r"(?:隔壁|别家|别人家?|人家|网上|京东|淘宝|拼多多|天猫|楼下|对面|实体店|超市)[^，。]{0,6}?(?:才|只|就)要?卖?[一二两三四五六七八九十百千\d]",
    ),
    TemporaryClause(
        "a place not seen for long", "两年多没去现场了", r"[年月天周久][多半]?(?:都|也|就)?没(?:有)?[去回见](?!过)"
    ),
    TemporaryClause(
        "something that never arrived", "一直没人回我", r"没人(?:回|理|接|管)|(?:一直|还|都)没(?:回|收到|到货|送到)"
    ),
)
CHINESE = TemporaryClauses(joined((*AT_START, *OF_THE_CONVERSATION)), None, joined(ANYWHERE))
