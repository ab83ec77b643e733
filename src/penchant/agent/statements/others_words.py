"""Who a clause is about and whether it asks: tables of wordings for `detection`."""

import re

_I = re.IGNORECASE
FIRST_PERSON = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|im|ive|my|me|we|we['’](?:re|ve|d)|our|us)\b", _I)
SHORT_FORM = re.compile(
    r"^(?:please\s+)?(?:never|don['’]?t|do\s+not|always|no|only|avoid|not|can['’]?t|cannot|hate|love|big|huge|adore|keep|call|answer|from\s+now|forget|remove|stop|allergic|vegan|vegetarian|under)\b|\b(?:over\s+\w+,\s+always)\b", _I
)  # fmt: skip
ASKS_EN = re.compile(
    r"[?？]|^(?:what|which|who|where|when|why|how|do|does|did|is|are|was|were|am|can|could|should|would|will|may|shall|have\s+you|tell\s+me|give\s+me|show\s+me|recommend|suggest|find|list|explain|write|help|compare|name|describe)\b", _I
)  # fmt: skip
DIRECTIVE = re.compile(
    r"^(?:please\s+)?(?:do\s+not|don['’]?t|never|stop)\s+(?:ever\s+)?(?:recommend|suggest|show|send|offer|give|include|serve)",
    _I,
)
TAIL_QUESTION = re.compile(
    r"[,;:.–—-]?\s+(?:and\s+|so\s+|but\s+)?(?=(?:what|which|who|where|when|why|how|do|does|did|is|are|can|could|should|would|will|any|give\s+me|show\s+me|tell\s+me|recommend|suggest|please|help|find|got)\b)", _I
)  # fmt: skip
OWN_SUBJECT_EN = re.compile(
    r"^(?:\W*(?:and|but|so|also|well|hi|hey|ok|okay|oh|actually|honestly|personally|btw)\W+)*(?:i|i['’]\w+|im|my|we|we['’]\w+|as|being|living|with|because|for|when|on|at)\b",
    _I,
)
OTHERS_EN = re.compile(
    r"^(?:\W*(?:and|but|so|also|well|actually)\W+)*(?:(?:one|some|two|half|most|many|all|a\s+friend|friends?|someone|somebody)\s+of\s+(?:my|our)|(?:my|our|a|the|his|her|their|your)\s+(?:(?:best|old|new|little|older|younger|big|former)\s+)?(?:friend|roommate|flatmate|housemate|colleague|coworker|co-worker|boss|manager|sister|brother|mother|mom|mum|dad|father|grandma|grandpa|grandmother|grandfather|aunt|uncle|cousin|nephew|niece"
    r"|neighbou?r|teacher|professor|client|customer|student|guest|girlfriend|boyfriend|husband|wife|partner|fianc[eé]e?|parents|in-laws|team|company|landlord|doctor|user|users|customers|guests|readers|class|brother-in-law|mother-in-law|ex|crush|date|buddy|mate)s?(?:['’]s\s+\w+)?|he|she|they|people|everyone|everybody|nobody|someone|somebody|you)\s+(?!and\s+(?:i|me)\b)", _I
)  # fmt: skip
OTHERS_TASTE_EN = re.compile(
    r"\b(?:who|that)\s+(?:\w+\s+)?(?:loves?|likes?|hates?|prefers?|enjoys?|can['’]?t|doesn['’]?t|don['’]?t|never|only|is|are|has)\b", _I
)  # fmt: skip
FOR_SOMEBODY = re.compile(
    r"\b(?:for|to)\s+(?:my|a|an|the|our|his|her|someone|somebody)\s*(?:\w+\s+){0,2}?(?:friend|roommate|flatmate|colleague|boss|sister|brother|mother|mom|mum|dad|father|grandma|grandpa|aunt|uncle|cousin|nephew|niece|neighbou?r|teacher|client|customer|guests?|girlfriend|boyfriend|husband|wife|partner|parents|in-laws|son|daughter|kid|boy|girl|someone|somebody|man|woman|person|child|group)\b", _I
)  # fmt: skip
CHILD_TASTE_EN = re.compile(
    r"^my\s+(?:\w+\s+)?(?:daughter|son|kid|kids|child|children|baby|dog|cat)\s+(?:\w+\s+)?(?:loves?|likes?|hates?|prefers?|enjoys?|doesn['’]?t|don['’]?t|wants?|never|always|won)",
    _I,
)
PEOPLE = r"室友|舍友|同事|朋友|哥们|闺蜜|对象|女朋友|男朋友|女友|男友|爸妈?|妈妈?|父母|爷爷|奶奶|外公|外婆|姥姥|姥爷|姐姐?|弟弟?|哥哥?|妹妹?|老板|老师|邻居|侄子|侄女|外甥|舅舅|姑姑|阿姨|叔叔|婆婆|公公|岳父|岳母|老公|老婆|媳妇|丈夫|妻子|爱人|同学|客户|客人|用户|领导|学生|亲戚|导师|上司|房东|产品经理|前任|主人公|小伙伴|队友|搭档|师傅|徒弟|孙子|孙女|表[哥姐弟妹]|堂[哥姐弟妹]|伴侣"
OTHERS_ZH = re.compile(
    rf"^(?:但是?|不过|而且|因为|所以|然后|给|替|帮|跟|听|陪|如果|请|和|我)?(?:我|咱)?(?:们)?(?:的|家|有个|有一个|一个|那个|这个|几个|有些|有的)?(?:{PEOPLE})(?:们|俩|家)?(?!和我|跟我|与我|都说我)|^(?:他|她|它|您|你|大家|人们|有人|有些人|有的人|很多人|不少人|多数人|年轻人|老年人|老人|女生|男生|男人|女人|北方人|南方人|某人|别人|人家(?!我)|小[王李张明红刚丽华军芳强]|老[王李张刘陈]|[甲乙丙丁])"
)
CHILD_ZH = re.compile(
    r"^(?:我|我们|咱)?(?:家)?(?:的)?(?:孩子|宝宝|娃|儿子|女儿|闺女|小孩|小朋友|猫|狗|主子)[^，。]{0,6}?(?:喜欢|爱|讨厌|怕|不吃|想|挑食|不肯|不爱|要)"
)
ASKS_ZH = re.compile(
    r"[?？]|吗|怎么(?!都|也)|(?<![没啥])什么(?!的$|都|也)|为什么|为啥|如何|多少|哪(?!怕|儿都|里都)|是不是|能不能|要不要|该不该|有没有|可不可以|好不好|推荐(?!了)|帮我|帮忙|帮.{1,4}问|请问|(?<![要需追])求|来[一几]?[个点些份]|给我(?!推|标|推荐东西)|几点(?!睡|起)|咋|呢$|怎样|(?<!不)适合(?!自己)|列个|讲讲|讲个|说说|解释一?下|解释|帮我看看|选哪|想问|想知道|想了解|多久|攻略|食谱$|入门$|步骤$|症状"
)
NOT_ASKING_ZH = re.compile(r"(?:不要|别|不用|少)(?:再)?(?:给我|跟我|向我|老)?(?:再)?(?:推荐|推|介绍|发|放)")
CLAUSE_ZH = re.compile(r"[，,；;]|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


BEFORE_PREDICATE = re.compile(
    r"^(?:\W*(?:and|but|so|also|well|ok|okay|honestly|personally|actually)\W+){0,3}(?:(?:i|we)(?:['’](?:m|ve|d|ll|re))?(?:\s+(?:am|have|do|really|always|just|also|usually|still|would|will|tend\s+to|can|often)){0,4}\s+|my\s+)", _I
)  # fmt: skip
BEFORE_PREDICATE_ZH = re.compile(
    r"^(?:我们家|我们|我家|我|本人|咱)?(?:这人|这个人|一般|平时|是|就|都|也|比较|真的|有点|一直|其实){0,4}"
)
NEGATIVE = re.compile(
    r"\b(?:not|never|no|can['’]?t|cannot|don['’]?t|won['’]?t|hate|avoid|without|off|stress\w*|anxi\w*|uncomfortable|annoy\w*|allerg\w*|fear|afraid|scared|dread|struggle)\b|不|没|讨厌|怕|烦|戒|过敏|受不了|难受|头疼", _I
)  # fmt: skip
#: What joins names that are merely listed.
LISTED = re.compile(
    r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+|、|(?<=[\u3400-\u9fff])[和或与](?=[\u3400-\u9fff])", _I
)
#: Names that are one thing together.
TOGETHER = re.compile(
    r"\b(?:fish\s+and\s+chips|mac(?:aroni)?\s+and\s+cheese|rock\s+(?:and|&)\s+roll|black\s+and\s+white|drum\s+and\s+bass|arts\s+and\s+crafts|gin\s+and\s+tonic|ham\s+and\s+cheese|salt\s+and\s+pepper|bed\s+and\s+breakfast"
    r"|hide\s+and\s+seek|peanut\s+butter\s+and|dungeons\s+(?:and|&)|pros\s+and\s+cons|bread\s+and\s+butter|bacon\s+and\s+eggs|cream\s+and\s+sugar|rhythm\s+and|r\s*&\s*b|step\s+by|between|both|with|in|of|for|that|who)\b|和平|温和|暖和|和服|和风|搭配", _I
)  # fmt: skip
