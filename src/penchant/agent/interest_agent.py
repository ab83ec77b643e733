"""`InterestAgent`: everything Penchant does, behind one object."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from penchant.agent.app.services import Services
from penchant.agent.app.work import one_work
from penchant.errors import NotFoundError, UsageError
from penchant.settings import Language, Settings
from penchant.store.clock import Clock
from penchant.store.event import Event, EventType
from penchant.store.identifiers import known_as, takes_normal_ids
from penchant.store.item import Item
from penchant.store.profile import Profile
from penchant.store.receipt import EraseReceipt, ImportReceipt, MergeReceipt, Observed, UpdateReceipt, UserSummary
from penchant.store.recommendation import MAX_K, ItemExplanation, ItemList, Recommendation

if TYPE_CHECKING:
    from penchant.agent.app.bulk_lists import BulkReceipt
    from penchant.agent.app.model_check import ModelCheck
    from penchant.agent.app.model_choice import ModelFile, ModelList
    from penchant.agent.app.scheduled_work import Worker
    from penchant.agent.app.self_test import Check
    from penchant.agent.app.usage_statistics import Stats
    from penchant.agent.llm.model import LanguageModel
    from penchant.agent.privacy.consent import ConsentRecord
    from penchant.agent.profiles.portability import ProfileExport
    from penchant.agent.profiles.reader import ProfileDiff
    from penchant.agent.profiles.replay import Verification
    from penchant.agent.profiles.summary import ProfileContext
    from penchant.agent.recommend.feedback import FeedbackReceipt
    from penchant.agent.recommend.recommender import Recommender
    from penchant.agent.recommend.request_rules import RequestRules
    from penchant.agent.recommend.tuning.setting import TuneReport
    from penchant.store.catalogue import AddReceipt
    from penchant.store.edits import Edit
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.importing import ImportOptions
    from penchant.store.profiles import ProfileVersion
    from penchant.store.statement import Statement, StatementHistory
    from penchant.store.tenants import Tenant, TenantExport, TenantRemoval
    from penchant.store.withdrawals import Withdrawals

__all__ = ["MAX_K", "InterestAgent"]
PAGE = 2_000
Progress = Callable[[int, int], None]
"""Called with (done, total): bytes for imports, users for updates."""


@takes_normal_ids
class InterestAgent:
    """Living interest profiles over one store. Blocking and thread-safe: one object serves a whole server."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        clock: Clock | None = None,
        embedder: "Embedder | None" = None,
        model: "LanguageModel | None" = None,
    ) -> Self:
        """Open the installation that `settings` describe (by default: environment and `penchant.toml`). Raises `UsageError`."""
        return cls(Services(settings or Settings.load(), clock=clock, embedder=embedder, model=model))

    def close(self) -> None:
        """Give back connections, files, threads and memory. The agent may be used again: what it needs is opened anew."""
        self.services.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def warm(self, user_id: str | None = None) -> None:
        """Load what the first list would wait for: the embedder, the catalogue and the models of items. `user_id`: their profile too."""
        self.services.embedder.embed_query("warm")
        self.services.recommender.warm()
        if user_id is not None:
            self.profile(user_id)

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.services.settings

    @property
    def clock(self) -> Clock:
        """What tells the time."""
        return self.services.clock

    @property
    def event_weights(self) -> Mapping[str, float]:
        """Signed weight per event type."""
        return self.services.event_weights

    @property
    def embedder(self) -> "Embedder":
        """What turns texts into vectors."""
        return self.services.embedder

    @property
    def model(self) -> "LanguageModel | None":
        """The language model in force; None with provider `none`."""
        return self.services.model

    @property
    def recommender(self) -> "Recommender":
        """What makes lists, for evaluation and tuning."""
        return self.services.recommender

    # What goes in

    def add_items(self, items: Sequence[Item], on_progress: Progress | None = None) -> "AddReceipt":
        """Put items into the catalogue; unchanged ones cost nothing, changed ones are embedded again."""
        return self.services.catalogue.add(items, on_progress)

    def reembed(self, on_progress: Progress | None = None) -> int:
        """Embed the whole catalogue again with the embedder in force; returns how many items there are."""
        from penchant.store.reembedding import reembed_catalogue
        from penchant.store.revisions import Revisions

        services = self.services
        return reembed_catalogue(services.settings, services.item_embedder, Revisions(services.database), on_progress)

    def import_items(
        self,
        path: Path,
        on_progress: Progress | None = None,
        *,
        options: "ImportOptions | None" = None,
        present: set[str] | None = None,
    ) -> ImportReceipt:
        """Read a JSON, CSV or Parquet file into the catalogue; bad rows go to a quarantine file. Raises `UsageError`.

        `options`: how the file is written, where it cannot be seen from it. `present`: the ids the file names are added to it.
        """
        from penchant.store.importing import import_items

        return import_items(
            path,
            self.services.catalogue,
            quarantine_folder=self._quarantine,
            options=options,
            present=present,
            on_progress=on_progress,
        )

    @one_work
    def import_events(
        self,
        path: Path,
        on_progress: Progress | None = None,
        *,
        user_id: str | None = None,
        options: "ImportOptions | None" = None,
    ) -> ImportReceipt:
        """Read a file of behaviour, or of chat transcripts, into the ledger; bad rows go to a quarantine file. Raises `UsageError`.

        `user_id`: whose a transcript is that does not say. `options`: how the file is written, where it cannot be seen from it.
        """
        from penchant.store.importing import import_events

        return import_events(
            path,
            self.services.ledger,
            known_types=frozenset(self.services.event_weights),
            consents=self.services.consents,
            clock=self.services.clock,
            quarantine_folder=self._quarantine,
            user_id=user_id,
            options=options,
            on_progress=on_progress,
        )

    @one_work
    def observe(self, events: Sequence[Event]) -> Observed:
        """Write behaviour down; what is known already counts as duplicate, what a user does not allow is withheld.

        Raises `UsageError` for an unknown type or a future time.
        """
        from penchant.store.importing.events import AHEAD

        latest = self.services.clock.now() + AHEAD
        for event in events:
            self._check_type(event.type)
            if event.at > latest:
                raise UsageError(
                    f"{event.at:%Y-%m-%d %H:%M} lies in the future: behaviour is written down once it has happened"
                )
        barred = self.services.consents.barred("profile")
        allowed = [event for event in events if not barred(event.user_id)]
        taken = self.services.ledger.take(allowed)
        withheld = len(events) - len(allowed) + len(taken.erased)
        return Observed(accepted=taken.accepted, duplicate=len(events) - taken.accepted - withheld, withheld=withheld)

    @one_work
    def remove_events(self, user_id: str, event_ids: Sequence[str]) -> int:
        """Take behaviour back; the profile, its versions and the models of items follow. Returns how many events were removed.

        Raises `NotFoundError` naming an event that is not there: then nothing is removed.
        """
        from penchant.store.corrections import remove_events

        removed = remove_events(self.services.database, user_id, event_ids)
        self._follow(user_id)
        return removed

    @one_work
    def correct_event(self, event: Event) -> None:
        """Put an event in the place of the user's one with the same `event_id`. Raises `UsageError`, `NotFoundError`."""
        from penchant.store.corrections import remove_events

        self._check_type(event.type)
        remove_events(self.services.database, event.user_id, [event.event_id], [event])
        self._follow(event.user_id)

    @one_work
    def merge_users(self, user_id: str, into: str) -> MergeReceipt:
        """A visitor turns out to be a customer: all of `user_id` is `into`'s from now on, as if it had been one user from the start.

        Raises `UsageError`, `NotFoundError`, `ConsentError`.
        """
        from penchant.store.corrections import merge_users

        into = known_as(into)
        self.services.permissions.require(into, "profile")
        receipt = merge_users(self.services.database, user_id, into)
        self._follow(into)
        head = self.services.profiles.head(into)
        return receipt.model_copy(update={"version": head.version if head else 0})

    def _follow(self, user_id: str) -> None:
        """Have everything that was learnt let go of what has changed, and make the user's profile anew from what is written down."""
        self.services.updater.views.kept.forget()
        self.services.model_store.forget()
        if self.services.ledger.count(user_id):
            self.services.updater.update([user_id])

    def events(self, user_id: str, *, until: datetime | None = None) -> list[Event]:
        """What the user did (up to and including `until`), oldest first."""
        return [stored.event for stored in self.services.ledger.events(user_id, until=until)]

    def recent_events(self, user_id: str, limit: int) -> list[Event]:
        """The user's newest `limit` events, newest first."""
        return self.services.ledger.recent(user_id, limit)

    def items(self, item_ids: Sequence[str]) -> dict[str, Item]:
        """The items of the catalogue among these, by id; those that were removed are not among them."""
        removed = self.services.catalogue.removed()
        return self.services.catalogue.get([name for name in item_ids if name not in removed])

    def hide_items(self, item_ids: Sequence[str]) -> list[str]:
        """Leave these items out of every list, until `unhide_items`; returns those that were not hidden before. Raises `NotFoundError`."""
        return self._withdrawals.hide(item_ids)

    def unhide_items(self, item_ids: Sequence[str]) -> list[str]:
        """Recommend these items again; returns those that were hidden. Raises `NotFoundError`."""
        return self._withdrawals.unhide(item_ids)

    def remove_items(self, item_ids: Sequence[str]) -> list[str]:
        """Take these items out of the catalogue; what users did with them still counts. Returns those removed. Raises `NotFoundError`."""
        return self._withdrawals.remove(item_ids)

    def hide_missing_items(self, present: Collection[str]) -> list[str]:
        """Hide what is not among these ids, until it is imported again; returns what was hidden."""
        return self._withdrawals.hide_missing(present)

    def list_items(self, limit: int, *, after: str | None = None, where: Sequence[str] = ()) -> list[Item]:
        """At most `limit` items by id: those after the id `after` for which every expression holds. Raises `UsageError`."""
        from penchant.agent.recommend.filters import matching

        found: list[Item] = []
        removed = self.services.catalogue.removed()
        while len(found) < limit:
            some = self.services.catalogue.page(PAGE, after)
            found += matching([item for item in some if item.item_id not in removed], where, self.clock.now())
            if len(some) < PAGE:
                break
            after = some[-1].item_id
        return found[:limit]

    def count_items(self) -> int:
        """How many items the catalogue holds."""
        return self.services.catalogue.count() - len(self.services.catalogue.removed())

    def build_taxonomy(self) -> dict[str, Any]:
        """Read the whole catalogue anew into topics, subtopics and themes; says what was done. Raises `ModelError`, `StoreError`."""
        return self.services.taxonomy_view.build()

    def taxonomy(self, *, users: bool = False, lang: Language | None = None) -> dict[str, Any]:
        """The newest taxonomy. `users`: how many users care for each node (None below five), and what rises and falls."""
        return self.services.taxonomy_view.show(lang or self.settings.lang, users=users)

    def taxonomy_diff(
        self, before: int | None = None, after: int | None = None, *, lang: Language | None = None
    ) -> dict[str, Any]:
        """What changed between two versions, by default the last two. Raises `NotFoundError`."""
        return self.services.taxonomy_view.diff(before, after, lang or self.settings.lang)

    # Profiles

    @one_work
    def update(
        self,
        *user_ids: str,
        at: datetime | None = None,
        engine: Literal["local", "ray"] = "local",
        on_progress: Progress | None = None,
    ) -> UpdateReceipt:
        """Fold new behaviour into the profiles of these users (none named: of all), and say what was done with every event.

        `engine`: in this process, or over the processes of a Ray cluster. Raises `UsageError` where Ray is not installed.
        """
        self.services.erasures.forget_old()
        if engine == "ray":
            from penchant.agent.app.ray_executor import update_over_ray

            services = self.services
            return update_over_ray(
                services.settings,
                services.ledger,
                services.updater,
                user_ids=user_ids or None,
                at=at,
                on_progress=on_progress,
            )
        return self.services.updater.update(user_ids or None, at=at, on_progress=on_progress)

    @one_work
    def profile(
        self,
        user_id: str,
        *,
        at: datetime | None = None,
        version: int | None = None,
        lang: str | None = None,
        context: Mapping[str, str] | None = None,
    ) -> Profile:
        """The tree of interests as of `at` (by default now). Raises `NotFoundError` for a user nobody has seen.

        `context`: strengths in these circumstances (`hour`, `day`, `device`, `place`), as far as there is evidence of them.
        """
        return self.services.updater.profile(user_id, at=at, version=version, language=lang, context=context)

    def timeline(self, user_id: str, moments: Sequence[datetime], *, lang: str | None = None) -> list[Profile]:
        """The tree as of each of these moments (ascending): each as `profile(at=)` gives it, for one reading of the behaviour."""
        return self.services.updater.views.timeline(user_id, moments, lang)

    def history(self, user_id: str) -> "list[ProfileVersion]":
        """Every version of the user's profile with its receipt, oldest first."""
        return self.services.updater.history(user_id)

    def diff(self, user_id: str, from_version: int, to_version: int) -> "ProfileDiff":
        """What changed from one version of a profile to another. Raises `NotFoundError`."""
        return self.services.updater.diff(user_id, from_version, to_version)

    @one_work
    def edit(self, user_id: str, action: str, node: str, text: str | None = None) -> "Edit":
        """The user's own word on an interest (pin, unpin, mute, unmute, rename, remove, state): kept above every later summary.

        `node`: an id, a label, or labels joined by ` > `. Raises `UsageError`, `NotFoundError`.
        """
        from penchant.agent.profiles import edits

        self.services.permissions.require_words(user_id)
        return edits.edit(self.services.updater, user_id, action, node, text)

    @one_work
    def undo(self, user_id: str) -> "Edit":
        """Take back the user's newest word that still stands, and return it. Raises `NotFoundError` where there is none."""
        from penchant.agent.profiles import edits

        return edits.undo(self.services.updater, user_id)

    @one_work
    def onboard(
        self,
        user_id: str,
        interests: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        friends: Sequence[str] = (),
    ) -> Profile:
        """A beginning for someone new: declared interests, a portrait, friends who lend theirs. Raises `UsageError`, `ConsentError`."""
        from penchant.agent.profiles import edits

        self.services.permissions.require(user_id, "profile", words=",".join(interests))
        edits.onboard(self.services.updater, user_id, interests, attributes, friends)
        return self.profile(user_id)

    def export_profile(self, user_id: str) -> "ProfileExport":
        """The user's whole record as one document, from which `import_profile` gives it back exactly. Raises `NotFoundError`."""
        from penchant.agent.profiles import portability

        return portability.export_profile(self.services.updater, user_id)

    @one_work
    def import_profile(self, record: "ProfileExport") -> Profile:
        """Take a record in, here or elsewhere; what is known already counts once. Raises `UsageError`, `ConsentError`."""
        from penchant.agent.profiles import portability

        self.services.permissions.require(record.user_id, "profile", words="every word of theirs")
        return portability.import_profile(self.services.updater, record)

    def verify(self, *, rebuild: bool = False, on_progress: Progress | None = None) -> "Verification":
        """Check what is stored; with `rebuild`, make every profile anew from the ledger and compare byte for byte."""
        from penchant.agent.profiles import replay

        return replay.verify(self.services.updater, rebuild=rebuild, on_progress=on_progress)

    @one_work
    def context(
        self, user_id: str, budget: int = 600, lang: str | None = None, *, query: str | None = None
    ) -> "ProfileContext":
        """What the user said and cares for as a short text for a system prompt, at most `budget` tokens by the configured model's count.

        `query`: what bears on this question is told first. Raises `UsageError`, `NotFoundError`, `ConsentError`.
        """
        from penchant.agent.profiles.summary import counter_of, write_context
        from penchant.agent.statements.relevance import Relevance

        query = (query or "").strip() or None
        self.services.permissions.require(user_id, "recommend", words=query)
        model = self.services.model if self.settings.llm.provider != "none" else None
        embedder = self.services.embedder
        relevance = Relevance(query, embedder.embed, embedder.name, self.services.place_words) if query else None
        return write_context(self.profile(user_id, lang=lang), budget, counter_of(model), relevance)

    @one_work
    def statements(self, user_id: str, *, history: bool = False, lang: str | None = None) -> "StatementHistory":
        """What the user has said of themself, as it holds now; with `history` all of it, oldest first, with what superseded it.

        Raises `NotFoundError` for a user nobody has seen.
        """
        from penchant.store.statement import StatementHistory

        book, language = self.services.statement_book, lang or self.settings.lang
        found = (book.history if history else book.current)(user_id, None, language)
        if not found:
            self.profile(user_id)
        return StatementHistory(user_id=user_id, statements=[statement for statement in found if statement.text])

    @one_work
    def remove_statement(self, user_id: str, statement_id: str) -> "Statement":
        """The user takes a statement back, for good; returns it with what ended it. Raises `NotFoundError`."""
        removed = self.services.statement_book.remove(user_id, statement_id)
        self.services.updater.save_edits(user_id)
        return removed

    def personalise(self, user_id: str) -> str:
        """What to tell an assistant about the person it serves; that nothing is known, for a user nobody has seen."""
        from penchant.agent.profiles.summary import briefing

        try:
            text = self.context(user_id).text
        except NotFoundError:
            text = ""
        return briefing(text, user_id, self.settings.lang, self.settings.prompts)

    def users(self) -> list[UserSummary]:
        """Everyone with behaviour or a profile, by id."""
        return self.services.profiles.summaries(self.services.ledger.counts())

    # Recommending

    @one_work
    def recommend(
        self,
        user_id: str,
        k: int = 10,
        *,
        query: str | None = None,
        domain: str | None = None,
        avoid: str | None = None,
        at: datetime | None = None,
        llm: bool = True,
        where: Sequence[str] = (),
        exclude: Sequence[str] = (),
        boost: Mapping[str, float] | Sequence[str] = (),
        pin: Sequence[str] = (),
        cap: Sequence[str] = (),
        fresh_only: float | None = None,
        after: str | None = None,
        against: int | None = None,
        lang: Language | None = None,
    ) -> Recommendation:
        """The best `k` items for a user, each with its reasons. Raises `UsageError`, `NotFoundError`, `ConsentError`.

        `query`: what is wanted just now; `avoid`: what must not be in it, such as "violence". `where`: expressions that all hold, such as
        `attributes.price<20` or `category=Kitchen`; `exclude`: item ids; `boost`: factors on the odds by expression (below 1 buries);
        `pin`: `ID` or `ID@PLACE`; `cap`: `EXPR=N` or `FIELD=N`; `fresh_only`: days. `after`: a recommendation id whose next page this is.
        `against`: a version of the tuned setting (0: before any) that shares the list with the one in force.
        """
        from penchant.agent.recommend.requests import ListRequest, answer

        request = ListRequest(
            k, query, domain, avoid, at, llm, where, exclude, boost, pin, cap, fresh_only, after, against, lang
        )
        services = self.services
        return answer(services.recommender, services.recommendations, services.permissions, user_id, request)

    def recommend_all(
        self,
        path: Path,
        k: int = 10,
        *,
        where: Sequence[str] = (),
        exclude: Sequence[str] = (),
        domain: str | None = None,
        engine: Literal["local", "ray"] = "local",
        on_progress: Progress | None = None,
    ) -> "BulkReceipt":
        """Write the lists of everybody to a JSONL or Parquet file; a run that was stopped goes on where it was. Raises `UsageError`."""
        from penchant.agent.app.bulk_lists import recommend_all
        from penchant.agent.recommend.requests import ListRequest

        request = ListRequest(_bounded(k), domain=domain, where=where, exclude=exclude, llm=False)
        return recommend_all(self.services, path, request, engine=engine, on_progress=on_progress)

    @one_work
    def explain(
        self, user_id: str, item_id: str, *, at: datetime | None = None, lang: Language | None = None
    ) -> ItemExplanation:
        """Why, or why not, this item. Raises `NotFoundError`, `ConsentError`."""
        self.services.permissions.require(user_id, "recommend")
        return self.services.recommender.explain(user_id, item_id, at=at, language=lang)

    @one_work
    def feedback(
        self,
        user_id: str,
        item_id: str,
        outcome: str,
        recommendation_id: str | None = None,
        *,
        at: datetime | None = None,
    ) -> "FeedbackReceipt":
        """What the user made of an item: `shown`, `clicked`, `liked`, `disliked` or `rated:N`; the last three are behaviour too.

        Raises `UsageError`, `NotFoundError`, `ConsentError`.
        """
        from penchant.agent.recommend.feedback import take

        self.services.permissions.require(user_id, "recommend")
        return take(
            self.services.recommendations,
            self.services.catalogue,
            user_id,
            item_id,
            outcome,
            of=recommendation_id,
            at=at,
            now=self.clock.now(),
            observe=self.observe,
        )

    def stats(self) -> "Stats":
        """How lists are taken, and what language models cost."""
        from penchant.agent.app.usage_statistics import stats

        return stats(self.services.recommendations, self.services.usage, self.settings.llm, self.profile)

    def models(self) -> "ModelList":
        """What is known of language models, and which is in force."""
        from penchant.agent.app.model_choice import list_models

        return list_models(self.services.settings)

    def model_file(self, name: str | None = None) -> "ModelFile":
        """The file of a local model, by default of the one in force. Raises `ModelError` when it is not there."""
        from penchant.agent.app.model_choice import model_file

        return model_file(self.services.settings, name)

    def pull_model(self, name: str, sha256: str | None = None, on_progress: Progress | None = None) -> "ModelFile":
        """Fetch a model's file from a hub, going on where an earlier attempt stopped. Raises `UsageError`, `ModelError`."""
        from penchant.agent.app.model_choice import pull_model

        return pull_model(self.services.settings, name, sha256, on_progress)

    def check_model(
        self, name: str | None = None, groups: int | None = None, on_progress: Progress | None = None
    ) -> "ModelCheck":
        """Ask a model questions with known answers, by default the one in force. Raises `UsageError` when there is none."""
        from penchant.agent.app.model_choice import check_model

        services = self.services
        return check_model(
            services.settings,
            services.documents,
            services.usage,
            services.clock,
            vocabulary=services.vocabulary,
            embedder=services.embedder,
            name=name,
            groups=groups,
            on_progress=on_progress,
        )

    @one_work
    def tune(self, users: int = 500, on_progress: Progress | None = None) -> "TuneReport":
        """Fit the ranking to what at most `users` users chose in the past, kept only where it is surely better. Raises `UsageError`."""
        from penchant.agent.recommend.tuning.run import tune

        return tune(self.services.recommender, self.services.recommendations, users, on_progress)

    def worker(self, steps: Sequence[str] = (), export: Path | None = None) -> "Worker":
        """What does the work that is due now and then: update, taxonomy, tune, and lists of everybody to `export`. Raises `UsageError`."""
        from penchant.agent.app.scheduled_work import Worker

        return Worker(self, steps, export)

    def search_items(self, query: str, k: int = 10, domain: str | None = None) -> "list[tuple[Item, float]]":
        """The items nearest in meaning to `query`, with their cosine similarity."""
        catalogue = self.services.catalogue
        [hits] = catalogue.search(self.services.embedder.embed_query(query)[None, :], k, domain) or [[]]
        items = self.items([hit.item_id for hit in hits])
        return [(items[hit.item_id], hit.similarity) for hit in hits if hit.item_id in items]

    def similar_items(
        self,
        item_id: str,
        k: int = 10,
        *,
        where: Sequence[str] = (),
        domain: str | None = None,
        lang: Language | None = None,
    ) -> ItemList:
        """The items most like one, by what they say and by who took them, with why. Raises `UsageError`, `NotFoundError`."""
        return self.services.catalogue_lists.similar(
            item_id, _bounded(k), _rules(where, domain), lang or self.settings.lang
        )

    def popular_items(
        self,
        k: int = 10,
        *,
        days: float | None = None,
        where: Sequence[str] = (),
        domain: str | None = None,
        lang: Language | None = None,
    ) -> ItemList:
        """The items chosen most in the last `days` (None: ever). Raises `UsageError`."""
        return self.services.catalogue_lists.popular(
            _bounded(k), _rules(where, domain), days, lang or self.settings.lang
        )

    def latest_items(
        self, k: int = 10, *, where: Sequence[str] = (), domain: str | None = None, lang: Language | None = None
    ) -> ItemList:
        """The items that appeared last. Raises `UsageError`."""
        return self.services.catalogue_lists.latest(_bounded(k), _rules(where, domain), lang or self.settings.lang)

    def self_test(self, on_start: Callable[[str], None]) -> "list[Check]":
        """Use every part of the installation once. `on_start` is told which is tried next; a part that fails says how to mend it."""
        from penchant.agent.app.self_test import run_checks

        return run_checks(self.services, on_start)

    # Trust

    def consent(self, user_id: str) -> "ConsentRecord":
        """What the user allows (`profile`, `recommend`, `llm`), since when, and everything that was said about it."""
        return self.services.permissions.show(user_id)

    @one_work
    def grant(self, user_id: str, *purposes: str) -> "ConsentRecord":
        """Write down that the user allows these purposes (none named: all). Raises `UsageError`."""
        return self.services.permissions.grant(user_id, *purposes)

    @one_work
    def revoke(self, user_id: str, *purposes: str) -> "ConsentRecord":
        """Write down that the user no longer allows these purposes (none named: all), from the next call on. Raises `UsageError`."""
        return self.services.permissions.revoke(user_id, *purposes)

    def erase(self, user_id: str) -> EraseReceipt:
        """Remove everything held of the user, in every place, and look again (`residue`). Cannot be undone; asking twice is no error."""
        return self.services.eraser.erase(user_id)

    # Tenants

    def tenant(self, name: str) -> "InterestAgent":
        """The agent of one tenant, with everything of its own; close it after use. Raises `NotFoundError`, `UsageError`."""
        from penchant.agent.app.tenants import tenant_services

        return InterestAgent(tenant_services(self.services, name))

    def tenants(self) -> "list[Tenant]":
        """Every tenant, by name."""
        return self.services.tenants.list()

    def create_tenant(self, name: str) -> "Tenant":
        """Enter a tenant and make its database. Raises `UsageError`, `ConflictError`, `StoreError`."""
        from penchant.agent.app.tenants import create_tenant

        return create_tenant(self.services, name)

    def export_tenant(self, name: str, path: Path) -> "TenantExport":
        """Write a tenant's catalogue and the whole record of each of its users into a zip archive. Raises `NotFoundError`, `StoreError`."""
        from penchant.agent.app.tenants import export_tenant

        with self.tenant(name) as agent:
            return export_tenant(agent.services, name, path)

    def remove_tenant(self, name: str) -> "TenantRemoval":
        """Remove a tenant, its tokens and everything of its own, and look again (`residue`). Cannot be undone. Raises `NotFoundError`."""
        from penchant.agent.app.tenants import remove_tenant

        return remove_tenant(self.services, name)

    @property
    def _withdrawals(self) -> "Withdrawals":
        from penchant.store.withdrawals import Withdrawals

        return Withdrawals(self.services.catalogue)

    @property
    def _quarantine(self) -> Path:
        return self.services.settings.home / "quarantine"

    def _check_type(self, name: str) -> None:
        if name not in self.services.event_weights:
            known = ", ".join(EventType)
            raise UsageError(
                f"unknown event type {name!r}: use one of {known}, or give it a weight under [event_weights]"
            )


def _bounded(k: int) -> int:
    if not 1 <= k <= MAX_K:
        raise UsageError(f"k must be between 1 and {MAX_K}, not {k}")
    return k


def _rules(where: Sequence[str], domain: str | None) -> "RequestRules":
    from penchant.agent.recommend.request_rules import RequestRules

    return RequestRules.of(where=where, domain=domain)
