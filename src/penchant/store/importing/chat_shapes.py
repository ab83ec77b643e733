"""Finds the messages in the formats of chat programs and libraries, by roles and texts wherever they are.

OpenAI messages (content as text or in parts), ShareGPT, MCP, ChatGPT (a tree of messages), Claude, Open WebUI, Gemini
(Takeout, AI Studio and the API), LangChain and LangGraph (plain, nested and serialised), AI SDK (`parts`), and
agents' logs that wrap each message. Messages between people are in `messengers`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from penchant.store.importing.messengers import as_spoken

Role = Literal["user", "assistant", "other", "unknown"]
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("user", "human", "prompter", "humanmessage", "humanmessagechunk", "me", "用户"), "user"),
    **dict.fromkeys(
        (
            *("assistant", "gpt", "chatgpt", "bot", "model", "ai", "claude", "gemini", "grok", "助手"),
            *("aimessage", "aimessagechunk", "chatbot", "copilot", "deepseek", "mistral", "perplexity"),
        ),
        "assistant",
    ),
    **dict.fromkeys(
        ("system", "developer", "tool", "function", "observation", "data", "root", "critic", "environment"), "other"
    ),
    **dict.fromkeys(
        ("systemmessage", "toolmessage", "functionmessage", "tool_result", "ipython", "discussion"), "other"
    ),
}
_ROLE_FIELDS = ("role", "from", "sender", "author", "speaker", "type")
_TEXT_FIELDS = (
    *("content", "parts", "text", "value", "message", "body", "prompt", "fragments"),
    *("contentParts", "contentChunks", "mes"),
)
_IS_USER = ("is_user", "isUser", "is_human", "isCreatedByUser")
"""Flags that some programs write instead of a role."""
_LISTS = (
    *("messages", "conversations", "conversation", "chat_messages", "turns", "dialog", "dialogue"),
    *("contents", "chunks", "input", "history", "chat_history", "responses", "data"),
)
_CHATS = ("messages", "conversations", "chat_messages", "chat_history")
"""Lists that contain only messages: if one is empty, the record is a chat without messages."""
_WITHIN = ("chat", "values", "chunkedPrompt", "channel_values", "state", "thread", "request", "body")
_EVENT = frozenset(("user_id", "type", "at"))
_TEXT_PARTS = ("", "text", "REQUEST", "RESPONSE", "input_text", "audio_transcription", "multimodal_text", "output_text")
_ACTIVITIES = ("gemini", "bard")
_ASKED = ("prompted", "asked", "said", "eingegeben:", "已提示")
_NOT_ASKED = ("used", "created", "gave", "selected", "viewed", "visited", "searched", "shared", "deleted", "saved")
_DEPTH = 8


class ExportedMessage(NamedTuple):
    """One message.

    `role_name`: the role as the export names it; `source`: the record that contains its time; `speakers`: all names of
    the person who wrote it.
    """

    role: Role
    role_name: str
    text: str
    source: Mapping[str, Any]
    speakers: tuple[str, ...] = ()


class Messages(NamedTuple):
    """The messages of one record, in order.

    `single`: the record is one message. `left`: the number of users' messages on abandoned branches. `outer`: the
    records in which ids and times of the whole are searched, nearest first.
    """

    messages: tuple[ExportedMessage, ...]
    outer: tuple[Mapping[str, Any], ...]
    single: bool = False
    left: int = 0


def messages_in(record: Any) -> Messages | None:
    """Return the conversation in a record, or its one message; None if the record is something else."""
    if isinstance(record, list):
        there = [message for message in record if message is not None]
        return Messages(tuple(map(_message, map(_spoken, there))), ()) if _are_messages(record) else None
    record = as_spoken(record)
    if not isinstance(record, Mapping):
        return None
    if (asked := _activity(record)) is not None:
        return Messages((ExportedMessage("user", "user", asked, record),), (record,), single=True)
    return _whole(record, (record,), 0) or (
        Messages((_message(record),), (record,), single=True) if _is_message(record) else None
    )


def _whole(record: Mapping[str, Any], outer: tuple[Mapping[str, Any], ...], depth: int) -> Messages | None:
    if isinstance(tree := record.get("mapping"), Mapping):
        nodes = {name: node for name, node in tree.items() if isinstance(node, Mapping)}
        path = _branch(nodes, record.get("current_node"), "parent")
        return _with_left(nodes, path, outer, "message")
    is_empty = False
    for name in _LISTS:
        found = record.get(name)
        if found == [] and name in _CHATS:  # the messages may be elsewhere, as in Open WebUI's `history`
            is_empty = True
        elif isinstance(found, list) and (name in ("messages", "conversations") or _are_messages(found)):
            found = [_spoken(message) for message in found if message is not None]
            if any(not isinstance(message, Mapping) for message in found):
                raise ValueError("a message of the conversation is not an object")
            return Messages((*map(_message, found), *_question_after(name, record)), outer)
        if isinstance(found, Mapping):
            tree = found.get("messages", found)
            if (
                isinstance(tree, Mapping)
                and tree
                and all(isinstance(entry, Mapping) and _is_message(entry) for entry in tree.values())
            ):
                path = _branch(tree, found.get("currentId", record.get("currentId")), "parentId")
                return _with_left(tree, path, outer, "")
    for name in _WITHIN:
        inner = record.get(name)
        if isinstance(inner, Mapping) and depth < _DEPTH and (within := _whole(inner, (inner, *outer), depth + 1)):
            return within._replace(outer=(*outer, inner))
    return Messages((), outer) if is_empty else None


def _with_left(
    nodes: Mapping[str, Any], path: Sequence[str], outer: tuple[Mapping[str, Any], ...], inner: str
) -> Messages:
    def read(name: str) -> ExportedMessage | None:
        node = nodes[name].get(inner) if inner else nodes[name]
        return _message(node) if isinstance(node, Mapping) else None

    taken = set(path)
    rest = [read(name) for name in nodes if name not in taken]
    left = sum(message is not None and message.role == "user" and bool(message.text) for message in rest)
    return Messages(tuple(message for name in path if (message := read(name)) is not None), outer, left=left)


def _branch(nodes: Mapping[str, Any], current: Any, parent: str) -> list[str]:
    """Return the names from the root to the current message; if none is marked, to the last message without an answer."""
    if current not in nodes:
        parents = {str(node.get(parent)) for node in nodes.values()}
        leaves = [name for name in nodes if name not in parents]
        current = leaves[-1] if leaves else next(reversed(list(nodes)), None)
    path: dict[str, None] = {}
    while isinstance(current, str) and current in nodes and current not in path:
        path[current] = None
        current = nodes[current].get(parent)
    return list(reversed(path))


def _activity(record: Mapping[str, Any]) -> str | None:
    """Return the question in an entry of Google Takeout's "My Activity" ("" if it has none); None for other records."""
    header, title = record.get("header"), record.get("title")
    if not (isinstance(header, str) and isinstance(title, str) and header.casefold().startswith(_ACTIVITIES)):
        return None
    first, _, rest = title.strip().partition(" ") if "\u00a0" not in title[:12] else title.strip().partition("\u00a0")
    if first.casefold() in _ASKED:
        return rest.strip()
    return "" if first.casefold() in _NOT_ASKED else title.strip()


