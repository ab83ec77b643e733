"""A profile as a short text for a system prompt: the user's statements, verbatim with dates, then the most useful interests with the
number of events behind each, always within a token budget.

What changes seldom comes first (strict statements, other statements, dislikes), what changes often comes last, and items of similar
strength have a fixed order. One more click therefore leaves most of the text unchanged, and the prompt cache of an assistant stays
valid. If there is a question, what is relevant to it comes first.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, tzinfo
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, Field

from penchant.agent.statements.relevance import Relevance
from penchant.agent.statements.subjects import thing_done
from penchant.errors import UsageError
from penchant.prompts.contexts import Personalise
from penchant.prompts.fence import Trusted, neutralise, shorten
from penchant.prompts.locales import Translator
from penchant.prompts.render import render
from penchant.store.labels import folded
from penchant.store.plain import visible
from penchant.store.profile import Interest, Profile
from penchant.store.statement import Statement

if TYPE_CHECKING:
    from pathlib import Path

    from penchant.agent.llm.model import LanguageModel
    from penchant.settings import Language

DEFAULT_BUDGET = 600
MAX_BUDGET = 1_000_000
MAX_LABEL = 60
MAX_STATEMENT = 200
"""Characters of a statement that are shown; a longer one is cut at a word."""
TRENDS_NAMED = 6
CountTokens = Callable[[str], int]
_WORDS = (
    "head",
    "portrait",
    "strict",
    "said",
    "likes",
    "dislikes",
    "avoid",
    "rising",
    "fading",
    "comma",
    "colon",
    "before_count",
    "after_count",
)
"""Names of phrases in the section `context` of the catalogue of phrases."""


class ProfileContext(BaseModel):
    """The text about a user for an assistant. `tokens`: length of `text` by the tokenizer `counted_by`, never more than `budget`."""

    user_id: str
    version: int = Field(description="Version of the profile it was written from; the same version gives the same text")
    language: str
    text: str = Field(description="For the system prompt; empty when nothing is known or nothing fits")
    tokens: int
    budget: int
    counted_by: str = Field(description="The model whose tokenizer counted, or 'estimate' (on the high side)")
    statements: list[str] = Field(default_factory=list, description="Ids of the statements in the text")
    interests: int = Field(description="Interests in the text")
    left_out: int = Field(description="Statements and interests that did not fit")


class Counter(NamedTuple):
    """A function that counts tokens, and the name of its tokenizer."""

    count: CountTokens
    name: str


RELEVANT_SCORE = 0.42
"""A statement or an interest with at least this score is relevant to a question."""
_MARKS = str.maketrans({"«": '"', "»": '"', "`": "'"})


_TRENDS = {"rose": "rising", "fell": "fading"}


class _Line(NamedTuple):
    """One interest that may be shown. `trend`: that of the drift, where there is one, because a taste that begins now soon fills the
    short and the long memory alike.
    """

    topic: str
    label: str
    node: Interest
    trend: str

    @property
    def stated(self) -> bool:
        return self.node.source == "stated"

    @property
    def disliked(self) -> bool:
        return self.node.polarity == "dislike"

    @property
    def sort_key(self) -> tuple[bool, float, str]:
        """A sort key for what is shown first when space is short: stated, disliked and pinned interests, then the strongest, with the
        strength of rising ones doubled.
        """
        firm = self.stated or self.disliked or self.node.status == "pinned"
        return (not firm, -self.node.strength * (2.0 if self.trend == "rising" else 1.0), self.label)


class _Portrait(NamedTuple):
    """The summary of the profile written by a language model."""

    text: str


_Unit = Statement | _Line | _Portrait
"""What is shown or left out as a whole."""


def counter_of(model: "LanguageModel | None") -> Counter:
    """Return the token counter of a model; without a model, one that overestimates."""
    from penchant.agent.llm.model import count_tokens_roughly, token_counter

    if model is None:
        return Counter(count_tokens_roughly, "estimate")
    count = token_counter(model)
    return Counter(count, "estimate" if count is count_tokens_roughly else model.profile.model)


def write_context(
    profile: Profile, budget: int, counter: Counter, relevance: Relevance | None = None, zone: tzinfo = UTC
) -> ProfileContext:
    """Write as many statements and interests as fit in `budget` tokens, the most useful first; with `relevance`, the most relevant to
    its question. Dates are in `zone`.

    The text depends only on the profile and the question. Raises `UsageError` for an invalid budget.
    """
    if not isinstance(budget, int) or not 0 <= budget <= MAX_BUDGET:
        raise UsageError(f"a budget is 0 to {MAX_BUDGET} tokens, not {budget}")
    local = [
        statement.model_copy(update={"valid_from": statement.valid_from.astimezone(zone)})
        for statement in profile.statements
    ]
    profile = profile.model_copy(update={"statements": local})
    units = _in_order(profile, relevance)
    count, text = _most_that_fit(units, profile.language, budget, counter.count)
    shown = units[:count]
    return ProfileContext(
        user_id=profile.user_id,
        version=profile.version,
        language=profile.language,
        text=text,
        tokens=counter.count(text) if text else 0,
        budget=budget,
        counted_by=counter.name,
        statements=[unit.id for unit in shown if isinstance(unit, Statement)],
        interests=sum(isinstance(unit, _Line) for unit in shown),
        left_out=sum(not isinstance(unit, _Portrait) for unit in units[count:]),
    )


def _in_order(profile: Profile, relevance: Relevance | None) -> list[_Unit]:
    """Return everything that may be shown, the most useful first: strict statements, then statements and interests in turn; or by
    relevance.
    """
    statements = list(profile.statements)
    portrait = _portrait(profile)
    named = (name for each in statements for name in (each.subject, thing_done(each.subject)))
    subjects = {name.casefold() for name in named}
    lines = [line for line in _lines(profile) if not (line.stated and line.label.casefold() in subjects)]
    lines.sort(key=lambda line: line.sort_key)
    if relevance is not None:
        by_statement = relevance.of_statements(statements)
        by_line = relevance.of_labels([line.label for line in lines])
        scored: list[tuple[float, _Unit]] = [*zip(by_statement, statements, strict=True)]
        ordered = sorted(scored, key=lambda pair: -pair[0])
        bearing = sum(score >= RELEVANT_SCORE for score, _ in ordered)
        first = max(bearing, 1)
        best_lines = [line for score, line in zip(by_line, lines, strict=True) if score >= RELEVANT_SCORE]
        rest = [line for line in lines if line not in best_lines]
        units = [unit for _, unit in ordered]
        return [*units[:first], *best_lines, *portrait, *units[first:], *rest]
    strict = [statement for statement in statements if statement.strict]
    others: list[_Unit] = [statement for statement in statements if not statement.strict]
    by_turns = [unit for pair in zip_longest(others, lines) for unit in pair if unit is not None]
    return [*strict, *portrait, *by_turns]


def _portrait(profile: Profile) -> list[_Unit]:
    """Return the portrait, if any. It comes after strict statements and before everything else."""
    found = profile.reading
    return [_Portrait(neutralise(found.portrait))] if found and found.portrait else []


def briefing(text: str, user_id: str, language: "Language", folder: "Path | None") -> str:
    """Return the `personalise` prompt for an assistant that serves this user. `text`: the context, empty if nothing is known."""
    prompt = render("personalise", language, Personalise(Trusted(text)), user_id=user_id, folder=folder)
    return f"{prompt.system}\n\n{prompt.user}"


def _most_that_fit(lines: Sequence[_Unit], language: str, budget: int, count: CountTokens) -> tuple[int, str]:
    """Find the largest number of units that fits, by bisection, and return it with the text. The tokens of the whole text are counted,
    never sums of parts.
    """
    low, best, high = 0, "", len(lines)
    while low < high:
        middle = (low + high + 1) // 2
        text = _text(lines[:middle], language)
        if count(text) <= budget:
            low, best = middle, text
        else:
            high = middle - 1
    return low, best


def _lines(profile: Profile) -> Iterator[_Line]:
    """Yield the leaves that may be shown: no muted ones, and none borrowed from others, because all are presented as the user's own."""
    drift = {moved.id: _TRENDS[moved.direction] for moved in profile.drift}
    for topic in profile.interests:
        name = neutralise(topic.label, MAX_LABEL)
        for leaf in _open_leaves(topic):
            label = neutralise(leaf.label, MAX_LABEL)
            if label:
                yield _Line(name, label, leaf, drift.get(leaf.id, leaf.trend))


