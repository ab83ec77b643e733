"""Chats as people export them: whatever program wrote them, every word of the user is heard, and what is not heard is counted."""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from penchant.errors import UsageError
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.event import DEFAULT_WEIGHTS
from penchant.store.importing import ImportOptions, import_events
from penchant.store.importing.rows import NOT_UTF8
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt

WRITTEN = datetime(2026, 2, 1, tzinfo=UTC)


class Inbox:
    """A ledger, and files that are imported into it for Ada."""

    def __init__(self, database: Database, folder: Path, clock: FixedClock) -> None:
        self.ledger, self.folder, self.clock = Ledger(database), folder, clock

    def take(self, text: str, name: str = "chats.jsonl", **options: Any) -> ImportReceipt:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))
        return self.read(path, **options)

    def read(self, path: Path, **options: Any) -> ImportReceipt:
        receipt = import_events(
            path,
            self.ledger,
            known_types=frozenset(DEFAULT_WEIGHTS),
            quarantine_folder=self.folder / "quarantine",
            clock=self.clock,
            user_id="ada",
            options=ImportOptions.read(**options),
        )
        assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
        return receipt

    def texts(self) -> list[str | None]:
        return [stored.event.text for stored in self.ledger.events("ada")]


@pytest.fixture
def inbox(database: Database, tmp_path: Path, clock: FixedClock) -> Inbox:
    return Inbox(database, tmp_path, clock)


def chatgpt(*, current: str | None = "n3") -> dict[str, Any]:
    def node(
        name: str, parent: str | None, children: list[str], role: str, parts: list[Any], **content: Any
    ) -> dict[str, Any]:
        message = {
            "id": name,
            "author": {"role": role},
            "create_time": None,
            "content": {"content_type": "text", "parts": parts} | content,
        }
        return {"id": name, "parent": parent, "children": children, "message": message}

    profile = node(
        "n0", "root", ["n1", "old"], "user", [], content_type="user_editable_context", user_profile="I am a pilot"
    )
    nodes = [
        {"id": "root", "parent": None, "children": ["n0"], "message": None},
        profile,
        node("old", "n0", [], "user", ["I love rice."]),
        node(
            "n1",
            "n0",
            ["n2"],
            "user",
            [{"content_type": "image_asset_pointer"}, "I love corn bread."],
            content_type="multimodal_text",
        ),
        node("n2", "n1", ["n3"], "assistant", ["Noted."]),
        node("n3", "n2", [], "user", ["I hate raisins."]),
    ]
    return {
        "title": "Bread",
        "create_time": 1717230000.1,
        "conversation_id": "c4",
        "current_node": current,
        "mapping": {node["id"]: node for node in nodes},
    }


