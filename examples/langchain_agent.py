"""An agent on LangChain with Penchant's tools (pip install 'penchant[langchain]').

    python examples/langchain_agent.py                      # a scripted model: no key, nothing leaves this machine
    python examples/langchain_agent.py --model gpt-4o-mini  # a real one, through the package langchain-openai

Everything is made up here and kept in a temporary folder.
"""

import argparse
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock
from penchant.tools import langchain_tools

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEAS = ("Green tea from Kyoto", "Black tea from Assam", "Jasmine tea", "Tea pot of red clay", "Garden spade")


def main() -> None:
    """Ask one question and print what was called and what was answered."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", help="a real model; without it, a scripted one")
    name = parser.parse_known_args()[0].model
    with tempfile.TemporaryDirectory() as folder:
        agent = InterestAgent.open(Settings.load(home=Path(folder), llm={"provider": "none"}), clock=FixedClock(NOW))
        agent.add_items([Item(item_id=f"t{number}", title=title) for number, title in enumerate(TEAS)])
        agent.observe([Event(user_id="ada", type="purchase", item_id="t0", at=NOW - timedelta(days=1))])
        agent.update("ada")
        tools = langchain_tools(agent, user_id="ada")
        print("Agent:", converse(model_named(name, tools), tools, agent))


def converse(model: Any, tools: list[Any], agent: InterestAgent) -> str:
    """One turn: the model calls tools until it answers."""
    by_name = {tool.name: tool for tool in tools}
    wish = "I'm off black tea. What else is there?"
    messages: list[BaseMessage] = [SystemMessage(agent.personalise("ada")), HumanMessage(wish)]
    for _ in range(8):
        reply = model.invoke(messages)
        messages.append(reply)
        if not reply.tool_calls:
            return str(reply.content)
        for call in reply.tool_calls:
            answer = by_name[call["name"]].invoke(call)  # a ToolMessage: content to read, artifact with everything
            print(f"{call['name']}({call['args']}) -> {answer.content}")
            messages.append(answer)
    return "I had to stop."


def model_named(name: str | None, tools: list[Any]) -> Any:
    """A chat model that knows the tools."""
    if name is not None:
        from langchain_openai import ChatOpenAI  # type: ignore[import-not-found, unused-ignore]

        return ChatOpenAI(model=name).bind_tools(tools)
    dislike = {"action": "state", "interest": "black tea", "text": "dislike"}
    script = [
        AIMessage("", tool_calls=[{"name": "edit_interest", "args": dislike, "id": "1"}]),
        AIMessage(
            "", tool_calls=[{"name": "recommend_items", "args": {"query": "tea", "avoid": "black", "k": 2}, "id": "2"}]
        ),
        AIMessage("Noted: no black tea. You may like Jasmine tea."),
    ]
    return GenericFakeChatModel(messages=iter(script))


if __name__ == "__main__":
    main()
