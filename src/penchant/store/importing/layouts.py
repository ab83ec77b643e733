"""The two kinds of rows there are, events and items: their fields, and which of them hold ids and times."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from penchant.store.event import Event
from penchant.store.item import Item


@dataclass(frozen=True)
class Layout:
    """What a kind of row looks like. `required`: without these a header is none; `extras`: the field that takes what is unknown."""

    known: frozenset[str]
    required: tuple[str, ...]
    extras: str
    ids: tuple[str, ...]
    times: tuple[str, ...]


EVENTS = Layout(
    frozenset(Event.model_fields), ("user_id", "type", "at"), "context", ("user_id", "item_id", "event_id"), ("at",)
)
ITEMS = Layout(
    frozenset(Item.model_fields), ("item_id", "title"), "attributes", ("item_id",), ("created_at", "expires_at")
)


_HINTS = {
    "user_id": (
        *("user", "customer", "member", "visitor", "client", "account", "session", "email"),
        *("kunde", "nutzer", "benutzer", "besucher", "用户", "客户", "会员", "买家"),
    ),
    "item_id": (
        *("item", "product", "sku", "stock", "movie", "book", "article", "isbn", "asin", "handle", "ean"),
        *(
            "artikelnummer",
            "artikel-nr",
            "artikelnr",
            "produkt",
            "商品编号",
            "商品编码",
            "商品id",
            "商品",
            "货号",
            "编号",
            "id",
        ),
    ),
    "at": ("timestamp", "time", "date", "when", "created", "datum", "zeit", "时间", "日期"),
    "title": ("title", "name", "product", "titel", "bezeichnung", "标题", "名称", "品名"),
    "type": (
        "type",
        "event",
        "action",
        "behaviour",
        "behavior",
        "aktion",
        "ereignis",
        "vorgang",
        "类型",
        "行为",
        "事件",
    ),
}
"""What columns are called elsewhere, in English, German and Chinese, the surest first."""


def suggested_columns(layout: Layout, names: Collection[str], wanted: Sequence[str] | None = None) -> str:
    """`--columns …` as it probably should be, for a file whose columns have other names. `wanted`: the fields that are looked for, by
    default every required one."""
    taken: dict[str, str] = {}
    for name in layout.required if wanted is None else wanted:
        for hint in _HINTS[name]:
            column = next((c for c in names if hint in c.casefold() and c not in taken.values() and "," not in c), None)
            if column is not None:
                taken[name] = column
                break
    return ",".join(f"{name}={column}" for name, column in taken.items())
