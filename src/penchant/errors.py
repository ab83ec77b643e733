"""The exceptions that Penchant raises on purpose, as one tree.

```
PenchantError
├── UsageError             the caller can fix it: an argument, a file, a setting
│   ├── UnusableFile       a file of the right kind in which no row can be read
│   ├── NotFoundError      no such user, item, interest, version …
│   │   └── ErasedError    the user was erased while the operation ran: none of its results are stored
│   ├── UnchangedError     there is nothing to undo: all is as was asked for already
│   └── ConsentError       the user has not allowed, or has revoked, this use of their behaviour
├── ModelError             a language model or embedding server failed
│   ├── ModelUnreachable   no connection, time-out, 5xx after retries, circuit open
│   ├── ModelRefused       401/403/404, content filter, refusal: trying again will not help
│   ├── ModelTruncated     the reply ended at the token limit
│   └── ModelInvalidReply  the reply could not be parsed, even after repair
└── StoreError             stored data could not be read or written
    ├── ConflictError      another writer was first (compare-and-swap)
    ├── EmbedderMismatch   the index was built with another embedder
    └── CorruptError       stored data is damaged or inconsistent
```

Every message says what happened and what to do next. Secrets are masked in every message, whatever text it was built
from. Nothing in this module writes to a log.
"""

import re
import shlex
from dataclasses import dataclass

from penchant.secrets import mask

OPERATOR_CAN_FIX = "the operator of Penchant can fix that"


@dataclass(frozen=True)
class Cure:
    """What to do about an error, for people and for models.

    `command`: the words of the command line to type, quoted when they are shown. `brings`: what the command does
    ("lists all users"). `for_models`: the advice for a caller that uses tools and cannot type commands.
    """

    command: tuple[str, ...]
    brings: str
    for_models: str = OPERATOR_CAN_FIX

    @property
    def for_people(self) -> str:
        """The command to type and what it does."""
        return f"`{shlex.join(('penchant', *self.command))}` {self.brings}"


SEE_EVERYONE = Cure(("profile", "list"), "lists all users", "record_events writes down what they do")
FIND_ITEMS = Cure(
    ("items", "latest"), "names some that are there", "search_items finds the ids of those that are there"
)


class PenchantError(Exception):
    """The base class of all errors.

    `exit_code` is what the command line returns for it. `str()` of an error includes the command that fixes it
    (`cure`), if there is one.
    """

    exit_code = 1
    is_internal = False
    """Whether the message may say where a server or database is, which only the operator of Penchant needs to know."""

    def __init__(self, message: str = "", cure: Cure | None = None) -> None:
        super().__init__(mask(f"{message}: {cure.for_people}" if cure else message))
        for_models = mask(f"{message}: {cure.for_models}" if cure else without_commands(message))
        self.for_models = without_addresses(for_models) if self.is_internal else for_models
        """The text for a language model: it names tools to call instead of commands to type, and no addresses."""

    @property
    def title(self) -> str:
        """The name of the kind of error: short, stable, used as the problem title over HTTP."""
        return type(self).__name__


class UsageError(PenchantError):
    """Raised when the caller can fix the problem."""

    exit_code = 2


class UnusableFile(UsageError):
    """Raised for a file of the right kind in which no row can be read."""

    exit_code = 1


class NotFoundError(UsageError):
    """Raised when something requested by name or id does not exist."""

    exit_code = 1


class ErasedError(NotFoundError):
    """Raised when the user was erased while an operation for them was running."""


class UnchangedError(UsageError):
    """Raised when there is nothing to undo, because all is as was asked for already."""

    exit_code = 1


class ConsentError(UsageError):
    """Raised when the user has not allowed this use of their behaviour."""

    exit_code = 1


class ModelError(PenchantError):
    """Raised when a language model or embedding server failed.

    `calls`: the number of requests that were answered. `tokens`: the tokens these answers cost (prompt, completion);
    None where unknown.
    """

    is_internal = True
    tokens: tuple[int, int] | None = None
    calls: int = 1


class ModelUnreachable(ModelError):
    """Raised when there was no usable answer but trying again may help.

    `retry_after`: the seconds the server asked to wait, or None.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ModelRefused(ModelError):
    """Raised when the server understood the request and refused it.

    `setting` names the setting to correct if the cause is the configuration.
    """

    def __init__(self, message: str, setting: str | None = None, *, tokens: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.setting, self.tokens = setting, tokens


class ModelTruncated(ModelError):
    """Raised when the reply stopped at the token limit. `text` is the part that arrived."""

    def __init__(self, message: str, text: str = "", *, tokens: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.text, self.tokens = text, tokens


class ModelInvalidReply(ModelError):
    """Raised when the reply could not be parsed. `text` is the reply as it arrived."""

    def __init__(self, message: str, text: str = "", *, tokens: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.text, self.tokens = text, tokens


class StoreError(PenchantError):
    """Raised when stored data could not be read or written."""

    is_internal = True


class ConflictError(StoreError):
    """Raised when another writer saved first."""

    is_internal = False


class EmbedderMismatch(StoreError):
    """Raised when vectors of two embedders would be mixed."""


class CorruptError(StoreError):
    """Raised when stored data is damaged or inconsistent."""


_ADDRESS = re.compile(
    r"(?:(?<!['\"“‘])|(?<=url ['\"]))(?:\bthe (?:[a-z]{1,20} ){0,2}server )?\b[a-z][a-z0-9+.\-]{1,30}://[^\s'\"<>(),;]{0,500}[^\s'\"<>(),;.:!?]"
)
_OPTION_CLAUSE = re.compile(
    r"(?:[;,:] )?(?:or )?(?:other forms are read with |name (?:one|its form) with )--[a-z-]+(?: \([^()]{0,120}\))?"
)

_CLAUSE_ENDS = " :;：；"
_CLAUSE = re.compile(r".+?(?:[:;] |[：；]|\Z)", re.DOTALL)


def without_addresses(message: str) -> str:
    """Return the message with "the server" in place of every address, for callers who do not run Penchant.

    What stands in quotes stays: it is what the caller gave, such as the id of a user that is an address.
    """
    return _ADDRESS.sub("the server", message)


def without_options(message: str) -> str:
    """Return the message without the clauses that name a command-line option, for callers that have no command line."""
    return _OPTION_CLAUSE.sub("", message)


def without_commands(message: str, closing: str = f": {OPERATOR_CAN_FIX}") -> str:
    """Return the message without the clauses that contain a command to type or a command-line option.

    Where a command is removed, a clause that refers to the operator of Penchant is added: `closing`, in the language of
    the message.
    """
    message = without_options(message)
    clauses = _CLAUSE.findall(message)
    others = [clause for clause in clauses if "`penchant " not in clause]
    if len(others) == len(clauses):
        return message
    return ("".join(others).rstrip(_CLAUSE_ENDS) + closing).lstrip(_CLAUSE_ENDS)
