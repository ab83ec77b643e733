"""What an agent is asked for is one piece of work: it began when it was asked, and loses against erasures that end after that."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from penchant.agent.app.services import Services


class HasServices(Protocol):
    """An agent."""

    services: Services


A = TypeVar("A", bound=HasServices)
P = ParamSpec("P")
R = TypeVar("R")


def one_work(method: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
    """A method whose rows are written only if their user has not been erased since it was called (`Erasures.work`)."""

    @wraps(method)
    def wrapped(agent: A, /, *arguments: P.args, **named: P.kwargs) -> R:
        with agent.services.erasures.work():
            return method(agent, *arguments, **named)

    return wrapped
