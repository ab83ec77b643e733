"""A hosted model's turn is shown as it is made: over a real HTTP server, with calls cut anywhere."""

import json
import math
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from model_server import Exchange, ModelServer, Play, answers, calling, event, fails, serving, streams

from penchant import InterestAgent
from penchant.agent.chat.answers import ChatAnswer, Step
from penchant.agent.chat.conversation import Conversation
from penchant.agent.llm.model import Message
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.network.deadline import remaining
from penchant.store.receipt import Usage
from penchant.tools.conversing import RegistryToolbox

IDEAS = calling("recommend_items", json.dumps({"query": "with bees", "k": 2}))
REPLY = Usage(calls=1, prompt_tokens=100, completion_tokens=10)


def talk(club: InterestAgent, server: ModelServer) -> Conversation:
    model = OpenAiModel("gpt-4o", base_url=server.url)
    return Conversation("ada", RegistryToolbox(club, "ada"), model=model, about=lambda budget, language, question: "")


def read(turn: Iterator[Step | str]) -> tuple[list[Any], ChatAnswer]:
    """What a turn hands out from here on: kinds of steps, and text."""
    pieces: list[Any] = []
    while True:
        try:
            piece = next(turn)
        except StopIteration as end:
            return pieces, end.value
        pieces.append(piece if isinstance(piece, str) else piece.kind)


def test_the_first_line_of_the_answer_is_there_before_the_server_has_written_the_second(club: InterestAgent) -> None:
    read_so_far = threading.Event()
    answer = streams(event("For "), event("you:\nEn"), read_so_far, event("joy!"), event(finish="stop"))
    with serving(streams(*IDEAS, event(finish="tool_calls")), answer) as server:
        turn = talk(club, server).stream("ideas with bees?")
        before = [piece if isinstance(piece, str) else piece.kind for piece in (next(turn) for _ in range(4))]
        read_so_far.set()
        after, final = read(turn)
    assert before == ["model", "tool", "model", "For you:\n"]
    assert after[0] == "Enjoy!\n"
    assert final.trace[1].arguments == {"query": "with bees", "k": 2}
    assert [step.tokens for step in final.trace] == [110, 0, 110]
    assert final.llm == REPLY + REPLY
    assert [body["stream"] for body in server.bodies] == [True, True]


def test_what_the_model_says_before_it_calls_is_shown_and_the_call_is_made(club: InterestAgent) -> None:
    remark = streams(event("Let me look.\n"), *IDEAS, event(finish="tool_calls"))
    with serving(remark, streams(event("Enjoy!"))) as server:
        pieces, final = read(talk(club, server).stream("ideas with bees?"))
    assert pieces[:5] == ["model", "Let me look.\n", "tool", "model", "Enjoy!\n"]
    assert final.text.startswith("Let me look.\nEnjoy!\n1. ")
    assert len(final.items) == 2


@pytest.mark.parametrize("before", ["", "Sure! "])
def test_a_call_written_out_as_text_is_made_and_never_shown(club: InterestAgent, before: str) -> None:
    written = before + '<tool_call>{"name": "recommend_items", "arguments": {"k": 1}}</tool_call>'
    in_threes = [event(written[at : at + 3]) for at in range(0, len(written), 3)]
    with serving(streams(*in_threes), streams(event("Enjoy!"))) as server:
        pieces, final = read(talk(club, server).stream("ideas?"))
    assert "tool" in pieces
    assert "tool_call" not in "".join(pieces) and "recommend_items" not in final.text


@pytest.mark.parametrize("written", ["null", "{'k': 1}", '{"k": 1,}', '{"k": '])
def test_arguments_that_are_no_json_do_not_go_back_to_a_server_that_reads_them(
    club: InterestAgent, written: str
) -> None:
    def strict(exchange: Exchange) -> None:
        calls = [call for turn in exchange.body["messages"] for call in turn.get("tool_calls", ())]
        for call in calls:
            json.loads(call["function"]["arguments"]).items()
        play = streams(event("Enjoy!")) if calls else streams(*calling("recommend_items", written, size=99))
        play(exchange)

    with serving(strict) as server:
        _, final = read(talk(club, server).stream("ideas?"))
    assert final.plan == "model" and final.text.startswith("Enjoy!") and not final.degraded


