"""Chats as people export them: whatever program wrote them, every word of the user is heard, and what is not heard is counted."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from chat_inbox import Inbox

from penchant.store.clock import FixedClock
from penchant.store.database import Database


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
        note for note in notes if "branches" in note or "without text" in note or "longer" in note or "clerk" in note
    ] == [
        "1 message: of users, on branches that were given up, not read",
        "1 message: of users, without text (pictures or files only), passed over",
        "1 message: longer than 20,000 characters; what comes after is left out",
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
