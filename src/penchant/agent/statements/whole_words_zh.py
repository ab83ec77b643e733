"""Extends Chinese subjects to whole words: 「冰的」 instead of 「冰」 for what is not eaten, 「吃素」 instead of 「素」.

A title extends to its closing mark. Words that are no subject at all are listed first.
"""

import re

from penchant.agent.statements.frame_tables_zh import ADV, CONTROL
from penchant.agent.statements.wordings import Kind
from penchant.characters import HAN
from penchant.lazy_patterns import lazy

#: A time, which is no subject of a taste.
TIME_ZH = lazy(r".*(?:以后|之后|以前|之前|的时候)$")
#: A date, which is no subject of what was given up: 「19年戒了」.
DATE_ZH = lazy(
    r"(?:(?:19|20)?\d{2}|[去前今明])年[初底春夏秋冬]?|\d{1,2}(?:月|号|点|岁)|[一二两三四五六七八九十几半\d]+个?多?(?:年|月|天|周|星期)之?前"
)
#: Words that are no subject: a degree or frequency alone, other persons, or something present ("this picture").
NO_SUBJECT_ZH = lazy(
    rf"(?!太极)(?:{ADV}|一|没有?|打心|一点儿?|半点|丝毫|不懂|不会)+|得(?:很|慌|要命|不行)|[你您他她它]们?|(?!拍立得|.*[心所]得).*得"
    r"|的|[闻碰想]|(?:已经|刚刚?)[看听吃喝学做玩练用]过?了?"
    r"|[这那](?:图|歌|片|书|文|菜|店|剧|票|款|单|话|句|段|词|字|天气|东西|衣服|鞋|颜色|题|课|答案)"
)
#: Words that name nothing by themselves: a bare verb, a particle, a degree.
BARE_WORD_ZH = lazy(
    r"(?:[来掉惨透死伤着装拿送搭放变坐飞销听剪拉开连换逃晕行很去打买看喝吃用玩做弄搞管穿碰订收接选充加养点抽前后]|不[起下]来|[再不]坐|努力|[呗嘛吧啊呀]"
    r"|(?:挺|很|非常|特别|有点|比较)(?:严重|厉害|难受|明显)的?|[看听闻吃喝坐站走用玩]久)了?"
)
#: Also the complement of another verb, and references.
BARE_ZH = lazy(
    rf"{BARE_WORD_ZH.pattern}|(?:得|要)*(?:来|喝|吃|点|整|泡|看|听|刷)上?[一两几]?[杯碗口瓶根支集首局把盘份顿次趟圈遍回]|(?:不|也|还|都|就|再|最|特|真|太)*(?:喜欢|爱|坐|打|来|去|玩|起来|下去|掉|行|治愈|大|如此)"
    r"|就是别扭|[这那](?:种)?(?:感觉|时候|玩意儿?|味儿?|口儿?|类)|反正|从来"
)
#: A word for some control, which nobody is a fan of.
CONTROL_ZH = lazy(CONTROL)
#: An excess, which nobody likes: 「太软」.
EXCESS_ZH = lazy(r"太(?![极空阳平太])")
#: Qualities, which name a thing only with 的 after them.
_QUALITY = lazy(
    r"(?:太|很|过于|比较|偏|特别|带|含|无|低|高|脱|加|非)[^，。的]{1,4}$|(?:^|.{0,4})[全半微少无三五七]糖$|.*\d[寸码号度升匹]$|.*[^有]一点$|(?:^|.{0,4})[冰辣甜咸酸苦油凉热烫冷生硬软重长短大小贵腻腥膻浓淡吵闹旧高多久]$|^(?:能|可以|带|有(?!机)|支持|防|免)[^，。的]{1,6}$|^[男女]$"
)
#: The end of a word for a fan or for some control: 「作为颜§控」, 「信贷§风控」.
_FAN = lazy(r"[^，。的和与]{0,2}?控(?=\s*(?:$|[，,。；;！!]))")
_GOES_ON = lazy(r"的(?=\s*(?:$|[，,。；;！!～~]|[我就都也不才]|一概|一律|通通|统统|绝对|实在))")
_EATS = lazy(r"吃$")
_WAY_OF_EATING = lazy(r"[素斋荤]")
_DAY_OF_WEEK = lazy(r"(?:周|星期|礼拜)$")
_DAY = lazy(r"[一二三四五六日天](?:、?[一二三四五六日天])*(?:都|也|要|得|会|必)*(?=[^，。要都得会]{2})")
_HAVING = lazy(r"[了着过有养]$")
#: What a thing contains, and the thing: 「任何含芝麻§的东西」.
_CONTAINS = lazy(r"(?:含有?|带有?|加了?|沾了?)[^，。的]{1,6}$")
_THING = lazy(r"的(?:东西|食物|食品|产品|菜|饮料|零食|药|化妆品|护肤品)(?=\s*(?:$|[，,。；;！!]))")
#: The object of a verb with which it is one word: 「开§车」.
_OF_COMPOUND = lazy(r"(?<=开)[车会]|(?<=熬)夜|(?<=加)班|(?<=跑)步|(?<=化)妆|(?<=[看打踢])球|(?<=追)[星剧番]")
#: A state, and what is in it: 「腰§不好」, 「工资§不高」.
_STATE = lazy(
    r"(?:不太?|很|有点|比较|特别|偏)(?:[好差行弱准高低多少大小粗细宽窄厚深浅]|方便|稳定|规律|充裕|宽裕)|有限|受限|不济"
)
_IN_STATE = lazy(
    r"(?:膝盖|肠胃|视力|听力|睡眠|身体|皮肤|心脏|脾胃|记性|眼睛|腿脚|生理期|脚背|脚|头围|腿围|眼神|预算|工资|收入|时间|作息|空间|面积|[腰背胃肝肾肺眼耳腿脚牙])$"
)
#: What somebody works as, after the place: 「在北京§当老师」.
_WORK = lazy(
    r"[当做](?!饭|菜|题|梦|客|作业|什么|啥)[^，。了]{2,8}?(?=了|的|$|[，。\s]|快?[一二两三四五六七八九十几半\d]+多?年)"
)
#: When or why, in English after a Chinese subject: 「减10斤 before the summer」.
_ENGLISH_TAIL = lazy(
    rf"(?<=[{HAN}])\s*\b(?:before|after|by|until|during|since|because|so|but|and|this|next|every|for|in|on|at)\s[A-Za-z\d ,']+[.!]*$",
    re.IGNORECASE,
)
_MEASURE = lazy(r"[只条头匹](?=[^，。]{1,4}$)")


