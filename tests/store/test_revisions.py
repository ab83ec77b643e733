"""The revision counter: whatever changes raises the number of its subject, in the same transaction, for every process."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from profile_versions import save_version, with_an_event
from small_world import ITEMS, WordEmbedder
from sqlalchemy import event

from penchant.settings import Settings
from penchant.store.catalogue import Catalogue
from penchant.store.consents import Consents
from penchant.store.database import Database
from penchant.store.documents import Documents
from penchant.store.edits import Edit, Edits
from penchant.store.erase import erase_rows
from penchant.store.event import Event
from penchant.store.ledger import Ledger
from penchant.store.profiles import Profiles
from penchant.store.revisions import ALL_OF_PEOPLE, Revision, Revisions

T = datetime(2026, 1, 1, tzinfo=UTC)
VIEW = Event(user_id="ada", type="view", item_id="i1", at=T)
PIN = Edit(user_id="ada", edit_id="w1", at=T, action="pin")


@pytest.fixture
def elsewhere(either: Database) -> Iterator[Revisions]:
    """The same database, as another process has it open."""
    other = Database.open(either.engine.url.render_as_string(hide_password=False))
    yield Revisions(other)
    other.close()


CHANGES: dict[str, Callable[[Database], object]] = {
    "behaviour": lambda db: Ledger(db).append([VIEW]),
    "profiles": lambda db: save_version(Profiles(db)),
    "documents": lambda db: Documents(db).put("tuned", {"a": 1}),
    "people": lambda db: Consents(db).record("ada", "profile", granted=False, at=T),
}


@pytest.mark.parametrize("subject", CHANGES)
def test_a_change_is_seen_by_another_process_in_its_own_subject_alone(
    either: Database, elsewhere: Revisions, subject: str
) -> None:
    with_an_event(either, "ada")
    before = elsewhere.read()

    CHANGES[subject](either)

    assert elsewhere.read() == before._replace(**{subject: getattr(before, subject) + 1})


def test_an_edit_and_its_undoing_count_and_what_changes_nothing_does_not(
    either: Database, elsewhere: Revisions
) -> None:
    edits, ledger, documents = Edits(either), Ledger(either), Documents(either)
    edits.append(PIN)
    edits.undo("ada", T)
    ledger.append([VIEW])
    documents.put("tuned", {})
    documents.rewrite("tuned", {"forgotten": True})
    before = elsewhere.read()

    edits.append(PIN)
    edits.undo("ada", T)
    ledger.append([VIEW])
    documents.put("tuned", {"forgotten": True})

    assert before == Revision(behaviour=1, profiles=2, documents=2)
    assert elsewhere.read() == before


def test_steady_work_sees_one_state_and_reads_nothing_again_that_has_not_changed(
    either: Database, elsewhere: Revisions
) -> None:
    ours, theirs = Ledger(either), Ledger(elsewhere.database)
    ours.append([VIEW])
    with Revisions(either).steady():
        before = ours.last_seq()
        theirs.append([VIEW.model_copy(update={"event_id": "another"})])
        beside = ours.last_seq()

    assert (before, beside, ours.last_seq()) == (1, 1, 2)

    queries: list[str] = []
    event.listen(either.engine, "before_cursor_execute", lambda *about: queries.append(about[2]))
    for _ in range(3):
        with Revisions(either).steady():
            assert ours.last_seq() == 2
    assert sum("max(events.seq)" in query for query in queries) == 1


def test_erasing_raises_every_subject_that_people_have_a_part_in(either: Database, elsewhere: Revisions) -> None:
    before = elsewhere.read()

    erase_rows(either, "ada")

    after = elsewhere.read()
    assert {name for name in Revision._fields if getattr(after, name) != getattr(before, name)} == set(ALL_OF_PEOPLE)


def test_a_writer_that_loses_raises_nothing(either: Database, elsewhere: Revisions) -> None:
    save_version(Profiles(either))
    before = elsewhere.read()

    assert save_version(Profiles(either)) == ({"ada"}, set())

    assert elsewhere.read() == before


def test_the_catalogue_tells_of_its_changes(either: Database, elsewhere: Revisions, tmp_path: Path) -> None:
    catalogue = Catalogue.open(Settings(home=tmp_path / "home"), WordEmbedder(), Revisions(either))
    seen = [elsewhere.read().items]
    for items in (ITEMS[:2], ITEMS[:2], [ITEMS[0].model_copy(update={"title": "another"})]):
        catalogue.add(items)
        seen.append(elsewhere.read().items)

    assert [later > earlier for earlier, later in pairwise(seen)] == [True, False, True]


def test_writers_of_every_subject_at_once_never_wait_for_each_other_for_ever(
    either: Database, elsewhere: Revisions
) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(10):
                user = f"u{number}-{turn}"
                Ledger(either).append([VIEW.model_copy(update={"user_id": user})])
                Edits(either).append(PIN.model_copy(update={"user_id": user}))
                Documents(either).put("shared", {"by": [number, turn]})
                erase_rows(either, f"u{number}-{turn - 1}")
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failures == []
    assert elsewhere.read().people == 40
