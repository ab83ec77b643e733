"""Stored recommendation lists, and the feedback on them."""

import math
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection, case, func, select

from penchant.errors import NotFoundError, UsageError
from penchant.store.database import Database
from penchant.store.erasures import refuse_erased
from penchant.store.event import MAX_RATING, Identifier, Moment
from penchant.store.recommendation import Recommendation
from penchant.store.schema import feedback, recommendations

Outcome = Literal["shown", "clicked", "liked", "disliked", "rated"]


class Feedback(BaseModel):
    """What a user thought of an item. `rating` is required with the outcome `rated`, and not allowed with any other."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    user_id: Identifier
    item_id: Identifier
    outcome: Outcome
    at: Moment
    rating: float | None = Field(None, allow_inf_nan=False)
    recommendation_id: Identifier | None = None

    @model_validator(mode="after")
    def _rating_with_rated(self) -> Self:
        if (self.outcome == "rated") != (self.rating is not None):
            raise ValueError("a rating needs the outcome 'rated', and no other outcome has one: write rated:N")
        return self


_OUTCOMES: dict[str, Outcome] = {
    **dict.fromkeys(("shown", "show", "impression"), "shown"),
    **dict.fromkeys(("clicked", "click"), "clicked"),
    **dict.fromkeys(("liked", "like"), "liked"),
    **dict.fromkeys(("disliked", "dislike"), "disliked"),
}


def parse_outcome(answer: str) -> tuple[Outcome, float | None]:
    """Parse `clicked` or `rated:4` into an outcome and its rating (None for others); `like` is `liked`.

    Raises `UsageError`.
    """
    word, colon, number = answer.strip().casefold().partition(":")
    if not colon and (outcome := _OUTCOMES.get(word)) is not None:
        return outcome, None
    if colon and word in ("rated", "rating", "rate"):
        try:
            rating = float(number)
        except ValueError:
            rating = math.nan
        if not 0 < rating <= MAX_RATING:
            raise UsageError(
                f"rated:{number} is not a rating: give a number above 0, as in rated:4 (of 1, 5, 10 or 100)"
            )
        return "rated", rating
    raise UsageError(f"unknown outcome {answer!r}: use shown, clicked, liked, disliked or rated:N")


class RecommendationStats(NamedTuple):
    """The number of lists, and of each outcome that was reported."""

    recommendations: int
    feedback: dict[str, int]


class Exposed(NamedTuple):
    """A list that was made under a variant of an experiment. `day`: the ordinal of its date in UTC."""

    experiment: str
    recommendation_id: str
    user_id: str
    variant: str
    day: int


class GivenPage(NamedTuple):
    """What the next page needs to know of a list.

    `asked`: the rules of its request; `after`: the list that it continues.
    """

    recommendation_id: str
    user_id: str
    item_ids: list[str]
    asked: dict[str, Any]
    after: str | None


class Recommendations:
    """Lists and the feedback on them. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self.database = database
        new = database.insert(recommendations)
        again = {"given_at": new.excluded.given_at}
        self._insert = new.on_conflict_do_update(index_elements=["recommendation_id"], set_=again)

    def save(self, recommendation: Recommendation, given_at: datetime | None = None) -> None:
        """Store a list under its id. A list that exists already only gets a new `given_at`. Raises `ErasedError`.

        `given_at`: the list's `as_of` by default.
        """
        values = {
            "recommendation_id": recommendation.recommendation_id,
            "user_id": recommendation.user_id,
            "given_at": given_at or recommendation.as_of,
            "body": recommendation.model_dump(mode="json"),
        }
        with self.database.write() as connection:
            refuse_erased(connection, self.database, recommendation.user_id)
            connection.execute(self._insert, values)

    def get(self, recommendation_id: str) -> Recommendation:
        """Return the list as it was given. Raises `NotFoundError`."""
        with self.database.read() as connection:
            return Recommendation.model_validate(_body(connection, recommendation_id))

    def pages(self, recommendation_id: str) -> Iterator[GivenPage]:
        """Yield the list, the one that it continues, and so on to the first. Raises `NotFoundError`."""
        name: str | None = recommendation_id
        with self.database.read() as connection:
            while name is not None:  # terminates: a list can only follow an older one
                body = _body(connection, name)
                items = [item["item_id"] for item in body["items"]]
                yield GivenPage(name, body["user_id"], items, body.get("asked") or {}, body.get("after"))
                name = body.get("after")

    def for_user(self, user_id: str, limit: int = 20) -> list[Recommendation]:
        """Return the user's lists, the latest first."""
        query = select(recommendations.c.body).where(recommendations.c.user_id == user_id)
        newest_first = query.order_by(recommendations.c.given_at.desc(), recommendations.c.recommendation_id).limit(
            limit
        )
        with self.database.read() as connection:
            return [Recommendation.model_validate(body) for body in connection.execute(newest_first).scalars()]

    def add_feedback(self, given: Feedback) -> None:
        """Store feedback.

        Raises `NotFoundError` if it names a list that this user was never given, `ErasedError` for an erased user.
        """
        with self.database.write() as connection:
            refuse_erased(connection, self.database, given.user_id)
            if given.recommendation_id is not None:
                own = select(recommendations.c.user_id).where(
                    recommendations.c.recommendation_id == given.recommendation_id
                )
                if connection.execute(own).scalar_one_or_none() != given.user_id:
                    raise NotFoundError(
                        f"user {given.user_id!r} was never given recommendation {given.recommendation_id!r}"
                    )
            connection.execute(self.database.insert(feedback), given.model_dump())

    def feedback(self, user_id: str | None = None) -> list[Feedback]:
        """Return feedback in the order of arrival, of one user or of all."""
        query = select(feedback).order_by(feedback.c.seq)
        if user_id is not None:
            query = query.where(feedback.c.user_id == user_id)
        with self.database.read() as connection:
            return [Feedback.model_validate(dict(row._mapping)) for row in connection.execute(query)]

    def passed_over(self, user_id: str, times: int, since: datetime) -> list[str]:
        """Return items shown to the user at least `times` times from `since` on, with no other outcome in that time."""
        shown = func.sum(case((feedback.c.outcome == "shown", 1), else_=0))
        query = (
            select(feedback.c.item_id)
            .where(feedback.c.user_id == user_id, feedback.c.at >= since)
            .group_by(feedback.c.item_id)
            .having((shown >= times) & (shown == func.count()))
        )
        with self.database.read() as connection:
            return list(connection.execute(query).scalars())

    def with_feedback(self) -> Iterator[tuple[Recommendation, list[Feedback]]]:
        """Yield every list with feedback and that feedback, in the order of the first feedback."""
        by_list: dict[str, list[Feedback]] = {}
        for given in self.feedback():
            if given.recommendation_id is not None:
                by_list.setdefault(given.recommendation_id, []).append(given)
        for recommendation_id, given_for_it in by_list.items():
            yield self.get(recommendation_id), given_for_it

    def exposures(self) -> Iterator[Exposed]:
        """Yield every list made under an experiment, for all experiments.

        Every list is read, because the bodies may be sealed.
        """
        query = select(recommendations)
        with self.database.read() as connection:
            for row in connection.execute(query):
                if exposure := row.body.get("exposure"):
                    name, variant = str(exposure["experiment"]), str(exposure["variant"])
                    day = datetime.fromisoformat(exposure["at"]).date().toordinal()
                    yield Exposed(name, row.recommendation_id, row.user_id, variant, day)

    def stats(self) -> RecommendationStats:
        """Return totals over everything stored."""
        outcomes = select(feedback.c.outcome, func.count()).group_by(feedback.c.outcome).order_by(feedback.c.outcome)
        with self.database.read() as connection:
            lists = connection.execute(select(func.count()).select_from(recommendations)).scalar_one()
            return RecommendationStats(lists, dict(connection.execute(outcomes).all()))


def _body(connection: Connection, recommendation_id: str) -> dict[str, Any]:
    query = select(recommendations.c.body).where(recommendations.c.recommendation_id == recommendation_id)
    body: dict[str, Any] | None = connection.execute(query).scalar_one_or_none()
    if body is None:
        raise NotFoundError(
            f"no recommendation {recommendation_id!r}: it is the recommendation_id of a list that was given"
        )
    return body
