"""The consents of users: every grant and every revocation, with its time."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import bindparam, select

from penchant.store.database import Database
from penchant.store.erasures import refuse_erased
from penchant.store.revisions import raise_revisions
from penchant.store.schema import consents

Purpose = Literal["profile", "recommend", "llm"]
PURPOSES: dict[Purpose, str] = {
    "profile": "store behaviour and learn interests from it",
    "recommend": "use the profile: recommendations, explanations, context for a chat, reports",
    "llm": "let a language model read behaviour or messages, and send the user's words to an embedding server",
}


#: Built once, because it runs before every operation for a user.
_HISTORY = (
    select(consents.c.purpose, consents.c.granted, consents.c.at)
    .where(consents.c.user_id == bindparam("whose"))
    .order_by(consents.c.seq)
)


class Consent(NamedTuple):
    """A purpose, whether it is allowed, and when the user said so."""

    purpose: str
    granted: bool
    at: datetime


class Consents:
    """The consent log.

    `default`: whether a purpose is allowed that the user has neither granted nor revoked. Thread-safe.
    """

    def __init__(self, database: Database, *, default: bool = True) -> None:
        self.database, self.default = database, default

    def record(self, user_id: str, purpose: Purpose, *, granted: bool, at: datetime) -> None:
        """Store that the user has granted or revoked a purpose. Raises `ErasedError`."""
        values = {"user_id": user_id, "purpose": purpose, "granted": granted, "at": at}
        with self.database.write_in_turn() as connection:
            refuse_erased(connection, self.database, user_id)
            answers = [
                row.granted for row in connection.execute(_HISTORY, {"whose": user_id}) if row.purpose == purpose
            ]
            connection.execute(self.database.insert(consents), values)
            if purpose == "profile" and granted != (answers[-1] if answers else self.default):
                raise_revisions(connection, self.database, "people")

    def history(self, user_id: str) -> list[Consent]:
        """Return all grants and revocations of the user, in the order they were recorded, whatever the clock said."""
        with self.database.read() as connection:
            return [Consent._make(row) for row in connection.execute(_HISTORY, {"whose": user_id})]

    def standing(self, user_id: str) -> dict[str, Consent]:
        """Return the consents in force, by purpose. A purpose that the user has neither granted nor revoked is absent."""
        return {consent.purpose: consent for consent in self.history(user_id)}

    def allows(self, user_id: str, purpose: Purpose) -> bool:
        """Return whether this purpose is allowed for this user now."""
        consent = self.standing(user_id).get(purpose)
        return self.default if consent is None else consent.granted

    def refuses(self, purpose: Purpose) -> Callable[[str], bool]:
        """Return a function that tells whether a user does *not* allow this purpose, as of now.

        One query, however many users are checked.
        """
        query = select(consents.c.user_id, consents.c.granted).where(consents.c.purpose == purpose)
        with self.database.read() as connection:
            granted = dict(connection.execute(query.order_by(consents.c.seq)).all())
        return lambda user_id: not granted.get(user_id, self.default)