SAID = ["I love corn bread.", "I hate raisins."]
SHAPES: dict[str, Any] = {
    "chatgpt": chatgpt(),
    "chatgpt without a current node": chatgpt(current=None),
    "claude": {
        "uuid": "5",
        "name": "Bread",
        "account": {"uuid": "not-a-user"},
        "chat_messages": [
            {
                "sender": "human",
                "text": "",
                "content": [{"type": "text", "text": SAID[0]}],
                "created_at": "2025-06-01T10:00:01Z",
            },
            {"sender": "assistant", "text": "Noted."},
            {
                "sender": "human",
                "text": SAID[1],
                "attachments": [{"extracted_content": "a letter"}],
                "created_at": "2025-06-01T10:00:02.5Z",
            },
        ],
    },
    "open webui": {
        "id": "6",
        "chat": {"messages": [{"role": "user", "content": text, "timestamp": 1748772000} for text in SAID]},
    },
    "open webui history": {
        "id": "7",
        "chat": {
            "history": {
                "messages": {
                    "a": {"id": "a", "parentId": None, "childrenIds": ["b"], "role": "user", "content": SAID[0]},
                    "b": {"id": "b", "parentId": "a", "childrenIds": ["c"], "role": "assistant", "content": "Noted."},
                    "c": {"id": "c", "parentId": "b", "childrenIds": [], "role": "user", "content": SAID[1]},
                },
                "currentId": "c",
            }
        },
    },
    "open webui history beside no messages": {
        "id": "8",
        "chat": {
            "messages": [],
            "history": {
                "messages": {
                    "a": {"id": "a", "parentId": None, "role": "user", "content": SAID[0]},
                    "b": {"id": "b", "parentId": "a", "role": "user", "content": SAID[1]},
                },
                "currentId": "b",
            },
        },
    },
    "ai studio with a file": {
        "chunkedPrompt": {
            "chunks": [
                {"role": "user", "driveDocument": {"id": "1"}},
                {"role": "user", "text": SAID[0]},
                {"role": "model", "text": "Noted."},
                {"role": "user", "text": SAID[1]},
            ]
        }
    },
    "gemini api": {
        "contents": [
            {"role": "user", "parts": [{"text": SAID[0]}]},
            {"role": "model", "parts": [{"text": "Noted."}]},
            {"role": "user", "parts": [{"text": SAID[1]}]},
        ]
    },
    "ai studio": {
        "runSettings": {},
        "chunkedPrompt": {
            "chunks": [
                {"text": SAID[0], "role": "user"},
                {"text": "Hm", "role": "model", "isThought": True},
                {"text": SAID[1], "role": "user"},
            ]
        },
    },
    "langchain": {
        "messages": [
            {"type": "human", "content": SAID[0]},
            {"type": "ai", "data": {"content": "Noted."}},
            {"type": "human", "data": {"content": SAID[1]}},
        ]
    },
    "langchain serialised": {
        "messages": [
            {
                "lc": 1,
                "type": "constructor",
                "id": ["langchain", "schema", "messages", kind],
                "kwargs": {"content": text},
            }
            for kind, text in [
                ("SystemMessage", "Be kind."),
                ("HumanMessage", SAID[0]),
                ("AIMessage", "Noted."),
                ("HumanMessage", SAID[1]),
            ]
        ]
    },
    "langgraph state": {"values": {"messages": [{"type": "human", "content": text} for text in SAID]}, "config": {}},
    "ai sdk": {
        "id": "1",
        "messages": [
            {"id": str(number), "role": "user", "parts": [{"type": "step-start"}, {"type": "text", "text": text}]}
            for number, text in enumerate(SAID)
        ],
    },
    "ai sdk with empty content": {
        "messages": [{"role": "user", "content": "", "parts": [{"type": "text", "text": text}]} for text in SAID]
    },
    "responses": {
        "input": [
            {"role": "user", "content": [{"type": "input_text", "text": text}, {"type": "input_image"}]}
            for text in SAID
        ]
    },
    "assistants": {
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": {"value": text, "annotations": []}}]} for text in SAID
        ]
    },
    "anthropic": {
        "messages": [
            {
                "role": "user",
                "content": [{"type": "tool_result", "content": "the weather"}, {"type": "text", "text": text}],
            }
            for text in SAID
        ]
    },
    "langchain pairs": {"messages": [["human", SAID[0]], ["ai", "Noted."], ("user", SAID[1])]},
    "langchain dumped": [
        {"type": kind, "data": {"content": text, "additional_kwargs": {}}}
        for kind, text in (("HumanMessage", SAID[0]), ("ai", "Noted."), ("HumanMessageChunk", SAID[1]))
    ],
    "langchain input": {
        "chat_history": [{"type": "human", "content": SAID[0]}, {"type": "ai", "content": "Noted."}],
        "input": SAID[1],
        "output": "Noted.",
    },
    "responses items": {
        "object": "list",
        "data": [
            {"type": "message", "role": "user", "content": [{"type": "input_text", "text": SAID[0]}]},
            {"type": "function_call", "name": "look", "arguments": "{}"},
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Noted."}]},
            {"type": "message", "role": "user", "content": [{"type": "input_text", "text": SAID[1]}]},
        ],
    },
    "assistants thread, newest first": {
        "object": "list",
        "data": [
            {"created_at": at, "role": "user", "content": [{"type": "text", "text": {"value": text}}]}
            for at, text in ((1717230009, SAID[1]), (1717230001, SAID[0]))
        ],
    },
    "a log of requests": {"body": {"model": "m", "messages": [{"role": "user", "content": text} for text in SAID]}},
    "deepseek": {
        "current_node": "3",
        "mapping": {
            "1": {"parent": None, "message": {"fragments": [{"type": "REQUEST", "content": SAID[0]}]}},
            "2": {
                "parent": "1",
                "message": {
                    "fragments": [{"type": "THINK", "content": "Hm"}, {"type": "RESPONSE", "content": "Noted."}]
                },
            },
            "3": {"parent": "2", "message": {"fragments": [{"type": "REQUEST", "content": SAID[1]}]}},
        },
    },
    "lm studio": {
        "messages": [
            {"currentlySelected": 1, "versions": [{"role": "user", "content": "Hm"}, {"role": "user", "content": text}]}
            for text in SAID
        ]
    },
    "grok": {
        "conversation": {"id": "9"},
        "responses": [
            {
                "response": {
                    "sender": "human",
                    "message": text,
                    "create_time": {"$date": {"$numberLong": f"174877200{n}000"}},
                }
            }
            for n, text in enumerate(SAID)
        ],
    },
    "character.ai": {"messages": [{"is_human": True, "text": text} for text in SAID]},
    "sillytavern": {
        "messages": [
            {"name": "You", "is_user": True, "mes": SAID[0]},
            {"name": "Bot", "is_user": False, "mes": "Noted."},
            {"name": "You", "is_user": True, "mes": SAID[1]},
        ]
    },
    "le chat": {"messages": [{"role": "user", "contentChunks": [{"type": "text", "text": text}]} for text in SAID]},
    "chinese roles, with a hole": {
        "messages": [{"role": "用户", "content": SAID[0]}, None, {"role": "USER", "content": SAID[1]}]
    },
    "a list of messages": [{"role": "user", "content": text} for text in SAID],
    "sharegpt": {"conversations": [{"from": "human", "value": text} for text in SAID]},
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("form", ["line", "list", "document"])
def test_every_sentence_of_the_user_is_heard_and_nothing_else(name: str, form: str, inbox: Inbox) -> None:
    shape = SHAPES[name]
    if form == "line":
        receipt = inbox.take(json.dumps(shape) + "\n" + json.dumps(shape) + "\n")
    elif form == "list" and not isinstance(shape, list):
        receipt = inbox.take(json.dumps([shape, shape]), "conversations.json")
    else:
        receipt = inbox.take(json.dumps(shape, indent=2), "conversation.json")

    assert inbox.texts() == SAID, receipt
    assert receipt.quarantined == 0


