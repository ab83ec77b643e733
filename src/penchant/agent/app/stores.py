"""Everything an installation stores, each part built once, on first use, from the settings; and the life cycle of parts."""

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar, overload

from penchant.settings import Settings
from penchant.store.access_tokens import AccessTokens
from penchant.store.audit import AuditLog
from penchant.store.caches import Caches
from penchant.store.clock import Clock, SystemClock
from penchant.store.consents import Consents
from penchant.store.database import Database
from penchant.store.documents import Documents
from penchant.store.edits import Edits
from penchant.store.erasures import Erasures
from penchant.store.event import DEFAULT_WEIGHTS
from penchant.store.idempotency import IdempotencyKeys
from penchant.store.jobs import Jobs
from penchant.store.keys import Keyring
from penchant.store.private_files import private_folder
from penchant.store.profiles import Profiles
from penchant.store.readings import Readings
from penchant.store.recommendations import Recommendations
from penchant.store.revisions import Revisions
from penchant.store.statements import Statements
from penchant.store.tenants import Tenants
from penchant.store.usage import UsageLog
from penchant.store.webhooks import Webhooks

if TYPE_CHECKING:
    from penchant.agent.llm.model import LanguageModel
    from penchant.store.catalogue import Catalogue
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.ledger import Ledger
    from penchant.store.user_records import UserRecords


Owner = TypeVar("Owner", bound="Stores")
T = TypeVar("T")


class Closeable(Protocol):
    """Anything with a `close` method."""

    def close(self) -> None: ...


class built_once(Generic[Owner, T]):
    """A property that is computed on first use, under the object's lock, so that all threads share one part."""

    def __init__(self, build: Callable[[Owner], T]) -> None:
        self.build = build
        self.name = build.__name__
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: Owner, kind: type) -> T: ...
    def __get__(self, owner: "Owner | None", kind: type) -> "T | Self":
        if owner is None:
            return self
        if self.name not in owner.built:
            with owner.lock:
                owner.enter()
                if self.name not in owner.built:
                    owner.built[self.name] = self.build(owner)
        built: T = owner.built[self.name]
        return built


class Stores:
    """Everything that is stored, and the life cycle of every part.

    `clock`, `embedder` and `model` may be given; everything else follows from the settings.

    `given`: further parts by name, used in place of those that would be built.
    `enter`: called before the first part is built; what it returns is closed after the last part.
    `built`: the parts that have been built so far, by name, in the order of building.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        embedder: "Embedder | None" = None,
        model: "LanguageModel | None" = None,
        given: Mapping[str, Any] | None = None,
        enter: "Callable[[], Closeable] | None" = None,
    ) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        self.lock = threading.RLock()
        self.given_model = model
        self._enter = enter
        self._entered: Closeable | None = None
        self._given = dict(given or {})
        if embedder is not None:
            self._given |= dict.fromkeys(("bare_embedder", "embedder", "item_embedder"), embedder)
        self.built: dict[str, Any] = dict(self._given)

    def close(self) -> None:
        """Close connections, files, threads and models, the newest part first.

        A part that is used afterwards is built again.
        """
        with self.lock:
            parts, self.built = self.built, dict(self._given)
        for part in reversed([part for name, part in parts.items() if name not in self._given]):
            close = getattr(part, "close", None)
            if close is not None:
                close()
        with self.lock:
            entered, self._entered = self._entered, None
        if entered is not None:
            entered.close()

    def enter(self) -> None:
        """Call the given `enter` once, before any part is used. Raises what it raises."""
        if self._entered is None and self._enter is not None:
            self._entered = self._enter()

    @property
    def event_weights(self) -> dict[str, float]:
        """The signed weight of each event type: the documented defaults, overridden by the settings."""
        return DEFAULT_WEIGHTS | self.settings.event_weights

    # What is stored

    @built_once
    def database(self) -> Database:
        private_folder(self.settings.home)
        store, keyring = self.settings.store, self.keyring
        if store.url:
            return Database.open(store.url, store.pg_schema, keyring)
        return Database.in_file(self.settings.database_path, keyring)

    @built_once
    def keyring(self) -> "Keyring":
        return Keyring(self.settings.store.key_file or self.settings.home / "keys.json")

    @built_once
    def erasures(self) -> Erasures:
        return Erasures(self.database, self.clock)

    @built_once
    def consents(self) -> Consents:
        return Consents(self.database, default=self.settings.consent.default == "granted")

    @built_once
    def ledger(self) -> "Ledger":
        from penchant.store.ledger import Ledger

        return Ledger(self.database, self.consents)

    @built_once
    def profiles(self) -> Profiles:
        return Profiles(self.database, self.clock)

    @built_once
    def edits(self) -> Edits:
        return Edits(self.database)

    @built_once
    def statements(self) -> Statements:
        return Statements(self.database)

    @built_once
    def readings(self) -> Readings:
        return Readings(self.database)

    @built_once
    def documents(self) -> Documents:
        return Documents(self.database, self.clock)

    @built_once
    def user_records(self) -> "UserRecords":
        from penchant.store.user_records import UserRecords

        return UserRecords(
            database=self.database,
            ledger=self.ledger,
            profiles=self.profiles,
            edits=self.edits,
            statements=self.statements,
            readings=self.readings,
            documents=self.documents,
            erasures=self.erasures,
        )

    @built_once
    def recommendations(self) -> Recommendations:
        return Recommendations(self.database)

    @built_once
    def usage(self) -> UsageLog:
        return UsageLog(self.database)

    @built_once
    def access_tokens(self) -> AccessTokens:
        return AccessTokens(self.database, self.clock)

    @built_once
    def tenants(self) -> Tenants:
        return Tenants(self.database, self.clock)

    @built_once
    def webhooks(self) -> Webhooks:
        return Webhooks(self.database, self.clock)

    @built_once
    def jobs(self) -> Jobs:
        return Jobs(self.database, self.clock)

    @built_once
    def idempotency_keys(self) -> IdempotencyKeys:
        return IdempotencyKeys(self.database, self.clock)

    @built_once
    def audit_log(self) -> AuditLog:
        return AuditLog(self.database, self.clock)

    @built_once
    def revisions(self) -> Revisions:
        return Revisions(self.database)

    @built_once
    def caches(self) -> Caches:
        return Caches(self.revisions)

    @built_once
    def bare_embedder(self) -> "Embedder":
        """The embedder without a cache."""
        from penchant.store.embedders import open_embedder

        return open_embedder(self.settings)

    @built_once
    def embedder(self) -> "Embedder":
        """The embedder for users' texts: its cache is cleared whenever a user is erased."""
        from penchant.store.embedders import CachedEmbedder

        return CachedEmbedder(self.bare_embedder, self.settings.home / "words.db", self.erasures.nobody_erased)

    @built_once
    def item_embedder(self) -> "Embedder":
        """The embedder for the catalogue: its cache outlives the index."""
        from penchant.store.embedders import CachedEmbedder

        return CachedEmbedder(self.bare_embedder, self.settings.home / "vectors.db")

    @built_once
    def catalogue(self) -> "Catalogue":
        from penchant.store.catalogue import Catalogue
        from penchant.store.documents import IDS_IN_FORM

        catalogue = Catalogue.open(self.settings, self.item_embedder, self.revisions)
        ids = self.documents.get(IDS_IN_FORM)
        if ids is not None and "catalogue" not in ids:  # a store of an older version, seen for the first time
            self.documents.put(IDS_IN_FORM, ids | {"catalogue": catalogue.bring_ids_into_form()})
        return catalogue
