"""`penchant tune`: fits the ranking to past choices of the tenant's users, and keeps the result only if held-out choices confirm it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, groupby, product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.blocks import FEATURES, features
from penchant.agent.recommend.factors import one_thread
from penchant.agent.recommend.features import blocks
from penchant.agent.recommend.feedback import Seen, rating_scale, seen
from penchant.agent.recommend.interactions import Behaviour
from penchant.agent.recommend.list_rules import ListRules
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.ranking import CandidatePool, rank
from penchant.agent.recommend.recommender import Recommender
from penchant.agent.recommend.tuning.setting import (
    AVERAGING,
    DOCUMENT,
    JUDGED,
    LIST_LENGTH,
    REPORT,
    Example,
    Judged,
    LlmWeight,
    Opinion,
    Tuned,
    TuneReport,
    cross_validated,
    earned_weight,
    fit,
    history_factors,
    interval,
    ndcg,
    sampled_example,
    should_stop,
    standardised,
)
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints
from penchant.errors import UsageError
from penchant.store.recommendation import Recommendation
from penchant.store.recommendations import Feedback, Recommendations

if TYPE_CHECKING:
    from penchant.agent.recommend.recommender import Recommender

LIST_CHOICES = 300
LLM_CHOICES = 60
RULE_GRID = [
    ListRules(calibration=c, diversity=d, cap=cap)
    for c, d, cap in product((0.0, 0.05, 0.2), (0.0, 0.05, 0.2), (0.6, 1.0))
]


@dataclass(frozen=True)
class ListChoice:
    """A past choice: what a user took next, given what was known then. `allowed` (n,): what could have been listed; `chosen`: positions."""

    models: ItemModels
    moment: CurrentSignals
    user: User
    allowed: NDArray[np.bool_]
    chosen: Ints


@dataclass(frozen=True)
class Learnt:
    """A new setting and its effect: `gains` (choices,) differences of nDCG@10 on choices it was not fitted to."""

    tuned: Tuned
    gains: Floats


def learn(choices: Iterable[ListChoice], before: Tuned, seed: int = 0, opinion: Opinion | None = None) -> Learnt:
    """Fit weights, list rules and the weight of a model's `opinion` to `choices`. Each stays as `before` unless its gain on choices it
    was not fitted to is above zero with 95 % confidence.
    """
    random = np.random.default_rng(seed)
    found = [(choice, example) for choice in choices if (example := _example(choice, random)) is not None]
    sample, examples = [choice for choice, _ in found], [example for _, example in found]
    if len(examples) < 2 * LIST_LENGTH:
        return Learnt(before.not_measured(len(examples)), np.zeros(0))
    events = [len(choice.user.evidence) for choice in sample]
    options = (before.averaging, *(value for value in AVERAGING if value != before.averaging))
    by_option = gains_by_averaging(examples, events, before, options, random)
    option = _clearly_best(by_option, random)
    gains, averaging = by_option[:, option], options[option]
    low, high = interval(gains, random)
    better = low > 0
    weighed = before
    if better:
        beta = fit(_multiplied(examples, events, averaging), before.beta)
        weighed = before.model_copy(update={"beta": beta, "averaging": averaging})
    rules, ruled = _best_rules(sample[:: max(1, len(sample) // LIST_CHOICES)], weighed, random)
    tuned = weighed.model_copy(
        update={
            "rules": rules,
            "choices": len(examples),
            "gain": round(float(gains.mean()), 6),
            "interval": (round(low, 6), round(high, 6)),
            "unchanged": not better,
            "rules_gain": round(float(ruled.mean()), 6),
            "rules_interval": tuple(round(end, 6) for end in interval(ruled, random)),
        }
    )
    if opinion is not None:
        tuned = tuned.model_copy(update={"llm": _weight_of(opinion, sample, tuned, seed)})
    return Learnt(tuned, gains)


def _weight_of(opinion: Opinion, sample: Sequence[ListChoice], tuned: Tuned, seed: int) -> LlmWeight:
    """Return the weight that a model's opinion has earned on past choices."""
    earned = earned_weight(judged(sample, tuned, opinion), seed)
    return LlmWeight(
        weight=earned.weight,
        model=opinion.model,
        choices=earned.choices,
        gain=earned.gain,
        interval=earned.interval,
    )


def _clearly_best(by_option: Floats, random: np.random.Generator) -> int:
    """Return the column of the largest mean gain; 0, which is in force, unless that one is better with 95 % confidence."""
    best = int(by_option.mean(0).argmax())
    return best if best and interval(by_option[:, best] - by_option[:, 0], random)[0] > 0 else 0