WHATSAPP = """[13/01/2026, 09:59:58] Bob: \u200eMessages and calls are end-to-end encrypted.
\u200e[13/01/2026, 09:59:59] Bob: Do you like rye?
[13/01/2026, 10:15:03] Ann Lee: I love rye.
\u200e[13/01/2026, 10:15:04] Ann Lee: \u200eimage omitted
[14/01/2026, 23:15:03] Ann Lee: No nuts for me:
never. \u200e<This message was edited>
[14/01/2026, 23:16:00] ~\u202fBob: Noted."""
ANDROID = """1/13/26, 9:59\u202fAM - Ann Lee created group "Bread"
1/13/26, 9:59\u202fAM - Bob: Do you like rye?
1/13/26, 10:15\u202fAM - Ann Lee: I love rye.
1/13/26, 10:15\u202fAM - Ann Lee: <Media omitted>
1/13/26, 10:16\u202fAM - Ann Lee: IMG-20260113-WA0001.jpg (file attached)
1/14/26, 11:15\u202fPM - Ann Lee: No nuts for me:
never."""
CHINESE = """2026/1/13 上午10:15 - Bob: 你好
2026/1/13 上午10:15 - Ann Lee: I love rye.
2026/1/14 下午11:15 - Ann Lee: No nuts for me:
never."""
GERMAN = """13.01.26, 10:15 - Ann Lee: I love rye.
14.01.26, 23:15 - Ann Lee: No nuts for me:
never."""
MORNING, NIGHT = "2026-01-13T10:15:03+00:00", "2026-01-14T23:15:03+00:00"
SECONDS = [int(datetime.fromisoformat(at).timestamp()) for at in (MORNING, NIGHT)]
NUTS = "No nuts for me:\nnever."
PEOPLE: dict[str, Any] = {
    "Telegram": {
        "name": "Bob",
        "type": "personal_chat",
        "id": 7,
        "messages": [
            {
                "id": 1,
                "type": "service",
                "date": "2026-01-13T10:00:00",
                "actor": "Ann Lee",
                "action": "phone_call",
                "text": "",
            },
            {
                "id": 2,
                "type": "message",
                "date": "2026-01-13T10:15:00",
                "from": "Bob",
                "from_id": "user2",
                "text": "Rye?",
            },
            {
                "id": 3,
                "type": "message",
                "date": MORNING[:19],
                "date_unixtime": str(SECONDS[0]),
                "from": "Ann Lee",
                "from_id": "user1",
                "text": ["I ", {"type": "bold", "text": "love"}, " rye."],
            },
            {
                "id": 4,
                "type": "message",
                "date": NIGHT[:19],
                "date_unixtime": str(SECONDS[1]),
                "from": "Ann Lee",
                "from_id": "user1",
                "text": NUTS,
            },
        ],
    },
    "Slack": [
        {
            "type": "message",
            "user": "U2",
            "text": "Rye?",
            "ts": f"{SECONDS[0] - 9}.000100",
            "user_profile": {"real_name": "Bob"},
        },
        {
            "type": "message",
            "subtype": "channel_join",
            "user": "U1",
            "text": "<@U1> has joined",
            "ts": f"{SECONDS[0]}.000000",
        },
        {
            "type": "message",
            "user": "U1",
            "text": "I love <https://rye.example|rye>.",
            "ts": f"{SECONDS[0]}.000200",
            "user_profile": {"real_name": "Ann Lee", "name": "ann"},
        },
        {
            "type": "message",
            "user": "U1",
            "text": NUTS,
            "ts": f"{SECONDS[1]}.000200",
            "user_profile": {"real_name": "Ann Lee"},
        },
    ],
    "Discord, by DiscordChatExporter": {
        "guild": {"id": "0", "name": "Direct Messages"},
        "channel": {"id": "9", "type": "DirectTextChat"},
        "messages": [
            {
                "id": "1",
                "type": "Default",
                "timestamp": MORNING,
                "content": "Rye?",
                "author": {"id": "2", "name": "bob"},
            },
            {
                "id": "2",
                "type": "Default",
                "timestamp": MORNING,
                "content": "I love rye.",
                "author": {"id": "1", "name": "ann", "nickname": "Ann Lee", "isBot": False},
            },
            {
                "id": "3",
                "type": "Default",
                "timestamp": NIGHT,
                "content": NUTS,
                "author": {"id": "1", "name": "ann", "nickname": "Ann Lee", "isBot": False},
            },
        ],
        "messageCount": 3,
    },
    "Discord, its own": [
        {"ID": 3, "Timestamp": MORNING, "Contents": "I love rye.", "Attachments": ""},
        {"ID": 2, "Timestamp": NIGHT, "Contents": NUTS, "Attachments": ""},
    ],
    "Messenger": {
        "participants": [{"name": "Ann Lee"}, {"name": "BÃ¶b"}],
        "messages": [
            {"sender_name": "BÃ¶b", "timestamp_ms": SECONDS[0] * 1_000 - 1, "content": "Rye?"},
            {"sender_name": "Ann Lee", "timestamp_ms": SECONDS[0] * 1_000, "content": "I love rye."},
            {"sender_name": "Ann Lee", "timestamp_ms": SECONDS[0] * 1_000, "photos": []},
            {"sender_name": "Ann Lee", "timestamp_ms": SECONDS[1] * 1_000, "content": NUTS},
        ],
        "title": "BÃ¶b",
        "thread_path": "inbox/bob_1",
    },
    "Google Chat": {
        "messages": [
            {
                "creator": {"name": name, "email": f"{name}@x"},
                "created_date": f"Tuesday, January {day}, 2026 at {hour}:15:03\u202f{half} UTC",
                "text": text,
            }
            for name, day, hour, half, text in [
                ("Bob", 13, 9, "AM", "Rye?"),
                ("Ann Lee", 13, 10, "AM", "I love rye."),
                ("Ann Lee", 14, 11, "PM", NUTS),
            ]
        ]
    },
    "Matrix": {
        "room_name": "Bread",
        "messages": [
            {
                "type": "m.room.message",
                "sender": sender,
                "origin_server_ts": seconds * 1_000,
                "content": {"msgtype": "m.text", "body": body},
            }
            for sender, seconds, body in [
                ("@bob:x", SECONDS[0], "Rye?"),
                ("Ann Lee", SECONDS[0], "I love rye."),
                ("Ann Lee", SECONDS[1], NUTS),
            ]
        ],
    },
}
ACCOUNT = {"about": "All data", "contacts": {"list": []}, "chats": {"about": "Chats", "list": [PEOPLE["Telegram"]]}}
EXPORTS = {name: json.dumps(shape) for name, shape in (PEOPLE | {"Telegram, all": ACCOUNT}).items()}
EXPORTS |= {
    "WhatsApp": WHATSAPP,
    "WhatsApp, Android": ANDROID,
    "WhatsApp, Chinese": CHINESE,
    "WhatsApp, German": GERMAN,
}


