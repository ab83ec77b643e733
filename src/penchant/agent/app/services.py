"""Everything an installation is made of, built and wired here and nowhere else: each part once, on first use, from the settings.

Start-up stays quick because a part that is not asked for is never loaded: counting items loads no language model. Every part takes what it
uses through its constructor; only the facade (`InterestAgent`) holds the services themselves.
"""

import threading
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar, overload

from penchant.settings import Settings
from penchant.store.clock import Clock, SystemClock
from penchant.store.event import DEFAULT_WEIGHTS
from penchant.store.private_files import private_folder

if TYPE_CHECKING:
    from penchant.agent.app.erasure import Eraser
    from penchant.agent.app.taxonomy_view import TaxonomyView
    from penchant.agent.llm.model import LanguageModel
    from penchant.agent.privacy.consent import Permissions
    from penchant.agent.profiles.cache import ProfileCache
    from penchant.agent.profiles.folding import Folding
    from penchant.agent.profiles.reader import ProfileReader
    from penchant.agent.profiles.updater import Updater
    from penchant.agent.profiles.words import WordPlacer
    from penchant.agent.recommend.catalogue_lists import CatalogueLists
    from penchant.agent.recommend.model_store import ModelStore
    from penchant.agent.recommend.recommender import Recommender
    from penchant.agent.statements.book import StatementBook
    from penchant.agent.statements.detection import StatementListener
    from penchant.agent.taxonomy.placement import Placement
    from penchant.agent.taxonomy.reader import TaxonomyReader
    from penchant.agent.taxonomy.service import TaxonomyService
    from penchant.prompts.vocabulary import Vocabulary
    from penchant.store.access_tokens import AccessTokens
    from penchant.store.audit import AuditLog
    from penchant.store.caches import Caches
    from penchant.store.catalogue import Catalogue
    from penchant.store.consents import Consents
    from penchant.store.database import Database
    from penchant.store.documents import Documents
    from penchant.store.edits import Edits
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.erasures import Erasures
    from penchant.store.idempotency import IdempotencyKeys
    from penchant.store.jobs import Jobs
    from penchant.store.ledger import Ledger
    from penchant.store.profiles import Profiles
    from penchant.store.recommendations import Recommendations
    from penchant.store.revisions import Revisions
    from penchant.store.statements import Statements
    from penchant.store.tenants import Tenants
    from penchant.store.usage import UsageLog

T = TypeVar("T")


class Closeable(Protocol):
    """What can be given back."""

    def close(self) -> None: ...


class built_once(Generic[T]):
    """A property computed on first use, under the object's lock, so that threads share one part."""

    def __init__(self, build: Callable[["Services"], T]) -> None:
        self.build = build
        self.name = build.__name__
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: "Services", kind: type) -> T: ...
    def __get__(self, owner: "Services | None", kind: type) -> "T | Self":
        if owner is None:
            return self
        if self.name not in owner.built:
            with owner.lock:
                owner.enter()
                if self.name not in owner.built:
                    owner.built[self.name] = self.build(owner)
        built: T = owner.built[self.name]
        return built


