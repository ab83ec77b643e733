"""Chat transcripts as behaviour: the user's words count once, the assistant's stand beside them, every line is accounted for."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.event import DEFAULT_WEIGHTS, Event
from penchant.store.importing import Offers, import_events
from penchant.store.importing.transcripts import Judgement
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt

WRITTEN = datetime(2026, 2, 1, tzinfo=UTC)
OPENAI = {
    "messages": [
        {"role": "system", "content": "You are kind."},
        {"role": "user", "content": "I love gentle comedies"},
        {"role": "assistant", "content": "Then Paddington. Or Steel Fist?"},
        {
            "role": "user",
            "content": [{"type": "text", "text": "I hate violence"}, {"type": "image_url", "image_url": {"url": "x"}}],
        },
    ],
    "created_at": "2026-01-01T10:00:00Z",
}
SHAREGPT = {
    "id": "s1",
    "conversations": [{"from": "human", "value": "我喜欢纪录片"}, {"from": "gpt", "value": "好的"}],
    "create_time": 1_760_000_000,
}
MCP = [
    {"role": "assistant", "content": {"type": "text", "text": "What do you like?"}, "session_id": "m1"},
    {
        "role": "user",
        "content": {"type": "text", "text": "Jazz, mostly"},
        "session_id": "m1",
        "at": "2026-01-03T00:00:00Z",
    },
]


class Inbox:
    """A ledger, and files that are imported into it."""

    def __init__(self, database: Database, folder: Path, clock: FixedClock) -> None:
        self.ledger, self.folder, self.clock = Ledger(database), folder, clock

    def take(self, *lines: Any, user: str | None = "ada") -> ImportReceipt:
        path = self.folder / "chats.jsonl"
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))
        receipt = import_events(
            path,
            self.ledger,
            known_types=frozenset(DEFAULT_WEIGHTS),
            quarantine_folder=self.folder,
            clock=self.clock,
            user_id=user,
        )
        assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
        return receipt

    def said(self, user: str = "ada") -> list[tuple[str | None, str | None]]:
        return [(event.text, event.context.get("assistant")) for event in self.events(user)]

    def events(self, user: str = "ada") -> list[Event]:
        return [stored.event for stored in self.ledger.events(user)]


@pytest.fixture
def inbox(database: Database, tmp_path: Path, clock: FixedClock) -> Inbox:
    return Inbox(database, tmp_path, clock)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([OPENAI], [("I love gentle comedies", None), ("I hate violence", "Then Paddington. Or Steel Fist?")]),
        ([SHAREGPT], [("我喜欢纪录片", None)]),
        (MCP, [("Jazz, mostly", "What do you like?")]),
    ],
    ids=["openai", "sharegpt", "mcp"],
)
def test_only_the_user_s_turns_count_with_the_assistant_s_beside_them(
    inbox: Inbox, lines: list[Any], expected: list[Any]
) -> None:
    receipt = inbox.take(*lines)

    assert inbox.said() == expected
    assert (receipt.accepted, receipt.quarantined) == (len(lines), 0)


def test_the_receipt_says_how_many_messages_there_were(inbox: Inbox) -> None:
    assert inbox.take(OPENAI, SHAREGPT, *MCP).notes == [
        "4 lines of conversations: 4 messages of users, 4 of others (read as context)",
    ]


def test_sent_twice_it_counts_once_and_a_conversation_that_went_on_counts_for_what_is_new(inbox: Inbox) -> None:
    inbox.take(OPENAI, SHAREGPT, *MCP)
    again = inbox.take(OPENAI, SHAREGPT, *MCP)
    longer = {**OPENAI, "messages": [*OPENAI["messages"], {"role": "user", "content": "And I like tea"}]}
    onward = inbox.take(longer)

    assert (again.accepted, again.duplicate) == (0, 4)
    assert (onward.accepted, onward.duplicate) == (1, 0)
    assert [event.text for event in inbox.events()].count("I hate violence") == 1
    assert len(inbox.events()) == 5


def test_messages_are_events_of_their_own_time_session_and_order(inbox: Inbox) -> None:
    inbox.take(OPENAI, *MCP)

    assert [(event.type, event.at, event.context.get("session")) for event in inbox.events()[-1:]] == [
        ("message", datetime(2026, 1, 3, tzinfo=UTC), "m1")
    ]
    assert [event.context["turn"] for event in inbox.events()] == [1, 3, 1]


def test_without_a_time_a_message_is_of_when_the_file_was_written_and_the_receipt_says_so(inbox: Inbox) -> None:
    receipt = inbox.take({"messages": [{"role": "user", "content": "first"}, {"role": "user", "content": "second"}]})

    assert [event.text for event in inbox.events()] == ["first", "second"]
    assert all(event.at.date() == WRITTEN.date() for event in inbox.events())
    assert (
        receipt.notes[1] == "2 messages: without a time; they count as of 2026-02-01 00:00Z, when the file was written"
    )


def test_a_transcript_that_says_whose_it_is_is_theirs(inbox: Inbox) -> None:
    inbox.take({**OPENAI, "user_id": "zoe"}, {**SHAREGPT, "metadata": {"user_id": "yan"}})

    assert (len(inbox.events("zoe")), len(inbox.events("yan")), inbox.events("ada")) == (2, 1, [])


def test_a_transcript_of_nobody_is_set_aside_with_what_to_do(inbox: Inbox) -> None:
    assert inbox.take(OPENAI, user=None).reasons == {
        "user_id is missing: name the user of the conversation with --user": 1
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"messages": [{"role": "assistant", "content": "alone"}]}, "the user says nothing in it"),
        ({"messages": []}, "the user says nothing in it"),
        ({"role": "assistant", "content": "bye"}, "the user says nothing in it"),
        (
            {"messages": ["hello"]},
            "a conversation that cannot be read: a message of the conversation is not an object",
        ),
        (
            {"role": "user", "content": "hello", "at": "yesterday"},
            "a conversation that cannot be read: is not a time: give ISO 8601 with a zone, or Unix seconds; "
            "other forms are read with --date-format",
        ),
        (
            {"role": "user", "content": "hello", "at": "2036-01-01T00:00:00Z"},
            "a message is in the future: check the clock and the time zone it was written with",
        ),
    ],
)
def test_what_is_no_use_is_set_aside_with_the_reason(inbox: Inbox, line: Any, reason: str) -> None:
    assert inbox.take(line).reasons == {reason: 1}
    assert inbox.events() == []


def test_behaviour_and_transcripts_may_stand_in_one_file(inbox: Inbox) -> None:
    event = {
        "user_id": "ada",
        "type": "search",
        "at": "2026-01-01T00:00:00Z",
        "text": 'what is a "role" in "messages"?',
    }
    receipt = inbox.take(event, OPENAI, event)

    assert (receipt.accepted, receipt.duplicate) == (2, 1)
    assert [event.type for event in inbox.events()].count("search") == 1


def test_what_the_user_makes_of_an_offer_is_behaviour_towards_what_was_offered(
    database: Database, tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "lunch.jsonl"
    offer = "How about:\n- Greek salad\n- Beef burger\n- Lentil soup"
    talk = {
        "id": "c1",
        "messages": [
            {"role": "user", "content": "Lunch?"},
            {"role": "assistant", "content": offer},
            {"role": "user", "content": "The salad sounds perfect, the others don't work for me."},
        ],
        "created_at": "2026-01-01T10:00:00Z",
    }
    path.write_text(json.dumps(talk), encoding="utf-8")
    ledger = Ledger(database)

    def judged(answer: str, reply: str) -> list[Judgement]:
        assert answer == offer
        assert reply.startswith("The salad")
        return [Judgement("Greek salad", True), Judgement("Beef burger", False), Judgement("Lentil soup", False)]

    def take() -> ImportReceipt:
        return import_events(
            path,
            ledger,
            known_types=frozenset(DEFAULT_WEIGHTS),
            quarantine_folder=tmp_path,
            clock=clock,
            user_id="ada",
            offers=Offers(judged, lambda titles: {"beef burger": "b7"}),
        )

    first, again = take(), take()

    assert {(stored.event.type, stored.event.text, stored.event.item_id) for stored in ledger.events("ada")} == {
        ("message", "Lunch?", None),
        ("message", "The salad sounds perfect, the others don't work for me.", None),
        ("like", "Greek salad", None),
        ("skip", "Beef burger", "b7"),
    }
    assert (first.accepted, again.accepted, again.duplicate) == (1, 0, 1)
    assert first.notes == [
        "1 line of conversations: 2 messages of users, 1 of others (read as context)",
        "2 reactions: likes and skips of what assistants had offered, read from the answers to it",
    ]