def test_of_an_account_the_chats_that_were_left_are_read_and_no_part_is_dropped(inbox: Inbox) -> None:
    def chats(name: str) -> dict[str, Any]:
        messages = [{"type": "message", "date": MORNING, "from": "ada", "text": name}]
        return {"list": [{"id": name, "type": "personal_chat", "messages": messages}]}

    account = {"about": "All data", "chats": chats("Rye"), "left_chats": chats("Oats"), "stories": [{"id": 1}]}
    inbox.take(json.dumps(account), "result.json")
    other = inbox.take(json.dumps({"chats": chats("Millet"), "items": [{"item_id": "b1"}]}), "other.json")

    assert sorted(map(str, inbox.texts())) == ["Oats", "Rye"]
    assert (other.lines, other.quarantined) == (1, 1)


@pytest.mark.parametrize("name", EXPORTS)
def test_of_a_chat_between_people_the_user_is_heard_by_their_name(name: str, inbox: Inbox) -> None:
    file = "chat.txt" if name.startswith("WhatsApp") else "result.json"
    receipt = inbox.take(EXPORTS[name], file, speaker="ann lee", zone="UTC")

    stored = [stored.event for stored in inbox.ledger.events("ada")]
    assert [(event.text, f"{event.at:%d %H:%M}") for event in stored] == [
        ("I love rye.", "13 10:15"),
        (NUTS, "14 23:15"),
    ], receipt
    assert not any("assistant" in event.context for event in stored)
    assert receipt.quarantined == 0


