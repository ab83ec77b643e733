"""The examples of tool calling with the 1.5 B model: over HTTP with OpenAI's own client, and in LangChain's messages (`make test-llm`)."""

import json
import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.utils.function_calling import convert_to_openai_tool
from model_server import Exchange, completion, serving

from penchant.agent.llm.llama_model import LocalModel
from penchant.agent.llm.model import Generation, Message, ToolCall

pytestmark = [
    pytest.mark.llm,
    pytest.mark.skipif("PENCHANT_TEST_LLM" not in os.environ, reason="PENCHANT_TEST_LLM names no GGUF file"),
]
EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def model() -> LocalModel:
    return LocalModel(Path(os.environ["PENCHANT_TEST_LLM"]), timeout_seconds=1_200)


def test_in_the_openai_example_a_real_model_calls_a_tool_reads_its_answer_and_speaks(
    model: LocalModel, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def play(exchange: Exchange) -> None:
        body = exchange.body
        generation = model.chat([_message(turn) for turn in body["messages"]], tools=body["tools"], max_tokens=300)
        calls = {"tool_calls": [_wired(call) for call in generation.tool_calls]} if generation.tool_calls else {}
        exchange.send(200, json.dumps(completion(generation.text, generation.finish, **calls)).encode())

    with serving(play) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        monkeypatch.setattr(sys, "argv", ["openai_tools.py", "--model", "tiny"])
        runpy.run_path(str(EXAMPLES / "openai_tools.py"), run_name="__main__")
    printed = capsys.readouterr().out
    print(printed)
    assert_called_and_answered(printed, "Assistant: ")


def test_in_the_langchain_example_a_real_model_calls_a_tool_reads_its_answer_and_speaks(
    model: LocalModel, capsys: pytest.CaptureFixture[str]
) -> None:
    example = runpy.run_path(str(EXAMPLES / "langchain_agent.py"))
    example["main"].__globals__["model_named"] = lambda name, tools: InLangChain(model, tools)
    example["main"]()
    printed = capsys.readouterr().out
    print(printed)
    assert_called_and_answered(printed, "Agent: ")


def assert_called_and_answered(printed: str, speaker: str) -> None:
    """What a model this small makes of a bare loop is its own affair; that calls arrive and are answered in words, is ours."""
    results = [json.loads(line.split(" -> ", 1)[1]) for line in printed.splitlines() if " -> {" in line]
    assert results
    assert all("error" not in result or result["detail"] for result in results)
    answer = printed[printed.rindex(speaker) + len(speaker) :].strip()
    assert answer and not answer.startswith("{")


class InLangChain:
    """The model behind the one method that the example calls."""

    def __init__(self, model: LocalModel, tools: Sequence[Any]) -> None:
        self.model, self.tools = model, [convert_to_openai_tool(tool) for tool in tools]

    def invoke(self, messages: Sequence[BaseMessage]) -> AIMessage:
        generation: Generation = self.model.chat(
            [_said(message) for message in messages], tools=self.tools, max_tokens=300
        )
        calls = [
            {"name": tool_call.name, "args": json.loads(tool_call.arguments), "id": tool_call.id}
            for tool_call in generation.tool_calls
        ]
        return AIMessage(generation.text, tool_calls=calls)


def _said(message: BaseMessage) -> Message:
    role = {"system": "system", "human": "user", "ai": "assistant", "tool": "tool"}[message.type]
    calls = message.tool_calls if isinstance(message, AIMessage) else []
    tool_calls = tuple(ToolCall(str(call["id"]), call["name"], json.dumps(call["args"])) for call in calls)
    answered = message.tool_call_id if isinstance(message, ToolMessage) else None
    return Message(role, str(message.content), tool_calls, answered)  # type: ignore[arg-type]


def _message(wired: dict[str, Any]) -> Message:
    calls = tuple(
        ToolCall(call["id"], call["function"]["name"], call["function"]["arguments"])
        for call in wired.get("tool_calls") or ()
    )
    return Message(wired["role"], wired.get("content") or "", calls, wired.get("tool_call_id"))


def _wired(call: ToolCall) -> dict[str, Any]:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
