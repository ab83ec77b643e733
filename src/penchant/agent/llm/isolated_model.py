"""A local model in a process of its own: native code that crashes or hangs does not end the application.

| what happens in the worker | what follows |
|---|---|
| it is killed, or native code ends it | the call fails with `ModelUnreachable`; the next call starts another worker |
| it does not answer within the time limit and a grace period | it is killed; as above |
| its file cannot be loaded, a prompt is too long … | the same `ModelError` as in the same process |
| the application ends, or is killed | its standard input ends, and it exits |
"""

import atexit
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Unpack

from penchant.agent.llm.llama_model import LocalModel, LocalModelOptions
from penchant.agent.llm.model import (
    TURN_TOKENS,
    Choice,
    Generation,
    Message,
    ModelProfile,
    Prompt,
    TurnOptions,
    count_tokens_roughly,
)
from penchant.agent.llm.streams import CHOICE, GENERATION, MESSAGES, PROMPT, Frames, Stream, parse_error, parse_piece
from penchant.child_process import environment
from penchant.errors import ModelError, ModelUnreachable
from penchant.network.deadline import remaining
from penchant.store.receipt import Usage

MODULE = "penchant.agent.llm.llama_worker"
GRACE_SECONDS = 10.0
"""How long a call may exceed its time limit before the worker is killed.

The worker should end the call by itself, cut off.
"""
LOAD_SECONDS = 600.0
_COUNT_SECONDS = 5.0


