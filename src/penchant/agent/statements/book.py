"""The statements of a user in order: those found in messages and those the user entered, each with what superseded it.

Entered statements (`profile edit … state`, `onboard`) are stored in the ledger of edits, where `undo` finds them.
Here both kinds form one history, so that a message can end an entered statement and the other way round. Where a part
of a sentence has ended, the rest still holds: "I'm vegetarian and allergic to peanuts" is returned as "allergic to
peanuts" once fish is eaten again.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from penchant.agent.statements.corrections import CORRECTS
from penchant.agent.statements.household import whom
from penchant.agent.statements.own_words import BARE_VICE
from penchant.agent.statements.sentences import is_chinese
from penchant.agent.statements.subjects import is_same_subject, label_of
from penchant.agent.statements.supersession import OF_BODY, in_force, mark_superseded
from penchant.errors import Cure, NotFoundError
from penchant.lazy_patterns import lazy
from penchant.prompts.remarks import remark
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.clock import Clock
from penchant.store.edits import Edit, Edits
from penchant.store.statement import Polarity, Statement, digest
from penchant.store.statements import Statements

MAX_LABEL = 120
#: Verbs without a thing: whoever does not drink does not dislike soft drinks, and whoever smokes likes no smoked fish.
_BARE_VICE = lazy(BARE_VICE, re.IGNORECASE)
#: Habits that are duties and say nothing about interests.
_DUTY = lazy(
    r"(?:work(?:s|ing)?(?!\s+(?:out|with|on)\b)|commut(?:e|es|ing)|(?:get|gets|getting|wake|wakes|waking)\s+up|sleep(?:s|ing)?|(?:go|goes|going)\s+to\s+bed"
    r"|practi[sc]e(?=$|\s+(?:every|each|daily|a\s+lot|most)\b)|(?:do|doing)\s+(?:shifts?|nights?|overtime))\b|night\s+shifts?\b"
    r"|(?:[上值]?[夜晚早]班|上班|加班|通勤|起床|早起|晚起|熬夜|早睡|晚睡|睡觉)$",
    re.IGNORECASE,
)

#: A price, a size or another number that something has to keep to.
_AMOUNT = lazy(
    r"(?:[$€£¥￥]\s?\d|\b\d+(?:[.,]\d+)?\s?(?:pounds|quid|dollars|bucks|euros?|yuan|rmb|usd|gbp|eur)\b"
    r"|\b(?:under|below|over|above|at\s+most|at\s+least|up\s+to|less\s+than|more\s+than)\s+(?:\d|(?:ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:an?|one|two|five)\s+(?:hundred|thousand))\b)"
    r"|\bsize\s+\d"
    r"|\d+\s*[块元码]|\d+\s*(?:以内|以下|以上|左右))",
    re.IGNORECASE,
)
#: Words before the only thing of a kind that somebody does or has, by choice.
ONLY_DOES = lazy(
    r"(?<!\bcan\s)(?<!\bmay\s)\b(?:only|just|nothing\s+but|exclusively)\s+(?:ever\s+)?(?:drink|watch|read|listen\s+to|play|wear|collect|cook|ride|visit|buy|use|order|drive|follow|support|shop\s+(?:at|in)|stay\s+in|code\s+in|program\s+in)\b"
    r"|只(?:喝|看|听|玩|读|穿|逛|打)",
    re.IGNORECASE,
)
#: Wishes about the assistant's answers, which are no interests: "please keep answers short".
_OF_ANSWERS = lazy(
    r"\b(?:answers?|repl(?:y|ies)|responses?|explanations?|bullet\s+points?|emojis?|follow-up\s+questions?)\b|回答|回复|答复|解释|答案|表情符号",
    re.IGNORECASE,
)


class StatementBook:
    """Reads and corrects the statements of one installation's users. Thread-safe."""

    def __init__(self, statements: Statements, edits: Edits, vocabulary: Vocabulary, clock: Clock) -> None:
        self.statements, self.edits, self.vocabulary, self.clock = statements, edits, vocabulary, clock
        self._topics = {place.id: topic.id for topic in vocabulary.topics for place in (topic, *topic.subtopics)}

    def history(self, user_id: str, until: datetime | None = None, language: str = "en") -> list[Statement]:
        """Return all statements of the user up to `until`, oldest first, each with the id of what superseded it.

        Without reports of something done that was no goal of theirs ("I finished my homework").
        """
        return self._history(user_id, until, self._standing(user_id, until), language)

    def current(self, user_id: str, until: datetime | None = None, language: str = "en") -> list[Statement]:
        """Return the statements in force: strict statements first, then the newest."""
        history = self.history(user_id, until, language)
        return without_ended_parts(in_force(history), history)

    def standing(
        self, user_id: str, until: datetime | None = None, language: str = "en"
    ) -> tuple[list[Statement], list[Edit]]:
        """Return what is in force, as statements and as edits.

        The edits are those the user made, unless a later statement has ended them, and tastes from messages in the
        same form.
        """
        edits = self._standing(user_id, until)
        history = self._history(user_id, until, edits, language)
        holds = without_ended_parts(in_force(history), history)
        ended = {statement.id for statement in history if statement.superseded_by}
        no_taste = {
            each.id for each in history if each.retracts or each.polarity is None or whom(each.scope) or is_limit(each)
        }
        stated = [edit for edit in edits if edit.action != "state" or edit.edit_id not in no_taste]
        entered = [edit for edit in stated if edit.edit_id not in ended]
        known = {edit.edit_id for edit in edits}
        from_messages = [
            _as_edit(user_id, statement) for statement in holds if statement.id not in known and _is_taste(statement)
        ]
        return holds, sorted([*entered, *from_messages], key=lambda edit: edit.at)

    def ended_by(self, user_id: str, edit: Edit) -> list[Statement]:
        """Return the statements in force that would end if the user made this edit now."""
        history = self._history(user_id, None, [*self._standing(user_id, None), edit], "en")
        return [statement for statement in history if statement.superseded_by == edit.edit_id]

    def remove(self, user_id: str, statement_id: str) -> Statement:
        """Remove a statement for good. Raises `NotFoundError` for one that is not in force."""
        history = self.history(user_id)
        wanted = next((statement for statement in history if statement.id == statement_id), None)
        if wanted is None or wanted.superseded_by or wanted.retracts:
            unknown = remark("no_statement", user=repr(user_id), statement=repr(statement_id))
            raise NotFoundError(unknown, Cure(("statements", user_id), "lists them"))
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

    def _history(self, user_id: str, until: datetime | None, edits: Sequence[Edit], language: str) -> list[Statement]:
        entered = [statement for edit in edits if (statement := _entered(edit))]
        stored = self.statements.for_user(user_id, until)
        correcting = [each.event_id for each in stored if each.slot == CORRECTS and each.event_id]
        before = self.statements.messages_before(user_id, correcting) if correcting else {}
        history = mark_superseded([*entered, *stored], self._topics, before)
        ended_by = {each.superseded_by for each in history}
        telling = [each for each in history if not (each.kind == "goal" and each.retracts) or each.id in ended_by]
        return [statement.model_copy(update={"path": self._path(statement, language)}) for statement in telling]

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
    """Return the statement made by an edit, or None for an edit that states nothing."""
    label = edit.text or (edit.path[-1] if edit.path else "")
    if edit.action not in ("state", "attribute") or not label:
        return None
    details = edit.details
    portrait = edit.action == "attribute"
    polarity: Polarity | None = None if portrait else details.get("polarity", "like")
    key, _, value = label.partition("=")
    return Statement(
        id=edit.edit_id,
        kind=details.get("kind") or polarity or "fact",
        subject=value if portrait and value else label,
        polarity=polarity,
        strict=bool(details.get("strict")),
        scope=details.get("scope"),
        text=str(details.get("span") or label),
        event_id=details.get("event_id"),
        place=details.get("place"),
        source=details.get("source", "user"),
        slot=key if portrait and value else details.get("slot"),
        replaces=details.get("replaces"),
        retracts=bool(details.get("retracts")),
        valid_from=edit.at,
    )


