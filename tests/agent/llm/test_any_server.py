"""Whatever bytes a model server answers with, whole or streamed: a turn comes of it, or an error of ours."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from long_tests import examples
from model_server import Exchange, event, says, serving
from processor_time import seconds

from penchant.agent.llm.model import Generation, Message, Prompt, ToolCall
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.streams import Piece, join_pieces, next_piece, record_pieces
from penchant.characters import whole_characters
from penchant.errors import ModelError
from penchant.store.receipt import Usage

OFTEN = settings(deadline=None, suppress_health_check=list(HealthCheck))
EXAMPLES = pytest.mark.parametrize("number", examples(20, 200))
HELLO = [Message("user", "Hello")]
TOOLS = [{"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}]
FIELDS = """
choices message delta content tool_calls function arguments name id index type text finish_reason refusal error code logprobs usage
top_logprobs token logprob prompt_tokens completion_tokens reasoning_content extra_content role function_call detail
"""
NAMES = st.sampled_from(FIELDS.split())
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 10**12)
    | st.floats()
    | st.sampled_from(["", "stop", "length", "look", "{}", "<think>", "</think>", "\ud83d", "\ude00", "rate_limit"])
    | st.text(max_size=8)
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=14
)
MESSAGES = st.dictionaries(NAMES, JSON, max_size=5)
CHOICES = st.fixed_dictionaries(
    {"index": JSON, "message": MESSAGES, "delta": MESSAGES, "finish_reason": JSON, "logprobs": JSON}
)
BODIES = JSON | st.fixed_dictionaries({"choices": st.lists(CHOICES | JSON, max_size=2), "usage": JSON})
STATUS = st.sampled_from([200, 200, 200, 201, 204, 400, 401, 404, 422, 429, 500, 503, 599])


def dumped(value: Any) -> str:
    return json.dumps(value)


def is_turn(generation: Generation) -> None:
    assert generation.text == whole_characters(generation.text)
    assert generation.text.strip() or generation.tool_calls or generation.finish == "length"
    assert (
        generation.usage.calls >= 1 and generation.usage.prompt_tokens >= 0 and generation.usage.completion_tokens >= 0
    )
    for call in generation.tool_calls:
        assert isinstance(call, ToolCall) and call.id and call.name and isinstance(call.arguments, str)


@EXAMPLES
def test_whatever_a_server_answers_a_turn_or_an_error_of_ours_comes_of_it(number: int) -> None:
    answer: list[tuple[int, str]] = []

    @settings(OFTEN, max_examples=number)
    @given(STATUS, st.one_of(BODIES.map(dumped), st.text(max_size=40)))
    def any_answer(status: int, body: str) -> None:
        answer[:] = [(status, body)]
        model.discovery.forget()
        for ask in (
            lambda: is_turn(model.chat(HELLO, tools=TOOLS)),
            lambda: is_turn(model.generate(Prompt("s", "u", "x"), schema={"type": "object", "properties": {}})),
            lambda: model.choose(Prompt("s", "u", "x"), ["A", "B"]),
        ):
            try:
                ask()
            except ModelError as error:
                assert str(error)

    def play(exchange: Exchange) -> None:
        [(status, body)] = answer
        says(body, status)(exchange)

    with serving(play) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        any_answer()


@EXAMPLES
def test_whatever_a_server_streams_a_turn_or_an_error_of_ours_comes_of_it(number: int) -> None:
    lines: list[str] = []

    def play(exchange: Exchange) -> None:
        says("".join(lines), kind="text/event-stream")(exchange)

    @settings(OFTEN, max_examples=number)
    @given(st.lists(st.one_of(BODIES.map(lambda body: f"data: {dumped(body)}\n\n"), st.text(max_size=20)), max_size=6))
    def any_stream(sent: list[str]) -> None:
        lines[:] = sent
        pieces: list[Piece] = []
        model.discovery.forget()
        stream = record_pieces(model.stream(HELLO, tools=TOOLS), pieces)
        try:
            while not isinstance(end := next_piece(stream), Usage):
                pass
        except ModelError as error:
            assert str(error)
        else:
            is_turn(join_pieces(pieces, end))

    with serving(play) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        any_stream()


def test_a_character_cut_in_two_arrives_join_pieces() -> None:
    with serving(says(event("tea \ud83e") + event("\uded6!"), kind="text/event-stream")) as server:
        pieces = [piece for piece in OpenAiModel("tiny", base_url=server.url).stream(HELLO) if isinstance(piece, str)]
    assert "".join(pieces) == "tea 🫖!"


def test_a_stream_that_never_ends_takes_neither_time_nor_the_processor(limit: float = 8.0) -> None:
    piece = event("and on ").encode() * 50

    def endless(exchange: Exchange) -> None:
        exchange.send_response(200)
        exchange.send_header("Content-Type", "text/event-stream")
        exchange.end_headers()
        while not exchange.server.closing.is_set():
            exchange.wfile.write(piece)

    def follow() -> None:
        try:
            for _ in model.stream(HELLO, max_tokens=500):
                pass
        except ModelError as error:
            assert "goes on beyond any limit" in str(error) or "did not answer within" in str(error)

    with serving(endless) as server:
        model = OpenAiModel("tiny", base_url=server.url, timeout_seconds=limit)
        assert seconds(limit, follow) < limit
