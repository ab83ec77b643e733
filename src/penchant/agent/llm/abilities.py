"""What a model server supports: the dialect that it understands, learnt from its answers and remembered."""

import threading
import time
from contextlib import suppress
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from penchant.agent.llm.model import Structured
from penchant.errors import StoreError
from penchant.secrets import mask

STRUCTURED_METHODS: tuple[Structured, ...] = ("schema", "grammar", "json_mode", "none")
ABILITY_SECONDS = 3600.0


class Memory(Protocol):
    """A store of small named JSON documents that outlive the process."""

    def get(self, name: str) -> Any:
        """Return the document, or `None`."""
        ...

    def put(self, name: str, document: Any) -> Any:
        """Store the document under `name`, replacing the previous one."""
        ...


class WriteOnlyMemory:
    """A memory that returns nothing but stores what is learnt, for checking a server from the beginning."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def get(self, name: str) -> Any:
        return None

    def put(self, name: str, document: Any) -> Any:
        return self._memory.put(name, document)


class Abilities(BaseModel):
    """The dialect that a server understands.

    `structured` moves down `STRUCTURED_METHODS`; the other abilities change when a request is refused because of them.
    """

    model_config = ConfigDict(frozen=True)

    structured: Structured = "schema"
    logprobs: bool = True
    alternatives: int = Field(
        20, description="The maximum number of log-probabilities reported for one token", ge=1, le=20
    )
    tools: bool = True
    temperature: bool = True
    system: bool = Field(True, description="Whether a system turn is supported")
    streams: bool = True
    only_streams: bool = Field(False, description="The server sends replies only as streams")
    usage_in_stream: bool = True
    limit_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    most_tokens: int | None = Field(None, description="The longest reply that may be requested, in tokens", ge=1)
    extra: bool = Field(True, description="Whether its own fields may be sent back with a turn")
    short_call_ids: bool = Field(False, description="Ids of calls have to be nine letters and digits")
    thinks: bool = Field(False, description="Thoughts take many tokens before the answer begins")
    opens_silently: bool | None = Field(
        None, description="Whether thoughts have only an end mark and no start mark; null: not known yet"
    )

    def one_step_down(self) -> Structured:
        """Return the next weaker way to ask for JSON; the weakest one stays."""
        return STRUCTURED_METHODS[min(STRUCTURED_METHODS.index(self.structured) + 1, len(STRUCTURED_METHODS) - 1)]


class _Lessons(BaseModel):
    """The abilities that differ from the defaults, and since when each is known (Unix seconds)."""

    abilities: dict[str, Any] = Field(default_factory=dict)
    since: dict[str, float] = Field(default_factory=dict)


class Discovery:
    """The abilities of one model on one server, stored in `memory` if there is one. Thread-safe.

    What was learnt more than an hour ago is no longer assumed, with one exception: that the
    model does not begin with unmarked thoughts (`opens_silently` is false). Forgetting that would delay every
    streamed answer; if it has changed, thoughts that were shown are retracted.
    """

    def __init__(self, server: str, model: str, memory: Memory | None = None) -> None:
        self.name = f"server-abilities/{mask(server)}/{model}"
        self._memory = memory
        self._lock = threading.Lock()
        self._lessons = self._recall()

    @property
    def abilities(self) -> Abilities:
        with self._lock:
            return Abilities.model_validate(self._current())

    def learn(self, **changes: Any) -> None:
        """Remember abilities that differ from what is assumed now."""
        with self._lock:
            known = Abilities.model_validate(self._current()).model_dump()
            news = {name: value for name, value in changes.items() if known[name] != value}
            if not news:
                return
            abilities, moment = self._current() | news, time.time()
            since = self._lessons.since | dict.fromkeys(news, moment)
            self._lessons = _Lessons(abilities=abilities, since={name: since[name] for name in abilities})
            self._keep()

    def forget(self) -> None:
        """Return to the defaults, for instance after a server was upgraded."""
        with self._lock:
            self._lessons = _Lessons()
            self._keep()

    def _keep(self) -> None:
        if self._memory is None:
            return
        with suppress(StoreError):  # what was learnt still holds in this process, and the answer is not lost
            self._memory.put(self.name, self._lessons.model_dump())

    def _current(self) -> dict[str, Any]:
        oldest = time.time() - ABILITY_SECONDS
        return {
            name: value
            for name, value in self._lessons.abilities.items()
            if self._lessons.since[name] > oldest or (name, value) == ("opens_silently", False)
        }

    def _recall(self) -> _Lessons:
        try:
            lessons = _Lessons.model_validate((self._memory.get(self.name) if self._memory else None) or {})
            known = {name: value for name, value in lessons.abilities.items() if name in lessons.since}
            Abilities.model_validate(known)
        except ValidationError:  # written by another version: learn again
            return _Lessons()
        return lessons.model_copy(update={"abilities": known})
