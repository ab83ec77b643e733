"""What is used of `openai` without being promised by it: this fails first when a new version moves it."""

import importlib
import re
from pathlib import Path

import openai

import penchant


def test_the_private_parts_of_openai_that_are_used_are_there() -> None:
    streaming = importlib.import_module("openai._streaming")
    client = openai.OpenAI(api_key="none", base_url="http://127.0.0.1:1")
    missing = [name for name in ("SSEDecoder", "ServerSentEvent") if not hasattr(streaming, name)]

    assert missing == [], "openai._streaming has changed: mend penchant.agent.llm.server_events"
    assert isinstance(client._make_sse_decoder(), streaming.SSEDecoder), "openai asks its client for no decoder now"
    [sent] = streaming.SSEDecoder().iter_bytes(iter([b'id: 1\ndata: {"a": 1}\n\n']))
    assert (sent.data, sent.json()) == ('{"a": 1}', {"a": 1})


def test_one_module_uses_private_parts_of_openai() -> None:
    folder = Path(penchant.__file__).parent
    private = re.compile(r"\b(?:from|import) openai\._")
    users = [
        path.relative_to(folder).as_posix() for path in folder.rglob("*.py") if private.search(path.read_text("utf-8"))
    ]

    assert users == ["agent/llm/server_events.py"]
