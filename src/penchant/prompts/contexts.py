"""The values that each template may print: one frozen context class per template.

Every `str` is untrusted and is fenced when printed. `Trusted` text is Penchant's own (labels of the vocabulary, rendered parts) and
is not fenced.
"""

from dataclasses import dataclass

from penchant.prompts.fence import Trusted

NOTHING = Trusted("")


@dataclass(frozen=True)
class ChooseTopic:
    """One theme, for a model that only rates continuations of a text. There is no instruction and no conversation, so nothing in it can
    be obeyed. `things`: neutralised texts.
    """

    things: tuple[Trusted, ...]


@dataclass(frozen=True)
class ThemeLine:
    """A theme of the catalogue as shown to a model: `titles` of its items in one text, the places it may belong to, and the catalogue's
    category, if it has one (there are no places then).
    """

    titles: str
    places: tuple[Trusted, ...] = ()
    category: str = ""


@dataclass(frozen=True)
class NameThemes:
    """The themes of a batch, numbered from 1, each with places numbered from 1."""

    themes: tuple[ThemeLine, ...]


@dataclass(frozen=True)
class NameTheme:
    """One theme, for a model too small to handle several themes or numbers: it answers with a place's name and a label."""

    theme: ThemeLine


@dataclass(frozen=True)
class HeardMessage:
    """A user's message and the statements found in it: (number, kind, subject)."""

    text: str
    found: tuple[tuple[int, Trusted, str], ...] = ()


@dataclass(frozen=True)
class HearStatements:
    """Messages of one user, numbered from 1; the statements found are numbered across all messages. `topics`: numbered from 1."""

    messages: tuple[HeardMessage, ...]
    topics: tuple[Trusted, ...]


@dataclass(frozen=True)
class Repair:
    """A reply that could not be used. `task` is the system part and `request` the user part of the prompt it answered, both already
    rendered.
    """

    task: Trusted
    request: Trusted
    reply: str
    error: Trusted


@dataclass(frozen=True)
class Rerank:
    """Candidates for one user, to be put in order. `candidates`: (letter or number, title); `recent`: titles, newest first."""

    profile: tuple[str, ...]
    candidates: tuple[tuple[Trusted, str], ...]
    query: str = ""
    as_json: bool = False
    recent: tuple[str, ...] = ()


@dataclass(frozen=True)
class PromptItem:
    """An item of a list with the facts that may be stated about it. `facts`: (number, sentence), those that appear here first; `also`:
    numbers of facts that appeared with an earlier item.
    """

    title: str
    facts: tuple[tuple[int, str], ...]
    also: tuple[int, ...] = ()


@dataclass(frozen=True)
class Explain:
    """A whole list, its items numbered from 1. Their facts, numbered across all items, are all that may be stated as reasons."""

    items: tuple[PromptItem, ...]


@dataclass(frozen=True)
class InterestLine:
    """One interest of a profile: its `label`, the `path` above it, `marks` for what the user does with its items (Penchant's own words:
    bought, disliked, rising …), and `titles` of items in one text.
    """

    label: str
    path: str
    marks: tuple[Trusted, ...] = ()
    titles: str = ""


@dataclass(frozen=True)
class ReadProfile:
    """The strongest interests of one profile, numbered from 1, and the user's statements."""

    interests: tuple[InterestLine, ...]
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """One step of a conversation about one user's profile. `profile`: the text of `agent.context`, whose labels are already neutralised.

    `tools`, `history`, `message`, `done` and `answering` are for models that are asked for each step in JSON; models with a
    conversation of their own need only the rest. `message` is the user's own request, not third-party text, so it is not fenced.
    `history`: (role, text); `done`: (call, result).
    """

    now: Trusted
    profile: Trusted = NOTHING
    tools: tuple[Trusted, ...] = ()
    history: tuple[tuple[Trusted, Trusted], ...] = ()
    message: Trusted = NOTHING
    done: tuple[tuple[Trusted, Trusted], ...] = ()
    answering: bool = False


@dataclass(frozen=True)
class Personalise:
    """What an assistant is told about the user it serves: the text of `agent.context`, whose labels are already neutralised."""

    profile: Trusted = NOTHING


Context = (
    NameThemes | NameTheme | ChooseTopic | HearStatements | Repair | Rerank | Explain | ReadProfile | Ask | Personalise
)
CONTEXTS: dict[str, type[Context]] = {
    "name_themes": NameThemes,
    "name_theme": NameTheme,
    "choose_topic": ChooseTopic,
    "hear_statements": HearStatements,
    "repair": Repair,
    "rerank": Rerank,
    "explain": Explain,
    "read_profile": ReadProfile,
    "ask": Ask,
    "personalise": Personalise,
}
