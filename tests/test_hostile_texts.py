"""No text explodes: 100 kB of whatever a stranger writes is read in under a tenth of a second, by everything that reads texts."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from film_club import club, club_home, filled_club
from long_tests import long_except
from processor_time import seconds

from penchant import Event, InterestAgent, Item
from penchant.agent.chat.answers import GroundedText, Shown, description_repeated
from penchant.agent.chat.change_checks import asks_to_be_forgotten, reason_to_refuse, tastes
from penchant.agent.chat.intents import asks_for_no_item, intent_of, single_spaced, with_exclusions
from penchant.agent.chat.item_questions import item_question
from penchant.agent.chat.own_history import history_question
from penchant.agent.chat.reactions import judgements, offers, reactions
from penchant.agent.chat.references import Items
from penchant.agent.llm.structured_output import json_in
from penchant.agent.llm.written_calls import text_before_calls, written_calls
from penchant.agent.recommend.filters import Condition
from penchant.agent.recommend.interactions import word_vectors
from penchant.agent.statements.detection import StatementDetector
from penchant.errors import PenchantError
from penchant.prompts.fence import fence
from penchant.prompts.labels import check_label
from penchant.secrets import mask
from penchant.store.importing.json_text import parse_json
from penchant.store.plain import is_instruction, plain
from penchant.tools.arguments import from_json_text
from penchant.tools.calling import parsed
from penchant.tools.conversing import open_conversation
from penchant.tools.sizes import cut

__all__ = ["club", "club_home", "filled_club"]

SIZE = 100_000
SECONDS = 0.1
KINDS = (
    *("and ", "(", "a", " ", "\t", "\n", "I like ", "I really ", "not ", "no more ", "https://", "a@b.", "我喜欢", "不要", "，", "第"),
    *("“", '"', "'", "<think>", "<|im_start|>", "[INST]", "```\n", "> \n", "assistant:\n", "user: ", "[", '{"a":', "\\", "*", "**", "_"),
    *("- ", ". ", ", ", ":", "=", "1", "1.", "#", "&amp;", "forget all ", "please and ", "the the ", "ignore all ", "a b ", "my friend "),
    *("<tool_call>", "<function=look>", "<function=look><parameter=a>", "[TOOL_CALLS]", "[TOOL_CALLS]look{", "我對花生過敏"),
    *('"\\', "'\\", ",\t", "[,", "how much ", "I have a ", "really ", "last ", "most often ", "吗", "上次"),
)  # fmt: skip
BEES = Shown(item_id="b", title="Bees: a small documentary")
ITEMS = Items((BEES,), (BEES,))
TOOLS = [{"function": {"description": "Words", "parameters": {}}}]
DETECTOR = StatementDetector()


def refused(read: Callable[[str], Any]) -> Callable[[str], None]:
    """The same, where a text may well be refused."""

    def run(text: str) -> None:
        with suppress(PenchantError, ValueError):
            read(text)

    return run


READERS: dict[str, Callable[[str], Any]] = {
    "what a title says": plain,
    "whether a text gives orders": is_instruction,
    "a text in a prompt": fence,
    "a label": refused(check_label),
    "a text without secrets": mask,
    "words of a title": lambda text: word_vectors([text]),
    "what a message wants": lambda text: intent_of(text, ITEMS),
    "what is asked of an item": lambda text: item_question(f"how much is ab{text}x"),
    "what is asked of the past": lambda text: [
        history_question(single_spaced(f"{start}{text}"))
        for start in ("did I buy ", "what did I buy last ", "我买过", "我上次")
    ],
    "asking for nothing here": lambda text: asks_for_no_item(single_spaced(f"1 times 1{text}x")),
    "a wish completed": lambda text: with_exclusions({"query": text}, text),
    "what a message states": DETECTOR.detect,
    "what was offered": offers,
    "what is made of an offer": lambda text: judgements("1. Salad\n2. Soup", text),
    "tastes": lambda text: tastes(text, ITEMS),
    "reactions": lambda text: reactions(text, ITEMS),
    "the item that is meant": ITEMS.find,
    "the item that is asked about": ITEMS.item_asked_about,
    "asking to be forgotten": asks_to_be_forgotten,
    "the gate of edits": lambda text: reason_to_refuse("edit_interest", {"action": "mute", "interest": "Comedy"}, text),
    "the gate of tastes": lambda text: reason_to_refuse(
        "edit_interest", {"action": "state", "interest": text[:400], "text": "like"}, text
    ),
    "the gate of feedback": lambda text: reason_to_refuse(
        "give_feedback", {"item_id": "b", "outcome": "liked"}, text, items=ITEMS
    ),
    "what a yes agrees to": lambda text: reason_to_refuse(
        "edit_interest", {"action": "mute", "interest": "Comedy"}, "yes", f"{text}?"
    ),
    "repeated descriptions": lambda text: description_repeated("t", {"query": text}, lambda: TOOLS),
    "a line of a model's answer": lambda text: list(GroundedText([BEES], text).line(text)),
    "an entry of a model's list": lambda text: list(GroundedText([BEES], "").line(f"1. {text}")),
    "what a model has spoken": text_before_calls,
    "calls that a model has written": lambda text: written_calls(text, {"look"}),
    "JSON in a reply": json_in,
    "calls in tags": lambda text: written_calls(f'<invoke name="look">{text}', {"look"}),
    "arguments in JSON": refused(parsed),
    "an argument as JSON text": from_json_text,
    "a line of JSON in a file": refused(lambda text: parse_json(text.encode())),
    "a filter": refused(Condition.parse),
    "a reason cut short": lambda text: cut(text, 100),
}


def hostile(kind: str, size: int = SIZE) -> str:
    """A text of one kind."""
    return (kind * (size // len(kind) + 1))[:size]


FORMS: dict[str, Callable[[str], str]] = {
    "alone": lambda text: text,
    "in the middle of something else": lambda text: f"x{text[:-2]}!",
}


@pytest.mark.parametrize("form", long_except("in the middle of something else", FORMS))
@pytest.mark.parametrize("reader", READERS)
def test_no_text_takes_long(reader: str, form: str) -> None:
    read = READERS[reader]
    read("I like jazz")  # whatever is loaded once

    slow = {
        repr(text[:20] + "…" + text[-5:]): round(taken, 2)
        for text in (FORMS[form](hostile(kind)) for kind in KINDS)
        if (taken := seconds(SECONDS, read, text)) > SECONDS
    }
    assert slow == {}


@pytest.mark.parametrize("kind", ["and ", "(", "I like ", "我喜欢", "“", "```\n", "<think>", "\n.", "no more "])
def test_every_way_in_takes_a_hostile_text(club: InterestAgent, kind: str) -> None:
    text = hostile(kind, 20_000)
    now = club.clock.now()
    club.add_items([Item(item_id="hostile", title=f"A film {text[:200]}", description=text[:5_000])])
    club.observe([Event(user_id="ada", type="message", text=text, at=now)])
    [receipt] = club.update("ada").users
    chat = open_conversation(club, "ada")

    assert receipt.status == "ok"
    assert receipt.events_new == receipt.assigned + receipt.pooled
    assert club.recommend("ada", 3, query=text[:500]).items
    assert club.search_items(text[:500], 3)
    assert club.context("ada", 200).text
    assert chat.ask(text[:8_000].strip() or "x").text
