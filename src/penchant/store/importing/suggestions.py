"""Suggests which column of a table is which field.

It knows names that are common in shops, exports and spreadsheets, in English, German and Chinese.
"""

import re
import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from penchant.characters import IDEOGRAPH
from penchant.store.importing.chat_shapes import messages_in
from penchant.store.importing.fields import Fields
from penchant.store.importing.layouts import EVENTS, ITEMS, Layout, snake_case

_CHAT, _MESSAGE = "this is a chat", "this is a message of a chat"
GIVEN = {"user_id": "--user U", "type": "--type T"}
"""The options that give all rows of a file the same value of a required field."""

_ITEM = (
    *("item", "product", "sku", "stock code", "movie", "book", "article", "handle", "lineitem sku"),
    *("recipe", "game", "app", "song", "track", "video", "episode", "course", "offer", "story", "guid"),
    *("artikelnummer", "artikel nr", "artikelnr", "artikel", "produkt"),
    *(
        "商品编号",
        "商品编码",
        "商品id",
        "货号",
        "商品",
        "书号",
        "图书",
        "书籍",
        "电影",
        "歌曲",
        "游戏",
        "课程",
        "职位",
        "菜谱",
        "编号",
    ),
)
_NUMBERS = ("id", "asin", "isbn", "ean", "gtin")
"""Ids of catalogue items that are used if no better column exists."""
_TITLE = (
    "title",
    "name",
    "product name",
    "product",
    "titel",
    "bezeichnung",
    "商品名称",
    "标题",
    "书名",
    "片名",
    "歌名",
    "菜名",
    "名称",
    "品名",
    "headline",
    "position",
    "job title",
)
_OF_EVENTS = {
    "user_id": (
        *("user", "customer", "member", "visitor", "client", "account", "email"),
        *(
            "uid",
            "reader",
            "reviewer",
            "player",
            "steam",
            "listener",
            "viewer",
            "learner",
            "student",
            "candidate",
            "buyer",
            "session",
        ),
        *(
            "kunde",
            "kundennummer",
            "nutzer",
            "benutzer",
            "besucher",
            "用户",
            "客户",
            "会员",
            "买家",
            "读者",
            "观众",
            "听众",
            "玩家",
            "学员",
            "昵称",
        ),
    ),
    "type": (
        *(
            "event type",
            "event name",
            "type",
            "event",
            "action",
            "behaviour",
            "behavior",
            "aktion",
            "ereignis",
            "vorgang",
        ),
        *("行为类型", "类型", "行为", "事件"),
    ),
    "at": (
        "timestamp",
        "time",
        "date",
        "when",
        "ts",
        "created at",
        "created",
        "at",
        "datum",
        "zeit",
        "zeitpunkt",
        "时间戳",
        "时间",
        "日期",
    ),
    "item_id": _ITEM,
    "value": ("my rating", "your rating", "user rating", "rating", "stars", "score", "bewertung", "评分", "打分"),
    "text": (
        *("message", "search term", "search query", "query", "review", "nachricht", "搜索词", "评论", "短评"),
        *("title", "name", "track name", "contents", "titel", "标题", "商品名称", "名称"),
    ),
}
_OF_ITEMS = {
    "item_id": (*_ITEM, *_NUMBERS),
    "title": _TITLE,
    "categories": (
        *(
            "category",
            "product category",
            "product type",
            "genre",
            "genres",
            "department",
            "collection",
            "section",
            "sector",
        ),
        *("kategorie", "kategorien", "warengruppe", "分类", "类目", "品类", "类别"),
    ),
    "created_at": (
        *(
            "created",
            "date created",
            "creation date",
            "creation time",
            "date added",
            "added",
            "release date",
            "publication date",
        ),
        *(
            "angelegt",
            "angelegt am",
            "erstellt",
            "erstellt am",
            "创建时间",
            "创建日期",
            "上架时间",
            "上架日期",
            "发布时间",
            "发布日期",
        ),
    ),
    "description": (
        "body",
        "body html",
        "short description",
        "long description",
        "details",
        "beschreibung",
        "描述",
        "简介",
        "详情",
    ),
    "tags": ("tag", "keywords", "labels", "schlagworte", "标签", "关键词"),
    "url": ("link", "product link", "permalink", "product url", "链接", "网址"),
    "available": (
        "in stock",
        "availability",
        "stock",
        "inventory",
        "lagerbestand",
        "bestand",
        "verfügbar",
        "库存",
        "有货",
    ),
    "expires_at": ("expires", "expiry date", "valid until", "valid through", "deadline", "下架时间", "过期时间"),
    "lang": ("language", "locale", "sprache", "语言"),
}
"""Column names by field, the surest first; required fields come before the others."""
_NUMBERED = ("id", "no", "nr", "number", "code", "key")
_EXACT_ONLY = (("type", "type"), ("text", "title"), ("text", "name"), ("text", "titel"), ("text", "名称"))
"""Names that fit only alone: a "Payment type" is no type of event, and a "Customer name" no text."""
_NO_MOMENT = re.compile(r"release|publi|birth|expir|valid|上映|出版|发行|生日|出生|有效")
"""Dates that belong to the item or the user, not to the event."""
_OF_PICTURES = re.compile(r"image|img|photo|picture|thumb|bild|图")
EXACT, AT_END, WITHIN, ANYWHERE = range(4)
"""How well a name fits a column: equal to it, at its end ("Product category"), a word in it, or letters in it."""


