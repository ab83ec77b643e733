"""Everything Penchant raises on purpose, as one tree.

```
PenchantError
├── UsageError             the caller can mend it: an argument, a file, a setting
│   ├── UnusableFile       a file of the right kind from which not one row can be read
│   ├── NotFoundError      no such user, item, interest, version …
│   │   └── ErasedError    the user was erased while this was under way: nothing of it is kept
│   └── ConsentError       the user has not allowed, or has revoked, this use of their behaviour
├── ModelError             a language model or embedding server let us down
│   ├── ModelUnreachable   no connection, time-out, 5xx after retries, circuit open
│   ├── ModelRefused       401/403/404, content filter, refusal: trying again will not help
│   ├── ModelTruncated     the reply ended at the token limit
│   └── ModelInvalidReply  the reply could not be read, even after repair
└── StoreError             what is remembered could not be read or written
    ├── ConflictError      another writer was first (compare-and-swap)
    ├── EmbedderMismatch   the index was built with another embedder
    └── CorruptError       what is stored does not add up
```

Every message says what happened and what to do next, and shows no secret, whatever it was made of. Nothing here logs.
"""

import re
import shlex
from dataclasses import dataclass

from penchant.secrets import mask

BY_OTHERS = "whoever runs Penchant can mend that"


@dataclass(frozen=True)
class Cure:
    """What to do about an error, by face. `command`: words of the command line, quoted when they are shown, and what they bring ("names
    everyone known"); `for_models`: the same for who calls tools and cannot type commands."""

    command: tuple[str, ...]
    brings: str
    for_models: str = BY_OTHERS

    @property
    def for_people(self) -> str:
        """The command to type, and what it brings."""
        return f"`{shlex.join(('penchant', *self.command))}` {self.brings}"


SEE_EVERYONE = Cure(("profile", "list"), "names everyone known", "record_events writes down what they do")
FIND_ITEMS = Cure(
    ("items", "latest"), "names some that are there", "search_items finds the ids of those that are there"
)


class PenchantError(Exception):
    """Root of the tree. `exit_code` is what the command line returns for it. As text it names the command that mends it (`cure`)."""

    exit_code = 1

    def __init__(self, message: str = "", cure: Cure | None = None) -> None:
        super().__init__(mask(f"{message}: {cure.for_people}" if cure else message))
        self.for_models = mask(f"{message}: {cure.for_models}" if cure else without_commands(message))
        """The text for a language model: it names tools to call, and never a command to type."""

    @property
    def title(self) -> str:
        """A short, stable name for the kind of error (used as problem title over HTTP)."""
        return type(self).__name__


class UsageError(PenchantError):
    """The caller can mend it."""

    exit_code = 2


class UnusableFile(UsageError):
    """A file of the right kind from which not one row can be read."""

    exit_code = 1


class NotFoundError(UsageError):
    """Something asked for by name does not exist."""

    exit_code = 1


class ErasedError(NotFoundError):
    """The user was erased while something was done for them."""


class ConsentError(UsageError):
    """The user has not allowed this."""

    exit_code = 1


class ModelError(PenchantError):
    """A language model or embedding server let us down.

    `calls`: how many requests were answered; `tokens`: what they have cost all the same (read, written), where that is known.
    """

    tokens: tuple[int, int] | None = None
    calls: int = 1


class ModelUnreachable(ModelError):
    """No usable answer; trying again may help. `retry_after`: seconds the server asked us to wait, where it said so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ModelRefused(ModelError):
    """The server understood and said no. `setting` names what to mend where it is a matter of configuration."""

    def __init__(self, message: str, setting: str | None = None, *, tokens: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.setting, self.tokens = setting, tokens


class ModelTruncated(ModelError):
    """The reply stopped at the token limit. `text` is what arrived."""

    def __init__(self, message: str, text: str = "", *, tokens: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.text, self.tokens = text, tokens


class ModelInvalidReply(ModelError):
    """The reply could not be read. `text` is what arrived."""

    def __init__(self, message: str, text: str = "", *, tokens: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.text, self.tokens = text, tokens


class StoreError(PenchantError):
    """What is remembered could not be read or written."""


class ConflictError(StoreError):
    """Another writer saved first."""


class EmbedderMismatch(StoreError):
    """Vectors of two embedders must never be mixed."""


class CorruptError(StoreError):
    """What is stored does not add up."""


_OPTION_CLAUSE = re.compile(
    r"(?:[;,:] )?(?:or )?(?:other forms are read with |name (?:one|its form) with )--[a-z-]+(?: \([^()]{0,120}\))?"
)


def without_options(message: str) -> str:
    """The message without the clauses that name an option of a command, for those who have no command line."""
    return _OPTION_CLAUSE.sub("", message)


def without_commands(message: str) -> str:
    """The message without the clauses that hold a command to type, for which whoever can type it is named instead, or an option of one."""
    message = without_options(message)
    clauses = message.replace("; ", ": ").split(": ")
    others = [clause for clause in clauses if "`penchant " not in clause]
    return message if len(others) == len(clauses) else ": ".join([*others, BY_OTHERS])