class IsolatedModel:
    """One GGUF file in a worker process that is started at the first call.

    Thread-safe: calls are answered one at a time.

    The arguments are those of `LocalModel`. `grace_seconds`: how long after its time limit a worker that does not
    answer is killed.
    """

    def __init__(
        self, path: Path, *, grace_seconds: float = GRACE_SECONDS, **options: Unpack[LocalModelOptions]
    ) -> None:
        self._local_model = LocalModel(path, **options)
        self._arguments = [str(path), json.dumps(options)]
        self._grace = grace_seconds
        self._turn = threading.Lock()
        self._starting = threading.Lock()
        self._worker: _Worker | None = None

    @property
    def profile(self) -> ModelProfile:
        """The model's profile from the header of the file, read in this process without native code."""
        return self._local_model.profile

    @property
    def worker_id(self) -> int | None:
        """The process id of the worker, or None while there is none."""
        worker = self._worker
        return worker.process.pid if worker and worker.is_alive else None

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        asked = {"prompt": PROMPT.dump_python(prompt, mode="json"), "schema": schema, "max_tokens": max_tokens}
        return GENERATION.validate_python(self._request("generate", asked))

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        asked = {"prompt": PROMPT.dump_python(prompt, mode="json"), "options": list(options)}
        return CHOICE.validate_python(self._request("choose", asked))

    def chat(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Generation:
        return GENERATION.validate_python(self._request("chat", _conversation(messages, options)))

    def stream(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Stream:
        """Yield pieces of the next turn as they are written, and return the usage.

        Closing the generator stops the writing.
        """
        with self._turn:
            worker = self._ensure_worker()
            with worker.call("stream", self._with_time_limit(_conversation(messages, options))) as frames:
                for frame in frames:
                    if "piece" in frame:
                        yield parse_piece(frame["piece"])
                    else:
                        return Usage.model_validate(frame["done"])
        raise ModelError("the worker of the local model ended a turn without an end")  # the last frame has `done`

    def count_tokens(self, text: str) -> int:
        """Count with the model's own tokenizer; an over-estimate where its worker does not answer."""
        try:
            worker = self._ensure_worker()
            with worker.call("count", {"text": text, "seconds": _COUNT_SECONDS}) as frames:
                return int(next(frames)["done"])
        except ModelError:
            return count_tokens_roughly(text)

    def close(self) -> None:
        """End the worker; the next call starts another."""
        with self._starting:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def _request(self, call: str, asked: Mapping[str, Any]) -> Any:
        with self._turn, self._ensure_worker().call(call, self._with_time_limit(asked)) as frames:
            return next(frames)["done"]

    def _with_time_limit(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        seconds = min(self._local_model.timeout_seconds, remaining())
        return {**asked, "seconds": seconds, "wait_seconds": seconds + self._grace}

    def _ensure_worker(self) -> "_Worker":
        """Return a worker with its model loaded; start one where this process has none (also after a fork)."""
        with self._starting:
            worker = self._worker
            if worker is None or not worker.is_alive:
                self._worker = None
                worker = _Worker(self._local_model.name, self._arguments)
                try:
                    with worker.call("load", {"seconds": LOAD_SECONDS}) as frames:
                        next(frames)
                except ModelError:
                    worker.end()
                    raise
                self._worker = worker
            return worker


class _Worker:
    """One worker process, and the thread that passes its frames to the waiting calls."""

    def __init__(self, name: str, arguments: Sequence[str]) -> None:
        self.name = name
        self._owner = os.getpid()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", MODULE, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,  # Ctrl-C is handled by the application
            )
        except OSError as error:
            raise ModelUnreachable(
                f"no process could be started for {name} ({error}): is {sys.executable} a Python? Or set llm.isolation to none"
            ) from None
        assert self.process.stdin is not None and self.process.stdout is not None
        self._frames = Frames(self.process.stdout, self.process.stdin)
        self._lock = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[dict[str, Any] | None]] = {}
        self._number = 0
        self._is_over = self._was_late = False
        threading.Thread(target=self._listen, daemon=True, name=f"worker of {name}").start()
        atexit.register(_end, weakref.ref(self))

    @property
    def is_alive(self) -> bool:
        """Whether the worker was started by this process and has not ended."""
        return self._owner == os.getpid() and not self._is_over and self.process.poll() is None

    @contextmanager
    def call(self, call: str, asked: Mapping[str, Any]) -> Iterator[Iterator[dict[str, Any]]]:
        """Send a call and yield the frames that answer it, the last one with `done`. Raises `ModelError`."""
        answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        with self._lock:
            self._number += 1
            number = self._number
            self._waiting[number] = answers
        try:
            try:
                self._frames.send({**asked, "id": number, "call": call})
            except (OSError, ValueError):
                raise self._end_error() from None
            yield self._answers(answers, time.monotonic() + float(asked.get("wait_seconds", asked["seconds"])))
        finally:
            with self._lock:
                del self._waiting[number]
            if call == "stream":
                with suppress(OSError, ValueError):
                    self._frames.send({"cancel": number})

    def end(self) -> None:
        """Kill the worker and wait until it has ended."""
        if self._owner != os.getpid():
            return
        with suppress(OSError):
            self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()

    def _answers(self, answers: "queue.SimpleQueue[dict[str, Any] | None]", until: float) -> Iterator[dict[str, Any]]:
        while True:
            try:
                frame = answers.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                self._was_late = True
                self.end()
                raise self._end_error() from None
            if frame is None:
                raise self._end_error()
            if "error" in frame:
                raise parse_error(frame["error"])
            yield frame
            if "done" in frame:
                return

    def _listen(self) -> None:
        while (frame := self._frames.receive()) is not None:
            with self._lock:
                waiting = self._waiting.get(frame.get("id", -1))
            if waiting is not None:
                waiting.put(frame)
        self._is_over = True
        with self._lock:
            for waiting in self._waiting.values():
                waiting.put(None)

    def _end_error(self) -> ModelUnreachable:
        """Return an error that says how the worker ended and what happens next."""
        self._is_over = True
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        how = (
            "did not answer within its time limit and was killed" if self._was_late else _how_ended(self.process.poll())
        )
        return ModelUnreachable(f"the worker process of {self.name} {how}: the next call starts another")


def _end(reference: "weakref.ref[_Worker]") -> None:
    if (worker := reference()) is not None:
        worker.end()


def _how_ended(code: int | None) -> str:
    if code is None:
        return "no longer answers"
    if code >= 0:
        return f"ended (exit code {code})"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    memory = ", perhaps for want of memory" if -code == signal.SIGKILL else ""
    return f"was ended by {name}{memory}"


def _conversation(messages: Sequence[Message], options: TurnOptions) -> dict[str, Any]:
    turns = MESSAGES.dump_python(tuple(messages), mode="json")
    tools, max_tokens = list(options.get("tools", ())), options.get("max_tokens", TURN_TOKENS)
    return {"messages": turns, "tools": tools, "max_tokens": max_tokens}
