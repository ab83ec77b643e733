"""What a user's consent means for everything that is done: asked before it is done, at one place each.

`profile` is asked where behaviour comes in and where it is folded, `recommend` where a profile is used, `llm` by the only model there is.
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
from penchant.store.consents import PURPOSES, Consent, Consents, Purpose
from penchant.store.identifiers import known_as
from penchant.store.receipt import Degraded

if TYPE_CHECKING:
    from penchant.store.clock import Clock


class PurposeStanding(BaseModel):
    """One purpose. `since`: when the user last spoke of it; None where the default holds."""

    purpose: str
    granted: bool
    since: datetime | None
    meaning: str


class ConsentRecord(BaseModel):
    """`consent USER show`: what stands, and everything that was said."""

    user_id: str
    purposes: list[PurposeStanding]
    history: list[dict[str, Any]]


class Permissions:
    """Asks the consent log on behalf of an installation. Thread-safe."""

    def __init__(
        self, consents: Consents, clock: "Clock", *, words_leave: bool, unlearn: Callable[[str], None]
    ) -> None:
        """`words_leave`: whether embedding sends words to a server; `unlearn`: called with a user who takes back `profile`."""
        self.consents, self.clock = consents, clock
        self._words_leave, self._unlearn = words_leave, unlearn

    def allows(self, user_id: str, purpose: Purpose) -> bool:
        """Whether this may be done for this user now."""
        return self.consents.allows(user_id, purpose)

    def require(self, user_id: str, purpose: Purpose, words: str | None = None) -> None:
        """Raises `ConsentError` unless the user allows it, and the embedding of these `words` of theirs if there are any."""
        if not self.allows(user_id, purpose):
            raise ConsentError(_withheld(user_id, purpose))
        if words:
            self.require_words(user_id)

    def require_words(self, user_id: str) -> None:
        """Raises `ConsentError` where embedding the user's own words would send them to a server that they have not allowed."""
        if self._words_leave and not self.allows(user_id, "llm"):
            raise ConsentError(_withheld_words(user_id))

    def against_learning(self, users: Sequence[str]) -> dict[str, Degraded]:
        """Those of `users` of whom nothing may be learnt, each with what to put into the receipt."""
        profile, llm = self.consents.barred("profile"), self.consents.barred("llm")
        notes = {user: _withheld(user, "profile") for user in users if profile(user)}
        if self._words_leave:
            notes = {user: _withheld_words(user) for user in users if llm(user)} | notes
        return {user: Degraded(step="consent", reason=reason) for user, reason in notes.items()}

    def grant(self, user_id: str, *purposes: str) -> ConsentRecord:
        """Write down that the user allows these purposes (none named: all). Raises `UsageError`."""
        self._record(user_id, _known(purposes), granted=True)
        return self.show(user_id)

    def revoke(self, user_id: str, *purposes: str) -> ConsentRecord:
        """Write down that the user no longer allows these purposes (none named: all). Raises `UsageError`.

        Without `profile`, what others are shown must not rest on this user any longer: models of items and the population are learnt anew.
        """
        named = _known(purposes)
        self._record(user_id, named, granted=False)
        if "profile" in named:
            self._unlearn(user_id)
        return self.show(user_id)

    def show(self, user_id: str) -> ConsentRecord:
        """What stands for this user, and how it came about."""
        standing, history = self.consents.standing(user_id), self.consents.history(user_id)
        purposes = [self._standing(purpose, standing.get(purpose)) for purpose in get_args(Purpose)]
        return ConsentRecord(user_id=user_id, purposes=purposes, history=[entry._asdict() for entry in history])

    def _record(self, user_id: str, purposes: Sequence[Purpose], *, granted: bool) -> None:
        for purpose in purposes:
            self.consents.record(known_as(user_id), purpose, granted=granted, at=self.clock.now())

    def _standing(self, purpose: Purpose, latest: Consent | None) -> PurposeStanding:
        granted, since = (latest.granted, latest.at) if latest else (self.consents.default, None)
        return PurposeStanding(purpose=purpose, granted=granted, since=since, meaning=PURPOSES[purpose])


class ConsentingModel(WrapperModel):
    """`model`, which refuses (`ModelRefused`) whatever is asked for a user who does not allow a language model: rules take over."""

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
    return f"user {user_id!r} has not allowed {purpose!r} ({PURPOSES[purpose]}): `{command}` allows it"


def _withheld_words(user_id: str) -> str:
    return f"{_withheld(user_id, 'llm')}; or embed on this machine: PENCHANT_EMBEDDING__PROVIDER=minilm"