def cure(columns: str, missing: Sequence[str]) -> str:
    """Return what to do about required fields that are missing: name their columns, or give a value for all rows.

    `columns`: the option that names the columns that fit; "" if none does.
    """
    given = " and ".join(option for name, option in GIVEN.items() if name in missing and f"{name}=" not in columns)
    if columns:
        return f"say which is which with --columns {columns}{given and f', and give {given} for all rows'}"
    unnamed = ",".join(f"{name}=…" for name in missing)
    return f"say which is which with --columns {unnamed}{given and f' (or give {given} for all rows)'}"


def misplaced(fields: Fields, row: Mapping[str, Any]) -> str | None:
    """Return the advice for a row, or columns, of the other kind (items among events); None for any other.

    A row is of its own kind if its columns may be the required fields under other names.
    """
    if "type" in fields.given:  # who gives a type for all rows knows that they are events
        return None
    layout, other = (EVENTS, ITEMS) if fields.layout is EVENTS else (ITEMS, EVENTS)
    what = _other_kind(layout, other, {**row, **{fields.place(name): row[name] for name in row}})
    if what is None or (what != _CHAT and _may_be_own(fields, row)):
        return None
    return f"{what}, not {layout.name}: use `penchant {other.name} import`"


def _may_be_own(fields: Fields, row: Mapping[str, Any]) -> bool:
    """Return whether a row has columns for the required fields that are missing, or for all but one that can be given."""
    names = [name for name, value in row.items() if not isinstance(value, dict | list)]
    places = {fields.place(name) for name in names}
    missing = tuple(name for name in fields.required if name not in places)
    free = tuple(name for name in names if not fields.is_field(name))
    columns = _suggested(fields.layout, free, missing, frozenset((*places, *fields.given)))
    unfilled = [name for name in missing if f"{name}=" not in columns]
    return len(unfilled) <= (1 if GIVEN.keys() >= set(unfilled) and len(missing) > 1 else 0)


@lru_cache(1_000)
def _suggested(layout: Layout, names: tuple[str, ...], missing: tuple[str, ...], known: frozenset[str]) -> str:
    return suggested_columns(layout, names, missing, known)


def _other_kind(layout: Layout, other: Layout, row: Mapping[str, Any]) -> str | None:
    """Return what a row of the other kind is; None if it may be of its own."""
    names = {snake_case(name) for name, value in row.items() if value not in (None, "")}
    if names & (set(layout.required) - other.known):
        return None
    if set(other.required) <= names:
        return f"these are {other.name}"
    return _chat_in(row) if layout is ITEMS else None


def _chat_in(row: Mapping[str, Any]) -> str | None:
    try:
        found = messages_in(row)
    except ValueError:  # a message that cannot be read
        return _CHAT
    return None if found is None else _MESSAGE if found.single else _CHAT


def suggested_columns(
    layout: Layout, names: Collection[str], missing: Collection[str] | None = None, known: Collection[str] = ()
) -> str:
    """Return a suggestion for `--columns`, quoted for a shell, for columns with other `names`; "" if nothing fits.

    `missing`: the required fields to find, by default all; `known`: fields that other columns are already.
    """
    hints = _OF_EVENTS if layout is EVENTS else _OF_ITEMS
    required = layout.required if missing is None else missing
    fields = [field for field in hints if field in required or field not in {*layout.required, *known}]
    taken: dict[str, str] = {}
    for _, _, field, column in sorted(
        _fits(hints, fields, [name for name in names if name and "," not in name], required)
    ):
        if field not in taken and column not in taken.values():
            taken[field] = column
    written = ",".join(f"{field}={taken[field]}" for field in fields if field in taken)
    return shlex.quote(written) if written else ""


def _fits(
    hints: dict[str, tuple[str, ...]], fields: Collection[str], names: Collection[str], required: Collection[str]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield (fit, index of the name, field, column) for everything that fits.

    A field that is not required has to fit well.
    """
    for field in fields:
        for place, hint in enumerate(hints[field]):
            for column in names:
                fit = _likeness(hint, column, is_id=field.endswith("_id"))
                if (
                    fit is not None
                    and (fit <= AT_END or field in required)
                    and (fit == EXACT or (field, hint) not in _EXACT_ONLY)
                    and not (field == "at" and _NO_MOMENT.search(column.casefold()))
                    and not (field == "url" and _is_picture(column))
                ):
                    yield fit, place, field, column


def _is_picture(column: str) -> bool:
    return _OF_PICTURES.search(column.casefold()) is not None


def _likeness(hint: str, column: str, *, is_id: bool) -> int | None:
    """Return how well a name fits a column; None if it does not."""
    words = _words(column)
    if is_id and len(words) > 1 and words[-1] in _NUMBERED and hint not in _NUMBERED:
        words = words[:-1] if words[:-1] == hint.split() else words
    own, name = hint.split(), " ".join(words)
    if name == hint or (is_id and name in {hint + number for number in _NUMBERED}):
        return EXACT
    if IDEOGRAPH.search(hint):
        return AT_END if name.endswith(hint) else WITHIN if hint in name else None
    if words[-len(own) :] == own:
        return AT_END
    if any(words[at : at + len(own)] == own for at in range(len(words))):
        return WITHIN
    return ANYWHERE if len(hint) > 2 and hint in name else None


def _words(column: str) -> list[str]:
    """Split `ProductCategory`, `product_category` or `Product Category` into "product" and "category"."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", column.strip()[:100])
    return re.sub(r"[\W_]+", " ", apart.casefold()).split()
