"""Recorded readings of groups of behaviour: their names and who gave them.

With them a replay gives the same names without a model.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from penchant.store.clock import Clock, SystemClock
from penchant.store.database import LOOKUP, Database, chunks
from penchant.store.erasures import erased_among
from penchant.store.revisions import raise_revisions
from penchant.store.schema import names

Reading = dict[str, Any]


#: Built once, because it runs for every list and every read of a profile.
_READINGS = select(names.c.key, names.c.reading).where(
    names.c.language == bindparam("of_language"), names.c.key.in_(bindparam("keys", expanding=True))
)


class NamedByRule(NamedTuple):
    """A reading by rule that no language model has replaced yet."""

    language: str
    key: str
    reading: Reading
    owner: str | None


class Names:
    """Readings by language and group key. A model's reading replaces a rule's, never the other way round. Thread-safe."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or SystemClock()

    def get(self, keys: Iterable[str], language: str) -> dict[str, Reading]:
        """Return the readings of these groups, by key; groups without one are absent."""
        found: dict[str, Reading] = {}
        with self.database.read() as connection:
            for some in chunks(keys, LOOKUP):
                found |= dict(connection.execute(_READINGS, {"of_language": language, "keys": some}).all())
        return found

    def put(
        self,
        language: str,
        readings: Mapping[str, Reading],
        *,
        source: str,
        model: str | None = None,
        owner: str | None = None,
    ) -> None:
        """Record readings by key.

        `source` is `rule` or `llm`. `owner`: the user whose own words were read; their readings are erased with them,
        and not stored if they have been erased since the work began.
        """
        if not readings:
            return
        insert = self.database.insert(names)
        columns = ("reading", "source", "model", "owner", "recorded_at")
        upsert = insert.on_conflict_do_update(
            index_elements=["language", "key"],
            set_={column: insert.excluded[column] for column in columns},
            where=or_(names.c.source == "rule", insert.excluded.source != "rule"),
        )
        common = {
            "language": language,
            "source": source,
            "model": model,
            "owner": owner,
            "recorded_at": self.clock.now(),
        }
        with self.database.write() as connection:
            if owner is not None and erased_among(connection, self.database, [owner]):
                return
            # sorted: all writers lock rows in the same order, so that they cannot deadlock
            connection.execute(upsert, [common | {"key": key, "reading": readings[key]} for key in sorted(readings)])
            raise_revisions(connection, self.database, "names")

    def by_rule(self, limit: int, language: str | None = None) -> list[NamedByRule]:
        """Return groups that are still named by rule, to be offered to a language model again."""
        query = select(names.c.language, names.c.key, names.c.reading, names.c.owner).where(names.c.source == "rule")
        if language is not None:
            query = query.where(names.c.language == language)
        with self.database.read() as connection:
            rows = connection.execute(query.order_by(names.c.language, names.c.key).limit(limit))
            return [NamedByRule(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """Return the number of readings by source."""
        with self.database.read() as connection:
            query = select(names.c.source, func.count()).group_by(names.c.source).order_by(names.c.source)
            return dict(connection.execute(query).all())
