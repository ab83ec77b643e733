"""An assistant on OpenAI's API with Penchant's tools: the whole loop is twenty lines.

    python examples/openai_tools.py                      # a scripted model: no key, nothing leaves this machine
    python examples/openai_tools.py --model gpt-4o-mini  # a real one; OPENAI_API_KEY and OPENAI_BASE_URL say where

Everything is made up here and kept in a temporary folder.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import openai

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock
from penchant.tools import call_tool, openai_tools

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FILMS = (
    "Oceans: a documentary of whales",
    "The quiet forest: a documentary of owls",
    "Bees: a documentary of a garden",
)
SYSTEM = "You help one person find films. Name only films that a tool returned, with the reasons it gave."
WISH = "Something like the film about whales, please."


def main() -> None:
    """Ask one question and print what was called and what was answered."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", help="a real model; without it, a scripted one")
    model = parser.parse_known_args()[0].model
    with tempfile.TemporaryDirectory() as folder:
        agent = InterestAgent.open(Settings.load(home=Path(folder), llm={"provider": "none"}), clock=FixedClock(NOW))
        agent.add_items([Item(item_id=f"f{number}", title=title) for number, title in enumerate(FILMS)])
        agent.observe([Event(user_id="ada", type="rating", item_id="f0", value=5, at=NOW - timedelta(days=1))])
        agent.update("ada")
        client = openai.OpenAI() if model else scripted()
        print("Assistant:", converse(client, model or "scripted", agent, WISH))


def converse(client: openai.OpenAI, model: str, agent: InterestAgent, wish: str) -> str:
    """One turn: the model calls tools until it answers. The tools act for Ada only, whatever the model asks."""
    briefing = agent.personalise("ada")
    messages: list[Any] = [{"role": "system", "content": f"{SYSTEM}\n\n{briefing}"}, {"role": "user", "content": wish}]
    for _ in range(8):
        tools: Any = openai_tools(user_id="ada")
        message = client.chat.completions.create(model=model, messages=messages, tools=tools).choices[0].message
        if not message.tool_calls:
            return message.content or ""
        messages.append(message.model_dump(exclude_none=True))
        for call in message.tool_calls:
            if call.type == "function":
                name, arguments = call.function.name, call.function.arguments
                answer = call_tool(name, arguments, agent=agent, user_id="ada", confirm=ask_the_person, full=False)
                print(f"{name}({arguments}) -> {answer}")
                messages.append({"role": "tool", "tool_call_id": call.id, "content": answer})
    return "I had to stop."


def ask_the_person(question: str) -> bool:
    """Destructive tools ask here, never the model. This example never agrees."""
    print(question)
    return False


def scripted() -> openai.OpenAI:
    """The real client, talking to a server of three sentences: a wise call, a rude one, and an answer."""
    replies = iter(
        [
            _calls("recommend_items", {"query": "whales", "k": 1}),
            _calls("forget_user", {}),
            {"role": "assistant", "content": "You may like The quiet forest."},
        ]
    )
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=_completion(replies)))
    return openai.OpenAI(api_key="none", base_url="http://scripted", http_client=httpx.Client(transport=transport))  # type: ignore[arg-type]


def _calls(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    call = {"id": f"call_{name}", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def _completion(replies: Iterator[dict[str, Any]]) -> dict[str, Any]:
    message = next(replies)
    finish = "tool_calls" if message.get("tool_calls") else "stop"
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}


if __name__ == "__main__":
    main()
