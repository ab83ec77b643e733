"""What a user has said of themself, in order and settled: statements found in messages, and those the user entered.

Entered ones (`profile edit … state`, `onboard`) live in the ledger of edits, where `undo` finds them; here both stand in one history, so
that a message ends what was entered and the other way round.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from penchant.agent.statements.subjects import same, terms, within
from penchant.errors import NotFoundError
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.clock import Clock
from penchant.store.edits import Edit, Edits
from penchant.store.statement import Statement, digest
from penchant.store.statements import Statements

#: Facts of which a person has several at a time: a second pet does not end the first.
_MANY = frozenset({"fact", "habit", "goal"})
_TASTES = frozenset({"like", "dislike", "avoid", "prefer", "require"})


def settled(statements: Iterable[Statement]) -> list[Statement]:
    """Every statement, oldest first, each with the id of what superseded it."""
    standing: dict[str, Statement] = {}
    ordered = sorted(statements, key=lambda each: each.valid_from)
    ended: dict[str, str] = {}
    known = {each.id: each for each in ordered}
    subjects: dict[str, str] = {}
    for said_now in ordered:
        statement = _resolved(said_now, list(standing.values()))
        subjects[statement.id] = statement.subject
        for other in list(standing.values()):
            if _ends(statement, other):
                ended[other.id] = statement.id
                del standing[other.id]
        if statement.ends in known and statement.ends in standing:
            ended[statement.ends] = statement.id
            del standing[statement.ends]
        if not statement.retracts and statement.subject:
            standing[statement.id] = statement
    return [
        each.model_copy(update={"superseded_by": ended.get(each.id), "subject": subjects.get(each.id, each.subject)})
        for each in ordered
    ]


def current(history: Sequence[Statement]) -> list[Statement]:
    """Those of a settled history that hold: strict ones first, then the newest."""
    standing = [
        statement
        for statement in history
        if statement.superseded_by is None and not statement.retracts and statement.subject
    ]
    return sorted(standing, key=lambda statement: (not statement.strict, -statement.valid_from.timestamp()))


def _resolved(statement: Statement, standing: Sequence[Statement]) -> Statement:
    """ "I don't like it any more": what was spoken of last, of the polarity that changes."""
    if statement.subject or statement.ends is not None:
        return statement
    candidates = [
        earlier
        for earlier in standing
        if earlier.polarity != statement.polarity and earlier.kind in _TASTES | {"habit"}
    ]
    return statement.model_copy(update={"subject": candidates[-1].subject}) if candidates else statement


def _ends(statement: Statement, other: Statement) -> bool:
    """Whether `statement`, said later, ends `other`."""
    if (
        statement.replaces
        and other.polarity != "dislike"
        and (within(other.subject, statement.replaces) or same(other.subject, statement.replaces))
    ):
        return True
    if statement.retracts:
        return bool(statement.subject) and _takes_back(statement, other)
    if statement.slot and statement.slot == other.slot:
        return True
    if not same(statement.subject, other.subject):
        return _breaks_diet(statement, other) or _covers(statement, other)
    return _renews(statement, other)


def _renews(statement: Statement, other: Statement) -> bool:
    """Whether a statement on the same subject takes the other's place; what holds only when travelling leaves the rest alone."""
    if statement.scope != other.scope and (other.scope is None) == (statement.scope is None):
        return False
    if statement.kind in _MANY and other.kind in _MANY:
        return statement.kind == other.kind
    return statement.kind in _TASTES or statement.polarity != other.polarity


def _covers(statement: Statement, other: Statement) -> bool:
    """Whether what is not wanted any more is a whole of which the other liked a part: no coffee is no morning coffee either."""
    unwanted = statement.polarity == "dislike" and statement.kind in ("avoid", "dislike") and other.polarity == "like"
    return unwanted and statement.scope is None and within(other.subject, statement.subject)


def _takes_back(statement: Statement, other: Statement) -> bool:
    """What is taken back ends whatever is the same or a kind of it, or is named more fully ("golf" of "playing golf at dawn")."""
    return within(other.subject, statement.subject) or same(other.subject, statement.subject)


_DIETS = {
    "vegan": frozenset({"meat", "fish", "egg", "cheese", "milk", "dairy", "vegan"}),
    "vegetarian": frozenset({"meat", "fish", "vegetarian"}),
    "pescatarian": frozenset({"meat", "pescatarian"}),
}


