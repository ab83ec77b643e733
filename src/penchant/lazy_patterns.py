"""Regular expressions that are compiled when they are first used, so that a command pays only for those it needs.

What users write is read with hundreds of them: compiling all takes longer than the rest of a command that reads no
message. All packages may import this module.
"""

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


class _LazyPattern:
    """Stands for a compiled pattern, and has its methods and attributes from the first use of one of them on."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern, and take over its methods: from now on a call of one costs nothing more."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return vars(self)[name]


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern that `re.compile` returns, not compiled yet. A wrong pattern raises `re.error` at its first use."""
    return cast("re.Pattern[str]", _LazyPattern(source, flags))
