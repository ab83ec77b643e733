"""Recorded readings: what a group of behaviour was called, and by whom, so that a replay needs no model and gives the same names."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from penchant.store.clock import Clock, SystemClock
from penchant.store.database import LOOKUP, Database, chunks
from penchant.store.erasures import erased_among
from penchant.store.revisions import raise_revisions
from penchant.store.schema import names

Reading = dict[str, Any]


#: Written out once: read for every list and every look at a profile.
_READINGS = select(names.c.key, names.c.reading).where(
    names.c.language == bindparam("of_language"), names.c.key.in_(bindparam("keys", expanding=True))
)


class NamedByRule(NamedTuple):
    """A reading that no language model has made yet."""

    language: str
    key: str
    reading: Reading
    owner: str | None


class Names:
    """Readings by language and group key. A rule's reading gives way to a model's, never the other way round. Thread-safe."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or SystemClock()

    def get(self, keys: Iterable[str], language: str) -> dict[str, Reading]:
        """The readings recorded for these groups; groups without one are left out."""
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
        """Record readings by key. `source` is `rule` or `llm`; `owner` is the user whose own words were read (erased with them,
        and left out if they have been since the work began)."""
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
        with (
            self.database.write() as connection
        ):  # sorted: two writers take the rows in one order, so neither waits for ever
            if owner is not None and erased_among(connection, self.database, [owner]):
                return
            connection.execute(upsert, [common | {"key": key, "reading": readings[key]} for key in sorted(readings)])
            raise_revisions(connection, self.database, "names")

    def by_rule(self, limit: int, language: str | None = None) -> list[NamedByRule]:
        """Groups still named by rule, to be offered to a language model again."""
        query = select(names.c.language, names.c.key, names.c.reading, names.c.owner).where(names.c.source == "rule")
        if language is not None:
            query = query.where(names.c.language == language)
        with self.database.read() as connection:
            rows = connection.execute(query.order_by(names.c.language, names.c.key).limit(limit))
            return [NamedByRule(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many readings there are, by source."""
        with self.database.read() as connection:
            query = select(names.c.source, func.count()).group_by(names.c.source).order_by(names.c.source)
            return dict(connection.execute(query).all())