class Services:
    """The parts of one installation. `clock`, `embedder` and `model` may be given; everything else follows from the settings.

    `given`: other parts by name, to be used in place of those that would be built.
    `enter`: called before the first part is built; what it returns is closed after the last one.
    `built`: what has been built so far, by name, in the order in which it was built.
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
        """Give back connections, files, threads and memory, the newest part first. What is asked for afterwards is built anew."""
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
        """Do what has to be done before any part is used. Raises what `enter` raises."""
        if self._entered is None and self._enter is not None:
            self._entered = self._enter()

    @property
    def event_weights(self) -> dict[str, float]:
        """Signed weight per event type: the documented defaults under the configured ones."""
        return DEFAULT_WEIGHTS | self.settings.event_weights

    # What is stored

    @built_once
    def database(self) -> "Database":
        from penchant.store.database import Database

        private_folder(self.settings.home)
        store = self.settings.store
        return Database.open(store.url, store.pg_schema) if store.url else Database.in_file(self.settings.database_path)

    @built_once
    def erasures(self) -> "Erasures":
        from penchant.store.erasures import Erasures

        return Erasures(self.database, self.clock)

    @built_once
    def consents(self) -> "Consents":
        from penchant.store.consents import Consents

        return Consents(self.database, default=self.settings.consent.default == "granted")

    @built_once
    def ledger(self) -> "Ledger":
        from penchant.store.ledger import Ledger

        return Ledger(self.database, self.consents)

    @built_once
    def profiles(self) -> "Profiles":
        from penchant.store.profiles import Profiles

        return Profiles(self.database, self.clock)

    @built_once
    def edits(self) -> "Edits":
        from penchant.store.edits import Edits

        return Edits(self.database)

    @built_once
    def documents(self) -> "Documents":
        from penchant.store.documents import Documents

        return Documents(self.database, self.clock)

    @built_once
    def recommendations(self) -> "Recommendations":
        from penchant.store.recommendations import Recommendations

        return Recommendations(self.database)

    @built_once
    def usage(self) -> "UsageLog":
        from penchant.store.usage import UsageLog

        return UsageLog(self.database)

    @built_once
    def access_tokens(self) -> "AccessTokens":
        from penchant.store.access_tokens import AccessTokens

        return AccessTokens(self.database, self.clock)

    @built_once
    def tenants(self) -> "Tenants":
        from penchant.store.tenants import Tenants

        return Tenants(self.database, self.clock)

    @built_once
    def jobs(self) -> "Jobs":
        from penchant.store.jobs import Jobs

        return Jobs(self.database, self.clock)

    @built_once
    def idempotency_keys(self) -> "IdempotencyKeys":
        from penchant.store.idempotency import IdempotencyKeys

        return IdempotencyKeys(self.database, self.clock)

    @built_once
    def audit_log(self) -> "AuditLog":
        from penchant.store.audit import AuditLog

        return AuditLog(self.database, self.clock)

    @built_once
    def revisions(self) -> "Revisions":
        from penchant.store.revisions import Revisions

        return Revisions(self.database)

    @built_once
    def caches(self) -> "Caches":
        from penchant.store.caches import Caches

        return Caches(self.revisions)

    @built_once
    def bare_embedder(self) -> "Embedder":
        """The embedder without a memory."""
        from penchant.store.embedders import open_embedder

        return open_embedder(self.settings)

    @built_once
    def embedder(self) -> "Embedder":
        """For the words of people: what it remembers is forgotten whenever somebody is erased."""
        from penchant.store.embedders import CachedEmbedder

        return CachedEmbedder(self.bare_embedder, self.settings.home / "words.db", self.erasures.undisturbed)

    @built_once
    def item_embedder(self) -> "Embedder":
        """For the catalogue: what it remembers outlives the index."""
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

    # What reads and names

    @built_once
    def vocabulary(self) -> "Vocabulary":
        from penchant.prompts.vocabulary import Vocabulary

        return Vocabulary.load(self.settings.vocabulary)

    @built_once
    def placement(self) -> "Placement":
        from penchant.agent.taxonomy.placement import Placement

        return Placement(self.vocabulary, self.embedder, catalogue=lambda: self.catalogue.matrix()[1])

    @built_once
    def permissions(self) -> "Permissions":
        from penchant.agent.privacy.consent import Permissions

        words_leave = self.settings.embedding.provider == "openai"
        return Permissions(self.consents, self.clock, words_leave=words_leave, unlearn=self._unlearn)

    def _unlearn(self, user_id: str) -> None:
        """What others are shown must not rest on this user any longer: models of items and the population are learnt anew."""
        if self.ledger.count(user_id):
            self.model_store.forget()
            self.updater.learn_population()

    @built_once
    def bare_model(self) -> "LanguageModel | None":
        """The model that the settings ask for, as it is."""
        from penchant.agent.llm.factory import open_model

        return open_model(self.settings, memory=self.documents)

    @built_once
    def model(self) -> "LanguageModel | None":
        """The given one, or the one that the settings ask for: metered, and asked only for those who allow it."""
        from penchant.agent.llm.wrapper import MeteredModel
        from penchant.agent.privacy.consent import ConsentingModel

        model = self.given_model or self.bare_model
        return None if model is None else ConsentingModel(MeteredModel(model, self.usage, self.clock), self.permissions)

    @property
    def model_name(self) -> str | None:
        """Who reads and names, for the record."""
        return self.model.profile.model if self.model else None

    @built_once
    def taxonomies(self) -> "TaxonomyService":
        from penchant.agent.taxonomy.repository import TaxonomyStore
        from penchant.agent.taxonomy.service import TaxonomyService
        from penchant.store.taxonomies import Taxonomies

        return TaxonomyService(
            store=TaxonomyStore(Taxonomies(self.database)),
            catalogue=self.catalogue,
            vocabulary=self.vocabulary,
            embedder=self.item_embedder,
            ledger=self.ledger,
            documents=self.documents,
            clock=self.clock,
            labeler=self.taxonomy_reader,
        )

    @built_once
    def taxonomy_view(self) -> "TaxonomyView":
        from penchant.agent.app.taxonomy_view import TaxonomyView

        return TaxonomyView(self.taxonomies, self.catalogue, self.documents)

    @built_once
    def taxonomy_reader(self) -> "TaxonomyReader | None":
        """Has the model name the catalogue's themes; None without a model."""
        from penchant.agent.taxonomy.reader import TaxonomyReader

        if self.model is None:
            return None
        return TaxonomyReader(
            self.model,
            self.vocabulary,
            self.item_embedder,
            max_tokens=self.settings.taxonomy.max_tokens,
            language=self.settings.lang,
            max_in_flight=self.settings.llm.max_in_flight,
            prompts=self.settings.prompts,
        )

    @built_once
    def words(self) -> "WordPlacer":
        from penchant.agent.profiles.words import WordPlacer

        return WordPlacer(self.placement, self.embedder)

    # What people say of themselves

    @built_once
    def statements(self) -> "Statements":
        from penchant.store.statements import Statements

        return Statements(self.database)

    @built_once
    def statement_book(self) -> "StatementBook":
        from penchant.agent.statements.book import StatementBook

        return StatementBook(self.statements, self.edits, self.vocabulary, self.clock)

    @built_once
    def listener(self) -> "StatementListener":
        from penchant.agent.statements.detection import StatementDetector, StatementListener

        detector = StatementDetector(self.embedder.embed, self.embedder.name)
        return StatementListener(detector, self.place_words, self.statements)

    def place_words(self, texts: Collection[str]) -> Mapping[str, str | None]:
        """The id of the topic or subtopic that each text is surely about, or None."""
        return self.words.place_in(self.taxonomies.current(), texts)

    # What is decided

    @built_once
    def profile_cache(self) -> "ProfileCache":
        from penchant.agent.profiles.cache import ProfileCache

        return ProfileCache()

    @built_once
    def folding(self) -> "Folding":
        from penchant.agent.profiles.folding import Folding

        return Folding(
            database=self.database,
            profiles=self.profiles,
            taxonomies=self.taxonomies,
            catalogue=self.catalogue,
            words=self.words,
            event_weights=self.event_weights,
            clock=self.clock,
        )

    @built_once
    def profile_reader(self) -> "ProfileReader":
        from penchant.agent.profiles.population import DOCUMENT
        from penchant.agent.profiles.reader import ProfileReader
        from penchant.store.profile_states import ProfileStates

        return ProfileReader(
            profiles=self.profiles,
            ledger=self.ledger,
            edits=self.edits,
            statements=self.statement_book,
            documents=self.documents,
            states=ProfileStates(self.database, DOCUMENT),
            folding=self.folding,
            taxonomies=self.taxonomies,
            words=self.words,
            permissions=self.permissions,
            cache=self.profile_cache,
            clock=self.clock,
            language=self.settings.lang,
        )

    @built_once
    def updater(self) -> "Updater":
        from penchant.agent.profiles.updater import Updater

        return Updater(
            database=self.database,
            ledger=self.ledger,
            profiles=self.profiles,
            edits=self.edits,
            documents=self.documents,
            consents=self.consents,
            erasures=self.erasures,
            permissions=self.permissions,
            taxonomies=self.taxonomies,
            folding=self.folding,
            reader=self.profile_reader,
            listener=lambda: self.listener,
            statements=self.statements,
            clock=self.clock,
        )

    @built_once
    def model_store(self) -> "ModelStore":
        from penchant.agent.recommend.model_store import FOLDER, ModelStore

        return ModelStore(self.ledger, self.catalogue, self.settings.home / FOLDER, self.event_weights, self.caches)

    @built_once
    def recommender(self) -> "Recommender":
        from penchant.agent.recommend.explanations.llm_explainer import open_explainer
        from penchant.agent.recommend.llm_rerank import LlmReranker
        from penchant.agent.recommend.recent import LiveBehaviour
        from penchant.agent.recommend.recommender import Recommender
        from penchant.agent.recommend.strict_statements import StrictStatements

        return Recommender(
            interests=self.updater,
            ledger=self.ledger,
            catalogue=self.catalogue,
            embedder=self.embedder,
            documents=self.documents,
            recommendations=self.recommendations,
            clock=self.clock,
            settings=self.settings,
            event_weights=self.event_weights,
            model_store=self.model_store,
            newest=LiveBehaviour(self.ledger, self.event_weights, self.caches),
            explainer=open_explainer(self.model, self.settings),
            reranker=LlmReranker(self.model, self.settings) if self.model is not None else None,
            strict=StrictStatements(self.statement_book.current),
        )

    @built_once
    def catalogue_lists(self) -> "CatalogueLists":
        from penchant.agent.recommend.catalogue_lists import CatalogueLists

        return CatalogueLists(self.recommender)

    @built_once
    def eraser(self) -> "Eraser":
        from penchant.agent.app.erasure import Eraser

        return Eraser(
            home=self.settings.home,
            database=self.database,
            erasures=self.erasures,
            ledger=self.ledger,
            updater=self.updater,
            embedder=self.embedder,
            model_store=self.model_store,
            tokens=self.access_tokens,
        )
