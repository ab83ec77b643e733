"""Builds and wires all parts of an installation, each once, on first use. Nothing else does this.

Start-up is quick because a part that is not used is never loaded: counting items loads no language model. Every part
takes what it uses through its constructor; only the facade (`InterestAgent`) holds the services themselves.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from penchant.agent.app.stores import Stores, built_once

if TYPE_CHECKING:
    from datetime import tzinfo

    from penchant.agent.app.erasure import Eraser
    from penchant.agent.app.taxonomy_view import TaxonomyView
    from penchant.agent.llm.model import LanguageModel
    from penchant.agent.privacy.consent import Permissions
    from penchant.agent.profiles.cache import ProfileCache
    from penchant.agent.profiles.edits import ProfileEditor
    from penchant.agent.profiles.folding import Folding
    from penchant.agent.profiles.personal_reading import PersonalReader
    from penchant.agent.profiles.population_learner import PopulationLearner
    from penchant.agent.profiles.portability import ProfileTransfer
    from penchant.agent.profiles.reader import ProfileReader
    from penchant.agent.profiles.replay import Verifier
    from penchant.agent.profiles.updater import Updater
    from penchant.agent.profiles.words import WordPlacer
    from penchant.agent.recommend.catalogue_lists import CatalogueLists
    from penchant.agent.recommend.experiments import Experiments
    from penchant.agent.recommend.model_store import ModelStore
    from penchant.agent.recommend.recommender import Recommender
    from penchant.agent.statements.book import StatementBook
    from penchant.agent.statements.confirmation import StatementReader
    from penchant.agent.statements.listener import StatementListener
    from penchant.agent.taxonomy.placement import Placement
    from penchant.agent.taxonomy.reader import TaxonomyReader
    from penchant.agent.taxonomy.service import TaxonomyService
    from penchant.prompts.vocabulary import Vocabulary


class Services(Stores):
    """The parts of one installation: what is stored (`Stores`), and everything that works on it."""

    # What reads and names

    @built_once
    def vocabulary(self) -> "Vocabulary":
        from penchant.prompts.vocabulary import Vocabulary

        return Vocabulary.load(self.settings.vocabulary)

    @built_once
    def placement(self) -> "Placement":
        from penchant.agent.taxonomy.placement import Placement

        return Placement(self.vocabulary, self.embedder)

    @built_once
    def permissions(self) -> "Permissions":
        from penchant.agent.privacy.consent import Permissions

        embeds_remotely = self.settings.embedding.provider == "openai"
        return Permissions(self.consents, self.clock, embeds_remotely=embeds_remotely, unlearn=self._unlearn)

    def _unlearn(self, user_id: str) -> None:
        """Learn the item models and the population again, so that nothing shown to others rests on this user."""
        if self.ledger.count(user_id):
            self.model_store.forget()
            self.population_learner.learn()

    @built_once
    def bare_model(self) -> "LanguageModel | None":
        """The model that the settings ask for, without metering, tracing or consent checks."""
        from penchant.agent.llm.factory import open_model

        return open_model(self.settings, memory=self.documents)

    @built_once
    def model(self) -> "LanguageModel | None":
        """The given model, or the one that the settings ask for: metered, and asked only for users who allow it.

        None without a model.
        """
        from penchant.agent.llm.wrapper import MeteredModel, TracedModel
        from penchant.agent.privacy.consent import ConsentingModel

        model = self.given_model or self.bare_model
        if model is None:
            return None
        return ConsentingModel(MeteredModel(TracedModel(model), self.usage, self.clock), self.permissions)

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
        """Lets the model name the themes of the catalogue; None without a model."""
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
    def statement_book(self) -> "StatementBook":
        from penchant.agent.statements.book import StatementBook

        return StatementBook(self.statements, self.edits, self.vocabulary, self.clock)

    @built_once
    def listener(self) -> "StatementListener":
        from penchant.agent.statements.detection import StatementDetector
        from penchant.agent.statements.listener import StatementListener

        detector = StatementDetector(self.embedder.embed, self.embedder.name)
        return StatementListener(
            detector,
            self.place_words,
            self.statements,
            self.vocabulary,
            self.statement_reader,
            refuses=lambda: self.consents.refuses("llm"),
        )

    @built_once
    def statement_reader(self) -> "StatementReader | None":
        """Lets the model confirm and complete statements detected in messages; None without a model."""
        from penchant.agent.statements.confirmation import StatementReader

        if self.model is None:
            return None
        return StatementReader(
            self.model,
            self.topic_labels,
            language=self.settings.lang,
            max_in_flight=self.settings.llm.max_in_flight,
            prompts=self.settings.prompts,
        )

    def topic_labels(self) -> Mapping[str, str]:
        """Return id and label of every topic that words may be placed under."""
        topics = self.words.topics_in(self.taxonomies.current())
        return {topic.id: topic.label(self.settings.lang) for topic in topics}

    def place_words(self, texts: Collection[str]) -> Mapping[str, str | None]:
        """Return for each text the id of the topic or subtopic that it is about, or None where that is not certain."""
        return self.words.place(texts)

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
        from penchant.agent.profiles.reader import ProfileReader

        return ProfileReader(
            records=self.user_records,
            statements=self.statement_book,
            folding=self.folding,
            taxonomies=self.taxonomies,
            words=self.words,
            permissions=self.permissions,
            cache=self.profile_cache,
            language=self.settings.lang,
        )

    @built_once
    def personal_reader(self) -> "PersonalReader | None":
        """Lets the model read profiles; None without a model."""
        from penchant.agent.profiles.personal_reading import PersonalReader

        if self.model is None:
            return None
        return PersonalReader(
            self.model,
            self.user_records,
            self.catalogue,
            self.consents,
            max_tokens=self.settings.reading.max_tokens,
            language=self.settings.lang,
            max_in_flight=self.settings.llm.max_in_flight,
            prompts=self.settings.prompts,
        )

    @built_once
    def population_learner(self) -> "PopulationLearner":
        from penchant.agent.profiles.population_learner import PopulationLearner

        return PopulationLearner(
            records=self.user_records,
            consents=self.consents,
            taxonomies=self.taxonomies,
        )

    @built_once
    def updater(self) -> "Updater":
        from penchant.agent.profiles.updater import Updater

        return Updater(
            records=self.user_records,
            permissions=self.permissions,
            taxonomies=self.taxonomies,
            folding=self.folding,
            reader=self.profile_reader,
            listener=lambda: self.listener,
            learner=self.population_learner,
            personal_reader=self.personal_reader,
            clock=self.clock,
        )

    @built_once
    def profile_editor(self) -> "ProfileEditor":
        from penchant.agent.profiles.edits import ProfileEditor

        return ProfileEditor(
            edits=self.edits,
            statements=self.statement_book,
            words=self.words,
            reader=self.profile_reader,
            save_edits=self.updater.save_edits,
            clock=self.clock,
        )

    @built_once
    def profile_transfer(self) -> "ProfileTransfer":
        from penchant.agent.profiles.portability import ProfileTransfer

        return ProfileTransfer(
            records=self.user_records,
            catalogue=self.catalogue,
            taxonomies=self.taxonomies,
            reader=self.profile_reader,
            save_merged=self.updater.save_merged,
            clock=self.clock,
        )

    @built_once
    def verifier(self) -> "Verifier":
        from penchant.agent.profiles.replay import Verifier

        return Verifier(
            records=self.user_records,
            catalogue=self.catalogue,
            taxonomies=self.taxonomies,
            folding=self.folding,
            reader=self.profile_reader,
        )

    @built_once
    def model_store(self) -> "ModelStore":
        from penchant.agent.recommend.model_store import FOLDER, ModelStore

        return ModelStore(self.ledger, self.catalogue, self.settings.home / FOLDER, self.event_weights, self.caches)

    def zone_of(self, user_id: str) -> "tzinfo":
        """Return the time zone in which dates are shown to a user."""
        from penchant.agent.profiles.edits import zone_of

        return zone_of(self.edits, user_id, self.settings.zone)

    @built_once
    def recommender(self) -> "Recommender":
        from penchant.agent.recommend.explanations.llm_explainer import open_explainer
        from penchant.agent.recommend.llm_rerank import LlmReranker
        from penchant.agent.recommend.recent import LiveBehaviour
        from penchant.agent.recommend.recommender import ListSources, Recommender

        return Recommender(
            sources=ListSources(
                interests=self.profile_reader,
                ledger=self.ledger,
                event_weights=self.event_weights,
                catalogue=self.catalogue,
                taxonomy=self.taxonomies.current,
                embedder=self.embedder,
                documents=self.documents,
                recommendations=self.recommendations,
            ),
            model_store=self.model_store,
            newest=LiveBehaviour(self.ledger, self.event_weights, self.caches),
            settings=self.settings,
            clock=self.clock,
            explainer=open_explainer(self.model, self.settings),
            reranker=LlmReranker(self.model, self.settings) if self.model is not None else None,
            zone_of=self.zone_of,
        )

    @built_once
    def experiments(self) -> "Experiments":
        from penchant.agent.recommend.experiments import Experiments

        return Experiments(self.documents)

    @built_once
    def catalogue_lists(self) -> "CatalogueLists":
        from penchant.agent.recommend.catalogue_lists import CatalogueLists

        return CatalogueLists(self.recommender)

    @built_once
    def eraser(self) -> "Eraser":
        from penchant.agent.app.erasure import Eraser

        return Eraser(
            records=self.user_records,
            home=self.settings.home,
            reader=self.profile_reader,
            learner=self.population_learner,
            embedder=self.embedder,
            model_store=self.model_store,
            tokens=self.access_tokens,
        )