def gains_by_averaging(
    examples: Sequence[Example],
    events: Sequence[int],
    before: Tuned,
    options: Sequence[float],
    random: np.random.Generator,
) -> Floats:
    """Return the gains in nDCG@10 (n, options) on each half with weights fitted to the other half, for each option of `Tuned.averaging`.

    `events`: the number of the user's events, for each example.
    """
    order = random.permutation(len(examples))
    halves = (order[::2], order[1::2])
    old = _vector(before.beta)
    known = [_mean_ndcg(old, example) for example in _multiplied(examples, events, before.averaging)]
    gains = np.zeros((len(examples), len(options)))
    for column, averaging in enumerate(options):
        seen_so = _multiplied(examples, events, averaging)
        for learnt_on, measured_on in (halves, halves[::-1]):
            new = _vector(fit([seen_so[row] for row in learnt_on], before.beta))
            for row in measured_on:
                gains[row, column] = _mean_ndcg(new, seen_so[row]) - known[row]
    return gains


def judged(choices: Sequence[ListChoice], tuned: Tuned, opinion: Opinion) -> Iterator[Judged]:
    """Yield what the model says of the shortlists of past choices. It is asked only where it could move the chosen item, at most
    `LLM_CHOICES` times, and only until `should_stop`.
    """
    standing: list[float] = []
    for choice in choices:
        pool, beta = CandidatePool(None, choice.allowed), tuned.for_history(len(choice.user.evidence))
        ranking = rank(choice.models, choice.moment, choice.user, pool, beta=beta, rules=tuned.rules, k=LIST_LENGTH)
        places = ranking.order[:JUDGED]
        scores = ranking.scores[places]
        at = np.flatnonzero(np.isin(places, choice.chosen))
        if not len(at):
            yield Judged(scores, np.zeros(len(places)), -1)
            continue
        opinions = opinion.scores(choice.user, choice.models, places)
        view = np.zeros(len(places)) if opinions is None else standardised(opinions)
        yield Judged(scores, view, int(at[0]))
        standing.append(float(view[at[0]]))
        if len(standing) == LLM_CHOICES or should_stop(standing):
            return


@one_thread
def _example(choice: ListChoice, random: np.random.Generator) -> Example | None:
    built = blocks(choice.models, choice.moment, choice.user, None, allowed=choice.allowed)
    _, values = features(built, len(choice.models.space))
    return sampled_example(values, choice.allowed, choice.chosen, random)


def _multiplied(examples: Sequence[Example], events: Sequence[int], averaging: float) -> list[Example]:
    """Return the examples as a setting with this `averaging` sees them. `events`: the number of the user's events, for each example."""
    if not averaging:
        return list(examples)
    factors = [history_factors(count, averaging).astype(np.float32)[:, None] for count in events]
    return [replace(example, values=example.values * factor) for example, factor in zip(examples, factors, strict=True)]


def _mean_ndcg(beta: NDArray[np.float32], example: Example) -> float:
    scores = beta @ example.values
    return float(np.mean([ndcg(scores, int(column)) for column in example.chosen]))


def _vector(beta: Mapping[str, float]) -> NDArray[np.float32]:
    return np.array([beta.get(name, 0.0) for name in FEATURES], np.float32)


def _best_rules(sample: Sequence[ListChoice], weighed: Tuned, random: np.random.Generator) -> tuple[ListRules, Floats]:
    """Return the best rules of the grid by nDCG@10, if significantly better than those in force; and the gains on held-out choices."""
    before = weighed.rules
    grid = [before, *(rules for rules in RULE_GRID if rules != before)]
    found = np.zeros((len(sample), len(grid)))
    for row, choice in enumerate(sample):
        pool, beta = CandidatePool(None, choice.allowed), weighed.for_history(len(choice.user.evidence))
        ranking = rank(choice.models, choice.moment, choice.user, pool, beta=beta, rules=before, k=LIST_LENGTH)
        for column, rules in enumerate(grid):
            order = ranking.rearranged(rules)
            places = np.flatnonzero(np.isin(order[:LIST_LENGTH], choice.chosen))
            found[row, column] = float((1.0 / np.log2(places + 2)).sum())
    found -= found[:, :1].copy()
    gains = cross_validated(found, random)
    better = interval(gains, random)[0] > 0
    return grid[int(found.mean(0).argmax())] if better else before, gains


NEWEST = 500
FITS = 3
"""How many times models are fitted, each time on what was known before the lists they are used for."""


