"""Expressions that name items: what they mean, and what is said to one that means nothing."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import seconds

from penchant.agent.recommend.filters import Condition, ItemRecord, ItemTable, StoredRecords
from penchant.errors import UsageError
from penchant.store.item import Item

ITEMS = [
    Item(
        item_id="kettle",
        title="Kettle",
        categories=[["Home", "Kitchen", "Kettles"]],
        tags=["steel"],
        lang="en",
        domain="shop",
        attributes={"price": 19.99, "colours": ["Red", "blue"], "vegan": False, "brand": "Acme"},
    ),
    Item(
        item_id="curry",
        title="Curry",
        categories=[["Food", "Ready Meals"], ["Gifts"]],
        tags=["vegan", "hot"],
        lang="zh",
        domain="food",
        attributes={"price": 4, "vegan": True},
    ),
    Item(item_id="lamp", title="Lamp", categories=[["Home", "Lighting"]], attributes={"price": "20", "brand": "acme"}),
    Item(item_id="plain", title="Plain"),
    Item(
        item_id="pipe",
        title="Pipe",
        attributes={"size": '10"', "brand": "O'Neill", "shift": -3.5, "cost": "1.024,00 €"},
    ),
]
AGES = np.array([1.0, 10.0, 100.0, np.inf, np.inf])


def table(items: Sequence[Item] = ITEMS) -> ItemTable:
    return ItemTable(
        StoredRecords.of(map(ItemRecord.of, items)), [item.domain for item in items], [i.item_id for i in items]
    )


def named(expression: str) -> list[str]:
    return [ITEMS[row].item_id for row in np.flatnonzero(table().mask(Condition.parse(expression), AGES))]


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("category=Kitchen", ["kettle"]),
        ("category=home", ["kettle", "lamp"]),
        ("category=Home>Kitchen", ["kettle"]),
        ("category=Home > Kitchen > Kettles", ["kettle"]),
        ("category=Gifts", ["curry"]),
        ("category=Kitchen|Lighting", ["kettle", "lamp"]),
        ("category!=Home", ["curry", "plain", "pipe"]),
        ("attributes.price<20", ["kettle", "curry"]),
        ("attributes.price <= 20", ["kettle", "curry", "lamp"]),
        ("attributes.price>=19.99", ["kettle", "lamp"]),
        ("attributes.price=4.0", ["curry"]),
        ("attributes.vegan=true", ["curry"]),
        ("attributes.colours=BLUE", ["kettle"]),
        ("attributes.colours=[green, red]", ["kettle"]),
        ("attributes.brand=acme", ["kettle", "lamp"]),
        ("attributes.brand!=acme", ["pipe"]),
        ("attributes.brand!=acme|zen", ["pipe"]),
        ("attributes.price!=40", ["kettle", "curry", "lamp"]),
        ("attributes.price!=20", ["kettle", "curry"]),
        ("attributes.price!=cheap", ["kettle", "curry", "lamp"]),
        ("attributes.vegan!=true", ["kettle"]),
        ("attributes.colours!=red", []),
        ("attributes.colours!=green", ["kettle"]),
        ("attributes.nothing!=1", []),
        ("tags!=vegan", ["kettle", "lamp", "plain", "pipe"]),
        ("lang!=en", ["curry", "lamp", "plain", "pipe"]),
        ("tags=vegan", ["curry"]),
        ("lang=en|zh", ["kettle", "curry"]),
        ("domain=shop", ["kettle"]),
        ("age<=10", ["kettle", "curry"]),
        ("item_id=lamp|plain", ["lamp", "plain"]),
        ("item_id=Lamp|plain", ["plain"]),
        ("category=Clothing, Shoes and tags", []),
        ("attributes.nothing=1", []),
        ('attributes.size=10"', ["pipe"]),
        ("attributes.brand=O'Neill", ["pipe"]),
        ('attributes.brand="Acme"', ["kettle", "lamp"]),
        ("attributes.shift<-3", ["pipe"]),
        ("attributes.cost>1000", ["pipe"]),
        ("attributes.cost<=€1,024.00", ["pipe"]),
        ("attributes.shift=-3.50", ["pipe"]),
    ],
)
def test_an_expression_names_these_items(expression: str, meant: list[str]) -> None:
    assert named(expression) == meant


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("Kitchen", "is not a filter"),
        ("", "is not a filter"),
        ("=Kitchen", "is not a filter"),
        ("colour=red", "is not a field of an item .an attribute is written 'attributes.colour=red'"),
        ("attributes.=red", "is not a field of an item .an attribute is written 'attributes.NAME=red'"),
        ("category=", "has no value"),
        ("attributes.price<cheap", "is not a number"),
        ("attributes.price<nan", "is not a number"),
        ("category<Kitchen", "only attributes and age"),
        ("age=young", "is not a number"),
        ("lang=en, domain=shop", "holds several filters"),
        ("tags=vegan and attributes.price<20", "holds several filters"),
        ("attributes.brand=acme & tags=vegan", "holds several filters"),
        ("category=Kitchen; age <= 30", "holds several filters"),
        ("category='Home' and tags='steel'", "put quotes around a value"),
        ("category=[Home] and tags=[steel]", "holds several filters"),
        ("category=Women's, tags=men's", "holds several filters"),
        ("item_id=kettle and tags=steel", "holds several filters"),
        ("item_id=kettle,tags=steel", "holds several filters"),
        ("item_id=kettle&lang=en", "holds several filters"),
    ],
)
def test_what_is_no_expression_is_answered_with_the_syntax(expression: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as caught:
        Condition.parse(expression)
    assert "category=Kitchen, attributes.price<20" in str(caught.value)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("item_id=https://s/p?a=1&id=42", "https://s/p?a=1&id=42"),
        ("item_id='kettle,tags=steel'", "kettle,tags=steel"),
        ('item_id="https://s/p?a=1&id=42"', "https://s/p?a=1&id=42"),
        ('category="Books, Tags=Fun"', "books, tags=fun"),
        ("attributes.url='https://s/p?tag=a&lang=b'", "https://s/p?tag=a&lang=b"),
    ],
)
def test_a_value_that_reads_like_another_filter_can_be_written(expression: str, value: str) -> None:
    assert Condition.parse(expression).values == (value,)
    assert Condition.parse(f"{expression}|plain").values == (value, "plain")


def test_a_bracketed_value_may_contain_what_reads_like_another_filter() -> None:
    assert Condition.parse("item_id=[https://s/p?a=1&id=42, plain]").values == ("https://s/p?a=1&id=42", "plain")


@pytest.mark.parametrize(("count", "complaint"), [(600, "several filters"), (4_000, "at most 10,000")])
def test_an_expression_of_any_length_is_answered_at_once(count: int, complaint: str) -> None:
    def refused() -> None:
        with pytest.raises(UsageError, match=complaint):
            Condition.parse("category=x" + " and attributes." * count + "=")

    assert seconds(0.02, refused) < 0.02


@given(st.text(max_size=60))
def test_any_text_is_an_expression_or_a_usage_error(text: str) -> None:
    try:
        mask = table().mask(Condition.parse(text), AGES)
    except UsageError:
        return
    assert mask.shape == (len(ITEMS),)


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=1, max_size=20), st.floats(-1e6, 1e6))
def test_comparisons_are_those_of_numbers(prices: list[float | None], limit: float) -> None:
    items = [Item(item_id=str(n), title="x", attributes={} if p is None else {"p": p}) for n, p in enumerate(prices)]
    below = table(items).mask(Condition.parse(f"attributes.p<{limit!r}"), np.zeros(len(items)))
    assert below.tolist() == [price is not None and price < limit for price in prices]


def test_records_that_are_stored_are_read_one_by_one_and_all_together() -> None:
    odd = Item(
        item_id="odd", title="-", tags=["one\r\nline", "\u2028", "é"], attributes={"sizes": ["s", "m"], "weight": 1.5}
    )
    items = [*ITEMS, odd]
    records, stored = [ItemRecord.of(item) for item in items], StoredRecords.of(map(ItemRecord.of, items))
    as_json = [(list(map(list, each.categories)), list(each.tags), each.lang, each.attributes) for each in records]
    assert list(stored) == [stored[row] for row in range(len(items))] == stored[:] == as_json
    assert (stored[-1], stored[1:3]) == (as_json[-1], as_json[1:3])
    with pytest.raises(IndexError):
        stored[len(items)]
