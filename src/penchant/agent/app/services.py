"""What an agent is made of: every part built once, on first use, from the settings.

Start-up stays quick because a part that is not asked for is never loaded: counting items loads no language model.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from penchant.settings import Language, Settings
from penchant.store.clock import Clock, SystemClock
from penchant.store.event import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from penchant.agent.llm.model import LanguageModel
    from penchant.agent.privacy.consent import Permissions
    from penchant.agent.profiles.cache import Kept
    from penchant.agent.profiles.readers.reader import Reader
    from penchant.agent.profiles.updater import Updater
    from penchant.agent.recommend.recommender import Recommender
    from penchant.agent.taxonomy.placement import Placement
    from penchant.prompts.vocabulary import Vocabulary
    from penchant.store.catalogue import Catalogue
    from penchant.store.consents import Consents
    from penchant.store.database import Database
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.ledger import Ledger
    from penchant.store.profiles import Profiles
    from penchant.store.recommendations import Recommendations

T = TypeVar("T")


class built_once(Generic[T]):
    """A property computed on first use, under the object's lock, so that threads share one part."""

    def __init__(self, build: Callable[["Parts"], T]) -> None:
        self.build = build
        self.name = build.__name__
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> "built_once[T]": ...
    @overload
    def __get__(self, owner: "Parts", kind: type) -> T: ...
    def __get__(self, owner: "Parts | None", kind: type) -> "T | built_once[T]":
        if owner is None:
            return self
        built = owner.__dict__.get(self.name)
        if built is None:
            with owner.lock:
                built = owner.__dict__.get(self.name)
                if built is None:
                    built = owner.__dict__[self.name] = self.build(owner)
        return built


class Parts:
    """The parts of one installation. `clock`, `embedder` and `model` may be given; everything else follows from the settings."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        embedder: "Embedder | None" = None,
        model: "LanguageModel | None" = None,
    ) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        self.lock = threading.RLock()
        if embedder is not None:
            self.__dict__["bare_embedder"] = self.__dict__["embedder"] = self.__dict__["item_embedder"] = embedder
        self._given_model = model

    def speaking(self, lang: Language) -> "Parts":
        """The same parts under another language; only what speaks is built again."""
        settings = self.settings.model_copy(update={"lang": lang})
        other = Parts(settings, clock=self.clock, model=self._given_model)
        shared = ("database", "ledger", "profiles", "embedder", "catalogue", "vocabulary", "placement", "model")
        other.__dict__.update({name: self.__dict__[name] for name in shared if name in self.__dict__})
        other.__dict__["kept"] = self.kept  # whoever is forgotten here is forgotten there
        return other

    @property
    def event_weights(self) -> dict[str, float]:
        """Signed weight per event type: the documented defaults under the configured ones."""
        return DEFAULT_WEIGHTS | self.settings.event_weights

    @built_once
    def database(self) -> "Database":
        from penchant.store.database import Database

        self.settings.home.mkdir(parents=True, exist_ok=True)
        return Database.open(self.settings.store_url)

    @built_once
    def ledger(self) -> "Ledger":
        from penchant.store.ledger import Ledger

        return Ledger(self.database, self.consents)

    @built_once
    def kept(self) -> "Kept":
        from penchant.agent.profiles.cache import Kept

        return Kept()

    @built_once
    def consents(self) -> "Consents":
        from penchant.store.consents import Consents

        return Consents(self.database, default=self.settings.consent.default == "granted")

    @built_once
    def permissions(self) -> "Permissions":
        from penchant.agent.privacy.consent import Permissions

        return Permissions(self)

    @built_once
    def profiles(self) -> "Profiles":
        from penchant.store.profiles import Profiles

        return Profiles(self.database, self.clock)

    @built_once
    def bare_embedder(self) -> "Embedder":
        """The embedder without a memory."""
        from penchant.store.embedders import open_embedder

        return open_embedder(self.settings)

    @built_once
    def embedder(self) -> "Embedder":
        """For the words of people: what it remembers is forgotten whenever somebody is erased."""
        from penchant.store.embedders import CachedEmbedder

        return CachedEmbedder(self.bare_embedder, self.settings.home / "words.db")

    @built_once
    def item_embedder(self) -> "Embedder":
        """For the catalogue: what it remembers outlives the index."""
        from penchant.store.embedders import CachedEmbedder

        return CachedEmbedder(self.bare_embedder, self.settings.home / "vectors.db")

    @built_once
    def catalogue(self) -> "Catalogue":
        from penchant.store.catalogue import Catalogue
        from penchant.store.revisions import Revisions

        return Catalogue.open(self.settings, self.item_embedder, Revisions(self.database))

    @built_once
    def vocabulary(self) -> "Vocabulary":
        from penchant.prompts.vocabulary import Vocabulary

        return Vocabulary.load(self.settings.vocabulary)

    @built_once
    def placement(self) -> "Placement":
        from penchant.agent.taxonomy.placement import Placement

        return Placement(self.vocabulary, self.embedder, catalogue=lambda: self.catalogue.matrix()[1])

    @built_once
    def model(self) -> "LanguageModel | None":
        """The given one, or the one that the settings ask for: counted, and asked only for those who allow it."""
        from penchant.agent.llm.factory import open_model
        from penchant.agent.llm.metered_model import Counted
        from penchant.agent.privacy.consent import ConsentingModel
        from penchant.store.documents import Documents
        from penchant.store.usage import UsageLog

        model = self._given_model or open_model(self.settings, memory=Documents(self.database, self.clock))
        counted = None if model is None else Counted(model, UsageLog(self.database), self.clock)
        return None if counted is None else ConsentingModel(counted, self.permissions)

    @property
    def model_name(self) -> str | None:
        """Who reads and names, for the record."""
        return self.model.profile.model if self.model else None

    @built_once
    def reader(self) -> "Reader":
        from penchant.agent.profiles.readers import open_reader

        reader = open_reader(self.model, self.vocabulary, self.placement, self.settings)
        if self.model is None:
            return reader
        from penchant.agent.privacy.consent import ConsentingReader

        return ConsentingReader(
            reader, open_reader(None, self.vocabulary, self.placement, self.settings), self.permissions
        )

    @built_once
    def updater(self) -> "Updater":
        from penchant.agent.profiles.updater import Updater

        return Updater(self)

    @built_once
    def recommendations(self) -> "Recommendations":
        from penchant.store.recommendations import Recommendations

        return Recommendations(self.database)

    @built_once
    def recommender(self) -> "Recommender":
        from penchant.agent.recommend.explanations.llm_explainer import open_explainer
        from penchant.agent.recommend.llm_rerank import LlmReranker
        from penchant.agent.recommend.recommender import Recommender

        reranker = LlmReranker(self.model, self.settings) if self.model is not None else None
        return Recommender(self, open_explainer(self.model, self.settings), reranker)
