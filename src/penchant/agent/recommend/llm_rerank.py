"""Re-ranking with a language model: its view of a shortlist, and the weight that this view gets.

The model sees at most `JUDGED` candidates marked by letters and is asked for the best one; the likelihood of each letter as that one
token is its view of the whole list: one prefill, no generated text (FIRST, arXiv 2406.15657). The prompt is the whole cost, so it is
short, and the parts that two orders share (the task, the person) come first and are read once. Servers that return no likelihoods
write the order as JSON. The position of a candidate influences the model more than its content, so the view is the mean over two
opposite orders. Its weight is what `penchant tune` has measured for this model on this catalogue (see `earned_weight`), and before that
that of `cautious_weight`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.llm.model import LanguageModel, Prompt
from penchant.agent.llm.structured_output import complete
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.ranking import Ranking
from penchant.agent.recommend.tuning.setting import JUDGED, Tuned, standardised
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints
from penchant.errors import ModelError
from penchant.network.deadline import remaining, time_limit
from penchant.prompts.contexts import Rerank
from penchant.prompts.fence import Trusted, neutralise
from penchant.prompts.remarks import remark
from penchant.prompts.render import render
from penchant.prompts.replies import rank_reply
from penchant.store.receipt import Degraded, Usage
from penchant.store.recommendation import RerankUse

if TYPE_CHECKING:
    from penchant.settings import Language, Settings

STEP = "rerank"
LETTERS = "ABCDEFGHIJKLMNOPQRST"
INTERESTS = 6
RECENT = 6
#: Characters of a title in the prompt: its beginning says most, and every token is read twice. The longer limit is for titles that begin
#: alike.
TITLE_LENGTH, LONG_TITLE = 48, 120
LEAST_COVERED = 0.5
#: The weight of a capable model before `tune` has measured it, as a share of the spread of the list's own scores. It holds for a user
#: without events and falls to 0 at `FADES_AT_EVENTS` events. It is so small that a model no better than chance costs less than
#: 0.5 % of nDCG@10.
UNMEASURED_WEIGHT = 0.1
FADES_AT_EVENTS = 10


@dataclass(frozen=True)
class ModelView:
    """The view of the model: `scores` (c,), higher is better; None if it failed or answered too little. `degraded` says why."""

    scores: Floats | None
    usage: Usage
    degraded: tuple[Degraded, ...] = ()


class _Unusable(Exception):
    """Raised with the reason why a view cannot be used, and its cost. Never leaves this module."""

    def __init__(self, reason: str, usage: Usage | None = None) -> None:
        super().__init__(reason)
        self.usage = usage or Usage()


class LlmReranker:
    """Asks one language model for its view of shortlists. Thread-safe if the model is."""

    def __init__(self, language_model: LanguageModel, settings: "Settings") -> None:
        self.language_model, self.settings = language_model, settings

    @property
    def model(self) -> str:
        """The name of the model; a weight holds for this model only."""
        return self.language_model.profile.model

    def rerank(
        self, ranking: Ranking, tuned: Tuned, query: str | None = None, language: "Language | None" = None
    ) -> tuple[Ranking, RerankUse, list[Degraded]]:
        """Return the ranking with the model's view added, or unchanged; how the model was used; and what failed."""
        weight, reason = self._weight(ranking, tuned, query)
        use = RerankUse(model=self.model, reason=reason)
        if not weight:
            return ranking, use, []
        places = ranking.order[:JUDGED]
        items = places if ranking.pool.items is None else ranking.pool.items[places]
        view = self.view(ranking.user, ranking.models, items, query, language)
        use = use.model_copy(update=view.usage.model_dump(exclude={"repairs"}))
        if view.scores is None:
            return ranking, use.model_copy(update={"reason": remark("rerank_unanswered")}), list(view.degraded)
        judged = ranking.with_model_view(places, standardised(view.scores), weight)
        return judged, use.model_copy(update={"rerank_weight": weight}), []

    def scores(self, user: User, models: ItemModels, items: Ints) -> Floats | None:
        """Return the model's view of the items at positions `items` (c,), for `tune`; None if it failed."""
        return self.view(user, models, items).scores

    def view(
        self,
        user: User,
        models: ItemModels,
        items: Ints,
        query: str | None = None,
        language: "Language | None" = None,
    ) -> ModelView:
        """Return the mean of the model's views over the given order and its reverse."""
        language = language or self.settings.lang
        usage, votes = Usage(), []
        titles = [models.space.titles[item] for item in items]
        opposite = np.arange(len(titles))[::-1]
        try:
            with time_limit(self.settings.recommend.llm_seconds):
                for order in (opposite[::-1], opposite):
                    if remaining() <= 0:
                        raise _Unusable(
                            f"no answer within {self.settings.recommend.llm_seconds:g} s (recommend.llm_seconds)"
                        )
                    vote, cost = self._vote(user, models, [titles[at] for at in order], query, language)
                    usage += cost
                    votes.append(vote[np.argsort(order)])
        except (ModelError, _Unusable) as error:
            usage += error.usage if isinstance(error, _Unusable) else Usage()
            return ModelView(None, usage, (Degraded(step=STEP, reason=remark("order_of_rules", why=error)),))
        return ModelView(np.mean(votes, axis=0), usage)

    def _weight(self, ranking: Ranking, tuned: Tuned, query: str | None) -> tuple[float, str]:
        """Return the weight in force, and the reason for it in words."""
        found, tier = tuned.llm_weight(self.model), self.language_model.profile.tier
        if len(ranking.order) < 2:
            return 0.0, remark("rerank_nothing")
        if not (len(ranking.user.live.ids) or len(ranking.user.evidence) or query):
            return 0.0, remark("rerank_unknown_user")
        if found is not None:
            return found, remark("rerank_measured" if found else "rerank_measured_useless", model=self.model)
        weight = cautious_weight(ranking) if tier == "name" else 0.0
        if not weight:
            return 0.0, remark("rerank_unmeasured")
        return weight, remark("rerank_cautious")

    def _vote(
        self, user: User, models: ItemModels, titles: Sequence[str], query: str | None, language: "Language"
    ) -> tuple[Floats, Usage]:
        """Ask once; return the view, shape (c,), in the order of `titles`, and the cost. Raises `ModelError`, `_Unusable`."""
        if self.language_model.profile.logprobs:
            return self._by_letters(
                self._prompt(user, models, titles, query, LETTERS[: len(titles)], language=language), len(titles)
            )
        numbers = [str(number) for number in range(1, len(titles) + 1)]
        prompt = self._prompt(user, models, titles, query, numbers, language=language, as_json=True)
        return self._by_order(prompt, len(titles), language)

    def _by_letters(self, prompt: Prompt, count: int) -> tuple[Floats, Usage]:
        choice = self.language_model.choose(prompt, LETTERS[:count])
        usage = choice.usage.model_copy(update={"calls": max(1, choice.usage.calls)})
        _check_covered(count if choice.covered is None else choice.covered, count, usage)
        return np.array(choice.log_probabilities, np.float64), usage

    def _by_order(self, prompt: Prompt, count: int, language: "Language") -> tuple[Floats, Usage]:
        done = complete(
            self.language_model,
            prompt,
            rank_reply(candidates=count),
            max_tokens=32 + 5 * count,
            language=language,
        )
        if done.value is None:
            raise _Unusable("; ".join(fault.reason for fault in done.degraded) or "no reply", done.usage)
        order = np.array(done.value.order) - 1
        _check_covered(len(order), count, done.usage)
        by_rank = -np.log2(np.arange(count) + 2.0)
        scores = np.full(count, by_rank[len(order) :].mean() if len(order) < count else 0.0)
        scores[order] = by_rank[: len(order)]
        return scores, done.usage

    def _prompt(
        self,
        user: User,
        models: ItemModels,
        titles: Sequence[str],
        query: str | None,
        marks: Sequence[str],
        *,
        language: "Language",
        as_json: bool = False,
    ) -> Prompt:
        recent = dict.fromkeys(models.space.titles[item] for item in user.evidence.items[: 3 * RECENT])
        context = Rerank(
            profile=tuple(dict.fromkeys(user.live.labels[leaf] for leaf in _liked(user)[:INTERESTS])),
            recent=tuple(shortened_titles(list(recent)[:RECENT])),
            candidates=tuple(
                (Trusted(mark), title) for mark, title in zip(marks, shortened_titles(titles), strict=True)
            ),
            query=query or "",
            as_json=as_json,
        )
        return render(STEP, language, context, user_id=user.live.user_id, folder=self.settings.prompts)


def shortened_titles(titles: Sequence[str]) -> list[str]:
    """Return titles in as few tokens as keep them distinct: shortened, and without all capitals, which take nearly twice as many."""
    quiet = [title.lower() if title.isupper() else title for title in titles]
    short = [neutralise(title, TITLE_LENGTH) for title in quiet]
    apart = len(set(short)) == len(set(quiet))
    return short if apart else [neutralise(title, LONG_TITLE) for title in quiet]


def cautious_weight(ranking: Ranking) -> float:
    """Return the weight of a capable, unmeasured model, in nats per standard deviation of its view; 0 unless the user has few events."""
    scores = ranking.scores[ranking.order[:JUDGED]]
    room = max(0.0, 1.0 - len(ranking.user.evidence) / FADES_AT_EVENTS)
    return round(float(UNMEASURED_WEIGHT * scores.std() * room), 6)


def _liked(user: User) -> list[int]:
    return [int(leaf) for leaf in np.flatnonzero(user.active & (user.live.liking >= 0.5))]


def _check_covered(covered: int, count: int, usage: Usage) -> None:
    if covered < LEAST_COVERED * count:
        raise _Unusable(f"the model told {covered} of {count} candidates apart, fewer than half", usage)
