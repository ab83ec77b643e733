"""However a model server fails: the update is done, nothing is lost, the receipt says why, and no call is wasted."""

import json
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from model_server import (
    Exchange,
    ModelServer,
    Play,
    answers,
    completion,
    fails,
    hang_up,
    hangs_up,
    name_all,
    says,
    serving,
    stays_silent,
    trickles,
)
from naming_world import naming_agent, purchases, updated
from small_world import ITEMS, World

from penchant.agent.llm.model import LanguageModel, Message, Prompt
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.resilience import CircuitBreaker, ResilientModel, RetryPolicy
from penchant.agent.llm.streams import Piece, join_pieces, next_piece, record_pieces, text_stream
from penchant.agent.llm.wrapper import MeteredModel
from penchant.agent.taxonomy.reader import TaxonomyReader
from penchant.errors import ModelError, ModelRefused, ModelUnreachable
from penchant.settings import NO_PAID_CALLS
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.embedders.hosted import HostedEmbedder
from penchant.store.item import Item
from penchant.store.receipt import LabelSources, TaxonomyUpdate, Usage, UserUpdate
from penchant.store.usage import UsageLog

GOOD = answers(name_all)
IN_TIME = 5.0
SOON = 0.4


class Installed:
    """An agent whose model is on a server. `pauses`: seconds to be waited (nobody waits); `seconds`: the time on the breaker's clock."""

    def __init__(self, folder: Path, url: str, timeout: float = IN_TIME) -> None:
        self.pauses: list[float] = []
        self.seconds = 0.0
        self.hosted = OpenAiModel("gpt-tiny", base_url=url, api_key="k", timeout_seconds=timeout)
        breaker = CircuitBreaker(monotonic=lambda: self.seconds)
        self.model = ResilientModel(self.hosted, RetryPolicy(total_seconds=60), breaker, sleep=self.pauses.append)
        self.agent = naming_agent(folder, self.model)
        self.agent.observe(purchases())

    def update(self) -> UserUpdate:
        return updated(self.agent)


def nothing_lost(receipt: UserUpdate) -> bool:
    return receipt.events_new == receipt.assigned + receipt.pooled == 24 and receipt.version == 1


def by_rule(receipt: UserUpdate) -> bool:
    return receipt.label_source == LabelSources(llm=0, rule=4) and receipt.status == "degraded"


def by_model(receipt: UserUpdate) -> bool:
    return receipt.label_source == LabelSources(llm=4, rule=0) and receipt.status == "ok" and not receipt.degraded


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_time_gets_it(tmp_path: Path, status: int) -> None:
    with serving(fails(status, Retry_After="7"), GOOD) as server:
        here = Installed(tmp_path, server.url)
        receipt = here.update()
    assert nothing_lost(receipt) and by_model(receipt)
    assert here.pauses == [7.0] and len(server.bodies) == 2


def test_nobody_waits_longer_than_is_bearable(tmp_path: Path) -> None:
    with serving(fails(429, Retry_After="86400"), GOOD) as server:
        here = Installed(tmp_path, server.url)
        assert by_model(here.update()) and here.pauses == [30.0]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_a_server_in_trouble_is_tried_three_times_at_growing_distances(tmp_path: Path, status: int) -> None:
    with serving(fails(status), fails(status), GOOD) as server:
        here = Installed(tmp_path, server.url)
        receipt = here.update()
    assert nothing_lost(receipt) and by_model(receipt) and len(server.bodies) == 3
    assert 0.5 <= here.pauses[0] <= 1.5 and 1.0 <= here.pauses[1] <= 2.0


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_after_three_tries_rules_take_over(tmp_path: Path, status: int) -> None:
    with serving(fails(status, "too much to do")) as server:
        here = Installed(tmp_path, server.url)
        receipt = here.update()
    assert nothing_lost(receipt) and by_rule(receipt) and len(server.bodies) == 3
    assert [fault.step for fault in receipt.degraded] == ["name_themes"]
    assert f"answered {status}" in receipt.degraded[0].reason and "too much to do" in receipt.degraded[0].reason


