"""A reply in pieces: begun again only before its first piece, waited for within bounds, and paid for as far as it came."""

import json
from pathlib import Path

import pytest
from installed_model import SOON, Installed, refused_port
from model_server import (
    Exchange,
    Play,
    fails,
    hang_up,
    says,
    serving,
)

from penchant.agent.llm.model import LanguageModel, Message
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.resilience import CircuitBreaker, ResilientModel, RetryPolicy
from penchant.agent.llm.streams import Piece, join_pieces, next_piece, record_pieces, text_stream
from penchant.agent.llm.wrapper import MeteredModel
from penchant.errors import ModelUnreachable
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.receipt import Usage
from penchant.store.usage import UsageLog

HELLO = [Message("user", "Hello")]


def chunk(content: str | None, usage: dict[str, int] | None = None) -> str:
    """One event of a streamed completion."""
    choices = [] if content is None else [{"index": 0, "delta": {"content": content}, "finish_reason": None}]
    shape = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m"}
    return "data: " + json.dumps(shape | {"choices": choices, "usage": usage}) + "\n\n"


SPENT = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
WHOLE = says(chunk("Good ") + chunk("day") + chunk(None, SPENT) + "data: [DONE]\n\n", kind="text/event-stream")


def breaks_off(exchange: Exchange) -> None:
    """Two pieces, and then the connection is gone."""
    begins(exchange)
    hang_up(exchange)


def falls_silent(exchange: Exchange) -> None:
    """Two pieces, and then nothing, with the connection open."""
    begins(exchange)
    exchange.server.closing.wait(30)


def begins(exchange: Exchange) -> None:
    exchange.send_response(200)
    exchange.send_header("Content-Type", "text/event-stream")
    exchange.send_header("Content-Length", "10000")
    exchange.end_headers()
    exchange.wfile.write((chunk("Good ") + chunk("day")).encode())
    exchange.wfile.flush()


def read(model: LanguageModel) -> tuple[str, Usage]:
    """What a stream hands out, and its cost."""
    pieces: list[Piece] = []
    stream = record_pieces(text_stream(model, HELLO, step="ask", user_id="ada"), pieces)
    while not isinstance(end := next_piece(stream), Usage):
        pass
    return join_pieces(pieces, end).text, end


def test_text_arrives_in_pieces_with_its_cost_at_the_end() -> None:
    with serving(WHOLE) as server:
        pieces = text_stream(ResilientModel(OpenAiModel("gpt-tiny", base_url=server.url)), HELLO)
        assert next(pieces) == "Good " and next(pieces) == "day"
        with pytest.raises(StopIteration) as end:
            next(pieces)
    assert end.value.value == Usage(calls=1, prompt_tokens=7, completion_tokens=2)


def test_a_stream_is_tried_again_until_its_first_piece(tmp_path: Path) -> None:
    with serving(fails(503), WHOLE) as server:
        here = Installed(tmp_path, server.url)
        assert read(here.model) == ("Good day", Usage(calls=1, prompt_tokens=7, completion_tokens=2))
    assert len(here.pauses) == 1 and len(server.bodies) == 2


def test_a_stream_that_is_turned_down_is_asked_for_in_another_way() -> None:
    with serving(fails(400, "use max_completion_tokens"), fails(400, "temperature is not supported"), WHOLE) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        assert read(model)[0] == "Good day"
        assert read(model)[0] == "Good day"
    asked = [sorted(body.keys() & {"max_tokens", "max_completion_tokens", "temperature"}) for body in server.bodies]
    assert asked == [
        ["max_tokens", "temperature"],
        ["max_completion_tokens", "temperature"],
        ["max_completion_tokens"],
        ["max_completion_tokens"],
    ]


@pytest.mark.parametrize("broken", [breaks_off, falls_silent])
def test_a_stream_that_breaks_is_not_begun_again_and_counts_as_a_failure(tmp_path: Path, broken: Play) -> None:
    with serving(broken, broken, broken, WHOLE) as server:
        here = Installed(tmp_path, server.url, timeout=SOON)
        for _ in range(3):
            stream = here.model.stream(HELLO)
            assert [next(stream), next(stream)] == ["Good ", "day"]
            with pytest.raises(ModelUnreachable):
                next(stream)
        with pytest.raises(ModelUnreachable, match="is not called again for 60 s"):
            read(here.model)
        assert len(server.bodies) == 3 and here.pauses == []
        here.seconds = 61.0
        assert read(here.model)[0] == "Good day"


def test_all_the_waiting_for_one_stream_is_bounded_together() -> None:
    with serving(falls_silent) as server:
        model = ResilientModel(
            OpenAiModel("tiny", base_url=server.url, timeout_seconds=60), RetryPolicy(total_seconds=SOON)
        )
        with pytest.raises(ModelUnreachable, match=r"llm\.total_timeout_seconds"):
            read(model)


def test_a_reader_who_has_read_enough_hangs_up_and_does_the_server_no_harm(tmp_path: Path) -> None:
    with serving(fails(503), fails(503), fails(503), falls_silent, WHOLE) as server:
        here = Installed(tmp_path, server.url)
        with pytest.raises(ModelUnreachable):
            read(here.model)
        stream = here.model.stream(HELLO)
        assert next(stream) == "Good "
        stream.close()
        assert read(here.model)[0] == "Good day"


@pytest.mark.parametrize("broken", [breaks_off, falls_silent])
def test_what_a_broken_stream_has_cost_is_counted_as_far_as_it_came(
    tmp_path: Path, database: Database, clock: FixedClock, broken: Play
) -> None:
    log = UsageLog(database)
    with serving(broken) as server:
        model = MeteredModel(Installed(tmp_path, server.url, timeout=SOON).model, log, clock)
        with pytest.raises(ModelUnreachable):
            read(model)
    assert log.totals(("step", "user_id")) == [
        (("ask", "ada"), Usage(calls=1, prompt_tokens=2, completion_tokens=3))  # by the stated estimate
    ]


def test_what_a_reader_left_unread_is_counted_as_far_as_it_was_read(database: Database, clock: FixedClock) -> None:
    log = UsageLog(database)
    with serving(WHOLE) as server:
        stream = MeteredModel(OpenAiModel("gpt-tiny", base_url=server.url), log, clock).stream(HELLO, user_id="ada")
        assert next(stream) == "Good "
        stream.close()
    assert log.totals() == [((), Usage(calls=1, prompt_tokens=2, completion_tokens=2))]


def test_a_stream_that_never_began_has_cost_nothing(database: Database, clock: FixedClock) -> None:
    log = UsageLog(database)
    with pytest.raises(ModelUnreachable):
        read(MeteredModel(OpenAiModel("tiny", base_url=refused_port()), log, clock))
    assert log.totals() == [((), Usage())]


def test_a_server_that_begins_to_answer_is_open_to_others_before_it_has_ended() -> None:
    now = [0.0]
    breaker = CircuitBreaker(failures=1, cool_down_seconds=10, monotonic=lambda: now[0])
    with pytest.raises(ModelUnreachable), breaker.guard():
        raise ModelUnreachable("gone")
    now[0] = 11.0
    with breaker.guard():
        breaker.answer_begun()
        with breaker.guard():
            pass
    with pytest.raises(ModelUnreachable), breaker.guard():
        breaker.answer_begun()
        raise ModelUnreachable("gone again")
    with pytest.raises(ModelUnreachable, match="not called again"), breaker.guard():
        pass