def _are_messages(found: Sequence[Any]) -> bool:
    """Return whether these are messages; calls of tools and the like may occur between them."""
    spoken = [_spoken(message) for message in found if message is not None]
    if not all(isinstance(message, Mapping) and not message.keys() >= _EVENT for message in spoken):
        return False
    return any(_is_message(message) for message in spoken) and all(
        _is_message(message) or _role_name(message) or message.get("type") not in (None, "message")
        for message in spoken
    )


def _spoken(message: Any) -> Any:
    """Return a message in its usual form.

    LangChain accepts pairs of role and text; other programs store several versions of a message, of which the
    selected one is returned. Messengers have their own forms.
    """
    if isinstance(message, list | tuple) and len(message) == 2 and str(message[0]).casefold() in _ROLES:
        return {"role": message[0], "content": message[1]}
    versions = message.get("versions") if isinstance(message, Mapping) else None
    if isinstance(versions, list) and versions:
        place = message.get("currentlySelected")
        return versions[place if isinstance(place, int) and 0 <= place < len(versions) else -1]
    return as_spoken(message)


def _question_after(name: str, record: Mapping[str, Any]) -> tuple[ExportedMessage, ...]:
    """Return the user's question that is stored beside a history (`input` beside `chat_history`)."""
    asked = record.get("input") if name in ("chat_history", "history") else None
    return (ExportedMessage("user", "user", asked.strip(), {}),) if isinstance(asked, str) else ()


