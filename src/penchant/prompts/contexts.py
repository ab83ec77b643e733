"""What each template may print: one frozen context per template.

Every `str` is untrusted and is fenced when printed; `Trusted` text is our own (labels of the vocabulary, rendered parts) and is not.
"""

from dataclasses import dataclass, field

from penchant.prompts.fence import Trusted


@dataclass(frozen=True)
class GroupLine:
    """A group of behaviour as the model sees it: what was touched, most telling first, and the catalogue's category where it has one."""

    texts: tuple[str, ...]
    category: str = ""
    disliked: bool = False


@dataclass(frozen=True)
class NameGroups:
    """All groups of a batch. `topics` are numbered from 1 and stay the same between calls; `known` interests, `groups` and `remarks`
    are numbered from 1 in this call."""

    topics: tuple[Trusted, ...]
    groups: tuple[GroupLine, ...]
    known: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChooseTopic:
    """One group, for a model that only weighs how a text goes on: no instruction, no conversation, and so nothing that could be obeyed.
    `things` are neutralised texts."""

    things: tuple[Trusted, ...]


@dataclass(frozen=True)
class Repair:
    """A reply that could not be used. `task` is the system and `request` the user part of the prompt it answered, both already rendered."""

    task: Trusted
    request: Trusted
    reply: str
    error: Trusted


@dataclass(frozen=True)
class Rerank:
    """Candidates for one user, to be ordered. `candidates` are (letter or number, title), `recent` titles the newest first."""

    profile: tuple[str, ...]
    candidates: tuple[tuple[Trusted, str], ...]
    query: str = ""
    as_json: bool = False
    recent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explain:
    """Items and the closed set of facts, numbered from 1, that may be said about why they are recommended."""

    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    """A conversation with one user's profile. `profile` lines may be empty for a user of whom nothing is known."""

    profile: tuple[str, ...]
    message: str
    now: Trusted
    history: tuple[tuple[Trusted, str], ...] = ()


@dataclass(frozen=True)
class Personalise:
    """What an assistant is told about the person it serves, and optionally what for."""

    profile: tuple[str, ...] = field(default=())
    task: str = ""


Context = NameGroups | ChooseTopic | Repair | Rerank | Explain | Ask | Personalise
CONTEXTS: dict[str, type[Context]] = {
    "name_groups": NameGroups,
    "choose_topic": ChooseTopic,
    "repair": Repair,
    "rerank": Rerank,
    "explain": Explain,
    "ask": Ask,
    "personalise": Personalise,
}
