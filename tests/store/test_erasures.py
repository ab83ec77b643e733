"""Work that is under way while its user is erased leaves nothing behind; that of others is untouched."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from profile_versions import save_version

from penchant.errors import ConflictError, ErasedError
from penchant.store.clock import FixedClock
from penchant.store.consents import Consents
from penchant.store.database import Database
from penchant.store.documents import Documents
from penchant.store.edits import Edit, Edits
from penchant.store.erase import count_rows, erase_rows
from penchant.store.erasures import Erasures
from penchant.store.event import Event
from penchant.store.ledger import Appended, Ledger
from penchant.store.profiles import Profiles
from penchant.store.receipt import Usage
from penchant.store.recommendation import Recommendation
from penchant.store.recommendations import Feedback, Recommendations
from penchant.store.schema import erasures
from penchant.store.usage import NOBODY, UsageLog

T = datetime(2026, 1, 1, tzinfo=UTC)
VIEW = Event(user_id="ada", type="view", item_id="i", at=T)


def a_list(user: str) -> Recommendation:
    return Recommendation.model_validate(
        {"recommendation_id": f"r-{user}", "user_id": user, "as_of": T, "profile_version": 1, "items": []}
    )


WRITERS: dict[str, Callable[[Database, str], object]] = {
    "events": lambda db, user: Ledger(db).append([VIEW.model_copy(update={"user_id": user})]),
    "profile": lambda db, user: save_version(Profiles(db), user),
    "edits": lambda db, user: Edits(db).append(Edit(user_id=user, at=T, action="pin")),
    "list": lambda db, user: Recommendations(db).save(a_list(user)),
    "feedback": lambda db, user: Recommendations(db).add_feedback(
        Feedback(user_id=user, item_id="i", outcome="liked", at=T)
    ),
    "consents": lambda db, user: Consents(db).record(user, "llm", granted=True, at=T),
    "usage": lambda db, user: UsageLog(db).add(date(2026, 1, 1), "read", user, "m", Usage(calls=1)),
}


def erase(database: Database, user: str, clock: FixedClock | None = None) -> None:
    marks = Erasures(database, clock)
    marks.begin(user)
    erase_rows(database, user)
    marks.end(user)
    marks.mark_overwritten()


def rows_of(database: Database, user: str) -> int:
    with database.read() as connection:
        return sum(count_rows(connection, user).values())


def attempt(write: Callable[[Database, str], object], database: Database, user: str) -> None:
    try:
        write(database, user)
    except ErasedError as error:
        assert f"{user!r} has been erased in the meantime" in str(error)


@pytest.mark.parametrize("writer", WRITERS)
def test_what_was_under_way_when_its_user_was_erased_is_not_written(either: Database, writer: str) -> None:
    write = WRITERS[writer]
    with Erasures(either).work():
        erase(either, "ada")
        attempt(write, either, "ada")
        write(either, "bob")

    assert rows_of(either, "ada") == 0
    assert rows_of(either, "bob") > 0


@pytest.mark.parametrize("writer", WRITERS)
def test_while_an_erasure_is_under_way_nothing_new_of_that_user_is_written(either: Database, writer: str) -> None:
    Erasures(either).begin("ada")

    attempt(WRITERS[writer], either, "ada")
    WRITERS[writer](either, "bob")

    assert rows_of(either, "ada") == 0 < rows_of(either, "bob")


@pytest.mark.parametrize("writer", WRITERS)
def test_who_comes_back_after_the_erasure_is_welcome(either: Database, writer: str) -> None:
    erase(either, "ada")

    WRITERS[writer](either, "ada")

    assert rows_of(either, "ada") > 0


def test_work_that_began_while_an_erasure_was_under_way_loses_too(either: Database) -> None:
    marks = Erasures(either)
    marks.begin("ada")
    with marks.work():
        erase_rows(either, "ada")
        marks.end("ada")
        with pytest.raises(ErasedError):
            WRITERS["list"](either, "ada")


def test_nested_work_began_when_the_outermost_did(either: Database) -> None:
    marks = Erasures(either)
    with marks.work():
        erase(either, "ada")
        with marks.work(), pytest.raises(ErasedError):
            WRITERS["list"](either, "ada")
    WRITERS["list"](either, "ada")


def test_of_a_batch_only_the_rows_of_the_erased_user_are_left_out(either: Database) -> None:
    batch = [VIEW.model_copy(update={"user_id": user}) for user in ("bob", "ada", "carl", "ada")]
    with Erasures(either).work():
        erase(either, "ada")
        assert Ledger(either).append_and_compare(batch) == Appended(accepted=2, erased=(1, 3))

    assert Ledger(either).users() == ["bob", "carl"]


def test_what_a_model_was_asked_for_the_erased_is_on_nobody_s_account(either: Database) -> None:
    with Erasures(either).work():
        erase(either, "ada")
        WRITERS["usage"](either, "ada")

    [total] = UsageLog(either).totals(["user_id"])
    assert (total.key, total.usage) == ((NOBODY,), Usage(calls=1))


def test_a_version_on_top_of_an_erased_one_is_refused_even_when_the_user_is_back(either: Database) -> None:
    profiles = Profiles(either)
    WRITERS["profile"](either, "ada")
    with Erasures(either).work():
        erase(either, "ada")
        other = Database(either.engine)  # another process, in which the user begins anew
        WRITERS["profile"](other, "ada")
        assert save_version(profiles, expected=1, state=b"old") == (set(), {"ada"})

    assert [version.version for version in profiles.history("ada")] == [1]


def test_what_was_learnt_from_everybody_is_not_kept_if_somebody_was_erased_meanwhile(either: Database) -> None:
    documents, since = Documents(either), Erasures(either).number()
    erase(either, "ada")

    with pytest.raises(ConflictError, match="learn it again"):
        documents.put("population", {"of": "ada"}, of_everybody_since=since)
    assert documents.put("population", {"of": "bob"}, of_everybody_since=Erasures(either).number()) == 1


def test_two_erasures_at_once_have_a_mark_each(either: Database, clock: FixedClock) -> None:
    marks = Erasures(either, clock)
    marks.begin("ada")
    marks.begin("bob")
    marks.begin("ada")
    assert [(mark.user_id, mark.at) for mark in marks.under_way()] == [("ada", clock.now()), ("bob", clock.now())]

    marks.end("bob")

    assert [mark.user_id for mark in marks.under_way()] == ["ada"]
    with pytest.raises(ErasedError):
        WRITERS["list"](either, "ada")
    WRITERS["list"](either, "bob")


def test_what_is_left_of_an_erasure_names_nobody_and_is_gone_after_a_day(either: Database, clock: FixedClock) -> None:
    marks = Erasures(either, clock)
    erase(either, "ursula", clock)  # no digest in hexadecimal can spell her name
    with either.read() as connection:
        assert "ursula" not in str(connection.execute(erasures.select()).all())

    clock.advance(timedelta(days=1, seconds=1))
    marks.forget_old()

    with either.read() as connection:
        assert connection.execute(erasures.select()).all() == []