def whole_word(text: str, start: int, end: int, kind: Kind) -> tuple[int, int]:
    """Return the bounds of a subject of `text`, extended to whole words."""
    piece = text[start:end]
    if _WAY_OF_EATING.match(piece) and _EATS.search(text[:start]):
        start -= 1
    if (day := _DAY.match(piece)) and _DAY_OF_WEEK.search(text[:start]):
        start += day.end()
    if _MEASURE.match(piece) and _HAVING.search(text[:start]):
        start += 1
    if kind != "fact" and _QUALITY.search(piece) and _GOES_ON.match(text, end):
        end += 1
    if rest := _rest(text, piece, end, kind):
        end = rest.end()
    if _OF_COMPOUND.fullmatch(text, start, end):
        start -= 1
    if kind == "fact" and _STATE.fullmatch(piece) and (owner := _IN_STATE.search(text, 0, start)):
        start = owner.start()
    if kind == "fact" and (work := _WORK.match(text, end)) and text.startswith("在", start - 1):
        end = work.end()
    if tail := _ENGLISH_TAIL.search(text, start + 1, end):
        end = tail.start()
    closing = text.find("》", end) if piece.count("《") > piece.count("》") else -1
    return start, max(end, closing + 1)


def _rest(text: str, piece: str, end: int, kind: Kind) -> re.Match[str] | None:
    """Return the rest of a compound of which `piece`, a subject that ends at `end`, is the beginning."""
    if kind == "like" and (fan := _FAN.match(text, end)):
        return fan
    return _THING.match(text, end) if _CONTAINS.search(piece) else None
