"""What a thing costs and whether it is in stock: which item a question is about, and what the catalogue says of it.

Only what stands in the catalogue is told. Where it holds no such item, or says nothing of the price, that is the answer.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from penchant.agent.chat.price_and_stock import price_of, stock_of
from penchant.agent.chat.references import is_only_a_reference
from penchant.agent.chat.user_words import MAX_READ, share_named
from penchant.characters import has_han
from penchant.prompts.locales import Translator

Asked = Literal["price", "stock"]
ENOUGH = 0.6
"""Share of the words of a title, or of the question, that must be in the other for the item to be the one that is meant."""
_THING = r"(?P<thing>(?!my\b|your\b|you\b|i\b|we\b|does\b|do\b|did\b)[^?!.;]{2,80}?)"
_END = r"(?:\s+(?:now|today|please|at\s+the\s+moment|right\s+now|currently))?\s*[?.!]*\s*$"
_OPENING = r"^(?:(?:hi|hello|hey|and|so|ok|okay|please|(?:can|could)\s+you\s+tell\s+me|tell\s+me)\b[,\s]*)*"
_WORDINGS: tuple[tuple[Asked, str], ...] = (
    ("price", r"how\s+much(?=\s*\?)|(?:what(?:['’]s|\s+is)\s+)?(?:the|its)\s+price"),
    ("price", rf"how\s+much\s+(?:is|are|for|would\s+be|do\s+you\s+(?:want|charge|ask)\s+for)\s+{_THING}"),
    ("price", rf"how\s+much\s+(?:do|does|would|will)\s+{_THING}\s+cost"),
    ("price", rf"(?:what(?:['’]s|\s+is|\s+are)\s+|the\s+)?(?:the\s+)?prices?\s+(?:of|for)\s+{_THING}"),
    ("price", rf"what\s+(?:do|does|would|will)\s+{_THING}\s+cost"),
    ("price", rf"what\s+{_THING}\s+costs?"),
    ("stock", r"(?:is\s+)?(?:still\s+)?(?:in\s+stock|available|sold\s+out)(?=\s*\?)"),
    ("stock", rf"(?:is|are)\s+{_THING}\s+(?:still\s+|back\s+|currently\s+|now\s+)*(?:in\s+stock|available|sold\s+out|out\s+of\s+stock|on\s+sale|for\s+sale)"),
    ("stock", rf"(?:do|have)\s+you\s+(?:still\s+|currently\s+)*(?:have|got|sell|stock|carry)\s+{_THING}\s+(?:in\s+stock|left|available)"),
    ("stock", rf"do\s+you\s+(?:still\s+)(?:have|sell|stock|carry)\s+{_THING}"),
    ("stock", rf"can\s+i\s+still\s+(?:buy|get|order)\s+{_THING}"),
)  # fmt: skip
_THING_ZH = r"(?P<thing>[^？?！!。，,]{0,30}?)"
_OPENING_ZH = r"^(?:请问|你好|您好|那|麻烦问下|想问一?下)?[，,]?"
_END_ZH = r"\s*[？?。！!]*\s*$"
_WORDINGS_ZH: tuple[tuple[Asked, str], ...] = (
    ("price", rf"(?!我|你){_THING_ZH}(?:的)?(?:现在)?(?:要|卖|是)?(?:多少钱|什么价格?|价格(?:是)?多少|几块钱|怎么卖|啥价)(?:呢|啊|呀)?"),
    ("price", rf"(?!我|你){_THING_ZH}的?(?:价格|售价|价钱)(?:呢|是什么)?"),
    ("stock", rf"(?!我){_THING_ZH}(?:现在|目前)?(?:还)?有没有(?:货|现货|库存)(?:了|呢|啊)?"),
    ("stock", r"(?:你们|你家|店里|店铺里?|贵店)(?:家|店|这里|这儿)?(?:现在|目前)?还(?:有|卖)(?P<thing>[^？?！!。，,]{1,30}?)(?:卖)?(?:吗|么|没有)"),
    ("stock", rf"(?!我){_THING_ZH}(?:现在|目前)?(?:还)?(?:有货|有库存|有现货|在售|能买到|买得到|有卖)(?:吗|么|没有?|不)?"),
    ("stock", rf"(?!我){_THING_ZH}(?:现在|目前|是不是)?(?:已经)?(?:卖完|卖光|售罄|缺货|下架|断货)了?(?:吗|么|没有?)?"),
    ("stock", rf"(?:还)?有没有{_THING_ZH}(?:的)?(?:现货|库存)"),
)  # fmt: skip
_READ = [
    *((asked, re.compile(f"{_OPENING}(?:{wording}){_END}", re.IGNORECASE)) for asked, wording in _WORDINGS),
    *((asked, re.compile(f"{_OPENING_ZH}{wording}{_END_ZH}")) for asked, wording in _WORDINGS_ZH),
]
_CLASSIFIER = "[个部本首款件条篇项张盏把只种台双瓶盒支块套]"
_ARTICLE = re.compile(
    rf"^(?:the|an?|one|this|that|these|those|your)\s+(?=\S)|^[这那]一?{_CLASSIFIER}(?=.)", re.IGNORECASE
)
_DEFINITE = {"price": re.compile(r"(?:the|an?|this|that|these|those)\s", re.IGNORECASE)}
_DEFINITE["stock"] = re.compile(r"(?:the|this|that|these|those)\s", re.IGNORECASE)
_ADVERBS = re.compile(r"^(?:(?:still|now|currently|then)\s+)+(?=\S)|^(?:现在|目前|今天|到底|是不是|还|都|也|那|已经)+", re.IGNORECASE)  # fmt: skip
_POINTER = re.compile(
    r"(?:it|this|that|these|those|they|them|ones?|(?:thing|item|product|article)s?)(?:\s+(?:one|ones))?"
    rf"|[它他她]们?|[这那](?:一?{_CLASSIFIER}|些)?(?:商品|东西|产品|货)?|商品|东西|产品",
    re.IGNORECASE,
)
#: Several things, none in particular; sums and measures; what a shop does rather than what it sells.
_NO_ITEM = re.compile(
    r"^(?:there|any\w*|some\w*|others?|more|which|what|all|every\w*|nothing|else|too\s+(?:much|many)|enough|most|cheaper|similar)\b"
    r"|\b(?:anything|something|options|choices|alternatives|varieties|(?:kinds?|sorts?|types?)\s+of)\b"
    r"|^\W*\d[\d.,]*\s*(?:times|plus|minus|x|divided|multiplied|percent|to\s+the|[*+/÷×%^-])"
    r"|^(?:here|now|today|tonight|tomorrow|online|later|again|early|by\s+\w+|for\s+\w+|in\s+\w+|until\s+\w+)$"
    r"|^(?:an?\s+|the\s+|my\s+|free\s+)*(?:refund|discount|return|delivery|shipping|postage|appointment|invoice|receipt|help|support|money\s+back)s?\b"
    r"|什么|哪|^[有最]|多少|任何|一些|其他|别的|便宜[一点]|^\W*\d[\d.]*\s*(?:加|减|乘|除|[*+/÷×%^-])|运费|快递|退款|发票",
    re.IGNORECASE,
)  # fmt: skip
_IN_FRONT = re.compile(r"^\W+")
_ENDS = "'\"“”‘’「」《》 "


class ItemQuestion(NamedTuple):
    """What is asked (`price` or `stock`) of what the message calls `thing`, which is empty where it only points ("it", 「还有货吗」).

    `definite`: a particular item is asked for ("how much is the X"), rather than what may be found under these words.
    """

    asked: Asked
    thing: str
    definite: bool = True


def item_question(message: str) -> ItemQuestion | None:
    """What the message asks of one thing of the catalogue; None where it asks neither for a price nor whether something is in stock."""
    message = _IN_FRONT.sub("", " ".join(message[:MAX_READ].split()))
    for asked, regex in _READ:
        if found := regex.match(message):
            written = _ADVERBS.sub("", (found.groupdict().get("thing") or "").strip())
            if not _NO_ITEM.search(written):
                return _question(asked, written)
    return None


def _question(asked: Asked, written: str) -> ItemQuestion:
    thing = _ARTICLE.sub("", written.strip(_ENDS)).strip(_ENDS)
    if not thing or _POINTER.fullmatch(thing) or _POINTER.fullmatch(written):
        return ItemQuestion(asked, "")
    quoted = written[0] in _ENDS and written[-1] in _ENDS
    asked_for = asked == "price" if has_han(thing) else bool(_DEFINITE[asked].match(written))
    return ItemQuestion(asked, thing, quoted or asked_for or is_only_a_reference(thing))


def is_named(thing: str, title: str, *, definite: bool = True) -> bool:
    """Whether `thing`, as the user calls it, may be the item of this title; where it is not definite, most of the title must be said."""
    return share_named(title, thing) >= ENOUGH and (definite or share_named(thing, title) >= ENOUGH)


def answer_of_item(asked: Asked, thing: str, item: Mapping[str, Any] | None, language: str) -> str:
    """What the catalogue says. `item`: as `search_items` gives it, None where the catalogue has none of that name, or none is named."""
    say = Translator(language, "chat")
    if item is None:
        return say("no_such_item", thing=thing) if thing and not is_only_a_reference(thing) else say("which_item")
    return "\n".join(_told(asked, item, say))


def _told(asked: Asked, item: Mapping[str, Any], say: Translator) -> Iterator[str]:
    title, attributes = str(item["title"]), item.get("attributes") or {}
    gone = item.get("why")
    if asked == "price":
        price = price_of(attributes)
        yield say("costs", title=title, price=price) if price else say("no_price", title=title)
    if gone:
        yield say("not_in_stock", title=title)
    elif asked == "stock":
        yield _stocked(title, stock_of(attributes), say)


def _stocked(title: str, stock: bool | float | str | None, say: Translator) -> str:
    """An item of which the catalogue says nothing is one that can be had."""
    if stock is False:
        return say("not_in_stock", title=title)
    if isinstance(stock, str):
        return say("stock_says", title=title, text=stock)
    if stock is None or stock is True:
        return say("in_stock", title=title)
    return say("in_stock_count", title=title, count=f"{stock:g}")
