"""`penchant tune`: fit the ranking to the tenant's own past, and store it where it is better."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain

import numpy as np

from penchant.agent.recommend.features import User
from penchant.agent.recommend.interactions import Behaviour
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.recommender import Recommender
from penchant.agent.recommend.tuning.learning import ListChoice, choices_from_feedback, learn
from penchant.agent.recommend.tuning.setting import DOCUMENT, TuneReport
from penchant.arrays import Ints
from penchant.errors import UsageError
from penchant.store.recommendations import Recommendations

FOLDS = (0.8, 0.9)
MAX_USERS = 500
LEAST_EVENTS = 200
Progress = Callable[[int, int], None]


def tune(
    recommender: Recommender, lists: Recommendations, users: int = MAX_USERS, on_progress: Progress | None = None
) -> TuneReport:
    """Fit weights, list rules and the weight of the language model's view to what at most `users` users chose next, at two moments of the
    past, each known only up to then; and to what was taken from lists, by the feedback on them.

    Stored as a new version of the document `tuned`; a setting that is not better is not stored. Raises `UsageError`.
    """
    started, now = time.perf_counter(), recommender.clock.now()
    whole = recommender.model_store.behaviour(now)
    if len(whole) < LEAST_EVENTS:
        raise UsageError(f"tuning needs at least {LEAST_EVENTS} events with items of the catalogue, not {len(whole)}")
    before = recommender.tuned()
    names = recommender.ledger.interactions(now).users
    choices = chain(
        _choices(recommender, whole, names, users, on_progress or _quiet),
        choices_from_feedback(recommender, lists),
    )
    tuned = learn(choices, before, opinion=recommender.reranker).tuned
    if (tuned.beta, tuned.rules, tuned.llm) != (before.beta, before.rules, before.llm):
        tuned = tuned.model_copy(update={"fitted_at": now})
        recommender.documents.put(DOCUMENT, tuned.model_dump(mode="json"))
    return TuneReport(before=before, tuned=tuned, seconds=round(time.perf_counter() - started, 1))


def _quiet(done: int, total: int) -> None:
    """Nobody is watching."""


def _choices(
    recommender: Recommender, whole: Behaviour, names: list[str], users: int, progress: Progress
) -> Iterator[ListChoice]:
    penalty = recommender.tuned().penalty
    for fold in FOLDS:
        moment = float(np.quantile(whole.at, fold))
        known = whole.before(moment)
        models = ItemModels.fit(recommender.model_store.space(), known, penalty)
        at_moment = CurrentSignals.of(models, moment)
        asked = _asked(whole, moment, users)
        for done, (user, chosen) in enumerate(asked, 1):
            progress(done, len(asked))
            yield _choice(recommender, models, at_moment, names[user], chosen)


def _asked(whole: Behaviour, moment: float, users: int) -> list[tuple[int, Ints]]:
    """Users with a past, and the new items of their next moment; evenly drawn."""
    asked = []
    order = np.argsort(whole.users, kind="stable")
    bounds = np.searchsorted(whole.users[order], np.arange(whole.n_users + 1))
    for user in range(whole.n_users):
        rows = order[bounds[user] : bounds[user + 1]]
        past, future = rows[whole.at[rows] < moment], rows[whole.at[rows] >= moment]
        new = future[~np.isin(whole.items[future], whole.items[past])]
        if len(past) and len(new):
            asked.append((user, np.unique(whole.items[new[whole.at[new] == whole.at[new[0]]]])))
    return asked[:: max(1, -(-len(asked) // users))]


def _choice(
    recommender: Recommender, models: ItemModels, moment: CurrentSignals, user_id: str, chosen: Ints
) -> ListChoice:
    before = datetime.fromtimestamp(moment.at, UTC) - timedelta(microseconds=1)
    live = recommender.interests.state(user_id, before)
    evidence, had = recommender.evidence(user_id, live, models, before)
    allowed = np.ones(len(models.space), bool)
    allowed[had] = False
    return ListChoice(models, moment, User(evidence, live, moment.at), allowed, chosen)
