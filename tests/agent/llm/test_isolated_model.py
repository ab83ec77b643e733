"""A local model in a worker process: it may be killed, hang or crash, and the application goes on, says so, and has it back at once."""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from naming_world import naming_agent, purchases, updated
from small_world import WordEmbedder

from penchant import Event, InterestAgent
from penchant.agent.llm.factory import embedded_path, open_model
from penchant.agent.llm.isolated_model import IsolatedModel
from penchant.agent.llm.llama_model import LocalModel
from penchant.agent.llm.model import Message, Prompt
from penchant.agent.llm.resilience import ResilientModel, RetryPolicy
from penchant.agent.llm.streams import Piece, join_pieces, next_piece, record_pieces
from penchant.agent.llm.wrapper import Answer, Call, WrapperModel
from penchant.errors import ModelError, ModelUnreachable
from penchant.prompts.replies import name_theme_reply, schema_of
from penchant.settings import LlmSettings, Settings
from penchant.store.receipt import Usage

PROMPT = Prompt("You tell stories.", "Tell one about a teapot.", "check", "ada")
SCHEMA = schema_of(name_theme_reply("Tea", "Books"))
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def here() -> LocalModel:
    return LocalModel(embedded_path(), tier="name", context_tokens=1024)


@pytest.fixture(scope="module")
def apart() -> Iterator[IsolatedModel]:
    model = IsolatedModel(embedded_path(), tier="name", context_tokens=1024)
    yield model
    model.close()


def streamed(model: LocalModel | IsolatedModel) -> Any:
    pieces: list[Piece] = []
    stream = record_pieces(model.stream([Message("user", "Say hello.")], max_tokens=12), pieces)
    while not isinstance(end := next_piece(stream), Usage):
        pass
    return join_pieces(pieces, end)


CALLS: dict[str, Callable[[Any], Any]] = {
    "text": lambda model: model.generate(PROMPT, max_tokens=12),
    "JSON": lambda model: model.generate(PROMPT, schema=SCHEMA, max_tokens=40),
    "a choice": lambda model: model.choose(PROMPT, ["A", "B", "a teapot"]),
    "a turn": lambda model: model.chat([Message("user", "Say hello.")], max_tokens=12),
    "a stream": streamed,
    "tokens": lambda model: model.count_tokens("a blue teapot 茶壶"),
    "a profile": lambda model: model.profile,
}


@pytest.mark.parametrize("kind", CALLS)
def test_it_answers_as_the_same_model_in_process_does(here: LocalModel, apart: IsolatedModel, kind: str) -> None:
    assert CALLS[kind](apart) == CALLS[kind](here)


def test_its_errors_are_those_of_the_same_model_in_process(here: LocalModel, apart: IsolatedModel) -> None:
    for prompt, schema in ((Prompt("s", "tea " * 3_000, "x"), None), (PROMPT, {"enum": []})):
        reasons = []
        for model in (here, apart):
            with pytest.raises(ModelError) as raised:
                model.generate(prompt, schema=schema)
            reasons.append((type(raised.value), str(raised.value)))
        assert reasons[0] == reasons[1]
    missing = IsolatedModel(Path("/nowhere/model.gguf"))
    with pytest.raises(ModelError, match="no model file at /nowhere"):
        missing.generate(PROMPT)


def test_a_reader_who_has_read_enough_leaves_it_to_others_at_once(apart: IsolatedModel) -> None:
    stream = apart.stream([Message("user", "Tell a long story.")], max_tokens=900)
    next(stream)
    stream.close()
    assert apart.generate(PROMPT, max_tokens=4).text


@pytest.mark.parametrize(
    ("sent", "reason"),
    [(signal.SIGKILL, "was ended by SIGKILL"), (signal.SIGSEGV, "was ended by SIGSEGV"), (signal.SIGABRT, "SIGABRT")],
)
def test_a_worker_that_dies_fails_one_call_and_is_back_for_the_next(
    apart: IsolatedModel, sent: signal.Signals, reason: str
) -> None:
    before = ended_while_asked(apart, sent)
    with pytest.raises(ModelUnreachable, match=f"{reason}.*the next call starts another"):
        apart.generate(PROMPT, max_tokens=400)
    assert apart.generate(PROMPT, max_tokens=4).text and apart.worker_id not in (None, before)


def ended_while_asked(model: IsolatedModel, sent: signal.Signals) -> int:
    """The worker, stopped so that it answers nothing, gets a signal a moment later."""
    assert model.count_tokens("tea") > 0 and model.worker_id is not None
    worker = model.worker_id
    os.kill(worker, signal.SIGSTOP)

    def end() -> None:
        os.kill(worker, sent)
        os.kill(worker, signal.SIGCONT)

    threading.Timer(0.3, end).start()
    return worker


