"""The registry of capabilities: each is declared once, and every interface is generated from it.

A new capability is one new file in `capabilities/`: an input model, and a function of the agent decorated with
`@capability`. Its types become the schemas, its docstring tells a model when to use it, its flags become the
annotations.
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
from penchant.tools.arguments import ForUser, Input
from penchant.tools.sizes import Shortening

UserArgument = Literal["required", "optional", "absent"]
"""Whether a caller names the user: always, only to confirm the user of the connection, or never."""
_USER = "user_id"


@dataclass(frozen=True)
class Capability:
    """Something that can be asked for. `input_model` and `output_model` are Pydantic models; `handler` is the function that runs.

    `brief`: returns the part of a result that a model should read. `short`: how long results are shortened for
    clients that count tokens. `question`: what the user is asked before anything is done (destructive capabilities
    only); the model cannot answer it. `in_conversation`: whether the chat offers it, where the user talks to their
    own profile. `records`: the tables to which a read-only call adds its result, for feedback and paging; it changes
    nothing else. `asks_model`: whether a call may ask a language model, which can take long.
    """

    name: str
    title: str
    description: str
    input_model: type[Input]
    output_model: type[BaseModel]
    handler: Callable[[InterestAgent, Any], BaseModel]
    brief: Callable[[Any], Mapping[str, Any]]
    read_only: bool
    destructive: bool
    idempotent: bool
    in_conversation: bool
    question: Callable[[Any], str] | None = None
    short: Shortening | None = None
    records: tuple[str, ...] = ()
    asks_model: bool = False

    @property
    def concerns_user(self) -> bool:
        """Return whether it is about one user and not about the catalogue."""
        return issubclass(self.input_model, ForUser)

    def schema(self, user: UserArgument = "required") -> dict[str, Any]:
        """Return the JSON schema of the input, using only keywords that every server reads."""
        schema = {"required": [], **schemas.input_schema(self.input_model)}
        if self.concerns_user and user != "required":
            schema["required"] = [name for name in schema["required"] if name != _USER]
            if user == "absent":
                del schema["properties"][_USER]
        return schema

    def output_schema(self) -> dict[str, Any]:
        """Return the JSON schema of the output: the fields that every result has."""
        return schemas.output_schema(self.output_model)


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
    asks_model: bool = False,
) -> Callable[[Callable[[InterestAgent, Any], Any]], Capability]:
    """Declare the decorated function `(agent, arguments) -> result` as a capability with the same name."""

    def declare(handler: Callable[[InterestAgent, Any], Any]) -> Capability:
        hints = get_type_hints(handler)
        output_model = hints.pop("return")
        _, input_model = (hints[name] for name in inspect.signature(handler).parameters)
        return Capability(
            name=handler.__name__,
            title=title,
            description=inspect.cleandoc(handler.__doc__ or ""),
            input_model=input_model,
            output_model=output_model,
            handler=handler,
            brief=brief,
            read_only=read_only,
            destructive=destructive,
            idempotent=idempotent or read_only,
            in_conversation=in_conversation,
            question=question,
            short=short,
            records=records,
            asks_model=asks_model,
        )

    return declare


@cache
def capabilities() -> dict[str, Capability]:
    """Return every capability by name, in alphabetical order, from the modules of `penchant.tools.capabilities`."""
    from penchant.tools import capabilities as package

    modules = [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    ]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Capability)]
    return {capability.name: capability for capability in sorted(found, key=lambda capability: capability.name)}


def find(name: str) -> Capability:
    """Return the capability with this name; a prefix `penchant_` and other cases or hyphens are accepted. Raises
    `NotFoundError`.
    """
    known, plain = capabilities(), name.strip().replace("-", "_").casefold()
    try:
        return known[plain] if plain in known else known[plain.rpartition("penchant_")[2].lstrip("_")]
    except KeyError:
        raise NotFoundError(f"there is no tool {name!r}: use one of {', '.join(capabilities())}") from None
