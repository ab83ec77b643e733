"""Reads the limits in a wish: how many, at which price, and for whom ("three teas under 20 euros", 「三百元以下」)."""

import re
from typing import NamedTuple

from penchant.agent.chat.references import DIGITS_ZH
from penchant.agent.chat.relations import RELATION, RELATION_ZH
from penchant.agent.chat.user_words import listed

_I = re.IGNORECASE
MAX_ITEMS = 20
_CURRENCY = r"(?:euros?\b|eur\b|€|dollars?\b|usd\b|us\$|\$|bucks\b|pounds?\b|gbp\b|£|quid\b|yuan\b|rmb\b|cny\b|¥|francs?\b|chf\b)"
_NUMBER = r"\d[\d,]{0,12}(?:\.\d{1,4})?"
_AMOUNT = rf"(?:{_CURRENCY}\s?(?P<front>{_NUMBER})|(?P<number>{_NUMBER})\s?{_CURRENCY})"
_UP_TO = re.compile(
    r"(?:\b(?:that|which)\s+(?:costs?|is|are)\s+|\b(?:for|at|costing|priced)\s+)?\b(?:under|below|less\s+than|cheaper\s+than"
    r"|up\s+to|at\s+most"
    rf"|(?:no|not)\s+more\s+than|not\s+over|max(?:imum)?(?:\s+of)?|within)\s+{_AMOUNT}(?:\s+or\s+less)?",
    _I,
)
_FROM = re.compile(rf"(?:\b(?:for|costing|priced)\s+)?\b(?:over|above|more\s+than|at\s+least)\s+{_AMOUNT}", _I)
_NUMBER_ZH = r"(?:(?<![\d.])\d[\d.]{0,12}|(?<![零一二两三四五六七八九十百千万])[零一二两三四五六七八九十百千万]{1,12})"
_CURRENCY_ZH = r"(?:块钱?|人民币|欧元|欧|美元|美金|英镑|日元|元)(?:钱|人民币)?"
_UP_TO_ZH = re.compile(
    rf"(?:价格|价钱|售价|预算)?(?:在|是)?(?P<front>{_NUMBER_ZH}){_CURRENCY_ZH}(?:以下|以内|之内|之下|内)的?"
    rf"|(?:价格|价钱|售价|预算)?(?:不超过|不要超过|别超过|低于|少于|最多|不到|便宜于)(?P<number>{_NUMBER_ZH}){_CURRENCY_ZH}的?"
)
_FROM_ZH = re.compile(
    rf"(?:价格|价钱|售价)?(?:在)?(?P<front>{_NUMBER_ZH}){_CURRENCY_ZH}(?:以上|之上|起)的?"
    rf"|(?:价格|价钱|售价)?(?<!不)(?<!不要)(?<!别)(?:超过|高于|多于|至少)(?P<number>{_NUMBER_ZH}){_CURRENCY_ZH}的?"
)
_NUMBERS = {word: place for place, word in enumerate(listed("references", "numbers"), 1)}
_COUNT = re.compile(
    rf"\b(?P<verb>(?:recommend|show|suggest|give|find|get)(?:\s+(?:me|us))?)\s+(?P<count>{'|'.join(_NUMBERS)}"
    rf"|\d{{1,2}})\s+(?=(?:[\w-]+\s+){{0,2}}?\w+s\b|(?<=\s1\s)[a-z]|(?<=\sone\s)(?!of|more|like|for|to|with|in|that|which|please)[a-z])",
    _I,
)
_COUNT_ZH = re.compile(
    r"(?P<verb>推荐|来|找|介绍|给我)(?P<count>[二两三四五六七八九十]|\d{1,2})(?:样|款|个|种|件|本|部|首|盒|瓶|只|把|条|双|张"
    r"|份|支|套|幅|台)(?:不同的)?"
)
#: The whole wish asks for a lower price than that of what was shown: "do you have cheaper ones?", "show me a cheaper kettle".
_CHEAPER = re.compile(
    r"^\W*(?:(?:please|ok(?:ay)?|great|nice|good|cool|thanks|thank\s+you|but|and|so|hm+|can|could|would|will|do|you|have|got|are|is|there|i|we|i['’]d|i['’]m|want|need|like|prefer|looking|for|show"
    r"|give|find|get|recommend|suggest|me|us|to|see|something|anything|some|any|an?|bit|little|lot|much|even|slightly|maybe|what\s+about|how\s+about)\b[\s,]*+)*+"
    r"(?:cheaper|less\s+expensive|more\s+affordable|less\s+pricey)\b"
    r"(?:\s+(?:ones?|options?|alternatives?)\b|(?P<thing>(?:\s+(?!(?:by|to|than|in|on|at|if|or|and|for|with(?:out)?|please|instead|thanks|than)\b)[\w-]+){1,3}))?"
    r"(?P<without>[\s,]+(?:without|but\s+no|no|nothing)\s+[^.?!]{2,60}?)?(?:[\s,]+(?:please|thanks|thank\s+you|instead|then|now|though|for\s+me))*+\W*$",
    _I,
)
_CHEAPER_ZH = re.compile(
    r"^\W*(?:有没有|有什么|有|还有|来|想要|要|我|想|给|帮|推荐|介绍|请|能不能|可以|找|看看?|买|换|个|点|些|那|你们?|这里|吗|一下)*+"
    r"(?:稍微|更|再|比较)*(?:(?<=[更再])便宜(?:一?点儿?|一?些)?|便宜(?:一?点儿?|一?些))的?(?P<thing>[^，。！？?的又和\W]{0,8}?)(?:有没有|有|吗|么|呢|吧|嘛|谢谢)*+\W*$"
    r"|^\W*便宜的?(?:有没有|有|吗|呢|吧)*+\W*$"
)
_LOVES = (
    r"(?:(?:really|absolutely|also|just)\s+)*(?:loves?|likes?|enjoys?|adores?|collects?"
    r"|(?:(?:is|are)\s+)?(?:(?:really|very|so)\s+)*(?:into|fond\s+of|keen\s+on|crazy\s+about|mad\s+about|obsessed\s+with"
    r"|interested\s+in))\s+"
)
_ANYBODY = r"(?:friend|colleague|man|woman|boy|girl|child|teenager|person|teacher|neighbou?r)"
_SOMEBODY = (
    rf"(?:(?:my|our)\s+(?:[\w'’-]+\s+){{0,3}}?(?:{RELATION})|an?\s+(?:[\w-]+\s+){{0,2}}?{_ANYBODY}|some(?:one|body))"
)
_FOR_SOMEBODY = re.compile(
    rf"^(?P<thing>.*?)\b(?:for|to)\s+{_SOMEBODY}\b,?\s+(?:(?:who|that|she|he|they)(?:['’]s)?\s+){_LOVES}(?P<taste>[^,.;!?]+)",
    _I,
)
_LOVES_ZH = r"(?:很|最|特别|非常|超级?|也|一直)?(?:喜欢|热爱|爱好?|迷上?了?|痴迷)"
_FOR_SOMEBODY_ZH = re.compile(
    rf"{_LOVES_ZH}(?P<taste>[^，,。！？的我]{{1,10}})的(?:我的?)?(?:{RELATION_ZH})(?=.*(?:礼物|送|买|推荐|挑|选))|(?:给"
    rf"|送给?).{{0,6}}{_LOVES_ZH}(?P<taste2>[^，,。！？的我]{{1,10}})的(?:我的?)?(?:{RELATION_ZH})"
    rf"|^(?:想)?(?:给|送给?)?我的?(?:{RELATION_ZH}){_LOVES_ZH}(?P<taste3>[^，,。！？]{{1,10}})[，,].*(?:礼物|送|买|推荐|挑|选)"
)
_NO_THING = re.compile(
    r"\b(?:an?|the|some|any|i|we|need|want|looking|look|for|find|me|us|please|show|recommend|suggest|give|get|buy|(?:birthday"
    r"|christmas|nice|good|great|small|little)|gifts?|presents?"
    r"|something|anything|ideas?|there|got|sell|carry|stock|maybe|what|can|could|should|would|is|do|you|have|to|as|of)\b|['’]m\b|[^\w\s-]",
    _I,
)