def _open_leaves(node: Interest) -> Iterator[Interest]:
    if node.status == "muted":
        return
    if not node.children and not node.lent:
        yield node
    for child in node.children:
        yield from _open_leaves(child)


@cache
def _words(language: str) -> dict[str, str]:
    """Return the phrases of a context in one language."""
    say = Translator(language, "context")
    return {name: say(name) for name in _WORDS}


def _text(units: Sequence[_Unit], language: str) -> str:
    words = _words(language)
    statements = sorted(
        (statement for statement in units if isinstance(statement, Statement)),
        key=lambda statement: (statement.valid_from, statement.id),
    )
    lines = [unit for unit in units if isinstance(unit, _Line)]
    by_user = [statement for statement in statements if _is_sentence(statement)]
    strict = {statement.text for statement in by_user if statement.strict}
    entered = [statement for statement in statements if not _is_sentence(statement)]
    stated = [line for line in lines if line.stated]
    inferred = [line for line in lines if not line.stated]
    likes = [line.label for line in _by_strength(stated) if not line.disliked]
    dislikes = [line.label for line in _by_strength(stated) if line.disliked]
    likes += [_verbatim(statement.subject) for statement in entered if statement.polarity != "dislike"]
    dislikes += [_verbatim(statement.subject) for statement in entered if statement.polarity == "dislike"]
    rows = [
        words["head"],
        *(words["portrait"] + unit.text for unit in units if isinstance(unit, _Portrait)),
        *_sentences(words["strict"], [statement for statement in by_user if statement.text in strict]),
        *_sentences(words["said"], [statement for statement in by_user if statement.text not in strict]),
        words["likes"] + words["comma"].join(likes) if likes else "",
        words["dislikes"] + words["comma"].join(dislikes) if dislikes else "",
        _row(words["avoid"], [line for line in inferred if line.disliked], words),
        *_topics([line for line in inferred if not line.disliked], words),
        *(_trend(trend, lines, words) for trend in ("rising", "fading")),
    ]
    return "\n".join(row for row in rows if row)


