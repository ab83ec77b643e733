"""Checks of a user's consent, each made in one place before the work is done.

`profile` is checked where events come in and where they are folded, `recommend` where a profile is used, `llm` by the wrapper around
the only language model.
"""

import shlex
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from penchant.agent.llm.model import LanguageModel
from penchant.agent.llm.streams import Stream
from penchant.agent.llm.wrapper import Answer, Call, WrapperModel
from penchant.errors import ConsentError, ModelRefused, UsageError
from penchant.prompts.remarks import remark
from penchant.store.consents import PURPOSES, Consent, Consents, Purpose
from penchant.store.identifiers import id_argument
from penchant.store.receipt import Degraded

if TYPE_CHECKING:
    from penchant.store.clock import Clock


class PurposeStanding(BaseModel):
    """Whether one purpose is granted. `since`: when the user last granted or revoked it; None where the default holds."""

    purpose: str
    granted: bool
    since: datetime | None
    meaning: str


class ConsentRecord(BaseModel):
    """The current consents of a user and their history, as `consent USER show` prints them."""

    user_id: str
    purposes: list[PurposeStanding]
    history: list[dict[str, Any]]


class Permissions:
    """Checks the consent log for an installation. Thread-safe."""

    def __init__(
        self, consents: Consents, clock: "Clock", *, embeds_remotely: bool, unlearn: Callable[[str], None]
    ) -> None:
        """`embeds_remotely`: whether embedding sends words to a server. `unlearn`: called with the id of a user who revokes `profile`."""
        self.consents, self.clock = consents, clock
        self._embeds_remotely, self._unlearn = embeds_remotely, unlearn

    def allows(self, user_id: str, purpose: Purpose) -> bool:
        """Return whether the user allows this purpose now."""
        return self.consents.allows(user_id, purpose)

    def require(self, user_id: str, purpose: Purpose, words: str | None = None) -> None:
        """Raise `ConsentError` unless the user allows the purpose and, if `words` of theirs are given, the embedding of those."""
        if not self.allows(user_id, purpose):
            raise ConsentError(_withheld(user_id, purpose))
        if words:
            self.require_words(user_id)

    def require_words(self, user_id: str) -> None:
        """Raise `ConsentError` if embedding the user's own words would send them to a server without the user's consent."""
        if self._embeds_remotely and not self.allows(user_id, "llm"):
            raise ConsentError(_withheld_words(user_id))

    def refuses_learning(self, users: Sequence[str]) -> dict[str, Degraded]:
        """Return those of `users` from whom nothing may be learnt, each with the note for the receipt."""
        profile, llm = self.consents.refuses("profile"), self.consents.refuses("llm")
        notes = {user: _withheld(user, "profile") for user in users if profile(user)}
        if self._embeds_remotely:
            notes = {user: _withheld_words(user) for user in users if llm(user)} | notes
        return {user: Degraded(step="consent", reason=reason) for user, reason in notes.items()}

    def grant(self, user_id: str, *purposes: str) -> ConsentRecord:
        """Record that the user allows these purposes (none named: all). Raises `UsageError`."""
        self._record(user_id, _known(purposes), granted=True)
        return self.show(user_id)

    def revoke(self, user_id: str, *purposes: str) -> ConsentRecord:
        """Record that the user no longer allows these purposes (none named: all). Raises `UsageError`.

        Without `profile`, lists of other users must not rest on this user any longer: the item models and the population are learnt
        anew.
        """
        named = _known(purposes)
        self._record(user_id, named, granted=False)
        if "profile" in named:
            self._unlearn(user_id)
        return self.show(user_id)

    def show(self, user_id: str) -> ConsentRecord:
        """Return the user's current consents and their history."""
        standing, history = self.consents.standing(user_id), self.consents.history(user_id)
        purposes = [self._standing(purpose, standing.get(purpose)) for purpose in get_args(Purpose)]
        return ConsentRecord(user_id=user_id, purposes=purposes, history=[entry._asdict() for entry in history])

    def _record(self, user_id: str, purposes: Sequence[Purpose], *, granted: bool) -> None:
        for purpose in purposes:
            self.consents.record(id_argument(user_id), purpose, granted=granted, at=self.clock.now())

    def _standing(self, purpose: Purpose, latest: Consent | None) -> PurposeStanding:
        granted, since = (latest.granted, latest.at) if latest else (self.consents.default, None)
        return PurposeStanding(purpose=purpose, granted=granted, since=since, meaning=PURPOSES[purpose])


class ConsentingModel(WrapperModel):
    """A model wrapper that raises `ModelRefused` for a user who does not allow a language model, so that rules take over."""

    def __init__(self, model: LanguageModel, permissions: Permissions) -> None:
        super().__init__(model)
        self.permissions = permissions

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        self._require(call.user_id)
        return ask()

    def pieces(self, call: Call, opened: Callable[[], Stream]) -> Stream:
        self._require(call.user_id)
        return (yield from opened())

    def _require(self, user_id: str | None) -> None:
        if user_id is not None and not self.permissions.allows(user_id, "llm"):
            raise ModelRefused(_withheld(user_id, "llm"))


def _known(purposes: Sequence[str]) -> list[Purpose]:
    for purpose in purposes:
        if purpose not in PURPOSES:
            raise UsageError(f"unknown purpose {purpose!r}: use one of {', '.join(PURPOSES)}")
    return [purpose for purpose in PURPOSES if not purposes or purpose in purposes]


def _withheld(user_id: str, purpose: Purpose) -> str:
    command = shlex.join(("penchant", "consent", user_id, "grant", purpose))
    return remark(
        "not_allowed_cure", user=repr(user_id), purpose=repr(purpose), meaning=PURPOSES[purpose], command=f"`{command}`"
    )


def _withheld_words(user_id: str) -> str:
    setting = "PENCHANT_EMBEDDING__PROVIDER=minilm"
    return remark("or_embed_here", withheld=_withheld(user_id, "llm"), setting=setting)
