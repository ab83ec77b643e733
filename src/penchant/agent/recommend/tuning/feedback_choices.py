"""What `tune` can learn from feedback: of the items a user has seen on a list, which they took and which they passed over.

An item is passed over when it stood above one that was taken (people look from the top; T. Joachims, KDD 2002) or was disliked: what
stood below was perhaps never seen and says nothing. So the place on the list, which decides most clicks, is not learnt as taste.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.recommend.feedback_stats import Seen, rating_scale, seen
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.tuning.learning import Choice
from penchant.store.recommendation import Recommendation
from penchant.store.recommendations import Feedback, Recommendations

if TYPE_CHECKING:
    from penchant.agent.recommend.recommender import Recommender

NEWEST = 500
FITS = 3
"""Models are fitted this often, each time on what was known before the lists they are used for."""


def choices_from_feedback(recommender: "Recommender", recommendations: Recommendations) -> Iterator[Choice]:
    """One choice for each of the `NEWEST` lists on which something was taken and something passed over, oldest first."""
    heard = sorted(recommendations.with_feedback(), key=lambda pair: (pair[0].as_of, pair[0].recommendation_id))[
        -NEWEST:
    ]
    scale = rating_scale(feedback for _, given in heard for feedback in given)
    judged_lists = [
        (recommendation, *taken_and_passed(recommendation, given, scale)) for recommendation, given in heard
    ]
    judged_lists = [
        (recommendation, taken, passed) for recommendation, taken, passed in judged_lists if taken and passed
    ]
    space, penalty = recommender.model_store.space(), recommender.tuned().penalty
    for _, group in groupby(enumerate(judged_lists), lambda pair: pair[0] * FITS // len(judged_lists)):
        lists = [feedback for _, feedback in group]
        models = ItemModels.fit(space, recommender.model_store.behaviour(lists[0][0].as_of), penalty)
        for recommendation, taken, passed in lists:
            choice = _choice(recommender, models, recommendation, taken=taken, passed=passed)
            if choice is not None:
                yield choice


def taken_and_passed(
    recommendation: Recommendation, given: Sequence[Feedback], scale: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Item ids the user took from a list, and those they saw and passed over."""
    looked = seen(recommendation, given, scale)
    taken = [row for row in looked if _is_taken(row)]
    last = max((row.row.rank for row in taken), default=0)
    passed = [row for row in looked if not _is_taken(row) and (row.row.rank < last or row.satisfied is False)]
    return tuple(row.row.item_id for row in taken), tuple(row.row.item_id for row in passed)


def _is_taken(row: Seen) -> bool:
    return row.satisfied is not False and (row.clicked or bool(row.satisfied))


def _choice(
    recommender: "Recommender",
    models: ItemModels,
    recommendation: Recommendation,
    *,
    taken: Sequence[str],
    passed: Sequence[str],
) -> Choice | None:
    """None where the catalogue no longer holds what was taken or what was passed over."""
    chosen, others = (where[where >= 0] for where in map(models.space.positions, (taken, passed)))
    if not (len(chosen) and len(others)):
        return None
    allowed = np.zeros(len(models.space), bool)
    allowed[chosen] = allowed[others] = True
    user = recommender.user(recommendation.user_id, models, recommendation.as_of)
    return Choice(models, CurrentSignals.of(models, recommendation.as_of.timestamp()), user, allowed, np.sort(chosen))