@pytest.mark.parametrize("name", ["WhatsApp", "Telegram", "Slack", "Messenger"])
def test_a_later_export_of_a_chat_that_begins_later_adds_only_what_is_new(name: str, inbox: Inbox) -> None:
    text = EXPORTS[name]
    if name == "WhatsApp":
        later = text[text.index("[14/") :] + "\n[15/01/2026, 08:00:00] Ann Lee: Oats."
    else:
        chat: Any = json.loads(text)
        messages = chat if isinstance(chat, list) else chat["messages"]
        new = json.loads(json.dumps(messages[-1]).replace("No nuts for me:\\nnever.", "Oats."))
        messages[:] = [messages[-1], new]
        later = json.dumps(chat)
    file = "chat.txt" if name == "WhatsApp" else "result.json"
    inbox.take(text, file, speaker="Ann Lee", zone="UTC")
    inbox.take(later, file, speaker="Ann Lee", zone="UTC")

    assert inbox.texts() == ["I love rye.", NUTS, "Oats."]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (WHATSAPP, {}, "the times of a WhatsApp chat name no zone: say which it is with --zone, as in --zone +08:00"),
        (
            "[05/06/2026, 10:00:00] Ann: Rye!",
            {"zone": "UTC"},
            "it does not show whether 05/06/2026 begins with the day or the month: say so with --date-format %d/%m/%y or "
            "--date-format %m/%d/%y",
        ),
    ],
)
def test_a_chat_whose_times_can_be_read_in_two_ways_is_refused_with_the_option_that_decides(
    text: str, options: dict[str, Any], message: str, inbox: Inbox
) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        inbox.take(text, "chat.txt", **options)


