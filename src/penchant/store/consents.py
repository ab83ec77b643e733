"""What each user has allowed, and since when: every grant and revocation is kept."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from penchant.store.database import Database
from penchant.store.schema import consents


class Consent(NamedTuple):
    """A purpose, whether it is allowed, and when that was said."""

    purpose: str
    granted: bool
    at: datetime


class Consents:
    """The consent log. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def record(self, user_id: str, purpose: str, *, granted: bool, at: datetime) -> None:
        """Write down that the user has granted or revoked a purpose."""
        values = {"user_id": user_id, "purpose": purpose, "granted": granted, "at": at}
        with self.database.write_in_turn() as connection:
            connection.execute(self.database.insert(consents), values)

    def history(self, user_id: str) -> list[Consent]:
        """Everything the user has said about it, oldest first."""
        query = select(consents.c.purpose, consents.c.granted, consents.c.at).where(consents.c.user_id == user_id)
        with self.database.read() as connection:
            return [Consent._make(row) for row in connection.execute(query.order_by(consents.c.at, consents.c.seq))]

    def standing(self, user_id: str) -> dict[str, Consent]:
        """What stands now, by purpose; a purpose the user never spoke of is absent."""
        return {said.purpose: said for said in self.history(user_id)}
