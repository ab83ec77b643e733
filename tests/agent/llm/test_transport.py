"""However a model server fails: the update is done, nothing is lost, the receipt says why, and no call is wasted."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from installed_model import GOOD, SOON, Installed, by_model, by_rule, nothing_lost, refused_port
from model_server import (
    ModelServer,
    Play,
    answers,
    completion,
    fails,
    hangs_up,
    name_all,
    says,
    serving,
    stays_silent,
    trickles,
)
from naming_world import purchases
from small_world import ITEMS, World

from penchant.agent.llm.model import Message, Prompt
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.resilience import CircuitBreaker, ResilientModel, RetryPolicy
from penchant.agent.taxonomy.reader import TaxonomyReader
from penchant.errors import ModelError, ModelRefused, ModelUnreachable
from penchant.settings import NO_PAID_CALLS
from penchant.store.embedders.hosted import HostedEmbedder
from penchant.store.item import Item
from penchant.store.receipt import LabelSources, TaxonomyUpdate


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