def test_the_order_of_day_and_month_is_the_one_that_is_named_or_keeps_the_order_of_lines(inbox: Inbox) -> None:
    inbox.take("[05/06/2025, 10:00:00] ada: Rye!", "chat.txt", zone="UTC", date_formats=["%m/%d/%y"])
    inbox.take("[05/01/2025, 10:00:00] ada: A\n[01/02/2025, 10:00:00] ada: B", "chat.txt", zone="UTC")

    assert [(stored.event.text, f"{stored.event.at:%m-%d}") for stored in inbox.ledger.events("ada")] == [
        ("A", "01-05"),
        ("B", "02-01"),
        ("Rye!", "05-06"),
    ]


@pytest.mark.parametrize(
    "pasted",
    [
        "[12/31/19, 8:05 PM] Bob: hi",
        "2019-12-31, 20:05 - Bob: hi",
        "12/31/19, 20:05 - Bob: hi",
        "[31.12.19, 20:05:01] Bob: hi",
    ],
)
@pytest.mark.parametrize("year", ["26", "2026"])
def test_a_line_that_is_dated_in_another_way_than_the_chat_is_text_of_the_message_before(
    year: str, pasted: str, inbox: Inbox
) -> None:
    chat = f"[13/01/{year}, 10:15:03] ada: Look:\n{pasted}\n[14/01/{year}, 09:00:00] Bob: Yes"
    receipt = inbox.take(chat, "chat.txt", zone="UTC")

    assert inbox.texts() == [f"Look:\n{pasted}"]
    assert receipt.notes[1] == "messages by none that is known as user or assistant were passed over: Bob (1)"


def test_a_line_of_a_chat_that_is_no_text_is_set_aside_and_pictures_are_of_nobody_else(inbox: Inbox) -> None:
    receipt = inbox.take(
        "[13/01/2026, 10:15:03] ada: Oats\n[13/01/2026, 10:15:04] ada: <Media omitted>", "chat.txt", zone="UTC"
    )
    assert receipt.notes[0] == "1 lines of conversations: 1 messages of users, 0 of others (read as context)"

    raw = "[13/01/2026, 10:15:05] ada: caf\udce9\n[13/01/2026, 10:15:06] ada: Rye\n"
    (inbox.folder / "raw.txt").write_bytes(raw.encode("utf-8", "surrogateescape"))
    receipt = inbox.read(inbox.folder / "raw.txt", zone="UTC")
    assert (receipt.lines, receipt.accepted, receipt.reasons) == (2, 1, {NOT_UTF8: 1})


