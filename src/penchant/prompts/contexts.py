"""What each template may print: one frozen context per template.

Every `str` is untrusted and is fenced when printed; `Trusted` text is our own (labels of the vocabulary, rendered parts) and is not.
"""

from dataclasses import dataclass

from penchant.prompts.fence import Trusted

NOTHING = Trusted("")


@dataclass(frozen=True)
class ChooseTopic:
    """One theme, for a model that only weighs how a text goes on: no instruction, no conversation, and so nothing that could be obeyed.
    `things` are neutralised texts."""

    things: tuple[Trusted, ...]


@dataclass(frozen=True)
class ThemeLine:
    """A theme of the catalogue as a model sees it: `titles` of its things in one text, the places it may belong to, and the catalogue's
    category where it has one (no places then)."""

    titles: str
    places: tuple[Trusted, ...] = ()
    category: str = ""


@dataclass(frozen=True)
class NameThemes:
    """Themes of a batch, numbered from 1, each with places numbered from 1."""

    themes: tuple[ThemeLine, ...]


@dataclass(frozen=True)
class NameTheme:
    """One theme, for a model too small to tell themes or numbers apart: it answers with a place's name and a label."""

    theme: ThemeLine


@dataclass(frozen=True)
class HeardMessage:
    """A user's message with what was found in it: (number, kind, subject)."""

    text: str
    found: tuple[tuple[int, Trusted, str], ...] = ()


@dataclass(frozen=True)
class HearStatements:
    """Messages of one user, numbered from 1; what was found is numbered throughout. `topics`: numbered from 1."""

    messages: tuple[HeardMessage, ...]
    topics: tuple[Trusted, ...]


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
class PromptItem:
    """An item of a list with the facts that may be said of it: `facts` are (number, sentence), told here first; `also` are the numbers of
    facts told with an earlier item."""

    title: str
    facts: tuple[tuple[int, str], ...]
    also: tuple[int, ...] = ()


@dataclass(frozen=True)
class Explain:
    """A whole list, numbered from 1, with the closed set of facts that may be said of why its items are on it, numbered throughout."""

    items: tuple[PromptItem, ...]


@dataclass(frozen=True)
class InterestLine:
    """One interest of a profile: its `label` and the `path` above it, what the user does with its things (our own words: bought, disliked,
    rising …), and `titles` of them in one text."""

    label: str
    path: str
    marks: tuple[Trusted, ...] = ()
    titles: str = ""


@dataclass(frozen=True)
class ReadProfile:
    """The strongest interests of one profile, numbered from 1, and what the user says of themself."""

    interests: tuple[InterestLine, ...]
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """One step of a conversation with one user's profile. `profile` is the text of `agent.context`, whose labels are neutralised there.

    `tools`, `history`, `message`, `done` and `answering` serve models that are asked for each step in JSON; where a conversation has turns
    of its own, the rest is enough. `message` is the user's own wish: no stranger's text, and not fenced. `history`: (role, what was said);
    `done`: (call, what it said).
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
    """What an assistant is told about the person it serves: the text of `agent.context`, whose labels are neutralised there."""

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
