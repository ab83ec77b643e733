"""One registry of what Penchant can do: each capability is declared once and projected to every face.

A new capability is one new file in `capabilities/`: an input model, and a function of the agent decorated with `@capability`. Its types
become the schemas, its docstring tells a model when to use it, its flags become the annotations.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_type_hints

from pydantic import BaseModel

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import NotFoundError
from penchant.tools import schemas
from penchant.tools.arguments import ForUser, Takes
from penchant.tools.sizes import Shortening

UserArgument = Literal["required", "optional", "absent"]
"""Whether a caller names the user: always, only to confirm whom the connection is for, or never."""
_USER = "user_id"


@dataclass(frozen=True)
class Capability:
    """One thing that can be asked for. `takes` and `gives` are Pydantic models; `handler` is the only code.

    `brief`: what a model should read of a result. `short`: how long results are told to clients in few tokens. `question`: what the user
    is asked before anything is done (destructive capabilities); the answer never comes from the model. `in_conversation`: offered to the
    agent loop, where the user talks to their own profile. `records`: tables to which a call that only reads adds what it gave, because
    feedback and paging need it; nothing else of what is remembered changes.
    """

    name: str
    title: str
    description: str
    takes: type[Takes]
    gives: type[BaseModel]
    handler: Callable[[InterestAgent, Any], BaseModel]
    brief: Callable[[Any], Mapping[str, Any]]
    read_only: bool
    destructive: bool
    idempotent: bool
    in_conversation: bool
    question: Callable[[Any], str] | None = None
    short: Shortening | None = None
    records: tuple[str, ...] = ()

    @property
    def concerns_user(self) -> bool:
        """Whether it is about one user (as against the catalogue)."""
        return issubclass(self.takes, ForUser)

    def schema(self, user: UserArgument = "required") -> dict[str, Any]:
        """JSON schema of the input, in the part of the standard that every server reads."""
        schema = {"required": [], **schemas.input_schema(self.takes)}
        if self.concerns_user and user != "required":
            schema["required"] = [name for name in schema["required"] if name != _USER]
            if user == "absent":
                del schema["properties"][_USER]
        return schema

    def output_schema(self) -> dict[str, Any]:
        """JSON schema of the output: the fields that every result has."""
        return schemas.output_schema(self.gives)


def capability(
    *,
    title: str,
    brief: Callable[[Any], Mapping[str, Any]],
    read_only: bool = False,
    destructive: bool = False,
    idempotent: bool = False,
    in_conversation: bool = True,
    question: Callable[[Any], str] | None = None,
    short: Shortening | None = None,
    records: tuple[str, ...] = (),
) -> Callable[[Callable[[InterestAgent, Any], Any]], Capability]:
    """Declare the decorated function `(agent, takes) -> gives` as a capability of its own name."""

    def declare(handler: Callable[[InterestAgent, Any], Any]) -> Capability:
        hints = get_type_hints(handler)
        gives = hints.pop("return")
        _, takes = (hints[name] for name in inspect.signature(handler).parameters)
        return Capability(
            name=handler.__name__,
            title=title,
            description=inspect.cleandoc(handler.__doc__ or ""),
            takes=takes,
            gives=gives,
            handler=handler,
            brief=brief,
            read_only=read_only,
            destructive=destructive,
            idempotent=idempotent or read_only,
            in_conversation=in_conversation,
            question=question,
            short=short,
            records=records,
        )

    return declare


@cache
def capabilities() -> dict[str, Capability]:
    """Every capability by name, in alphabetical order, found by looking through `penchant.tools.capabilities`."""
    from penchant.tools import capabilities as package

    modules = [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    ]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Capability)]
    return {capability.name: capability for capability in sorted(found, key=lambda capability: capability.name)}


def find(name: str) -> Capability:
    """The capability of this name. Raises `NotFoundError`."""
    known, plain = capabilities(), name.strip().replace("-", "_").casefold()
    try:
        return known[plain] if plain in known else known[plain.rpartition("penchant_")[2].lstrip("_")]
    except KeyError:
        raise NotFoundError(f"there is no tool {name!r}: use one of {', '.join(capabilities())}") from None