@pytest.mark.parametrize("unreadable", ['{"tool": "web_search", "input": "bees"}', "<tool_call>[broken"])
def test_a_written_call_that_cannot_be_read_is_not_shown_and_rules_answer(club: InterestAgent, unreadable: str) -> None:
    with serving(streams(event(unreadable))) as server:
        _, final = read(talk(club, server).stream("ideas?"))
    assert final.plan == "rules" and "cannot be read" in final.degraded[0].reason


def test_an_answer_that_was_cut_off_shows_that_it_was(club: InterestAgent) -> None:
    with serving(streams(event("The best of them is"), event(finish="length"))) as server:
        _, final = read(talk(club, server).stream("ideas?"))
    assert final.text == "The best of them is …"


@pytest.mark.parametrize(
    "arguments",
    [
        {"action": "mute", "interest": "Comedy"},
        {"Action": "mute", "Interest": "Comedy"},
        {"arguments": {"action": "mute", "interest": "Comedy"}},
    ],
)
def test_what_the_user_asked_for_is_done_however_the_model_spells_it(
    club: InterestAgent, arguments: dict[str, Any]
) -> None:
    wish = "Mute comedy, please."
    with serving(streams(*calling("editInterest", json.dumps(arguments))), streams(event("Done."))) as server:
        _, final = read(talk(club, server).stream(wish))
    assert [step.kind for step in final.trace if step.name == "edit_interest"] == ["tool"]
    assert any(node.label == "Comedy" and node.status == "muted" for node in club.profile("ada").walk())


def test_several_calls_of_one_turn_are_told_apart(club: InterestAgent) -> None:
    both = calling("search_items", '{"query":"bees"}'), calling("get_profile", "{}", number=1)
    mixed = [part for pair in zip(*both, strict=False) for part in pair] + both[0][len(both[1]) :]
    with serving(streams(*mixed), streams(event("Enjoy!"))) as server:
        _, final = read(talk(club, server).stream("ideas?"))
    assert [(step.name, step.arguments) for step in final.trace if step.kind == "tool"] == [
        ("search_items", {"query": "bees"}),
        ("get_profile", {}),
    ]


NOTHING_OF_USE: dict[str, tuple[Play, str]] = {
    "no word": (streams(event(finish="stop")), "the model sent an empty reply"),
    "declined": (streams(event(refusal="I will not.")), "the model declined: I will not."),
    "filtered": (streams(event("Well"), event(finish="content_filter")), "stopped by its content filter"),
    "no tools": (fails(400, "tools are not supported"), "cannot call tools: let a rule-driven plan call them"),
}


@pytest.mark.parametrize(("play", "why"), NOTHING_OF_USE.values(), ids=NOTHING_OF_USE)
def test_a_turn_that_comes_to_nothing_is_replaced_by_rules_and_said_so(
    club: InterestAgent, play: Play, why: str
) -> None:
    with serving(play) as server:
        _, final = read(talk(club, server).stream("ideas with bees?"))
    assert final.plan == "rules" and final.items
    [lost] = final.degraded
    assert why in lost.reason


def test_a_server_that_cannot_stream_calls_is_asked_for_the_whole_turn_and_keeps_its_tools(club: InterestAgent) -> None:
    refused = fails(400, "Cannot use tools with stream")
    call = {"id": "c1", "type": "function", "function": {"name": "recommend_items", "arguments": '{"k": 2}'}}
    with serving(refused, answers("", "tool_calls", tool_calls=[call]), answers("Enjoy!")) as server:
        _, final = read(talk(club, server).stream("ideas with bees?"))
    assert (final.plan, len(final.items)) == ("model", 2)
    assert ["stream" in body for body in server.bodies] == [True, False, False]  # it is asked only once


def test_a_chunk_without_a_delta_is_passed_over(club: InterestAgent) -> None:
    bare = 'data: {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [{"index": 0}]}\n\n'
    with serving(streams(event("Enjoy"), bare, event("!"), event(finish="stop"))) as server:
        model = OpenAiModel("gpt-4o", base_url=server.url)
        assert "".join(map(str, model.stream([Message("user", "hello")]))) == "Enjoy!"


def test_turns_read_side_by_side_leave_no_time_limit_behind(club: InterestAgent) -> None:
    turns = [
        Conversation("ada", RegistryToolbox(club, "ada"), model=None, about=lambda *_: "").stream("hello")
        for _ in range(2)
    ]
    firsts = [next(turn) for turn in turns]
    assert math.isinf(remaining())
    for turn in turns:
        read(turn)
    assert len(firsts) == 2 and math.isinf(remaining())
