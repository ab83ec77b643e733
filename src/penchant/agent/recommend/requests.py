"""Requests for a list: reading one with its rules, checking consent, making the list, and continuing it on the next page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from penchant.agent.recommend.avoidance import READ_AT_ONCE, avoiding, unread
from penchant.agent.recommend.experiments import Experiments
from penchant.agent.recommend.feedback import stored_form
from penchant.agent.recommend.interleave import interleaved, setting, version_in_force
from penchant.agent.recommend.request_rules import RequestRules
from penchant.agent.recommend.shortfall import fewer
from penchant.agent.recommend.wishes import split_query
from penchant.errors import NotFoundError, UsageError
from penchant.prompts.remarks import answer_in
from penchant.settings import Language
from penchant.store.recommendation import Compared, Recommendation, bounded_k, identity
from penchant.store.recommendations import Recommendations
from penchant.store.revisions import Revisions

if TYPE_CHECKING:
    from penchant.agent.privacy.consent import Permissions
    from penchant.agent.recommend.ranking import Ranking
    from penchant.agent.recommend.recommender import Recommender


@dataclass(frozen=True)
class PagesBefore:
    """The item ids on the pages before, and the request of the last of them."""

    items: tuple[str, ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)


def pages_before(recommendations: Recommendations, user_id: str, recommendation_id: str) -> PagesBefore:
    """Collect the items of this list of the user and of all pages before it. Raises `NotFoundError` for a list that is not theirs."""
    pages = list(recommendations.pages(recommendation_id))
    for page in pages:
        if page.user_id != user_id:
            name = page.recommendation_id
            raise NotFoundError(
                f"no recommendation {name!r} of user {user_id!r}: use the id of a list that they were given"
            )
    items = dict.fromkeys(item for page in pages for item in page.item_ids)
    return PagesBefore(tuple(items), pages[0].asked)


PAGED_ARGUMENTS = ("query", "domain", "avoid", "where", "exclude", "boost", "cap", "fresh_only")
"""What the next page takes from the page before where it is not given again."""


@dataclass(frozen=True)
class ListRequest:
    """The arguments of one request for a list. `where`, `boost` (by expression), `pin` and `cap` are written as `RequestRules.of` reads
    them. `after`: the id of the recommendation whose next page this is. `against`: a version of the tuned setting to interleave with
    the one in force.
    """

    k: int = 10
    query: str | None = None
    domain: str | None = None
    avoid: str | None = None
    at: datetime | None = None
    llm: bool = True
    where: Sequence[str] = ()
    exclude: Sequence[str] = ()
    boost: Mapping[str, float] | Sequence[str] = ()
    pin: Sequence[str] = ()
    cap: Sequence[str] = ()
    fresh_only: float | None = None
    after: str | None = None
    against: int | None = None
    language: Language | None = None

    def filled_from(self, asked: Mapping[str, Any]) -> "ListRequest":
        """Return this request with its empty fields filled from the page before."""
        empty = {each.name for each in fields(self) if getattr(self, each.name) in (None, (), [], {})}
        return replace(self, **{name: asked[name] for name in PAGED_ARGUMENTS if name in empty and asked.get(name)})

    def with_query_split(self) -> "ListRequest":
        """Return this request with what its query excludes ("snacks without nuts") moved to `avoid`, except for a list of two settings."""
        if not self.query or self.against is not None:
            return self
        query, excluded = split_query(self.query)
        avoid = ", ".join(filter(None, (self.avoid, excluded)))
        return replace(self, query=query or None, avoid=avoid or None) if excluded else self

    def asked(self) -> dict[str, Any]:
        """Return the fields of this request that a next page needs."""
        given = {name: getattr(self, name) for name in PAGED_ARGUMENTS if getattr(self, name)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}

    def rules(self, before: Sequence[str] = ()) -> RequestRules:
        """Return the parsed rules; items in `before` (those on earlier pages) are left out. Raises `UsageError`."""
        rules = RequestRules.of(
            where=self.where,
            exclude=self.exclude,
            boost=self.boost,
            pin=self.pin,
            cap=self.cap,
            fresh_days=self.fresh_only,
            domain=self.domain,
        )
        return replace(rules, before=tuple(before))


def make_list(
    recommender: "Recommender",
    recommendations: Recommendations,
    permissions: "Permissions",
    user_id: str,
    request: ListRequest,
) -> Recommendation:
    """Make the requested list and store it for feedback and for its next page. Raises `UsageError`, `NotFoundError`, `ConsentError`."""
    bounded_k(request.k)
    before: Sequence[str] = ()
    if request.after is not None:
        pages = pages_before(recommendations, user_id, request.after)
        before, request = pages.items, request.filled_from(pages.asked)
    if request.avoid and request.against is not None:
        raise UsageError("lists that compare two settings cannot avoid anything: leave out `avoid` or `against`")
    request = replace(request, query=(request.query or "").strip() or None).with_query_split()
    rules = request.rules(before)
    permissions.require(user_id, "recommend", words=request.query)
    with Revisions(recommender.documents.database).steady():
        recommendation = _listed(recommender, user_id, request, rules)
    language = request.language or recommender.settings.lang
    recommendation = answer_in(language, _with_shortfall(recommendation, request.k, language))
    recommendation = recommendation.model_copy(update={"recommendation_id": identity(recommendation)})
    recommendations.save(stored_form(recommendation), recommender.clock.now())
    return recommendation


def _with_shortfall(found: Recommendation, k: int, language: str) -> Recommendation:
    """Return the list with the reason why it is shorter than was asked for, and without the counts where it is not."""
    left_out = found.left_out if len(found.items) < k else {}
    text = fewer(language, len(found.items), k, found.available or 0, left_out)
    return found.model_copy(update={"left_out": left_out, "fewer": text})


def _listed(recommender: "Recommender", user_id: str, request: ListRequest, rules: RequestRules) -> Recommendation:
    """Return the list before it is named and stored."""
    record: dict[str, Any] = {"asked": request.asked(), "after": request.after}
    if request.against is not None:
        return _compared(recommender, user_id, request, rules, request.against).model_copy(update=record)
    if request.at is None:
        recommender, record["exposure"] = Experiments(recommender.documents).assigned(recommender, user_id)
    if not request.avoid:
        return _recommended(recommender, user_id, request, rules).model_copy(update=record)
    rules = avoiding(request.avoid, rules, partial(_ranked, recommender, user_id, request), recommender)
    listed = _recommended(recommender, user_id, request, rules)
    return listed.model_copy(update=record | {"degraded": [*listed.degraded, *unread(request.avoid, recommender)]})


def _compared(
    recommender: "Recommender", user_id: str, request: ListRequest, rules: RequestRules, version: int
) -> Recommendation:
    """Return one list from the setting in force and another version of it."""
    versions = Compared(a=version_in_force(recommender), b=version)
    ours, theirs = (
        _recommended(side, user_id, request, rules)
        for side in (recommender, recommender.under(setting(recommender, version)))
    )
    return interleaved(ours, theirs, request.k, versions)


def _recommended(recommender: "Recommender", user_id: str, request: ListRequest, rules: RequestRules) -> Recommendation:
    return recommender.recommend(
        user_id, request.k, query=request.query, at=request.at, llm=request.llm, language=request.language, rules=rules
    )


def _ranked(recommender: "Recommender", user_id: str, request: ListRequest, rules: RequestRules) -> "Ranking":
    k = max(request.k, READ_AT_ONCE)
    return recommender.ranking(user_id, k, query=request.query, at=request.at, rules=rules, language=request.language)
