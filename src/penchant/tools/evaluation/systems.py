"""The systems that are compared: the interface, the product's ranker in four variants, and the data they may use.

Every system answers the same call with an order of items; none sees more than its part of the log allows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.blocks import FEATURES
from penchant.agent.recommend.interactions import Behaviour, ItemSpace, UserEvidence
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.ranking import CandidatePool, Ranking, rank
from penchant.agent.recommend.recent import Recent
from penchant.agent.recommend.tuning.learning import ListChoice
from penchant.agent.recommend.tuning.setting import JUDGED, Opinion, Tuned, standardised
from penchant.agent.recommend.user import User
from penchant.tools.evaluation.dataset import Log
from penchant.tools.evaluation.protocol import Case, Split

LISTED = 100

Interests = Callable[[int, float, NDArray[np.int64]], LiveInterests]
"""Returns the leaves of a user's tree (user code, Unix seconds) from these rows of the log, newest first."""


class System(Protocol):
    """A system that ranks the catalogue for a case."""

    def order(self, case: Case, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the best `LISTED` allowed positions (all, where they are fewer), best first."""
        ...


@dataclass(frozen=True)
class World:
    """What systems may know: one part of a log over an item space."""

    log: Log
    space: ItemSpace
    part: Split

    @cached_property
    def behaviour(self) -> Behaviour:
        """Return the choices that models may be fitted to."""
        return self.log.behaviour(self.part.known, len(self.space))

    @cached_property
    def recent(self) -> Recent:
        """Return the choices that may be used where they are older than a case."""
        live = self.part.known if self.part.live is None else self.part.live
        return Recent.of(self.log.behaviour(live, len(self.space)), None)

    def taken(self, case: Case) -> NDArray[np.int64]:
        """Return the distinct positions that the user of a case has chosen so far."""
        rows = self.part.history(self.log, case)
        return np.unique(self.log.items[rows[self.log.chosen[rows]]])

    def allowed(self, case: Case) -> NDArray[np.bool_]:
        """Return which items may be listed, shape (n,): the candidates, else all but those the user already had (the
        true one is always allowed).
        """
        allowed = np.ones(len(self.space), bool)
        if case.candidates is not None:
            allowed[:] = False
            allowed[list(case.candidates)] = True
            return allowed
        items = self.log.items[self.part.history(self.log, case)]
        allowed[items[items >= 0]] = False
        if self.part.live is not None:
            allowed[self.space.dates > case.at] = False  # not created yet
        allowed[case.chosen[0]] = True
        return allowed


@dataclass
class Penchant:
    """The product's ranker. `flat`: one interest instead of a tree. `opinion`: a language model, asked where `tuned`
    gives it a weight.
    """

    world: World
    models: ItemModels
    interests: Interests
    tuned: Tuned
    fading: bool = True
    flat: bool = False
    content_only: bool = False
    opinion: Opinion | None = None

    def tree(self, case: Case) -> LiveInterests:
        """Return the interests of the user at the time of the case."""
        live = self.interests(case.user, case.at, self.world.part.history(self.world.log, case))
        return flattened(live) if self.flat else live

    def user(self, case: Case) -> User:
        """Return what is known about the user at the time of the case."""
        log, live = self.world.log, self.tree(case)
        rows = self.world.part.history(log, case)
        ids = [log.events[row].event_id for row in rows]
        evidence = UserEvidence.of(live, ids, log.items[rows], log.at[rows], log.weights[rows])
        return User(evidence, live, case.at)

    def choice(self, case: Case) -> ListChoice:
        """Return the case as an example to learn from."""
        allowed = self.world.allowed(case)
        return ListChoice(self.models, self.moment(case), self.user(case), allowed, np.array(case.chosen, np.int64))

    def moment(self, case: Case) -> CurrentSignals:
        """Return the signals that are the same for all users at the time of the case."""
        return CurrentSignals.of(self.models, case.at, self.world.recent)

    def ranking(self, case: Case, allowed: NDArray[np.bool_]) -> Ranking:
        """Rank the allowed items with the product's ranker."""
        user, moment = self.user(case), self.moment(case)
        beta = self.tuned.for_history(len(user.evidence))
        if self.content_only:
            beta = {name: value for name, value in beta.items() if FEATURES[name] == "content"}
        return rank(
            self.models,
            moment,
            user,
            CandidatePool(None, allowed),
            beta=beta,
            rules=self.tuned.rules,
            k=10,
            fading=self.fading,
        )

    def order(self, case: Case, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        ranking = self.ranking(case, allowed)
        weight = self.tuned.llm_weight(self.opinion.model) if self.opinion is not None else None
        if self.opinion is not None and weight:
            places = ranking.order[:JUDGED]
            scores = self.opinion.scores(ranking.user, self.models, places)
            ranking = ranking if scores is None else ranking.with_model_view(places, standardised(scores), weight)
        return ranking.order[:LISTED]


def flattened(live: LiveInterests) -> LiveInterests:
    """Return the user with a single interest in place of the tree: the strength-weighted mean of all."""
    if len(live.ids) < 2:
        return live
    mean = (live.p[:, None] * live.vectors).sum(0)
    mean = (mean / (np.linalg.norm(mean) or 1.0)).astype(np.float32)
    return replace(
        live,
        ids=live.ids[:1],
        labels=live.labels[:1],
        paths=live.paths[:1],
        vectors=mean[None, :],
        p=np.array([live.p.sum()]),
        liking=np.array([1.0]),
        muted=np.array([False]),
        pinned=np.array([False]),
        stated=np.array([False]),
        acted=np.array([bool(live.acted.any())]),
        evidence=(tuple(event for events in live.evidence for event in events),),
    )