@pytest.mark.long
def test_a_worker_that_hangs_is_killed_at_its_time_limit() -> None:
    model = IsolatedModel(embedded_path(), context_tokens=512, timeout_seconds=3, grace_seconds=1)
    assert model.count_tokens("tea") > 0 and model.worker_id is not None
    os.kill(model.worker_id, signal.SIGSTOP)
    with pytest.raises(ModelUnreachable, match="did not answer within its time limit and was killed"):
        model.generate(PROMPT, max_tokens=400)
    assert model.generate(PROMPT, max_tokens=2).text
    model.close()
    assert model.worker_id is None


def test_a_file_that_ends_too_soon_is_an_error_of_ours(tmp_path: Path) -> None:
    whole_file, part = embedded_path().read_bytes(), tmp_path / "part.gguf"
    part.write_bytes(whole_file[: len(whole_file) // 2])
    with pytest.raises(ModelError, match="cannot be loaded"):
        IsolatedModel(part).generate(PROMPT)


def test_the_worker_ends_with_the_application_however_that_ends() -> None:
    code = (
        "from penchant.agent.llm.factory import embedded_path\n"
        "from penchant.agent.llm.isolated_model import IsolatedModel\n"
        "model = IsolatedModel(embedded_path(), context_tokens=512)\n"
        "model.count_tokens('tea')\n"
        "print(model.worker_id, flush=True)\n"
        "input()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stdin=subprocess.PIPE) as application:
        assert application.stdout is not None
        watched = os.pidfd_open(int(application.stdout.readline()))
        application.kill()
        assert select.select([watched], [], [], 20)[0], "the worker outlives the application"
        os.close(watched)


def test_keys_do_not_reach_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "opensesame-42")
    model = IsolatedModel(embedded_path(), context_tokens=512)
    assert model.count_tokens("tea") > 0
    assert b"opensesame" not in Path(f"/proc/{model.worker_id}/environ").read_bytes()
    model.close()


# Through an update


class EndedInTheMiddle(WrapperModel):
    """Lets the worker be killed in the middle of the first call of an update."""

    def __init__(self, isolated: IsolatedModel) -> None:
        super().__init__(ResilientModel(isolated, RetryPolicy(tries=1)))
        self.isolated, self.is_first = isolated, True

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        if self.is_first:
            self.is_first = False
            ended_while_asked(self.isolated, signal.SIGKILL)
        return ask()


@pytest.mark.long
def test_an_update_whose_worker_is_killed_is_degraded_and_the_next_one_is_join_pieces(tmp_path: Path) -> None:
    isolated = IsolatedModel(embedded_path(), tier="name", context_tokens=2048)
    agent = naming_agent(tmp_path, EndedInTheMiddle(isolated))
    agent.observe(purchases())
    first = updated(agent)
    agent.observe(purchases(day=9))
    second = updated(agent)
    isolated.close()
    assert (first.status, first.events_new, first.assigned + first.pooled) == ("degraded", 24, 24)
    assert any("was ended by SIGKILL" in lost.reason for lost in first.degraded)
    assert (second.events_new, second.assigned + second.pooled) == (24, 24)
    assert not any("worker process" in lost.reason for lost in second.degraded)
    assert isolated.worker_id is None


def said(text: str) -> Event:
    return Event(user_id="ada", type="message", at=NOW, text=text)


@pytest.mark.parametrize("isolation", ["process", "none"])
def test_one_message_and_no_item_are_an_update_like_any_other(tmp_path: Path, isolation: Any) -> None:
    settings = Settings(home=tmp_path, llm=LlmSettings(tier="name", isolation=isolation))
    with InterestAgent.open(settings, embedder=WordEmbedder()) as agent:
        agent.observe([said("I like quiet evenings with a book and some tea")])
        [receipt] = agent.update("ada").users
    assert (receipt.events_new, receipt.assigned + receipt.pooled) == (1, 1)
    assert (receipt.status, receipt.degraded) == ("ok", [])


def test_servers_have_their_model_apart_unless_they_are_told_otherwise(tmp_path: Path) -> None:
    def kind(settings: Settings) -> str:
        model = open_model(settings)
        return type(model.model if isinstance(model, ResilientModel) else model).__name__

    settings, in_process = Settings(home=tmp_path), Settings(home=tmp_path, llm=LlmSettings(isolation="none"))
    found = [kind(setting) for setting in (settings, settings.for_server(), in_process.for_server())]
    assert found == ["LocalModel", "IsolatedModel", "LocalModel"]
