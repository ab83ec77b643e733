"""Chats between people as messengers export them: the user is heard by their name, and nobody else is."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from chat_inbox import Inbox

from penchant.errors import UsageError
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.importing.rows import NOT_UTF8


@pytest.fixture
def inbox(database: Database, tmp_path: Path, clock: FixedClock) -> Inbox:
    return Inbox(database, tmp_path, clock)


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
LINE = """[LINE] Chat history with Bob
Saved on: 2026/02/01 10:30

2026/01/13(Tue)
09:59\tBob\tDo you like rye?
10:15\tAnn Lee\tI love rye.
10:15\tAnn Lee\t[Sticker]
10:16\tBob unsent a message.

2026/01/14(Wed)
23:15\tAnn Lee\t"No nuts for me:
never."
23:16\tBob\t☎ Call time 0:12"""
LINE_TAIWAN = """[LINE] 與Bob的聊天記錄
儲存日期：2026/02/01 10:30

2026/01/13（週二）
上午10:15\tAnn Lee\tI love rye.
上午10:16\tBob\t[貼圖]

2026/01/14（週三）
下午11:15\tAnn Lee\t"No nuts for me:
never."
"""
LINE_IOS = """[LINE] Chat history with Bob
Saved on: 2/1/2026, 10:30

Tue, 1/13/2026
10:15 AM\tAnn Lee\tI love rye.

Wed, 1/14/2026
11:15 PM\tAnn Lee\tNo nuts for me:
never."""
LINE_DESKTOP = """[LINE] Bob.txt
2026.01.13 Tuesday
09:59 Bob Do you like rye?
10:15 Ann Lee I love rye.
2026.01.14 Wednesday
23:15 Ann Lee No nuts for me:
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
    "LINE": LINE,
    "LINE, Taiwan": LINE_TAIWAN,
    "LINE, iOS": LINE_IOS,
    "LINE, desktop": LINE_DESKTOP,
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
    file = "chat.txt" if name.startswith(("WhatsApp", "LINE")) else "result.json"
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


@pytest.mark.parametrize("first", [ANDROID, CHINESE, WHATSAPP])
def test_two_chats_in_one_file_whose_dates_differ_in_form_are_two_chats(first: str, inbox: Inbox) -> None:
    second = (
        "03.02.26, 10:14 - Nachrichten sind Ende-zu-Ende-verschlüsselt.\n"
        "03.02.26, 10:15 - Ann Lee: I hate oats.\n04.02.26, 23:15 - Bob: Why?\n28.02.26, 23:15 - Ann Lee: They itch.\n"
    )
    receipt = inbox.take(f"{first}\n{second}", "chat.txt", speaker="Ann Lee", zone="UTC")

    assert inbox.texts() == ["I love rye.", NUTS, "I hate oats.", "They itch."], receipt
    assert (receipt.lines, receipt.accepted) == (2, 2)


def test_of_an_end_in_another_form_that_may_be_pasted_or_a_chat_nothing_is_read_as_anybodys_words(inbox: Inbox) -> None:
    end = "03.02.19, 10:15 - Bob: I am vegan\n04.02.19, 23:15 - ada: I hate oats."
    receipt = inbox.take(f"[13/01/2026, 10:15:03] ada: Rye!\n{end}", "chat.txt", zone="UTC")

    assert inbox.texts() == ["Rye!"]
    assert [(count, "another form" in reason) for reason, count in receipt.reasons.items()] == [(2, True)]
    assert receipt.quarantine_file is not None
    assert "vegan" not in Path(receipt.quarantine_file).read_text()


def test_a_line_with_a_date_that_does_not_exist_is_set_aside_alone(inbox: Inbox) -> None:
    lines = [f"[{day}/11/2024, 10:00:00] ada: {text}" for day, text in ((29, "A"), (30, "B"), (31, "C"))]
    receipt = inbox.take("\n".join([*lines, "[01/12/2024, 10:00:00] ada: D"]), "chat.txt", zone="UTC")

    assert inbox.texts() == ["A", "B", "D"]
    assert receipt.reasons == {"the date 31/11/2024 does not exist: correct the line, or leave it out": 1}


