"""Questions about price and stock: which item they are about, and which of its attributes answer them.

Only what is in the catalogue is said. Where it has no such item, or no price, the answer says so. An attribute is
recognised by its whole name. The price at which a shop buys, and additional costs (shipping, deposits), do not count
as the price.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from penchant.agent.chat.references import is_only_a_reference
from penchant.agent.chat.user_words import MAX_READ, share_named
from penchant.characters import has_han
from penchant.prompts.locales import Translator
from penchant.store.amounts import amount

Asked = Literal["price", "stock"]
MIN_SHARED_WORDS = 0.6
"""The share of the words of a title, or of the question, that must be in the other for an item to be meant."""
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
#: Not one item: several things or none in particular, sums and measures, or a service of a shop.
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
    """What is asked (`price` or `stock`) about `thing`, as the message calls it.

    `thing` is empty where the message only points ("it", 「还有货吗」). `definite`: the question is about a particular item
    ("how much is the X"), rather than about anything found under these words.
    """

    asked: Asked
    thing: str
    definite: bool = True


def item_question(message: str) -> ItemQuestion | None:
    """Return what the message asks about one item; None where it asks neither for a price nor about stock."""
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
    """Return whether `thing`, as the user calls it, may be the item of this title.

    Where it is not `definite`, most of the title must be in it.
    """
    return share_named(title, thing) >= MIN_SHARED_WORDS and (definite or share_named(thing, title) >= MIN_SHARED_WORDS)


def answer_of_item(asked: Asked, thing: str, item: Mapping[str, Any] | None, language: str) -> str:
    """Return the answer from the catalogue.

    `item`: as returned by `search_items`; None where none is called `thing`.
    """
    say = Translator(language, "chat")
    if item is None:
        return say("no_such_item", thing=thing)
    return "\n".join(_answer_lines(asked, item, say))


def _answer_lines(asked: Asked, item: Mapping[str, Any], say: Translator) -> Iterator[str]:
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
    """Say whether an item is in stock; an item without such an attribute is available."""
    if stock is False:
        return say("not_in_stock", title=title)
    if isinstance(stock, str):
        return say("stock_says", title=title, text=stock)
    if stock is None or stock is True:
        return say("in_stock", title=title)
    return say("in_stock_count", title=title, count=f"{stock:g}")


LONGEST = 80
"""The most characters of a text that is a price, a currency or a stock; longer texts are something else."""
_PRICES = (
    *("price", "sale_price", "current_price", "selling_price", "our_price", "final_price", "discounted_price"),
    *("unit_price", "retail_price", "regular_price", "list_price", "ticket_price"),
    *("价格", "售价", "现价", "价钱", "促销价", "优惠价", "零售价", "单价", "定价", "标价"),
    *("preis", "verkaufspreis", "prix", "precio", "prezzo", "prijs", "preço", "価格", "가격"),
)  # fmt: skip
_BESIDE_PRICE = {
    *("amount", "value", "incl", "including", "vat", "tax", "gross", "with"),
    *("sale", "current", "unit", "retail", "regular", "list", "now", "range"),
}  # fmt: skip
_CURRENCIES = ("currency", "currency_code", "price_currency", "币种", "货币", "价格币种", "货币单位")
_CODES = {
    *("aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "hkd", "huf", "inr", "jpy", "krw"),
    *("mxn", "nok", "nzd", "pln", "rmb", "sek", "sgd", "try", "twd", "usd", "zar"),
}  # fmt: skip
_STOCKS = (
    *("stock", "stock_quantity", "quantity_in_stock", "units_in_stock", "stock_level", "stock_count", "inventory"),
    *("inventory_quantity", "inventory_level", "available_quantity", "quantity_available", "in_stock", "available"),
    *("stock_status", "availability", "availability_status", "quantity", "qty"),
    *("库存", "存货", "库存量", "库存数量", "有货", "现货", "是否有货"),
)  # fmt: skip
_OUT_OF_STOCK = frozenset((
    *("out_of_stock", "sold_out", "unavailable", "not_available", "not_in_stock", "discontinued", "soldout", "outofstock"),
    *("售罄", "缺货", "无货", "下架", "已下架", "断货", "卖完", "是否缺货", "是否售罄"),
))  # fmt: skip
_NO = _OUT_OF_STOCK | frozenset(("no", "false", "n", "none", "zero", "out", "无", "没有", "否"))
_YES = frozenset(("yes", "true", "y", "in_stock", "instock", "available", "有", "有货", "是", "现货", "在售"))
_EMPTY = frozenset(("", "null", "nan", "n_a", "na", "unknown", "未知"))
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")


def price_and_stock(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes with an item's price, currency and stock, under their own names."""
    price, currency = price_name(attributes), _currency_name(attributes)
    names = [name for name in (price, currency, *_stock_names(attributes)) if name is not None]
    return {name: attributes[name] for name in names}


