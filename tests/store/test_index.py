"""One index, many processes: writers take turns, readers see whole writes, and what is cut off at any moment is gone on with."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from chromadb.errors import InternalError
from long_tests import long_except
from other_process import killed_in_another_process
from reembedding_agent import NewEmbedder, embedded_again_until
from small_world import WordEmbedder, direction

from penchant.errors import EmbedderMismatch, StoreError
from penchant.settings import Settings
from penchant.store.catalogue import Catalogue
from penchant.store.database import Database
from penchant.store.embedders import Matrix
from penchant.store.index import Index, index_lock, put_in_use
from penchant.store.item import Item
from penchant.store.reembedding import reembed, reembed_catalogue
from penchant.store.revisions import Revisions
from penchant.store.verify_index import verify_index

DOUBLES = Path(__file__).parents[1] / "doubles"
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join([str(DOUBLES), *sys.path])}
WORDS = ("jazz", "opera", "tent", "boots", "novel", "pasta")
IMPORT = """
import sys
from pathlib import Path
from penchant.settings import Settings
from penchant.store.catalogue import Catalogue
from penchant.store.item import Item
from small_world import WordEmbedder
home, name, words = Path(sys.argv[1]), sys.argv[2], sys.argv[3].split()
catalogue = Catalogue.open(Settings(home=home), WordEmbedder())
for start in range(0, 700, 100):
    catalogue.add([Item(item_id=f"{name}{n}", title=f"{words[n % 6]} {n}") for n in range(start, start + 100)])
