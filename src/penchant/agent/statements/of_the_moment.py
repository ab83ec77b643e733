"""What is told of oneself and holds for the moment only: what one is looking for, has just done, owns for a while, or takes a thing for.

Told in the first person like a statement, in the grammar of one, and yet nothing that lasts. Only the clause of the moment is left out:
"I'm vegan and I feel like soup" still says the first.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements import reading_en, refusals
from penchant.agent.statements.sentences import CLAUSE_ZH, is_chinese

OF_THE_MOMENT = re.compile(
    r"\bcan['’]?t\s+stand\s+(?:up|on|straight)\b|\bi\s+have\s+[\w\s]{2,25}?\s+to\s+(?:trade|sell|return|exchange|swap|merge|sort|fix|finish|write|send|submit|review|translate)\b|\bhave\s+no\s+(?:trouble|problems?|issues?)\b"
    r"|有[^，。]{1,8}要(?:换|卖|退|修|寄|处理)|^我正?在给|^我(?:只是)?(?:在)?开玩笑|^我觉得是|^(?!.*我)[\u4e00-\u9fff]{1,8}\s(?![不别没只从爱喜])[\u4e00-\u9fff]{1,8}$"
    r"|\bi(?:['’]ve\s+got|\s+(?:only\s+)?have)\s+(?:only\s+)?(?:\d+|two|three|four|five|six|some|leftover|a\s+few|half)\s+[\w\s]{2,30}?,\s*(?:what|how)\s+(?:can|could|should|do)\s+i\s+(?:bake|cook|make|do\s+with)\b|我就(?:买|下单|要了)"
    r"|\b(?:i|we)(?:['’]ve|\s+have)\s+(?:just\s+|recently\s+)?lost\s+(?:my|our|the)\s+(?:baby|keys?|wallet|phone|password|receipt|card|way|luggage|tickets?|passport|bag|glasses|dog|cat)\b"
    r"|\b(?:i|we)\s+(?:have|had|buy|bought|got|get|take|pick)\s+(?:\d+|two|three|four|five|six|ten)\s[^?]{2,80}?\bhow\s+(?:many|much)\b|\bhow\s+(?:many|much)\b[^?]{0,80}?\b(?:left|remain\w*|total|altogether)\b|还剩(?:下)?[多几]|一共有?[多几]|^as\s+an?\s+[\w\s]{2,30},?\s+i\s+want\b.*\bso\s+(?:that|i\s+can)\b"
    r"|\bi\s+(?:would\s+)?prefer\s+(?:that\s+|if\s+)?(?:we|you|it)\b(?!\s+(?:if\s+you\s+)?(?:avoid|never|don['’]?t|didn['’]?t|did\s+not|do\s+not|not|leave|left|stop)\b)|\bi(?:['’]?m|\s+am)\s+(?:currently|now|just)\s+in\s+(?-i:[A-Z][a-z])|\bi['’]?m\s+(?-i:[A-Z][a-z]+)\s+from\s|\bnot\s+(?:at\s+all\s+|very\s+|really\s+)?(?:happy|satisfied|impressed)\s+with\s+(?:the|your|this|my\s+order)\b|^i\s+think\s+(?:people|everyone|we)\b|\bi['’]?m\s+at\s+the\s"
    r"|^我选(?:第)?[一二三四五六\dA-Da-d](?:个|号)?$|^我是[^，。]{1,8}的[小老][\u4e00-\u9fff]$|(?:打算|想|要|准备)给[^，。]{1,6}(?:办|买|送|准备|订|挑|选)|^我(?:正|现在|还)?在(?:开车|走路|吃饭|睡觉|洗澡|开会|上课|排队|路上|外面|公司|机场|车站|超市|医院|地铁|公交|高铁|火车|飞机)|^我在(?!减|吃|喝|戒|控|备|练|学|健|养|忌|怀|坐|服|治|化|断|节|增|塑|打|做|找|用|读|写|看|存|攒|准|努|尝)[^，。]{1,6}[，,](?:现在|附近|这边|这里)?[^。]{0,10}(?:什么|哪|吗|怎么)"
    r"|^i\s+(?:just\s+)?(?:tried|made|cooked|baked|ordered|used|wore|bought|read|watched)\s+(?:the|this|that|your|it)\b(?!.*\b(?:hate|love|like|never|always|don['’]?t|every|each|daily|weekly|nightly|once|twice|mornings?|evenings|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b)"
    r"|\bi\s+(?:always|once|used\s+to|had)\s+(?:thought|think|believed?|assumed?|wondered|wanted\s+to\s+(?:ask|know))\b|\bi\s+meant\b|\b(?:i|we)\s+(?:suddenly\s+|kinda\s+|just\s+)?feel\s+like\s|\b(?:i['’]?m|i\s+am|we['’]re)\s+(?:\w+\s+)?craving\b"
    r"|\b(?:(?:i|we)(?:['’]ve\s+got|\s+have(?:\s+got)?|\s+got)|(?:and|but)\s+have)\s+(?:an?|my|some|another|two|three|\d+)\s+(?:\w+\s+)?(?:voucher|coupon|discount(?:\s+code)?|gift\s+card|promo\s+code|receipt|appointment|date|meeting|exam|test|quiz|interview|deadline|flight|question|problem|issue|bug|error|draft|suggestion|complaint|request|reservation|booking|minutes?|hours?)s?\b(?!\s+(?:allerg|intoleran|sensitiv|phobia|anxiety|disorder|aversion|syrup))"
    r"|\b(?:i['’]ve|we['’]ve|(?:i|we)\s+have)\s+(?:already\s+|just\s+)?(?:been\s+(?:charged|(?:told|asked)(?!\s+(?:by\s+(?:\w+\s+){1,3}?)?(?:(?:that\s+)?i\b|(?:not|never)\s+to|no\b|to\s+(?:avoid|cut|stay|keep|limit|reduce|stop|quit|give|eat|drink|lose|watch|never|not|skip|take|follow)\b))|waiting|on\s+hold|trying|billed|blocked|logged)|never\s+(?:used|tried|played)|(?:read|checked|restarted|tried|watched|seen|used|contacted|emailed|called|paid|sent|ordered|received)\s+(?:the|this|that|your|it|everything|restarting|calling|twice|[A-Z]\w+\b)(?![^.!?,;]{0,60}\b(?:every|each|daily|weekly|since)\b))"
    r"|以为|我?(?:好|超|突然|又|现在){0,2}(?<!嘴)馋(?!嘴)|^我?(?:老是?|总是?|又)?(?:记|想|找|登|打|连|搜|收|加载|点)不(?:住|起来?|到|上|开|进去?|出来?)|我?没有?(?:用|去|看|吃|听|玩|试|学)过|我?正?在(?:[^，。]{1,16}之间)?(?:对比|比较|考虑|纠结|犹豫)|(?:每次|总是?|老是?|一直)[^，。]{0,4}(?:登[录陆]|刷新|重启|点击|报错|输入|闪退)|^我(?:最后|后来|上次)(?:买|选)了|^我[点选订]了|^我[^，。]{0,5}(?:病|感冒|发烧|中暑|扭伤|摔)了|(?:^|[，,])我刚[才刚]|[一两三]周.{0,4}试试|^我想(?:把(?![^，。]{1,8}(?:戒|减|练|学|治|改掉|养))|卖|退|取消|改(?!变|行|善|掉|吃|喝|用|成)|订|预[订约]|寄|查|问|咨询|投诉|申请|看看|知道)"
    r"|^我?(?:今天|早上|中午|晚上|上午|下午|昨晚)(?:[吃喝看买去走跑穿]|做)了|小时候[^，。]{0,6}过|有[一]?[张个](?:优惠券|约会|面试|会议|考试|问题|想法|建议)"
    r"|\b(?:i['’]?m|i\s+am|we['’]re|we\s+are)\s+(?:after|hunting\s+for|shopping\s+for|on\s+the\s+lookout\s+for|in\s+the\s+market\s+for)\s+(?:an?|some|new|used|cheap)\b"
    r"|^i\s+(?:love|hate|like|heart)\s+(?!.*\b(?:an?|my|the|your|this|that|these|those|every|any|our|some)\b).*\b(?:t-?shirt|mug|hoodie|cap|poster|sticker|necklace|tote(?:\s+bag)?|keyring|magnet|badge)(?:\s+size\s+\w+)?\s*$"
    r"|^my\s+(?:\w+\s+){1,2}keeps?\s+\w+ing\b|\bas\s+an\s+experiment\b|\bbeen\s+(?:sick|ill|coughing|sneezing|stuck|busy)\b|\b(?:i|we)\s+(?:always|usually|often|still|keep|have\s+to)\s+(?:\w+\s+){0,2}?(?:log(?:ging)?\s+(?:in|back)|click|refresh|reload|retype|re-?enter|get(?:ting)?\s+(?:an?|the|this)\s+(?:\w+\s+)?(?:error|warning|message))",
    re.IGNORECASE,
)
#: Kinds that are heard also where their clause does not name its writer.
_NEEDS = ("avoid", "require")
#: Where a clause of its own may begin.
_CUT_EN = re.compile(
    r"[,;:–—]\s+(?:(?:and|but|so|yet)\s+)?|\s+-+\s+|\s+(?:and|but|so|yet|because|since|although|though|while|whereas)\s+",
    re.IGNORECASE,
)
#: How a clause begins that says something anew and does not go on with the one before.
_ANEW = re.compile(
    r"(?:also\s+|please\s+|\w+ly\s+)*(?:i|i['’]\w+|im|ive|we|we['’]\w+|my|our|am|are|allergic|intolerant|vegan|vegetarian|c(?:o)?eliac|diabetic|never|no|not|don['’]?t|do\s+not|can['’]?t|cannot|hate|love|avoid|prefer|must|only|have)\b",
    re.IGNORECASE,
)
#: A need that is had with the subject or the verb of what passes: "I've got a date and a nut allergy".
_HAD_AS_WELL = re.compile(
    r"an?\s+(?:[\w-]+\s+){1,3}?(?:allergy|intolerance)\b|(?:am\s+)?(?:also\s+|\w+ly\s+)?allergic\s+to\b", re.IGNORECASE
)


def lasting(text: str, *unstated: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where what lasts begins and ends in a sentence: all of it, or the clauses beside those of the moment and those in which what
    `unstated` find states nothing."""
    moments = [found.span() for regex in (OF_THE_MOMENT, *unstated) for found in regex.finditer(text)]
    if not moments:
        yield 0, len(text)
        return
    chinese = is_chinese(text)
    start, before, passed = -1, 0, -1
    for first, last in _clauses(text, CLAUSE_ZH if chinese else _CUT_EN):
        passes = any(begin < last and first < end for begin, end in moments)
        if passes or (passed >= 0 and not _begins_anew(text[first:last], chinese=chinese)):
            if start >= 0:
                yield start, before
            start, passed = -1, first if passed < 0 else passed
            continue
        if start < 0:
            start = passed if passed >= 0 and _HAD_AS_WELL.match(text, first) else first
        before, passed = last, -1
    if start >= 0:
        yield start, before


def _begins_anew(clause: str, *, chinese: bool) -> bool:
    return (
        chinese
        or bool(_ANEW.match(clause) or _HAD_AS_WELL.match(clause))
        or any(not each.weak and each.kind in _NEEDS for each in (*reading_en.read(clause), *refusals.read(clause)))
    )


def _clauses(text: str, cuts: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in cuts.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)