class WishLimits(NamedTuple):
    """The limits in a wish: `at_most` and `at_least` are prices, `number` is how many are wanted; each None if not said.
    `cheaper`: than what was shown; nothing but the thing and what it is to be without is in `rest` then.

    `rest`: the wish without its limits; for a wish on behalf of somebody whose taste is mentioned, that taste.
    """

    rest: str
    at_most: float | None = None
    at_least: float | None = None
    number: int | None = None
    cheaper: bool = False

    def where(self, attribute: str) -> list[str]:
        """Return the limits of the price as filter expressions."""
        limits = (("<=", self.at_most), (">=", self.at_least))
        return [f"attributes.{attribute}{sign}{price:g}" for sign, price in limits if price is not None]


def limits_of(message: str) -> WishLimits:
    """Return what a wish says about prices, number and somebody else's taste.

    `message` has single spaces only, and simplified Chinese characters.
    """
    rest, at_most = _price(message, _UP_TO, _UP_TO_ZH)
    rest, at_least = _price(rest, _FROM, _FROM_ZH)
    counted = _COUNT.search(rest) or _COUNT_ZH.search(rest)
    count = _count(counted["count"]) if counted else None
    if counted and count:
        joint = " " if counted["verb"].isascii() else ""
        rest = rest[: counted.start()] + counted["verb"] + joint + rest[counted.end() :]
    cheaper = None if at_most is not None else _CHEAPER.search(rest) or _CHEAPER_ZH.search(rest)
    if cheaper is not None:
        wanted = cheaper.groupdict()
        wish = f"{wanted['thing'] or ''}{wanted.get('without') or ''}".strip()
    else:
        wish = _for_somebody(rest) or rest
    return WishLimits(" ".join(wish.split()), at_most, at_least, count, cheaper is not None)


def _price(message: str, *regexes: re.Pattern[str]) -> tuple[str, float | None]:
    for regex in regexes:
        if found := regex.search(message):
            written = found["front"] or found["number"]
            price = _number_zh(written) if not written[0].isdigit() else float(written.replace(",", "").rstrip("."))
            return f"{message[: found.start()].rstrip()} {message[found.end() :].lstrip()}".strip(), price
    return message, None


def _count(written: str) -> int | None:
    number = int(written) if written.isdigit() else _NUMBERS.get(written.casefold()) or DIGITS_ZH.get(written)
    return number if number and number <= MAX_ITEMS else None


def _number_zh(numeral: str) -> float:
    """Return the value of a Chinese numeral: 三百五十 is 350."""
    total = section = digit = 0
    for character in numeral:
        if character in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            digit = DIGITS_ZH.get(character, 0)
    return float(total + section + digit)


def _for_somebody(message: str) -> str | None:
    """Return the taste of the person a wish is for, with the thing that is wanted; None where no taste is mentioned."""
    if found := _FOR_SOMEBODY.search(message):
        thing = " ".join(_NO_THING.sub(" ", found["thing"]).split())
        return f"{found['taste'].strip()} {thing}".strip()
    if found := _FOR_SOMEBODY_ZH.search(message):
        return next(text for text in found.groups() if text)
    return None