"""


def items(count: int, name: str = "i") -> list[Item]:
    return [Item(item_id=f"{name}{n}", title=f"{WORDS[n % 6]} {n}") for n in range(count)]


def open_files_in(folder: Path) -> int:
    """How many descriptors of this process are of files in the folder."""
    links = []
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            links.append(entry.readlink())
    return sum(link.is_relative_to(folder) for link in links)


class CountingEmbedder(NewEmbedder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.asked += texts
        return super().embed(texts)


def revisions(home: Path) -> Revisions:
    return Revisions(Database.open(f"sqlite:///{home / 'penchant.db'}"))


@pytest.mark.long
def test_processes_that_import_at_once_leave_a_sound_index_and_readers_whole_answers(tmp_path: Path) -> None:
    catalogue = Catalogue.open(Settings(home=tmp_path), WordEmbedder())
    catalogue.add(items(50))
    command = [sys.executable, "-c", IMPORT, str(tmp_path)]
    importing = [subprocess.Popen([*command, name, " ".join(WORDS)], env=ENVIRONMENT) for name in ("a", "b")]
    read = 0
    while any(process.poll() is None for process in importing):
        ids, vectors = catalogue.matrix()
        assert len(ids) == len(vectors) == len(set(ids)) >= 50
        [hits] = catalogue.search(direction("jazz")[None, :], 20)
        assert len(hits) == 20
        assert catalogue.get([hit.item_id for hit in hits]).keys() == {hit.item_id for hit in hits}
        read += 1

    assert [process.returncode for process in importing] == [0, 0]
    assert read > 0
    assert catalogue.count() == len(catalogue.matrix()[0]) == 1_450
    assert verify_index(catalogue) == verify_index(Catalogue.open(Settings(home=tmp_path), WordEmbedder())) == []


def test_an_index_that_lacks_vectors_is_found_out_and_mended_by_embedding_again(tmp_path: Path) -> None:
    catalogue = Catalogue.open(Settings(home=tmp_path), WordEmbedder())
    catalogue.add(items(30))
    catalogue.matrix()
    catalogue.close()
    with sqlite3.connect(tmp_path / "chroma" / "chroma.sqlite3") as database:  # as two writers at once have left it
        assert database.execute("DELETE FROM embeddings_queue WHERE id IN ('i3', 'i4')").rowcount == 2

    damaged = Catalogue.open(Settings(home=tmp_path), WordEmbedder())
    for quick in (False, True):
        [finding] = verify_index(damaged, quick=quick)
        assert "penchant items reembed" in finding

    assert reembed_catalogue(Settings(home=tmp_path), WordEmbedder(), revisions(tmp_path)) == 30
    assert verify_index(damaged) == []
    assert len(damaged.matrix()[0]) == 30


def test_an_item_that_is_not_what_was_written_is_found_out(tmp_path: Path) -> None:
    catalogue = Catalogue.open(Settings(home=tmp_path), WordEmbedder())
    catalogue.add(items(3))
    with sqlite3.connect(tmp_path / "chroma" / "chroma.sqlite3") as database:
        database.execute("UPDATE embedding_metadata SET string_value = 'x' WHERE key = 'digest' AND id = 1")

    assert verify_index(catalogue) == ["1 items are not what was written ('i0'): import them again"]


STEPS = [
    ("_copy_of", 1, "after"),
    ("_bring_over", 1, "before"),
    ("_bring_over", 2, "after"),
    ("put_in_use", 1, "before"),
    ("put_in_use", 1, "after"),
    ("remove_left_behind", 2, "before"),
    ("remove_left_behind", 2, "after"),
]


@pytest.mark.parametrize(("step", "number", "when"), long_except(("_bring_over", 2, "after"), STEPS))
def test_embedding_again_killed_at_any_step_loses_nothing_and_is_gone_on_with(
    tmp_path: Path, step: str, number: int, when: str
) -> None:
    place = Settings(home=tmp_path)
    catalogue = Catalogue.open(place, WordEmbedder())
    catalogue.add(items(1_200))
    catalogue.close()
    killed_in_another_process(embedded_again_until, tmp_path, step, number, when)

    is_new = (step, when) == ("put_in_use", "after") or step == "remove_left_behind"
    in_force, other = (NewEmbedder(), WordEmbedder()) if is_new else (WordEmbedder(), NewEmbedder())
    with pytest.raises(EmbedderMismatch, match="penchant items reembed"):
        Catalogue.open(place, other).count()
    serving = Catalogue.open(place, in_force)
    assert (serving.count(), verify_index(serving)) == (1_200, [])

    again = CountingEmbedder()
    if not is_new:
        assert reembed_catalogue(place, again, revisions(tmp_path)) == 1_200
        assert len(again.asked) == {"_copy_of": 1_200, "_bring_over": {1: 1_200, 2: 200}[number], "put_in_use": 0}[step]
    Catalogue.open(place, NewEmbedder()).add(items(1, "later"))
    anew = Catalogue.open(place, NewEmbedder())
    assert (anew.count(), verify_index(anew)) == (1_201, [])
    assert sorted(c.name.rstrip("0123456789") for c in anew.index.client.list_collections()) == [
        "penchant-catalogue",
        "penchant-items-",
    ]


def test_what_older_versions_left_when_they_were_killed_before_renaming_is_the_catalogue(tmp_path: Path) -> None:
    place = Settings(home=tmp_path)
    catalogue = Catalogue.open(place, WordEmbedder())
    catalogue.add(items(10))
    catalogue.index._collection.modify(name="penchant-items-moving")
    catalogue.close()

    found = Catalogue.open(place, WordEmbedder())

    assert (found.count(), verify_index(found)) == (10, [])


def test_what_is_added_and_changed_while_everything_is_embedded_again_is_brought_over(tmp_path: Path) -> None:
    place = Settings(home=tmp_path)
    catalogue = Catalogue.open(place, WordEmbedder())
    catalogue.add(items(700))
    changes = [Item(item_id="i0", title="opera again"), Item(item_id="new", title="tent")]

    def change(done: int, total: int) -> None:
        if done == 500:
            catalogue.add(changes)

    assert reembed(catalogue.index._connect(), NewEmbedder(), change, lock=index_lock(place)) == 701

    anew = Catalogue.open(place, NewEmbedder())
    assert anew.get(["i0", "new"]) == {item.item_id: item for item in changes}
    assert verify_index(anew) == []
    with pytest.raises(EmbedderMismatch, match="penchant items reembed"):
        catalogue.count()


def test_threads_and_writers_of_one_process_do_not_stand_in_each_other_s_way(tmp_path: Path) -> None:
    catalogue = Catalogue.open(Settings(home=tmp_path), WordEmbedder())
    catalogue.add(items(20))
    failures: list[Exception] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                catalogue.add(items(3, f"t{number}-{turn}-"))
                assert len(catalogue.search(direction("jazz")[None, :], 10)[0]) == 10
                assert len(catalogue.matrix()[0]) >= 20
        except Exception as error:  # noqa: BLE001 - told by the main thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert failures == []
    assert (catalogue.count(), verify_index(catalogue)) == (80, [])


def test_sixty_changes_elsewhere_cost_no_descriptors(tmp_path: Path) -> None:
    place = Settings(home=tmp_path)
    ours, other = (Catalogue.open(place, WordEmbedder()) for _ in range(2))
    open_files = []
    for turn in range(60):
        other.add(items(1, f"t{turn}-"))
        assert ours.count() == turn + 1
        open_files.append(open_files_in(tmp_path))

    assert max(open_files[-20:]) <= max(open_files[:20]) + 15  # some wait to be closed; a leak would be forty


def test_the_collection_in_use_is_changed_in_one_step(tmp_path: Path) -> None:
    place = Settings(home=tmp_path)
    catalogue = Catalogue.open(place, WordEmbedder())
    client = catalogue.index.client

    put_in_use(client, "penchant-items-2")
    put_in_use(client, "penchant-items-3")

    with Index(lambda: client, "words").reading() as collection:
        assert collection.name == "penchant-items-3"


def test_the_revision_is_read_without_opening_chroma_and_is_the_one_chroma_knows(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    Catalogue.open(settings, WordEmbedder()).add(items(1))
    index = Catalogue.open(settings, WordEmbedder()).index

    on_disk = index.revision()

    assert index._client is None
    assert on_disk == index._read_revision() != ""


def test_the_index_of_another_embedder_gives_no_revision(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    Catalogue.open(settings, WordEmbedder()).add(items(1))

    with pytest.raises(EmbedderMismatch):
        Catalogue.open(settings, CountingEmbedder()).revision()


def test_a_full_disk_is_told_and_not_taken_for_a_broken_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_index(*_: object, **__: object) -> None:
        raise InternalError("error returned from database: (code: 13) database or disk is full")

    monkeypatch.setattr("chromadb.PersistentClient", open_index)

    with pytest.raises(StoreError, match=r"no room left to open the catalogue .* free some space") as caught:
        Catalogue.open(Settings(home=tmp_path), WordEmbedder()).add(items(1))
    assert "move that folder away" not in str(caught.value)
