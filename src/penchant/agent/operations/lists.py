"""Operations on lists: recommend, explain, take feedback, tune and run experiments."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from penchant.agent.operations.behaviour import BehaviourOperations
from penchant.agent.operations.operations import Progress, converts_arguments, unit_of_work
from penchant.agent.operations.profiles import ProfileOperations
from penchant.characters import whole_characters
from penchant.prompts.remarks import answer_in
from penchant.settings import Language
from penchant.store.identifiers import normalises_ids
from penchant.store.recommendation import Exposure, ItemExplanation, Recommendation, bounded_k

if TYPE_CHECKING:
    from penchant.agent.app.bulk_work import BulkReceipt
    from penchant.agent.app.usage_statistics import Stats
    from penchant.agent.recommend.experiments import Experiment, Variant
    from penchant.agent.recommend.feedback import FeedbackReceipt
    from penchant.agent.recommend.tuning.setting import TuneReport


@converts_arguments
@normalises_ids
class ListOperations(BehaviourOperations, ProfileOperations):
    """The methods of an agent that concern lists."""

    @unit_of_work
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
        """Return the best `k` items for a user, each with its reasons. Raises `UsageError`, `NotFoundError`, `ConsentError`.

        `query`: what the user wants just now. `avoid`: what no item may contain, such as "violence". `where`: expressions that must
        all hold, such as `attributes.price<20` or `category=Kitchen`. `exclude`: item ids. `boost`: by expression, a factor on the
        odds (below 1 lowers items). `pin`: `ID` or `ID@PLACE`. `cap`: `EXPR=N` or `FIELD=N`. `fresh_only`: days. `after`: a
        recommendation id, whose next page is returned. `against`: a version of the tuned setting (0: the one before any tuning) whose
        items are interleaved with those of the setting in force.
        """
        from penchant.agent.recommend.requests import ListRequest, make_list

        query = whole_characters(query) if query else query
        request = ListRequest(
            k=k,
            query=query,
            domain=domain,
            avoid=avoid,
            at=at,
            llm=llm,
            where=where,
            exclude=exclude,
            boost=boost,
            pin=pin,
            cap=cap,
            fresh_only=fresh_only,
            after=after,
            against=against,
            language=lang,
        )
        services = self.services
        return make_list(services.recommender, services.recommendations, services.permissions, user_id, request)

    def recommend_all(
        self,
        path: Path,
        k: int = 10,
        *,
        where: Sequence[str] = (),
        exclude: Sequence[str] = (),
        boost: Mapping[str, float] | Sequence[str] = (),
        pin: Sequence[str] = (),
        cap: Sequence[str] = (),
        fresh_only: float | None = None,
        domain: str | None = None,
        engine: Literal["local", "ray"] = "local",
        on_progress: Progress | None = None,
    ) -> "BulkReceipt":
        """Write the lists of all users to a JSONL or Parquet file; continue a run that was stopped. Raises `UsageError`.

        The rules are those of `recommend` and apply to every list.
        """
        from penchant.agent.app.bulk_work import recommend_all
        from penchant.agent.recommend.requests import ListRequest

        request = ListRequest(
            bounded_k(k),
            domain=domain,
            llm=False,
            where=where,
            exclude=exclude,
            boost=boost,
            pin=pin,
            cap=cap,
            fresh_only=fresh_only,
        )
        request.rules()
        return recommend_all(self.services, path, request, engine=engine, on_progress=on_progress)

    @unit_of_work
    def explain(
        self, user_id: str, item_id: str, *, at: datetime | None = None, lang: Language | None = None
    ) -> ItemExplanation:
        """Explain why this item is, or is not, recommended under the user's current setting. Raises `NotFoundError`, `ConsentError`."""
        self.services.permissions.require(user_id, "recommend")
        recommender = self.services.recommender
        if at is None:
            recommender, _ = self.services.experiments.assigned(recommender, user_id)
        explained = recommender.explain(user_id, item_id, at=at, language=lang)
        return answer_in(lang or self.settings.lang, explained)

    @unit_of_work
    def feedback(
        self,
        user_id: str,
        item_id: str,
        outcome: str,
        recommendation_id: str | None = None,
        *,
        at: datetime | None = None,
    ) -> "FeedbackReceipt":
        """Record the user's reaction to an item: `shown`, `clicked`, `liked`, `disliked` or `rated:N`. The last three are recorded as
        events too.

        Raises `UsageError`, `NotFoundError`, `ConsentError`.
        """
        from penchant.agent.recommend.feedback import record_feedback

        self.services.permissions.require(user_id, "recommend")
        return record_feedback(
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
        """Return statistics about the reactions to lists and the cost of language models."""
        from penchant.agent.app.usage_statistics import stats

        services = self.services
        return stats(services.recommendations, services.experiments, services.usage, self.settings.llm, self.profile)

    def start_experiment(self, name: str, variants: "Mapping[str, Mapping[str, float] | Variant]") -> "Experiment":
        """Assign every user to one of these variants, in proportion to their shares, until `stop_experiment`; `stats` reports the
        results.

        `variants`: by name, a `share`, and where they differ from the setting in force: `version` of the tuned setting,
        `calibration`, `diversity`, `cap`, `freshness`. The first variant is the one that the others are compared with. Raises
        `UsageError`, and `ConflictError` if an experiment is running or one had this name.
        """
        return self.services.experiments.start(name, variants)

    def stop_experiment(self) -> "Experiment":
        """Stop the experiment: all users get the setting in force again. Raises `NotFoundError` if none is running."""
        return self.services.experiments.stop()

    def exposure(self, user_id: str) -> Exposure:
        """Return the user's variant in the running experiment. Raises `NotFoundError` if none is running."""
        return self.services.experiments.exposure(user_id)

    def experiments(self) -> "list[Experiment]":
        """Return all experiments, newest first; one without `stopped_at` is running."""
        return self.services.experiments.all()

    def list_rules(self) -> dict[str, float]:
        """Return the list rules in force by name: as set by hand, as tuned, or the defaults. Variants of an experiment may differ."""
        recommend = self.services.settings.recommend
        rules, _ = self.services.recommender.tuned().in_force(recommend)
        return rules.model_dump() | {"freshness": recommend.freshness}

    def list_weights(self) -> dict[str, float]:
        """Return the weights in force by feature, in nats per unit of the feature: as tuned, or the defaults."""
        _, weights = self.services.recommender.tuned().in_force(self.services.settings.recommend)
        return weights

    def last_tune(self) -> "TuneReport | None":
        """Return the result of the last run of `tune`, even if it changed nothing; None before the first."""
        return self.services.recommender.last_tune()

    @unit_of_work
    def tune(self, users: int = 500, on_progress: Progress | None = None) -> "TuneReport":
        """Fit the ranking to past choices of at most `users` users; it is used only if significantly better. Raises `UsageError`."""
        from penchant.agent.recommend.tuning.learning import tune

        return tune(self.services.recommender, self.services.recommendations, users, on_progress)
