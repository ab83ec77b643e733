"""A table whose columns have other names is answered with one `--columns`, ready to paste, that names all that can be seen."""

import shlex

import pytest

from penchant.store.importing.fields import Fields
from penchant.store.importing.layouts import EVENTS, ITEMS, Layout
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.rows import Line
from penchant.store.importing.suggestions import suggested_columns
from penchant.store.importing.tables import HEADER_ONLY, CsvTable

EXPORTS = {
    "Handle,Heading,Body (HTML),Vendor,Product Category,Published,Variant Price,Image Link": (
        ITEMS,
        "item_id=Handle,categories=Product Category,description=Body (HTML)",
    ),
    "id,name,link,image_link,availability,price,google_product_category,gtin": (
        ITEMS,
        "item_id=id,title=name,categories=google_product_category,url=link,available=availability",
    ),
    "SKU,Product name,Category,created,price": (
        ITEMS,
        "item_id=SKU,title=Product name,categories=Category,created_at=created",
    ),
    "商品编号,商品名称,商品分类,上架时间,价格,库存,商品链接,商品图片": (
        ITEMS,
        "item_id=商品编号,title=商品名称,categories=商品分类,created_at=上架时间,url=商品链接,available=库存",
    ),
    "Artikelnummer,Bezeichnung,Kategorie,Preis,Angelegt am": (
        ITEMS,
        "item_id=Artikelnummer,title=Bezeichnung,categories=Kategorie,created_at=Angelegt am",
    ),
    "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID": (
        EVENTS,
        "user_id=CustomerID,at=InvoiceDate,item_id=StockCode",
    ),
    "visitorid,timestamp,event,itemid,transactionid": (
        EVENTS,
        "user_id=visitorid,type=event,at=timestamp,item_id=itemid",
    ),
    "Book Id,Average Rating,My Rating,Date Added,Payment Type,Member": (
        EVENTS,
        "user_id=Member,at=Date Added,item_id=Book Id,value=My Rating",
    ),
    "SteamID,AppID,behavior,hours,date": (EVENTS, "user_id=SteamID,type=behavior,at=date,item_id=AppID"),
    "reviewer,recipe_id,stars,review,created": (
        EVENTS,
        "user_id=reviewer,at=created,item_id=recipe_id,value=stars,text=review",
    ),
    "listener,track,played_at,ms_played": (EVENTS, "user_id=listener,at=played_at,item_id=track"),
    "candidate,action,offer_id,when,session": (EVENTS, "user_id=candidate,type=action,at=when,item_id=offer_id"),
    "读者,书号,评分,短评,评论时间": (EVENTS, "user_id=读者,at=评论时间,item_id=书号,value=评分,text=短评"),
    "书号,书名,作者,分类,库存": (ITEMS, "item_id=书号,title=书名,categories=分类,available=库存"),
    "guid,headline,section,pubDate": (ITEMS, "item_id=guid,title=headline,categories=section"),
    "offer_id,position,sector,salary,deadline": (
        ITEMS,
        "item_id=offer_id,title=position,categories=sector,expires_at=deadline",
    ),
    "用户编号,商品ID,行为类型,时间戳,评分": (
        EVENTS,
        "user_id=用户编号,type=行为类型,at=时间戳,item_id=商品ID,value=评分",
    ),
}


def _notes(layout: Layout, header: str) -> list[str]:
    """What is told of a table with this first line and no other, beside that it has no row."""
    table = CsvTable(iter([Line(1, header.encode())]), Fields(layout, ImportOptions()), ",")
    assert list(table.rows()) == []
    assert table.notes[-1] == HEADER_ONLY
    return table.notes[:-1]


@pytest.mark.parametrize("header", EXPORTS)
def test_every_field_that_can_be_seen_is_proposed(header: str) -> None:
    layout, expected = EXPORTS[header]

    assert shlex.split(suggested_columns(layout, header.split(","))) == [expected]


@pytest.mark.parametrize("header", EXPORTS)
def test_what_is_proposed_can_be_pasted_and_is_understood(header: str) -> None:
    layout, _ = EXPORTS[header]
    (pasted,) = shlex.split(suggested_columns(layout, header.split(",")))

    options = ImportOptions.read(columns=[pasted])

    assert set(options.columns) <= layout.known
    assert set(options.columns.values()) <= set(header.split(","))


def test_a_table_that_can_be_read_says_which_of_its_columns_may_be_fields_too() -> None:
    assert _notes(ITEMS, "item_id,title,Category,created,CreatedAt,price") == [
        "columns that may be fields: import files like this with --columns categories=Category"
    ]
    assert _notes(ITEMS, "item_id,title,categories,price,colour") == []


def test_what_is_missing_and_what_may_be_a_field_stand_in_one_proposal() -> None:
    assert _notes(EVENTS, "user_id,Action,Event Time,Product") == [
        "no column is read as type, at: say which is which with --columns 'type=Action,at=Event Time,item_id=Product'"
    ]
