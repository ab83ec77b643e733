"""Changes by the user: edits of the tree, declared interests and attributes, and undo. Each is stored as an entry in the ledger of
edits.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

from penchant.agent.statements.corrections import CORRECTS
from penchant.agent.statements.detection import StatementDetector
from penchant.agent.statements.subjects import within
from penchant.agent.statements.temporary_clauses import masked
from penchant.characters import Language, storable
from penchant.errors import Cure, ModelError, NotFoundError, UnchangedError, UsageError
from penchant.prompts.remarks import remark
from penchant.store.edits import Edit, Edits
from penchant.store.moments import zone_named
from penchant.store.profile import Interest, Profile
from penchant.store.statement import Polarity

if TYPE_CHECKING:
    from penchant.agent.profiles.reader import ProfileReader
    from penchant.agent.profiles.words import WordPlacer
    from penchant.agent.statements.book import StatementBook
    from penchant.store.clock import Clock
    from penchant.store.profiles import Kind

NodeAction = Literal["pin", "unpin", "mute", "unmute", "rename", "remove", "state"]
MAX_LABEL = 120
ZONE = "zone"
"""The attribute that names a user's time zone."""
_STANCES: dict[str, Polarity] = {
    "like": "like", "love": "like", "喜欢": "like", "dislike": "dislike", "hate": "dislike", "不喜欢": "dislike", "讨厌": "dislike",
}  # fmt: skip
_ENDS = {"unpin": ("pinned", "muted"), "unmute": ("muted",)}
"""The actions that take an edit back, and the states in which there may be one; muted hides pinned."""


#: The fields of a detected statement that an edit stores.
_READ = ("kind", "strict", "scope", "slot", "replaces", "retracts")


class ProfileEditor:
    """Makes the changes that users ask for themselves. `save_edits`: saves a profile version with the newest edits."""

    def __init__(
        self,
        *,
        edits: Edits,
        statements: "StatementBook",
        words: "WordPlacer",
        reader: "ProfileReader",
        save_edits: "Callable[[str, Kind], int]",
        clock: "Clock",
    ) -> None:
        self.edits, self.statements, self.words = edits, statements, words
        self.reader, self.save_edits, self.clock = reader, save_edits, clock

    def edit(
        self, user_id: str, action: str, node: str, text: str | None = None, *, based_on: int | None = None
    ) -> Edit:
        """Store an edit and save a new profile version with it.

        `node`: an id, a label, or labels joined by ` > `; for `state` also a new label, with `text` being `like`, `dislike` or a
        sentence. `based_on`: the version that the user has seen. Raises `UsageError`, `ConflictError` if the profile has changed since
        `based_on`, `NotFoundError` for an unknown node, and `UnchangedError` for a pin or mute to take back that is not there.
        """
        if action not in get_args(NodeAction):
            raise UsageError(remark("unknown_edit", action=repr(action), known=", ".join(get_args(NodeAction))))
        if action == "rename" and not (text and text.strip()):
            raise UsageError(remark("rename_empty"))
        if action == "state":
            return self._append(self._stated(user_id, node, text), based_on)
        found = find_in_any_language(self.reader, user_id, node)
        if action in _ENDS and not any(each.status in _ENDS[action] for each in found.walk()):
            raise UnchangedError(f"{found.label!r} is not {_ENDS[action][0]}: there is nothing to undo")
        new_label = _label(text) if action == "rename" and text else None
        return self._append(
            Edit(
                user_id=user_id, at=self._now(user_id), action=action, node_id=found.id, path=found.path, text=new_label
            ),
            based_on,
        )

    def onboard(
        self,
        user_id: str,
        interests: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        friends: Sequence[str] = (),
    ) -> list[Edit]:
        """Store declared interests, attributes (`key=value`) and friends, whose interests serve as a starting point. Raises `UsageError`.

        The attribute `zone` is the time zone in which dates are shown to the user.
        """
        if ZONE in (attributes or {}):
            zone_named((attributes or {})[ZONE])
        if not all(key.strip() and value.strip() for key, value in (attributes or {}).items()):
            raise UsageError("an attribute has a name and a value, as in age_band=25-34")
        edit = partial(Edit, user_id=user_id, at=self._now(user_id))
        declared = {"declared": True, "polarity": "like"}
        edits = [
            *(edit(action="state", text=_label(text), details=declared) for text in interests),
            *(edit(action="attribute", text=_label(f"{key}={value}")) for key, value in (attributes or {}).items()),
            *(edit(action="friend", text=friend) for friend in friends if friend != user_id),
        ]
        if not edits:
            raise UsageError("nothing was declared: give at least one interest, attribute or friend")
        for each in edits:
            self.edits.append(each)
        self.save_edits(user_id, "edit")
        return edits

    def undo(self, user_id: str) -> Edit:
        """Undo the user's newest edit that is still in force. Raises `UnchangedError` if there is none."""
        taken = self.edits.undo(user_id, self._now(user_id))
        if taken is None:
            raise UnchangedError(remark("nothing_to_undo", user=repr(user_id)))
        self.save_edits(user_id, "undo")
        return taken

    def _stated(self, user_id: str, node: str, text: str | None) -> Edit:
        words = _words(text)
        try:
            found = find_in_any_language(self.reader, user_id, node)
            node_id, path, label = found.id, found.path, found.label
        except NotFoundError:
            node_id, path, label = None, (), _label(node)
        at, details = self._now(user_id), _statement_details(words, label, _label(node))
        with suppress(ModelError):  # if the embedder fails, the edit is stored without a place
            details["place"] = self.words.place([label])[label]
        stated = Edit(user_id=user_id, at=at, action="state", node_id=node_id, path=path, text=label, details=details)
        ends = details.get("retracts") or details.get("slot") == CORRECTS
        if ends and not self.statements.ended_by(user_id, stated):
            raise NotFoundError(f"{user_id!r} has said nothing of {label!r} that is in force: there is nothing to end")
        return stated

    def _append(self, edit: Edit, based_on: int | None) -> Edit:
        self.edits.append(edit, based_on)
        self.save_edits(edit.user_id, "edit")
        return edit

    def _now(self, user_id: str) -> datetime:
        """Return the clock's time, but never a time before the user's last edit: a clock that was set back must not reorder edits."""
        edits = self.edits.for_user(user_id)
        return max([self.clock.now(), *(edit.at for edit in edits[-1:])])