def is_limit(statement: Statement) -> bool:
    """Return whether a statement limits what suits the user and says nothing of what they like: a diet, a need, an amount.

    It stands among the statements, where it filters lists, and weighs nothing as an interest: whoever needs step-free
    access is not interested in step-free access. What is the only thing they drink, watch or play is a taste as well.
    """
    if statement.kind == "require":
        return statement.slot == "diet" or not ONLY_DOES.search(statement.text)
    of_body = statement.kind == "avoid" and statement.strict and OF_BODY.search(statement.text)
    return statement.kind == "fact" or bool(of_body or _AMOUNT.search(statement.subject))


def _is_taste(statement: Statement) -> bool:
    """Return whether the user, and not a member of the household, likes or dislikes something."""
    if is_limit(statement):
        return False
    is_duty = statement.kind == "habit" and _DUTY.match(statement.subject)
    of_answers = statement.kind in ("prefer", "avoid", "dislike") and _OF_ANSWERS.search(statement.subject)
    names_no_thing = _BARE_VICE.fullmatch(statement.subject)
    return bool(statement.polarity) and not (is_duty or of_answers or names_no_thing or whom(statement.scope))


def _as_edit(user_id: str, statement: Statement) -> Edit:
    return Edit(
        edit_id=statement.id,
        user_id=user_id,
        at=statement.valid_from,
        action="state",
        text=label_of(statement.subject, done=statement.kind in ("habit", "goal"))[:MAX_LABEL],
        details={
            "polarity": statement.polarity,
            "event_id": statement.event_id,
            "source": statement.source,
            "place": statement.place,
        },
    )