def _breaks_diet(statement: Statement, other: Statement) -> bool:
    """Who says they eat meat again is no vegetarian any more."""
    if other.slot != "diet" or statement.kind not in ("like", "habit", "prefer", "fact"):
        return False
    eaten = terms(statement.subject)
    again = (
        "again" in statement.text.casefold().split() or "again" in statement.text.casefold() or "又" in statement.text
    )
    return again and any(diet in terms(other.subject) and eaten & foods for diet, foods in _DIETS.items())


MAX_LABEL = 120


class StatementBook:
    """Reads and corrects the statements of one installation's users. Thread-safe."""

    def __init__(self, statements: Statements, edits: Edits, vocabulary: Vocabulary, clock: Clock) -> None:
        self.statements, self.edits, self.vocabulary, self.clock = statements, edits, vocabulary, clock

    def history(self, user_id: str, until: datetime | None = None, language: str = "en") -> list[Statement]:
        """Everything the user has said up to `until`, oldest first, each with what superseded it."""
        entered = [statement for edit in self._standing(user_id, until) if (statement := _entered(edit))]
        history = settled([*entered, *self.statements.for_user(user_id, until)])
        return [statement.model_copy(update={"path": self._path(statement, language)}) for statement in history]

    def current(self, user_id: str, until: datetime | None = None, language: str = "en") -> list[Statement]:
        """What holds: strict statements first, then the newest."""
        return current(self.history(user_id, until, language))

    def edits_of(self, user_id: str, until: datetime | None = None) -> list[Edit]:
        """The user's edits that stand, those a later statement has ended left out, and what they said in messages in the same form."""
        history = self.history(user_id, until)
        ended = {statement.id for statement in history if statement.superseded_by}
        entered = [edit for edit in self._standing(user_id, until) if edit.edit_id not in ended]
        known = {edit.edit_id for edit in entered}
        spoken = [
            _as_edit(user_id, statement)
            for statement in current(history)
            if statement.id not in known and statement.polarity
        ]
        return sorted([*entered, *spoken], key=lambda edit: edit.at)

    def remove(self, user_id: str, statement_id: str) -> Statement:
        """The user takes a statement back, for good. Raises `NotFoundError` for one that does not stand."""
        history = self.history(user_id)
        wanted = next((statement for statement in history if statement.id == statement_id), None)
        if wanted is None or wanted.superseded_by or wanted.retracts:
            raise NotFoundError(
                f"{user_id!r} has no statement {statement_id!r} that holds: `penchant statements {user_id}` lists them"
            )
        taken_back = Statement(
            id=f"r-{digest(user_id, statement_id, self.clock.now().isoformat())}",
            kind=wanted.kind,
            subject="",
            polarity=wanted.polarity,
            text="",
            source="user",
            valid_from=max(self.clock.now(), *(statement.valid_from for statement in history)),
            retracts=True,
            ends=wanted.id,
        )
        self.statements.add({user_id: [taken_back]})
        return wanted.model_copy(update={"superseded_by": taken_back.id})

    def _standing(self, user_id: str, until: datetime | None) -> list[Edit]:
        return [edit for edit in self.edits.for_user(user_id, until) if not edit.undone]

    def _path(self, statement: Statement, language: str) -> tuple[str, ...]:
        return tuple(self._labels(statement.place, language)) if statement.place else ()

    def _labels(self, place: str, language: str) -> Iterator[str]:
        found = self.vocabulary.find(place)
        if found is None:
            return
        if all(found.id != topic.id for topic in self.vocabulary.topics):
            yield self.vocabulary.topic_of(found.id).label(language)
        yield found.label(language)


def _entered(edit: Edit) -> Statement | None:
    """What an edit states; None for one that states nothing."""
    label = edit.text or (edit.path[-1] if edit.path else "")
    if edit.action not in ("state", "attribute") or not label:
        return None
    disliked = edit.details.get("polarity") == "dislike"
    portrait = edit.action == "attribute"
    key, _, value = label.partition("=")
    return Statement(
        id=edit.edit_id,
        kind="fact" if portrait else "dislike" if disliked else "like",
        subject=value if portrait and value else label,
        polarity=None if portrait else "dislike" if disliked else "like",
        text=str(edit.details.get("span") or label),
        event_id=edit.details.get("event_id"),
        source=edit.details.get("source", "user"),
        slot=key if portrait and value else None,
        valid_from=edit.at,
    )


def _as_edit(user_id: str, statement: Statement) -> Edit:
    return Edit(
        edit_id=statement.id,
        user_id=user_id,
        at=statement.valid_from,
        action="state",
        text=statement.subject[:MAX_LABEL],
        details={"polarity": statement.polarity, "event_id": statement.event_id, "source": statement.source},
    )