def _is_message(record: Any) -> bool:
    if not isinstance(record, Mapping):
        return False
    inner = _unwrapped(record)
    return (
        bool(_role_name(inner) or _role_name(record))
        and any(name in inner for name in _TEXT_FIELDS)
        and not ({"user_id", "at"} <= record.keys() and "type" in record and "role" not in record)
    )


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the message itself if it is wrapped: in `data` or `kwargs` (LangChain), or in `message` (logs)."""
    for name in ("data", "kwargs", "message", "response"):
        inner = record.get(name)
        if isinstance(inner, Mapping) and any(field in inner for field in _TEXT_FIELDS):
            return inner
    return record


def _message(record: Mapping[str, Any]) -> ExportedMessage:
    inner = _unwrapped(record)
    name = _role_name(inner) or _role_name(record) or ""
    is_person = bool(record.get("speakers"))  # who may be called Claude
    role: Role = "unknown" if is_person else _ROLES.get(name.casefold(), "unknown" if name else "other")
    if role == "user" and _is_hidden(inner):
        role = "other"
    source = {**inner, **record} if inner is not record else record
    return ExportedMessage(role, name, _text_of(inner), source, tuple(record["speakers"]) if is_person else (name,))


def _role_name(record: Mapping[str, Any]) -> str | None:
    """Return the role of a message as it is named there, or None.

    `type` counts only if it is a role, because events have types too.
    """
    for field in _ROLE_FIELDS:
        value = record.get(field)
        value = value.get("role") if isinstance(value, Mapping) else value
        if isinstance(value, str) and value and (field != "type" or value.casefold() in _ROLES):
            return value
    for flag in _IS_USER:
        if isinstance(record.get(flag), bool):
            return "user" if record[flag] else "assistant"
    fragments = record.get("fragments")
    if isinstance(fragments, list) and fragments and isinstance(fragments[0], Mapping):
        return "user" if fragments[0].get("type") == "REQUEST" else "assistant"
    path = record.get("id")
    if record.get("lc") and isinstance(path, list) and path and isinstance(path[-1], str):
        return path[-1]
    return None


def _is_hidden(message: Mapping[str, Any]) -> bool:
    """Return whether a program wrote the message in the user's name: ChatGPT's custom instructions."""
    metadata, content = message.get("metadata"), message.get("content")
    hidden = isinstance(metadata, Mapping) and metadata.get("is_visually_hidden_from_conversation") is True
    return hidden or (isinstance(content, Mapping) and content.get("content_type") == "user_editable_context")


def _text_of(message: Mapping[str, Any]) -> str:
    """Return the first text field that is not empty."""
    for field in _TEXT_FIELDS:
        text = " ".join(_texts(message.get(field), _DEPTH)).strip()
        if text:
            return text
    return ""


def _texts(content: Any, depth: int) -> Iterator[str]:
    """Yield the texts of a message: a string, a part, or a list of parts.

    Images, files, thoughts and tool results are skipped.
    """
    if isinstance(content, str):
        yield content
    elif depth == 0:
        return
    elif isinstance(content, list):
        for part in content:
            yield from _texts(part, depth - 1)
    elif isinstance(content, Mapping) and content.get("type", content.get("content_type", "text")) in _TEXT_PARTS:
        for field in ("text", "parts", "value", "content"):
            if field in content:
                yield from _texts(content[field], depth - 1)
                return