@pytest.mark.parametrize(("status", "setting"), [(401, "LLM__API_KEY"), (403, "LLM__API_KEY"), (404, "LLM__MODEL")])
def test_a_wrong_setting_is_named_and_not_tried_again(tmp_path: Path, status: int, setting: str) -> None:
    with serving(fails(status)) as server:
        here = Installed(tmp_path, server.url)
        receipt = here.update()
        here.agent.observe(purchases(day=9))
        later = here.update()
    assert nothing_lost(receipt) and by_rule(receipt) and here.pauses == []
    assert f"PENCHANT_{setting}" in receipt.degraded[0].reason
    assert later.events_new == 24 and by_rule(later)
    assert len(server.bodies) == 1


def refused_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


@pytest.mark.parametrize("url", [refused_port, lambda: "http://nowhere.invalid/v1"], ids=["refused", "no such host"])
def test_without_a_connection_it_is_tried_again_and_then_rules_take_over(
    tmp_path: Path, url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(NO_PAID_CALLS)  # there is nobody to be paid
    here = Installed(tmp_path, url())
    receipt = here.update()
    assert nothing_lost(receipt) and by_rule(receipt) and len(here.pauses) == 2
    assert "llm.base_url" in receipt.degraded[0].reason


def test_a_connection_that_breaks_in_the_middle_is_tried_again(tmp_path: Path) -> None:
    with serving(hangs_up, GOOD) as server:
        here = Installed(tmp_path, server.url)
        assert by_model(here.update()) and len(server.bodies) == 2
    (tmp_path / "never").mkdir()
    with serving(hangs_up) as server:
        receipt = Installed(tmp_path / "never", server.url).update()
    assert nothing_lost(receipt) and by_rule(receipt) and len(server.bodies) == 3


@pytest.mark.parametrize("slow", [stays_silent, trickles])
def test_a_server_that_is_too_slow_is_left(tmp_path: Path, slow: Play) -> None:
    with serving(slow) as server:
        # long enough to send a request on a busy machine
        receipt = Installed(tmp_path, server.url, timeout=5 * SOON).update()
    assert nothing_lost(receipt) and by_rule(receipt) and len(server.bodies) == 3
    assert "llm.timeout_seconds" in receipt.degraded[0].reason


NONSENSE = {
    "a web page": says("<!doctype html><h1>Welcome</h1>", kind="text/html"),
    "a web page that calls itself JSON": says("<!doctype html><h1>Welcome</h1>"),
    "no choices": says(completion("x") | {"choices": []}),
    "choices: null": says(completion("x") | {"choices": None}),
    "content: null": says(completion(None)),
    "a list": says("[1, 2]"),
    "nothing": says(""),
}


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_what_is_no_completion_is_an_invalid_reply(tmp_path: Path, nonsense: str) -> None:
    with serving(NONSENSE[nonsense], GOOD) as server:
        receipt = Installed(tmp_path, server.url).update()
    assert nothing_lost(receipt) and by_model(receipt) and len(server.bodies) == 2
    assert (receipt.llm.calls, receipt.llm.repairs) == (2, 1)
    (tmp_path / "always").mkdir()
    with serving(NONSENSE[nonsense]) as server:
        receipt = Installed(tmp_path / "always", server.url).update()
    assert nothing_lost(receipt) and by_rule(receipt) and len(server.bodies) == 2


def test_a_reply_cut_off_is_used_as_far_as_it_goes_and_the_rest_is_asked_for_with_the_next_update(
    tmp_path: Path,
) -> None:
    def half(body: dict[str, Any]) -> str:
        whole = name_all(body)
        return whole[: whole.index('{"g": 3') + 20]

    with serving(answers(half, "length"), GOOD) as server:
        here = Installed(tmp_path, server.url)
        first, second = here.update(), here.update()
    assert nothing_lost(first) and first.label_source == LabelSources(llm=2, rule=2) and first.status == "degraded"
    assert by_model(second) and (first.llm.calls, second.llm.calls) == (1, 1)
    asked = [body["messages"][-1]["content"].count(": «") for body in server.bodies]
    assert asked == [4, 2]


@pytest.mark.parametrize(
    "play", [answers("", "content_filter"), answers("", refusal="I will not")], ids=["content filter", "refusal"]
)
def test_who_declines_is_not_asked_twice(tmp_path: Path, play: Play) -> None:
    with serving(play) as server:
        here = Installed(tmp_path, server.url)
        receipt = here.update()
    assert nothing_lost(receipt) and by_rule(receipt) and len(server.bodies) == 1 and here.pauses == []
    assert "declined" in receipt.degraded[0].reason


class Notes(dict[str, Any]):
    """A memory that outlives a model."""

    def put(self, name: str, document: Any) -> None:
        self[name] = document


FORMATS = ("json_schema", "json_object", "json_object", None)


def asked_for(server: ModelServer) -> list[str | None]:
    return [body.get("response_format", {}).get("type") for body in server.bodies]


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize("understood", range(4))
def test_a_server_that_rejects_a_format_is_asked_a_step_lower_from_then_on(understood: int, status: int) -> None:
    def picky(exchange: Any) -> None:
        known = len(server.bodies) > understood
        (answers('{"order": [1]}') if known else fails(status, "response_format is not supported"))(exchange)

    notes = Notes()
    schema = {"type": "object", "properties": {"order": {"type": "array"}}, "required": ["order"]}
    with serving(picky) as server:
        for _ in range(2):  # as two processes would
            model = OpenAiModel("tiny", base_url=server.url, memory=notes)
            assert model.generate(Prompt("s", "u", "x"), schema=schema).text == '{"order": [1]}'
    assert asked_for(server) == [*FORMATS[: understood + 1], FORMATS[understood]]


def test_a_server_that_ignores_the_format_is_asked_a_step_lower_next_time(tmp_path: Path) -> None:
    def chatty(body: dict[str, Any]) -> str:
        return f"Sure, here you are:\n{name_all(body)}"

    with serving(answers(chatty)) as server:
        here = Installed(tmp_path, server.url)
        assert by_model(here.update())
        here.agent.observe(purchases(day=3, user="bob"))
        for number in range(4):
            here.model.generate(Prompt("s", f"u{number}", "x"), schema={"required": ["groups"], "properties": {}})
    assert asked_for(server)[:4] == list(FORMATS) and asked_for(server)[4:] == [None]


@pytest.mark.parametrize(
    "complaint", ["Unsupported value: max_tokens, use max_completion_tokens", "temperature is fixed"]
)
def test_dialects_of_other_fields_are_learnt_too(complaint: str) -> None:
    wrong = "max_tokens" if "max_tokens" in complaint else "temperature"

    def picky(exchange: Any) -> None:
        (fails(400, complaint) if wrong in exchange.body else answers("fine"))(exchange)

    with serving(picky) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        assert [model.generate(Prompt("s", "u", "x")).text for _ in range(2)] == ["fine", "fine"]
    assert len(server.bodies) == 3


@pytest.mark.parametrize("play", [answers("A"), fails(400, "logprobs are not available")], ids=["ignores", "rejects"])
def test_a_server_without_likelihoods_says_so_and_is_remembered(play: Play) -> None:
    notes = Notes()
    with serving(play) as server:
        for _ in range(2):
            model = OpenAiModel("tiny", base_url=server.url, memory=notes)
            with pytest.raises(ModelError, match="no log-probabilities: ask for JSON instead"):
                model.choose(Prompt("s", "u", "rerank"), ["A", "B"])
            assert model.profile.logprobs is False
    assert len(server.bodies) == 1


def test_letters_are_weighed_in_one_call_of_one_token() -> None:
    weighed = [
        {"token": t, "logprob": p, "bytes": None} for t, p in (("B", -0.2), (" A", -2.0), ("A", -3.0), ("x", -9.0))
    ]
    reply = completion("B")
    reply["choices"][0]["logprobs"] = {"content": [weighed[0] | {"top_logprobs": weighed}], "refusal": None}
    with serving(says(reply)) as server:
        choice = OpenAiModel("tiny", base_url=server.url).choose(Prompt("s", "u", "rerank"), list("ABC"))
    a, b, c = choice.log_probabilities
    assert b > a > c and sum(2.718281828459045**value for value in (a, b, c)) == pytest.approx(1)
    [body] = server.bodies
    assert (body["max_tokens"], body["logprobs"], body["top_logprobs"]) == (1, True, 20)


def test_after_failures_in_a_row_the_server_is_spared_until_it_is_back(tmp_path: Path) -> None:
    with serving(*[fails(503)] * 9, GOOD) as server:
        here = Installed(tmp_path, server.url)
        for _ in range(3):
            with pytest.raises(ModelUnreachable):
                here.model.generate(Prompt("s", "u", "x"))
        receipt = here.update()
        assert nothing_lost(receipt) and by_rule(receipt) and len(server.bodies) == 9
        assert "is not called again for 60 s" in receipt.degraded[0].reason
        here.seconds = 61.0
        assert here.update().label_source.llm == 4 and len(server.bodies) == 10


def shop_of(
    folder: Path, url: str, in_flight: int = 1, items: Sequence[Item] = ITEMS
) -> tuple[World, ResilientModel, list[float]]:
    """The small world, whose catalogue is named by a model on a server; seconds on the breaker's clock."""
    seconds = [0.0]
    hosted = OpenAiModel("tiny", base_url=url, api_key="k", timeout_seconds=20)
    breaker = CircuitBreaker(monotonic=lambda: seconds[0])
    model = ResilientModel(hosted, RetryPolicy(total_seconds=60), breaker, sleep=lambda _: None)
    world = World(f"sqlite:///{folder / 'penchant.db'}", items)
    world.taxonomies.labeler = TaxonomyReader(
        model, world.vocabulary, world.word_embedder, max_tokens=100_000, max_in_flight=in_flight
    )
    return world, model, seconds


def named(world: World) -> TaxonomyUpdate | None:
    return world.updater.update().taxonomy


def test_names_given_by_rule_are_offered_to_the_model_again(tmp_path: Path) -> None:
    with serving(fails(404), GOOD) as server:
        world, _, seconds = shop_of(tmp_path, server.url)
        before = named(world)
        seconds[0] = 61.0
        after, again = named(world), named(world)
    assert before is not None and after is not None and again is None
    assert (before.status, before.named_by_llm, before.named_by_rule) == ("degraded", 0, before.themes)
    assert (after.status, after.named_by_llm, after.named_by_rule) == ("ok", before.themes, 0)
    assert len(server.bodies) == 2
    assert all(theme.labels["en"].startswith("Named") for theme in world.taxonomies.current().themes)


def test_a_theme_the_model_never_names_is_not_offered_for_ever(tmp_path: Path) -> None:
    with serving(answers("no idea")) as server:
        world, _, _ = shop_of(tmp_path, server.url)
        found = [named(world) for _ in range(5)]
    assert found[0] is not None and (found[0].status, found[0].llm.calls) == ("degraded", 2)
    assert found[1:] == [None] * 4 and len(server.bodies) == 2


def test_hosted_calls_for_many_themes_are_in_flight_together(tmp_path: Path) -> None:
    together = threading.Barrier(3)

    def only_with_the_others(exchange: Any) -> None:
        together.wait(timeout=20)
        GOOD(exchange)

    items = [
        Item(item_id=f"{n}-{turn}", title=f"kind{n} thing {turn}", categories=((f"Department {n % 5}", f"Kind {n}"),))
        for n in range(45)
        for turn in range(6)
    ]
    with serving(only_with_the_others) as server:
        world, _, _ = shop_of(tmp_path, server.url, in_flight=8, items=items)
        update = named(world)
    assert update is not None and (update.status, update.named_by_llm) == ("ok", update.themes)
    assert len(server.bodies) == 3


def test_no_test_of_this_suite_can_cost_money() -> None:
    """The switch stands in `conftest`; a server on this machine may be called all the same."""
    for paid in (
        lambda: OpenAiModel("gpt-4o-mini", api_key="k").generate(Prompt("s", "u", "x")),
        lambda: list(OpenAiModel("gpt-4o-mini", api_key="k").stream([Message("user", "Hello")])),
        lambda: HostedEmbedder("text-embedding-3-small", api_key="k").embed(["Hello"]),
    ):
        with pytest.raises(ModelRefused, match="paid calls are forbidden here"):
            paid()
    with serving(answers("fine")) as server:
        assert OpenAiModel("tiny", base_url=server.url).generate(Prompt("s", "u", "x")).text == "fine"


# Text as it is made


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
