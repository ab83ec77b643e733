"""What a thing costs and whether it is in stock: which item a question is about, and what the catalogue says of it.

Only what stands in the catalogue is told. Where it holds no such item, or says nothing of the price, that is the answer.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from penchant.agent.chat.user_words import share_named
from penchant.prompts.locales import Translator

Asked = Literal["price", "stock"]
ENOUGH = 0.6
"""Share of the words of a title, or of the question, that must be in the other for the item to be the one that is meant."""
_THING = r"(?P<thing>(?!my\b|your\b|you\b|i\b|we\b|does\b|do\b|did\b)[^?!.;]{2,80}?)"
_END = r"(?:\s+(?:now|today|please|at\s+the\s+moment|right\s+now|currently))?\s*[?.!]*\s*$"
_OPENING = r"^\W*(?:(?:hi|hello|hey|and|so|ok|okay|please|(?:can|could)\s+you\s+tell\s+me|tell\s+me)\b[,\s]*)*"
_WORDINGS: tuple[tuple[Asked, str], ...] = (
    ("price", rf"how\s+much\s+(?:is|are|for|would\s+be|do\s+you\s+(?:want|charge|ask)\s+for)\s+{_THING}"),
    ("price", rf"how\s+much\s+(?:do|does|would|will)\s+{_THING}\s+cost"),
    ("price", rf"(?:what(?:['’]s|\s+is|\s+are)\s+|the\s+)?(?:the\s+)?prices?\s+(?:of|for)\s+{_THING}"),
    ("price", rf"what\s+(?:do|does|would|will)\s+{_THING}\s+cost"),
    ("price", rf"what\s+{_THING}\s+costs?"),
    ("stock", rf"(?:is|are)\s+{_THING}\s+(?:still\s+|back\s+|currently\s+|now\s+)*(?:in\s+stock|available|sold\s+out|out\s+of\s+stock|on\s+sale|for\s+sale|gone)"),
    ("stock", rf"(?:do|have)\s+you\s+(?:still\s+|currently\s+)*(?:have|got|sell|stock|carry)\s+{_THING}\s+(?:in\s+stock|left|available)"),
    ("stock", rf"do\s+you\s+(?:still\s+)(?:have|sell|stock|carry)\s+{_THING}"),
    ("stock", rf"can\s+i\s+still\s+(?:buy|get|order)\s+{_THING}"),
)  # fmt: skip
_THING_ZH = r"(?P<thing>[^？?！!。，,]{1,30}?)"
_OPENING_ZH = r"^\W*(?:请问|你好|您好|那|麻烦问下|想问一?下)?[，,]?"
_END_ZH = r"\s*[？?。！!]*\s*$"
_WORDINGS_ZH: tuple[tuple[Asked, str], ...] = (
    ("price", rf"(?!我|你){_THING_ZH}(?:的)?(?:现在)?(?:要|卖|是)?(?:多少钱|什么价格?|价格(?:是)?多少|几块钱|怎么卖|啥价)(?:呢|啊|呀)?"),
    ("price", rf"(?!我|你){_THING_ZH}的?(?:价格|售价|价钱)(?:呢|是什么)?"),
    ("stock", rf"(?!我){_THING_ZH}(?:现在|目前)?(?:还)?(?:有货|有库存|有现货|在售|能买到|买得到|有卖)(?:吗|么|没有?|不)?"),
    ("stock", rf"(?!我){_THING_ZH}(?:现在|目前|是不是)?(?:已经)?(?:卖完|卖光|售罄|缺货|下架|断货)了?(?:吗|么|没有?)?"),
    ("stock", rf"(?:还)?有没有{_THING_ZH}(?:的)?(?:现货|库存)"),
)  # fmt: skip
_READ = [
    *((asked, re.compile(f"{_OPENING}{wording}{_END}", re.IGNORECASE)) for asked, wording in _WORDINGS),
    *((asked, re.compile(f"{_OPENING_ZH}{wording}{_END_ZH}")) for asked, wording in _WORDINGS_ZH),
]
_ARTICLE = re.compile(r"^(?:the|an?|one|some|any|this|that|these|those|your)\s+(?=\S)", re.IGNORECASE)
_PRICE = re.compile(r"price|cost|价", re.IGNORECASE)
_CURRENCY = re.compile(r"currency|币", re.IGNORECASE)
_STOCK = re.compile(r"stock|quantity|inventory|availab|库存|存货", re.IGNORECASE)
_ENDS = "'\"“”‘’「」《》 "


class ItemQuestion(NamedTuple):
    """What is asked (`price` or `stock`) of what the message calls `thing`."""

    asked: Asked
    thing: str


def item_question(message: str) -> ItemQuestion | None:
    """What the message asks of one thing of the catalogue; None where it asks neither for a price nor whether something is in stock."""
    for asked, regex in _READ:
        if found := regex.match(message):
            thing = _ARTICLE.sub("", found["thing"].strip(_ENDS)).strip(_ENDS)
            return ItemQuestion(asked, thing) if thing else None
    return None


def is_named(thing: str, title: str) -> bool:
    """Whether `thing`, as the user calls it, may be the item of this title."""
    return share_named(title, thing) >= ENOUGH


def answer_of_item(asked: Asked, thing: str, item: Mapping[str, Any] | None, language: str) -> str:
    """What the catalogue says. `item`: as `search_items` gives it, None where the catalogue has none of that name."""
    say = Translator(language, "chat")
    if item is None:
        return say("no_such_item", thing=thing)
    return "\n".join(_told(asked, item, say))


def _told(asked: Asked, item: Mapping[str, Any], say: Translator) -> Iterator[str]:
    title, attributes = str(item["title"]), item.get("attributes") or {}
    gone = item.get("why")
    if asked == "price":
        price = _priced(attributes)
        yield say("costs", title=title, price=price) if price else say("no_price", title=title)
    if gone:
        yield say("not_in_stock", title=title)
    elif asked == "stock":
        yield _stocked(title, next((value for name, value in attributes.items() if _STOCK.search(name)), None), say)


def _stocked(title: str, stock: Any, say: Translator) -> str:
    """`stock`: what an attribute says of it, if one does; an item without is one that can be had."""
    if stock is False or stock == 0:
        return say("not_in_stock", title=title)
    if isinstance(stock, int | float) and not isinstance(stock, bool):
        return say("in_stock_count", title=title, count=f"{stock:g}")
    return say("stock_says", title=title, text=stock) if isinstance(stock, str) else say("in_stock", title=title)


def _priced(attributes: Mapping[str, Any]) -> str:
    """The price with its currency, as the catalogue writes them; empty where it names none."""
    price = next((value for name, value in attributes.items() if _PRICE.search(name)), None)
    if price is None or isinstance(price, bool | list | dict):
        return ""
    currency = next((value for name, value in attributes.items() if _CURRENCY.search(name)), "")
    number = f"{price:.2f}".removesuffix(".00") if isinstance(price, float) else str(price)
    return f"{number} {currency}".strip()