def adds(action: str, node: str, text: str | None = None) -> bool:
    """Return whether an edit adds to a profile or strengthens something in it. Other edits remove, weaken or correct."""
    if action == "state":
        return not _statement_details(_words(text), node).get("retracts")
    return action in ("pin", "unmute")


def zone_of(edits: Edits, user_id: str, default: str) -> tzinfo:
    """Return the time zone in which dates are shown to a user: their own, or `default`. Raises `UsageError` for an invalid `default`."""
    own = edits.attribute(user_id, ZONE)
    try:
        return zone_named(own or default)
    except UsageError:
        if own is None:
            raise
        return zone_named(default)  # an imported record may name a zone that is unknown here


def find(profile: Profile, node: str) -> Interest:
    """Return the node with this id, label or path (labels joined by ` > `). If nested nodes share a name, the outermost is returned.

    Raises `NotFoundError`, and `UsageError` if several separate nodes match.
    """
    wanted = tuple(part.strip().casefold() for part in node.split(">"))
    nodes = list(profile.walk())
    fits = [candidate for candidate in nodes if candidate.id == node]
    fits = fits or [candidate for candidate in nodes if tuple(part.casefold() for part in candidate.path) == wanted]
    fits = fits or [candidate for candidate in nodes if (candidate.label.casefold(),) == wanted]
    if not fits:
        cure = Cure(("profile", "show", profile.user_id), "lists ids and labels", "get_profile lists them")
        raise NotFoundError(remark("no_interest", user=repr(profile.user_id), node=repr(node)), cure)
    outer = [candidate for candidate in fits if not any(_lies_in(candidate, other) for other in fits)]
    if len(outer) > 1:
        known = "; ".join(f"{' > '.join(candidate.path)} ({candidate.id})" for candidate in outer[:5])
        raise UsageError(f"several interests are called {node!r}: name one by its path or id: {known}")
    return outer[0]


def find_in_any_language(reader: "ProfileReader", user_id: str, node: str) -> Interest:
    """Return the node that `find` finds, by its labels in the current language, or else in any other language in which it may have been
    shown.
    """
    profile = reader.profile(user_id)
    try:
        return find(profile, node)
    except NotFoundError:
        for language in get_args(Language):
            with suppress(NotFoundError):
                return find(profile, find(reader.profile(user_id, language=language), node).id)
        raise


def _lies_in(node: Interest, other: Interest) -> bool:
    return len(other.path) < len(node.path) and node.path[: len(other.path)] == other.path


def _words(text: str | None) -> str:
    return (text or "like").strip()


def _statement_details(words: str, *labels: str) -> dict[str, Any]:
    """Return the polarity expressed by `words`; for a sentence also the sentence and the fields that the statement detector reads from
    it. `labels`: the label of the interest, which may be in another language than the sentence, and the name the user gave.

    A sentence that expresses neither liking nor dislike counts as a liking. Raises `UsageError` for a single word that is no stance.
    """
    if known := _STANCES.get(words.casefold()):
        return {"polarity": known}
    if words.isascii() and len(words.split()) < 2:
        raise UsageError(f"{words!r} is not a stance: use like or dislike, or write a sentence")
    found = StatementDetector().detect(words)
    standing = [each for each in found if not each.retracts]
    named = [each for each in found if each.subject.casefold() in {label.casefold() for label in labels}]
    part = [each for each in standing if any(within(each.subject, label) for label in labels)]
    read = next(iter(named or part), None)
    if read is None:
        return {"polarity": next((each.polarity for each in standing if each.polarity), "like")}
    polarity = read.polarity or (None if read.kind == "fact" or read.slot == "diet" else "like")
    return {"span": masked(words), **{name: getattr(read, name) for name in _READ}, "polarity": polarity}


def _label(text: str) -> str:
    label = " ".join(storable(text).split())
    if not 0 < len(label) <= MAX_LABEL:
        raise UsageError(f"a label has 1 to {MAX_LABEL} characters, not {len(label)}")
    return label