def price_of(attributes: Mapping[str, Any]) -> str:
    """Return the price with its currency as the catalogue writes them; empty where there is none."""
    name = price_name(attributes)
    if name is None:
        return ""
    price, currency = attributes[name], _currency_name(attributes)
    code = str(attributes[currency]).strip() if currency else next((c.upper() for c in _parts(name) if c in _CODES), "")
    if isinstance(price, str):
        price = price.strip()
        return f"{price} {code}".strip() if not re.search(r"[^\d.,'’\s]", price) else price
    number = f"{price:.2f}".removesuffix(".00") if isinstance(price, float) else str(price)
    return f"{number} {code}".strip()


def stock_of(attributes: Mapping[str, Any]) -> bool | float | str | None:
    """Return whether the item is available; None if unknown.

    The result is a boolean, the number in stock (above 0), or the catalogue's words.
    """
    found = [value for name in _stock_names(attributes) if (value := _stock_value(name, attributes[name])) is not None]
    counted = (value for value in found if isinstance(value, float))
    return False if any(value is False for value in found) else next(iter([*counted, *found]), None)


def price_name(attributes: Mapping[str, Any]) -> str | None:
    """Return the name of the attribute that has the item's price; None where none does."""
    named = _named(attributes, _PRICES)
    others = (name for name in attributes if _is_a_price(_parts(name)))
    return next((name for name in (*named, *others) if _is_a_sum(attributes[name])), None)


def _is_a_price(parts: list[str]) -> bool:
    return "price" in parts and set(parts) - {"price"} <= _BESIDE_PRICE | _CODES


def _is_a_sum(value: Any) -> bool:
    if isinstance(value, str):
        return _plain(value) not in _EMPTY and len(value) <= LONGEST and (amount(value) or 0) >= 0
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _currency_name(attributes: Mapping[str, Any]) -> str | None:
    names = _named(attributes, _CURRENCIES)
    return next((n for n in names if isinstance(attributes[n], str) and 0 < len(attributes[n].strip()) <= 20), None)


def _stock_names(attributes: Mapping[str, Any]) -> list[str]:
    out = [name for name in attributes if _stock_name(name) in _OUT_OF_STOCK]
    return [n for n in (*out, *_named(attributes, _STOCKS)) if _stock_value(n, attributes[n]) is not None]


def _named(attributes: Mapping[str, Any], wanted: tuple[str, ...]) -> Iterator[str]:
    """Return the attributes with these names, in the order of the names."""
    by_name = {_stock_name(name): name for name in reversed(list(attributes))}
    return (by_name[name] for name in wanted if name in by_name)


def _stock_value(name: str, value: Any) -> bool | float | str | None:
    stock = _read(value)
    if _stock_name(name) not in _OUT_OF_STOCK:
        return stock
    return None if stock is None else stock is False


def _read(value: Any) -> bool | float | str | None:
    """Parse a stock as it is written: a number above 0 is the number in stock, and any other number means none."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return (float(value) if value > 0 else False) if math.isfinite(value) else None
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    word = _plain(value.rpartition("/")[2] if "://" in value else value)
    if word in _NO or word in _YES:
        return word in _YES
    number = amount(value)
    if number is not None:
        return number if number > 0 else False
    return None if word in _EMPTY else value.strip()


def _stock_name(name: str) -> str:
    """Return a plain name without the "is" of `is_available`."""
    return _plain(name).removeprefix("is_")


def _parts(name: str) -> list[str]:
    return _plain(name).split("_")


def _plain(name: str) -> str:
    """Return `salePrice`, `Sale price` and `sale-price` as `sale_price`."""
    return _BETWEEN.sub("_", _HUMP.sub("_", name)).strip("_").casefold()
