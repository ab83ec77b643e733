"""Events in JSON, however the rows are arranged and whatever program has printed them."""

import json
from typing import Any

import pytest
from event_import import AT, ROW, VIEWED, Import, events, texts

from penchant.store.ledger import Ledger


def test_unknown_fields_of_json_are_kept_as_they_are(take: Import, ledger: Ledger) -> None:
    row = {
        "user_id": "ada",
        "type": "view",
        "at": AT,
        "valeu": 3,
        "page": {"n": 1},
        "context": {"device": "phone"},
        "gap": None,
    }
    take(json.dumps(row) + "\n", "events.jsonl")

    assert events(ledger)[0].context == {"device": "phone", "valeu": 3, "page": {"n": 1}}


UNNAMED = {name: value for name, value in VIEWED.items() if name != "user_id"}


@pytest.mark.parametrize(
    "document",
    [
        {"events": [VIEWED, VIEWED | {"item_id": "b2"}]},
        {
            "user_id": {"0": "ada", "1": "ada"},
            "type": {"0": "view", "1": "view"},
            "at": {"0": 1593936000000, "1": 1593936000000},
        }
        | {"item_id": {"0": "b1", "1": "b2"}},
        {"0": VIEWED, "1": VIEWED | {"item_id": "b2"}},
        {
            "columns": list(VIEWED),
            "index": [0, 1],
            "data": [list(VIEWED.values()), [*list(VIEWED.values())[:-1], "b2"]],
        },
        {"schema": {"fields": []}, "data": [VIEWED, VIEWED | {"item_id": "b2"}]},
        {"user_id": "ada", "purchases": [UNNAMED, UNNAMED | {"item_id": "b2"}]},
        {"userId": "ada", "total": 2, "data": {"purchases": [UNNAMED, VIEWED | {"item_id": "b2"}]}},
    ],
    ids=["a body", "pandas", "pandas by rows", "pandas split", "pandas table", "of a user", "of a user, nested"],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_document_of_rows_is_its_rows(document: Any, indent: int | None, take: Import, ledger: Ledger) -> None:
    take(json.dumps(document, indent=indent), "events.json")

    assert sorted(str(event.item_id) for event in events(ledger)) == ["b1", "b2"]


@pytest.mark.parametrize("columns", [[], ["user_id=customer,item_id=order,at=when"]])
@pytest.mark.parametrize(("name", "count"), [("orders.json", 3), ("orders.json", 1), ("orders.jsonl", 1)])
def test_an_event_that_holds_a_list_of_objects_is_an_event(
    name: str, count: int, columns: list[str], take: Import, ledger: Ledger
) -> None:
    names = ("customer", "order", "when") if columns else ("user_id", "item_id", "at")
    orders = [
        dict(zip(names, (1, number, 1593936000), strict=True)) | {"lines": [{"sku": 1}, {"sku": 2}]}
        for number in range(count)
    ]
    take(json.dumps(orders if count > 1 else orders[0]), name, columns=columns, event_type="purchase")

    assert sorted(str(event.item_id) for event in events(ledger, "1")) == [str(number) for number in range(count)]


def test_objects_without_a_line_break_between_them_are_rows(take: Import, ledger: Ledger) -> None:
    take(json.dumps(VIEWED) + json.dumps(VIEWED | {"item_id": "b2"}), "events.jsonl")

    assert sorted(str(event.item_id) for event in events(ledger)) == ["b1", "b2"]


@pytest.mark.parametrize("text", ["use [a, ] here", "{b, } it's", 'so "c, ]"'])
@pytest.mark.parametrize("end", ["}", ",}", ", }"])
def test_a_text_that_python_has_printed_stays_as_it_is(text: str, end: str, take: Import, ledger: Ledger) -> None:
    take(f"{ROW | {'text': text}}".removesuffix("}") + end, "events.jsonl")

    assert texts(ledger) == [text]


@pytest.mark.parametrize("text", ["use [a, ] here", "{b, } it's"])
def test_a_comma_behind_the_last_value_is_dropped_outside_of_texts(text: str, take: Import, ledger: Ledger) -> None:
    take(json.dumps(ROW | {"text": text}).removesuffix("}") + ", }", "events.jsonl")

    assert texts(ledger) == [text]
