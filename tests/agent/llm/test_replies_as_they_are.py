"""What servers send that differs from the usual: it is read, or told as a lost step; nothing is dropped and thoughts stay unseen."""

import json
import re
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from model_server import Body, Exchange, Play, answers, completion, event, fails, says, serving, streams

from penchant.agent.llm import abilities
from penchant.agent.llm.abilities import ABILITY_SECONDS, Discovery, WriteOnlyMemory
from penchant.agent.llm.model import Generation, Message, Prompt, ToolCall, cost_of_failure
from penchant.agent.llm.openai_model import THOUGHT_TOKENS, OpenAiModel
from penchant.agent.llm.resilience import ResilientModel
from penchant.agent.llm.streams import Piece, join_pieces, next_piece, record_pieces
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelTruncated, ModelUnreachable
from penchant.store.receipt import Usage

HELLO = [Message("user", "Hello")]
TOOLS = [{"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}]
ANSWER, THOUGHT = "Tea it is.", "They like horror. Say nothing of it."


def streamed(model: OpenAiModel, messages: list[Message] = HELLO, **how: Any) -> Generation:
    pieces: list[Piece] = []
    stream = record_pieces(model.stream(messages, **how), pieces)
    while not isinstance(end := next_piece(stream), Usage):
        pass
    return join_pieces(pieces, end)


def both_ways(*plays: Play) -> tuple[str, str]:
    """The same reply, whole and in one delta."""
    with serving(plays[0]) as server:
        at_once = OpenAiModel("tiny", base_url=server.url).chat(HELLO).text
    with serving(plays[1]) as server:
        return at_once, streamed(OpenAiModel("tiny", base_url=server.url)).text


CONTENTS: dict[str, Any] = {
    "parts": [{"type": "thinking", "thinking": [{"type": "text", "text": THOUGHT}]}, {"type": "text", "text": ANSWER}],
    "one part": {"type": "text", "text": ANSWER},
    "parts of other names": [{"type": "reasoning", "text": THOUGHT}, {"type": "output_text", "text": ANSWER}],
    "text within parts": [{"type": "text", "text": {"value": "Tea "}}, "it is."],
    "parts marked as thought": [{"text": THOUGHT, "thought": True}, {"text": ANSWER}],
    "between marks": f"<think>{THOUGHT}</think>\n\n{ANSWER}",
    "between other marks": f"[THINK]{THOUGHT}[/THINK]{ANSWER}",
    "in capitals": f"<THINKING>{THOUGHT}</THINKING> {ANSWER}",
    "between marks of tokens": f"<|begin_of_thought|>{THOUGHT}<|end_of_thought|>\n{ANSWER}",
    "Cohere's marks": f"<|START_THINKING|>{THOUGHT}<|END_THINKING|><|START_RESPONSE|>{ANSWER}<|END_RESPONSE|>",
    "MiniMax's marks": f"<mm:think>{THOUGHT}</mm:think>{ANSWER}",
    "an answer between marks": f"<think>{THOUGHT}</think>\n<answer>\n{ANSWER}</answer>",
    "closing mark alone": f"{THOUGHT}\n</think>\n\n{ANSWER}",
    "channels": f"<|channel|>analysis<|message|>{THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>{ANSWER}",
    "twice": f"<think>{THOUGHT}</think><think>{THOUGHT}</think>{ANSWER}",
    "marks within": f"<think>{THOUGHT} <think>again</think> and so on</think>{ANSWER}",
    "a field of its own": ANSWER,
}


@pytest.mark.parametrize("form", CONTENTS)
def test_the_answer_is_read_out_of_every_form_of_content_and_thoughts_are_left_out(form: str) -> None:
    content = CONTENTS[form]
    delta = {"content": content, "reasoning_content": THOUGHT}
    assert both_ways(answers("", content=content, reasoning_content=THOUGHT), streams(event(**delta))) == (
        ANSWER,
        ANSWER,
    )


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("form", [name for name, content in CONTENTS.items() if isinstance(content, str)])
def test_marks_of_thoughts_are_found_however_they_are_cut(form: str, size: int) -> None:
    content = CONTENTS[form]
    pieces = [event(content[at : at + size]) for at in range(0, len(content), size)]
    with serving(streams(*pieces)) as server:
        assert streamed(OpenAiModel("tiny", base_url=server.url)).text == ANSWER


def test_what_looks_like_a_mark_and_is_none_stays() -> None:
    for text in ("1 < 2 and 3 <th", "write `<think>` first", "a [t", "</b>"):
        with serving(streams(*(event(character) for character in text))) as server:
            assert streamed(OpenAiModel("tiny", base_url=server.url)).text == text


SILENT = streams(event(THOUGHT), event(" More.\n</th"), event("ink>"), event("Tea "), event("it is."))


def test_a_model_that_only_closes_its_thoughts_never_shows_one() -> None:
    with serving(SILENT) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        pieces = [list(model.stream(HELLO)) for _ in range(3)]
    assert pieces == [["Tea ", "it is."]] * 3


@pytest.mark.parametrize("known_by", ["a streamed answer", "an answer as a whole"])
def test_the_answers_of_a_model_that_has_shown_its_beginning_come_as_they_are_written(known_by: str) -> None:
    pieces = streams(event("Tea "), event("it "), event("is."))
    with serving(pieces if known_by == "a streamed answer" else answers(ANSWER), pieces) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        first = list(model.stream(HELLO)) if known_by == "a streamed answer" else [model.chat(HELLO).text]
        second = list(model.stream(HELLO))
    assert (first, second) == ([ANSWER], ["Tea ", "it ", "is."])


def test_a_closing_mark_that_is_quoted_in_a_first_answer_takes_nothing_away() -> None:
    text = "Close it with `</think>` and all is well."
    with serving(streams(*map(event, text))) as server:
        assert streamed(OpenAiModel("tiny", base_url=server.url)).text == text


def parts(*calls: dict[str, Any]) -> list[str]:
    return [event(tool_calls=[call]) for call in calls]


def function(name: str | None, arguments: str | dict[str, Any]) -> dict[str, Any]:
    return {"function": ({"name": name} if name else {}) | {"arguments": arguments}}


FIRST, SECOND = '{"q": "tea"}', '{"q": "jam"}'
CALLS = {
    "numbered 0 each, told apart by ids": parts(
        {"index": 0, "id": "a", **function("look", FIRST[:4])},
        {"index": 0, **function(None, FIRST[4:])},
        {"index": 0, "id": "b", **function("look", SECOND)},
    ),
    "without numbers": parts({"id": "a", **function("look", FIRST)}, {"id": "b", **function("look", SECOND)}),
    "without numbers, cut": parts(
        {"id": "a", **function("look", FIRST[:5])},
        function(None, FIRST[5:]),
        {"id": "b", **function("look", SECOND[:5])},
        function(None, SECOND[5:]),
    ),
    "without numbers and ids": parts(function("look", FIRST), function("look", SECOND)),
    "numbered 0 each, without ids": parts(
        {"index": 0, **function("look", FIRST)}, {"index": 0, **function("look", SECOND)}
    ),
    "names with every part": parts(
        {"index": 0, "id": "a", **function("look", FIRST[:5])},
        {"index": 0, "id": "a", **function("look", FIRST[5:])},
        {"index": 1, "id": "b", **function("look", SECOND)},
    ),
    "all at once": [event(tool_calls=[function("look", FIRST), function("look", SECOND)])],
    "arguments as objects": parts(
        {"index": 0, **function("look", {"q": "tea"})}, {"index": 1, **function("look", {"q": "jam"})}
    ),
    "with one id for both": [
        event(tool_calls=[{"index": n, "id": "a", **function("look", text)} for n, text in enumerate((FIRST, SECOND))])
    ],
    "names in pieces": parts(
        {"index": 0, "id": "a", **function("lo", "")},
        {"index": 0, **function("ok", FIRST)},
        {"index": 1, "id": "b", **function("look", SECOND)},
    ),
    "mixed, by ids": parts(
        {"index": 0, "id": "a", **function("look", FIRST[:5])},
        {"index": 0, "id": "b", **function("look", SECOND[:5])},
        {"index": 0, "id": "a", **function(None, FIRST[5:])},
        {"index": 0, "id": "b", **function(None, SECOND[5:])},
    ),
}


@pytest.mark.parametrize("way", CALLS)
def test_two_calls_of_one_turn_are_told_apart_however_they_are_streamed(way: str) -> None:
    with serving(streams(*CALLS[way], event(finish="tool_calls"))) as server:
        calls = streamed(OpenAiModel("tiny", base_url=server.url), tools=TOOLS).tool_calls
    assert [(call.name, json.loads(call.arguments)) for call in calls] == [
        ("look", {"q": "tea"}),
        ("look", {"q": "jam"}),
    ]
    assert len({call.id for call in calls}) == 2 and all(call.id for call in calls)


SIGNATURE = {"google": {"thought_signature": "AbC="}}
CALL: dict[str, Any] = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}", "strict": True}}


@pytest.mark.parametrize("way", ["whole", "in pieces"])
def test_what_came_with_a_turn_goes_back_with_it_exactly(way: str) -> None:
    sent: Body = {
        "content": None,
        "reasoning_content": "They want tea.",
        "reasoning_details": [{"type": "reasoning.text", "index": 0, "text": "They want tea.", "signature": "x="}],
        "tool_calls": [{**CALL, "extra_content": SIGNATURE}],
    }
    cut = [
        event(
            reasoning_content="They want ",
            reasoning_details=[{"type": "reasoning.text", "index": 0, "text": "They want "}],
        ),
        event(
            reasoning_content="tea.",
            reasoning_details=[{"type": "reasoning.text", "index": 0, "text": "tea.", "signature": "x="}],
        ),
        event(tool_calls=[{**CALL, "index": 0, "extra_content": SIGNATURE}]),
        event(finish="tool_calls"),
    ]
    first = answers("", "tool_calls", **sent) if way == "whole" else streams(*cut)
    with serving(first, answers(ANSWER)) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        turn = model.chat(HELLO, tools=TOOLS) if way == "whole" else streamed(model, tools=TOOLS)
        back = Message("assistant", turn.text, turn.tool_calls, extra=turn.extra)
        model.chat([*HELLO, back, Message("tool", "{}", tool_call_id="c1")], tools=TOOLS)
    [again] = [message for message in server.bodies[1]["messages"] if message["role"] == "assistant"]
    assert again == {"role": "assistant", **sent, "content": ""}


def test_a_server_that_does_not_want_its_fields_back_is_not_sent_them() -> None:
    def strict(exchange: Any) -> None:
        turns = [message for message in exchange.body["messages"] if message["role"] == "assistant"]
        refuses = any("reasoning" in turn for turn in turns)
        (fails(400, "property 'reasoning' is unsupported") if refuses else answers(ANSWER))(exchange)

    turn = Message("assistant", "", (ToolCall("c1", "look", "{}"),), extra={"reasoning": "hm"})
    with serving(strict) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        texts = [model.chat([*HELLO, turn, Message("tool", "{}", tool_call_id="c1")]).text for _ in range(2)]
    assert texts == [ANSWER, ANSWER] and len(server.bodies) == 3


ERRORS: dict[str, tuple[Body, type[ModelError], str]] = {
    "overloaded": ({"error": {"message": "upstream is full", "code": 502}}, ModelUnreachable, "upstream is full"),
    "rate limit": ({"error": {"message": "Slow down", "code": "rate_limit_exceeded"}}, ModelUnreachable, "Slow down"),
    "as vLLM": ({"object": "error", "message": "it broke", "code": 500}, ModelUnreachable, "it broke"),
    "only words": ({"error": "something went wrong"}, ModelUnreachable, "something went wrong"),
    "wrong key": ({"error": {"message": "Who?", "type": "authentication_error"}}, ModelRefused, "llm.api_key"),
    "no credit": ({"error": {"message": "insufficient balance", "code": 1008}}, ModelRefused, "insufficient balance"),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_inside_a_reply_of_status_200_is_told_in_the_servers_words(kind: str) -> None:
    body, expected, words = ERRORS[kind]
    with serving(says(body)) as server, pytest.raises(expected, match=words):
        OpenAiModel("tiny", base_url=server.url).chat(HELLO)
    with (
        serving(says(f"data: {json.dumps(body)}\n\n", kind="text/event-stream")) as server,
        pytest.raises(expected, match=words),
    ):
        streamed(OpenAiModel("tiny", base_url=server.url))


def test_a_whole_reply_to_who_asked_for_a_stream_is_read() -> None:
    with serving(says(completion(ANSWER))) as server:
        assert streamed(OpenAiModel("tiny", base_url=server.url)).text == ANSWER
    with serving(says({"error": {"message": "it broke"}})) as server, pytest.raises(ModelUnreachable, match="it broke"):
        streamed(OpenAiModel("tiny", base_url=server.url))
    with serving(says("<html>")) as server, pytest.raises(ModelInvalidReply):
        streamed(OpenAiModel("tiny", base_url=server.url))


SPOKEN = f"{event('Good ')}{event('day')}{event(finish='stop')}data: [DONE]\n\n"
WITHIN = {
    "comments": SPOKEN.replace("data:", ": still here\n\ndata:"),
    "numbers and comments": "id: 1\n" + SPOKEN.replace("data:", ": still here\n\nid: 2\ndata:"),
    "pings": SPOKEN.replace("data:", "event: ping\n\ndata:"),
    "times to wait": "retry: 3000\n\n" + SPOKEN,
    "carriage returns": SPOKEN.replace("\n", "\r\n"),
    "no spaces": SPOKEN.replace("data: ", "data:"),
    "no end": SPOKEN.replace("data: [DONE]\n\n", ""),
}


@pytest.mark.parametrize("kind", ["text/event-stream", "application/json"])
@pytest.mark.parametrize("way", WITHIN)
def test_a_stream_is_read_whatever_stands_between_its_events_and_whatever_it_calls_itself(way: str, kind: str) -> None:
    with serving(says(WITHIN[way], kind=kind)) as server:
        assert streamed(OpenAiModel("tiny", base_url=server.url)).text == "Good day"


@pytest.mark.parametrize("way", ["whole", "in pieces"])
def test_a_call_in_the_older_form_is_a_call(way: str) -> None:
    older: dict[str, Any] = {"function_call": {"name": "look", "arguments": FIRST}}
    play = answers("", **older) if way == "whole" else streams(event(**older), event(finish="function_call"))
    with serving(play) as server:
        [call] = streamed(OpenAiModel("tiny", base_url=server.url), tools=TOOLS).tool_calls
    assert (call.name, json.loads(call.arguments)) == ("look", {"q": "tea"})


@pytest.mark.parametrize("reason", ["length", "MAX_TOKENS", "max_output_tokens"])
def test_a_reply_that_was_cut_off_is_known_whatever_its_server_calls_that(reason: str) -> None:
    with serving(answers(ANSWER, reason)) as server:
        assert OpenAiModel("tiny", base_url=server.url).chat(HELLO).finish == "length"


def test_an_error_inside_a_choice_is_told_too() -> None:
    body = completion(None) | {"choices": [{"index": 0, "error": {"message": "the provider is down", "code": 503}}]}
    with serving(says(body)) as server, pytest.raises(ModelUnreachable, match="the provider is down"):
        OpenAiModel("tiny", base_url=server.url).chat(HELLO)


QUOTA = says({"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}, 429)


@pytest.mark.parametrize(
    ("play", "tries", "pauses"),
    [
        (QUOTA, 1, []),
        (fails(402, "Payment required"), 1, []),
        (fails(429, "You exceeded your current quota of requests per minute. Please retry in 7.5s."), 3, [7.5, 7.5]),
        (
            fails(
                429,
                "Rate limit reached, try again in 250ms",
            ),
            3,
            [0.25, 0.25],
        ),
    ],
    ids=["no quota", "payment required", "quota by the minute", "rate limit"],
)
def test_who_has_no_credit_is_not_asked_again_and_who_is_too_quick_waits(
    play: Play, tries: int, pauses: list[float]
) -> None:
    waited: list[float] = []
    with serving(play) as server:
        model = ResilientModel(OpenAiModel("tiny", base_url=server.url), sleep=waited.append)
        with pytest.raises(ModelError):
            model.chat(HELLO)
    assert (len(server.bodies), waited) == (tries, pauses)


# What is learnt of a refusal

MERE_WORDS = [
    "Tool call id was call_a but must be a-z, A-Z, 0-9, with a length of 9.",
    "messages[3]: unexpected role 'tool'",
    "Invalid 'tools[0].function.name': string does not match pattern",
    "The stream of bytes is not valid UTF-8",
    "Your prompt mentions logprobs and temperature, which our policy forbids",
    "Invalid schema for function 'look': In context=(), 'format' is not permitted",
]


@pytest.mark.parametrize("complaint", MERE_WORDS)
def test_a_complaint_that_merely_holds_a_word_switches_nothing_off(complaint: str) -> None:
    is_well = threading.Event()

    def particular(exchange: Exchange) -> None:
        (streams(event(ANSWER)) if is_well.is_set() else fails(400, complaint))(exchange)

    with serving(particular) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        before = model.discovery.abilities
        with pytest.raises(ModelRefused, match=re.escape(complaint)):
            streamed(model, tools=TOOLS)
        assert model.discovery.abilities == before
        is_well.set()
        assert streamed(model, tools=TOOLS).text == ANSWER
    assert server.bodies[-1]["tools"] == TOOLS and server.bodies[-1]["stream"]


NO_TOOLS = [
    "registry.ollama.ai/library/gemma:latest does not support tools",
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    "`tool calling` is not supported with this model",
    "tools param requires --jinja flag",
    "This model does not support function calling.",
]


@pytest.mark.parametrize("complaint", NO_TOOLS)
def test_a_model_that_cannot_call_tools_is_known_for_an_hour_and_tried_again_then(
    monkeypatch: pytest.MonkeyPatch, complaint: str
) -> None:
    with serving(fails(400, complaint), answers(ANSWER)) as server:
        model, moment = OpenAiModel("tiny", base_url=server.url), [0.0]
        monkeypatch.setattr(abilities, "time", SimpleNamespace(time=lambda: moment[0]))
        for _ in range(2):
            with pytest.raises(ModelError, match="cannot call tools"):
                model.chat(HELLO, tools=TOOLS)
        assert len(server.bodies) == 1 and not model.profile.tools
        moment[0] = ABILITY_SECONDS + 1
        assert model.profile.tools and model.chat(HELLO, tools=TOOLS).text == ANSWER


def test_a_check_believes_nothing_that_was_learnt_before_and_keeps_what_it_learns() -> None:
    notes: dict[str, Any] = {}

    class Notes:
        get = staticmethod(notes.get)
        put = staticmethod(notes.__setitem__)

    before = Discovery("http://here", "tiny", Notes())
    before.learn(tools=False)
    check = Discovery("http://here", "tiny", WriteOnlyMemory(Notes()))
    assert check.abilities.tools and not Discovery("http://here", "tiny", Notes()).abilities.tools
    check.learn(logprobs=False)
    after = Discovery("http://here", "tiny", Notes()).abilities
    assert (after.tools, after.logprobs) == (True, False)


def test_ids_of_calls_are_made_to_fit_a_server_that_is_particular() -> None:
    def particular(exchange: Any) -> None:
        ids = [call["id"] for turn in exchange.body["messages"] for call in turn.get("tool_calls", ())]
        ids += [turn["tool_call_id"] for turn in exchange.body["messages"] if "tool_call_id" in turn]
        bad = [call_id for call_id in ids if len(call_id) != 9 or not call_id.isalnum()]
        complaint = f"Tool call id was {bad[:1]} but must be a-z, A-Z, 0-9, with a length of 9."
        (fails(400, complaint) if bad else answers(ANSWER))(exchange)

    turn = Message("assistant", "", (ToolCall("call_a", "look", "{}"), ToolCall("call_b", "look", "{}")))
    tool_messages = [Message("tool", "{}", tool_call_id=name) for name in ("call_a", "call_b")]
    with serving(particular) as server:
        assert OpenAiModel("tiny", base_url=server.url).chat([*HELLO, turn, *tool_messages], tools=TOOLS).text == ANSWER
    [_, asked, *results] = server.bodies[-1]["messages"]
    assert [call["id"] for call in asked["tool_calls"]] == [result["tool_call_id"] for result in results]


def test_instructions_stand_before_the_first_question_where_no_system_turn_is_allowed() -> None:
    def plain(exchange: Any) -> None:
        has_system = exchange.body["messages"][0]["role"] == "system"
        (fails(400, "System role not supported") if has_system else answers(ANSWER))(exchange)

    with serving(plain) as server:
        assert OpenAiModel("tiny", base_url=server.url).generate(Prompt("Be brief.", "Hello", "x")).text == ANSWER
    assert server.bodies[-1]["messages"] == [{"role": "user", "content": "Be brief.\n\nHello"}]


# Models that think until nothing is left


def thinks_first(exchange: Any) -> None:
    """A model whose thoughts take 600 tokens."""
    room, whole = exchange.body["max_tokens"], bool(exchange.body.get("stream"))
    if room <= 600:
        (streams(event("<think>hm"), event(finish="length")) if whole else answers("", "length"))(exchange)
    else:
        (streams(event(ANSWER)) if whole else answers(ANSWER))(exchange)


def test_thoughts_that_take_all_the_tokens_get_more_room_once_and_from_then_on() -> None:
    with serving(thinks_first) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        whole, again = (model.generate(Prompt("s", "u", "x"), max_tokens=100) for _ in range(2))
        other = streamed(OpenAiModel("tiny", base_url=server.url), max_tokens=100)
    assert (whole.text, again.text, other.text) == (ANSWER, ANSWER, ANSWER)
    assert (whole.usage.calls, again.usage.calls, other.usage.calls) == (2, 1, 2)
    assert [body["max_tokens"] for body in server.bodies] == [
        100,
        *[100 + THOUGHT_TOKENS] * 2,
        100,
        100 + THOUGHT_TOKENS,
    ]


def test_thoughts_that_never_end_are_a_truncated_reply_after_two_calls() -> None:
    with (
        serving(answers("<think>hm", "length")) as server,
        pytest.raises(ModelTruncated, match="switch its thinking off") as raised,
    ):
        OpenAiModel("tiny", base_url=server.url).generate(Prompt("s", "u", "x"))
    assert len(server.bodies) == 2 and cost_of_failure(raised.value) == Usage(
        calls=2, prompt_tokens=200, completion_tokens=20
    )


def test_an_answer_of_thoughts_alone_is_an_empty_reply() -> None:
    with serving(answers(f"<think>{THOUGHT}</think>")) as server, pytest.raises(ModelInvalidReply, match="empty"):
        OpenAiModel("tiny", base_url=server.url).chat(HELLO)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_a_key_that_a_server_sends_back_is_not_shown(status: int) -> None:
    key = "opensesame-42"
    with serving(fails(status, f"you sent {key} and that is wrong")) as server:
        address = server.url.replace("http://", "http://ada:hunter22@")
        with pytest.raises(ModelError) as raised:
            OpenAiModel("tiny", base_url=address, api_key=key).generate(Prompt("s", "u", "x"))
    assert key not in str(raised.value) and "hunter22" not in str(raised.value) and "you sent" in str(raised.value)