@pytest.mark.parametrize(
    ("row", "options"),
    [
        (
            {"user_id": "ada", "action": "view", "item_id": "b1", "author": {"name": "Tolkien"}, "timestamp": MORNING},
            {"columns": ["type=action,at=timestamp"]},
        ),
        (
            {"user_id": "ada", "action": "view", "content": "x", "author": {"name": "Tolkien"}, "timestamp": MORNING},
            {"columns": ["type=action,at=timestamp"]},
        ),
        (
            {"action": "view", "sku": "b1", "content": "x", "author": {"name": "Tolkien"}, "timestamp": MORNING},
            {"columns": ["type=action,item_id=sku,at=timestamp"]},
        ),
        (
            {"user_id": "ada", "item_id": "b1", "author": {"name": "Tolkien"}, "content": "x", "timestamp": MORNING},
            {"columns": ["at=timestamp"], "event_type": "view"},
        ),
        ({"user": "ada", "type": "message", "ts": MORNING, "text": "x"}, {"columns": ["user_id=user,at=ts"]}),
        ({"type": "message", "ts": MORNING, "text": "x"}, {"columns": ["at=ts"]}),
        (
            {"type": "message", "user_id": "ada", "date": MORNING, "from": "web", "text": "x"},
            {"columns": ["at=date"]},
        ),
        ({"item_id": "b1", "type": "view", "at": MORNING, "author": "Tolkien", "text": "x"}, {}),
    ],
)
def test_a_row_with_the_fields_of_an_event_by_the_columns_named_is_no_chat(
    row: dict[str, Any], options: dict[str, Any], inbox: Inbox
) -> None:
    receipt = inbox.take(json.dumps(row), "rows.jsonl", **options)

    assert (receipt.accepted, receipt.reasons) == (1, {})
    [stored] = inbox.ledger.events("ada")
    assert (stored.event.user_id, stored.event.at) == ("ada", datetime.fromisoformat(MORNING))
    assert "turn" not in stored.event.context


def test_messages_of_other_people_are_kept_nowhere(inbox: Inbox) -> None:
    receipt = inbox.take(json.dumps([PEOPLE["Slack"][0]]), "day.json", speaker="Ann Lee")

    assert receipt.reasons == {
        "no message is the user's (there are those of U2): name the one that is theirs with --speaker": 1
    }
    assert receipt.quarantine_file is not None
    assert "Rye?" not in Path(receipt.quarantine_file).read_text()


def test_a_log_that_wraps_each_message_is_one_conversation(inbox: Inbox) -> None:
    lines = [
        {
            "type": "user",
            "sessionId": "s",
            "timestamp": "2026-01-01T00:00:00Z",
            "message": {"role": "user", "content": SAID[0]},
        },
        {
            "type": "assistant",
            "sessionId": "s",
            "timestamp": "2026-01-01T00:00:01Z",
            "message": {"role": "assistant", "content": [{"type": "text", "text": "Noted."}]},
        },
        {
            "type": "user",
            "sessionId": "s",
            "timestamp": "2026-01-01T00:00:02Z",
            "message": {"role": "user", "content": SAID[1]},
        },
    ]
    receipt = inbox.take("".join(json.dumps(line) + "\n" for line in lines))

    assert (inbox.texts(), receipt.quarantined) == (SAID, 0)