_PARTS = lazy(
    r"\s*[,;:，；、：]\s*(?:and\s+|but\s+)?|\s+(?:and|but|though|while|except|without)\s+|[但而]是?|并且|而且|除了",
    re.IGNORECASE,
)
_ENDS = " \t.!?。！？"
#: Words before an exception to a taste.
_DENIED = lazy(
    r"(?:\b(?:not|no|never|except(?:\s+for)?|without|don['’]?t\s+\w+)|不(?:喜欢|爱|吃|喝|要)?|除了)\s*$",
    re.IGNORECASE,
)


def without_ended_parts(holds: Sequence[Statement], history: Sequence[Statement]) -> list[Statement]:
    """Return the statements of `holds`; the text of each is the part of its sentence that is still in force.

    `history`: all statements, with what superseded them.
    """
    texts = {each.id: each.text for each in history}
    ended: dict[str, list[str]] = {}
    for each in history:
        if each.superseded_by and each.subject and texts.get(each.superseded_by) != each.text:
            ended.setdefault(each.text, []).append(each.subject)
    return [_without_ended_part(each, [*ended.get(each.text, ()), *_denials_ended(each, holds)]) for each in holds]


def _denials_ended(statement: Statement, holds: Sequence[Statement]) -> list[str]:
    """Return the subjects that the sentence denies and a later statement likes."""
    later = [other for other in holds if other.polarity == "like" and other.valid_from > statement.valid_from]
    return [other.subject for other in later if _denies(statement.text, other.subject)]


def _denies(text: str, subject: str) -> bool:
    at = text.casefold().find(subject.casefold())
    return at > 0 and bool(_DENIED.search(text[:at]))


def _without_ended_part(statement: Statement, ended: Sequence[str]) -> Statement:
    gone = [subject for subject in ended if not is_same_subject(subject, statement.subject)]
    if not gone:
        return statement
    part = _part(statement.text, statement.subject)
    if any(subject.casefold() in part.casefold() for subject in gone):
        part = statement.subject
        if statement.polarity == "dislike":
            part = f"不要{part}" if is_chinese(part) else f"no {part}"
    return statement.model_copy(update={"text": part})


def _part(text: str, subject: str) -> str:
    """Return the part of a sentence that names `subject`; the subject alone where no part does."""
    at = text.casefold().find(subject.casefold())
    if at < 0:
        return subject
    cuts = list(_PARTS.finditer(text))
    start = max((cut.end() for cut in cuts if cut.end() <= at), default=0)
    end = min((cut.start() for cut in cuts if cut.start() >= at + len(subject)), default=len(text))
    return text[start:end].strip(_ENDS)
