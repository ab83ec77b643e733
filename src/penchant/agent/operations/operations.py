"""What every group of operations stands on: the services of an installation, and its settings."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, Self, TypeVar

from pydantic import BaseModel, ValidationError

from penchant.agent.app.services import Services
from penchant.errors import UsageError
from penchant.settings import Settings
from penchant.store.clock import Clock
from penchant.tracing import trace_methods

if TYPE_CHECKING:
    from penchant.agent.llm.model import LanguageModel
    from penchant.agent.recommend.recommender import Recommender
    from penchant.store.embedders.embedder import Embedder


class HasServices(Protocol):
    """An agent."""

    services: Services


Agent = TypeVar("Agent", bound=HasServices)
P = ParamSpec("P")
Result = TypeVar("Result")


def one_work(method: Callable[Concatenate[Agent, P], Result]) -> Callable[Concatenate[Agent, P], Result]:
    """A method that is one piece of work: its rows are written only if their user has not been erased since it was called.

    See `Erasures.work`.
    """

    @wraps(method)
    def wrapped(agent: Agent, /, *arguments: P.args, **named: P.kwargs) -> Result:
        with agent.services.erasures.work():
            return method(agent, *arguments, **named)

    return wrapped


Model = TypeVar("Model", bound=BaseModel)
Progress = Callable[[int, int], None]
"""Called with (done, total): bytes for imports, users for updates."""


class Operations:
    """A group of an agent's methods. They share `services` and nothing else."""

    def __init_subclass__(cls) -> None:
        trace_methods(cls)

    def __init__(self, services: Services) -> None:
        self.services = services

    def close(self) -> None:
        """Give back connections, files, threads and memory. The agent may be used again: what it needs is opened anew."""
        self.services.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.services.settings

    @property
    def clock(self) -> Clock:
        """What tells the time."""
        return self.services.clock

    @property
    def event_weights(self) -> Mapping[str, float]:
        """Signed weight per event type."""
        return self.services.event_weights

    @property
    def embedder(self) -> "Embedder":
        """What turns texts into vectors."""
        return self.services.embedder

    @property
    def model(self) -> "LanguageModel | None":
        """The language model in force; None with provider `none`."""
        return self.services.model

    @property
    def recommender(self) -> "Recommender":
        """What makes lists, for evaluation and tuning."""
        return self.services.recommender

    @property
    def _quarantine(self) -> Path:
        return self.services.settings.home / "quarantine"


def each_as(kind: type[Model], values: Iterable[Model | Mapping[str, Any]]) -> list[Model]:
    """The values as events or items; dictionaries become such. Raises `UsageError` that names the first that cannot."""
    name = kind.__name__.lower()
    if isinstance(values, kind | Mapping | str | bytes) or not isinstance(values, Iterable):
        raise UsageError(f"give a list of {name}s, not {type(values).__name__}: a single one goes into [ ]")
    return [value if isinstance(value, kind) else _as(kind, value, f"{name} {n}") for n, value in enumerate(values)]


def _as(kind: type[Model], value: Any, place: str) -> Model:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, fault["loc"]))
        message = fault["msg"].removeprefix("Value error, ")
        raise UsageError(f"{place} is not usable: {field}{': ' if field else ''}{message}") from None
