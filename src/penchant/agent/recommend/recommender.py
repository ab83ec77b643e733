"""The recommender: retrieves, scores, arranges and explains a list for a user, and explains why one item is, or is not, on it."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from penchant.agent.recommend.candidates import gather
from penchant.agent.recommend.eligibility import Eligible, SettlingTypes, eligible, shown_in_vain
from penchant.agent.recommend.explanations.listing import ListWriter
from penchant.agent.recommend.explanations.rule_explainer import Explained, Explainer, RuleExplainer
from penchant.agent.recommend.explanations.why_not import Exclusions
from penchant.agent.recommend.explanations.wording import Wording
from penchant.agent.recommend.interactions import ItemSpace
from penchant.agent.recommend.model_store import ModelStore
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.muting import MutedItems
from penchant.agent.recommend.pin_remarks import missing_pins
from penchant.agent.recommend.ranking import Extras, RankedItem, Ranking, rank
from penchant.agent.recommend.recent import LiveBehaviour
from penchant.agent.recommend.request_rules import NO_RULES, Arrays, RequestRules
from penchant.agent.recommend.shortfall import Steps
from penchant.agent.recommend.strict_statements import StrictStatements
from penchant.agent.recommend.tuning.setting import DOCUMENT, REPORT, Opinion, Tuned, TuneReport
from penchant.agent.recommend.user import User
from penchant.agent.recommend.user_reader import Interests, UserReader
from penchant.arrays import Ints
from penchant.errors import FIND_ITEMS, NotFoundError
from penchant.prompts.remarks import remark
from penchant.store.documents import Documents
from penchant.store.receipt import Degraded
from penchant.store.recommendation import (
    ItemExplanation,
    Recommendation,
    RecommendedItem,
    RerankUse,
)
from penchant.store.recommendations import Recommendations

if TYPE_CHECKING:
    from penchant.agent.taxonomy.taxonomy import Taxonomy
    from penchant.settings import Language, Settings
    from penchant.store.catalogue import Catalogue
    from penchant.store.clock import Clock
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.ledger import Ledger

MOMENT_SECONDS = 60.0
RULES = RuleExplainer()


class Reranker(Opinion, Protocol):
    """A re-ranker that asks a language model for its view of a shortlist."""

    def rerank(
        self, ranking: Ranking, tuned: Tuned, query: str | None = None, language: "Language | None" = None
    ) -> tuple[Ranking, RerankUse, list[Degraded]]:
        """Return the ranking with the model's view added, or unchanged; how the model was used; and what failed."""
        ...


@dataclass(frozen=True)
class ListSources:
    """What lists are made from, beside the item models.

    `event_weights`: by type of event. `taxonomy`: returns the taxonomy in force. `documents`: where the tuned setting is.
    `recommendations`: earlier lists.
    """

    interests: Interests
    ledger: "Ledger"
    event_weights: Mapping[str, float]
    catalogue: "Catalogue"
    taxonomy: Callable[[], "Taxonomy"]
    embedder: "Embedder"
    documents: Documents
    recommendations: Recommendations


