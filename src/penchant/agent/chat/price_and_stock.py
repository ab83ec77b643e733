"""Which attributes of an item say what it costs and whether it can be had, and what they say.

An attribute is chosen by its whole name. What a shop pays for an item itself, and what comes on top (shipping, deposits), is no price.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from penchant.store.amounts import amount

LONGEST = 80
"""Characters of a text that is a price, a currency or a stock; longer ones are something else."""
_PRICES = (
    *("price", "sale_price", "current_price", "selling_price", "our_price", "final_price", "discounted_price"),
    *("unit_price", "retail_price", "regular_price", "list_price", "ticket_price"),
    *("价格", "售价", "现价", "价钱", "促销价", "优惠价", "零售价", "单价"),
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


def chosen(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of an item's attributes that say its price, its currency and its stock, under their own names."""
    price, currency = _price_name(attributes), _currency_name(attributes)
    names = [name for name in (price, currency, *_stock_names(attributes)) if name is not None]
    return {name: attributes[name] for name in names}


def price_of(attributes: Mapping[str, Any]) -> str:
    """The price with its currency, as the catalogue writes them; empty where it names none."""
    name = _price_name(attributes)
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
    """Whether the item can be had: False and True, how many there are (above 0), or the catalogue's words; None where it says nothing."""
    found = [value for name in _stock_names(attributes) if (value := _stock_said(name, attributes[name])) is not None]
    counted = (value for value in found if isinstance(value, float))
    return False if any(value is False for value in found) else next(iter([*counted, *found]), None)


def _price_name(attributes: Mapping[str, Any]) -> str | None:
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
    out = [name for name in attributes if _of_state(name) in _OUT_OF_STOCK]
    return [n for n in (*out, *_named(attributes, _STOCKS)) if _stock_said(n, attributes[n]) is not None]


def _named(attributes: Mapping[str, Any], wanted: tuple[str, ...]) -> Iterator[str]:
    """The attributes of these names, in the order of the names."""
    by_name = {_of_state(name): name for name in reversed(list(attributes))}
    return (by_name[name] for name in wanted if name in by_name)


def _stock_said(name: str, value: Any) -> bool | float | str | None:
    stock = _read(value)
    if _of_state(name) not in _OUT_OF_STOCK:
        return stock
    return None if stock is None else stock is False


def _read(value: Any) -> bool | float | str | None:
    """A stock as it is written: a number above 0 is how many there are, any other is none."""
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


def _of_state(name: str) -> str:
    """A plain name without the "is" of `is_available`."""
    return _plain(name).removeprefix("is_")


def _parts(name: str) -> list[str]:
    return _plain(name).split("_")


def _plain(name: str) -> str:
    """`salePrice`, `Sale price` and `sale-price` as `sale_price`."""
    return _BETWEEN.sub("_", _HUMP.sub("_", name)).strip("_").casefold()
