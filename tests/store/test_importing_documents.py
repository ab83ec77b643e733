"""Documents in JSON: their rows are found wherever they stand, and what they stand under is taken for an id only where it is one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from import_shelf import Shelf, take

from penchant.store.database import Database
from penchant.store.event import EventType
from penchant.store.importing import ImportOptions, import_events, import_items
from penchant.store.importing.documents import NO_USERS
from penchant.store.ledger import Ledger

AT = "2026-02-01T10:00:00Z"
ITEM = {"item_id": "1", "title": "x"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    database = Database.in_file(folder / "x.db")
    yield Ledger(database)
    database.close()


DOCUMENTS = {
    "a service": {"products": [ITEM | {"item_id": "1"}, ITEM | {"item_id": "2"}], "total": 2, "skip": 0},
    "a service, nested": {"response": {"game_count": 2, "games": [ITEM, ITEM | {"item_id": "2"}]}},
    "by id": {"1": ITEM, "b2": {"title": "y", "price": 3}},
    "by id, without one": {"b1": {"title": "x"}, "b2": {"title": "y"}},
    "a name of its own": {"My films": [ITEM, ITEM | {"item_id": "2"}]},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_rows_of_a_document_are_found_under_any_name(name: str, folder: Path) -> None:
    (folder / "items.json").write_text(json.dumps(DOCUMENTS[name], indent=1))

    receipt = import_items(folder / "items.json", Shelf(), quarantine_folder=folder / "q")

    assert (receipt.lines, receipt.accepted, receipt.reasons) == (2, 2, {})


def test_items_and_events_are_named_by_the_ids_that_they_stand_under(ledger: Ledger, folder: Path) -> None:
    visit = {"type": "view", "at": AT, "item_id": "b1"}
    (folder / "items.json").write_text(json.dumps({"b1": {"title": "x"}, "b2": {"title": "y", "item_id": "own"}}))
    (folder / "events.json").write_text(
        json.dumps({"-Mx": visit | {"user_id": "eve"}, "-My": visit | {"user_id": "eve"}})
    )
    shelf = Shelf()
    import_items(folder / "items.json", shelf, quarantine_folder=folder / "q")
    receipt = take(ledger, folder / "events.json", user_id=None)

    assert set(shelf.items) == {"b1", "own"}
    assert (receipt.lines, receipt.accepted) == (2, 2)
    assert {stored.event.event_id for stored in ledger.events("eve")} == {"-Mx", "-My"}


VISIT = {"type": "view", "at": AT, "item_id": "b1"}


@pytest.mark.parametrize("user_id", ["ada", None])
@pytest.mark.parametrize(
    "document",
    [
        {"views": [VISIT], "purchases": [VISIT | {"type": "purchase"}]},
        {"2026-01": [VISIT], "2026-02": [VISIT]},
        {"ada": [VISIT], "bob": [VISIT]},
        {"ada": VISIT, "bob": VISIT},
    ],
)
def test_names_that_events_without_a_user_stand_under_are_never_taken_for_users(
    document: Any, user_id: str | None, ledger: Ledger, folder: Path
) -> None:
    (folder / "rows.json").write_text(json.dumps(document))
    known = ledger.users()
    receipt = take(ledger, folder / "rows.json", user_id=user_id)

    assert (receipt.lines, receipt.accepted, receipt.reasons) == (1, 0, {NO_USERS: 1})
    assert ledger.users() == known


def test_lists_of_events_that_name_their_users_are_read_whatever_they_stand_under(ledger: Ledger, folder: Path) -> None:
    document = {"2026-01": [VISIT | {"user_id": "ann"}], "2026-02": [VISIT | {"user_id": "ben"}]}
    (folder / "rows.json").write_text(json.dumps(document))

    assert take(ledger, folder / "rows.json").accepted == 2
    assert {"ann", "ben"} <= set(ledger.users())


@pytest.mark.parametrize(
    "names", [("0", "1"), ("7", "12"), ("2026-01", "2026-02"), ("row 1", "row 2"), ("views", "clicks")]
)
def test_row_numbers_months_and_words_are_no_ids_of_events(
    names: tuple[str, str], ledger: Ledger, folder: Path
) -> None:
    visit = VISIT | {"user_id": f"who saw {names[0]}"}
    for file, items in enumerate((("b1", "b2"), ("b3", "b4"))):
        rows = dict(zip(names, (visit | {"item_id": items[0]}, visit | {"item_id": items[1], "value": 2}), strict=True))
        (folder / f"{file}.json").write_text(json.dumps(rows))
        assert take(ledger, folder / f"{file}.json", user_id=None).accepted == 2

    assert not {stored.event.event_id for stored in ledger.events(visit["user_id"])} & set(names)


@pytest.mark.parametrize(
    "document",
    [
        [{"movie": {"title": "Alien"}}, {"movie": {"title": "Dune"}}],
        [{"b1": {"title": "Alien"}, "b2": {"title": "Dune"}}],
        {"book": {"title": "Dune"}},
        {"b1": {"title": "Dune"}},
        {"0": {"title": "Alien"}, "1": {"title": "Dune", "price": 2}},
        {"item1": {"title": "Alien"}, "item2": {"title": "Dune"}},
        {"en": {"title": "Dune"}, "zh": {"title": "沙丘"}},
    ],
)
def test_what_an_item_stands_in_is_not_its_id(document: Any, folder: Path) -> None:
    (folder / "items.json").write_text(json.dumps(document))
    shelf = Shelf()
    receipt = import_items(folder / "items.json", shelf, quarantine_folder=folder / "q")

    assert (shelf.items, receipt.quarantined) == ({}, receipt.lines)


@pytest.mark.parametrize("start", ["export const items = ", "module.exports = ", "export default "])
def test_a_script_that_exports_data_is_read_as_the_data(start: str, folder: Path) -> None:
    (folder / "items.js").write_text(f"{start}{json.dumps([ITEM], indent=1)};\n")

    assert import_items(folder / "items.js", Shelf(), quarantine_folder=folder / "q").accepted == 1


@pytest.mark.parametrize("end", ["", ";", ";\n"])
def test_a_script_that_assigns_data_is_read_as_the_data(ledger: Ledger, folder: Path, end: str) -> None:
    tweet = {"tweet": {"full_text": "I love rye", "created_at": "Wed Oct 10 20:19:24 +0000 2018", "lang": "en"}}
    sent = {"senderId": "2", "text": "Oats!", "createdAt": "2021-05-05T08:00:00.000Z"}
    talk = {"dmConversation": {"conversationId": "1-2", "messages": [{"messageCreate": sent}]}}
    (folder / "tweets.js").write_text(f"window.YTD.tweets.part0 = {json.dumps([tweet], indent=1)}{end}")
    (folder / "dm.js").write_text(f"window.YTD.direct_messages.part0 = {json.dumps([talk])}{end}")
    of_tweets = ImportOptions.read(columns=["at=created_at,text=full_text"], event_type="message")
    receipts = [
        import_events(
            folder / name,
            ledger,
            known_types=frozenset(EventType),
            quarantine_folder=folder / "q",
            user_id=f"tweets{len(end)}",
            options=options,
        )
        for name, options in (("tweets.js", of_tweets), ("dm.js", ImportOptions.read(speaker="2")))
    ]

    assert [(receipt.lines, receipt.accepted) for receipt in receipts] == [(1, 1), (1, 1)]
    assert [stored.event.text for stored in ledger.events(f"tweets{len(end)}")] == ["I love rye", "Oats!"]


def test_a_record_with_a_list_of_objects_is_a_record(folder: Path) -> None:
    (folder / "items.json").write_text(json.dumps([ITEM | {"variants": [{"size": "S"}, {"size": "M"}]}], indent=1))

    receipt = import_items(folder / "items.json", Shelf(), quarantine_folder=folder / "q")

    assert (receipt.lines, receipt.quarantined + receipt.accepted) == (1, 1)


def test_fields_of_other_names_in_json_are_suggested_as_in_tables(ledger: Ledger, folder: Path) -> None:
    rows = [
        {"event_date": "20210131", "event_timestamp": 1612069510766593, "event_name": "view", "user_pseudo_id": "7"}
    ]
    (folder / "rows.json").write_text(json.dumps(rows, indent=1))
    (folder / "played.json").write_text(json.dumps([{"endTime": "2021-02-01 10:10", "trackName": "Hello"}], indent=1))

    assert take(ledger, folder / "rows.json").notes == [
        "no row has type, at: say which is which with --columns type=event_name,at=event_timestamp"
    ]
    assert take(ledger, folder / "played.json").notes == [
        "no row has type, at: say which is which with --columns at=endTime,text=trackName, and give --type T for all rows"
    ]