class Recommender:
    """Makes lists with reasons. Thread-safe.

    `explainer`: writes the reasons (by default by rule). `reranker`: without one, no model is asked. `zone_of`: returns the time zone
    for dates shown to a user.
    """

    def __init__(
        self,
        *,
        sources: ListSources,
        model_store: ModelStore,
        newest: LiveBehaviour,
        settings: "Settings",
        clock: "Clock",
        explainer: Explainer = RULES,
        reranker: Reranker | None = None,
        zone_of: Callable[[str], tzinfo] = lambda _user: UTC,
    ) -> None:
        self.ledger, self.event_weights, self.catalogue = sources.ledger, sources.event_weights, sources.catalogue
        self.embedder, self.documents = sources.embedder, sources.documents
        self.recommendations = sources.recommendations
        self.model_store, self.newest = model_store, newest
        self.settings, self.clock = settings, clock
        self.explainer, self.reranker, self.zone_of = explainer, reranker, zone_of
        self.strict, self.muted = StrictStatements(), MutedItems(sources.taxonomy)
        self.writer = ListWriter(self.ledger, self.catalogue, sources.taxonomy)
        self.users = UserReader(sources.interests, self.ledger, self.embedder, self.event_weights, self.strict)
        # a list of one, so that copies under another setting share the newest signals
        self._moments: list[tuple[ItemModels, float, CurrentSignals] | None] = [None]
        self._given: Tuned | None = None

    def recommend(
        self,
        user_id: str,
        k: int = 10,
        *,
        query: str | None = None,
        at: datetime | None = None,
        llm: bool = True,
        language: "Language | None" = None,
        rules: RequestRules = NO_RULES,
    ) -> Recommendation:
        """Return the best `k` items under the rules of the request, each with the exact account of its score and its reasons in
        `language` (by default that of the settings). A user without any data gets what is popular and new. The list has no id yet.
        """
        ranking = self.ranking(user_id, k, query=query, at=at, rules=rules, language=language)
        ranking, use, degraded = self._reranked(ranking, query, llm, language)
        items, explained = self._explained(ranking, ranking.listed(), llm, language)
        live = ranking.user.live
        return Recommendation(
            recommendation_id="",
            user_id=user_id,
            as_of=live.as_of,
            profile_version=live.version,
            items=items,
            degraded=[*self._remarks(ranking, rules), *degraded, *explained.degraded, *self._fitting_note()],
            llm=use.and_explained(explained.usage, sum(row.explanation.source == "llm" for row in items)),
            qualified=ranking.qualified,
            **(ranking.steps.counted() if ranking.steps else {}),
            basis="profile" if len(live.ids) else "behaviour" if len(ranking.user.evidence) else "popular",
        )

    def explain(
        self,
        user_id: str,
        item_id: str,
        *,
        at: datetime | None = None,
        k: int = 10,
        llm: bool = True,
        language: "Language | None" = None,
    ) -> ItemExplanation:
        """Explain why this item would be listed among `k`, or why not. Raises `NotFoundError`."""
        ranking = self.ranking(user_id, k, at=at, include=item_id, language=language)
        ranking, use, degraded = self._reranked(ranking, None, llm, language)
        position = ranking.models.space.position.get(item_id, -1)
        if position < 0:
            raise NotFoundError(remark("item_unknown", item=repr(item_id)), FIND_ITEMS)
        place = position if ranking.pool.items is None else int(np.searchsorted(ranking.pool.items, position))
        allowed = bool(ranking.pool.allowed[place])
        at_rank = ranking.rank_of(place) if allowed else None
        ranked = ranking.ranked(place, at_rank or 0)
        [row], explained = self._explained(ranking, [ranked], llm, language)
        recommended = at_rank is not None and at_rank <= k
        return ItemExplanation(
            user_id=user_id,
            item_id=item_id,
            title=row.title,
            recommended=recommended,
            rank=at_rank,
            score=row.score,
            contributions=row.contributions,
            explanation=row.explanation,
            why_not=[] if recommended else [self._why_not(ranking, ranked, at_rank, language)],
            degraded=[*self._remarks(ranking, NO_RULES), *degraded, *explained.degraded, *self._fitting_note()],
            llm=use.and_explained(explained.usage, int(row.explanation.source == "llm")),
        )

    def ranking(
        self,
        user_id: str,
        k: int,
        *,
        query: str | None = None,
        at: datetime | None = None,
        without: Sequence[str] = (),
        include: str | None = None,
        rules: RequestRules = NO_RULES,
        language: "Language | None" = None,
    ) -> Ranking:
        """Return the computed ranking of a list, without explanations. `without`: ids of interests to leave out, as if muted;
        `include`: an item that is scored in any case; `language`: that of the labels of interests.
        """
        tuned, now = self.tuned(), at or self.clock.now()
        models = (
            self.model_store.current(now, tuned.penalty) if at is None else self.model_store.as_of(at, tuned.penalty)
        )
        live = self.users.live(user_id, at, now, models, language)
        user, positions = self.users.user(live, models, now, query=query, without=without)
        arrays, steps = rules.arrays(models, now.timestamp()), Steps(models.space, now.timestamp(), before=rules.before)
        may = self._may_be_listed(user, positions, models.space, arrays, steps)
        asked, find = models.space.position.get(include or "", -1), partial(self.model_store.nearest.find, models.space)
        moment = self._at(models, now) if at is None else CurrentSignals.of(models, now.timestamp())
        pool = gather(
            models, moment, user, may.open_items, find, include=asked, pinned=may.pinned, favoured=arrays.boosted
        )
        list_rules, beta = tuned.in_force(self.settings.recommend)
        beta = tuned.for_history(len(user.evidence), beta)
        ranking = rank(models, moment, user, pool, beta=beta, rules=list_rules, k=k, extras=Extras.of(arrays, pool))
        return replace(ranking, qualified=int(np.count_nonzero(may.open_items)), steps=steps.considered(pool.items))

    def _may_be_listed(self, user: User, positions: Ints, space: ItemSpace, arrays: Arrays, steps: Steps) -> Eligible:
        """Return which items may be listed: `arrays` without what the user's statements, mutes and events (about the items at
        `positions`) exclude. `steps` counts what each of them leaves out.
        """
        open_items, live = arrays.open_items, user.live
        steps.take("filtered", open_items)
        open_items[self.strict.excluded(live.statements, space)] = False
        steps.take("stated", open_items)
        open_items[self.muted.excluded(live, space)] = False
        steps.take("muted", open_items)
        against = space.positions(sorted(user.refused))
        settled = self._settled(user, positions, space)
        may = eligible(space, open_items, arrays.pins, settled=settled, refused=against[against >= 0], now=user.at)
        steps.take("had", may.open_items)
        return may

    def _settled(self, user: User, positions: Ints, space: ItemSpace) -> Ints:
        """Return the positions of the items that are not recommended again."""
        settings = self.settings.recommend
        settled = SettlingTypes(settings).settled(user.events, positions, space)
        shown = space.positions(shown_in_vain(self.recommendations, settings, user, self.event_weights))
        return np.union1d(settled, shown[shown >= 0])

    def _remarks(self, ranking: Ranking, rules: RequestRules) -> list[Degraded]:
        """Return what the caller should know about the list."""
        live, remarks = ranking.user.live, []
        if not (live.n_events or ranking.user.events or len(live.ids)):
            remarks.append(Degraded(step="recommend", reason=remark("unknown_user", user=repr(live.user_id))))
        if ranking.user.named_by_query is not None:
            remarks.append(Degraded(step="query", reason=remark("query_unread")))
        return [*remarks, *rules.unmet(ranking.models.space), *missing_pins(ranking, rules)]

    def _fitting_note(self) -> list[Degraded]:
        """Return a note if newer item models are being fitted."""
        if not self.model_store.is_fitting:
            return []
        return [Degraded(step="models", reason=remark("models_being_fitted"))]

    def warm(self) -> None:
        """Load, or fit, what every list needs."""
        now = self.clock.now()
        self._at(self.model_store.current(now, self.tuned().penalty), now)

    def under(self, tuned: Tuned, rules: Mapping[str, float] | None = None) -> "Recommender":
        """Return this recommender with another setting in force; `rules` replace list rules of the settings."""
        other = copy(self)
        other._given = tuned
        if rules:
            recommend = self.settings.recommend.model_copy(update=dict(rules))
            other.settings = self.settings.model_copy(update={"recommend": recommend})
        return other

    def tuned(self) -> Tuned:
        """Return the setting in force."""
        if self._given is not None:
            return self._given
        stored = self.documents.current(DOCUMENT)
        return Tuned() if stored is None else Tuned.model_validate(stored)

    def last_tune(self) -> TuneReport | None:
        """Return the result of the last run of `tune`; None before the first."""
        stored = self.documents.current(REPORT)
        return None if stored is None else TuneReport.model_validate(stored)

    def _at(self, models: ItemModels, now: datetime) -> CurrentSignals:
        """Return item-level signals, cached for a minute; hourly popularity always includes the newest behaviour."""
        seconds, recent = now.timestamp(), self.newest.current(models.space)
        current = self._moments[0]
        if current is None or current[0] is not models or not 0 <= seconds - current[1] < MOMENT_SECONDS:
            current = self._moments[0] = (models, seconds, CurrentSignals.of(models, seconds, recent))
        elif current[2].recent is not recent:
            current = self._moments[0] = (models, current[1], current[2].renewed(seconds, recent))
        return current[2]

    def _reranked(
        self, ranking: Ranking, query: str | None, llm: bool, language: "Language | None"
    ) -> tuple[Ranking, RerankUse, list[Degraded]]:
        """Return the ranking with a model's view, if a model is asked and has a weight."""
        if not llm or self.reranker is None:
            return ranking, RerankUse(reason="no model is asked" if llm else "not asked for"), []
        return self.reranker.rerank(ranking, self.tuned(), query, language)

    def _explained(
        self, ranking: Ranking, listed: Sequence[RankedItem], llm: bool, language: "Language | None"
    ) -> tuple[list[RecommendedItem], Explained]:
        """Return the items with their accounts and reasons."""
        explainer = self.explainer if llm else RULES
        return self.writer.write(ranking, listed, explainer, self._wording(ranking, language))

    def _wording(self, ranking: Ranking, language: "Language | None") -> Wording:
        return Wording(language or self.settings.lang, self.zone_of(ranking.user.live.user_id))

    def _why_not(self, ranking: Ranking, ranked: RankedItem, rank: int | None, language: "Language | None") -> str:
        """Return in words why an item is not on a list."""
        settling = SettlingTypes(self.settings.recommend)
        exclusions = Exclusions(settling, self.strict, self.muted, self.catalogue.withdrawn)
        return exclusions.why_not(ranking, ranked, rank, self._wording(ranking, language))
