"""What a server can do for a model: assumed to be everything, learnt from its refusals, remembered per server and model."""

import json
import re
import threading
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from penchant.agent.llm.model import Structured
from penchant.secrets import mask

LADDER: tuple[Structured, ...] = ("schema", "grammar", "json_mode", "none")
_OUR_OWN_FAULT = re.compile(
    r"context.{0,20}(length|window|size)|too many tokens|content.?(filter|policy|management)", re.IGNORECASE
)


class Memory(Protocol):
    """Small named JSON documents that outlive the process."""

    def get(self, name: str) -> Any:
        """The document, or `None`."""
        ...

    def put(self, name: str, document: Any) -> Any:
        """Remember it in the place of what was there."""
        ...


class Abilities(BaseModel):
    """The dialect a server understands. `structured` walks down `LADDER`; the rest is switched off when refused."""

    model_config = ConfigDict(frozen=True)

    structured: Structured = "schema"
    logprobs: bool = True
    tools: bool = True
    temperature: bool = True
    streams: bool = True
    limit_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"

    def one_step_down(self) -> "Abilities":
        """The next weaker way to ask for JSON; the last one stays."""
        lower = min(LADDER.index(self.structured) + 1, len(LADDER) - 1)
        return self.model_copy(update={"structured": LADDER[lower]})


class Discovery:
    """Abilities of one model on one server, kept in `memory` where there is one. Thread-safe."""

    def __init__(self, server: str, model: str, memory: Memory | None = None) -> None:
        self.name = f"model-abilities/{mask(server)}/{model}"
        self._memory = memory
        self._lock = threading.Lock()
        self._known = self._recall()

    @property
    def abilities(self) -> Abilities:
        with self._lock:
            return self._known

    def learn(self, abilities: Abilities) -> None:
        """Remember, if it is news."""
        with self._lock:
            if abilities == self._known:
                return
            self._known = abilities
            if self._memory is not None:
                self._memory.put(self.name, abilities.model_dump())

    def forget(self) -> None:
        """Assume everything again, for instance after a server was upgraded."""
        self.learn(Abilities())

    def _recall(self) -> Abilities:
        try:
            return Abilities.model_validate((self._memory.get(self.name) if self._memory else None) or {})
        except ValidationError:  # written by another version: learn again
            return Abilities()


def after_rejection(abilities: Abilities, request: dict[str, Any], complaint: str) -> Abilities | None:
    """What to assume after a 400 for `request`; `None` when asking in another way would not help."""
    said = complaint.lower()
    if _OUR_OWN_FAULT.search(said):
        return None
    changes = (
        ("max_completion_tokens" in said and "max_tokens" in request, {"limit_field": "max_completion_tokens"}),
        ("temperature" in said and "temperature" in request, {"temperature": False}),
        ("stream" in request and "stream" in said, {"streams": False}),
        ("logprobs" in request, {"logprobs": False}),
        ("tools" in request and "tool" in said, {"tools": False}),
    )
    for applies, change in changes:
        if applies:
            return abilities.model_copy(update=change)
    return abilities.one_step_down() if "response_format" in request else None


def was_ignored(schema: dict[str, Any], text: str) -> bool:
    """Whether a complete reply shows that the server did not hold the model to the schema it was given."""
    try:
        reply = json.loads(text)
    except ValueError:
        return True
    return not isinstance(reply, dict) or not set(schema.get("required", ())) <= reply.keys()


def response_format(structured: Structured, schema: dict[str, Any]) -> dict[str, Any] | None:
    """The request's `response_format` on one rung of the ladder."""
    match structured:
        case "schema":
            named = {"name": "reply", "strict": True, "schema": strict(schema)}
            return {"type": "json_schema", "json_schema": named}
        case "grammar":  # the dialect of llama.cpp and its relatives
            return {"type": "json_object", "schema": schema}
        case "json_mode":
            return {"type": "json_object"}
        case _:
            return None


def strict(schema: Any) -> Any:
    """The schema as strict servers want it: every field required, nothing beyond them, no defaults."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    made = {key: strict(value) for key, value in schema.items() if key != "default"}
    if isinstance(schema.get("properties"), dict):
        made["properties"] = {name: strict(part) for name, part in schema["properties"].items()}
        made |= {"required": list(schema["properties"]), "additionalProperties": False}
    return made
