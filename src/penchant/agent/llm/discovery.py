"""What a server can do for a model: assumed to be everything, learnt from its refusals, remembered per server and model for an hour.

A server is upgraded, restarted with another option or replaced behind its address: what it once refused is tried again later.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from penchant.agent.llm.model import Structured
from penchant.errors import StoreError
from penchant.secrets import mask

LADDER: tuple[Structured, ...] = ("schema", "grammar", "json_mode", "none")
BELIEVED_SECONDS = 3600.0


class Memory(Protocol):
    """Small named JSON documents that outlive the process."""

    def get(self, name: str) -> Any:
        """The document, or `None`."""
        ...

    def put(self, name: str, document: Any) -> Any:
        """Remember it in the place of what was there."""
        ...


class WriteOnlyMemory:
    """A memory that recalls nothing and keeps what is learnt from now on: for whoever asks a server everything anew."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def get(self, name: str) -> Any:
        return None

    def put(self, name: str, document: Any) -> Any:
        return self._memory.put(name, document)


class Abilities(BaseModel):
    """The dialect a server understands. `structured` walks down `LADDER`; the rest is changed when a request was refused for it."""

    model_config = ConfigDict(frozen=True)

    structured: Structured = "schema"
    logprobs: bool = True
    alternatives: int = Field(20, description="Most likelihoods told for one token", ge=1, le=20)
    tools: bool = True
    temperature: bool = True
    system: bool = Field(True, description="Whether instructions may stand in a turn of their own")
    streams: bool = True
    usage_in_stream: bool = True
    limit_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    extra: bool = Field(True, description="Whether fields of its own may be sent back with a turn")
    short_call_ids: bool = Field(False, description="Ids of calls have to be nine letters and digits")
    thinks: bool = Field(False, description="Thoughts take many tokens before the answer begins")
    opens_silently: bool = Field(False, description="Thoughts are closed by a mark, and not opened by one")

    def one_step_down(self) -> Structured:
        """The next weaker way to ask for JSON; the last one stays."""
        return LADDER[min(LADDER.index(self.structured) + 1, len(LADDER) - 1)]


class _Lessons(BaseModel):
    """What differs from the assumption, and since when (Unix seconds)."""

    abilities: dict[str, Any] = Field(default_factory=dict)
    since: dict[str, float] = Field(default_factory=dict)


class Discovery:
    """Abilities of one model on one server, kept in `memory` where there is one. Thread-safe.

    `now`: Unix seconds. What was learnt longer than an hour ago is assumed no more.
    """

    def __init__(
        self, server: str, model: str, memory: Memory | None = None, *, now: Callable[[], float] = time.time
    ) -> None:
        self.name = f"server-abilities/{mask(server)}/{model}"
        self._memory = memory
        self._now = now
        self._lock = threading.Lock()
        self._lessons = self._recall()

    @property
    def abilities(self) -> Abilities:
        with self._lock:
            return Abilities.model_validate(self._believed())

    def learn(self, **changes: Any) -> None:
        """Remember these abilities, if they are news."""
        with self._lock:
            known = Abilities.model_validate(self._believed()).model_dump()
            news = {name: value for name, value in changes.items() if known[name] != value}
            if not news:
                return
            abilities, moment = self._believed() | news, self._now()
            since = self._lessons.since | dict.fromkeys(news, moment)
            self._lessons = _Lessons(abilities=abilities, since={name: since[name] for name in abilities})
            self._keep()

    def forget(self) -> None:
        """Assume everything again, for instance after a server was upgraded."""
        with self._lock:
            self._lessons = _Lessons()
            self._keep()

    def _keep(self) -> None:
        if self._memory is None:
            return
        with suppress(StoreError):  # this process knows it all the same, and what was asked is answered
            self._memory.put(self.name, self._lessons.model_dump())

    def _believed(self) -> dict[str, Any]:
        oldest = self._now() - BELIEVED_SECONDS
        return {name: value for name, value in self._lessons.abilities.items() if self._lessons.since[name] > oldest}

    def _recall(self) -> _Lessons:
        try:
            lessons = _Lessons.model_validate((self._memory.get(self.name) if self._memory else None) or {})
            known = {name: value for name, value in lessons.abilities.items() if name in lessons.since}
            Abilities.model_validate(known)
        except ValidationError:  # written by another version: learn again
            return _Lessons()
        return lessons.model_copy(update={"abilities": known})
