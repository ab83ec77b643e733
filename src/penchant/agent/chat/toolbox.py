"""The tools a conversation may use: the seam between the loop and whatever offers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class ToolAnswer:
    """What a tool said. `told`: what a model should read. `failed`: it did nothing, and `told` says why and what to do."""

    result: Mapping[str, Any]
    failed: bool = False


class Toolbox(Protocol):
    """Tools for one user. Whatever the arguments say, they act for that user only."""

    def schemas(self) -> Sequence[dict[str, Any]]:
        """OpenAI tool schemas, in a stable order."""
        ...

    def changes(self, name: str) -> bool:
        """Whether the tool changes anything that is remembered."""
        ...

    def destroys(self, name: str) -> bool:
        """Whether what the tool does cannot be undone."""
        ...

    def call(self, name: str, arguments: Mapping[str, Any]) -> ToolAnswer:
        """Check the arguments and do it; what is wrong is told, never raised."""
        ...