def test_gemini_s_activity_is_heard_once_however_often_it_is_exported(inbox: Inbox) -> None:
    def activity(title: str, second: int) -> dict[str, Any]:
        return {
            "header": "Gemini Apps",
            "title": title,
            "time": f"2025-06-01T10:00:{second:02}.000Z",
            "products": ["Gemini Apps"],
        }

    first = [
        activity(f"Prompted {SAID[1]}", 2),
        activity("Used Gemini Apps", 1),
        activity(f"Prompted\u00a0{SAID[0]}", 0),
    ]
    inbox.take(json.dumps(first), "MyActivity.json")
    again = inbox.take(json.dumps([activity("Prompted I like tea.", 9), *first], indent=1), "MyActivity.json")

    assert inbox.texts() == [*SAID, "I like tea."]
    assert again.accepted == 1


def test_what_was_not_read_is_counted(inbox: Inbox) -> None:
    messages = [
        {"role": "user", "content": SAID[0]},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]},
        {"role": "clerk", "content": "Good day"},
        {"role": "user", "content": "y" * 30_000},
    ]
    notes = inbox.take(json.dumps(chatgpt()) + "\n" + json.dumps({"messages": messages})).notes

    assert [
        note for note in notes if "branches" in note or "no text" in note or "longer" in note or "clerk" in note
    ] == [
        "1 messages of users stand on branches that were given up, and were not read",
        "1 messages of users hold no text (pictures or files only), and were passed over",
        "1 messages were longer than 20,000 characters: what came after was left out",
        "messages by none that is known as user or assistant were passed over: clerk (1)",
    ]


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (
            {"messages": [{"role": "customer", "content": "I love rye."}, {"role": "agent", "content": "Fine."}]},
            "no message is the user's (there are those of agent, customer): name the one that is theirs with --speaker",
        ),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
            "the user's messages hold no text (pictures or files only)",
        ),
        ({"mapping": {}, "title": "Empty"}, "the user says nothing in it"),
        ({"uuid": "2", "name": "", "chat_messages": []}, "the user says nothing in it"),
        (
            {"question": "Rye?", "answer": "Yes."},
            "neither an event (type and at are missing) nor a chat of a known shape: in a chat each message has a role and a content",
        ),
    ],
)
def test_the_reason_for_hearing_nothing_leads_to_the_cure(shape: Any, reason: str, inbox: Inbox) -> None:
    assert inbox.take(json.dumps(shape)).reasons == {reason: 1}


def test_times_are_read_as_the_export_writes_them(inbox: Inbox) -> None:
    messages = [
        {"role": "user", "content": "a", "createdAt": 1748772000000},
        {"role": "user", "content": "b", "timestamp": "2025-06-01T12:00:01"},
        {"role": "user", "content": "c", "create_time": None},
        {"role": "user", "parts": [{"type": "text", "text": "d"}], "metadata": {"createdAt": 1748772009000}},
        {"role": "user", "content": "e", "inserted_at": "2025-06-01T14:00:00Z"},
        {"role": "user", "content": "f", "date": "2025-06-01T15:00:00", "date_unixtime": "1748793600"},
    ]
    inbox.take(json.dumps({"messages": messages, "created_at": "2025-06-01T13:00:00Z"}), zone="+02:00")

    assert [stored.event.at for stored in inbox.ledger.events("ada")] == [
        datetime(2025, 6, 1, 10, tzinfo=UTC),
        datetime(2025, 6, 1, 10, 0, 1, tzinfo=UTC),
        datetime(2025, 6, 1, 10, 0, 9, tzinfo=UTC),
        datetime(2025, 6, 1, 13, 0, 0, 2_000, tzinfo=UTC),
        datetime(2025, 6, 1, 14, tzinfo=UTC),
        datetime(2025, 6, 1, 16, tzinfo=UTC),
    ]


def test_circles_and_holes_in_a_tree_end(inbox: Inbox) -> None:
    tree = chatgpt()
    tree["mapping"]["n1"]["parent"] = "n3"
    tree["mapping"]["n2"]["message"] = "gone"
    inbox.take(json.dumps(tree))

    assert sorted(map(str, inbox.texts())) == sorted(SAID)