LINE_BY_TABS = "[LINE] Chat history with Bob\n2026/01/13(Tue)\n"
LINE_BY_SPACES = "[LINE] Bob.txt\n2026.01.13 Tuesday\n"


@pytest.mark.parametrize(
    ("messages", "texts"),
    [
        ('10:00\tada\t"Dune" is great\n10:01\tBob\tI am vegan\n10:02\tada\tYes', ['"Dune" is great', "Yes"]),
        ('10:00\tada\t"Dune\n10:01\tBob\tI am vegan"', ['"Dune']),
        ("10:00\tada\tTomorrow:\n12:00 lunch\n10:01\tBob\tI am vegan", ["Tomorrow:\n12:00 lunch"]),
        ("10:00\tada\t[I love rye]\n10:01\tada\t[Photo]\n10:02\tada\t[スタンプ]", ["[I love rye]"]),
    ],
)
def test_in_a_chat_of_line_a_time_always_begins_a_message_and_nothing_else_does(
    messages: str, texts: list[str], inbox: Inbox
) -> None:
    receipt = inbox.take(LINE_BY_TABS + messages, "chat.txt", zone="UTC")

    assert inbox.texts() == texts, receipt


@pytest.mark.parametrize(
    ("messages", "options"),
    [
        ("10:00 Ada I love rye\n10:01 Carl I am vegan", {"speaker": "Ada"}),
        ("10:00 Ada Tomorrow:\n12:00 lunch", {"speaker": "Ada"}),
        ("10:00 Ada I love rye", {}),
    ],
)
def test_a_chat_of_line_divided_by_spaces_is_refused_where_it_does_not_show_who_writes(
    messages: str, options: dict[str, Any], inbox: Inbox
) -> None:
    with pytest.raises(UsageError, match="spaces divide its names from its texts"):
        inbox.take(LINE_BY_SPACES + messages, "chat.txt", zone="UTC", **options)


def test_the_longer_of_two_names_that_begin_alike_is_the_sender(inbox: Inbox) -> None:
    chat = "[LINE] Ada Lovelace-King.txt\n2026.01.13 Tuesday\n10:00 Ada Rye!\n10:01 Ada Lovelace-King I am vegan"
    inbox.take(chat, "chat.txt", zone="UTC", speaker="Ada")

    assert inbox.texts() == ["Rye!"]


@pytest.mark.parametrize(
    "head",
    ["[LINE] id,user_id,type,item_id,at", "[LINE] with,user_id,type,item_id,at", "[LINE],user_id,type,item_id,at"],
)
def test_a_table_whose_header_begins_like_a_chat_of_line_is_a_table(head: str, inbox: Inbox) -> None:
    receipt = inbox.take(f"{head}\n1,ada,view,b1,{MORNING}\n", "table.csv")

    assert receipt.accepted == 1


@pytest.mark.parametrize("text", ["12.01.2026, 10:15 - ada: Rye!", "[2026/01/12, 中午1:05:00] ada: Rye!"])
def test_a_time_of_a_chat_is_read_as_every_other_time(text: str, inbox: Inbox) -> None:
    inbox.take(
        f"{text}\n{text.replace('12', '14').replace('Rye', 'Oats')}", "chat.txt", zone="UTC", date_formats=["%d.%m.%Y"]
    )

    assert [f"{stored.event.at:%m-%d %H:%M}" for stored in inbox.ledger.events("ada")] == (
        ["01-12 13:05", "01-14 13:05"] if "中午" in text else ["01-12 10:15", "01-14 10:15"]
    )


def test_a_line_of_a_chat_that_is_no_text_is_set_aside_and_pictures_are_of_nobody_else(inbox: Inbox) -> None:
    receipt = inbox.take(
        "[13/01/2026, 10:15:03] ada: Oats\n[13/01/2026, 10:15:04] ada: <Media omitted>", "chat.txt", zone="UTC"
    )
    assert receipt.notes[0] == "1 line of conversations: 1 message of users, 0 of others (read as context)"

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