def choices_from_feedback(recommender: "Recommender", recommendations: Recommendations) -> Iterator[ListChoice]:
    """Yield a choice for each of the `NEWEST` lists from which something was taken and something passed over, oldest first."""
    heard = sorted(recommendations.with_feedback(), key=lambda pair: (pair[0].as_of, pair[0].recommendation_id))[
        -NEWEST:
    ]
    scale = rating_scale(feedback for _, given in heard for feedback in given)
    judged_lists = [
        (recommendation, *chosen_and_passed_items(recommendation, given, scale)) for recommendation, given in heard
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


def chosen_and_passed_items(
    recommendation: Recommendation, given: Sequence[Feedback], scale: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the items that the user took from a list, and of those they saw and passed over."""
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
) -> ListChoice | None:
    """Return a choice; None if what was taken or what was passed over is no longer in the catalogue."""
    chosen, others = (where[where >= 0] for where in map(models.space.positions, (taken, passed)))
    if not (len(chosen) and len(others)):
        return None
    allowed = np.zeros(len(models.space), bool)
    allowed[chosen] = allowed[others] = True
    live = recommender.users.interests.live(recommendation.user_id, recommendation.as_of)
    user, _ = recommender.users.user(live, models, recommendation.as_of)
    return ListChoice(
        models, CurrentSignals.of(models, recommendation.as_of.timestamp()), user, allowed, np.sort(chosen)
    )


FOLDS = (0.8, 0.9)
MAX_USERS = 500
LEAST_EVENTS = 200
Progress = Callable[[int, int], None]


def tune(
    recommender: Recommender, lists: Recommendations, users: int = MAX_USERS, on_progress: Progress | None = None
) -> TuneReport:
    """Fit weights, list rules and the weight of the language model's view to what at most `users` users chose next at two moments of the
    past, each with only what was known then, and to the feedback on lists.

    A better setting is stored as a new version of the document `tuned`; others are not stored. The report replaces that of the run
    before. Raises `UsageError`.
    """
    started, now = time.perf_counter(), recommender.clock.now()
    whole = recommender.model_store.behaviour(now)
    if len(whole) < LEAST_EVENTS:
        raise UsageError(f"tuning needs at least {LEAST_EVENTS} events with items of the catalogue, not {len(whole)}")
    before = recommender.tuned()
    names = recommender.ledger.interactions(now).users
    choices = chain(
        _choices(recommender, whole, names, users, on_progress or _ignore_progress),
        choices_from_feedback(recommender, lists),
    )
    tuned = learn(choices, before, opinion=recommender.reranker).tuned
    if (tuned.beta, tuned.rules, tuned.llm) != (before.beta, before.rules, before.llm):
        tuned = tuned.model_copy(update={"fitted_at": now})
        recommender.documents.put(DOCUMENT, tuned.model_dump(mode="json"))
    report = TuneReport(before=before, tuned=tuned, seconds=round(time.perf_counter() - started, 1), at=now)
    recommender.documents.put_only(REPORT, report.model_dump(mode="json"))
    return report


def _ignore_progress(done: int, total: int) -> None:
    """Ignore progress."""


def _choices(
    recommender: Recommender, whole: Behaviour, names: list[str], users: int, progress: Progress
) -> Iterator[ListChoice]:
    penalty = recommender.tuned().penalty
    for fold in FOLDS:
        moment = float(np.quantile(whole.at, fold))
        known = whole.before(moment)
        models = ItemModels.fit(recommender.model_store.space(), known, penalty)
        at_moment = CurrentSignals.of(models, moment)
        asked = _users_with_choices(whole, moment, users)
        for done, (user, chosen) in enumerate(asked, 1):
            progress(done, len(asked))
            yield _next_choice(recommender, models, at_moment, names[user], chosen)


def _users_with_choices(whole: Behaviour, moment: float, users: int) -> list[tuple[int, Ints]]:
    """Return users with a past, each with the new items of their next moment; an even sample of at most `users`."""
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


def _next_choice(
    recommender: Recommender, models: ItemModels, moment: CurrentSignals, user_id: str, chosen: Ints
) -> ListChoice:
    before = datetime.fromtimestamp(moment.at, UTC) - timedelta(microseconds=1)
    live = recommender.users.interests.live(user_id, before)
    evidence, had = recommender.users.evidence(live, models, before)
    allowed = np.ones(len(models.space), bool)
    allowed[had] = False
    return ListChoice(models, moment, User(evidence, live, moment.at), allowed, chosen)
