"""What one sentence says by grammar alone, in either language."""

from typing import NamedTuple

from penchant.agent.statements.patterns_en import Kind, Polarity


class Reading(NamedTuple):
    """One thing a sentence may state. `start`, `end`: the subject within the sentence; `weak`: the words alone do not say that it lasts."""

    kind: Kind
    polarity: Polarity | None
    start: int
    end: int
    scope: str | None = None
    strict: bool = False
    #: The statement ends an earlier one and sets nothing in its place.
    retracts: bool = False
    #: What a person has one of at a time: "favourite player", "diet", "home"; a new one ends the old.
    slot: str | None = None
    #: What it says the new one takes the place of.
    replaces: str | None = None
    weak: bool = False
    #: What is meant was spoken of before ("I don't like it any more").
    refers: bool = False
    #: The pattern's number, for the classifier; -1 where no pattern matched.
    pattern: int = -1