def _is_sentence(statement: Statement) -> bool:
    """Return whether the statement has a sentence of the user's, and not only the subject they entered."""
    return statement.source != "user" or statement.text.casefold() != statement.subject.casefold()


def _sentences(lead: str, statements: Sequence[Statement]) -> Iterator[str]:
    """Yield a heading, then each sentence once with the date it was said."""
    shown = {
        _verbatim(statement.text): f"- {_verbatim(statement.text)} ({statement.valid_from:%Y-%m-%d})"
        for statement in statements
    }
    if shown:
        yield lead
        yield from shown.values()


def _verbatim(text: str) -> str:
    """Return the user's own words on one line, without characters that could pass for prompt marks, cut at a word if too long."""
    return shorten(visible(text).translate(_MARKS), MAX_STATEMENT)


def _topics(lines: Sequence[_Line], words: dict[str, str]) -> Iterator[str]:
    """Yield one row per topic, in order of strength."""
    by_topic: dict[str, list[_Line]] = {}
    for line in lines:
        by_topic.setdefault(line.topic, []).append(line)
    weight = {topic: sum(line.node.strength for line in topic_lines) for topic, topic_lines in by_topic.items()}
    for topic in sorted(by_topic, key=lambda name: (-_band(weight[name]), name)):
        own = by_topic[topic]
        is_alone = len(own) == 1 and folded(own[0].label) == folded(topic)
        yield _row("" if is_alone else topic + words["colon"], own, words)


def _row(lead: str, lines: Sequence[_Line], words: dict[str, str], *, bare: bool = False) -> str:
    if not lines:
        return ""
    ordered = _by_strength(lines)
    labels = [
        line.label + ("" if bare else f"{words['before_count']}{line.node.evidence_count}{words['after_count']}")
        for line in ordered
    ]
    return lead + words["comma"].join(labels)


def _by_strength(lines: Sequence[_Line]) -> list[_Line]:
    return sorted(lines, key=lambda line: (-_band(line.node.strength), line.label))


def _trend(trend: str, lines: Sequence[_Line], words: dict[str, str]) -> str:
    moving = [line for line in lines if line.trend == trend and not line.disliked and not line.stated]
    strongest = sorted(moving, key=lambda line: line.sort_key)[:TRENDS_NAMED]
    return _row(words[trend], strongest, words, bare=True)


def _band(strength: float) -> int:
    """Return the exponent of the largest power of two not above `strength`, so that small changes of strength do not change the order."""
    return math.floor(math.log2(strength)) if strength > 0 else -64
