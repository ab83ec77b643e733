"""Every reply model of `penchant.prompts.replies`, found by name and signature: a new one is tested without being listed anywhere."""

import inspect
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from penchant.prompts import replies

Factory = Callable[..., type[BaseModel]]
NAMES = st.sampled_from(["Food & Drink", "Pets", "Books", "音乐", "Home & Garden"])


def reply_factories() -> dict[str, Factory]:
    """The functions that make a reply model for what is offered."""
    return {
        name: function
        for name, function in vars(replies).items()
        if name.endswith("_reply") and callable(function) and not name.startswith("_")
    }


def reply_types(name: str, factory: Factory) -> st.SearchStrategy[type[BaseModel]]:
    """Reply models of one factory, for few and for many things offered; what cannot be offered is left out."""
    positional: list[st.SearchStrategy[Any]] = []
    named: dict[str, st.SearchStrategy[Any]] = {}
    for parameter in inspect.signature(factory).parameters.values():
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            positional.append(st.lists(NAMES, max_size=4, unique=True))
        elif parameter.annotation in (int, "int"):
            named[parameter.name] = st.integers(0, 5)
        elif parameter.annotation in (bool, "bool"):
            named[parameter.name] = st.booleans()
        elif parameter.default is inspect.Parameter.empty:
            named[parameter.name] = st.lists(NAMES, min_size=1, max_size=4, unique=True).map(tuple)

    def made(arguments: tuple[list[Any], dict[str, Any]]) -> type[BaseModel] | None:
        try:
            return factory(*arguments[0], **arguments[1])
        except ValueError:  # nothing is offered
            return None

    offered = st.tuples(*positional).map(lambda lists: [entry for part in lists for entry in part])
    return st.tuples(offered, st.fixed_dictionaries(named)).map(made).filter(bool)  # type: ignore[return-value]
