"""The worker process of a local model: loads one GGUF file and answers calls until its standard input ends.

It is started by `isolated_model` as `python -m penchant.agent.llm.llama_worker`. Frames arrive on standard input and
are sent to the original standard output; output of llama.cpp is redirected to standard error. The process ends with
the one that started it.
"""

import contextlib
import json
import os
import queue
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from penchant.agent.llm.llama_model import LocalModel
from penchant.agent.llm.streams import (
    CHOICE,
    GENERATION,
    MESSAGES,
    PROMPT,
    Frames,
    Stream,
    error_frame,
    next_piece,
    piece_frame,
)
from penchant.network.deadline import time_limit
from penchant.store.receipt import Usage

_OOM_SCORE = "500"


class ModelWorker:
    """Answers calls one at a time; calls that count tokens are answered at once, beside them."""

    def __init__(self, frames: Frames, model: LocalModel) -> None:
        self._frames, self._model = frames, model
        self._calls: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._is_loaded = threading.Event()

    def run(self) -> None:
        """Answer calls until the other side is gone, which ends the process."""
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            self._answer(self._calls.get())

    def _listen(self) -> None:
        while (frame := self._frames.receive()) is not None:
            if "cancel" in frame:
                self._cancelled.add(frame["cancel"])
            elif frame.get("call") == "count" and self._is_loaded.is_set():
                self._answer(frame)
            else:
                self._calls.put(frame)
        os._exit(0)  # also while a prompt is processed: nobody waits for the answer

    def _answer(self, frame: dict[str, Any]) -> None:
        number = frame["id"]
        try:
            with time_limit(float(frame.get("seconds") or 3600)):
                answer = {"id": number, "done": self._result_of_call(frame)}
        except Exception as error:  # noqa: BLE001 – sent to the caller; other exceptions end the process
            answer = {"id": number, "error": error_frame(error)}
        try:
            self._frames.send(answer)
        except (OSError, ValueError):
            os._exit(0)

    def _result_of_call(self, frame: Mapping[str, Any]) -> Any:
        model, tokens = self._model, frame.get("max_tokens", 512)
        match frame["call"]:
            case "load":
                model.load()
                self._is_loaded.set()
                return None
            case "count":
                return model.count_tokens(frame["text"])
            case "generate":
                prompt = PROMPT.validate_python(frame["prompt"])
                generation = model.generate(prompt, schema=frame["schema"], max_tokens=tokens)
                return GENERATION.dump_python(generation, mode="json")
            case "choose":
                choice = model.choose(PROMPT.validate_python(frame["prompt"]), frame["options"])
                return CHOICE.dump_python(choice, mode="json")
            case "chat":
                turn = model.chat(MESSAGES.validate_python(frame["messages"]), tools=frame["tools"], max_tokens=tokens)
                return GENERATION.dump_python(turn, mode="json")
            case "stream":
                messages = MESSAGES.validate_python(frame["messages"])
                return self._streamed(frame["id"], model.stream(messages, tools=frame["tools"], max_tokens=tokens))
        raise ValueError(f"no such call: {frame['call']}")

    def _streamed(self, number: int, stream: Stream) -> Any:
        while not isinstance(piece := next_piece(stream), Usage):
            if number in self._cancelled:
                stream.close()
                return Usage(calls=1).model_dump()
            self._frames.send({"id": number, "piece": piece_frame(piece)})
        return piece.model_dump()


def main(arguments: list[str]) -> None:
    """Run a worker: `PATH OPTIONS`, the file of the model and `LocalModelOptions` in JSON."""
    path, options = arguments
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(
            _OOM_SCORE
        )  # where memory runs out, end this process before the application
    model = LocalModel(Path(path), **json.loads(options))
    ModelWorker(Frames(os.fdopen(os.dup(0), "rb"), target), model).run()


if __name__ == "__main__":
    main(sys.argv[1:])
